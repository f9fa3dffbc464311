//! Slack's markup as a person's client shows it, and whom it notifies. It renders what Slack would render;
//! it never repairs what an app forgot to escape.

use chrono::{DateTime, Datelike, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::Value;

use super::state::{Author, Channel, Kind, Message, World};

/// Words as read, and as safe HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    pub text: String,
    pub html: String,
}

impl Ink {
    /// Words without markup.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), html: escape(text).replace('\n', "<br>") }
    }

    /// Appends without anything between.
    pub fn push(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.html.push_str(&other.html);
    }

    /// The same words inside an HTML element.
    pub fn wrapped(self, tag: &str) -> Self {
        Self { html: format!("<{tag}>{}</{tag}>", self.html), text: self.text }
    }
}

/// Several in a row, with the same words between them.
pub fn join(inks: &[Ink], between: &str) -> Ink {
    let side = |side: fn(&Ink) -> &str| inks.iter().map(side).collect::<Vec<_>>().join(between);
    Ink { text: side(|ink| &ink.text), html: side(|ink| &ink.html) }
}

/// Somebody, or everybody, by name.
pub fn mention(name: &str) -> Ink {
    called(&format!("@{name}"))
}

/// A user group by its handle.
pub fn group(world: &World, id: &str) -> Ink {
    let handle = world.groups.iter().find(|known| known.id == id).map(|known| known.handle.as_str());
    mention(handle.unwrap_or("group"))
}

/// A channel by its name; private ones are not given away.
pub fn channel(world: &World, id: &str) -> Ink {
    let name = world.channel(id).filter(|found| found.kind == Kind::Public).map(|found| found.name.as_str());
    called(&format!("#{}", name.unwrap_or("private-channel")))
}

fn called(name: &str) -> Ink {
    Ink { text: name.to_owned(), html: format!("<span class=\"mention\">{}</span>", escape(name)) }
}

/// Words that lead to an address.
pub fn link(url: &str, words: &str) -> Ink {
    linked(url, Ink::plain(words))
}

/// Leads to an address; only to one of the web or of e-mail.
pub fn linked(url: &str, words: Ink) -> Ink {
    if !["https://", "http://", "mailto:"].iter().any(|start| url.starts_with(start)) {
        return words;
    }
    Ink { html: format!("<a href=\"{}\">{}</a>", escape(url), words.html), ..words }
}

/// A moment as somebody in `zone` reads it; the fallback if there is no such moment, or no format.
pub fn date(world: &World, zone: Tz, seconds: Option<i64>, format: Option<&str>, fallback: &str) -> Ink {
    let at = seconds.and_then(|seconds| Utc.timestamp_opt(seconds, 0).single());
    let words = match (at, format) {
        (Some(at), Some(format)) => date_words(format, at.with_timezone(&zone), world.now_ms()),
        _ => fallback.to_owned(),
    };
    Ink::plain(&words).wrapped("time")
}

/// Makes text safe to stand in HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// Undoes the three escapes Slack asks for.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Markup as somebody in `zone` reads it.
pub fn ink(world: &World, zone: Tz, source: &str) -> Ink {
    let mut whole = Ink::default();
    for (index, part) in source.split("```").enumerate() {
        if index % 2 == 1 {
            whole.push(&Ink::plain(&unescape(part.trim_matches('\n'))).wrapped("pre"));
            continue;
        }
        for (number, line) in part.split('\n').enumerate() {
            if number > 0 {
                whole.push(&Ink { text: "\n".into(), html: "<br>".into() });
            }
            let quoted = line.strip_prefix("&gt;").or_else(|| line.strip_prefix('>'));
            match quoted {
                Some(rest) => whole.push(&inline(world, zone, rest.trim_start()).wrapped("blockquote")),
                None => whole.push(&inline(world, zone, line)),
            }
        }
    }
    whole
}

fn inline(world: &World, zone: Tz, source: &str) -> Ink {
    let mut out = Ink::default();
    // What nothing has been made of yet stays in one piece: most words have no marks at all.
    let mut plain = source;
    let mut rest = source;
    let mut before = ' ';
    while let Some(sign) = rest.chars().next() {
        let after = &rest[sign.len_utf8()..];
        let taken = match sign {
            '<' => after.find('>').map(|end| (token(world, zone, &after[..end]), end + 2)),
            '`' => after
                .find('`')
                .filter(|end| *end > 0)
                .map(|end| (Ink::plain(&unescape(&after[..end])).wrapped("code"), end + 2)),
            '*' | '_' | '~' if !before.is_alphanumeric() => styled(sign, after).map(|end| {
                let tag = match sign {
                    '*' => "b",
                    '_' => "i",
                    _ => "s",
                };
                (inline(world, zone, &after[..end]).wrapped(tag), end + 2)
            }),
            '&' => ["&amp;", "&lt;", "&gt;"]
                .iter()
                .find(|code| rest.starts_with(**code))
                .map(|code| (Ink::plain(&unescape(code)), code.len())),
            _ => None,
        };
        let length = taken.as_ref().map_or(sign.len_utf8(), |(_, length)| *length);
        before = rest[..length].chars().last().unwrap_or(' ');
        let behind = &rest[length..];
        if let Some((piece, _)) = taken {
            out.push(&Ink::plain(&plain[..plain.len() - rest.len()]));
            out.push(&piece);
            plain = behind;
        }
        rest = behind;
    }
    out.push(&Ink::plain(plain));
    out
}

