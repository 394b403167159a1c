//! Which parts of a saved view are still granted.
//!
//! The saved content of a link was granted when the link was created. Each section is shown while
//! its action is granted to the link's bearer, and is otherwise withheld as on any page. Each
//! struct is destructured completely, so that a new section does not compile until a developer
//! decides which action it requires.

use access::{
    Denial, Grant, ListGrant,
    acts::{
        Act, BatchGetImage, DescribeImageScanFindings, DescribeRepositories,
        GetDownloadUrlForLayer, GetLifecyclePolicy, GetRepositoryPolicy, ListTagsForResource,
    },
};
use model::{
    Action, Page, Section, Visibility,
    image::{
        ConfigView, FindingsView, ImageContext, ImageDetail, ImageFacts, ImageKind, ImageRow,
        LayerView, ManifestView, ReferrerView, Scan, TagDetail, TagKind, TagLabel,
    },
    link::{Shared, SharedPart, SharedView},
    repository::{RepositoryCounts, RepositoryDetail},
};

use ecr::inventory::order_again;

use crate::catalog::Opened;

type Asked<A> = Result<Grant<A>, Denial>;

/// What is granted now.
pub(super) struct Granted {
    list: ListGrant,
    manifests: Asked<BatchGetImage>,
    /// The grant for configs and for pulling, which require both actions.
    pull: Asked<GetDownloadUrlForLayer>,
    findings: Asked<DescribeImageScanFindings>,
    settings: Asked<DescribeRepositories>,
    policy: Asked<GetRepositoryPolicy>,
    lifecycle: Asked<GetLifecyclePolicy>,
    resource_tags: Asked<ListTagsForResource>,
}

impl Granted {
    /// Asks for everything that a link may show.
    ///
    /// # Errors
    /// When not even tags are granted: then nothing is.
    pub(super) fn to(opened: &Opened<'_>) -> Result<Self, Denial> {
        Ok(Self {
            list: opened.ask_list()?,
            manifests: opened.ask(),
            pull: opened
                .ask_both::<BatchGetImage, GetDownloadUrlForLayer>()
                .map(|(_, blobs)| blobs),
            findings: opened.ask(),
            settings: opened.ask(),
            policy: opened.ask(),
            lifecycle: opened.ask(),
            resource_tags: opened.ask(),
        })
    }

    /// The action that shows the repository.
    pub(super) fn action(&self) -> Action {
        self.list.action()
    }

    /// The grant by which images or tags are listed.
    pub(super) fn list(&self) -> &ListGrant {
        &self.list
    }

    fn describes(&self) -> bool {
        self.list.visibility() == Visibility::Images
    }

    /// The parts of a saved view that may be shown.
    pub(super) fn still(&self, shared: Shared) -> Shared {
        let Shared {
            view,
            more,
            tags,
            seen_at,
        } = shared;
        let view = match view {
            SharedView::Repository { detail, images } => SharedView::Repository {
                detail: Box::new(self.repository(*detail)),
                images: self.rows(images),
            },
            SharedView::Tag(detail) => SharedView::Tag(Box::new(self.tag(*detail))),
            SharedView::Image(detail) => SharedView::Image(Box::new(self.image(*detail))),
        };
        let more = more.into_iter().filter(|(part, _)| self.counts(*part));
        Shared {
            view,
            more: more.collect(),
            // Every viewer who sees anything may list the tags, because every such grant allows it.
            tags,
            seen_at,
        }
    }

    /// Whether the number of further entries of a list may be shown.
    fn counts(&self, part: SharedPart) -> bool {
        match part {
            SharedPart::Images | SharedPart::Tags | SharedPart::Sightings => true,
            SharedPart::Platforms
            | SharedPart::PartOf
            | SharedPart::Layers
            | SharedPart::Annotations
            | SharedPart::Referrers => self.manifests.is_ok() && self.describes(),
            SharedPart::Settings
            | SharedPart::Environment
            | SharedPart::Labels
            | SharedPart::History => self.pull.is_ok(),
            SharedPart::ResourceTags => self.resource_tags.is_ok(),
            SharedPart::Findings => self.findings.is_ok(),
        }
    }

    fn repository(&self, detail: RepositoryDetail) -> RepositoryDetail {
        let RepositoryDetail {
            repository,
            visibility,
            through: _,
            arn,
            source,
            pull,
            settings,
            resource_tags,
            policy,
            lifecycle,
            counts,
            as_of,
            now,
        } = detail;
        RepositoryDetail {
            repository,
            // Counts are combined with manifests. Without these, only tags can be counted.
            visibility: if self.manifests.is_ok() {
                visibility.min(self.list.visibility())
            } else {
                Visibility::Tags
            },
            through: vec![self.list.through().clone()],
            arn,
            source,
            pull: still(pull, &self.pull),
            settings: still(settings, &self.settings),
            resource_tags: still(resource_tags, &self.resource_tags),
            policy: still(policy, &self.policy),
            lifecycle: still(lifecycle, &self.lifecycle),
            // The counts combine an index with its platforms, as its manifest lists them.
            counts: if self.manifests.is_ok() && self.describes() {
                counts
            } else {
                listed(counts)
            },
            as_of,
            now,
        }
    }

    fn rows(&self, page: Page<ImageRow>) -> Page<ImageRow> {
        page.map(|row| self.row(row))
    }

    fn row(&self, row: ImageRow) -> ImageRow {
        let ImageRow {
            digest,
            tags,
            facts,
        } = row;
        ImageRow {
            digest,
            tags: self.labels(tags),
            facts: facts
                .filter(|_| self.describes())
                .map(|facts| self.facts(facts)),
        }
    }

