//! Signing in, as its page shows it.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// How people sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInWay {
    /// By choosing whom to be.
    Personas(Vec<PersonaCard>),
    /// At an OpenID provider, which the button calls so.
    Provider(String),
    /// At the load balancer, before a request comes here.
    LoadBalancer,
}

/// Somebody to sign in as, where the configured sign-in offers personas to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaCard {
    /// What the form sends.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// One line about them.
    pub about: String,
}

words! {
    /// Why somebody was not signed in, as far as they are told. The log has the rest.
    SignInProblem {
        /// They, or the provider, said no.
        Denied = "denied",
        /// It took too long, or the code was used before.
        Expired = "expired",
        /// The answer belongs to no sign-in that this browser began.
        State = "state",
        /// What vouches for them is not what it should be.
        Token = "token",
        /// The provider cannot be reached, or answers with errors.
        Provider = "provider",
        /// Too many people tried to sign in.
        Limited = "limited",
        /// Their session has ended since.
        Ended = "ended",
    }
}

/// The claims of a sign-in that has no team: their names, never their values. The names are safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClaimsSeen {
    /// The claim that was looked for, as the configuration names it.
    pub claim: String,
    /// What came of it.
    pub finding: GroupsFinding,
    /// The claims that there are, each as the configuration would name it.
    pub names: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

words! {
    /// The content of the claim that Gantry reads groups from.
    GroupsFinding {
        /// Groups.
        Groups = "groups",
        /// No group.
        Empty = "empty",
        /// Something else than a list of texts, or one text.
        Unreadable = "unreadable",
        /// Nothing: there is no such claim.
        Absent = "absent",
        /// Nothing: the provider leaves the claim out for those who are in too many groups.
        TooMany = "too-many",
    }
}
