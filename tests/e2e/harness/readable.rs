//! What somebody gets who listens to a screen reader, or reads a notification: every lasting message says in its own
//! words what it is about, what a button does stands on it in words, and a picture is described.

use plsep_sandbox::BotMessage;
use serde_json::Value;

/// What is wrong with a message, if anything is.
pub fn flaws(message: &BotMessage, on_discord: bool) -> Vec<String> {
    let json = &message.json;
    let mut flaws = Vec::new();
    let embedded = json["embeds"].as_array().into_iter().flatten().map(|embed| &embed["description"]);
    let said = match on_discord {
        true => [&json["content"]].into_iter().chain(embedded).any(in_words),
        false => in_words(&json["text"]),
    };
    if !said {
        flaws.push("it does not say what it is about".to_owned());
    }
    for file in json["attachments"].as_array().into_iter().flatten() {
        let picture = file["content_type"].as_str().is_some_and(|kind| kind.starts_with("image/"));
        if picture && !in_words(&file["description"]) {
            flaws.push("a picture is not described".to_owned());
        }
    }
    for file in json["files"].as_array().into_iter().flatten() {
        let picture = file["mimetype"].as_str().is_some_and(|kind| kind.starts_with("image/"));
        if picture && !in_words(&file["alt_txt"]) {
            flaws.push("a picture is not described".to_owned());
        }
    }
    look_through(&json["blocks"], &mut flaws);
    look_through(&json["components"], &mut flaws);
    flaws.into_iter().map(|flaw| format!("{flaw}: {json}")).collect()
}

fn look_through(part: &Value, flaws: &mut Vec<String>) {
    match part {
        Value::Array(parts) => parts.iter().for_each(|part| look_through(part, flaws)),
        Value::Object(fields) => {
            let named = match (part["type"].as_str(), part["type"].as_u64()) {
                (Some("button"), _) => in_words(&part["text"]["text"]),
                (Some("image"), _) => in_words(&part["alt_text"]),
                (Some("input"), _) => in_words(&part["label"]["text"]),
                (Some(kind), _) if kind.ends_with("select") => in_words(&part["placeholder"]["text"]),
                (None, Some(2)) => in_words(&part["label"]),
                (None, Some(3)) => in_words(&part["placeholder"]),
                _ => true,
            };
            if !named {
                flaws.push("a control or picture has no words".to_owned());
            }
            fields.values().for_each(|part| look_through(part, flaws));
        }
        _ => {}
    }
}

/// Words, and not signs alone.
fn in_words(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().any(char::is_alphabetic))
}
