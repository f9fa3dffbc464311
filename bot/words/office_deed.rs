//! What the controls of the coordinators' desk do, as it travels through a platform. Proves nothing: each flow asks
//! again who may, and whether it still holds.

use chrono::{DateTime, NaiveDate};
use plsep_domain::{
    AnnouncementId, ApplicationId, Audience, AuditGroup, AuditLook, Back, ConcernId, DateName, EndCause, PairId,
};

use super::DateUndo;
use crate::chat::ActionId;

/// What a control of the coordinators' desk does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficeDeed {
    /// Shows a page of those who wait for a decision, counted from 0.
    ShowQueue(u16),
    /// Chooses, in the queue, whose application is read.
    PickApplication,
    /// Shows a page of an application, counted from 0.
    ShowApplication(ApplicationId, u16),
    /// Puts this application on the waiting list.
    WaitList(ApplicationId),
    /// Shows a page of what is to be looked at, counted from 0.
    ShowConcerns(u16),
    /// Chooses, in that list, what is looked at.
    PickConcern,
    /// Shows one concern.
    ShowConcern(ConcernId),
    /// Takes a concern that nobody looks after.
    TakeConcern(ConcernId),
    /// Chooses which coordinator looks after a concern.
    HandConcern(ConcernId),
    /// Opens, and by sending it keeps, the note about what came of a concern.
    ResolveConcern(ConcernId),
    /// Opens a resolved concern again.
    ReopenConcern(ConcernId),
    /// Opens, and by sending it notes, a meeting on a pair's behalf.
    LogMeeting(PairId),
    /// Opens the form for a message to a pair, and by sending it writes to them.
    WriteToPair(PairId),
    /// Asks whether a pair is ended.
    AskEndPair(PairId),
    /// Chooses why a pair is to be ended.
    PickEndCause(PairId),
    /// Ends a pair, for this reason; with when that was asked, in seconds since 1970.
    EndPair(PairId, EndCause, i64),
    /// Shows one pair.
    ShowPair(PairId),
    /// Chooses which pair something is about.
    PickPair(PairTask),
    /// Asks until when a pair may go on.
    AskExtension(PairId),
    /// Chooses until when.
    PickExtension(PairId),
    /// Lets a pair go on through this day, or takes that back; with when that was asked, in seconds since 1970.
    Extend(PairId, Option<NaiveDate>, i64),
    /// Asks whether a pair is ended for a new match.
    AskRematch(PairId),
    /// Chooses who goes back into the matching.
    PickRematch(PairId),
    /// Ends a pair for a new match; with when that was asked, in seconds since 1970.
    Rematch(PairId, Back, i64),
    /// Asks the month's question now; with when that was asked, in seconds since 1970.
    SendNudges(i64),
    /// Lets the monthly question go on; with when that was asked.
    ResumeNudges(i64),
    /// Chooses when the monthly question is asked.
    PickNudgeDates,
    /// Keeps when the monthly question is asked, as a cron line; with when that was asked.
    SetNudgeDates(String, i64),
    /// Opens, and by sending it takes in, what is to be announced.
    Announce(Audience),
    /// Sends an announcement.
    SendAnnouncement(AnnouncementId),
    /// Stops what of an announcement is not sent yet.
    StopAnnouncement(AnnouncementId),
    /// Tries again what of an announcement could not be sent.
    AnnounceAgain(AnnouncementId),
    /// Reminds so many people of what they have begun or not signed; with when that was asked, in seconds since 1970.
    Remind(u32, i64),
    /// Lets whoever coordinates by a group into the coordinators' place.
    EnterOffice,
    /// Opens another place for the coordinators in place of one that is gone.
    ReopenOffice,
    /// Opens another place for a pair in place of one that is gone.
    ReopenPair(PairId),
    /// Chooses which date of the season is moved.
    PickDate,
    /// Asks, by sending its form, whether this date is moved.
    MoveDate(DateName),
    /// Puts a moved date back.
    UndoMove(DateUndo),
    /// Sets up the next season, the one of this fingerprint; with when that was asked, in seconds since 1970.
    CreateSeason(String, i64),
    /// Shows a page of the audit log, counted from 0, of the entries that are looked at.
    ShowAudit(u16, AuditLook),
}

/// What a coordinator wants to do with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairTask {
    /// Look at it.
    Show,
    /// Note a meeting for it.
    Log,
    /// End it.
    End,
    /// End it for a new match.
    Rematch,
    /// Let it go on after the program.
    Extend,
}

impl PairTask {
    const ALL: [Self; 5] = [Self::Show, Self::Log, Self::End, Self::Rematch, Self::Extend];

