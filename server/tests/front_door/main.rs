//! The dashboard as its users see it: over HTTP, with the demo's registry and personas.

#![expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]

mod access;
mod administrators;
mod alb;
mod alb_cognito;
mod audit;
mod browser;
mod commands;
mod connections;
mod cross_site;
mod defences;
mod demo;
mod docs;
mod failures;
mod intruders;
mod lifecycle;
mod limits;
mod links;
mod logs;
mod modules;
mod notices;
mod policies;
mod registries;
mod replicas;
mod sessions;
mod sign_in;
mod snapshots;
mod sources;
mod waiting;
mod wording;
