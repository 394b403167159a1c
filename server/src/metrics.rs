//! The names of the metrics that the server reports.

/// Share links that did not open: never created, ended, or no longer granted.
pub const LINK_MISSES: &str = "gantry_link_misses_total";

/// Sign-ins, by `outcome`: `done`, or why it failed.
pub const SIGN_INS: &str = "gantry_sign_ins_total";

/// Requests beyond a limit, by `limit`: the key in `[limits]`.
pub const LIMITED: &str = "gantry_limited_total";

/// Connections that are open, by `listener`: `pages`, `metrics`.
pub const CONNECTIONS: &str = "gantry_connections";

/// Refused connections, by `listener` and `reason`: `all` and `address` (too many connections), or `system` (the
/// system has no descriptor or memory for one).
pub const CONNECTIONS_REFUSED: &str = "gantry_connections_refused_total";

/// Connections that were ended to make room for new ones while they waited for a request, by `listener`.
pub const CONNECTIONS_ENDED: &str = "gantry_connections_ended_total";

/// How many requests a limit allows, in a minute or at the same time, by `limit`: the key in `[limits]`.
pub const LIMIT: &str = "gantry_limit";

/// Reads of signed-in people that were answered with 404 or 403.
pub const DENIED_READS: &str = "gantry_denied_reads_total";
