//! The people of the pretend Discord: what each sees and can do, as the client lets them.

use async_trait::async_trait;
use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::happen::{self, GUILD_MEMBERS, Posting};
use super::ids::Snowflake;
use super::interactions::{AUTOCOMPLETE, COMMAND, COMPONENT, Doing, FORM, TOKEN_MS};
use super::permissions::{self, ADMINISTRATOR, SEND_MESSAGES, VIEW_CHANNEL};
use super::rest::unarchive;
use super::shape::message::{Purpose, check};
use super::state::{ChannelKind, InteractionState, Member, Role, World};
use super::{Discord, controls, forms, json, typed, visible};
use crate::person::{Acted, Action, CannotAct, FormSeen, Place, Platform, Seen};
use crate::world::{NewResident, Resident};

#[async_trait]
impl Platform for Discord {
    fn key(&self) -> &'static str {
        "discord"
    }

    fn title(&self) -> String {
        self.world().guild.name.clone()
    }

    fn residents(&self) -> Vec<Resident> {
        let world = self.world();
        world.members.values().filter(|it| !it.bot && !it.unseen).map(|it| resident(&world, it)).collect()
    }

    fn join(&self, who: NewResident) -> Result<Resident, CannotAct> {
        let mut world = self.world();
        if world.members.values().any(|it| it.handle == who.handle) {
            return Err(CannotAct::Refused(format!("the handle {:?} is taken", who.handle)));
        }
        let id = world.ids.next();
        let roles = if who.admin { vec![admin_role(&mut world)] } else { Vec::new() };
        let built_in = world.guild.owner;
        if who.owner && world.members.get(&built_in).is_some_and(|it| it.unseen) {
            world.guild.owner = id;
            world.members.remove(&built_in);
        }
        let joined_ms = world.now_ms();
        let NewResident { handle, name, email, locale, zone, dms_closed, .. } = who;
        let member = Member {
            id,
            handle,
            name,
            locale,
            zone,
            email,
            bot: false,
            unseen: false,
            dms_closed,
            roles,
            joined_ms,
            present: true,
        };
        world.members.insert(id, member.clone());
        tell_join(&mut world, &member);
        Ok(resident(&world, &member))
    }

    fn places(&self, handle: &str) -> Vec<Place> {
        let world = self.world();
        let Ok(who) = person(&world, handle) else { return Vec::new() };
        let readable = world.channels.values().filter(|it| visible::can_read(&world, who, it));
        readable.map(|channel| visible::place(&world, who, channel)).collect()
    }

    fn messages(&self, handle: &str, place: &str) -> Vec<Seen> {
        let world = self.world();
        let (Ok(who), Ok(id)) = (person(&world, handle), place.parse::<Snowflake>()) else { return Vec::new() };
        let channel = world.channels.get(&id).filter(|channel| visible::can_read(&world, who, channel));
        let messages = channel.into_iter().flat_map(|channel| &channel.messages);
        messages.filter(|it| visible::sees(who, it)).map(|it| visible::seen(&world, who, it)).collect()
    }

    fn form(&self, handle: &str) -> Option<FormSeen> {
        let world = self.world();
        let who = person(&world, handle).ok()?;
        world.forms.get(&who).map(|form| forms::seen(&world, who, form))
    }

    fn home(&self, _handle: &str) -> Option<Seen> {
        None
    }

    fn file(&self, handle: &str, file: &str) -> Option<Vec<u8>> {
        let world = self.world();
        let who = person(&world, handle).ok()?;
        let id: Snowflake = file.parse().ok()?;
        let readable = world.channels.values().filter(|channel| visible::can_read(&world, who, channel));
        let mut messages = readable.flat_map(|channel| &channel.messages).filter(|it| visible::sees(who, it));
        let shown = messages.any(|it| it.attachments.iter().any(|file| file.id == id));
        world.files.get(&id).filter(|_| shown).map(|file| file.bytes.clone())
    }

    async fn act(&self, handle: &str, action: Action) -> Result<Acted, CannotAct> {
        let who = person(&self.world(), handle)?;
        let present = self.world().present(who).is_some();
        if !present && !matches!(action, Action::Rejoin) {
            return Err(CannotAct::Refused(format!("{handle} has left the server")));
        }
        match action {
            Action::Command { place, text } => self.command(who, place, &text).await,
            Action::Press { message, key } => self.press(who, &message, &key),
            Action::Choose { message, key, values } => self.choose(who, &message, &key, &values),
            Action::Submit { values } => self.submit(who, &values),
            Action::CloseForm => {
                let mut world = self.world();
                world.forms.remove(&who);
                world.touch();
                Ok(Acted::default())
            }
            Action::Enter { .. } | Action::OpenHome => Ok(Acted::default()),
            Action::Say { place, text } => self.say(who, &place, &text),
            Action::Leave => self.leave(who),
            Action::Rejoin => self.rejoin(who),
        }
    }

    fn pending(&self) -> usize {
        let world = self.world();
        let now = world.now_ms();
        let open = |state: InteractionState, since: i64| match state {
            InteractionState::Sent => true,
            InteractionState::Deferred => now - since < TOKEN_MS,
            InteractionState::Missed | InteractionState::Answered(_) => false,
        };
        let unanswered = world.interactions.values().filter(|it| open(it.state, it.created_ms)).count();
        unanswered + world.hub.queued() + world.hub.echoes()
    }

    fn hold(&self) {
        self.world().hub.hold();
    }

    fn tell_next(&self) -> bool {
        self.world().hub.tell_next()
    }

    fn bot_connected(&self) -> bool {
        Discord::bot_connected(self)
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.world().changed.subscribe()
    }
}

