//! Lists: the query, the appearance, and the texts about the list. The server and the islands render them the same.

use std::hash::Hash;

use leptos::prelude::*;
use model::{
    Digest, Locale, Page, RepositoryAt, Timestamp, UnreadRows,
    image::ImageRow,
    query::{ImageQuery, Pairs, RepositoryQuery, ignored},
    repository::RepositoryRow,
};
use serde::de::DeserializeOwned;

use super::section::Unavailable;
use crate::{
    components::{empty::EmptyState, pager::Pager, time::ExactTime},
    messages::{common::CommonTexts, listed},
    paths,
};

/// The query of a list: which rows match, and in which order.
pub trait ListQuery: Clone + PartialEq + Send + Sync + 'static {
    /// The rows of the list.
    type Row: Clone + PartialEq + Send + Sync + 'static;
    /// The key of a row.
    type Id: Hash + Eq + Send + Sync + 'static;
    /// The fields of the filter form.
    const FIELDS: &[&str];

    /// Reads the pairs of a query string or a form.
    fn read(pairs: Pairs<'_>) -> Self;
    /// The pairs of the query string for this query.
    fn pairs(&self) -> Vec<(&'static str, String)>;
    /// The same filter with another query's order, from the first page.
    fn ordered_as(self, other: &Self) -> Self;
    /// The rows that match, in order.
    fn matching<'a>(&self, rows: &'a [Self::Row]) -> Vec<&'a Self::Row>;
    /// The key that identifies this row.
    fn id(row: &Self::Row) -> Self::Id;
    /// How many of these rows lack what the query filters by.
    fn unread(&self, rows: &[Self::Row]) -> UnreadRows;
    /// Whether the query filters by figures. Then rows without figures never match.
    fn asks_for_figures(&self) -> bool;
}

/// Both queries consist of the same parts. The arguments name the differences.
macro_rules! list_query {
    ($query:ty, $row:ty, $id:ty, $fields:expr, $identify:expr, $unread:expr) => {
        impl ListQuery for $query {
            type Row = $row;
            type Id = $id;
            const FIELDS: &[&str] = &$fields;

            fn read(pairs: Pairs<'_>) -> Self {
                Self::from_pairs(pairs)
            }

            fn pairs(&self) -> Vec<(&'static str, String)> {
                self.to_pairs()
            }

            fn ordered_as(self, other: &Self) -> Self {
                Self {
                    sort: other.sort,
                    page: 1,
                    ..self
                }
            }

            fn matching<'a>(&self, rows: &'a [$row]) -> Vec<&'a $row> {
                self.apply(rows)
            }

            fn id(row: &$row) -> $id {
                $identify(row)
            }

            fn unread(&self, rows: &[$row]) -> UnreadRows {
                $unread(self, rows)
            }

            fn asks_for_figures(&self) -> bool {
                self.findings.is_some()
            }
        }
    };
}

list_query!(
    RepositoryQuery,
    RepositoryRow,
    RepositoryAt,
    [
        "q",
        "registry",
        "namespace",
        "team",
        "mutability",
        "severity",
        "policy"
    ],
    |row: &RepositoryRow| row.repository.clone(),
    |query: &RepositoryQuery, rows| query.unread(rows)
);
list_query!(
    ImageQuery,
    ImageRow,
    Digest,
    ["q", "tags", "severity"],
    |row: &ImageRow| row.digest.clone(),
    // All images of a repository are read at once.
    |_, _| UnreadRows::default()
);

/// The texts about a list.
#[derive(Debug, Clone, Copy)]
pub struct ListWords {
    /// The label of the table.
    pub caption: &'static str,
    /// The text for a list that is still being read.
    pub incomplete: &'static str,
    /// The text for a filter that matches no row.
    pub no_match: &'static str,
    /// The text for a filter that matches no row among those that were read.
    pub no_match_read: &'static str,
    /// What to do about it.
    pub no_match_next: &'static str,
}

/// The counts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Rows that match.
    pub matching: u32,
    /// Rows in the whole list.
    pub total: u32,
    /// Rows in the whole list that have no figures.
    pub unread: UnreadRows,
    /// Whether the query filters by figures. Then it only considers rows that have some.
    pub by_figures: bool,
}

