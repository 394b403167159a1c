//! The parts of an ARN.

use std::fmt;

use serde::Serialize;

/// An AWS account: twelve digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(u64);

impl Account {
    /// Parses exactly twelve digits.
    pub fn parse(text: &str) -> Option<Self> {
        let valid = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| text.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Account {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An ARN, split at its first five colons.
///
/// Source: "Identify AWS resources with Amazon Resource Names (ARNs)" in the IAM User Guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    pub(crate) resource: &'a str,
}

impl<'a> Arn<'a> {
    pub(crate) fn split(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let (scheme, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        (scheme == "arn").then_some(Self {
            partition,
            service,
            region,
            account,
            resource,
        })
    }
}
