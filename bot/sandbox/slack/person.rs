//! The people of the pretend Slack: joining, leaving, and doing things with their client. The client refuses
//! what Slack's own client refuses before the app hears of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::json;
use tokio::sync::watch;

use super::controls;
use super::form;
use super::interactions::{self, Interaction};
use super::mrkdwn;
use super::posting;
use super::shapes;
use super::state::{Author, Kind, Message, Person, World};
use super::visible;
use super::web_api::{enter, views};
use super::{Inner, Slack};
use crate::person::{Acted, Action, CannotAct, FormSeen, Place, Platform, Seen};
use crate::world::{NewResident, Resident};

type Doing<T> = Result<T, CannotAct>;

fn not_there<T>(what: impl Into<String>) -> Doing<T> {
    Err(CannotAct::NotThere(what.into()))
}

fn refused<T>(why: impl Into<String>) -> Doing<T> {
    Err(CannotAct::Refused(why.into()))
}

#[async_trait]
impl Platform for Slack {
    fn key(&self) -> &'static str {
        "slack"
    }

    fn title(&self) -> String {
        self.inner.look(|world| world.team_name.clone())
    }

    fn residents(&self) -> Vec<Resident> {
        self.inner.look(|world| world.people.iter().map(|person| person.resident.clone()).collect())
    }

    fn join(&self, who: NewResident) -> Doing<Resident> {
        self.inner.change(|world| join(world, who))
    }

    fn places(&self, handle: &str) -> Vec<Place> {
        self.inner.look(|world| present(world, handle).map(|who| visible::places(world, who)).unwrap_or_default())
    }

    fn messages(&self, handle: &str, place: &str) -> Vec<Seen> {
        self.inner.change_quietly(posting::deliver_due);
        let seen = |world: &World| present(world, handle).map(|who| visible::messages(world, who, place));
        self.inner.look(|world| seen(world).unwrap_or_default())
    }

    fn form(&self, handle: &str) -> Option<FormSeen> {
        self.inner.look(|world| {
            let person = present(world, handle).ok()?;
            world.open_view(&person.resident.id).map(|view| form::seen(world, person, view))
        })
    }

    fn home(&self, handle: &str) -> Option<Seen> {
        self.inner.look(|world| visible::home(world, present(world, handle).ok()?))
    }

    fn file(&self, handle: &str, file: &str) -> Option<Vec<u8>> {
        self.inner.look(|world| {
            let user = &present(world, handle).ok()?.resident.id;
            let found = world.file(file)?;
            let seen = found.shares.iter().any(|(place, ts)| {
                let channel = world.channel(place).filter(|channel| world.can_read(user, channel));
                channel.and_then(|channel| channel.message(ts)).is_some_and(|it| visible::visible_to(it, user))
            });
            found.bytes.clone().filter(|_| seen)
        })
    }

    async fn act(&self, handle: &str, action: Action) -> Doing<Acted> {
        let inner = &self.inner;
        let user = inner.look(|world| match action {
            Action::Rejoin => world.by_handle(handle).map(|who| who.resident.id.clone()),
            _ => present(world, handle).ok().map(|who| who.resident.id.clone()),
        });
        let Some(user) = user else { return not_there(format!("nobody here is called {handle:?}")) };
        let interactions = inner.change(|world| doing(world, &user, action))?;
        let mut acted = Acted::default();
        for interaction in interactions {
            acted.interaction = send(inner, interaction).or(acted.interaction);
        }
        Ok(acted)
    }

    fn pending(&self) -> usize {
        self.inner.pending()
    }

    fn hold(&self) {
        self.inner.hold_events();
    }

    fn tell_next(&self) -> bool {
        self.inner.tell_next()
    }

    fn bot_connected(&self) -> bool {
        self.inner.sockets.connected() > 0
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }
}

fn send(inner: &Arc<Inner>, interaction: Interaction) -> Option<String> {
    inner.interact(interaction)
}

fn present<'w>(world: &'w World, handle: &str) -> Doing<&'w Person> {
    let found = world.by_handle(handle).filter(|person| person.resident.present);
    found.ok_or_else(|| CannotAct::NotThere(format!("nobody here is called {handle:?}")))
}

fn join(world: &mut World, who: NewResident) -> Doing<Resident> {
    if world.by_handle(&who.handle).is_some() {
        return refused(format!("the handle {:?} is taken", who.handle));
    }
    let resident = Resident {
        id: world.ids.next("U"),
        handle: who.handle,
        name: who.name,
        email: who.email,
        locale: who.locale,
        zone: who.zone,
        owner: who.owner,
        admin: who.admin || who.owner,
        present: true,
    };
    let (user, updated_ms, bot) = (resident.id.clone(), world.now_ms(), world.app.user_id.clone());
    let person = Person { resident: resident.clone(), restricted: false, ultra_restricted: false, updated_ms };
    world.handles.insert(resident.handle.clone(), user.clone());
    world.people.push(&user, person);
    let direct = world.new_channel("", Kind::Direct(user.clone()), &bot);
    if let Some(channel) = world.channel_mut(&direct) {
        channel.members = vec![user.clone(), bot];
    }
    announce_user(world, &user, "team_join");
    enter_general(world, &user);
    Ok(resident)
}

