//! The notice for people who are signed in but in no team: the reason, and the next step.

use std::sync::Arc;

use access::Viewer;
use leptos::prelude::*;
use model::{ClaimsSeen, GroupsFinding, Locale};

use crate::{components::empty::EmptyState, messages::no_team::NoTeamTexts};

/// The notice: why, the person's ID at the identity provider, the groups of their sign-in, and the claims that their
/// administrator can choose from.
#[component]
pub fn NoTeam(
    /// The person.
    viewer: Viewer,
    /// The groups of their sign-in.
    groups: Arc<[String]>,
    /// The claims that Gantry looked at for groups; `None` if that is unknown.
    claims: Option<Arc<ClaimsSeen>>,
    /// The language to answer in.
    locale: Locale,
) -> impl IntoView {
    let texts = NoTeamTexts(locale);
    let claims = claims.as_deref();
    let reason = match claims {
        _ if viewer.admin => texts.administrator().to_owned(),
        Some(seen) => reason(seen, texts),
        None if groups.is_empty() => texts.no_groups().to_owned(),
        None => texts.unmapped().to_owned(),
    };
    let looked_at = claims.map(|seen| {
        view! { <Names label=texts.looked_at() names=vec![seen.claim.clone()] /> }
    });
    let names = claims.map(|seen| {
        let more = (seen.more > 0).then(|| texts.more(seen.more));
        view! { <Names label=texts.claims() names=seen.names.clone() more /> }
    });
    // Issuers are URLs, so the first space ends the issuer.
    let (issuer, subject) = viewer.id.as_str().split_once(' ').unwrap_or_default();
    let (issuer, subject) = (vec![issuer.to_owned()], vec![subject.to_owned()]);
    view! {
        <EmptyState title=texts.title()>
            <p>{reason} {crate::messages::gap(locale)} {texts.policies_decide()}</p>
            <Names label=texts.name() names=vec![viewer.name.to_string()] />
            <Names label=texts.subject() names=subject />
            <Names label=texts.issuer() names=issuer />
            <Names label=texts.your_groups() names=groups.to_vec() />
            {looked_at}
            {names}
        </EmptyState>
    }
}

fn reason(seen: &ClaimsSeen, texts: NoTeamTexts) -> String {
    match seen.finding {
        GroupsFinding::Groups => texts.unmapped().to_owned(),
        GroupsFinding::Empty => texts.empty(&seen.claim),
        GroupsFinding::Unreadable => texts.unreadable(&seen.claim),
        GroupsFinding::Absent => texts.absent(&seen.claim),
        GroupsFinding::TooMany => texts.too_many(&seen.claim),
    }
}

/// A labelled list of names, if it has any.
#[component]
fn Names(
    label: &'static str,
    names: Vec<String>,
    #[prop(optional_no_strip)] more: Option<String>,
) -> impl IntoView {
    (!names.is_empty()).then(|| {
        let items: Vec<_> = names
            .into_iter()
            .map(|name| view! { <li><code>{name}</code></li> })
            .collect();
        view! {
            <p class="quiet">{label}</p>
            <ul class="words">{items} {more.map(|more| view! { <li>{more}</li> })}</ul>
        }
    })
}
