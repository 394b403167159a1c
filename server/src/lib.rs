//! The process: command line, configuration, router, sign-in, sessions, wiring.
//!
//! It is a library so that tests start what `main` starts.

pub mod command;
pub mod config;
pub mod demo;
mod logging;
mod middleware;
mod router;
mod routes;
mod serve;
mod session;
mod viewer;
