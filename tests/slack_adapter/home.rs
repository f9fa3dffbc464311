//! The home tab, and what is opened in it; and a moment that is picked in a window.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

use plsep_bot::chat::{Block, Field, FieldKind, Form, Reply, What};
use plsep_sandbox::{Action, Platform};

use crate::answers::{application, open};
use crate::world::{Step, World, button, submit, verb, with_button, words};

#[tokio::test]
async fn the_home_tab_shows_acts_and_opens_forms() {
    let world = World::new().await;
    let message = words("Your mentorship").with(Block::Controls(vec![
        button("Apply", "start"),
        button("Why?", "why"),
        button("Hide", "hide"),
    ]));
    world.script(move |event| {
        Step::Say(match verb(event).as_str() {
            "home" => Reply::Home(message.clone()),
            "start" => open(),
            "why" => Reply::Private(words("Because.")),
            _ => Reply::Replace(words("Hidden.")),
        })
    });
    world.ana(Action::OpenHome).await;
    let home = world.slack.home("ana").unwrap();
    assert_eq!(home.text, "Your mentorship");
    world.presses(&home.id, "Why?").await;
    assert_eq!(world.form().notes, ["Because."]);
    world.does("ana", Action::CloseForm).await;
    world.presses(&home.id, "Apply").await;
    assert_eq!(world.form().title, "Apply as a mentee");
    world.does("ana", Action::CloseForm).await;
    world.presses(&home.id, "Hide").await;
    assert_eq!(world.form().notes, ["Hidden."]);
    assert_eq!(world.slack.home("ana").unwrap().text, "Your mentorship", "the tab stays a home");
}

#[tokio::test]
async fn the_home_tab_shows_what_came_of_what_was_done_there() {
    let world = World::new().await;
    let done = Arc::new(AtomicUsize::new(0));
    let so_far = Arc::clone(&done);
    world.script(move |event| {
        let now = so_far.load(SeqCst);
        Step::Say(match verb(event).as_str() {
            "home" => Reply::Home(with_button(&format!("Done so far: {now}"), "Apply", "start")),
            "start" => open(),
            "ask" => Reply::Private(with_button("Sure?", "Yes", "yes")),
            _ => {
                so_far.fetch_add(1, SeqCst);
                Reply::Private(with_button("Done.", "Once more", "ask"))
            }
        })
    });
    world.ana(Action::OpenHome).await;
    let shown = || world.slack.home("ana").unwrap();
    assert_eq!(shown().text, "Done so far: 0");
    world.presses(&shown().id, "Apply").await;
    world.sends(&[("library", &["Long Beach"])]).await;
    assert_eq!(shown().text, "Done so far: 1", "a form that was opened there");
    world.presses(&world.form().id, "Once more").await;
    world.presses(&world.form().id, "Yes").await;
    assert_eq!(shown().text, "Done so far: 2", "and what follows in its window");
    assert_eq!(done.load(SeqCst), 2);
}

#[tokio::test]
async fn a_moment_is_picked_in_ones_own_zone_and_told_without_doubt() {
    let world = World::new().await;
    let field = |value: &str| Field {
        key: "when".into(),
        label: "When do you meet?".into(),
        hint: String::new(),
        required: true,
        kind: FieldKind::Moment,
        value: vec![value.to_owned()],
    };
    // In March the clocks change: 21:00 UTC is 14:00 in Los Angeles.
    let form = Form { fields: vec![field("2025-03-14T21:00:00Z")], intro: None, ..application() };
    world.answers(Reply::Open(Box::new(form)));
    world.types("/mentorship home").await;
    world.heard_once();
    assert_eq!(world.form().fields[0].value, ["2025-03-14T14:00"]);
    // Clocks that are put forward skip this one.
    let skipped = world.slack.act("ana", submit(&[("when", &["2025-03-09T02:30"])])).await;
    assert!(skipped.is_err(), "{skipped:?}");
    world.answers(Reply::Nothing);
    world.sends(&[("when", &["2025-03-07T09:15"])]).await;
    let What::Submit { values, .. } = world.heard_once().what else { panic!("nothing was sent") };
    assert_eq!(values["when"], ["2025-03-07T17:15:00Z"]);
}
