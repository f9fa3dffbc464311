//! What changes something: somebody joins, acts, or has looked at a place. Whether an action is possible
//! is the platform's decision; here only its answer is passed on.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Shared;
use super::answer::{Answer, No};
use super::reading::{Parts, part, readable_place};
use crate::person::{Acted, Action};
use crate::world::{NewResident, Resident};

/// The longest handle: it stands in addresses and lists.
const LONGEST_HANDLE: usize = 32;
/// The longest display name either platform takes.
const LONGEST_NAME: usize = 80;

/// Body of `POST …/read`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Read {
    /// Id of the last message on screen.
    up_to: String,
}

pub(super) async fn join(
    State(shared): State<Arc<Shared>>,
    Path(parts): Parts,
    body: Result<Json<NewResident>, JsonRejection>,
) -> Result<(StatusCode, Json<Resident>), No> {
    let platform = shared.platform(&parts)?;
    let Json(who) = body?;
    if let Some(objection) = objection_to(&who) {
        return Err(No::refused(objection));
    }
    Ok((StatusCode::CREATED, Json(platform.join(who)?)))
}

pub(super) async fn act(
    State(shared): State<Arc<Shared>>,
    Path(parts): Parts,
    body: Result<Json<Action>, JsonRejection>,
) -> Answer<Acted> {
    let (platform, person) = shared.person(&parts)?;
    let Json(action) = body?;
    Ok(Json(platform.act(&person.handle, action).await?))
}

pub(super) async fn mark_read(
    State(shared): State<Arc<Shared>>,
    Path(parts): Parts,
    body: Result<Json<Read>, JsonRejection>,
) -> Answer<Value> {
    let (platform, person) = shared.person(&parts)?;
    let Json(Read { up_to }) = body?;
    let place = readable_place(platform.as_ref(), &person, part(&parts, "place"))?;
    let messages = platform.messages(&person.handle, &place.id);
    if shared.marks.mark((platform.key(), person.handle.clone(), place.id.clone()), &messages, &up_to) {
        shared.changed();
    }
    Ok(Json(json!({ "unread": shared.marks.unread_in(platform.as_ref(), &person, &place.id) })))
}

/// Why nobody can join like that, if so.
fn objection_to(who: &NewResident) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    if who.handle.is_empty() || who.handle.len() > LONGEST_HANDLE || !who.handle.chars().all(plain) {
        return Some(
            "A handle is 1 to 32 lower-case letters, digits, dots, dashes or underscores, for example \"ana\".",
        );
    }
    if who.name.trim().is_empty() || who.name.chars().count() > LONGEST_NAME {
        return Some("A name has 1 to 80 characters.");
    }
    if who.zone.parse::<chrono_tz::Tz>().is_err() {
        return Some("The time zone is not one we know; write it like America/New_York.");
    }
    None
}
