//! What Slack sends, and what it is read as.

use serde_json::json;

use super::*;
use crate::chat::CommandId;

fn deed_of(envelope: &Value) -> Deed {
    match content(envelope) {
        Content::Deed(deed) => *deed,
        other => panic!("not a deed: {other:?}"),
    }
}

fn typed(text: &str) -> What {
    let envelope = json!({
        "type": "slash_commands", "envelope_id": "E1",
        "payload": {"command": "/mentorship-admin", "text": text, "user_id": "U1", "channel_id": "C1",
            "response_url": "https://hooks.slack.com/x", "trigger_id": "1.2.a"},
    });
    deed_of(&envelope).what
}

#[test]
fn a_person_named_in_a_command_is_an_id() {
    for line in ["coordinators add <@U7|ana maría>", "coordinators add <@U7>", "coordinators add person:<@U7|x>"] {
        let What::Command(invocation) = typed(line) else { panic!("{line}") };
        assert_eq!(invocation.person("person"), Some(&UserRef("U7".into())));
    }
    assert!(matches!(typed("coordinators add @ana"), What::Unclear { text, .. } if text == "coordinators add @ana"));
}

#[test]
fn words_come_back_as_they_were_typed() {
    let What::Command(invocation) =
        typed("applications decline <@U7> a &lt;b&gt; &amp; <https://x.example|x> <#C1|general>")
    else {
        panic!("not a command")
    };
    assert_eq!(invocation.words("reason"), Some("a <b> & https://x.example #general"));
}

#[test]
fn a_private_channel_that_goes_is_told_and_nothing_else_about_channels() {
    let told = |event: Value| {
        content(
            &json!({"type": "events_api", "payload": {"event_id": "Ev1", "event_time": 1_740_960_000, "event": event}}),
        )
    };
    for kind in ["group_archive", "group_deleted", "group_left"] {
        let Content::PlaceGone { key, place } = told(json!({"type": kind, "channel": "G1"})) else { panic!("{kind}") };
        assert_eq!((key.as_str(), place.0.as_str()), ("event:Ev1", "G1"));
    }
    for event in [json!({"type": "group_archive"}), json!({"type": "group_rename", "channel": {"id": "G1"}})] {
        assert!(matches!(told(event), Content::Nothing));
    }
}

#[test]
fn a_bare_command_is_its_own() {
    assert!(matches!(typed("  "), What::Command(invocation) if invocation.id == CommandId::SeasonShow));
}

#[test]
fn the_key_is_the_same_for_every_delivery() {
    let mut envelope = json!({
        "type": "interactive", "envelope_id": "E1",
        "payload": {"type": "block_actions", "trigger_id": "1.2.b", "user": {"id": "U1"},
            "actions": [{"type": "button", "action_id": "met:P1#2", "action_ts": "1740960000.5"}],
            "container": {"type": "message", "message_ts": "17.1", "channel_id": "C1", "is_ephemeral": false},
            "channel": {"id": "C1"}, "response_url": "https://hooks.slack.com/y"},
    });
    let first = deed_of(&envelope);
    envelope["envelope_id"] = "E2".into();
    let second = deed_of(&envelope);
    assert_eq!((first.key.as_str(), &first.key), ("action:1.2.b", &second.key));
    assert!(matches!(&first.what, What::Press(action) if action.as_str() == "met:P1"));
    assert_eq!(first.at, DateTime::from_timestamp(1_740_960_000, 500_000_000));
    let Kind::Message(origin) = first.source.kind else { panic!("not a message") };
    assert_eq!(origin.message, Some(("C1".into(), "17.1".into())));
}

#[test]
fn a_button_in_a_form_brings_what_stands_in_the_fields() {
    let press = |callback: &str| {
        deed_of(&json!({
            "type": "interactive", "envelope_id": "E1",
            "payload": {"type": "block_actions", "trigger_id": "1.2.b", "user": {"id": "U1"},
                "actions": [{"type": "button", "action_id": "step:1", "action_ts": "1740960000.5"}],
                "container": {"type": "view", "view_id": "V1"},
                "view": {"id": "V1", "hash": "1.a", "type": "modal", "callback_id": callback, "title": {"text": "Apply"},
                    "state": {"values": {"goals": {"value": {"type": "plain_text_input", "value": "grow"}}}}}},
        }))
    };
    let turned = press("write:2");
    let What::Turn { action, values } = &turned.what else { panic!("{:?}", turned.what) };
    assert_eq!((action.as_str(), values["goals"].as_slice()), ("step:1", ["grow".to_owned()].as_slice()));
    let Kind::Modal(view) = turned.source.kind else { panic!("not a modal") };
    assert_eq!((view.id.as_str(), view.hash.as_deref()), ("V1", Some("1.a")));
    // A window that only tells something has no fields.
    assert!(matches!(press("").what, What::Press(_)));
}

#[test]
fn every_kind_of_input_is_read() {
    let state = json!({
        "goals": {"value": {"type": "plain_text_input", "value": "grow"}},
        "empty": {"value": {"type": "plain_text_input", "value": null}},
        "role": {"value": {"type": "radio_buttons", "selected_option": {"value": "mentee"}}},
        "none": {"value": {"type": "static_select", "selected_option": null}},
        "days": {"value": {"type": "checkboxes", "selected_options": [{"value": "mo"}, {"value": "fr"}]}},
        "rooms": {"x": {"type": "multi_channels_select", "selected_channels": ["C1", "C2"]}},
        "when": {"x": {"type": "datepicker", "selected_date": "2025-03-01"}},
        "meeting": {"value": {"type": "datetimepicker", "selected_date_time": 1_741_986_000}},
        "unset": {"value": {"type": "datetimepicker", "selected_date_time": null}},
    });
    let expected = [
        ("days", vec!["mo", "fr"]),
        ("empty", vec![]),
        ("goals", vec!["grow"]),
        ("meeting", vec!["2025-03-14T21:00:00Z"]),
        ("none", vec![]),
        ("role", vec!["mentee"]),
        ("rooms", vec!["C1", "C2"]),
        ("unset", vec![]),
        ("when", vec!["2025-03-01"]),
    ];
    let read = values(&state);
    let read: Vec<_> = read.iter().map(|(k, v)| (k.as_str(), v.iter().map(String::as_str).collect())).collect();
    assert_eq!(read, expected);
}

#[test]
fn what_is_of_no_interest_is_nothing() {
    for envelope in [
        json!({"type": "interactive", "payload": {"type": "view_closed"}}),
        json!({"type": "interactive", "payload": {"type": "block_actions", "actions": []}}),
        json!({"type": "events_api", "payload": {"event_id": "Ev1", "event": {"type": "app_home_opened", "tab": "messages"}}}),
        json!({"type": "events_api", "payload": {"event_id": "Ev1", "event": {"type": "team_join", "user": {"id": "U1", "is_bot": true}}}}),
        json!({"type": "something_new", "payload": 7}),
        json!(null),
    ] {
        assert!(matches!(content(&envelope), Content::Nothing), "{envelope}");
    }
}
