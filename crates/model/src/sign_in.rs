//! Signing in, as its page shows it.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// How people sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInWay {
    /// By choosing a persona.
    Personas(Vec<PersonaCard>),
    /// At an OpenID provider, with its name for the button.
    Provider(String),
    /// At the load balancer, before a request reaches Gantry.
    LoadBalancer,
}

/// A persona, if the configured sign-in offers personas to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaCard {
    /// The value that the form sends.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// One line about them.
    pub about: String,
}

words! {
    /// Why a person was not signed in, as far as the page says. The log has more.
    SignInProblem {
        /// The person or the provider refused.
        Denied = "denied",
        /// It took too long, or the code was used before.
        Expired = "expired",
        /// The answer belongs to no sign-in that this browser started.
        State = "state",
        /// The provider's token is not valid.
        Token = "token",
        /// The provider cannot be reached, or answers with errors.
        Provider = "provider",
        /// Too many people tried to sign in.
        Limited = "limited",
        /// Their session has ended since.
        Ended = "ended",
    }
}

/// The claims of a sign-in without a team: their names, never their values. The names are safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClaimsSeen {
    /// The claim that was looked for, as named in the configuration.
    pub claim: String,
    /// The result.
    pub finding: GroupsFinding,
    /// The claims that exist, each as the configuration would name it.
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
        /// Something other than a list of texts or one text.
        Unreadable = "unreadable",
        /// There is no such claim.
        Absent = "absent",
        /// The provider leaves the claim out for people in too many groups.
        TooMany = "too-many",
    }
}
