//! The list of share links: the viewer's own and, for administrators, those of all users.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{
    Locale, Page, Timestamp,
    link::{LinkList, LinkQuery, LinkRow, LinkState},
};

use super::words::{day, moment_words, state_words, target_name, target_words};
use crate::{
    components::{
        alert::{Alert, Urgency},
        badge::Badge,
        bytes::grouped,
        empty::EmptyState,
        filter::FilterBox,
        pager::Pager,
        time::Time,
    },
    messages::{links::LinksTexts, registries::RegistriesTexts, shell::ShellTexts},
    pages::loaded,
    parts::{list::ListSummary, name::breakable},
    paths,
};

/// The list of links, as the URL asks.
#[component]
pub fn LinksPage() -> impl IntoView {
    loaded(|request| async move {
        let (locale, texts) = (request.locale, LinksTexts(request.locale));
        let viewer = request.viewer()?;
        let asked = paths::query_of(&request.path_and_query);
        let query = paths::read_query(asked, paths::read_links);
        let list = request.gantry.links.list(viewer, &query).await?;
        let revoked = paths::read_revoked(request.notice()).map(|count| {
            view! {
                <div role="status">
                    <Alert urgency=Urgency::Note title=texts.revoked(count)>""</Alert>
                </div>
            }
        });
        // In an empty list, only an administrator has filters to choose from.
        let filters = (list.page.total > 0 || viewer.admin).then(|| {
            view! { <Filters query=query.clone() admin=viewer.admin locale /> }
        });
        let content = if list.page.total == 0 {
            let title = if list.everybody {
                texts.empty_all()
            } else {
                texts.empty()
            };
            let next = if viewer.teams.is_empty() {
                texts.empty_no_team()
            } else {
                texts.empty_next()
            };
            Either::Left(view! {
                <EmptyState title>
                    <p>{next}</p>
                    <a class="button" href=paths::REPOSITORIES>
                        {ShellTexts(locale).repositories()}
                    </a>
                </EmptyState>
            })
        } else {
            let reader = Reader {
                id: viewer.id.as_str().to_owned(),
                knows_several_registries: request.gantry.catalog.several_registries(viewer),
            };
            Either::Right(view! { <List list reader query=query.clone() locale /> })
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.title()) />
            <header class="page-head">
                <h1>{texts.title()}</h1>
                <p class="page-note">{texts.about()}</p>
            </header>
            {revoked}
            {filters}
            {content}
        })
    })
}

/// The reader of the list.
#[derive(Debug, Clone)]
struct Reader {
    /// The ID of their sign-in.
    id: String,
    /// Whether a repository's name alone is ambiguous, because there are several registries.
    knows_several_registries: bool,
}

/// The filter form: a plain GET.
#[component]
fn Filters(query: LinkQuery, admin: bool, locale: Locale) -> impl IntoView {
    let texts = LinksTexts(locale);
    let kept = paths::link_pairs(&query)
        .into_iter()
        .filter(|(key, _)| matches!(*key, "registry" | "name" | "maker" | "team"))
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect_view();
    let everybody = admin.then(|| check("everybody", query.everybody, texts.everybody()));
    let narrows = query
        != LinkQuery {
            page: query.page,
            ..LinkQuery::default()
        };
    let clear = narrows.then(|| view! { <a class="button" href=paths::LINKS>{texts.clear()}</a> });
    view! {
        <form
            class="filters"
            method="get"
            action=paths::LINKS
            role="search"
            aria-label=texts.filter()
        >
            <FilterBox label=texts.filter() hint=texts.filter_hint() value=query.text />
            {check("ended", query.ended, texts.ended())}
            {everybody}
            {kept}
            <button class="button" type="submit">{texts.apply()}</button>
            {clear}
        </form>
    }
}

fn check(name: &'static str, checked: bool, label: &'static str) -> impl IntoView {
    view! {
        <label class="filter-check">
            <input type="checkbox" name=name value="on" checked=checked />
            {label}
        </label>
    }
}

