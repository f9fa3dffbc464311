//! Delivers what the flows have queued: claims due effects by lease, asks the chat, records what came of it.
//! What may have happened already is looked for before it is tried again; what can never happen is buried
//! and told to the coordinators. Decides nothing about the program.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{CommunityId, PairId};
use serde::{Deserialize, Serialize};

use crate::chat::{
    Attempt, ChannelRef, Chat, ChatError, CommunityRef, Impossible, Message, MessageRef, Post, Recipient, Room,
};
use crate::clock::Clock;
use crate::store::{Claimed, Effect, NewEffect, Retry, Store, StoreError, To, Tx};

/// How the outbox works.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Name of this process among replicas.
    pub owner: String,
    /// How long a claim holds before another process may take it over.
    pub lease: TimeDelta,
    /// How many effects one round claims.
    pub batch: u32,
    /// How often a failing effect is tried before it is given up; waiting because the platform asks for it does not count.
    pub attempts_max: u32,
    /// Wait after the first failure; doubles with each.
    pub backoff_first: TimeDelta,
    /// Longest wait between attempts.
    pub backoff_max: TimeDelta,
}

/// Makes the notice for coordinators about an effect that was given up: `(key, why)`.
pub type Notice = Arc<dyn Fn(&str, Impossible) -> Message + Send + Sync>;

/// The delivering side of the outbox.
pub struct Outbox {
    store: Store,
    chats: BTreeMap<&'static str, Arc<dyn Chat>>,
    clock: Clock,
    policy: Policy,
    notice: Notice,
}

/// What is remembered of an effect between attempts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Steps {
    /// The place that was opened.
    #[serde(default)]
    channel: Option<ChannelRef>,
    /// The message that was posted.
    #[serde(default)]
    message: Option<MessageRef>,
    /// Attempts that failed for another reason than the platform's own pace.
    #[serde(default)]
    failures: u32,
    /// Times it looked in vain for something it builds on.
    #[serde(default)]
    waits: u32,
}

/// The result of an effect that had become pointless.
#[derive(Serialize, Deserialize)]
struct Skipped {
    skipped: bool,
}

/// Why an effect is not done yet.
#[derive(Debug, thiserror::Error)]
enum Undone {
    #[error(transparent)]
    Chat(#[from] ChatError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something it builds on has not happened yet.
    #[error("it waits for {0}")]
    Waits(&'static str),
    /// Another process holds the effect now.
    #[error("the lease was lost")]
    LeaseLost,
}

/// How long an effect waits for something it builds on before it looks again: doubles from the first to the last.
const WAIT_FIRST: TimeDelta = TimeDelta::seconds(30);
const WAIT_MAX: TimeDelta = TimeDelta::hours(6);

impl Outbox {
    /// An outbox over these chats.
    #[must_use]
    pub fn new(store: Store, chats: Vec<Arc<dyn Chat>>, clock: Clock, policy: Policy, notice: Notice) -> Self {
        let chats = chats.into_iter().map(|chat| (chat.name(), chat)).collect();
        Self { store, chats, clock, policy, notice }
    }

    /// Delivers what is due now. Returns how many effects were claimed; 0 means that nothing is due.
    ///
    /// # Errors
    /// The database.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let claimed = tx.claim(&self.policy.owner, now, now + self.policy.lease, self.policy.batch).await?;
        tx.commit().await?;
        let count = claimed.len();
        for claimed in claimed {
            self.deliver(claimed).await?;
        }
        Ok(count)
    }

    /// When the next effect is due.
    ///
    /// # Errors
    /// The database.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.store.read().await?.next_due().await
    }

    async fn deliver(&self, claimed: Claimed) -> Result<(), StoreError> {
        let mut steps: Steps = serde_json::from_value(claimed.steps.clone()).unwrap_or_default();
        match self.perform(&claimed, &mut steps).await {
            Ok(()) => Ok(()),
            Err(Undone::Store(error)) => Err(error),
            Err(Undone::LeaseLost) => {
                tracing::warn!(effect = claimed.key, "another process took an effect over");
                Ok(())
            }
            Err(Undone::Waits(what)) => {
                steps.waits += 1;
                let wait = doubled(WAIT_FIRST, steps.waits, WAIT_MAX);
                self.later(&claimed, &steps, wait, what, false).await
            }
            Err(Undone::Chat(ChatError::Passing { what, retry_after: Some(wait), ambiguous })) => {
                let wait = TimeDelta::from_std(wait).unwrap_or(self.policy.backoff_max);
                self.later(&claimed, &steps, wait, &what, ambiguous).await
            }
            Err(Undone::Chat(ChatError::Passing { what, retry_after: None, ambiguous })) => {
                steps.failures += 1;
                if steps.failures >= self.policy.attempts_max {
                    return self.bury(&claimed, Impossible::Refused, &what).await;
                }
                let wait = self.backoff(&claimed.key, steps.failures);
                self.later(&claimed, &steps, wait, &what, ambiguous).await
            }
            Err(Undone::Chat(ChatError::Never { why, what })) => self.bury(&claimed, why, &what).await,
        }
    }

