//! Delivers the program's replies to where the person is: beside the command, in place of the message, in a
//! modal, in the home tab, or, when all of that fails, as a direct message. An answer is never dropped without
//! a line in the log.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::desk::{Desk, update_to};
use super::fault::Fault;
use super::files::attach;
use super::form::{self, Origin, title_of};
use super::lean::object;
use super::read::{Kind, Source, View};
use super::render::{body, home};
use super::wording::wording;
use crate::chat::{Actor, Form, Message, Reply};
use crate::clock;
use crate::recovery::{Way, took};

/// Slack lets a modal be opened for three seconds after the interaction; this leaves time for the way there.
const TRIGGER_LIFE: Duration = Duration::from_millis(2700);
/// Between an acknowledgement that changes a modal and a call that changes it again. They travel on two
/// connections, and the first must have arrived first.
const SETTLE: Duration = Duration::from_millis(300);

/// What the answer to a form becomes.
pub struct Outcome {
    /// The acknowledgement, if there is still time for it.
    pub in_time: Value,
    /// Makes the modal that takes its place later.
    pub late: Box<dyn FnOnce() -> Value + Send>,
    /// The same as a message, if the modal is gone by then.
    pub message: Option<Message>,
}

impl Desk {
    /// Delivers a reply to anything but a form; whether the person has it now.
    pub(super) async fn deliver(&self, reply: Reply, actor: &Actor, source: &Source, received: Instant) -> bool {
        match reply {
            Reply::Nothing => true,
            Reply::Open(form) => self.open(&form, actor, source, received).await,
            Reply::Correct { form, errors } => {
                let message = self.handler.corrections(&form, &errors, actor.locale.as_deref());
                self.private(&message, actor, source, received).await
            }
            Reply::Private(message) => self.private(&message, actor, source, received).await,
            Reply::Replace(message) => self.replace(&message, actor, source, received).await,
            Reply::Home(message) => {
                let published = self.publish(&message, actor).await;
                // Somebody who looks elsewhere would otherwise see nothing at all.
                match source.kind {
                    Kind::HomeControl | Kind::HomeOpened => published,
                    _ => self.private(&message, actor, source, received).await,
                }
            }
        }
    }

    /// Delivers a reply to news about a person, who did nothing that one could answer beside.
    pub(super) async fn tell(&self, reply: Reply, actor: &Actor, gone: bool) {
        match reply {
            Reply::Home(message) if !gone => drop(self.publish(&message, actor).await),
            Reply::Private(message) | Reply::Replace(message) if !gone => drop(self.direct(&message, actor).await),
            _ => {}
        }
    }

    async fn private(&self, message: &Message, actor: &Actor, source: &Source, received: Instant) -> bool {
        let shown = self.privately(message, actor, source, received).await;
        self.send_files(message, actor).await && shown
    }

    /// Sends a message with files directly, because what only one person sees carries none. A flow that asks what the
    /// chat can do never comes here.
    async fn send_files(&self, message: &Message, actor: &Actor) -> bool {
        if message.files.is_empty() {
            return true;
        }
        tracing::error!("what only one person sees carries no files on Slack; they are sent directly");
        self.direct(message, actor).await
    }

    async fn privately(&self, message: &Message, actor: &Actor, source: &Source, received: Instant) -> bool {
        let wording = wording(actor.locale.as_deref());
        let shown = match &source.kind {
            Kind::Slash { response_url } => self.beside(response_url, message).await,
            Kind::Message(Origin { response_url: Some(url), .. }) => self.beside(url, message).await,
            Kind::Message(_) => false,
            Kind::HomeOpened => return self.publish(message, actor).await,
            Kind::HomeControl => {
                let view = form::result(&title_of(message, wording), message, &Origin::of_home(), wording);
                self.open_view(view, source, received).await
            }
            Kind::Modal(view) | Kind::Form(view) => {
                let result = form::result(&view.title, message, &view.origin, wording);
                self.change_view(view, result).await
            }
        };
        if !shown {
            took(Way::AnswerRetried);
        }
        shown || self.direct(message, actor).await
    }

    async fn replace(&self, message: &Message, actor: &Actor, source: &Source, received: Instant) -> bool {
        match &source.kind {
            Kind::Message(origin) if self.replace_at(origin, message).await => true,
            Kind::HomeOpened => self.publish(message, actor).await,
            _ => self.private(message, actor, source, received).await,
        }
    }

    /// Shows in the home tab how things stand after something was done there.
    pub(super) async fn refresh_home(&self, key: &str, actor: &Actor) {
        if let Reply::Home(message) = self.ask_for_home(key, actor).await {
            self.publish(&message, actor).await;
        }
    }

    async fn open(&self, form: &Form, actor: &Actor, source: &Source, received: Instant) -> bool {
        let locale = actor.locale.as_deref();
        let view = |origin: &Origin| form::view(form, origin, &[], wording(locale));
        let opened = match &source.kind {
            Kind::Modal(open) | Kind::Form(open) => self.turn_view(open, view(&open.origin)).await,
            Kind::Message(origin) => self.open_view(view(origin), source, received).await,
            Kind::HomeControl => self.open_view(view(&Origin::of_home()), source, received).await,
            Kind::Slash { .. } | Kind::HomeOpened => self.open_view(view(&Origin::default()), source, received).await,
        };
        if opened {
            return true;
        }
        let ready = self.handler.form_ready(&form.reopen, &form.title, locale);
        self.private(&ready, actor, source, received).await
    }