fn enter_general(world: &mut World, user: &str) {
    let general = world.channels.iter().find(|channel| channel.general).map(|channel| channel.id.clone());
    if let Some(general) = general {
        enter(world, &general, user, None);
    }
}

fn announce_user(world: &mut World, user: &str, kind: &str) {
    let ts = world.event_ts();
    let cache_ts = world.now_s();
    if let Some(person) = world.person(user) {
        let shape = shapes::user(world, person, true);
        world.emit(kind, json!({"type": kind, "user": shape, "cache_ts": cache_ts, "event_ts": ts}));
    }
}

/// Carries out an action; what the app has to hear of comes back.
fn doing(world: &mut World, user: &str, action: Action) -> Doing<Vec<Interaction>> {
    match action {
        Action::Command { place, text } => command(world, user, place, &text).map(|it| vec![it]),
        Action::Press { message, key } => press(world, user, &message, &key, None).map(|it| vec![it]),
        Action::Choose { message, key, values } => press(world, user, &message, &key, Some(values)).map(|it| vec![it]),
        Action::Enter { values } => enter_in_form(world, user, &values).map(|()| Vec::new()),
        Action::Submit { values } => submit(world, user, &values).map(|it| vec![it]),
        Action::CloseForm => close_form(world, user),
        Action::OpenHome => open_home(world, user),
        Action::Say { place, text } => say(world, user, &place, &text),
        Action::Leave => leave(world, user),
        Action::Rejoin => rejoin(world, user),
    }
}

/// A place the person can write in.
fn writable(world: &World, user: &str, place: &str) -> Doing<()> {
    let channel = world.channel(place).filter(|channel| world.can_read(user, channel));
    let Some(channel) = channel else { return not_there(format!("no place {place:?}")) };
    if channel.archived {
        return refused("This channel is archived.");
    }
    if !channel.has(user) {
        return refused("Join the channel first.");
    }
    Ok(())
}

fn command(world: &mut World, user: &str, place: Option<String>, line: &str) -> Doing<Interaction> {
    let first = || world.channels.iter().find(|channel| channel.kind == Kind::Public && channel.has(user));
    let place = place.or_else(|| first().map(|channel| channel.id.clone()));
    let Some(place) = place else { return not_there("no channel to type a command in") };
    writable(world, user, &place)?;
    let (name, text) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
    let known = world.app.commands.as_ref().is_none_or(|commands| commands.contains(name));
    if !name.starts_with('/') || !known {
        return refused(format!("{name} is not a valid command."));
    }
    let text = if world.app.escape_commands { with_mentions(world, text.trim(), true) } else { text.trim().to_owned() };
    Ok(interactions::command(world, user, &place, name, &text))
}

/// What the client makes of typed text: the three signs escaped, `@handle` a mention.
fn with_mentions(world: &World, text: &str, with_label: bool) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let word = |word: &str| {
        let handle = word.strip_prefix('@')?;
        if let Some(group) = world.groups.iter().find(|group| group.handle == handle) {
            let id = &group.id;
            return Some(if with_label { format!("<!subteam^{id}|@{handle}>") } else { format!("<!subteam^{id}>") });
        }
        let person = world.by_handle(handle)?;
        let (id, handle) = (&person.resident.id, &person.resident.handle);
        Some(if with_label { format!("<@{id}|{handle}>") } else { format!("<@{id}>") })
    };
    escaped.split(' ').map(|part| word(part).unwrap_or_else(|| part.to_owned())).collect::<Vec<_>>().join(" ")
}

/// Presses a button or chooses in a menu, of a message, an open form or the home tab.
fn press(world: &mut World, user: &str, id: &str, key: &str, values: Option<Vec<String>>) -> Doing<Interaction> {
    let own_home = world.homes.get(user).is_some_and(|home| home == id);
    let own_form = world.stacks.get(user).is_some_and(|stack| stack.last().is_some_and(|top| top == id));
    let blocks = if own_home || own_form {
        world.views.get(id).map(|view| view.blocks().to_vec())
    } else {
        message_of(world, user, id).map(|(_, message)| message.blocks.clone())
    };
    let Some(blocks) = blocks else { return not_there(format!("no message {id:?}")) };
    let Some(spot) = controls::find(&blocks, key) else { return not_there(format!("nothing called {key:?} there")) };
    let held = match &values {
        Some(_) if spot.is_button() => return refused("A button offers no choice."),
        None if !spot.is_button() => return refused("Choose something."),
        Some(values) if values.len() > spot.most() => return refused(format!("Choose at most {}.", spot.most())),
        Some(values) => match controls::entered(world, user, spot.element, values) {
            Ok(held) => Some(held),
            Err(value) => return refused(format!("{value:?} is not a choice")),
        },
        None => None,
    };
    let action = interactions::action(world, spot, held.clone());
    let spots = (spot.block_id().to_owned(), spot.action_id().to_owned());
    let stateful = spot.is_stateful();
    if own_home || own_form {
        if let (Some(held), Some(view), true) = (held, world.views.get_mut(id), stateful) {
            view.inputs.entry(spots.0).or_default().insert(spots.1, held);
        }
        return interactions::view_action(world, user, id, action).ok_or_else(|| gone(id));
    }
    if let (Some(held), true) = (held, stateful) {
        let chosen = world.chosen.entry((user.to_owned(), id.to_owned())).or_default();
        chosen.entry(spots.0).or_default().insert(spots.1, held);
    }
    let channel = message_of(world, user, id).map(|(channel, _)| channel).ok_or_else(|| gone(id))?;
    interactions::message_action(world, user, &channel, id, action).ok_or_else(|| gone(id))
}

