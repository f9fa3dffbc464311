//! Modals and the home tab.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Answer, Refused, no};
use crate::slack::args::Args;
use crate::slack::blocks::{self, VIEW_BYTES};
use crate::slack::controls;
use crate::slack::shapes;
use crate::slack::state::{View, World};

/// Views that may lie on each other.
const DEEPEST: usize = 3;

/// The view of a call, checked and completed.
fn checked(world: &mut World, args: &Args, home: bool) -> Result<Value, Refused> {
    let view = args.value("view").ok_or_else(|| Refused::missing("view"))?;
    prepare(world, view.clone(), home)
}

/// Checks a view and fills in what Slack fills in.
pub fn prepare(world: &mut World, mut view: Value, home: bool) -> Result<Value, Refused> {
    if !view.is_object() {
        return Err(Refused::because(
            "invalid_arguments",
            vec!["[ERROR] must provide an object [json-pointer:/view]".into()],
        ));
    }
    if view.to_string().len() > VIEW_BYTES {
        return no("view_too_large");
    }
    let findings = blocks::check_view(&view, home);
    if !findings.is_empty() {
        return Err(Refused::because("invalid_arguments", findings));
    }
    blocks::normalise(&mut view["blocks"], &mut world.ids);
    for key in ["title", "submit", "close"] {
        if view[key].is_object() && view[key]["emoji"].is_null() {
            view[key]["emoji"] = json!(true);
        }
    }
    Ok(view)
}

fn hash(world: &mut World) -> String {
    let token = world.ids.token("hash");
    format!("{}.{}", world.now_ms(), &token[4..])
}

/// Makes a view for a user; where it goes is the caller's business.
pub fn add(world: &mut World, user: &str, body: Value, under: Option<&str>) -> Result<String, Refused> {
    external_id_is_free(world, &body, None)?;
    let id = world.ids.next("V");
    let root = under.and_then(|under| world.views.get(under)).map_or_else(|| id.clone(), |view| view.root.clone());
    let mut view = View {
        id: id.clone(),
        user: user.to_owned(),
        hash: hash(world),
        inputs: Default::default(),
        body: Arc::new(body),
        root,
        previous: under.map(str::to_owned),
        errors: Default::default(),
        sending: false,
    };
    view.inputs = controls::inputs(view.blocks(), None);
    world.views.insert(id.clone(), view);
    Ok(id)
}

fn external_id_is_free(world: &World, body: &Value, own: Option<&str>) -> Result<(), Refused> {
    let Some(external) = body["external_id"].as_str().filter(|id| !id.is_empty()) else { return Ok(()) };
    let taken = |view: &&View| view.body["external_id"] == external && Some(view.id.as_str()) != own;
    if world.views.values().any(|view| taken(&view)) { no("duplicate_external_id") } else { Ok(()) }
}

/// Puts a checked body into an existing view. What was entered stays where the same inputs are still there.
pub fn replace(world: &mut World, id: &str, body: Value) -> Result<(), Refused> {
    external_id_is_free(world, &body, Some(id))?;
    let hash = hash(world);
    let view = world.views.get_mut(id).ok_or_else(|| Refused::new("not_found"))?;
    view.body = Arc::new(body);
    view.hash = hash;
    view.errors.clear();
    let inputs = controls::inputs(view.blocks(), Some(&view.inputs));
    view.inputs = inputs;
    Ok(())
}

/// Closes everything the user has open.
pub fn close_all(world: &mut World, user: &str) {
    for id in world.stacks.remove(user).unwrap_or_default() {
        world.views.remove(&id);
    }
}

fn shape(world: &World, id: &str) -> Answer {
    let view = world.views.get(id).ok_or_else(|| Refused::new("not_found"))?;
    Ok(json!({"view": shapes::view(world, view), "response_metadata": {"messages": [], "warnings": []}}))
}

/// The user of a trigger, which is used up by this.
fn exchange(world: &mut World, args: &Args) -> Result<String, Refused> {
    let id = args.filled("trigger_id").ok_or_else(|| Refused::missing("trigger_id"))?;
    let patience = world.patience;
    let trigger = world.triggers.get_mut(&id).ok_or_else(|| Refused::new("invalid_trigger_id"))?;
    if trigger.used {
        return no("exchanged_trigger_id");
    }
    if trigger.born.elapsed() > patience {
        return no("expired_trigger_id");
    }
    trigger.used = true;
    Ok(trigger.user.clone())
}

pub fn open(world: &mut World, args: &Args) -> Answer {
    let body = checked(world, args, false)?;
    let user = exchange(world, args)?;
    close_all(world, &user);
    let id = add(world, &user, body, None)?;
    world.stacks.insert(user, vec![id.clone()]);
    world.answers.shown(args.filled("trigger_id").unwrap_or_default());
    shape(world, &id)
}

pub fn push(world: &mut World, args: &Args) -> Answer {
    let body = checked(world, args, false)?;
    let user = exchange(world, args)?;
    let id = push_for(world, &user, body)?;
    shape(world, &id)
}

/// Lays a view on top of what the user has open.
pub fn push_for(world: &mut World, user: &str, body: Value) -> Result<String, Refused> {
    let stack = world.stacks.get(user).cloned().unwrap_or_default();
    let Some(top) = stack.last() else { return no("not_found") };
    if stack.len() >= DEEPEST {
        return no("push_limit_reached");
    }
    let id = add(world, user, body, Some(top))?;
    world.stacks.entry(user.to_owned()).or_default().push(id.clone());
    Ok(id)
}

pub fn update(world: &mut World, args: &Args) -> Answer {
    let external = args.filled("external_id");
    let by_external = |view: &&View| external.is_some() && view.body["external_id"].as_str() == external.as_deref();
    let id = match args.filled("view_id") {
        Some(id) => Some(id),
        None => world.views.values().find(by_external).map(|view| view.id.clone()),
    };
    let home = id.as_ref().and_then(|id| world.views.get(id)).is_some_and(View::is_home);
    let body = checked(world, args, home)?;
    let id = id.filter(|id| world.views.contains_key(id)).ok_or_else(|| Refused::new("not_found"))?;
    same_hash(world, &id, args)?;
    replace(world, &id, body)?;
    shape(world, &id)
}

fn same_hash(world: &World, id: &str, args: &Args) -> Result<(), Refused> {
    let Some(given) = args.filled("hash") else { return Ok(()) };
    if world.views.get(id).is_some_and(|view| view.hash != given) { no("hash_conflict") } else { Ok(()) }
}

pub fn publish(world: &mut World, args: &Args) -> Answer {
    let user = args.filled("user_id").ok_or_else(|| Refused::missing("user_id"))?;
    let body = checked(world, args, true)?;
    if world.person(&user).is_none_or(|person| !person.resident.present) {
        return no("invalid_arguments");
    }
    let id = match world.homes.get(&user).cloned() {
        Some(id) => {
            same_hash(world, &id, args)?;
            replace(world, &id, body)?;
            id
        }
        None => {
            let id = add(world, &user, body, None)?;
            world.homes.insert(user, id.clone());
            id
        }
    };
    shape(world, &id)
}
