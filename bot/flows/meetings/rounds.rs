//! What the two hear of a meeting because time has passed: a reminder the day before, and after its end the question
//! whether it took place. Due and not yet done decides. Who wants to be written to directly is, in their own language;
//! who has paused is not asked anything.

use plsep_domain::nudge::civil_for;
use plsep_domain::{MeetingState, PairState, Reach, SeasonId};

use super::super::{Fault, Flows};
use super::announce::{attendees, view};
use crate::chat::{Message, UserRef};
use crate::store::{Effect, Meeting, NewEffect, Person, Season, StoreError, Terms, To, Tx, Wanted};
use crate::words::{Attendee, Voice, shared_lang};

/// What is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saying {
    Reminder,
    Question,
}

/// Under which key the two are asked about this state of a meeting in their place.
pub(super) fn question_key(meeting: &Meeting) -> String {
    format!("meeting-asked:{}:{}", meeting.id, meeting.sequence)
}

/// Says what is due of the season's meetings.
///
/// # Errors
/// The database; what was said by then is not said again by the next attempt.
pub async fn tell_of_meetings(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let due = tx.due_meetings(season.id, now).await?;
    drop(tx);
    let mut told = 0;
    for found in due {
        told += usize::from(tell_of(flows, &season, &found).await?);
    }
    Ok(told)
}

/// One meeting in a transaction of its own, read anew: it may have changed since it was found.
async fn tell_of(flows: &Flows, season: &Season, found: &Meeting) -> Result<bool, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let meeting = tx.meeting(found.id).await?;
    let due = |at: Option<chrono::DateTime<chrono::Utc>>| at.is_some_and(|at| at <= now);
    let (remind, ask) = (due(meeting.remind_at), due(meeting.ask_at));
    let pair = tx.pair(meeting.pair).await?;
    let lives = matches!(pair.state, PairState::Introduced { .. }) && meeting.state == MeetingState::Planned;
    let (mentor, mentee) = (tx.person(pair.mentor).await?, tx.person(pair.mentee).await?);
    let round = Round { flows, season, meeting: &meeting, mentor: &mentor, mentee: &mentee };
    let mut told = false;
    let mut later = None;
    // A reminder that was missed until the meeting had begun reminds nobody.
    if remind && lives && meeting.starts_at > now {
        told |= round.say(&mut tx, Saying::Reminder).await?;
    }
    if ask && lives {
        let asked = round.say(&mut tx, Saying::Question).await?;
        told |= asked;
        if !asked {
            // Both have paused: they are asked when the first of them is back.
            later = [&mentor, &mentee].into_iter().filter_map(|it| it.preferences.snoozed_at(now)).min();
        }
    }
    let remind_at = meeting.remind_at.filter(|_| !remind);
    let ask_at = if ask { later } else { meeting.ask_at };
    tx.set_meeting_moments(meeting.id, remind_at, ask_at).await?;
    tx.commit().await?;
    flows.wake();
    Ok(told)
}

struct Round<'a> {
    flows: &'a Flows,
    season: &'a Season,
    meeting: &'a Meeting,
    mentor: &'a Person,
    mentee: &'a Person,
}

impl Round<'_> {
    /// Says it to those who want to hear it, each where they want to; whether there was anybody.
    async fn say(&self, tx: &mut Tx, saying: Saying) -> Result<bool, StoreError> {
        let now = self.flows.clock.now();
        let program = &self.season.program;
        let awake: Vec<&Person> = [self.mentor, self.mentee]
            .into_iter()
            .filter(|person| person.preferences.snoozed_at(now).is_none())
            .collect();
        let (direct, here): (Vec<&Person>, Vec<&Person>) =
            awake.iter().partition(|person| person.preferences.reach == Reach::Direct);
        let people = attendees(program, self.mentor, self.mentee);
        let key = match saying {
            Saying::Reminder => format!("meeting-reminder:{}:{}", self.meeting.id, self.meeting.sequence),
            Saying::Question => question_key(self.meeting),
        };
        for person in &direct {
            let message = self.message(saying, &self.flows.voice_to(program, person), &people, &[]);
            self.enqueue(tx, format!("{key}:{}", person.id), To::Person(person.id), message, &[person]).await?;
        }
        if !here.is_empty() {
            let lang = shared_lang(self.mentor.lang(), self.mentee.lang());
            let users: Vec<UserRef> = here.iter().map(|person| person.user.clone()).collect();
            let message = self.message(saying, &self.flows.voice(Some(program), lang), &people, &users);
            self.enqueue(tx, key, To::Pair(self.meeting.pair), message, &here).await?;
        }
        Ok(!awake.is_empty())
    }

    fn message(&self, saying: Saying, voice: &Voice<'_>, people: &[Attendee; 2], users: &[UserRef]) -> Message {
        match saying {
            Saying::Reminder => voice.meeting_reminder(&view(self.meeting), people, users),
            Saying::Question => voice.meeting_question(&view(self.meeting), users),
        }
    }

    async fn enqueue(
        &self,
        tx: &mut Tx,
        key: String,
        to: To,
        message: Message,
        readers: &[&Person],
    ) -> Result<(), StoreError> {
        let now = self.flows.clock.now();
        let readers: Vec<_> = readers.iter().map(|person| person.reader(&self.season.program)).collect();
        let effect = Effect::Post { to, message };
        let new = NewEffect { community: self.season.community, key, due_at: civil_for(&readers, now), effect };
        let wanted = Wanted::Meeting { meeting: self.meeting.id, sequence: self.meeting.sequence, planned: true };
        tx.enqueue_on(&new, &Terms { wanted: Some(wanted), answer: false }, now).await?;
        Ok(())
    }
}
