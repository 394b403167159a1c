//! The page of a link, from what it saved and what is there now.

use std::{collections::BTreeSet, sync::Arc};

use access::now;
use ecr::inventory::Inventory;
use model::{
    AccountId, Action, Digest, Section, Tag, Timestamp, Visibility,
    link::{EarlierImage, LinkShows, Shared, SharedNow, SharedPage, SharedView, version_among},
};
use store::{StoreError, links::StoredLink, stored::frozen};

use super::{Closed, hide, tags, withhold::Granted};

/// Reads the saved content of a link. Only visitors for whom the link would open learn that it
/// cannot be read.
fn thawed(id: &str, text: &str) -> Result<Shared, Closed> {
    frozen::read(text).map_err(|error| {
        tracing::error!(%error, link.id = id, "Gantry cannot read the data that a share link kept");
        match error {
            StoreError::NewerFormat { .. } => Closed::Newer,
            _ => Closed::Unreadable,
        }
    })
}

/// The page of a link: the saved content and the current state, as far as the bearer may see it.
pub(super) fn shared_page(
    link: &StoredLink,
    showed: LinkShows,
    granted: &Granted,
    accounts: &BTreeSet<AccountId>,
    live: Option<(SharedNow, Option<Timestamp>)>,
    inventory: &Arc<Inventory>,
) -> Result<SharedPage, Closed> {
    let StoredLink { row, frozen, .. } = link;
    let (live, read) = live.map_or((None, None), |(live, read)| (Some(live), read));
    let kept = frozen.as_deref().map(|text| thawed(&row.id, text));
    let hide_again = |kept| hide::hide_again(kept, showed, row.shows, accounts);
    let kept = kept.transpose()?.map(hide_again).transpose()?;
    let is_counted_alike = match (&kept, &live) {
        (Some(then), Some(SharedNow::There(now))) => are_counted_alike(&then.view, &now.view),
        _ => true,
    };
    let mut kept = kept.map(|kept| granted.still(kept));
    let earlier = earlier_images(kept.as_ref(), live.as_ref(), granted, inventory);
    let returned = kept.as_ref().map(|kept| {
        let at = kept.view.as_of().unwrap_or(row.made);
        tags::returned(kept, at, live.as_ref(), inventory, granted)
    });
    let then = kept.as_mut().and_then(|kept| kept.tags.take());
    let page = SharedPage {
        target: row.target.clone(),
        moment: row.moment,
        shows: row.shows,
        note: row.note.clone(),
        maker_name: row.maker_name.clone(),
        team: row.bearer.team.clone(),
        made: row.made,
        expires: row.expires,
        frozen: kept,
        read,
        earlier,
        tags: tags::since(link, then, live.as_ref(), inventory, granted),
        live,
        returned: returned.unwrap_or_default(),
        is_counted_alike,
        is_named_whole: true,
        now: now(),
    };
    if row.shows.accounts {
        return Ok(page);
    }
    let mut hidden = hide::hide_accounts(&page, accounts)?;
    hidden.is_named_whole = hidden.target == page.target;
    Ok(hidden)
}

/// The images that a tag pointed at before it moved or was deleted: as it was last seen, and as the link saved it.
fn earlier_images(
    kept: Option<&Shared>,
    live: Option<&SharedNow>,
    granted: &Granted,
    inventory: &Inventory,
) -> Vec<EarlierImage> {
    let kept = kept.and_then(|kept| match &kept.view {
        SharedView::Tag(detail) => Some(&**detail),
        SharedView::Image(_) | SharedView::Repository { .. } => None,
    });
    let then = kept.map(|detail| &detail.image.digest);
    let (last, then) = match live {
        Some(SharedNow::Gone(gone)) => (gone.as_ref().map(|gone| &gone.digest), then),
        Some(SharedNow::There(Shared {
            view: SharedView::Tag(now),
            ..
        })) => (None, then.filter(|then| **then != now.image.digest)),
        Some(SharedNow::There(_) | SharedNow::Problem(_)) | None => (None, None),
    };
    let then = then.filter(|then| last != Some(*then));
    let found = last.into_iter().chain(then).filter_map(|digest| {
        let known = inventory.has_image(granted.list(), digest);
        known.as_of?;
        let saved = kept.filter(|detail| detail.image.digest == *digest);
        let saved = saved.and_then(|detail| {
            let tags = detail.image.tags.iter().map(|label| &label.tag);
            version_among(tags, Some(&detail.label.tag)).cloned()
        });
        let its_own = |now: &mut dyn Iterator<Item = (&Tag, &Digest)>| {
            let its_own = now.filter(|(_, of)| *of == digest);
            version_among(its_own.map(|(tag, _)| tag), None).cloned()
        };
        let now = || inventory.look_at_tags(granted.list(), its_own).value;
        Some(EarlierImage {
            digest: digest.clone(),
            version_tag: saved.or_else(now),
            is_there: known.value,
        })
    });
    found.collect()
}

/// Whether a repository's images are counted in the same way in both states.
fn are_counted_alike(then: &SharedView, now: &SharedView) -> bool {
    let (
        SharedView::Repository {
            detail: then_detail,
            ..
        },
        SharedView::Repository { detail, .. },
    ) = (then, now)
    else {
        return true;
    };
    folds(then) == folds(now) && then_detail.counts.are_alike(&detail.counts)
}

/// Whether a repository's images are combined with their platforms: for viewers who may read
/// manifests.
fn folds(view: &SharedView) -> bool {
    let SharedView::Repository { detail, .. } = view else {
        return false;
    };
    let reads_none = matches!(
        detail.pull,
        Section::Withheld {
            action: Action::BatchGetImage,
            ..
        }
    );
    detail.visibility == Visibility::Images && !reads_none
}
