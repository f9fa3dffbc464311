//! Block Kit as Slack enforces it: limits, required and allowed properties, types and where they may stand.
//! It says what is wrong in Slack's own words; it renders nothing.

mod check;
mod elements;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::ids::Ids;
use check::Checker;

/// Where blocks are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A message: 50 blocks.
    Message,
    /// A modal or home view: 100 blocks.
    View,
}

/// Bytes of a whole view ("250 kB").
pub const VIEW_BYTES: usize = 250_000;

/// Checks an array of blocks. Empty if all is well; else one `[ERROR] ... [json-pointer:...]` per finding.
pub fn check_blocks(blocks: &Value, surface: Surface, at: &str) -> Vec<String> {
    let mut checker = Checker::default();
    blocks_in(&mut checker, blocks, surface, at);
    checker.findings
}

/// Checks a view that is to be opened, pushed, updated or published.
pub fn check_view(view: &Value, home: bool) -> Vec<String> {
    let mut checker = Checker::default();
    let at = "/view";
    let kind = if home { "home" } else { "modal" };
    if view["type"] != kind {
        checker.add(&format!("`type` must be {kind}"), &format!("{at}/type"));
        return checker.findings;
    }
    if home {
        checker.properties(view, at, &["blocks"], &["private_metadata", "callback_id", "external_id"]);
    } else {
        let optional = [
            "close",
            "submit",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
            "submit_disabled",
        ];
        checker.properties(view, at, &["title", "blocks"], &optional);
        for key in ["title", "submit", "close"] {
            checker.plain(&view[key], &format!("{at}/{key}"), 24);
        }
        let inputs = view["blocks"].as_array().is_some_and(|all| all.iter().any(|block| block["type"] == "input"));
        if inputs && view["submit"].is_null() {
            checker.add("missing required field: submit", at);
        }
    }
    checker.string(&view["private_metadata"], &format!("{at}/private_metadata"), 0, 3000);
    checker.string(&view["callback_id"], &format!("{at}/callback_id"), 0, 255);
    checker.string(&view["external_id"], &format!("{at}/external_id"), 0, 255);
    for key in ["clear_on_close", "notify_on_close", "submit_disabled"] {
        checker.boolean(&view[key], &format!("{at}/{key}"));
    }
    blocks_in(&mut checker, &view["blocks"], Surface::View, &format!("{at}/blocks"));
    checker.findings
}

fn blocks_in(checker: &mut Checker, blocks: &Value, surface: Surface, at: &str) {
    let most = if surface == Surface::Message { 50 } else { 100 };
    let Some(blocks) = checker.array(blocks, at, 0, most) else { return };
    let mut seen = BTreeSet::new();
    for (index, block) in blocks.iter().enumerate() {
        let at = format!("{at}/{index}");
        check_block(checker, block, surface, &at);
        if let Some(id) = block["block_id"].as_str()
            && !seen.insert(id.to_owned())
        {
            checker.add(&format!("`block_id` already exists: {id}"), &format!("{at}/block_id"));
        }
    }
}

fn check_block(checker: &mut Checker, block: &Value, surface: Surface, at: &str) {
    let Some(kind) = block["type"].as_str() else {
        return checker.add("missing required field: type", at);
    };
    checker.string(&block["block_id"], &format!("{at}/block_id"), 0, 255);
    match kind {
        "section" => section(checker, block, at),
        "divider" => checker.properties(block, at, &[], &["block_id"]),
        "header" => {
            checker.properties(block, at, &["text"], &["block_id", "level"]);
            checker.plain(&block["text"], &format!("{at}/text"), 150);
        }
        "context" => context(checker, block, at),
        "actions" => {
            checker.properties(block, at, &["elements"], &["block_id"]);
            elements::list(checker, &block["elements"], elements::Home::Actions, at);
        }
        "input" => input(checker, block, at),
        "image" => {
            checker.properties(block, at, &["alt_text"], &["image_url", "slack_file", "title", "block_id"]);
            elements::image(checker, block, at);
            checker.plain(&block["title"], &format!("{at}/title"), 2000);
        }
        "markdown" if surface == Surface::Message => {
            checker.properties(block, at, &["text"], &["block_id"]);
            checker.string(&block["text"], &format!("{at}/text"), 1, 12_000);
        }
        "rich_text" => {
            checker.properties(block, at, &["elements"], &["block_id"]);
            checker.array(&block["elements"], &format!("{at}/elements"), 0, usize::MAX);
        }
        "table" if surface == Surface::Message => {
            checker.properties(block, at, &["rows"], &["block_id", "column_settings"]);
            checker.array(&block["rows"], &format!("{at}/rows"), 1, 100);
        }
        "file" if surface == Surface::Message => {
            checker.properties(block, at, &["external_id", "source"], &["block_id"]);
        }
        "video" => {
            let optional =
                ["block_id", "author_name", "description", "provider_icon_url", "provider_name", "title_url"];
            checker.properties(block, at, &["alt_text", "title", "thumbnail_url", "video_url"], &optional);
        }
        other => checker.add(&format!("unsupported type: {other}"), &format!("{at}/type")),
    }
}

