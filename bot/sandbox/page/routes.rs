//! The list of addresses, in one place. What they mean for a script stands in `docs/SANDBOX.md`.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn;
use axum::routing::{get, post};

use super::answer::No;
use super::{Shared, acting, assets, guard, reading, time};

/// The longest request body: a form of twenty long answers in any script fits, an upload does not.
const LONGEST_BODY_BYTES: usize = 512 * 1024;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    let person = Router::new()
        .route("/places", get(reading::places))
        .route("/places/{place}/messages", get(reading::messages))
        .route("/places/{place}/read", post(acting::mark_read))
        .route("/form", get(reading::form))
        .route("/home", get(reading::home))
        .route("/files/{file}", get(reading::file))
        .route("/screen", get(reading::screen))
        .route("/act", post(acting::act));
    Router::new()
        .route("/", get(assets::index))
        .route("/static/{name}", get(assets::asset))
        .route("/api/world", get(reading::world))
        .route("/api/changes", get(reading::changes))
        .route("/api/clock", post(time::clock))
        .route("/api/{platform}/people", get(reading::people).post(acting::join))
        .nest("/api/{platform}/people/{handle}", person)
        .fallback(|uri: Uri| async move { No::not_there(format!("There is nothing at {}.", uri.path())) })
        .method_not_allowed_fallback(|| async {
            No::new(StatusCode::METHOD_NOT_ALLOWED, "This address takes another method; see docs/SANDBOX.md.")
        })
        .layer(DefaultBodyLimit::max(LONGEST_BODY_BYTES))
        .layer(from_fn(guard::guard))
        .with_state(shared)
}
