//! The manifest as pushed.

use leptos::{either::Either, prelude::*};
use model::{Locale, RepositoryAt, Section, image::ManifestView};

use super::{Part, pairs::Pairs, unread::Unread};
use crate::{
    components::{
        bytes,
        copy::{CopyBlock, CopyButton},
        json::indented,
    },
    messages::{gap, image::ImageTexts},
    parts::{digest::DigestLink, image_facts::fact, section::section},
};

/// The manifest, or why it is not shown.
#[component]
pub fn Manifest(
    repository: RepositoryAt,
    manifest: Section<ManifestView>,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let manifest = section(manifest, texts.manifest_absent(), locale, |manifest| {
        view! { <Sent repository manifest locale /> }
    });
    view! { <Part id="manifest" heading=texts.manifest()>{manifest}</Part> }
}

/// The media type, annotations, subject and text.
#[component]
fn Sent(repository: RepositoryAt, manifest: ManifestView, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let subject = manifest.subject.map(|digest| {
        fact(
            texts.refers_to(),
            view! { <DigestLink repository digest locale /> },
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
        <Unread places=manifest.unread locale />
        <dl class="facts facts-wide">
            {fact(texts.media_type(), view! { <code>{manifest.media_type}</code> })} {subject}
        </dl>
        {annotations}
        <Raw text=manifest.raw size=manifest.size escaped=manifest.escaped locale />
    }
}

/// The text, and how it differs from what was pushed.
#[component]
fn Raw(text: String, size: u64, escaped: u32, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let is_cut = text.ends_with('…');
    if !is_cut && escaped == 0 {
        return Either::Left(view! { <Whole text locale /> });
    }
    let note = is_cut.then(|| {
        let note = texts.manifest_cut(&bytes::size(text.len() as u64), &bytes::size(size));
        view! { <p class="quiet">{note}</p> }
    });
    let escaped =
        (escaped > 0).then(|| view! { <p class="quiet">{texts.manifest_escaped(escaped)}</p> });
    Either::Right(view! {
        <h3>{texts.manifest_text()}</h3>
        {note}
        {escaped}
        <div class="manifest-text">
            <pre tabindex="0"><code>{indented(&text)}</code></pre>
        </div>
    })
}

/// The whole text: shown with line breaks, copied byte for byte.
#[component]
fn Whole(text: String, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let shown = indented(&text);
    if shown == text {
        return Either::Left(view! {
            <h3>{texts.manifest_as_sent()}</h3>
            <div class="manifest-text">
                <CopyBlock text what=texts.manifest() locale />
            </div>
        });
    }
    Either::Right(view! {
        <h3>{texts.manifest_text()}</h3>
        <p class="quiet">
            {texts.manifest_indented()}
            <span class="with-script">{gap(locale)} {texts.manifest_copied()}</span>
        </p>
        <div class="manifest-text copy-block">
            <pre tabindex="0"><code>{shown}</code></pre>
            <CopyButton text what=texts.manifest() locale />
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
    fn a_single_line_text_is_shown_with_line_breaks_and_copied_unchanged() {
        let text = r#"{"a":"{\"x\":[1,2]}","b":[],"c":[{"d":1}, 2]}"#;
        let shown = "{\n  \"a\": \"{\\\"x\\\":[1,2]}\",\n  \"b\": [],\n  \"c\": [\n    {\n      \"d\": 1\n    },\n    2\n  ]\n}";
        assert_eq!(indented(text), shown);
        assert_eq!(indented(shown), shown, "a text with line breaks keeps them");
        let html = raw(text, 48, 0);
        assert!(
            html.contains("\n      ") && html.contains("byte for byte"),
            "{html}"
        );
        let says_copy = html.find("“Copy”");
        let needs_script = html.find("with-script");
        assert!(says_copy > needs_script, "only with a button: {html}");
        assert!(
            html.contains("data-copy=\"{&quot;a&quot;:&quot;{"),
            "{html}"
        );
    }

    #[test]
    fn a_text_of_brackets_does_not_grow() {
        let deep = "[".repeat(60_000);
        assert_eq!(indented(&deep), deep);
    }

    #[test]
    fn an_altered_text_is_marked_and_has_no_copy_button() {
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
