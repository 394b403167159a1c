//! The policy's text, with a number and an anchor for each line.

use leptos::prelude::*;
use model::Locale;

use crate::messages::policy::PolicyTexts;

/// The text as it is set, line by line, its hiding characters as JSON escapes; `starts` are the lines that statements begin on, from 1.
#[component]
pub fn PolicyText(text: String, starts: Vec<u32>, locale: Locale) -> impl IntoView {
    let texts = PolicyTexts(locale);
    let lines = (1u32..).zip(text.lines()).map(|(number, line)| {
        let class = starts.contains(&number).then_some("statement-start");
        view! {
            <li id=line_anchor(number) class=class>
                // The numbers are for links from elsewhere: nobody wants to tab through all of them.
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

/// A line's anchor.
pub fn line_anchor(number: u32) -> String {
    format!("line-{number}")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_hides_in_a_policy_is_seen() {
        let text = "{\n\"Sid\": \"a\u{202e}b\u{200b}\"}".to_owned();
        let html = view! { <PolicyText text starts=vec![1] locale=Locale::En /> }.to_html();
        assert!(html.contains("a\\u202eb\\u200b"), "{html}");
        assert!(!model::has_hiding(&html.replace('\n', "")), "{html}");
    }
}
