//! Signing in at an OpenID provider: the authorization code flow, with PKCE, state and nonce.

mod attempt;
mod id_token;
mod tokens;

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use access::{Person, PersonId};
pub use attempt::{Attempt, Attempts, PATIENCE};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::SignInProblem;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EndpointNotSet, EndpointSet, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, StandardRevocableToken, TokenResponse, TokenUrl,
    basic::{
        BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse,
        BasicTokenIntrospectionResponse,
    },
    url::Url,
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use self::tokens::Tokens;
use super::{
    SignedIn,
    claims::{Claims, groups_of, is_subject, name_of},
    http::Http,
    jwt::Jwt,
    provider::{Provider, Providers},
    unacceptable, unusable,
};
use crate::{config::OidcSettings, logging::outside};

type OAuthClient = Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Gantry as the client of an OpenID provider.
#[derive(Debug)]
pub struct Oidc {
    settings: OidcSettings,
    /// Where the provider leads people back to, and where it leads them after they sign out.
    public_url: String,
    http: Arc<Http>,
    providers: Providers,
    exchanges: Exchanges,
}

/// How many codes are exchanged at the provider, for all addresses together. Anyone can make up a code, and each
/// causes a call with Gantry's own credentials.
#[derive(Debug)]
struct Exchanges {
    a_minute: DefaultDirectRateLimiter,
    at_once: Semaphore,
}

/// Codes per minute, and as many in a burst: enough for a few thousand people who start work within minutes.
const A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(1_199);

/// Codes at the same time; others wait.
const AT_ONCE: usize = 32;

/// How long a code waits. A code expires soon after, and so does the request.
const WAITS: Duration = Duration::from_secs(5);

impl Exchanges {
    fn new() -> Self {
        Self {
            a_minute: RateLimiter::direct(Quota::per_minute(A_MINUTE)),
            at_once: Semaphore::new(AT_ONCE),
        }
    }

    /// Counts a code, and holds its place while it is exchanged.
    async fn next(&self) -> Result<SemaphorePermit<'_>, SignInProblem> {
        // A code that gets no place is not counted.
        if let Ok(Ok(place)) = timeout(WAITS, self.at_once.acquire()).await
            && self.a_minute.check().is_ok()
        {
            return Ok(place);
        }
        tracing::warn!("A sign-in failed: too many people sign in at the same time");
        Err(SignInProblem::Limited)
    }
}

impl Oidc {
    /// Creates a client. Nothing is sent yet: a provider that is down does not affect people who are already signed
    /// in.
    ///
    /// # Errors
    /// If no HTTPS client can be created.
    pub fn new(settings: OidcSettings, public_url: String) -> Result<Self, reqwest::Error> {
        let http = Arc::new(Http::new()?);
        Ok(Self {
            providers: Providers::new(settings.issuer.clone(), Arc::clone(&http)),
            exchanges: Exchanges::new(),
            http,
            settings,
            public_url,
        })
    }

    /// The issuer that identifies people.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// The provider's name on the button: its configured name, else the issuer's host.
    pub fn name(&self) -> String {
        let host = || {
            Url::parse(&self.settings.issuer)
                .ok()?
                .host_str()
                .map(str::to_owned)
        };
        let name = self.settings.name.clone();
        name.or_else(host)
            .unwrap_or_else(|| self.settings.issuer.clone())
    }

    /// Starts an attempt: returns where to send the browser, and what to remember until it comes back.
    ///
    /// # Errors
    /// [`SignInProblem::Provider`] if the provider cannot be reached.
    pub async fn begin(&self, return_to: String) -> Result<(String, Attempt), SignInProblem> {
        let provider = self.providers.get().await?;
        let attempt = Attempt::new(return_to);
        let verifier = PkceCodeVerifier::new(attempt.verifier());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let state = CsrfToken::new(attempt.state());
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let (url, _) = self
            .client(&provider)?
            .authorize_url(|| state)
            .add_scopes(scopes)
            .add_extra_param("nonce", attempt.nonce())
            .set_pkce_challenge(challenge)
            .url();
        Ok((url.into(), attempt))
    }

    /// Ends an attempt: exchanges the code at the provider, and verifies the answer.
    ///
    /// # Errors
    /// [`SignInProblem`] if the person is not signed in.
    pub async fn finish(&self, attempt: &Attempt, code: String) -> Result<SignedIn, SignInProblem> {
        let provider = self.providers.get().await?;
        let verifier = PkceCodeVerifier::new(attempt.verifier());
        let tokens = self.exchange(&provider, code, verifier).await?;
        let access_token = tokens.access_token().secret();
        let token = tokens.id_token().ok_or_else(|| unacceptable("has none"))?;
        let token = Jwt::read(token).map_err(unacceptable)?;
        let claims = self.providers.verify(&token).await?;
        let OidcSettings {
            issuer, client_id, ..
        } = &self.settings;
        id_token::check(claims, issuer, client_id, &attempt.nonce())
            .and_then(|()| id_token::check_access_token(claims, token.algorithm(), access_token))
            .map_err(unacceptable)?;
        let subject = claims.text("sub").filter(|subject| is_subject(subject));
        let subject = subject.ok_or_else(|| unacceptable("it names nobody"))?;
        let more = match claims.at(&self.settings.groups_claim) {
            Some(_) => None,
            None => self.user_info(&provider, access_token, subject).await?,
        };
        let accounts: Vec<_> = [claims].into_iter().chain(&more).collect();
        let (groups, claims) = groups_of(&accounts, &self.settings.groups_claim);
        Ok(SignedIn {
            person: Person {
                id: PersonId::new(issuer, subject),
                name: name_of(&accounts, subject),
                groups,
            },
            claims: claims.into(),
        })
    }

