//! An open modal as its person sees it, and the rules their client applies before anything is sent.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::controls::{self, Spot};
use super::state::{Inputs, Person, StoredFile, View, World};
use super::visible;
use crate::person::{CannotAct, FieldKind, FieldSeen, FormSeen, picked_file};

/// Most characters of a text field that names no limit.
const LONGEST_TEXT: usize = 3000;

/// The form as it stands on the screen.
pub fn seen(world: &World, person: &Person, view: &View) -> FormSeen {
    let others: Vec<Value> = view.blocks().iter().filter(|block| block["type"] != "input").cloned().collect();
    let page = visible::page(world, person, &others, Some(&view.inputs));
    let text = |key: &str| view.body[key]["text"].as_str().unwrap_or_default().to_owned();
    FormSeen {
        id: view.id.clone(),
        key: view.body["callback_id"].as_str().unwrap_or_default().to_owned(),
        title: text("title"),
        notes: page.text.into_iter().filter(|note| !note.is_empty()).collect(),
        html: page.html,
        fields: fields(view).into_iter().map(|spot| field(world, view, spot)).collect(),
        controls: page.controls,
        submit: text("submit"),
        close: Some(text("close")).filter(|close| !close.is_empty()).unwrap_or_else(|| "Cancel".to_owned()),
        errors: view.errors.clone(),
    }
}

/// What is entered and then sent. A menu elsewhere acts as soon as something is chosen.
fn fields(view: &View) -> Vec<Spot<'_>> {
    controls::spots(view.blocks()).into_iter().filter(|spot| spot.block["type"] == "input").collect()
}

fn required(spot: Spot<'_>) -> bool {
    spot.block["optional"] != true
}

fn field(world: &World, view: &View, spot: Spot<'_>) -> FieldSeen {
    let hint = [&spot.block["hint"], &spot.element["placeholder"]];
    let hint = hint.iter().find_map(|hint| hint["text"].as_str()).unwrap_or_default().to_owned();
    let value = view.inputs.get(spot.block_id()).and_then(|actions| actions.get(spot.action_id()));
    FieldSeen {
        key: spot.block_id().to_owned(),
        label: spot.label(),
        hint,
        required: required(spot),
        kind: kind(world, view, spot),
        value: value.map(|value| controls::shown(world, &view.user, value)).unwrap_or_default(),
    }
}

fn kind(world: &World, view: &View, spot: Spot<'_>) -> FieldKind {
    let number = |key: &str| spot.element[key].as_u64().and_then(|number| usize::try_from(number).ok());
    match spot.kind() {
        "datepicker" => FieldKind::Date,
        "timepicker" => FieldKind::Time,
        "datetimepicker" => FieldKind::Moment,
        "file_input" => FieldKind::File { endings: endings(spot) },
        kind if kind.ends_with("_input") => FieldKind::Text {
            multiline: spot.element["multiline"] == true,
            min: number("min_length").unwrap_or(0).max(usize::from(required(spot))),
            max: number("max_length").unwrap_or(LONGEST_TEXT),
        },
        _ => FieldKind::Choice {
            options: controls::choices(world, &view.user, spot.element),
            min: usize::from(required(spot)),
            max: spot.most(),
        },
    }
}

fn endings(spot: Spot<'_>) -> Vec<String> {
    let types = spot.element["filetypes"].as_array().into_iter().flatten();
    types.filter_map(|ending| ending.as_str().map(str::to_owned)).collect()
}

