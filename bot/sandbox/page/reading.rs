//! What can be asked without changing anything: the world, its people, and what each of them has in front
//! of them. A person's address shows what that person can see, never more.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::answer::{Answer, No};
use super::time::ClockShown;
use super::{Shared, until_stopped};
use crate::person::{FormSeen, Place, PlaceKind, Platform, Seen};
use crate::world::Resident;

/// How long `GET /api/changes` waits unless told otherwise.
const WAIT_MS: u64 = 20_000;
/// The longest it can be told to wait: shorter than the time after which proxies and clients give up.
const LONGEST_WAIT_MS: u64 = 50_000;

/// Answer of `GET /api/world`.
#[derive(Serialize)]
pub(super) struct WorldShown {
    title: String,
    #[serde(flatten)]
    clock: ClockShown,
    /// To be given to `/api/changes?since=`.
    changes: u64,
    platforms: Vec<PlatformShown>,
}

#[derive(Serialize)]
struct PlatformShown {
    key: &'static str,
    title: String,
    bot_connected: bool,
    pending: usize,
    people: Vec<Resident>,
}

/// One line of `GET /api/{platform}/people`.
#[derive(Serialize)]
pub(super) struct PersonShown {
    #[serde(flatten)]
    person: Resident,
    /// Unread messages in direct messages and private channels.
    unread: usize,
}

#[derive(Serialize)]
struct PlaceShown {
    #[serde(flatten)]
    place: Place,
    unread: usize,
}

/// Answer of `GET …/screen`.
#[derive(Serialize)]
pub(super) struct ScreenShown {
    person: Resident,
    places: Vec<PlaceShown>,
    /// The place whose messages follow.
    place: Option<String>,
    messages: Vec<Seen>,
    form: Option<FormSeen>,
    home: Option<Seen>,
}

/// Answer of `GET /api/changes`.
#[derive(Serialize)]
pub(super) struct ChangesShown {
    changes: u64,
    now_ms: i64,
}

#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    since: u64,
    wait_ms: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    place: Option<String>,
}

/// The parts of an address by name (`platform`, `handle`, `place`, `file`).
pub(super) type Parts = Path<HashMap<String, String>>;

impl Shared {
    /// The platform an address names.
    pub(super) fn platform(&self, parts: &HashMap<String, String>) -> Result<&Arc<dyn Platform>, No> {
        let key = part(parts, "platform");
        self.platforms
            .iter()
            .find(|platform| platform.key() == key)
            .ok_or_else(|| No::not_there(format!("There is no platform {key:?} here.")))
    }

    /// The platform and the person an address names.
    pub(super) fn person(&self, parts: &HashMap<String, String>) -> Result<(&Arc<dyn Platform>, Resident), No> {
        let platform = self.platform(parts)?;
        let handle = part(parts, "handle");
        let person = platform.residents().into_iter().find(|person| person.handle == handle);
        let person = person.ok_or_else(|| {
            No::not_there(format!("There is nobody with the handle {handle:?} on {}.", platform.title()))
        })?;
        Ok((platform, person))
    }
}

/// A part of the address that the route has for certain.
pub(super) fn part<'a>(parts: &'a HashMap<String, String>, name: &str) -> &'a str {
    parts.get(name).map(String::as_str).unwrap_or_default()
}

pub(super) async fn world(State(shared): State<Arc<Shared>>) -> Json<WorldShown> {
    // Read first: whatever changes while the rest is gathered then has a higher number.
    let changes = *shared.revision.borrow();
    let clock = shared.clock_shown().await;
    let platforms = shared.platforms.iter().map(|platform| PlatformShown {
        key: platform.key(),
        title: platform.title(),
        bot_connected: platform.bot_connected(),
        pending: platform.pending(),
        people: platform.residents(),
    });
    Json(WorldShown { title: shared.title.clone(), clock, changes, platforms: platforms.collect() })
}

