//! Messages as Block Kit. Every size Slack states is kept here, so that nothing we send is refused for its
//! shape. It knows no method and no channel.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::lean::object;
use super::text::{elements, escape, is_user, markup, needs_markup, piece, plain, shorten, strong, tame};
use crate::chat::{ActionId, Block, Choice, Control, Message, Span, Style, Text};

/// Most blocks in a modal or in the home tab.
pub const VIEW_BLOCKS: usize = 100;
/// Most blocks in a message.
const MESSAGE_BLOCKS: usize = 50;
/// Most characters of text we put into one message; far below what Slack cuts at (40,000), so that a message
/// with its markup stays sendable and readable.
pub const MESSAGE_TEXT: usize = 12_000;
/// Most options in a menu.
pub const MENU_OPTIONS: usize = 100;
/// Longest label of an option.
pub const OPTION_LABEL: usize = 75;
/// Longest label of a button.
pub const BUTTON_LABEL: usize = 75;

const HEADER: usize = 150;
const PLACEHOLDER: usize = 150;
const SECTION: usize = 3000;
const ACTIONS: usize = 25;
/// Longest text beside the blocks, in bytes; `chat.update` refuses more than 4,000 characters.
const FALLBACK: usize = 3000;
/// Characters of the message that stand in it. Escaped, one may become five.
const BRIEF: usize = 300;

/// The words for notifications and screen readers: what it is about, and what can be pressed.
pub fn fallback(message: &Message) -> String {
    let mut words = message.blocks.iter().find_map(first_words).unwrap_or_default();
    for control in message.controls() {
        let (Control::Button { label, .. } | Control::Menu { label, .. }) = control;
        let label = escape(&shorten(label, BUTTON_LABEL));
        if words.len() + label.len() + 3 <= FALLBACK {
            words.push_str(&format!(" [{label}]"));
        }
    }
    if words.trim().is_empty() {
        let names: Vec<&str> =
            message.files.iter().map(|file| file.alt.as_ref().unwrap_or(&file.name).as_str()).collect();
        words = unshouted(&escape(&shorten(&names.join(", "), BRIEF)));
    }
    if words.trim().is_empty() { "…".into() } else { words.trim().to_owned() }
}

fn first_words(block: &Block) -> Option<String> {
    match block {
        Block::Heading(text) | Block::Paragraph(text) | Block::Quote(text) | Block::Fine(text) => Some(brief(text)),
        Block::Bullets(lines) => lines.first().map(brief),
        Block::Fields(rows) => rows.first().map(|(label, value)| format!("{}: {}", brief(label), brief(value))),
        Block::Controls(_) => None,
    }
}

/// Escaped words with people named by mention; cut before escaping, so that no entity is cut in two.
fn brief(text: &Text) -> String {
    let mut left = BRIEF;
    let mut words = String::new();
    for span in &text.0 {
        if let Span::Person(user) = span
            && is_user(&user.0)
        {
            words.push_str(&format!("<@{}>", user.0));
            continue;
        }
        let piece = shorten(&Text(vec![span.clone()]).words(), left);
        left -= piece.chars().count();
        words.push_str(&unshouted(&escape(&piece)));
        if left == 0 {
            break;
        }
    }
    words
}

/// The one place where Slack could be told to look for bare mentions of everybody: they get an invisible joint.
fn unshouted(words: &str) -> String {
    ["here", "channel", "everyone"]
        .iter()
        .fold(words.to_owned(), |words, all| words.replace(&format!("@{all}"), &format!("@\u{2060}{all}")))
}

/// `text` and `blocks` of a message, to be completed with what the method needs.
pub fn body(message: &Message) -> Value {
    object([("text", fallback(message).into()), ("blocks", fit(blocks(message), MESSAGE_BLOCKS).into())])
}

/// The blocks of a modal that shows a message.
pub fn view_blocks(message: &Message) -> Vec<Value> {
    fit(blocks(message), VIEW_BLOCKS)
}

fn blocks(message: &Message) -> Vec<Value> {
    let mut left = MESSAGE_TEXT;
    let mut names = ActionNames::default();
    let mut blocks = Vec::new();
    for block in &message.blocks {
        render(block, &mut left, &mut names, &mut blocks);
    }
    if blocks.is_empty() {
        blocks.push(rich(vec![section(vec![piece("…")])]));
    }
    blocks
}

