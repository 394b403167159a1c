//! Visits every list and every text that a link shows.
//!
//! Each struct is destructured completely, so that a new field does not compile until a developer
//! decides what it is.

use model::{
    Page, Section,
    image::{
        ChildView, ConfigView, FindingView, FindingsView, HistoryStep, ImageContext, ImageDetail,
        ImageFacts, ImageKind, ImageRow, LayerView, ManifestView, Platform, ReferrerView,
        TagDetail,
    },
    link::{SharedPart, SharedView},
    repository::{Mutability, RepositoryDetail, RepositorySettings},
};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// The name of an environment variable. Its value follows.
    Variable,
    /// The value of an environment variable.
    Value,
    /// A build step, which can contain such values.
    Step,
    /// A comment on a build step, which can also contain them.
    Remark,
    /// What the image says about its version, name, commit and source. It can contain such values:
    /// see [`IDENTITY`].
    Identity,
    /// Other pushed content, which can contain such values.
    Pushed,
    /// Any other text.
    Reported,
}

/// The labels and annotations with which an image describes itself.
///
/// Source: "OCI Image Format Specification", annotations.
const IDENTITY: [&str; 4] = [
    "org.opencontainers.image.version",
    "org.opencontainers.image.title",
    "org.opencontainers.image.revision",
    "org.opencontainers.image.source",
];

/// What to do with each list and text.
pub(super) trait Visitor {
    /// Visits a list before the texts in it.
    fn list<T>(&mut self, _part: SharedPart, _list: &mut Vec<T>) {}

    /// Reports, before a list is visited, that it may be incomplete.
    fn incomplete(&mut self, _part: SharedPart) {}

    /// Visits a text.
    fn text(&mut self, _what: Text, _text: &mut String) {}
}

/// Visits everything that is shown. The raw text of a manifest, and the statements that withhold a
/// section, are never part of a link: they are dropped.
pub(super) fn walk(view: &mut SharedView, visitor: &mut impl Visitor) {
    match view {
        SharedView::Repository { detail, images } => {
            repository(detail, visitor);
            rows(images, visitor);
        }
        SharedView::Tag(detail) => tag(detail, visitor),
        SharedView::Image(detail) => image(detail, visitor),
    }
}

fn repository(detail: &mut RepositoryDetail, visitor: &mut impl Visitor) {
    let RepositoryDetail {
        repository: _,
        visibility: _,
        through: _,
        // From ECR, and needed in full.
        arn: _,
        source: _,
        pull,
        settings: settings_section,
        resource_tags,
        policy,
        lifecycle,
        counts: _,
        as_of: _,
        now: _,
    } = detail;
    if let Some(it) = shown(settings_section) {
        settings(it, visitor);
    }
    if let Some(tags) = shown(resource_tags) {
        visitor.list(SharedPart::ResourceTags, tags);
        pairs(Text::Reported, tags, visitor);
    }
    shown(pull);
    shown(policy);
    shown(lifecycle);
}

fn settings(of: &mut RepositorySettings, visitor: &mut impl Visitor) {
    let RepositorySettings {
        created: _,
        mutability,
        scan_on_push: _,
        encryption,
    } = of;
    match mutability {
        Mutability::Mutable | Mutability::Immutable => {}
        Mutability::MutableExcept(filters) | Mutability::ImmutableExcept(filters) => {
            texts(Text::Reported, filters, visitor);
        }
    }
    visitor.text(Text::Reported, encryption);
}

fn rows(page: &mut Page<ImageRow>, visitor: &mut impl Visitor) {
    let Page {
        rows,
        total: _,
        matching: _,
        number: _,
        pages: _,
        as_of: _,
        incomplete: _,
        problem: _,
        now: _,
    } = page;
    visitor.list(SharedPart::Images, rows);
    for image in rows {
        row(image, visitor);
    }
}

