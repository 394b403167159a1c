//! Conditions in plain words. Sources: IAM User Guide, "Condition operators" and "Global condition keys".

use leptos::prelude::*;
use model::{Locale, visible};
use policy::{Comparison, Condition, Order, Quantifier, Test};

use super::words::{alternatives, listed};
use crate::{
    components::woven::woven,
    messages::{condition::ConditionTexts, keys::key_words},
};

/// A condition as a sentence: what is compared, how, and with which values. The key as written follows.
pub fn condition_words(condition: &Condition, locale: Locale) -> AnyView {
    let texts = ConditionTexts(locale);
    let operator = condition.operator;
    let subject = subject(&visible(&condition.key), operator.quantifier, locale);
    let written: Vec<_> = (condition.values.iter())
        .map(|value| visible(value))
        .collect();
    let values = || {
        let code = |value: &String| view! { <code>{value.clone()}</code> }.into_any();
        let values = written.iter().map(code).collect();
        // "is not a and b" reads oddly in neither language, "is not a or b" does in one.
        if operator.comparison.negated {
            listed(values, locale).into_any()
        } else {
            alternatives(values, locale).into_any()
        }
    };
    let sentence = match sentence(operator.comparison, &written) {
        Some(Sentence::With(say)) => woven(
            |[subject, values]| say(texts, subject, values),
            [subject, values()],
        ),
        Some(Sentence::Alone(say)) => woven(|[subject]| say(texts, subject), [subject]),
        None => {
            let operator = view! { <code>{operator.to_string()}</code> }.into_any();
            woven(
                |[subject, operator, values]| texts.other(subject, operator, values),
                [subject, operator, values()],
            )
        }
    };
    if operator.if_exists {
        woven(|[condition]| texts.or_missing(condition), [sentence])
    } else {
        sentence
    }
}

/// What is compared: "any value of the VPC (aws:SourceVpc)".
fn subject(key: &str, quantifier: Quantifier, locale: Locale) -> AnyView {
    let texts = ConditionTexts(locale);
    let subject = match key_words(key, locale) {
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
        Quantifier::Single => subject,
        Quantifier::AnyValue => woven(|[subject]| texts.any_value(subject), [subject]),
        Quantifier::AllValues => woven(|[subject]| texts.every_value(subject), [subject]),
    }
}

/// How a key is compared, as a sentence.
enum Sentence {
    /// With values.
    With(fn(ConditionTexts, &str, &str) -> String),
    /// A sentence without values.
    Alone(fn(ConditionTexts, &str) -> String),
}

/// None where no sentence is true of the comparison: it is shown as written.
fn sentence(comparison: Comparison, values: &[String]) -> Option<Sentence> {
    use Sentence::{Alone, With};
    let plain = !comparison.negated;
    Some(match comparison.test {
        Test::StringEquals
        | Test::Numeric(Order::Equal)
        | Test::Date(Order::Equal)
        | Test::Bool
        | Test::Binary
            if plain =>
        {
            With(ConditionTexts::equals)
        }
        Test::StringEquals | Test::Numeric(Order::Equal) | Test::Date(Order::Equal) => {
            With(ConditionTexts::differs)
        }
        Test::StringEqualsIgnoreCase if plain => With(ConditionTexts::equals_ignoring_case),
        Test::StringEqualsIgnoreCase => With(ConditionTexts::differs_ignoring_case),
        // IAM reads wildcards in the values of ArnEquals too.
        Test::StringLike | Test::ArnLike | Test::ArnEquals if plain => {
            With(ConditionTexts::matches)
        }
        Test::StringLike | Test::ArnLike | Test::ArnEquals => With(ConditionTexts::does_not_match),
        Test::IpAddress if plain => With(ConditionTexts::within),
        Test::IpAddress => With(ConditionTexts::outside),
        Test::Numeric(Order::Less) => With(ConditionTexts::less),
        Test::Numeric(Order::LessOrEqual) => With(ConditionTexts::at_most),
        Test::Numeric(Order::Greater) => With(ConditionTexts::greater),
        Test::Numeric(Order::GreaterOrEqual) => With(ConditionTexts::at_least),
        Test::Date(Order::Less) => With(ConditionTexts::before),
        Test::Date(Order::LessOrEqual) => With(ConditionTexts::until),
        Test::Date(Order::Greater) => With(ConditionTexts::after),
        Test::Date(Order::GreaterOrEqual) => With(ConditionTexts::since),
        Test::Null if values.iter().all(|it| it.eq_ignore_ascii_case("true")) => {
            Alone(ConditionTexts::missing)
        }
        Test::Null if values.iter().all(|it| it.eq_ignore_ascii_case("false")) => {
            Alone(ConditionTexts::present)
        }
        Test::Bool | Test::Binary | Test::Null => return None,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests {
    use policy::{Policy, PolicyKind};

    use super::*;
    use crate::testing::text_of;

    fn said(operator: &str, key: &str, values: &[&str], locale: Locale) -> String {
        let text = serde_json::json!({"Statement": {
            "Effect": "Allow", "Principal": "*", "Action": "*", "Condition": {operator: {key: values}},
        }});
        let policy = Policy::parse(text.to_string(), PolicyKind::Repository).unwrap();
        text_of(condition_words(&policy.statements[0].conditions[0], locale))
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
    }

    #[test]
    fn null_asks_whether_the_key_is_there() {
        let asked = |value: &str| said("Null", "my:Key", &[value], Locale::En);
        assert_eq!(asked("true"), "my:Key is missing");
        assert_eq!(asked("false"), "my:Key is there");
        let either = said("Null", "my:Key", &["true", "false"], Locale::En);
        assert_eq!(either, "my:Key Null true or false");
    }

    #[test]
    fn arns_are_compared_with_wildcards_by_either_operator() {
        for operator in ["ArnEquals", "ArnLike"] {
            let said = said(operator, "my:Key", &["arn:aws:iam::*:role/ci"], Locale::En);
            assert_eq!(said, "my:Key matches arn:aws:iam::*:role/ci");
        }
    }
}
