//! The facts of an image, for the pages of tags and images.

use leptos::prelude::*;
use model::{
    Action, Locale, RepositoryAt, Timestamp,
    artifact::{EMPTY_CONFIG, SubjectTag},
    image::{ImageFacts, ImageKind, TagLabel},
};

use super::{
    artifact::{role_name, type_name},
    findings::ScanResult,
    section::Withheld,
    tag::TagLink,
};
use crate::{
    components::{
        alert::{Alert, Urgency},
        bytes::Bytes,
        time::Time,
    },
    messages::{artifact::ArtifactTexts, image::ImageTexts},
};

/// That an image is archived, and what that means for pulls.
#[component]
pub fn Archived(
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    view! {
        <Alert urgency=Urgency::Warning title=texts.archived_title()>
            <p>{texts.archived()}</p>
        </Alert>
    }
}

/// The most tags that are shown unfolded.
const UNFOLDED_TAGS: usize = 12;

/// The kind, platforms, size, times and findings of an image; or that they are withheld.
#[component]
pub fn ImageFactList(
    /// The facts; `None` if only tags and digests are granted.
    facts: Option<ImageFacts>,
    /// The kind of the image by its tag, and the image that it belongs to.
    about: Option<SubjectTag>,
    /// The label of the latest pull, if it is from another time than the other facts.
    #[prop(optional_no_strip)]
    pulled_name: Option<&'static str>,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let Some(facts) = facts else {
        // The row names the missing action, not the statement that withholds it.
        return view! {
            <h3>{texts.facts_withheld()}</h3>
            <Withheld action=Action::DescribeImages statement=None locale />
        }
        .into_any();
    };
    let archived = facts.archived.then(|| view! { <Archived locale /> });
    let kind = kind_words(&facts, about.as_ref(), locale);
    let platforms = facts
        .platforms
        .iter()
        .map(|platform| view! { <li><code>{platform.to_string()}</code></li> });
    let platforms = (!facts.platforms.is_empty()).then(|| {
        fact(
            texts.platforms_fact(),
            view! { <ul class="platforms">{platforms.collect_view()}</ul> },
        )
    });
    let pulled = match facts.pulled {
        Some(at) => view! { <Time at now locale /> }.into_any(),
        None => texts.never_pulled().into_any(),
    };
    let artifact = matches!(facts.kind, ImageKind::Artifact(_)) || about.is_some();
    // Without its platforms, ECR's figure is the size of the index only.
    let size = if facts.kind == ImageKind::Index && !facts.platforms.is_empty() {
        texts.size_of_platforms()
    } else {
        texts.size()
    };
    let found = if facts.kind == ImageKind::Index {
        texts.found_worst()
    } else {
        texts.found()
    };
    view! {
        {archived}
        <dl class="facts">
            {fact(texts.kind(), kind)}
            {platforms}
            {facts.size.map(|count| fact(size, view! { <Bytes count locale /> }))}
            {facts.pushed.map(|at| fact(texts.pushed(), view! { <Time at now locale /> }))}
            <div>
                <dt title=texts.pulled_hint()>{pulled_name.unwrap_or(texts.pulled())}</dt>
                <dd>{pulled}</dd>
            </div>
            {fact(found, view! { <ScanResult scan=facts.scan platforms=facts.platform_scans artifact locale /> })}
        </dl>
    }
    .into_any()
}

/// A fact with its label.
pub fn fact(name: &'static str, value: impl IntoView) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// Tags in a row, linked. A long row is folded.
#[component]
pub fn TagRow(
    /// The repository.
    repository: RepositoryAt,
    /// The tags.
    labels: Vec<TagLabel>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let mut links: Vec<_> = labels
        .into_iter()
        .map(|label| {
            view! {
                <li>
                    <TagLink repository=repository.clone() label locale />
                </li>
            }
        })
        .collect();
    let folded = links.split_off(links.len().min(UNFOLDED_TAGS));
    let folded = (!folded.is_empty()).then(|| {
        view! {
            <details>
                <summary>{ImageTexts(locale).more_tags(folded.len())}</summary>
                <ul class="tag-row">{folded}</ul>
            </details>
        }
    });
    view! {
        <ul class="tag-row">{links}</ul>
        {folded}
    }
}

fn kind_words(facts: &ImageFacts, about: Option<&SubjectTag>, locale: Locale) -> AnyView {
    let texts = ImageTexts(locale);
    match (&facts.kind, about) {
        // A manifest is more reliable than a tag.
        (ImageKind::Artifact(artifact_type), _) => artifact_words(artifact_type.clone(), locale),
        (_, Some(about)) => role_name(about.role, locale).into_any(),
        (ImageKind::Image, _) => texts.single_image().into_any(),
        (ImageKind::Index, _) if facts.platforms.is_empty() => texts.index().into_any(),
        (ImageKind::Index, _) => texts.index_of(facts.platforms.len()).into_any(),
    }
}

/// The name of an artifact's kind, if it has one, and its type as pushed.
fn artifact_words(artifact_type: String, locale: Locale) -> AnyView {
    let name = type_name(&artifact_type, locale).unwrap_or(ArtifactTexts(locale).artifact());
    let is_named = !artifact_type.is_empty() && artifact_type != EMPTY_CONFIG;
    let artifact_type = is_named.then(|| view! { " " <code>{artifact_type}</code> });
    view! { {name} {artifact_type} }.into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use model::image::Scan;

    use super::*;
    use crate::testing::text_of;

    fn kind(kind: ImageKind, tag: &str) -> String {
        let facts = ImageFacts {
            kind,
            platforms: Vec::new(),
            size: None,
            pushed: None,
            pulled: None,
            scan: Scan::None,
            platform_scans: None,
            archived: false,
        };
        let about = tag.parse().ok().and_then(|tag| SubjectTag::parse(&tag));
        text_of(kind_words(&facts, about.as_ref(), Locale::En))
    }

    #[test]
    fn artifacts_are_named_by_their_kind() {
        let artifact = |artifact_type: &str| kind(ImageKind::Artifact(artifact_type.into()), "1.0");
        assert_eq!(
            artifact("application/vnd.cncf.helm.config.v1+json"),
            "Helm chart application/vnd.cncf.helm.config.v1+json"
        );
        assert_eq!(
            artifact("application/vnd.example"),
            "artifact application/vnd.example"
        );
        assert_eq!(artifact(EMPTY_CONFIG), "artifact", "it says nothing");
        assert_eq!(artifact(""), "artifact");
    }

    #[test]
    fn a_cosign_artifact_is_not_called_an_image() {
        let subject = "3f".repeat(32);
        let by_tag = |suffix: &str| kind(ImageKind::Image, &format!("sha256-{subject}{suffix}"));
        assert_eq!(by_tag(".sig"), "signature, by its tag");
        assert_eq!(by_tag(".sbom"), "SBOM, by its tag");
        assert_eq!(by_tag(""), "list of referrers, by its tag");
        assert_eq!(kind(ImageKind::Image, "1.0"), "image for one platform");
    }
}
