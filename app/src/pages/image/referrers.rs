//! What refers to the image.

use leptos::prelude::*;
use model::{
    Locale, RegistryAlias, RepositoryName,
    image::{ReferrerMeaning, ReferrerView},
};

use super::pairs::Pairs;
use crate::{
    components::{badge::Badge, bytes::Bytes},
    messages::image::ImageTexts,
    parts::digest::DigestLink,
};

/// Signatures, SBOMs, attestations and whatever else refers to the image, each linked to its page.
#[component]
pub fn Referrers(
    registry: RegistryAlias,
    name: RepositoryName,
    referrers: Vec<ReferrerView>,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let rows = referrers
        .into_iter()
        .map(|referrer| row(&registry, &name, referrer, locale));
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
            <tbody>{rows.collect_view()}</tbody>
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
    view! {
        <tr data-row>
            <th scope="row"><Badge look="plain" label=meaning /></th>
            <td data-label=texts.artifact_type()>
                {referrer.artifact_type.map(|name| view! { <code>{name}</code> })} {annotations}
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
