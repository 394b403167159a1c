//! The manifest as pushed.

use leptos::{either::Either, prelude::*};
use model::{Locale, RepositoryAt, Section, image::ManifestView};

use super::{Part, pairs::Pairs, unread::Unread};
use crate::{
    components::{
        bytes,
        copy::{CopyBlock, CopyButton},
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

/// The most that line breaks may lengthen the text, as a factor. Real manifests need less than 2.
const LONGEST: usize = 3;

/// A JSON text on a single line, with each member moved to a line of its own. Any other text stays as it is, and so
/// does a text that consists mostly of brackets.
fn indented(text: &str) -> String {
    if text.contains('\n') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if out.len() + depth > LONGEST * text.len() {
            return text.to_owned();
        }
        match c {
            _ if in_text => out.push(c),
            '{' | '[' => {
                out.push(c);
                let closes = matches!(characters.peek(), Some('}' | ']'));
                out.extend(closes.then(|| characters.next()).flatten());
                if !closes {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            ' ' => {}
            c => out.push(c),
        }
        let is_quote = c == '"' && !escaped;
        in_text ^= is_quote;
        escaped = in_text && c == '\\' && !escaped;
    }
    out
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
