//! Browser APIs that islands use.
//!
//! If the browser rejects a call, the error is ignored: these functions only add comfort, and every page works without
//! them.

use std::{cell::Cell, time::Duration};

use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use model::{Locale, SignInProblem};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, IntersectionObserver,
    IntersectionObserverEntry, IntersectionObserverInit, KeyboardEvent, MouseEvent, MouseEventInit,
    NavigationType, PerformanceNavigationTiming, Storage,
};

use crate::{compact::read_attribute, messages::common::CommonTexts, paths};

/// How long a page shows that a text was copied.
const FEEDBACK: Duration = Duration::from_millis(2_500);
/// How long a page shows that copying failed, and what to do.
const FEEDBACK_ON_FAILURE: Duration = Duration::from_secs(8);

/// The page's query string without its question mark; empty on the server.
pub fn query_string() -> String {
    if cfg!(feature = "ssr") {
        return String::new();
    }
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

/// Replaces the query string of the page's URL, without a new entry in the history.
pub fn replace_query(pairs: &[(&'static str, String)]) {
    let path = window().location().pathname().unwrap_or_default();
    let url = paths::with_query(&path, pairs.iter().map(|(key, value)| (*key, value)));
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// How the page's list is rendered; `None` on the server.
pub fn look<Look: DeserializeOwned>() -> Option<Look> {
    if cfg!(feature = "ssr") {
        return None;
    }
    let list = document().query_selector("[data-look]").ok()??;
    read_attribute(&list.get_attribute("data-look")?)
}

/// Reloads the page at its current URL.
pub fn reload() {
    let _ = window().location().reload();
}

/// Opens the sign-in page, which says that the session has ended and returns to the current URL afterwards.
pub fn sign_in_again() {
    go(&paths::sign_in_again(&here(), SignInProblem::Ended));
}

/// The page's path and query.
fn here() -> String {
    let location = window().location();
    [location.pathname(), location.search()]
        .map(Result::unwrap_or_default)
        .concat()
}

/// The reader's position in a list: how many rows were shown, and the scroll position in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The number of rows shown.
    pub rows: usize,
    /// The scroll position in pixels.
    pub scroll: i32,
}

impl Reached {
    /// The tab's session storage, and the key of this page's position in it.
    fn kept() -> Option<(Storage, String)> {
        let storage = window().session_storage().ok()??;
        Some((storage, format!("reached {}", here())))
    }

    /// Keeps the position for when the reader returns to the page; `None` deletes it.
    pub fn keep(reached: Option<Self>) {
        let Some((storage, key)) = Self::kept() else {
            return;
        };
        let _ = match reached {
            Some(Self { rows, scroll }) => storage.set_item(&key, &format!("{rows} {scroll}")),
            None => storage.remove_item(&key),
        };
    }

    /// The position at which the reader left the page, if they have just returned to it. A page that was opened by a
    /// link starts at the top.
    pub fn before() -> Option<Self> {
        let navigations = window().performance()?.get_entries_by_type("navigation");
        let navigation: PerformanceNavigationTiming = navigations.get(0).dyn_into().ok()?;
        if !matches!(
            navigation.type_(),
            NavigationType::BackForward | NavigationType::Reload
        ) {
            return None;
        }
        let (storage, key) = Self::kept()?;
        let kept = storage.get_item(&key).ok()??;
        let (rows, scroll) = kept.split_once(' ')?;
        Some(Self {
            rows: rows.parse().ok()?,
            scroll: scroll.parse().ok()?,
        })
    }
}

/// The scroll position in pixels.
pub fn scrolled() -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no page is that long, and fractions of a pixel do not matter"
    )]
    let scrolled = window().scroll_y().unwrap_or_default() as i32;
    scrolled
}

/// Scrolls the window after the browser has laid out what was added to the page.
pub fn scroll_soon(to: i32) {
    request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, to.into()));
}