impl Discord {
    async fn command(&self, who: Snowflake, place: Option<String>, line: &str) -> Result<Acted, CannotAct> {
        let (channel, mut line) = {
            let world = self.world();
            let channel = command_place(&world, who, place.as_deref())?;
            let found = world.channels.get(&channel).ok_or_else(|| no_place(&channel.to_string()))?;
            (channel, typed::parse(&world, who, found, line)?)
        };
        for at in 0..line.options.len() {
            let Some(data) = line.asking(at) else { continue };
            let doing = Doing { kind: AUTOCOMPLETE, by: who, channel, message: None, data, opened_by: None };
            if let Some(id) = self.interact(doing) {
                let suggestions = self.suggestions(id).await;
                line.take_suggestion(at, &suggestions);
            }
        }
        let data = line.finish(&mut self.world(), channel)?;
        Ok(self.sent(Doing { kind: COMMAND, by: who, channel, message: None, data, opened_by: None }))
    }

    /// Waits until the bot has suggested something or missed its deadline.
    async fn suggestions(&self, id: Snowflake) -> Vec<Value> {
        let mut changes = self.changes();
        loop {
            {
                let world = self.world();
                let interaction = world.interactions.get(&id);
                if interaction.is_none_or(|it| it.state != InteractionState::Sent) {
                    return interaction.and_then(|it| it.suggested.clone()).unwrap_or_default();
                }
            }
            if changes.changed().await.is_err() {
                return Vec::new();
            }
        }
    }

    fn sent(&self, doing: Doing) -> Acted {
        Acted { interaction: self.interact(doing).map(|id| id.to_string()) }
    }

    fn press(&self, who: Snowflake, message: &str, key: &str) -> Result<Acted, CannotAct> {
        let world = self.world();
        let found = visible::message(&world, who, message).ok_or_else(|| no_message(message))?;
        let control = controls::find(&found.components, key)?;
        if control["type"] != 2 {
            return Err(CannotAct::Refused(format!("{key:?} is not a button")));
        }
        if control["style"] == 5 {
            return Ok(Acted::default());
        }
        let data = json!({"custom_id": control["custom_id"], "component_type": 2, "id": control["id"]});
        let doing =
            Doing { kind: COMPONENT, by: who, channel: found.channel, message: Some(found.id), data, opened_by: None };
        drop(world);
        Ok(self.sent(doing))
    }

