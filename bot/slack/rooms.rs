//! Private channels: opened once, whatever the network does, with their members and nobody else. A channel
//! is recognised by a fingerprint of its key, in its name and in its purpose; one that anybody else made is
//! never taken over.

use serde_json::{Value, json};

use super::api::Api;
use super::effects::{Me, next_cursor};
use super::fault::{Fault, Why};
use super::text::{shorten, tame};
use crate::chat::{Attempt, ChannelRef, Room, UserRef};
use crate::recovery::{Way, took};

/// Longest name of a channel.
const NAME: usize = 80;
/// Channels Slack lets an app create in a minute.
pub(super) const PER_MINUTE: usize = 20;
/// Longest topic and purpose.
const TOPIC: usize = 250;
/// Most people invited at once.
const INVITES: usize = 100;
/// Names tried when somebody else has taken one.
const NAMES_TRIED: u64 = 3;
/// Pages of the bot's own conversations that are looked through, 999 each: more private channels than a
/// program of pairs will have in its lifetime.
const PAGES: usize = 10;
const PAGE: &str = "999";
/// Begins the mark in a channel's purpose.
const MARK: &str = "plsep:";

/// A conversation of ours, as Slack describes it.
struct Found {
    id: String,
    archived: bool,
    /// Carries the mark in its purpose.
    marked: bool,
    /// Has a topic.
    topical: bool,
}

/// Opens a room, or adopts the one that carries the key. It is complete when this returns.
pub async fn open(api: &Api, me: &Me, room: &Room, attempt: Attempt) -> Result<ChannelRef, Fault> {
    if attempt == Attempt::Again
        && let Some(found) = find(api, me, room).await?
    {
        took(Way::PlaceAdopted);
        return complete(api, me, room, found).await.map_err(Fault::unsettled);
    }
    for variant in 0..NAMES_TRIED {
        let body = json!({"name": name(room, variant), "is_private": true});
        match api.effect("conversations.create", None, &body).await {
            Ok(created) => {
                let id = created["channel"]["id"].as_str().map(str::to_owned);
                let id = id.ok_or(Fault::new("conversations.create", true, Why::Garbled))?;
                let found = Found { id, archived: false, marked: false, topical: false };
                return complete(api, me, room, found).await.map_err(Fault::unsettled);
            }
            // Slack does not say by whom: by us, in an attempt nobody remembers, or by somebody else.
            Err(fault) if fault.code() == Some("name_taken") => {
                if let Some(found) = find(api, me, room).await? {
                    took(Way::NameTaken);
                    return complete(api, me, room, found).await.map_err(Fault::unsettled);
                }
            }
            Err(fault) => return Err(fault),
        }
    }
    Err(Fault::new("conversations.create", false, coded("name_taken")))
}

/// Lets somebody in; fine if the person is in already.
pub async fn admit(api: &Api, channel: &ChannelRef, user: &UserRef) -> Result<(), Fault> {
    let body = json!({"channel": channel.0, "users": user.0});
    match api.effect("conversations.invite", None, &body).await {
        Err(fault) if is_in_already(&fault) => Ok(()),
        Err(fault) if fault.code() == Some("cant_invite") && is_gone(api, user).await => {
            Err(Fault { why: coded("user_disabled"), ..fault })
        }
        done => done.map(|_| ()),
    }
}

/// Takes somebody out of a channel; fine if they are not in it, or have left the workspace.
pub async fn dismiss(api: &Api, channel: &ChannelRef, user: &UserRef) -> Result<(), Fault> {
    let body = json!({"channel": channel.0, "user": user.0});
    match api.effect("conversations.kick", None, &body).await {
        Err(fault) if matches!(fault.code(), Some("not_in_channel" | "user_not_found")) => Ok(()),
        // Slack's "ok" to this has an object for `errors`, where the crate knows lists only: it is looked what came of it.
        Err(fault) if matches!(fault.why, Why::Garbled) => match members(api, &channel.0).await {
            Ok(members) if !members.contains(&user.0) => Ok(()),
            _ => Err(fault),
        },
        done => done.map(|_| ()),
    }
}

/// Slack says "cannot be invited" of people who have left as well as of people who must not come in.
async fn is_gone(api: &Api, user: &UserRef) -> bool {
    match api.read("users.info", &[("user", &user.0)]).await {
        Ok(answer) => answer["user"]["deleted"] == true,
        Err(fault) => fault.code() == Some("user_not_found"),
    }
}

