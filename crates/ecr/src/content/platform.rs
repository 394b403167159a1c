//! Platforms in configs and descriptors.

use model::image::Platform;

use super::{
    budget::{self, Budget},
    object::{Names, Object},
};

/// The maximum length of a word in a platform. Real ones have fewer than 20 letters.
const WORD: usize = 32;

/// The maximum number of OS features. Real images require at most one.
const FEATURES: usize = 4;

/// The members that describe a platform.
pub(super) const PLATFORM: Names = &["os", "architecture", "variant", "os.version", "os.features"];

/// Reads a platform from the members of an object. None if neither system nor architecture is
/// stated. Cut words are not reported.
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
