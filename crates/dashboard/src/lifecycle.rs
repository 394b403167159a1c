//! A lifecycle policy's page.

use std::{collections::BTreeMap, sync::Arc};
use store::audit::Audit;

use access::{
    Occasion, Viewer,
    acts::{
        DescribeImages, GetLifecyclePolicy, GetLifecyclePolicyPreview, GetRepositoryPolicy,
        StartLifecyclePolicyPreview,
    },
    now,
};
use ecr::content::{Rules, document, read_rules};
use model::{
    Action, Digest, RegistryAlias, RepositoryName, Section, Timestamp,
    audit::{Event, Outcome},
    lifecycle::{LifecycleDetail, LifecycleView, PreviewView},
};
use store::audit::Entry;

use crate::write;
use crate::{
    Catalog, Refusal,
    catalog::{Opened, section},
};

/// Lifecycle policies and their previews.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) audit: Audit,
}

impl Lifecycle {
    /// A lifecycle policy's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when nothing of the repository is granted.
    pub async fn page(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<LifecycleDetail, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let (policy, preview) = futures::join!(
            self.lifecycle_policy(viewer, &opened),
            self.preview(viewer, &opened)
        );
        let pulled = self.pulled(viewer, &opened, preview.shown()).await;
        let requested = match preview.shown() {
            Some(_) => self.last_requested(&opened, registry, name).await,
            None => None,
        };
        let start = match opened.ask::<StartLifecyclePolicyPreview>(viewer) {
            Ok(grant) => grant.shows(()),
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        };
        Ok(LifecycleDetail {
            registry: registry.clone(),
            name: name.clone(),
            outdated: is_outdated(policy.shown(), preview.shown()),
            policy,
            preview,
            pulled,
            requested,
            repository_policy: match self
                .catalog
                .gate
                .ask_policy(viewer, opened.entry.policies())
            {
                Ok(grant) => grant.shows(()),
                Err(denial) => denial.withholds(None),
            },
            start,
            now: now(),
        })
    }

    /// Asks ECR to preview the lifecycle policy. Nothing expires by it. The audit log says that it was
    /// begun before it is, and afterwards how it ended.
    ///
    /// # Errors
    /// [`Refusal::Withheld`] without `ecr:StartLifecyclePolicyPreview`; [`Refusal::Store`] when the audit
    /// log cannot be written; otherwise as [`Lifecycle::page`].
    pub async fn start_preview(
        &self,
        viewer: &Viewer,
        occasion: &Occasion,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<(), Refusal> {
        let write = |outcome| Entry {
            action: Some(Action::StartLifecyclePolicyPreview),
            ..Entry::new(Event::Write, outcome, occasion)
                .by(viewer)
                .on(registry, name)
        };
        let opened = match self.catalog.open_to_change(viewer, registry, name).await {
            Ok(opened) => opened,
            Err(refusal) => return self.refuse(write(Outcome::Refused), refusal).await,
        };
        let grant = match opened.ask::<StartLifecyclePolicyPreview>(viewer) {
            Ok(grant) => grant,
            Err(denial) => {
                let refused = Entry {
                    statement: denial.statement().map(str::to_owned),
                    ..write(Outcome::Refused)
                };
                return self
                    .refuse(refused, Refusal::Withheld(denial.action()))
                    .await;
            }
        };
        let statement = self
            .catalog
            .gate
            .statement(&grant, viewer, opened.entry.policies());
        let granted = Entry {
            statement,
            ..write(Outcome::Begun).through(grant.through())
        };
        let inventory = Arc::clone(&self.catalog.inventory);
        let starting = async move { inventory.start_lifecycle_preview(&grant).await };
        write::recorded(&self.audit, granted, starting).await
    }

    /// Records that a write was refused. It is refused all the same where that cannot be recorded.
    async fn refuse(&self, refused: Entry, refusal: Refusal) -> Result<(), Refusal> {
        if let Err(error) = self.audit.append(refused).await {
            tracing::error!(%error, "Gantry could not record a refused change in the audit log");
        }
        Err(refusal)
    }

    async fn lifecycle_policy(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
    ) -> Section<LifecycleView> {
        match opened.ask::<GetLifecyclePolicy>(viewer) {
            Ok(grant) => {
                let read = self
                    .catalog
                    .inventory
                    .lifecycle(&grant, &opened.person)
                    .await;
                section(
                    &grant,
                    read.map(|known| {
                        known.map(|policy| {
                            let (text, last_evaluated) = policy.as_ref().as_ref()?;
                            let Rules { rules, unknown } = read_rules(text).unwrap_or_default();
                            Some(LifecycleView {
                                rules,
                                unknown,
                                text: document(text, usize::MAX).0,
                                last_evaluated: *last_evaluated,
                            })
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
                let read = self
                    .catalog
                    .inventory
                    .lifecycle_preview(&grant, &opened.person)
                    .await;
                section(
                    &grant,
                    read.map(|known| known.map(|preview| Option::clone(&preview))),
                )
            }
            Err(denial) => {
                denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref())
            }
        }
    }

    /// When the images of a preview were last pulled.
    async fn pulled(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        preview: Option<&PreviewView>,
    ) -> Section<BTreeMap<Digest, Timestamp>> {
        let grant = match opened.ask::<DescribeImages>(viewer) {
            Ok(grant) => grant,
            Err(denial) => {
                return denial.withholds(opened.ask::<GetRepositoryPolicy>(viewer).ok().as_ref());
            }
        };
        let images = preview.map_or(&[][..], |preview| &preview.images);
        let images: Vec<_> = images.iter().map(|image| image.digest.clone()).collect();
        if images.is_empty() {
            return grant.shows(BTreeMap::new());
        }
        let read = opened.state.open_images(&opened.entry, &opened.person);
        if let Err(problem) = read.await {
            return Section::Unavailable { problem };
        }
        let inventory = Arc::clone(&self.catalog.inventory);
        let looking = move || {
            let known = inventory.facts(&grant, None, images.iter());
            let pulled = known.into_iter();
            let pulled = pulled.filter_map(|(digest, facts)| Some((digest, facts.pulled?)));
            grant.shows(pulled.collect())
        };
        self.catalog.work.run(&viewer.id, looking).await
    }

    /// When a preview was last requested through Gantry, as far as the audit log says. Nothing is said of a
    /// repository of which nobody knows since when it is there: the log may speak of one before it.
    async fn last_requested(
        &self,
        opened: &Opened<'_>,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Option<Timestamp> {
        let since = opened.entry().there_since()?;
        let action = Action::StartLifecyclePolicyPreview;
        let asked = self.audit.last_done(action, registry, name, since).await;
        asked.unwrap_or_else(|error| {
            tracing::error!(
                %error,
                "Gantry could not read from the audit log when a lifecycle policy preview was last requested"
            );
            None
        })
    }
}

/// Whether a preview is of another policy than the one that is set. ECR may write the same policy in two ways.
fn is_outdated(policy: Option<&LifecycleView>, preview: Option<&PreviewView>) -> bool {
    let meaning = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    let previewed = preview.and_then(|preview| preview.text.as_deref());
    match (policy, previewed) {
        (Some(policy), Some(previewed)) => {
            // The page's text has its hiding characters escaped.
            let previewed = document(previewed, usize::MAX).0;
            previewed != policy.text && meaning(&previewed) != meaning(&policy.text)
        }
        _ => false,
    }
}
