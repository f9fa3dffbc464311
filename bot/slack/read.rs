//! Reads what Slack sends over a socket into what a person did. It works on the raw JSON, because the
//! crate's models lose values; it decides nothing and asks nobody.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;

use super::form::Origin;
use super::render::action_of;
use super::text::unescape;
use crate::chat::{ActionId, ChannelRef, Group, GroupRef, Invocation, Mentioned, UserRef, What};

/// Begins the mention of a user group.
const GROUP: &str = "!subteam^";

/// What an envelope holds.
#[derive(Debug)]
pub enum Content {
    /// Somebody did something.
    Deed(Box<Deed>),
    /// Slack tells about a person.
    Profile {
        /// The same for every delivery.
        key: String,
        /// The person as Slack describes people.
        user: Value,
        /// The person has just joined.
        joined: bool,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// A conversation was deleted or archived, or the bot was taken out of it.
    PlaceGone {
        /// The same for every delivery.
        key: String,
        /// Which.
        place: ChannelRef,
    },
    /// Nothing of interest.
    Nothing,
}

/// Something a person did.
#[derive(Debug)]
pub struct Deed {
    /// The same for every delivery.
    pub key: String,
    /// Slack's id of the person.
    pub user: String,
    /// The name that came with it; may be empty.
    pub name: String,
    /// When, if Slack tells.
    pub at: Option<DateTime<Utc>>,
    /// In which conversation.
    pub place: Option<ChannelRef>,
    /// What.
    pub what: What,
    /// Slack's id of the file that a form was sent with.
    pub file: Option<String>,
    /// Where an answer can go.
    pub source: Source,
}

/// Where an answer can go.
#[derive(Clone, Debug)]
pub struct Source {
    /// Slack's permission to open a modal, for three seconds.
    pub trigger: Option<String>,
    /// What the person used.
    pub kind: Kind,
}

impl Source {
    /// Whether it stands in the home tab, or in a modal that was opened there.
    pub fn in_home(&self) -> bool {
        match &self.kind {
            Kind::HomeControl => true,
            Kind::Modal(view) | Kind::Form(view) => view.origin.home,
            Kind::Slash { .. } | Kind::Message(_) | Kind::HomeOpened => false,
        }
    }
}

/// What a person used.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A slash command.
    Slash {
        /// Takes answers that only the person sees.
        response_url: String,
    },
    /// A control of a message.
    Message(Origin),
    /// A control of the home tab.
    HomeControl,
    /// The home tab itself.
    HomeOpened,
    /// A control of a modal.
    Modal(View),
    /// The send button of a modal.
    Form(View),
}

/// A modal on somebody's screen.
#[derive(Clone, Debug)]
pub struct View {
    /// Slack's id.
    pub id: String,
    /// Slack's mark of what it showed when the person acted.
    pub hash: Option<String>,
    /// Its title.
    pub title: String,
    /// The message it was opened from.
    pub origin: Origin,
}

/// Reads an envelope.
pub fn content(envelope: &Value) -> Content {
    let payload = &envelope["payload"];
    match (envelope["type"].as_str(), payload["type"].as_str()) {
        (Some("slash_commands"), _) => slash(envelope),
        (Some("interactive"), Some("block_actions")) => block_actions(envelope),
        (Some("interactive"), Some("view_submission")) => submission(envelope),
        (Some("events_api"), _) => event(payload),
        _ => None,
    }
    .unwrap_or(Content::Nothing)
}