    async fn perform(&self, claimed: &Claimed, steps: &mut Steps) -> Result<(), Undone> {
        let (at, chat) = self.reach(claimed.community).await?;
        let attempt = if claimed.ambiguous { Attempt::Again } else { Attempt::First };
        let work = Work { outbox: self, claimed, at, chat, attempt };
        match &claimed.effect {
            Effect::Introduce { pair, room, message } => work.introduce(steps, *pair, room, message).await,
            Effect::Post { to, message } => work.post_to(steps, *to, message).await,
            Effect::Update { posted, message } => work.update(posted, message).await,
            Effect::OpenCoordinators { room, message } => work.open_office(steps, room, message).await,
            Effect::Admit { person } => work.admit(*person).await,
            Effect::Farewell { pair, message } => work.farewell(steps, *pair, message).await,
        }
    }

    /// The community of an effect and the chat it lives in.
    async fn reach(&self, community: CommunityId) -> Result<(CommunityRef, Arc<dyn Chat>), Undone> {
        let at = self.store.read().await?.community(community).await?.at;
        let chat = self.chats.get(at.chat.as_str()).ok_or(Undone::Waits("its platform to be connected"))?;
        Ok((at, Arc::clone(chat)))
    }

    async fn later(
        &self,
        claimed: &Claimed,
        steps: &Steps,
        wait: TimeDelta,
        error: &str,
        ambiguous: bool,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        tracing::debug!(effect = claimed.key, wait_ms = wait.num_milliseconds(), error, "an effect waits");
        // An attempt that could not even look keeps the doubt of the one before it.
        let ambiguous = ambiguous || claimed.ambiguous;
        let mut tx = self.store.write().await?;
        tx.save_steps(&claimed.lease, &encode(steps)).await?;
        tx.retry(&claimed.lease, &Retry { due_at: now + wait, error, ambiguous }, now).await?;
        tx.commit().await
    }

    /// Gives an effect up, loudly: the coordinators are told in the same transaction.
    async fn bury(&self, claimed: &Claimed, why: Impossible, what: &str) -> Result<(), StoreError> {
        let now = self.clock.now();
        tracing::error!(effect = claimed.key, ?why, what, "an effect was given up");
        let mut tx = self.store.write().await?;
        let buried = tx.bury(&claimed.lease, what, now).await?;
        let to_office =
            matches!(claimed.effect, Effect::Post { to: To::Coordinators, .. } | Effect::OpenCoordinators { .. });
        if buried && !to_office {
            let message = (self.notice)(&claimed.key, why);
            let effect = Effect::Post { to: To::Coordinators, message };
            let key = format!("undelivered:{}", claimed.id);
            tx.enqueue(&NewEffect { community: claimed.community, key, due_at: now, effect }, now).await?;
        }
        tx.commit().await
    }

    /// Doubles with each failure, and differs from effect to effect so that they do not all come back at once.
    fn backoff(&self, key: &str, failures: u32) -> TimeDelta {
        let longest = doubled(self.policy.backoff_first, failures, self.policy.backoff_max);
        let mut hasher = DefaultHasher::new();
        (key, failures).hash(&mut hasher);
        let spread = i32::try_from(hasher.finish() % 50).unwrap_or_default();
        longest - longest * spread / 100
    }
}

/// One effect being carried out.
struct Work<'a> {
    outbox: &'a Outbox,
    claimed: &'a Claimed,
    at: CommunityRef,
    chat: Arc<dyn Chat>,
    attempt: Attempt,
}

