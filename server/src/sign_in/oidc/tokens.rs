//! The provider's answer to a code.

use std::time::Duration;

use oauth2::{AccessToken, RefreshToken, Scope, TokenResponse, basic::BasicTokenType};
use serde::{Deserialize, Serialize};

/// The tokens that Gantry uses. The rest of the answer is ignored: scopes and times come in many forms and have no
/// effect here.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tokens {
    access_token: AccessToken,
    #[serde(default, skip_serializing)]
    id_token: Option<IdToken>,
}

/// An ID token as it was sent. It stays out of logs.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct IdToken(String);

impl std::fmt::Debug for IdToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(a token)")
    }
}

impl Tokens {
    pub(super) fn id_token(&self) -> Option<&str> {
        self.id_token.as_ref().map(|IdToken(token)| token.as_str())
    }
}

impl TokenResponse for Tokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// The only token type that exists: the answer's value is ignored.
    fn token_type(&self) -> &BasicTokenType {
        &BasicTokenType::Bearer
    }

    fn expires_in(&self) -> Option<Duration> {
        None
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}
