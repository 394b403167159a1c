//! Tag and image pages.

mod missing;
mod referrers;

use std::{sync::Arc, time::Duration};

use access::{
    RowGrants, Viewer,
    acts::{BatchGetImage, DescribeImageScanFindings, GetDownloadUrlForLayer},
    now,
};
use ecr::{
    content::ManifestParts,
    inventory::{Inventory, Known},
};
use futures::future::join_all;
use model::{
    Digest, RepositoryAt, Section, Tag, Timestamp,
    image::{
        ChildView, ConfigView, FindingsView, ImageContext, ImageDetail, ImageKind, ImageRow,
        LayerView, Scan, TagDetail,
    },
};

use crate::{
    Catalog, Refusal,
    catalog::{Opened, granted_throughout, read_at, section},
    history::Histories,
};

/// The maximum size of the indexes that contain an image, in bytes.
const PART_OF: usize = 128 * 1024;

/// Tags and images, and suggestions for missing ones.
#[derive(Debug, Clone)]
pub struct Images {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) histories: Histories,
}

impl Images {
    /// A tag's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the tag does not exist, or nothing of the repository is granted.
    pub async fn tag(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        tag: &Tag,
    ) -> Result<TagDetail, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let grants = opened.images().await?;
            let inventory = &self.catalog.inventory;
            let known = inventory.tagged(&grants, tag);
            let context = context(opened, &grants, &known);
            let image = found(known)?;
            let as_of = context.as_of.unwrap_or(context.now);
            let history = self
                .histories
                .of_tag(&grants.list, tag, &image.digest, as_of);
            let history = history.await;
            let label = inventory.label(&grants, tag);
            let siblings = image
                .tags
                .iter()
                .filter(|label| label.tag != *tag)
                .cloned()
                .collect();
            Ok(TagDetail {
                label: label.ok_or(Refusal::NotFound)?,
                siblings,
                image,
                seen: history.seen,
                absent_before: history.absent_before,
                more: history.more,
                gaps: history.gaps,
                context,
            })
        })
    }

    /// When the settings were read that make a tag immutable. None if the viewer may not see them.
    pub async fn settings_as_of(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
    ) -> Option<Timestamp> {
        let opened = self.catalog.open(viewer, repository).await.ok()?;
        let grants = opened.images().await.ok()?;
        self.catalog
            .inventory
            .settings(grants.settings.as_ref()?)
            .as_of
    }

    /// An image's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the image does not exist, or nothing of the repository is granted.
    pub async fn image(
        &self,
        viewer: &Viewer,
        repository: &RepositoryAt,
        digest: &Digest,
    ) -> Result<ImageDetail, Refusal> {
        granted_throughout!(self.catalog.open(viewer, repository), |opened| async {
            let grants = opened.images().await?;
            let (inventory, wanted) = (Arc::clone(&self.catalog.inventory), digest.clone());
            let looking = move || {
                // One of an index's images has no row of its own in the list, and a page all the same.
                let known = inventory.image(&grants, &wanted);
                let part_of = inventory.containing(&grants, &wanted, PART_OF);
                (grants, known, part_of)
            };
            let (grants, known, part_of) = self.catalog.work.run(&viewer.id, looking).await;
            let context = context(opened, &grants, &known);
            let mut image = found(known)?;
            let (part_of, more_part_of) = part_of;
            let archived = image.facts.as_ref().is_some_and(|facts| facts.archived);
            let (manifest, config, referrers, index_referrers, findings) = futures::join!(
                self.manifest(opened, digest, archived),
                self.config(opened, digest, archived),
                self.referrers(opened, &grants.list, digest),
                self.index_referrers(opened, &grants.list, &part_of),
                self.findings(opened, digest),
            );
            if let Some(parts) = manifest.shown() {
                name_artifact(&mut image, parts);
            }
            let mut manifest = manifest.map(|parts| parts.view);
            if let (
                Section::Shown {
                    value: manifest, ..
                },
                Some(config),
            ) = (&mut manifest, config.shown())
            {
                explain_layers(&mut manifest.layers, config);
            }
            Ok(ImageDetail {
                context,
                image,
                part_of,
                more_part_of: u32::try_from(more_part_of).unwrap_or(u32::MAX),
                manifest,
                config,
                referrers,
                index_referrers,
                findings,
            })
        })
    }

    /// Waits for findings and referrers of an image, and of the indexes that it is in, that are no older than `age`.
    /// Returns when the oldest of them was read, or `None` if none was.
    pub(crate) async fn read_recently(
        &self,
        opened: &Opened<'_>,
        digest: &Digest,
        age: Duration,
    ) -> Option<Timestamp> {
        let (inventory, person) = (&self.catalog.inventory, opened.person());
        let grants = opened.ask_rows().ok()?;
        let findings = async {
            let grant = opened.ask::<DescribeImageScanFindings>().ok()?;
            let known = inventory.recent_findings(&grant, digest, age, person);
            known.await.ok()?.as_of
        };
        let referrers = async {
            let grant = opened.ask::<BatchGetImage>().ok()?;
            let (indexes, _) = inventory.containing(&grants, digest, PART_OF);
            let indexes = indexes.iter().take(referrers::INDEXES);
            let images = [digest].into_iter().chain(indexes.map(|row| &row.digest));
            let read = images.map(|image| async {
                let known = inventory.recent_referrers(&grant, image, age, person);
                known.await.ok()?.as_of
            });
            join_all(read).await.into_iter().flatten().min()
        };
        let (findings, referrers) = futures::join!(findings, referrers);
        findings.into_iter().chain(referrers).min()
    }

    /// An image's manifest. ECR answers "not found" for the manifest of an archived image, so it is
    /// not asked.
    async fn manifest(
        &self,
        opened: &Opened<'_>,
        digest: &Digest,
        archived: bool,
    ) -> Section<ManifestParts> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<BatchGetImage, _>(async |grant| {
                if archived {
                    return Ok(Known::timeless(None));
                }
                let parts = inventory.manifest(grant, digest, opened.person()).await?;
                Ok(Known::timeless(Some(self.described(opened, &parts).await)))
            })
            .await
    }

    /// A manifest's parts, with what the list knows of the images in it.
    async fn described(&self, opened: &Opened<'_>, parts: &Arc<ManifestParts>) -> ManifestParts {
        let grants = opened.ask_rows().ok();
        let (inventory, parts) = (Arc::clone(&self.catalog.inventory), Arc::clone(parts));
        let describing = move || {
            let mut parts = ManifestParts::clone(&parts);
            if let Some(grants) = &grants {
                describe_children(&inventory, grants, &mut parts.view.children);
            }
            parts
        };
        self.catalog.work.run(opened.person(), describing).await
    }

    /// An image's config. Like the manifest, it is not read for archived images.
    async fn config(
        &self,
        opened: &Opened<'_>,
        digest: &Digest,
        archived: bool,
    ) -> Section<ConfigView> {
        let grants = match opened.ask_both::<BatchGetImage, GetDownloadUrlForLayer>() {
            Ok(grants) if archived => return grants.1.shows_known(None, None),
            Ok(grants) => grants,
            Err(denial) => return opened.withholds(&denial),
        };
        let inventory = &self.catalog.inventory;
        let read = inventory.config(&grants, digest, opened.person()).await;
        let view = |config: Option<Arc<_>>| config.map(|config| ConfigView::clone(&config));
        section(&grants.1, read.map(|config| Known::timeless(view(config))))
    }

    async fn findings(&self, opened: &Opened<'_>, digest: &Digest) -> Section<FindingsView> {
        let inventory = &self.catalog.inventory;
        opened
            .section::<DescribeImageScanFindings, _>(async |grant| {
                let read = inventory.findings(grant, digest, opened.person()).await;
                read.map(|known| known.map(|found| Option::clone(&found)))
            })
            .await
    }
}

