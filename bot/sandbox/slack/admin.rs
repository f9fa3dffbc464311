//! What an administrator of the workspace does by hand, where no app has a say: guests, user groups, and channels that go.

use serde_json::json;

use super::Slack;
use super::state::UserGroup;

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
            let found =
                world.channels.iter_mut().find(|channel| channel.name.starts_with(beginning) && !channel.archived);
            let Some(channel) = found else { return false };
            let (id, private) = (channel.id.clone(), channel.is_private());
            // Its name stays taken here, which an app cannot tell from a channel of somebody else's.
            channel.members.clear();
            channel.messages.clear();
            channel.archived = true;
            let (kind, ts) = (if private { "group_deleted" } else { "channel_deleted" }, world.event_ts());
            world.emit(kind, json!({"type": kind, "channel": id, "event_ts": ts}));
            true
        })
    }

    /// Archives the channel whose name begins so; whether there was one.
    pub fn archive_channel(&self, beginning: &str) -> bool {
        self.inner.change(|world| {
            let found =
                world.channels.iter_mut().find(|channel| channel.name.starts_with(beginning) && !channel.archived);
            let Some(channel) = found else { return false };
            channel.archived = true;
            let (id, private) = (channel.id.clone(), channel.is_private());
            let (kind, ts) = (if private { "group_archive" } else { "channel_archive" }, world.event_ts());
            world.emit(kind, json!({"type": kind, "channel": id, "is_moved": 0, "event_ts": ts}));
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