fn row(image: &mut ImageRow, visitor: &mut impl Visitor) {
    let ImageRow {
        digest: _,
        tags,
        facts,
    } = image;
    visitor.list(SharedPart::Tags, tags);
    if let Some(facts) = facts {
        let ImageFacts {
            kind,
            platforms,
            size: _,
            pushed: _,
            pulled: _,
            scan: _,
            platform_scans: _,
            archived: _,
        } = facts;
        match kind {
            ImageKind::Image | ImageKind::Index => {}
            ImageKind::Artifact(artifact_type) => visitor.text(Text::Reported, artifact_type),
        }
        visitor.list(SharedPart::Platforms, platforms);
        for it in platforms {
            platform(it, visitor);
        }
    }
}

fn tag(detail: &mut TagDetail, visitor: &mut impl Visitor) {
    let TagDetail {
        label: _,
        image,
        siblings,
        seen,
        absent_before: _,
        more: _,
        gaps: _,
        context: around,
    } = detail;
    row(image, visitor);
    visitor.list(SharedPart::Tags, siblings);
    visitor.list(SharedPart::Sightings, seen);
    context(around);
}

fn context(around: &mut ImageContext) {
    let ImageContext {
        repository: _,
        through: _,
        source: _,
        pull,
        as_of: _,
        now: _,
    } = around;
    shown(pull);
}

fn image(detail: &mut ImageDetail, visitor: &mut impl Visitor) {
    let ImageDetail {
        context: around,
        image,
        part_of,
        more_part_of: _,
        manifest: manifest_section,
        config: config_section,
        referrers,
        // A few words from Gantry about a few indexes.
        index_referrers: _,
        findings: findings_section,
    } = detail;
    context(around);
    row(image, visitor);
    visitor.list(SharedPart::PartOf, part_of);
    for index in part_of {
        row(index, visitor);
    }
    if let Some(view) = shown(manifest_section) {
        manifest(view, visitor);
    }
    // If there is a config that is not shown, its variables are unknown.
    if !matches!(
        config_section,
        Section::Shown { .. } | Section::Absent { .. }
    ) {
        visitor.incomplete(SharedPart::Environment);
    }
    if let Some(view) = shown(config_section) {
        config(view, visitor);
    }
    if let Some(found) = shown(referrers) {
        visitor.list(SharedPart::Referrers, found);
        for it in found {
            referrer(it, visitor);
        }
    }
    if let Some(view) = shown(findings_section) {
        findings(view, visitor);
    }
}

fn manifest(view: &mut ManifestView, visitor: &mut impl Visitor) {
    let ManifestView {
        media_type,
        raw,
        size: _,
        escaped: _,
        children,
        layers,
        annotations,
        subject: _,
        config_size: _,
        cut: _,
        unread,
    } = view;
    raw.clear();
    visitor.text(Text::Reported, media_type);
    visitor.list(SharedPart::Platforms, children);
    for ChildView {
        digest: _,
        platform: of,
        size: _,
        role,
        is_index: _,
        scan: _,
    } in children
    {
        of.iter_mut().for_each(|of| platform(of, visitor));
        optional(Text::Reported, role, visitor);
    }
    visitor.list(SharedPart::Layers, layers);
    for LayerView {
        digest,
        size: _,
        media_type,
        created_by,
        urls,
    } in layers
    {
        visitor.text(Text::Reported, digest);
        visitor.text(Text::Reported, media_type);
        optional(Text::Step, created_by, visitor);
        visitor.list(SharedPart::Layers, urls);
        texts(Text::Reported, urls, visitor);
    }
    visitor.list(SharedPart::Annotations, annotations);
    labels_of(annotations, visitor);
    visitor.list(SharedPart::Annotations, unread);
    texts(Text::Pushed, unread, visitor);
}

