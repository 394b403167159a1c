//! The manifest as it was pushed.

use leptos::{either::Either, prelude::*};
use model::{Locale, RegistryAlias, RepositoryName, Section, image::ManifestView};

use super::{Part, pairs::Pairs};
use crate::{
    components::{bytes::mebibytes, copy::CopyBlock},
    messages::image::ImageTexts,
    parts::{digest::DigestLink, image_facts::fact, section::section},
};

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
    let cut = (manifest.cut > 0).then(|| view! { <p class="quiet">{texts.cut(manifest.cut)}</p> });
    view! {
        {cut}
        <dl class="facts facts-wide">
            {fact(texts.media_type(), view! { <code>{manifest.media_type}</code> })} {subject}
        </dl>
        {annotations}
        <Raw text=manifest.raw size=manifest.size escaped=manifest.escaped locale />
    }
}

/// The text, with what is different from what was pushed.
#[component]
fn Raw(text: String, size: u64, escaped: u32, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let is_cut = text.ends_with('…');
    if !is_cut && escaped == 0 {
        return Either::Left(view! {
            <h3>{texts.manifest_as_sent()}</h3>
            <div class="manifest-text">
                <CopyBlock text what=texts.manifest() locale />
            </div>
        });
    }
    let note = is_cut.then(|| {
        let note = texts.manifest_cut(&mebibytes(text.len() as u64), &mebibytes(size));
        view! { <p class="quiet">{note}</p> }
    });
    let escaped =
        (escaped > 0).then(|| view! { <p class="quiet">{texts.manifest_escaped(escaped)}</p> });
    Either::Right(view! {
        <h3>{texts.manifest_text()}</h3>
        {note}
        {escaped}
        <div class="manifest-text">
            <pre tabindex="0"><code>{text}</code></pre>
        </div>
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn raw(text: &str, size: u64, escaped: u32) -> String {
        let text = text.to_owned();
        view! { <Raw text size escaped locale=Locale::En /> }.to_html()
    }

    #[test]
    fn a_text_that_is_not_what_was_pushed_says_so_and_is_not_copied() {
        let whole = raw("{}", 2, 0);
        assert!(
            whole.contains("byte for byte") && whole.contains("data-copy"),
            "{whole}"
        );
        for (text, size, escaped, note) in [
            ("{\"a\":\"\\u202e\"}", 11, 1, "1 hiding character"),
            ("{…", 5_000_000, 0, "are shown"),
        ] {
            let html = raw(text, size, escaped);
            assert!(html.contains(note), "{html}");
            assert!(!html.contains("data-copy"), "{html}");
        }
    }
}
