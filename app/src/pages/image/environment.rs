//! Environment variables, and the ones that look like secrets.

use leptos::prelude::*;
use model::Locale;

use super::pairs::{PairRows, Value, pair};
use crate::{
    components::{
        alert::{Alert, Urgency},
        badge::Badge,
    },
    messages::image::ImageTexts,
};

/// The variables. Values that look like secrets are folded.
#[component]
pub fn Environment(
    /// Names and values.
    variables: Vec<(String, String)>,
    /// The places of those that have no `=`, and so no value.
    #[prop(optional)]
    bare: Vec<u32>,
    /// Whether the values are hidden; then the variables do not contain them.
    #[prop(optional)]
    veiled: bool,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    if veiled {
        let hidden = move || view! { <span class="quiet">{texts.value_hidden()}</span> }.into_any();
        let rows = variables
            .into_iter()
            .map(|(name, _)| pair(name, hidden()))
            .collect();
        return view! { <PairRows rows locale /> }.into_any();
    }
    let has_secret = variables
        .iter()
        .any(|(name, value)| looks_secret(name) && !value.is_empty());
    let remark = has_secret.then(|| {
        view! {
            <Alert urgency=Urgency::Warning title=texts.secret_title()>
                <p>{texts.secret_remark()}</p>
            </Alert>
        }
    });
    let rows = (0_u32..)
        .zip(variables)
        .map(|(place, (name, value))| {
            if bare.contains(&place) {
                let none = view! { <span class="quiet">{texts.no_value()}</span> };
                return pair(name, none.into_any());
            }
            let secret = looks_secret(&name) && !value.is_empty();
            let value = view! { <Value value locale /> };
            let value = if secret {
                view! {
                    <details class="secret">
                        <summary>
                            {texts.secret_shown()} " "
                            <Badge look="warning" label=texts.secret_title() />
                        </summary>
                        {value}
                    </details>
                }
                .into_any()
            } else {
                value.into_any()
            };
            pair(name, value)
        })
        .collect();
    view! {
        {remark}
        <PairRows rows locale />
    }
    .into_any()
}

/// Whether a variable's name suggests that its value is a secret. It checks the name only, never the value.
fn looks_secret(name: &str) -> bool {
    const TELLING: [&str; 7] = [
        "SECRET",
        "TOKEN",
        "PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "CREDENTIAL",
        "APIKEY",
    ];
    let name = name.to_ascii_uppercase();
    // KEY only counts as a whole word: KEYBOARD and MONKEY do not match.
    let is_key = |word: &str| word == "KEY" || word == "KEYS";
    TELLING.iter().any(|word| name.contains(word))
        || name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_recognized_by_name() {
        for name in [
            "AWS_SECRET_ACCESS_KEY",
            "github_token",
            "DB_PASSWORD",
            "STRIPE_API_KEY",
            "apiKey",
            "KEY",
        ] {
            assert!(looks_secret(name), "{name}");
        }
        for name in ["PATH", "KEYBOARD_LAYOUT", "MONKEY", "PWD", "LANG"] {
            assert!(!looks_secret(name), "{name}");
        }
    }

    #[test]
    fn an_entry_without_an_equals_sign_is_not_called_empty() {
        let variables = vec![
            ("A".to_owned(), String::new()),
            ("B".to_owned(), String::new()),
        ];
        let text = crate::testing::text_of(
            view! { <Environment variables bare=vec![1] locale=Locale::En /> },
        );
        assert_eq!(text, "A empty B no value: the entry has no “=”");
    }

    #[test]
    fn a_secret_is_folded_with_a_warning() {
        let variables = vec![
            ("PATH".to_owned(), "/bin".to_owned()),
            ("API_TOKEN".to_owned(), "hunter2".to_owned()),
        ];
        let html = view! { <Environment variables locale=Locale::En /> }.to_html();
        let fold = html.find("<details class=\"secret\"").unwrap_or(usize::MAX);
        assert!(html.contains("rotate"), "{html}");
        assert!(html.find("/bin") < Some(fold), "{html}");
        assert!(html.find("hunter2") > Some(fold), "{html}");
    }
}
