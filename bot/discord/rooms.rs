//! Private channels for a few people and the bot: opened complete, found again by the fingerprint in their
//! topic, and closed for writing without losing a word. Nobody outside is ever let in.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, GuildId, TargetId, UserId};

use super::error::Failure;
use super::mark::fingerprint;
use super::posts::{channel_id, refused, snowflake};
use super::rest::{Call, Rest};
use super::{right, threads};
use crate::chat::{Attempt, ChannelRef, ChatError, GroupRef, Impossible, Room, UserRef};
use crate::recovery::{Way, took};

/// Rooms that are opened in a minute. Discord publishes no figure; each takes about five requests, two of them writes,
/// and this is what their usual limits leave with room to spare.
pub(super) const PER_MINUTE: usize = 30;
/// Where the rooms stand; a number follows where one category is full.
const CATEGORY: &str = "Mentorship pairs";
/// Channels Discord takes in one category.
const IN_CATEGORY: usize = 50;
/// Channels Discord takes in a server, categories counted and threads not.
const IN_SERVER: usize = 500;
/// Discord's code for a server that has as many.
const SERVER_FULL: u64 = 30013;
/// What Discord says of a category that has filled up meanwhile.
const CATEGORY_FULL: &str = "CHANNEL_PARENT_MAX_CHANNELS";
/// Longest name of a channel.
const NAME: usize = 100;
/// Longest topic of a channel.
const TOPIC: usize = 1024;
/// Stands before the name of a closed room.
const CLOSED: &str = "archived-";
pub(super) const TEXT_CHANNEL: u8 = 0;
const CATEGORY_CHANNEL: u8 = 4;
const ROLE: u8 = 0;
const PERSON: u8 = 1;

/// What rooms need to know besides requests.
pub(super) struct Rooms {
    bot: u64,
    /// Opening takes several steps; one at a time keeps a category from being made twice or filled over.
    opening: tokio::sync::Mutex<()>,
    /// The bot's own rights by server; overwrites may hold no others. Forgotten when Discord refuses one.
    rights: Mutex<HashMap<GuildId, u64>>,
}

impl Rooms {
    /// Rooms kept by `bot`.
    pub fn new(bot: u64) -> Self {
        Self { bot, opening: tokio::sync::Mutex::default(), rights: Mutex::default() }
    }

    /// Opens `room`, or finds and mends it. Where the server is full it is a private thread.
    ///
    /// # Errors
    /// See [`ChatError`].
    pub async fn open(
        &self,
        rest: &Rest,
        guild: GuildId,
        room: &Room,
        attempt: Attempt,
    ) -> Result<ChannelRef, ChatError> {
        let members = room.members.iter().map(user_id).collect::<Result<Vec<_>, _>>()?;
        let _one_at_a_time = self.opening.lock().await;
        let rights = self.rights(rest, guild).await.map_err(|it| it.chat())?;
        let overwrites = overwrites(guild, self.bot, &members, rights);
        let mut channels = channels(rest, guild).await.map_err(|it| it.chat())?;
        if attempt == Attempt::Again {
            if let Some(found) = channels.iter().find(|channel| carries(channel, &room.key)) {
                took(Way::PlaceAdopted);
                return self.mend(rest, guild, found, &overwrites).await;
            }
            if let Some(found) = self.thread(rest, guild, &channels, &room.key).await? {
                took(Way::PlaceAdopted);
                let asleep = found["thread_metadata"]["archived"] == true;
                let thread = ChannelRef(found["id"].as_str().unwrap_or_default().to_owned());
                return threads::complete(rest, &thread, &members, asleep).await;
            }
        }
        if attempt == Attempt::Again {
            took(Way::DoneAnew);
        }
        for member in &members {
            present(rest, guild, *member).await.map_err(|it| it.chat())?;
        }
        // Somebody else may fill the category, or the server, between the look and the deed; once is enough to see.
        for last in [false, true] {
            if !has_room(&channels) {
                break;
            }
            match self.channel(rest, guild, room, &channels, &overwrites).await {
                Err(Failure::Refused { code: SERVER_FULL, .. }) => break,
                Err(Failure::Refused { said, .. }) if !last && said.contains(CATEGORY_FULL) => {
                    channels = self::channels(rest, guild).await.map_err(|it| it.chat())?;
                }
                opened => return opened.map_err(|failure| self.learn(guild, &failure)),
            }
        }
        threads::allowed(rights).inspect_err(|_| self.forget(guild))?;
        let parent = match threads::parent(&channels) {
            Some(parent) => parent,
            None => match threads::make_parent(rest, guild, self.bot, rights).await {
                Err(Failure::Refused { code: SERVER_FULL, .. }) => {
                    return Err(threads::full(
                        "not even one is left for private threads: delete one that nobody needs",
                    ));
                }
                made => made.map_err(|failure| self.learn(guild, &failure))?,
            },
        };
        threads::open(rest, parent, room, &members).await
    }

