//! `[sign_in]` of the file.

use schemars::JsonSchema;
use serde::Deserialize;
use store::SessionTimes;

use super::{Required, Time};
use crate::config::{ClaimPath, Secret};

/// How people sign in. `gantry serve` needs one of `[sign_in.oidc]` and `[sign_in.alb]`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in super::super) struct SignIn {
    /// A session ends after this time without use. Not longer than `longest`.
    pub(in super::super) idle: Time,
    /// A session ends after this time in any case.
    pub(in super::super) longest: Time,
    pub(in super::super) oidc: Option<Oidc>,
    pub(in super::super) alb: Option<Alb>,
}

impl Default for SignIn {
    fn default() -> Self {
        let SessionTimes { idle, longest } = SessionTimes::default();
        Self {
            idle: idle.into(),
            longest: longest.into(),
            oidc: None,
            alb: None,
        }
    }
}

/// Sign-in at an OpenID provider. Set this or `[sign_in.alb]`, not both. `server.public_url` is needed too.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in super::super) struct Oidc {
    /// The issuer: a URL, exactly as the provider writes it. It must begin with `https://`; on this host, `http://` is
    /// accepted too.
    pub(in super::super) issuer: Required,
    /// The client ID that the provider gives to Gantry.
    pub(in super::super) client_id: Required,
    /// The client secret. Without it, Gantry is a public client, and PKCE alone protects the sign-in.
    pub(in super::super) client_secret: Option<Secret>,
    /// The claim that contains the groups: its name, or a list of names that leads into nested claims, as in
    /// `["realm_access", "roles"]`.
    pub(in super::super) groups_claim: ClaimPath,
    /// The scopes that Gantry asks for. Gantry adds `openid` if it is missing.
    pub(in super::super) scopes: Vec<String>,
    /// The name of the provider on the sign-in button.
    pub(in super::super) name: Option<String>,
}

impl Default for Oidc {
    fn default() -> Self {
        Self {
            issuer: Required::default(),
            client_id: Required::default(),
            client_secret: None,
            groups_claim: ClaimPath::top("groups"),
            scopes: ["openid", "profile", "email"].map(str::to_owned).into(),
            name: None,
        }
    }
}

/// Sign-in at an Application Load Balancer. Set this or `[sign_in.oidc]`, not both. `server.public_url` is needed too.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in super::super) struct Alb {
    /// The AWS region whose public keys Gantry reads. Without it, the region in `signer`.
    pub(in super::super) region: Option<String>,
    /// The ARN of the load balancer. Gantry accepts only what this load balancer has signed.
    pub(in super::super) signer: Required,
    /// The client ID in the load balancer's rule that authenticates.
    pub(in super::super) client: Required,
    /// The issuer in the load balancer's rule that authenticates.
    pub(in super::super) issuer: Required,
    /// The claim that contains the groups: its name, or a list of names that leads into nested claims.
    pub(in super::super) groups_claim: ClaimPath,
    /// Whether Gantry also looks for groups in the access token. Without it, `true` if `issuer` is a user pool of Amazon
    /// Cognito, and else `false`.
    pub(in super::super) groups_from_access_token: Option<bool>,
    /// The URL of the load balancer's public keys. Set it in GovCloud and in China. Without it, the URL for `region` in
    /// the other regions. It must begin with `https://`; on this host, `http://` is accepted too.
    pub(in super::super) keys_url: Option<String>,
    /// The URL at which people sign out of the provider. It must begin with `https://`; on this host, `http://` is
    /// accepted too.
    pub(in super::super) sign_out_url: Option<String>,
}

impl Default for Alb {
    fn default() -> Self {
        Self {
            region: None,
            signer: Required::default(),
            client: Required::default(),
            issuer: Required::default(),
            groups_claim: ClaimPath::top("groups"),
            groups_from_access_token: None,
            keys_url: None,
            sign_out_url: None,
        }
    }
}