impl Counted {
    /// How many rows the filter could find.
    pub fn read(self) -> u32 {
        self.total.saturating_sub(self.unread.total())
    }

    /// Whether rows may be missing because they were not read.
    pub fn is_partial(self) -> bool {
        self.by_figures && self.unread.total() > 0
    }
}

/// How a list is rendered. The page contains it in the attribute `data-look`, so that the browser renders the same.
pub trait ListLook<Query: ListQuery>: Clone + DeserializeOwned + Send + Sync + 'static {
    /// The language.
    fn locale(&self) -> Locale;
    /// The texts about the list.
    fn words(&self) -> ListWords;
    /// How many rows match and how many exist, in words.
    fn counted(&self, counted: Counted) -> String;
    /// The table's head, a single row.
    fn head(&self, query: &Query) -> impl IntoView + use<Self, Query>;
    /// Where else to look if no row matches: a paragraph with a link.
    fn elsewhere(&self, query: &Query) -> Option<AnyView>;
    /// A row.
    fn row(&self, row: Query::Row, now: Timestamp) -> impl IntoView + use<Self, Query>;
}

/// A page of a list as the server renders it: the counts, the table, and the links to the other pages.
pub fn list_page<Query: ListQuery>(
    page: Page<Query::Row>,
    unread: UnreadRows,
    query: &Query,
    look: &impl ListLook<Query>,
    link: impl Fn(u32) -> String + 'static,
) -> AnyView {
    let (words, locale) = (look.words(), look.locale());
    let counted = Counted {
        matching: page.matching,
        total: page.total,
        unread,
        by_figures: query.asks_for_figures(),
    };
    let count = look.counted(counted);
    let incomplete = page.incomplete.then_some(words.incomplete);
    // The browser hides it after it has fetched a complete and current list, and does not need its texts.
    let problem = page.problem.map(|problem| {
        view! { <div class="list-problem"><Unavailable problem locale /></div> }
    });
    let nothing = (page.rows.is_empty()).then(|| no_match(words, counted, look.elsewhere(query)));
    let row = |row| look.row(row, page.now);
    let rows: Vec<_> = page.rows.into_iter().map(row).collect();
    view! {
        {problem}
        <div data-static>
            <ListSummary count as_of=page.as_of incomplete locale />
            <table class="table table-fixed">
                <caption class="visually-hidden">{words.caption}</caption>
                <thead>{look.head(query)}</thead>
                <tbody>{rows}</tbody>
            </table>
            {nothing}
            <Pager number=page.number pages=page.pages link locale />
        </div>
    }
    .into_any()
}

/// The text below a table without rows.
pub fn no_match(words: ListWords, counted: Counted, elsewhere: Option<AnyView>) -> impl IntoView {
    let title = if counted.is_partial() {
        words.no_match_read
    } else {
        words.no_match
    };
    view! {
        <EmptyState title>
            <p>{words.no_match_next}</p>
            {elsewhere}
        </EmptyState>
    }
}

/// The filters in the address that are not understood, if there are any. They are ignored, so the list has more rows than
/// the address asks for.
#[component]
pub fn IgnoredFilters(
    /// The query string.
    asked: String,
    /// The filters that the list has.
    fields: &'static [&'static str],
    /// The query string pairs of the query that the list is for.
    kept: Vec<(&'static str, String)>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let ignored = paths::read_query(&asked, |asked| ignored(asked, fields, &kept));
    (!ignored.is_empty()).then(|| {
        let words = CommonTexts(locale).ignored_filters(&listed(&ignored, locale));
        view! { <p class="page-note" role="status">{words}</p> }
    })
}

/// How many rows, when they were read, whether more are being read, and why newer data is missing.
#[component]
pub fn ListSummary(
    /// How many, in words.
    count: String,
    /// When ECR answered; `None` before its first answer.
    as_of: Option<Timestamp>,
    /// The text for a list that is still being read; `None` for a complete one.
    incomplete: Option<&'static str>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let as_of = as_of.map(|at| {
        view! {
            <span>{CommonTexts(locale).as_of()} <ExactTime at /></span>
        }
    });
    view! {
        <p class="list-summary">
            <strong>{count}</strong>
            {as_of}
            {incomplete.map(|words| view! { <span class="list-incomplete">{words}</span> })}
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
