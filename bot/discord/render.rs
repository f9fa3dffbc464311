//! A neutral message as Discord's JSON: markdown content, an embed for what is longer, rows of controls, and
//! always an explicit word on who may be notified. Never fails: what no message can hold is shortened.

use serde_json::{Value, json};

use super::controls;
use super::escape::{self, At};
use super::mark::Mark;
use crate::chat::{Block, File, Limits, Message, Span, Text, WhenStyle};

/// What Discord can show. A form holds text fields only: this serenity loses what is chosen in a form's menu.
pub const LIMITS: Limits = Limits {
    form_fields: 5,
    form_menus: false,
    form_moments: false,
    form_files: false,
    form_title: 45,
    field_label: 45,
    field_text: 4000,
    control_rows: 5,
    menu_options: 25,
    option_label: 100,
    button_label: 80,
    // Content and embed hold 6,096; escaping may lengthen what people typed by half.
    message_text: 4000,
    private_files: true,
    rooms_per_minute: super::rooms::PER_MINUTE,
};

/// Longest content of a message.
const CONTENT: usize = 2000;
/// Longest description of an embed.
const DESCRIPTION: usize = 4096;
/// Said where something had to be left out; needs no language.
const SHORTENED: &str = "[…]";
/// Most people one message may notify.
const NOTIFIED: usize = 100;
/// Most files of a message, and the longest words for one.
const FILES: usize = 10;
const ALT: usize = 1024;
/// Only the person concerned sees the message.
const EPHEMERAL: u64 = 1 << 6;

/// A message ready for Discord.
pub(super) struct Rendered {
    content: String,
    description: String,
    components: Vec<Value>,
    named: Vec<String>,
    attachments: Vec<Value>,
}

/// Renders `message`. A message that is an effect carries its fingerprint in its controls or, where it has
/// none, in a line of small print: Discord gives a bot no other place that comes back with a channel's
/// history.
pub(super) fn render(message: &Message, mark: &Mark) -> Rendered {
    let components = controls::rows(message, mark);
    let carried = components.iter().any(|row| row.to_string().contains("\"custom_id\""));
    let reference = mark.print.as_ref().filter(|_| !carried).map(|print| reference_line(print));
    let (content, description) = fit(&markdown(message), reference.as_deref());
    let mut named: Vec<String> = Vec::new();
    for id in people(message).filter(|id| is_id(id)) {
        if named.len() < NOTIFIED && !named.iter().any(|known| known == id) {
            named.push(id.to_owned());
        }
    }
    let attachments = files(message).iter().enumerate().map(attachment).collect();
    Rendered { content, description, components, named, attachments }
}

/// The files that go with a message: as many as Discord takes.
pub(super) fn files(message: &Message) -> &[File] {
    if message.files.len() > FILES {
        tracing::error!(
            files = message.files.len(),
            "a message has more files than Discord takes; the last are left out"
        );
    }
    &message.files[..message.files.len().min(FILES)]
}

/// How the body speaks of a file that comes with it.
fn attachment((number, file): (usize, &File)) -> Value {
    let mut attachment = json!({"id": number, "filename": file.name});
    if let Some(alt) = &file.alt {
        attachment["description"] = controls::short(alt, ALT).into();
    }
    attachment
}

/// The line of small print that carries a fingerprint.
pub(super) fn reference_line(print: &str) -> String {
    format!("-# ref {print}")
}

impl Rendered {
    /// Every part is named, so that an edit leaves nothing of what stood there before.
    fn body(&self, users: &[String]) -> Value {
        let embeds = if self.description.is_empty() { json!([]) } else { json!([{"description": self.description}]) };
        let mut body = json!({
            "content": self.content,
            "embeds": embeds,
            "components": self.components,
            "allowed_mentions": {"parse": [], "users": users, "replied_user": false},
        });
        if !self.attachments.is_empty() {
            body["attachments"] = self.attachments.clone().into();
        }
        body
    }

    /// For a message of its own: the people it names are notified, nobody else.
    pub fn post(&self) -> Value {
        self.body(&self.named)
    }

    /// For an answer only the actor sees.
    pub fn private(&self) -> Value {
        let mut body = self.body(&[]);
        body["flags"] = EPHEMERAL.into();
        body
    }

    /// For the edit of a message: nobody is notified of an edit.
    pub fn edit(&self) -> Value {
        let mut body = self.body(&[]);
        body["attachments"] = self.attachments.clone().into();
        body
    }
}

fn people(message: &Message) -> impl Iterator<Item = &str> {
    message.blocks.iter().flat_map(texts).flat_map(|text| text.0.iter()).filter_map(|span| match span {
        Span::Person(user) => Some(user.0.as_str()),
        _ => None,
    })
}

