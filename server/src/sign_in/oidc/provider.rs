//! What is known of the provider: where its endpoints are, and which keys it signs with.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{TimeDelta, Utc};
use model::SignInProblem;
use openidconnect::{
    AuthType, ClaimsVerificationError, Client, ClientId, ClientSecret, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenVerifier, IssuerUrl, Nonce, ProviderMetadataWithLogout,
    RedirectUrl, SignatureVerificationError, StandardErrorResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType,
        CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreTokenIntrospectionResponse,
    },
    url::Url,
};
use tokio::sync::Mutex;

use super::{
    claims::{Claims, IdClaims, IdToken, TokenResponse},
    http::Http,
};
use crate::{config::OidcSettings, sign_in::unusable};

/// By how much the provider's clock and this one may differ.
const SKEW: TimeDelta = TimeDelta::seconds(30);

/// How long discovery is taken as it is.
const KNOWN_FOR: Duration = Duration::from_secs(3_600);

/// Algorithms of which only the provider has the secret half.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type OidcClient = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    TokenResponse,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider as it described itself.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) client: OidcClient,
    pub(super) end_session: Option<Url>,
    read: Instant,
}

impl Provider {
    async fn discover(
        settings: &OidcSettings,
        callback: &str,
        http: &Http,
    ) -> Result<Self, SignInProblem> {
        let wrong = |error: &dyn std::error::Error| unusable("cannot be discovered", error);
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| wrong(&error))?;
        let metadata = ProviderMetadataWithLogout::discover_async(issuer, http)
            .await
            .map_err(|error| wrong(&error))?;
        let end_session = metadata.additional_metadata().end_session_endpoint.as_ref();
        let end_session = end_session.map(|url| url.url().clone());
        let methods = metadata.token_endpoint_auth_methods_supported();
        // Unless it says otherwise, a provider takes the secret in the header.
        let in_body = methods.is_some_and(|methods| {
            !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        let callback = RedirectUrl::new(callback.to_owned()).map_err(|error| wrong(&error))?;
        let secret = settings.client_secret.as_ref();
        let client = OidcClient::from_provider_metadata(
            metadata,
            ClientId::new(settings.client_id.clone()),
            secret.map(|secret| ClientSecret::new(secret.reveal().to_owned())),
        );
        let client = client.set_redirect_uri(callback).set_auth_type(if in_body {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        });
        Ok(Self {
            client,
            end_session,
            read: Instant::now(),
        })
    }

    pub(super) fn verifier(&self) -> IdTokenVerifier<'_, CoreJsonWebKey> {
        self.client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(|| Utc::now() - SKEW)
            .set_issue_time_verifier_fn(|issued| {
                if issued > Utc::now() + SKEW {
                    return Err("it was issued in the future".to_owned());
                }
                Ok(())
            })
    }

    /// An ID token's claims, when everything about it is as it should be.
    pub(super) fn claims(
        &self,
        token: &IdToken,
        nonce: &Nonce,
    ) -> Result<IdClaims, ClaimsVerificationError> {
        token.claims(&self.verifier(), nonce).cloned()
    }

    /// Whether a token may be good by keys that are not known yet: the key is not among them, or one of
    /// its name has another value.
    pub(super) fn may_have_new_keys(error: &ClaimsVerificationError) -> bool {
        matches!(
            error,
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey
                    | SignatureVerificationError::CryptoError(_)
            )
        )
    }
}

/// The provider as last discovered.
#[derive(Debug)]
pub(super) struct Providers {
    settings: OidcSettings,
    callback: String,
    known: arc_swap::ArcSwapOption<Provider>,
    /// Held while the provider is asked, and when that last came to nothing: who comes meanwhile waits
    /// for the same answer.
    asking: Mutex<Option<Instant>>,
}

impl Providers {
    pub(super) fn new(settings: OidcSettings, callback: String) -> Self {
        Self {
            settings,
            callback,
            known: arc_swap::ArcSwapOption::empty(),
            asking: Mutex::new(None),
        }
    }

    /// What is known, if anything is.
    pub(super) fn known(&self) -> Option<Arc<Provider>> {
        self.known.load_full()
    }

    /// The provider, discovered if it is not known yet, or anew if that was long ago.
    pub(super) async fn get(&self, http: &Http) -> Result<Arc<Provider>, SignInProblem> {
        let fresh = |known: &Arc<Provider>| known.read.elapsed() < KNOWN_FOR;
        if let Some(known) = self.known().filter(fresh) {
            return Ok(known);
        }
        let discovered = self.ask(fresh, http).await;
        // What was known an hour ago is better than nothing: its keys still have to fit.
        discovered.or_else(|problem| self.known().ok_or(problem))
    }

    /// The provider with keys newer than these, if it has any.
    pub(super) async fn newer_than(
        &self,
        old: &Provider,
        http: &Http,
    ) -> Result<Arc<Provider>, SignInProblem> {
        self.ask(|known| known.read > old.read, http).await
    }

    async fn ask(
        &self,
        will_do: impl Fn(&Arc<Provider>) -> bool,
        http: &Http,
    ) -> Result<Arc<Provider>, SignInProblem> {
        let came = Instant::now();
        let mut failed = self.asking.lock().await;
        let known = self.known();
        if let Some(known) = known.clone().filter(&will_do) {
            return Ok(known);
        }
        if failed.is_some_and(|failed| failed > came) {
            return known.ok_or(SignInProblem::Provider);
        }
        let discovered = Provider::discover(&self.settings, &self.callback, http).await;
        *failed = discovered.is_err().then(Instant::now);
        let discovered = Arc::new(discovered?);
        self.known.store(Some(Arc::clone(&discovered)));
        Ok(discovered)
    }
}
