//! The keys of `gantry.toml`, and no others. The doc comments are the texts of the schema and of
//! `docs/configuration.md`.

mod sign_in;
mod values;

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
};

use dashboard::{HistorySettings, LinkSettings};
use model::link::lifetime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConnectionSettings, Secret};
use crate::limit::LimitSettings;

pub(super) use sign_in::{Alb, Oidc, SignIn};
pub(crate) use values::REQUIRED;
pub(super) use values::{Listen, Network, Required, Time, TimeWithin};

/// The configuration file of Gantry.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "gantry.toml")]
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
    pub(super) history: History,
    pub(super) events: Events,
    pub(super) links: Links,
    pub(super) limits: Option<LimitSettings>,
}

/// Where the server listens, and how long clients may take.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Server {
    /// Where Gantry listens for HTTP/1.1.
    pub(super) listen: Listen,
    /// The URL that people open: scheme, host and port, without a path. `gantry serve` needs it. It must begin with
    /// `https://`; for `localhost` and loopback addresses, `http://` is accepted too.
    pub(super) public_url: Option<String>,
    /// The folder for what Gantry stores, relative to the folder in which Gantry starts. Gantry creates it.
    pub(super) data_dir: PathBuf,
    /// The proxies in front of Gantry: they may set `X-Forwarded-For`.
    pub(super) trusted_proxies: Vec<Network>,
    /// Where Gantry serves metrics for Prometheus, at `/metrics`. Without it, nowhere.
    pub(super) metrics: Option<Listen>,
    /// The most open connections. The limit of open files may allow fewer.
    pub(super) max_connections: NonZeroUsize,
    /// The most open connections from one address, at most half of all. In IPv6, a network of 64 bits counts as one
    /// address; one of 56 bits has twice as many, one of 48 bits four times as many. Trusted proxies do not have this
    /// limit.
    pub(super) max_connections_per_address: NonZeroUsize,
    /// The longest time for the head of a request, from its first byte.
    pub(super) header_timeout: Time,
    /// The longest time for the body of a request, and the longest time that a client may stop reading an answer.
    pub(super) body_timeout: Time,
    /// How long an idle connection stays open. Set it higher than the idle timeout of the load balancer (60 s by
    /// default).
    pub(super) keep_alive: Time,
}

impl Default for Server {
    fn default() -> Self {
        let connections = ConnectionSettings::default();
        let count = |count| NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN);
        Self {
            listen: Listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
            public_url: None,
            data_dir: "data".into(),
            trusted_proxies: Vec::new(),
            metrics: None,
            max_connections: count(connections.max),
            max_connections_per_address: count(connections.max_per_address),
            header_timeout: connections.header_timeout.into(),
            body_timeout: connections.body_timeout.into(),
            keep_alive: connections.keep_alive.into(),
        }
    }
}

/// Where Gantry keeps people, sessions, share links and the audit log.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Store {
    /// A database: `sqlite://<path>` or `postgres://<user>:<password>@<host>/<database>`. Without it, the SQLite file
    /// `gantry.db` in `server.data_dir`.
    pub(super) url: Option<Secret>,
}

/// A registry: one AWS account in one region. Write one `[[registry]]` for each.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Registry {
    /// The name of the registry in URLs and on pages: 1 to 32 lower-case letters, digits and hyphens. It begins with a
    /// letter.
    pub(super) alias: Required,
    /// The AWS region, as in `eu-central-1`.
    pub(super) region: Required,
    /// The account ID, of twelve digits. Without it, the account of the role that reads the registry.
    #[schemars(regex(pattern = "^[0-9]{12}$"))]
    pub(super) registry_id: Option<String>,
    /// The ARN of the role that Gantry assumes to read the registry. A registry of another account needs it. Without it,
    /// Gantry uses the role of its host.
    pub(super) role_arn: Option<String>,
    /// The URL of an ECR endpoint. Without it, the endpoint of AWS for the region.
    #[schemars(regex(pattern = "^https?://"))]
    pub(super) endpoint_url: Option<String>,
}

/// A team: the people in it, and the principals that they act as. Write one `[[team]]` for each.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Team {
    /// The name of the team: 1 to 64 letters, digits, spaces, `_`, `.` and `-`.
    pub(super) name: Required,
    /// The groups whose members are in the team, exactly as the sign-in sends them.
    pub(super) groups: Vec<String>,
    /// The ARNs of the IAM roles and users that the team acts as. What policies grant to them, the team sees.
    pub(super) principals: Vec<String>,
    /// The tags of the principals, for conditions on `aws:PrincipalTag`.
    pub(super) principal_tags: BTreeMap<String, String>,
    /// The ID of the principals' organization in AWS Organizations, for conditions on `aws:PrincipalOrgID`.
    #[schemars(regex(pattern = "^o-[a-z0-9]{10,32}$"))]
    pub(super) organization: Option<String>,
    /// What the principals' own account allows. `"none"`: only what repository policies grant to the principals by name.
    /// `"assumed"`: you assert that their account allows everything that repository policies grant to it. A list: files
    /// with their identity policies, relative to the configuration file.
    pub(super) identity: Identity,
}

