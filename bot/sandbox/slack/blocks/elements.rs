//! The interactive elements of Block Kit: which may stand where, and what each may hold.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::Checker;

/// The block an element stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    Section,
    Actions,
    Input,
}

const SELECTS: [&str; 10] = [
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
];

/// Elements that carry an `action_id`.
pub fn is_interactive(kind: &str) -> bool {
    SELECTS.contains(&kind)
        || matches!(kind, "button" | "workflow_button" | "overflow" | "checkboxes" | "radio_buttons")
        || matches!(kind, "datepicker" | "timepicker" | "datetimepicker")
        || kind.ends_with("_input")
}

fn may_stand(kind: &str, home: Home) -> bool {
    let pickers = matches!(kind, "checkboxes" | "radio_buttons" | "datepicker" | "timepicker");
    match home {
        Home::Section => {
            SELECTS.contains(&kind) || pickers || matches!(kind, "button" | "workflow_button" | "overflow" | "image")
        }
        Home::Actions => {
            SELECTS.contains(&kind)
                || pickers
                || matches!(kind, "button" | "workflow_button" | "overflow" | "datetimepicker" | "rich_text_input")
        }
        Home::Input => SELECTS.contains(&kind) || pickers || kind == "datetimepicker" || kind.ends_with("_input"),
    }
}

/// The elements of an actions block.
pub fn list(checker: &mut Checker, elements: &Value, home: Home, at: &str) {
    let at = format!("{at}/elements");
    let mut seen = BTreeSet::new();
    for (index, element) in checker.array(elements, &at, 1, 25).into_iter().flatten().enumerate() {
        let at = format!("{at}/{index}");
        one(checker, element, home, &at);
        if let Some(id) = element["action_id"].as_str()
            && !seen.insert(id.to_owned())
        {
            checker.add(&format!("`action_id` already exists: {id}"), &format!("{at}/action_id"));
        }
    }
}

/// One element.
pub fn one(checker: &mut Checker, element: &Value, home: Home, at: &str) {
    let Some(kind) = element["type"].as_str() else {
        return checker.add("missing required field: type", at);
    };
    if !may_stand(kind, home) {
        return checker.add(&format!("unsupported type: {kind}"), &format!("{at}/type"));
    }
    checker.string(&element["action_id"], &format!("{at}/action_id"), 0, 255);
    confirm(checker, &element["confirm"], &format!("{at}/confirm"));
    checker.plain(&element["placeholder"], &format!("{at}/placeholder"), 150);
    checker.boolean(&element["focus_on_load"], &format!("{at}/focus_on_load"));
    match kind {
        "button" => button(checker, element, at),
        "image" => {
            checker.properties(element, at, &["alt_text"], &["image_url", "slack_file"]);
            image(checker, element, at);
        }
        "overflow" => {
            checker.properties(element, at, &["options"], &["action_id", "confirm"]);
            options(checker, &element["options"], &format!("{at}/options"), 1, 5, false);
        }
        "checkboxes" | "radio_buttons" => choices(checker, element, kind, at),
        "static_select" | "multi_static_select" => static_select(checker, element, at),
        kind if SELECTS.contains(&kind) => other_select(checker, element, kind, at),
        "datepicker" => {
            let optional = ["action_id", "placeholder", "initial_date", "confirm", "focus_on_load"];
            checker.properties(element, at, &[], &optional);
            shaped(checker, &element["initial_date"], &format!("{at}/initial_date"), "0000-00-00");
        }
        "timepicker" => {
            let optional = ["action_id", "placeholder", "initial_time", "confirm", "focus_on_load", "timezone"];
            checker.properties(element, at, &[], &optional);
            shaped(checker, &element["initial_time"], &format!("{at}/initial_time"), "00:00");
        }
        "datetimepicker" => {
            checker.properties(element, at, &[], &["action_id", "initial_date_time", "confirm", "focus_on_load"]);
            checker.number(
                &element["initial_date_time"],
                &format!("{at}/initial_date_time"),
                1_000_000_000,
                9_999_999_999,
            );
        }
        "workflow_button" => {
            checker.properties(element, at, &["text", "workflow"], &["action_id", "style", "accessibility_label"])
        }
        _ => text_input(checker, element, kind, at),
    }
}

