//! Referrers of an image. Each has annotations of up to the size of a manifest, and ECR returns all
//! of them with the list.

use std::collections::{HashMap, HashSet};

use model::{
    artifact::{meaning, meaning_of_predicate},
    image::ReferrerView,
};

use super::budget::Budget;

/// The maximum number of referrers on a page.
const MAX_REFERRERS: usize = 200;

/// The maximum size of the annotations of all referrers, in bytes.
const ANNOTATIONS: usize = 64 * 1024;

/// The maximum size of one referrer's annotations, in bytes, so that others fit too.
const ANNOTATIONS_OF_ONE: usize = 16 * 1024;

/// After this many bytes of annotations, no more pages are read from ECR.
const MAX_READ: usize = 32 * 1024 * 1024;

/// The annotation that Sigstore bundles use for the type of their statement ("Cosign Bundle
/// Specification").
const PREDICATE: &str = "dev.sigstore.bundle.predicateType";

/// A referrer from ECR's answer.
#[derive(Debug)]
pub(crate) struct RawReferrer {
    pub(crate) digest: String,
    pub(crate) media_type: String,
    pub(crate) artifact_type: Option<String>,
    pub(crate) size: i64,
    pub(crate) annotations: HashMap<String, String>,
}

/// The referrers of an image, while their list is read.
#[derive(Debug)]
pub(crate) struct Referrers {
    list: Vec<ReferrerView>,
    annotations: usize,
    read: usize,
}

impl Referrers {
    pub(crate) fn new() -> Self {
        Self {
            list: Vec::new(),
            annotations: ANNOTATIONS,
            read: 0,
        }
    }

    /// Adds the next referrer. A referrer with an invalid digest cannot be linked and is left out.
    pub(crate) fn add(&mut self, raw: RawReferrer) {
        let texts = raw.annotations.iter();
        self.read += texts
            .map(|(key, value)| key.len() + value.len())
            .sum::<usize>();
        let Ok(digest) = raw.digest.parse() else {
            return;
        };
        if self.list.len() == MAX_REFERRERS {
            return self.more_follow();
        }
        let artifact_type = raw.artifact_type;
        let meaning = match raw.annotations.get(PREDICATE) {
            Some(predicate_type) => meaning_of_predicate(predicate_type),
            None => meaning(artifact_type.as_deref().unwrap_or(&raw.media_type)),
        };
        let share = self.annotations.min(ANNOTATIONS_OF_ONE);
        let mut budget = Budget::new(share);
        let mut annotations: Vec<_> = raw.annotations.into_iter().collect();
        annotations.sort_unstable();
        let annotations = budget.pairs(annotations);
        self.annotations -= share - budget.left();
        self.list.push(ReferrerView {
            digest,
            meaning,
            artifact_type: artifact_type.map(|text| super::word(&text)),
            size: u64::try_from(raw.size).ok(),
            annotations,
            by_tag: None,
            cut: budget.cut(),
            more_follow: false,
        });
    }

    /// Whether no more pages are read from ECR.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MAX_REFERRERS || self.read >= MAX_READ
    }

    /// Records that there are more referrers than are listed.
    pub(crate) fn more_follow(&mut self) {
        if let Some(last) = self.list.last_mut() {
            last.more_follow = true;
        }
    }

    /// The complete list.
    pub(crate) fn into_list(self) -> Vec<ReferrerView> {
        self.list
    }
}

/// Adds referrers that were found by their tags to a list, unless they are already in it.
pub fn with_tagged(mut list: Vec<ReferrerView>, tagged: Vec<ReferrerView>) -> Vec<ReferrerView> {
    let mut digests: HashSet<_> = list.iter().map(|it| it.digest.clone()).collect();
    let more_follow = list.iter().any(|it| it.more_follow);
    list.extend(
        tagged
            .into_iter()
            .filter(|it| digests.insert(it.digest.clone())),
    );
    let too_many = list.len() > MAX_REFERRERS;
    list.truncate(MAX_REFERRERS);
    for it in &mut list {
        it.more_follow = false;
    }
    if let Some(last) = list.last_mut() {
        last.more_follow = more_follow || too_many;
    }
    list
}

