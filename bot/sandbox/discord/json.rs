//! Objects as they go over the wire, shaped by Discord's published OpenAPI. Reads the world, changes nothing.

use serde_json::{Map, Value, json};

use super::happen::GUILD_MEMBERS;
use super::ids::{Snowflake, iso};
use super::permissions;
use super::state::{Attachment, Channel, ChannelKind, Command, Member, Message, Role, Thread, World};

/// Message flag: only one person sees it.
pub const EPHEMERAL: u64 = 1 << 6;
/// Message flag: the app is thinking.
pub const LOADING: u64 = 1 << 7;
/// Message flag: components say everything.
pub const COMPONENTS_V2: u64 = 1 << 15;

pub fn user(member: &Member) -> Value {
    let mut user = json!({
        "id": member.id, "username": member.handle, "avatar": null, "discriminator": "0", "public_flags": 0, "flags": 0,
        "banner": null, "accent_color": null, "global_name": member.name, "avatar_decoration_data": null,
        "collectibles": null, "primary_guild": null,
    });
    if member.bot {
        user["bot"] = true.into();
        user["username"] = member.name.clone().into();
        user["global_name"] = Value::Null;
        user["discriminator"] = "4711".into();
    }
    user
}

pub fn user_of(world: &World, id: Snowflake) -> Value {
    world.members.get(&id).map_or(Value::Null, user)
}

/// The bot as it sees itself.
pub fn me(world: &World) -> Value {
    let mut me = user_of(world, world.bot);
    me["mfa_enabled"] = true.into();
    me["locale"] = "en-US".into();
    me["verified"] = true.into();
    me["email"] = Value::Null;
    me["premium_type"] = 0.into();
    me
}

/// The flags by which an app can tell which privileged intents are switched on for it. Small apps get the
/// "limited" ones.
pub fn application_flags(privileged_intents: u64) -> u64 {
    let pairs = [(1 << 8, 1 << 13), (GUILD_MEMBERS, 1 << 15), (1 << 15, 1 << 19)];
    pairs.iter().filter(|(intent, _)| privileged_intents & intent != 0).map(|(_, flag)| flag).sum()
}

pub fn application(world: &World, privileged_intents: u64) -> Value {
    let flags = application_flags(privileged_intents);
    json!({
        "id": world.application, "name": bot_name(world), "icon": null, "description": "", "type": null,
        "bot": user_of(world, world.bot), "bot_public": false, "bot_require_code_grant": false,
        "verify_key": "0".repeat(64), "flags": flags, "flags_new": flags.to_string(), "redirect_uris": [], "interactions_endpoint_url": null,
        "role_connections_verification_url": null, "owner": user_of(world, world.guild.owner),
        "approximate_guild_count": 1, "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [], "tags": [], "rpc_origins": [],
    })
}

pub fn bot_name(world: &World) -> String {
    world.members.get(&world.bot).map(|bot| bot.name.clone()).unwrap_or_default()
}

pub fn role(role: &Role) -> Value {
    let mut json = json!({
        "id": role.id, "name": role.name, "permissions": role.permissions.to_string(), "position": role.position,
        "color": role.color, "colors": {"primary_color": role.color, "secondary_color": null, "tertiary_color": null},
        "hoist": role.hoist, "managed": role.of_bot.is_some(), "mentionable": role.mentionable, "icon": null,
        "unicode_emoji": null, "flags": 0,
    });
    if let Some(bot) = role.of_bot {
        json["tags"] = json!({"bot_id": bot});
    }
    json
}

/// A member without the user, as messages and `resolved` carry it.
pub fn bare_member(member: &Member) -> Value {
    json!({
        "avatar": null, "avatar_decoration_data": null, "banner": null, "collectibles": null,
        "communication_disabled_until": null, "flags": 0, "joined_at": iso(member.joined_ms), "nick": null,
        "pending": false, "premium_since": null, "roles": member.roles, "mute": false, "deaf": false,
    })
}

