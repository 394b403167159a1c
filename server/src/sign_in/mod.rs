//! How people prove who they are: at an OpenID provider, at the load balancer, or, in the demo, by choosing a
//! persona.

pub mod alb;
pub mod browser;
mod claims;
mod http;
mod jwt;
mod keys;
pub mod oidc;
mod provider;
pub mod refused;

use std::{fmt, sync::Arc};

use access::{Person, Viewer};
use model::{ClaimsSeen, GroupsFinding, Locale, PersonaCard, SignInProblem, SignInWay};
use words::personas::PersonasTexts;

use self::{alb::Alb, oidc::Oidc};
use crate::{config::SignInSettings, logging::outside};

/// The active sign-in method.
#[derive(Debug, Clone)]
pub enum SignIn {
    /// People choose a persona: over an embedded registry, where nothing is secret.
    Personas(Arc<[Persona]>),
    /// Gantry sends people to an OpenID provider.
    Oidc(Arc<Oidc>),
    /// The load balancer has already sent people to the provider.
    Alb(Arc<Alb>),
}

impl SignIn {
    /// The configured sign-in. `public_url` is where an OpenID provider sends people back to; the configuration
    /// guarantees that it is set.
    ///
    /// # Errors
    /// If no HTTPS client can be created.
    pub fn configured(
        settings: SignInSettings,
        public_url: Option<&str>,
    ) -> Result<Self, reqwest::Error> {
        Ok(match settings {
            SignInSettings::Oidc(oidc) => {
                let public_url = public_url.unwrap_or_default().to_owned();
                Self::Oidc(Arc::new(Oidc::new(oidc, public_url)?))
            }
            SignInSettings::Alb(alb) => Self::Alb(Arc::new(Alb::new(alb)?)),
        })
    }

    /// The issuer that identifies people. IDs of other issuers are unknown here.
    pub fn issuer(&self) -> &str {
        match self {
            Self::Personas(_) => Persona::ISSUER,
            Self::Oidc(oidc) => oidc.issuer(),
            Self::Alb(alb) => alb.issuer(),
        }
    }

    /// What the sign-in page offers.
    pub fn way(&self, locale: Locale) -> SignInWay {
        match self {
            Self::Personas(personas) => {
                let cards = personas.iter().map(|persona| persona.card(locale));
                SignInWay::Personas(cards.collect())
            }
            Self::Oidc(oidc) => SignInWay::Provider(oidc.name()),
            Self::Alb(_) => SignInWay::LoadBalancer,
        }
    }
}

/// A person identified by a provider.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub person: Person,
    /// What was seen where their groups were looked for.
    pub claims: Arc<ClaimsSeen>,
}

impl SignedIn {
    /// Logs for the operator why a signed-in person sees nothing: one line, with names of claims and no values.
    /// Returns what the person's own page needs to say the same, or None if they are in a team.
    pub fn explain(&self, viewer: &Viewer) -> Option<&ClaimsSeen> {
        if !viewer.teams.is_empty() || viewer.admin {
            return None;
        }
        let ClaimsSeen {
            claim,
            finding,
            names,
            more,
        } = &*self.claims;
        let reason = match finding {
            GroupsFinding::Groups => {
                "no [[team]] has any of the person's groups: add one of them to the groups of a team"
            }
            GroupsFinding::Empty => {
                "the claim for groups is empty: add the person to a group at the identity provider"
            }
            GroupsFinding::Unreadable => {
                "the claim for groups is neither a list of texts nor one text: set groups_claim to another \
                 claim, or to a path into this one"
            }
            GroupsFinding::Absent => {
                "the claim for groups is missing: the person has no groups, or groups_claim names the wrong claim, \
                 or the identity provider does not send it"
            }
            GroupsFinding::TooMany => {
                "the person is in too many groups, and the identity provider left them out: have it send only the \
                 groups that are assigned to Gantry, or application roles with groups_claim set to roles"
            }
        };
        tracing::warn!(
            person.id = self.person.id.as_str(),
            sign_in.groups_claim = claim,
            sign_in.finding = finding.as_str(),
            sign_in.group_count = self.person.groups.len(),
            sign_in.claims = names.join(", "),
            sign_in.more_claims = more,
            reason,
            "A person signed in and is in no team"
        );
        Some(&self.claims)
    }
}

/// A persona to sign in as.
#[derive(Debug, Clone)]
pub struct Persona {
    /// The form's value, and the session's subject.
    pub id: &'static str,
    /// Their name.
    pub name: &'static str,
    /// One line about them.
    pub about: fn(PersonasTexts) -> &'static str,
    /// Their groups.
    pub groups: &'static [&'static str],
}

impl Persona {
    /// The issuer in the personas' IDs: no provider's URL looks like it.
    pub const ISSUER: &str = "demo";

    /// The persona as the sign-in page shows it.
    pub fn card(&self, locale: Locale) -> PersonaCard {
        PersonaCard {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            about: (self.about)(PersonasTexts(locale)).to_owned(),
        }
    }
}

/// Logs at which step a sign-in failed and why, and says so in the words of the page. Errors quote the provider's answers.
fn unusable(step: &str, error: &dyn std::error::Error) -> SignInProblem {
    tracing::warn!(
        sign_in.step = step,
        error = outside(Chain(error)),
        "A sign-in failed: the identity provider did not answer as expected"
    );
    SignInProblem::Provider
}

/// Logs what is wrong with a token, and returns the problem for the page. The log line does not contain the token.
fn unacceptable(why: impl fmt::Display) -> SignInProblem {
    refused::log(why);
    SignInProblem::Token
}

/// An error with its causes.
struct Chain<'a>(&'a dyn std::error::Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
