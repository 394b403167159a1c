//! Confirmation before links are revoked: which ones, and that this cannot be undone.

use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use model::{
    Locale, TeamName, Timestamp,
    link::{LinkQuery, LinkRow},
};

use super::words::target_name;
use crate::{
    components::{empty::EmptyState, time::Time},
    error::AppError,
    messages::{links::LinksTexts, shell::ShellTexts},
    pages::loaded,
    paths,
    request::Request,
};

/// Which links to revoke.
enum Which {
    These(Vec<String>),
    Maker(String),
    Team(TeamName),
}

impl Which {
    fn read(query: &str) -> Result<Self, AppError> {
        let asked = paths::read_query(query, paths::read_links);
        match (asked.maker, asked.team) {
            (Some(maker), None) => Ok(Self::Maker(maker)),
            (None, Some(team)) => Ok(Self::Team(team)),
            (None, None) => Ok(Self::These(paths::read_query(query, |it| {
                paths::read_ids(it)
            }))),
            (Some(_), Some(_)) => Err(AppError::NotFound),
        }
    }
}

/// The content of the confirmation.
struct Plan {
    /// The question.
    words: String,
    /// The links, or the newest of them.
    rows: Vec<LinkRow>,
    /// The number of links.
    count: u32,
    /// The fields that the form sends.
    fields: Vec<(&'static str, String)>,
    /// The list to return to.
    back: String,
    /// The server's current time.
    now: Timestamp,
}

/// Asks to confirm that links are revoked. Only administrators can revoke all links of a person or a team: for others
/// this page does not exist.
#[component]
pub fn RevokeLinksPage() -> impl IntoView {
    loaded(|request| async move {
        let locale = request.locale;
        let texts = LinksTexts(locale);
        let asked = paths::query_of(&request.path_and_query);
        let which = Which::read(asked)?;
        let is_none = matches!(&which, Which::These(ids) if ids.is_empty());
        let plan = match which {
            Which::These(ids) => these(&request, &ids, paths::read_return(asked)).await?,
            Which::Maker(maker) => {
                let query = LinkQuery {
                    maker: Some(maker.clone()),
                    ..LinkQuery::default()
                };
                all(&request, query, ("maker", maker)).await?
            }
            Which::Team(team) => {
                let query = LinkQuery {
                    team: Some(team.clone()),
                    ..LinkQuery::default()
                };
                all(&request, query, ("team", team.to_string())).await?
            }
        };
        let content = if is_none {
            EitherOf3::A(nothing(
                texts.confirm_none(),
                texts.confirm_none_next(),
                plan.back,
                texts,
            ))
        } else if plan.rows.is_empty() {
            EitherOf3::B(nothing(
                texts.confirm_nothing(),
                texts.confirm_nothing_next(),
                plan.back,
                texts,
            ))
        } else {
            EitherOf3::C(view! { <Confirm plan locale /> })
        };
        Ok(view! {
            <Title text=ShellTexts(locale).title(texts.confirm_title()) />
            <header class="page-head">
                <h1>{texts.confirm_title()}</h1>
            </header>
            {content}
        })
    })
}

/// The links with these IDs that the viewer may revoke.
async fn these(request: &Request, ids: &[String], back: Option<String>) -> Result<Plan, AppError> {
    let viewer = request.viewer()?;
    let (rows, now) = request.gantry.links.revocable(viewer, ids).await?;
    let texts = LinksTexts(request.locale);
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Ok(Plan {
        words: texts.confirm_these(&texts.all(count)),
        fields: rows.iter().map(|row| ("id", row.id.clone())).collect(),
        rows,
        count,
        back: back.unwrap_or_else(|| paths::LINKS.to_owned()),
        now,
    })
}

/// All links of a person or a team.
async fn all(
    request: &Request,
    query: LinkQuery,
    field: (&'static str, String),
) -> Result<Plan, AppError> {
    let viewer = request.viewer()?;
    if !viewer.admin {
        return Err(AppError::NotFound);
    }
    let query = LinkQuery {
        everybody: true,
        page: 1,
        ..query
    };
    let page = request.gantry.links.list(viewer, &query).await?.page;
    let texts = LinksTexts(request.locale);
    let count = texts.all(page.matching);
    let words = match &query.team {
        Some(team) => texts.confirm_team(&count, team.as_str()),
        None => {
            let row = page.rows.first();
            let name = row.map_or(field.1.as_str(), |row| &row.maker_name);
            texts.confirm_maker(&count, name)
        }
    };
    Ok(Plan {
        words,
        rows: page.rows,
        count: page.matching,
        fields: vec![field],
        back: paths::links(&query),
        now: page.now,
    })
}

/// Why there is nothing to confirm.
fn nothing(
    title: &'static str,
    next: &'static str,
    back: String,
    texts: LinksTexts,
) -> impl IntoView {
    view! {
        <EmptyState title>
            <p>{next}</p>
            <a class="button" href=back>{texts.to_list()}</a>
        </EmptyState>
    }
}

/// The links to be revoked, and the button that revokes them.
#[component]
fn Confirm(plan: Plan, locale: Locale) -> impl IntoView {
    let texts = LinksTexts(locale);
    let Plan {
        words,
        rows,
        count,
        fields,
        back,
        now,
    } = plan;
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let shown = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let first = (shown < count).then(|| {
        let shown = crate::components::bytes::grouped(shown);
        view! { <p>{texts.confirm_first(&shown)}</p> }
    });
    let links: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let name = target_name(&row.target);
            view! {
                <li>
                    <strong>{name}</strong> " " {row.note}
                    <span class="links-moment quiet">
                        {texts.made_by()} " " {row.maker_name} ", " <Time at=row.made now locale />
                        " · " {texts.expires()} " " {row.expires.utc()} " · " {texts.id()} " " <code>{row.id}</code>
                    </span>
                </li>
            }
        })
        .collect();
    view! {
        <form class="form" method="post" action=paths::REVOKE_LINKS>
            {fields}
            <input type="hidden" name="return" value=back.clone() />
            <p>{words}</p>
            {first}
            <ul class="links-revoked">{links}</ul>
            <p>{texts.confirm_next()}</p>
            <p class="form-actions">
                <button class="button button-primary" type="submit">{texts.confirm(&texts.all(count))}</button>
                <a class="button" href=back>{texts.cancel()}</a>
            </p>
        </form>
    }
}
