//! The sentences of an explanation: why an action is granted to a principal, or is not.

use policy::{
    Effect, ExplainedCondition, ExplainedStatement, Explanation, Outcome, Seen, Source, Truth,
};

texts! {
    /// The words of an explanation.
    ExplainTexts {
        title: "Why?", "原因";
        lead: "Ask about one principal and one action: each statement says what it has to do with the answer.", "选择一个主体和一个操作：每条语句会说明它与结果的关系。";
        principal: "Principal", "主体";
        action: "Action", "操作";
        ask: "Explain", "解释";
        statements: "What each statement says to it", "各语句的判断";
        no_policy: "The policies are too old or cannot be understood, so nothing is granted.", "策略过旧或无法理解，因此不授予任何权限。";
        unknown: "There is no such principal or action to ask about.", "没有可供查询的此类主体或操作。";
        elsewhere_registry: "A statement of the registry's policy decides; that one is not shown here.", "由注册表策略中的语句决定；此处不显示该策略。";
        elsewhere_identity: "A statement of the principal's identity policies decides; those are not shown here.", "由主体的身份策略中的语句决定；此处不显示该策略。";

        allowed: "Allowed", "已允许";
        allowed_by(statement: &str): "Allowed by {statement}.", "由{statement} 允许。";
        allowed_by_nature: "Allowed: an account's root user may do everything there that nothing denies.", "已允许：账户的根用户可以执行未被拒绝的一切操作。";
        denied_by(statement: &str): "Denied by {statement}.", "由{statement} 拒绝。";
        maybe_denied_by(statement: &str): "Perhaps denied by {statement}: that hangs on something that is not known, and a possible deny withholds.", "可能由{statement} 拒绝：这取决于未知的信息，而可能的拒绝也会阻止授予。";
        maybe_allowed_by(statement: &str): "Perhaps allowed by {statement}: that hangs on something that is not known, and only a certain allow grants.", "可能由{statement} 允许：这取决于未知的信息，而只有确定的允许才会授予。";
        delegated_by(statement: &str): "Not allowed: {statement} leaves it to the principal's own account, whose identity policies are not known to allow it.", "未允许：{statement} 把决定权交给主体自己的账户，而该账户的身份策略是否允许并不可知。";
        not_allowed: "Not allowed: no statement allows it.", "未允许：没有语句允许。";

        statement(label: &str, line: u32, policy: &str): "statement {label}, line {line} of {policy}", "{policy}第 {line} 行的语句 {label}";
        of_repository: "the repository policy", "仓库策略";
        of_registry: "the registry policy", "注册表策略";
        of_identity(number: u32): "identity policy {number}", "第 {number} 份身份策略";

        applies_allow: "It allows this.", "它允许此操作。";
        applies_deny: "It denies this.", "它拒绝此操作。";
        applies_account: "It opens this to the principal's account as a whole.", "它对主体所在的整个账户开放此操作。";
        other_principal: "It is not about this principal.", "它不涉及此主体。";
        maybe_principal: "It may or may not be about this principal: that depends on the session, or on the path of the role or user, which is not known.", "它是否涉及此主体取决于会话，或角色或用户的路径，而这些信息未知。";
        other_action: "It is not about this action.", "它不涉及此操作。";
        other_resource: "It is not about this repository.", "它不涉及此仓库。";
        maybe_resource: "Whether it is about this repository hangs on something that is not known.", "它是否涉及此仓库取决于未知的信息。";
        fails(condition: &str, seen: &str): "Its condition {condition} does not hold: {seen}.", "条件 {condition} 不成立：{seen}。";
        holds(condition: &str, seen: &str): "Its condition {condition} holds: {seen}.", "条件 {condition} 成立：{seen}。";
        open(condition: &str, seen: &str): "Whether its condition {condition} holds is not known: {seen}.", "条件 {condition} 是否成立未知：{seen}。";
        seen(values: &str): "the request has {values}", "请求中的值为 {values}";
        seen_nothing: "the request has no such key", "请求中没有此键";
        seen_hidden: "what the request has is not shown to you", "请求中的值不向你显示";
        seen_unknown: "the value in the request is not known", "请求中的值未知";
    }
}

