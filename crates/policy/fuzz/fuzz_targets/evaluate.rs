//! Any policies and any request: deciding never panics, explanations and grids agree with decisions, and a certain
//! decision still holds if every unknown key is missing.

#![no_main]

use std::sync::Arc;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use policy::{
    Account, ActionName, CompiledPolicy, Context, Decision, Grid, Identity, Mode, Outcome,
    Policies, PolicyKind, Principal, Request, Resource, Row, Subject, Truth,
};
use serde_json::{Map, Value, json};

/// A known text, or any text.
#[derive(Arbitrary, Debug)]
enum Word {
    Known(u8),
    Any(String),
}

impl Word {
    fn text<'a>(&'a self, known: &[&'a str]) -> &'a str {
        match self {
            Self::Known(place) => known[usize::from(*place) % known.len()],
            Self::Any(text) => text,
        }
    }
}

#[derive(Arbitrary, Debug)]
struct Clause {
    set: u8,
    operator: u8,
    if_exists: bool,
    key: Word,
    values: Vec<Word>,
}

#[derive(Arbitrary, Debug)]
struct Statement {
    deny: bool,
    excluded: [bool; 3],
    principals: Vec<(u8, Word)>,
    actions: Vec<Word>,
    resources: Option<Vec<Word>>,
    conditions: Vec<Clause>,
}

#[derive(Arbitrary, Debug)]
enum Text {
    Written(String),
    Built(bool, Vec<Statement>),
}

#[derive(Arbitrary, Debug)]
enum Side {
    Unseen,
    Assumed,
    Known(Vec<Text>),
}

#[derive(Arbitrary, Debug)]
struct Case {
    repository: Option<Text>,
    registry: Option<Text>,
    side: Side,
    principal: Word,
    any_session: bool,
    tags: Vec<(Word, Word)>,
    actions: [Word; 2],
    resource: Word,
    account: bool,
    keys: Vec<(Word, Vec<Word>)>,
}

const PRINCIPALS: &[&str] = &[
    "arn:aws:iam::111122223333:role/ci/builder",
    "arn:aws:sts::111122223333:assumed-role/builder/run-1",
    "arn:aws:iam::444455556666:user/ana",
    "111122223333",
    "arn:aws:iam::444455556666:root",
    "ecs.amazonaws.com",
    "*",
];
const ACTIONS: &[&str] = &["ecr:PutImage", "ecr:*", "*", "ECR:Get*Url?orLayer", "ecr:GetDownloadUrlForLayer"];
const RESOURCES: &[&str] = &[
    "arn:aws:ecr:eu-west-1:111122223333:repository/shop/ana",
    "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, 'shop'}/*",
    "*",
];
const KEYS: &[&str] = &[
    "aws:PrincipalTag/team",
    "aws:PrincipalArn",
    "aws:SourceIp",
    "aws:CurrentTime",
    "x:number",
    "AWS:USERNAME",
];
const VALUES: &[&str] = &[
    "shop",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalArn}",
    "${ aws:PrincipalTag/team }",
    "${aws:PrincipalTag/team, shop}",
    "s${*}p*",
    "?*?*?",
    "10.0.0.0/8",
    "10.1.2.3",
    "2001:db8::/32",
    "2026-11-22T12:30:00Z",
    "1795350600",
    "-12.5",
    "true",
    "aGk=",
    "",
];
const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnLike",
    "ArnNotLike",
    "ArnEquals",
    "ArnNotEquals",
    "Null",
];

fn name(not: bool, element: &str) -> String {
    format!("{}{element}", if not { "Not" } else { "" })
}

/// At least one text: the words, or one of the known texts if there are none.
fn some_texts(words: &[Word], known: &[&str]) -> Value {
    if words.is_empty() {
        return json!([known[0]]);
    }
    words.iter().map(|word| word.text(known)).collect()
}

impl Clause {
    fn operator(&self) -> String {
        let set = ["", "ForAnyValue:", "ForAllValues:"][usize::from(self.set) % 3];
        let operator = OPERATORS[usize::from(self.operator) % OPERATORS.len()];
        let suffix = if self.if_exists && operator != "Null" { "IfExists" } else { "" };
        format!("{set}{operator}{suffix}")
    }
}

impl Statement {
    fn json(&self, kind: PolicyKind) -> Value {
        let mut json = Map::new();
        json.insert("Effect".into(), if self.deny { "Deny" } else { "Allow" }.into());
        if kind != PolicyKind::Identity {
            let mut principals = Map::new();
            for (kind, word) in &self.principals {
                let kind = ["AWS", "Service", "Federated"][usize::from(*kind) % 3];
                let listed = principals.entry(kind).or_insert_with(|| json!([]));
                if let Some(listed) = listed.as_array_mut() {
                    listed.push(word.text(PRINCIPALS).into());
                }
            }
            let principals = if principals.is_empty() { json!("*") } else { principals.into() };
            json.insert(name(self.excluded[0], "Principal"), principals);
        }
        let actions = some_texts(&self.actions, ACTIONS);
        json.insert(name(self.excluded[1], "Action"), actions);
        let default = (kind == PolicyKind::Identity).then(|| json!("*"));
        let resources = (self.resources.as_ref())
            .map(|words| some_texts(words, RESOURCES));
        if let Some(resources) = resources.or(default) {
            json.insert(name(self.excluded[2], "Resource"), resources);
        }
        let mut conditions = json!({});
        for clause in &self.conditions {
            let keys = &mut conditions[clause.operator()];
            let key = clause.key.text(KEYS);
            // A key can occur only once, ignoring case.
            let again = keys.as_object().and_then(|keys| keys.keys().find(|known| known.eq_ignore_ascii_case(key)));
            let key = again.cloned().unwrap_or_else(|| key.to_owned());
            keys[key] = some_texts(&clause.values, VALUES);
        }
        json.insert("Condition".into(), conditions);
        json.into()
    }
}

