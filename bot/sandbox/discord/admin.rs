//! What an administrator of the server does by hand, where no bot has a say: roles, who has them, and channels that go.

use serde_json::json;

use super::ids::Snowflake;
use super::state::{Role, World};
use super::{Discord, happen, json};

impl Discord {
    /// Adds a role without rights, gives it to these members, and returns its id.
    pub fn add_role(&self, name: &str, members: &[&str]) -> String {
        let mut world = self.world();
        let id = world.ids.next();
        let role = Role {
            id,
            name: name.to_owned(),
            permissions: 0,
            position: 1,
            color: 0,
            mentionable: false,
            hoist: false,
            of_bot: None,
        };
        for other in world.roles.iter_mut().filter(|other| other.position >= 1) {
            other.position += 1;
        }
        let data = json!({"guild_id": world.guild.id, "role": json::role(&role)});
        world.roles.push(role);
        happen::tell(&mut world, "GUILD_ROLE_CREATE", data, happen::GUILDS);
        for member in members {
            give(&mut world, id, member, true);
        }
        id.to_string()
    }

    /// Gives a role to a member, or takes it away. Nothing happens if nobody is called so.
    pub fn set_role(&self, role: &str, member: &str, has: bool) {
        if let Ok(role) = role.parse() {
            give(&mut self.world(), role, member, has);
        }
    }
}

impl Discord {
    /// Deletes the channel whose name begins so, with everything in it; whether there was one.
    pub fn delete_channel(&self, beginning: &str) -> bool {
        let mut world = self.world();
        let found = world.channels.values().find(|channel| channel.name.starts_with(beginning)).map(|it| it.id);
        if let Some(id) = found {
            happen::remove_channel(&mut world, id);
        }
        found.is_some()
    }
}

fn give(world: &mut World, role: Snowflake, handle: &str, has: bool) {
    let Some(member) = world.members.values_mut().find(|it| it.handle == handle && it.present) else { return };
    member.roles.retain(|it| *it != role);
    if has {
        member.roles.push(role);
    }
    let mut data = json::member(member);
    data["guild_id"] = world.guild.id.to_string().into();
    happen::tell(world, "GUILD_MEMBER_UPDATE", data, happen::GUILD_MEMBERS);
}