pub fn member(member: &Member) -> Value {
    let mut json = bare_member(member);
    json["user"] = user(member);
    json
}

pub fn guild(world: &World) -> Value {
    let present = world.members.values().filter(|member| member.present).count();
    let mut json = json!({
        "id": world.guild.id, "name": world.guild.name, "owner_id": world.guild.owner, "region": "us-west",
        "features": [], "afk_timeout": 300, "system_channel_flags": 0, "widget_enabled": false, "verification_level": 0,
        "roles": world.roles.iter().map(role).collect::<Vec<_>>(), "default_message_notifications": 1, "mfa_level": 0,
        "explicit_content_filter": 0, "max_members": 500_000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
        "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [],
        "approximate_member_count": present, "approximate_presence_count": present,
    });
    for unset in UNSET_OF_GUILD {
        json[unset] = Value::Null;
    }
    json
}

/// Members of a guild that Discord always writes and this one never sets.
const UNSET_OF_GUILD: [&str; 17] = [
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "premium_progress_bar_enabled_user_updated_at",
    "incidents_data",
];

/// The guild as the gateway announces it: with its channels, threads and (some of) its members.
pub fn guild_create(world: &World, members: bool) -> Value {
    let mut json = guild(world);
    let sees = |channel: &&Channel| permissions::in_channel(world, world.bot, channel) & permissions::VIEW_CHANNEL != 0;
    let of_guild = || world.channels.values().filter(|channel| channel.kind != ChannelKind::Direct);
    let me = world.members.get(&world.bot);
    json["joined_at"] = iso(me.map_or(0, |bot| bot.joined_ms)).into();
    json["large"] = false.into();
    json["unavailable"] = false.into();
    json["member_count"] = world.members.values().filter(|member| member.present).count().into();
    // Channels the bot may not view are announced too (without their messages), as on the real gateway.
    json["channels"] = of_guild().filter(|channel| channel.thread.is_none()).map(|it| channel(world, it)).collect();
    json["threads"] = of_guild()
        .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
        .filter(sees)
        .map(|it| channel(world, it))
        .collect();
    let listed = world.members.values().filter(|it| it.present && (members || it.id == world.bot));
    json["members"] = listed.map(member).collect();
    for empty in ["voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        json[empty] = Value::Array(Vec::new());
    }
    json
}

/// A channel, thread or direct message as the bot sees it.
pub fn channel(world: &World, channel: &Channel) -> Value {
    let mut json = json!({
        "id": channel.id, "type": channel.kind.code(), "flags": 0,
        "last_message_id": channel.messages.iter().rev().find(|it| it.only_for.is_none()).map(|it| it.id),
    });
    if let Some(at) = channel.last_pin_ms {
        json["last_pin_timestamp"] = iso(at).into();
    }
    if channel.kind == ChannelKind::Direct {
        json["recipients"] = channel.recipients.iter().map(|id| user_of(world, *id)).collect();
        return json;
    }
    json["guild_id"] = world.guild.id.to_string().into();
    json["name"] = channel.name.clone().into();
    json["parent_id"] = channel.parent.map_or(Value::Null, |id| id.to_string().into());
    json["rate_limit_per_user"] = channel.slow_seconds.into();
    if let Some(thread) = &channel.thread {
        add_thread(world, channel, thread, &mut json);
        return json;
    }
    json["position"] = channel.position.into();
    json["topic"] = channel.topic.clone().map_or(Value::Null, Value::from);
    json["nsfw"] = channel.nsfw.into();
    json["permission_overwrites"] = channel
        .overwrites
        .iter()
        .map(|it| json!({"id": it.id, "type": u8::from(it.member), "allow": it.allow.to_string(), "deny": it.deny.to_string()}))
        .collect();
    json
}

