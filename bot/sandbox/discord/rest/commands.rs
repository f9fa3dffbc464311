//! The app's commands, global and of the server.

use serde_json::{Map, Value};

use super::super::ids::Snowflake;
use super::super::json;
use super::super::refused::Refused;
use super::super::shape::commands::{check, check_all};
use super::super::state::{Command, World};
use super::{Answer, Call, Outcome, nothing, ok};

/// Commands of one kind an app may have in one place.
const MOST: [(u64, usize); 3] = [(1, 100), (2, 15), (3, 15)];

/// `/applications/{id}/commands` and `/applications/{id}/guilds/{id}/commands`.
pub fn route(call: &mut Call<'_>, method: &str, application: &str, rest: &[&str]) -> Option<Outcome> {
    let (guild, rest) = match rest {
        ["commands", rest @ ..] => (None, rest),
        ["guilds", guild, "commands", rest @ ..] => (Some(*guild), rest),
        [] if method == "GET" => {
            return Some(ok(json::application(call.world, call.discord.sockets().allowed_privileged_intents())));
        }
        _ => return None,
    };
    if application.parse() != Ok(call.world.application) {
        return Some(Err(Refused::new(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        )));
    }
    if guild.is_some_and(|guild| guild.parse() != Ok(call.world.guild.id)) {
        return Some(Err(Refused::missing_access()));
    }
    let guild = guild.map(|_| call.world.guild.id);
    match (method, rest) {
        ("GET", []) => Some(ok(list(call.world, guild))),
        ("PUT", []) => Some(replace(call, guild)),
        ("POST", []) => Some(create(call, guild)),
        ("GET", [id]) => {
            Some(find(call.world, guild, id).and_then(|at| ok(json::command(call.world, &call.world.commands[at]))))
        }
        ("PATCH", [id]) => Some(change(call, guild, id)),
        ("DELETE", [id]) => Some(find(call.world, guild, id).and_then(|at| {
            call.world.commands.remove(at);
            nothing()
        })),
        _ => None,
    }
}

fn list(world: &World, guild: Option<Snowflake>) -> Value {
    world.commands.iter().filter(|it| it.guild == guild).map(|it| json::command(world, it)).collect()
}

fn find(world: &World, guild: Option<Snowflake>, id: &str) -> Result<usize, Refused> {
    let id: Option<Snowflake> = id.parse().ok();
    let at = world.commands.iter().position(|it| Some(it.id) == id && it.guild == guild);
    at.ok_or_else(|| Refused::new(404, 10063, "Unknown application command"))
}

fn same(command: &Command, guild: Option<Snowflake>, body: &Value) -> bool {
    command.guild == guild && command.body["name"] == body["name"] && command.body["type"] == body["type"]
}

/// Keeps the id of a command that has the same name and kind already.
fn keep(world: &mut World, guild: Option<Snowflake>, body: Value, before: &[Command]) -> Command {
    let known = before.iter().find(|it| same(it, guild, &body));
    let id = known.map_or_else(|| world.ids.next(), |it| it.id);
    let version = match known {
        Some(it) if it.body == body => it.version,
        _ => world.ids.next(),
    };
    Command { id, version, guild, body }
}

fn replace(call: &mut Call<'_>, guild: Option<Snowflake>) -> Outcome {
    let Value::Array(items) = &call.body.json else {
        return Err(Refused::form("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    let checked = check_all(items, guild.is_none())?;
    let world = &mut *call.world;
    let (before, mut kept): (Vec<Command>, Vec<Command>) = world.commands.drain(..).partition(|it| it.guild == guild);
    for body in checked {
        let command = keep(world, guild, body, &before);
        kept.push(command);
    }
    world.commands = kept;
    ok(list(world, guild))
}

fn create(call: &mut Call<'_>, guild: Option<Snowflake>) -> Outcome {
    let body = check(&call.body.object()?, guild.is_none())?;
    let world = &mut *call.world;
    let at = world.commands.iter().position(|it| same(it, guild, &body));
    let count = world.commands.iter().filter(|it| it.guild == guild && it.body["type"] == body["type"]).count();
    let most = MOST.iter().find(|(kind, _)| body["type"] == *kind).map_or(0, |(_, most)| *most);
    if at.is_none() && count >= most {
        return Err(Refused::new(400, 30032, &format!("Maximum number of application commands reached ({most}).")));
    }
    let before: Vec<Command> = at.map(|at| world.commands.remove(at)).into_iter().collect();
    let command = keep(world, guild, body, &before);
    let answer = json::command(world, &command);
    world.commands.push(command);
    Ok(Answer { status: if at.is_some() { 200 } else { 201 }, body: answer })
}

fn change(call: &mut Call<'_>, guild: Option<Snowflake>, id: &str) -> Outcome {
    let at = find(call.world, guild, id)?;
    let mut whole: Map<String, Value> = call.world.commands[at].body.as_object().cloned().unwrap_or_default();
    whole.extend(call.body.object()?);
    let body = check(&whole, guild.is_none())?;
    let world = &mut *call.world;
    if world.commands.iter().enumerate().any(|(index, it)| index != at && same(it, guild, &body)) {
        return Err(Refused::form(
            "name",
            "APPLICATION_COMMANDS_DUPLICATE_NAME",
            "Application command names must be unique",
        ));
    }
    let version = world.ids.next();
    let command = &mut world.commands[at];
    command.body = body;
    command.version = version;
    ok(json::command(world, &world.commands[at]))
}
