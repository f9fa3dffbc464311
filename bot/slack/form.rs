//! Forms as modals, and the small modals that follow them: a result, and the one shown while an answer is
//! still being worked out. It opens nothing itself.

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lean::object;
use super::render::{VIEW_BLOCKS, menu, option, paragraph, view_blocks};
use super::text::{line, plain, shorten};
use super::wording::Wording;
use crate::chat::{Block, Choice, Field, FieldKind, Form, Message, Span, Text};

/// Longest title of a modal, and longest label of its two buttons.
pub const TITLE: usize = 24;
/// Longest label of a field.
pub const FIELD_LABEL: usize = 2000;
/// Longest text of a field.
pub const FIELD_TEXT: usize = 3000;
/// Most fields: a modal takes 100 blocks, some of which are headings and words above.
pub const FIELDS: usize = 90;

const HINT: usize = 2000;
const ERROR: usize = 2000;
const HEADER: usize = 150;
const METADATA: usize = 3000;
/// Up to so many choices stand open on the page; more go into a menu.
const OPEN_CHOICES: usize = 6;
/// Slack's most for boxes to tick.
const BOXES: usize = 10;
/// The moments Slack takes, in seconds.
const TEN_DIGITS: std::ops::Range<i64> = 1_000_000_000..10_000_000_000;
/// The one input of a block; its block carries the field's key.
const INPUT: &str = "value";

/// The message whose control opened a form, so that it can be replaced when the form is sent. It travels in
/// the modal's private data and comes back with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Where Slack takes an answer for a message only one person sees.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "u")]
    pub response_url: Option<String>,
    /// Conversation and timestamp of a message that everybody there sees.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "m")]
    pub message: Option<(String, String)>,
    /// It was opened in the home tab, which shows what has come of it afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not", rename = "h")]
    pub home: bool,
}

impl Origin {
    /// What is opened in the home tab.
    pub fn of_home() -> Self {
        Self { home: true, ..Self::default() }
    }

    /// What a modal of ours carried.
    pub fn read(private_metadata: &str) -> Self {
        serde_json::from_str(private_metadata).unwrap_or_default()
    }

    fn write(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        if text.len() <= METADATA { text } else { String::new() }
    }
}

/// The modal of a form. `errors` are shown above the fields: for when Slack can no longer show them beside.
pub fn view(form: &Form, origin: &Origin, errors: &[(String, Text)], wording: &Wording) -> Value {
    let mut blocks = Vec::new();
    if form.title.chars().count() > TITLE {
        blocks.push(object([("type", "header".into()), ("text", plain(&form.title, HEADER))]));
    }
    if let Some(intro) = &form.intro {
        blocks.push(paragraph(intro));
    }
    for (key, words) in errors {
        blocks.push(paragraph(&correction(form, key, words)));
    }
    let controls = match form.controls.is_empty() {
        true => Vec::new(),
        false => view_blocks(&Message::default().with(Block::Controls(form.controls.clone()))),
    };
    let room = VIEW_BLOCKS.saturating_sub(blocks.len() + controls.len()).min(FIELDS);
    blocks.extend(form.fields.iter().take(room).map(input));
    blocks.extend(controls);
    let mut view = modal(&form.title, blocks, origin, wording.cancel);
    view["callback_id"] = form.action.as_str().into();
    view["submit"] = plain(&form.submit, TITLE);
    view
}

fn correction(form: &Form, key: &str, words: &Text) -> Text {
    let label = form.fields.iter().find(|field| field.key == key).map(|field| field.label.clone());
    let mut spans: Vec<_> = label.map(|label| Span::Plain(format!("{label}: "))).into_iter().collect();
    spans.extend(words.0.iter().cloned());
    Text(spans)
}

/// A modal that only tells: what a form's answer becomes.
pub fn result(title: &str, message: &Message, origin: &Origin, wording: &Wording) -> Value {
    modal(title, view_blocks(message), origin, wording.close)
}

/// The calm modal shown while the answer takes longer than Slack waits.
pub fn moment(title: &str, origin: &Origin, wording: &Wording) -> Value {
    modal(title, vec![paragraph(&Text::plain(wording.moment))], origin, wording.close)
}

/// What a modal says that has been answered with nothing.
pub fn done(title: &str, origin: &Origin, wording: &Wording) -> Value {
    modal(title, vec![paragraph(&Text::plain(wording.done))], origin, wording.close)
}

/// The title of a modal that shows a message outside any form.
pub fn title_of<'a>(message: &'a Message, wording: &'a Wording) -> std::borrow::Cow<'a, str> {
    message
        .blocks
        .iter()
        .find_map(|block| match block {
            crate::chat::Block::Heading(text) => Some(text.words().into()),
            _ => None,
        })
        .unwrap_or(wording.title.into())
}