fn button(checker: &mut Checker, element: &Value, at: &str) {
    let optional = ["action_id", "url", "value", "style", "confirm", "accessibility_label"];
    checker.properties(element, at, &["text"], &optional);
    checker.plain(&element["text"], &format!("{at}/text"), 75);
    checker.string(&element["value"], &format!("{at}/value"), 0, 2000);
    checker.string(&element["url"], &format!("{at}/url"), 1, 3000);
    checker.string(&element["accessibility_label"], &format!("{at}/accessibility_label"), 1, 75);
    checker.word(&element["style"], &format!("{at}/style"), &["primary", "danger"]);
}

/// Either an address or an uploaded file, and always a description.
pub fn image(checker: &mut Checker, element: &Value, at: &str) {
    checker.string(&element["alt_text"], &format!("{at}/alt_text"), 0, 2000);
    checker.string(&element["image_url"], &format!("{at}/image_url"), 1, 3000);
    if element["image_url"].is_null() == element["slack_file"].is_null() {
        checker.add("must provide exactly one of: image_url, slack_file", at);
    }
}

fn confirm(checker: &mut Checker, value: &Value, at: &str) {
    if value.is_null() {
        return;
    }
    checker.properties(value, at, &["title", "text", "confirm", "deny"], &["style"]);
    checker.plain(&value["title"], &format!("{at}/title"), 100);
    checker.text(&value["text"], &format!("{at}/text"), 300);
    checker.plain(&value["confirm"], &format!("{at}/confirm"), 30);
    checker.plain(&value["deny"], &format!("{at}/deny"), 30);
    checker.word(&value["style"], &format!("{at}/style"), &["primary", "danger"]);
}

/// Options of a menu or list. Radio buttons and checkboxes may use markup, menus may not.
fn options(checker: &mut Checker, value: &Value, at: &str, least: usize, most: usize, markup: bool) {
    let mut seen = BTreeSet::new();
    for (index, option) in checker.array(value, at, least, most).into_iter().flatten().enumerate() {
        let at = format!("{at}/{index}");
        checker.properties(option, &at, &["text", "value"], &["description", "url"]);
        if markup {
            checker.text(&option["text"], &format!("{at}/text"), 75);
            checker.text(&option["description"], &format!("{at}/description"), 75);
        } else {
            checker.plain(&option["text"], &format!("{at}/text"), 75);
            checker.plain(&option["description"], &format!("{at}/description"), 75);
        }
        checker.string(&option["value"], &format!("{at}/value"), 1, 150);
        if let Some(value) = option["value"].as_str()
            && !seen.insert(value.to_owned())
        {
            checker.add(&format!("option `value` already exists: {value}"), &format!("{at}/value"));
        }
    }
}

/// What is preselected must be among the options.
fn preselected(checker: &mut Checker, element: &Value, at: &str) {
    let known: BTreeSet<&str> =
        all_options(element).into_iter().filter_map(|option| option["value"].as_str()).collect();
    let mut chosen: Vec<&Value> = element["initial_options"].as_array().into_iter().flatten().collect();
    if !element["initial_option"].is_null() {
        chosen.push(&element["initial_option"]);
    }
    for option in chosen {
        if !option["value"].as_str().is_some_and(|value| known.contains(value)) {
            checker.add("initial option is not one of the options", at);
        }
    }
}

/// The options of an element, those in groups included.
pub fn all_options(element: &Value) -> Vec<&Value> {
    let direct = element["options"].as_array().into_iter().flatten();
    let groups = element["option_groups"].as_array().into_iter().flatten();
    direct.chain(groups.flat_map(|group| group["options"].as_array().into_iter().flatten())).collect()
}

fn choices(checker: &mut Checker, element: &Value, kind: &str, at: &str) {
    let initial = if kind == "checkboxes" { "initial_options" } else { "initial_option" };
    checker.properties(element, at, &["options"], &["action_id", initial, "confirm", "focus_on_load"]);
    options(checker, &element["options"], &format!("{at}/options"), 1, 10, true);
    preselected(checker, element, at);
}

