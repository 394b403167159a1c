//! Keys and operators of conditions.

use policy::{ConditionRemark, KeyKind};
use words::{lint::LintTexts, listed};

use super::Sentences;

pub fn condition(remark: &ConditionRemark, texts: LintTexts) -> Sentences {
    match remark {
        ConditionRemark::KeyNeverThere {
            key,
            nearest,
            had_by,
        } => {
            let reason = match had_by.is_empty() {
                true => texts.key_never_there_reason(key),
                false => texts.key_never_there_other_actions(&listed(had_by, texts.0), key),
            };
            let remedy = nearest.map_or_else(
                || texts.key_never_there_remedy().into(),
                |it| texts.nearest(it),
            );
            (reason, remedy)
        }
        ConditionRemark::TagKeyMissing { key } => (
            texts.tag_key_missing_reason(key),
            texts.tag_key_missing_remedy(key.trim_end_matches('/')),
        ),
        ConditionRemark::ForAllValuesAllow { operator, key } => (
            texts.for_all_values_allow_reason(operator, key),
            texts.for_all_values_allow_remedy(key),
        ),
        ConditionRemark::NeedsSetOperator { operator, key } => (
            texts.needs_set_operator_reason(key, operator),
            texts.needs_set_operator_remedy(operator),
        ),
        ConditionRemark::NeedlessSetOperator { operator, key } => {
            let plain = operator.split(':').next_back().unwrap_or(operator);
            (
                texts.needless_set_operator_reason(key, operator),
                texts.use_operator(plain),
            )
        }
        ConditionRemark::OperatorDoesNotFit {
            operator,
            key,
            key_is,
        } => misfit(operator, key, *key_is, texts),
    }
}

fn misfit(operator: &str, key: &str, key_is: KeyKind, texts: LintTexts) -> Sentences {
    match key_is {
        KeyKind::Address => (
            texts.operator_for_address(key, operator),
            texts.operator_for_address_remedy().into(),
        ),
        KeyKind::Moment => (
            texts.operator_for_date(key, operator),
            texts.operator_for_date_remedy().into(),
        ),
        KeyKind::Number => (
            texts.operator_for_number(key, operator),
            texts.operator_for_number_remedy().into(),
        ),
        KeyKind::Text => (
            texts.operator_for_text(key, operator),
            texts.operator_for_text_remedy().into(),
        ),
    }
}
