//! Changes to the world and the events that announce them. Whoever calls has checked that the change is allowed.

use serde_json::{Value, json};

use super::gateway::hub::Event;
use super::ids::Snowflake;
use super::json;
use super::permissions::{self, MENTION_EVERYONE, VIEW_CHANNEL};
use super::shape::mentions::{Allowed, named};
use super::shape::message::{Draft, Upload};
use super::state::{Attachment, Channel, ChannelKind, Message, Pings, StoredFile, World};

pub const GUILDS: u64 = 1;
pub const GUILD_MEMBERS: u64 = 1 << 1;
pub const GUILD_MESSAGES: u64 = 1 << 9;
pub const GUILD_REACTIONS: u64 = 1 << 10;
pub const DIRECT_MESSAGES: u64 = 1 << 12;

/// Tells the sessions whose intents cover it, and everybody who watches for changes.
pub fn tell(world: &mut World, name: &str, data: Value, intents: u64) {
    world.hub.tell(Event { name: name.to_owned(), data, intents, without_content: None });
    world.touch();
}

/// `CHANNEL_CREATE`, `THREAD_UPDATE` and so on, with the channel as it is now.
pub fn tell_channel(world: &mut World, what: &str, id: Snowflake) {
    let Some(channel) = world.channels.get(&id) else { return };
    if channel.kind == ChannelKind::Direct {
        world.touch();
        return;
    }
    let name = format!("{}_{what}", if channel.thread.is_some() { "THREAD" } else { "CHANNEL" });
    let mut data = json::channel(world, channel);
    if channel.thread.is_some() && what == "CREATE" {
        data["newly_created"] = true.into();
    }
    tell(world, &name, data, GUILDS);
}

/// Removes a channel with everything in it, and the threads under it.
pub fn remove_channel(world: &mut World, id: Snowflake) {
    let below: Vec<Snowflake> =
        world.channels.values().filter(|it| it.parent == Some(id) && it.thread.is_some()).map(|it| it.id).collect();
    for thread in below {
        remove_channel(world, thread);
    }
    for orphan in world.channels.values_mut().filter(|it| it.parent == Some(id)) {
        orphan.parent = None;
    }
    world.files.retain(|_, file| file.channel != id);
    tell_channel(world, "DELETE", id);
    world.channels.remove(&id);
}

/// What a new message is made of, beside the draft.
pub struct Posting {
    pub channel: Snowflake,
    pub author: Snowflake,
    pub kind: u8,
    /// Flags beside those in the draft.
    pub flags: u64,
    pub origin: Option<Value>,
    pub only_for: Option<Snowflake>,
}

/// Posts a message: stores its files, works out whom it notifies, announces it.
pub fn post(world: &mut World, draft: &Draft, uploads: &[Upload], posting: Posting) -> Snowflake {
    let id = world.ids.next();
    let attachments = store(world, posting.channel, draft, uploads);
    let replied = draft.reply_to.and_then(|to| world.message(posting.channel, to)).map(|to| (to.id, to.author));
    let pings = pings(world, draft, &posting, replied.map(|(_, author)| author));
    let mut message = Message {
        id,
        channel: posting.channel,
        author: posting.author,
        kind: if replied.is_some() { 19 } else { posting.kind },
        content: draft.content.clone().unwrap_or_default(),
        embeds: draft.embeds.clone().unwrap_or_default(),
        components: draft.components.clone().unwrap_or_default(),
        attachments,
        flags: draft.flags.unwrap_or(0) | posting.flags,
        at_ms: world.now_ms(),
        edited_ms: None,
        pinned: None,
        pings,
        nonce: draft.nonce.clone(),
        reference: replied.map(
            |(to, _)| json!({"type": 0, "channel_id": posting.channel, "message_id": to, "guild_id": world.guild.id}),
        ),
        reactions: Vec::new(),
        origin: posting.origin,
        only_for: posting.only_for,
        failure: false,
    };
    link_files(world, &mut message);
    push(world, message);
    id
}

/// Puts a finished message into its channel and announces it.
pub fn push(world: &mut World, message: Message) {
    let (id, at) = (message.id, message.channel);
    if let Some(channel) = world.channels.get_mut(&at) {
        if let Some(thread) = channel.thread.as_mut().filter(|_| message.only_for.is_none()) {
            thread.sent += 1;
        }
        channel.messages.push(message);
    }
    tell_message(world, "MESSAGE_CREATE", at, id);
}