    /// What a reply to a form becomes. A message that can be replaced is replaced here already, so that the
    /// acknowledgement can say truly that all is done.
    pub(super) async fn outcome(&self, reply: Reply, actor: &Actor, view: &View) -> Outcome {
        let locale = actor.locale.as_deref();
        let words = wording(locale);
        let closed = || Outcome {
            in_time: json!({"response_action": "clear"}),
            late: {
                let title = view.title.clone();
                Box::new(move || form::done(&title, &Origin::default(), words))
            },
            message: None,
        };
        let shown = |message: Message| {
            let result = form::result(&view.title, &message, &view.origin, words);
            Outcome { in_time: update_to(result.clone()), late: Box::new(|| result), message: Some(message) }
        };
        match reply {
            Reply::Nothing => closed(),
            Reply::Home(message) => {
                self.publish(&message, actor).await;
                closed()
            }
            Reply::Private(message) => {
                self.send_files(&message, actor).await;
                shown(message)
            }
            Reply::Replace(message) if self.replace_at(&view.origin, &message).await => closed(),
            Reply::Replace(message) => {
                self.send_files(&message, actor).await;
                shown(message)
            }
            Reply::Open(form) => {
                let next = form::view(&form, &view.origin, &[], words);
                let ready = self.handler.form_ready(&form.reopen, &form.title, locale);
                Outcome { in_time: update_to(next.clone()), late: Box::new(|| next), message: Some(ready) }
            }
            Reply::Correct { form, errors } => {
                let corrections = self.handler.corrections(&form, &errors, locale);
                let in_time = form::errors(&form, &errors)
                    .unwrap_or_else(|| update_to(form::result(&view.title, &corrections, &view.origin, words)));
                let origin = view.origin.clone();
                let late = Box::new(move || form::view(&form, &origin, &errors, words));
                Outcome { in_time, late, message: Some(corrections) }
            }
        }
    }

    /// Puts the answer into the modal that said "one moment", or sends it if the modal was closed.
    pub(super) async fn deliver_late(&self, late: Value, message: Option<Message>, actor: &Actor, view: &View) {
        clock::pause(SETTLE).await;
        if !self.change_view(view, late).await
            && let Some(message) = message
        {
            self.direct(&message, actor).await;
        }
    }

    async fn beside(&self, response_url: &str, message: &Message) -> bool {
        let mut answer = body(message);
        answer["response_type"] = "ephemeral".into();
        answer["replace_original"] = false.into();
        shown(self.api.respond(response_url, &answer).await, "an answer beside a message")
    }

    /// Replaces a message. What everybody sees is edited as such, which keeps the key it was posted with;
    /// what only one person sees can be replaced at its response URL only, for half an hour.
    async fn replace_at(&self, origin: &Origin, message: &Message) -> bool {
        if let Some((channel, ts)) = &origin.message
            && shown(attach(&self.api, (channel, ts), body(message), &message.files).await, "an edit")
        {
            return true;
        }
        let Some(url) = origin.response_url.as_ref().filter(|_| message.files.is_empty()) else { return false };
        let mut content = body(message);
        content["replace_original"] = true.into();
        shown(self.api.respond(url, &content).await, "a replacement")
    }

    async fn open_view(&self, view: Value, source: &Source, received: Instant) -> bool {
        let Some(trigger) = source.trigger.as_ref().filter(|_| received.elapsed() < TRIGGER_LIFE) else { return false };
        let call = object([("trigger_id", trigger.as_str().into()), ("view", view)]);
        shown(self.api.write("views.open", &call).await, "a modal")
    }

    async fn change_view(&self, open: &View, view: Value) -> bool {
        let call = object([("view_id", open.id.as_str().into()), ("view", view)]);
        shown(self.api.write("views.update", &call).await, "a change of a modal")
    }

    /// Changes a modal unless it shows something else by now: then the person has gone on and is not pulled back.
    async fn turn_view(&self, open: &View, view: Value) -> bool {
        let mut call = object([("view_id", open.id.as_str().into()), ("view", view)]);
        if let Some(hash) = &open.hash {
            call["hash"] = hash.as_str().into();
        }
        let turned = self.api.write("views.update", &call).await;
        matches!(&turned, Err(fault) if fault.code() == Some("hash_conflict")) || shown(turned, "a change of a modal")
    }

    async fn publish(&self, message: &Message, actor: &Actor) -> bool {
        let call = object([("user_id", actor.user.0.as_str().into()), ("view", home(message))]);
        shown(self.api.write("views.publish", &call).await, "a home tab")
    }

    async fn direct(&self, message: &Message, actor: &Actor) -> bool {
        shown(self.directs.send(&actor.user, message).await, "a direct message")
    }
}

/// Whether it is there for the person to see; if not, the log says why.
fn shown<T>(done: Result<T, Fault>, what: &'static str) -> bool {
    done.map_err(|fault| tracing::warn!(answer = what, why = fault.what(), "an answer could not be shown there"))
        .is_ok()
}
