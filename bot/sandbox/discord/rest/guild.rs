//! Who the bot is, where the gateway is, and the server with its members and roles.

use serde_json::{Value, json};

use super::super::happen::{self, GUILD_MEMBERS, GUILDS};
use super::super::ids::Snowflake;
use super::super::json;
use super::super::permissions::{self, ADMINISTRATOR, MANAGE_ROLES};
use super::super::refused::{FormErrors, Refused};
use super::super::shape::{given, needed};
use super::super::state::{ChannelKind, Role};
use super::{Call, Outcome, channels, nothing, ok};

/// `/gateway`, `/users/@me`, `/applications/@me` and the like.
pub fn about(call: &mut Call<'_>, method: &str, route: &[&str]) -> Option<Outcome> {
    let url = call.discord.gateway_url();
    match (method, route) {
        ("GET", ["gateway"]) => {
            call.world.gateway_lookups += 1;
            Some(ok(json!({"url": url})))
        }
        ("GET", ["gateway", "bot"]) => {
            call.world.gateway_lookups += 1;
            let limit = json!({"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1});
            Some(ok(json!({"url": url, "shards": 1, "session_start_limit": limit})))
        }
        ("GET", ["users", "@me"]) => Some(ok(json::me(call.world))),
        ("GET", ["users", "@me", "guilds"]) => Some(ok(my_guilds(call))),
        ("GET", ["users", id]) => Some(user(call, id)),
        ("POST", ["users", "@me", "channels"]) => Some(open_direct(call)),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Some(ok(json::application(call.world, call.discord.sockets().allowed_privileged_intents())))
        }
        _ => None,
    }
}

fn my_guilds(call: &Call<'_>) -> Value {
    let rights = permissions::in_guild(call.world, call.world.bot).to_string();
    json!([{
        "id": call.world.guild.id, "name": call.world.guild.name, "icon": null, "banner": null, "owner": false,
        "permissions": rights, "features": [],
    }])
}

fn user(call: &Call<'_>, id: &str) -> Outcome {
    let found = id.parse().ok().and_then(|id: Snowflake| call.world.members.get(&id));
    found.map_or_else(|| Err(Refused::unknown_user()), |member| ok(json::user(member)))
}

fn open_direct(call: &mut Call<'_>) -> Outcome {
    let body = call.body.object()?;
    let Some(with) = given(&body, "recipient_id").and_then(Snowflake::of) else {
        return Err(Refused::form("recipient_id", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    let known = call.world.members.get(&with).is_some_and(|member| !member.bot);
    if !known {
        return Err(Refused::new(400, 50033, "Invalid Recipient(s)"));
    }
    let id = happen::direct_channel(call.world, with);
    ok(json::channel(call.world, call.world.channel(id)?))
}

/// `/guilds/{id}` and below.
pub fn route(call: &mut Call<'_>, method: &str, guild: &str, rest: &[&str]) -> Option<Outcome> {
    if guild.parse() != Ok(call.world.guild.id) {
        return Some(Err(Refused::new(404, 10004, "Unknown Guild")));
    }
    let world = &*call.world;
    match (method, rest) {
        ("GET", []) => Some(ok(json::guild(world))),
        ("GET", ["channels"]) => {
            let all = world.channels.values().filter(|it| it.thread.is_none() && it.kind != ChannelKind::Direct);
            Some(ok(all.map(|it| json::channel(world, it)).collect()))
        }
        ("POST", ["channels"]) => Some(channels::create(call)),
        ("GET", ["threads", "active"]) => Some(super::threads::active(call)),
        ("GET", ["roles"]) => Some(ok(world.roles.iter().map(json::role).collect())),
        ("POST", ["roles"]) => Some(create_role(call)),
        ("GET", ["roles", id]) => {
            let role = id.parse().ok().and_then(|id| world.role(id));
            Some(role.map_or_else(|| Err(unknown_role()), |role| ok(json::role(role))))
        }
        ("GET", ["members"]) => Some(list_members(call)),
        ("GET", ["members", "search"]) => Some(search_members(call)),
        ("GET", ["members", id]) => {
            let member = id.parse().ok().and_then(|id| world.present(id));
            Some(member.map_or_else(|| Err(Refused::unknown_member()), |member| ok(json::member(member))))
        }
        ("PUT" | "DELETE", ["members", member, "roles", role]) => {
            Some(member_role(call, method == "PUT", member, role))
        }
        _ => None,
    }
}

fn unknown_role() -> Refused {
    Refused::new(404, 10011, "Unknown Role")
}

fn limit(call: &Call<'_>, otherwise: usize) -> Result<usize, Refused> {
    let Some(text) = call.query.get("limit") else { return Ok(otherwise) };
    let number = text.parse().ok().filter(|limit| (1..=1000).contains(limit));
    number.ok_or_else(|| Refused::form("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 1000."))
}

/// Listing everybody needs the members intent switched on, as on the real thing.
fn list_members(call: &Call<'_>) -> Outcome {
    if call.discord.sockets().allowed_privileged_intents() & GUILD_MEMBERS == 0 {
        return Err(Refused::missing_access());
    }
    let after = call.query.get("after").and_then(|id| id.parse().ok()).unwrap_or(Snowflake(0));
    let most = limit(call, 1)?;
    ok(call.world.members.values().filter(|it| it.present && it.id > after).take(most).map(json::member).collect())
}

fn search_members(call: &Call<'_>) -> Outcome {
    let Some(wanted) = call.query.get("query").map(|text| text.to_lowercase()).filter(|text| !text.is_empty()) else {
        return Err(Refused::form("query", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    let most = limit(call, 1)?;
    let fits = |name: &str| name.to_lowercase().starts_with(&wanted);
    let found = call.world.members.values().filter(|it| it.present && (fits(&it.handle) || fits(&it.name)));
    ok(found.take(most).map(json::member).collect())
}

fn create_role(call: &mut Call<'_>) -> Outcome {
    let world = &mut *call.world;
    let mine = permissions::in_guild(world, world.bot);
    if mine & MANAGE_ROLES == 0 {
        return Err(Refused::missing_permissions());
    }
    let body = call.body.object()?;
    let mut form = FormErrors::default();
    if body.contains_key("name") {
        needed(&body, "name", (1, 100), "", &mut form);
    }
    form.or(())?;
    let wanted = given(&body, "permissions")
        .and_then(|it| it.as_str().and_then(|text| text.parse().ok()).or_else(|| it.as_u64()))
        .unwrap_or(0);
    if wanted & !mine != 0 && mine & ADMINISTRATOR == 0 {
        return Err(Refused::missing_permissions());
    }
    let flag = |key: &str| given(&body, key).and_then(Value::as_bool).unwrap_or(false);
    let role = Role {
        id: world.ids.next(),
        name: given(&body, "name").and_then(Value::as_str).unwrap_or("new role").to_owned(),
        permissions: wanted,
        position: 1,
        color: given(&body, "color").and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok()).unwrap_or(0),
        mentionable: flag("mentionable"),
        hoist: flag("hoist"),
        of_bot: None,
    };
    for other in world.roles.iter_mut().filter(|other| other.position >= 1) {
        other.position += 1;
    }
    let answer = json::role(&role);
    let data = json!({"guild_id": world.guild.id, "role": answer});
    world.roles.push(role);
    happen::tell(world, "GUILD_ROLE_CREATE", data, GUILDS);
    ok(answer)
}

fn member_role(call: &mut Call<'_>, add: bool, member: &str, role: &str) -> Outcome {
    let world = &mut *call.world;
    let member = member.parse().ok().filter(|id| world.present(*id).is_some()).ok_or_else(Refused::unknown_member)?;
    let role = role.parse().ok().and_then(|id| world.role(id)).ok_or_else(unknown_role)?;
    let rights = permissions::in_guild(world, world.bot);
    let (id, untouchable) = (role.id, role.of_bot.is_some() || role.id == world.guild.id);
    if rights & MANAGE_ROLES == 0 || untouchable || role.position >= world.highest_role(world.bot) {
        return Err(Refused::missing_permissions());
    }
    if let Some(person) = world.members.get_mut(&member) {
        person.roles.retain(|it| *it != id);
        if add {
            person.roles.push(id);
        }
    }
    let mut data = world.members.get(&member).map(json::member).unwrap_or_default();
    data["guild_id"] = world.guild.id.to_string().into();
    happen::tell(world, "GUILD_MEMBER_UPDATE", data, GUILD_MEMBERS);
    nothing()
}
