//! Sound policies: any remark on one of them is a false alarm.

use super::*;

const REPOSITORIES: &[&str] = &[
    // One role of a team pulls, another one pushes.
    r#"{"Version": "2008-10-17", "Statement": [
        {"Sid": "AllowPull", "Effect": "Allow",
         "Principal": {"AWS": "arn:aws:iam::111122223333:role/storefront"},
         "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer"]},
        {"Sid": "AllowPush", "Effect": "Allow",
         "Principal": {"AWS": ["arn:aws:iam::111122223333:role/ci/build",
                               "arn:aws:sts::111122223333:assumed-role/release/main"]},
         "Action": ["ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload",
                    "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]}]}"#,
    // The owner's own account.
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "ecr:*"}}"#,
    // Other accounts of the organisation.
    r#"{"Version": "2012-10-17", "Statement": [
        {"Sid": "Organisation", "Effect": "Allow", "Principal": "*",
         "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}},
        {"Sid": "Unit", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "ecr:List*",
         "Condition": {"ForAnyValue:StringLike":
            {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"}}},
        {"Sid": "Payments", "Effect": "Allow", "Principal": {"AWS": "444455556666"},
         "Action": "ecr:DescribeImages",
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}},
        {"Sid": "Release", "Effect": "Allow", "Principal": {"AWS": "777788889999"},
         "Action": "ecr:PutImage",
         "Condition": {"ArnLike":
            {"aws:PrincipalArn": "arn:aws:iam::777788889999:role/release-*"}}}]}"#,
    // Functions and builds of other accounts.
    r#"{"Version": "2012-10-17", "Statement": [
        {"Sid": "LambdaECRImageCrossAccountRetrievalPolicy", "Effect": "Allow",
         "Principal": {"Service": "lambda.amazonaws.com"},
         "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
         "Condition": {"StringLike":
            {"aws:sourceARN": "arn:aws:lambda:us-east-1:444455556666:function:*"}}},
        {"Sid": "CodeBuildAccess", "Effect": "Allow",
         "Principal": {"Service": "codebuild.amazonaws.com"},
         "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
         "Condition": {"StringEquals": {"aws:SourceAccount": "444455556666"}}}]}"#,
    // Denies that only limit.
    r#"{"Version": "2012-10-17", "Statement": [
        {"Sid": "Pull", "Effect": "Allow",
         "Principal": {"AWS": "arn:aws:iam::111122223333:role/storefront"},
         "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]},
        {"Sid": "OnlyEncrypted", "Effect": "Deny", "Principal": "*", "Action": "ecr:*",
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Sid": "OnlyThere", "Effect": "Deny", "Principal": "*", "Action": "ecr:*",
         "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]},
                       "Null": {"aws:SourceVpce": "true"}}},
        {"Sid": "ProdIsFrozen", "Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage",
         "Condition": {"ArnNotEquals":
            {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/release"}}},
        {"Sid": "Keep", "Effect": "Deny", "Principal": "*",
         "Action": ["ecr:BatchDeleteImage", "ecr:DeleteRepository"]}]}"#,
    // Everyone, but a deny excludes strangers.
    r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"},
        {"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Condition": {
            "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"},
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}"#,
    // By the tags of the principal and of the repository.
    r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "ecr:PutImage",
         "Condition": {"StringEquals":
            {"aws:PrincipalTag/team": "${ecr:ResourceTag/team, 'none'}"}}},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/tagger"},
         "Action": "ecr:TagResource",
         "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage"]},
                       "Null": {"aws:TagKeys": "false"}}}]}"#,
];

const REGISTRY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Replication",
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
        "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"],
        "Resource": "arn:aws:ecr:us-west-2:111122223333:repository/*"}]}"#;

const IDENTITY: &str = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["ecr:GetAuthorizationToken", "s3:GetObject"], "Resource": "*"},
        {"Effect": "Allow", "Action": "ecr:BatchGetImage",
         "Resource": "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*"}]}"#;

#[test]
fn sound_policies_have_no_remarks() {
    for text in REPOSITORIES {
        assert_eq!(remarks(PolicyKind::Repository, text), [], "{text}");
    }
    assert_eq!(remarks(PolicyKind::Registry, REGISTRY), []);
    assert_eq!(remarks(PolicyKind::Identity, IDENTITY), []);
}
