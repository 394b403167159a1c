//! `[audit]`: how long the audit log is kept.

use store::audit::AuditSettings;

use super::file;

impl From<file::Audit> for AuditSettings {
    fn from(audit: file::Audit) -> Self {
        Self {
            keep: audit.keep.map(file::Time::duration),
        }
    }
}
