//! What follows from a date and time that is understood: a meeting is set, noted, moved, or it stands already. Judged by
//! when the person acted. Two who act at once go one after the other, and the second is told how it stands.

use plsep_domain::meeting::{self, AHEAD_MAX};
use plsep_domain::nudge::Reader;
use plsep_domain::{MeetingId, MeetingState, PairState, Refusal};

use super::super::{Session, Trouble};
use super::announce::{self, view};
use super::{Couple, Target, Wish, about, which};
use crate::chat::Reply;
use crate::store::{Meeting, NewMeeting};
use crate::words::{MeetingDeed, MeetingNews};

/// Whether a meeting can get another time: it is to come, or nobody has said that it took place.
pub(super) fn may_move(meeting: &Meeting) -> bool {
    matches!(meeting.state, MeetingState::Planned | MeetingState::Missed)
}

/// Does it.
pub(super) async fn carry_out(session: &mut Session<'_>, target: &Target, wish: &Wish) -> Result<Reply, Trouble> {
    let reply = match (&target.deed, &target.meeting) {
        (MeetingDeed::Log(_), _) => log(session, &target.couple, wish).await?,
        (MeetingDeed::Set(_), _) => set(session, target, wish).await?,
        (MeetingDeed::Move(_), Some(meeting)) => move_to(session, target, meeting, wish).await?,
        (MeetingDeed::Move(_), None) => return Err(Refusal::Expired.into()),
    };
    session.tx.drop_meeting_draft(session.person.id, &about(&target.deed)).await?;
    Ok(reply)
}

async fn set(session: &mut Session<'_>, target: &Target, wish: &Wish) -> Result<Reply, Trouble> {
    let couple = &target.couple;
    meeting::may_set(wish.at, &couple.season.program.calendar, session.event.at)?;
    let all = session.tx.meetings_of(couple.pair.id).await?;
    if let Some(same) = all.iter().find(|it| it.state == MeetingState::Planned && it.starts_at == wish.at) {
        return Ok(Reply::Private(session.voice().meeting_stands(&view(same))));
    }
    if let Some(other) = clash(&all, wish, None) {
        return Ok(Reply::Private(session.voice().meeting_clash(&view(other), &target.deed)));
    }
    let ahead = all.iter().filter(|it| it.state == MeetingState::Planned && it.starts_at > session.now);
    if ahead.count() >= AHEAD_MAX {
        return Err(Refusal::MeetingsTooMany.into());
    }
    let (remind_at, ask_at) = moments(session, couple, wish);
    let new = NewMeeting {
        pair: couple.pair.id,
        starts_at: wish.at,
        minutes: wish.minutes,
        place: wish.place.clone(),
        state: MeetingState::Planned,
        set_by: session.person.id,
        remind_at,
        ask_at: Some(ask_at),
    };
    let set = session.tx.insert_meeting(&new, session.now).await?;
    announce::tell(session, couple, MeetingNews::Set, &set, None).await?;
    Ok(Reply::Private(session.voice().meeting_done(MeetingNews::Set, &view(&set))))
}

/// A meeting that has been. Where one was set for that time, it took place.
async fn log(session: &mut Session<'_>, couple: &Couple, wish: &Wish) -> Result<Reply, Trouble> {
    let PairState::Introduced { at: introduced_at } = couple.pair.state else {
        return Err(Refusal::PairNotIntroduced.into());
    };
    meeting::may_log(wish.at, introduced_at, &couple.season.program.calendar, session.event.at)?;
    let all = session.tx.meetings_of(couple.pair.id).await?;
    let here = |it: &&Meeting| {
        it.state != MeetingState::Cancelled
            && it.starts_at <= session.event.at
            && meeting::overlap((it.starts_at, it.minutes), (wish.at, wish.minutes))
    };
    if let Some(known) = all.iter().find(here) {
        return super::after::held(session, couple, known).await;
    }
    let new = NewMeeting {
        pair: couple.pair.id,
        starts_at: wish.at,
        minutes: wish.minutes,
        place: wish.place.clone(),
        state: MeetingState::Held,
        set_by: session.person.id,
        remind_at: None,
        ask_at: None,
    };
    let noted = session.tx.insert_meeting(&new, session.now).await?;
    super::after::keep(session, couple, &noted, true).await?;
    announce::tell(session, couple, MeetingNews::Logged, &noted, None).await?;
    Ok(Reply::Private(session.voice().meeting_done(MeetingNews::Logged, &view(&noted))))
}

