//! Behaviour that the browser adds to every page: copying, the keyboard, and times that stay current.

use std::time::Duration;

use leptos::{ev, prelude::*};
use model::{Locale, Timestamp};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, RequestInit, UrlSearchParams};

use super::keyboard;
use crate::{browser, components::time::relative, locale::spoken_here};

/// How often relative times are updated.
const TIMES: Duration = Duration::from_secs(30);

/// One on every page. It listens on the document, so that it also handles elements that are added later.
#[island]
pub fn Behaviours() -> impl IntoView {
    let locale = spoken_here();
    Effect::new(move || {
        window_event_listener(ev::click, move |event| clicked(&event, locale));
        window_event_listener(ev::keydown, move |event| keyboard::pressed(&event, locale));
        window_event_listener(ev::change, move |event| remember(&event));
        window_event_listener(ev::pointerover, move |event| add_local_time(&event, locale));
        window_event_listener(ev::focusin, move |event| add_local_time(&event, locale));
        let _ = set_interval_with_handle(move || refresh_times(locale), TIMES);
        if let Some(html) = document().document_element() {
            // Shows what needs JavaScript, and tells browser tests that they can start.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
    view! { <div role="status" class="toast" id="announcements"></div> }
}

/// Handles copy buttons and the buttons that open the palette.
fn clicked(event: &ev::MouseEvent, locale: Locale) {
    if let Some(button) = browser::closest(event, "[data-copy]") {
        let text = button.get_attribute("data-copy").unwrap_or_default();
        browser::copy(text, Some(button), locale);
    }
    if browser::closest(event, "[data-open-palette]").is_some() {
        keyboard::open("palette");
    }
}

/// Sends a form with `data-remember` as soon as a choice is made. The page stays as it is.
fn remember(event: &ev::Event) {
    let form = browser::closest(event, "form[data-remember]");
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let body = || {
        let data = FormData::new_with_form(&form).ok()?;
        let params = UrlSearchParams::new().ok()?;
        params.append("client", &data.get("client").as_string()?);
        Some(params)
    };
    if let Some(body) = body() {
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_body(&body);
        request.set_redirect(web_sys::RequestRedirect::Manual);
        // If saving fails, the reader still sees the choice on the page.
        let _ = window().fetch_with_str_and_init(&form.action(), &request);
    }
}

/// Adds the reader's own time zone to a time that is hovered or has the focus, in the language's format. Nothing is
/// added if that zone is UTC.
fn add_local_time(event: &web_sys::Event, locale: Locale) {
    const FORM: &str = r#"{"dateStyle":"medium","timeStyle":"long","hourCycle":"h23"}"#;
    let Some(time) = browser::closest(event, "time.moment:not([data-local])") else {
        return;
    };
    let at = js_sys::Date::new(&time.get_attribute("datetime").unwrap_or_default().into());
    if at.get_timezone_offset() != 0.0
        && let Ok(form) = js_sys::JSON::parse(FORM)
    {
        let local = at.to_locale_string(locale.lang(), &form);
        let _ = time.set_attribute("data-local", &String::from(local));
    }
}

/// Updates the text of each relative time by the browser's clock.
fn refresh_times(locale: Locale) {
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit")]
    let now = Timestamp((js_sys::Date::now() / 1_000.0) as i64);
    for element in browser::all("time[data-at]") {
        let at = element
            .get_attribute("data-at")
            .and_then(|at| at.parse().ok());
        if let Some(at) = at {
            element.set_text_content(Some(&relative(Timestamp(at), now, locale)));
        }
    }
}