    fn labels(&self, labels: Vec<TagLabel>) -> Vec<TagLabel> {
        let mut labels: Vec<_> = labels.into_iter().map(|it| self.label(it)).collect();
        if self.settings.is_err() {
            order_again(&mut labels);
        }
        labels
    }

    /// That a tag cannot move is one of the repository's settings.
    fn label(&self, label: TagLabel) -> TagLabel {
        let TagLabel { tag, kind } = label;
        let kind = match kind {
            TagKind::Locked if self.settings.is_err() => TagKind::by_name(&tag),
            kind => kind,
        };
        TagLabel { tag, kind }
    }

    /// Some facts of an index come from its manifest. The artifact type may also come only from the
    /// manifest.
    fn facts(&self, facts: ImageFacts) -> ImageFacts {
        match facts.kind {
            _ if self.manifests.is_ok() => return facts,
            ImageKind::Image => return facts,
            ImageKind::Artifact(_) => {
                return ImageFacts {
                    kind: ImageKind::Artifact(String::new()),
                    ..facts
                };
            }
            ImageKind::Index => {}
        }
        let ImageFacts {
            kind,
            platforms: _,
            size: _,
            pushed,
            pulled: _,
            scan: _,
            platform_scans: _,
            archived,
        } = facts;
        ImageFacts {
            kind,
            platforms: Vec::new(),
            size: None,
            pushed,
            pulled: None,
            scan: Scan::Unreadable,
            platform_scans: None,
            archived,
        }
    }

    fn tag(&self, detail: TagDetail) -> TagDetail {
        let TagDetail {
            label,
            image,
            siblings,
            seen,
            absent_before,
            more,
            gaps,
            context,
        } = detail;
        TagDetail {
            label: self.label(label),
            image: self.row(image),
            siblings: self.labels(siblings),
            seen,
            absent_before,
            more,
            gaps,
            context: self.context(context),
        }
    }

    fn context(&self, context: ImageContext) -> ImageContext {
        let ImageContext {
            repository,
            through: _,
            source,
            pull,
            as_of,
            now,
        } = context;
        ImageContext {
            repository,
            through: vec![self.list.through().clone()],
            source,
            pull: still(pull, &self.pull),
            as_of,
            now,
        }
    }

    fn image(&self, detail: ImageDetail) -> ImageDetail {
        let ImageDetail {
            context,
            image,
            part_of,
            more_part_of,
            manifest,
            config,
            referrers,
            index_referrers,
            findings,
        } = detail;
        let related = self.manifests.is_ok() && self.describes();
        let config: Section<ConfigView> = still(config, &self.pull);
        let referrers: Section<Vec<ReferrerView>> = still(referrers, &self.manifests);
        let referrers = referrers.map(|all| {
            // For a referrer by tag, the size comes from DescribeImages.
            let unsized_by_tag = |referrer: ReferrerView| ReferrerView {
                size: referrer
                    .size
                    .filter(|_| self.describes() || referrer.by_tag.is_none()),
                ..referrer
            };
            all.into_iter().map(unsized_by_tag).collect()
        });
        let findings: Section<FindingsView> = still(findings, &self.findings);
        ImageDetail {
            context: self.context(context),
            image: self.row(image),
            part_of: part_of
                .into_iter()
                .filter(|_| related)
                .map(|row| self.row(row))
                .collect(),
            more_part_of: if related { more_part_of } else { 0 },
            manifest: self.manifest(manifest),
            config,
            referrers,
            index_referrers: index_referrers.into_iter().filter(|_| related).collect(),
            findings,
        }
    }

    /// A manifest with additions: to its layers from the config, to its images from the list.
    fn manifest(&self, section: Section<ManifestView>) -> Section<ManifestView> {
        let mut section = still(section, &self.manifests);
        if let Section::Shown { value, .. } = &mut section {
            let ManifestView {
                media_type: _,
                raw: _,
                size: _,
                escaped: _,
                children,
                layers,
                annotations: _,
                subject: _,
                config_size: _,
                cut: _,
                unread: _,
            } = value;
            if !self.describes() {
                children.clear();
            }
            if self.pull.is_err() {
                for LayerView { created_by, .. } in layers {
                    *created_by = None;
                }
            }
        }
        section
    }
}

/// The counts that remain if only the list is granted: the number of images and tags.
fn listed(counts: RepositoryCounts) -> RepositoryCounts {
    let RepositoryCounts {
        images,
        untagged: _,
        archived: _,
        indexes: _,
        unread_indexes: _,
        tags,
        size: _,
        findings: _,
        scans: _,
    } = counts;
    RepositoryCounts {
        images,
        tags,
        ..RepositoryCounts::default()
    }
}

/// A section that was shown, if its action is still granted.
fn still<A: Act, T>(section: Section<T>, asked: &Asked<A>) -> Section<T> {
    match (asked, section) {
        // It was withheld then, so nothing of it was saved.
        (_, Section::Withheld { action, .. }) => Section::Withheld {
            action,
            statement: None,
        },
        (Err(denial), _) => denial.withholds(None),
        (Ok(grant), Section::Shown { value, as_of, .. }) => grant.shows_known(Some(value), as_of),
        (Ok(grant), Section::Absent { as_of, .. }) => grant.shows_known(None, as_of),
        (Ok(_), Section::Unavailable { problem }) => Section::Unavailable { problem },
    }
}
