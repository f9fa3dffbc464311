//! Permission overwrites: which a bot may set. Only bits it holds itself, and "manage roles" only for
//! administrators.

use serde_json::{Map, Value};

use super::super::happen;
use super::super::ids::Snowflake;
use super::super::permissions::{self, ADMINISTRATOR, MANAGE_ROLES};
use super::super::refused::{FormErrors, Refused};
use super::super::shape::{given, join, objects};
use super::super::state::{Overwrite, World};
use super::{Call, Outcome, nothing};

/// Overwrites a channel may have.
const MOST: usize = 1000;

/// Reads the overwrites of a new or changed channel; `before` are those it has already.
///
/// # Errors
/// 50035 for broken ones, 50013 for bits that the bot does not hold, 30060 for too many.
pub fn read(world: &World, body: &Map<String, Value>, before: &[Overwrite]) -> Result<Vec<Overwrite>, Refused> {
    let mut form = FormErrors::default();
    let list = objects(body.get("permission_overwrites"), "permission_overwrites", &mut form);
    let mut all: Vec<Overwrite> = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let path = format!("permission_overwrites.{index}");
        let Some(id) = given(item, "id").and_then(Snowflake::of) else {
            form.required(&join(&path, "id"));
            continue;
        };
        if let Some(overwrite) = one(world, id, item, &path, &mut form) {
            all.retain(|other| other.id != id);
            all.push(overwrite);
        }
    }
    form.or(())?;
    if all.len() > MOST {
        return Err(Refused::new(400, 30060, "Maximum number of channel permission overwrites reached (1000)"));
    }
    for overwrite in &all {
        may_set(world, overwrite, before.iter().find(|it| it.id == overwrite.id))?;
    }
    // Taking one away changes its bits too.
    for gone in before.iter().filter(|it| all.iter().all(|kept| kept.id != it.id)) {
        may_set(world, &Overwrite { allow: 0, deny: 0, ..gone.clone() }, Some(gone))?;
    }
    Ok(all)
}

fn one(
    world: &World,
    id: Snowflake,
    item: &Map<String, Value>,
    path: &str,
    form: &mut FormErrors,
) -> Option<Overwrite> {
    let member = match item.get("type") {
        Some(Value::Number(number)) if number.as_u64() == Some(0) => false,
        Some(Value::Number(number)) if number.as_u64() == Some(1) => true,
        Some(Value::String(word)) if word == "role" || word == "0" => false,
        Some(Value::String(word)) if word == "member" || word == "1" => true,
        None | Some(Value::Null) => world.role(id).is_none(),
        Some(_) => {
            form.choice(&join(path, "type"), "0, 1");
            return None;
        }
    };
    let known = if member { world.members.contains_key(&id) } else { world.role(id).is_some() };
    if !known {
        let what = if member { "User" } else { "Role" };
        form.add(&join(path, "id"), "CHANNEL_PERMISSION_OVERWRITE_TARGET_UNKNOWN", &format!("Unknown {what}"));
    }
    Some(Overwrite { id, member, allow: bits(item, "allow", path, form), deny: bits(item, "deny", path, form) })
}

fn bits(item: &Map<String, Value>, key: &str, path: &str, form: &mut FormErrors) -> u64 {
    let Some(value) = given(item, key) else { return 0 };
    let read = value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_u64());
    if read.is_none() {
        form.add(&join(path, key), "BITFIELD_TYPE_CONVERT", "Could not interpret value as a bit field.");
    }
    read.unwrap_or(0) & permissions::ALL
}

fn may_set(world: &World, overwrite: &Overwrite, before: Option<&Overwrite>) -> Result<(), Refused> {
    let (allow, deny) = before.map_or((0, 0), |it| (it.allow, it.deny));
    let changed = (overwrite.allow ^ allow) | (overwrite.deny ^ deny);
    let mine = permissions::in_guild(world, world.bot);
    let administrator = mine & ADMINISTRATOR != 0;
    if changed & !mine != 0 || (changed & MANAGE_ROLES != 0 && !administrator) {
        return Err(Refused::missing_permissions());
    }
    Ok(())
}

/// `PUT` and `DELETE /channels/{id}/permissions/{target}`.
pub fn change(call: &mut Call<'_>, channel: Snowflake, target: &str, put: bool) -> Outcome {
    let world = &mut *call.world;
    super::channels::require(world, channel, MANAGE_ROLES)?;
    let target: Snowflake = target.parse().map_err(|_| Refused::new(404, 10009, "Unknown Overwrite"))?;
    let before = world.channel(channel)?.overwrites.iter().find(|it| it.id == target).cloned();
    let new = if put {
        let mut form = FormErrors::default();
        let read = one(world, target, &call.body.object()?, "", &mut form);
        form.or(())?;
        let read = read.ok_or_else(Refused::not_json)?;
        may_set(world, &read, before.as_ref())?;
        Some(read)
    } else {
        let Some(before) = &before else { return Err(Refused::new(404, 10009, "Unknown Overwrite")) };
        may_set(world, &Overwrite { allow: 0, deny: 0, ..before.clone() }, Some(before))?;
        None
    };
    if let Some(place) = world.channels.get_mut(&channel) {
        place.overwrites.retain(|it| it.id != target);
        place.overwrites.extend(new);
        if place.overwrites.len() > MOST {
            place.overwrites.pop();
            return Err(Refused::new(400, 30060, "Maximum number of channel permission overwrites reached (1000)"));
        }
    }
    happen::tell_channel(world, "UPDATE", channel);
    nothing()
}