    const fn key(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Log => "log",
            Self::End => "end",
            Self::Rematch => "rematch",
            Self::Extend => "extend",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.key() == key)
    }

    /// What begins it for one pair.
    #[must_use]
    pub const fn deed(self, pair: PairId) -> OfficeDeed {
        match self {
            Self::Show => OfficeDeed::ShowPair(pair),
            Self::Log => OfficeDeed::LogMeeting(pair),
            Self::End => OfficeDeed::AskEndPair(pair),
            Self::Rematch => OfficeDeed::AskRematch(pair),
            Self::Extend => OfficeDeed::AskExtension(pair),
        }
    }
}

impl OfficeDeed {
    /// The action that travels.
    #[must_use]
    pub fn action(&self) -> ActionId {
        match self {
            Self::ShowQueue(page) => ActionId::new("queue", &[&page.to_string()]),
            Self::PickApplication => ActionId::new("pick-application", &[]),
            Self::ShowApplication(id, page) => ActionId::new("application", &[&id.to_string(), &page.to_string()]),
            Self::WaitList(id) => ActionId::new("wait-list", &[&id.to_string()]),
            Self::ShowConcerns(page) => ActionId::new("concerns", &[&page.to_string()]),
            Self::PickConcern => ActionId::new("pick-concern", &[]),
            Self::ShowConcern(id) => ActionId::new("concern", &[&id.to_string()]),
            Self::TakeConcern(id) => ActionId::new("concern-take", &[&id.to_string()]),
            Self::HandConcern(id) => ActionId::new("concern-hand", &[&id.to_string()]),
            Self::ResolveConcern(id) => ActionId::new("concern-resolve", &[&id.to_string()]),
            Self::ReopenConcern(id) => ActionId::new("concern-reopen", &[&id.to_string()]),
            Self::LogMeeting(pair) => ActionId::new("pair-log", &[&pair.to_string()]),
            Self::WriteToPair(pair) => ActionId::new("pair-write", &[&pair.to_string()]),
            Self::AskEndPair(pair) => ActionId::new("pair-end", &[&pair.to_string()]),
            Self::PickEndCause(pair) => ActionId::new("pair-end-why", &[&pair.to_string()]),
            Self::EndPair(pair, cause, asked_at) => {
                ActionId::new("pair-end-yes", &[&pair.to_string(), cause.key(), &asked_at.to_string()])
            }
            Self::ShowPair(pair) => ActionId::new("pair", &[&pair.to_string()]),
            Self::PickPair(task) => ActionId::new("pick-pair", &[task.key()]),
            Self::AskExtension(pair) => ActionId::new("extend", &[&pair.to_string()]),
            Self::PickExtension(pair) => ActionId::new("extend-until", &[&pair.to_string()]),
            Self::Extend(pair, through, asked_at) => {
                let through = through.map(|day| day.to_string()).unwrap_or_default();
                ActionId::new("extend-yes", &[&pair.to_string(), &through, &asked_at.to_string()])
            }
            Self::AskRematch(pair) => ActionId::new("rematch", &[&pair.to_string()]),
            Self::PickRematch(pair) => ActionId::new("rematch-who", &[&pair.to_string()]),
            Self::Rematch(pair, back, asked_at) => {
                ActionId::new("rematch-yes", &[&pair.to_string(), back.key(), &asked_at.to_string()])
            }
            Self::SendNudges(asked_at) => ActionId::new("nudge-now", &[&asked_at.to_string()]),
            Self::ResumeNudges(asked_at) => ActionId::new("nudges-resume", &[&asked_at.to_string()]),
            Self::PickNudgeDates => ActionId::new("nudge-dates", &[]),
            Self::SetNudgeDates(line, asked_at) => ActionId::new("nudge-dates-yes", &[line, &asked_at.to_string()]),
            Self::Announce(audience) => ActionId::new("announce", &[audience.key()]),
            Self::SendAnnouncement(which) => ActionId::new("announce-yes", &[&which.to_string()]),
            Self::StopAnnouncement(which) => ActionId::new("announce-stop", &[&which.to_string()]),
            Self::AnnounceAgain(which) => ActionId::new("announce-again", &[&which.to_string()]),
            Self::PickDate => ActionId::new("pick-date", &[]),
            Self::MoveDate(name) => ActionId::new("date-form", &[name.key()]),
            Self::UndoMove(DateUndo { name, to, from, moved_at }) => {
                let [to, from] = [to, from].map(|date| date.to_string().replace(':', "."));
                ActionId::new("move-undo", &[name.key(), &to, &from, &moved_at.to_string()])
            }
            Self::CreateSeason(print, asked_at) => ActionId::new("season-next", &[print, &asked_at.to_string()]),
            Self::Remind(people, asked_at) => ActionId::new("remind", &[&people.to_string(), &asked_at.to_string()]),
            Self::ReopenOffice => ActionId::new("office-again", &[]),
            Self::EnterOffice => ActionId::new("office-enter", &[]),
            Self::ReopenPair(pair) => ActionId::new("pair-place", &[&pair.to_string()]),
            Self::ShowAudit(page, look) => {
                let about = look.about.map(|person| person.to_string()).unwrap_or_default();
                let since = look.since.map(|at| at.timestamp().to_string()).unwrap_or_default();
                let group = look.group.map(AuditGroup::key).unwrap_or_default();
                ActionId::new("audit", &[&page.to_string(), &about, group, &since])
            }
        }
    }

