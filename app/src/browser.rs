//! The few things that islands want of the browser.
//!
//! What the browser refuses is passed over: each of these makes a page nicer, and none is needed.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use crate::paths;

/// The page's query string without its question mark; empty on the server.
pub fn query_string() -> String {
    if cfg!(feature = "ssr") {
        return String::new();
    }
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

/// Lets the page's URL say what is asked for, without a new entry in the history.
pub fn replace_query(pairs: &[(&'static str, String)]) {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let url = paths::with_query(&path, pairs.iter().map(|(key, value)| (*key, value)));
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Loads the page anew, as its URL is by now.
pub fn reload() {
    let _ = window().location().reload();
}

/// Calls back each time that an element comes near the window's lower edge.
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

/// Says something to those who listen rather than look.
pub fn announce(words: &str) {
    if let Some(region) = document().get_element_by_id("announcements") {
        region.set_text_content(Some(words));
    }
}

/// The element that has the keyboard's focus.
pub fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}