fn section(checker: &mut Checker, block: &Value, at: &str) {
    checker.properties(block, at, &[], &["text", "fields", "accessory", "block_id", "expand"]);
    if block["text"].is_null() && block["fields"].is_null() {
        checker.add("missing required field: text", at);
    }
    checker.text(&block["text"], &format!("{at}/text"), 3000);
    if !block["fields"].is_null() {
        let at = format!("{at}/fields");
        for (index, field) in checker.array(&block["fields"], &at, 1, 10).into_iter().flatten().enumerate() {
            checker.text(field, &format!("{at}/{index}"), 2000);
        }
    }
    if !block["accessory"].is_null() {
        elements::one(checker, &block["accessory"], elements::Home::Section, &format!("{at}/accessory"));
    }
}

fn context(checker: &mut Checker, block: &Value, at: &str) {
    checker.properties(block, at, &["elements"], &["block_id"]);
    let at = format!("{at}/elements");
    for (index, element) in checker.array(&block["elements"], &at, 1, 10).into_iter().flatten().enumerate() {
        let at = format!("{at}/{index}");
        if element["type"] == "image" {
            checker.properties(element, &at, &["alt_text"], &["image_url", "slack_file"]);
            elements::image(checker, element, &at);
        } else {
            checker.text(element, &at, 3000);
        }
    }
}

fn input(checker: &mut Checker, block: &Value, at: &str) {
    checker.properties(block, at, &["label", "element"], &["block_id", "hint", "optional", "dispatch_action"]);
    checker.plain(&block["label"], &format!("{at}/label"), 2000);
    checker.plain(&block["hint"], &format!("{at}/hint"), 2000);
    checker.boolean(&block["optional"], &format!("{at}/optional"));
    checker.boolean(&block["dispatch_action"], &format!("{at}/dispatch_action"));
    if !block["element"].is_null() {
        elements::one(checker, &block["element"], elements::Home::Input, &format!("{at}/element"));
    }
}

/// Fills in what Slack fills in: ids that the app left out, `emoji` and `verbatim`.
pub fn normalise(blocks: &mut Value, ids: &mut Ids) {
    for block in blocks.as_array_mut().into_iter().flatten() {
        if block["block_id"].as_str().is_none_or(str::is_empty) {
            block["block_id"] = json!(&ids.token("block")[4..]);
        }
        if block["type"] == "input" {
            for key in ["optional", "dispatch_action"] {
                if block[key].is_null() {
                    block[key] = json!(false);
                }
            }
        }
        fill_in(block, ids);
    }
}

fn fill_in(value: &mut Value, ids: &mut Ids) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| fill_in(item, ids)),
        Value::Object(map) => {
            let kind = map.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
            match kind.as_str() {
                "plain_text" => drop(map.entry("emoji").or_insert(json!(true))),
                "mrkdwn" => drop(map.entry("verbatim").or_insert(json!(false))),
                kind if elements::is_interactive(kind)
                    && map.get("action_id").and_then(Value::as_str).is_none_or(str::is_empty) =>
                {
                    map.insert("action_id".into(), json!(&ids.token("action")[4..]));
                }
                _ => {}
            }
            map.values_mut().for_each(|item| fill_in(item, ids));
        }
        _ => {}
    }
}