/// What stays the same when Slack delivers once more: the permission made for this very interaction; only
/// where that is missing, the envelope.
fn key(kind: &str, envelope: &Value) -> String {
    let trigger = envelope["payload"]["trigger_id"].as_str().filter(|id| !id.is_empty());
    let id = trigger.or(envelope["envelope_id"].as_str()).unwrap_or_default();
    format!("{kind}:{id}")
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn slash(envelope: &Value) -> Option<Content> {
    let payload = &envelope["payload"];
    let root = payload["command"].as_str()?.trim_start_matches('/').to_owned();
    let line = readable(payload["text"].as_str().unwrap_or_default());
    let what = match Invocation::typed(&root, &line, mention) {
        Ok(invocation) => What::Command(invocation),
        Err(_) => What::Unclear { root, text: line },
    };
    let response_url = payload["response_url"].as_str()?.to_owned();
    Some(Content::Deed(Box::new(Deed {
        key: key("slash", envelope),
        user: text(&payload["user_id"])?,
        name: text(&payload["user_name"]).unwrap_or_default(),
        at: None,
        place: text(&payload["channel_id"]).map(ChannelRef),
        what,
        file: None,
        source: Source { trigger: text(&payload["trigger_id"]), kind: Kind::Slash { response_url } },
    })))
}

/// `<@U123>` -> the person, `<!subteam^S123>` -> the user group, called by its id until its name is known.
fn mention(word: &str) -> Option<Mentioned> {
    let inside = word.strip_prefix('<')?.strip_suffix('>')?;
    let id = |prefix: &str, letters: &[char]| {
        let id = inside.strip_prefix(prefix)?;
        let valid = id.starts_with(letters) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        valid.then(|| id.to_owned())
    };
    let person = id("@", &['U', 'W']).map(|id| Mentioned::Person(UserRef(id)));
    let group = || id(GROUP, &['S']).map(|id| Mentioned::Group(Group { at: GroupRef(id.clone()), name: id }));
    person.or_else(group)
}

/// What was typed, with Slack's escapes undone: `<@U1|ana maría>` -> `<@U1>` (a name may hold spaces; so may a group's),
/// `<#C1|general>` -> `#general`, `<https://a.example|a>` -> the address.
fn readable(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else { break };
        out.push_str(&unescape(&rest[..start]));
        let inside = &rest[start + 1..start + length];
        let (target, label) = inside.split_once('|').unwrap_or((inside, ""));
        match target.chars().next() {
            Some('@') => out.push_str(&format!("<{target}>")),
            Some('#') => out.push_str(&format!("#{}", unescape(label))),
            Some('!') if target.starts_with(GROUP) => out.push_str(&format!("<{target}>")),
            Some('!') => out.push_str(&unescape(label)),
            _ => out.push_str(&unescape(target)),
        }
        rest = &rest[start + length + 1..];
    }
    out.push_str(&unescape(rest));
    out
}

fn block_actions(envelope: &Value) -> Option<Content> {
    let payload = &envelope["payload"];
    let action = payload["actions"].get(0)?;
    let id = action_of(action["action_id"].as_str()?)?;
    let form =
        payload["view"]["type"] == "modal" && payload["view"]["callback_id"].as_str().is_some_and(|id| !id.is_empty());
    let what = match action["type"] == "button" {
        true if form => What::Turn { action: id, values: values(&payload["view"]["state"]["values"]) },
        true => What::Press(id),
        false => What::Choose { action: id, values: chosen(action) },
    };
    let kind = match payload["view"]["type"].as_str() {
        Some("home") => Kind::HomeControl,
        Some(_) => Kind::Modal(view(&payload["view"])?),
        None => Kind::Message(origin(payload)),
    };
    deed("action", envelope, moment(&action["action_ts"]), what, kind)
}

/// The message whose control was used.
fn origin(payload: &Value) -> Origin {
    let container = &payload["container"];
    let channel = text(&container["channel_id"]).or_else(|| text(&payload["channel"]["id"]));
    let message = match (container["is_ephemeral"].as_bool(), channel, text(&container["message_ts"])) {
        (Some(true), ..) => None,
        (_, Some(channel), Some(ts)) => Some((channel, ts)),
        _ => None,
    };
    Origin { response_url: text(&payload["response_url"]), message, home: false }
}

fn view(view: &Value) -> Option<View> {
    Some(View {
        id: text(&view["id"])?,
        hash: text(&view["hash"]),
        title: unescape(view["title"]["text"].as_str().unwrap_or_default()),
        origin: Origin::read(view["private_metadata"].as_str().unwrap_or_default()),
    })
}

