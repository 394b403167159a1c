//! Lists that answer while one types.
//!
//! The server renders a list's first rows, its form and its links; all of it works by itself. When
//! somebody first types, chooses or sorts, the browser fetches the whole list once, and from then on
//! filters and sorts by itself, by the same code as the server, and keeps the URL in step.

use std::hash::Hash;

use leptos::{ev, prelude::*, task::spawn_local};
use model::{
    PAGE_ROWS, Whole,
    query::{ImageQuery, Pairs, RepositoryQuery},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlFormElement};

use crate::{browser, error::AppError, paths};

/// Rows that are added when the reader comes near the end of those shown.
const MORE_ROWS: usize = 200;
/// How soon a list is read again that the server has not wholly read itself.
const REFRESH_INCOMPLETE: std::time::Duration = std::time::Duration::from_secs(4);

/// What a list is asked for: how to read it, and what it lets through in which order.
pub trait ListQuery: Clone + PartialEq + Send + Sync + 'static {
    /// The list's rows.
    type Row: Clone + PartialEq + Send + Sync + 'static;
    /// What tells rows apart.
    type Id: Hash + Eq + Send + Sync + 'static;
    /// The form's fields.
    const FIELDS: &[&str];

    /// Reads a query string's or a form's pairs.
    fn read(pairs: Pairs<'_>) -> Self;
    /// The pairs of the query string that asks for this.
    fn pairs(&self) -> Vec<(&'static str, String)>;
    /// The same filter in another's order, from the first page.
    fn ordered_as(self, other: &Self) -> Self;
    /// The rows that the filter lets through, in order.
    fn matching<'a>(&self, rows: &'a [Self::Row]) -> Vec<&'a Self::Row>;
    /// What tells this row from the others.
    fn id(row: &Self::Row) -> Self::Id;
}

/// Both queries have the same parts; what differs is named.
macro_rules! list_query {
    ($query:ty, $row:ty, $id:ty, $fields:expr, $identify:expr) => {
        impl ListQuery for $query {
            type Row = $row;
            type Id = $id;
            const FIELDS: &[&str] = $fields;

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

            fn matching<'a>(&self, rows: &'a [Self::Row]) -> Vec<&'a Self::Row> {
                self.apply(rows)
            }

            fn id(row: &Self::Row) -> Self::Id {
                $identify(row)
            }
        }
    };
}

list_query!(
    RepositoryQuery,
    model::repository::RepositoryRow,
    (model::RegistryAlias, model::RepositoryName),
    &["q", "namespace", "team", "mutability", "severity", "policy"],
    |row: &model::repository::RepositoryRow| (row.registry.clone(), row.name.clone())
);
list_query!(
    ImageQuery,
    model::image::ImageRow,
    model::Digest,
    &["q", "tags", "severity"],
    |row: &model::image::ImageRow| row.digest.clone()
);

/// A list in the browser's hands.
pub struct LiveList<Query: ListQuery> {
    /// What it is asked for.
    pub query: RwSignal<Query>,
    /// All of it, once it was fetched.
    pub whole: RwSignal<Option<Whole<Query::Row>>>,
    /// Counts the times that its rows have changed.
    pub generation: RwSignal<u32>,
    /// How many rows are shown at most.
    limit: RwSignal<usize>,
    fetching: StoredValue<bool>,
}

impl<Query: ListQuery> Clone for LiveList<Query> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Query: ListQuery> Copy for LiveList<Query> {}

/// The rows that are shown, of how many that match.
#[derive(Clone, PartialEq)]
pub struct Matching<Row> {
    /// The first rows, in order.
    pub rows: Vec<Row>,
    /// How many there are.
    pub count: u32,
}

impl<Query: ListQuery> LiveList<Query> {
    /// A list that is as the page's URL asks, not fetched yet.
    pub fn of_this_page() -> Self {
        Self {
            query: RwSignal::new(paths::read_query(&browser::query_string(), Query::read)),
            whole: RwSignal::new(None),
            generation: RwSignal::new(0),
            limit: RwSignal::new(PAGE_ROWS as usize),
            fetching: StoredValue::new(false),
        }
    }

    /// Whether the browser has taken over.
    pub fn is_live(self) -> bool {
        self.whole.with(Option::is_some)
    }

    /// The rows that match, as many as are shown.
    pub fn matching(self) -> Memo<Matching<Query::Row>> {
        Memo::new(move |_| {
            self.whole.with(|whole| {
                let rows = whole.as_ref().map_or(&[][..], |whole| &whole.rows);
                let matching = self.query.with(|query| query.matching(rows));
                Matching {
                    count: u32::try_from(matching.len()).unwrap_or(u32::MAX),
                    rows: matching
                        .into_iter()
                        .take(self.limit.get())
                        .cloned()
                        .collect(),
                }
            })
        })
    }

