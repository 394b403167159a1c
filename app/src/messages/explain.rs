//! The sentences that explain why an action is granted to a principal, or not.

use model::Locale;
use policy::{
    Effect, ExplainedCondition, ExplainedStatement, Explanation, Operator, Outcome, Seen, Source,
    Truth,
};
pub use words::explain::ExplainTexts;

use super::keys::key_words;

/// The answer, and the statement that decides.
pub fn verdict(explanation: &Explanation, locale: Locale) -> String {
    let texts = ExplainTexts(locale);
    let name = explanation
        .deciding()
        .map(|statement| name(statement, locale));
    let denies = explanation
        .deciding()
        .is_some_and(|it| it.effect == Effect::Deny);
    // An identity policy belongs to the account itself.
    let by_account = explanation.deciding().is_some_and(|it| it.by_account);
    match (explanation.outcome, name) {
        (Outcome::Allowed, Some(name)) if by_account => texts.allowed_by_account(&name),
        (Outcome::Allowed, Some(name)) => texts.allowed_by(&name),
        (Outcome::Allowed, None) => texts.allowed_by_nature().to_owned(),
        (Outcome::ExplicitDeny, Some(name)) => texts.denied_by(&name),
        (Outcome::Conditional, Some(name)) if denies => {
            texts.maybe_denied_by(&name, &depends(explanation, locale))
        }
        (Outcome::Conditional, Some(name)) => {
            texts.maybe_allowed_by(&name, &depends(explanation, locale))
        }
        (Outcome::ImplicitDeny, Some(name)) if explanation.delegated => texts.delegated_by(&name),
        _ => texts.not_allowed().to_owned(),
    }
}

/// What the answer depends on: the first key of the deciding statement whose value is not known, and how many more
/// conditions are open.
fn depends(explanation: &Explanation, locale: Locale) -> String {
    let texts = ExplainTexts(locale);
    let deciding = explanation.deciding();
    let conditions = deciding.map_or(&[][..], |statement| &statement.conditions);
    let mut unknown = conditions
        .iter()
        .filter(|it| it.holds == Truth::Unknown && matches!(it.seen, Seen::Unknown));
    let Some(condition) = unknown.next() else {
        return texts.depends().to_owned();
    };
    let words = key_words(&condition.key, locale);
    let what = words.unwrap_or_else(|| condition.key.to_string());
    let what = model::visible(&what);
    match unknown.count() {
        0 => texts.depends_on(&what),
        more => texts.depends_on_more(more, &what),
    }
}

/// The answer without the statement that decides, for viewers who may not see it.
pub fn answer(outcome: Outcome, locale: Locale) -> &'static str {
    let texts = ExplainTexts(locale);
    match outcome {
        Outcome::Allowed => texts.elsewhere_allowed(),
        Outcome::ExplicitDeny => texts.elsewhere_denied(),
        Outcome::ImplicitDeny => texts.elsewhere_not_allowed(),
        Outcome::Conditional => texts.elsewhere_unsure(),
    }
}

/// The name of a statement, and its line.
pub fn name(statement: &ExplainedStatement, locale: Locale) -> String {
    let texts = ExplainTexts(locale);
    let policy = match statement.source {
        Source::Repository => texts.of_repository().to_owned(),
        Source::Registry => texts.of_registry().to_owned(),
        Source::Identity(place) => texts.of_identity(place.saturating_add(1)),
    };
    let label = model::visible(&statement.label());
    texts.statement(&label, statement.at.line, &policy)
}

/// How a statement affects the answer: the first reason why it does not apply, or its effect and its conditions.
pub fn reasons(statement: &ExplainedStatement, locale: Locale) -> Vec<String> {
    let texts = ExplainTexts(locale);
    let first = match (statement.action, statement.principal, statement.resource) {
        (Truth::False, ..) => Some(texts.other_action()),
        (_, Truth::False, _) => Some(texts.other_principal()),
        (.., Truth::False) => Some(texts.other_resource()),
        _ => None,
    };
    if let Some(reason) = first {
        return vec![reason.to_owned()];
    }
    let failed = statement
        .conditions
        .iter()
        .find(|it| it.holds == Truth::False);
    if let Some(failed) = failed {
        return vec![condition(failed, locale)];
    }
    let mut reasons = Vec::new();
    if statement.applies == Truth::True {
        reasons.push(match statement.effect {
            Effect::Deny => texts.applies_deny(),
            Effect::Allow if statement.by_account => texts.applies_account(),
            Effect::Allow => texts.applies_allow(),
        });
    }
    if statement.principal == Truth::Unknown {
        reasons.push(texts.maybe_principal());
    }
    if statement.resource == Truth::Unknown {
        reasons.push(texts.maybe_resource());
    }
    let conditions = statement.conditions.iter().map(|it| condition(it, locale));
    reasons
        .into_iter()
        .map(str::to_owned)
        .chain(conditions)
        .collect()
}

