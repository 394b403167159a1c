//! The few names that generated policies and requests consist of.

pub const ROLE: &str = "arn:aws:iam::111122223333:role/ci/builder";
pub const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/builder/run-1";
pub const REPOSITORY: &str = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/ana";

pub const PRINCIPALS: &[&str] = &[
    ROLE,
    SESSION,
    "arn:aws:iam::111122223333:user/ana",
    "arn:aws:iam::111122223333:root",
    "444455556666",
    "arn:aws:iam::444455556666:role/reader",
    "arn:aws:sts::444455556666:assumed-role/reader/ana",
    "arn:aws:sts::444455556666:federated-user/ana",
    "ecs.amazonaws.com",
    "arn:aws:iam::111122223333:saml-provider/corp",
];

/// Every form of an element, with the kind that it is listed under.
pub const ELEMENTS: &[(&str, &str)] = &[
    ("AWS", "*"),
    ("AWS", "111122223333"),
    ("AWS", "arn:aws:iam::111122223333:root"),
    ("AWS", "arn:aws:iam::444455556666:root"),
    ("AWS", ROLE),
    ("AWS", SESSION),
    (
        "AWS",
        "arn:aws:sts::111122223333:assumed-role/builder/run-2",
    ),
    ("AWS", "arn:aws:iam::111122223333:user/ana"),
    ("AWS", "arn:aws:iam::111122223333:user/staff/Ana"),
    ("AWS", "arn:aws:iam::111122223333:role/Builder"),
    ("AWS", "arn:aws:iam::444455556666:role/some/path/reader"),
    ("AWS", "arn:aws:iam::444455556666:role/reader"),
    ("AWS", "arn:aws:sts::444455556666:federated-user/ana"),
    ("AWS", "arn:aws:iam::111122223333:role/*"),
    ("AWS", "arn:aws:sts::444455556666:assumed-role/reader/ana "),
    ("AWS", "arn:aws:iam::*:root"),
    ("AWS", "arn:nonsense:iam:eu-west-1:111122223333:root"),
    ("AWS", "AROAEXAMPLEIDOFAROLE1"),
    ("Service", "ecs.amazonaws.com"),
    ("Federated", "arn:aws:iam::111122223333:saml-provider/corp"),
    (
        "CanonicalUser",
        "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
    ),
];

pub const ACTIONS: &[&str] = &[
    "ecr:GetDownloadUrlForLayer",
    "ecr:PutImage",
    "ecr:batchgetimage",
    "ecr:ActionOfTomorrow",
];

pub const ACTION_PATTERNS: &[&str] = &[
    "*",
    "*",
    "ecr:*",
    "ecr:*",
    "ecr:Get*",
    "ECR:PutImage",
    "ecr:*Image",
    "ecr:ActionOf?omorrow",
    "ecr:batchgetimage",
    "s3:*",
];

pub const RESOURCES: &[&str] = &[
    "*",
    REPOSITORY,
    "arn:aws:ecr:*:*:repository/shop/*",
    "arn:aws:ecr:eu-west-1:111122223333:repository/shop/${aws:username}",
    "arn:aws:ecr:eu-west-1:111122223333:repository/${aws:ResourceTag/team, 'shop'}/*",
    "arn:aws:ecr:eu-west-1:111122223333:repository/${x:text}/ana",
    "arn:aws:ecr:eu-west-1:111122223333:repository/shop/${aws:username }",
    "arn:aws:ecr:eu-west-1:111122223333:repository/other",
    "arn:aws:ecr",
    "arn:aws:ecr:eu-*",
    "arn:aws:ecr:*:repository/shop/api",
    "arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*",
];

/// A kind of keys, their values in requests, and their values in policies.
pub struct Sort {
    pub operators: &'static [&'static str],
    pub keys: &'static [&'static str],
    pub found: &'static [&'static str],
    pub listed: &'static [&'static str],
}

pub const SORTS: &[Sort] = &[
    Sort {
        operators: &[
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
            "Null",
        ],
        keys: &[
            "x:text",
            "aws:PrincipalTag/Team",
            "aws:ResourceTag/team",
            "aws:username",
            "aws:PrincipalType",
        ],
        found: &["shop", "SHOP", "ana", "s*p", "", "User", "s:h"],
        listed: &[
            "shop",
            "Shop",
            "s*p",
            "?hop",
            "",
            "*",
            "User",
            "${aws:username}",
            "${aws:PrincipalTag/team}",
            "${aws:ResourceTag/team, 'shop'}",
            "${X:Text}",
            "s${*}p",
            "${aws:username}${x:text}",
            "${not closed",
            "${ aws:username }",
            "${x:text, shop}",
        ],
    },
    Sort {
        operators: &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        keys: &["x:number"],
        found: &["5", "5.0", "-7", "12", "many", "", "9007199254740993"],
        listed: &["5", "05.00", "-7.5", "11.9", "few", " 5", "${x:number}"],
    },
    Sort {
        operators: &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        keys: &["x:date"],
        found: &[
            "2026-01-01T00:00:00Z",
            "1767225600",
            "2026-06-30T23:59:59.5+02:00",
            "1999",
            "2026-01-01T00:00:00",
            "soon",
        ],
        listed: &[
            "2026",
            "2026-01-01T01:00+01:00",
            "2026-07",
            "1782856799",
            "2026-02-30",
            "2026-01-01 00:00:00Z",
        ],
    },
    Sort {
        operators: &["Bool", "Null"],
        keys: &["x:bool", "aws:PrincipalIsAWSService"],
        found: &["true", "false", "True", "perhaps", " true "],
        listed: &["true", "false", "FALSE", "perhaps"],
    },
    Sort {
        operators: &["BinaryEquals"],
        keys: &["x:bytes"],
        found: &["aGk=", "aGs=", "%"],
        listed: &["aGk=", "AAAA", "%"],
    },
    Sort {
        operators: &["IpAddress", "NotIpAddress"],
        keys: &["x:address"],
        found: &["10.1.2.3", "192.0.2.1", "2001:db8::5", "home"],
        listed: &[
            "10.0.0.0/8",
            "10.1.2.3",
            "192.0.2.99/24",
            "2001:DB8::/32",
            "0.0.0.0/0",
            "10.0.0.0/33",
        ],
    },
    Sort {
        operators: &[
            "ArnLike",
            "ArnEquals",
            "ArnNotLike",
            "ArnNotEquals",
            "StringEquals",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ],
        keys: &["aws:PrincipalArn", "x:arn"],
        found: &[
            ROLE,
            "arn:aws:iam::444455556666:role/reader",
            "arn:aws:sns:::a:b",
            "no arn",
        ],
        listed: &[
            ROLE,
            "arn:aws:iam::111122223333:*",
            "arn:*:iam::*:role/?eader",
            "arn:aws:sns:*:a:b",
            "arn:aws:iam::${aws:PrincipalAccount}:role/*",
            "arn:aws:iam::111122223333:role/Builder",
            "arn:aws:iam::111122223333:role/*/builder",
            "arn:aws:iam::*:role/?*????????*",
            "*:role/??/*",
            "${x:arn}",
            "*",
        ],
    },
];
