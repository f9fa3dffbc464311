//! What one person has in front of them: messages and the home tab as their client shows them. Nobody sees
//! here what Slack would not show them.

use chrono_tz::Tz;
use serde_json::Value;

use super::controls;
use super::mrkdwn::{self, Ink};
use super::rich;
use super::state::{Author, Channel, Inputs, Kind, Message, Person, View, World};
use crate::person::{Control, FileSeen, Place, PlaceKind, Seen};

fn zone(person: &Person) -> Tz {
    person.resident.zone.parse().unwrap_or(chrono_tz::UTC)
}

/// Id under which a person's home tab is a place.
pub fn home_place(world: &World, user: &str) -> String {
    format!("home:{}:{user}", world.app.id)
}

/// Every place the person can read, oldest first; the home tab comes last.
pub fn places(world: &World, person: &Person) -> Vec<Place> {
    let user = &person.resident.id;
    let readable = world.channels.iter().filter(|channel| world.can_read(user, channel));
    let mut places: Vec<Place> = readable.map(|channel| place(world, channel)).collect();
    places.push(Place {
        id: home_place(world, user),
        name: format!("{} (home)", world.app.name),
        kind: PlaceKind::Home,
        topic: String::new(),
        members: vec![person.resident.name.clone()],
        archived: false,
    });
    places
}

fn place(world: &World, channel: &Channel) -> Place {
    let names = || channel.members.iter().map(|member| world.name_of(member)).collect();
    let (name, kind, members) = match channel.kind {
        Kind::Public => (format!("#{}", channel.name), PlaceKind::Public, Vec::new()),
        Kind::Private => (format!("#{}", channel.name), PlaceKind::Private, names()),
        Kind::Group => (channel.name.clone(), PlaceKind::Private, names()),
        Kind::Direct(_) => (format!("{} (direct message)", world.app.name), PlaceKind::Direct, names()),
    };
    let topic = if channel.topic.value.is_empty() { &channel.purpose.value } else { &channel.topic.value };
    Place { id: channel.id.clone(), name, kind, topic: mrkdwn::unescape(topic), members, archived: channel.archived }
}

/// The messages of a place as the person sees them. Slack's own lines ("joined the channel") are left out:
/// they are furniture, not messages somebody has to read.
pub fn messages(world: &World, person: &Person, place: &str) -> Vec<Seen> {
    let user = &person.resident.id;
    if place == home_place(world, user) {
        return home(world, person).into_iter().collect();
    }
    let Some(channel) = world.channel(place).filter(|channel| world.can_read(user, channel)) else {
        return Vec::new();
    };
    let shown = channel.messages.iter().filter(|message| visible_to(message, user));
    shown.map(|message| seen(world, person, channel, message)).collect()
}

/// Whether this person sees the message, being in the conversation.
pub fn visible_to(message: &Message, user: &str) -> bool {
    message.only_for.as_deref().is_none_or(|only| only == user)
        && !matches!(message.subtype, Some("channel_join" | "channel_leave" | "channel_name" | "channel_topic"))
        && !matches!(message.subtype, Some("channel_purpose" | "channel_archive" | "pinned_item"))
}

fn seen(world: &World, person: &Person, channel: &Channel, message: &Message) -> Seen {
    let user = &person.resident.id;
    let author = match &message.author {
        Author::App => world.app.name.clone(),
        Author::User(author) => world.name_of(author),
        Author::Slack => "Slackbot".into(),
    };
    let inputs = world.chosen.get(&(user.clone(), message.ts.clone()));
    let page = if message.blocks.is_empty() {
        let words = if message.mrkdwn {
            mrkdwn::ink(world, zone(person), &message.text)
        } else {
            Ink::plain(&mrkdwn::unescape(&message.text))
        };
        Page { text: vec![words.text], html: format!("<p>{}</p>", words.html), controls: Vec::new() }
    } else {
        page(world, person, &message.blocks, inputs)
    };
    let mut page = page;
    for attachment in &message.attachments {
        page.add(attached(world, person, attachment));
    }
    let name = |ping: &String| if ping == "@everyone" { ping.clone() } else { world.name_of(ping) };
    Seen {
        id: message.ts.clone(),
        place: channel.id.clone(),
        author,
        by_bot: message.author == Author::App,
        text: page.words(),
        html: page.html,
        controls: page.controls,
        files: message.files.iter().filter_map(|id| file(world, id)).collect(),
        ephemeral: message.only_for.is_some(),
        at_ms: message.at_ms,
        edited_ms: message.edited.as_ref().map(|(_, at_ms)| *at_ms),
        pings: message.pings.iter().map(name).collect(),
        failure: message.failure,
    }
}

