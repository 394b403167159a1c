//! Records the changes that the crawler observes in the audit log.

use ecr::inventory::{Observation, Observer};
use model::{RepositoryAt, audit::Event};
use sha2::{Digest as _, Sha256};
use store::audit::{Audit, Entry};

/// Records each observation.
#[derive(Debug)]
pub(crate) struct ChangeRecorder(pub(crate) Audit);

impl Observer for ChangeRecorder {
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
        self.0.observe(Entry {
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