#[cfg(test)]
mod tests {
    use model::image::ReferrerMeaning;

    use super::*;

    fn raw(number: usize, annotations: impl IntoIterator<Item = (String, String)>) -> RawReferrer {
        RawReferrer {
            digest: format!("sha256:{number:064x}"),
            media_type: "application/vnd.oci.image.manifest.v1+json".to_owned(),
            artifact_type: Some("application/spdx+json".to_owned()),
            size: 1,
            annotations: annotations.into_iter().collect(),
        }
    }

    #[test]
    fn annotations_of_all_referrers_share_a_budget_and_count_what_is_left_out() {
        let mut referrers = Referrers::new();
        for number in 0..12 {
            let many = (0..30_000).map(|n| (format!("key {n}\u{202e}"), "<".repeat(100)));
            referrers.add(raw(number, many));
        }
        let list = referrers.into_list();
        assert_eq!(list.len(), 12);
        let shown: usize = list.iter().map(|it| it.annotations.len()).sum();
        let cut: usize = list.iter().map(|it| it.cut as usize).sum();
        assert!(
            shown > 50 && shown + cut >= 12 * 30_000,
            "{shown} and {cut}"
        );
        let size = serde_json::to_string(&list).map(|json| json.len());
        assert!(size.is_ok_and(|size| size < 80 * 1024));
        let texts = list.iter().flat_map(|it| &it.annotations);
        assert!(texts.clone().all(|(key, _)| !model::has_hiding(key)));
        assert!(!list[3].annotations.is_empty() && list[11].annotations.is_empty());
    }

    #[test]
    fn a_bundle_has_the_meaning_of_its_statement() {
        let bundle = |number, predicate_type: &str| RawReferrer {
            artifact_type: Some("application/vnd.dev.sigstore.bundle.v0.3+json".to_owned()),
            ..raw(number, [(PREDICATE.to_owned(), predicate_type.to_owned())])
        };
        let mut referrers = Referrers::new();
        referrers.add(bundle(0, "https://sigstore.dev/cosign/sign/v1"));
        referrers.add(bundle(1, "https://slsa.dev/provenance/v1"));
        let meanings: Vec<_> = referrers.into_list().iter().map(|it| it.meaning).collect();
        assert_eq!(
            meanings,
            [ReferrerMeaning::Signature, ReferrerMeaning::Attestation]
        );
    }

    #[test]
    fn tagged_referrers_are_added_once_up_to_the_limit_of_the_list() {
        let tagged = |from: usize, to: usize| {
            let mut referrers = Referrers::new();
            for number in from..to {
                referrers.add(raw(number, []));
            }
            referrers.into_list()
        };
        let few = with_tagged(tagged(0, 3), tagged(1, 5));
        assert_eq!(few.len(), 5);
        assert!(few.iter().all(|it| !it.more_follow));
        let many = with_tagged(tagged(0, 150), tagged(150, 300));
        assert_eq!(many.len(), MAX_REFERRERS);
        assert_eq!(many.iter().filter(|it| it.more_follow).count(), 1);
        assert!(many[MAX_REFERRERS - 1].more_follow);
    }

    #[test]
    fn a_list_that_is_too_long_or_too_large_reports_that_there_is_more() {
        let mut referrers = Referrers::new();
        for number in 0..MAX_REFERRERS {
            assert!(!referrers.is_full());
            referrers.add(raw(number, []));
        }
        assert!(referrers.is_full());
        referrers.add(raw(MAX_REFERRERS, []));
        let list = referrers.into_list();
        assert_eq!(list.iter().filter(|it| it.more_follow).count(), 1);
        assert!(list[MAX_REFERRERS - 1].more_follow);

        let mut referrers = Referrers::new();
        let heavy = ("a".to_owned(), "x".repeat(MAX_READ));
        referrers.add(raw(0, [heavy]));
        assert!(referrers.is_full());
    }
}
