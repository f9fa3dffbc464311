//! The steps of each kind of effect, and what is remembered between attempts. A step that has been kept is
//! not taken again; one whose fate is unknown is looked for first. Nobody works on a lease that has run out.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{PairId, PersonId};
use serde::{Deserialize, Serialize};

use super::office::{OFFICE_AWAITED, PAIR_AWAITED};
use super::{Outbox, Policy};
use crate::chat::{
    Attempt, ChannelRef, Chat, ChatError, CommunityRef, Impossible, Kept, Message, MessageRef, Post, Recipient, Room,
    UserRef,
};
use crate::recovery::{Way, took};
use crate::store::{Claimed, Effect, NewEffect, StoreError, To, Tx};

/// How often a place that was taken away is opened anew.
const OPENED_ANEW_MAX: u32 = 2;

/// How long a request that got no answer may be under way: far longer than any platform keeps one.
const SWEEP_AFTER: TimeDelta = TimeDelta::minutes(10);

/// What is remembered of an effect between attempts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Steps {
    /// The place that was opened.
    #[serde(default)]
    channel: Option<ChannelRef>,
    /// The message that was posted.
    #[serde(default)]
    message: Option<MessageRef>,
    /// Attempts that failed for another reason than the platform's own pace.
    #[serde(default)]
    pub failures: u32,
    /// When the first of them was.
    #[serde(default)]
    failing_since: Option<DateTime<Utc>>,
    /// When the last of them was.
    #[serde(default)]
    failed_at: Option<DateTime<Utc>>,
    /// For how many seconds of that time it was tried again and again.
    #[serde(default)]
    tried_s: i64,
    /// Times it looked in vain for something it builds on.
    #[serde(default)]
    pub waits: u32,
    /// Times its place was taken away and opened anew.
    #[serde(default)]
    opened_anew: u32,
}

impl Steps {
    pub fn encode(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("steps hold strings and numbers only")
    }

    /// Whether its message stands there.
    pub fn is_seen(&self) -> bool {
        self.message.is_some()
    }

    /// Somebody may try again from the start, with all attempts before it.
    pub fn begin_anew(&mut self) {
        (self.failures, self.waits, self.opened_anew) = (0, 0, 0);
        (self.failing_since, self.failed_at, self.tried_s) = (None, None, 0);
    }

    /// Counts a failure; whether it has failed for long enough to be given up. Where two attempts lie further apart
    /// than their wait explains, nobody was there to try, or the readers slept; for a third of the time it must have
    /// been tried.
    pub fn fail(&mut self, now: DateTime<Utc>, policy: &Policy) -> bool {
        let since = self.failed_at.map_or(TimeDelta::zero(), |failed| now - failed);
        self.tried_s += since.clamp(TimeDelta::zero(), policy.backoff_max * 2).num_seconds();
        self.failures += 1;
        self.failed_at = Some(now);
        let first = *self.failing_since.get_or_insert(now);
        now - first >= policy.give_up_after && TimeDelta::seconds(self.tried_s) >= policy.give_up_after / 3
    }

    /// Forgets a place that is gone, if it is this effect's own to open and nobody has been told anything in it.
    pub fn opens_anew(&mut self, effect: &Effect) -> bool {
        let opens = matches!(effect, Effect::Introduce { .. } | Effect::OpenCoordinators { .. });
        let anew = opens && self.channel.is_some() && self.message.is_none() && self.opened_anew < OPENED_ANEW_MAX;
        if anew {
            self.channel = None;
            self.opened_anew += 1;
        }
        anew
    }
}

/// The result of an effect of which nobody sees anything.
#[derive(Serialize, Deserialize)]
struct Skipped {
    skipped: bool,
}

const SKIPPED: Skipped = Skipped { skipped: true };