fn add_thread(world: &World, channel: &Channel, thread: &Thread, json: &mut Value) {
    json["owner_id"] = thread.owner.to_string().into();
    json["thread_metadata"] = json!({
        "archived": thread.archived, "archive_timestamp": iso(thread.archive_ms),
        "auto_archive_duration": thread.archive_minutes, "locked": thread.locked,
        "create_timestamp": iso(thread.created_ms), "invitable": thread.invitable,
    });
    json["message_count"] = thread.sent.into();
    json["total_message_sent"] = thread.sent.into();
    json["member_count"] = thread.members.len().into();
    if let Some(at) = thread.members.get(&world.bot) {
        json["member"] = thread_member(channel.id, world.bot, *at);
    }
}

pub fn thread_member(thread: Snowflake, who: Snowflake, joined_ms: i64) -> Value {
    json!({"id": thread, "user_id": who, "join_timestamp": iso(joined_ms), "flags": 1})
}

pub fn attachment(world: &World, channel: Snowflake, file: &Attachment, ephemeral: bool) -> Value {
    let url = format!("{}/attachments/{channel}/{}/{}", world.base_url, file.id, percent(&file.name));
    let mut json = json!({
        "id": file.id, "filename": file.name, "size": file.size, "url": url, "proxy_url": url,
        "content_type": file.content_type,
    });
    if let Some(alt) = &file.alt {
        json["description"] = alt.clone().into();
    }
    if ephemeral {
        json["ephemeral"] = true.into();
    }
    json
}

/// Escapes what a path segment may not hold.
fn percent(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A message as REST answers it.
pub fn message(world: &World, message: &Message) -> Value {
    let mut json = json!({
        "id": message.id, "channel_id": message.channel, "type": message.kind, "content": message.content,
        "author": user_of(world, message.author), "timestamp": iso(message.at_ms),
        "edited_timestamp": message.edited_ms.map(iso), "tts": false, "mention_everyone": message.pings.everyone,
        "mentions": message.pings.users.iter().map(|id| user_of(world, *id)).collect::<Vec<_>>(),
        "mention_roles": message.pings.roles, "embeds": message.embeds, "components": message.components,
        "attachments": message.attachments.iter()
            .map(|file| attachment(world, message.channel, file, message.only_for.is_some())).collect::<Vec<_>>(),
        "pinned": message.pinned.is_some(), "flags": message.flags,
    });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            json[key] = value;
        }
    };
    put("nonce", message.nonce.clone());
    put("message_reference", message.reference.clone());
    put("interaction_metadata", message.origin.clone());
    if message.origin.is_some() {
        put("webhook_id", Some(world.application.to_string().into()));
    }
    if message.author == world.bot {
        put("application_id", Some(world.application.to_string().into()));
    }
    if !message.reactions.is_empty() {
        put("reactions", Some(message.reactions.iter().map(|(emoji, by)| reaction(world, emoji, by)).collect()));
    }
    json
}

fn reaction(world: &World, emoji: &str, by: &[Snowflake]) -> Value {
    json!({
        "emoji": {"id": null, "name": emoji}, "count": by.len(), "count_details": {"burst": 0, "normal": by.len()},
        "burst_colors": [], "me_burst": false, "me": by.contains(&world.bot),
    })
}

/// A message as the gateway announces it: with guild and member, without what the intents hide.
pub fn message_event(world: &World, it: &Message) -> Value {
    let mut json = message(world, it);
    if world.channels.get(&it.channel).is_some_and(|channel| channel.kind != ChannelKind::Direct) {
        json["guild_id"] = world.guild.id.to_string().into();
        if let Some(author) = world.members.get(&it.author) {
            json["member"] = bare_member(author);
        }
    }
    json
}

pub fn command(world: &World, command: &Command) -> Value {
    let mut json = command.body.clone();
    json["id"] = command.id.to_string().into();
    json["application_id"] = world.application.to_string().into();
    json["version"] = command.version.to_string().into();
    if let Some(guild) = command.guild {
        json["guild_id"] = guild.to_string().into();
    }
    json
}

/// Drops members that are `null`, as Discord leaves out what was not set.
pub fn without_nulls(map: &Map<String, Value>) -> Map<String, Value> {
    map.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect()
}