    /// Shows more rows, if there are more.
    pub fn show_more(self) {
        self.limit.update(|limit| *limit += MORE_ROWS);
    }

    /// Asks the list for something else, and lets the URL say so.
    fn ask(self, query: Query) {
        if self.query.with_untracked(|asked| *asked == query) {
            return;
        }
        browser::replace_query(&query.pairs());
        self.limit.set(PAGE_ROWS as usize);
        self.query.set(query);
    }

    /// Fetches the whole list unless that is done or under way. Where it fails, the server filters:
    /// the page is loaded as the URL asks by then.
    fn fetch<Loading>(self, load: impl Fn() -> Loading + Clone + 'static)
    where
        Loading: Future<Output = Result<Whole<Query::Row>, AppError>> + 'static,
    {
        if self.fetching.get_value() {
            return;
        }
        self.fetching.set_value(true);
        spawn_local(async move {
            match load().await {
                Ok(whole) => {
                    let incomplete = whole.incomplete;
                    self.take(whole);
                    if incomplete {
                        self.fetching.set_value(false);
                        set_timeout(move || self.fetch(load), REFRESH_INCOMPLETE);
                    }
                }
                Err(_) if self.whole.with_untracked(Option::is_none) => browser::reload(),
                // What is shown stays: it says as of when it is.
                Err(_) => {}
            }
        });
    }

    fn take(self, whole: Whole<Query::Row>) {
        let same = self
            .whole
            .with_untracked(|known| known.as_ref().is_some_and(|known| known.rows == whole.rows));
        if !same {
            self.generation.update(|generation| *generation += 1);
        }
        self.whole.set(Some(whole));
    }
}

/// Wraps a list that the server has rendered (`children`) so that it answers while one types;
/// `table` renders it once the browser has taken over.
pub fn live_list<Query, Loading>(
    list: LiveList<Query>,
    incomplete: bool,
    load: impl Fn() -> Loading + Clone + Send + Sync + 'static,
    table: impl Fn() -> AnyView + Send + Sync + 'static,
    children: Children,
) -> impl IntoView
where
    Query: ListQuery,
    Loading: Future<Output = Result<Whole<Query::Row>, AppError>> + 'static,
{
    let fetch = move || list.fetch(load.clone());
    let typed = {
        let fetch = fetch.clone();
        move |event: ev::Event| {
            if let Some(query) = form_of(&event).and_then(|form| read_form::<Query>(&form)) {
                list.ask(query.ordered_as(&list.query.get_untracked()));
                fetch();
            }
        }
    };
    let sent = move |event: ev::SubmitEvent| {
        if list.is_live() {
            event.prevent_default();
        }
    };
    let sorted = {
        let fetch = fetch.clone();
        move |event: ev::MouseEvent| {
            if let Some(order) = sort_link(&event) {
                event.prevent_default();
                let order = paths::read_query(paths::query_of(&order), Query::read);
                list.ask(list.query.get_untracked().ordered_as(&order));
                fetch();
            }
        }
    };
    if incomplete {
        let fetch = fetch.clone();
        Effect::new(move || fetch());
    }
    view! {
        <div
            class="live-list"
            data-live=move || list.is_live().then_some("")
            on:focusin=move |event| {
                if form_of(&event).is_some() {
                    fetch();
                }
            }
            on:input=typed
            on:submit=sent
            on:click=sorted
        >
            {children()}
            {move || list.is_live().then(&table)}
        </div>
    }
}

/// What follows a live table: when it comes into view, more rows are shown.
#[component]
pub fn MoreRows<Query: ListQuery>(
    /// The list.
    list: LiveList<Query>,
) -> impl IntoView {
    let end = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(end) = end.get() {
            browser::when_near(&end, move || list.show_more());
        }
    });
    view! { <div node_ref=end class="more-rows"></div> }
}

fn form_of(event: &web_sys::Event) -> Option<HtmlFormElement> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest("form[data-filters]").ok()??.dyn_into().ok()
}

fn read_form<Query: ListQuery>(form: &HtmlFormElement) -> Option<Query> {
    let data = FormData::new_with_form(form).ok()?;
    let fields: Vec<_> = Query::FIELDS
        .iter()
        .filter_map(|field| Some((*field, data.get(field).as_string()?)))
        .collect();
    let mut pairs = fields.iter().map(|(field, value)| (*field, value.as_str()));
    Some(Query::read(&mut pairs))
}

/// The URL of a column's head that was clicked plainly: with a modifier, the browser opens the link
/// in another place, as ever.
fn sort_link(event: &web_sys::MouseEvent) -> Option<String> {
    let plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let element: Element = event.target().filter(|_| plain)?.dyn_into().ok()?;
    element.closest("a[data-sort]").ok()??.get_attribute("href")
}
