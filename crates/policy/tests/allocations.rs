//! A decision allocates no memory: everything that policies need is prepared when they are compiled.

#![expect(clippy::expect_used, reason = "a failed parse is a failed test")]

use policy::{
    ActionName, CompiledPolicy, Context, Identity, Mode, Policies, PolicyKind, Principal, Request,
    Resource, Subject,
};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"},
     "Action": "ecr:Put*",
     "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}},
    {"Effect": "Allow", "Principal": "*", "Action": ["ecr:Describe*", "ecr:Batch*"],
     "Condition": {"StringLike": {"aws:PrincipalOrgPaths": "o-1/*/ou-2/*"},
                   "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/c?"},
                   "IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]},
                   "DateLessThan": {"aws:CurrentTime": "2120-01-01T00:00:00Z"},
                   "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}},
    {"Effect": "Deny", "NotPrincipal": {"AWS": ["arn:aws:iam::111122223333:root",
                                                "arn:aws:iam::111122223333:role/ci"]},
     "NotAction": "ecr:Describe*",
     "Condition": {"Bool": {"aws:SecureTransport": "false"},
                   "StringNotEqualsIgnoreCaseIfExists": {"aws:SourceVpce": "VPCE-1"}}}
  ]
}"#;

#[test]
fn a_decision_allocates_nothing() {
    let policy = CompiledPolicy::parse(POLICY, PolicyKind::Repository).expect("a policy");
    let principal = Principal::parse("arn:aws:iam::111122223333:role/ci").expect("a role");
    let subject = Subject::new(principal, [("team", "shop")]);
    let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web";
    let resource = Resource::new(arn, None).with_tags([("team", "shop")]);
    let mut context = Context::default();
    context.set("aws:SecureTransport", ["true"]);
    context.set("aws:SourceIp", ["10.1.2.3"]);
    context.set("aws:PrincipalOrgPaths", ["o-1/r-1/ou-2/ou-3/"]);
    context.set("aws:CurrentTime", ["2026-11-22T10:00:00Z"]);
    context.set("aws:MultiFactorAuthAge", ["60"]);
    let actions = [
        "ecr:PutImage",
        "ecr:DescribeImages",
        "ecr:DeleteRepository",
        "ecr:NewAction",
    ];
    let actions = actions.map(ActionName::new);
    let policies = Policies {
        repository: Some(&policy),
        registry: None,
        identity: Identity::Unseen,
    };
    let _profiler = dhat::Profiler::builder().testing().build();
    let before = dhat::HeapStats::get();
    for action in &actions {
        for mode in [Mode::Strict, Mode::ThreeValued] {
            let request = Request {
                subject: &subject,
                action,
                resource: &resource,
                context: &context,
            };
            std::hint::black_box(policies.decide(&request, mode));
        }
    }
    let after = dhat::HeapStats::get();
    assert_eq!(after.total_blocks - before.total_blocks, 0);
}