fn file(world: &World, id: &str) -> Option<FileSeen> {
    let file = world.file(id)?;
    let size = file.bytes.as_ref().map_or(0, Vec::len);
    // A title of its own stands beside a file that is no picture, and is read out in its place.
    let title = (file.title != file.name).then(|| file.title.clone());
    Some(FileSeen { id: file.id.clone(), name: file.name.clone(), size, alt: file.alt.clone().or(title) })
}

/// The home tab as last published for this person.
pub fn home(world: &World, person: &Person) -> Option<Seen> {
    let user = &person.resident.id;
    let view: &View = world.views.get(world.homes.get(user)?)?;
    let page = page(world, person, view.blocks(), Some(&view.inputs));
    Some(Seen {
        id: view.id.clone(),
        place: home_place(world, user),
        author: world.app.name.clone(),
        by_bot: true,
        text: page.words(),
        html: page.html,
        controls: page.controls,
        files: Vec::new(),
        ephemeral: false,
        at_ms: view.hash.split('.').next().and_then(|ms| ms.parse().ok()).unwrap_or(0),
        edited_ms: None,
        pings: Vec::new(),
        failure: false,
    })
}

/// Blocks from top to bottom.
#[derive(Default)]
pub struct Page {
    /// Paragraphs, list items of one list together.
    pub text: Vec<String>,
    pub html: String,
    pub controls: Vec<Control>,
}

impl Page {
    fn words(&self) -> String {
        self.text.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n")
    }

    fn line(&mut self, ink: Ink, tag: &str) {
        self.part(ink.wrapped(tag));
    }

    /// What already is an element.
    fn part(&mut self, ink: Ink) {
        self.html.push_str(&ink.html);
        self.text.push(ink.text);
    }

    fn add(&mut self, other: Self) {
        self.text.extend(other.text);
        self.html.push_str(&other.html);
        self.controls.extend(other.controls);
    }
}

/// What blocks show. The fields of a form are not among them, save for their labels.
pub fn page(world: &World, person: &Person, blocks: &[Value], inputs: Option<&Inputs>) -> Page {
    let mut page = Page::default();
    let words = |value: &Value| text_object(world, person, value);
    for block in blocks {
        match block["type"].as_str() {
            Some("header") => page.line(words(&block["text"]), "h3"),
            Some("section") => {
                let fields = block["fields"].as_array().into_iter().flatten();
                for text in std::iter::once(&block["text"]).chain(fields).filter(|text| !text.is_null()) {
                    page.line(words(text), "p");
                }
            }
            Some("context") => {
                let parts: Vec<Ink> = block["elements"].as_array().into_iter().flatten().map(words).collect();
                page.line(mrkdwn::join(&parts, " "), "small");
            }
            Some("image") => page.line(words(block), "small"),
            Some("input") => page.line(words(&block["label"]), "p"),
            Some("markdown") => page.line(Ink::plain(block["text"].as_str().unwrap_or_default()), "p"),
            Some("rich_text") => rich::parts(world, zone(person), block).into_iter().for_each(|part| page.part(part)),
            Some("table") => {
                for row in block["rows"].as_array().into_iter().flatten() {
                    let cells = row.as_array().into_iter().flatten();
                    let cells: Vec<Ink> = cells.map(|cell| rich::line(world, zone(person), cell)).collect();
                    page.line(Ink::plain(&mrkdwn::join(&cells, " | ").text), "p");
                }
            }
            _ => {}
        }
    }
    let user = &person.resident.id;
    let spots = controls::spots(blocks);
    page.controls = spots.into_iter().map(|spot| controls::control(world, user, spot, inputs)).collect();
    page
}

fn attached(world: &World, person: &Person, attachment: &Value) -> Page {
    if let Some(blocks) = attachment["blocks"].as_array() {
        return page(world, person, blocks, None);
    }
    let mut page = Page::default();
    for key in ["pretext", "title", "text"] {
        if let Some(text) = attachment[key].as_str() {
            page.line(mrkdwn::ink(world, zone(person), text), "p");
        }
    }
    page
}

/// A text object, or an image by its description.
fn text_object(world: &World, person: &Person, value: &Value) -> Ink {
    let text = value["text"].as_str().unwrap_or_default();
    match value["type"].as_str() {
        Some("mrkdwn") => mrkdwn::ink(world, zone(person), text),
        Some("image") => Ink::plain(&format!("[{}]", value["alt_text"].as_str().unwrap_or("image"))),
        _ => Ink::plain(text),
    }
}
