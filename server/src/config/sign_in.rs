//! `[sign_in]`: how people prove who they are.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use store::SessionTimes;

use super::{ClaimPath, ConfigError, file, value};
use crate::loopback::is_secure;

/// How people sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInSettings {
    /// At an OpenID provider.
    Oidc(OidcSettings),
    /// At an Application Load Balancer, which passes on the identity of its provider.
    Alb(AlbSettings),
}

impl SignInSettings {
    /// The issuer that people's ids begin with.
    pub fn issuer(&self) -> &str {
        match self {
            Self::Oidc(oidc) => &oidc.issuer,
            Self::Alb(alb) => &alb.issuer,
        }
    }
}

/// An OpenID provider, and Gantry as its client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcSettings {
    /// The issuer: discovery starts from it, and every token has to name it.
    pub issuer: String,
    /// What the provider calls Gantry.
    pub client_id: String,
    /// What Gantry proves that with; none for a public client, which PKCE alone protects.
    pub client_secret: Option<Secret>,
    /// The claim that holds the groups.
    pub groups_claim: ClaimPath,
    /// The scopes to ask for.
    pub scopes: Vec<String>,
    /// What the sign-in's button calls the provider.
    pub name: Option<String>,
}

/// An Application Load Balancer that authenticates people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlbSettings {
    /// The load balancer's ARN, as `signer` in its tokens.
    pub signer: String,
    /// The client id that its rule is configured with.
    pub client: String,
    /// The issuer that its rule is configured with.
    pub issuer: String,
    /// The claim that holds the groups.
    pub groups_claim: ClaimPath,
    /// Whether the groups are looked for in the access token too, which the issuer signs.
    pub groups_from_access_token: bool,
    /// Where the load balancer's public keys are, each under its id.
    pub keys_url: String,
    /// Where signing out of the provider begins.
    pub sign_out_url: Option<String>,
}

/// A secret of the configuration: no log and no error shows it, and its variable has a `..._FILE` form.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("writeOnly" = true))]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for the one who asks for it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a secret)")
    }
}

/// The sign-in and how long its sessions last. None where none is configured.
pub(super) fn check(
    sign_in: file::SignIn,
    public_url: Option<&str>,
) -> Result<(Option<SignInSettings>, SessionTimes), ConfigError> {
    let times = SessionTimes {
        idle: sign_in.idle.duration(),
        longest: sign_in.longest.duration(),
    };
    if times.idle > times.longest {
        return Err(value("sign_in.idle", "is longer than sign_in.longest"));
    }
    let settings = match (sign_in.oidc, sign_in.alb) {
        (None, None) => None,
        (Some(_), Some(_)) => {
            return Err(value(
                "sign_in",
                "takes one of sign_in.oidc and sign_in.alb",
            ));
        }
        (Some(oidc), None) => Some(SignInSettings::Oidc(check_oidc(oidc)?)),
        (None, Some(alb)) => Some(SignInSettings::Alb(check_alb(alb)?)),
    };
    if settings.is_some() && public_url.is_none() {
        return Err(value(
            "server.public_url",
            "is missing: sign-ins lead back to it, and share links begin with it",
        ));
    }
    Ok((settings, times))
}

fn check_oidc(oidc: file::Oidc) -> Result<OidcSettings, ConfigError> {
    let key = |name: &str| format!("sign_in.oidc.{name}");
    let issuer = oidc.issuer.get(&key("issuer"))?;
    check_url(&key("issuer"), &issuer)?;
    let mut scopes = oidc.scopes;
    if !scopes.iter().any(|scope| scope == "openid") {
        scopes.insert(0, "openid".to_owned());
    }
    Ok(OidcSettings {
        issuer,
        client_id: oidc.client_id.get(&key("client_id"))?,
        client_secret: oidc.client_secret,
        groups_claim: oidc.groups_claim,
        scopes,
        name: oidc.name,
    })
}

fn check_alb(alb: file::Alb) -> Result<AlbSettings, ConfigError> {
    let key = |name: &str| format!("sign_in.alb.{name}");
    let signer = alb.signer.get(&key("signer"))?;
    let mut parts = signer.split(':');
    let region = match (parts.next(), parts.nth(1), parts.next()) {
        (Some("arn"), Some("elasticloadbalancing"), Some(region)) if !region.is_empty() => {
            region.to_owned()
        }
        _ => {
            let message = "takes the ARN of a load balancer, as in \
                           arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/gantry/0123456789abcdef";
            return Err(value(&key("signer"), message));
        }
    };
    let region = alb.region.unwrap_or(region);
    let keys_url = alb
        .keys_url
        .unwrap_or_else(|| format!("https://public-keys.auth.elb.{region}.amazonaws.com"));
    check_url(&key("keys_url"), &keys_url)?;
    if let Some(url) = &alb.sign_out_url {
        check_url(&key("sign_out_url"), url)?;
    }
    let issuer = alb.issuer.get(&key("issuer"))?;
    // The user claims that the load balancer passes on are those of userinfo, and Amazon Cognito has no
    // groups there.
    let groups_from_access_token = alb
        .groups_from_access_token
        .unwrap_or_else(|| is_cognito(&issuer));
    if groups_from_access_token {
        check_url(&key("issuer"), &issuer)?;
    }
    Ok(AlbSettings {
        client: alb.client.get(&key("client"))?,
        issuer,
        groups_claim: alb.groups_claim,
        groups_from_access_token,
        keys_url: keys_url.trim_end_matches('/').to_owned(),
        sign_out_url: alb.sign_out_url,
        signer,
    })
}

/// Whether an issuer is a user pool of Amazon Cognito: `https://cognito-idp.<region>.amazonaws.com/<pool>`.
fn is_cognito(issuer: &str) -> bool {
    issuer.starts_with("https://cognito-idp.")
}

/// Anyone on the way can change an answer over plain HTTP: it is only for providers on this host.
fn check_url(key: &str, url: &str) -> Result<(), ConfigError> {
    let uri: http::Uri = url.parse().map_err(|error| value(key, error))?;
    let (scheme, host) = (uri.scheme_str(), uri.host());
    is_secure(scheme.unwrap_or_default(), host.unwrap_or_default())
        .then_some(())
        .ok_or_else(|| value(key, "takes a URL that begins with https://"))
}
