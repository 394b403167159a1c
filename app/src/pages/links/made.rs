//! The page of a new link, with its address.
//!
//! The browser that created the link keeps the address for some minutes, in a cookie that scripts cannot read, that is
//! sent to this page only, and that is valid for the session that created the link. The store only has a hash, and no
//! URL of Gantry's own pages contains the address. So the page can be reloaded, and each tab can show its own link.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    Locale,
    link::{LinkRow, LinkScope, LinkShows, LinkState, LinkTarget, MadeLink},
};

use super::{
    bound::Holder,
    draft::Cookie,
    words::{moment_words, target_words},
};
use crate::{
    components::{
        alert::{Alert, Urgency},
        copy::CopyBlock,
    },
    error::AppError,
    messages::{common::CommonTexts, links::LinksTexts, listed, shell::ShellTexts},
    pages::loaded,
    parts::image_facts::fact,
    paths,
    request::{PublicUrl, cookies},
};

/// The prefix of the cookie names. The link's ID follows.
const COOKIE: &str = "gantry_link_";

/// How long the browser keeps the address, in seconds.
const KEPT: u32 = 5 * 60;

/// The cookie that keeps the address of a link.
pub(super) fn keep(made: &MadeLink, holder: &Holder) -> Cookie {
    let name = format!("{COOKIE}{}", made.row.id);
    Cookie {
        value: holder.seal(&name, &made.token),
        name,
        path: paths::MADE_LINK,
        lasts: KEPT,
    }
}

/// The page of a new link. It shows the address as long as the browser keeps it.
#[component]
pub fn MadeLinkPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id"));
    let origin = use_context::<PublicUrl>().map(|it| it.0);
    let cookies = cookies();
    loaded(|request| async move {
        let locale = request.locale;
        let (id, origin) = (
            id.ok_or(AppError::NotFound)?,
            origin.ok_or(AppError::Internal)?,
        );
        let viewer = request.viewer()?;
        let name = format!("{COOKIE}{id}");
        let kept = cookies(&name);
        let holder = Holder::of(&request);
        let token = kept.as_deref().and_then(|kept| holder.open(&name, kept));
        let own = request.gantry.links.own(viewer, &id, token);
        let (row, opens) = own.await?;
        let path = token.filter(|_| opens && row.state == LinkState::Live);
        let path = path.map(paths::shared);
        let several = request.gantry.catalog.several_registries(viewer);
        Ok(view! { <Made row path origin=origin.to_string() several locale /> })
    })
}

/// The link, with its address if that is still known.
#[component]
fn Made(
    row: LinkRow,
    path: Option<String>,
    origin: String,
    several: bool,
    locale: Locale,
) -> impl IntoView {
    let texts = LinksTexts(locale);
    let (moment, about) = moment_words(row.moment, locale);
    let hides = hidden_words(&row.target, row.shows, texts);
    let (title, note) = match path {
        Some(_) => (texts.made_title(), texts.made_once()),
        None => (texts.made_before_title(), texts.made_before()),
    };
    let address = match &path {
        Some(path) => {
            let url = format!("{origin}{path}");
            Either::Left(view! { <CopyBlock text=url what=texts.url() locale /> })
        }
        None => Either::Right(view! {
            <Alert urgency=Urgency::Note title=texts.address_gone()>
                <p>{texts.address_gone_next()}</p>
            </Alert>
        }),
    };
    let open = path.map(|path| view! { <a class="button" href=path>{texts.open_link()}</a> " " });
    let common = CommonTexts(locale);
    view! {
        <Title text=ShellTexts(locale).title(title) />
        <header class="page-head">
            <h1>{title}</h1>
            <p class="page-note">{note}</p>
        </header>
        <div class="made-link">
            {address}
            <dl class="facts facts-wide">
                {fact(texts.shows(), target_words(&row.target, several, locale))}
                {fact(texts.moment(), view! { {moment} {common.colon()} {about} })}
                {fact(texts.ends(), view! { {row.expires.utc()} {common.stop()} {texts.for_team(row.bearer.team.as_str())} })}
                {fact(texts.hides(), hides)}
                {(!row.note.is_empty()).then(|| fact(texts.note(), row.note.clone()))}
                {fact(texts.id(), view! { <code>{row.id.clone()}</code> })}
            </dl>
            <p class="form-actions">
                {open}
                <a class="button" href=paths::target(&row.target)>{texts.back()}</a>
                <a class="button" href=paths::LINKS>{texts.to_links()}</a>
            </p>
        </div>
    }
}

fn hidden_words(target: &LinkTarget, shows: LinkShows, texts: LinksTexts) -> String {
    let is_image = matches!(target.scope, LinkScope::Image(_));
    let hidden = [
        (is_image && !shows.environment).then(|| texts.hides_environment()),
        (!shows.accounts).then(|| texts.hides_accounts()),
    ];
    let hidden: Vec<_> = hidden.into_iter().flatten().collect();
    if hidden.is_empty() {
        return texts.hides_nothing().to_owned();
    }
    listed(&hidden, texts.0)
}
