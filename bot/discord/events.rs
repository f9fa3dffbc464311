//! Reads Discord's interactions into the program's events, once, at the edge. What cannot be one of ours
//! is told apart, not guessed at.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serenity::model::application::{
    ActionRow, ActionRowComponent, CommandData, CommandDataOption, CommandDataOptionValue, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, Interaction, ModalInteraction,
};
use serenity::model::guild::Member;
use serenity::model::id::{GuildId, InteractionId};
use serenity::model::user::User;

use super::NAME;
use super::mark::Mark;
use crate::chat::command::{raw_group, sought};
use crate::chat::{
    ActionId, Actor, Asking, ChannelRef, CommunityRef, Event, Group, GroupRef, Invocation, UserRef, What,
};

/// Discord's epoch, in milliseconds since the Unix epoch.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// An interaction, read.
pub(super) struct Incoming {
    /// What the program gets.
    pub event: Event,
    /// How to answer it.
    pub handle: Handle,
    /// What kind it is, which decides how it may be answered.
    pub source: Source,
    /// A file that came with a command.
    pub attachment: Option<Attached>,
    /// Mark of the message it came from; what answers it belongs to the same.
    pub mark: Mark,
}

/// A file that Discord tells of.
pub(super) struct Attached {
    /// Its name.
    pub name: String,
    /// Where its bytes are.
    pub url: String,
    /// How many bytes Discord says it has.
    pub size: u32,
}

/// Where an answer goes.
#[derive(Clone)]
pub(super) struct Handle {
    /// The interaction.
    pub id: InteractionId,
    /// Its token: lets anybody answer who knows it, so it is never logged.
    pub token: String,
}

/// Kind of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A slash command.
    Command,
    /// A button or menu of a message.
    Control,
    /// A form.
    Form {
        /// Opened from a button: may update the message of the button.
        on_message: bool,
    },
}

/// An interaction that leads nowhere: of another bot, of an older version of this one, or outside any server.
pub(super) struct Stray {
    /// Where the apology goes.
    pub handle: Handle,
    /// Locale of the person's client.
    pub locale: String,
}

/// Somebody who fills in an option.
pub(super) struct Asked {
    /// What the program is asked.
    pub asking: Asking,
    /// Where the suggestions go.
    pub handle: Handle,
}

/// What an interaction turned out to be.
pub(super) enum Read {
    /// One of ours.
    Ours(Box<Incoming>),
    /// Not one of ours; the person waits for an answer all the same.
    Stray(Stray),
    /// Somebody fills in an option, and may be helped.
    Asking(Box<Asked>),
    /// Nothing to answer.
    Nothing,
}

/// Reads an interaction. `owner` tells who owns a server, as far as known.
pub(super) fn read(interaction: Interaction, owner: impl Fn(GuildId) -> Option<u64>) -> Read {
    match interaction {
        Interaction::Command(command) => read_command(command, owner),
        Interaction::Autocomplete(command) => read_asking(command, owner),
        Interaction::Component(component) => read_control(*Box::new(component), owner),
        Interaction::Modal(modal) => read_form(modal, owner),
        _ => Read::Nothing,
    }
}

/// The moment a snowflake was made.
pub(super) fn moment(snowflake: u64) -> DateTime<Utc> {
    let ms = (snowflake >> 22) + DISCORD_EPOCH_MS;
    DateTime::from_timestamp_millis(i64::try_from(ms).unwrap_or(0)).unwrap_or_default()
}

/// A server as the program knows it.
pub(super) fn community(guild: u64) -> CommunityRef {
    CommunityRef { chat: NAME.to_owned(), id: guild.to_string() }
}

struct Common {
    handle: Handle,
    guild: Option<GuildId>,
    channel: u64,
    actor: Actor,
}

impl Common {
    fn ours(self, guild: u64, source: Source, mark: Mark, what: What) -> Read {
        let event = Event {
            key: self.handle.id.get().to_string(),
            community: community(guild),
            actor: self.actor,
            at: moment(self.handle.id.get()),
            place: Some(ChannelRef(self.channel.to_string())),
            what,
            handed: None,
        };
        Read::Ours(Box::new(Incoming { event, handle: self.handle, source, attachment: None, mark }))
    }

    fn stray(self) -> Read {
        Read::Stray(Stray { handle: self.handle, locale: self.actor.locale.unwrap_or_default() })
    }

    /// The action behind a custom id, with the server it belongs to. In a server the server itself counts;
    /// a direct message has none, there the mark tells.
    fn action(&self, custom_id: &str) -> Option<(ActionId, Mark)> {
        let (action, mark) = Mark::read(custom_id)?;
        let guild = self.guild.map_or(mark.guild, GuildId::get);
        Some((action, Mark { guild, ..mark }))
    }
}

fn actor(user: &User, member: Option<&Member>, locale: &str, owner: Option<u64>) -> Actor {
    let administers = member.and_then(|member| member.permissions).is_some_and(|rights| rights.administrator());
    Actor {
        user: UserRef(user.id.get().to_string()),
        name: member.map_or_else(|| user.display_name(), Member::display_name).to_owned(),
        locale: Some(locale.to_owned()),
        zone: None,
        email: None,
        steward: member.is_some() && (administers || owner == Some(user.id.get())),
        // As they are in this very interaction. A direct message tells of none.
        groups: member.map(|member| member.roles.iter().map(|role| GroupRef(role.get().to_string())).collect()),
    }
}

