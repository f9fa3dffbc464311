//! Everything that is held about one person, table by table, for them to read. A table that comes to hold something of
//! people is added here and to what [`Tx::erase_person`] takes out.

use chrono::{DateTime, Utc};
use plsep_domain::PersonId;

use super::{Effect, Row, StoreError, Stored, Tx};

/// A value that is held.
#[derive(Clone, Debug, PartialEq)]
pub enum HeldValue {
    /// Words, or a stable word of ours.
    Words(String),
    /// A number.
    Number(i64),
    /// A moment.
    When(DateTime<Utc>),
    /// Answers and the like.
    Json(serde_json::Value),
}

/// Rows of one kind, each with what is known in it by name; what is not known is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldPart {
    /// What they are.
    pub part: &'static str,
    /// The rows, oldest first.
    pub rows: Vec<Vec<(&'static str, HeldValue)>>,
}

/// How a column is read.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Words,
    Number,
    When,
    Json,
    /// An effect, of which its message's first words are told.
    Said,
}

use Kind::{Json, Number, Said, When, Words};

/// A part, the statement that finds its rows of the person `$1`, and its columns.
type Part = (&'static str, &'static str, &'static [(&'static str, Kind)]);

const PARTS: [Part; 17] = [
    (
        "profile",
        "SELECT name, chat_user AS account, email, locale, zone, CASE WHEN present THEN 'yes' ELSE 'no' END AS here, seen_at
         FROM people WHERE id = $1",
        &[("name", Words), ("account", Words), ("email", Words), ("locale", Words), ("zone", Words), ("here", Words), ("seen_at", When)],
    ),
    (
        "settings",
        "SELECT chosen_language, chosen_zone, hours_from, hours_to, reach, snoozed_until FROM people WHERE id = $1",
        &[
            ("chosen_language", Words), ("chosen_zone", Words), ("hours_from", Number), ("hours_to", Number),
            ("reach", Words), ("snoozed_until", When),
        ],
    ),
    ("coordinator", "SELECT since FROM coordinators WHERE person = $1", &[("since", When)]),
    (
        "roster",
        "SELECT roster.name, roster.email, roster.chat_user AS account, roster.library_system,
             CASE WHEN roster.active THEN 'yes' ELSE 'no' END AS active, roster.updated_at
         FROM roster JOIN people ON people.community = roster.community
             AND (roster.chat_user = people.chat_user OR roster.email_key = LOWER(people.email))
         WHERE people.id = $1 ORDER BY roster.id",
        &[
            ("name", Words), ("email", Words), ("account", Words), ("library_system", Words), ("active", Words),
            ("updated_at", When),
        ],
    ),
    (
        "applications",
        "SELECT seasons.program_key AS season, role, state, decline_reason, submitted_at, updated_at, answers, draft
         FROM applications JOIN seasons ON seasons.id = applications.season WHERE person = $1 ORDER BY applications.id",
        &[
            ("season", Words), ("role", Words), ("state", Words), ("decline_reason", Words), ("submitted_at", When),
            ("updated_at", When), ("answers", Json), ("draft", Json),
        ],
    ),
    (
        "signatures",
        "SELECT seasons.program_key AS season, typed_name, signed_at, text_version, timing, signatures.text AS signed_text
         FROM signatures JOIN seasons ON seasons.id = signatures.season WHERE person = $1 ORDER BY signed_at",
        &[("season", Words), ("typed_name", Words), ("signed_at", When), ("text_version", Words), ("timing", Words), ("signed_text", Words)],
    ),
    (
        "pairs",
        "SELECT seasons.program_key AS season, CASE WHEN pairs.mentor = $1 THEN 'mentor' ELSE 'mentee' END AS role,
             people.name AS partner, pairs.state, pairs.state_at AS since, pairs.end_reason, pairs.cadence, pairs.reasons,
             pairs.agreed_until
         FROM pairs JOIN seasons ON seasons.id = pairs.season
             JOIN people ON people.id = CASE WHEN pairs.mentor = $1 THEN pairs.mentee ELSE pairs.mentor END
         WHERE pairs.mentor = $1 OR pairs.mentee = $1 ORDER BY pairs.id",
        &[
            ("season", Words), ("role", Words), ("partner", Words), ("state", Words), ("since", When),
            ("end_reason", Words), ("cadence", Words), ("reasons", Json), ("agreed_until", When),
        ],
    ),
    (
        "meetings",
        "SELECT meetings.starts_at, meetings.minutes, meetings.place, meetings.state,
             CASE WHEN meeting_reports.held THEN 'yes' WHEN NOT meeting_reports.held THEN 'no' END AS met
         FROM meetings JOIN pairs ON pairs.id = meetings.pair
             LEFT JOIN meeting_reports ON meeting_reports.meeting = meetings.id AND meeting_reports.person = $1
         WHERE pairs.mentor = $1 OR pairs.mentee = $1 ORDER BY meetings.starts_at, meetings.id",
        &[("starts_at", When), ("minutes", Number), ("place", Words), ("state", Words), ("met", Words)],
    ),
    (
        "meeting_drafts",
        "SELECT words, minutes AS length, place, kept_at FROM meeting_drafts WHERE person = $1 ORDER BY kept_at",
        &[("words", Words), ("length", Words), ("place", Words), ("kept_at", When)],
    ),
    (
        "check_ins",
        "SELECT period, answer, given_at FROM checkin_answers WHERE person = $1 ORDER BY id",
        &[("period", Words), ("answer", Words), ("given_at", When)],
    ),
    (
        "pulses",
        "SELECT occasion, asked_at, answer, note, answered_at FROM pulses WHERE person = $1 ORDER BY asked_at",
        &[("occasion", Words), ("asked_at", When), ("answer", Words), ("note", Words), ("answered_at", When)],
    ),
    (
        "concerns",
        "SELECT kind, note, raised_at, resolved_at, resolution FROM concerns WHERE person = $1 ORDER BY id",
        &[("kind", Words), ("note", Words), ("raised_at", When), ("resolved_at", When), ("resolution", Words)],
    ),
    (
        "survey",
        "SELECT seasons.program_key AS season, given_at, answers, draft
         FROM surveys JOIN seasons ON seasons.id = surveys.season WHERE person = $1 ORDER BY seasons.id",
        &[("season", Words), ("given_at", When), ("answers", Json), ("draft", Json)],
    ),
    (
        "rulings",
        "SELECT ruling, decided_at FROM match_rulings WHERE mentee = $1 OR mentor = $1 ORDER BY decided_at",
        &[("ruling", Words), ("decided_at", When)],
    ),
    (
        "messages",
        "SELECT due_at, effect AS message FROM outbox
         WHERE state = 'pending' AND lane = 'person:' || CAST(CAST($1 AS BIGINT) AS TEXT) ORDER BY due_at, id",
        &[("due_at", When), ("message", Said)],
    ),
    ("events", "SELECT seen_at FROM inbox WHERE person = $1 ORDER BY seen_at", &[("seen_at", When)]),
    (
        "audit",
        "SELECT at, action, subject FROM audit
         WHERE actor_person = $1 OR subject = 'person:' || CAST(CAST($1 AS BIGINT) AS TEXT)
             OR subject IN (SELECT 'application:' || CAST(id AS TEXT) FROM applications WHERE person = $1)
         ORDER BY id",
        &[("at", When), ("action", Words), ("subject", Words)],
    ),
];

