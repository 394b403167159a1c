//! The keys of `[server]` that say how many connections there may be and how long clients may take.

use std::time::Duration;

use super::{ConfigError, duration, file, value};

/// How many connections there may be, and how long a client may keep one waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionSettings {
    /// Connections in all.
    pub max: usize,
    /// Connections from one address; of IPv6, from one network of 64 bits. One of 56 bits has twice as many, one
    /// of 48 bits four times.
    pub max_per_address: usize,
    /// From the first byte of a request's head to its last; on a new connection, from its start.
    pub header_timeout: Duration,
    /// A request's whole body; and how long an answer waits for a client that does not read it.
    pub body_timeout: Duration,
    /// From the end of an answer to the next request on the same connection.
    pub keep_alive: Duration,
}

impl Default for ConnectionSettings {
    fn default() -> Self {
        Self {
            max: 4_096,
            max_per_address: 256,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(20),
            // Load balancers keep a connection for 60 s, and must be the first to close it.
            keep_alive: Duration::from_secs(75),
        }
    }
}

pub(super) fn check(server: &file::Server) -> Result<ConnectionSettings, ConfigError> {
    let usual = ConnectionSettings::default();
    let count = |key: &str, given: Option<usize>, usual: usize| match given {
        Some(0) => Err(value(key, "takes a number of 1 or more")),
        given => Ok(given.unwrap_or(usual)),
    };
    let time = |key: &str, given: &Option<String>, usual: Duration| {
        (given.as_deref()).map_or(Ok(usual), |text| duration(key, text))
    };
    Ok(ConnectionSettings {
        max: count("server.max_connections", server.max_connections, usual.max)?,
        max_per_address: count(
            "server.max_connections_per_address",
            server.max_connections_per_address,
            usual.max_per_address,
        )?,
        header_timeout: time(
            "server.header_timeout",
            &server.header_timeout,
            usual.header_timeout,
        )?,
        body_timeout: time(
            "server.body_timeout",
            &server.body_timeout,
            usual.body_timeout,
        )?,
        keep_alive: time("server.keep_alive", &server.keep_alive, usual.keep_alive)?,
    })
}
