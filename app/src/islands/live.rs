//! Lists that filter while the reader types.
//!
//! The server renders a list's first rows, its form and its links, and all of these work without JavaScript. When the
//! reader first types, chooses or sorts, the browser fetches the whole list once. From then on it filters and sorts by
//! itself, with the same code as the server, and keeps the URL in step.

use leptos::{ev, mount::mount_to, prelude::*, task::spawn_local};
use model::{PAGE_ROWS, Timestamp, Whole};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use crate::{
    browser::{self, Reached},
    error::AppError,
    parts::list::{Counted, ListLook, ListQuery, ListSummary, no_match},
    paths,
};

/// How many rows are added when the reader comes near the last row shown.
const MORE_ROWS: usize = 200;
/// How soon a list is fetched again while the server is still reading it.
const REFRESH_INCOMPLETE: std::time::Duration = std::time::Duration::from_secs(4);

/// A live list.
pub struct LiveList<Query: ListQuery> {
    /// The query: filter, order and page.
    query: RwSignal<Query>,
    /// All rows, once they are fetched.
    whole: RwSignal<Option<Whole<Query::Row>>>,
    /// Counts how often the rows have changed.
    generation: RwSignal<u32>,
    /// The most rows that are shown.
    limit: RwSignal<usize>,
    fetching: StoredValue<bool>,
    /// The reader's position when they left the page, if they returned to it.
    reached: StoredValue<Option<Reached>>,
}

impl<Query: ListQuery> Clone for LiveList<Query> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Query: ListQuery> Copy for LiveList<Query> {}

/// The rows that are shown, and how many match.
#[derive(Clone, PartialEq)]
struct Matching<Row> {
    /// The first rows, in order.
    rows: Vec<Row>,
    /// The number of rows that match.
    count: u32,
}

impl<Query: ListQuery> LiveList<Query> {
    /// A list with the query of the page's URL, limited to the parameters in `known`. It is not fetched yet.
    pub fn of_this_page(known: impl Fn(Query) -> Query) -> Self {
        let asked = paths::read_query(&browser::query_string(), Query::read);
        Self {
            query: RwSignal::new(known(asked)),
            whole: RwSignal::new(None),
            generation: RwSignal::new(0),
            limit: RwSignal::new(PAGE_ROWS as usize),
            fetching: StoredValue::new(false),
            reached: StoredValue::new(None),
        }
    }

    /// Restores the number of rows and the scroll position from when the reader left the page, and keeps them for the
    /// next time.
    fn go_on_from_before(self, fetch: &impl Fn()) {
        if let Some(reached) = Reached::before() {
            self.reached.set_value(Some(reached));
            self.limit.set(reached.rows);
            fetch();
        }
        window_event_listener(ev::pagehide, move |_| {
            let reached = self.is_live_now().then(|| Reached {
                rows: self.limit.get_untracked(),
                scroll: browser::scrolled(),
            });
            Reached::keep(reached);
        });
    }

    /// Whether the browser has taken over from the server-rendered list.
    fn is_live(self) -> bool {
        self.whole.with(Option::is_some)
    }

    /// The same, without tracking.
    fn is_live_now(self) -> bool {
        self.whole.with_untracked(Option::is_some)
    }

    /// Whether the fetched list is complete and current.
    fn is_current(self) -> bool {
        self.whole
            .with(|whole| whole.as_ref().is_some_and(|it| it.problem.is_none()))
    }

    /// The server's time at its last answer.
    fn now(self) -> Timestamp {
        let now = self
            .whole
            .with_untracked(|whole| whole.as_ref().map(|whole| whole.now));
        now.unwrap_or(Timestamp(0))
    }