/// Why an effect is not done yet.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undone {
    #[error(transparent)]
    Chat(#[from] ChatError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something it builds on has not happened yet.
    #[error("it waits for {0}")]
    Waits(&'static str),
    /// Its readers' hour is not civil.
    #[error("it waits for {0}")]
    NotNow(DateTime<Utc>),
    /// Another process holds the effect now, or it has been ended.
    #[error("the lease was lost")]
    LeaseLost,
    /// It says something else than when it was claimed.
    #[error("it was changed")]
    Changed,
    /// The bot stops.
    #[error("the bot stops")]
    Stopped,
}

impl Outbox {
    /// The community of an effect and the chat it lives in.
    pub(super) async fn reach(&self, claimed: &Claimed) -> Result<(CommunityRef, Arc<dyn Chat>), Undone> {
        let at = self.store.read().await?.community(claimed.community).await?.at;
        let chat = self.chats.get(at.chat.as_str()).ok_or(Undone::Waits("its platform to be connected"))?;
        Ok((at, Arc::clone(chat)))
    }
}

/// One effect being carried out.
pub(super) struct Work<'a> {
    outbox: &'a Outbox,
    claimed: &'a Claimed,
    /// The effect as it was kept when it was claimed.
    kept: &'a Effect,
    at: CommunityRef,
    chat: Arc<dyn Chat>,
    attempt: Attempt,
    /// Until when the lease is sure to hold.
    until: Mutex<DateTime<Utc>>,
}

impl<'a> Work<'a> {
    pub fn new(outbox: &'a Outbox, claimed: &'a Claimed, at: CommunityRef, chat: Arc<dyn Chat>) -> Self {
        let attempt = if claimed.ambiguous { Attempt::Again } else { Attempt::First };
        Self { outbox, claimed, kept: &claimed.effect, at, chat, attempt, until: Mutex::new(claimed.until) }
    }

    /// The same, where fewer are told than the effect was kept for.
    pub fn in_place_of(self, kept: &'a Effect) -> Self {
        Self { kept, ..self }
    }

    pub async fn carry_out(&self, steps: &mut Steps) -> Result<(), Undone> {
        match &self.claimed.effect {
            Effect::Introduce { pair, room, message } => self.introduce(steps, *pair, room, message).await,
            Effect::Post { to, message } => self.post_to(steps, *to, message).await,
            Effect::Update { posted, message } => self.update(posted, message).await,
            Effect::OpenCoordinators { room, message } => self.open_office(steps, room, message).await,
            Effect::Admit { person } => self.admit(*person).await,
            Effect::Dismiss { person } => self.dismiss(*person).await,
            Effect::Farewell { pair, message } => self.farewell(steps, *pair, message).await,
            Effect::Sweep { of } => self.sweep(of).await,
        }
    }

    /// Ends an effect that nobody wants any more. What an attempt in doubt has left of it counts as posted, so that
    /// whatever changes it later has something to change.
    pub async fn let_go(&self) -> Result<(), Undone> {
        if self.claimed.ambiguous {
            self.sure_of_lease().await?;
            if let Some(left) = self.left_of(&self.claimed.effect, &self.claimed.key, self.claimed.first_at).await? {
                return self.finish(self.outbox.store.write().await?, &left).await;
            }
        }
        self.skip().await
    }

    /// Ends an effect of which nobody sees anything.
    async fn skip(&self) -> Result<(), Undone> {
        self.finish(self.outbox.store.write().await?, &SKIPPED).await
    }

    async fn introduce(&self, steps: &mut Steps, pair: PairId, room: &Room, message: &Message) -> Result<(), Undone> {
        let ended = !self.outbox.store.read().await?.pair(pair).await?.state.is_live();
        if ended && !self.claimed.ambiguous && steps.channel.is_none() {
            // It ended before anything of it was to be seen: nobody is welcomed to what is over.
            return self.skip().await;
        }
        let channel = self.open(steps, room).await?;
        self.go_on().await?;
        let posted = self.post(steps, &Recipient::Channel(channel.clone()), message).await?;
        let now = self.outbox.clock.now();
        let mut tx = self.outbox.store.write().await?;
        tx.set_pair_channel(pair, &channel).await?;
        let known = tx.pair(pair).await?;
        // A pair that ended meanwhile stays ended; its farewell follows.
        if let Ok(introduced) = known.state.introduced(now) {
            tx.set_pair_state(pair, &known.state, &introduced, now).await?;
        } else {
            // It has another place now, and what waited for one is said in it.
            tx.hurry_pair(pair, PAIR_AWAITED, now).await?;
        }
        self.finish(tx, &posted).await
    }

