//! Takes in what comes over the sockets: tells Slack at once that it arrived, sees to it that a second
//! delivery is answered but not acted on, and has the work done elsewhere. Only a sent form is answered in the
//! acknowledgement itself, because Slack shows errors and results no other way.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use super::api::Api;
use super::effects::Directs;
use super::files::HandedIn;
use super::form;
use super::groups::Groups;
use super::lean::object;
use super::people::People;
use super::read::{Content, Deed, Kind, View, content};
use super::reply::Outcome;
use super::wording::wording;
use crate::chat::{
    Actor, Admitted, Answered, ChannelRef, CommunityRef, Event, Handing, Handler, InFlight, Reply, What, answer,
};
use crate::clock::{self, Clock};

/// How many deliveries are remembered. Slack repeats within an hour; at the size of this program that many
/// interactions take days.
const REMEMBERED: usize = 4096;
/// Slack waits three seconds for an acknowledgement; this leaves time for the way there.
const ACK_MAX: Duration = Duration::from_millis(2700);

/// Where everything that happens in the workspace comes in.
pub struct Desk {
    pub(super) api: Arc<Api>,
    pub(super) handler: Arc<dyn Handler>,
    pub(super) people: People,
    groups: Groups,
    pub(super) directs: Arc<Directs>,
    pub(super) deadline: Duration,
    in_flight: InFlight,
    clock: Clock,
    community: CommunityRef,
    seen: Mutex<Seen>,
}

/// What a desk is made of.
pub struct Parts {
    /// The Web API.
    pub api: Arc<Api>,
    /// The program.
    pub handler: Arc<dyn Handler>,
    /// Conversations with single people.
    pub directs: Arc<Directs>,
    /// Longest wait for the program before Slack is answered.
    pub deadline: Duration,
    /// Counts interactions at work.
    pub in_flight: InFlight,
    /// The program's time.
    pub clock: Clock,
    /// The workspace.
    pub community: CommunityRef,
}

impl Desk {
    /// A desk where nothing has come in yet.
    pub fn new(parts: Parts) -> Self {
        let Parts { api, handler, directs, deadline, in_flight, clock, community } = parts;
        let people = People::new(Arc::clone(&api), clock.clone());
        let groups = Groups::new(Arc::clone(&api), clock.clone());
        Self { api, handler, people, groups, directs, deadline, in_flight, clock, community, seen: Mutex::default() }
    }

    /// Counts interactions at work.
    pub fn in_flight(&self) -> &InFlight {
        &self.in_flight
    }

    /// Takes in one envelope, and says what its acknowledgement is.
    pub fn receive(self: &Arc<Self>, envelope: &Value) -> Ack {
        match content(envelope) {
            Content::Nothing => Ack::Bare,
            Content::Profile { key, user, joined, at } => {
                if let Delivery::First(_) = self.delivery(&key) {
                    self.profile(key, &user, joined, at);
                }
                Ack::Bare
            }
            Content::PlaceGone { key, place } => {
                if let Delivery::First(_) = self.delivery(&key) {
                    self.place_gone(place);
                }
                Ack::Bare
            }
            Content::Deed(deed) => match self.delivery(&deed.key) {
                Delivery::First(answered) => self.first(*deed, answered),
                Delivery::Again(answered) => self.again(*deed, answered),
            },
        }
    }

    fn first(self: &Arc<Self>, deed: Deed, answered: watch::Sender<Option<Value>>) -> Ack {
        // Begun before Slack hears "received": from here on stopping waits for it.
        let at_work = self.in_flight.begin();
        let desk = Arc::clone(self);
        let received = Instant::now();
        let Kind::Form(view) = deed.source.kind.clone() else {
            tokio::spawn(async move {
                let key = deed.key.clone();
                if !desk.work(deed, received).await {
                    // Should Slack deliver it once more, the answer is due again.
                    desk.seen().forget(&key);
                }
                drop(at_work);
            });
            return Ack::Bare;
        };
        let locale = self.people.locale(&deed.user);
        let (ack, answer) = oneshot::channel();
        let work = Arc::clone(self);
        tokio::spawn(async move {
            work.submitted(deed, ack).await;
            drop(at_work);
        });
        Ack::With(Box::pin(async move {
            let payload = desk.in_time(answer, &view, locale.as_deref()).await;
            // Nobody waits for it unless the form was delivered twice.
            answered.send_replace(Some(payload.clone()));
            payload
        }))
    }

