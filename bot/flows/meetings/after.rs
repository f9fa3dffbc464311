//! After a meeting: what each of the two says of it, and the list of all. Each answers for themselves, and may change
//! their own word. Where the two differ a coordinator is asked to look; nobody is overruled.

use plsep_domain::{CheckInAnswer, ConcernKind, Lang, MeetingId, MeetingState, Period, Refusal};

use super::super::{Session, Trouble};
use super::announce::{self, view};
use super::{Couple, which};
use crate::chat::Reply;
use crate::store::{Meeting, MeetingReport, NewConcern};
use crate::words::{Deed, MEETINGS_SHOWN, PairMeetings, Told, shared_lang};

/// One person's answer about a meeting.
pub(in crate::flows) async fn tell(
    session: &mut Session<'_>,
    id: MeetingId,
    sequence: i64,
    told: Told,
) -> Result<Reply, Trouble> {
    let meeting = which::meeting(session, id).await?;
    let couple = which::couple(session, meeting.pair).await?;
    if meeting.sequence != sequence || meeting.state == MeetingState::Cancelled {
        return Err(Refusal::MeetingSettled.into());
    }
    if meeting.starts_at > session.event.at {
        return Err(Refusal::MeetingToCome.into());
    }
    answer(session, &couple, &meeting, told == Told::Held).await
}

/// Somebody notes a meeting that is known: it took place, as far as they say.
pub(super) async fn held(session: &mut Session<'_>, couple: &Couple, meeting: &Meeting) -> Result<Reply, Trouble> {
    answer(session, couple, meeting, true).await
}

async fn answer(session: &mut Session<'_>, couple: &Couple, meeting: &Meeting, held: bool) -> Result<Reply, Trouble> {
    let both = keep(session, couple, meeting, held).await?;
    let me = session.person.clone();
    let (mentor, mentee) = couple.both(&me);
    let meetings = session.tx.meetings_of(couple.pair.id).await?;
    let next = announce::whose_turn(&meetings, mentor, mentee).name.clone();
    if both {
        let voice = session.voice_in(shared_lang(mentor.lang(), mentee.lang()));
        let asked = super::rounds::question_key(meeting);
        if session.tx.effect_keys(session.community.id, &asked).await?.contains(&asked) {
            let message = voice.meeting_answered(&view(meeting));
            announce::update(&mut session.tx, session.community.id, asked, message, session.now).await?;
        }
    }
    Ok(Reply::Private(session.voice().meeting_thanks(&view(meeting), held, &next)))
}

/// Keeps a person's word about a meeting, with what follows from it for the meeting and its month. Whether both have
/// spoken now.
pub(super) async fn keep(
    session: &mut Session<'_>,
    couple: &Couple,
    meeting: &Meeting,
    held: bool,
) -> Result<bool, Trouble> {
    let me = session.person.id;
    let said_before = session.tx.meeting_reports(meeting.id).await?;
    let before = said_before.iter().find(|report| report.person == me).map(|report| report.held);
    let report = MeetingReport { person: me, held, at: session.event.at };
    session.tx.report_meeting(meeting.id, &report).await?;
    let reports = session.tx.meeting_reports(meeting.id).await?;
    let words: Vec<bool> = reports.iter().map(|report| report.held).collect();
    let state = MeetingState::of_reports(&words);
    session.tx.set_meeting_state(meeting.id, state, session.now).await?;
    let calendar = &couple.season.program.calendar;
    let period = Period::containing(meeting.starts_at, calendar.zone());
    if calendar.has_period(period) {
        let answer = match (held, before) {
            (true, _) => Some(CheckInAnswer::Met),
            // They take back that they met.
            (false, Some(true)) => Some(CheckInAnswer::NotYet),
            (false, _) => None,
        };
        if let Some(answer) = answer {
            session.tx.record_answer(couple.pair.id, me, period, answer, session.event.at).await?;
        }
    }
    if state == MeetingState::Disputed {
        differ(session, couple, meeting).await?;
    }
    Ok(words.len() == 2)
}

async fn differ(session: &mut Session<'_>, couple: &Couple, meeting: &Meeting) -> Result<(), Trouble> {
    let me = session.person.clone();
    let (mentor, mentee) = couple.both(&me);
    let notice = session.voice_in(Lang::En).meeting_differs_notice(&mentor.user, &mentee.user, meeting.starts_at);
    let concern = NewConcern {
        season: couple.season.id,
        key: format!("differ:meeting:{}:{}", meeting.id, meeting.sequence),
        kind: ConcernKind::Disagree,
        pair: Some(couple.pair.id),
        person: None,
        note: None,
    };
    session.raise(concern, notice).await?;
    Ok(())
}

/// Every meeting of the person's pairs.
pub(in crate::flows) async fn list(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let couples = which::couples(session).await?;
    let me = session.person.clone();
    let mut pairs = Vec::new();
    for couple in couples {
        let meetings = session.tx.meetings_of(couple.pair.id).await?;
        let (mentor, mentee) = couple.both(&me);
        let my_turn = announce::whose_turn(&meetings, mentor, mentee).id == me.id;
        let shown = meetings.iter().filter(|meeting| meeting.state != MeetingState::Cancelled);
        let (ahead, past): (Vec<_>, Vec<_>) = shown.partition(|meeting| meeting.starts_at > session.now);
        pairs.push(PairMeetings {
            pair: couple.pair.id,
            partner: couple.partner.name.clone(),
            ahead: ahead.into_iter().take(MEETINGS_SHOWN).map(view).collect(),
            past: past.into_iter().rev().take(MEETINGS_SHOWN).map(view).collect(),
            cadence: couple.pair.cadence,
            my_turn,
        });
    }
    Ok(Reply::Private(session.voice().meeting_list(&pairs)))
}

/// Choices of a pair for a question that names none.
pub(in crate::flows) fn choices(couples: &[Couple], deed: impl Fn(&Couple) -> Deed) -> Vec<(Deed, String)> {
    couples.iter().map(|couple| (deed(couple), couple.partner.name.clone())).collect()
}
