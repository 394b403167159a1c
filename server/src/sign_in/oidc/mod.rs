//! Signing in at an OpenID provider: the authorization code flow, with PKCE, state and nonce.

mod attempt;
mod claims;
mod http;
mod provider;

pub use attempt::{Attempt, Attempts, PATIENCE};
pub(super) use claims::{groups_of, is_subject, shown_name};
use model::SignInProblem;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, CsrfToken, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RequestTokenError, Scope, TokenResponse as _, UserInfoError,
    core::{CoreAuthenticationFlow, CoreErrorResponseType},
    url::Url,
};
use registry::{Person, PersonId};

use self::{
    claims::{Claims, name_of},
    http::Http,
    provider::{Provider, Providers},
};
use super::{unacceptable, unusable};
use crate::config::OidcSettings;

/// Gantry as the client of an OpenID provider.
#[derive(Debug)]
pub struct Oidc {
    settings: OidcSettings,
    /// Where the provider leads people back to, and where it leads them after they signed out.
    public_url: String,
    http: Http,
    providers: Providers,
}

impl Oidc {
    /// A client. Nothing is sent yet: a provider that is down keeps nobody from being served who is
    /// signed in already.
    ///
    /// # Errors
    /// When no HTTPS client can be made.
    pub fn new(settings: OidcSettings, public_url: String) -> Result<Self, reqwest::Error> {
        Ok(Self {
            http: Http::new()?,
            providers: Providers::new(
                settings.clone(),
                format!("{public_url}{}", app::paths::SIGN_IN_CALLBACK),
            ),
            settings,
            public_url,
        })
    }

    /// Who vouches for people.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// What the button calls the provider: its configured name, else the issuer's host.
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

    /// Begins an attempt: where to send the browser, and what to remember until it comes back.
    ///
    /// # Errors
    /// [`SignInProblem::Provider`] when it cannot be reached.
    pub async fn begin(&self, return_to: String) -> Result<(String, Attempt), SignInProblem> {
        let provider = self.providers.get(&self.http).await?;
        let attempt = Attempt::new(return_to);
        let verifier = PkceCodeVerifier::new(attempt.verifier());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let state = CsrfToken::new(attempt.state());
        let nonce = Nonce::new(attempt.nonce());
        let mut request = provider.client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || state,
            || nonce,
        );
        for scope in &self.settings.scopes {
            // The library asks for this one by itself.
            if scope != "openid" {
                request = request.add_scope(Scope::new(scope.clone()));
            }
        }
        let (url, _, _) = request.set_pkce_challenge(challenge).url();
        Ok((url.into(), attempt))
    }

    /// Ends an attempt: takes the code to the provider, and looks closely at what comes back.
    ///
    /// # Errors
    /// [`SignInProblem`]: then nobody is signed in.
    pub async fn finish(&self, attempt: &Attempt, code: String) -> Result<Person, SignInProblem> {
        let provider = self.providers.get(&self.http).await?;
        let request = provider
            .client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| unusable("has no token endpoint", &error))?;
        let tokens = request
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(answer)
                    if *answer.error() == CoreErrorResponseType::InvalidGrant =>
                {
                    SignInProblem::Expired
                }
                // It answered with a token, which is none; errors that are no JSON end here too.
                RequestTokenError::Parse(error, body) if has_token(&body) => unacceptable(error),
                error => unusable("does not exchange the code", &error),
            })?;
        let id_token = tokens.id_token().ok_or_else(|| unacceptable("has none"))?;
        let nonce = Nonce::new(attempt.nonce());
        let (provider, claims) = match provider.claims(id_token, &nonce) {
            // Providers change their keys when they like.
            Err(error) if Provider::may_have_new_keys(&error) => {
                let newer = self.providers.newer_than(&provider, &self.http).await?;
                let claims = newer.claims(id_token, &nonce).map_err(unacceptable)?;
                (newer, claims)
            }
            claims => (provider, claims.map_err(unacceptable)?),
        };
        check_access_token(&provider, &tokens, id_token, &claims)?;
        if !is_subject(claims.subject().as_str()) {
            return Err(unacceptable("it names nobody"));
        }
        let groups = match groups_of(&claims.additional_claims().0, &self.settings.groups_claim) {
            Some(groups) => groups,
            None => {
                self.groups_by_user_info(&provider, &tokens, &claims)
                    .await?
            }
        };
        Ok(Person {
            id: PersonId::new(claims.issuer().as_str(), claims.subject().as_str()),
            name: name_of(&claims),
            groups,
        })
    }

    /// The groups where the ID token does not hold them: none if the provider does not tell of any.
    async fn groups_by_user_info(
        &self,
        provider: &Provider,
        tokens: &claims::TokenResponse,
        claims: &claims::IdClaims,
    ) -> Result<Vec<String>, SignInProblem> {
        let subject = Some(claims.subject().clone());
        let Ok(request) = provider
            .client
            .user_info(tokens.access_token().clone(), subject)
        else {
            return Ok(Vec::new());
        };
        let told: claims::UserInfo =
            request
                .request_async(&self.http)
                .await
                .map_err(|error| match error {
                    UserInfoError::ClaimsVerification(error) => unacceptable(error),
                    error => unusable("does not tell of the person", &error),
                })?;
        let Claims(told) = told.additional_claims();
        Ok(groups_of(told, &self.settings.groups_claim).unwrap_or_default())
    }

    /// Where the browser goes to sign out of the provider too, if that is offered. No ID token is kept for
    /// it: the provider knows the client by its id, and asks the person whether they mean it.
    ///
    /// Source: OpenID Connect RP-Initiated Logout 1.0, section 2, `id_token_hint` and `client_id`.
    pub fn sign_out_url(&self) -> Option<String> {
        // Whoever signs out does not wait for a provider that is down.
        let provider = self.providers.known()?;
        let mut url = provider.end_session.clone()?;
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &self.settings.client_id);
        let back = format!("{}{}", self.public_url, app::paths::SIGN_IN);
        query.append_pair("post_logout_redirect_uri", &back);
        drop(query);
        Some(url.into())
    }

    /// Whether a callback's `iss` is the configured issuer, where it is told (RFC 9207).
    pub fn is_issuer(&self, issuer: &str) -> bool {
        issuer == self.settings.issuer
    }
}

/// Whether an answer that cannot be read brings an ID token all the same.
fn has_token(body: &[u8]) -> bool {
    let answer = serde_json::from_slice::<serde_json::Value>(body);
    answer.is_ok_and(|answer| answer.get("id_token").is_some())
}

/// Whether the access token is the one that the ID token was made with, where that is told.
fn check_access_token(
    provider: &Provider,
    tokens: &claims::TokenResponse,
    id_token: &claims::IdToken,
    claims: &claims::IdClaims,
) -> Result<(), SignInProblem> {
    let Some(expected) = claims.access_token_hash() else {
        return Ok(());
    };
    let algorithm = id_token.signing_alg().map_err(unacceptable)?;
    let verifier = provider.verifier();
    let key = id_token.signing_key(&verifier).map_err(unacceptable)?;
    let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
    if actual.map_err(unacceptable)? == *expected {
        Ok(())
    } else {
        Err(unacceptable("was not made with this access token"))
    }
}