impl Kind {
    pub fn read(self, row: &Row, column: &'static str) -> Result<Option<HeldValue>, StoreError> {
        Ok(match self {
            Words => row.maybe_text(column)?.filter(|words| !words.is_empty()).map(HeldValue::Words),
            Number => row.maybe_int(column)?.map(HeldValue::Number),
            When => row.maybe_at(column)?.map(HeldValue::When),
            Json => row.maybe_json(column)?.map(HeldValue::Json),
            Said => match row.json::<Effect>(column)? {
                Effect::Post { message, .. } => Some(HeldValue::Words(message.summary())),
                _ => None,
            },
        })
    }
}

/// A row of the part with this number.
struct Found<const PART: usize>(Vec<(&'static str, HeldValue)>);

impl<const PART: usize> Stored for Found<PART> {
    const WHAT: &'static str = PARTS[PART].0;

    fn read(row: &Row) -> Result<Self, StoreError> {
        let mut known = Vec::new();
        for (column, kind) in PARTS[PART].2 {
            known.extend(kind.read(row, column)?.map(|held| (*column, held)));
        }
        Ok(Self(known))
    }
}

/// Reads the parts with these numbers.
macro_rules! read_parts {
    ($tx:ident, $person:ident, $($part:literal)+) => {{
        let mut parts = Vec::new();
        $(
            let rows: Vec<Found<$part>> = $tx.all(PARTS[$part].1, [$person.into()]).await?;
            parts.push(HeldPart { part: PARTS[$part].0, rows: rows.into_iter().map(|Found(known)| known).collect() });
        )+
        parts
    }};
}

impl Tx {
    /// Everything that is held about the person; parts of which there is nothing are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn held_about(&mut self, person: PersonId) -> Result<Vec<HeldPart>, StoreError> {
        let mut parts = read_parts!(self, person, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
        parts.retain(|part| !part.rows.is_empty());
        Ok(parts)
    }
}
