//! What the pair's place is told of a meeting, with a file for calendars, and what becomes of the message before it.

use chrono::{DateTime, Utc};
use plsep_domain::meeting::lead;
use plsep_domain::{CommunityId, MeetingState, Program, Role};

use super::super::{Session, Trouble, civil_for, fingerprint};
use super::Couple;
use crate::chat::{CommunityRef, Message};
use crate::store::{Effect, Meeting, NewEffect, Person, Season, StoreError, Terms, To, Tx, Wanted};
use crate::words::{Attendee, Invitation, MeetingNews, MeetingView, Voice, shared_lang};

/// Under which key the pair's place is told of this state of a meeting.
pub(super) fn key(meeting: &Meeting) -> String {
    format!("meeting:{}:{}", meeting.id, meeting.sequence)
}

/// A meeting as it is shown.
pub(super) fn view(meeting: &Meeting) -> MeetingView {
    MeetingView {
        id: meeting.id,
        pair: meeting.pair,
        starts_at: meeting.starts_at,
        minutes: meeting.minutes,
        place: meeting.place.clone(),
        sequence: meeting.sequence,
        state: meeting.state,
    }
}

/// The two as a message names them: the mentor first.
pub(super) fn attendees(program: &Program, mentor: &Person, mentee: &Person) -> [Attendee; 2] {
    [mentor, mentee].map(|person| Attendee {
        user: person.user.clone(),
        name: person.name.clone(),
        zone: person.zone(program),
    })
}

/// The name of whoever's turn it is to set the next meeting, by the meetings the pair has had and has ahead.
pub(super) fn whose_turn<'p>(meetings: &[Meeting], mentor: &'p Person, mentee: &'p Person) -> &'p Person {
    let counted = |meeting: &&Meeting| {
        matches!(meeting.state, MeetingState::Planned | MeetingState::Held | MeetingState::Disputed)
    };
    match lead(meetings.iter().filter(counted).count()) {
        Role::Mentor => mentor,
        Role::Mentee => mentee,
    }
}

impl Couple {
    /// The two, the mentor first.
    pub fn both<'a>(&'a self, me: &'a Person) -> (&'a Person, &'a Person) {
        if self.pair.mentor == me.id { (me, &self.partner) } else { (&self.partner, me) }
    }
}

/// Tells the pair's place what the person has done, and takes the buttons off what it was told `before`.
pub(super) async fn tell(
    session: &mut Session<'_>,
    couple: &Couple,
    news: MeetingNews,
    meeting: &Meeting,
    before: Option<&Meeting>,
) -> Result<(), Trouble> {
    let me = session.person.clone();
    let program = &couple.season.program;
    let (mentor, mentee) = couple.both(&me);
    let people = attendees(program, mentor, mentee);
    let meetings = session.tx.meetings_of(couple.pair.id).await?;
    let next = whose_turn(&meetings, mentor, mentee).name.clone();
    let voice = session.voice_in(shared_lang(mentor.lang(), mentee.lang()));
    let mut message = voice.meeting_news(news, &view(meeting), &people, &me.user, &next);
    if news != MeetingNews::Logged {
        let uid = uid(&session.community.at, meeting);
        let cancelled = news == MeetingNews::Cancelled;
        let invitation = Invitation { uid: &uid, now: session.now, cancelled };
        message = message.with_file(voice.meeting_file(&view(meeting), &people, &invitation));
    }
    let new = NewEffect {
        community: session.community.id,
        key: key(meeting),
        due_at: civil_for(program, [mentor, mentee], session.now),
        effect: Effect::Post { to: To::Pair(couple.pair.id), message },
    };
    // Whatever is overtaken before anybody's morning comes is not told any more.
    let wanted = Wanted::Meeting { meeting: meeting.id, sequence: meeting.sequence, planned: false };
    session.tx.enqueue_on(&new, &Terms { wanted: Some(wanted), answer: false }, session.now).await?;
    if let Some(before) = before {
        retire(session, &voice, news, before, &people).await?;
    }
    Ok(())
}

/// Tells a pair's place that somebody else has noted a meeting on its behalf, and asks the two whether that is right.
pub(in crate::flows) async fn logged_for(
    session: &mut Session<'_>,
    season: &Season,
    (mentor, mentee): (&Person, &Person),
    meeting: &Meeting,
) -> Result<(), Trouble> {
    let program = &season.program;
    let people = attendees(program, mentor, mentee);
    let meetings = session.tx.meetings_of(meeting.pair).await?;
    let next = whose_turn(&meetings, mentor, mentee).name.clone();
    let voice = session.voice_in(shared_lang(mentor.lang(), mentee.lang()));
    let by = session.person.user.clone();
    let new = NewEffect {
        community: session.community.id,
        key: key(meeting),
        due_at: civil_for(program, [mentor, mentee], session.now),
        effect: Effect::Post {
            to: To::Pair(meeting.pair),
            message: voice.meeting_news(MeetingNews::Logged, &view(meeting), &people, &by, &next),
        },
    };
    let wanted = Wanted::Meeting { meeting: meeting.id, sequence: meeting.sequence, planned: false };
    session.tx.enqueue_on(&new, &Terms { wanted: Some(wanted), answer: false }, session.now).await?;
    Ok(())
}

/// The message of an earlier state loses its buttons and says what became of it.
async fn retire(
    session: &mut Session<'_>,
    voice: &Voice<'_>,
    news: MeetingNews,
    before: &Meeting,
    people: &[Attendee; 2],
) -> Result<(), Trouble> {
    let message = voice.meeting_before(news, &view(before), people);
    let posted = key(before);
    update(&mut session.tx, session.community.id, posted, message, session.now).await?;
    Ok(())
}

/// Replaces a message of ours, as soon as it stands there.
pub(super) async fn update(
    tx: &mut Tx,
    community: CommunityId,
    posted: String,
    message: Message,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = format!("{posted}:over");
    let effect = Effect::Update { posted, message };
    tx.enqueue(&NewEffect { community, key, due_at: now, effect }, now).await?;
    Ok(())
}

/// The meeting's name in calendars: the same through every change, and the same nowhere else.
fn uid(community: &CommunityRef, meeting: &Meeting) -> String {
    let name = format!("{}:{}:meeting:{}", community.chat, community.id, meeting.id);
    format!("{}@mentorship", fingerprint(&name, 16))
}