fn texts(block: &Block) -> Vec<&Text> {
    match block {
        Block::Heading(text) | Block::Paragraph(text) | Block::Quote(text) | Block::Fine(text) => vec![text],
        Block::Bullets(lines) => lines.iter().collect(),
        Block::Fields(rows) => rows.iter().flat_map(|(label, value)| [label, value]).collect(),
        Block::Controls(_) => Vec::new(),
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The whole text in markdown, however long.
pub(super) fn markdown(message: &Message) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in &message.blocks {
        let text = block_text(block);
        if text.is_empty() {
            continue;
        }
        match (before, block) {
            (None, _) => {}
            // A heading has its own margin; a list belongs to the words that announce it.
            (Some(Block::Heading(_)), _) | (Some(Block::Paragraph(_)), Block::Bullets(_)) => out.push('\n'),
            _ => out.push_str("\n\n"),
        }
        out.push_str(&text);
        before = Some(block);
    }
    out
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Heading(text) => prefixed("### ", &spans(text, At::Within).replace('\n', " ")),
        Block::Paragraph(text) => spans(text, At::LineStart),
        Block::Bullets(lines) => lines
            .iter()
            .map(|line| format!("- {}", spans(line, At::LineStart).replace('\n', "\n  ")))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Fields(rows) => rows.iter().map(|(label, value)| field(label, value)).collect::<Vec<_>>().join("\n"),
        Block::Quote(text) => prefixed("> ", &spans(text, At::LineStart)),
        Block::Fine(text) => prefixed("-# ", &spans(text, At::Within)),
        Block::Controls(_) => String::new(),
    }
}

fn field(label: &Text, value: &Text) -> String {
    let label = Text(label.0.clone()).words();
    format!("{} {}", strong(&label), spans(value, At::Within)).trim().to_owned()
}

/// Puts `mark` before every line that holds something; Discord shows a bare mark as it is.
fn prefixed(mark: &str, text: &str) -> String {
    let line = |line: &str| if line.trim().is_empty() { mark.trim_end().to_owned() } else { format!("{mark}{line}") };
    if text.trim().is_empty() { String::new() } else { text.split('\n').map(line).collect::<Vec<_>>().join("\n") }
}

fn spans(text: &Text, start: At) -> String {
    let mut out = String::new();
    for span in &text.0 {
        let at = match out.chars().last() {
            None => start,
            Some('\n') => At::LineStart,
            Some(_) => At::Within,
        };
        out.push_str(&span_text(span, at));
    }
    out
}

fn span_text(span: &Span, at: At) -> String {
    match span {
        Span::Plain(words) => escape::plain(words, at),
        Span::Strong(words) => strong(words),
        Span::Code(words) => escape::code(words),
        Span::Person(user) if is_id(&user.0) => format!("<@{}>", user.0),
        Span::Person(user) => escape::plain(&user.0, at),
        Span::When { at: moment, style, words: _ } => {
            let style = match style {
                WhenStyle::DateTime => 'F',
                WhenStyle::Date => 'D',
            };
            format!("<t:{}:{style}>", moment.timestamp())
        }
        Span::Link { label, url } => link(label, url, at),
    }
}

/// Discord leaves the asterisks visible if a space stands inside them.
fn strong(words: &str) -> String {
    let safe = escape::one_line(words, At::Within);
    if safe.is_empty() { String::new() } else { format!("**{safe}**") }
}

/// Angle brackets keep Discord from adding a preview.
fn link(label: &str, url: &str, at: At) -> String {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let clean =
        url.chars().all(|character| character.is_ascii_graphic() && !matches!(character, '<' | '>' | '(' | ')' | '\\'));
    if web && clean {
        format!("[{}](<{url}>)", escape::one_line(label, At::Within))
    } else {
        escape::plain(&format!("{label} ({url})"), at)
    }
}

/// Divides the text between content and embed at line breaks, and shortens what neither holds.
fn fit(text: &str, reference: Option<&str>) -> (String, String) {
    let tail = reference.map(|line| format!("\n{line}")).unwrap_or_default();
    if length(text) + length(&tail) <= CONTENT {
        return (format!("{text}{tail}").trim().to_owned(), String::new());
    }
    let (content, rest) = split(text, CONTENT);
    let room = DESCRIPTION - length(&tail);
    let description = if length(rest) <= room {
        rest.to_owned()
    } else {
        let (kept, _) = split(rest, room - length(SHORTENED) - 1);
        format!("{kept}\n{SHORTENED}")
    };
    (content.to_owned(), format!("{description}{tail}").trim().to_owned())
}

/// Splits at the last line break within `room`, or within a line if a single line is longer.
fn split(text: &str, room: usize) -> (&str, &str) {
    if length(text) <= room {
        return (text, "");
    }
    let mut used = 0;
    let within = text.char_indices().find(|(_, character)| {
        used += character.len_utf16();
        used > room
    });
    let mut end = within.map_or(text.len(), |(index, _)| index);
    match text[..end].rfind('\n').filter(|at| *at > 0) {
        Some(line_end) => end = line_end,
        // A backslash must not be parted from what it escapes.
        None => end -= text[..end].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2,
    }
    (text[..end].trim_end(), text[end..].trim_start_matches('\n'))
}

/// Length as Discord's clients count it, which is never less than in code points.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests;
