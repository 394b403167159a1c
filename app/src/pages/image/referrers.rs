//! The referrers of an image.

use leptos::prelude::*;
use model::{
    Locale, RepositoryAt, Section,
    image::{IndexReferrers, ReferrerView},
};

use super::{Part, pairs::Pairs};
use crate::{
    components::{badge::Badge, bytes::Bytes},
    messages::{image::ImageTexts, listed},
    parts::{
        artifact::{meaning_name, type_name},
        as_of::AsOf,
        digest::DigestLink,
        section::section,
    },
};

/// The signatures, SBOMs, attestations and other referrers of an image, each linked to its page.
#[component]
pub fn Referrers(
    repository: RepositoryAt,
    referrers: Section<Vec<ReferrerView>>,
    /// The referrers of the indexes that the image is a platform of.
    index_referrers: Vec<IndexReferrers>,
    /// Whether the image is an index with attestations, which its table of platforms lists.
    #[prop(optional)]
    holds_attestations: bool,
    /// Whether it is a chart or the like, and no image.
    #[prop(optional)]
    is_artifact: bool,
    /// Whether it is an index. It can be within another index.
    #[prop(optional)]
    is_index: bool,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let as_of = referrers.as_of();
    let absent = match (holds_attestations, index_referrers.is_empty()) {
        (true, _) => texts.referrers_absent_beside(),
        (false, true) if is_artifact => texts.referrers_absent_of_artifact(),
        (false, true) => texts.referrers_absent(),
        (false, false) if is_index => texts.referrers_absent_of_index(),
        (false, false) => texts.referrers_absent_of_platform(),
    };
    let is_absent = matches!(referrers, Section::Absent { .. });
    let indexes: Vec<_> = index_referrers
        .into_iter()
        .map(|index| view! { <p>{index_words(&index, is_absent, locale)}</p> })
        .collect();
    let table = section(referrers, absent, locale, |referrers| {
        let more = (referrers.iter().any(|referrer| referrer.more_follow))
            .then(|| view! { <p class="quiet">{texts.more_referrers()}</p> });
        let rows: Vec<_> = referrers
            .into_iter()
            .map(|referrer| row(&repository, referrer, locale))
            .collect();
        let unverified = view! { <p class="quiet">{texts.not_verified()}</p> };
        view! { {table(rows, texts)} {more} {unverified} }
    });
    view! {
        <Part id="referrers" heading=texts.referrers() as_of=view! { <AsOf as_of locale /> }.into_any()>
            {table}
            {indexes}
        </Part>
    }
}

/// The referrers of an index, in a sentence. It may follow the sentence that nothing refers to the image itself.
fn index_words(index: &IndexReferrers, is_image_absent: bool, locale: Locale) -> String {
    let texts = ImageTexts(locale);
    let digest = index.index.short();
    match &index.meanings {
        None => texts.index_unknown(digest),
        Some(meanings) if meanings.is_empty() && is_image_absent => {
            texts.index_has_none_either(digest)
        }
        Some(meanings) if meanings.is_empty() => texts.index_has_none(digest),
        Some(meanings) => {
            let names: Vec<_> = meanings
                .iter()
                .map(|meaning| meaning_name(*meaning, locale))
                .collect();
            texts.index_has(digest, &listed(&names, locale))
        }
    }
}

