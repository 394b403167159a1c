//! The registry's capabilities, asked as the pages ask, over a registry that speaks ECR's protocol.

#![expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]

mod access;
mod audit;
mod conditions;
mod content;
mod failures;
mod freshness;
mod images;
mod links;
mod memory;
mod missing;
mod other_teams;
mod recreated;
mod referrers;
mod registries;
mod scans;
mod schemas;
mod search;
mod sessions;
mod settings;
mod sight;
mod stores;
mod storing;
mod world;
mod written;
