//! The audit log, for administrators.

use access::Viewer;
use model::audit::{AuditPage, AuditQuery};
use store::audit::Export;

use super::{Gantry, Refusal};

impl Gantry {
    /// The log's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everybody but administrators; [`Refusal::Store`].
    pub async fn audit_page(
        &self,
        viewer: &Viewer,
        query: &AuditQuery,
    ) -> Result<AuditPage, Refusal> {
        for_administrators(viewer)?;
        Ok(self.audit.page(query).await?)
    }

    /// All rows that match, whatever page of them is asked for.
    ///
    /// # Errors
    /// As [`Gantry::audit_page`].
    pub async fn audit_export(
        &self,
        viewer: &Viewer,
        query: AuditQuery,
    ) -> Result<Export, Refusal> {
        for_administrators(viewer)?;
        Ok(self.audit.export(query).await?)
    }
}

fn for_administrators(viewer: &Viewer) -> Result<(), Refusal> {
    viewer.admin.then_some(()).ok_or(Refusal::NotFound)
}
