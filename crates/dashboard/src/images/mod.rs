//! Tag and image pages.

mod missing;
mod referrers;

use std::sync::Arc;

use access::{
    Grant, Viewer,
    acts::{
        BatchGetImage, DescribeImageScanFindings, DescribeImages, DescribeRepositories,
        GetDownloadUrlForLayer, GetRepositoryPolicy,
    },
    now,
};
use ecr::{
    content::ManifestParts,
    inventory::{Inventory, Known},
};
use model::{
    Digest, Problem, RegistryAlias, RepositoryName, Section, Tag,
    image::{
        ChildView, ConfigView, FindingsView, ImageContext, ImageDetail, ImageKind, ImageRow,
        LayerView, Scan, TagDetail,
    },
    pull::USUAL_TAGS,
};

use crate::{
    Catalog, Refusal,
    catalog::{Opened, Seen, section},
};

/// The maximum size of the indexes that contain an image, in bytes.
const PART_OF: usize = 128 * 1024;

/// Tags and images, and suggestions for missing ones.
#[derive(Debug, Clone)]
pub struct Images {
    pub(crate) catalog: Arc<Catalog>,
}

impl Images {
    /// A tag's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the tag does not exist, or nothing of the repository is granted.
    pub async fn tag(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        tag: &Tag,
    ) -> Result<TagDetail, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let settings = opened.ask::<DescribeRepositories>(viewer).ok();
        let settings = settings.as_ref();
        let known = self.tagged_row(viewer, &opened, &seen, tag);
        let context = context(viewer, &opened, &seen, &known);
        let image = found(known)?;
        let (history, label) = match &seen {
            Seen::Images(grant) => (
                self.catalog.inventory.history(grant, tag, &image.digest),
                self.catalog.inventory.label(grant, settings, tag),
            ),
            Seen::Tags(grant) => (
                self.catalog.inventory.history(grant, tag, &image.digest),
                self.catalog.inventory.label(grant, settings, tag),
            ),
        };
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
            context,
        })
    }

    /// The tag that people most likely deploy from, with its image: the first of [`USUAL_TAGS`]
    /// that exists.
    ///
    /// # Errors
    /// As [`crate::Repositories::page`].
    pub async fn usual_tag(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
    ) -> Result<Option<(Tag, ImageRow)>, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let usual = USUAL_TAGS.iter().filter_map(|tag| tag.parse().ok());
        let mut found = usual.filter_map(|tag: Tag| {
            let known = self.tagged_row(viewer, &opened, &seen, &tag);
            Some((tag, known.value?))
        });
        Ok(found.next())
    }

    /// The image that a tag points at, as far as the viewer may see it.
    fn tagged_row(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        seen: &Seen,
        tag: &Tag,
    ) -> Known<Option<ImageRow>> {
        let settings = opened.ask::<DescribeRepositories>(viewer).ok();
        let settings = settings.as_ref();
        match seen {
            Seen::Images(grant) => {
                let manifests = opened.ask::<BatchGetImage>(viewer).ok();
                let row = |digest: &Digest| {
                    self.catalog
                        .inventory
                        .image(grant, manifests.as_ref(), settings, digest)
                };
                self.catalog.inventory.tagged(grant, tag, row)
            }
            Seen::Tags(grant) => {
                let row =
                    |digest: &Digest| self.catalog.inventory.listed_image(grant, settings, digest);
                self.catalog.inventory.tagged(grant, tag, row)
            }
        }
    }

    /// An image's page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the image does not exist, or nothing of the repository is granted.
    pub async fn image(
        &self,
        viewer: &Viewer,
        registry: &RegistryAlias,
        name: &RepositoryName,
        digest: &Digest,
    ) -> Result<ImageDetail, Refusal> {
        let opened = self.catalog.open(viewer, registry, name).await?;
        let seen = opened.images(viewer).await?;
        let manifests = opened.ask::<BatchGetImage>(viewer).ok();
        let settings = opened.ask::<DescribeRepositories>(viewer).ok();
        let (inventory, wanted) = (Arc::clone(&self.catalog.inventory), digest.clone());
        let looking = move || {
            let settings = settings.as_ref();
            let (known, part_of) = match &seen {
                // An image of an index has no row of its own in the list, but has a page.
                Seen::Images(grant) => (
                    inventory.image(grant, manifests.as_ref(), settings, &wanted),
                    manifests.as_ref().map(|manifests| {
                        inventory.containing(grant, manifests, settings, &wanted, PART_OF)
                    }),
                ),
                Seen::Tags(grant) => (inventory.listed_image(grant, settings, &wanted), None),
            };
            (seen, known, part_of.unwrap_or_default())
        };
        let (seen, known, part_of) = self.catalog.work.run(&viewer.id, looking).await;
        let context = context(viewer, &opened, &seen, &known);
        let mut image = found(known)?;
        let (part_of, more_part_of) = part_of;
        let archived = image.facts.as_ref().is_some_and(|facts| facts.archived);
        let (manifest, config, referrers, index_referrers, findings) = futures::join!(
            self.manifest(viewer, &opened, digest, archived),
            self.config(viewer, &opened, digest, archived),
            self.referrers(viewer, &opened, &seen, digest),
            self.index_referrers(viewer, &opened, &seen, &part_of),
            self.findings(viewer, &opened, digest),
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
    }

    /// An image's manifest. ECR answers "not found" for the manifest of an archived image, so it is
    /// not asked.
    async fn manifest(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        digest: &Digest,
        archived: bool,
    ) -> Section<ManifestParts> {
        let grant = match opened.ask::<BatchGetImage>(viewer) {
            Ok(grant) if archived => return grant.shows_known(None, None),
            Ok(grant) => grant,
            Err(denial) => return denial.withholds(may_read(viewer, opened).as_ref()),
        };
        let read = self
            .catalog
            .inventory
            .manifest(&grant, digest, &opened.person)
            .await;
        let parts = match read {
            Ok(parts) => parts,
            Err(problem) => return Section::Unavailable { problem },
        };
        let images = opened.ask::<DescribeImages>(viewer).ok();
        let inventory = Arc::clone(&self.catalog.inventory);
        let describing = move || {
            let mut parts = ManifestParts::clone(&parts);
            if let Some(images) = &images {
                describe_children(&inventory, images, &grant, &mut parts.view.children);
            }
            grant.shows(parts)
        };
        self.catalog.work.run(&viewer.id, describing).await
    }

    /// An image's config. Like the manifest, it is not read for archived images.
    async fn config(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        digest: &Digest,
        archived: bool,
    ) -> Section<ConfigView> {
        let grants = opened.ask_both::<BatchGetImage, GetDownloadUrlForLayer>(viewer);
        match grants {
            Ok(grants) if archived => grants.1.shows_known(None, None),
            Ok(grants) => {
                let read = self
                    .catalog
                    .inventory
                    .config(&grants, digest, &opened.person)
                    .await;
                section(
                    &grants.1,
                    read.map(|config| {
                        Known::timeless(config.map(|config| ConfigView::clone(&config)))
                    }),
                )
            }
            Err(denial) => denial.withholds(may_read(viewer, opened).as_ref()),
        }
    }

    async fn findings(
        &self,
        viewer: &Viewer,
        opened: &Opened<'_>,
        digest: &Digest,
    ) -> Section<FindingsView> {
        match opened.ask::<DescribeImageScanFindings>(viewer) {
            Ok(grant) => {
                let read = self
                    .catalog
                    .inventory
                    .findings(&grant, digest, &opened.person)
                    .await;
                section(
                    &grant,
                    read.map(|known| known.map(|found| Option::clone(&found))),
                )
            }
            Err(denial) => denial.withholds(may_read(viewer, opened).as_ref()),
        }
    }
}