    /// A second delivery gets what the first one got. A form whose first delivery is still at work waits with it.
    fn again(self: &Arc<Self>, deed: Deed, mut answered: watch::Receiver<Option<Value>>) -> Ack {
        let Kind::Form(view) = deed.source.kind else { return Ack::Bare };
        let desk = Arc::clone(self);
        Ack::With(Box::pin(async move {
            let waited = clock::within(desk.patience(), answered.wait_for(Option::is_some)).await;
            let answer = waited.ok().and_then(Result::ok).and_then(|answer| answer.clone());
            let locale = desk.people.locale(&deed.user);
            let words = wording(locale.as_deref());
            answer.unwrap_or_else(|| update_to(form::moment(&view.title, &view.origin, words)))
        }))
    }

    /// The answer to a form, or, when it takes too long, a calm modal that the answer will replace.
    async fn in_time(&self, mut answer: oneshot::Receiver<Value>, view: &View, locale: Option<&str>) -> Value {
        match clock::within(self.patience(), &mut answer).await {
            Ok(Ok(payload)) => payload,
            Ok(Err(_)) => {
                tracing::error!("the answer to a form was lost");
                let apology = self.handler.apology(locale);
                update_to(form::result(&view.title, &apology, &view.origin, wording(locale)))
            }
            Err(clock::TooSlow) => {
                answer.close();
                // It may have come between the last look and closing.
                let moment = || update_to(form::moment(&view.title, &view.origin, wording(locale)));
                answer.try_recv().unwrap_or_else(|_| moment())
            }
        }
    }

    /// How long the answer to a form may take.
    fn patience(&self) -> Duration {
        self.deadline.min(ACK_MAX)
    }

    /// Has the program handle something, and delivers the answer; whether the person has it.
    async fn work(&self, deed: Deed, received: Instant) -> bool {
        let (source, key) = (deed.source.clone(), deed.key.clone());
        let (actor, event) = self.event(deed).await;
        let opened = matches!(source.kind, Kind::HomeOpened);
        let (reply, _pass) = match self.in_flight.admit(&event, self.clock.now()) {
            Admitted::In(pass) => (settled(answer(&self.handler, event, self.deadline).await).await, pass),
            // What stands in the home tab is not taken away to say that somebody looks at it too often.
            Admitted::Calm(pass) if !opened => (Reply::Private(self.handler.too_many(actor.locale.as_deref())), pass),
            Admitted::Calm(_) | Admitted::Ignored => return true,
        };
        // A form that was opened has changed nothing yet, and a tab that was published is as it should be.
        let may_change = !matches!(reply, Reply::Open(_) | Reply::Home(_));
        let delivered = self.deliver(reply, &actor, &source, received).await;
        if delivered {
            self.handler.delivered(&key).await;
        }
        if may_change && source.in_home() {
            self.refresh_home(&key, &actor).await;
        }
        delivered
    }

    async fn submitted(&self, deed: Deed, ack: oneshot::Sender<Value>) {
        let Kind::Form(view) = deed.source.kind.clone() else { return };
        let key = deed.key.clone();
        let handler = match &deed.file {
            Some(id) => Handing::over(&self.handler, Box::new(HandedIn::new(&self.api, id))),
            None => Arc::clone(&self.handler),
        };
        let (actor, event) = self.event(deed).await;
        let (reply, _pass) = match self.in_flight.admit(&event, self.clock.now()) {
            Admitted::In(pass) => (settled(answer(&handler, event, self.deadline).await).await, Some(pass)),
            Admitted::Calm(pass) => (Reply::Private(self.handler.too_many(actor.locale.as_deref())), Some(pass)),
            Admitted::Ignored => (Reply::Private(self.handler.too_many(actor.locale.as_deref())), None),
        };
        let Outcome { in_time, late, message } = self.outcome(reply, &actor, &view).await;
        if ack.send(in_time).is_err() {
            self.deliver_late(late(), message, &actor, &view).await;
        }
        if view.origin.home {
            self.refresh_home(&key, &actor).await;
        }
    }

