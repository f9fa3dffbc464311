//! Answers interactions within Discord's three seconds, whatever the program does, and never more than once.
//! A reply that comes late replaces a deferred answer; one that Discord refuses becomes an apology.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ApplicationId, InteractionId};
use tokio::sync::Semaphore;

use super::attachment::Attachment;
use super::controls;
use super::error::Failure;
use super::events::{Asked, Handle, Incoming, Source, Stray};
use super::mark::Mark;
use super::render::{files, render};
use super::rest::{Call, Rest};
use crate::chat::answer::Late;
use crate::chat::{
    Admitted, Answered, File, Form, Handing, Handler, InFlight, Message, Reply, SUGGESTIONS_MAX, answer,
};
use crate::clock::{Clock, pause, within};
use crate::recovery::{Way, took};

/// Interactions remembered, so that a second delivery of one is not answered a second time.
const REMEMBERED: usize = 4096;
/// How often a first answer is tried: the three seconds leave no time for more.
const FIRST_TRIES: u32 = 2;
/// How often a later word is tried: its token lives a quarter of an hour.
const LATER_TRIES: u32 = 5;
/// Pause between tries where Discord does not say how long.
const BETWEEN_TRIES: Duration = Duration::from_millis(300);
/// Longest pause between tries: a person is waiting.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// Discord's code for an interaction that has its answer already.
const ANSWERED_ALREADY: u64 = 40060;

/// How many are suggested something at once.
const SUGGESTING: usize = 4;
/// Longest name of a suggestion.
const CHOICE_NAME: usize = 100;

/// Kinds of first answers.
mod kind {
    pub const MESSAGE: u8 = 4;
    pub const DEFER_MESSAGE: u8 = 5;
    pub const DEFER_UPDATE: u8 = 6;
    pub const UPDATE: u8 = 7;
    pub const SUGGEST: u8 = 8;
    pub const FORM: u8 = 9;
}

/// Answers interactions.
pub(super) struct Answers {
    rest: Arc<Rest>,
    handler: Arc<dyn Handler>,
    application: ApplicationId,
    deadline: Duration,
    in_flight: InFlight,
    clock: Clock,
    /// Turns at being suggested something.
    suggesting: Semaphore,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    ids: HashSet<InteractionId>,
    order: VecDeque<InteractionId>,
}

impl Seen {
    fn first_time(&mut self, id: InteractionId) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }

    fn forget(&mut self, id: InteractionId) {
        if self.ids.remove(&id) {
            self.order.retain(|other| *other != id);
        }
    }
}

/// What is shown, once the neutral reply is fitted to what Discord allows after `source`.
enum Shown {
    Message(Value, Vec<File>),
    Replacement(Value, Vec<File>),
    Form(Value),
    Nothing,
}

/// What became of a first answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// Discord has taken it.
    Taken,
    /// Discord has one already, from another process or an earlier delivery.
    GivenBefore,
    /// Discord has none.
    Lost,
}

impl Answers {
    /// Answers within `deadline` of an interaction's arrival, or defers by then.
    pub fn new(
        rest: Arc<Rest>,
        handler: Arc<dyn Handler>,
        application: ApplicationId,
        deadline: Duration,
        in_flight: InFlight,
        clock: Clock,
    ) -> Self {
        Self {
            rest,
            handler,
            application,
            deadline,
            in_flight,
            clock,
            suggesting: Semaphore::new(SUGGESTING),
            seen: Mutex::default(),
        }
    }

