//! What an administrator of the workspace does by hand, where no app has a say: guests and user groups.

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
