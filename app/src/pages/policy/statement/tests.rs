use policy::{CompiledPolicy, Context, PolicyKind, Resource};
use serde_json::{Value, json};

use super::*;
use crate::testing::text_of;

const ROLE: &str = "arn:aws:iam::111122223333:role/storefront-developer";
const PULL: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn parsed(statement: &Value) -> Policy {
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    Policy::parse(text, PolicyKind::Repository).unwrap()
}

#[test]
fn statements_become_sentences_in_both_languages() {
    let pulls = parsed(&json!({
        "Effect": "Allow", "Principal": {"AWS": [ROLE, "444455556666"]}, "Action": PULL,
    }));
    let pulls = &pulls.statements[0];
    assert_eq!(
        text_of(sentence(pulls, Locale::En)),
        "Lets role/storefront-developer and account 444455556666 as a whole pull images."
    );
    assert_eq!(
        text_of(sentence(pulls, Locale::Zh)),
        "允许 role/storefront-developer、整个账户 444455556666 拉取镜像。"
    );
}

#[test]
fn excluded_actions_and_principals_are_named() {
    let guarded = parsed(&json!({
        "Effect": "Deny", "NotPrincipal": {"AWS": ROLE}, "NotAction": "ecr:ListImages",
    }));
    assert_eq!(
        text_of(sentence(&guarded.statements[0], Locale::En)),
        "Forbids everyone who is not exempt (named as exempt: role/storefront-developer) \
         to do anything except: list tags and digests."
    );
}

#[test]
fn a_statement_has_the_remarks_of_the_rules() {
    let two = parsed(&json!([
        {"Effect": "Allow", "Principal": "*", "Action": PULL},
        {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": PULL},
    ]));
    let remarks = policy::lint(&two, policy::LintOptions::default());
    let card = |index| text_of(statement_card(&two, index, &[], &remarks, Locale::En));
    let public = "Anyone with an AWS account can pull images \
                  (ecr:BatchGetImage and ecr:GetDownloadUrlForLayer). Name accounts or roles";
    assert!(card(0).contains(public), "{}", card(0));
    assert!(!card(1).contains("Anyone"), "{}", card(1));
}

#[test]
fn conditions_decide_whom_of_everyone_a_statement_lets() {
    let narrowed = |condition: bool| {
        let mut statement = json!({"Effect": "Allow", "Principal": "*", "Action": PULL});
        if condition {
            let own = json!({"StringEquals": {"aws:PrincipalOrgID": "o-1"}});
            statement["Condition"] = own;
        }
        let policy = parsed(&statement);
        statement_card(&policy, 0, &[], &[], Locale::En).map(|it| it.to_html())
    };
    let (open, closed) = (narrowed(false).unwrap(), narrowed(true).unwrap());
    let remark = PolicyTexts(Locale::En).everyone_condition_remark();
    assert!(
        open.contains("class=\"everyone\"") && !open.contains(remark),
        "{open}"
    );
    assert!(
        !closed.contains("class=\"everyone\"") && closed.contains(remark),
        "{closed}"
    );
}

#[test]
fn a_denied_account_is_all_of_its_roles_and_users() {
    let denies = parsed(&json!({
        "Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": PULL,
    }));
    assert_eq!(
        text_of(sentence(&denies.statements[0], Locale::En)),
        "Forbids every role and user of account 111122223333 to pull images."
    );
}

#[test]
fn sentences_about_a_statement_have_a_space_between_them() {
    let both = parsed(&json!([
        {"Sid": "All", "Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "ecr:*"},
        {"Sid": "One", "Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage"},
        {"Sid": "Two", "Effect": "Deny", "Principal": "*", "Action": "ecr:ListImages"},
    ]));
    let compiled = CompiledPolicy::new(both.clone());
    let resource = Resource::new("arn:aws:ecr:eu-central-1:111122223333:repository/x", None);
    let overrides = compiled.overrides(0, &resource, &Context::default());
    let text = text_of(statement_card(&both, 0, &overrides, &[], Locale::En));
    assert_eq!(text.matches(". But the statement").count(), 2, "{text}");
}

#[test]
fn what_gantry_cannot_know_is_said_of_a_statement() {
    let texts = PolicyTexts(Locale::En);
    let said = |effect: &str, condition: bool| {
        let mut statement =
            json!({"Effect": effect, "Principal": {"AWS": "444455556666"}, "Action": PULL});
        if condition {
            statement["Condition"] = json!({"StringEquals": {"aws:SourceVpce": "vpce-1"}});
        }
        limits(&parsed(&statement).statements[0], texts)
    };
    assert_eq!(said("Allow", false), [texts.account_remark()]);
    assert_eq!(
        said("Allow", true),
        [texts.account_remark(), texts.allow_condition_remark()]
    );
    assert_eq!(said("Deny", true), [texts.deny_condition_remark()]);
}

#[test]
fn markup_and_hidden_characters_in_a_policy_are_text() {
    let hidden = '\u{202e}';
    let hostile = |text: &str| format!("{text}{hidden}");
    let allow = json!({
        "Sid": hostile("<b>\"'"), "Effect": "Allow", "Action": hostile("<img src=x>"),
        "Principal": {
            "AWS": [hostile("<script>x</script>"), hostile("arn:aws:iam::111122223333:role/")],
            "Service": hostile("<b>"), "Federated": hostile("<i>"),
        },
        "Condition": {"StringEquals": {
            hostile("<img src=x>"): hostile("<b>"), hostile("aws:ResourceTag/<b>"): "prod\nuction",
        }},
    });
    let deny = json!({
        "Sid": hostile("<u>"), "Effect": "Deny", "Principal": "*", "Action": hostile("<img src=x>"),
    });
    let hostile = parsed(&json!([allow, deny]));
    let compiled = CompiledPolicy::new(hostile.clone());
    let resource = Resource::new("arn:aws:ecr:eu-central-1:111122223333:repository/x", None);
    let overrides = compiled.overrides(0, &resource, &Context::default());
    assert_eq!(overrides.len(), 1);
    let remarks = policy::lint(&hostile, policy::LintOptions::default());
    assert!(remarks.len() >= 5, "{remarks:?}");
    let html = statement_card(&hostile, 0, &overrides, &remarks, Locale::En).to_html();
    for markup in ["<script", "<img", "<b>", "<i>", "<u>"] {
        assert!(!html.contains(markup), "{markup} in {html}");
    }
    assert!(!html.contains([hidden, '\n']), "{html}");
    assert!(html.matches(r"\u{202e}").count() >= 10, "{html}");
    assert!(html.contains(r"prod\u{a}uction"), "{html}");
}

#[test]
fn patterns_are_expanded_to_the_actions_that_they_match() {
    let patterns = ["ECR:Put*", "ecr:ReplicateImage"].map(str::to_owned);
    let (known, unknown) = resolve(&patterns);
    assert_eq!(
        known,
        BTreeSet::from([
            Action::PutImage,
            Action::PutImageTagMutability,
            Action::PutLifecyclePolicy,
        ])
    );
    assert_eq!(
        unknown,
        ["ecr:PutImageScanningConfiguration", "ecr:ReplicateImage"],
        "an action without a phrase is named"
    );
}
