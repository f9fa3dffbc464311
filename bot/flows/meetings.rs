//! A pair's meetings: set, noted afterwards, moved, called off. Whoever of the two acts decides; the other reads it in
//! the pair's place at once. What is typed is kept until it is set, also where something is asked back. A meeting is
//! set until the end of the run, because the pair's place closes then.

mod after;
mod announce;
mod change;
mod rounds;
mod which;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use plsep_domain::meeting::{self, MINUTES_USUAL, PLACE_MAX};
use plsep_domain::when::{self, Asked, Reading, Towards};
use plsep_domain::{Refusal, text};

use super::{Session, Trouble};
use crate::chat::{Invocation, Reply, Text};
use crate::store::{Meeting, MeetingDraft};
use crate::words::{Deed, MINUTES_FIELD, MeetingDeed, MeetingFormView, PLACE_FIELD, WHEN_FIELD};

pub(super) use after::{choices, list, tell};
pub(super) use announce::logged_for;
pub(super) use change::{ask_cancel, cancel};
pub use rounds::tell_of_meetings;
pub(super) use which::{Couple, Which, couple, which_pair};

/// What is done, and for whom.
struct Target {
    deed: MeetingDeed,
    couple: Couple,
    /// The meeting that gets another time.
    meeting: Option<Meeting>,
}

/// What was typed, as far as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wish {
    at: DateTime<Utc>,
    minutes: i64,
    place: String,
}

/// `/mentorship meeting set` and `log`: the form, or at once what was typed behind it.
pub(super) async fn command(session: &mut Session<'_>, invocation: &Invocation, past: bool) -> Result<Reply, Trouble> {
    let typed = invocation.words("when").map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
    let kind = if past { MeetingDeed::Log } else { MeetingDeed::Set };
    let couple = match which_pair(session).await? {
        Which::One(couple) => *couple,
        Which::Several(couples) => {
            for couple in &couples {
                keep_words(session, &kind(couple.pair.id), typed.as_deref()).await?;
            }
            let choices = choices(&couples, |couple| Deed::Meeting(kind(couple.pair.id)));
            return Ok(Reply::Private(session.voice().which_pair(&choices, &session.limits())));
        }
    };
    let target = Target { deed: kind(couple.pair.id), couple, meeting: None };
    let Some(typed) = typed else { return form(session, &target).await };
    keep_words(session, &target.deed, Some(&typed)).await?;
    match read(session, &target, &typed) {
        Reading::Understood(at) => {
            let wish = Wish { at, minutes: MINUTES_USUAL, place: String::new() };
            change::carry_out(session, &target, &wish).await
        }
        Reading::Ambiguous(moments) => {
            Ok(Reply::Private(session.voice().which_moment(&target.deed, &typed, &moments, &session.limits())))
        }
        unread => {
            let fault = fault(session, &unread);
            Ok(Reply::Private(session.voice().when_again(&target.deed, fault)))
        }
    }
}

/// The form for a meeting's time.
pub(super) async fn open(session: &mut Session<'_>, deed: MeetingDeed) -> Result<Reply, Trouble> {
    let target = target(session, deed).await?;
    form(session, &target).await
}

/// The form comes in.
pub(super) async fn submit(
    session: &mut Session<'_>,
    deed: MeetingDeed,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let target = target(session, deed).await?;
    let typed = |key: &str| text::clean(&values.get(key).map(|lines| lines.join(" ")).unwrap_or_default(), false);
    let short = |words: String, max| words.chars().take(max).collect::<String>();
    let draft = MeetingDraft {
        words: short(typed(WHEN_FIELD), when::WHEN_MAX),
        minutes: short(typed(MINUTES_FIELD), when::WHEN_MAX),
        place: short(typed(PLACE_FIELD), PLACE_MAX),
    };
    session.tx.keep_meeting_draft(session.person.id, &about(&target.deed), &draft, session.now).await?;
    let mut errors: Vec<(String, Text)> = Vec::new();
    let minutes = minutes_of(&draft);
    if minutes.is_none() {
        errors.push((MINUTES_FIELD.to_owned(), session.voice().minutes_unread()));
    }
    let reading = read(session, &target, &draft.words);
    if matches!(reading, Reading::Incomplete(_) | Reading::Never(_)) {
        errors.push((WHEN_FIELD.to_owned(), fault(session, &reading)));
    }
    match (reading, minutes) {
        (Reading::Understood(at), Some(minutes)) => {
            change::carry_out(session, &target, &Wish { at, minutes, place: draft.place }).await
        }
        (Reading::Ambiguous(moments), Some(_)) => {
            let words = &draft.words;
            Ok(Reply::Private(session.voice().which_moment(&target.deed, words, &moments, &session.limits())))
        }
        _ => {
            let form = Box::new(filled(session, &target, &draft));
            Ok(Reply::Correct { form, errors })
        }
    }
}

