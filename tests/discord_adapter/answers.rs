//! Interactions: every one is answered once, in time, whatever the program does.

use crate::stage::*;

use std::collections::BTreeMap;
use std::time::Duration;

use plsep_bot::chat::message::Control;
use plsep_bot::chat::{ActionId, Block, CommandId, Reply, Text, What};
use plsep_bot::clock::within;
use plsep_sandbox::{Action, FaultKind, Platform};

#[tokio::test]
async fn a_command_opens_a_form_and_the_form_gets_a_private_reply() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Command(command) if command.id == CommandId::Apply => Reply::Open(Box::new(form())),
        What::Submit { values, .. } => Reply::Private(words(format!("Received: {}", values["library"][0]))),
        _ => Reply::Nothing,
    });
    s.types("ana", "/mentorship apply role:mentee").await;
    let shown = s.sees(|| s.pretend.form("ana")).await;
    assert_eq!(shown.title, "Apply as a mentee");
    let values = BTreeMap::from([("library".to_owned(), vec!["Oxnard".to_owned()])]);
    s.pretend.act("ana", Action::Submit { values }).await.unwrap();
    let reply = s.reads("ana", "Received: Oxnard").await;
    assert!(reply.ephemeral);
    assert!(s.everything("eve").is_empty());

    let events = s.program.events.borrow().clone();
    assert_eq!(events[0].actor.name, "Ana *Maria*");
    assert_eq!(events[0].actor.locale.as_deref(), Some("es-ES"));
    assert!(!events[0].actor.steward);
    assert_eq!(events[0].community, s.community());
    assert_eq!(events[0].at.timestamp_millis() / 60_000, 1_740_000_000_000 / 60_000);
    assert!(matches!(&events[1].what, What::Submit { values, .. } if values["position"] == ["Page"]));
    assert_eq!(*s.program.reachable.lock().unwrap(), ["discord PLSEP"]);
    assert!(s.pretend.unknown_routes().is_empty());
}

#[tokio::test]
async fn a_button_replaces_its_message_and_a_menu_tells_what_was_chosen() {
    let s = stage().await;
    let menu = Control::Menu {
        label: "Topics".into(),
        action: ActionId::new("topics", &[]),
        options: ["teen", "adult", "reference"]
            .map(|it| plsep_bot::chat::Choice { value: it.into(), label: it.to_uppercase() })
            .into(),
        chosen: vec!["adult".into()],
        min: 0,
        max: 3,
    };
    s.answers(move |event| match &event.what {
        What::Command(_) => Reply::Private(
            words("Choose")
                .with(Block::Controls(vec![menu.clone()]))
                .with(button("Done", &ActionId::new("done", &["7"]))),
        ),
        What::Choose { values, .. } => Reply::Private(words(format!("Chosen: {}", values.join("+")))),
        What::Press(action) => Reply::Replace(words(format!("Done with {}", action.as_str()))),
        _ => Reply::Nothing,
    });
    s.types("ana", "/mentorship home").await;
    let message = s.reads("ana", "Choose").await;
    let chosen = vec!["reference".to_owned(), "teen".to_owned()];
    let action = Action::Choose { message: message.id.clone(), key: "Topics".into(), values: chosen };
    s.pretend.act("ana", action).await.unwrap();
    s.reads("ana", "Chosen: teen+reference").await;
    s.presses("ana", &message, "Done").await;
    let replaced = s.reads("ana", "Done with done:7").await;
    assert_eq!((replaced.id, replaced.controls.len()), (message.id, 0));
}

#[tokio::test]
async fn a_late_answer_is_deferred_and_then_given() {
    let s = stage_with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    s.answers(|_| Reply::Private(words("Here it is").with(button("Go", &ActionId::new("go", &[])))));
    let released = s.holds_the_next();
    s.types("ana", "/mentorship status").await;
    s.is_told_to_wait("ana").await;
    assert!(s.program.events.borrow().is_empty(), "deferred while the flow is at work");
    assert_eq!(s.in_flight.count(), 1);
    released.notify_one();
    let first = s.reads("ana", "Here it is").await;
    assert!(first.ephemeral);

    // A button: the message stays until the late replacement comes.
    s.answers(|_| Reply::Replace(words("Replaced late")));
    let released = s.holds_the_next();
    s.presses("ana", &first, "Go").await;
    released.notify_one();
    assert_eq!(s.reads("ana", "Replaced late").await.id, first.id);
    within(PATIENCE, s.in_flight.idle()).await.unwrap();
}

