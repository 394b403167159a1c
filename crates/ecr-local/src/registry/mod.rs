//! The registry's state as a plain, synchronous library, without HTTP and JSON protocols.
//!
//! [`Registry`] is one account's registry in one region. It finds a repository by name and locks only that
//! repository, so that two repositories never wait for each other. The wire layers (`api` for ECR's own protocol,
//! `oci` for `/v2/`) decode a request, read or change the state, and encode the answer.
//!
//! # For code that adds images
//!
//! * [`Registry::create_repository`] takes a [`NewRepository`] (`created_at` can be in the past).
//! * [`Registry::insert_blob`] takes a [`Content`]: bytes in memory, or a [`Recipe`] that generates the
//!   same bytes each time. It returns the content's [`Digest`].
//! * [`Registry::put_image`] takes a [`PutImage`] (`pushed_at` can be in the past), with all the
//!   checks of a real push; [`Registry::set_pulled_at`] back-dates a pull.
//! * [`Registry::set_signing_configuration`] has later pushes signed. [`Registry::set_signing_status`]
//!   sets the two statuses that no push results in here: in progress, and failed.
//! * [`Registry::attach_generator`] connects a repository to a [`Generator`], which fills an [`Images`]
//!   when its images are first read, with the same `insert_blob`, `put` and `set_pulled_at`. Filled
//!   repositories without writes are dropped again when memory is needed, so a generator must
//!   produce the same images each time.
//!
//! # For code that handles an operation
//!
//! [`Registry::read`] and [`Registry::change`] lock a repository and pass its [`RepositorySettings`];
//! [`Registry::read_images`] and [`Registry::change_images`] pass its [`Images`]; [`Registry::account`] locks the data
//! of the registry as a whole. A handler reads or sets the fields itself. A rule of ECR is a method of these types, or
//! of [`Registry`] if it needs several of them, in the file of its topic. Every error is an [`EcrError`] with an
//! [`ErrorKind`].

mod account;
mod archive;
mod cache;
mod content;
mod digest;
mod error;
mod generator;
mod images;
mod layer;
mod lifecycle;
mod login;
mod manifest;
mod mutability;
mod names;
mod notation;
mod page;
mod policy;
mod put;
mod queue;
mod repository;
mod scanning;
mod seal;
mod signing;
mod state;
mod timestamp;
mod upload;

pub use account::{
    Account, ReplicationConfiguration, ReplicationDestination, ReplicationRule, RepositoryFilter,
    ScanningConfiguration, ScanningRule,
};
pub use content::{Content, Recipe};
pub use digest::{Digest, InvalidDigest};
pub use error::{EcrError, ErrorKind};
pub use generator::Generator;
pub use images::{DeletedImage, DeletionRefused, Image, ImageStatus, Images, Reference};
pub use layer::Layer;
pub use lifecycle::{
    LifecycleAction, LifecyclePolicy, LifecyclePreview, MarkedImage, StorageClass,
};
pub(crate) use login::Session;
pub use login::{Authorization, Caller};
pub use manifest::{Manifest, ManifestKind};
pub use mutability::{Mutability, MutabilityMode};
pub(crate) use names::{check_repository_name, matches_wildcard};
pub(crate) use page::Listing;
pub use page::{Page, PageRequest};
pub use put::PutImage;
pub use queue::{EventQueue, QueueMessage};
pub(crate) use repository::not_found as repository_not_found;
pub use repository::{Encryption, NewRepository, Repository, RepositorySettings};
pub use signing::{SigningConfiguration, SigningRule, SigningStatus};
pub use state::{Home, QUEUE, Registry};
pub use timestamp::Timestamp;
pub(crate) use upload::{MAX_PART, uuid};
