//! A chat of paper: what its people see, and what happens to which call.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::{Notify, Semaphore};

use super::super::*;
use crate::chat::{Attempt, ChannelRef, CommunityRef, GroupRef, Kept, Limits, MessageRef, Post, Room, Scope};
use crate::clock::within;

/// Longest real wait for something that must happen.
const PATIENCE: Duration = Duration::from_secs(10);

/// What happens to one call of the chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The process dies before it arrives.
    DiesBefore,
    /// The process dies after it has had its effect.
    DiesAfter,
    /// Its answer is lost; it has had its effect.
    LostAfter,
    /// It gets no answer, and has its effect only after the next call: when everybody has looked.
    ArrivesLate,
    /// It fails without effect, and nobody can tell.
    FailsUnclearly,
    /// The platform is busy.
    Busy,
}

/// What people see.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) rooms: Vec<String>,
    pub(super) posts: Vec<(String, String)>,
    pub(super) changed: Vec<String>,
    pub(super) admitted: Vec<String>,
    pub(super) archived: Vec<String>,
}

pub(super) type Late = Box<dyn FnOnce(&mut Seen) + Send>;

/// A chat of paper. It adopts what is there when it is told to look, and doubles it when it is not.
pub(super) struct Paper {
    seen: Mutex<Seen>,
    pub(super) calls: AtomicUsize,
    /// What happens to which call, counted from 0.
    pub(super) plan: Mutex<Option<(usize, How)>>,
    late: Mutex<Vec<Late>>,
    pub(super) dead: Notify,
    /// Posts of these keys wait until they are let go.
    slow: &'static str,
    pub(super) gate: Semaphore,
    /// Posts that have come to the gate.
    pub(super) at_gate: AtomicUsize,
    news: Notify,
    /// Rooms a minute, if they are counted.
    openings: Option<usize>,
    opened: Mutex<Vec<i64>>,
    time: Arc<AtomicI64>,
}

impl Paper {
    pub(super) fn new(slow: &'static str, openings: Option<usize>, time: &Arc<AtomicI64>) -> Self {
        Self {
            seen: Mutex::default(),
            calls: AtomicUsize::new(0),
            plan: Mutex::default(),
            late: Mutex::default(),
            dead: Notify::new(),
            slow,
            gate: Semaphore::new(0),
            at_gate: AtomicUsize::new(0),
            news: Notify::new(),
            openings,
            opened: Mutex::default(),
            time: Arc::clone(time),
        }
    }

    pub(super) fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.seen().posts.iter().map(|(_, key)| key.clone()).collect()
    }

    pub(super) async fn until(&self, what: &str, there: impl Fn(&Self) -> bool) {
        loop {
            let news = self.news.notified();
            if there(self) {
                return;
            }
            within(PATIENCE, news).await.unwrap_or_else(|_| panic!("in vain for {what}: {:?}", self.seen()));
        }
    }

    pub(super) async fn until_posted(&self, key: &str) {
        self.until(key, |paper| paper.keys().iter().any(|posted| posted == key)).await;
    }

    /// One call: `effect` happens, or not, as planned.
    async fn call<T>(&self, effect: impl FnOnce(&mut Seen) -> T) -> Result<T, ChatError> {
        self.call_late(effect, |_| ()).await
    }

    /// The same, where `late` is what happens if it arrives late.
    async fn call_late<T>(
        &self,
        effect: impl FnOnce(&mut Seen) -> T,
        late: impl FnOnce(&mut Seen) + Send + 'static,
    ) -> Result<T, ChatError> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let planned = (*self.plan.lock().unwrap()).filter(|(at, _)| *at == number).map(|(_, how)| how);
        let unclear = |what: &str| ChatError::Passing { what: what.into(), retry_after: None, ambiguous: true };
        match planned {
            None => {
                let mut seen = self.seen();
                let done = effect(&mut seen);
                for late in self.late.lock().unwrap().drain(..) {
                    late(&mut seen);
                }
                Ok(done)
            }
            Some(How::ArrivesLate) => {
                self.late.lock().unwrap().push(Box::new(late));
                Err(unclear("no answer in time"))
            }
            Some(How::DiesBefore) => self.dies().await,
            Some(How::DiesAfter) => {
                effect(&mut self.seen());
                self.dies().await
            }
            Some(How::LostAfter) => {
                effect(&mut self.seen());
                Err(unclear("the answer was lost"))
            }
            Some(How::FailsUnclearly) => Err(unclear("no answer")),
            Some(How::Busy) => {
                let wait = Some(Duration::from_secs(7));
                Err(ChatError::Passing { what: "busy".into(), retry_after: wait, ambiguous: false })
            }
        }
    }

    async fn dies<T>(&self) -> T {
        self.dead.notify_one();
        std::future::pending().await
    }
}

