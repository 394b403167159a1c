//! `[access]`: how access is decided.

use policy::Context;
use registry::gate::AccessSettings;

use super::{ConfigError, duration, file, value};

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
];

pub(super) fn check(access: file::Access) -> Result<AccessSettings, ConfigError> {
    let mut context = Context::default();
    for (key, asserted) in access.context {
        let complain = |message: &str| Err(value(&format!("access.context.\"{key}\""), message));
        if !key.contains(':') {
            return complain("takes the name of a condition key, as in \"aws:SourceVpce\"");
        }
        let folded = key.to_lowercase();
        if FOLLOW.iter().any(|known| folded.starts_with(known)) {
            return complain("follows from the request: nobody has to answer for it here");
        }
        match asserted {
            file::Asserted::One(text) => context.set(&key, [text]),
            file::Asserted::Switch(on) => context.set(&key, [on.to_string()]),
            file::Asserted::Many(texts) => context.set(&key, texts),
        }
    }
    Ok(AccessSettings {
        policy_max_age: duration("access.policy_max_age", &access.policy_max_age)?,
        pull_sees_images: access.pull_sees_images,
        context,
    })
}
