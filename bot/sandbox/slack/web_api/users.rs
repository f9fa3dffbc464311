//! Methods about people, the workspace and the app itself.

use serde_json::{Value, json};

use super::{Answer, Refused, no, page};
use crate::slack::args::Args;
use crate::slack::shapes;
use crate::slack::sockets::MOST_SOCKETS;
use crate::slack::state::World;

pub fn api_test(_: &mut World, args: &Args) -> Answer {
    match args.filled("error") {
        Some(error) => Err(Refused::new(&error).with("args", args.as_value())),
        None => Ok(json!({"args": args.as_value()})),
    }
}

pub fn connections_open(world: &mut World, _: &Args) -> Answer {
    if world.sockets.connected() >= MOST_SOCKETS {
        return no("too_many_websockets");
    }
    let ticket = world.ids.token("ticket");
    world.sockets.add_ticket(&ticket);
    let host = world.origin.replacen("http://", "ws://", 1);
    Ok(json!({"url": format!("{host}/link/?ticket={ticket}&app_id={}", world.app.id)}))
}

pub fn auth_test(world: &mut World, _: &Args) -> Answer {
    Ok(json!({
        "url": format!("https://{}.slack.com/", world.domain), "team": world.team_name,
        "user": shapes::username(&world.app.name), "team_id": world.team_id, "user_id": world.app.user_id,
        "bot_id": world.app.bot_id, "is_enterprise_install": false,
    }))
}

pub fn bots_info(world: &mut World, args: &Args) -> Answer {
    match args.filled("bot") {
        Some(bot) if bot != world.app.bot_id => no("bot_not_found"),
        _ => Ok(json!({"bot": shapes::bot(world)})),
    }
}

pub fn team_info(world: &mut World, args: &Args) -> Answer {
    if args.filled("team").is_some_and(|team| team != world.team_id) {
        return no("team_not_found");
    }
    let image = format!("{}/icons/team.png", world.origin);
    let domain = &world.domain;
    Ok(json!({"team": {
        "id": world.team_id, "name": world.team_name, "url": format!("https://{domain}.slack.com/"),
        "domain": domain, "email_domain": "", "icon": {
            "image_default": true, "image_34": image, "image_44": image, "image_68": image, "image_88": image,
            "image_102": image, "image_132": image, "image_230": image,
        },
        "avatar_base_url": "https://ca.slack-edge.com/", "is_verified": false, "locale": "en-US",
    }}))
}

fn shape(world: &World, user: &str, locale: bool) -> Result<Value, Refused> {
    if user == world.app.user_id {
        return Ok(shapes::bot_user(world));
    }
    let person = world.person(user).ok_or_else(|| Refused::new("user_not_found"))?;
    Ok(shapes::user(world, person, locale))
}

pub fn info(world: &mut World, args: &Args) -> Answer {
    let user = args.filled("user").ok_or_else(|| Refused::missing("user"))?;
    Ok(json!({"user": shape(world, &user, args.flag("include_locale"))?}))
}

pub fn list(world: &mut World, args: &Args) -> Answer {
    let locale = args.flag("include_locale");
    let mut members = vec![shapes::bot_user(world)];
    members.extend(world.people.iter().map(|person| shapes::user(world, person, locale)));
    let (members, next) = page(&members, args, 1000, 1000)?;
    Ok(json!({"members": members, "cache_ts": world.now_s(), "response_metadata": {"next_cursor": next}}))
}

pub fn lookup_by_email(world: &mut World, args: &Args) -> Answer {
    let email = args.filled("email").ok_or_else(|| Refused::missing("email"))?.to_lowercase();
    let present = world.people.iter().filter(|person| person.resident.present);
    let owns = |person: &&crate::slack::state::Person| {
        person.resident.email.as_ref().is_some_and(|own| own.to_lowercase() == email)
    };
    match present.clone().find(owns) {
        Some(person) => Ok(json!({"user": shapes::user(world, person, false)})),
        None => no("users_not_found"),
    }
}

pub fn profile_get(world: &mut World, args: &Args) -> Answer {
    let user = args.filled("user").unwrap_or_else(|| world.app.user_id.clone());
    if user == world.app.user_id {
        return Ok(json!({"profile": shapes::bot_user(world)["profile"]}));
    }
    let person = world.person(&user).ok_or_else(|| Refused::new("user_not_found"))?;
    Ok(json!({"profile": shapes::profile(world, person)}))
}

pub fn groups(world: &mut World, args: &Args) -> Answer {
    let with_users = args.flag("include_users");
    let groups: Vec<Value> = world.groups.iter().map(|group| shapes::group(world, group, with_users)).collect();
    Ok(json!({"usergroups": groups}))
}

pub fn group_users(world: &mut World, args: &Args) -> Answer {
    let id = args.filled("usergroup").ok_or_else(|| Refused::missing("usergroup"))?;
    match world.groups.iter().find(|group| group.id == id) {
        Some(group) => Ok(json!({"users": group.users})),
        None => no("no_such_subteam"),
    }
}