/// The home tab.
pub fn home(message: &Message) -> Value {
    object([("type", "home".into()), ("blocks", view_blocks(message).into())])
}

/// A paragraph of a modal.
pub fn paragraph(text: &Text) -> Value {
    let mut left = MESSAGE_TEXT;
    one_paragraph(text, &mut left)
}

/// Mere words stand in a plain section, which every client and screen reader knows; anything more is rich text.
fn one_paragraph(text: &Text, left: &mut usize) -> Value {
    let mere = text.0.iter().all(|span| matches!(span, Span::Plain(_)));
    let words = tame(&text.words());
    let length = words.chars().count();
    if !mere || length > SECTION.min(*left) || words.trim().is_empty() {
        return rich(vec![section(filled(elements(text, left)))]);
    }
    *left -= length;
    // Expanded, because nobody should have to ask for the end of a sentence.
    json!({"type": "section", "text": {"type": "plain_text", "text": words, "emoji": false}, "expand": true})
}

fn render(block: &Block, left: &mut usize, names: &mut ActionNames, out: &mut Vec<Value>) {
    match block {
        Block::Heading(text) if needs_markup(text) => out.push(rich(vec![section(filled(strong(text, left)))])),
        Block::Heading(text) => {
            out.push(object([("type", "header".into()), ("text", plain(&text.words(), HEADER))]));
        }
        Block::Paragraph(text) => out.push(one_paragraph(text, left)),
        Block::Bullets(lines) => {
            let items: Vec<_> = lines.iter().map(|line| section(filled(elements(line, left)))).collect();
            if !items.is_empty() {
                let list = [("type", "rich_text_list".into()), ("style", "bullet".into()), ("elements", items.into())];
                out.push(rich(vec![object(list)]));
            }
        }
        Block::Fields(rows) => {
            if !rows.is_empty() {
                out.push(rich(vec![section(fields(rows, left))]));
            }
        }
        Block::Quote(text) => {
            let elements = filled(elements(text, left)).into();
            out.push(rich(vec![object([("type", "rich_text_quote".into()), ("elements", elements)])]));
        }
        Block::Fine(text) => out.push(fine(text)),
        Block::Controls(list) => controls(list, names, out),
    }
}

fn fields(rows: &[(Text, Text)], left: &mut usize) -> Vec<Value> {
    let mut all = Vec::new();
    for (index, (label, value)) in rows.iter().enumerate() {
        if index > 0 {
            all.push(piece("\n"));
        }
        all.extend(strong(label, left));
        all.push(json!({"type": "text", "text": ": ", "style": {"bold": true}}));
        all.extend(filled(elements(value, left)));
    }
    all
}

/// Small print. Its block takes no rich text; markup is used only where a mention, moment or link needs it.
fn fine(text: &Text) -> Value {
    let words = if needs_markup(text) {
        json!({"type": "mrkdwn", "text": shorten(&markup(text), SECTION), "verbatim": true})
    } else {
        let words = tame(&text.words());
        json!({"type": "plain_text", "text": shorten(if words.is_empty() { "…" } else { &words }, SECTION), "emoji": false})
    };
    object([("type", "context".into()), ("elements", vec![words].into())])
}

/// Buttons share blocks; a menu stands in a section of its own beside its label, which stays readable after
/// something is chosen (and several-choice menus are not allowed among buttons).
fn controls(list: &[Control], names: &mut ActionNames, out: &mut Vec<Value>) {
    let mut buttons: Vec<Value> = Vec::new();
    for control in list {
        match control {
            Control::Button { label, action, style } => buttons.push(button(label, names.unique(action), *style)),
            Control::Menu { label, action, options, chosen, max, .. } => {
                flush(&mut buttons, out);
                if options.is_empty() {
                    continue;
                }
                let mut menu = menu(options, chosen, *max);
                menu["action_id"] = names.unique(action).into();
                menu["placeholder"] = plain(label, PLACEHOLDER);
                let label = plain(label, SECTION);
                out.push(object([("type", "section".into()), ("text", label), ("accessory", menu)]));
            }
        }
    }
    flush(&mut buttons, out);
}

