//! The table of repositories, rendered the same on the server and in the browser.

use leptos::{either::Either, prelude::*};
use model::{
    Locale, RegistryAlias, Timestamp, Visibility,
    query::{RepositoryColumn, RepositoryQuery},
    registry::MixedRegistries,
    repository::{Mutability, PolicyState, RepositoryRow},
};
use serde::{Deserialize, Serialize};

use super::{
    findings::ScanSummaryWords,
    list::{Counted, ListLook, ListWords},
    name::RepositoryWords,
    registries::{in_registries, registry_cell},
};
use crate::{
    components::{
        badge::Badge,
        bytes::{Bytes, grouped},
        sort::SortHead,
        time::Time,
    },
    messages::{
        common::CommonTexts, images::ImagesTexts, registries::RegistriesTexts,
        repositories::RepositoriesTexts,
    },
    paths,
};

/// How the list of repositories is rendered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RepositoriesLook {
    /// The language.
    pub locale: Locale,
    /// The registries that the list names, if its rows are from several.
    pub mixed: Option<MixedRegistries>,
    /// The registry whose page contains the list.
    pub within: Option<RegistryAlias>,
    /// Whether all rows are an administrator's review: then there are no figures, and no columns of figures.
    pub names_only: bool,
}

impl RepositoriesLook {
    /// The columns of the table, in order.
    fn columns(&self) -> impl Iterator<Item = RepositoryColumn> {
        let (has_registry, names_only) = (self.mixed.is_some(), self.names_only);
        RepositoryColumn::ALL
            .into_iter()
            .filter(move |column| match column {
                RepositoryColumn::Registry => has_registry,
                RepositoryColumn::Name | RepositoryColumn::Policy => true,
                _ => !names_only,
            })
    }
}

impl ListLook<RepositoryQuery> for RepositoriesLook {
    fn locale(&self) -> Locale {
        self.locale
    }

    fn words(&self) -> ListWords {
        let texts = RepositoriesTexts(self.locale);
        ListWords {
            caption: texts.caption(),
            incomplete: texts.incomplete(),
            no_match: texts.no_match(),
            no_match_read: texts.no_match_read(),
            no_match_next: texts.no_match_next(),
        }
    }

