//! One event's transaction, with who, where and which season.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use plsep_domain::permission::{self, Actor, Appointed, Coordinator, Rank};
use plsep_domain::when::{self, Asked, Never, Towards};
use plsep_domain::{Lang, LocalTime, OutboxId, PairId, Period, Phase, Program, Refusal};

use super::report::Later;
use super::{Fault, Flows, Trouble};
use crate::chat::{Event, Limits, Reply, UserRef, What};
use crate::recovery::{Way, took};
use crate::store::{
    Application, Ask, AuditEntry, AuditWho, Before, Community, Effect, NewConcern, NewEffect, Opening, Pair, PairMonth,
    Person, PersonSeen, Season, StoreError, Terms, To, Tx,
};
use crate::words::{Deed, Voice};

/// Everything a flow needs for one event. Dropped without [`Session::settle`], nothing has happened.
pub(super) struct Session<'a> {
    pub flows: &'a Flows,
    pub event: &'a Event,
    pub tx: Tx,
    pub community: Community,
    pub person: Person,
    pub now: DateTime<Utc>,
    season: Option<Season>,
    /// The person's application in the season, as the event found it.
    application: Option<Application>,
    /// What became of the same event before.
    before: Before,
    /// The token of the lease on receiving, as far as the opening told.
    receiver: Option<i64>,
    /// How much was written before the flow began: who the person is.
    opened_with: u64,
    /// Whether nothing was known of the person before.
    newcomer: bool,
    /// Whether somebody was forgotten, so that no trace may stay beside the rows either.
    forgets: bool,
    /// What is still to be made for whoever asked, once the session has ended.
    later: Option<Later>,
    /// Messages that waited for the person's visit and are shown in the answer.
    pub shows: Vec<OutboxId>,
}

/// How often the event was taken up, this time included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TakenUp {
    /// For the first time: if somebody who shares the commit takes theirs back, this is taken back, too.
    First,
    /// Once more after that, and now nobody else can take it back.
    OnceMore,
}

/// How a session ended.
pub(super) struct Settled {
    /// What to tell.
    pub reply: Reply,
    /// Whether something was left to deliver.
    pub to_deliver: bool,
    /// Whether somebody was forgotten.
    pub forgets: bool,
    /// What is to be made and handed out instead of the reply.
    pub later: Option<Later>,
    /// Messages that waited for the person's visit and stand in the reply.
    pub shows: Vec<OutboxId>,
}