fn static_select(checker: &mut Checker, element: &Value, at: &str) {
    let multi = element["type"] == "multi_static_select";
    let mut optional = vec!["action_id", "placeholder", "options", "option_groups", "confirm", "focus_on_load"];
    optional.extend(if multi { ["initial_options", "max_selected_items"].as_slice() } else { &["initial_option"] });
    checker.properties(element, at, &[], &optional);
    checker.number(&element["max_selected_items"], &format!("{at}/max_selected_items"), 1, 100);
    if element["options"].is_null() == element["option_groups"].is_null() {
        return checker.add("must provide exactly one of: options, option_groups", at);
    }
    options(checker, &element["options"], &format!("{at}/options"), 1, 100, false);
    if !element["option_groups"].is_null() {
        let at = format!("{at}/option_groups");
        for (index, group) in checker.array(&element["option_groups"], &at, 1, 100).into_iter().flatten().enumerate() {
            let at = format!("{at}/{index}");
            checker.properties(group, &at, &["label", "options"], &[]);
            checker.plain(&group["label"], &format!("{at}/label"), 75);
            options(checker, &group["options"], &format!("{at}/options"), 1, 100, false);
        }
    }
    preselected(checker, element, at);
}

fn other_select(checker: &mut Checker, element: &Value, kind: &str, at: &str) {
    let mut optional = vec!["action_id", "placeholder", "confirm", "focus_on_load"];
    optional.extend(match kind {
        "external_select" => ["initial_option", "min_query_length"].as_slice(),
        "multi_external_select" => &["initial_options", "min_query_length", "max_selected_items"],
        "users_select" => &["initial_user"],
        "multi_users_select" => &["initial_users", "max_selected_items"],
        "channels_select" => &["initial_channel", "response_url_enabled"],
        "multi_channels_select" => &["initial_channels", "max_selected_items"],
        "conversations_select" => {
            &["initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"]
        }
        _ => &["initial_conversations", "default_to_current_conversation", "max_selected_items", "filter"],
    });
    checker.properties(element, at, &[], &optional);
    checker.number(&element["max_selected_items"], &format!("{at}/max_selected_items"), 1, 100);
}

fn text_input(checker: &mut Checker, element: &Value, kind: &str, at: &str) {
    let mut optional = vec!["action_id", "placeholder", "focus_on_load", "dispatch_action_config", "initial_value"];
    let mut required: &[&str] = &[];
    match kind {
        "plain_text_input" => optional.extend(["multiline", "min_length", "max_length"]),
        "number_input" => {
            required = &["is_decimal_allowed"];
            optional.extend(["min_value", "max_value"]);
        }
        "file_input" => optional = vec!["action_id", "filetypes", "max_files"],
        "email_text_input" | "url_text_input" | "rich_text_input" => {}
        other => return checker.add(&format!("unsupported type: {other}"), &format!("{at}/type")),
    }
    checker.properties(element, at, required, &optional);
    checker.boolean(&element["multiline"], &format!("{at}/multiline"));
    checker.number(&element["min_length"], &format!("{at}/min_length"), 0, 3000);
    checker.number(&element["max_length"], &format!("{at}/max_length"), 1, 3000);
    if let (Some(least), Some(most)) = (element["min_length"].as_u64(), element["max_length"].as_u64())
        && least > most
    {
        checker.add("min_length must not be greater than max_length", at);
    }
    if kind == "plain_text_input" {
        let most = element["max_length"].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(3000);
        checker.string(&element["initial_value"], &format!("{at}/initial_value"), 0, most);
    }
}

/// Digits where the pattern has zeros, the pattern's own signs elsewhere.
fn shaped(checker: &mut Checker, value: &Value, at: &str, pattern: &str) {
    let fits = |text: &str| {
        text.len() == pattern.len()
            && text
                .bytes()
                .zip(pattern.bytes())
                .all(|(have, want)| if want == b'0' { have.is_ascii_digit() } else { have == want })
    };
    if !value.is_null() && !value.as_str().is_some_and(fits) {
        checker.add(&format!("must be a string shaped like {pattern}"), at);
    }
}
