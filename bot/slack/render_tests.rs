//! What messages look like on the wire, as snapshots, and the sizes they keep.

use chrono::DateTime;
use insta::assert_json_snapshot;

use super::*;
use crate::chat::{UserRef, WhenStyle};

fn text(words: &str) -> Text {
    Text::plain(words)
}

fn press(label: &str, verb: &str, style: Style) -> Control {
    Control::Button { label: label.into(), action: ActionId::new(verb, &["P1"]), style }
}

fn choices(count: usize) -> Vec<Choice> {
    (0..count).map(|n| Choice { value: format!("v{n}"), label: format!("Choice {n}") }).collect()
}

#[test]
fn a_message_with_everything() {
    let at = DateTime::from_timestamp(1_740_960_000, 0).unwrap();
    let when = |style| Span::When { at, style, words: "Monday, March 3, 2025, 12:00 AM UTC".into() };
    let message = Message::default()
        .with(Block::Heading(text("You are matched")))
        .with(Block::Paragraph(Text(vec![
            Span::Plain("Say hello to ".into()),
            Span::Person(UserRef("U0GRACE".into())),
            Span::Plain(" before ".into()),
            when(WhenStyle::DateTime),
            Span::Plain(" or type ".into()),
            Span::Code("/mentorship status".into()),
            Span::Strong(" soon".into()),
        ])))
        .with(Block::Bullets(vec![text("first"), text("second")]))
        .with(Block::Fields(vec![(text("Library"), text("Long Beach")), (text("Role"), text("mentor"))]))
        .with(Block::Quote(text("*not bold* <!channel> @here\nsecond line")))
        .with(Block::Fine(text("Only you see *this*.")))
        .with(Block::Fine(Text(vec![Span::Plain("Until _then_ ".into()), when(WhenStyle::Date)])))
        .with(Block::Controls(vec![
            press("We met", "met", Style::Primary),
            press("Stop", "stop", Style::Danger),
            press("Stop it all", "stop", Style::Plain),
            Control::Menu {
                label: "How often?".into(),
                action: ActionId::new("cadence", &[]),
                options: choices(2),
                chosen: vec!["v1".into()],
                min: 1,
                max: 1,
            },
            Control::Menu {
                label: "Which topics?".into(),
                action: ActionId::new("topics", &[]),
                options: choices(3),
                chosen: vec!["v0".into(), "v2".into()],
                min: 0,
                max: 2,
            },
        ]));
    assert_json_snapshot!(body(&message));
}

#[test]
fn an_empty_message_is_still_something_slack_takes() {
    assert_json_snapshot!(body(&Message::default()));
}

#[test]
fn many_paragraphs_share_blocks_and_the_controls_stay() {
    let mut message = Message::default();
    for n in 0..80 {
        message = message.with(Block::Paragraph(text(&format!("line {n}"))));
    }
    message = message.with(Block::Controls(vec![press("Go", "go", Style::Plain)]));
    let body = body(&message);
    let blocks = body["blocks"].as_array().unwrap();
    assert_eq!(blocks.len(), 2);
    assert_eq!(blocks[0]["elements"].as_array().unwrap().len(), 80);
    assert_eq!(blocks[1]["type"], "actions");
}

#[test]
fn never_more_blocks_than_slack_takes() {
    let mut message = Message::default();
    for n in 0..80 {
        message = message.with(Block::Fine(text(&format!("line {n}"))));
    }
    let body = body(&message);
    let blocks = body["blocks"].as_array().unwrap();
    assert_eq!(blocks.len(), MESSAGE_BLOCKS);
    assert_eq!(blocks.last().unwrap()["elements"][0]["elements"][0]["text"], "…");
}

#[test]
fn never_more_text_than_fits() {
    let long = "word ".repeat(MESSAGE_TEXT);
    let message = Message::paragraph(text(&long)).with(Block::Quote(text("after")));
    let body = body(&message);
    let shown = body["blocks"].as_array().unwrap();
    let first = shown[0]["elements"][0]["elements"][0]["text"].as_str().unwrap();
    assert!(first.chars().count() <= MESSAGE_TEXT && first.ends_with('…'));
    assert!(fallback(&message).chars().count() <= 3000);
}

#[test]
fn the_same_action_twice_gets_two_ids_and_comes_back_as_one() {
    let mut names = ActionNames::default();
    let twice = ActionId::new("meet", &["P1"]);
    let odd = ActionId::new("meet", &["a#7"]);
    for (action, id) in [(&twice, "meet:P1"), (&twice, "meet:P1#2"), (&odd, "meet:a#7#1"), (&odd, "meet:a#7#2")] {
        assert_eq!(names.unique(action), id);
        assert_eq!(action_of(id).as_ref(), Some(action));
    }
    assert_eq!(action_of(""), None);
}