fn submission(envelope: &Value) -> Option<Content> {
    let sent = &envelope["payload"]["view"];
    let action = ActionId::parse(sent["callback_id"].as_str()?)?;
    let what = What::Submit { action, values: values(&sent["state"]["values"]) };
    let content = deed("submit", envelope, None, what, Kind::Form(view(sent)?))?;
    Some(match content {
        Content::Deed(deed) => Content::Deed(Box::new(Deed { file: file(&sent["state"]["values"]), ..*deed })),
        other => other,
    })
}

/// The file of the first field that takes one.
fn file(state: &Value) -> Option<String> {
    let blocks = state.as_object().into_iter().flatten();
    let mut inputs = blocks.filter_map(|(_, inputs)| inputs.as_object()?.values().next());
    inputs.find_map(|input| text(&input["files"][0]["id"]))
}

fn deed(kind_key: &str, envelope: &Value, at: Option<DateTime<Utc>>, what: What, kind: Kind) -> Option<Content> {
    let payload = &envelope["payload"];
    let user = &payload["user"];
    Some(Content::Deed(Box::new(Deed {
        key: key(kind_key, envelope),
        user: text(&user["id"])?,
        name: text(&user["name"]).or_else(|| text(&user["username"])).unwrap_or_default(),
        at,
        place: text(&payload["channel"]["id"]).map(ChannelRef),
        what,
        file: None,
        source: Source { trigger: text(&payload["trigger_id"]), kind },
    })))
}

/// Field key -> values, whatever the id of the input inside the block.
fn values(state: &Value) -> BTreeMap<String, Vec<String>> {
    let blocks = state.as_object().into_iter().flatten();
    blocks
        .filter_map(|(key, inputs)| {
            let input = inputs.as_object()?.values().next()?;
            let typed = input["value"].as_str().filter(|typed| !typed.is_empty());
            Some((key.clone(), typed.map_or_else(|| chosen(input), |typed| vec![typed.to_owned()])))
        })
        .collect()
}

/// The values chosen in any kind of menu, group of boxes or picker.
fn chosen(input: &Value) -> Vec<String> {
    const SINGLE: [&str; 5] =
        ["selected_user", "selected_channel", "selected_conversation", "selected_date", "selected_time"];
    const SEVERAL: [&str; 3] = ["selected_users", "selected_channels", "selected_conversations"];
    let option = |option: &Value| option["value"].as_str().map(str::to_owned);
    let words = |value: &Value| value.as_str().map(str::to_owned);
    let list = |key: &str| input[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut values: Vec<String> = option(&input["selected_option"]).into_iter().collect();
    values.extend(list("selected_options").iter().filter_map(option));
    values.extend(SINGLE.iter().filter_map(|key| words(&input[*key])));
    let instant = input["selected_date_time"].as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    values.extend(instant.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)));
    values.extend(SEVERAL.iter().flat_map(|key| list(key)).filter_map(words));
    values
}

/// `1740960000.123456` -> the moment.
fn moment(value: &Value) -> Option<DateTime<Utc>> {
    let (seconds, fraction) = value.as_str()?.split_once('.')?;
    let micros: u32 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    DateTime::from_timestamp(seconds.parse().ok()?, micros * 1000)
}

fn event(payload: &Value) -> Option<Content> {
    let event = &payload["event"];
    let key = format!("event:{}", payload["event_id"].as_str()?);
    let at = moment(&event["event_ts"])
        .or_else(|| payload["event_time"].as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0)));
    match event["type"].as_str()? {
        "app_home_opened" if event["tab"] == "home" => Some(Content::Deed(Box::new(Deed {
            key,
            user: text(&event["user"])?,
            name: String::new(),
            at,
            place: None,
            what: What::HomeOpened,
            file: None,
            source: Source { trigger: None, kind: Kind::HomeOpened },
        }))),
        kind @ ("team_join" | "user_change") if event["user"]["is_bot"] != true => {
            text(&event["user"]["id"])?;
            Some(Content::Profile { key, user: event["user"].clone(), joined: kind == "team_join", at })
        }
        "group_archive" | "group_deleted" | "group_left" => {
            Some(Content::PlaceGone { key, place: ChannelRef(text(&event["channel"])?) })
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
