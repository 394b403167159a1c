//! `[access]`: how access is decided.

use std::{collections::HashSet, net::IpAddr};

use access::AccessSettings;
use policy::Context;

use super::{ConfigError, file, value};

/// Keys, or the beginnings of keys, that nobody has to answer for: they follow from the principal or
/// the repository, and an answer for all requests alike would be wrong for most.
const FOLLOW: &[&str] = &[
    "aws:principal",
    "aws:userid",
    "aws:username",
    "aws:resource",
    "ecr:resource",
    "aws:requestedregion",
    "aws:currenttime",
    "aws:epochtime",
    "aws:securetransport",
    "aws:tokenissuetime",
    "aws:multifactorauthage",
];

/// Keys of which a request may have several values. Of any other it has one, which nobody could tell
/// from a list.
const MANY: &[&str] = &[
    "aws:calledvia",
    "aws:sourceorgpaths",
    "aws:vpceorgpaths",
    "aws:tagkeys",
];

/// Keys whose value is an address.
const ADDRESSES: &[&str] = &["aws:sourceip", "aws:vpcsourceip"];

/// Keys whose value is true or false.
const SWITCHES: &[&str] = &["aws:multifactorauthpresent", "aws:viaawsservice"];

pub(super) fn check(access: file::Access) -> Result<AccessSettings, ConfigError> {
    let (mut context, mut keys) = (Context::default(), HashSet::new());
    for (key, asserted) in access.context {
        let complain = |message: &str| Err(value(&format!("access.context.\"{key}\""), message));
        if !key.contains(':') {
            return complain("takes the name of a condition key, as in \"aws:SourceVpce\"");
        }
        let folded = key.to_lowercase();
        if FOLLOW.iter().any(|known| folded.starts_with(known)) {
            return complain("follows from the request: nobody has to answer for it here");
        }
        let values = match asserted {
            file::Asserted::One(text) => vec![text],
            file::Asserted::Switch(on) => vec![on.to_string()],
            file::Asserted::Many(texts) => texts,
        };
        let is_in = |known: &[&str]| known.contains(&folded.as_str());
        if values.len() > 1 && !is_in(MANY) {
            return complain("takes one value: a request never has several");
        }
        if is_in(ADDRESSES) && values.iter().any(|text| text.parse::<IpAddr>().is_err()) {
            return complain("takes an address, as in 203.0.113.7");
        }
        if is_in(SWITCHES) && values.iter().any(|text| text != "true" && text != "false") {
            return complain("takes true or false");
        }
        if !keys.insert(folded) {
            return complain("stands twice, in different case");
        }
        context.set(&key, values);
    }
    Ok(AccessSettings {
        policy_max_age: access.policy_max_age.duration(),
        pull_sees_images: access.pull_sees_images,
        context,
    })
}