    /// Whether this delivery of an interaction is the first, or the first since an answer was lost.
    pub fn first_delivery(&self, id: InteractionId) -> bool {
        self.seen().first_time(id)
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the program handle an interaction, and answers it to the last word. If the answer does not get through, a
    /// second delivery is answered again.
    pub async fn run(&self, incoming: Incoming) {
        let Incoming { event, handle, source, attachment, mark } = incoming;
        let id = handle.id;
        let handler = match attachment {
            Some(file) => Handing::over(&self.handler, Box::new(Attachment { rest: Arc::clone(&self.rest), file })),
            None => Arc::clone(&self.handler),
        };
        let (key, locale) = (event.key.clone(), event.actor.locale.clone());
        let context = Context { key, handle, source, mark, locale };
        let answered = match self.in_flight.admit(&event, self.clock.now()) {
            Admitted::In(_pass) => match answer(&handler, event, self.deadline).await {
                Answered::InTime(reply) => self.in_time(&context, reply).await,
                Answered::Late(late) => self.late(&context, late).await,
            },
            Admitted::Calm(_pass) => {
                let calm = self.handler.too_many(context.locale());
                self.in_time(&context, Reply::Private(calm)).await
            }
            Admitted::Ignored => true,
        };
        if !answered {
            self.seen().forget(id);
        }
    }

    /// Suggests what an option could hold. It is asked at each letter, so that whoever types fast gets nothing for some of
    /// them, and nobody else waits.
    pub async fn suggest(&self, asked: Asked) {
        let Asked { asking, handle } = asked;
        let suggestions = match self.suggesting.try_acquire() {
            Ok(_turn) => within(self.deadline, self.handler.suggest(asking)).await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let choices = suggestions.into_iter().take(SUGGESTIONS_MAX);
        let choices: Vec<Value> =
            choices.map(|it| json!({"name": controls::short(&it.label, CHOICE_NAME), "value": it.value})).collect();
        self.first(&handle, kind::SUGGEST, (json!({"choices": choices}), &[])).await;
    }

    /// Answers what is not ours: nobody is left with "the application did not respond".
    pub async fn stray(&self, stray: &Stray) {
        let apology = self.handler.apology(Some(&stray.locale));
        let data = render(&apology, &Mark::of_guild(0)).private();
        self.first(&stray.handle, kind::MESSAGE, (data, &[])).await;
    }

    /// True if the person has an answer now.
    async fn in_time(&self, context: &Context, reply: Reply) -> bool {
        let shown = self.shown(context, &reply, true);
        let (kind, data, files) = match shown {
            Shown::Message(data, files) => (kind::MESSAGE, data, files),
            Shown::Replacement(data, files) => (kind::UPDATE, data, files),
            Shown::Form(data) => (kind::FORM, data, Vec::new()),
            Shown::Nothing if context.on_message() => (kind::DEFER_UPDATE, Value::Null, Vec::new()),
            Shown::Nothing => (kind::DEFER_MESSAGE, json!({"flags": 64}), Vec::new()),
        };
        match self.first(&context.handle, kind, (data, &files)).await {
            First::Taken => {
                self.handler.delivered(&context.key).await;
                if kind == kind::DEFER_MESSAGE {
                    let nothing = (Value::Null, &[][..]);
                    self.later("take back an answer", LightMethod::Delete, &context.handle, Original::Yes, nothing)
                        .await;
                }
                true
            }
            // A process that died over it may have said no more than "wait". What can only be said beside a message is not
            // said again: it may stand there, and nothing tells.
            First::GivenBefore if kind == kind::FORM || (kind == kind::MESSAGE && context.on_message()) => true,
            First::GivenBefore => self.say_late(context, &reply).await,
            First::Lost => {
                let data = render(&self.handler.apology(context.locale()), &context.mark).private();
                self.first(&context.handle, kind::MESSAGE, (data, &[])).await != First::Lost
            }
        }
    }

    /// True if the person has an answer now.
    async fn late(&self, context: &Context, late: Late) -> bool {
        let (kind, data) = if context.on_message() {
            (kind::DEFER_UPDATE, Value::Null)
        } else {
            (kind::DEFER_MESSAGE, json!({"flags": 64}))
        };
        self.first(&context.handle, kind, (data, &[])).await;
        self.say_late(context, &late.reply().await).await
    }

    /// Says what was put off; true if the person has an answer now.
    async fn say_late(&self, context: &Context, reply: &Reply) -> bool {
        let (method, original, data, files) = match self.shown(context, reply, false) {
            Shown::Replacement(data, files) => (LightMethod::Patch, Original::Yes, data, files),
            Shown::Message(data, files) if context.on_message() => (LightMethod::Post, Original::No, data, files),
            Shown::Message(data, files) => (LightMethod::Patch, Original::Yes, data, files),
            Shown::Nothing if context.on_message() => return true,
            Shown::Nothing | Shown::Form(_) => (LightMethod::Delete, Original::Yes, Value::Null, Vec::new()),
        };
        let done = self.later("say the late answer", method, &context.handle, original, (data, &files)).await;
        if done {
            self.handler.delivered(&context.key).await;
            return true;
        }
        let data = render(&self.handler.apology(context.locale()), &context.mark).private();
        self.later("apologise", LightMethod::Post, &context.handle, Original::No, (data, &[])).await
    }

    /// Fits a reply to what Discord allows here: a form only as the first answer, and not after a form; a
    /// replacement only where there is a message; errors beside fields never.
    fn shown(&self, context: &Context, reply: &Reply, first: bool) -> Shown {
        let private = |message: &Message| {
            let data = render(message, &Mark::of_guild(context.mark.guild)).private();
            Shown::Message(data, files(message).to_vec())
        };
        match reply {
            Reply::Private(message) | Reply::Home(message) => private(message),
            Reply::Replace(message) if context.on_message() => {
                Shown::Replacement(render(message, &context.mark).edit(), files(message).to_vec())
            }
            Reply::Replace(message) => private(message),
            Reply::Open(form) if first && !matches!(context.source, Source::Form { .. }) => {
                Shown::Form(controls::form(form, &context.mark))
            }
            Reply::Open(form) => {
                let Form { reopen, title, .. } = &**form;
                private(&self.handler.form_ready(reopen, title, context.locale()))
            }
            Reply::Correct { form, errors } => private(&self.handler.corrections(form, errors, context.locale())),
            Reply::Nothing => Shown::Nothing,
        }
    }

    /// Sends the first answer.
    async fn first(&self, handle: &Handle, kind: u8, (data, files): (Value, &[File])) -> First {
        let body = if data.is_null() { json!({"type": kind}) } else { json!({"type": kind, "data": data}) };
        for attempt in 1..=FIRST_TRIES {
            let route = Route::InteractionResponse { interaction_id: handle.id, token: &handle.token };
            let call = Call::write("answer an interaction", LightMethod::Post, route, body.clone()).carrying(files);
            match self.rest.send(call).await {
                Ok(_) => return First::Taken,
                // Of several attempts an earlier one was heard.
                Err(failure) if failure.code() == ANSWERED_ALREADY && attempt > 1 => return First::Taken,
                Err(failure) if failure.code() == ANSWERED_ALREADY => return First::GivenBefore,
                Err(failure) => {
                    tracing::warn!(interaction = handle.id.get(), attempt, ?failure, "an answer did not get through");
                    match pause_before_next(&failure) {
                        Some(wait) if attempt < FIRST_TRIES => {
                            took(Way::AnswerRetried);
                            pause(wait).await;
                        }
                        _ => return First::Lost,
                    }
                }
            }
        }
        First::Lost
    }

    /// Sends a word after the first answer; true if it got through.
    async fn later(
        &self,
        what: &'static str,
        method: LightMethod,
        handle: &Handle,
        at: Original,
        (body, files): (Value, &[File]),
    ) -> bool {
        let (application_id, token) = (self.application, handle.token.as_str());
        for attempt in 1..=LATER_TRIES {
            let route = match at {
                Original::Yes => Route::WebhookOriginalInteractionResponse { application_id, token },
                Original::No => Route::WebhookFollowupMessages { application_id, token },
            };
            let mut call = Call::write(what, method, route, body.clone()).carrying(files);
            call.body = call.body.filter(|body| !body.is_null());
            match self.rest.send(call).await {
                Ok(_) => return true,
                Err(failure) => {
                    tracing::warn!(
                        interaction = handle.id.get(),
                        attempt,
                        ?failure,
                        "a late answer did not get through"
                    );
                    // A follow-up that may have arrived is not said twice.
                    let doubtful = at == Original::No && matches!(failure, Failure::Broken { ambiguous: true, .. });
                    match pause_before_next(&failure) {
                        Some(wait) if attempt < LATER_TRIES && !doubtful => pause(wait).await,
                        _ => return doubtful,
                    }
                }
            }
        }
        false
    }
}

/// Which message a later word is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Original {
    /// The first answer, or the message whose control was used.
    Yes,
    /// A new one.
    No,
}

struct Context {
    key: String,
    handle: Handle,
    source: Source,
    mark: Mark,
    locale: Option<String>,
}

impl Context {
    /// There is a message that may be replaced.
    fn on_message(&self) -> bool {
        matches!(self.source, Source::Control | Source::Form { on_message: true })
    }

    fn locale(&self) -> Option<&str> {
        self.locale.as_deref()
    }
}

fn pause_before_next(failure: &Failure) -> Option<Duration> {
    match failure {
        Failure::Held { wait, .. } => Some((*wait).min(LONGEST_PAUSE)),
        Failure::Busy { wait, .. } => Some(wait.unwrap_or(BETWEEN_TRIES).min(LONGEST_PAUSE)),
        Failure::Broken { .. } => Some(BETWEEN_TRIES),
        Failure::Refused { .. } => None,
    }
}
