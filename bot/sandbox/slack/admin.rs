//! What an administrator of the workspace does by hand, where no app has a say: guests, user groups, and channels that go.

use serde_json::json;

use super::Slack;
use super::state::{Channel, UserGroup, World};

impl Slack {
    /// Makes a member a guest (of a single channel, or of several).
    pub fn make_guest(&self, handle: &str, single_channel: bool) {
        self.inner.change(|world| {
            for person in world.people.iter_mut().filter(|person| person.resident.handle == handle) {
                person.restricted = true;
                person.ultra_restricted = single_channel;
            }
        });
    }

    /// Adds a user group of these members and returns its id.
    pub fn add_user_group(&self, handle: &str, name: &str, members: &[&str]) -> String {
        self.inner.change(|world| {
            let id = world.ids.next("S");
            let users = members.iter().filter_map(|member| world.by_handle(member).map(|p| p.resident.id.clone()));
            let users = users.collect();
            let created_ms = world.now_ms();
            world.groups.push(UserGroup {
                id: id.clone(),
                handle: handle.into(),
                name: name.into(),
                users,
                created_ms,
            });
            id
        })
    }

    /// Deletes the channel whose name begins so: for the app it does not exist any more. Whether there was one.
    pub fn delete_channel(&self, beginning: &str) -> bool {
        self.inner.change(|world| {
            let Some(channel) = at_work(world, beginning) else { return false };
            let (id, private) = (channel.id.clone(), channel.is_private());
            // Its name stays taken here, which an app cannot tell from a channel of somebody else's.
            channel.members.clear();
            channel.messages.clear();
            channel.archived = true;
            let (now, owner, ts) = (world.now_ms().div_euclid(1000), owner(world), world.event_ts());
            if private {
                let event = json!({
                    "type": "group_deleted", "channel": id, "date_deleted": now, "actor_id": owner, "event_ts": ts,
                });
                world.emit("group_deleted", event);
            } else {
                let event = json!({"type": "channel_deleted", "channel": id, "event_ts": ts});
                world.emit("channel_deleted", event);
            }
            true
        })
    }

    /// Archives the channel whose name begins so; whether there was one.
    pub fn archive_channel(&self, beginning: &str) -> bool {
        self.inner.change(|world| {
            let Some(channel) = at_work(world, beginning) else { return false };
            channel.archived = true;
            let (id, private) = (channel.id.clone(), channel.is_private());
            let (owner, ts) = (owner(world), world.event_ts());
            let kind = if private { "group_archive" } else { "channel_archive" };
            world.emit(kind, json!({"type": kind, "channel": id, "user": owner, "is_moved": 0, "event_ts": ts}));
            true
        })
    }

    /// Takes the app out of the channel whose name begins so; whether there was one.
    pub fn take_app_out(&self, beginning: &str) -> bool {
        self.inner.change(|world| {
            let app = world.app.user_id.clone();
            let Some(channel) = at_work(world, beginning) else { return false };
            channel.members.retain(|member| *member != app);
            let (id, private) = (channel.id.clone(), channel.is_private());
            let (owner, ts) = (owner(world), world.event_ts());
            let kind = if private { "group_left" } else { "channel_left" };
            world.emit(kind, json!({"type": kind, "channel": id, "actor_id": owner, "event_ts": ts}));
            true
        })
    }

    /// Says anew who is in a user group.
    pub fn set_user_group(&self, id: &str, members: &[&str]) {
        self.inner.change(|world| {
            let users = members.iter().filter_map(|member| world.by_handle(member).map(|p| p.resident.id.clone()));
            let users = users.collect();
            if let Some(group) = world.groups.iter_mut().find(|group| group.id == id) {
                group.users = users;
            }
        });
    }
}

fn at_work<'a>(world: &'a mut World, beginning: &str) -> Option<&'a mut Channel> {
    world.channels.iter_mut().find(|channel| channel.name.starts_with(beginning) && !channel.archived)
}

/// The id of whoever owns the workspace.
fn owner(world: &World) -> Option<String> {
    world.people.iter().find(|person| person.resident.owner).map(|person| person.resident.id.clone())
}