fn condition(condition: &ExplainedCondition, locale: Locale) -> String {
    let texts = ExplainTexts(locale);
    let seen = match &condition.seen {
        Seen::Values(values) => Some(texts.seen(&model::visible(&seen_values(condition, values)))),
        Seen::Absent => Some(texts.seen_nothing().to_owned()),
        Seen::Unknown => Some(texts.seen_unknown().to_owned()),
        Seen::Hidden => None,
    };
    let values = condition.values.join(", ");
    let is_exception = condition.holds == Truth::False
        && condition.key.eq_ignore_ascii_case("aws:PrincipalArn")
        && Operator::parse(&condition.operator).is_some_and(|it| it.comparison.negated);
    if is_exception && matches!(condition.seen, Seen::Values(_)) {
        return texts.spares(&model::visible(&values));
    }
    let written = format!("{} {} [{values}]", condition.operator, condition.key);
    let written = model::visible(&written);
    match (condition.holds, seen) {
        (Truth::True, Some(seen)) => texts.holds(&written, &seen),
        (Truth::False, Some(seen)) => texts.fails(&written, &seen),
        (Truth::Unknown, Some(seen)) => texts.open(&written, &seen),
        (Truth::True, None) => texts.holds_hidden(&written),
        (Truth::False, None) => texts.fails_hidden(&written),
        (Truth::Unknown, None) => texts.open_hidden(&written),
    }
}

