//! What a value that is kept takes in memory, so that caches weigh bytes and not entries.

use std::sync::Arc;

use model::{
    Digest, Timestamp,
    image::{
        ChildView, ConfigView, FindingView, FindingsView, HistoryStep, LayerView, ManifestView,
        Platform, ReferrerView,
    },
};

use super::ManifestParts;

/// What an allocation takes besides the bytes that were asked for.
const ALLOCATION: usize = 16;

/// A value whose heap bytes can be counted: about what would be free without it. The value itself is
/// not among them, but what a `Vec`, `Box` or `Arc` in it points at is.
pub(crate) trait HeldBytes {
    /// The bytes.
    fn held_bytes(&self) -> usize;
}

/// The parts of a struct that hold bytes, added up.
macro_rules! sum {
    ($($part:expr),* $(,)?) => { 0 $(+ $part.held_bytes())* };
}

impl HeldBytes for String {
    fn held_bytes(&self) -> usize {
        allocated(self.capacity())
    }
}

impl HeldBytes for Digest {
    fn held_bytes(&self) -> usize {
        allocated(self.as_str().len() + ALLOCATION)
    }
}

impl HeldBytes for Timestamp {
    fn held_bytes(&self) -> usize {
        0
    }
}

impl<T: HeldBytes> HeldBytes for Vec<T> {
    fn held_bytes(&self) -> usize {
        let items: usize = self.iter().map(T::held_bytes).sum();
        allocated(self.capacity() * size_of::<T>()) + items
    }
}

impl<T: HeldBytes> HeldBytes for Option<T> {
    fn held_bytes(&self) -> usize {
        self.as_ref().map_or(0, T::held_bytes)
    }
}

impl<T: HeldBytes> HeldBytes for Arc<T> {
    fn held_bytes(&self) -> usize {
        allocated(size_of::<T>() + ALLOCATION) + T::held_bytes(self)
    }
}

impl<L: HeldBytes, R: HeldBytes> HeldBytes for (L, R) {
    fn held_bytes(&self) -> usize {
        sum!(self.0, self.1)
    }
}

impl HeldBytes for ManifestParts {
    fn held_bytes(&self) -> usize {
        let Self { view, config } = self;
        sum!(view, config)
    }
}

impl HeldBytes for ManifestView {
    fn held_bytes(&self) -> usize {
        let Self {
            media_type,
            raw,
            size: _,
            escaped: _,
            children,
            layers,
            annotations,
            subject,
            cut: _,
        } = self;
        sum!(media_type, raw, children, layers, annotations, subject)
    }
}

impl HeldBytes for ChildView {
    fn held_bytes(&self) -> usize {
        let Self {
            digest,
            platform,
            size: _,
            role,
            scan: _,
        } = self;
        sum!(digest, platform, role)
    }
}

impl HeldBytes for Platform {
    fn held_bytes(&self) -> usize {
        let Self {
            os,
            architecture,
            variant,
        } = self;
        sum!(os, architecture, variant)
    }
}

impl HeldBytes for LayerView {
    fn held_bytes(&self) -> usize {
        let Self {
            digest,
            size: _,
            media_type,
            created_by,
            urls,
        } = self;
        sum!(digest, media_type, created_by, urls)
    }
}

impl HeldBytes for ConfigView {
    fn held_bytes(&self) -> usize {
        let Self {
            platform,
            created: _,
            author,
            entrypoint,
            command,
            user,
            working_directory,
            stop_signal,
            environment,
            environment_cut: _,
            ports,
            volumes,
            labels,
            history,
            cut: _,
        } = self;
        let texts = sum!(platform, author, user, working_directory, stop_signal);
        let lists = sum!(
            entrypoint,
            command,
            ports,
            volumes,
            environment,
            labels,
            history
        );
        texts + lists
    }
}

impl HeldBytes for HistoryStep {
    fn held_bytes(&self) -> usize {
        let Self {
            created: _,
            created_by,
            comment,
            empty_layer: _,
        } = self;
        sum!(created_by, comment)
    }
}

impl HeldBytes for ReferrerView {
    fn held_bytes(&self) -> usize {
        let Self {
            digest,
            artifact_type,
            meaning: _,
            size: _,
            annotations,
            cut: _,
            more_follow: _,
        } = self;
        sum!(digest, artifact_type, annotations)
    }
}

impl HeldBytes for FindingsView {
    fn held_bytes(&self) -> usize {
        let Self {
            scanned: _,
            scan: _,
            remark,
            findings,
            more: _,
        } = self;
        sum!(remark, findings)
    }
}

impl HeldBytes for FindingView {
    fn held_bytes(&self) -> usize {
        let Self {
            name,
            severity: _,
            package,
            version,
            fixed_in,
            description,
            link,
        } = self;
        sum!(name, package, version, fixed_in, description, link)
    }
}

fn allocated(bytes: usize) -> usize {
    if bytes == 0 { 0 } else { bytes + ALLOCATION }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_below_a_value_is_counted() {
        let text = || "x".repeat(1_000);
        let pairs = vec![(text(), text()); 10];
        assert!((20_000..22_000).contains(&pairs.held_bytes()));
        let config = ConfigView {
            labels: pairs.clone(),
            author: Some(text()),
            ..ConfigView::default()
        };
        let held = Arc::new(config).held_bytes();
        assert!((21_000..24_000).contains(&held), "{held}");
        let policy: Arc<Option<(String, Option<Timestamp>)>> = Arc::new(Some((text(), None)));
        assert!((1_000..1_200).contains(&policy.held_bytes()));
        assert_eq!(String::new().held_bytes(), 0);
    }
}
