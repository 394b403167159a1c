//! `[audit]`: how long the audit log is kept.

use store::audit::AuditSettings;

use super::{ConfigError, duration, file};

pub(super) fn check(audit: file::Audit) -> Result<AuditSettings, ConfigError> {
    let keep = audit.keep.map(|text| duration("audit.keep", &text));
    Ok(AuditSettings {
        keep: keep.transpose()?,
    })
}
