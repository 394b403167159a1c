//! The reasons for a decision, as data. Other crates turn them into sentences.

use serde::Serialize;

use crate::{
    Position,
    arn::Account,
    document::{Effect, label},
    evaluate::{Outcome, Policies, Source, StatementRef},
    request::{Found, Mode, Request, Scene},
    truth::Truth,
};

/// A decision with every statement's part in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The requested action.
    pub action: String,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the resource's policies allow it, and only the identity side is missing.
    pub delegated: bool,
    /// The place, in the list below, of the statement that decides. None if no statement applies.
    pub decided_by: Option<usize>,
    /// Whether the principal belongs to the account that owns the resource. If so, either side can allow; otherwise
    /// both must.
    pub same_account: bool,
    /// The account of the resource.
    pub resource_account: Option<Account>,
    /// Every statement of every policy, in order.
    pub statements: Vec<ExplainedStatement>,
}

/// What viewers who may not read the policy can see: the decision and the action, but no statement, condition or
/// other principal. Even that an account is named as a whole would reveal part of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reduced {
    /// The outcome.
    pub outcome: Outcome,
    /// The action.
    pub action: String,
}

/// A statement's part in a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedStatement {
    /// The policy that contains it.
    pub source: Source,
    /// Its place there, from 0.
    pub index: usize,
    /// Its Sid.
    pub sid: Option<String>,
    /// Where it starts.
    pub at: Position,
    /// Allow or deny.
    pub effect: Effect,
    /// Whether it applies: the minimum of the parts below.
    pub applies: Truth,
    /// Whether it names the principal.
    pub principal: Truth,
    /// Whether it names only the principal's account as a whole.
    pub by_account: bool,
    /// Whether it covers the action.
    pub action: Truth,
    /// Whether it covers the resource.
    pub resource: Truth,
    /// Its conditions.
    pub conditions: Vec<ExplainedCondition>,
}

/// A condition's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedCondition {
    /// The position of its key.
    pub at: Position,
    /// The operator.
    pub operator: String,
    /// The key, as written.
    pub key: String,
    /// The policy's values, as written.
    pub values: Vec<String>,
    /// The request's values.
    pub seen: Seen,
    /// Whether it holds.
    pub holds: Truth,
}

/// What a request has for a condition key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// These values.
    Values(Vec<String>),
    /// The request does not have the key.
    Absent,
    /// The value is not known.
    Unknown,
    /// The viewer may not see the value.
    Hidden,
}

impl ExplainedStatement {
    /// A label for people, as [`Statement::label`](crate::Statement::label).
    pub fn label(&self) -> String {
        label(self.sid.as_deref(), self.index)
    }
}

impl Explanation {
    /// The part that viewers who may not read the policy can see.
    pub fn reduced(&self) -> Reduced {
        Reduced {
            outcome: self.outcome,
            action: self.action.clone(),
        }
    }

    /// Hides the request's values of these condition keys.
    pub fn hiding(mut self, hides: impl Fn(&str) -> bool) -> Self {
        let conditions = self.statements.iter_mut().flat_map(|it| &mut it.conditions);
        for condition in conditions.filter(|condition| hides(&condition.key)) {
            condition.seen = Seen::Hidden;
        }
        self
    }

    /// Keeps only the statements of one policy.
    pub fn only(mut self, source: Source) -> Self {
        let deciding = self
            .deciding()
            .filter(|it| it.source == source)
            .map(|it| it.index);
        self.statements
            .retain(|statement| statement.source == source);
        self.decided_by =
            deciding.and_then(|index| self.statements.iter().position(|it| it.index == index));
        self
    }

    /// The statement that decides.
    pub fn deciding(&self) -> Option<&ExplainedStatement> {
        self.statements.get(self.decided_by?)
    }
}

impl Policies<'_> {
    /// Explains the decision about a request.
    pub fn explain(&self, request: &Request<'_>, mode: Mode) -> Explanation {
        let decision = self.decide(request, mode);
        let scene = Scene::of(request, mode);
        let mut statements = Vec::new();
        let mut decided_by = None;
        for (source, policy) in self.all() {
            for index in 0..policy.statements().len() {
                if decision.decided_by == Some(StatementRef { source, index }) {
                    decided_by = Some(statements.len());
                }
                statements.push(explain(source, policy, index, request, &scene));
            }
        }
        let account = request.subject.principal().account();
        Explanation {
            action: request.action.name.to_string(),
            outcome: decision.outcome,
            delegated: decision.delegated,
            decided_by,
            same_account: account.is_some() && account == request.resource.account(),
            resource_account: request.resource.account(),
            statements,
        }
    }
}

fn explain(
    source: Source,
    policy: &crate::CompiledPolicy,
    index: usize,
    request: &Request<'_>,
    scene: &Scene<'_>,
) -> ExplainedStatement {
    let statement = &policy.statements()[index];
    let written = &policy.policy().statements[index];
    let concern = statement.concern(scene);
    let action = Truth::from(statement.actions.cover(request.action));
    let conditions = (written.conditions.iter().zip(&statement.conditions))
        .map(|(written, condition)| ExplainedCondition {
            at: policy.policy().position(written),
            operator: written.operator.to_string(),
            key: written.key.clone(),
            values: written
                .values
                .iter()
                .map(|value| value.value.clone())
                .collect(),
            seen: match scene.find(condition.key()) {
                Found::Values(values) => {
                    Seen::Values(values.iter().map(|value| value.to_string()).collect())
                }
                Found::Absent => Seen::Absent,
                Found::Unknown | Found::WithSomePath(_) => Seen::Unknown,
            },
            holds: condition.holds(scene),
        })
        .collect();
    let standing = statement.standing(scene);
    ExplainedStatement {
        source,
        index,
        sid: written.sid().map(str::to_owned),
        at: policy.policy().position(written),
        effect: statement.effect,
        applies: standing.applies.and(action),
        principal: concern.truth(),
        by_account: standing.by_account,
        action,
        resource: statement.concerns_resource(scene),
        conditions,
    }
}
