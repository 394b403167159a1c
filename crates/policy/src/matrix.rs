//! Many principals and many actions over the same policies, in one pass.

use smallvec::SmallVec;

use crate::{
    compiled::{CompiledPolicy, Standing, Statement},
    evaluate::{Decision, Identity, Policies, StatementRef, Tally},
    request::{ActionName, Context, Mode, Resource, Scene, Subject},
    truth::Truth,
};

/// A principal of a matrix, with what is known about its identity side.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The principal.
    pub subject: &'a Subject,
    /// Its identity side.
    pub identity: Identity<'a>,
}

/// What the rows of a matrix have in common.
#[derive(Debug, Clone, Copy)]
pub struct Grid<'a> {
    /// The repository's policy.
    pub repository: Option<&'a CompiledPolicy>,
    /// The registry's policy.
    pub registry: Option<&'a CompiledPolicy>,
    /// The repository.
    pub resource: &'a Resource,
    /// What else is known about the requests.
    pub context: &'a Context,
    /// How unknown keys are treated.
    pub mode: Mode,
    /// The columns.
    pub actions: &'a [ActionName],
}

impl Grid<'_> {
    /// Decides for each row and each action, row by row.
    ///
    /// Which principals a statement concerns, and whether its conditions hold, does not depend on the action. So each
    /// statement is evaluated once per row, however many columns there are.
    pub fn decide<'a>(
        &self,
        rows: impl IntoIterator<Item = Row<'a>>,
        mut answer: impl FnMut(Decision),
    ) {
        for row in rows {
            let policies = Policies {
                repository: self.repository,
                registry: self.registry,
                identity: row.identity,
            };
            let scene = Scene {
                subject: row.subject,
                resource: self.resource,
                context: self.context,
                mode: self.mode,
            };
            let standings = standings(&policies, &scene);
            for action in self.actions {
                let mut tally = Tally::default();
                for (reference, statement, standing) in &standings {
                    if statement.actions.cover(action) {
                        tally.add(*reference, statement.effect, *standing);
                    }
                }
                answer(tally.decide(row.identity, row.subject.principal(), self.resource));
            }
        }
    }
}

/// The statements that may apply to a row, with their results.
fn standings<'a>(
    policies: &'a Policies<'_>,
    scene: &Scene<'_>,
) -> SmallVec<[(StatementRef, &'a Statement, Standing); 16]> {
    let mut standings = SmallVec::new();
    for (source, policy) in policies.all() {
        for index in policy.naming(scene.subject.principal()) {
            let statement = &policy.statements()[index];
            let standing = statement.standing(scene);
            if standing.applies != Truth::False {
                standings.push((StatementRef { source, index }, statement, standing));
            }
        }
    }
    standings
}
