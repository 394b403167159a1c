//! The history of a link's tag: the saved part, and what was seen since.

use super::{LinkScope, Shared, SharedNow, SharedPage, SharedPart, SharedView};
use crate::{
    Digest, Timestamp,
    image::{TagHistory, TagSince},
};

impl SharedPage {
    /// The images that the tag was seen to point at, from the link's creation until now. None for a link to anything
    /// else, or if the live state is not known.
    pub fn tag_history(&self) -> Option<TagHistory> {
        if !matches!(self.target.scope, LinkScope::Tag(_)) {
            return None;
        }
        let read = self.read?;
        let since = match self.live.as_ref()? {
            SharedNow::There(shared) => history(shared)?,
            SharedNow::Gone(gone) => gone
                .as_ref()
                .map(|gone| gone.history.clone())
                .unwrap_or_default(),
            SharedNow::Problem(_) => return None,
        };
        let kept = self.frozen.as_ref().and_then(history);
        let all = match kept {
            Some(kept) => since.after(kept, self.moment_kept(), read),
            None => since,
        };
        Some(all).filter(|all| !all.seen.is_empty())
    }

    /// What has happened to the tag since the saved state.
    pub fn tag_since(&self) -> Option<TagSince> {
        let then = digest(self.frozen.as_ref()?)?;
        self.tag_history()?.since(then, self.moment_kept())
    }

    /// The time of the saved state: when ECR returned it.
    fn moment_kept(&self) -> Timestamp {
        let kept = self.frozen.as_ref();
        kept.and_then(|shared| shared.view.as_of())
            .unwrap_or(self.made)
    }
}

fn history(shared: &Shared) -> Option<TagHistory> {
    let SharedView::Tag(detail) = &shared.view else {
        return None;
    };
    let (mut history, more) = (detail.history(), shared.more_of(SharedPart::Sightings));
    if more > 0 {
        history.more = history.more.saturating_add(more);
        history.absent_before = None;
    }
    Some(history)
}

fn digest(shared: &Shared) -> Option<&Digest> {
    match &shared.view {
        SharedView::Tag(detail) => Some(&detail.image.digest),
        SharedView::Image(_) | SharedView::Repository { .. } => None,
    }
}
