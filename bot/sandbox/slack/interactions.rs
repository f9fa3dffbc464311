//! What a person does with the app, as payloads for the app, and what the app's answer does to the person's
//! screen. An answer that does not come in time becomes Slack's own notice of failure.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Inner;
use super::controls::Spot;
use super::form;
use super::posting;
use super::responses;
use super::shapes;
use super::sockets::Delivery;
use super::state::{Channel, Kind, View, World};
use super::web_api::views;

/// What Slack shows in a form when the app failed it.
pub const FORM_TROUBLE: &str = "We had some trouble connecting. Try again?";
const BUTTON_TROUBLE: &str = "Operation timed out. Apps need to respond within 3 seconds.";

/// An interaction on its way, and where its answer belongs.
pub struct Interaction {
    pub envelope: &'static str,
    pub payload: Value,
    pub place: Origin,
}

/// Where a person acted.
pub enum Origin {
    Command { user: String, channel: String, command: String },
    Message { user: String, channel: String },
    View { view: String },
    Submission { user: String, view: String },
    Closed,
}

impl Origin {
    fn accepts_payload(&self) -> bool {
        matches!(self, Self::Command { .. } | Self::Submission { .. })
    }
}

impl Inner {
    /// Sends an interaction to the app and, in the background, waits for its answer.
    pub fn interact(self: &Arc<Self>, interaction: Interaction) -> Option<String> {
        let Interaction { envelope, payload, place } = interaction;
        let id = payload_id(&payload);
        let mut envelope = json!({"type": envelope, "accepts_response_payload": place.accepts_payload()});
        // Taken in, where the macro would copy it.
        envelope["payload"] = payload;
        let Some(Delivery { answer, copy }) = self.sockets.deliver(envelope) else {
            self.change(|world| failed(world, &place, "dispatch_failed"));
            return None;
        };
        if let Some(copy) = copy {
            self.pend_until(copy);
        }
        let patience = self.look(|world| world.patience);
        let waiting = self.begin();
        let (inner, answers) = (Arc::clone(self), id.clone());
        self.spawn(async move {
            let outcome = tokio::time::timeout(patience, answer).await;
            inner.change(|world| match outcome {
                Ok(Ok(mut payload)) => {
                    answered(world, &place, &mut payload);
                    if !payload.is_null() || matches!(place, Origin::Submission { .. }) {
                        world.answers.shown(&answers);
                    }
                }
                Ok(Err(_)) | Err(_) => failed(world, &place, "operation_timeout"),
            });
            drop(waiting);
            inner.bump();
        });
        Some(id)
    }
}

/// The trigger identifies an interaction as well as anything.
fn payload_id(payload: &Value) -> String {
    payload["trigger_id"].as_str().unwrap_or("view_closed").to_owned()
}

fn failed(world: &mut World, place: &Origin, why: &str) {
    match place {
        Origin::Command { user, channel, command } => {
            posting::complain(world, channel, user, &format!("{command} failed with the error \"{why}\""));
        }
        Origin::Message { user, channel } => posting::complain(world, channel, user, BUTTON_TROUBLE),
        Origin::View { view } | Origin::Submission { view, .. } => trouble(world, view),
        Origin::Closed => {}
    }
}

fn trouble(world: &mut World, view: &str) {
    if let Some(view) = world.views.get_mut(view) {
        view.sending = false;
        view.errors.insert(String::new(), FORM_TROUBLE.into());
    }
}

fn answered(world: &mut World, place: &Origin, payload: &mut Value) {
    match place {
        Origin::Command { user, channel, .. } => command_answer(world, user, channel, payload),
        Origin::Submission { user, view } => {
            if submission_answer(world, user, view, payload).is_none() {
                trouble(world, view);
            }
        }
        Origin::Message { .. } | Origin::View { .. } | Origin::Closed => {}
    }
}

/// The acknowledgement of a command may hold a message.
fn command_answer(world: &mut World, user: &str, channel: &str, payload: &Value) {
    if payload["text"].as_str().is_none_or(str::is_empty) && payload["blocks"].is_null() {
        return;
    }
    match responses::content(world, payload) {
        Ok((text, blocks)) => {
            let message = posting::draft(world, &text, blocks);
            if payload["response_type"] == "in_channel" {
                posting::post(world, channel, message);
            } else {
                posting::whisper(world, channel, user, message);
            }
        }
        Err((error, _)) => {
            posting::complain(world, channel, user, &format!("The app's answer was refused: {error}"));
        }
    }
}

/// Applies the answer to a submitted form; `None` if it makes no sense.
fn submission_answer(world: &mut World, user: &str, id: &str, payload: &mut Value) -> Option<()> {
    let view = world.views.get_mut(id)?;
    view.sending = false;
    view.errors.clear();
    let action = payload["response_action"].as_str();
    match action {
        Some("errors") => {
            let errors = form::errors(view, payload)?;
            view.errors = errors;
        }
        Some("clear") => views::close_all(world, user),
        Some("update") => {
            let body = views::prepare(world, payload["view"].take(), false).ok()?;
            views::replace(world, id, body).ok()?;
        }
        Some("push") => {
            let body = views::prepare(world, payload["view"].take(), false).ok()?;
            views::push_for(world, user, body).ok()?;
        }
        Some(_) => return None,
        None => close(world, user, id),
    }
    Some(())
}

