//! Who may talk to the page: a browser that opened it under a loopback name, and local scripts. A foreign
//! name that resolves to this machine (DNS rebinding) and posts from other web pages are turned away
//! before any handler runs; every answer carries headers that keep the browser from loading anything
//! else. It is no login: whoever can run programs on this machine may use the page.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::No;

/// Nothing from outside, nothing inline, no frames, no real form posts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a request through, or refuses it with 403; adds the security headers either way.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = match objection(request.headers(), is_api) {
        Some(sentence) => No::new(StatusCode::FORBIDDEN, sentence).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Why this request is refused, if it is.
fn objection(headers: &HeaderMap, is_api: bool) -> Option<&'static str> {
    let host = text(headers, &header::HOST).unwrap_or_default();
    if !is_loopback(host) {
        return Some("This page answers only under 127.0.0.1 or localhost.");
    }
    let foreign_origin = headers.contains_key(header::ORIGIN)
        && text(headers, &header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, rest)| rest)
            != Some(host);
    // Browsers add this to requests which carry no Origin. A link from elsewhere may open the page itself.
    let from_elsewhere = is_api
        && headers
            .get("sec-fetch-site")
            .is_some_and(|site| site.as_bytes() != b"same-origin" && site.as_bytes() != b"none");
    (foreign_origin || from_elsewhere).then_some("Other web pages may not use this one.")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a `Host` header (name with optional port) means this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn loopback_is_known_by_name_and_by_number() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8123", "127.9.9.9", "[::1]:8123", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org", "127.0.0.1.example.org:80", "10.0.0.1", "[::2]", "::1"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
