//! The page of a lifecycle policy.

use std::{collections::BTreeMap, sync::Arc};

use access::{
    RequestOrigin, Viewer,
    acts::{
        DescribeImages, GetLifecyclePolicy, GetLifecyclePolicyPreview, StartLifecyclePolicyPreview,
    },
    now,
};
use ecr::{
    content::{Rules, document, read_rules},
    inventory::LifecycleText,
};
use model::{
    Action, Digest, RepositoryAt, Section, Timestamp,
    audit::{Event, Outcome},
    lifecycle::{LifecycleDetail, LifecycleView, PreviewView},
};
use store::audit::{Audit, Entry};

use crate::{
    Catalog, Refusal,
    catalog::{Opened, granted_throughout},
    write,
};

/// Lifecycle policies and their previews.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) audit: Audit,
}

impl Lifecycle {
    /// The page of a lifecycle policy.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if nothing of the repository is granted.
    pub async fn page(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
    ) -> Result<LifecycleDetail, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let (policy, preview) =
                futures::join!(self.lifecycle_policy(opened), self.preview(opened));
            let pulled = self.pulled(opened, preview.shown()).await;
            let requested = match preview.shown() {
                Some(_) => self.last_requested(opened).await,
                None => None,
            };
            Ok(LifecycleDetail {
                repository: repository.clone(),
                outdated: is_outdated(policy.shown(), preview.shown()),
                policy,
                preview,
                pulled,
                requested,
                repository_policy: match opened.ask_policy() {
                    Ok(grant) => grant.shows(()),
                    Err(denial) => denial.withholds(None),
                },
                start: opened.permits::<StartLifecyclePolicyPreview>(),
                now: now(),
            })
        })
    }

    /// Asks ECR to preview the lifecycle policy. A preview expires no images. The audit log records
    /// the start before the call, and the result after it.
    ///
    /// # Errors
    /// [`Refusal::Withheld`] without `ecr:StartLifecyclePolicyPreview`; [`Refusal::Store`] if the
    /// audit log cannot be written; otherwise as [`Lifecycle::page`].
    pub async fn start_preview(
        &self,
        viewer: &Viewer,
        request_origin: &RequestOrigin,
        repository: &RepositoryAt,
    ) -> Result<(), Refusal> {
        let write = |outcome| Entry {
            action: Some(Action::StartLifecyclePolicyPreview),
            ..Entry::new(Event::Write, outcome, request_origin)
                .by(viewer)
                .on(repository)
        };
        let opened = match self.catalog.open_to_change(viewer, repository).await {
            Ok(opened) => opened,
            Err(refusal) => return self.refuse(write(Outcome::Refused), refusal).await,
        };
        let grant = match opened.ask::<StartLifecyclePolicyPreview>() {
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

    /// Records that a write was refused. It is refused even if that cannot be recorded.
    async fn refuse(&self, refused: Entry, refusal: Refusal) -> Result<(), Refusal> {
        if let Err(error) = self.audit.append(refused).await {
            tracing::error!(%error, "Gantry could not record a refused change in the audit log");
        }
        Err(refusal)
    }

    async fn lifecycle_policy(&self, opened: &Opened<'_>) -> Section<LifecycleView> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<GetLifecyclePolicy, _>(async |grant| {
                let read = inventory.lifecycle(grant, opened.person()).await;
                read.map(|known| known.map(|policy| view(&policy)))
            })
            .await
    }

    async fn preview(&self, opened: &Opened<'_>) -> Section<PreviewView> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<GetLifecyclePolicyPreview, _>(async |grant| {
                let read = inventory.lifecycle_preview(grant, opened.person()).await;
                read.map(|known| known.map(|preview| Option::clone(&preview)))
            })
            .await
    }

    /// When the images of a preview were last pulled.
    async fn pulled(
        &self,
        opened: &Opened<'_>,
        preview: Option<&PreviewView>,
    ) -> Section<BTreeMap<Digest, Timestamp>> {
        let grant = match opened.ask::<DescribeImages>() {
            Ok(grant) => grant,
            Err(denial) => return opened.withholds(&denial),
        };
        let images = preview.map_or(&[][..], |preview| &preview.images);
        let images: Vec<_> = images.iter().map(|image| image.digest.clone()).collect();
        if images.is_empty() {
            return grant.shows(BTreeMap::new());
        }
        let read = opened.state.open_images(&opened.entry, opened.person());
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
        self.catalog.work.run(opened.person(), looking).await
    }

    /// When a preview was last requested through Gantry, according to the audit log. None if the
    /// creation time of the repository is unknown, because the log may contain an earlier
    /// repository with the same name.
    async fn last_requested(&self, opened: &Opened<'_>) -> Option<Timestamp> {
        let (repository, since) = (opened.entry.repository(), opened.entry.there_since()?);
        let action = Action::StartLifecyclePolicyPreview;
        let asked = self.audit.last_done(action, repository, since).await;
        asked.unwrap_or_else(|error| {
            tracing::error!(
                %error,
                "Gantry could not read from the audit log when a lifecycle policy preview was last requested"
            );
            None
        })
    }
}

/// A lifecycle policy as its page shows it; `None` if none is set.
fn view(policy: &LifecycleText) -> Option<LifecycleView> {
    let (text, last_evaluated) = policy.as_ref()?;
    let Rules { rules, unknown } = read_rules(text).unwrap_or_default();
    Some(LifecycleView {
        rules,
        unknown,
        text: document(text, usize::MAX).0,
        last_evaluated: *last_evaluated,
    })
}

/// Whether a preview is of another policy than the one that is set. ECR may write the same policy in two ways.
fn is_outdated(policy: Option<&LifecycleView>, preview: Option<&PreviewView>) -> bool {
    let meaning = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    let previewed = preview.and_then(|preview| preview.text.as_deref());
    match (policy, previewed) {
        (Some(policy), Some(previewed)) => {
            // In the text of the page, invisible and misleading characters are escaped.
            let previewed = document(previewed, usize::MAX).0;
            previewed != policy.text && meaning(&previewed) != meaning(&policy.text)
        }
        _ => false,
    }
}
