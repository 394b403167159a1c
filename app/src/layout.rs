//! The frame of every page: header, footer, and the islands that every page has.

use leptos::prelude::*;
use model::{Locale, SignInWay, Theme, ViewerSummary};

use crate::{
    components::{
        help::KeyboardHelp,
        icon::{Icon, IconSheet},
    },
    islands::{behaviours::Behaviours, palette::Palette},
    messages::shell::ShellTexts,
    paths,
    request::Request,
};

/// The page's frame.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let request = Request::current().ok();
    let locale = request
        .as_ref()
        .map(|request| request.locale)
        .unwrap_or_default();
    let texts = ShellTexts(locale);
    let signed_in = request
        .as_ref()
        .is_some_and(|request| request.viewer.is_some());
    let id = request
        .as_ref()
        .map(|request| request.request_origin.request.to_string());
    view! {
        <a class="skip" href="#content">{texts.skip()}</a>
        <IconSheet />
        {request.map(|request| view! { <Header request /> }.into_any())}
        <main id="content" tabindex="-1">{children()}</main>
        <footer class="footer">
            <span>{texts.version(env!("CARGO_PKG_VERSION"))}</span>
            {id.map(|id| view! { <span class="footer-request">{texts.request(&id)}</span> })}
        </footer>
        {view! { <KeyboardHelp locale /> }.into_any()}
        {signed_in.then(|| view! { <Palette /> }.into_any())}
        <Behaviours />
    }
    // A view's type contains the types of all its children. Without erasing some, compilers give up.
    .into_any()
}

/// The product's name, the main links, and the account menu.
#[component]
fn Header(request: Request) -> impl IntoView {
    let texts = ShellTexts(request.locale);
    let here = request.path_and_query.to_string();
    let viewer = request.viewer.as_ref().map(access::Viewer::summary);
    let has_sessions = *request.sign_in != SignInWay::LoadBalancer;
    let has_links = request.gantry.links.settings().enabled;
    let navigation = viewer.as_ref().map(|viewer| {
        // The palette lists the links that are marked as pages.
        let link = |path: &'static str, label: &'static str| {
            let current = paths::current(path, &here);
            view! { <a href=path aria-current=current data-page>{label}</a> }
        };
        view! {
            <nav class="header-nav" aria-label=texts.main_navigation()>
                {link(paths::REPOSITORIES, texts.repositories())}
                {has_links.then(|| link(paths::LINKS, texts.links()))}
                {link(paths::ACCESS, texts.access())}
                {viewer.admin.then(|| link(paths::AUDIT, texts.audit()))}
                {viewer.admin.then(|| link(paths::SIGNED_IN, texts.people()))}
            </nav>
            <Search locale=request.locale />
        }
    });
    view! {
        <header class="header">
            <a class="header-product" href="/" aria-label=texts.product()>
                <Icon name="gantry" />
                <span>{texts.product()}</span>
            </a>
            {navigation}
            <AccountMenu viewer has_sessions locale=request.locale theme=request.preferences.theme here />
        </header>
    }
}

/// The button that opens the palette. Without JavaScript, a link to the search page.
#[component]
fn Search(locale: Locale) -> impl IntoView {
    let texts = ShellTexts(locale);
    view! {
        <button type="button" class="header-search with-script" aria-label=texts.search() aria-haspopup="dialog" data-open-palette>
            <Icon name="search" />
            <span>{texts.search()}</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
        <a class="header-search without-script" href=paths::SEARCH aria-label=texts.search()>
            <Icon name="search" />
            <span>{texts.search()}</span>
        </a>
    }
}

/// The account menu: the signed-in person, theme, language and sign-out. The browser opens and closes it without
/// JavaScript.
#[component]
fn AccountMenu(
    viewer: Option<ViewerSummary>,
    /// Whether Gantry has sessions of its own, which people can end from anywhere.
    has_sessions: bool,
    locale: Locale,
    theme: Theme,
    here: String,
) -> impl IntoView {
    let texts = ShellTexts(locale);
    let label = viewer
        .as_ref()
        .map_or_else(String::new, |viewer| viewer.name.clone());
    let person = viewer.map(|viewer| view! { <Person viewer has_sessions locale /> });
    let themes = Theme::ALL.map(|choice| {
        let label = match choice {
            Theme::System => texts.theme_system(),
            Theme::Light => texts.theme_light(),
            Theme::Dark => texts.theme_dark(),
        };
        choice_button("theme", choice.as_str(), label, None, choice == theme)
    });
    // Each language in its own words, for readers who do not know the current one.
    let locales = words::LANGUAGES.map(|choice| {
        choice_button(
            "locale",
            choice.as_str(),
            words::own_name(choice),
            Some(choice.lang()),
            choice == locale,
        )
    });
    view! {
        <div class="menu">
            <button type="button" class="menu-button" popovertarget="account" aria-label=texts.account_menu()>
                <Icon name="person" />
                <span class="menu-name">{label}</span>
            </button>
            <div id="account" class="menu-body" popover="auto">
                {person}
                <form class="choice" method="post" action=paths::PREFERENCES>
                    <input type="hidden" name="return" value=here.clone() />
                    <p class="choice-name">{texts.theme()}</p>
                    <div class="choice-buttons" role="group" aria-label=texts.theme()>{themes}</div>
                    <p class="choice-name">{texts.language()}</p>
                    <div class="choice-buttons" role="group" aria-label=texts.language()>{locales}</div>
                </form>
            </div>
        </div>
    }
}

/// The signed-in person, their teams and the sign-out button.
#[component]
fn Person(viewer: ViewerSummary, has_sessions: bool, locale: Locale) -> impl IntoView {
    let texts = ShellTexts(locale);
    let everywhere = has_sessions.then(|| {
        view! {
            <button class="button" type="submit" name="everywhere" value="true">
                {texts.sign_out_everywhere()}
            </button>
        }
    });
    let teams = match viewer.teams.as_slice() {
        [] => texts.no_teams().to_owned(),
        teams => teams
            .iter()
            .map(|team| team.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    };
    let admin = viewer
        .admin
        .then(|| format!(" · {}", texts.administrator()));
    view! {
        <div class="menu-person">
            <p class="menu-person-name">{viewer.name}</p>
            <p class="menu-person-teams">{teams}{admin}</p>
            <p><a href=paths::SESSIONS data-page>{texts.sessions()}</a></p>
        </div>
        <form class="menu-sign-out" method="post" action=paths::SIGN_OUT>
            <button class="button" type="submit">{texts.sign_out()}</button>
            {everywhere}
        </form>
    }
}

fn choice_button(
    field: &'static str,
    value: &'static str,
    label: &'static str,
    lang: Option<&'static str>,
    chosen: bool,
) -> impl IntoView {
    view! {
        <button type="submit" name=field value=value lang=lang aria-pressed=chosen.to_string()>
            {label}
        </button>
    }
}