/// Clicks a link with the modifier keys of another event: they decide in which tab the link opens.
pub fn click(id: &str, held: &KeyboardEvent) {
    let Some(link) = document().get_element_by_id(id) else {
        return;
    };
    let click = MouseEventInit::new();
    click.set_bubbles(true);
    click.set_cancelable(true);
    click.set_ctrl_key(held.ctrl_key());
    click.set_meta_key(held.meta_key());
    click.set_shift_key(held.shift_key());
    if let Ok(click) = MouseEvent::new_with_mouse_event_init_dict("click", &click) {
        let _ = link.dispatch_event(&click);
    }
}

/// Opens another page.
pub fn go(url: &str) {
    let _ = window().location().assign(url);
}

/// The elements that a selector matches, in the document's order.
pub fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

/// The element with this ID, if it is a dialog.
pub fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives the focus to the first element that a selector matches, if no element has it: keys need a place to begin.
pub fn focus_if_lost(selector: &str) {
    // A field of a dialog that was closed still has the focus, and loses it in a moment.
    let is_hidden = |it: &Element| it.closest("dialog:not([open])").ok().flatten().is_some();
    let is_lost = document()
        .active_element()
        .is_none_or(|it| it.tag_name() == "BODY" || is_hidden(&it));
    let heir = all(selector).into_iter().next().filter(|_| is_lost);
    if let Some(heir) = heir.and_then(|heir| heir.dyn_into::<HtmlElement>().ok()) {
        let _ = heir.focus();
    }
}

/// The nearest ancestor of an event's target, or the target itself, that matches a selector.
pub fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest(selector).ok()??.dyn_into().ok()
}

/// Calls `callback` each time an element comes near the lower edge of the window.
pub fn when_near(element: &Element, callback: impl Fn() + 'static) {
    let entered = move |entries: js_sys::Array| {
        let near = entries
            .iter()
            .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
            .any(|entry| entry.is_intersecting());
        if near {
            callback();
        }
    };
    let entered = Closure::<dyn Fn(js_sys::Array)>::new(entered).into_js_value();
    let options = IntersectionObserverInit::new();
    options.set_root_margin("0px 0px 1200px 0px");
    if let Ok(observer) = IntersectionObserver::new_with_options(entered.unchecked_ref(), &options)
    {
        observer.observe(element);
    }
}

thread_local! {
    /// How many announcements were made.
    static SAID: Cell<u32> = const { Cell::new(0) };
}

/// Announces the result of copying for a moment, visibly and to screen readers.
fn announce(copied: bool, locale: Locale) {
    let Some(region) = document().get_element_by_id("announcements") else {
        return;
    };
    let texts = CommonTexts(locale);
    let (words, lasts) = if copied {
        (texts.copied(), FEEDBACK)
    } else {
        (texts.copy_failed(), FEEDBACK_ON_FAILURE)
    };
    let _ = region.toggle_attribute_with_force("data-copied", copied);
    region.set_text_content(Some(words));
    // A new announcement gets its full time, even if the timer of an older one ends sooner.
    let number = SAID.get().wrapping_add(1);
    SAID.set(number);
    let fall_silent = move || {
        if SAID.get() == number {
            region.set_text_content(None);
        }
    };
    set_timeout(fall_silent, lasts);
}

/// Copies a text, announces whether that succeeded, and shows it on the button for a moment.
pub fn copy(text: String, button: Option<HtmlElement>, locale: Locale) {
    // Over plain HTTP, browsers only offer the clipboard on localhost.
    if !window().is_secure_context() {
        announce(false, locale);
        return;
    }
    spawn_local(async move {
        let copying = window().navigator().clipboard().write_text(&text);
        let copied = JsFuture::from(copying).await.is_ok();
        announce(copied, locale);
        if let Some(button) = button.filter(|_| copied) {
            draw(&button, "check");
            set_timeout(move || draw(&button, "copy"), FEEDBACK);
        }
    });
}

/// Draws another icon on a copy button: a tick while the copy is announced.
fn draw(button: &HtmlElement, icon: &str) {
    let _ = button.toggle_attribute_with_force("data-copied", icon == "check");
    if let Ok(Some(drawing)) = button.query_selector("use") {
        let _ = drawing.set_attribute("href", &format!("#icon-{icon}"));
    }
}
