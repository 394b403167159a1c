//! The browser's half: script, WebAssembly, stylesheet, icon.

use axum::{Router, middleware::map_response, response::Response};
use http::{HeaderValue, header};
use leptos::config::LeptosOptions;
use tower_http::services::{ServeDir, ServeFile};

/// Files of the build, compressed beforehand. Their names hold their hashes, so they never change.
pub fn router<S: Clone + Send + Sync + 'static>(options: &LeptosOptions) -> Router<S> {
    let site = options.site_root.as_ref();
    let pkg = options.site_pkg_dir.as_ref();
    let files = ServeDir::new(format!("{site}/{pkg}"))
        .precompressed_br()
        .precompressed_gzip();
    let hashed = Router::new()
        .nest_service(&format!("/{pkg}"), files)
        .layer(map_response(immutable));
    let icon = ServeFile::new(format!("{site}/favicon.svg"));
    hashed.merge(
        Router::new()
            .route_service("/favicon.svg", icon.clone())
            // Browsers, previews of links and scanners ask for it unasked.
            .route_service("/favicon.ico", icon)
            .layer(map_response(for_a_day)),
    )
}

async fn immutable(mut response: Response) -> Response {
    if response.status().is_success() {
        keep(&mut response, "public, max-age=31536000, immutable");
    }
    response
}

async fn for_a_day(mut response: Response) -> Response {
    keep(&mut response, "public, max-age=86400");
    response
}

fn keep(response: &mut Response, how: &'static str) {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(how));
}
