//! Middleware for every request, one file per concern.

pub mod headers;
pub mod host;
pub mod limits;
pub mod origin;
pub mod pieces;
pub mod plain;
pub mod request;
pub mod request_origin;
pub mod share_link;
pub mod trace;
pub mod turns;
pub mod unavailable;
pub mod ways;