pub(super) fn may_read(viewer: &Viewer, opened: &Opened<'_>) -> Option<Grant<GetRepositoryPolicy>> {
    opened.ask(viewer).ok()
}

/// The image, or why there is none.
pub(super) fn found<Image>(known: Known<Option<Image>>) -> Result<Image, Refusal> {
    known.value.ok_or(match known.as_of {
        // Nothing was ever read, so it is unknown whether the image exists.
        None => Refusal::Problem(known.problem.unwrap_or(Problem::Unreachable)),
        Some(_) => Refusal::NotFound,
    })
}

/// Adds what is known about the entries of an index. The size in the descriptor is only that of the
/// child's manifest; the list knows the size of the image.
fn describe_children(
    inventory: &Inventory,
    images: &Grant<DescribeImages>,
    manifests: &Grant<BatchGetImage>,
    children: &mut [ChildView],
) {
    let digests = children.iter().map(|child| &child.digest);
    let known = inventory.facts(images, Some(manifests), digests);
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

fn context<T>(viewer: &Viewer, opened: &Opened<'_>, seen: &Seen, known: &Known<T>) -> ImageContext {
    ImageContext {
        registry: opened.entry.registry().clone(),
        name: opened.entry.name().clone(),
        through: vec![seen.through().clone()],
        source: opened.source(),
        pull: opened.pull(viewer),
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