    fn choose(&self, who: Snowflake, message: &str, key: &str, values: &[String]) -> Result<Acted, CannotAct> {
        let world = self.world();
        let found = visible::message(&world, who, message).ok_or_else(|| no_message(message))?;
        let control = controls::find(&found.components, key)?;
        if control["type"] == 2 {
            return Err(CannotAct::Refused(format!("{key:?} is not a menu")));
        }
        let bound = |key: &str| control[key].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(1);
        let chosen = controls::choose(&world, control, values, (bound("min_values"), bound("max_values")))?;
        let mut data = json!({
            "custom_id": control["custom_id"], "component_type": control["type"], "id": control["id"], "values": chosen,
        });
        if control["type"] != 3 {
            let mut resolved = Map::new();
            controls::resolve(&world, &chosen, &mut resolved);
            data["resolved"] = Value::Object(resolved);
        }
        let doing =
            Doing { kind: COMPONENT, by: who, channel: found.channel, message: Some(found.id), data, opened_by: None };
        drop(world);
        Ok(self.sent(doing))
    }

    fn submit(
        &self,
        who: Snowflake,
        values: &std::collections::BTreeMap<String, Vec<String>>,
    ) -> Result<Acted, CannotAct> {
        let mut world = self.world();
        let form = world.forms.get(&who).cloned().ok_or_else(|| CannotAct::NotThere("no form is open".into()))?;
        let data = match forms::fill(&world, &form, values) {
            Ok(data) => data,
            Err(errors) => {
                let refusal = forms::refusal(&errors);
                if let Some(form) = world.forms.get_mut(&who) {
                    form.errors = errors;
                }
                world.touch();
                return Err(refusal);
            }
        };
        world.forms.remove(&who);
        let origin = Some(form.origin);
        let doing =
            Doing { kind: FORM, by: who, channel: form.channel, message: form.message, data, opened_by: origin };
        drop(world);
        Ok(self.sent(doing))
    }

    fn say(&self, who: Snowflake, place: &str, text: &str) -> Result<Acted, CannotAct> {
        let mut world = self.world();
        let id: Snowflake = place.parse().map_err(|_| no_place(place))?;
        let channel =
            world.channels.get(&id).filter(|it| visible::can_read(&world, who, it)).ok_or_else(|| no_place(place))?;
        let rights = permissions::in_channel(&world, who, channel);
        if rights & SEND_MESSAGES == 0 {
            return Err(CannotAct::Refused("you do not have permission to send messages in this channel".into()));
        }
        // Writing opens a thread that was put away, but only whoever manages threads opens a locked one.
        let shut = channel.thread.as_ref().is_some_and(|thread| thread.archived && thread.locked);
        if shut && rights & permissions::MANAGE_THREADS == 0 {
            return Err(CannotAct::Refused("this thread is locked".into()));
        }
        let body = Map::from_iter([("content".to_owned(), Value::from(text))]);
        let draft = check(&body, Purpose { interaction: false, v2: false, path: "" });
        let draft = draft.ok().filter(|draft| !draft.is_empty(0));
        let draft = draft.ok_or_else(|| CannotAct::Refused("a message has 1 to 2000 characters".into()))?;
        unarchive(&mut world, id);
        let posting = Posting { channel: id, author: who, kind: 0, flags: 0, origin: None, only_for: None };
        happen::post(&mut world, &draft, &[], posting);
        Ok(Acted::default())
    }

