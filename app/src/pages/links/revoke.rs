//! Before all links of a person or a team end: how many, and whose.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use model::{TeamName, link::LinkQuery};

use crate::{
    components::empty::EmptyState,
    error::AppError,
    messages::{links::LinksTexts, shell::ShellTexts},
    pages::loaded,
    paths,
};

/// Whose links shall end.
enum Whose {
    Maker(String),
    Team(TeamName),
}

/// Asks whether all links of a person or a team shall end. For administrators; for others there is no
/// such page.
#[component]
pub fn RevokeLinksPage() -> impl IntoView {
    loaded(|request| async move {
        let locale = request.locale;
        let texts = LinksTexts(locale);
        let viewer = request.viewer()?;
        let asked = paths::read_query(paths::query_of(&request.path_and_query), paths::read_links);
        let whose = match (asked.maker, asked.team) {
            (Some(maker), None) => Whose::Maker(maker),
            (None, Some(team)) => Whose::Team(team),
            _ => return Err(AppError::NotFound),
        };
        if !viewer.admin {
            return Err(AppError::NotFound);
        }
        let mut query = LinkQuery {
            everybody: true,
            page: 1,
            ..LinkQuery::default()
        };
        match &whose {
            Whose::Maker(maker) => query.maker = Some(maker.clone()),
            Whose::Team(team) => query.team = Some(team.clone()),
        }
        let list = request.gantry.links(viewer, &query).await?;
        let count = texts.all(list.page.matching);
        let (said, field, value) = match whose {
            Whose::Maker(maker) => {
                let row = list.page.rows.first();
                let name = row.map_or(maker.as_str(), |row| &row.maker_name);
                (texts.confirm_maker(&count, name), "maker", maker)
            }
            Whose::Team(team) => {
                let said = texts.confirm_team(&count, team.as_str());
                (said, "team", team.to_string())
            }
        };
        let back = paths::links(&query);
        let content = if list.page.matching == 0 {
            Either::Left(view! {
                <EmptyState title=texts.confirm_nothing()>
                    <a class="button" href=back>{texts.title()}</a>
                </EmptyState>
            })
        } else {
            Either::Right(view! {
                <form class="form" method="post" action=paths::REVOKE_LINKS>
                    <input type="hidden" name=field value=value />
                    <input type="hidden" name="return" value=back.clone() />
                    <p>{said}</p>
                    <p>{texts.confirm_next()}</p>
                    <p class="form-actions">
                        <button class="button button-primary" type="submit">{texts.confirm(&count)}</button>
                        <a class="button" href=back>{texts.cancel()}</a>
                    </p>
                </form>
            })
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