    fn counted(&self, counted: Counted) -> String {
        let texts = RepositoriesTexts(self.locale);
        let (matching, total) = (counted.matching, counted.total);
        let shown = if counted.is_partial() {
            texts.counted_read(&grouped(matching), &grouped(counted.read()))
        } else if matching == total {
            texts.all(total)
        } else {
            texts.counted(&grouped(matching), &grouped(total))
        };
        let shown = match &self.mixed {
            Some(mixed) => in_registries(&shown, mixed, self.locale),
            None => shown,
        };
        let (waiting, failed) = (counted.unread.waiting, counted.unread.failed);
        let waiting = (waiting > 0).then(|| texts.unread(&grouped(waiting)));
        let failed = (failed > 0).then(|| texts.failed(&grouped(failed)));
        let withheld = counted.by_figures.then_some(counted.unread.withheld);
        let withheld = withheld.filter(|count| *count > 0);
        let withheld = withheld.map(|count| texts.withheld(count));
        let some = |count: u32| Some(count).filter(|count| *count > 0);
        let mutability = some(counted.unread.mutability_withheld);
        let mutability = mutability.map(|count| texts.mutability_withheld(count));
        let policies = some(counted.unread.policies_withheld);
        let policies = policies.map(|count| texts.policies_withheld(count));
        let unread = some(counted.unread.policies_unread).map(|count| texts.policies_unread(count));
        let parts = [
            Some(shown),
            waiting,
            failed,
            withheld,
            mutability,
            policies,
            unread,
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.join(texts.semicolon())
    }

    /// People look here for a tag, too.
    fn elsewhere(&self, query: &RepositoryQuery) -> Option<AnyView> {
        let text = query.text.trim();
        let words = RepositoriesTexts(self.locale).search_tags(text);
        let href = paths::with_query(paths::SEARCH, [("q", text)]);
        (!text.is_empty()).then(|| view! { <p><a href=href>{words}</a></p> }.into_any())
    }

    fn head(&self, query: &RepositoryQuery) -> impl IntoView + use<> {
        repository_head(query, self)
    }

    fn row(&self, row: RepositoryRow, now: Timestamp) -> impl IntoView + use<> {
        let mixed = self.mixed.as_ref();
        let place = mixed.map(|mixed| mixed.place(&row.repository.registry).to_owned());
        let names_only = self.names_only;
        view! { <RepositoryTableRow row place names_only now locale=self.locale /> }
    }
}

/// The head of the table. Every column sorts.
fn repository_head(query: &RepositoryQuery, look: &RepositoriesLook) -> impl IntoView + use<> {
    let locale = look.locale;
    let heads = look.columns().map(|column| {
        let sort = query.sort.clicked(column, column.descending_first());
        let sorted = RepositoryQuery {
            sort,
            page: 1,
            ..query.clone()
        };
        let descending = (query.sort.column == column).then_some(query.sort.descending);
        view! {
            <SortHead
                column=column.as_str()
                label=column_label(column, locale)
                href=paths::repositories_in(look.within.as_ref(), &sorted)
                descending
                number=is_number(column)
                locale
            />
        }
    });
    view! { <tr>{heads.collect_view()}</tr> }
}

/// A repository's row.
#[component]
fn RepositoryTableRow(
    row: RepositoryRow,
    /// The account and region of its registry, if rows name the registry.
    place: Option<String>,
    /// Whether the table has no columns of figures.
    names_only: bool,
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = RepositoriesTexts(locale);
    let label = |column| column_label(column, locale);
    let registry = place.map(|place| registry_cell(&row.repository.registry, place, locale));
    let figures = (!names_only).then(|| figure_cells(&row, now, locale));
    view! {
        <tr data-row>
            <th scope="row">
                <NameCell row=row.clone() locale />
            </th>
            {registry}
            {figures}
            <td data-label=label(RepositoryColumn::Policy)>{policy_word(row.policy, texts)}</td>
        </tr>
    }
}

/// The cells from the team to the mutability.
fn figure_cells(row: &RepositoryRow, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let texts = RepositoriesTexts(locale);
    let label = |column| column_label(column, locale);
    let number = |count: Option<u32>| count.map(grouped);
    let unread = row.is_unread().then(|| {
        let (words, why) = match row.problem {
            Some(_) => (texts.not_readable(), Some(texts.not_readable_why())),
            None => (texts.not_read(), None),
        };
        view! { <span class="quiet" title=why>{words}</span> }
    });
    let scans = row.scans.map(|scans| match row.images {
        Some(0) => {
            Either::Left(view! { <span class="quiet">{ImagesTexts(locale).no_images()}</span> })
        }
        _ => Either::Right(view! { <ScanSummaryWords scans locale /> }),
    });
    let tags_only = row.visibility == Visibility::Tags;
    let figures_hidden = || tags_only.then(|| hidden(texts.figures_hidden()));
    let at_most = row.counts_platforms.then(|| {
        let why = texts.at_most();
        view! {
            <span title=why>
                <span aria-hidden="true">"≤"</span>
                <span class="visually-hidden">{why}</span>
            </span>
        }
    });
    let never_pushed = (row.images == Some(0) && row.pushed.is_none() && !tags_only)
        .then(|| hidden(ImagesTexts(locale).no_images()));
    // An administrator's review only includes names and policies.
    let mutability = match (row.mutability.clone(), row.visibility) {
        (Some(mutability), _) => Some(Either::Left(view! { <MutabilityWord mutability locale /> })),
        (None, Visibility::Name) => None,
        (None, _) => Some(Either::Right(hidden(texts.mutability_hidden()))),
    };
    view! {
        <td class="through-team" data-label=label(RepositoryColumn::Team)>{team_names(row, texts)}</td>
        <td class="number" data-label=label(RepositoryColumn::Images)>
            {at_most} {number(row.images)} {unread}
        </td>
        <td class="number" data-label=label(RepositoryColumn::Tags)>{number(row.tags)}</td>
        <td class="number" data-label=label(RepositoryColumn::Size)>
            {row.size.map(|count| view! { <Bytes count locale /> })} {figures_hidden()}
        </td>
        <td class="number" data-label=label(RepositoryColumn::Pushed)>
            {row.pushed.map(|at| view! { <Time at now in_row=true locale /> })} {never_pushed}
            {figures_hidden()}
        </td>
        <td data-label=label(RepositoryColumn::Findings)>{scans} {figures_hidden()}</td>
        <td data-label=label(RepositoryColumn::Mutability)>{mutability}</td>
    }
}

/// The name with a lighter namespace, and a remark on what is not shown of the repository.
#[component]
fn NameCell(row: RepositoryRow, locale: Locale) -> impl IntoView {
    let texts = RepositoriesTexts(locale);
    let href = match row.visibility {
        Visibility::Name => paths::policy(&row.repository),
        Visibility::Tags | Visibility::Images => paths::repository(&row.repository),
    };
    let limit = match row.visibility {
        Visibility::Images => None,
        Visibility::Tags => Some((texts.tags_only(), texts.tags_only_why())),
        Visibility::Name => Some((texts.name_only(), texts.name_only_why())),
    };
    view! {
        <a class="repository-name" href=href data-row-link>
            <RepositoryWords name=row.repository.name />
        </a>
        {limit.map(|(label, title)| view! { <Badge look="plain" label title /> })}
    }
}

/// Whether tags may move, with the exceptions on hover.
#[component]
pub fn MutabilityWord(
    /// Whether tags may move.
    mutability: Mutability,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let exceptions = match &mutability {
        Mutability::Mutable | Mutability::Immutable => None,
        Mutability::MutableExcept(filters) | Mutability::ImmutableExcept(filters) => {
            Some(RepositoriesTexts(locale).except(&filters.join(CommonTexts(locale).list_comma())))
        }
    };
    view! { <span title=exceptions>{mutability_word(mutability.as_str(), locale)}</span> }
}

/// The text for a mutability, by its value in URLs.
pub fn mutability_word(mutability: &str, locale: Locale) -> &'static str {
    let texts = RepositoriesTexts(locale);
    match mutability {
        "immutable" => texts.immutable(),
        "mutable-except" => texts.mutable_except(),
        "immutable-except" => texts.immutable_except(),
        _ => texts.mutable(),
    }
}

