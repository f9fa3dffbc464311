//! The page's own files, embedded in the binary: no build step, no folder to ship, nothing from outside.

use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use super::answer::No;

const HTML: &str = include_str!("static/index.html");

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

/// Name, type, content.
const ASSETS: [(&str, &str, &str); 11] = [
    ("app.js", SCRIPT, include_str!("static/app.js")),
    ("clock.js", SCRIPT, include_str!("static/clock.js")),
    ("control.js", SCRIPT, include_str!("static/control.js")),
    ("dom.js", SCRIPT, include_str!("static/dom.js")),
    ("form.js", SCRIPT, include_str!("static/form.js")),
    ("message.js", SCRIPT, include_str!("static/message.js")),
    ("pane.js", SCRIPT, include_str!("static/pane.js")),
    ("people.js", SCRIPT, include_str!("static/people.js")),
    ("style.css", STYLE, include_str!("static/style.css")),
    ("chat.css", STYLE, include_str!("static/chat.css")),
    ("icon.svg", PICTURE, include_str!("static/icon.svg")),
];

/// `GET /`.
pub(super) async fn index() -> Html<&'static str> {
    Html(HTML)
}

/// `GET /static/{name}`.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, content)) => ([(header::CONTENT_TYPE, *kind)], *content).into_response(),
        None => No::not_there(format!("The page has no file {name:?}.")).into_response(),
    }
}