async fn move_to(session: &mut Session<'_>, target: &Target, before: &Meeting, wish: &Wish) -> Result<Reply, Trouble> {
    let couple = &target.couple;
    let over = before.starts_at <= session.event.at;
    let held = over && wish.at <= session.event.at;
    let calendar = &couple.season.program.calendar;
    if held {
        let PairState::Introduced { at: introduced_at } = couple.pair.state else {
            return Err(Refusal::PairNotIntroduced.into());
        };
        meeting::may_log(wish.at, introduced_at, calendar, session.event.at)?;
    } else {
        meeting::may_set(wish.at, calendar, session.event.at)?;
    }
    let same = (before.starts_at, before.minutes, &before.place) == (wish.at, wish.minutes, &wish.place);
    if same && !held {
        return Ok(Reply::Private(session.voice().meeting_stands(&view(before))));
    }
    let all = session.tx.meetings_of(couple.pair.id).await?;
    if let Some(other) = clash(&all, wish, Some(before.id)) {
        return Ok(Reply::Private(session.voice().meeting_clash(&view(other), &target.deed)));
    }
    let (remind_at, ask_at) = if held {
        (None, None)
    } else {
        let (remind_at, ask_at) = moments(session, couple, wish);
        (remind_at, Some(ask_at))
    };
    let moved = Meeting {
        starts_at: wish.at,
        minutes: wish.minutes,
        place: wish.place.clone(),
        state: if held { MeetingState::Held } else { MeetingState::Planned },
        set_by: session.person.id,
        remind_at,
        ask_at,
        ..before.clone()
    };
    let moved = change(session, moved).await?;
    session.tx.clear_meeting_reports(moved.id).await?;
    let news = if held { MeetingNews::Logged } else { MeetingNews::Moved };
    if held {
        super::after::keep(session, couple, &moved, true).await?;
    }
    announce::tell(session, couple, news, &moved, Some(before)).await?;
    Ok(Reply::Private(session.voice().meeting_done(news, &view(&moved))))
}

/// Asks before a meeting is called off.
pub(in crate::flows) async fn ask_cancel(session: &mut Session<'_>, id: MeetingId) -> Result<Reply, Trouble> {
    let (couple, meeting) = to_cancel(session, id).await?;
    Ok(Reply::Private(session.voice().meeting_cancel_question(&view(&meeting), &couple.partner.name)))
}

/// Calls a meeting off.
pub(in crate::flows) async fn cancel(session: &mut Session<'_>, id: MeetingId) -> Result<Reply, Trouble> {
    let (couple, before) = to_cancel(session, id).await?;
    let off = Meeting {
        state: MeetingState::Cancelled,
        set_by: session.person.id,
        remind_at: None,
        ask_at: None,
        ..before.clone()
    };
    let off = change(session, off).await?;
    announce::tell(session, &couple, MeetingNews::Cancelled, &off, Some(&before)).await?;
    Ok(Reply::Replace(session.voice().meeting_done(MeetingNews::Cancelled, &view(&off))))
}

async fn to_cancel(session: &mut Session<'_>, id: MeetingId) -> Result<(Couple, Meeting), Trouble> {
    let meeting = which::meeting(session, id).await?;
    let couple = which::couple(session, meeting.pair).await?;
    match meeting.state {
        MeetingState::Planned => Ok((couple, meeting)),
        _ => Err(Refusal::MeetingSettled.into()),
    }
}

/// Keeps a change, unless somebody was quicker; what it has become.
async fn change(session: &mut Session<'_>, meeting: Meeting) -> Result<Meeting, Trouble> {
    if !session.tx.change_meeting(&meeting, session.now).await? {
        return Err(Refusal::MeetingSettled.into());
    }
    Ok(Meeting { sequence: meeting.sequence + 1, ..meeting })
}

fn clash<'m>(all: &'m [Meeting], wish: &Wish, except: Option<MeetingId>) -> Option<&'m Meeting> {
    all.iter().find(|it| {
        it.state == MeetingState::Planned
            && Some(it.id) != except
            && meeting::overlap((it.starts_at, it.minutes), (wish.at, wish.minutes))
    })
}

/// When the two are reminded of it, and asked about it.
fn moments(
    session: &Session<'_>,
    couple: &Couple,
    wish: &Wish,
) -> (Option<chrono::DateTime<chrono::Utc>>, chrono::DateTime<chrono::Utc>) {
    let program = &couple.season.program;
    let [me, other]: [Reader; 2] = [session.person.reader(program), couple.partner.reader(program)];
    let ends_at = wish.at + chrono::TimeDelta::minutes(wish.minutes);
    (meeting::reminder_at(wish.at, me, other, session.now), meeting::question_at(ends_at, &[me, other]))
}
