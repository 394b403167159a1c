//! The manifest as it was pushed.

use leptos::{either::Either, prelude::*};
use model::{Locale, RegistryAlias, RepositoryName, Section, image::ManifestView};

use super::{Part, pairs::Pairs};
use crate::{
    components::{bytes::mebibytes, copy::CopyBlock},
    messages::image::ImageTexts,
    parts::{digest::DigestLink, image_facts::fact, section::section},
};

/// The most bytes of a manifest that the page carries; ECR takes up to 4 MiB, real ones have a few KiB.
const SHOWN_BYTES: usize = 128 * 1024;

/// The manifest, or why it is not shown.
#[component]
pub fn Manifest(
    registry: RegistryAlias,
    name: RepositoryName,
    manifest: Section<ManifestView>,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let manifest = section(manifest, texts.manifest_absent(), locale, |manifest| {
        view! { <Sent registry name manifest locale /> }
    });
    view! { <Part id="manifest" heading=texts.manifest()>{manifest}</Part> }
}

/// Media type, annotations, subject and the text itself.
#[component]
fn Sent(
    registry: RegistryAlias,
    name: RepositoryName,
    manifest: ManifestView,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let subject = manifest.subject.map(|digest| {
        fact(
            texts.refers_to(),
            view! { <DigestLink registry name digest locale /> },
        )
    });
    let annotations = (!manifest.annotations.is_empty()).then(|| {
        view! {
            <h3>{texts.annotations()}</h3>
            <Pairs pairs=manifest.annotations locale />
        }
    });
    view! {
        <dl class="facts facts-wide">
            {fact(texts.media_type(), view! { <code>{manifest.media_type}</code> })} {subject}
        </dl>
        {annotations}
        <h3>{texts.manifest_as_sent()}</h3>
        <Raw text=manifest.raw locale />
    }
}

/// The text; of one that would weigh the page down, the beginning.
#[component]
fn Raw(text: String, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    if text.len() <= SHOWN_BYTES {
        return Either::Left(view! {
            <div class="manifest-text">
                <CopyBlock text what=texts.manifest() locale />
            </div>
        });
    }
    let end = text.floor_char_boundary(SHOWN_BYTES);
    let note = texts.manifest_cut(&mebibytes(end as u64), &mebibytes(text.len() as u64));
    Either::Right(view! {
        <p class="quiet">{note}</p>
        <div class="manifest-text">
            <pre tabindex="0"><code>{text[..end].to_owned()}</code></pre>
        </div>
    })
}