/// The other filters, the counts, and the table inside the form that revokes links.
#[component]
fn List(list: LinkList, reader: Reader, query: LinkQuery, locale: Locale) -> impl IntoView {
    let texts = LinksTexts(locale);
    let LinkList { page, everybody } = list;
    let count = if page.matching == page.total {
        texts.all(page.total)
    } else {
        texts.counted(&grouped(page.matching), &grouped(page.total))
    };
    let Page {
        number,
        pages,
        incomplete,
        now,
        ..
    } = page;
    let incomplete = incomplete.then(|| texts.newest_only());
    let several = reader.knows_several_registries;
    let narrowed = narrowed(&query, &page.rows, everybody, several, locale);
    let others = (!everybody && query.repository.is_some())
        .then(|| view! { <p class="quiet">{texts.only_mine()}</p> });
    let here = paths::links(&query);
    let table = if page.rows.is_empty() {
        Either::Left(view! {
            <EmptyState title=texts.no_match()>
                <p>{texts.no_match_next()}</p>
            </EmptyState>
        })
    } else {
        Either::Right(
            view! { <Table rows=page.rows reader everybody query=query.clone() here now locale /> },
        )
    };
    let link = move |page| {
        paths::links(&LinkQuery {
            page,
            ..query.clone()
        })
    };
    view! {
        {narrowed}
        <ListSummary count as_of=None incomplete locale />
        {others}
        {table}
        <Pager number pages link locale />
    }
}