    async fn exchange(
        &self,
        provider: &Provider,
        code: String,
        verifier: PkceCodeVerifier,
    ) -> Result<Tokens, SignInProblem> {
        let _place = self.exchanges.next().await?;
        let tokens = self
            .client(provider)?
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(verifier)
            .request_async(&*self.http)
            .await;
        tokens.map_err(|error| match error {
            RequestTokenError::ServerResponse(answer)
                if *answer.error() == BasicErrorResponseType::InvalidGrant =>
            {
                SignInProblem::Expired
            }
            // The error would quote the answer, which contains a token.
            RequestTokenError::Parse(error, _) => {
                let place = outside(error.path());
                tracing::warn!(
                    sign_in.answer_field = place,
                    "A sign-in failed: Gantry cannot read the identity provider's answer"
                );
                SignInProblem::Provider
            }
            error => unusable("code exchange", &error),
        })
    }

    fn client(&self, provider: &Provider) -> Result<OAuthClient, SignInProblem> {
        let callback = format!("{}{}", self.public_url, app::paths::SIGN_IN_CALLBACK);
        let callback =
            RedirectUrl::new(callback).map_err(|error| unusable("redirect URI", &error))?;
        let client = Client::new(ClientId::new(self.settings.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(provider.authorization_endpoint.clone()))
            .set_token_uri(TokenUrl::from_url(provider.token_endpoint.clone()))
            .set_redirect_uri(callback)
            .set_auth_type(if provider.secret_in_body {
                AuthType::RequestBody
            } else {
                AuthType::BasicAuth
            });
        Ok(match &self.settings.client_secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.reveal().to_owned())),
            None => client,
        })
    }

    /// The provider's userinfo claims about the person, if it has that endpoint.
    ///
    /// Source: OpenID Connect Core 1.0, section 5.3.
    async fn user_info(
        &self,
        provider: &Provider,
        access_token: &str,
        subject: &str,
    ) -> Result<Option<Claims>, SignInProblem> {
        let Some(url) = &provider.userinfo_endpoint else {
            return Ok(None);
        };
        let unusable = |error: &dyn std::error::Error| unusable("userinfo", error);
        let answer = self.http.get(url.as_str(), Some(access_token)).await;
        let answer = answer.map_err(|error| unusable(&error))?;
        let claims = if answer.is_token {
            let text = std::str::from_utf8(&answer.body).map_err(unacceptable)?;
            let token = Jwt::read(text.trim()).map_err(unacceptable)?;
            let claims = self.providers.verify(&token).await?;
            id_token::check_parties(claims, &self.settings.issuer, &self.settings.client_id)
                .map_err(unacceptable)?;
            claims.clone()
        } else {
            serde_json::from_slice(&answer.body).map_err(|error| unusable(&error))?
        };
        if claims.text("sub") != Some(subject) {
            return Err(unacceptable("userinfo is about another person"));
        }
        Ok(Some(claims))
    }

    /// Where the browser goes to sign out of the provider too, if the provider supports it. No ID token is kept for
    /// this: the provider knows the client by its ID, and asks the person to confirm.
    ///
    /// Source: OpenID Connect RP-Initiated Logout 1.0, section 2, `id_token_hint` and `client_id`; "The managed login
    /// sign-out endpoint" in the Amazon Cognito developer guide, `logout_uri`.
    pub fn sign_out_url(&self) -> Option<String> {
        // A sign-out does not wait for a provider that is down.
        let provider = self.providers.known()?;
        let mut url = provider.end_session_endpoint.clone()?;
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &self.settings.client_id);
        let back = format!("{}{}", self.public_url, app::paths::SIGN_IN);
        for name in ["post_logout_redirect_uri", "logout_uri"] {
            query.append_pair(name, &back);
        }
        drop(query);
        Some(url.into())
    }

    /// Whether a callback's `iss`, if present, is the configured issuer (RFC 9207).
    pub fn is_issuer(&self, issuer: &str) -> bool {
        issuer == self.settings.issuer
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn codes_are_exchanged_a_few_at_once_and_limited_per_minute() {
        let exchanges = Exchanges::new();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(exchanges.next().await.unwrap());
        }
        let mut waiting = Box::pin(exchanges.next());
        assert!(futures::poll!(&mut waiting).is_pending());
        held.pop();
        held.push(waiting.await.unwrap());
        held.clear();
        let mut refused = None;
        // A few more are allowed while this runs.
        for _ in 0..2 * A_MINUTE.get() {
            refused = exchanges.next().await.err().or(refused);
        }
        assert_eq!(refused, Some(SignInProblem::Limited));
    }
}
