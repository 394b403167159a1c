//! Records what the crawler observes: changes in the audit log, and where tags point in their history.

use ecr::inventory::{Observation, Observer, TagsRead};
use model::{RepositoryAt, audit::Event};
use sha2::{Digest as _, Sha256};
use store::audit::{Audit, Entry};

use crate::history::TagRecorder;

/// Records each observation.
#[derive(Debug)]
pub(crate) struct ChangeRecorder {
    pub(crate) audit: Audit,
    pub(crate) tags: TagRecorder,
}

impl Observer for ChangeRecorder {
    fn tags_read(&self, reading: TagsRead) {
        self.tags.add(reading);
    }

    fn observe(&self, repository: &RepositoryAt, seen: Observation) {
        let (event, arguments) = match seen {
            Observation::PolicyChanged(texts) => (
                Event::PolicyChanged,
                vec![
                    ("before", text_digest(texts.before.as_deref())),
                    ("after", text_digest(texts.after.as_deref())),
                ],
            ),
            Observation::TagMoved { tag, from, to } => (
                Event::TagMoved,
                vec![
                    ("tag", tag.to_string()),
                    ("from", from.to_string()),
                    ("to", to.to_string()),
                ],
            ),
            Observation::MoreTagsMoved(more) => (Event::TagMoved, vec![("more", more.to_string())]),
            Observation::TagsUnwatched { last_read } => (
                Event::TagsUnwatched,
                vec![("last-read", last_read.rfc3339())],
            ),
        };
        self.audit.observe(Entry {
            arguments,
            ..Entry::unasked(event).on(repository)
        });
    }
}

/// A policy text in the log: only its digest, because readers of the log need not be readers of the
/// policy.
fn text_digest(text: Option<&str>) -> String {
    text.map_or_else(
        || "none".to_owned(),
        |text| {
            let digest = Sha256::digest(text);
            let digits = digest.iter().map(|byte| format!("{byte:02x}"));
            format!("sha256:{}", digits.collect::<String>())
        },
    )
}