/// Where the span opened by `sign` closes, if it is one.
fn styled(sign: char, after: &str) -> Option<usize> {
    if after.starts_with([' ', sign]) {
        return None;
    }
    after.char_indices().filter(|(_, c)| *c == sign).map(|(at, _)| at).find(|at| {
        let last = after[..*at].chars().last();
        let next = after[at + sign.len_utf8()..].chars().next();
        last.is_some_and(|c| c != ' ') && !next.is_some_and(char::is_alphanumeric)
    })
}

/// What stands between `<` and `>`.
fn token(world: &World, zone: Tz, inner: &str) -> Ink {
    let (target, label) = inner.split_once('|').map_or((inner, None), |(target, label)| (target, Some(label)));
    if let Some(user) = target.strip_prefix('@') {
        return mention(&world.name_of(user));
    }
    if let Some(id) = target.strip_prefix('#') {
        return channel(world, id);
    }
    if let Some(command) = target.strip_prefix('!') {
        return special(world, zone, command, label);
    }
    link(&unescape(target), &unescape(label.unwrap_or(target)))
}

fn special(world: &World, zone: Tz, command: &str, label: Option<&str>) -> Ink {
    if let Some(rest) = command.strip_prefix("date^") {
        let mut parts = rest.splitn(3, '^');
        let seconds = parts.next().and_then(|seconds| seconds.parse().ok());
        let format = parts.next().map(unescape);
        let words = date(world, zone, seconds, format.as_deref(), &unescape(label.unwrap_or_default()));
        return parts.next().map_or(words.clone(), |url| linked(&unescape(url), words));
    }
    if let Some(id) = command.strip_prefix("subteam^") {
        return group(world, id);
    }
    match command {
        "here" | "channel" | "everyone" => mention(command),
        other => Ink::plain(&format!("<{}>", label.unwrap_or(other))),
    }
}

/// Fills the `{date}` and `{time}` tokens of a date.
fn date_words(format: &str, at: DateTime<Tz>, now_ms: i64) -> String {
    let day = at.day();
    let ordinal = match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    let plain = at.format(&format!("%B {day}{ordinal}, %Y")).to_string();
    let long = at.format(&format!("%A, %B {day}{ordinal}, %Y")).to_string();
    let short = at.format("%b %-d, %Y").to_string();
    let today = Utc.timestamp_millis_opt(now_ms).single().map(|now| now.with_timezone(&at.timezone()).date_naive());
    let near = today.and_then(|today| match (at.date_naive() - today).num_days() {
        -1 => Some("yesterday"),
        0 => Some("today"),
        1 => Some("tomorrow"),
        _ => None,
    });
    let pretty = |far: &str| near.map_or_else(|| far.to_owned(), str::to_owned);
    format
        .replace("{date_num}", &at.format("%Y-%m-%d").to_string())
        .replace("{date_slash}", &at.format("%m/%d/%Y").to_string())
        .replace("{date_long_pretty}", &pretty(&long))
        .replace("{date_short_pretty}", &pretty(&short))
        .replace("{date_pretty}", &pretty(&plain))
        .replace("{date_long}", &long)
        .replace("{date_short}", &short)
        .replace("{date}", &plain)
        .replace("{time_secs}", &at.format("%-I:%M:%S %p").to_string())
        .replace("{time}", &at.format("%-I:%M %p").to_string())
}

/// Whom a message notifies: ids of members of the conversation, or `@everyone`.
///
/// When a message has blocks, its `text` is only the fallback for notifications and mentions nobody.
pub fn pings(world: &World, channel: &Channel, message: &Message) -> Vec<String> {
    let mut found = Vec::new();
    if message.blocks.is_empty() {
        scan(world, &message.text, false, &mut found);
    }
    for block in message.blocks.iter().chain(&message.attachments) {
        walk(world, block, &mut found);
    }
    let mut pings = Vec::new();
    for ping in found {
        let author = matches!(&message.author, Author::User(user) if *user == ping);
        let reached = ping == "@everyone" || world.person(&ping).is_some_and(|_| channel.has(&ping));
        if reached && !author && !pings.contains(&ping) {
            pings.push(ping);
        }
    }
    pings
}

fn walk(world: &World, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(world, item, found)),
        Value::Object(map) => {
            let text = map.get("text").and_then(Value::as_str);
            match (map.get("type").and_then(Value::as_str), text) {
                (Some("mrkdwn"), Some(text)) => {
                    let verbatim = map.get("verbatim").and_then(Value::as_bool).unwrap_or(false);
                    scan(world, text, !verbatim, found);
                }
                (Some("user"), _) => found.extend(map.get("user_id").and_then(Value::as_str).map(str::to_owned)),
                (Some("broadcast"), _) => found.push("@everyone".into()),
                _ => map.values().for_each(|item| walk(world, item, found)),
            }
        }
        _ => {}
    }
}

/// Finds mentions in markup. `bare` also links `@here` and the like without brackets, as Slack does with
/// block text that is not `verbatim`.
fn scan(world: &World, text: &str, bare: bool, found: &mut Vec<String>) {
    for part in text.split('<').skip(1) {
        let Some((inner, _)) = part.split_once('>') else { continue };
        let target = inner.split('|').next().unwrap_or_default();
        match target {
            "!here" | "!channel" | "!everyone" => found.push("@everyone".into()),
            _ => {
                if let Some(user) = target.strip_prefix('@') {
                    found.push(user.to_owned());
                }
                if let Some(id) = target.strip_prefix("!subteam^") {
                    let group = world.groups.iter().find(|group| group.id == id);
                    found.extend(group.into_iter().flat_map(|group| group.users.clone()));
                }
            }
        }
    }
    let mass = |word: &&str| matches!(*word, "@here" | "@channel" | "@everyone");
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '@' && c != '_');
    if bare && words.into_iter().any(|word| mass(&word)) {
        found.push("@everyone".into());
    }
}