/// The values of a request. Of the time, seconds are enough.
fn seen_values(condition: &ExplainedCondition, values: &[String]) -> String {
    let is_time = condition.key.eq_ignore_ascii_case("aws:CurrentTime");
    let value = |value: &String| match value.split_once('.') {
        Some((seconds, fraction)) if is_time && fraction.ends_with('Z') => format!("{seconds}Z"),
        _ => value.clone(),
    };
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use policy::{
        ActionName, CompiledPolicy, Context, Identity, Mode, Policies, PolicyKind, Principal,
        Request, Resource, Subject,
    };

    use super::*;

    const POLICY: &str = r#"{
      "Version": "2012-10-17",
      "Statement": [
        {"Sid": "TeamPushes", "Effect": "Allow",
         "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"}, "Action": "ecr:Put*"},
        {"Sid": "ProdIsFrozen", "Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage",
         "Condition": {"StringNotEquals": {"aws:PrincipalTag/role": "release"}}}
      ]}"#;

    fn explained(tags: &[(&str, &str)]) -> Explanation {
        let policy = CompiledPolicy::parse(POLICY, PolicyKind::Repository).unwrap();
        let principal = Principal::parse("arn:aws:iam::111122223333:role/ci").unwrap();
        let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/shop";
        let policies = Policies {
            repository: Some(&policy),
            registry: None,
            identity: Identity::Unseen,
        };
        let request = Request {
            subject: &Subject::new(principal, tags.iter().copied()),
            action: &ActionName::new("ecr:PutImage"),
            resource: &Resource::new(arn, None),
            context: &Context::default(),
        };
        policies.explain(&request, Mode::ThreeValued)
    }

    #[test]
    fn the_deciding_statement_is_named_with_its_line() {
        let denied = explained(&[("role", "ci")]);
        assert_eq!(
            verdict(&denied, Locale::En),
            "Denied by statement ProdIsFrozen, line 6 of the repository policy."
        );
        assert_eq!(
            reasons(&denied.statements[1], Locale::En),
            [
                "It denies this.",
                "Its condition StringNotEquals aws:PrincipalTag/role [release] holds: \
                 the request has ci."
            ]
        );
        let allowed = explained(&[("role", "release")]);
        assert!(
            verdict(&allowed, Locale::En).starts_with("Allowed by statement TeamPushes, line 4")
        );
        assert!(reasons(&allowed.statements[1], Locale::En)[0].contains("does not hold"));
    }

    #[test]
    fn what_an_answer_depends_on_is_named() {
        let open = explained(&[]);
        let deciding = open.deciding().unwrap();
        let depends_on_key = matches!(deciding.conditions[0].seen, Seen::Unknown);
        assert_eq!(
            verdict(&open, Locale::En).contains("It depends on the caller's tag role, which"),
            depends_on_key
        );
        assert!(verdict(&open, Locale::En).ends_with("So it counts as not granted."));
    }

    #[test]
    fn a_principal_that_a_condition_spares_is_called_an_exception() {
        let spared = ExplainedCondition {
            operator: "ArnNotEquals".into(),
            key: "aws:PrincipalArn".into(),
            values: vec!["arn:aws:iam::111122223333:role/ci".into()],
            seen: Seen::Values(vec!["arn:aws:iam::111122223333:role/ci".into()]),
            holds: Truth::False,
            ..explained(&[]).statements[1].conditions[0].clone()
        };
        assert_eq!(
            condition(&spared, Locale::En),
            "It makes an exception for arn:aws:iam::111122223333:role/ci: this principal is one of them."
        );
    }

    #[test]
    fn a_value_that_is_not_shown_does_not_follow_a_colon() {
        let hidden = ExplainedCondition {
            operator: "StringEquals".into(),
            key: "aws:ResourceTag/stage".into(),
            values: vec!["prod".into()],
            seen: Seen::Hidden,
            holds: Truth::True,
            ..explained(&[]).statements[1].conditions[0].clone()
        };
        assert_eq!(
            condition(&hidden, Locale::En),
            "Its condition StringEquals aws:ResourceTag/stage [prod] holds. \
             The repository's tag is not shown to you."
        );
    }

    #[test]
    fn the_time_of_a_request_is_shown_to_the_second() {
        let timed = ExplainedCondition {
            operator: "DateLessThan".into(),
            key: "aws:CurrentTime".into(),
            values: vec!["2027-01-01T00:00:00Z".into()],
            seen: Seen::Values(vec!["2026-12-01T04:04:04.041071855Z".into()]),
            holds: Truth::True,
            ..explained(&[]).statements[1].conditions[0].clone()
        };
        let said = condition(&timed, Locale::En);
        assert!(
            said.ends_with("the request has 2026-12-01T04:04:04Z."),
            "{said}"
        );
    }

    #[test]
    fn an_allow_of_the_whole_account_says_what_gantry_is_told() {
        let policy = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Delegates", "Effect": "Allow",
            "Principal": {"AWS": "111122223333"}, "Action": "ecr:BatchGetImage"}]}"#;
        let policy = CompiledPolicy::parse(policy, PolicyKind::Repository).unwrap();
        let principal = Principal::parse("arn:aws:iam::111122223333:role/ci").unwrap();
        let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/shop";
        let policies = Policies {
            repository: Some(&policy),
            registry: None,
            identity: Identity::Assumed,
        };
        let request = Request {
            subject: &Subject::new(principal, []),
            action: &ActionName::new("ecr:BatchGetImage"),
            resource: &Resource::new(arn, None),
            context: &Context::default(),
        };
        let explanation = policies.explain(&request, Mode::ThreeValued);
        let said = verdict(&explanation, Locale::En);
        assert!(said.starts_with("Allowed: statement Delegates"), "{said}");
        assert!(said.contains("Gantry's configuration says"), "{said}");
    }

    #[test]
    fn an_answer_counts_the_other_open_conditions() {
        let mut open = explained(&[]);
        let deciding = &mut open.statements[1];
        let mut condition = deciding.conditions[0].clone();
        (condition.seen, condition.holds) = (Seen::Unknown, Truth::Unknown);
        deciding.conditions = vec![condition; 5];
        open.decided_by = Some(1);
        let said = depends(&open, Locale::En);
        assert!(said.contains("and 4 more conditions"), "{said}");
    }

    #[test]
    fn an_answer_without_its_statement_says_yes_or_no() {
        let answers = [
            (Outcome::Allowed, "Allowed."),
            (Outcome::ExplicitDeny, "Denied."),
            (Outcome::ImplicitDeny, "Not allowed."),
        ];
        for (outcome, expected) in answers {
            assert_eq!(answer(outcome, Locale::En), expected);
        }
    }

    #[test]
    fn unknown_values_are_named_as_unknown() {
        for (locale, expected) in [(Locale::En, "Perhaps denied by"), (Locale::Zh, "可能由")] {
            let open = explained(&[]);
            assert!(
                verdict(&open, locale).contains(expected),
                "{}",
                verdict(&open, locale)
            );
            assert!(!reasons(&open.statements[1], locale).is_empty());
        }
    }
}