/// Closes one view; what lies under it shows again.
pub fn close(world: &mut World, user: &str, id: &str) {
    if let Some(stack) = world.stacks.get_mut(user) {
        stack.retain(|open| open != id);
    }
    world.views.remove(id);
}

fn user_shape(world: &World, user: &str) -> Value {
    let handle = world.person(user).map_or("", |person| person.resident.handle.as_str());
    json!({"id": user, "username": handle, "name": handle, "team_id": world.team_id})
}

/// What every interactive payload holds.
fn common(world: &World, kind: &str, user: &str) -> Value {
    json!({
        "type": kind, "user": user_shape(world, user), "api_app_id": world.app.id,
        "token": "sandbox-verification-token", "team": {"id": world.team_id, "domain": world.domain},
        "enterprise": null, "is_enterprise_install": false,
    })
}

fn channel_name(channel: &Channel) -> &str {
    match channel.kind {
        Kind::Direct(_) => "directmessage",
        Kind::Private => "privategroup",
        Kind::Public | Kind::Group => &channel.name,
    }
}

/// A typed slash command.
pub fn command(world: &mut World, user: &str, channel: &str, command: &str, text: &str) -> Interaction {
    let trigger = world.new_trigger(user);
    let hook = world.new_hook("commands", &trigger, channel, user, None);
    let handle = world.person(user).map_or("", |person| person.resident.handle.as_str());
    let name = world.channel(channel).map_or("", channel_name);
    let payload = json!({
        "token": "sandbox-verification-token", "team_id": world.team_id, "team_domain": world.domain,
        "channel_id": channel, "channel_name": name, "user_id": user, "user_name": handle, "command": command,
        "text": text, "api_app_id": world.app.id, "is_enterprise_install": "false", "response_url": hook,
        "trigger_id": trigger,
    });
    let place = Origin::Command { user: user.into(), channel: channel.into(), command: command.into() };
    Interaction { envelope: "slash_commands", payload, place }
}

/// One entry of `actions`: what was pressed or chosen.
pub fn action(world: &mut World, spot: Spot<'_>, chosen: Option<Value>) -> Value {
    let mut action = json!({
        "type": spot.kind(), "action_id": spot.action_id(), "block_id": spot.block_id(), "action_ts": world.next_ts(),
    });
    for key in ["text", "value", "style", "placeholder", "confirm"] {
        if !spot.element[key].is_null() && (spot.is_button() || key != "text") {
            action[key] = spot.element[key].clone();
        }
    }
    for (key, value) in chosen.iter().filter_map(Value::as_object).flatten() {
        action[key] = value.clone();
    }
    action
}

/// A button or menu of a message.
pub fn message_action(world: &mut World, user: &str, channel_id: &str, ts: &str, action: Value) -> Option<Interaction> {
    let trigger = world.new_trigger(user);
    let hook = world.new_hook("actions", &trigger, channel_id, user, Some(ts.to_owned()));
    let values = world.chosen.get(&(user.to_owned(), ts.to_owned())).cloned().unwrap_or_default();
    let channel = world.channel(channel_id)?;
    let message = channel.message(ts)?;
    let ephemeral = message.only_for.is_some();
    let mut payload = common(world, "block_actions", user);
    payload["container"] =
        json!({"type": "message", "message_ts": ts, "channel_id": channel_id, "is_ephemeral": ephemeral});
    payload["trigger_id"] = json!(trigger);
    payload["channel"] = json!({"id": channel_id, "name": channel_name(channel)});
    if !ephemeral {
        payload["message"] = shapes::message(world, channel, message, true);
    }
    payload["state"] = json!({"values": super::controls::inputs(&message.blocks, Some(&values))});
    payload["response_url"] = json!(hook);
    payload["actions"] = Value::Array(vec![action]);
    let place = Origin::Message { user: user.into(), channel: channel_id.into() };
    Some(Interaction { envelope: "interactive", payload, place })
}

/// A button or menu of a modal or of the home tab.
pub fn view_action(world: &mut World, user: &str, view: &str, action: Value) -> Option<Interaction> {
    let trigger = world.new_trigger(user);
    let shown: &View = world.views.get(view)?;
    let mut payload = common(world, "block_actions", user);
    payload["container"] = json!({"type": "view", "view_id": view});
    payload["trigger_id"] = json!(trigger);
    payload["view"] = shapes::view(world, shown);
    payload["actions"] = Value::Array(vec![action]);
    Some(Interaction { envelope: "interactive", payload, place: Origin::View { view: view.into() } })
}

/// A form that is sent.
pub fn submission(world: &mut World, user: &str, view: &str) -> Option<Interaction> {
    let trigger = world.new_trigger(user);
    let shown = world.views.get(view)?;
    let mut payload = common(world, "view_submission", user);
    payload["trigger_id"] = json!(trigger);
    payload["view"] = shapes::view(world, shown);
    payload["response_urls"] = json!([]);
    let place = Origin::Submission { user: user.into(), view: view.into() };
    Some(Interaction { envelope: "interactive", payload, place })
}

/// A form that is closed without being sent, if the app wants to know.
pub fn closed(world: &World, user: &str, view: &View, cleared: bool) -> Option<Interaction> {
    if !view.flag("notify_on_close") {
        return None;
    }
    let mut payload = common(world, "view_closed", user);
    payload["view"] = shapes::view(world, view);
    payload["is_cleared"] = json!(cleared);
    Some(Interaction { envelope: "interactive", payload, place: Origin::Closed })
}