    async fn channel(
        &self,
        rest: &Rest,
        guild: GuildId,
        room: &Room,
        channels: &[Value],
        overwrites: &[Value],
    ) -> Result<ChannelRef, Failure> {
        let parent = category(rest, guild, channels).await?;
        let body = json!({
            "type": TEXT_CHANNEL, "name": legal_name(&room.name), "topic": topic(&room.topic, &room.key),
            "parent_id": parent, "permission_overwrites": overwrites,
        });
        let call =
            Call::write("open a private channel", LightMethod::Post, Route::GuildChannels { guild_id: guild }, body);
        let made = rest.send(call).await?;
        let id = made["id"].as_str().ok_or_else(|| Failure::unreadable("open a private channel", true))?;
        Ok(ChannelRef(id.to_owned()))
    }

    /// The thread of this key, if there are threads at all.
    async fn thread(
        &self,
        rest: &Rest,
        guild: GuildId,
        channels: &[Value],
        key: &str,
    ) -> Result<Option<Value>, ChatError> {
        let Some(parent) = threads::parent(channels) else { return Ok(None) };
        threads::find(rest, guild, parent, self.bot, key).await.map_err(|failure| self.learn(guild, &failure))
    }

    /// Gives a room that is there already the overwrites it should have.
    async fn mend(
        &self,
        rest: &Rest,
        guild: GuildId,
        found: &Value,
        wanted: &[Value],
    ) -> Result<ChannelRef, ChatError> {
        let channel = ChannelRef(found["id"].as_str().unwrap_or_default().to_owned());
        let standing = found["permission_overwrites"].as_array().map(Vec::as_slice).unwrap_or_default();
        let complete = standing.len() == wanted.len()
            && wanted.iter().all(|wanted| standing.iter().any(|it| same_overwrite(it, wanted)));
        if !complete {
            took(Way::PlaceMended);
            let route = Route::Channel { channel_id: channel_id(&channel)? };
            let body = json!({"permission_overwrites": wanted});
            let call = Call::write("mend a private channel", LightMethod::Patch, route, body);
            rest.send(call).await.map_err(|failure| self.learn(guild, &failure))?;
        }
        Ok(channel)
    }

    /// Lets somebody in.
    ///
    /// # Errors
    /// See [`ChatError`].
    pub async fn admit(
        &self,
        rest: &Rest,
        guild: GuildId,
        channel: &ChannelRef,
        user: &UserRef,
    ) -> Result<(), ChatError> {
        let (channel_id, user) = (channel_id(channel)?, user_id(user)?);
        present(rest, guild, user).await.map_err(|it| it.chat())?;
        let now = read_channel(rest, channel_id).await.map_err(|it| it.chat())?;
        if now["type"] == threads::PRIVATE_THREAD {
            let asleep = now["thread_metadata"]["archived"] == true;
            return threads::complete(rest, channel, &[user], asleep).await.map(drop);
        }
        let rights = self.rights(rest, guild).await.map_err(|it| it.chat())?;
        let body = json!({"type": PERSON, "allow": (right::MEMBER & rights).to_string(), "deny": "0"});
        let route = Route::ChannelPermission { channel_id, target_id: TargetId::new(user.get()) };
        let call = Call::write("let somebody into a private channel", LightMethod::Put, route, body);
        rest.send(call).await.map(drop).map_err(|failure| self.learn(guild, &failure))
    }