    /// The rows that match, limited to the number shown.
    fn matching(self) -> Memo<Matching<Query::Row>> {
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

    /// How many rows match, and how many exist.
    fn counted(self, matching: Memo<Matching<Query::Row>>) -> Counted {
        let matching = matching.with(|matching| matching.count);
        let by_figures = self.query.with(Query::asks_for_figures);
        self.whole.with(|whole| {
            let rows = whole.as_ref().map_or(&[][..], |whole| &whole.rows);
            Counted {
                matching,
                total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                unread: self.query.with(|query| query.unread(rows)),
                by_figures,
            }
        })
    }

    /// Shows more rows, if any are left.
    fn show_more(self) {
        self.limit.update(|limit| *limit += MORE_ROWS);
    }

    /// Changes the query and updates the URL.
    fn ask(self, query: Query) {
        if self.query.with_untracked(|asked| *asked == query) {
            return;
        }
        browser::replace_query(&query.pairs());
        self.limit.set(PAGE_ROWS as usize);
        self.query.set(query);
    }

    /// Fetches the whole list, unless it is fetched or being fetched. If that fails, the page is loaded again at its
    /// current URL, so that the server filters. If it fails because of too many requests, it is tried again later.
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
                Err(AppError::TooMany { seconds }) => {
                    self.fetching.set_value(false);
                    let wait = std::time::Duration::from_secs(seconds.into());
                    set_timeout(move || self.fetch(load), wait);
                }
                Err(error) if !self.is_live_now() => match error {
                    AppError::SignedOut => browser::sign_in_again(),
                    _ => browser::reload(),
                },
                // The rows on the page stay: the list says at what time they were read.
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

/// Wraps a server-rendered list (`children`) and makes it filter while the reader types. `load` fetches all rows. The
/// page says whether the server was still reading the list when it rendered it.
pub fn live_list<Query, Loading>(
    list: LiveList<Query>,
    load: impl Fn() -> Loading + Clone + Send + Sync + 'static,
    look: Option<impl ListLook<Query>>,
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
    Effect::new({
        let fetch = fetch.clone();
        move || {
            if !browser::all("[data-incomplete]").is_empty() {
                fetch();
            }
            list.go_on_from_before(&fetch);
        }
    });
    // The server never renders this table. Mounting instead of hydrating it saves the code that would search the
    // server's markup for it, which would be a large part of the WebAssembly.
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |mounted: Option<bool>| {
        let mounted = mounted.unwrap_or_default();
        if !mounted
            && list.is_live()
            && let Some(place) = place.get()
            && let Some(look) = look.clone()
        {
            mount_to(place.unchecked_into(), move || live_table(list, look)).forget();
            if let Some(reached) = list.reached.get_value() {
                browser::scroll_soon(reached.scroll);
            }
            return true;
        }
        mounted
    });
    view! {
        <div
            class="live-list"
            data-live=move || list.is_live().then_some("")
            data-current=move || list.is_current().then_some("")
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
            <div node_ref=place></div>
        </div>
    }
}

/// The table after the browser has taken over: the same head and rows as the server's.
fn live_table<Query: ListQuery>(
    list: LiveList<Query>,
    look: impl ListLook<Query>,
) -> impl IntoView {
    let (words, locale) = (look.words(), look.locale());
    let matching = list.matching();
    let counted = Memo::new(move |_| list.counted(matching));
    let summary = {
        let look = look.clone();
        move || {
            let count = look.counted(counted.get());
            let state = |whole: &Whole<_>| (whole.incomplete, whole.as_of);
            let state = list.whole.with(|whole| whole.as_ref().map(state));
            state.map(|(incomplete, as_of)| {
                let incomplete = incomplete.then_some(words.incomplete);
                view! { <ListSummary count as_of incomplete locale /> }
            })
        }
    };
    let head = {
        let look = look.clone();
        move || list.query.with(|query| look.head(query))
    };
    // The keyed list treats a row whose content has changed as a new row.
    let rows = move || {
        let generation = list.generation.get();
        let keyed = move |row| (generation, row);
        matching
            .get()
            .rows
            .into_iter()
            .map(keyed)
            .collect::<Vec<_>>()
    };
    let key = |(generation, row): &(u32, Query::Row)| (*generation, Query::id(row));
    let nothing = {
        let look = look.clone();
        move || {
            let counted = Some(counted.get()).filter(|it| it.matching == 0);
            counted.map(|it| no_match(words, it, list.query.with(|query| look.elsewhere(query))))
        }
    };
    let row = move |(_, row)| look.row(row, list.now());
    view! {
        <div role="status">{summary}</div>
        <table class="table table-fixed">
            <caption class="visually-hidden">{words.caption}</caption>
            <thead>{head}</thead>
            <tbody>
                <For each=rows key=key children=row />
            </tbody>
        </table>
        {nothing}
        <MoreRows list />
    }
}

/// The end of a live table. When it comes into view, more rows are shown.
#[component]
fn MoreRows<Query: ListQuery>(list: LiveList<Query>) -> impl IntoView {
    let end = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(end) = end.get() {
            browser::when_near(&end, move || list.show_more());
        }
    });
    view! { <div node_ref=end class="more-rows"></div> }
}

fn form_of(event: &web_sys::Event) -> Option<HtmlFormElement> {
    browser::closest(event, "form[data-filters]")?
        .dyn_into()
        .ok()
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

/// The URL of a column head that was clicked without a modifier key. With one, the browser opens the link in a new tab
/// or window.
fn sort_link(event: &web_sys::MouseEvent) -> Option<String> {
    let plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let link = browser::closest(event, "a[data-sort]").filter(|_| plain)?;
    link.get_attribute("href")
}