impl<'a> Session<'a> {
    /// Begins the transaction and notes what the platform says of the person.
    pub async fn open(flows: &'a Flows, event: &'a Event, taken_up: TakenUp) -> Result<Session<'a>, Fault> {
        let now = flows.clock.now();
        let ask = Ask::new(&event.community, &event.actor.user, &event.key);
        let deed = match &event.what {
            What::Press(action) | What::Turn { action, .. } => Deed::of(action),
            _ => None,
        };
        let ask = match deed {
            Some(Deed::CheckIn(pair, period, _)) => ask.about(pair, period),
            _ => ask,
        };
        let mut tx = match (deed, taken_up) {
            // Whoever is forgotten is forgotten alone, so that no answer about them is still to be written down.
            (Some(Deed::Erase), _) => flows.store.write_long().await?,
            (_, TakenUp::First) => flows.store.write_for(&ask).await?,
            (_, TakenUp::OnceMore) => flows.store.write_anew_for(&ask).await?,
        };
        let seen = PersonSeen {
            user: event.actor.user.clone(),
            name: event.actor.name.clone(),
            locale: event.actor.locale.clone(),
            zone: event.actor.zone.clone(),
            email: event.actor.email.clone(),
        };
        let opening = match tx.opening(&ask).await? {
            Some(opening) => opening,
            // An event may outrun the news that its community is reachable.
            None => {
                let community = tx.upsert_community(&event.community, &event.community.id, now).await?;
                let before = Before::Nothing;
                Opening { community, person: None, season: None, application: None, before, receiver: None }
            }
        };
        let Opening { community, person, season, application, before, receiver } = opening;
        let newcomer = person.is_none();
        let person = match person.filter(|known| seen.tells_nothing_new_of(known)) {
            Some(known) => known,
            None => tx.upsert_person(community.id, &seen, now).await?,
        };
        let opened_with = tx.written();
        Ok(Self {
            flows,
            event,
            tx,
            community,
            person,
            now,
            season,
            application,
            before,
            receiver,
            opened_with,
            shows: Vec::new(),
            newcomer,
            forgets: false,
            later: None,
        })
    }

    /// Whether this process still receives for the platform, so that it may act.
    pub async fn may_act(&mut self) -> Result<bool, StoreError> {
        let (held, name) = (&self.flows.held, &self.event.community.chat);
        match self.receiver {
            Some(token) => Ok(held.allows(name, Some(token))),
            None => self.tx.may_act(held, name).await,
        }
    }

    /// Whether nothing was known of the person before this event.
    pub fn is_newcomer(&self) -> bool {
        self.newcomer
    }

    /// Somebody is forgotten: what the database keeps beside its rows is overwritten after the commit.
    pub fn forget_traces(&mut self) {
        self.forgets = true;
    }

    /// The answer is made once the session has ended.
    pub fn make_later(&mut self, later: Later) {
        self.later = Some(later);
    }

    /// What was said to the same event before, if it was acted on and that was kept.
    pub fn said_before(&mut self) -> Option<Reply> {
        match &mut self.before {
            Before::Acted(kept) => kept.take().map(|kept| *kept),
            Before::Nothing => None,
        }
    }

    /// Ends the session of an event that came again: nothing is changed by it.
    pub async fn answer_again(self, reply: Reply) -> Result<Reply, StoreError> {
        self.tx.undo().await?;
        took(Way::AnsweredAgain);
        Ok(reply)
    }

    /// Ends the session with the flow's answer, and gives the answer to tell. What the flow changed is kept together
    /// with the event and its answer, so that a second delivery is told the same words, and changes nothing. Where the
    /// words were not kept, it is told those that follow from what it finds.
    pub async fn settle(mut self, reply: Reply) -> Result<Settled, StoreError> {
        let shows = std::mem::take(&mut self.shows);
        let nothing_more = |reply| Settled { reply, to_deliver: false, forgets: false, later: None, shows };
        if self.before != Before::Nothing {
            // What takes a while to make is made again: who asked may have seen nothing of the first.
            let later = self.later.take();
            return self.answer_again(reply).await.map(|reply| Settled { later, ..nothing_more(reply) });
        }
        if self.tx.written() > self.opened_with {
            // What is made later is no answer yet, so none is kept: it is made anew for a second delivery.
            let kept = Some(&reply).filter(|_| self.later.is_none());
            self.tx.remember_event(self.community.id, &self.event.key, self.person.id, kept, self.now)?;
            let (to_deliver, forgets) = (self.tx.queued(), self.forgets);
            self.tx.commit().await?;
            return Ok(Settled { to_deliver, forgets, later: self.later, ..nothing_more(reply) });
        }
        // Whoever has only looked, or has left, need not be known.
        if self.newcomer {
            self.tx.undo().await?
        } else {
            self.tx.commit().await?
        }
        Ok(Settled { later: self.later, ..nothing_more(reply) })
    }

    /// Ends the session of a flow that refused, and took nothing in.
    pub async fn refuse(self, refusal: &Refusal) -> Result<Reply, StoreError> {
        let words = Reply::Private(self.voice().refusal(refusal, self.program_if_any()));
        self.tx.undo().await?;
        Ok(words)
    }

    /// The person's application in the season, as the event found it: read it before changing it.
    pub fn application(&self) -> Option<Application> {
        self.application.clone()
    }

    /// The season, or the refusal that there is none.
    pub fn season(&self) -> Result<Season, Refusal> {
        self.season.clone().ok_or(Refusal::SeasonMissing)
    }

    /// The person of an account that a command names.
    pub async fn person_of(&mut self, user: &UserRef) -> Result<Person, Trouble> {
        Ok(self.tx.person_at(self.community.id, user).await?.ok_or(Refusal::UnknownPerson)?)
    }

    /// A day as a picker writes it, or as people do, on the clock of this zone. It is to come.
    pub fn read_day(&self, typed: &str, zone: Tz) -> Result<NaiveDate, Never> {
        if let Ok(day) = typed.parse::<LocalTime>() {
            return Ok(day.date());
        }
        when::read_day(typed, &Asked { now: self.now, zone, lang: self.person.lang(), towards: Towards::Future })
    }

    /// The pair of this number, if it is one of the community. The number was on a button, so it may be anything.
    pub async fn pair(&mut self, id: PairId) -> Result<Pair, Trouble> {
        let pair = self.tx.pair(id).await.map_err(no_such_pair)?;
        self.check_here(&pair)?;
        Ok(pair)
    }

    /// The same, if the person is one of the two.
    pub async fn own_pair(&mut self, id: PairId) -> Result<Pair, Trouble> {
        let pair = self.pair(id).await?;
        self.check_own(&pair)?;
        Ok(pair)
    }

    /// The same, with what is known of its month.
    pub async fn own_pair_in(&mut self, id: PairId, period: Period, zone: Tz) -> Result<(Pair, PairMonth), Trouble> {
        let (pair, month) = self.tx.pair_in_month(id, period, zone).await.map_err(no_such_pair)?;
        self.check_here(&pair)?;
        self.check_own(&pair)?;
        Ok((pair, month))
    }

    fn check_here(&self, pair: &Pair) -> Result<(), Refusal> {
        if pair.community == self.community.id { Ok(()) } else { Err(Refusal::Expired) }
    }

    fn check_own(&self, pair: &Pair) -> Result<(), Refusal> {
        if pair.has(self.person.id) { Ok(()) } else { Err(Refusal::NotYourButton) }
    }

    pub fn program_if_any(&self) -> Option<&Program> {
        self.season.as_ref().map(|season| &*season.program)
    }

    pub fn phase(&self, program: &Program) -> Phase {
        program.calendar.phase(self.now)
    }

    pub fn limits(&self) -> Limits {
        (self.flows.limits)(&self.community.at.chat)
    }

    /// The voice towards the person who acts.
    pub fn voice(&self) -> Voice<'a> {
        self.voice_to(&self.person)
    }

    /// The voice towards somebody else.
    pub fn voice_to(&self, person: &Person) -> Voice<'a> {
        match self.program_if_any() {
            Some(program) => self.flows.voice_to(program, person),
            None => self.voice_in(person.lang()),
        }
    }

    /// The voice in a language, for more than one reader.
    pub fn voice_in(&self, lang: Lang) -> Voice<'a> {
        self.flows.voice(self.program_if_any(), lang)
    }

    /// How the person comes to coordinate, if they do: by themselves, or by a group they are in at this moment.
    pub async fn appointed(&mut self) -> Result<Appointed, StoreError> {
        let groups = self.event.actor.groups.as_deref();
        super::coordinators::appointed(&mut self.tx, self.community.id, Some(self.person.id), groups).await
    }

    /// Proof that the person coordinates, asked anew each time.
    pub async fn coordinator(&mut self) -> Result<Coordinator, Trouble> {
        let rank = self.appointed().await?.rank();
        if rank == Rank::Member
            && self.event.actor.groups.is_none()
            && !self.tx.coordinator_groups(self.community.id).await?.is_empty()
        {
            // They may be in one. As long as nobody can say so, they are not.
            return Err(Refusal::GroupsUnknown.into());
        }
        Ok(permission::as_coordinator(&Actor { person: self.person.id, participant: false, rank })?)
    }

    /// Queues an effect. A key that is queued already changes nothing.
    pub async fn enqueue(&mut self, key: String, due_at: DateTime<Utc>, effect: Effect) -> Result<bool, StoreError> {
        self.tx.enqueue(&NewEffect { community: self.community.id, key, due_at, effect }, self.now).await
    }

    /// Queues a direct message, at a civil hour of the reader.
    pub async fn tell(
        &mut self,
        key: String,
        person: &Person,
        message: crate::chat::Message,
    ) -> Result<(), StoreError> {
        let due_at = match &self.season {
            Some(season) => super::civil_for(&season.program, [person], self.now),
            None => self.now,
        };
        self.enqueue(key, due_at, Effect::Post { to: To::Person(person.id), message }).await?;
        Ok(())
    }

    /// Queues a direct message that answers what the person has just done: it goes at once, whatever the hour.
    pub async fn answer(
        &mut self,
        key: String,
        person: &Person,
        message: crate::chat::Message,
    ) -> Result<(), StoreError> {
        let effect = Effect::Post { to: To::Person(person.id), message };
        let new = NewEffect { community: self.community.id, key, due_at: self.now, effect };
        self.tx.enqueue_on(&new, &Terms { wanted: None, answer: true }, self.now).await?;
        Ok(())
    }

    /// Answers what the person has just done with a message that has files: beside it where the chat carries them there,
    /// and else directly, under this key, which the answer then says.
    pub async fn hand_over(
        &mut self,
        key: String,
        message: crate::chat::Message,
        on_its_way: crate::chat::Message,
    ) -> Result<Reply, StoreError> {
        if self.limits().private_files {
            return Ok(Reply::Private(message));
        }
        let person = self.person.clone();
        self.answer(key, &person, message).await?;
        Ok(Reply::Private(on_its_way))
    }

    /// Queues a message to the coordinators.
    pub async fn tell_office(&mut self, key: String, message: crate::chat::Message) -> Result<(), StoreError> {
        self.enqueue(key, self.now, Effect::Post { to: To::Coordinators, message }).await?;
        Ok(())
    }

    /// Raises what a coordinator should look at, and tells the office with `notice`. What was raised before changes
    /// nothing.
    pub async fn raise(&mut self, concern: NewConcern, notice: crate::chat::Message) -> Result<bool, StoreError> {
        let office = self.voice_in(Lang::En);
        super::concerns::raise(&mut self.tx, &office, self.community.id, (&concern, notice), self.now).await
    }

    /// Writes down what a coordinator did.
    pub async fn audit(
        &mut self,
        who: &Coordinator,
        action: &str,
        subject: String,
        detail: serde_json::Value,
    ) -> Result<(), StoreError> {
        self.audit_as(AuditWho::Person(who.person()), action, subject, detail).await
    }

    /// Writes down what somebody, or the bot, did.
    pub async fn audit_as(
        &mut self,
        who: AuditWho,
        action: &str,
        subject: String,
        detail: serde_json::Value,
    ) -> Result<(), StoreError> {
        let entry =
            AuditEntry { community: self.community.id, at: self.now, who, action: action.to_owned(), subject, detail };
        self.tx.append_audit(&entry).await
    }

    /// Takes the season as it has become.
    pub fn set_season(&mut self, season: Season) {
        self.season = Some(season);
    }
}

/// The number of a pair came with a button, so it may be anything.
fn no_such_pair(error: StoreError) -> Trouble {
    match error {
        StoreError::Missing { .. } => Refusal::Expired.into(),
        error => error.into(),
    }
}