    /// Closes a room for writing, in one request: Discord takes two changes of a name in ten minutes.
    ///
    /// # Errors
    /// See [`ChatError`].
    pub async fn archive(&self, rest: &Rest, guild: GuildId, channel: &ChannelRef) -> Result<(), ChatError> {
        let channel_id = channel_id(channel)?;
        let now = read_channel(rest, channel_id).await.map_err(|it| it.chat())?;
        if now["type"] == threads::PRIVATE_THREAD {
            return threads::close(rest, channel_id, &now).await.map_err(|failure| self.learn(guild, &failure));
        }
        let name = now["name"].as_str().unwrap_or_default();
        let standing = now["permission_overwrites"].as_array().map(Vec::as_slice).unwrap_or_default();
        let closed: Vec<Value> = standing.iter().map(|it| closed_overwrite(it, self.bot)).collect();
        let already =
            name.starts_with(CLOSED) && standing.iter().zip(&closed).all(|(now, then)| same_overwrite(now, then));
        if already {
            return Ok(());
        }
        let name = if name.starts_with(CLOSED) { name.to_owned() } else { legal_name(&format!("{CLOSED}{name}")) };
        let body = json!({"name": name, "permission_overwrites": closed});
        let call = Call::write("close a private channel", LightMethod::Patch, Route::Channel { channel_id }, body);
        rest.send(call).await.map(drop).map_err(|failure| self.learn(guild, &failure))
    }

    /// The bot's rights in the whole server.
    async fn rights(&self, rest: &Rest, guild: GuildId) -> Result<u64, Failure> {
        if let Some(known) = self.rights.lock().unwrap_or_else(PoisonError::into_inner).get(&guild) {
            return Ok(*known);
        }
        let user_id = UserId::new(self.bot);
        let me = rest.send(Call::get("read the bot's roles", Route::GuildMember { guild_id: guild, user_id })).await?;
        let roles = rest.send(Call::get("read the roles", Route::GuildRoles { guild_id: guild })).await?;
        let rights = sum_of_rights(&me, &roles, guild);
        self.rights.lock().unwrap_or_else(PoisonError::into_inner).insert(guild, rights);
        Ok(rights)
    }

    /// A refusal may mean that the bot's roles have changed: they are read again next time.
    fn learn(&self, guild: GuildId, failure: &Failure) -> ChatError {
        if matches!(failure, Failure::Refused { .. }) {
            self.forget(guild);
        }
        failure.chat()
    }

    fn forget(&self, guild: GuildId) {
        self.rights.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }
}