/// The person or team whose links are listed, and the button that revokes all of them.
fn narrowed(
    query: &LinkQuery,
    rows: &[LinkRow],
    everybody: bool,
    several_registries: bool,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = LinksTexts(locale);
    let maker = query.maker.as_deref().map(|maker| {
        let name = rows
            .iter()
            .find(|row| row.maker == maker)
            .map_or(maker, |row| &row.maker_name);
        (texts.of_maker(name), Some(paths::revoke_maker(maker)))
    });
    let team = query
        .team
        .as_ref()
        .map(|team| (texts.of_team(team.as_str()), Some(paths::revoke_team(team))));
    let repository = query.repository.as_ref().map(|repository| {
        let words = texts.of_repository(repository.name.as_str());
        let words = if several_registries {
            RegistriesTexts(locale).and_registry(&words, repository.registry.as_str())
        } else {
            words
        };
        (words, None)
    });
    let items: Vec<_> = [maker, team, repository]
        .into_iter()
        .flatten()
        .map(|(words, revoke)| {
            let revoke = revoke
                .filter(|_| everybody)
                .map(|href| view! { <a class="button" href=href>{texts.revoke_all()}</a> });
            view! { <li><strong>{words}</strong> " " {revoke}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="links-narrowed">{items}</ul> })
}

/// The links, inside a form that revokes the ticked ones, or the one whose button was pressed.
#[component]
fn Table(
    rows: Vec<LinkRow>,
    reader: Reader,
    everybody: bool,
    query: LinkQuery,
    here: String,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LinksTexts(locale);
    let revocable = rows.iter().any(|row| row.state.can_be_revoked());
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| view! { <Row is_mine=row.maker == reader.id several=reader.knows_several_registries row everybody query=query.clone() now locale /> })
        .collect();
    let selected = revocable.then(|| {
        view! { <p class="form-actions"><button class="button" type="submit">{texts.revoke_selected()}</button></p> }
    });
    view! {
        <form method="get" action=paths::REVOKE_LINKS>
            <input type="hidden" name="return" value=here />
            <table class="table links-table">
                <caption class="visually-hidden">{texts.caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="links-select">
                            <span class="visually-hidden">{texts.select()}</span>
                        </th>
                        <th scope="col">{texts.scope()}</th>
                        <th scope="col">{texts.for_what()}</th>
                        <th scope="col">{texts.made_by()}</th>
                        <th scope="col">{texts.team()}</th>
                        <th scope="col" class="number">{texts.expires()}</th>
                        <th scope="col" class="number" title=texts.views_hint()>{texts.views()}</th>
                        <th scope="col">{texts.state()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {selected}
        </form>
    }
}

#[component]
fn Row(
    row: LinkRow,
    is_mine: bool,
    several: bool,
    everybody: bool,
    query: LinkQuery,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LinksTexts(locale);
    let is_live = row.state.can_be_revoked();
    let name = target_name(&row.target);
    let select = is_live.then(|| {
        let label = texts.select_link(&name);
        view! { <input type="checkbox" name="id" value=row.id.clone() aria-label=label autocomplete="off" /> }
    });
    let (moment, about) = moment_words(row.moment, locale);
    let note = if row.note.is_empty() {
        Either::Left(view! { <span class="quiet" aria-hidden="true">"–"</span> })
    } else {
        Either::Right(row.note.clone())
    };
    let base = LinkQuery {
        everybody,
        ended: query.ended,
        ..LinkQuery::default()
    };
    let maker = everybody.then(|| {
        paths::links(&LinkQuery {
            maker: Some(row.maker.clone()),
            ..base.clone()
        })
    });
    let team = everybody.then(|| {
        paths::links(&LinkQuery {
            team: Some(row.bearer.team.clone()),
            ..base
        })
    });
    let role = row.bearer.principal.to_string();
    // Only the viewer's own targets are links: an administrator may not see what others share.
    let href = is_mine.then(|| paths::target(&row.target));
    let words = target_words(&row.target, several, locale);
    let expires = row.expires;
    let registry = several.then(
        || view! { <span class="links-registry quiet">{row.target.repository.registry.to_string()}</span> },
    );
    let id = id_of(&row, everybody, texts);
    view! {
        <tr data-row>
            <td class="links-select">{select}</td>
            <th scope="row">
                <span title=words>{perhaps_linked(href, breakable(&name))}</span>
                {registry}
                <span class="links-moment quiet" title=about>{moment}</span>
                {id}
            </th>
            <td class="links-note" data-label=texts.for_what()>{note}</td>
            <td class="links-maker" data-label=texts.made_by()>
                {perhaps_linked(maker, row.maker_name.clone())} " "
                <span class="quiet"><Time at=row.made now in_row=true locale /></span>
            </td>
            <td data-label=texts.team()>
                <span title=role>{perhaps_linked(team, row.bearer.team.to_string())}</span>
            </td>
            <td class="number" data-label=texts.expires()>
                <time datetime=expires.rfc3339() title=expires.utc()>{day(expires)}</time>
            </td>
            <td class="number" data-label=texts.views()>{views(&row, now, locale)}</td>
            <td data-label=texts.state()>{state(&row, is_live, now, locale)}</td>
        </tr>
    }
}

/// The ID, as in the audit log. For administrators, a link to its rows.
fn id_of(row: &LinkRow, everybody: bool, texts: LinksTexts) -> impl IntoView + use<> {
    let id = row.id.clone();
    let words = if everybody {
        let (href, label) = (paths::audit_about(&id), texts.to_audit_of(&id));
        Either::Left(view! { <a href=href aria-label=label><code>{id}</code></a> })
    } else {
        Either::Right(view! { <code>{id}</code> })
    };
    view! { <span class="links-moment quiet" title=texts.id_hint()>{texts.id()} " " {words}</span> }
}

/// The state and, for a live link, the button that revokes it.
fn state(row: &LinkRow, is_live: bool, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let texts = LinksTexts(locale);
    let (look, label) = state_words(row.state, locale);
    let by = row.revoked.as_ref().map(|(at, name)| {
        let when = crate::components::time::relative(*at, now, locale);
        view! { <span class="quiet">{texts.revoked_by(name, &when)}</span> }
    });
    let revoke = is_live.then(|| {
        let label = texts.revoke_this(&target_name(&row.target));
        view! {
            <button class="button button-small" type="submit" name="only" value=row.id.clone() aria-label=label>
                {texts.revoke()}
            </button>
        }
    });
    let why = (row.state == LinkState::Closed).then(|| {
        view! { <span class="quiet">{texts.state_closed_about()}</span> }
    });
    view! { <span class="links-state"><Badge look label /> {why} {by} {revoke}</span> }
}

/// How often the link was opened, and when and from where last.
fn views(row: &LinkRow, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let texts = LinksTexts(locale);
    let Some((at, network)) = row.viewed.clone() else {
        return Either::Left(view! { <span class="quiet">{texts.never_viewed()}</span> });
    };
    let network = network.map(|network| {
        view! { <span title=texts.network_hint()>" "{texts.from(&network)}</span> }
    });
    Either::Right(view! {
        {grouped(row.views)}
        <span class="links-viewed quiet">
            {texts.last_viewed()} " " <Time at now in_row=true locale /> {network}
        </span>
    })
}

fn perhaps_linked(href: Option<String>, words: impl IntoView) -> impl IntoView {
    match href {
        Some(href) => Either::Left(view! { <a href=href>{words}</a> }),
        None => Either::Right(words),
    }
}
