//! The registry's state as a plain, synchronous library, without HTTP and JSON protocols.
//!
//! [`Registry`] is one account's registry in one region. It finds a repository by name and locks only that
//! repository, so that two repositories never wait for each other. The wire layers (`api` for ECR's own protocol,
//! `oci` for `/v2/`) decode a request, call one method, and encode the answer.
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
//! # For the `/v2/` API
//!
//! [`Registry::authorize`], [`Registry::image_by_reference`], [`Registry::blob`], [`Registry::start_upload`],
//! [`Registry::append_upload`], [`Registry::upload_size`], [`Registry::complete_upload`],
//! [`Registry::cancel_upload`], [`Registry::mount_blob`], [`Registry::tags`], [`Registry::referrers`],
//! [`Registry::delete_image`] and [`Registry::record_pull`]. Every error is an [`EcrError`] with an [`ErrorKind`].

mod account;
mod cache;
mod content;
mod digest;
mod error;
mod generator;
mod image_operations;
mod images;
mod layer_operations;
mod login;
mod manifest;
mod mutability;
mod names;
mod notation;
mod page;
mod policy;
mod policy_operations;
mod put;
mod repository;
mod repository_operations;
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
pub use layer_operations::Layer;
pub(crate) use layer_operations::uuid;
pub(crate) use login::Session;
pub use login::{Authorization, Caller};
pub use manifest::{Manifest, ManifestKind};
pub use mutability::{Mutability, MutabilityMode};
pub(crate) use names::{check_repository_name, matches_wildcard};
pub(crate) use page::Listing;
pub use page::{Page, PageRequest};
pub use put::PutImage;
pub(crate) use repository::not_found as repository_not_found;
pub use repository::{Encryption, NewRepository, Repository};
pub use signing::{SigningConfiguration, SigningRule, SigningStatus};
pub use state::{Home, Registry};
pub use timestamp::Timestamp;
