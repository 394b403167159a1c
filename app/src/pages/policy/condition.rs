//! Conditions in plain words. Sources: IAM User Guide, "Condition operators" and "Global condition keys".

use leptos::prelude::*;
use model::{Locale, policy::ConditionView};

use super::words::{alternatives, listed};
use crate::{components::woven::woven, messages::condition::ConditionTexts};

/// A condition as a sentence: what is compared, how, and with which values. The key as written follows.
#[component]
pub fn ConditionWords(condition: ConditionView, locale: Locale) -> impl IntoView {
    let texts = ConditionTexts(locale);
    let operator = Operator::read(&condition.operator);
    let comparison = operator.comparison(&condition.values);
    let subject = subject(&condition.key, operator.quantifier, texts);
    let values = || {
        let code = |value: &String| view! { <code>{value.clone()}</code> }.into_any();
        let values = condition.values.iter().map(code).collect();
        // For a negated condition, "is not a or b" reads well in both languages; "is not a and b" in neither.
        if operator.name.contains("not") {
            listed(values, locale).into_any()
        } else {
            alternatives(values, locale).into_any()
        }
    };
    let sentence = match comparison {
        Some(Comparison::With(say)) => woven(
            |[subject, values]| say(texts, subject, values),
            [subject, values()],
        ),
        Some(Comparison::Alone(say)) => woven(|[subject]| say(texts, subject), [subject]),
        None => {
            let written = view! { <code>{condition.operator.clone()}</code> }.into_any();
            woven(
                |[subject, operator, values]| texts.other(subject, operator, values),
                [subject, written, values()],
            )
        }
    };
    if operator.or_missing {
        woven(|[condition]| texts.or_missing(condition), [sentence])
    } else {
        sentence
    }
}

/// The subject of the comparison: "any value of the VPC (aws:SourceVpc)".
fn subject(key: &str, quantifier: Quantifier, texts: ConditionTexts) -> AnyView {
    let subject = match key_words(key, texts) {
        Some(words) => woven(
            |[key]| texts.known(&words, key),
            [view! { <code class="quiet">{key.to_owned()}</code> }.into_any()],
        ),
        None => woven(
            |[key]| texts.unknown(key),
            [view! { <code>{key.to_owned()}</code> }.into_any()],
        ),
    };
    match quantifier {
        Quantifier::One => subject,
        Quantifier::Any => woven(|[subject]| texts.any_value(subject), [subject]),
        Quantifier::Every => woven(|[subject]| texts.every_value(subject), [subject]),
    }
}

/// How many values the condition compares: one, or each of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    One,
    Any,
    Every,
}

/// The parts of an operator such as `ForAnyValue:StringLikeIfExists`.
#[derive(Debug, PartialEq, Eq)]
struct Operator {
    quantifier: Quantifier,
    /// The base operator in lower case: IAM ignores its case.
    name: String,
    or_missing: bool,
}

/// How a key is compared, as a sentence.
enum Comparison {
    /// A sentence that takes values.
    With(fn(ConditionTexts, &str, &str) -> String),
    /// A sentence without values.
    Alone(fn(ConditionTexts, &str) -> String),
}

impl Operator {
    fn read(operator: &str) -> Self {
        let lower = operator.to_ascii_lowercase();
        let (quantifier, rest) = match lower.split_once(':') {
            Some(("foranyvalue", rest)) => (Quantifier::Any, rest),
            Some(("forallvalues", rest)) => (Quantifier::Every, rest),
            _ => (Quantifier::One, lower.as_str()),
        };
        let bare = rest.strip_suffix("ifexists");
        Self {
            quantifier,
            name: bare.unwrap_or(rest).to_owned(),
            or_missing: bare.is_some(),
        }
    }

    /// `None` for an unknown operator.
    fn comparison(&self, values: &[String]) -> Option<Comparison> {
        use Comparison::{Alone, With};
        let is_true = |value: &String| value.eq_ignore_ascii_case("true");
        Some(match self.name.as_str() {
            "stringequals" | "numericequals" | "dateequals" | "bool" | "binaryequals"
            | "arnequals" => With(ConditionTexts::equals),
            "stringnotequals" | "numericnotequals" | "datenotequals" | "arnnotequals" => {
                With(ConditionTexts::differs)
            }
            "stringequalsignorecase" => With(ConditionTexts::equals_ignoring_case),
            "stringnotequalsignorecase" => With(ConditionTexts::differs_ignoring_case),
            "stringlike" | "arnlike" => With(ConditionTexts::matches),
            "stringnotlike" | "arnnotlike" => With(ConditionTexts::does_not_match),
            "ipaddress" => With(ConditionTexts::within),
            "notipaddress" => With(ConditionTexts::outside),
            "numericlessthan" => With(ConditionTexts::less),
            "numericlessthanequals" => With(ConditionTexts::at_most),
            "numericgreaterthan" => With(ConditionTexts::greater),
            "numericgreaterthanequals" => With(ConditionTexts::at_least),
            "datelessthan" => With(ConditionTexts::before),
            "datelessthanequals" => With(ConditionTexts::until),
            "dategreaterthan" => With(ConditionTexts::after),
            "dategreaterthanequals" => With(ConditionTexts::since),
            "null" if values.iter().all(is_true) => Alone(ConditionTexts::missing),
            "null" => Alone(ConditionTexts::present),
            _ => return None,
        })
    }
}