fn config(view: &mut ConfigView, visitor: &mut impl Visitor) {
    let ConfigView {
        platform: of,
        created: _,
        author,
        entrypoint,
        command,
        user,
        working_directory,
        stop_signal,
        environment,
        environment_bare: _,
        environment_cut,
        ports,
        volumes,
        health_check,
        labels,
        history,
        cut: _,
        unread,
    } = view;
    of.iter_mut().for_each(|of| platform(of, visitor));
    for text in [author, user, working_directory, stop_signal] {
        optional(Text::Pushed, text, visitor);
    }
    for list in [entrypoint, command, ports, volumes, health_check] {
        visitor.list(SharedPart::Settings, list);
        texts(Text::Pushed, list, visitor);
    }
    if *environment_cut {
        visitor.incomplete(SharedPart::Environment);
    }
    visitor.list(SharedPart::Environment, environment);
    for (key, value) in environment {
        visitor.text(Text::Variable, key);
        visitor.text(Text::Value, value);
    }
    visitor.list(SharedPart::Labels, labels);
    labels_of(labels, visitor);
    visitor.list(SharedPart::History, history);
    for HistoryStep {
        created: _,
        created_by,
        comment,
        empty_layer: _,
    } in history
    {
        visitor.text(Text::Step, created_by);
        optional(Text::Remark, comment, visitor);
    }
    visitor.list(SharedPart::Settings, unread);
    texts(Text::Pushed, unread, visitor);
}

fn referrer(it: &mut ReferrerView, visitor: &mut impl Visitor) {
    let ReferrerView {
        digest: _,
        artifact_type,
        meaning: _,
        size: _,
        annotations,
        by_tag: _,
        cut: _,
        more_follow: _,
    } = it;
    optional(Text::Reported, artifact_type, visitor);
    visitor.list(SharedPart::Annotations, annotations);
    pairs(Text::Pushed, annotations, visitor);
}

fn findings(view: &mut FindingsView, visitor: &mut impl Visitor) {
    let FindingsView {
        scanned: _,
        scan: _,
        remark,
        findings,
        more: _,
    } = view;
    optional(Text::Reported, remark, visitor);
    visitor.list(SharedPart::Findings, findings);
    for FindingView {
        name,
        severity: _,
        package,
        version,
        fixed_in,
        description,
        link,
    } in findings
    {
        visitor.text(Text::Reported, name);
        for text in [package, version, fixed_in, description] {
            optional(Text::Reported, text, visitor);
        }
        // A URL that is cut points elsewhere, so it is dropped if it does not fit.
        let whole = link.clone();
        optional(Text::Reported, link, visitor);
        link.take_if(|link| whole.as_ref() != Some(link));
    }
}

fn platform(of: &mut Platform, visitor: &mut impl Visitor) {
    let Platform {
        os,
        architecture,
        variant,
        os_version,
        os_features,
    } = of;
    visitor.text(Text::Reported, os);
    visitor.text(Text::Reported, architecture);
    optional(Text::Reported, variant, visitor);
    optional(Text::Reported, os_version, visitor);
    texts(Text::Reported, os_features, visitor);
}

/// Labels, or annotations of the image itself.
fn labels_of(labels: &mut [(String, String)], visitor: &mut impl Visitor) {
    for (key, value) in labels {
        let what = if IDENTITY.contains(&key.as_str()) {
            Text::Identity
        } else {
            Text::Pushed
        };
        visitor.text(Text::Pushed, key);
        visitor.text(what, value);
    }
}

fn pairs(what: Text, pairs: &mut [(String, String)], visitor: &mut impl Visitor) {
    for (key, value) in pairs {
        visitor.text(what, key);
        visitor.text(what, value);
    }
}

fn texts(what: Text, list: &mut [String], visitor: &mut impl Visitor) {
    list.iter_mut().for_each(|text| visitor.text(what, text));
}

fn optional(what: Text, text: &mut Option<String>, visitor: &mut impl Visitor) {
    text.iter_mut().for_each(|text| visitor.text(what, text));
}

/// The value of a section, if it is shown.
fn shown<T>(section: &mut Section<T>) -> Option<&mut T> {
    match section {
        Section::Shown { value, .. } => Some(value),
        Section::Withheld { statement, .. } => {
            *statement = None;
            None
        }
        Section::Absent { .. } | Section::Unavailable { .. } => None,
    }
}