fn modal(title: &str, blocks: Vec<Value>, origin: &Origin, close: &str) -> Value {
    object([
        ("type", "modal".into()),
        ("title", plain(title, TITLE)),
        ("close", plain(close, TITLE)),
        ("blocks", blocks.into()),
        ("private_metadata", origin.write().into()),
    ])
}

/// The errors of a submission, keyed by block. Those that belong to no field shown stand at the first one, so
/// that none is lost. `None` if there is no field to show any at.
pub fn errors(form: &Form, errors: &[(String, Text)]) -> Option<Value> {
    let shown = || form.fields.iter().take(FIELDS);
    let first = shown().next()?.key.clone();
    let mut at = serde_json::Map::new();
    for (key, words) in errors {
        let block = shown().find(|field| field.key == *key).map_or(&first, |field| &field.key);
        let words = match at.get(block).and_then(Value::as_str) {
            Some(before) => format!("{before} {}", words.words()),
            None => words.words(),
        };
        at.insert(block.clone(), line(&words, ERROR).into());
    }
    (!at.is_empty()).then(|| object([("response_action", "errors".into()), ("errors", at.into())]))
}

fn input(field: &Field) -> Value {
    let mut element = match &field.kind {
        FieldKind::Text { multiline, min, max } => text_input(field, *multiline, *min, *max),
        FieldKind::Moment => moment_picker(field),
        FieldKind::Day => day_picker(field),
        FieldKind::File { endings } => json!({"type": "file_input", "filetypes": endings, "max_files": 1}),
        FieldKind::One(options) => one(options, field),
        FieldKind::Many { options, max, .. } => many(options, field, *max),
    };
    element["action_id"] = INPUT.into();
    let mut block = object([
        ("type", "input".into()),
        ("block_id", field.key.as_str().into()),
        ("label", plain(&field.label, FIELD_LABEL)),
        ("element", element),
        ("optional", (!field.required).into()),
    ]);
    if !field.hint.is_empty() {
        block["hint"] = plain(&field.hint, HINT);
    }
    block
}

fn text_input(field: &Field, multiline: bool, min: usize, max: usize) -> Value {
    let max = max.clamp(1, FIELD_TEXT);
    let mut element = json!({"type": "plain_text_input", "multiline": multiline, "max_length": max});
    if field.required && min > 0 {
        element["min_length"] = min.min(max).into();
    }
    if let Some(value) = field.value.first().filter(|value| !value.is_empty()) {
        element["initial_value"] = shorten(value, max).into();
    }
    element
}

/// Slack shows and takes the moment in the person's own zone. What stands there already must be an instant.
fn moment_picker(field: &Field) -> Value {
    let mut element = object([("type", "datetimepicker".into())]);
    let stands = field.value.first().and_then(|value| DateTime::parse_from_rfc3339(value).ok());
    if let Some(at) = stands.map(|at| at.timestamp()).filter(|seconds| TEN_DIGITS.contains(seconds)) {
        element["initial_date_time"] = at.into();
    }
    element
}

/// What stands there already must be a day.
fn day_picker(field: &Field) -> Value {
    let mut element = object([("type", "datepicker".into())]);
    let stands = field.value.first().and_then(|value| value.parse::<NaiveDate>().ok());
    if let Some(day) = stands {
        element["initial_date"] = day.to_string().into();
    }
    element
}

/// Few choices that must be answered stand open; others go into a menu, because an open one cannot be taken back.
fn one(options: &[Choice], field: &Field) -> Value {
    if !field.required || options.len() > OPEN_CHOICES {
        return menu(options, &field.value, 1);
    }
    let mut element = object([("type", "radio_buttons".into()), ("options", options.iter().map(option).collect())]);
    if let Some(chosen) = options.iter().find(|choice| field.value.contains(&choice.value)) {
        element["initial_option"] = option(chosen);
    }
    element
}

/// Boxes cannot count, so a limit below the number of choices needs a menu.
fn many(options: &[Choice], field: &Field, max: usize) -> Value {
    if options.len() > BOXES || max < options.len() {
        // One choice of several still sends a list, and takes a menu that can be emptied.
        let mut element = menu(options, &field.value, max.max(2));
        if max == 1 {
            element["max_selected_items"] = 1.into();
        }
        return element;
    }
    let mut element = object([("type", "checkboxes".into()), ("options", options.iter().map(option).collect())]);
    let chosen: Vec<_> = options.iter().filter(|choice| field.value.contains(&choice.value)).map(option).collect();
    if !chosen.is_empty() {
        element["initial_options"] = chosen.into();
    }
    element
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
