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

    /// The log's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everybody but administrators; [`Refusal::Store`].
    pub async fn page(&self, viewer: &Viewer, query: &AuditQuery) -> Result<AuditPage, Refusal> {
        for_administrators(viewer)?;
        Ok(self.audit.page(query).await?)
    }

    /// All rows that match, whatever page of them is asked for.
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