/// What the principals' account allows.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "takes \"none\", \"assumed\", or a list of files that hold identity policies"
)]
pub(super) enum Identity {
    Word(IdentityWord),
    Files(Vec<PathBuf>),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum IdentityWord {
    None,
    Assumed,
}

impl Default for Identity {
    fn default() -> Self {
        Self::Word(IdentityWord::None)
    }
}

/// How Gantry decides access.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Access {
    /// The greatest age of a policy that may still grant something. Gantry reads an older policy again first.
    pub(super) policy_max_age: Time,
    /// Whether people who may pull a repository (`ecr:BatchGetImage`) also see its images, as with `ecr:DescribeImages`.
    pub(super) pull_sees_images: bool,
    /// Condition keys that you answer for, because Gantry cannot know them, as in `"aws:SourceVpce" = "vpce-0a1b"`. Each
    /// has the value that every request of the teams' principals would have. An empty list: requests do not have the key.
    pub(super) context: BTreeMap<String, Asserted>,
}

/// The value of a condition key, or a list of its values.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged, expecting = "takes a text, true, false, or a list of texts")]
pub(super) enum Asserted {
    One(String),
    Switch(bool),
    Many(Vec<String>),
}

impl Default for Access {
    fn default() -> Self {
        let access::AccessSettings {
            policy_max_age,
            pull_sees_images,
            ..
        } = access::AccessSettings::default();
        Self {
            policy_max_age: policy_max_age.into(),
            pull_sees_images,
            context: BTreeMap::new(),
        }
    }
}

/// How much of the registries Gantry keeps in memory.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Inventory {
    /// The most images in memory. An image counts once, and once more for every four tags. Beyond that, Gantry reads a
    /// repository again when it is opened, and does not show a repository that has more by itself.
    pub(super) max_images: usize,
}

impl Default for Inventory {
    fn default() -> Self {
        Self {
            max_images: ecr::InventorySettings::default().max_images,
        }
    }
}

/// Who administers Gantry.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Admin {
    /// The groups whose members see the name and the policy of every repository, all share links, the audit log and who
    /// is signed in. They do not see images.
    pub(super) groups: Vec<String>,
}

/// The audit log.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Audit {
    /// How long rows are kept. Without it, for ever.
    pub(super) keep: Option<Time>,
}

/// The history of tags: which image each tag pointed at, and when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct History {
    /// How long changes are kept. A repository that Gantry could not read for this long loses its history.
    pub(super) keep: HistoryTime,
}

/// A day or more.
type HistoryTime = TimeWithin<{ 24 * 3_600 }, { u64::MAX }>;

impl Default for History {
    fn default() -> Self {
        let HistorySettings { keep } = HistorySettings::default();
        Self { keep: keep.into() }
    }
}

/// Messages about changes, so that Gantry reads again what changed within two seconds.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Events {
    /// The URL of the SQS queue that EventBridge sends events of Amazon ECR to, as in
    /// `https://sqs.eu-central-1.amazonaws.com/111122223333/gantry`. Without it, Gantry learns of changes by reading alone.
    #[schemars(regex(pattern = "^https?://"))]
    pub(super) queue_url: Option<String>,
    /// The region of the queue. Gantry needs it only if the URL does not contain it.
    pub(super) region: Option<String>,
}

/// Share links. What you set here applies to all links, also to older ones.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Links {
    /// Whether people can create and open links.
    pub(super) enabled: bool,
    /// The longest life of a link, from its creation.
    pub(super) longest: LinkTime,
    /// What people may choose to show in a link: the values of environment variables (and build steps, which repeat
    /// them), and account IDs. An empty list: neither.
    pub(super) may_show: Vec<Shown>,
    /// The most live links of one person.
    pub(super) per_person: NonZeroU32,
}

pub(super) type LinkTime =
    TimeWithin<{ lifetime::SHORTEST.unsigned_abs() }, { lifetime::LONGEST.unsigned_abs() }>;

/// What a link may show.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Shown {
    Environment,
    Accounts,
}

impl Default for Links {
    fn default() -> Self {
        let links = LinkSettings::default();
        let shown = [
            (links.may_show.environment, Shown::Environment),
            (links.may_show.accounts, Shown::Accounts),
        ];
        Self {
            enabled: links.enabled,
            longest: std::time::Duration::from_secs(links.longest.unsigned_abs()).into(),
            may_show: (shown.into_iter().filter(|(may, _)| *may))
                .map(|(_, what)| what)
                .collect(),
            per_person: NonZeroU32::new(links.per_person).unwrap_or(NonZeroU32::MIN),
        }
    }
}