    async fn post_to(&self, steps: &mut Steps, to: To, message: &Message) -> Result<(), Undone> {
        let to = self.recipient(to).await?;
        let posted = self.post(steps, &to, message).await?;
        self.finish(self.outbox.store.write().await?, &posted).await
    }

    async fn update(&self, posted: &str, message: &Message) -> Result<(), Undone> {
        let mut tx = self.outbox.store.read().await?;
        let result = tx.effect_result(self.claimed.community, posted).await?;
        let nowhere = result.is_none() && tx.is_left_unread(self.claimed.community, posted).await?;
        drop(tx);
        if nowhere || result.as_ref().is_some_and(was_skipped) {
            return self.skip().await;
        }
        let at: MessageRef = result
            .and_then(|result| serde_json::from_value(result).ok())
            .ok_or(Undone::Waits("the message it changes"))?;
        self.still_says().await?;
        match self.chat.update(&self.at, posted, &at, message).await {
            Ok(()) => self.finish(self.outbox.store.write().await?, &at).await,
            // Somebody took the message away: there is nothing left to change.
            Err(ChatError::Never { why: Impossible::PlaceGone, .. }) => self.skip().await,
            Err(error) => Err(error.into()),
        }
    }

    async fn open_office(&self, steps: &mut Steps, room: &Room, message: &Message) -> Result<(), Undone> {
        let channel = self.open(steps, room).await?;
        self.go_on().await?;
        let posted = self.post(steps, &Recipient::Channel(channel.clone()), message).await?;
        let mut tx = self.outbox.store.write().await?;
        tx.set_coordinators_channel(self.claimed.community, &channel).await?;
        tx.hurry(self.claimed.community, OFFICE_AWAITED, self.outbox.clock.now()).await?;
        self.finish(tx, &posted).await
    }

    async fn admit(&self, person: PersonId) -> Result<(), Undone> {
        let (channel, user) = self.office_and(person).await?;
        self.chat.admit(&self.at, &channel, &user).await?;
        self.finish(self.outbox.store.write().await?, &channel).await
    }

    async fn dismiss(&self, person: PersonId) -> Result<(), Undone> {
        let (channel, user) = self.office_and(person).await?;
        let groups = self.outbox.store.read().await?.coordinator_groups(self.claimed.community).await?;
        if !groups.is_empty() {
            let theirs = self.chat.groups_of(&self.at, &user).await?;
            if groups.iter().any(|group| theirs.contains(&group.at)) {
                return self.skip().await;
            }
        }
        self.chat.dismiss(&self.at, &channel, &user).await?;
        self.finish(self.outbox.store.write().await?, &channel).await
    }

    /// The coordinators' place, and somebody who is to come or go.
    async fn office_and(&self, person: PersonId) -> Result<(ChannelRef, UserRef), Undone> {
        let Recipient::Channel(channel) = self.recipient(To::Coordinators).await? else {
            return Err(Undone::Waits(OFFICE_AWAITED));
        };
        let user = self.outbox.store.read().await?.person(person).await?.user;
        self.still_says().await?;
        Ok((channel, user))
    }

