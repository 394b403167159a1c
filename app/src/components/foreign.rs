//! Untrusted text: addresses and long texts, always shown as text.

use leptos::{either::Either, prelude::*};

use model::Locale;

use super::maybe_link::LinkMode;
use crate::messages::image::ImageTexts;

/// The longest text, in characters, that is shown unfolded.
const UNFOLDED: usize = 240;

/// The number of characters in the first line of a folded text.
const PREVIEW: usize = 80;

/// An untrusted text: a link if it is a plain web address, folded if it is long.
#[component]
pub fn ForeignText(
    /// The text.
    text: String,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let length = text.chars().count();
    if length > UNFOLDED {
        let texts = ImageTexts(locale);
        // Gantry ends a text that it cuts with an ellipsis: how long the whole one was is not known here.
        let length = match text.ends_with('…') {
            true => texts.long_value_shown(length - 1),
            false => texts.long_value(length),
        };
        let preview: String = text.chars().take(PREVIEW).collect();
        return view! {
            <details class="long-text">
                <summary><code>{preview}"…"</code>
                    " "
                    <span class="quiet">{length}</span></summary>
                <pre tabindex="0"><code>{text}</code></pre>
            </details>
        }
        .into_any();
    }
    view! { <ForeignLink text /> }.into_any()
}

/// An untrusted text. A plain web address becomes a link that sends no referrer. Every other text stays text, and so
/// does an address on a page without links.
#[component]
pub fn ForeignLink(
    /// The text.
    text: String,
) -> impl IntoView {
    if is_web_address(&text) && LinkMode::here().leads() {
        let href = text.clone();
        Either::Left(view! {
            <a class="foreign" href=href rel="noopener noreferrer nofollow external">
                {text}
            </a>
        })
    } else {
        // Spaces and line breaks belong to a value.
        Either::Right(view! { <code class="verbatim">{text}</code> })
    }
}

/// Whether a text is a web address in printable ASCII, without characters that could mislead a reader.
fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    let plain = |b: u8| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b);
    web && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_linked() {
        for address in ["https://example.com/a?b#c", "HTTP://EXAMPLE.COM"] {
            assert!(is_web_address(address), "{address}");
        }
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.com",
            "https://example.com/ and more",
            "https://example.com/\u{202e}gpj.exe",
            "https://a\"onclick=\"x",
            "http",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
    }

    #[test]
    fn a_text_that_was_cut_is_not_said_to_be_as_long_as_what_is_left() {
        let words = |text: String| view! { <ForeignText text locale=Locale::En /> }.to_html();
        let whole = words("x".repeat(4_096));
        assert!(whole.contains("4,096 characters<"), "{whole}");
        let cut = words(format!("{}…", "x".repeat(4_096)));
        assert!(cut.contains("4,096 characters shown"), "{cut}");
    }

    #[test]
    fn long_texts_are_folded_and_whole() {
        let text = "x".repeat(UNFOLDED + 1);
        let locale = Locale::En;
        let html = view! { <ForeignText text=text.clone() locale /> }.to_html();
        assert!(html.contains("<details") && html.contains(&text), "{html}");
        let short = view! { <ForeignText text="<b>".to_owned() locale /> }.to_html();
        assert!(
            !short.contains("<details") && short.contains("&lt;b&gt;"),
            "{short}"
        );
    }
}
