//! The process: command line, configuration, router, sign-in, sessions, wiring.
//!
//! It is a library so that tests can start what `main` starts.

mod accept;
mod browser;
pub mod command;
pub mod config;
pub mod demo;
pub mod denials;
mod exporter;
mod limit;
mod logging;
mod loopback;
mod metrics;
mod middleware;
mod network;
mod notice;
mod return_to;
mod router;
mod routes;
pub mod serve;
mod session;
pub mod sign_in;
mod state;
mod turns;
mod viewer;
