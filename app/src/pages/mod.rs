//! Pages, one in each file: what a page loads, its empty state, and what it shows.

pub mod access;
pub mod audit;
pub mod history;
pub mod image;
pub mod lifecycle;
pub mod links;
mod load;
pub mod not_found;
pub mod policy;
mod problem;
pub mod registry;
pub mod repositories;
pub mod repository;
pub mod search;
pub mod sessions;
pub mod sign_in;
pub mod signing_out;
pub mod tag;
pub mod too_many;

use load::{loaded, param, repository_param, streamed, told_apart};