/// Archives a channel; fine if it is archived already. It keeps its name: the fingerprint makes it one that
/// nothing else will ever want, so there is no need to rename it out of the way (Slack keeps archived names
/// taken).
pub async fn archive(api: &Api, channel: &ChannelRef) -> Result<(), Fault> {
    match api.effect("conversations.archive", None, &json!({"channel": channel.0})).await {
        Err(fault) if fault.code() == Some("already_archived") => Ok(()),
        done => done.map(|_| ()),
    }
}

/// Gives the channel its topic, mark and members, as far as they are missing.
async fn complete(api: &Api, me: &Me, room: &Room, found: Found) -> Result<ChannelRef, Fault> {
    if found.archived {
        return Err(Fault::new("conversations.create", false, coded("is_archived")));
    }
    let channel = found.id.as_str();
    let mut missing: Vec<&str> = room.members.iter().map(|user| user.0.as_str()).collect();
    if found.marked {
        let present = members(api, channel).await?;
        missing.retain(|user| !present.iter().any(|known| known == user));
        if !missing.is_empty() {
            took(Way::PlaceMended);
        }
    } else {
        // The mark comes first: whoever dies after this line leaves a channel that will be found.
        let purpose = json!({"channel": channel, "purpose": purpose(room)});
        api.effect("conversations.setPurpose", None, &purpose).await?;
    }
    if !found.topical {
        let topic = json!({"channel": channel, "topic": shorten(&tame(&room.topic), TOPIC)});
        api.effect("conversations.setTopic", None, &topic).await?;
    }
    missing.retain(|user| *user != me.user);
    for people in missing.chunks(INVITES) {
        invite(api, channel, people).await?;
    }
    Ok(ChannelRef(found.id))
}

/// Invites all in one call; when Slack refuses because of one of them, each by itself, so that it is known
/// of whom and why.
async fn invite(api: &Api, channel: &str, people: &[&str]) -> Result<(), Fault> {
    let body = json!({"channel": channel, "users": people.join(",")});
    match api.effect("conversations.invite", None, &body).await {
        Err(fault) if is_in_already(&fault) || fault.code() == Some("cant_invite") => {}
        done => return done.map(|_| ()),
    }
    for person in people {
        admit(api, &ChannelRef(channel.to_owned()), &UserRef((*person).to_owned())).await?;
    }
    Ok(())
}

fn is_in_already(fault: &Fault) -> bool {
    let words = fault.code().into_iter().chain(fault.people().iter().map(String::as_str));
    words.into_iter().any(|word| word == "already_in_channel" || word == "cant_invite_self")
}

async fn members(api: &Api, channel: &str) -> Result<Vec<String>, Fault> {
    let answer = api.read("conversations.members", &[("channel", channel), ("limit", PAGE)]).await;
    let answer = answer.map_err(Fault::unsettled)?;
    let members = answer["members"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(members.iter().filter_map(|user| user.as_str().map(str::to_owned)).collect())
}

/// The channel of this room among the bot's own private conversations.
async fn find(api: &Api, me: &Me, room: &Room) -> Result<Option<Found>, Fault> {
    let mark = mark(&room.key);
    let names: Vec<String> = (0..NAMES_TRIED).map(|variant| name(room, variant)).collect();
    let mut cursor = String::new();
    for _ in 0..PAGES {
        let arguments = [("types", "private_channel"), ("limit", PAGE), ("cursor", cursor.as_str())];
        let given = if cursor.is_empty() { &arguments[..2] } else { &arguments[..] };
        let page = api.read("users.conversations", given).await.map_err(Fault::unsettled)?;
        let channels = page["channels"].as_array().map(Vec::as_slice).unwrap_or_default();
        if let Some(found) = channels.iter().find_map(|channel| ours(channel, me, &names, &mark)) {
            return Ok(Some(found));
        }
        cursor = next_cursor(&page);
        if cursor.is_empty() {
            break;
        }
    }
    Ok(None)
}

/// Ours is what the bot itself created and marked; or created under the very name, but died before marking.
fn ours(channel: &Value, me: &Me, names: &[String], mark: &str) -> Option<Found> {
    if channel["creator"] != me.user.as_str() {
        return None;
    }
    let purpose = channel["purpose"]["value"].as_str().unwrap_or_default();
    let marked = purpose.split_whitespace().any(|word| word == mark);
    let named = channel["name"].as_str().is_some_and(|name| names.iter().any(|known| known == name));
    if !(marked || (named && purpose.is_empty())) {
        return None;
    }
    let topical = channel["topic"]["value"].as_str().is_some_and(|topic| !topic.is_empty());
    Some(Found { id: channel["id"].as_str()?.to_owned(), archived: channel["is_archived"] == true, marked, topical })
}

/// The name Slack takes, the same for every attempt: what was wished for, as far as Slack's letters go, and a
/// few characters of the fingerprint.
fn name(room: &Room, variant: u64) -> String {
    let mut name = String::new();
    for letter in room.name.chars().flat_map(char::to_lowercase) {
        match plain_letter(letter) {
            Some(letter) => name.push(letter),
            None if name.ends_with('-') || name.is_empty() => {}
            None => name.push('-'),
        }
    }
    let print = format!("{:016x}", fingerprint(&room.key).wrapping_add(variant));
    let short = &print[8..];
    name.truncate(NAME - short.len() - 1);
    let name = name.trim_end_matches(['-', '_']);
    if name.is_empty() { format!("room-{short}") } else { format!("{name}-{short}") }
}

/// Slack's own letters; accents of the languages our members write go, other signs become hyphens.
fn plain_letter(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' | '_' => letter,
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => return None,
    })
}

