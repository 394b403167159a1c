//! Values and variables of conditions.

use policy::{ValueRemark, VariableFault};
use words::lint::LintTexts;

use super::Sentences;

pub fn value(remark: &ValueRemark, texts: LintTexts) -> Sentences {
    match remark {
        ValueRemark::UnreadableValue {
            operator,
            key,
            value,
        } => (
            texts.unreadable_value_reason(operator, key, value),
            texts.unreadable_value_remedy().into(),
        ),
        ValueRemark::BothBooleans { key, .. } => (
            texts.both_booleans_reason(key),
            texts.both_booleans_remedy().into(),
        ),
        ValueRemark::WildcardIsLiteral { operator, value } => (
            texts.wildcard_is_literal_reason(operator, value),
            texts.wildcard_is_literal_remedy().into(),
        ),
        ValueRemark::VariableIsLiteral { text } => (
            texts.variable_is_literal_reason(text),
            texts.variable_is_literal_remedy().into(),
        ),
        ValueRemark::WildcardCrossesColons {
            operator,
            value,
            instead,
            ..
        } => (
            texts.wildcard_crosses_colons_reason(operator, value),
            texts.wildcard_crosses_colons_remedy(instead),
        ),
        ValueRemark::PrivateAddress { key, addresses, .. } => {
            let address = addresses.first().map_or("", String::as_str);
            (
                texts.private_address_reason(key, address),
                texts.private_address_remedy().into(),
            )
        }
        ValueRemark::VariableNotClosed { text } => (
            texts.variable_not_closed_reason(text),
            texts.variable_not_closed_remedy().into(),
        ),
        ValueRemark::VariableMalformed { text, fault } => {
            let reason = match fault {
                VariableFault::Empty => texts.variable_empty(text),
                VariableFault::Space => texts.variable_with_space(text),
                VariableFault::Quote => texts.variable_without_quotes(text),
                VariableFault::Sign => texts.variable_with_sign(text),
            };
            (reason, texts.variable_malformed_remedy().into())
        }
        ValueRemark::VariableNeverThere { key } => (
            texts.variable_never_there_reason(key),
            texts.variable_never_there_remedy().into(),
        ),
    }
}
