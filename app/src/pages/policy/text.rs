//! The policy's text, with a number and an anchor for each line.

use leptos::prelude::*;
use model::Locale;

use crate::messages::policy::PolicyTexts;

/// The policy's text, line by line, with invisible characters as JSON escapes. `starts` has the line on which each
/// statement begins, from 1.
#[component]
pub fn PolicyText(text: String, starts: Vec<u32>, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    let lines = (1u32..).zip(text.lines()).map(|(number, line)| {
        let class = starts.contains(&number).then_some("statement-start");
        view! {
            <li id=line_anchor(number) class=class>
                // Other pages link to the line numbers. The Tab key skips them.
                <a
                    class="line-number"
                    href=format!("#{}", line_anchor(number))
                    tabindex="-1"
                    aria-label=texts.line(number)
                >
                    {number}
                </a>
                <code>{model::visible_json(line)}</code>
            </li>
        }
    });
    view! {
        <div class="policy-text" role="region" tabindex="0" aria-label=texts.text_lines()>
            <ol>{lines.collect_view()}</ol>
        </div>
    }
}

/// The anchor of a line.
pub fn line_anchor(number: u32) -> String {
    format!("line-{number}")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_in_a_policy_are_shown() {
        let text = "{\n\"Sid\": \"a\u{202e}b\u{200b}\"}".to_owned();
        let html = view! { <PolicyText text starts=vec![1] locale=Locale::En /> }.to_html();
        assert!(html.contains("a\\u202eb\\u200b"), "{html}");
        assert!(!model::has_hiding(&html.replace('\n', "")), "{html}");
    }
}
