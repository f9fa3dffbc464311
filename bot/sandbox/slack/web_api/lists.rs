//! Methods that show conversations.

use serde_json::{Value, json};

use super::{Answer, Refused, need_scope, no, page, visible_channel};
use crate::slack::args::Args;
use crate::slack::shapes;
use crate::slack::state::{Channel, Kind, World};

pub fn info(world: &mut World, args: &Args) -> Answer {
    let channel = visible_channel(world, args)?;
    need_scope(world, &channel.kind, "read")?;
    let mut shape = shapes::channel(world, channel);
    if args.flag("include_num_members") {
        shape["num_members"] = json!(channel.members.len());
    }
    if args.flag("include_locale") {
        shape["locale"] = json!("en-US");
    }
    Ok(json!({"channel": shape}))
}

/// The sorts of conversation asked for; `public_channel` if nothing is said.
fn kinds(args: &Args) -> Result<Vec<String>, Refused> {
    let types = args.list("types").filter(|types| !types.is_empty()).unwrap_or_else(|| vec!["public_channel".into()]);
    let known = ["public_channel", "private_channel", "im", "mpim"];
    if types.iter().any(|kind| !known.contains(&kind.as_str())) {
        return no("invalid_types");
    }
    Ok(types)
}

fn is_one_of(channel: &Channel, kinds: &[String]) -> bool {
    let name = match channel.kind {
        Kind::Public => "public_channel",
        Kind::Private => "private_channel",
        Kind::Direct(_) => "im",
        Kind::Group => "mpim",
    };
    kinds.iter().any(|kind| kind == name)
}

fn shown(world: &World, args: &Args, belongs: impl Fn(&Channel) -> bool) -> Answer {
    let kinds = kinds(args)?;
    let pick = |channel: &&Channel| {
        is_one_of(channel, &kinds)
            && belongs(channel)
            && (!channel.is_direct() || channel.open)
            && !(channel.archived && args.flag("exclude_archived"))
    };
    let chosen: Vec<&Channel> = world.channels.iter().filter(pick).collect();
    let (chosen, next) = page(&chosen, args, 100, 999)?;
    let shape = |channel: &&Channel| {
        let mut shape = shapes::channel(world, channel);
        if !channel.is_direct() {
            shape["num_members"] = json!(channel.members.len());
        }
        shape
    };
    let channels: Vec<Value> = chosen.iter().map(shape).collect();
    Ok(json!({"channels": channels, "response_metadata": {"next_cursor": next}}))
}

pub fn list(world: &mut World, args: &Args) -> Answer {
    let bot = &world.app.user_id;
    shown(world, args, |channel| channel.kind == Kind::Public || channel.has(bot))
}

pub fn of_user(world: &mut World, args: &Args) -> Answer {
    let bot = world.app.user_id.clone();
    let user = args.filled("user").unwrap_or_else(|| bot.clone());
    if user != bot && world.person(&user).is_none() {
        return no("user_not_found");
    }
    // Of other people the app sees only what it could see anyway.
    shown(world, args, |channel| channel.has(&user) && (channel.kind == Kind::Public || channel.has(&bot)))
}
