//! Conditions in plain words. IAM User Guide, "Condition operators" and "Global condition keys".

use leptos::prelude::*;
use model::{Locale, policy::ConditionView};

use super::words::{alternatives, listed};
use crate::messages::condition::ConditionTexts;

/// A condition as a sentence: what is compared, how, and with what; the key as written beside it.
#[component]
pub fn ConditionWords(condition: ConditionView, locale: Locale) -> impl IntoView {
    let texts = ConditionTexts(locale);
    let operator = Operator::read(&condition.operator);
    let comparison = operator.comparison(&condition.values, texts);
    let subject = key_words(&condition.key, texts);
    let key = subject
        .is_some()
        .then(|| view! { <code class="quiet">" (" {condition.key.clone()} ")"</code> });
    let subject = subject.map_or_else(
        || view! { <code>{condition.key.clone()}</code> }.into_any(),
        IntoAny::into_any,
    );
    let quantifier = match operator.quantifier {
        Quantifier::One => "",
        Quantifier::Any => texts.any_value(),
        Quantifier::Every => texts.every_value(),
    };
    let values = comparison.takes_values.then(|| {
        let values = condition
            .values
            .iter()
            .map(|value| view! { <code>{value.clone()}</code> }.into_any())
            .collect();
        // "is not a and b" reads oddly in neither language, "is not a or b" does in one.
        if comparison.negated {
            listed(values, locale).into_any()
        } else {
            alternatives(values, locale).into_any()
        }
    });
    let unknown = comparison.words.is_none();
    let words = comparison
        .words
        .map(ToOwned::to_owned)
        .unwrap_or(condition.operator);
    view! {
        {quantifier} {subject} {key} " "
        {if unknown { view! { <code>{words}</code> }.into_any() } else { words.into_any() }}
        " " {values}
        {operator.or_missing.then(|| texts.or_missing())}
    }
}

/// Whether one value is compared, or each of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    One,
    Any,
    Every,
}

/// An operator, taken apart: `ForAnyValue:StringLikeIfExists`.
#[derive(Debug, PartialEq, Eq)]
struct Operator {
    quantifier: Quantifier,
    /// The bare operator in lower case: IAM does not mind case.
    name: String,
    or_missing: bool,
}

/// How values are compared, in words.
struct Comparison {
    /// None for an operator that is not known.
    words: Option<&'static str>,
    negated: bool,
    takes_values: bool,
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

    fn comparison(&self, values: &[String], texts: ConditionTexts) -> Comparison {
        let is_true = |value: &String| value.eq_ignore_ascii_case("true");
        let words = match self.name.as_str() {
            "stringequals" | "numericequals" | "dateequals" | "bool" | "binaryequals"
            | "arnequals" => texts.equals(),
            "stringnotequals" | "numericnotequals" | "datenotequals" | "arnnotequals" => {
                texts.differs()
            }
            "stringequalsignorecase" => texts.equals_ignoring_case(),
            "stringnotequalsignorecase" => texts.differs_ignoring_case(),
            "stringlike" | "arnlike" => texts.matches(),
            "stringnotlike" | "arnnotlike" => texts.does_not_match(),
            "ipaddress" => texts.within(),
            "notipaddress" => texts.outside(),
            "numericlessthan" => texts.less(),
            "numericlessthanequals" => texts.at_most(),
            "numericgreaterthan" => texts.greater(),
            "numericgreaterthanequals" => texts.at_least(),
            "datelessthan" => texts.before(),
            "datelessthanequals" => texts.until(),
            "dategreaterthan" => texts.after(),
            "dategreaterthanequals" => texts.since(),
            "null" if values.iter().all(is_true) => texts.missing(),
            "null" => texts.present(),
            _ => {
                return Comparison {
                    words: None,
                    negated: false,
                    takes_values: true,
                };
            }
        };
        Comparison {
            words: Some(words),
            negated: self.name.contains("not"),
            takes_values: self.name != "null",
        }
    }
}

/// What a key stands for; none for a key without a word of its own.
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
            "调用方的 IP 地址 (aws:SourceIp) 不属于 198.51.100.0/24和203.0.113.0/24"
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
    fn operators_come_apart() {
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
    fn null_asks_whether_the_key_is_there() {
        let texts = ConditionTexts(Locale::En);
        let words = |value: &str| {
            let comparison = Operator::read("Null").comparison(&[value.to_owned()], texts);
            (comparison.words, comparison.takes_values)
        };
        assert_eq!(words("true"), (Some("is missing"), false));
        assert_eq!(words("false"), (Some("is there"), false));
    }

    #[test]
    fn keys_are_known_in_any_case_and_tags_keep_theirs() {
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
    fn an_operator_that_is_not_known_is_not_guessed_at() {
        let comparison =
            Operator::read("StringResembles").comparison(&[], ConditionTexts(Locale::En));
        assert_eq!(comparison.words, None);
    }
}