#[tokio::test]
async fn a_form_that_is_late_waits_behind_a_button() {
    let s = stage_with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    s.answers(|_| Reply::Open(Box::new(form())));
    let released = s.holds_the_next();
    s.types("ana", "/mentorship apply role:mentee").await;
    s.is_told_to_wait("ana").await;
    released.notify_one();
    let ready = s.reads("ana", "Apply as a mentee is ready.").await;
    s.presses("ana", &ready, "Open").await;
    s.sees(|| s.pretend.form("ana")).await;
}

#[tokio::test]
async fn errors_that_no_field_can_show_are_said_with_a_way_back() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Submit { .. } => {
            Reply::Correct { form: Box::new(form()), errors: vec![("library".into(), Text::plain("No such library"))] }
        }
        _ => Reply::Open(Box::new(form())),
    });
    s.types("ana", "/mentorship apply role:mentee").await;
    s.sees(|| s.pretend.form("ana")).await;
    let values = BTreeMap::from([("library".to_owned(), vec!["Nowhere".to_owned()])]);
    s.pretend.act("ana", Action::Submit { values }).await.unwrap();
    let said = s.reads("ana", "No such library").await;
    s.presses("ana", &said, "Mend").await;
    s.sees(|| s.pretend.form("ana")).await;
}

#[tokio::test]
async fn a_panic_costs_an_apology_and_nothing_else() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Command(command) if command.id == CommandId::Status => panic!("on purpose"),
        _ => Reply::Private(words("All is well")),
    });
    s.program.script.clear_poison();
    s.types("ana", "/mentorship status").await;
    s.reads("ana", "Sorry, something went wrong").await;
    s.program.script.clear_poison();
    s.types("ana", "/mentorship home").await;
    s.reads("ana", "All is well").await;
}

#[tokio::test]
async fn a_second_delivery_is_not_answered_twice() {
    let s = stage().await;
    s.answers(|event| Reply::Private(words(format!("Once {}", event.key))));
    s.pretend.sockets().deliver_interactions_twice(true);
    let id = s.types("ana", "/mentorship home").await.unwrap();
    s.reads("ana", &format!("Once {id}")).await;
    s.pretend.sockets().deliver_interactions_twice(false);
    s.types("ana", "/mentorship home").await;
    s.sees(|| (s.everything("ana").len() == 2).then_some(())).await;
    assert_eq!(s.program.events.borrow().len(), 2);
}

#[tokio::test]
async fn what_a_process_has_put_off_and_never_said_is_said_by_the_next() {
    let s = stage().await;
    s.answers(|_| Reply::Private(words("Said in the end")));
    let _never = s.holds_the_next();
    s.types("ana", "/mentorship home").await;
    s.is_told_to_wait("ana").await;
    let (next, _) = connect(settings(&s.pretend), &s.program).await.unwrap();
    within(PATIENCE, next.ready()).await.unwrap();
    assert!(s.pretend.sockets().deliver_again());
    s.reads("ana", "Said in the end").await;
    s.sees(|| (s.pretend.pending() == 0).then_some(())).await;
    assert_eq!(s.everything("ana").len(), 1);
}

#[tokio::test]
async fn an_answer_whose_way_back_is_cut_is_not_said_twice() {
    let s = stage().await;
    s.answers(|_| Reply::Private(words("Said once")));
    s.fails("/callback", 1, FaultKind::CutAfterEffect);
    s.types("ana", "/mentorship home").await;
    s.reads("ana", "Said once").await;
    within(PATIENCE, s.in_flight.idle()).await.unwrap();
    assert_eq!(s.everything("ana").len(), 1);
}

#[tokio::test]
async fn a_reply_to_nothing_leaves_nothing() {
    let s = stage().await;
    s.types("ana", "/mentorship home").await;
    s.sees(|| (s.program.events.borrow().len() == 1 && s.pretend.pending() == 0).then_some(())).await;
    within(PATIENCE, s.in_flight.idle()).await.unwrap();
    assert!(s.everything("ana").is_empty());
}

#[tokio::test]
async fn what_is_typed_into_an_option_is_helped_and_what_is_suggested_comes_in_its_place() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Command(command) => Reply::Private(words(format!("Meant: {}", command.words("pair").unwrap_or("none")))),
        _ => Reply::Nothing,
    });
    s.types("ana", "/mentorship-admin pairs show pair:\"pair 7\"").await;
    s.reads("ana", "Meant: pair:7").await;
    // Discord shows 25 of them, so that what stands behind is taken as it was typed.
    s.types("ana", "/mentorship-admin pairs show pair:\"pair 29\"").await;
    s.reads("ana", "Meant: pair 29").await;
    assert_eq!(*s.program.asked.lock().unwrap(), ["PairsShow pair pair 7", "PairsShow pair pair 29"]);
    assert!(s.pretend.unknown_routes().is_empty());
}
