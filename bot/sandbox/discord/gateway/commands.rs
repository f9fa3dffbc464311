//! What a bot may say over the gateway: heartbeat, identify, resume, request members; the rest is ignored or
//! closes the connection.

use serde_json::{Value, json};

use super::super::Discord;
use super::super::happen::{GUILD_MEMBERS, GUILDS};
use super::super::ids::Snowflake;
use super::super::json;
use super::super::state::{Member, World};
use super::hub::{Link, Session};

/// What becomes of a payload.
pub enum Reply {
    Nothing,
    Close(u16),
}

/// Every intent there is.
const KNOWN_INTENTS: u64 = 0x1_FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
/// Members, presences, message content.
const PRIVILEGED: u64 = GUILD_MEMBERS | 1 << 8 | 1 << 15;
/// Members in one chunk.
const CHUNK: usize = 1000;

/// Carries out one payload of a bot.
pub fn take(discord: &Discord, link: &Link, payload: &Value) -> Reply {
    let data = &payload["d"];
    match payload["op"].as_u64() {
        Some(1) => {
            discord.sockets().beat();
            if !discord.sockets().acks_muted() {
                link.frame(&json!({"op": 11, "s": null, "t": null, "d": null}));
            }
            let mut world = discord.world();
            if world.hub.of_link(link.id).is_some_and(Session::beats) {
                world.touch();
            }
            Reply::Nothing
        }
        Some(2) => identify(discord, link, data),
        Some(6) => resume(discord, link, data),
        Some(op @ (3 | 4 | 8 | 31 | 43)) => {
            let mut world = discord.world();
            if world.hub.of_link(link.id).is_none() {
                return Reply::Close(4003);
            }
            if op == 8 {
                request_members(&mut world, link, data);
            }
            Reply::Nothing
        }
        _ => Reply::Close(4001),
    }
}

fn identify(discord: &Discord, link: &Link, data: &Value) -> Reply {
    discord.sockets().identified();
    if !discord.knows_token(data["token"].as_str().unwrap_or_default()) {
        return Reply::Close(4004);
    }
    if !data["properties"].is_object() {
        return Reply::Close(4002);
    }
    let Some(intents) = data["intents"].as_u64() else { return Reply::Close(4013) };
    if intents & !KNOWN_INTENTS != 0 {
        return Reply::Close(4013);
    }
    if intents & PRIVILEGED & !discord.sockets().allowed_privileged_intents() != 0 {
        return Reply::Close(4014);
    }
    let shard = data.get("shard").filter(|shard| !shard.is_null());
    let numbers: Option<Vec<u64>> =
        shard.and_then(Value::as_array).map(|all| all.iter().filter_map(Value::as_u64).collect());
    if shard.is_some() && !numbers.as_deref().is_some_and(|it| it.len() == 2 && it[0] < it[1]) {
        return Reply::Close(4010);
    }
    let mut world = discord.world();
    if world.hub.of_link(link.id).is_some() {
        return Reply::Close(4005);
    }
    let session = world.hub.open(intents, link.clone());
    let mut ready = json!({
        "v": 10, "user": json::me(&world), "guilds": [{"id": world.guild.id, "unavailable": true}], "session_id": session,
        "resume_gateway_url": discord.gateway_url(), "session_type": "normal", "private_channels": [], "relationships": [],
        "presences": [], "guild_join_requests": [], "user_settings": {}, "_trace": [],
        "application": {"id": world.application, "flags": json::application_flags(discord.sockets().allowed_privileged_intents())},
    });
    if let Some(shard) = shard {
        ready["shard"] = shard.clone();
    }
    // The guild lives on one shard, chosen by its id as documented.
    let mine = numbers.is_none_or(|it| (world.guild.id.0 >> 22) % it[1] == it[0]);
    if !mine {
        ready["guilds"] = json!([]);
    }
    let guild = (mine && intents & GUILDS != 0).then(|| json::guild_create(&world, intents & GUILD_MEMBERS != 0));
    if let Some(session) = world.hub.of_link(link.id) {
        session.push("READY", &ready);
        if let Some(guild) = guild {
            session.push("GUILD_CREATE", &guild);
        }
    }
    world.touch();
    Reply::Nothing
}

fn resume(discord: &Discord, link: &Link, data: &Value) -> Reply {
    discord.sockets().resumed();
    if !discord.knows_token(data["token"].as_str().unwrap_or_default()) {
        return Reply::Close(4004);
    }
    if discord.sockets().refuses_resumes() {
        return Reply::Close(4000);
    }
    let mut world = discord.world();
    let session = data["session_id"].as_str().unwrap_or_default();
    if !world.hub.resume(session, data["seq"].as_u64().unwrap_or(0), link) {
        link.frame(&json!({"op": 9, "s": null, "t": null, "d": false}));
    }
    world.touch();
    Reply::Nothing
}

fn request_members(world: &mut World, link: &Link, data: &Value) {
    let may_list = world.hub.of_link(link.id).is_some_and(|session| session.intents & GUILD_MEMBERS != 0);
    let ids: Option<Vec<Snowflake>> = match &data["user_ids"] {
        Value::Array(list) => Some(list.iter().filter_map(Snowflake::of).collect()),
        Value::Null => None,
        one => Some(Snowflake::of(one).into_iter().collect()),
    };
    let query = data["query"].as_str().unwrap_or_default().to_lowercase();
    if ids.is_none() && query.is_empty() && !may_list {
        return;
    }
    let most = match data["limit"].as_u64() {
        None | Some(0) => usize::MAX,
        Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX).min(100),
    };
    let wanted = |member: &&Member| match &ids {
        Some(ids) => ids.contains(&member.id),
        None => member.handle.to_lowercase().starts_with(&query) || member.name.to_lowercase().starts_with(&query),
    };
    let found: Vec<Value> =
        world.members.values().filter(|it| it.present).filter(wanted).take(most).map(json::member).collect();
    let missing: Vec<Snowflake> = ids.iter().flatten().filter(|id| world.present(**id).is_none()).copied().collect();
    let chunks: Vec<&[Value]> = if found.is_empty() { vec![&[]] } else { found.chunks(CHUNK).collect() };
    let count = chunks.len();
    let guild = world.guild.id;
    for (index, members) in chunks.into_iter().enumerate() {
        let mut chunk = json!({"guild_id": guild, "members": members, "chunk_index": index, "chunk_count": count});
        if !missing.is_empty() {
            chunk["not_found"] = json!(missing);
        }
        if let Some(nonce) = data["nonce"].as_str().filter(|nonce| nonce.len() <= 32) {
            chunk["nonce"] = nonce.into();
        }
        if let Some(session) = world.hub.of_link(link.id) {
            session.push("GUILD_MEMBERS_CHUNK", &chunk);
        }
    }
}
