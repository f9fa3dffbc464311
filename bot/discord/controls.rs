//! Buttons, menus and forms as Discord's components. Labels that are too long are shortened and rows that do
//! not fit are left out, with a line in the log: a message is worth more than a control.

use serde_json::{Value, json};

use super::mark::Mark;
use super::render::LIMITS;
use crate::chat::form::MOMENT_TEXT_MAX;
use crate::chat::message::{Choice, Control, Style};
use crate::chat::{Block, Field, FieldKind, Form, Message};

/// Most buttons side by side.
const BUTTONS_IN_A_ROW: usize = 5;
/// Longest words shown in an empty menu.
const MENU_PLACEHOLDER: usize = 150;
/// Longest hint shown in an empty field.
const FIELD_PLACEHOLDER: usize = 100;

/// The rows of a message's controls.
pub(super) fn rows(message: &Message, mark: &Mark) -> Vec<Value> {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for block in &message.blocks {
        let Block::Controls(controls) = block else { continue };
        // Buttons of one block stand together and apart from those of the next.
        let mut open = false;
        for control in controls {
            let Some((value, fills_row)) = component(control, mark) else { continue };
            match rows.last_mut() {
                Some(row) if open && !fills_row && row.len() < BUTTONS_IN_A_ROW => row.push(value),
                _ => rows.push(vec![value]),
            }
            open = !fills_row;
        }
    }
    if rows.len() > LIMITS.control_rows {
        tracing::error!(
            rows = rows.len(),
            "a message has more rows of controls than Discord shows; the last are left out"
        );
        rows.truncate(LIMITS.control_rows);
    }
    rows.into_iter().map(|components| json!({"type": 1, "components": components})).collect()
}

/// A control, and whether it takes a whole row.
fn component(control: &Control, mark: &Mark) -> Option<(Value, bool)> {
    match control {
        Control::Button { label, action, style } => {
            let style = match style {
                Style::Primary => 1,
                Style::Plain => 2,
                Style::Danger => 4,
            };
            let label = short(label, LIMITS.button_label);
            Some((json!({"type": 2, "style": style, "label": label, "custom_id": mark.stamp(action)}), false))
        }
        Control::Menu { label, action, options, chosen, min, max } => {
            if options.is_empty() || options.len() > LIMITS.menu_options {
                tracing::error!(
                    options = options.len(),
                    verb = action.verb(),
                    "a menu holds 1 to 25 options on Discord"
                );
            }
            let options: Vec<Value> =
                options.iter().take(LIMITS.menu_options).map(|choice| option(choice, chosen)).collect();
            let max = (*max).clamp(1, options.len().max(1));
            let menu = json!({
                "type": 3, "custom_id": mark.stamp(action), "placeholder": short(label, MENU_PLACEHOLDER),
                "min_values": (*min).min(max), "max_values": max, "options": options,
            });
            (!options.is_empty()).then_some((menu, true))
        }
    }
}

fn option(choice: &Choice, chosen: &[String]) -> Value {
    json!({
        "label": short(&choice.label, LIMITS.option_label),
        "value": choice.value,
        "default": chosen.contains(&choice.value),
    })
}

/// A form's `data`. Choices cannot be asked in it (see [`LIMITS`]); a flow that asks all the same is told in
/// the log, and the form opens without them.
pub(super) fn form(form: &Form, mark: &Mark) -> Value {
    let fields: Vec<Value> = form.fields.iter().filter_map(field).collect();
    if fields.len() != form.fields.len() || fields.len() > LIMITS.form_fields {
        tracing::error!(form = form.action.verb(), "a form on Discord holds up to five text fields and nothing else");
    }
    let rows: Vec<Value> =
        fields.into_iter().take(LIMITS.form_fields).map(|field| json!({"type": 1, "components": [field]})).collect();
    json!({"custom_id": mark.stamp(&form.action), "title": short(&form.title, LIMITS.form_title), "components": rows})
}

fn field(field: &Field) -> Option<Value> {
    let (multiline, min, max) = match field.kind {
        FieldKind::Text { multiline, min, max } => (multiline, min, max),
        FieldKind::Moment | FieldKind::Day => (false, usize::from(field.required), MOMENT_TEXT_MAX),
        FieldKind::One(_) | FieldKind::Many { .. } | FieldKind::File { .. } => return None,
    };
    let max = max.clamp(1, LIMITS.field_text);
    let mut input = json!({
        "type": 4, "custom_id": field.key, "label": short(&field.label, LIMITS.field_label),
        "style": if multiline { 2 } else { 1 }, "required": field.required, "max_length": max,
    });
    if field.required && min > 0 {
        input["min_length"] = min.min(max).into();
    }
    if !field.hint.is_empty() {
        input["placeholder"] = short(&field.hint, FIELD_PLACEHOLDER).into();
    }
    if let Some(value) = field.value.first().filter(|value| !value.is_empty()) {
        input["value"] = value.chars().take(max).collect::<String>().into();
    }
    Some(input)
}

/// At most `room` characters, with an ellipsis if some are gone; never empty, which Discord refuses.
pub(super) fn short(text: &str, room: usize) -> String {
    let text = super::escape::legible(text).replace('\n', " ");
    let text = text.trim();
    if text.is_empty() {
        return "…".to_owned();
    }
    if text.encode_utf16().count() <= room {
        return text.to_owned();
    }
    let mut used = 1;
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += character.len_utf16();
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests;