    async fn farewell(&self, steps: &mut Steps, pair: PairId, message: &Message) -> Result<(), Undone> {
        let introduction = format!("intro:{pair}");
        let mut tx = self.outbox.store.read().await?;
        let result = tx.effect_result(self.claimed.community, &introduction).await?;
        drop(tx);
        if result.as_ref().is_some_and(was_skipped) {
            return self.archived(pair, &SKIPPED).await;
        }
        let channel = match self.recipient(To::Pair(pair)).await {
            Ok(Recipient::Channel(channel)) => channel,
            // They have been introduced, and somebody took their place away since.
            Err(Undone::Waits(_)) if result.is_some() => return self.archived(pair, &SKIPPED).await,
            Ok(Recipient::Person(_)) => return Err(Undone::Waits(PAIR_AWAITED)),
            Err(undone) => return Err(undone),
        };
        match self.say_farewell(steps, &channel, message).await {
            Ok(posted) => self.archived(pair, &posted).await,
            // The people closed their place themselves: there is nobody left to say it to.
            Err(Undone::Chat(ChatError::Never { why: Impossible::PlaceGone, .. })) => {
                self.archived(pair, &SKIPPED).await
            }
            Err(undone) => Err(undone),
        }
    }

    /// Looks for a second one of an effect that was carried out in doubt, or for the first of one that was let go.
    async fn sweep(&self, of: &str) -> Result<(), Undone> {
        let done = self.outbox.store.read().await?.done_effect(self.claimed.community, of).await?;
        let Some((effect, result, since)) = done else { return self.skip().await };
        self.sure_of_lease().await?;
        let stays = serde_json::from_value::<MessageRef>(result).ok();
        let late = if stays.is_none() { self.left_of(&effect, of, since).await? } else { None };
        let Some(MessageRef { channel: place, .. }) = stays.as_ref().or(late.as_ref()) else {
            return self.skip().await;
        };
        let opened = matches!(effect, Effect::Introduce { .. } | Effect::OpenCoordinators { .. });
        let message = stays.as_ref().map(|stays| stays.id.as_str());
        self.chat.take_away_doubles(&self.at, &Kept { key: of, place, message, opened, since }).await?;
        self.skip().await
    }

    /// What stands there of a message that may have been posted.
    async fn left_of(&self, effect: &Effect, key: &str, since: DateTime<Utc>) -> Result<Option<MessageRef>, Undone> {
        let Effect::Post { to, message } = effect else { return Ok(None) };
        let to = match self.recipient(*to).await {
            // Where there is no place, nothing stands.
            Err(Undone::Waits(_)) => return Ok(None),
            to => to?,
        };
        match self.chat.find(&self.at, &Post { key, to: &to, message, since }).await {
            // Nor where nobody can look.
            Err(ChatError::Never { .. }) => Ok(None),
            found => Ok(found?),
        }
    }

    async fn say_farewell(
        &self,
        steps: &mut Steps,
        channel: &ChannelRef,
        message: &Message,
    ) -> Result<MessageRef, Undone> {
        let known = steps.is_seen();
        let posted = self.post(steps, &Recipient::Channel(channel.clone()), message).await?;
        if !known {
            self.keep(steps).await?;
        }
        self.go_on().await?;
        self.chat.archive(&self.at, channel).await?;
        Ok(posted)
    }

    /// The pair's place is closed, or never was.
    async fn archived(&self, pair: PairId, result: &impl Serialize) -> Result<(), Undone> {
        let now = self.outbox.clock.now();
        let mut tx = self.outbox.store.write().await?;
        let known = tx.pair(pair).await?;
        if let Ok(archived) = known.state.archived(now) {
            tx.set_pair_state(pair, &known.state, &archived, now).await?;
        }
        self.finish(tx, result).await
    }

    /// Opens the place once; a later attempt starts from what was kept.
    async fn open(&self, steps: &mut Steps, room: &Room) -> Result<ChannelRef, Undone> {
        if let Some(channel) = &steps.channel {
            took(Way::StepsResumed);
            return Ok(channel.clone());
        }
        self.still_says().await?;
        let channel = self.chat.open_room(&self.at, room, self.attempt).await?;
        steps.channel = Some(channel.clone());
        self.keep(steps).await?;
        Ok(channel)
    }

