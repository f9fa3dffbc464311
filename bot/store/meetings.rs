//! Meetings of the pairs, what each of the two said of them, and what is half typed of one that is not set yet.
//!
//! A change of a meeting names the sequence it was read with, so that of two changes at once one comes too late and is
//! told so. Decides nothing about what a report means.

use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{MeetingFact, MeetingId, MeetingState, PairId, PersonId, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::name};

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Our id.
    pub id: MeetingId,
    /// Whose it is.
    pub pair: PairId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// Where or how, in the words of whoever set it; empty for nothing said.
    pub place: String,
    /// Where it stands.
    pub state: MeetingState,
    /// Grows with every change of its time.
    pub sequence: i64,
    /// Who set it, or changed it last.
    pub set_by: PersonId,
    /// When the two are still to be reminded of it.
    pub remind_at: Option<DateTime<Utc>>,
    /// When the two are still to be asked whether it took place.
    pub ask_at: Option<DateTime<Utc>>,
}

impl Meeting {
    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(self.minutes)
    }

    /// What it says about its month.
    #[must_use]
    pub fn fact(&self) -> MeetingFact {
        MeetingFact { at: self.starts_at, ends_at: self.ends_at(), state: self.state }
    }
}

/// A meeting to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeeting {
    /// Whose it is.
    pub pair: PairId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// Where or how.
    pub place: String,
    /// Where it stands.
    pub state: MeetingState,
    /// Who sets it.
    pub set_by: PersonId,
    /// When the two are to be reminded of it.
    pub remind_at: Option<DateTime<Utc>>,
    /// When the two are to be asked whether it took place.
    pub ask_at: Option<DateTime<Utc>>,
}

/// What somebody said of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingReport {
    /// Who.
    pub person: PersonId,
    /// Whether it took place.
    pub held: bool,
    /// When they said so.
    pub at: DateTime<Utc>,
}

/// What somebody has typed of a meeting that is not set yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingDraft {
    /// The date and time in their words.
    pub words: String,
    /// How long, in their words.
    pub minutes: String,
    /// Where or how.
    pub place: String,
}

macro_rules! columns {
    () => {
        "meetings.id, meetings.pair, meetings.starts_at, meetings.minutes, meetings.place, meetings.state,
         meetings.sequence, meetings.set_by, meetings.remind_at, meetings.ask_at"
    };
}

impl Stored for Meeting {
    const WHAT: &'static str = "meeting";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            pair: row.id("pair")?,
            starts_at: row.at("starts_at")?,
            minutes: row.int("minutes")?,
            place: row.text("place")?,
            state: row.name("state")?,
            sequence: row.int("sequence")?,
            set_by: row.id("set_by")?,
            remind_at: row.maybe_at("remind_at")?,
            ask_at: row.maybe_at("ask_at")?,
        })
    }
}

impl Stored for MeetingReport {
    const WHAT: &'static str = "report";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { person: row.id("person")?, held: row.flag("held")?, at: row.at("given_at")? })
    }
}

impl Stored for MeetingDraft {
    const WHAT: &'static str = "draft";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { words: row.text("words")?, minutes: row.text("minutes")?, place: row.text("place")? })
    }
}

impl Stored for (SeasonId, DateTime<Utc>) {
    const WHAT: &'static str = "moment";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok((row.id("season")?, row.at("due_at")?))
    }
}