/// A repository's namespace with the slash, and the rest of its name.
pub fn split_name(name: &str) -> (&str, &str) {
    name.rfind('/')
        .map_or(("", name), |slash| name.split_at(slash + 1))
}

fn team_names(row: &RepositoryRow, texts: RepositoriesTexts) -> String {
    if row.teams.is_empty() {
        return texts.review().to_owned();
    }
    let names: Vec<_> = row.teams.iter().map(|team| team.as_str()).collect();
    names.join(", ")
}

fn policy_word(policy: PolicyState, texts: RepositoriesTexts) -> impl IntoView {
    match policy {
        PolicyState::Set => Either::Left(texts.policy_set()),
        PolicyState::NotSet => Either::Left(texts.policy_not_set()),
        PolicyState::Unread => Either::Right(hidden(texts.policy_unread())),
        PolicyState::Withheld => Either::Right(hidden(texts.policy_hidden())),
    }
}

/// The content of a cell that has nothing to show, and the reason.
fn hidden(why: &'static str) -> impl IntoView {
    view! {
        <span class="quiet" title=why>
            <span aria-hidden="true">"–"</span>
            <span class="visually-hidden">{why}</span>
        </span>
    }
}

fn column_label(column: RepositoryColumn, locale: Locale) -> &'static str {
    let texts = RepositoriesTexts(locale);
    match column {
        RepositoryColumn::Name => texts.name(),
        RepositoryColumn::Registry => RegistriesTexts(locale).registry(),
        RepositoryColumn::Team => texts.through_team(),
        RepositoryColumn::Images => texts.images(),
        RepositoryColumn::Tags => texts.tags(),
        RepositoryColumn::Size => texts.size(),
        RepositoryColumn::Pushed => texts.pushed(),
        RepositoryColumn::Findings => texts.worst(),
        RepositoryColumn::Mutability => texts.mutability(),
        RepositoryColumn::Policy => texts.policy(),
    }
}

fn is_number(column: RepositoryColumn) -> bool {
    matches!(
        column,
        RepositoryColumn::Images
            | RepositoryColumn::Tags
            | RepositoryColumn::Size
            | RepositoryColumn::Pushed
    )
}

#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests;
