//! What an image runs on, as configs and descriptors write it.

use model::image::Platform;

use super::{
    budget::{self, Budget},
    object::{Names, Object},
};

/// The longest word of a platform. Real ones have fewer than 20 letters.
const WORD: usize = 32;

/// The most features that a system must have. Real images ask for one at most.
const FEATURES: usize = 4;

/// The members that tell of a platform.
pub(super) const PLATFORM: Names = &["os", "architecture", "variant", "os.version", "os.features"];

/// A platform, by the members of an object; none where neither system nor architecture is told. What is
/// cut of it is not worth a remark.
pub(super) fn platform(object: &Object<'_>) -> Option<Platform> {
    let word = |name| object.word(name).map(|text| budget::visible(&text, WORD).0);
    let features = object.texts("os.features", &mut Budget::new(FEATURES * WORD));
    let platform = Platform {
        os: word("os").unwrap_or_default(),
        architecture: word("architecture").unwrap_or_default(),
        variant: word("variant"),
        os_version: word("os.version"),
        os_features: features
            .iter()
            .take(FEATURES)
            .map(|text| budget::visible(text, WORD).0)
            .collect(),
    };
    (!platform.os.is_empty() || !platform.architecture.is_empty()).then_some(platform)
}