/// Announces a message; ephemeral ones stay between the app and the person.
pub fn tell_message(world: &mut World, name: &str, channel: Snowflake, id: Snowflake) {
    world.touch();
    let Some(place) = world.channels.get(&channel) else { return };
    let Some(message) = place.messages.iter().find(|it| it.id == id) else { return };
    let hidden = permissions::in_channel(world, world.bot, place) & VIEW_CHANNEL == 0;
    if message.only_for.is_some() || hidden {
        return;
    }
    let direct = place.kind == ChannelKind::Direct;
    let data = json::message_event(world, message);
    let open = direct || message.author == world.bot || message.pings.users.contains(&world.bot);
    let without_content = (!open).then(|| {
        let mut bare = data.clone();
        bare["content"] = "".into();
        for list in ["embeds", "components", "attachments"] {
            bare[list] = json!([]);
        }
        bare
    });
    let intents = if direct { DIRECT_MESSAGES } else { GUILD_MESSAGES };
    world.hub.tell(Event { name: name.to_owned(), data, intents, without_content });
}

/// Removes a message and announces it.
pub fn remove_message(world: &mut World, channel: Snowflake, id: Snowflake) {
    let Some(place) = world.channels.get_mut(&channel) else { return };
    let ephemeral = place.messages.iter().any(|it| it.id == id && it.only_for.is_some());
    let direct = place.kind == ChannelKind::Direct;
    place.messages.retain(|it| it.id != id);
    if ephemeral {
        world.touch();
        return;
    }
    let mut data = json!({"id": id, "channel_id": channel});
    if !direct {
        data["guild_id"] = world.guild.id.to_string().into();
    }
    tell(world, "MESSAGE_DELETE", data, if direct { DIRECT_MESSAGES } else { GUILD_MESSAGES });
}

/// Changes a message as a draft says: what is not in the draft stays.
pub fn edit(
    world: &mut World,
    channel: Snowflake,
    id: Snowflake,
    draft: &Draft,
    uploads: &[Upload],
    interaction: bool,
) {
    let new = store(world, channel, draft, uploads);
    let now = world.now_ms();
    let bot = world.bot;
    let Some(message) = world.message_mut(channel, id) else { return };
    if let Some(content) = &draft.content {
        message.content.clone_from(content);
    }
    if let Some(embeds) = &draft.embeds {
        message.embeds.clone_from(embeds);
    }
    if let Some(components) = &draft.components {
        message.components.clone_from(components);
    }
    if let Some(kept) = &draft.attachments {
        message.attachments.retain(|file| kept.iter().any(|it| it.id == Some(file.id)));
        for (file, said) in message
            .attachments
            .iter_mut()
            .filter_map(|file| Some((kept.iter().find(|it| it.id == Some(file.id))?, file)))
            .map(|(a, b)| (b, a))
        {
            file.alt = said.alt.clone().or(file.alt.take());
        }
    }
    message.attachments.extend(new);
    if let Some(flags) = draft.flags {
        let fixed = json::EPHEMERAL | (message.flags & json::COMPONENTS_V2);
        message.flags = (message.flags & fixed) | (flags & !json::EPHEMERAL) | (message.flags & json::LOADING);
    }
    let thinking = message.flags & json::LOADING != 0;
    message.flags &= !json::LOADING;
    message.edited_ms = Some(now);
    let (kind, only_for) = (message.kind, message.only_for);
    let mut whole = message.clone();
    link_files(world, &mut whole);
    // An edit notifies nobody, but shows mentions by the same rules; an answer that was awaited counts as new.
    let posting = Posting { channel, author: bot, kind, flags: 0, origin: None, only_for };
    let shown =
        pings_of(world, &text_of(&whole.content, &whole.components), &draft.allowed, &posting, interaction, None);
    if let Some(message) = world.message_mut(channel, id) {
        *message = whole;
        if thinking {
            message.edited_ms = None;
            message.pings = shown;
        }
    }
    tell_message(world, "MESSAGE_UPDATE", channel, id);
}

