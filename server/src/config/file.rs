//! What may stand in `gantry.toml`: every key, and nothing else.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) server: Server,
    pub(super) registry: Vec<Registry>,
    pub(super) team: Vec<Team>,
    pub(super) access: Access,
    pub(super) inventory: Inventory,
    pub(super) admin: Admin,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Server {
    pub(super) listen: String,
    pub(super) public_url: Option<String>,
    pub(super) data_dir: PathBuf,
    pub(super) site: Option<PathBuf>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            data_dir: "data".into(),
            site: None,
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
    pub(super) identity: String,
}

impl Default for Team {
    fn default() -> Self {
        Self {
            name: None,
            groups: Vec::new(),
            principals: Vec::new(),
            identity: "none".to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Access {
    pub(super) policy_max_age: String,
    pub(super) pull_sees_images: bool,
}

impl Default for Access {
    fn default() -> Self {
        Self {
            policy_max_age: "5m".to_owned(),
            pull_sees_images: false,
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
            max_images: registry::InventorySettings::default().max_images,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Admin {
    pub(super) groups: Vec<String>,
}
