//! What a person has in front of them: which places they read, and each message as words, safe HTML and controls.

use chrono_tz::Tz;
use serde_json::Value;

use super::controls;
use super::ids::Snowflake;
use super::json;
use super::markdown::{Names, Page, inline, render};
use super::moments::Reader;
use super::permissions::{self, SEND_MESSAGES, VIEW_CHANNEL};
use super::state::{Channel, ChannelKind, Member, Message, World};
use crate::person::{FileSeen, Place, PlaceKind, Seen};

/// Whether this person can read this channel.
pub fn can_read(world: &World, who: Snowflake, channel: &Channel) -> bool {
    channel.kind.holds_messages() && permissions::in_channel(world, who, channel) & VIEW_CHANNEL != 0
}

/// Whether this message is in front of this person, in a channel they can read.
pub fn sees(who: Snowflake, message: &Message) -> bool {
    message.only_for.is_none_or(|only| only == who)
}

/// The message with this id, if the person has it in front of them.
pub fn message<'a>(world: &'a World, who: Snowflake, id: &str) -> Option<&'a Message> {
    let id: Snowflake = id.parse().ok()?;
    let mut found = world.channels.values().filter_map(|channel| Some((channel, channel.message(id)?)));
    found.find(|(channel, message)| can_read(world, who, channel) && sees(who, message)).map(|(_, message)| message)
}

/// A place as one person sees it.
pub fn place(world: &World, who: Snowflake, channel: &Channel) -> Place {
    let direct = channel.kind == ChannelKind::Direct;
    let base = channel.thread.as_ref().and(channel.parent).and_then(|id| world.channels.get(&id)).unwrap_or(channel);
    let open = permissions::of_everyone(world, base) & VIEW_CHANNEL != 0 && channel.kind != ChannelKind::PrivateThread;
    let kind = match (direct, open) {
        (true, _) => PlaceKind::Direct,
        (false, true) => PlaceKind::Public,
        (false, false) => PlaceKind::Private,
    };
    let reads = |member: &&Member| member.present && !member.unseen && (can_read(world, member.id, channel));
    let members = if kind == PlaceKind::Public {
        Vec::new()
    } else {
        world.members.values().filter(reads).map(|member| member.name.clone()).collect()
    };
    let may_write = permissions::in_channel(world, who, channel) & SEND_MESSAGES != 0;
    Place {
        id: channel.id.to_string(),
        name: if direct { format!("{} (direct message)", json::bot_name(world)) } else { format!("#{}", channel.name) },
        kind,
        topic: channel.topic.clone().unwrap_or_default(),
        members,
        archived: channel.thread.as_ref().map_or(!may_write, |thread| thread.archived),
    }
}

/// A message as one person sees it.
pub fn seen(world: &World, who: Snowflake, message: &Message) -> Seen {
    let mut page = Page::default();
    with_names(world, who, |names| write(world, message, names, &mut page));
    let author = world.members.get(&message.author);
    Seen {
        id: message.id.to_string(),
        place: message.channel.to_string(),
        author: author.map(|it| it.name.clone()).unwrap_or_default(),
        by_bot: message.author == world.bot,
        text: page.text.trim_end().to_owned(),
        html: page.html,
        controls: controls::of(world, &message.components),
        files: message
            .attachments
            .iter()
            .map(|file| FileSeen {
                id: file.id.to_string(),
                name: file.name.clone(),
                size: file.size,
                alt: file.alt.clone(),
            })
            .collect(),
        ephemeral: message.only_for.is_some(),
        at_ms: message.at_ms,
        edited_ms: message.edited_ms,
        pings: pings(world, message),
        failure: message.failure,
    }
}

/// Lends what turns ids into names for this reader.
pub fn with_names<T>(world: &World, who: Snowflake, work: impl FnOnce(&Names<'_>) -> T) -> T {
    let reader = world.members.get(&who);
    let zone = reader.and_then(|it| it.zone.parse::<Tz>().ok()).unwrap_or(Tz::UTC);
    let id_of = |text: &str| text.parse::<Snowflake>().ok();
    let user = |id: &str| world.members.get(&id_of(id)?).map(|it| format!("@{}", it.name));
    let role = |id: &str| world.role(id_of(id)?).map(|it| format!("@{}", it.name.trim_start_matches('@')));
    let channel = |id: &str| {
        let channel = world.channels.get(&id_of(id)?)?;
        (permissions::in_channel(world, who, channel) & VIEW_CHANNEL != 0).then(|| format!("#{}", channel.name))
    };
    let locale = reader.map_or("en-US", |it| it.locale.as_str());
    work(&Names {
        user: &user,
        role: &role,
        channel: &channel,
        reader: Reader { zone, locale, now_ms: world.now_ms() },
    })
}

fn write(world: &World, message: &Message, names: &Names<'_>, page: &mut Page) {
    if message.flags & json::LOADING != 0 {
        return page.block("small", &format!("{} is thinking...", json::bot_name(world)), names);
    }
    if message.kind == 6 {
        return page.block("small", "pinned a message to this channel.", names);
    }
    render(&message.content, names, page);
    if message.flags & (1 << 2) == 0 {
        message.embeds.iter().for_each(|embed| write_embed(embed, names, page));
    }
    message.components.iter().for_each(|component| write_component(component, names, page));
}

fn write_embed(embed: &Value, names: &Names<'_>, page: &mut Page) {
    let words = |value: &Value| value.as_str().map(str::to_owned).filter(|it| !it.is_empty());
    if let Some(author) = words(&embed["author"]["name"]) {
        page.line();
        page.tag("<small>");
        page.plain(&author);
        page.tag("</small>");
    }
    if let Some(title) = words(&embed["title"]) {
        page.block("h3", &title, names);
    }
    if let Some(description) = words(&embed["description"]) {
        render(&description, names, page);
    }
    for field in embed["fields"].as_array().into_iter().flatten() {
        page.line();
        page.tag("<p><b>");
        inline(field["name"].as_str().unwrap_or_default(), names, page);
        page.tag("</b></p>");
        render(field["value"].as_str().unwrap_or_default(), names, page);
    }
    if let Some(footer) = words(&embed["footer"]["text"]) {
        page.line();
        page.tag("<small>");
        page.plain(&footer);
        page.tag("</small>");
    }
}

/// The words of Components V2; controls are listed apart.
fn write_component(component: &Value, names: &Names<'_>, page: &mut Page) {
    if component["type"] == 10 {
        page.line();
        render(component["content"].as_str().unwrap_or_default(), names, page);
    }
    component["components"].as_array().into_iter().flatten().for_each(|inner| write_component(inner, names, page));
}

/// Display names of those whom this message really notifies: people who can read the place.
fn pings(world: &World, message: &Message) -> Vec<String> {
    let Some(channel) = world.channels.get(&message.channel) else { return Vec::new() };
    let reached = |member: &&Member| {
        let named = message.pings.users.contains(&member.id)
            || member.roles.iter().any(|role| message.pings.roles.contains(role));
        named
            && member.present
            && !member.bot
            && member.id != message.author
            && sees(member.id, message)
            && can_read(world, member.id, channel)
    };
    let mut all: Vec<String> = world.members.values().filter(reached).map(|member| member.name.clone()).collect();
    if message.pings.everyone {
        all.insert(0, "@everyone".into());
    }
    all
}