    /// The deed of a verb and its arguments; `None` if no control of the desk has it.
    #[must_use]
    pub fn of(verb: &str, args: &[&str]) -> Option<Self> {
        let id = |text: &str| text.parse::<i64>().ok();
        Some(match (verb, args) {
            ("queue", [page]) => Self::ShowQueue(page.parse().ok()?),
            ("pick-application", []) => Self::PickApplication,
            ("application", [which, page]) => Self::ShowApplication(id(which)?.into(), page.parse().ok()?),
            ("wait-list", [which]) => Self::WaitList(id(which)?.into()),
            ("concerns", [page]) => Self::ShowConcerns(page.parse().ok()?),
            ("pick-concern", []) => Self::PickConcern,
            ("concern", [which]) => Self::ShowConcern(id(which)?.into()),
            ("concern-take", [which]) => Self::TakeConcern(id(which)?.into()),
            ("concern-hand", [which]) => Self::HandConcern(id(which)?.into()),
            ("concern-resolve", [which]) => Self::ResolveConcern(id(which)?.into()),
            ("concern-reopen", [which]) => Self::ReopenConcern(id(which)?.into()),
            ("pair-log", [pair]) => Self::LogMeeting(id(pair)?.into()),
            ("pair-write", [pair]) => Self::WriteToPair(id(pair)?.into()),
            ("pair-end", [pair]) => Self::AskEndPair(id(pair)?.into()),
            ("pair-end-why", [pair]) => Self::PickEndCause(id(pair)?.into()),
            ("pair-end-yes", [pair, cause, asked_at]) => {
                Self::EndPair(id(pair)?.into(), EndCause::from_key(cause)?, id(asked_at)?)
            }
            ("pair", [pair]) => Self::ShowPair(id(pair)?.into()),
            ("pick-pair", [task]) => Self::PickPair(PairTask::from_key(task)?),
            ("extend", [pair]) => Self::AskExtension(id(pair)?.into()),
            ("extend-until", [pair]) => Self::PickExtension(id(pair)?.into()),
            ("extend-yes", [pair, "", asked_at]) => Self::Extend(id(pair)?.into(), None, id(asked_at)?),
            ("extend-yes", [pair, through, asked_at]) => {
                Self::Extend(id(pair)?.into(), Some(through.parse().ok()?), id(asked_at)?)
            }
            ("rematch", [pair]) => Self::AskRematch(id(pair)?.into()),
            ("rematch-who", [pair]) => Self::PickRematch(id(pair)?.into()),
            ("rematch-yes", [pair, back, asked_at]) => {
                Self::Rematch(id(pair)?.into(), Back::from_key(back)?, id(asked_at)?)
            }
            ("nudge-now", [asked_at]) => Self::SendNudges(id(asked_at)?),
            ("nudges-resume", [asked_at]) => Self::ResumeNudges(id(asked_at)?),
            ("nudge-dates", []) => Self::PickNudgeDates,
            ("nudge-dates-yes", [line, asked_at]) => Self::SetNudgeDates((*line).to_owned(), id(asked_at)?),
            ("announce", [audience]) => Self::Announce(Audience::from_key(audience)?),
            ("announce-yes", [which]) => Self::SendAnnouncement(id(which)?.into()),
            ("announce-stop", [which]) => Self::StopAnnouncement(id(which)?.into()),
            ("announce-again", [which]) => Self::AnnounceAgain(id(which)?.into()),
            ("pick-date", []) => Self::PickDate,
            ("date-form", [name]) => Self::MoveDate(DateName::from_key(name)?),
            ("move-undo", [name, to, from, moved_at]) => {
                let date = |text: &str| text.replace('.', ":").parse().ok();
                let name = DateName::from_key(name)?;
                Self::UndoMove(DateUndo { name, to: date(to)?, from: date(from)?, moved_at: id(moved_at)? })
            }
            ("season-next", [print, asked_at]) => Self::CreateSeason((*print).to_owned(), id(asked_at)?),
            ("remind", [people, asked_at]) => Self::Remind(people.parse().ok()?, id(asked_at)?),
            ("office-again", []) => Self::ReopenOffice,
            ("office-enter", []) => Self::EnterOffice,
            ("pair-place", [pair]) => Self::ReopenPair(id(pair)?.into()),
            // Older buttons say no more than a page, or a page and a person.
            ("audit", [page, look @ ..]) if look.len() <= 3 => Self::ShowAudit(page.parse().ok()?, look_of(look)?),
            _ => return None,
        })
    }

