//! Everything that is kept of one season, table by table, as the operator hands it out. Drafts that nobody has sent and
//! the bot's own bookkeeping are not part of it.

use plsep_domain::SeasonId;

use super::held::Kind::{self, Json, Number, When, Words};
use super::{HeldValue, Row, StoreError, Stored, Tx};

/// Rows of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct SeasonPart {
    /// What they are.
    pub part: &'static str,
    /// What is told of each, in order.
    pub columns: Vec<&'static str>,
    /// The rows; what is not known is left empty.
    pub rows: Vec<Vec<Option<HeldValue>>>,
}

/// A part, the statement that finds its rows of the season `$1`, and its columns.
type Part = (&'static str, &'static str, &'static [(&'static str, Kind)]);

/// The community of the season.
macro_rules! here {
    () => {
        "(SELECT community FROM seasons WHERE id = $1)"
    };
}

/// Pairs of the season with the names of the two.
macro_rules! of_pairs {
    () => {
        " JOIN pairs ON pairs.id = told.pair AND pairs.season = $1
              JOIN people AS mentors ON mentors.id = pairs.mentor JOIN people AS mentees ON mentees.id = pairs.mentee"
    };
}

const PARTS: [Part; 15] = [
    (
        "people",
        concat!(
            "SELECT id AS person, name, chat_user AS account, email, locale, COALESCE(chosen_zone, zone) AS zone,
                 CASE WHEN present THEN 'yes' ELSE 'no' END AS here, snoozed_until, seen_at
             FROM people WHERE erased_at IS NULL AND community = ", here!(), " ORDER BY id"
        ),
        &[
            ("person", Number), ("name", Words), ("account", Words), ("email", Words), ("locale", Words),
            ("zone", Words), ("here", Words), ("snoozed_until", When), ("seen_at", When),
        ],
    ),
    (
        "coordinators",
        concat!(
            "SELECT people.id AS person, people.name, coordinators.since FROM coordinators
                 JOIN people ON people.id = coordinators.person
             WHERE coordinators.community = ", here!(), " ORDER BY coordinators.since, people.id"
        ),
        &[("person", Number), ("name", Words), ("since", When)],
    ),
    (
        "roster",
        concat!(
            "SELECT name, email, chat_user AS account, library_system,
                 CASE WHEN active THEN 'yes' ELSE 'no' END AS active, updated_at
             FROM roster WHERE community = ", here!(), " ORDER BY id"
        ),
        &[
            ("name", Words), ("email", Words), ("account", Words), ("library_system", Words), ("active", Words),
            ("updated_at", When),
        ],
    ),
    (
        "applications",
        "SELECT people.id AS person, people.name, applications.role, applications.state, applications.decline_reason,
             applications.submitted_at, applications.answers
         FROM applications JOIN people ON people.id = applications.person
         WHERE applications.season = $1 ORDER BY applications.id",
        &[
            ("person", Number), ("name", Words), ("role", Words), ("state", Words), ("decline_reason", Words),
            ("submitted_at", When), ("answers", Json),
        ],
    ),
    (
        "acknowledgements",
        "SELECT people.id AS person, people.name, typed_name, signed_at, text_version, timing
         FROM signatures JOIN people ON people.id = signatures.person WHERE season = $1 ORDER BY signed_at, people.id",
        &[
            ("person", Number), ("name", Words), ("typed_name", Words), ("signed_at", When), ("text_version", Words),
            ("timing", Words),
        ],
    ),
    (
        "rulings",
        "SELECT mentors.name AS mentor, mentees.name AS mentee, ruling, decided_at FROM match_rulings
             JOIN people AS mentors ON mentors.id = match_rulings.mentor
             JOIN people AS mentees ON mentees.id = match_rulings.mentee
         WHERE season = $1 ORDER BY decided_at, mentees.id",
        &[("mentor", Words), ("mentee", Words), ("ruling", Words), ("decided_at", When)],
    ),
    (
        "pairs",
        "SELECT pairs.id AS pair, mentors.id AS mentor_person, mentors.name AS mentor, mentees.id AS mentee_person,
             mentees.name AS mentee, pairs.state, pairs.state_at AS since, pairs.end_reason, pairs.cadence,
             pairs.score, pairs.reasons, pairs.agreed_until
         FROM pairs JOIN people AS mentors ON mentors.id = pairs.mentor JOIN people AS mentees ON mentees.id = pairs.mentee
         WHERE pairs.season = $1 ORDER BY pairs.id",
        &[
            ("pair", Number), ("mentor_person", Number), ("mentor", Words), ("mentee_person", Number),
            ("mentee", Words), ("state", Words), ("since", When), ("end_reason", Words), ("cadence", Words),
            ("score", Number), ("reasons", Json), ("agreed_until", When),
        ],
    ),
    (
        "meetings",
        concat!(
            "SELECT told.id AS meeting, told.pair, mentors.name AS mentor, mentees.name AS mentee, told.starts_at,
                 told.minutes, told.place, told.state
             FROM meetings AS told", of_pairs!(), " ORDER BY told.starts_at, told.id"
        ),
        &[
            ("meeting", Number), ("pair", Number), ("mentor", Words), ("mentee", Words), ("starts_at", When),
            ("minutes", Number), ("place", Words), ("state", Words),
        ],
    ),
    (
        "meeting_reports",
        "SELECT told.meeting, people.name AS said_by, CASE WHEN told.held THEN 'yes' ELSE 'no' END AS met, told.given_at
         FROM meeting_reports AS told JOIN meetings ON meetings.id = told.meeting
             JOIN pairs ON pairs.id = meetings.pair AND pairs.season = $1 JOIN people ON people.id = told.person
         ORDER BY told.given_at, told.meeting, people.id",
        &[("meeting", Number), ("said_by", Words), ("met", Words), ("given_at", When)],
    ),
    (
        "check_ins",
        concat!(
            "SELECT told.pair, mentors.name AS mentor, mentees.name AS mentee, told.period, people.name AS said_by,
                 told.answer, told.given_at
             FROM checkin_answers AS told", of_pairs!(), " JOIN people ON people.id = told.person ORDER BY told.id"
        ),
        &[
            ("pair", Number), ("mentor", Words), ("mentee", Words), ("period", Words), ("said_by", Words),
            ("answer", Words), ("given_at", When),
        ],
    ),
    (
        "questions_sent",
        concat!(
            "SELECT told.pair, mentors.name AS mentor, mentees.name AS mentee, told.period, told.sequence, told.nudged_at
             FROM nudges AS told", of_pairs!(), " ORDER BY told.nudged_at, told.pair, told.sequence"
        ),
        &[
            ("pair", Number), ("mentor", Words), ("mentee", Words), ("period", Words), ("sequence", Number),
            ("nudged_at", When),
        ],
    ),
    (
        "pulses",
        concat!(
            "SELECT told.pair, people.name AS said_by, told.occasion, told.asked_at, told.answer, told.note,
                 told.answered_at
             FROM pulses AS told", of_pairs!(), " JOIN people ON people.id = told.person
             ORDER BY told.asked_at, told.pair, people.id"
        ),
        &[
            ("pair", Number), ("said_by", Words), ("occasion", Words), ("asked_at", When), ("answer", Words),
            ("note", Words), ("answered_at", When),
        ],
    ),
    (
        "concerns",
        "SELECT concerns.id AS concern, kind, pair, about.name AS about, note, raised_at, looks.name AS looked_after_by,
             resolved_at, resolution
         FROM concerns LEFT JOIN people AS about ON about.id = concerns.person
             LEFT JOIN people AS looks ON looks.id = concerns.assigned_to
         WHERE season = $1 ORDER BY concerns.id",
        &[
            ("concern", Number), ("kind", Words), ("pair", Number), ("about", Words), ("note", Words),
            ("raised_at", When), ("looked_after_by", Words), ("resolved_at", When), ("resolution", Words),
        ],
    ),
    (
        "surveys",
        "SELECT people.id AS person, people.name, given_at, answers FROM surveys
             JOIN people ON people.id = surveys.person
         WHERE season = $1 AND answers IS NOT NULL ORDER BY given_at, people.id",
        &[("person", Number), ("name", Words), ("given_at", When), ("answers", Json)],
    ),
    (
        "audit",
        concat!(
            "SELECT at, actor, people.name AS actor_name, action, subject, detail FROM audit
                 LEFT JOIN people ON people.id = audit.actor_person
             WHERE audit.community = ", here!(), " ORDER BY audit.id"
        ),
        &[("at", When), ("actor", Words), ("actor_name", Words), ("action", Words), ("subject", Words), ("detail", Json)],
    ),
];

