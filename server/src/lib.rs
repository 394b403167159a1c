//! The process: command line, configuration, router, sign-in, sessions, wiring.
//!
//! It is a library so that tests can start what `main` starts.

mod accept;
pub mod command;
pub mod config;
pub mod demo;
pub mod denials;
mod limit;
mod logging;
mod loopback;
mod metrics;
mod middleware;
mod network;
mod notice;
mod router;
mod routes;
pub mod serve;
mod session;
pub mod sign_in;
mod turns;
mod viewer;
