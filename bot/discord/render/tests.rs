//! Tests of what messages become on Discord, with nasty texts among them.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::chat::message::{Choice, Control, Style};
use crate::chat::{ActionId, UserRef};

fn plain(words: &str) -> Text {
    Text::plain(words)
}

fn shown(message: &Message) -> Value {
    render(message, &Mark::of_guild(7)).private()
}

/// One of everything, as a program would write it.
fn everything() -> Message {
    let at = DateTime::from_timestamp(1_739_865_599, 0).unwrap();
    let when = |style| Span::When { at, style, words: "Mon Feb 17, 11:59 PM Pacific".into() };
    let menu = Control::Menu {
        label: "When can you usually meet?".into(),
        action: ActionId::new("when", &["4"]),
        options: ["Mornings", "Evenings"].map(|it| Choice { value: it.to_lowercase(), label: it.into() }).into(),
        chosen: vec!["evenings".into()],
        min: 1,
        max: 9,
    };
    let button =
        |label: &str, style| Control::Button { label: label.into(), action: ActionId::new("go", &[label]), style };
    Message {
        files: Vec::new(),
        blocks: vec![
            Block::Heading(plain("You are matched!")),
            Block::Paragraph(Text(vec![
                Span::Plain("Meet ".into()),
                Span::Person(UserRef("42".into())),
                Span::Plain(" by ".into()),
                when(WhenStyle::DateTime),
                Span::Plain(", or type ".into()),
                Span::Code("/mentorship help".into()),
                Span::Plain(". ".into()),
                Span::Strong("Soon.".into()),
            ])),
            Block::Bullets(vec![plain("first"), plain("second\nstill second")]),
            Block::Fields(vec![
                (plain("Library"), plain("Oxnard *Main*")),
                (plain("Until"), Text(vec![when(WhenStyle::Date)])),
            ]),
            Block::Quote(plain("I love\n\n# story time")),
            Block::Fine(Text(vec![
                Span::Plain("Shared with your match. ".into()),
                Span::Link { label: "More".into(), url: "https://example.org/a_b?c=1".into() },
            ])),
            Block::Controls(vec![
                button("yes", Style::Primary),
                button("no", Style::Plain),
                menu,
                button("end", Style::Danger),
            ]),
        ],
    }
}

#[test]
fn one_of_everything() {
    insta::assert_snapshot!(markdown(&everything()));
    insta::assert_json_snapshot!(
        "one_of_everything_json",
        render(&everything(), &Mark::of_effect(7, "intro:1")).post()
    );
}

#[test]
fn nasty_words_stay_words() {
    let nasty = "@everyone <@1> **b** `c` ||d||\n# big\n- list\n> quote\n-# fine\n1. one\n[x](https://evil.example) \u{202E}rtl <t:5:F> </mentorship:1> <a:wave:2>";
    let message = Message {
        files: Vec::new(),
        blocks: vec![
            Block::Heading(plain(nasty)),
            Block::Paragraph(plain(nasty)),
            Block::Bullets(vec![plain(nasty)]),
            Block::Fields(vec![(plain(nasty), plain(nasty))]),
            Block::Quote(plain(nasty)),
            Block::Fine(plain(nasty)),
            Block::Paragraph(Text(vec![
                Span::Strong(nasty.into()),
                Span::Code(nasty.into()),
                Span::Person(UserRef("1> @everyone".into())),
                Span::Link { label: "]( <@1>".into(), url: "javascript:alert(1)".into() },
                Span::Link { label: "x".into(), url: "https://ok.example/>)](".into() },
            ])),
        ],
    };
    insta::assert_snapshot!(markdown(&message));
    assert_eq!(shown(&message)["allowed_mentions"], json!({"parse": [], "users": [], "replied_user": false}));
    assert_eq!(render(&message, &Mark::of_guild(7)).post()["allowed_mentions"]["users"], json!([]));
}

#[test]
fn only_the_people_a_post_names_are_notified() {
    let rendered = render(&everything(), &Mark::of_guild(7));
    assert_eq!(rendered.post()["allowed_mentions"]["users"], json!(["42"]));
    assert_eq!(rendered.private()["allowed_mentions"]["users"], json!([]));
    assert_eq!(rendered.edit()["allowed_mentions"]["users"], json!([]));
}

#[test]
fn an_effect_without_controls_carries_its_fingerprint_in_small_print() {
    let mark = Mark::of_effect(7, "note:1");
    let note = Message::paragraph(plain("Hello"));
    let line = reference_line(mark.print.as_deref().unwrap());
    assert_eq!(render(&note, &mark).content, format!("Hello\n{line}"));
    assert_eq!(render(&note, &Mark::of_guild(7)).content, "Hello");
    assert!(!render(&everything(), &mark).content.contains("ref "));
}

#[test]
fn long_texts_go_on_in_an_embed_and_end_with_a_sign() {
    let lines = |count| Message::of(vec![Block::Bullets(vec![plain(&"x".repeat(97)); count])]);
    let twice = render(&lines(40), &Mark::of_effect(7, "k"));
    assert!(length(&twice.content) <= CONTENT && length(&twice.description) <= DESCRIPTION);
    assert_eq!(twice.content.lines().count() + twice.description.lines().count(), 41);
    let far_too_long = render(&lines(400), &Mark::of_effect(7, "k"));
    assert!(
        far_too_long
            .description
            .ends_with(&format!("{SHORTENED}\n{}", reference_line(&super::super::mark::fingerprint("k"))))
    );
}

proptest! {
    #[test]
    fn whatever_is_typed_fits(words in "[\\PC\n*\\\\]{0,9000}", strong: String) {
        let message = Message::of(vec![Block::Paragraph(plain(&words)), Block::Fields(vec![(plain(&strong), plain(&words))])]);
        let rendered = render(&message, &Mark::of_effect(7, "k"));
        prop_assert!(length(&rendered.content) <= CONTENT);
        prop_assert!(length(&rendered.description) <= DESCRIPTION);
    }
}