    /// What belongs into somebody's home tab now.
    pub(super) async fn ask_for_home(&self, key: &str, actor: &Actor) -> Reply {
        let mut event = Event {
            key: format!("{key}:home"),
            community: self.community.clone(),
            actor: actor.clone(),
            at: self.clock.now(),
            place: None,
            what: What::HomeOpened,
            handed: None,
        };
        self.add_groups(&mut event).await;
        settled(answer(&self.handler, event, self.deadline).await).await
    }

    async fn event(&self, deed: Deed) -> (Actor, Event) {
        let actor = self.people.actor(&deed.user, &deed.name).await;
        let mut event = Event {
            key: deed.key,
            community: self.community.clone(),
            actor: actor.clone(),
            at: deed.at.unwrap_or_else(|| self.clock.now()),
            place: deed.place,
            what: deed.what,
            handed: None,
        };
        self.add_groups(&mut event).await;
        (actor, event)
    }

    /// Where it may matter, which groups whoever acts is in, and what the groups are called that they name.
    async fn add_groups(&self, event: &mut Event) {
        if !self.handler.asks_rank(&event.what) {
            return;
        }
        event.actor.groups = self.groups.of(&event.actor.user.0).await;
        if let What::Command(invocation) = &mut event.what {
            self.groups.name(invocation).await;
        }
    }

    /// Somebody joined or left; anything else that changes about a person is only remembered.
    fn profile(self: &Arc<Self>, key: String, user: &Value, joined: bool, at: Option<DateTime<Utc>>) {
        let (actor, gone, was_gone) = self.people.heard(user);
        let what = match (gone, joined || was_gone) {
            (true, _) => What::Left,
            (false, true) => What::Joined,
            (false, false) => return,
        };
        let at = at.unwrap_or_else(|| self.clock.now());
        let community = self.community.clone();
        let event = Event { key, community, actor: actor.clone(), at, place: None, what, handed: None };
        let at_work = self.in_flight.begin();
        let desk = Arc::clone(self);
        tokio::spawn(async move {
            let reply = settled(answer(&desk.handler, event, desk.deadline).await).await;
            desk.tell(reply, &actor, gone).await;
            drop(at_work);
        });
    }

    fn place_gone(&self, place: ChannelRef) {
        let (handler, community, at_work) = (Arc::clone(&self.handler), self.community.clone(), self.in_flight.begin());
        tokio::spawn(async move {
            handler.place_gone(community, place).await;
            drop(at_work);
        });
    }

    fn delivery(&self, key: &str) -> Delivery {
        self.seen().delivery(key)
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn settled(answered: Answered) -> Reply {
    match answered {
        Answered::InTime(reply) => reply,
        Answered::Late(late) => late.reply().await,
    }
}

/// An acknowledgement that puts `view` in the place of the form.
pub fn update_to(view: Value) -> Value {
    object([("response_action", "update".into()), ("view", view)])
}

/// What is acknowledged.
pub enum Ack {
    /// That it has arrived.
    Bare,
    /// This, when it is ready: Slack shows the result of a form no other way.
    With(BoxFuture<'static, Value>),
}

enum Delivery {
    /// To be acted on; the answer to a form is put here for later deliveries.
    First(watch::Sender<Option<Value>>),
    /// Acted on already.
    Again(watch::Receiver<Option<Value>>),
}

/// What has come in already, the latest [`REMEMBERED`].
#[derive(Default)]
struct Seen {
    answers: HashMap<String, watch::Receiver<Option<Value>>>,
    order: VecDeque<String>,
}

impl Seen {
    fn delivery(&mut self, key: &str) -> Delivery {
        if let Some(answered) = self.answers.get(key) {
            return Delivery::Again(answered.clone());
        }
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
        let (sender, receiver) = watch::channel(None);
        self.answers.insert(key.to_owned(), receiver);
        self.order.push_back(key.to_owned());
        Delivery::First(sender)
    }

    fn forget(&mut self, key: &str) {
        if self.answers.remove(key).is_some() {
            self.order.retain(|other| other != key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_deliveries_is_bounded_and_forgets_the_oldest() {
        let mut seen = Seen::default();
        for n in 0..=REMEMBERED {
            assert!(matches!(seen.delivery(&n.to_string()), Delivery::First(_)));
        }
        assert!(matches!(seen.delivery(&REMEMBERED.to_string()), Delivery::Again(_)));
        assert!(matches!(seen.delivery("0"), Delivery::First(_)));
        assert_eq!(seen.answers.len(), REMEMBERED);
    }
}
