//! Methods about who is in a conversation.

use serde_json::{Value, json};

use super::conversations::{own_channel, shape_of};
use super::{Answer, Refused, known_channel, need_scope, no, page, visible_channel};
use crate::slack::args::Args;
use crate::slack::posting;
use crate::slack::state::{Kind, World};

/// Users in one call of `conversations.invite`; newer pages say 1000, older ones less: the cautious figure.
const MOST_INVITED: usize = 100;

/// Adds a member and tells everybody concerned.
pub fn enter(world: &mut World, id: &str, user: &str, inviter: Option<&str>) {
    let Some(channel) = world.channel_mut(id).filter(|channel| !channel.has(user)) else { return };
    channel.members.push(user.to_owned());
    let letter = if channel.kind == Kind::Public { "C" } else { "G" };
    posting::system_line(world, id, user, "channel_join", format!("<@{user}> has joined the channel"));
    let ts = world.event_ts();
    let mut event = json!({
        "type": "member_joined_channel", "user": user, "channel": id, "channel_type": letter,
        "team": world.team_id, "event_ts": ts,
    });
    if let Some(inviter) = inviter {
        event["inviter"] = json!(inviter);
    }
    if world.channel(id).is_some_and(|channel| channel.has(&world.app.user_id)) {
        world.emit("member_joined_channel", event);
    }
}

/// Removes a member and tells everybody concerned.
pub fn depart(world: &mut World, id: &str, user: &str) {
    let Some(channel) = world.channel(id).filter(|channel| channel.has(user)) else { return };
    let letter = if channel.kind == Kind::Public { "C" } else { "G" };
    posting::system_line(world, id, user, "channel_leave", format!("<@{user}> has left the channel"));
    let ts = world.event_ts();
    let event = json!({
        "type": "member_left_channel", "user": user, "channel": id, "channel_type": letter,
        "team": world.team_id, "event_ts": ts,
    });
    if world.channel(id).is_some_and(|channel| channel.has(&world.app.user_id)) {
        world.emit("member_left_channel", event);
    }
    if let Some(channel) = world.channel_mut(id) {
        channel.members.retain(|member| member != user);
    }
}

pub fn invite(world: &mut World, args: &Args) -> Answer {
    let id = own_channel(world, args)?;
    let users = args.list("users").ok_or_else(|| Refused::missing("users"))?;
    if users.is_empty() {
        return no("no_user");
    }
    if users.len() > MOST_INVITED {
        return no("too_many_users");
    }
    if known_channel(world, &id)?.archived {
        return no("is_archived");
    }
    let mut errors: Vec<(String, &'static str)> = Vec::new();
    let mut welcome = Vec::new();
    for user in users {
        match refusal(world, &id, &user) {
            Some(error) => errors.push((user, error)),
            None => welcome.push(user),
        }
    }
    let details: Vec<Value> =
        errors.iter().map(|(user, error)| json!({"user": user, "ok": false, "error": error})).collect();
    let forced = args.flag("force") && !welcome.is_empty();
    if let (Some((_, error)), false) = (errors.first(), forced) {
        return Err(Refused::new(error).with("errors", json!(details)));
    }
    let bot = world.app.user_id.clone();
    for user in welcome {
        enter(world, &id, &user, Some(&bot));
    }
    let mut answer = json!({"channel": shape_of(world, &id)});
    if !details.is_empty() {
        answer["errors"] = json!(details);
    }
    Ok(answer)
}

fn refusal(world: &World, channel: &str, user: &str) -> Option<&'static str> {
    if user == world.app.user_id {
        return Some("cant_invite_self");
    }
    let Some(person) = world.person(user) else { return Some("user_not_found") };
    if !person.resident.present {
        return Some("cant_invite");
    }
    if world.channel(channel).is_some_and(|channel| channel.has(user)) {
        return Some("already_in_channel");
    }
    let in_others = || world.channels.iter().any(|channel| !channel.is_direct() && channel.has(user));
    (person.ultra_restricted && in_others()).then_some("ura_max_channels")
}

pub fn kick(world: &mut World, args: &Args) -> Answer {
    let id = own_channel(world, args)?;
    let user = args.filled("user").ok_or_else(|| Refused::missing("user"))?;
    let channel = known_channel(world, &id)?;
    if user == world.app.user_id {
        return no("cant_kick_self");
    }
    if world.person(&user).is_none() {
        return no("user_not_found");
    }
    if channel.general {
        return no("cant_kick_from_general");
    }
    if !channel.has(&user) {
        return no("not_in_channel");
    }
    depart(world, &id, &user);
    Ok(json!({"errors": {}}))
}

pub fn join(world: &mut World, args: &Args) -> Answer {
    let channel = visible_channel(world, args)?;
    if channel.kind != Kind::Public {
        return no("method_not_supported_for_channel_type");
    }
    if channel.archived {
        return no("is_archived");
    }
    let (id, bot) = (channel.id.clone(), world.app.user_id.clone());
    if channel.has(&bot) {
        return Ok(json!({
            "channel": shape_of(world, &id), "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }));
    }
    enter(world, &id, &bot, None);
    Ok(json!({"channel": shape_of(world, &id), "response_metadata": {"warnings": []}}))
}

pub fn leave(world: &mut World, args: &Args) -> Answer {
    let channel = visible_channel(world, args)?;
    if channel.is_direct() {
        return no("method_not_supported_for_channel_type");
    }
    need_scope(world, &channel.kind, "write")?;
    if channel.general {
        return no("cant_leave_general");
    }
    let (id, bot) = (channel.id.clone(), world.app.user_id.clone());
    let (present, private) = (channel.has(&bot), channel.is_private());
    if !present {
        return Ok(json!({"not_in_channel": true}));
    }
    depart(world, &id, &bot);
    let (kind, ts) = (if private { "group_left" } else { "channel_left" }, world.event_ts());
    world.emit(kind, json!({"type": kind, "channel": id, "actor_id": bot, "event_ts": ts}));
    Ok(json!({}))
}

pub fn members(world: &mut World, args: &Args) -> Answer {
    let channel = visible_channel(world, args)?;
    need_scope(world, &channel.kind, "read")?;
    let (members, next) = page(&channel.members, args, 100, 999)?;
    Ok(json!({"members": members, "response_metadata": {"next_cursor": next}}))
}