impl Text {
    /// None if it is not a valid policy.
    fn compile(&self, kind: PolicyKind) -> Option<CompiledPolicy> {
        match self {
            Self::Written(text) => CompiledPolicy::parse(text.as_str(), kind).ok(),
            // A policy has at least one statement.
            Self::Built(_, statements) if statements.is_empty() => None,
            Self::Built(is_old, statements) => {
                let version = if *is_old { "2008-10-17" } else { "2012-10-17" };
                let statements = statements.iter().map(|statement| statement.json(kind));
                let statements: Vec<_> = statements.collect();
                let document = json!({ "Version": version, "Statement": statements });
                let read = CompiledPolicy::parse(document.to_string(), kind);
                assert!(read.is_ok(), "{:?} in {document}", read.err());
                read.ok()
            }
        }
    }
}

/// Decides, and checks that the other ways of evaluating agree.
fn decide(policies: &Policies<'_>, request: &Request<'_>, mode: Mode) -> Decision {
    let decision = policies.decide(request, mode);
    let explained = policies.explain(request, mode);
    assert_eq!(explained.outcome, decision.outcome);
    assert_eq!(explained.delegated, decision.delegated);
    let deciding = explained.deciding().map(|statement| (statement.source, statement.index));
    assert_eq!(deciding, decision.decided_by.map(|by| (by.source, by.index)));
    for statement in &explained.statements {
        let holds = statement.conditions.iter().map(|condition| condition.holds);
        let parts = [statement.principal, statement.action, statement.resource];
        let least = parts.into_iter().chain(holds).min();
        assert_eq!(Some(statement.applies), least);
    }
    let grid = Grid {
        repository: policies.repository,
        registry: policies.registry,
        resource: request.resource,
        context: request.context,
        mode,
        actions: std::slice::from_ref(request.action),
    };
    let row = Row {
        subject: request.subject,
        identity: policies.identity,
    };
    grid.decide([row], |of_grid| assert_eq!(of_grid, decision));
    let denies = explained.statements.iter().any(|statement| {
        statement.effect == policy::Effect::Deny && statement.applies == Truth::True
    });
    assert_eq!(decision.outcome == Outcome::ExplicitDeny, denies);
    decision
}

fuzz_target!(|case: Case| {
    let Ok(mut principal) = Principal::parse(case.principal.text(PRINCIPALS)) else {
        return;
    };
    if case.any_session {
        principal = principal.in_any_session();
    }
    let repository = case.repository.as_ref().and_then(|text| text.compile(PolicyKind::Repository));
    let registry = case.registry.as_ref().and_then(|text| text.compile(PolicyKind::Registry));
    let identity: Vec<Arc<CompiledPolicy>> = match &case.side {
        Side::Known(texts) => (texts.iter())
            .filter_map(|text| text.compile(PolicyKind::Identity))
            .map(Arc::new)
            .collect(),
        Side::Unseen | Side::Assumed => Vec::new(),
    };
    let policies = Policies {
        repository: repository.as_ref(),
        registry: registry.as_ref(),
        identity: match case.side {
            Side::Unseen => Identity::Unseen,
            Side::Assumed => Identity::Assumed,
            Side::Known(_) => Identity::Policies(&identity),
        },
    };
    let tags = case.tags.iter().map(|(tag, value)| (tag.text(&["team"]), value.text(VALUES)));
    let account = case.account.then(|| Account::parse("111122223333")).flatten();
    let mut context = Context::default();
    for (key, values) in &case.keys {
        context.set(key.text(KEYS), values.iter().map(|value| value.text(VALUES)));
    }
    let subject = Subject::new(principal, tags);
    let resource = Resource::new(case.resource.text(RESOURCES), account);
    for action in &case.actions {
        let request = Request {
            subject: &subject,
            action: &ActionName::new(action.text(ACTIONS)),
            resource: &resource,
            context: &context,
        };
        let certain = decide(&policies, &request, Mode::ThreeValued).outcome;
        let strict = decide(&policies, &request, Mode::Strict).outcome;
        match certain {
            Outcome::Allowed | Outcome::ExplicitDeny => assert_eq!(strict, certain),
            Outcome::ImplicitDeny => assert!(strict >= certain),
            Outcome::Conditional => {}
        }
    }
});
