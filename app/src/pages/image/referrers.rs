//! What refers to the image.

use leptos::prelude::*;
use model::{
    Locale, RegistryAlias, RepositoryName, Section, Timestamp,
    image::{ReferrerMeaning, ReferrerView},
};

use super::{Part, pairs::Pairs};
use crate::{
    components::{badge::Badge, bytes::Bytes},
    messages::image::ImageTexts,
    parts::{as_of::AsOf, digest::DigestLink, section::section},
};

/// Signatures, SBOMs, attestations and whatever else refers to the image, each linked to its page.
#[component]
pub fn Referrers(
    registry: RegistryAlias,
    name: RepositoryName,
    referrers: Section<Vec<ReferrerView>>,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let as_of = referrers.as_of();
    let table = section(referrers, texts.referrers_absent(), locale, |referrers| {
        let more = (referrers.iter().any(|referrer| referrer.more_follow))
            .then(|| view! { <p class="quiet">{texts.more_referrers()}</p> });
        let rows: Vec<_> = referrers
            .into_iter()
            .map(|referrer| row(&registry, &name, referrer, locale))
            .collect();
        view! { {table(rows, texts)} {more} }
    });
    view! {
        <Part id="referrers" heading=texts.referrers()>
            <AsOf as_of now locale />
            {table}
        </Part>
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

fn row(
    registry: &RegistryAlias,
    name: &RepositoryName,
    referrer: ReferrerView,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = ImageTexts(locale);
    let meaning = match referrer.meaning {
        ReferrerMeaning::Signature => texts.signature(),
        ReferrerMeaning::Sbom => texts.sbom(),
        ReferrerMeaning::Attestation => texts.attestation(),
        ReferrerMeaning::Other => texts.other_referrer(),
    };
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
                {referrer.artifact_type.map(|name| view! { <code>{name}</code> })} {annotations} {cut}
            </td>
            <td data-label=texts.layer_digest()>
                <DigestLink
                    registry=registry.clone()
                    name=name.clone()
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