/// The image that is meant, or why there is none.
pub(super) fn found<Image>(known: Known<Option<Image>>) -> Result<Image, Refusal> {
    read_at(&known)?;
    known.value.ok_or(Refusal::NotFound)
}

/// Says of what an index lists what is known of it. The descriptor's size is the child's manifest alone; the list knows
/// the image's.
fn describe_children(inventory: &Inventory, grants: &RowGrants, children: &mut [ChildView]) {
    let Some(images) = grants.list.images() else {
        return;
    };
    let digests = children.iter().map(|child| &child.digest);
    let known = inventory.facts(images, grants.manifests.as_ref(), digests);
    for child in children {
        // An image that was pushed since the last reading is not in the list.
        child.scan = Scan::Unread;
        if let Some(facts) = known.get(&child.digest) {
            child.size = facts.size.unwrap_or(child.size);
            child.scan = facts.scan;
            if let ImageKind::Artifact(artifact_type) = &facts.kind {
                let role = child.role.take();
                child.role = role.or_else(|| Some(artifact_type.clone()));
            }
        }
    }
}

fn context<T>(opened: &Opened<'_>, grants: &RowGrants, known: &Known<T>) -> ImageContext {
    ImageContext {
        repository: opened.entry.repository().clone(),
        through: vec![grants.list.through().clone()],
        source: opened.source(),
        pull: opened.pull(),
        as_of: known.as_of,
        now: now(),
    }
}

/// Sets the artifact type of an image, if its manifest is more specific than the list.
fn name_artifact(image: &mut ImageRow, parts: &ManifestParts) {
    if let (Some(artifact_type), Some(facts)) = (&parts.artifact_type, &mut image.facts)
        && facts.kind != ImageKind::Index
    {
        facts.kind = ImageKind::Artifact(artifact_type.clone());
    }
}

/// Adds to each layer the build step that created it, if the history in the config accounts for all
/// layers.
fn explain_layers(layers: &mut [LayerView], config: &ConfigView) {
    let steps: Vec<_> = config
        .history
        .iter()
        .filter(|step| !step.empty_layer)
        .collect();
    if steps.len() == layers.len() {
        for (layer, step) in layers.iter_mut().zip(steps) {
            layer.created_by = Some(step.created_by.clone());
        }
    }
}