fn purpose(room: &Room) -> String {
    let mark = mark(&room.key);
    let words = shorten(&tame(&room.topic), TOPIC - mark.len() - 1);
    format!("{words} {mark}").trim().to_owned()
}

fn mark(key: &str) -> String {
    format!("{MARK}{:016x}", fingerprint(key))
}

/// FNV-1a: the same on every machine and in every version, which `Hash` does not promise. It need not resist
/// anybody: what carries it is adopted only if the bot itself made it.
fn fingerprint(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn coded(code: &str) -> Why {
    Why::Code { code: code.to_owned(), people: vec![] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(key: &str, name: &str) -> Room {
        Room { key: key.into(), name: name.into(), topic: "Ana and Grace".into(), members: vec![] }
    }

    #[test]
    fn names_are_legal_deterministic_and_told_apart() {
        assert_eq!(name(&room("intro:1", "pair-ana-grace"), 0), "pair-ana-grace-d54303c0");
        assert_eq!(name(&room("intro:1", "¡Ána & Núñez!"), 0), "ana-nunez-d54303c0");
        assert_eq!(name(&room("intro:1", "对"), 0), "room-d54303c0");
        let long = name(&room("intro:1", &"long-".repeat(40)), 0);
        assert!(long.len() <= NAME && !long.contains("--"), "{long}");
        assert_ne!(name(&room("intro:1", "a"), 0), name(&room("intro:2", "a"), 0));
        assert_ne!(name(&room("intro:1", "a"), 0), name(&room("intro:1", "a"), 1));
    }

    #[test]
    fn the_purpose_always_carries_the_mark() {
        let long = Room { topic: "t".repeat(400), ..room("intro:1", "a") };
        let purpose = purpose(&long);
        assert!(purpose.chars().count() <= TOPIC && purpose.ends_with(&mark("intro:1")));
    }

    #[test]
    fn only_what_the_bot_made_for_this_key_is_adopted() {
        let me = Me { user: "UBOT".into(), bot: None };
        let names = ["a-1".to_owned()];
        let channel = |creator: &str, name: &str, purpose: &str| json!({"id": "C1", "creator": creator, "name": name, "purpose": {"value": purpose}});
        let mark = mark("intro:1");
        assert!(ours(&channel("UBOT", "renamed", &format!("Pair {mark}")), &me, &names, &mark).is_some());
        assert!(ours(&channel("UBOT", "a-1", ""), &me, &names, &mark).is_some());
        assert!(ours(&channel("UBOT", "a-1", "something else"), &me, &names, &mark).is_none());
        assert!(ours(&channel("UMAL", "a-1", &mark), &me, &names, &mark).is_none());
        assert!(ours(&channel("UBOT", "b-2", ""), &me, &names, &mark).is_none());
    }
}
