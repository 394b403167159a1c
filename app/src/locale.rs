//! The language of the current page.

use model::Locale;

/// The language of the current page: on the server the request's, in the browser the document's.
///
/// Islands read it once, at their root, and pass it to everything else.
pub fn spoken_here() -> Locale {
    #[cfg(feature = "ssr")]
    {
        leptos::prelude::use_context::<crate::request::Request>()
            .map(|request| request.locale)
            .unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let language = leptos::prelude::document()
            .document_element()
            .and_then(|html| html.get_attribute("lang"));
        words::LANGUAGES
            .into_iter()
            .find(|locale| language.as_deref() == Some(locale.lang()))
            .unwrap_or_default()
    }
}