impl Work<'_> {
    async fn introduce(&self, steps: &mut Steps, pair: PairId, room: &Room, message: &Message) -> Result<(), Undone> {
        let ended = !self.outbox.store.read().await?.pair(pair).await?.state.is_live();
        if ended && !self.claimed.ambiguous && steps.channel.is_none() {
            // It ended before anything of it was to be seen: nobody is welcomed to what is over.
            return self.finish(self.outbox.store.write().await?, &Skipped { skipped: true }).await;
        }
        let channel = self.open(steps, room).await?;
        let posted = self.post(steps, &Recipient::Channel(channel.clone()), message).await?;
        let now = self.outbox.clock.now();
        let mut tx = self.outbox.store.write().await?;
        tx.set_pair_channel(pair, &channel).await?;
        let known = tx.pair(pair).await?;
        // A pair that ended meanwhile stays ended; its farewell follows.
        if let Ok(introduced) = known.state.introduced(now) {
            tx.set_pair_state(pair, &known.state, &introduced, now).await?;
        }
        self.finish(tx, &posted).await
    }

    async fn post_to(&self, steps: &mut Steps, to: To, message: &Message) -> Result<(), Undone> {
        let to = self.recipient(to).await?;
        let posted = self.post(steps, &to, message).await?;
        self.finish(self.outbox.store.write().await?, &posted).await
    }

    async fn update(&self, posted: &str, message: &Message) -> Result<(), Undone> {
        let result = self.outbox.store.read().await?.effect_result(self.claimed.community, posted).await?;
        let at: MessageRef = result
            .and_then(|result| serde_json::from_value(result).ok())
            .ok_or(Undone::Waits("the message it changes"))?;
        self.chat.update(&self.at, posted, &at, message).await?;
        self.finish(self.outbox.store.write().await?, &at).await
    }

    async fn open_office(&self, steps: &mut Steps, room: &Room, message: &Message) -> Result<(), Undone> {
        let channel = self.open(steps, room).await?;
        let posted = self.post(steps, &Recipient::Channel(channel.clone()), message).await?;
        let mut tx = self.outbox.store.write().await?;
        tx.set_coordinators_channel(self.claimed.community, &channel).await?;
        self.finish(tx, &posted).await
    }

    async fn admit(&self, person: plsep_domain::PersonId) -> Result<(), Undone> {
        let Recipient::Channel(channel) = self.recipient(To::Coordinators).await? else {
            return Err(Undone::Waits("the coordinators' place"));
        };
        let user = self.outbox.store.read().await?.person(person).await?.user;
        self.chat.admit(&self.at, &channel, &user).await?;
        self.finish(self.outbox.store.write().await?, &channel).await
    }

    async fn farewell(&self, steps: &mut Steps, pair: PairId, message: &Message) -> Result<(), Undone> {
        let introduction = format!("intro:{pair}");
        let mut tx = self.outbox.store.read().await?;
        let result = tx.effect_result(self.claimed.community, &introduction).await?;
        drop(tx);
        if let Some(skipped) = result.and_then(|result| serde_json::from_value::<Skipped>(result).ok()) {
            return self.archived(pair, &skipped).await;
        }
        let Recipient::Channel(channel) = self.recipient(To::Pair(pair)).await? else {
            return Err(Undone::Waits("the pair's place"));
        };
        let posted = self.post(steps, &Recipient::Channel(channel.clone()), message).await?;
        self.chat.archive(&self.at, &channel).await?;
        self.archived(pair, &posted).await
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
            return Ok(channel.clone());
        }
        let channel = self.chat.open_room(&self.at, room, self.attempt).await?;
        steps.channel = Some(channel.clone());
        self.keep(steps).await?;
        Ok(channel)
    }

    /// Posts once; a later attempt starts from what was kept.
    async fn post(&self, steps: &mut Steps, to: &Recipient, message: &Message) -> Result<MessageRef, Undone> {
        if let Some(posted) = &steps.message {
            return Ok(posted.clone());
        }
        let post = Post { key: &self.claimed.key, to, message };
        let posted = self.chat.post(&self.at, &post, self.attempt).await?;
        steps.message = Some(posted.clone());
        self.keep(steps).await?;
        Ok(posted)
    }

    async fn keep(&self, steps: &Steps) -> Result<(), Undone> {
        let mut tx = self.outbox.store.write().await?;
        if !tx.save_steps(&self.claimed.lease, &encode(steps)).await? {
            return Err(Undone::LeaseLost);
        }
        Ok(tx.commit().await?)
    }

    async fn finish(&self, mut tx: Tx, result: &impl Serialize) -> Result<(), Undone> {
        let result = serde_json::to_value(result).unwrap_or_default();
        if !tx.finish(&self.claimed.lease, &result, self.outbox.clock.now()).await? {
            return Err(Undone::LeaseLost);
        }
        Ok(tx.commit().await?)
    }

    async fn recipient(&self, to: To) -> Result<Recipient, Undone> {
        let mut tx = self.outbox.store.read().await?;
        Ok(match to {
            To::Person(person) => Recipient::Person(tx.person(person).await?.user),
            To::Pair(pair) => {
                Recipient::Channel(tx.pair(pair).await?.channel.ok_or(Undone::Waits("the pair's introduction"))?)
            }
            To::Coordinators => {
                let channel = tx.community(self.claimed.community).await?.coordinators_channel;
                Recipient::Channel(channel.ok_or(Undone::Waits("the coordinators' place"))?)
            }
        })
    }
}

/// `first` for the first time, then twice as long each time, up to `max`.
fn doubled(first: TimeDelta, times: u32, max: TimeDelta) -> TimeDelta {
    (first * 2_i32.pow(times.saturating_sub(1).min(16))).min(max)
}

fn encode(steps: &Steps) -> serde_json::Value {
    serde_json::to_value(steps).expect("steps hold strings and numbers only")
}