    fn leave(&self, who: Snowflake) -> Result<Acted, CannotAct> {
        let mut world = self.world();
        if world.guild.owner == who {
            return Err(CannotAct::Refused("the owner cannot leave the server".into()));
        }
        if let Some(member) = world.members.get_mut(&who) {
            member.present = false;
            member.roles.clear();
        }
        world.forms.remove(&who);
        for thread in world.channels.values_mut().filter_map(|it| it.thread.as_mut()) {
            thread.members.remove(&who);
        }
        let data = json!({"guild_id": world.guild.id, "user": json::user_of(&world, who)});
        happen::tell(&mut world, "GUILD_MEMBER_REMOVE", data, GUILD_MEMBERS);
        Ok(Acted::default())
    }

    fn rejoin(&self, who: Snowflake) -> Result<Acted, CannotAct> {
        let mut world = self.world();
        let now = world.now_ms();
        let Some(member) = world.members.get_mut(&who).filter(|it| !it.present) else {
            return Err(CannotAct::Refused("already in the server".into()));
        };
        member.present = true;
        member.joined_ms = now;
        let member = member.clone();
        tell_join(&mut world, &member);
        Ok(Acted::default())
    }
}

fn no_place(place: &str) -> CannotAct {
    CannotAct::NotThere(format!("there is no place {place:?}"))
}

fn no_message(message: &str) -> CannotAct {
    CannotAct::NotThere(format!("there is no message {message:?}"))
}

fn person(world: &World, handle: &str) -> Result<Snowflake, CannotAct> {
    let found = world.members.values().find(|it| it.handle == handle && !it.bot && !it.unseen);
    found.map(|it| it.id).ok_or_else(|| CannotAct::NotThere(format!("there is nobody called {handle:?}")))
}

fn resident(world: &World, member: &Member) -> Resident {
    Resident {
        handle: member.handle.clone(),
        id: member.id.to_string(),
        name: member.name.clone(),
        email: member.email.clone(),
        locale: member.locale.clone(),
        zone: member.zone.clone(),
        owner: world.guild.owner == member.id,
        admin: permissions::in_guild(world, member.id) & ADMINISTRATOR != 0,
        present: member.present,
    }
}

fn tell_join(world: &mut World, member: &Member) {
    let mut data = json::member(member);
    data["guild_id"] = world.guild.id.to_string().into();
    happen::tell(world, "GUILD_MEMBER_ADD", data, GUILD_MEMBERS);
}

/// The role that administrators hold, made for the first of them.
fn admin_role(world: &mut World) -> Snowflake {
    if let Some(role) = world.roles.iter().find(|role| role.of_bot.is_none() && role.permissions & ADMINISTRATOR != 0) {
        return role.id;
    }
    let id = world.ids.next();
    let position = world.roles.iter().map(|role| role.position).max().unwrap_or(0) + 1;
    let (color, name) = (0, "Administrators".into());
    let role =
        Role { id, name, permissions: ADMINISTRATOR, position, color, mentionable: false, hoist: true, of_bot: None };
    let data = json!({"guild_id": world.guild.id, "role": json::role(&role)});
    world.roles.push(role);
    happen::tell(world, "GUILD_ROLE_CREATE", data, happen::GUILDS);
    id
}

/// Where a command is typed: the place named, else the first public channel the person reads.
fn command_place(world: &World, who: Snowflake, place: Option<&str>) -> Result<Snowflake, CannotAct> {
    let readable = |it: &&super::state::Channel| visible::can_read(world, who, it);
    if let Some(place) = place {
        let id = place.parse::<Snowflake>().ok();
        let named = world.channels.values().find(|it| Some(it.id) == id).filter(readable);
        return named.map(|it| it.id).ok_or_else(|| no_place(place));
    }
    let public = |it: &&super::state::Channel| {
        it.kind == ChannelKind::Text && permissions::of_everyone(world, it) & VIEW_CHANNEL != 0
    };
    let first = world.channels.values().filter(public).find(readable);
    first.map(|it| it.id).ok_or_else(|| no_place("(any public channel)"))
}
