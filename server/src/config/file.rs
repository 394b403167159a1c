//! What may stand in `gantry.toml`: every key, and nothing else.

use std::{collections::BTreeMap, num::NonZeroU32, path::PathBuf};

use serde::Deserialize;

use super::ClaimPath;
use crate::limit::LimitSettings;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) server: Server,
    pub(super) store: Store,
    pub(super) sign_in: SignIn,
    pub(super) registry: Vec<Registry>,
    pub(super) team: Vec<Team>,
    pub(super) access: Access,
    pub(super) inventory: Inventory,
    pub(super) admin: Admin,
    pub(super) audit: Audit,
    pub(super) links: Links,
    pub(super) limits: Option<LimitSettings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Server {
    pub(super) listen: String,
    pub(super) public_url: Option<String>,
    pub(super) data_dir: PathBuf,
    pub(super) trusted_proxies: Vec<String>,
    pub(super) metrics: Option<String>,
    pub(super) max_connections: Option<usize>,
    pub(super) max_connections_per_address: Option<usize>,
    pub(super) header_timeout: Option<String>,
    pub(super) body_timeout: Option<String>,
    pub(super) keep_alive: Option<String>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            data_dir: "data".into(),
            trusted_proxies: Vec::new(),
            metrics: None,
            max_connections: None,
            max_connections_per_address: None,
            header_timeout: None,
            body_timeout: None,
            keep_alive: None,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Store {
    pub(super) url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SignIn {
    pub(super) idle: Option<String>,
    pub(super) longest: Option<String>,
    pub(super) oidc: Option<Oidc>,
    pub(super) alb: Option<Alb>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Oidc {
    pub(super) issuer: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) groups_claim: ClaimPath,
    pub(super) scopes: Vec<String>,
    pub(super) name: Option<String>,
}

impl Default for Oidc {
    fn default() -> Self {
        Self {
            issuer: None,
            client_id: None,
            client_secret: None,
            groups_claim: ClaimPath::top("groups"),
            scopes: ["openid", "profile", "email"].map(str::to_owned).into(),
            name: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Alb {
    pub(super) region: Option<String>,
    pub(super) signer: Option<String>,
    pub(super) client: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) groups_claim: ClaimPath,
    pub(super) groups_from_access_token: Option<bool>,
    pub(super) keys_url: Option<String>,
    pub(super) sign_out_url: Option<String>,
}

impl Default for Alb {
    fn default() -> Self {
        Self {
            region: None,
            signer: None,
            client: None,
            issuer: None,
            groups_claim: ClaimPath::top("groups"),
            groups_from_access_token: None,
            keys_url: None,
            sign_out_url: None,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Registry {
    pub(super) alias: Option<String>,
    pub(super) region: Option<String>,
    pub(super) registry_id: Option<String>,
    pub(super) role_arn: Option<String>,
    pub(super) endpoint_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Team {
    pub(super) name: Option<String>,
    pub(super) groups: Vec<String>,
    pub(super) principals: Vec<String>,
    pub(super) principal_tags: BTreeMap<String, String>,
    pub(super) organization: Option<String>,
    pub(super) identity: Identity,
}

/// `"none"`, `"assumed"`, or the paths of identity policies.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Identity {
    Word(String),
    Files(Vec<PathBuf>),
}

impl Default for Team {
    fn default() -> Self {
        Self {
            name: None,
            groups: Vec::new(),
            principals: Vec::new(),
            principal_tags: BTreeMap::new(),
            organization: None,
            identity: Identity::Word("none".to_owned()),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Access {
    pub(super) policy_max_age: String,
    pub(super) pull_sees_images: bool,
    pub(super) context: BTreeMap<String, Asserted>,
}

/// The value of a condition key, or several; none where it is known to be missing.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Asserted {
    One(String),
    Switch(bool),
    Many(Vec<String>),
}

impl Default for Access {
    fn default() -> Self {
        Self {
            policy_max_age: "5m".to_owned(),
            pull_sees_images: false,
            context: BTreeMap::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Inventory {
    pub(super) max_images: usize,
}

impl Default for Inventory {
    fn default() -> Self {
        Self {
            max_images: ecr::InventorySettings::default().max_images,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Admin {
    pub(super) groups: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Audit {
    pub(super) keep: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Links {
    pub(super) enabled: bool,
    pub(super) longest: Option<String>,
    pub(super) may_show: Vec<String>,
    pub(super) per_person: Option<NonZeroU32>,
}

impl Default for Links {
    fn default() -> Self {
        Self {
            enabled: true,
            longest: None,
            may_show: ["environment", "accounts"].map(str::to_owned).into(),
            per_person: None,
        }
    }
}