    /// One of each, for whoever walks them all.
    #[must_use]
    pub fn examples() -> Vec<Self> {
        vec![
            Self::ShowQueue(1),
            Self::PickApplication,
            Self::ShowApplication(1.into(), 2),
            Self::WaitList(1.into()),
            Self::ShowConcerns(1),
            Self::PickConcern,
            Self::ShowConcern(1.into()),
            Self::TakeConcern(1.into()),
            Self::HandConcern(1.into()),
            Self::ResolveConcern(1.into()),
            Self::ReopenConcern(1.into()),
            Self::LogMeeting(1.into()),
            Self::WriteToPair(1.into()),
            Self::AskEndPair(1.into()),
            Self::PickEndCause(1.into()),
            Self::EndPair(1.into(), EndCause::NotGoodFit, 1_741_986_000),
            Self::ShowPair(1.into()),
            Self::PickPair(PairTask::Rematch),
            Self::AskExtension(1.into()),
            Self::PickExtension(1.into()),
            Self::Extend(1.into(), None, 1_741_986_000),
            Self::Extend(1.into(), NaiveDate::from_ymd_opt(2025, 9, 30), 1_741_986_000),
            Self::AskRematch(1.into()),
            Self::PickRematch(1.into()),
            Self::Rematch(1.into(), Back::Both, 1_741_986_000),
            Self::SendNudges(1_741_986_000),
            Self::ResumeNudges(1_741_986_000),
            Self::PickNudgeDates,
            Self::SetNudgeDates("0 10 20 * *".to_owned(), 1_741_986_000),
            Self::Announce(Audience::Pairs),
            Self::SendAnnouncement(1.into()),
            Self::StopAnnouncement(1.into()),
            Self::AnnounceAgain(1.into()),
            Self::Remind(2, 1_741_986_000),
            Self::ReopenOffice,
            Self::ReopenPair(1.into()),
            Self::PickDate,
            Self::MoveDate(DateName::RunsUntil),
            Self::UndoMove(DateUndo {
                name: DateName::ApplicationsClose,
                to: "2025-02-20 23:59".parse().expect("a date"),
                from: "2025-02-17".parse().expect("a date"),
                moved_at: 1_741_986_000,
            }),
            Self::CreateSeason("0123456789abcdef".to_owned(), 1_741_986_000),
            Self::EnterOffice,
            Self::ShowAudit(1, AuditLook::default()),
            Self::ShowAudit(0, AuditLook { about: Some(1.into()), ..AuditLook::default() }),
            Self::ShowAudit(
                2,
                AuditLook {
                    about: Some(1.into()),
                    group: Some(AuditGroup::Announcements),
                    since: DateTime::from_timestamp(1_741_986_000, 0),
                },
            ),
        ]
    }
}

/// What is looked at in the audit log: a person, a group and a moment, each empty where all are meant.
fn look_of(args: &[&str]) -> Option<AuditLook> {
    let said = |place: usize| args.get(place).copied().filter(|arg| !arg.is_empty());
    let mut look = AuditLook::default();
    if let Some(person) = said(0) {
        look.about = Some(person.parse::<i64>().ok()?.into());
    }
    if let Some(group) = said(1) {
        look.group = Some(AuditGroup::from_key(group)?);
    }
    if let Some(since) = said(2) {
        look.since = Some(DateTime::from_timestamp(since.parse().ok()?, 0)?);
    }
    Some(look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_of_the_desk_comes_back_as_it_went() {
        for deed in OfficeDeed::examples() {
            let action = deed.action();
            let args: Vec<&str> = action.args().collect();
            assert_eq!(OfficeDeed::of(action.verb(), &args), Some(deed));
        }
    }

    #[test]
    fn a_look_at_the_log_that_means_nothing_is_none() {
        let about = |person: i64| AuditLook { about: Some(person.into()), ..AuditLook::default() };
        assert_eq!(OfficeDeed::of("audit", &["3"]), Some(OfficeDeed::ShowAudit(3, AuditLook::default())));
        assert_eq!(OfficeDeed::of("audit", &["3", "7"]), Some(OfficeDeed::ShowAudit(3, about(7))));
        for args in [&["x"][..], &["0", "x"], &["0", "", "x"], &["0", "", "", "x"], &["0", "", "", "", ""], &[]] {
            assert_eq!(OfficeDeed::of("audit", args), None, "{args:?}");
        }
    }
}