fn table(rows: Vec<impl IntoView + 'static>, texts: ImageTexts) -> impl IntoView {
    view! {
        <table class="table">
            <caption class="visually-hidden">{texts.referrers_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.role()}</th>
                    <th scope="col">{texts.artifact_type()}</th>
                    <th scope="col">{texts.layer_digest()}</th>
                    <th scope="col" class="number">{texts.bytes()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(repository: &RepositoryAt, referrer: ReferrerView, locale: Locale) -> impl IntoView + use<> {
    let texts = ImageTexts(locale);
    let meaning = meaning_name(referrer.meaning, locale);
    let artifact_type = referrer.artifact_type.map(|artifact_type| {
        let name = type_name(&artifact_type, locale).map(|name| view! { {name} " " });
        view! { {name} <code>{artifact_type}</code> }
    });
    let by_tag = referrer
        .by_tag
        .map(|tag| view! { " " {texts.by_tag()} " " <code>{tag.to_string()}</code> });
    let annotations = (!referrer.annotations.is_empty()).then(|| {
        view! {
            <details>
                <summary>{texts.annotations()}</summary>
                <Pairs pairs=referrer.annotations locale />
            </details>
        }
    });
    let cut = (referrer.cut > 0)
        .then(|| view! { <p class="quiet">{texts.cut_annotations(referrer.cut)}</p> });
    view! {
        <tr data-row>
            <th scope="row"><Badge look="plain" label=meaning /></th>
            <td data-label=texts.artifact_type()>
                {artifact_type} {by_tag} {annotations} {cut}
            </td>
            <td data-label=texts.layer_digest()>
                <DigestLink
                    repository=repository.clone()
                    digest=referrer.digest
                    locale
                />
            </td>
            <td class="number" data-label=texts.bytes()>
                {referrer.size.map(|count| view! { <Bytes count locale /> })}
            </td>
        </tr>
    }
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use model::{GrantedVia, image::ReferrerMeaning};

    use super::*;
    use crate::testing::text_of;

    #[test]
    fn an_index_with_attestations_does_not_say_that_it_has_none() {
        let shown = |holds_attestations| {
            let referrers = Section::Absent {
                through: GrantedVia::Review,
                as_of: None,
            };
            let repository: RepositoryAt = "retail/a/b".parse().unwrap();
            text_of(view! {
                <Referrers
                    repository
                    referrers
                    index_referrers=Vec::new()
                    holds_attestations
                    locale=Locale::En
                />
            })
        };
        assert!(shown(false).contains("no attestation"));
        let text = shown(true);
        assert!(!text.contains("no attestation"), "{text}");
        assert!(text.contains("attestations within this index are listed above"));
    }

    #[test]
    fn an_index_within_an_index_is_not_called_a_platform() {
        let index = IndexReferrers {
            index: format!("sha256:{}", "3f".repeat(32)).parse().unwrap(),
            meanings: Some(Vec::new()),
        };
        let referrers = Section::Absent {
            through: GrantedVia::Review,
            as_of: None,
        };
        let repository: RepositoryAt = "retail/a/b".parse().unwrap();
        let text = text_of(view! {
            <Referrers
                repository
                referrers
                index_referrers=vec![index]
                is_index=true
                locale=Locale::En
            />
        });
        assert!(
            text.contains("Nothing refers to this index itself."),
            "{text}"
        );
        assert!(!text.contains("platform"), "{text}");
    }

    #[test]
    fn an_artifact_is_not_called_an_image() {
        let shown = |is_artifact| {
            let referrers = Section::Absent {
                through: GrantedVia::Review,
                as_of: None,
            };
            let repository: RepositoryAt = "retail/a/b".parse().unwrap();
            text_of(view! {
                <Referrers
                    repository
                    referrers
                    index_referrers=Vec::new()
                    is_artifact
                    locale=Locale::En
                />
            })
        };
        assert!(shown(true).contains("Nothing refers to this artifact"));
        assert!(shown(false).contains("Nothing refers to this image"));
    }

    fn shown(meanings: Option<Vec<ReferrerMeaning>>) -> String {
        let index = IndexReferrers {
            index: format!("sha256:{}", "3f".repeat(32)).parse().unwrap(),
            meanings,
        };
        let referrers = Section::Absent {
            through: GrantedVia::Review,
            as_of: None,
        };
        let repository: RepositoryAt = "retail/a/b".parse().unwrap();
        text_of(view! {
            <Referrers
                repository
                referrers
                index_referrers=vec![index]
                locale=Locale::En
            />
        })
    }

    #[test]
    fn a_platform_names_the_referrers_of_its_index() {
        let all = vec![
            ReferrerMeaning::Signature,
            ReferrerMeaning::Sbom,
            ReferrerMeaning::Attestation,
        ];
        let text = shown(Some(all));
        assert!(
            text.contains("3f3f3f3f3f3f has: signature, SBOM and attestation."),
            "{text}"
        );
        assert!(!text.contains("no signature"), "{text}");
        assert!(shown(Some(vec![])).contains("Nothing refers to its index 3f3f3f3f3f3f either."));
        assert!(shown(None).contains("could not be read"));
    }

    #[test]
    fn below_the_referrers_of_a_platform_its_index_has_none() {
        let index = IndexReferrers {
            index: format!("sha256:{}", "3f".repeat(32)).parse().unwrap(),
            meanings: Some(Vec::new()),
        };
        let referrers = Section::Shown {
            through: GrantedVia::Review,
            value: Vec::new(),
            as_of: None,
        };
        let repository: RepositoryAt = "retail/a/b".parse().unwrap();
        let text = text_of(view! {
            <Referrers repository referrers index_referrers=vec![index] locale=Locale::En />
        });
        assert!(
            text.contains("Nothing refers to its index 3f3f3f3f3f3f."),
            "{text}"
        );
    }
}