fn sum_of_rights(me: &Value, roles: &Value, guild: GuildId) -> u64 {
    let everyone = guild.get().to_string();
    let mine: Vec<&str> = me["roles"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let held = roles.as_array().into_iter().flatten().filter(|role| {
        let id = role["id"].as_str().unwrap_or_default();
        id == everyone || mine.contains(&id)
    });
    let sum = held.fold(0, |sum, role| sum | bits(&role["permissions"]));
    if sum & right::ADMINISTRATOR == 0 { sum } else { u64::MAX }
}

fn bits(value: &Value) -> u64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Who sees the room: nobody, but the bot and its members. Only rights that the bot holds may be named.
fn overwrites(guild: GuildId, bot: u64, members: &[UserId], rights: u64) -> Vec<Value> {
    let everyone = overwrite_of_everyone(guild, 0, right::VIEW_CHANNEL);
    let members = members.iter().map(|member| overwrite_of_person(member.get(), right::MEMBER & rights));
    [everyone, overwrite_of_person(bot, right::BOT & rights)].into_iter().chain(members).collect()
}

pub(super) fn overwrite_of_everyone(guild: GuildId, allow: u64, deny: u64) -> Value {
    json!({"id": guild.get().to_string(), "type": ROLE, "allow": allow.to_string(), "deny": deny.to_string()})
}

pub(super) fn overwrite_of_person(id: u64, allow: u64) -> Value {
    json!({"id": id.to_string(), "type": PERSON, "allow": allow.to_string(), "deny": "0"})
}

/// Whether the server takes one more channel of ours, and the category it may need. The last place is kept for the
/// channel below which threads are: without it there would be no way on.
fn has_room(channels: &[Value]) -> bool {
    let category = usize::from(category_with_room(channels).is_err());
    let for_threads = usize::from(threads::parent(channels).is_none());
    channels.len() + category + for_threads < IN_SERVER
}

/// About how many more rooms fit a server with so many channels, with the categories they need.
pub(super) fn room_for(channels: usize, threads_have_parent: bool) -> usize {
    let free = IN_SERVER.saturating_sub(channels + usize::from(!threads_have_parent));
    free - free.div_ceil(IN_CATEGORY + 1)
}

/// The same failure where nothing is doubtful about trying again, because a thing made twice is found the next time.
pub(super) fn settled(failure: Failure) -> Failure {
    match failure {
        Failure::Broken { what, .. } => Failure::Broken { what, ambiguous: false },
        other => other,
    }
}

fn same_overwrite(one: &Value, other: &Value) -> bool {
    one["id"] == other["id"]
        && bits(&one["allow"]) == bits(&other["allow"])
        && bits(&one["deny"]) == bits(&other["deny"])
}

/// The same overwrite, reading only. The bot's own stays: it may have to say something later.
fn closed_overwrite(now: &Value, bot: u64) -> Value {
    if now["id"] == bot.to_string().as_str() {
        return now.clone();
    }
    let (allow, deny) = (bits(&now["allow"]) & !right::SEND_MESSAGES, bits(&now["deny"]) | right::SEND_MESSAGES);
    json!({"id": now["id"], "type": now["type"], "allow": allow.to_string(), "deny": deny.to_string()})
}

async fn read_channel(rest: &Rest, channel_id: ChannelId) -> Result<Value, Failure> {
    rest.send(Call::get("read a channel", Route::Channel { channel_id })).await
}

/// The channels, and the threads at work, that carry the mark of this key.
pub(super) async fn with_mark(rest: &Rest, guild: GuildId, bot: u64, key: &str) -> Result<Vec<ChannelId>, Failure> {
    let all = channels(rest, guild).await?;
    let marked = all.iter().filter(|channel| carries(channel, key));
    let mut found: Vec<ChannelId> =
        marked.filter_map(|channel| channel["id"].as_str().and_then(snowflake).map(ChannelId::new)).collect();
    if let Some(parent) = threads::parent(&all) {
        found.extend(threads::at_work(rest, guild, parent, bot, key).await?);
    }
    Ok(found)
}

async fn channels(rest: &Rest, guild_id: GuildId) -> Result<Vec<Value>, Failure> {
    match rest.send(Call::get("list the channels", Route::GuildChannels { guild_id })).await? {
        Value::Array(channels) => Ok(channels),
        _ => Err(Failure::unreadable("list the channels", false)),
    }
}

/// Fails if the person is not in the server.
async fn present(rest: &Rest, guild_id: GuildId, user_id: UserId) -> Result<(), Failure> {
    rest.send(Call::get("look for a member", Route::GuildMember { guild_id, user_id })).await.map(drop)
}

/// Takes somebody out of a room; fine if the person is not in it.
///
/// # Errors
/// See [`ChatError`].
pub async fn dismiss(rest: &Rest, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
    let (channel_id, user) = (channel_id(channel)?, user_id(user)?);
    let now = read_channel(rest, channel_id).await.map_err(|it| it.chat())?;
    if now["type"] == threads::PRIVATE_THREAD {
        let asleep = now["thread_metadata"]["archived"] == true;
        return threads::dismiss(rest, channel_id, user, asleep).await.map_err(|it| it.chat());
    }
    let id = user.to_string();
    let rights = now["permission_overwrites"].as_array();
    if !rights.into_iter().flatten().any(|right| right["id"] == id.as_str()) {
        return Ok(());
    }
    let route = Route::ChannelPermission { channel_id, target_id: TargetId::new(user.get()) };
    let call = Call::delete("take somebody out of a private channel", route);
    rest.send(call).await.map(drop).map_err(|it| it.chat())
}

/// The roles that somebody has; none of somebody who is not here any more.
///
/// # Errors
/// See [`ChatError`].
pub async fn roles(rest: &Rest, guild_id: GuildId, user: &UserRef) -> Result<Vec<GroupRef>, ChatError> {
    let route = Route::GuildMember { guild_id, user_id: user_id(user)? };
    match rest.send(Call::get("look which roles somebody has", route)).await.map_err(|it| it.chat()) {
        Ok(member) => {
            let roles = member["roles"].as_array().into_iter().flatten();
            Ok(roles.filter_map(Value::as_str).map(|role| GroupRef(role.to_owned())).collect())
        }
        Err(ChatError::Never { why: Impossible::PersonGone, .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// A category of ours with room in it, or the name of the one to make.
fn category_with_room(channels: &[Value]) -> Result<String, String> {
    let names = (1..).map(|number| if number == 1 { CATEGORY.to_owned() } else { format!("{CATEGORY} {number}") });
    let mut wanted = CATEGORY.to_owned();
    for name in names {
        let found = channels.iter().find(|it| it["type"] == CATEGORY_CHANNEL && it["name"] == name.as_str());
        wanted = name;
        let Some(found) = found else { break };
        if channels.iter().filter(|it| it["parent_id"] == found["id"]).count() < IN_CATEGORY {
            return Ok(found["id"].as_str().unwrap_or_default().to_owned());
        }
    }
    Err(wanted)
}

/// A category of ours with room in it, made if there is none.
async fn category(rest: &Rest, guild_id: GuildId, channels: &[Value]) -> Result<String, Failure> {
    let wanted = match category_with_room(channels) {
        Ok(found) => return Ok(found),
        Err(wanted) => wanted,
    };
    let body = json!({"type": CATEGORY_CHANNEL, "name": wanted});
    let call = Call::write("make a category", LightMethod::Post, Route::GuildChannels { guild_id }, body);
    let made = rest.send(call).await.map_err(settled)?;
    made["id"].as_str().map(str::to_owned).ok_or_else(|| Failure::unreadable("make a category", false))
}

/// Lower-case letters, digits and single hyphens.
pub(super) fn legal_name(wanted: &str) -> String {
    let mut name = String::new();
    for character in wanted.to_lowercase().chars().take(NAME) {
        match character {
            character if character.is_alphanumeric() || character == '_' => name.push(character),
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "mentorship".to_owned() } else { name.to_owned() }
}

pub(super) fn topic(words: &str, key: &str) -> String {
    let tail = format!(" · ref {}", fingerprint(key));
    let room = TOPIC - tail.chars().count();
    let words: String = super::escape::legible(words).replace('\n', " ").chars().take(room).collect();
    format!("{}{tail}", words.trim_end())
}

pub(super) fn carries(channel: &Value, key: &str) -> bool {
    channel["topic"].as_str().is_some_and(|topic| ends_with_mark(topic, key))
}

pub(super) fn ends_with_mark(topic: &str, key: &str) -> bool {
    topic.ends_with(&format!(" · ref {}", fingerprint(key)))
}

fn user_id(user: &UserRef) -> Result<UserId, ChatError> {
    snowflake(&user.0).map(UserId::new).ok_or_else(|| refused("the person has no id of Discord"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_a_legal_one() {
        let table = [
            ("pair-ana-grace", "pair-ana-grace"),
            ("Pair: Ana María & Józef!", "pair-ana-maría-józef"),
            ("--- ", "mentorship"),
        ];
        for (wanted, legal) in table {
            assert_eq!(legal_name(wanted), legal);
        }
        assert!(legal_name(&"ü".repeat(300)).chars().count() <= NAME);
    }

    #[test]
    fn the_topic_keeps_its_fingerprint_however_long_it_is() {
        let topic = topic(&"long ".repeat(400), "intro:7");
        assert!(topic.chars().count() <= TOPIC);
        assert!(carries(&json!({"topic": topic}), "intro:7"));
        assert!(!carries(&json!({"topic": topic}), "intro:8"));
    }

    #[test]
    fn the_bot_names_only_rights_it_holds() {
        let guild = GuildId::new(9);
        let roles = json!([{"id": "9", "permissions": "1024"}, {"id": "5", "permissions": "2048"}, {"id": "6", "permissions": "8"}]);
        let rights = sum_of_rights(&json!({"roles": ["5"]}), &roles, guild);
        assert_eq!(rights, 1024 | 2048);
        assert_eq!(overwrites(guild, 3, &[UserId::new(4)], rights)[2]["allow"], "3072");
        assert_eq!(sum_of_rights(&json!({"roles": ["6"]}), &roles, guild), u64::MAX);
    }

    #[test]
    fn rooms_need_categories_and_threads_a_channel_above_them() {
        for (channels, has_parent, rooms) in
            [(1, false, 488), (448, false, 50), (498, false, 0), (498, true, 1), (500, true, 0)]
        {
            assert_eq!(room_for(channels, has_parent), rooms, "{channels}");
        }
    }

    #[test]
    fn closing_takes_writing_and_leaves_reading() {
        let open = json!({"id": "4", "type": 1, "allow": "3072", "deny": "0"});
        assert_eq!(closed_overwrite(&open, 3), json!({"id": "4", "type": 1, "allow": "1024", "deny": "2048"}));
        assert_eq!(closed_overwrite(&open, 4), open);
    }
}