fn flush(buttons: &mut Vec<Value>, out: &mut Vec<Value>) {
    let mut left = std::mem::take(buttons);
    while !left.is_empty() {
        let more = left.split_off(left.len().min(ACTIONS));
        out.push(object([("type", "actions".into()), ("elements", std::mem::replace(&mut left, more).into())]));
    }
}

fn button(label: &str, action_id: String, style: Style) -> Value {
    let (text, action_id) = (plain(label, BUTTON_LABEL), action_id.into());
    let mut button = object([("type", "button".into()), ("text", text), ("action_id", action_id)]);
    match style {
        Style::Primary => button["style"] = "primary".into(),
        Style::Danger => button["style"] = "danger".into(),
        Style::Plain => {}
    }
    button
}

/// A menu for one choice or for several, without id and placeholder.
pub fn menu(options: &[Choice], chosen: &[String], max: usize) -> Value {
    let shown = &options[..options.len().min(MENU_OPTIONS)];
    let initial: Vec<_> = shown.iter().filter(|choice| chosen.contains(&choice.value)).map(option).collect();
    let all: Vec<_> = shown.iter().map(option).collect();
    if max == 1 {
        let mut menu = object([("type", "static_select".into()), ("options", all.into())]);
        if let Some(first) = initial.into_iter().next() {
            menu["initial_option"] = first;
        }
        return menu;
    }
    let mut menu = object([("type", "multi_static_select".into()), ("options", all.into())]);
    if max > 0 && max < shown.len() {
        menu["max_selected_items"] = max.into();
    }
    if !initial.is_empty() {
        menu["initial_options"] = initial.into();
    }
    menu
}

/// One option.
pub fn option(choice: &Choice) -> Value {
    object([("text", plain(&choice.label, OPTION_LABEL)), ("value", choice.value.as_str().into())])
}

fn rich(elements: Vec<Value>) -> Value {
    object([("type", "rich_text".into()), ("elements", elements.into())])
}

fn section(elements: Vec<Value>) -> Value {
    object([("type", "rich_text_section".into()), ("elements", elements.into())])
}

fn filled(elements: Vec<Value>) -> Vec<Value> {
    if elements.is_empty() { vec![piece("…")] } else { elements }
}

/// Fits into `most` blocks: first neighbouring paragraphs share a block, then the end is left out, said by an
/// ellipsis.
fn fit(blocks: Vec<Value>, most: usize) -> Vec<Value> {
    if blocks.len() <= most {
        return blocks;
    }
    let mut joined: Vec<Value> = Vec::new();
    for block in blocks.into_iter().map(richer) {
        match (joined.last_mut(), &block) {
            (Some(last), block) if last["type"] == "rich_text" && block["type"] == "rich_text" => {
                let more = block["elements"].as_array().cloned().unwrap_or_default();
                if let Some(elements) = last["elements"].as_array_mut() {
                    elements.extend(more);
                }
            }
            _ => joined.push(block),
        }
    }
    if joined.len() > most {
        joined.truncate(most - 1);
        joined.push(rich(vec![section(vec![piece("…")])]));
    }
    joined
}

/// A plain section as rich text, so that it can share a block with its neighbours.
fn richer(block: Value) -> Value {
    if block["type"] != "section" || block["expand"] != true {
        return block;
    }
    rich(vec![section(vec![json!({"type": "text", "text": block["text"]["text"]})])])
}

/// Gives every control of a message an id of its own: an action that stands there twice gets a number behind
/// a hash sign, which [`action_of`] takes off again.
#[derive(Default)]
struct ActionNames(HashMap<String, usize>);

impl ActionNames {
    fn unique(&mut self, action: &ActionId) -> String {
        let count = self.0.entry(action.as_str().to_owned()).or_default();
        *count += 1;
        // An action that ends like a number of ours gets one as well, so that its own end is not taken off.
        if *count == 1 && numbered(action.as_str()).is_none() {
            return action.as_str().to_owned();
        }
        format!("{}#{count}", action.as_str())
    }
}

fn numbered(id: &str) -> Option<&str> {
    let (action, number) = id.rsplit_once('#')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(action)
}

/// The action behind the id of a control.
pub fn action_of(action_id: &str) -> Option<ActionId> {
    ActionId::parse(numbered(action_id).unwrap_or(action_id))
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