/// Takes up the files that a person picked, and puts their ids in the place of their contents.
pub fn upload(
    world: &mut World,
    view: &View,
    mut values: BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, Vec<String>> {
    let takes_file = |key: &String| {
        let mut fields = fields(view).into_iter();
        fields.any(|spot| spot.kind() == "file_input" && (spot.block_id() == key || spot.label() == *key))
    };
    for (_, entered) in values.iter_mut().filter(|(key, _)| takes_file(key)) {
        for value in entered {
            let Some((name, bytes)) = picked_file(value) else { continue };
            let (id, created_ms) = (world.ids.next("F"), world.now_ms());
            *value = id.clone();
            world.files.push(StoredFile {
                id,
                title: name.clone(),
                name,
                alt: None,
                declared: bytes.len(),
                bytes: Some(bytes),
                complete: true,
                created_ms,
                owner: Some(view.user.clone()),
                shares: Vec::new(),
            });
        }
    }
    values
}

/// What the inputs hold after the person entered `values`; `Err` if there is no such field or choice.
pub fn entered(world: &World, view: &View, values: &BTreeMap<String, Vec<String>>) -> Result<Inputs, CannotAct> {
    let mut inputs = view.inputs.clone();
    let fields = fields(view);
    for (key, entered) in values {
        let spot = fields.iter().find(|spot| spot.block_id() == key).copied();
        let spot = spot.or_else(|| fields.iter().find(|spot| spot.label() == *key).copied());
        let spot = spot.ok_or_else(|| CannotAct::NotThere(format!("the form has no field {key:?}")))?;
        let entered: Vec<String> = entered.iter().filter(|value| !value.is_empty()).cloned().collect();
        let value = controls::entered(world, &view.user, spot.element, &entered)
            .map_err(|value| CannotAct::Refused(format!("{}: {value:?} is not a choice", spot.label())))?;
        inputs.entry(spot.block_id().to_owned()).or_default().insert(spot.action_id().to_owned(), value);
    }
    Ok(inputs)
}

/// The same when the form is sent; `Err` tells what the client would say.
pub fn fill_in(world: &World, view: &View, values: &BTreeMap<String, Vec<String>>) -> Result<Inputs, CannotAct> {
    let inputs = entered(world, view, values)?;
    for spot in fields(view) {
        let value = inputs.get(spot.block_id()).and_then(|actions| actions.get(spot.action_id()));
        judge(world, view, spot, value.unwrap_or(&Value::Null))?;
    }
    Ok(inputs)
}

/// The rules of the client itself.
fn judge(world: &World, view: &View, spot: Spot<'_>, value: &Value) -> Result<(), CannotAct> {
    let refuse = |why: &str| Err(CannotAct::Refused(format!("{}: {why}", spot.label())));
    let chosen = controls::chosen(value);
    if chosen.is_empty() {
        return if required(spot) { refuse("Please complete this required field.") } else { Ok(()) };
    }
    match kind(world, view, spot) {
        FieldKind::Text { min, max, .. } => {
            let length = chosen.iter().map(|text| text.chars().count()).sum::<usize>();
            if length < min {
                return refuse(&format!("Must be at least {min} characters."));
            }
            if length > max {
                return refuse(&format!("Must be at most {max} characters."));
            }
            typed(spot, &chosen[0]).or_else(refuse)
        }
        FieldKind::Choice { max, .. } if chosen.len() > max => refuse(&format!("Choose at most {max}.")),
        FieldKind::Choice { .. } => Ok(()),
        FieldKind::Date if chrono::NaiveDate::parse_from_str(&chosen[0], "%Y-%m-%d").is_err() => refuse("Not a date."),
        FieldKind::Time if chrono::NaiveTime::parse_from_str(&chosen[0], "%H:%M").is_err() => refuse("Not a time."),
        FieldKind::Moment if chosen[0].len() != 10 => refuse("Not a moment."),
        FieldKind::File { endings } => {
            let fits =
                |name: &String| endings.iter().any(|ending| name.to_lowercase().ends_with(&format!(".{ending}")));
            let all = endings.is_empty() || chosen.iter().all(fits);
            if all { Ok(()) } else { refuse("This file type is not supported.") }
        }
        FieldKind::Date | FieldKind::Time | FieldKind::Moment => Ok(()),
    }
}

fn typed(spot: Spot<'_>, text: &str) -> Result<(), &'static str> {
    match spot.kind() {
        "email_text_input" if !text.contains('@') => Err("Enter a valid email address."),
        "url_text_input" if !text.contains("://") => Err("Enter a valid URL."),
        "number_input" => {
            let number: f64 = text.parse().map_err(|_| "Enter a number.")?;
            let bound = |key: &str| match &spot.element[key] {
                Value::String(text) => text.parse::<f64>().ok(),
                other => other.as_f64(),
            };
            if spot.element["is_decimal_allowed"] != true && number.fract() != 0.0 {
                return Err("Enter a whole number.");
            }
            let low = bound("min_value").is_some_and(|least| number < least);
            let high = bound("max_value").is_some_and(|most| number > most);
            if low || high { Err("The number is out of range.") } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Whether `errors` of a refused submission name input blocks of the view, as they must.
pub fn errors(view: &View, payload: &Value) -> Option<BTreeMap<String, String>> {
    let errors = payload["errors"].as_object()?;
    let known =
        |key: &str| view.blocks().iter().any(|block| block["type"] == "input" && block["block_id"] == json!(key));
    let all: Option<BTreeMap<String, String>> =
        errors.iter().map(|(key, text)| known(key).then(|| Some((key.clone(), text.as_str()?.to_owned())))?).collect();
    all.filter(|errors| !errors.is_empty())
}
