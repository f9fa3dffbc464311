//! Tests of what controls and forms become on Discord.

use super::*;
use crate::chat::{ActionId, Text};

fn button(label: &str) -> Control {
    Control::Button { label: label.into(), action: ActionId::new("do", &[]), style: Style::Plain }
}

fn menu(options: usize) -> Control {
    let options = (0..options).map(|it| Choice { value: it.to_string(), label: "l".repeat(200) }).collect();
    Control::Menu { label: "Pick".into(), action: ActionId::new("pick", &[]), options, chosen: vec![], min: 1, max: 99 }
}

fn widths(blocks: Vec<Vec<Control>>) -> Vec<usize> {
    let message = Message::of(blocks.into_iter().map(Block::Controls).collect());
    rows(&message, &Mark::of_guild(7)).iter().map(|row| row["components"].as_array().unwrap().len()).collect()
}

#[test]
fn five_buttons_share_a_row_and_a_menu_has_its_own() {
    let seven: Vec<Control> = (0..7).map(|_| button("b")).collect();
    assert_eq!(widths(vec![seven]), [5, 2]);
    assert_eq!(widths(vec![vec![button("a"), menu(2), button("b")], vec![button("c")]]), [1, 1, 1, 1]);
}

#[test]
fn what_does_not_fit_is_left_out() {
    assert_eq!(widths(vec![(0..8).map(|_| menu(1)).collect()]).len(), 5);
    assert_eq!(widths(vec![vec![menu(0), button("b")]]), [1]);
    let message = Message::of(vec![Block::Controls(vec![menu(40)])]);
    let rows = rows(&message, &Mark::of_guild(7));
    let menu = &rows[0]["components"][0];
    assert_eq!((menu["options"].as_array().unwrap().len(), menu["max_values"].as_u64()), (25, Some(25)));
    assert_eq!(menu["options"][0]["label"].as_str().unwrap().chars().count(), 100);
}

#[test]
fn labels_are_never_empty_nor_too_long() {
    assert_eq!(short(" \n ", 80), "…");
    assert_eq!(short("one\ntwo", 80), "one two");
    assert_eq!(short(&"é".repeat(90), 80).chars().count(), 80);
    assert!(short(&"🦉".repeat(90), 80).encode_utf16().count() <= 80);
}

#[test]
fn a_form_holds_its_text_fields() {
    let text = |key: &str, required, min| Field {
        key: key.into(),
        label: "A label that is quite a bit longer than what fits".into(),
        hint: "Shared with your match".into(),
        required,
        kind: FieldKind::Text { multiline: key == "goals", min, max: 5000 },
        value: if key == "goals" { vec!["Typed before".into()] } else { vec![] },
    };
    let moment = Field { kind: FieldKind::Moment, ..text("when", true, 0) };
    let shown = form(
        &Form {
            action: ActionId::new("apply.send", &["mentee"]),
            title: "Apply".into(),
            intro: Some(Text::plain("unseen")),
            fields: vec![text("library", true, 2), text("goals", false, 0), moment],
            controls: vec![],
            submit: "Send".into(),
            reopen: ActionId::new("apply.open", &[]),
        },
        &Mark::of_guild(7),
    );
    insta::assert_json_snapshot!(shown);
}
