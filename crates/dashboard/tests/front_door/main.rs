//! Tests of the features of a registry, called as the pages call them, with a registry that
//! implements ECR's protocol.

#![expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]

mod access;
mod audit;
mod conditions;
mod content;
mod events;
mod failures;
mod freshness;
mod images;
mod links;
mod memory;
mod missing;
mod other_teams;
mod partly_read;
mod recreated;
mod referrers;
mod registries;
mod revoked;
mod scans;
mod schemas;
mod search;
mod sessions;
mod settings;
mod stores;
mod storing;
mod tag_history;
mod tag_moments;
mod visibility;
mod world;
mod written;