/// One of the moments that were asked about. What was typed besides is as it was kept.
pub(super) async fn take(session: &mut Session<'_>, deed: MeetingDeed, seconds: i64) -> Result<Reply, Trouble> {
    let target = target(session, deed).await?;
    let at = DateTime::from_timestamp(seconds, 0).ok_or(Refusal::Expired)?;
    let draft = session.tx.meeting_draft(session.person.id, &about(&target.deed)).await?.unwrap_or_default();
    let minutes = minutes_of(&draft).ok_or(Refusal::Expired)?;
    change::carry_out(session, &target, &Wish { at, minutes, place: draft.place }).await
}

/// Whom a deed concerns, and whether the person may.
async fn target(session: &mut Session<'_>, deed: MeetingDeed) -> Result<Target, Trouble> {
    let meeting = match &deed {
        MeetingDeed::Set(_) | MeetingDeed::Log(_) => None,
        MeetingDeed::Move(id) => Some(which::meeting(session, *id).await?),
    };
    let pair = match (&deed, &meeting) {
        (MeetingDeed::Set(pair) | MeetingDeed::Log(pair), _) => *pair,
        (MeetingDeed::Move(_), Some(meeting)) => meeting.pair,
        (MeetingDeed::Move(_), None) => return Err(Refusal::Expired.into()),
    };
    let couple = couple(session, pair).await?;
    if meeting.as_ref().is_some_and(|meeting| !change::may_move(meeting)) {
        return Err(Refusal::MeetingSettled.into());
    }
    Ok(Target { deed, couple, meeting })
}

/// The name under which a draft is kept.
fn about(deed: &MeetingDeed) -> String {
    format!("{}:{}", deed.kind(), deed.number())
}

async fn keep_words(session: &mut Session<'_>, deed: &MeetingDeed, typed: Option<&str>) -> Result<(), Trouble> {
    if let Some(words) = typed {
        let words = text::clean(words, false).chars().take(when::WHEN_MAX).collect();
        let draft = MeetingDraft { words, ..MeetingDraft::default() };
        session.tx.keep_meeting_draft(session.person.id, &about(deed), &draft, session.now).await?;
    }
    Ok(())
}

async fn form(session: &mut Session<'_>, target: &Target) -> Result<Reply, Trouble> {
    let kept = session.tx.meeting_draft(session.person.id, &about(&target.deed)).await?;
    let draft = match (kept, &target.meeting) {
        (Some(kept), _) => kept,
        (None, Some(meeting)) => MeetingDraft {
            words: meeting.starts_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            minutes: meeting.minutes.to_string(),
            place: meeting.place.clone(),
        },
        (None, None) => MeetingDraft::default(),
    };
    Ok(Reply::Open(Box::new(filled(session, target, &draft))))
}

/// The form with what is known already, as the chat can show it: an instant for a picker, words for a line.
fn filled(session: &Session<'_>, target: &Target, draft: &MeetingDraft) -> crate::chat::Form {
    let instant = DateTime::parse_from_rfc3339(&draft.words).ok().map(|at| at.to_utc());
    let zone = session.voice().zone();
    let when = match (instant, session.limits().form_moments) {
        (Some(at), true) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        (Some(at), false) => when::written(at, zone),
        (None, false) => draft.words.clone(),
        (None, true) => match read(session, target, &draft.words) {
            Reading::Understood(at) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            _ => String::new(),
        },
    };
    let view = MeetingFormView { when, minutes: draft.minutes.clone(), place: draft.place.clone() };
    session.voice().meeting_form(&target.deed, &target.couple.partner.name, &view, &session.limits())
}

fn read(session: &Session<'_>, target: &Target, words: &str) -> Reading {
    let asked =
        |towards| Asked { now: session.event.at, zone: session.voice().zone(), lang: session.person.lang(), towards };
    match &target.deed {
        MeetingDeed::Set(_) => when::read(words, &asked(Towards::Future)),
        MeetingDeed::Log(_) => when::read(words, &asked(Towards::Past)),
        // A meeting that was to be over by now was moved either to a time to come, or to one before.
        MeetingDeed::Move(_) => match when::read(words, &asked(Towards::Future)) {
            Reading::Never(when::Never::Past)
                if target.meeting.as_ref().is_some_and(|meeting| meeting.starts_at <= session.event.at) =>
            {
                when::read(words, &asked(Towards::Past))
            }
            reading => reading,
        },
    }
}

fn fault(session: &Session<'_>, reading: &Reading) -> Text {
    match reading {
        Reading::Incomplete(missing) => session.voice().when_incomplete(*missing),
        Reading::Never(never) => session.voice().when_never(*never),
        Reading::Understood(_) | Reading::Ambiguous(_) => Text::default(),
    }
}

fn minutes_of(draft: &MeetingDraft) -> Option<i64> {
    if draft.minutes.is_empty() { Some(MINUTES_USUAL) } else { meeting::minutes(&draft.minutes) }
}
