//! A lifecycle policy's page.

use model::{
    RegistryAlias, RepositoryName, Section,
    lifecycle::{LifecycleDetail, LifecycleView, PreviewView},
};

use super::{Gantry, Opened, Refusal, section};
use crate::{
    Viewer,
    content::read_rules,
    gate::acts::{
        GetLifecyclePolicy, GetLifecyclePolicyPreview, GetRepositoryPolicy,
        StartLifecyclePolicyPreview,
    },
    inventory::now,
};

impl Gantry {
    /// A lifecycle policy's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when nothing of the repository is granted.
    pub async fn lifecycle(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<LifecycleDetail, Refusal> {
        let opened = self.open(viewer, registry, name).await?;
        let (policy, preview) = futures::join!(
            self.lifecycle_policy(viewer, &opened),
            self.preview(viewer, &opened)
        );
        let start = match opened.ask::<StartLifecyclePolicyPreview>(viewer) {
            Ok(grant) => grant.shows(()),
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        };
        Ok(LifecycleDetail {
            registry: registry.clone(),
            name: name.clone(),
            policy,
            preview,
            start,
            now: now(),
        })
    }

    /// Asks ECR to preview the lifecycle policy. Nothing expires by it.
    ///
    /// # Errors
    /// [`Refusal::Withheld`] without `ecr:StartLifecyclePolicyPreview`; otherwise as
    /// [`Gantry::lifecycle`].
    pub async fn start_lifecycle_preview(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<(), Refusal> {
        let opened = self.open(viewer, registry, name).await?;
        let grant = opened.ask::<StartLifecyclePolicyPreview>(viewer);
        let grant = grant.map_err(|denial| Refusal::Withheld(denial.action()))?;
        self.inventory
            .start_lifecycle_preview(&grant)
            .await
            .map_err(Refusal::Problem)
    }

    async fn lifecycle_policy(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
    ) -> Section<LifecycleView> {
        match opened.ask::<GetLifecyclePolicy>(viewer) {
            Ok(grant) => {
                let read = self.inventory.lifecycle(&grant).await;
                section(
                    &grant,
                    read.map(|policy| {
                        policy
                            .as_ref()
                            .as_ref()
                            .map(|(text, last_evaluated)| LifecycleView {
                                rules: read_rules(text).unwrap_or_default(),
                                text: text.clone(),
                                last_evaluated: *last_evaluated,
                            })
                    }),
                )
            }
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        }
    }

    async fn preview(&self, viewer: &Viewer, opened: &Opened<'_>) -> Section<PreviewView> {
        match opened.ask::<GetLifecyclePolicyPreview>(viewer) {
            Ok(grant) => {
                let read = self.inventory.lifecycle_preview(&grant).await;
                section(&grant, read)
            }
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        }
    }
}