/// A row of the part with this number.
struct Found<const PART: usize>(Vec<Option<HeldValue>>);

impl<const PART: usize> Stored for Found<PART> {
    const WHAT: &'static str = PARTS[PART].0;

    fn read(row: &Row) -> Result<Self, StoreError> {
        PARTS[PART].2.iter().map(|(column, kind)| kind.read(row, column)).collect::<Result<_, _>>().map(Self)
    }
}

/// Reads the parts with these numbers.
macro_rules! read_parts {
    ($tx:ident, $season:ident, $($part:literal)+) => {{
        let mut parts = Vec::new();
        $(
            let rows: Vec<Found<$part>> = $tx.all(PARTS[$part].1, [$season.into()]).await?;
            let rows = rows.into_iter().map(|Found(row)| row).collect();
            let columns = PARTS[$part].2.iter().map(|(column, _)| *column).collect();
            parts.push(SeasonPart { part: PARTS[$part].0, columns, rows });
        )+
        parts
    }};
}

impl Tx {
    /// Everything that is kept of a season. Of one moment, if it is read in a transaction that reads.
    ///
    /// # Errors
    /// What the database says.
    pub async fn whole_season(&mut self, season: SeasonId) -> Result<Vec<SeasonPart>, StoreError> {
        Ok(read_parts!(self, season, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14))
    }
}