fn gone(id: &str) -> CannotAct {
    CannotAct::NotThere(format!("{id:?} is gone"))
}

/// A message the person sees, with the conversation it stands in.
fn message_of<'w>(world: &'w World, user: &str, ts: &str) -> Option<(String, &'w Message)> {
    let readable = world.channels.iter().filter(|channel| world.can_read(user, channel));
    let found = readable.filter_map(|channel| Some((channel.id.clone(), channel.message(ts)?))).next();
    found.filter(|(_, message)| visible::visible_to(message, user))
}

fn enter_in_form(world: &mut World, user: &str, values: &BTreeMap<String, Vec<String>>) -> Doing<()> {
    let Some(view) = world.open_view(user) else { return not_there("no form is open") };
    let view = view.clone();
    let values = form::upload(world, &view, values.clone());
    let (id, inputs) = (view.id.clone(), form::entered(world, &view, &values)?);
    if let Some(view) = world.views.get_mut(&id) {
        view.inputs = inputs;
    }
    Ok(())
}

fn submit(world: &mut World, user: &str, values: &BTreeMap<String, Vec<String>>) -> Doing<Interaction> {
    let Some(view) = world.open_view(user) else { return not_there("no form is open") };
    if view.sending {
        return refused("The form is being sent.");
    }
    if view.body["submit"].is_null() {
        return refused("The form has no button to send it.");
    }
    let view = view.clone();
    let values = form::upload(world, &view, values.clone());
    let (id, inputs) = (view.id.clone(), form::fill_in(world, &view, &values)?);
    if let Some(view) = world.views.get_mut(&id) {
        view.inputs = inputs;
        view.errors.clear();
        view.sending = true;
    }
    interactions::submission(world, user, &id).ok_or_else(|| gone(&id))
}

fn close_form(world: &mut World, user: &str) -> Doing<Vec<Interaction>> {
    let Some(view) = world.open_view(user).cloned() else { return not_there("no form is open") };
    let told = interactions::closed(world, user, &view, view.flag("clear_on_close"));
    if view.flag("clear_on_close") {
        views::close_all(world, user);
    } else {
        interactions::close(world, user, &view.id);
    }
    Ok(told.into_iter().collect())
}

fn open_home(world: &mut World, user: &str) -> Doing<Vec<Interaction>> {
    let Some(channel) = world.direct_with(user).map(|channel| channel.id.clone()) else {
        return not_there("the app has no home tab for this person");
    };
    let ts = world.event_ts();
    let mut event = json!({"type": "app_home_opened", "user": user, "channel": channel, "tab": "home", "event_ts": ts});
    if let Some(view) = world.homes.get(user).and_then(|id| world.views.get(id)) {
        event["view"] = shapes::view(world, view);
    }
    world.emit("app_home_opened", event);
    Ok(Vec::new())
}

fn say(world: &mut World, user: &str, place: &str, text: &str) -> Doing<Vec<Interaction>> {
    writable(world, user, place)?;
    let text = with_mentions(world, text, false);
    if mrkdwn::unescape(&text).trim().is_empty() {
        return refused("There is nothing to send.");
    }
    let (ts, now) = (world.next_ts(), world.now_ms());
    posting::post(world, place, Message::new(ts, now, Author::User(user.to_owned()), text));
    Ok(Vec::new())
}

/// The account is deactivated: the person drops out of every channel.
fn leave(world: &mut World, user: &str) -> Doing<Vec<Interaction>> {
    views::close_all(world, user);
    let now = world.now_ms();
    if let Some(person) = world.people.find_mut(user) {
        person.resident.present = false;
        person.updated_ms = now;
    }
    for channel in world.channels.iter_mut().filter(|channel| !channel.is_direct()) {
        channel.members.retain(|member| member != user);
    }
    announce_user(world, user, "user_change");
    Ok(Vec::new())
}

/// The account is activated again: only `#general` comes back by itself.
fn rejoin(world: &mut World, user: &str) -> Doing<Vec<Interaction>> {
    let now = world.now_ms();
    let person = world.people.find_mut(user);
    let Some(person) = person.filter(|person| !person.resident.present) else {
        return refused("Nobody comes back who did not leave.");
    };
    person.resident.present = true;
    person.updated_ms = now;
    announce_user(world, user, "user_change");
    enter_general(world, user);
    Ok(Vec::new())
}