/// The description of a key; `None` for a key without one.
fn key_words(key: &str, texts: ConditionTexts) -> Option<String> {
    let lower = key.to_ascii_lowercase();
    match lower.split_once('/') {
        Some(("aws:principaltag", tag)) => {
            // The tag's own name keeps its case.
            return Some(texts.principal_tag(&key[key.len() - tag.len()..]));
        }
        Some(("aws:resourcetag" | "ecr:resourcetag", tag)) => {
            return Some(texts.resource_tag(&key[key.len() - tag.len()..]));
        }
        _ => {}
    }
    let words = match lower.as_str() {
        "aws:sourcevpce" => texts.source_vpce(),
        "aws:sourcevpc" => texts.source_vpc(),
        "aws:sourceip" | "aws:vpcsourceip" => texts.source_ip(),
        "aws:principalorgid" => texts.organization(),
        "aws:principalorgpaths" => texts.organization_paths(),
        "aws:principalarn" => texts.principal_arn(),
        "aws:principalaccount" => texts.principal_account(),
        "aws:securetransport" => texts.secure_transport(),
        "aws:multifactorauthpresent" => texts.mfa(),
        "aws:currenttime" | "aws:epochtime" => texts.current_time(),
        "aws:viaawsservice" => texts.via_service(),
        "aws:sourceaccount" => texts.source_account(),
        "aws:sourcearn" => texts.source_arn(),
        _ => return None,
    };
    Some(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text_of;

    fn said(operator: &str, key: &str, values: &[&str], locale: Locale) -> String {
        let condition = ConditionView {
            operator: operator.into(),
            key: key.into(),
            values: values.iter().map(ToString::to_string).collect(),
        };
        text_of(view! { <ConditionWords condition locale /> })
    }

    #[test]
    fn conditions_become_sentences() {
        assert_eq!(
            said("StringEquals", "aws:SourceVpce", &["vpce-1"], Locale::En),
            "the VPC endpoint (aws:SourceVpce) is vpce-1"
        );
        assert_eq!(
            said(
                "NotIpAddress",
                "aws:SourceIp",
                &["198.51.100.0/24", "203.0.113.0/24"],
                Locale::Zh
            ),
            "调用方的 IP 地址（aws:SourceIp）不属于 198.51.100.0/24、203.0.113.0/24"
        );
        assert_eq!(
            said(
                "ForAnyValue:StringLikeIfExists",
                "my:Key",
                &["a*", "b*"],
                Locale::En
            ),
            "any value of my:Key matches a* or b*, or is missing"
        );
        assert_eq!(
            said("StringResembles", "my:Key", &["a"], Locale::En),
            "my:Key StringResembles a"
        );
    }

    #[test]
    fn operators_are_split_into_their_parts() {
        assert_eq!(
            Operator::read("ForAnyValue:StringNotLikeIfExists"),
            Operator {
                quantifier: Quantifier::Any,
                name: "stringnotlike".into(),
                or_missing: true,
            }
        );
        assert_eq!(Operator::read("Bool").quantifier, Quantifier::One);
    }

    #[test]
    fn null_asks_whether_the_key_is_present() {
        let asked = |value: &str| said("Null", "my:Key", &[value], Locale::En);
        assert_eq!(asked("true"), "my:Key is missing");
        assert_eq!(asked("false"), "my:Key is there");
    }

    #[test]
    fn keys_match_in_any_case_and_tag_names_keep_theirs() {
        let texts = ConditionTexts(Locale::En);
        assert_eq!(
            key_words("AWS:SourceVPCE", texts).as_deref(),
            Some("the VPC endpoint")
        );
        assert_eq!(
            key_words("aws:PrincipalTag/Team", texts).as_deref(),
            Some("the caller's tag Team")
        );
        assert_eq!(key_words("ecr:Unheard", texts), None);
    }

    #[test]
    fn the_meaning_of_an_unknown_operator_is_not_guessed() {
        let comparison = Operator::read("StringResembles").comparison(&[]);
        assert!(comparison.is_none());
    }
}