/// Keeps uploaded bytes and returns how the message names them.
fn store(world: &mut World, channel: Snowflake, draft: &Draft, uploads: &[Upload]) -> Vec<Attachment> {
    let mut all = Vec::new();
    for upload in uploads {
        let id = world.ids.next();
        let said = draft.attachments.iter().flatten().find(|it| it.id == Some(Snowflake(upload.index)));
        let name = said.and_then(|it| it.name.clone()).unwrap_or_else(|| upload.name.clone());
        let (content_type, bytes) = (upload.content_type.clone(), upload.bytes.clone());
        let alt = said.and_then(|it| it.alt.clone());
        all.push(Attachment { id, name, size: bytes.len(), alt, content_type: content_type.clone() });
        world.files.insert(id, StoredFile { content_type, bytes, channel });
    }
    all
}

/// Turns `attachment://name` into the address the file is served at.
fn link_files(world: &World, message: &mut Message) {
    let urls: Vec<(String, String)> = message
        .attachments
        .iter()
        .map(|file| {
            let url =
                json::attachment(world, message.channel, file, false)["url"].as_str().unwrap_or_default().to_owned();
            (format!("attachment://{}", file.name), url)
        })
        .collect();
    for value in message.embeds.iter_mut().chain(&mut message.components) {
        replace(value, &urls);
    }
}

fn replace(value: &mut Value, urls: &[(String, String)]) {
    match value {
        Value::String(text) => {
            if let Some((_, url)) = urls.iter().find(|(name, _)| name == text) {
                text.clone_from(url);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|it| replace(it, urls)),
        Value::Object(map) => map.values_mut().for_each(|it| replace(it, urls)),
        _ => {}
    }
}

/// Everything in a message that can hold a mention which notifies: the content and text displays.
pub fn text_of(content: &str, components: &[Value]) -> String {
    let mut text = content.to_owned();
    let mut rest: Vec<&Value> = components.iter().rev().collect();
    while let Some(item) = rest.pop() {
        if item["type"] == 10 {
            text.push('\n');
            text.push_str(item["content"].as_str().unwrap_or_default());
        }
        rest.extend(item["components"].as_array().into_iter().flatten().rev());
    }
    text
}

fn pings(world: &World, draft: &Draft, posting: &Posting, replied: Option<Snowflake>) -> Pings {
    let text = text_of(draft.content.as_deref().unwrap_or_default(), draft.components.as_deref().unwrap_or_default());
    let interaction = posting.origin.is_some();
    pings_of(world, &text, &draft.allowed, posting, interaction, replied)
}

fn pings_of(
    world: &World,
    text: &str,
    allowed: &Allowed,
    posting: &Posting,
    interaction: bool,
    replied: Option<Snowflake>,
) -> Pings {
    let Some(channel) = world.channels.get(&posting.channel) else { return Pings::default() };
    let found = named(text);
    let may = permissions::in_channel(world, posting.author, channel) & MENTION_EVERYONE != 0;
    let mut users: Vec<Snowflake> =
        found.users.into_iter().filter(|id| world.members.contains_key(id) && allowed.user(*id)).collect();
    if let Some(author) = replied.filter(|author| allowed.replied && !users.contains(author)) {
        users.push(author);
    }
    let mentionable = |id: &Snowflake| world.role(*id).is_some_and(|role| role.mentionable || may || interaction);
    let roles = found.roles.into_iter().filter(|id| allowed.role(*id) && mentionable(id)).collect();
    let everyone = found.everyone && allowed.everyone && may && channel.kind != ChannelKind::Direct;
    Pings { users, roles, everyone }
}

/// The conversation between the bot and a person, made if there is none yet.
pub fn direct_channel(world: &mut World, with: Snowflake) -> Snowflake {
    if let Some(channel) = world.direct_channel(with) {
        return channel.id;
    }
    let id = world.ids.next();
    world.channels.insert(id, Channel { recipients: vec![with], ..new_channel(id, ChannelKind::Direct, "") });
    world.touch();
    id
}

/// An empty channel.
pub fn new_channel(id: Snowflake, kind: ChannelKind, name: &str) -> Channel {
    Channel {
        id,
        kind,
        name: name.into(),
        topic: None,
        parent: None,
        position: 0,
        nsfw: false,
        slow_seconds: 0,
        overwrites: Vec::new(),
        recipients: Vec::new(),
        thread: None,
        messages: Vec::new(),
        last_pin_ms: None,
    }
}