impl Tx {
    /// Keeps a meeting.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown pair or person, [`StoreError::Taken`] when the pair has one set for that
    /// moment, or what the database says.
    pub async fn insert_meeting(&mut self, new: &NewMeeting, now: DateTime<Utc>) -> Result<Meeting, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO meetings
                 (pair, starts_at, minutes, place, state, sequence, set_by, remind_at, ask_at, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $9) RETURNING ",
            columns!()
        );
        let NewMeeting { pair, starts_at, minutes, place, state, set_by, remind_at, ask_at } = new;
        let values = [
            (*pair).into(),
            (*starts_at).into(),
            (*minutes).into(),
            place.as_str().into(),
            name(state)?,
            (*set_by).into(),
            (*remind_at).into(),
            (*ask_at).into(),
            now.into(),
        ];
        self.one(SQL, values).await
    }

    /// The meeting.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn meeting(&mut self, id: MeetingId) -> Result<Meeting, StoreError> {
        self.one(concat!("SELECT ", columns!(), " FROM meetings WHERE id = $1"), [id.into()]).await
    }

    /// Every meeting of the pair, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn meetings_of(&mut self, pair: PairId) -> Result<Vec<Meeting>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM meetings WHERE pair = $1 ORDER BY starts_at, id");
        self.all(SQL, [pair.into()]).await
    }

    /// The meetings that begin from one moment until another, of the season's pairs whose numbers are `among` these:
    /// pair by pair, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn meetings_in(
        &mut self,
        season: SeasonId,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        among: &RangeInclusive<PairId>,
    ) -> Result<Vec<Meeting>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM meetings JOIN pairs ON pairs.id = meetings.pair
             WHERE pairs.season = $1 AND meetings.starts_at >= $2 AND meetings.starts_at < $3
                 AND pairs.id BETWEEN $4 AND $5
             ORDER BY meetings.pair, meetings.starts_at, meetings.id"
        );
        let values = [season.into(), from.into(), until.into(), (*among.start()).into(), (*among.end()).into()];
        self.all(SQL, values).await
    }

    /// Changes a meeting to what `meeting` says, if it still has the sequence that `meeting` was read with, and counts
    /// the sequence on; `false` if somebody was quicker.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the pair has another one set for that moment, or what the database says.
    pub async fn change_meeting(&mut self, meeting: &Meeting, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE meetings SET starts_at = $3, minutes = $4, place = $5, state = $6, set_by = $7,
                 remind_at = $8, ask_at = $9, updated_at = $10, sequence = sequence + 1
             WHERE id = $1 AND sequence = $2";
        let values = [
            meeting.id.into(),
            meeting.sequence.into(),
            meeting.starts_at.into(),
            meeting.minutes.into(),
            meeting.place.as_str().into(),
            name(&meeting.state)?,
            meeting.set_by.into(),
            meeting.remind_at.into(),
            meeting.ask_at.into(),
            now.into(),
        ];
        self.changed(sql, values).await
    }

    /// Keeps where a meeting stands by what was said of it.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn set_meeting_state(
        &mut self,
        id: MeetingId,
        state: MeetingState,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE meetings SET state = $2, updated_at = $3 WHERE id = $1";
        self.must_change(sql, [id.into(), name(&state)?, now.into()], Meeting::WHAT).await
    }

    /// Keeps when the two are still to be reminded of a meeting and asked about it.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn set_meeting_moments(
        &mut self,
        id: MeetingId,
        remind_at: Option<DateTime<Utc>>,
        ask_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE meetings SET remind_at = $2, ask_at = $3 WHERE id = $1";
        self.must_change(sql, [id.into(), remind_at.into(), ask_at.into()], Meeting::WHAT).await
    }

    /// The meetings of the season of which the two are to be reminded, or about which they are to be asked, by now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn due_meetings(&mut self, season: SeasonId, now: DateTime<Utc>) -> Result<Vec<Meeting>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM meetings JOIN pairs ON pairs.id = meetings.pair
             WHERE pairs.season = $1 AND (meetings.remind_at <= $2 OR meetings.ask_at <= $2) ORDER BY meetings.id"
        );
        self.all(SQL, [season.into(), now.into()]).await
    }

    /// When something is to be said about a meeting next, by season.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_meeting_moments(&mut self) -> Result<Vec<(SeasonId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT pairs.season, MIN(moments.due_at) AS due_at FROM (
                 SELECT pair, remind_at AS due_at FROM meetings WHERE remind_at IS NOT NULL
                 UNION ALL SELECT pair, ask_at AS due_at FROM meetings WHERE ask_at IS NOT NULL) AS moments
             JOIN pairs ON pairs.id = moments.pair GROUP BY pairs.season ORDER BY pairs.season";
        self.all(sql, []).await
    }

    /// Keeps what somebody of the pair said of a meeting; their latest word counts.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such meeting or the person is not in its pair, or what the database
    /// says.
    pub async fn report_meeting(&mut self, meeting: MeetingId, report: &MeetingReport) -> Result<(), StoreError> {
        let sql = "INSERT INTO meeting_reports (meeting, person, held, given_at)
             SELECT meetings.id, $2, $3, $4 FROM meetings JOIN pairs ON pairs.id = meetings.pair
             WHERE meetings.id = $1 AND (pairs.mentor = $2 OR pairs.mentee = $2)
             ON CONFLICT (meeting, person) DO UPDATE SET held = excluded.held, given_at = excluded.given_at";
        let MeetingReport { person, held, at } = *report;
        let values = [meeting.into(), person.into(), held.into(), at.into()];
        self.must_change(sql, values, "meeting of this person").await
    }

    /// What was said of a meeting, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn meeting_reports(&mut self, meeting: MeetingId) -> Result<Vec<MeetingReport>, StoreError> {
        let sql = "SELECT person, held, given_at FROM meeting_reports WHERE meeting = $1 ORDER BY given_at, person";
        self.all(sql, [meeting.into()]).await
    }

    /// Forgets what was said of a meeting: it has another time now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn clear_meeting_reports(&mut self, meeting: MeetingId) -> Result<(), StoreError> {
        self.changed("DELETE FROM meeting_reports WHERE meeting = $1", [meeting.into()]).await?;
        Ok(())
    }

    /// Keeps what somebody has typed of a meeting that is not set yet, in place of what they typed before.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown person, or what the database says.
    pub async fn keep_meeting_draft(
        &mut self,
        person: PersonId,
        about: &str,
        draft: &MeetingDraft,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO meeting_drafts (person, about, words, minutes, place, kept_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (person, about) DO UPDATE SET words = excluded.words, minutes = excluded.minutes,
                 place = excluded.place, kept_at = excluded.kept_at";
        let MeetingDraft { words, minutes, place } = draft;
        let [words, minutes, place] = [words, minutes, place].map(|text| text.as_str().into());
        self.changed(sql, [person.into(), about.into(), words, minutes, place, now.into()]).await?;
        Ok(())
    }

    /// What somebody has typed of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn meeting_draft(&mut self, person: PersonId, about: &str) -> Result<Option<MeetingDraft>, StoreError> {
        let sql = "SELECT words, minutes, place FROM meeting_drafts WHERE person = $1 AND about = $2";
        self.maybe(sql, [person.into(), about.into()]).await
    }

    /// Forgets it: the meeting is set.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_meeting_draft(&mut self, person: PersonId, about: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM meeting_drafts WHERE person = $1 AND about = $2";
        self.changed(sql, [person.into(), about.into()]).await?;
        Ok(())
    }
}
