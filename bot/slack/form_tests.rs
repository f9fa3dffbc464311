//! What forms look like on the wire, as snapshots, and where their errors stand.

use insta::assert_json_snapshot;

use super::*;
use crate::chat::{ActionId, Control, Style};
use crate::slack::wording::wording;

fn choices(count: usize) -> Vec<Choice> {
    (0..count).map(|n| Choice { value: format!("v{n}"), label: format!("Choice {n}") }).collect()
}

fn field(key: &str, required: bool, kind: FieldKind, value: &[&str]) -> Field {
    Field {
        key: key.into(),
        label: format!("About {key}"),
        hint: if required { "Your match sees this.".into() } else { String::new() },
        required,
        kind,
        value: value.iter().map(|&value| value.to_owned()).collect(),
    }
}

fn application() -> Form {
    let many = |count, max| FieldKind::Many { options: choices(count), min: 0, max };
    Form {
        action: ActionId::new("apply", &["mentee"]),
        title: "Application as a mentee in 2025".into(),
        intro: Some(Text::plain("Ten minutes. *Nothing* is sent until you press the button.")),
        fields: vec![
            field("library", true, FieldKind::Text { multiline: false, min: 2, max: 100 }, &["Long Beach"]),
            field("goals", false, FieldKind::Text { multiline: true, min: 0, max: 9000 }, &[]),
            field("role", true, FieldKind::One(choices(3)), &["v1"]),
            field("region", false, FieldKind::One(choices(3)), &[]),
            field("days", false, many(5, 5), &["v0", "v4"]),
            field("topics", true, many(16, 3), &["v2"]),
        ],
        controls: vec![],
        submit: "Send my application now please".into(),
        reopen: ActionId::new("apply-again", &[]),
    }
}

#[test]
fn an_application() {
    let origin =
        Origin { response_url: Some("https://hooks.slack.com/actions/T/1/x".into()), message: None, home: false };
    let view = view(&application(), &origin, &[], wording(None));
    assert_json_snapshot!(view);
    assert_eq!(Origin::read(view["private_metadata"].as_str().unwrap()), origin);
}

#[test]
fn a_button_that_leads_back_stands_below_the_fields_however_many_there_are() {
    let back = Control::Button { label: "Back".into(), action: ActionId::new("step", &["1"]), style: Style::Plain };
    let all = (0..200).map(|n| field(&format!("q{n}"), false, FieldKind::One(choices(2)), &[])).collect();
    let view =
        view(&Form { fields: all, controls: vec![back], ..application() }, &Origin::default(), &[], wording(None));
    let blocks = view["blocks"].as_array().unwrap();
    assert!(blocks.len() <= VIEW_BLOCKS, "{}", blocks.len());
    assert_json_snapshot!(blocks.last());
}

#[test]
fn errors_above_the_fields_where_slack_cannot_show_them_beside() {
    let wrong = [("library".to_owned(), Text::plain("Which library?")), (String::new(), Text::plain("Too late."))];
    let view = view(&application(), &Origin::default(), &wrong, wording(Some("es-ES")));
    assert_json_snapshot!(view["blocks"].as_array().unwrap()[..4]);
    assert_eq!(view["close"]["text"], "Cancelar");
}

#[test]
fn errors_beside_the_fields_and_none_lost() {
    let wrong = [
        ("goals".to_owned(), Text::plain("A little more, please.")),
        ("nowhere".to_owned(), Text::plain("Applications have closed.")),
        ("library".to_owned(), Text::plain("Which library?")),
    ];
    assert_json_snapshot!(errors(&application(), &wrong));
    let empty = Form { fields: vec![], ..application() };
    assert_eq!(errors(&empty, &wrong), None);
}

#[test]
fn a_result_and_the_wait_before_it() {
    let message =
        Message::paragraph(Text::plain("Your application is in.")).with(Block::Heading(Text::plain("Received")));
    assert_json_snapshot!(result("Application as a mentee in 2025", &message, &Origin::default(), wording(None)));
    assert_json_snapshot!(moment("Application", &Origin::default(), wording(Some("es"))));
    assert_eq!(title_of(&message, wording(None)), "Received");
}

#[test]
fn private_data_that_is_not_ours_replaces_nothing() {
    assert_eq!(Origin::read(""), Origin::default());
    assert_eq!(Origin::read("somebody else's"), Origin::default());
}