#[async_trait]
impl Chat for Paper {
    fn name(&self) -> &'static str {
        "paper"
    }

    fn limits(&self) -> Limits {
        crate::slack::LIMITS
    }

    async fn open_room(&self, _: &CommunityRef, room: &Room, attempt: Attempt) -> Result<ChannelRef, ChatError> {
        if let Some(a_minute) = self.openings {
            let now = self.time.load(Ordering::Relaxed);
            let mut opened = self.opened.lock().unwrap();
            opened.retain(|at| *at > now - 60_000);
            if opened.len() >= a_minute {
                let wait = Duration::from_millis(u64::try_from(opened[0] + 60_000 - now).unwrap());
                let (what, scope) = ("no more rooms".into(), Scope::Openings);
                return Err(ChatError::Held { what, wait, scope, ambiguous: false });
            }
            opened.push(now);
        }
        let opens = |seen: &mut Seen| {
            if attempt == Attempt::First || !seen.rooms.contains(&room.key) {
                seen.rooms.push(room.key.clone());
            }
            ChannelRef(format!("room of {}", room.key))
        };
        let key = room.key.clone();
        self.call_late(opens, move |seen| seen.rooms.push(key)).await
    }

    async fn admit(&self, _: &CommunityRef, _: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
        let enters = |seen: &mut Seen| {
            if !seen.admitted.contains(&user.0) {
                seen.admitted.push(user.0.clone());
            }
        };
        self.call(enters).await
    }

    async fn dismiss(&self, _: &CommunityRef, _: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
        self.call(|seen: &mut Seen| seen.admitted.retain(|admitted| *admitted != user.0)).await
    }

    async fn groups_of(&self, _: &CommunityRef, _: &UserRef) -> Result<Vec<GroupRef>, ChatError> {
        Ok(Vec::new())
    }

    async fn post(&self, _: &CommunityRef, post: &Post<'_>, attempt: Attempt) -> Result<MessageRef, ChatError> {
        if !self.slow.is_empty() && post.key.starts_with(self.slow) {
            self.at_gate.fetch_add(1, Ordering::Relaxed);
            self.news.notify_waiters();
            self.gate.acquire().await.unwrap().forget();
        }
        let to = format!("{:?}", post.to);
        let late = (to.clone(), post.key.to_owned());
        let posts = |seen: &mut Seen| {
            if attempt == Attempt::First || !seen.posts.iter().any(|(_, key)| key == post.key) {
                seen.posts.push((to, post.key.to_owned()));
            }
            MessageRef { channel: ChannelRef("somewhere".into()), id: post.key.to_owned() }
        };
        let posted = self.call_late(posts, |seen| seen.posts.push(late)).await;
        self.news.notify_waiters();
        posted
    }

    async fn find(&self, _: &CommunityRef, post: &Post<'_>) -> Result<Option<MessageRef>, ChatError> {
        let looks = |seen: &mut Seen| {
            let stands = seen.posts.iter().any(|(_, key)| key == post.key);
            stands.then(|| MessageRef { channel: ChannelRef("somewhere".into()), id: post.key.to_owned() })
        };
        self.call(looks).await
    }

    async fn update(&self, _: &CommunityRef, key: &str, _: &MessageRef, _: &Message) -> Result<(), ChatError> {
        let changes = |seen: &mut Seen| {
            if !seen.changed.iter().any(|changed| changed == key) {
                seen.changed.push(key.to_owned());
            }
        };
        self.call(changes).await
    }

    async fn take_away_doubles(&self, _: &CommunityRef, kept: &Kept<'_>) -> Result<(), ChatError> {
        let once = |seen: &mut Seen| {
            let mut found = 0;
            seen.posts.retain(|(_, key)| {
                found += usize::from(key == kept.key);
                key != kept.key || found == 1 && kept.message.is_some()
            });
            let mut found = 0;
            seen.rooms.retain(|key| {
                found += usize::from(key == kept.key);
                key != kept.key || found == 1
            });
        };
        self.call(once).await
    }

    async fn archive(&self, _: &CommunityRef, channel: &ChannelRef) -> Result<(), ChatError> {
        let closes = |seen: &mut Seen| {
            if !seen.archived.contains(&channel.0) {
                seen.archived.push(channel.0.clone());
            }
        };
        self.call(closes).await
    }
}
