//! What no client would let a person do, straight at the bot's side, and groups of people as an administrator makes them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use plsep_bot::chat::{
    ActionId, Actor, Asking, ChannelRef, CommandId, Event, Group, GroupRef, Handed, Handler, Reply, UserRef, What,
};
use plsep_bot::clock::Clock;
use plsep_bot::flows::{Flows, Parts};
use plsep_bot::store::Held;

use super::{CATALOGUE, Story, limits};

/// Who does something that no client would let them.
pub struct By {
    pub user: UserRef,
    /// Owns the server or workspace.
    pub steward: bool,
    /// The groups they are in, where the platform tells.
    pub groups: Option<Vec<GroupRef>>,
    /// The file that they send with it.
    pub file: Option<Handed>,
}

/// How a channel goes. On Discord each is the same: it is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    Deleted,
    Archived,
    BotTakenOut,
}

impl Story {
    /// A press that no client would allow: the action of somebody else's button, straight at the flows.
    pub async fn forges(&self, handle: &str, action: ActionId) -> String {
        let key = format!("forged:{handle}:{action}:{}", self.now(), action = action.as_str());
        match self.hands_over(handle, &key, What::Press(action)).await {
            Reply::Private(message) | Reply::Replace(message) => format!("{message:?}"),
            // A form that is only opened has changed nothing.
            Reply::Open(form) => format!("{form:?}"),
            other => panic!("a forged press had an effect: {other:?}"),
        }
    }

    /// A form that no client would send so.
    pub async fn forges_submission(
        &self,
        handle: &str,
        action: ActionId,
        values: BTreeMap<String, Vec<String>>,
    ) -> String {
        let key = format!("forged:{handle}:{action}:{}", self.now(), action = action.as_str());
        format!("{:?}", self.hands_over(handle, &key, What::Submit { action, values }).await)
    }

    /// Something that somebody did, handed straight to the flows of a process that has just begun.
    pub async fn hands_over(&self, handle: &str, key: &str, what: What) -> Reply {
        self.hands_over_by(
            By { user: UserRef(self.id_of(handle)), steward: false, groups: Some(vec![]), file: None },
            key,
            what,
        )
        .await
    }

    /// The same by an account that need not be anybody's here.
    pub async fn hands_over_by(&self, by: By, key: &str, what: What) -> Reply {
        let By { user, steward, groups, file } = by;
        let flows = self.flows();
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let community = tx.community(community).await.expect("it reads").at;
        drop(tx);
        let event = Event {
            key: key.to_owned(),
            community,
            actor: Actor { name: user.0.clone(), user, locale: None, zone: None, email: None, steward, groups },
            at: self.now(),
            place: Some(ChannelRef("elsewhere".to_owned())),
            what,
            handed: file,
        };
        flows.handle(event).await
    }

    /// What is suggested to somebody who fills in an option.
    pub async fn suggested(&self, handle: &str, command: CommandId, option: &'static str, typed: &str) -> Vec<String> {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let community = tx.community(community).await.expect("it reads").at;
        drop(tx);
        let user = UserRef(self.id_of(handle));
        let actor =
            Actor { name: user.0.clone(), user, locale: None, zone: None, email: None, steward: false, groups: None };
        let asking = Asking { community, actor, command, option, typed: typed.to_owned() };
        self.flows().suggest(asking).await.into_iter().map(|suggestion| suggestion.label).collect()
    }

    /// The flows of a process that has just begun.
    fn flows(&self) -> Flows {
        let world = self.stage.clock.clone();
        let now = move || DateTime::from_timestamp_millis(world.now_ms()).expect("a moment of the world");
        Flows::new(Parts {
            store: self.stage.store.clone(),
            catalogue: Arc::clone(&CATALOGUE),
            clock: Clock::simulated(now),
            template: (*self.program).clone(),
            limits,
            work_waits: Arc::default(),
            held: Held::everything(),
            roster_step: plsep_bot::wiring::ROSTER_STEP,
            incident_seed: 7,
        })
    }

    /// The members of a group coordinate, without anybody having said so in the chat.
    pub async fn appoints_group(&self, id: &str) {
        let mut tx = self.stage.store.write().await.expect("the database takes it");
        let community = self.community_in(&mut tx).await;
        let group = Group { at: GroupRef(id.to_owned()), name: id.to_owned() };
        assert!(tx.add_coordinator_group(community, &group, self.now()).await.expect("it is taken"));
        tx.commit().await.expect("the database takes it");
    }

    /// Somebody takes the coordinators' channel away by hand.
    pub fn loses_office(&self, how: Loss) {
        self.loses_place("mentorship-coordinators", how);
    }

    /// Somebody takes the channel away whose name begins so, by hand.
    pub fn loses_place(&self, name: &str, how: Loss) {
        let lost = match (&self.stage.discord, &self.stage.slack, how) {
            (Some(discord), ..) => discord.delete_channel(name),
            (None, Some(slack), Loss::Deleted) => slack.delete_channel(name),
            (None, Some(slack), Loss::Archived) => slack.archive_channel(name),
            (None, Some(slack), Loss::BotTakenOut) => slack.take_app_out(name),
            (None, None, _) => false,
        };
        assert!(lost, "there is a channel {name}");
    }

    /// An administrator makes a group of these people, by hand: a role on Discord, a user group on Slack. Returns its id.
    pub fn makes_group(&self, name: &str, members: &[&str]) -> String {
        match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.add_role(name, members),
            (None, Some(slack)) => slack.add_user_group(name, name, members),
            (None, None) => panic!("there is no platform"),
        }
    }

    /// An administrator takes somebody out of a group that nobody else is in, by hand.
    pub fn leaves_group(&self, group: &str, member: &str) {
        self.sets_group(group, member, false);
    }

    /// An administrator puts somebody into a group that nobody is in, by hand.
    pub fn joins_group(&self, group: &str, member: &str) {
        self.sets_group(group, member, true);
    }

    fn sets_group(&self, group: &str, member: &str, is_in: bool) {
        let members: &[&str] = if is_in { &[member] } else { &[] };
        match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.set_role(group, member, is_in),
            (None, Some(slack)) => slack.set_user_group(group, members),
            (None, None) => panic!("there is no platform"),
        }
    }
}