    /// Posts once; a later attempt starts from what was kept. Whoever calls keeps it, or is done with it.
    async fn post(&self, steps: &mut Steps, to: &Recipient, message: &Message) -> Result<MessageRef, Undone> {
        if let Some(posted) = &steps.message {
            return Ok(posted.clone());
        }
        self.still_says().await?;
        let post = Post { key: &self.claimed.key, to, message, since: self.claimed.first_at };
        let posted = self.chat.post(&self.at, &post, self.attempt).await?;
        steps.message = Some(posted.clone());
        Ok(posted)
    }

    async fn keep(&self, steps: &Steps) -> Result<(), Undone> {
        let mut tx = self.outbox.store.write().await?;
        if !tx.save_steps(&self.claimed.lease, &steps.encode()).await? {
            return Err(Undone::LeaseLost);
        }
        Ok(tx.commit().await?)
    }

    /// Between two steps: goes on unless the bot stops.
    async fn go_on(&self) -> Result<(), Undone> {
        if self.outbox.stops() { Err(Undone::Stopped) } else { self.sure_of_lease().await }
    }

    /// Before anything is said: the lease is held, and the effect still says what it said when it was claimed. Somebody
    /// may have been forgotten meanwhile, in another process.
    async fn still_says(&self) -> Result<(), Undone> {
        self.sure_of_lease().await?;
        match self.outbox.store.read().await?.held_effect(&self.claimed.lease).await? {
            None => Err(Undone::LeaseLost),
            Some(held) if held == *self.kept => Ok(()),
            Some(_) => Err(Undone::Changed),
        }
    }

    /// Before each call of the platform: the lease must outlast it. Where half of it has passed it is renewed.
    async fn sure_of_lease(&self) -> Result<(), Undone> {
        let (now, lease) = (self.outbox.clock.now(), self.outbox.policy.lease);
        let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
        if now + lease / 2 < until {
            return Ok(());
        }
        let mut tx = self.outbox.store.write().await?;
        if !tx.renew(&self.claimed.lease, now + lease).await? {
            return Err(Undone::LeaseLost);
        }
        tx.commit().await?;
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = now + lease;
        Ok(())
    }

    async fn finish(&self, mut tx: Tx, result: &impl Serialize) -> Result<(), Undone> {
        let result = serde_json::to_value(result).unwrap_or_default();
        if !tx.finish(&self.claimed.lease, &result, self.outbox.clock.now()).await? {
            return Err(Undone::LeaseLost);
        }
        if self.claimed.ambiguous && self.claimed.effect.posts() {
            self.look_again_later(&mut tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// An attempt before this one got no answer. Its request may arrive even now, after everybody has looked.
    async fn look_again_later(&self, tx: &mut Tx) -> Result<(), Undone> {
        let now = self.outbox.clock.now();
        let sweep = NewEffect {
            community: self.claimed.community,
            key: format!("sweep:{}:{}", self.claimed.id, self.claimed.lease.claim()),
            due_at: now + SWEEP_AFTER,
            effect: Effect::Sweep { of: self.claimed.key.clone() },
        };
        tx.enqueue(&sweep, now).await?;
        Ok(())
    }

    async fn recipient(&self, to: To) -> Result<Recipient, Undone> {
        let mut tx = self.outbox.store.read().await?;
        Ok(match to {
            To::Person(person) => Recipient::Person(tx.person(person).await?.user),
            To::Pair(pair) => Recipient::Channel(tx.pair(pair).await?.channel.ok_or(Undone::Waits(PAIR_AWAITED))?),
            To::Coordinators => {
                let channel = tx.community(self.claimed.community).await?.coordinators_channel;
                Recipient::Channel(channel.ok_or(Undone::Waits(OFFICE_AWAITED))?)
            }
        })
    }
}

fn was_skipped(result: &serde_json::Value) -> bool {
    Skipped::deserialize(result).is_ok_and(|skipped| skipped.skipped)
}
