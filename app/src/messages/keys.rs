//! What the keys of conditions stand for. IAM User Guide, "Global condition keys".

use model::Locale;
use words::condition::ConditionTexts;

/// The description of a condition key; `None` for a key without one.
pub fn key_words(key: &str, locale: Locale) -> Option<String> {
    let texts = ConditionTexts(locale);
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

    #[test]
    fn keys_are_known_in_any_case_and_tags_keep_theirs() {
        assert_eq!(
            key_words("AWS:SourceVPCE", Locale::En).as_deref(),
            Some("the VPC endpoint")
        );
        assert_eq!(
            key_words("aws:PrincipalTag/Team", Locale::En).as_deref(),
            Some("the caller's tag Team")
        );
        assert_eq!(key_words("ecr:Unheard", Locale::En), None);
    }
}
