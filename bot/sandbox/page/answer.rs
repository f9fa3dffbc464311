//! Every "no" of the control API, as one JSON object with one sentence: `{"error": "…"}`. Never an HTML
//! page, never an empty body.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::person::CannotAct;

/// An answer that says no.
#[derive(Debug)]
pub(super) struct No {
    status: StatusCode,
    sentence: String,
}

/// What a handler gives: JSON, or a [`No`].
pub(super) type Answer<T> = Result<Json<T>, No>;

impl No {
    pub(super) fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status, sentence: sentence.into() }
    }

    /// 404.
    pub(super) fn not_there(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, sentence)
    }

    /// 409: it cannot be done now.
    pub(super) fn not_now(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, sentence)
    }

    /// 422: understood, and refused.
    pub(super) fn refused(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.sentence }))).into_response()
    }
}

impl From<CannotAct> for No {
    fn from(cannot: CannotAct) -> Self {
        match cannot {
            CannotAct::NotThere(sentence) => Self::not_there(sentence),
            CannotAct::Refused(sentence) => Self::refused(sentence),
        }
    }
}

impl From<JsonRejection> for No {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for No {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}
