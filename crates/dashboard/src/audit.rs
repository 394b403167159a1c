//! The audit log, for administrators.

use access::Viewer;
use model::audit::{AuditPage, AuditQuery};
use store::audit::Audit;
use store::audit::Export;

use crate::Refusal;

/// The audit log, for administrators.
#[derive(Debug, Clone)]
pub struct AuditLog {
    pub(crate) audit: Audit,
}

impl AuditLog {
    /// The log itself, for the process that writes and closes it.
    pub fn log(&self) -> &Audit {
        &self.audit
    }

    /// A page of the log.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everyone except administrators; [`Refusal::Store`].
    pub async fn page(&self, viewer: &Viewer, query: &AuditQuery) -> Result<AuditPage, Refusal> {
        for_administrators(viewer)?;
        Ok(self.audit.page(query).await?)
    }

    /// All matching rows, regardless of the page in the query.
    ///
    /// # Errors
    /// As [`AuditLog::page`].
    pub async fn export(&self, viewer: &Viewer, query: AuditQuery) -> Result<Export, Refusal> {
        for_administrators(viewer)?;
        Ok(self.audit.export(query).await?)
    }
}

fn for_administrators(viewer: &Viewer) -> Result<(), Refusal> {
    viewer.admin.then_some(()).ok_or(Refusal::NotFound)
}