impl ExplainTexts {
    /// The answer, and the statement that decides.
    pub fn verdict(self, explanation: &Explanation) -> String {
        let name = explanation.deciding().map(|statement| self.name(statement));
        let denies = explanation
            .deciding()
            .is_some_and(|it| it.effect == Effect::Deny);
        match (explanation.outcome, name) {
            (Outcome::Allowed, Some(name)) => self.allowed_by(&name),
            (Outcome::Allowed, None) => self.allowed_by_nature().to_owned(),
            (Outcome::ExplicitDeny, Some(name)) => self.denied_by(&name),
            (Outcome::Conditional, Some(name)) if denies => self.maybe_denied_by(&name),
            (Outcome::Conditional, Some(name)) => self.maybe_allowed_by(&name),
            (Outcome::ImplicitDeny, Some(name)) if explanation.delegated => {
                self.delegated_by(&name)
            }
            _ => self.not_allowed().to_owned(),
        }
    }

    /// What people call a statement, and where it stands.
    pub fn name(self, statement: &ExplainedStatement) -> String {
        let policy = match statement.source {
            Source::Repository => self.of_repository().to_owned(),
            Source::Registry => self.of_registry().to_owned(),
            Source::Identity(place) => self.of_identity(place.saturating_add(1)),
        };
        let label = match &statement.sid {
            Some(sid) => model::visible(sid),
            None => format!("#{}", statement.index),
        };
        self.statement(&label, statement.at.line, &policy)
    }

    /// What a statement has to do with the answer: the first reason why it does not apply, or how it
    /// does, with its conditions.
    pub fn reasons(self, statement: &ExplainedStatement) -> Vec<String> {
        let first = match (statement.action, statement.principal, statement.resource) {
            (Truth::False, ..) => Some(self.other_action()),
            (_, Truth::False, _) => Some(self.other_principal()),
            (.., Truth::False) => Some(self.other_resource()),
            _ => None,
        };
        if let Some(reason) = first {
            return vec![reason.to_owned()];
        }
        let failed = statement
            .conditions
            .iter()
            .find(|it| it.holds == Truth::False);
        if let Some(condition) = failed {
            return vec![self.condition(condition)];
        }
        let mut reasons = Vec::new();
        if statement.applies == Truth::True {
            reasons.push(match statement.effect {
                Effect::Deny => self.applies_deny(),
                Effect::Allow if statement.by_account => self.applies_account(),
                Effect::Allow => self.applies_allow(),
            });
        }
        if statement.principal == Truth::Unknown {
            reasons.push(self.maybe_principal());
        }
        if statement.resource == Truth::Unknown {
            reasons.push(self.maybe_resource());
        }
        let conditions = statement
            .conditions
            .iter()
            .map(|condition| self.condition(condition));
        reasons
            .into_iter()
            .map(str::to_owned)
            .chain(conditions)
            .collect()
    }

    fn condition(self, condition: &ExplainedCondition) -> String {
        let seen = match &condition.seen {
            Seen::Values(values) => self.seen(&model::visible(&values.join(", "))),
            Seen::Absent => self.seen_nothing().to_owned(),
            Seen::Unknown => self.seen_unknown().to_owned(),
            Seen::Hidden => self.seen_hidden().to_owned(),
        };
        let values = condition.values.join(", ");
        let written = format!("{} {} [{values}]", condition.operator, condition.key);
        let written = model::visible(&written);
        match condition.holds {
            Truth::True => self.holds(&written, &seen),
            Truth::False => self.fails(&written, &seen),
            Truth::Unknown => self.open(&written, &seen),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use model::Locale;
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
        let texts = ExplainTexts(Locale::En);
        let denied = explained(&[("role", "ci")]);
        assert_eq!(
            texts.verdict(&denied),
            "Denied by statement ProdIsFrozen, line 6 of the repository policy."
        );
        assert_eq!(
            texts.reasons(&denied.statements[1]),
            [
                "It denies this.",
                "Its condition StringNotEquals aws:PrincipalTag/role [release] holds: \
                 the request has ci."
            ]
        );
        let allowed = explained(&[("role", "release")]);
        assert!(
            texts
                .verdict(&allowed)
                .starts_with("Allowed by statement TeamPushes, line 4")
        );
        assert!(texts.reasons(&allowed.statements[1])[0].contains("does not hold"));
    }

    #[test]
    fn what_is_not_known_is_said_to_be() {
        for (locale, expected) in [(Locale::En, "Perhaps denied by"), (Locale::Zh, "可能由")] {
            let texts = ExplainTexts(locale);
            let open = explained(&[]);
            assert!(
                texts.verdict(&open).contains(expected),
                "{}",
                texts.verdict(&open)
            );
            assert!(!texts.reasons(&open.statements[1]).is_empty());
        }
    }
}
