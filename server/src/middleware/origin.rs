//! Which site a request comes from, and where an answer leads.

use app::paths;
use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use words::answers::AnswersTexts;

use super::plain;
use crate::return_to;

/// The header in which browsers name the relation to the site that made a request.
static SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses a change that carries a cookie and does not say where it comes from. Every browser that Gantry supports
/// sends this header; the next layer checks its value.
pub async fn required(request: Request, next: Next) -> Response {
    if request
        .uri()
        .path()
        .strip_prefix(paths::API)
        .is_some_and(|rest| rest.starts_with('/'))
    {
        return of_a_function(request, next).await;
    }
    if is_change_from_nowhere(&request) {
        return refused(AnswersTexts::unknown_site);
    }
    next.run(request).await
}

fn refused(why: fn(AnswersTexts) -> &'static str) -> Response {
    plain::answer(StatusCode::FORBIDDEN, why)
}

fn is_change_from_nowhere(request: &Request) -> bool {
    let headers = request.headers();
    let says = headers.contains_key(header::ORIGIN) || headers.contains_key(&SITE);
    !request.method().is_safe() && !says && headers.contains_key(header::COOKIE)
}

/// Answers for a server function, to Gantry's pages and to clients that are not browsers. Another site can make a
/// browser open a function's URL with its cookie, and must learn nothing from the result.
async fn of_a_function(mut request: Request, next: Next) -> Response {
    let mut sites = request.headers().get_all(&SITE).iter();
    if !sites.all(|site| site == "same-origin") {
        return refused(AnswersTexts::other_site);
    }
    if is_change_from_nowhere(&request) {
        return refused(AnswersTexts::unknown_site);
    }
    let reads = request.method().is_safe();
    if reads {
        answers_itself(request.headers_mut());
    }
    let mut response = next.run(request).await;
    if let Some(location) = response.headers().get(header::LOCATION) {
        let path = path_of_this_site(location);
        response.headers_mut().insert(header::LOCATION, path);
    }
    response
}

/// Makes a function answer with its value or its error. Leptos treats any client that accepts HTML as a form without
/// JavaScript and sends it back to the referrer, which is another site if a link on that site led here.
fn answers_itself(headers: &mut HeaderMap) {
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.remove(header::REFERER);
}

/// The path of a location, on this site. A form without JavaScript is sent back to its page, which Leptos takes from
/// the referrer.
fn path_of_this_site(location: &HeaderValue) -> HeaderValue {
    let uri = location
        .to_str()
        .ok()
        .and_then(|text| text.parse::<Uri>().ok());
    let path = uri.as_ref().and_then(Uri::path_and_query);
    let path = return_to::local(path.map(|path| path.as_str())).unwrap_or("/");
    HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_reduced_to_a_path_of_this_site() {
        for (location, path) in [
            ("/lifecycle/retail/a/b", "/lifecycle/retail/a/b"),
            ("https://gantry.example.com/a?b=c", "/a?b=c"),
            ("https://evil.example", "/"),
            ("https://evil.example//other.example/x", "/"),
            ("//evil.example/x", "/"),
            ("javascript:alert(1)", "/"),
            ("evil.example:80", "/"),
            ("", "/"),
        ] {
            let reduced = path_of_this_site(&HeaderValue::from_static(location));
            assert_eq!(reduced, path, "{location}");
        }
    }
}