/// Answers as soon as something is newer than `since`, or with the same number when the wait is over.
pub(super) async fn changes(
    State(shared): State<Arc<Shared>>,
    since: Result<Query<Since>, QueryRejection>,
) -> Answer<ChangesShown> {
    let Query(Since { since, wait_ms }) = since?;
    let wait = Duration::from_millis(wait_ms.unwrap_or(WAIT_MS).min(LONGEST_WAIT_MS));
    let mut revision = shared.revision.subscribe();
    tokio::select! {
        // The sender lives in `shared`, so waiting cannot fail.
        _ = tokio::time::timeout(wait, revision.wait_for(|revision| *revision != since)) => {}
        () = until_stopped(shared.stopping.clone()) => {}
    }
    let changes = *shared.revision.borrow();
    Ok(Json(ChangesShown { changes, now_ms: shared.time.now_ms() }))
}

pub(super) async fn people(State(shared): State<Arc<Shared>>, Path(parts): Parts) -> Answer<Vec<PersonShown>> {
    let platform = shared.platform(&parts)?;
    let shown = platform.residents().into_iter().map(|person| {
        let unread = shared.marks.waiting_for(platform.as_ref(), &person);
        PersonShown { person, unread }
    });
    Ok(Json(shown.collect()))
}

pub(super) async fn places(State(shared): State<Arc<Shared>>, Path(parts): Parts) -> Answer<Vec<Place>> {
    let (platform, person) = shared.person(&parts)?;
    Ok(Json(platform.places(&person.handle)))
}

pub(super) async fn messages(State(shared): State<Arc<Shared>>, Path(parts): Parts) -> Answer<Vec<Seen>> {
    let (platform, person) = shared.person(&parts)?;
    let place = readable_place(platform.as_ref(), &person, part(&parts, "place"))?;
    Ok(Json(platform.messages(&person.handle, &place.id)))
}

pub(super) async fn form(State(shared): State<Arc<Shared>>, Path(parts): Parts) -> Answer<Option<FormSeen>> {
    let (platform, person) = shared.person(&parts)?;
    Ok(Json(platform.form(&person.handle)))
}

pub(super) async fn home(State(shared): State<Arc<Shared>>, Path(parts): Parts) -> Answer<Option<Seen>> {
    let (platform, person) = shared.person(&parts)?;
    Ok(Json(platform.home(&person.handle)))
}

/// Bytes of a file: pictures under their own type so that the page can show them, everything else as a
/// plain download, so that no file can act as a page of this address.
pub(super) async fn file(State(shared): State<Arc<Shared>>, Path(parts): Parts) -> Result<Response, No> {
    let (platform, person) = shared.person(&parts)?;
    let bytes = platform
        .file(&person.handle, part(&parts, "file"))
        .ok_or_else(|| No::not_there(format!("{} can see no such file.", person.name)))?;
    let kind = picture_type(&bytes).unwrap_or("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, "attachment")], bytes).into_response())
}

pub(super) async fn screen(
    State(shared): State<Arc<Shared>>,
    Path(parts): Parts,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Answer<ScreenShown> {
    let (platform, person) = shared.person(&parts)?;
    let Query(Chosen { place }) = chosen?;
    let places = platform.places(&person.handle);
    let place = place.filter(|wanted| places.iter().any(|place| place.id == *wanted));
    let place = place.or_else(|| first_place(&places).map(|place| place.id.clone()));
    let messages = place.as_ref().map(|place| platform.messages(&person.handle, place)).unwrap_or_default();
    let form = platform.form(&person.handle);
    let home = platform.home(&person.handle);
    let places = places.into_iter().map(|place| {
        let unread = shared.marks.unread_in(platform.as_ref(), &person, &place.id);
        PlaceShown { place, unread }
    });
    let places = places.collect();
    Ok(Json(ScreenShown { person, places, place, messages, form, home }))
}

/// The place of that id, if the person can read it; else the same answer as for one that does not exist.
pub(super) fn readable_place(platform: &dyn Platform, person: &Resident, place: &str) -> Result<Place, No> {
    let found = platform.places(&person.handle).into_iter().find(|readable| readable.id == place);
    found.ok_or_else(|| No::not_there(format!("{} can read no place with the id {place:?}.", person.name)))
}

/// Where somebody starts who chose nothing: in public, where commands are typed.
fn first_place(places: &[Place]) -> Option<&Place> {
    places.iter().find(|place| place.kind == PlaceKind::Public).or_else(|| places.first())
}

/// The type of a picture, by how its bytes begin.
fn picture_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}
