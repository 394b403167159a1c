//! The keys of `[server]` that say how many connections there may be and how long clients may take.

use std::time::Duration;

use super::file;

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

impl From<&file::Server> for ConnectionSettings {
    fn from(server: &file::Server) -> Self {
        Self {
            max: server.max_connections.get(),
            max_per_address: server.max_connections_per_address.get(),
            header_timeout: server.header_timeout.duration(),
            body_timeout: server.body_timeout.duration(),
            keep_alive: server.keep_alive.duration(),
        }
    }
}