fn read_command(command: CommandInteraction, owner: impl Fn(GuildId) -> Option<u64>) -> Read {
    let member = command.member.as_deref();
    let common = Common {
        actor: actor(&command.user, member, &command.locale, command.guild_id.and_then(owner)),
        handle: Handle { id: command.id, token: command.token },
        guild: command.guild_id,
        channel: command.channel_id.get(),
    };
    let Some(guild) = common.guild.map(GuildId::get) else { return common.stray() };
    let what = invocation(&command.data, guild);
    let attached = command.data.resolved.attachments.into_values().next();
    let attachment = attached.map(|file| Attached { name: file.filename, url: file.url, size: file.size });
    match common.ours(guild, Source::Command, Mark::of_guild(guild), what) {
        Read::Ours(incoming) => Read::Ours(Box::new(Incoming { attachment, ..*incoming })),
        other => other,
    }
}

/// The words of a command's path, and the options behind it.
fn path(data: &CommandData) -> (Vec<&str>, &[CommandDataOption]) {
    let mut path = vec![data.name.as_str()];
    let mut options: &[CommandDataOption] = &data.options;
    while let [CommandDataOption { name, value, .. }] = options
        && let CommandDataOptionValue::SubCommand(inner) | CommandDataOptionValue::SubCommandGroup(inner) = value
    {
        path.push(name);
        options = inner;
    }
    (path, options)
}

fn read_asking(command: CommandInteraction, owner: impl Fn(GuildId) -> Option<u64>) -> Read {
    let member = command.member.as_deref();
    let actor = actor(&command.user, member, &command.locale, command.guild_id.and_then(owner));
    let (path, _) = path(&command.data);
    let (Some(guild), Some(focused)) = (command.guild_id, command.data.autocomplete()) else { return Read::Nothing };
    let Some((id, option)) = sought(&path, focused.name) else { return Read::Nothing };
    let typed = focused.value.to_owned();
    let asking = Asking { community: community(guild.get()), actor, command: id, option, typed };
    Read::Asking(Box::new(Asked { asking, handle: Handle { id: command.id, token: command.token } }))
}

fn invocation(data: &CommandData, guild: u64) -> What {
    let (path, options) = path(data);
    let given: Vec<(String, String)> = options
        .iter()
        // Everybody has the role that is named as the server itself: as if none had been named.
        .filter(|option| !matches!(option.value, CommandDataOptionValue::Role(role) if role.get() == guild))
        .map(|option| (option.name.clone(), raw(&option.value, data)))
        .collect();
    Invocation::checked(&path, &given).map_or_else(
        |_| {
            let typed = given.iter().map(|(name, value)| format!("{name}:{value}"));
            let words = path.iter().skip(1).map(|word| (*word).to_owned()).chain(typed);
            What::Unclear { root: data.name.clone(), text: words.collect::<Vec<_>>().join(" ") }
        },
        What::Command,
    )
}

/// The value of an option as the command tree reads it.
fn raw(value: &CommandDataOptionValue, data: &CommandData) -> String {
    match value {
        CommandDataOptionValue::String(words) => words.clone(),
        CommandDataOptionValue::User(user) => user.get().to_string(),
        CommandDataOptionValue::Role(role) => {
            let name = data.resolved.roles.get(role).map(|role| role.name.clone()).unwrap_or_default();
            raw_group(&Group { at: GroupRef(role.get().to_string()), name })
        }
        CommandDataOptionValue::Integer(number) => number.to_string(),
        CommandDataOptionValue::Number(number) => number.to_string(),
        CommandDataOptionValue::Boolean(yes) => yes.to_string(),
        CommandDataOptionValue::Attachment(id) => id.get().to_string(),
        // The tree has no other kinds; it will refuse this one by name.
        _ => String::new(),
    }
}

fn read_control(component: ComponentInteraction, owner: impl Fn(GuildId) -> Option<u64>) -> Read {
    let member = component.member.as_ref();
    let common = Common {
        actor: actor(&component.user, member, &component.locale, component.guild_id.and_then(owner)),
        handle: Handle { id: component.id, token: component.token },
        guild: component.guild_id,
        channel: component.channel_id.get(),
    };
    let Some((action, mark)) = common.action(&component.data.custom_id) else { return common.stray() };
    let what = match component.data.kind {
        ComponentInteractionDataKind::Button => What::Press(action),
        ComponentInteractionDataKind::StringSelect { values } => {
            let values = in_order(values, &component.data.custom_id, &component.message.components);
            What::Choose { action, values }
        }
        _ => return common.stray(),
    };
    common.ours(mark.guild, Source::Control, mark, what)
}

/// Chosen values in the menu's order, whatever order they were chosen in.
fn in_order(mut values: Vec<String>, menu: &str, rows: &[ActionRow]) -> Vec<String> {
    let shown = rows.iter().flat_map(|row| &row.components).find_map(|component| match component {
        ActionRowComponent::SelectMenu(select) if select.custom_id.as_deref() == Some(menu) => Some(&select.options),
        _ => None,
    });
    if let Some(options) = shown {
        values.sort_by_key(|value| options.iter().position(|option| option.value == *value));
    }
    values
}

fn read_form(modal: ModalInteraction, owner: impl Fn(GuildId) -> Option<u64>) -> Read {
    let member = modal.member.as_ref();
    let common = Common {
        actor: actor(&modal.user, member, &modal.locale, modal.guild_id.and_then(owner)),
        handle: Handle { id: modal.id, token: modal.token },
        guild: modal.guild_id,
        channel: modal.channel_id.get(),
    };
    let Some((action, mark)) = common.action(&modal.data.custom_id) else { return common.stray() };
    let values: BTreeMap<String, Vec<String>> = modal
        .data
        .components
        .into_iter()
        .flat_map(|row| row.components)
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => {
                let text = input.value.filter(|text| !text.is_empty())?;
                Some((input.custom_id, vec![text]))
            }
            _ => None,
        })
        .collect();
    let source = Source::Form { on_message: modal.message.is_some() };
    common.ours(mark.guild, source, mark, What::Submit { action, values })
}
