//! What people do, and what they get for it.

use std::sync::Arc;
use std::time::Duration;

use plsep_bot::chat::{
    ActionId, Attempt, Block, Chat, Choice, CommandId, Control, Field, FieldKind, Form, Message, Recipient, Reply,
    Span, Text, What,
};
use plsep_bot::clock::within;
use plsep_sandbox::{Action, FaultKind, Platform, Recorder};
use tokio::sync::Notify;

use crate::world::{Step, World, command, post, recorded_slack, resident, settings, submit, verb, with_button, words};

pub fn application() -> Form {
    Form {
        action: ActionId::new("apply", &["mentee"]),
        title: "Apply as a mentee".into(),
        intro: Some(Text::plain("This takes *ten* minutes.")),
        fields: vec![
            Field {
                key: "library".into(),
                label: "Your library".into(),
                hint: "Your match sees this.".into(),
                required: true,
                kind: FieldKind::Text { multiline: false, min: 0, max: 100 },
                value: vec![],
            },
            Field {
                key: "topics".into(),
                label: "Topics".into(),
                hint: String::new(),
                required: false,
                kind: FieldKind::Many { options: choices(&["teens", "cataloging", "adults"]), min: 0, max: 2 },
                value: vec!["teens".into()],
            },
        ],
        controls: vec![],
        submit: "Send".into(),
        reopen: ActionId::new("form", &["apply"]),
    }
}

fn choices(values: &[&str]) -> Vec<Choice> {
    values.iter().map(|value| Choice { value: (*value).into(), label: value.to_uppercase() }).collect()
}

pub fn open() -> Reply {
    Reply::Open(Box::new(application()))
}

fn correct(at: &str, text: &str) -> Reply {
    Reply::Correct { form: Box::new(application()), errors: vec![(at.into(), Text::plain(text))] }
}

#[tokio::test]
async fn a_command_opens_a_form_that_is_corrected_and_then_received() {
    let world = World::new().await;
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    let event = world.heard_once();
    assert!(
        matches!(&event.what, What::Command(it) if it.id == CommandId::Apply && it.choice("role") == Some("mentee"))
    );
    assert_eq!(event.actor.name, "ANA");
    assert_eq!(event.actor.zone.as_deref(), Some("America/Los_Angeles"));
    assert_eq!(event.actor.locale.as_deref(), Some("en-US"));
    assert_eq!(event.actor.email.as_deref(), Some("ana@example.org"));
    assert!(!event.actor.steward);
    assert_eq!(event.place, Some(world.general()));
    let form = world.form();
    assert_eq!((form.title.as_str(), form.submit.as_str()), ("Apply as a mentee", "Send"));
    assert_eq!(form.notes, ["This takes *ten* minutes."]);
    assert_eq!(form.fields[1].value, ["teens"]);

    world.answers(correct("library", "Which library do you mean?"));
    world.sends(&[("library", &["Somewhere"]), ("topics", &["teens", "adults"])]).await;
    let What::Submit { action, values } = world.heard_once().what else { panic!("not a submission") };
    assert_eq!(action, application().action);
    assert_eq!(values["library"], ["Somewhere"]);
    assert_eq!(values["topics"], ["teens", "adults"]);
    let form = world.form();
    assert_eq!(form.errors["library"], "Which library do you mean?");
    assert_eq!(form.fields[0].value, ["Somewhere"]);

    world.answers(Reply::Private(words("We have your application.")));
    world.sends(&[("library", &["Long Beach"])]).await;
    assert_eq!(world.form().notes, ["We have your application."]);
    assert_eq!(world.heard().len(), 1);
}

#[tokio::test]
async fn an_error_that_belongs_to_no_field_is_still_shown() {
    let world = World::new().await;
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    world.answers(correct("nowhere", "Applications have closed."));
    world.sends(&[("library", &["Long Beach"])]).await;
    assert_eq!(world.form().errors["library"], "Applications have closed.");
}

#[tokio::test]
async fn a_bare_command_is_its_own_and_an_unclear_one_is_told() {
    let world = World::new().await;
    world.answers(Reply::Private(with_button("Where you stand", "Apply", "start")));
    world.types("/mentorship").await;
    assert!(matches!(world.heard_once().what, What::Command(it) if it.id == CommandId::Home));
    let seen = world.last();
    assert!(seen.ephemeral && seen.text == "Where you stand");
    assert_eq!(seen.controls.len(), 1);

    world.types("/mentorship dance <all> & night").await;
    let What::Unclear { root, text } = world.heard_once().what else { panic!("clear") };
    assert_eq!((root.as_str(), text.as_str()), ("mentorship", "dance <all> & night"));
}

#[tokio::test]
async fn people_are_named_by_id_and_owners_are_stewards() {
    let world = World::new().await;
    world.slack.join(resident("olga")).unwrap();
    world.settle().await;
    world.heard();
    world.does("olga", command("/mentorship-admin coordinators add @ana")).await;
    world.settle().await;
    let event = world.heard_once();
    assert!(event.actor.steward);
    let What::Command(invocation) = event.what else { panic!("unclear") };
    assert_eq!(invocation.person("person"), Some(&world.id("ana")));
}

#[tokio::test]
async fn a_button_replaces_its_message_or_answers_beside_it() {
    let world = World::new().await;
    world.answers(Reply::Private(with_button("Did you meet?", "Yes", "met:1")));
    world.types("/mentorship").await;
    let asked = world.last();
    world.heard();

    world.answers(Reply::Private(words("Only a question.")));
    world.presses(&asked.id, "Yes").await;
    let event = world.heard_once();
    assert!(matches!(event.what, What::Press(action) if action.as_str() == "met:1"));
    assert_eq!(event.at.timestamp_millis(), crate::world::NOON_MS);
    assert_eq!(world.seen().len(), 2);
    assert!(world.last().ephemeral);

    world.answers(Reply::Replace(words("Good!")));
    world.presses(&asked.id, "Yes").await;
    let seen = world.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].text, "Good!");
    assert!(seen[0].controls.is_empty());
}

#[tokio::test]
async fn a_message_that_is_replaced_keeps_its_key() {
    let world = World::new().await;
    let (to, message) = (Recipient::Channel(world.general()), with_button("Did you meet?", "Yes", "met:1"));
    let posted = world.bot.post(&world.community, &post("nudge:1", &to, &message), Attempt::First).await.unwrap();
    world.answers(Reply::Replace(words("Good!")));
    world.presses(&posted.id, "Yes").await;
    assert_eq!(world.last().text, "Good!");
    let again = world.bot.post(&world.community, &post("nudge:1", &to, &message), Attempt::Again).await.unwrap();
    assert_eq!(again, posted);
}

#[tokio::test]
async fn a_pause_that_slack_asks_for_is_kept_by_the_next_answer_which_takes_the_other_way() {
    let world = World::new().await;
    let (to, message) = (Recipient::Channel(world.general()), with_button("Did you meet?", "Yes", "met:1"));
    let headers = vec![("retry-after".to_owned(), "30".to_owned())];
    world.breaks_often("chat.update", 2, FaultKind::Answer { status: 429, headers, body: String::new() });
    world.answers(Reply::Replace(words("Good!")));
    for key in ["nudge:1", "nudge:2"] {
        let posted = world.bot.post(&world.community, &post(key, &to, &message), Attempt::First).await.unwrap();
        world.presses(&posted.id, "Yes").await;
        assert_eq!(world.last().text, "Good!", "{key}");
    }
    assert_eq!(world.slack.faults().left(), 1, "the second answer left the method alone");
}

#[tokio::test]
async fn menus_give_what_was_chosen() {
    let world = World::new().await;
    let menu = |verb: &str, max| Control::Menu {
        label: format!("Your {verb}"),
        action: ActionId::new(verb, &[]),
        options: choices(&["teens", "adults", "seniors"]),
        chosen: vec![],
        min: 1,
        max,
    };
    let message = words("Choose").with(Block::Controls(vec![menu("one", 1), menu("some", 2)]));
    world.answers(Reply::Private(message));
    world.types("/mentorship").await;
    world.heard();
    let message = world.last().id;
    for (key, values) in [("one", vec!["adults"]), ("some", vec!["teens", "seniors"])] {
        let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
        world.answers(Reply::Nothing);
        world.ana(Action::Choose { message: message.clone(), key: key.into(), values: values.clone() }).await;
        let What::Choose { action, values: chosen } = world.heard_once().what else { panic!("not a choice") };
        assert_eq!((action.verb(), chosen), (key, values));
    }
}

#[tokio::test]
async fn a_form_opened_from_a_message_replaces_that_message() {
    let world = World::new().await;
    world.answers(Reply::Private(with_button("Not applied yet", "Apply", "start")));
    world.types("/mentorship").await;
    let panel = world.last().id;
    world.answers(open());
    world.presses(&panel, "Apply").await;
    world.answers(Reply::Replace(words("Applied.")));
    world.sends(&[("library", &["Long Beach"])]).await;
    assert_eq!(world.seen().len(), 1);
    assert_eq!(world.last().text, "Applied.");
    assert!(world.slack.form("ana").is_none());
}

#[tokio::test]
async fn what_can_no_longer_be_replaced_is_told_in_the_form() {
    let world = World::new().await;
    world.answers(Reply::Private(with_button("Not applied yet", "Apply", "start")));
    world.types("/mentorship").await;
    let panel = world.last().id;
    world.answers(open());
    world.presses(&panel, "Apply").await;
    // Half an hour later Slack takes nothing at that address any more.
    world.time.advance(31 * 60 * 1000);
    world.answers(Reply::Replace(words("Applied.")));
    world.sends(&[("library", &["Long Beach"])]).await;
    assert_eq!(world.form().notes, ["Applied."]);
}

#[tokio::test]
async fn buttons_in_a_modal_lead_on() {
    let record = std::env::temp_dir().join(format!("slack-adapter-{}.jsonl", std::process::id()));
    let (slack, time) = recorded_slack(Recorder::to_file(&record).unwrap()).await;
    slack.join(resident("ana")).unwrap();
    let settings = settings(&slack);
    let world = World::connect(slack, time, settings).await;
    world.ready().await;
    world.script(|event| {
        Step::Say(match verb(event).as_str() {
            "home" => Reply::Home(with_button("Your mentorship", "Why?", "why")),
            "why" => Reply::Private(with_button("Because.", "Apply then", "start")),
            "start" => open(),
            _ => Reply::Nothing,
        })
    });
    world.ana(Action::OpenHome).await;
    world.presses(&world.slack.home("ana").unwrap().id, "Why?").await;
    let lines = std::fs::read_to_string(&record).unwrap();
    std::fs::remove_file(&record).unwrap();
    let opened = lines.lines().rfind(|line| line.contains("views.open")).unwrap();
    let opened: serde_json::Value = serde_json::from_str(opened).unwrap();
    world.presses(opened["response"]["view"]["id"].as_str().unwrap(), "Apply then").await;
    assert_eq!(world.form().fields.len(), 2);
}

/// A step with a button that leads back to another.
fn step(number: u8) -> Reply {
    let action = ActionId::new("step", &["1"]);
    let back = Control::Button { label: "Back".into(), action, style: plsep_bot::chat::Style::Plain };
    let (title, action) = (format!("Step {number}"), ActionId::new("write", &[&number.to_string()]));
    Reply::Open(Box::new(Form { title, action, controls: vec![back], ..application() }))
}

#[tokio::test]
async fn one_window_shows_step_after_step_and_turns_back_with_what_is_typed() {
    let world = World::new().await;
    world.answers(step(1));
    world.types("/mentorship apply mentee").await;
    let window = world.form().id;
    // Four and more: the windows do not lie on each other, of which Slack allows three.
    for number in 2..=5 {
        world.answers(step(number));
        world.sends(&[("library", &["Long Beach"])]).await;
        assert_eq!((world.form().title, world.form().id), (format!("Step {number}"), window.clone()));
    }
    world.heard();
    world.answers(step(4));
    let values = [("library".to_owned(), vec!["Fresno".to_owned()])].into();
    world.ana(Action::Enter { values }).await;
    world.presses(&window, "Back").await;
    let What::Turn { action, values } = world.heard_once().what else { panic!("not turned") };
    assert_eq!((action.as_str(), values["library"].as_slice()), ("step:1", ["Fresno".to_owned()].as_slice()));
    assert_eq!(world.form().title, "Step 4");
}

#[tokio::test]
async fn whoever_has_gone_on_is_not_pulled_back_by_a_late_answer() {
    let world = World::new().await;
    world.answers(step(2));
    world.types("/mentorship apply mentee").await;
    let (form, gate) = (world.form(), Arc::new(Notify::new()));
    let held = Arc::clone(&gate);
    world.script(move |event| match verb(event).as_str() {
        "step" => Step::After(Arc::clone(&held), step(1)),
        _ => Step::Say(step(3)),
    });
    world.does("ana", Action::Press { message: form.id, key: "Back".into() }).await;
    world.does("ana", submit(&[("library", &["Long Beach"])])).await;
    world.acknowledged().await;
    assert_eq!(world.form().title, "Step 3");
    gate.notify_one();
    world.settle().await;
    assert_eq!(world.form().title, "Step 3");
    assert!(world.direct().is_empty(), "nobody is told that it failed");
}

#[tokio::test]
async fn a_slow_answer_to_a_form_comes_into_a_calm_window() {
    let world = World::with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    world.script(move |_| Step::After(Arc::clone(&held), Reply::Private(words("Received."))));
    world.does("ana", submit(&[("library", &["Long Beach"])])).await;
    world.acknowledged().await;
    assert!(world.form().notes[0].starts_with("One moment"), "{:?}", world.form().notes);
    assert_eq!(world.in_flight.count(), 1);
    gate.notify_one();
    world.settle().await;
    assert_eq!(world.form().notes, ["Received."]);
}

#[tokio::test]
async fn a_slow_correction_keeps_what_was_typed_and_a_closed_window_gets_a_message() {
    let world = World::with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    let gate = Arc::new(Notify::new());
    let mut filled = application();
    filled.fields[0].value = vec!["Somewhere".into()];
    let reply = Reply::Correct { form: Box::new(filled), errors: vec![("library".into(), Text::plain("Which one?"))] };
    for close in [false, true] {
        world.answers(open());
        world.types("/mentorship apply mentee").await;
        let (held, reply) = (Arc::clone(&gate), reply.clone());
        world.script(move |_| Step::After(Arc::clone(&held), reply.clone()));
        world.does("ana", submit(&[("library", &["Somewhere"])])).await;
        world.acknowledged().await;
        if close {
            world.does("ana", Action::CloseForm).await;
        }
        gate.notify_one();
        world.settle().await;
        if close {
            assert_eq!(world.direct().pop().unwrap().text, "Apply as a mentee: Which one?");
        } else {
            let form = world.form();
            assert_eq!(form.notes[1], "Your library: Which one?");
            assert_eq!(form.fields[0].value, ["Somewhere"]);
            world.does("ana", Action::CloseForm).await;
        }
    }
}

#[tokio::test]
async fn a_slow_answer_to_a_command_comes_later_and_holds_nobody_up() {
    let world = World::with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    world.script(move |event| match &event.what {
        What::Command(it) if it.id == CommandId::About => {
            Step::After(Arc::clone(&held), Reply::Private(words("About.")))
        }
        _ => Step::Say(Reply::Private(words("Quick."))),
    });
    world.does("ana", command("/mentorship about")).await;
    world.acknowledged().await;
    world.does("ana", command("/mentorship status")).await;
    world.acknowledged().await;
    gate.notify_one();
    world.settle().await;
    let seen: Vec<_> = world.seen().into_iter().map(|seen| seen.text).collect();
    assert_eq!(seen, ["Quick.", "About."]);
}

/// Ana has sent a form, and the program is at work on it until the gate opens; everything else is answered at once.
async fn at_work_on_a_form(world: &World) -> Arc<Notify> {
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    world.script(move |event| match &event.what {
        What::Submit { .. } => Step::After(Arc::clone(&held), Reply::Private(words("Received."))),
        _ => Step::Say(Reply::Private(words("Quick."))),
    });
    world.does("ana", submit(&[("library", &["Long Beach"])])).await;
    gate
}

#[tokio::test]
async fn a_form_at_work_holds_nobody_up_on_its_socket() {
    let world = World::new().await;
    world.slack.join(resident("ben")).unwrap();
    world.settle().await;
    let gate = at_work_on_a_form(&world).await;
    world.does("ben", command("/mentorship status")).await;
    let (mut changes, general) = (world.slack.changes(), world.general().0);
    let answered = async {
        while world.slack.messages("ben", &general).last().is_none_or(|seen| seen.text != "Quick.") {
            changes.changed().await.unwrap();
        }
    };
    within(Duration::from_secs(10), answered).await.expect("Ben is answered meanwhile");
    assert!(world.form().notes.iter().all(|note| note != "Received."));
    gate.notify_one();
    world.settle().await;
    assert_eq!(world.form().notes, ["Received."]);
    assert_eq!(world.slack.sockets().opened(), 1);
}

#[tokio::test]
async fn a_form_at_work_is_answered_before_its_socket_closes() {
    let world = World::new().await;
    let gate = at_work_on_a_form(&world).await;
    within(Duration::from_secs(10), async {
        while world.in_flight.count() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the form arrives");
    let bot = Arc::clone(&world.bot);
    let stopping = tokio::spawn(async move { bot.stop().await });
    tokio::task::yield_now().await;
    gate.notify_one();
    within(Duration::from_secs(10), stopping).await.unwrap().unwrap();
    world.acknowledged().await;
    assert_eq!(world.form().notes, ["Received."]);
}

#[tokio::test]
async fn a_panic_costs_one_calm_line() {
    let world = World::new().await;
    world.script(|_| Step::Panic);
    world.types("/mentorship").await;
    assert_eq!(world.last().text, "Sorry, something went wrong (en-US).");
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    world.script(|_| Step::Panic);
    world.sends(&[("library", &["Long Beach"])]).await;
    assert_eq!(world.form().notes, ["Sorry, something went wrong (en-US)."]);
    world.answers(Reply::Private(words("Well again.")));
    world.types("/mentorship").await;
    assert_eq!(world.last().text, "Well again.");
}

#[tokio::test]
async fn even_a_program_without_words_does_not_stop_the_socket() {
    let world = World::new().await;
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    world.program.speechless.store(true, std::sync::atomic::Ordering::SeqCst);
    world.script(|_| Step::Panic);
    world.sends(&[("library", &["Long Beach"])]).await;
    world.types("/mentorship").await;
    world.answers(Reply::Private(words("Well again.")));
    world.types("/mentorship").await;
    assert_eq!(world.last().text, "Well again.");
    assert_eq!(world.slack.sockets().opened(), 1);
}

#[tokio::test]
async fn somebody_who_cannot_be_looked_up_has_a_name_and_no_rights() {
    let world = World::new().await;
    world.slack.join(resident("olga")).unwrap();
    world.settle().await;
    world.heard();
    // Another bot, which has not met her.
    let (slack, time) = (world.slack.clone(), world.time.clone());
    world.bot.stop().await;
    slack.sockets().watch().wait_for(|count| *count == 0).await.unwrap();
    let settings = settings(&slack);
    let world = World::connect(slack, time, settings).await;
    world.ready().await;
    world.breaks("users.info", FaultKind::Answer { status: 500, headers: vec![], body: String::new() });
    world.does("olga", command("/mentorship")).await;
    world.settle().await;
    let actor = world.heard_once().actor;
    assert_eq!((actor.name.as_str(), actor.zone, actor.steward), ("olga", None, false));
    world.does("olga", command("/mentorship")).await;
    world.settle().await;
    assert!(world.heard_once().actor.steward);
}

#[tokio::test]
async fn what_comes_twice_is_answered_twice_and_done_once() {
    twice(1).await;
    twice(2).await;
}

async fn twice(sockets: usize) {
    let world = World::with(|settings| settings.sockets = sockets).await;
    let mut connected = world.slack.sockets().watch();
    connected.wait_for(|count| *count == sockets).await.unwrap();
    world.slack.sockets().deliver_twice(true);
    world.answers(Reply::Private(with_button("Hello", "Go", "go")));
    world.types("/mentorship").await;
    assert_eq!((world.heard().len(), world.seen().len()), (1, 1));
    world.answers(open());
    world.presses(&world.last().id, "Go").await;
    assert_eq!(world.heard().len(), 1);
    world.answers(correct("library", "Which library?"));
    world.sends(&[("library", &["x"])]).await;
    assert_eq!(world.heard().len(), 1);
    // A bare second acknowledgement would have closed the form.
    assert_eq!(world.form().errors["library"], "Which library?");
    world.sends(&[("library", &["y"])]).await;
    assert_eq!(world.heard().len(), 1, "the same form may be sent again");
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_when_slack_delivers_once_more() {
    let world = World::new().await;
    world.answers(Reply::Private(words("Here you are")));
    let refused = || FaultKind::Answer { status: 404, headers: Vec::new(), body: "no_service".into() };
    world.breaks_often("/commands/", 10, refused());
    let body = r#"{"ok":false,"error":"cannot_dm_bot"}"#.to_owned();
    world.breaks_often("conversations.open", 10, FaultKind::Answer { status: 200, headers: vec![json()], body });
    world.types("/mentorship").await;
    assert_eq!((world.heard().len(), world.seen().len()), (1, 0), "every way to answer is barred");
    world.slack.faults().clear();
    assert!(world.slack.deliver_again());
    world.slack.act("ana", command("/mentorship")).await.unwrap();
    world.settle().await;
    assert_eq!(world.heard().len(), 2, "it is asked for again");
    assert_eq!(world.seen().len(), 2);
    // Once it is there, a further delivery is only acknowledged.
    assert!(world.slack.deliver_again());
    world.settle().await;
    assert_eq!((world.heard().len(), world.seen().len()), (0, 2));
}

#[tokio::test]
async fn a_form_that_comes_too_late_waits_on_a_button() {
    let world = World::new().await;
    let body = r#"{"ok":false,"error":"expired_trigger_id"}"#.to_owned();
    world.breaks("views.open", FaultKind::Answer { status: 200, headers: vec![json()], body });
    world.answers(open());
    world.types("/mentorship apply mentee").await;
    assert!(world.slack.form("ana").is_none());
    let seen = world.last();
    assert!(seen.ephemeral && seen.text == "Apply as a mentee is ready.");
    world.presses(&seen.id, "Open it").await;
    assert_eq!(world.form().title, "Apply as a mentee");
}

fn json() -> (String, String) {
    ("content-type".into(), "application/json".into())
}

#[tokio::test]
async fn who_comes_and_goes_is_told() {
    let world = World::new().await;
    world.slack.join(resident("grace")).unwrap();
    world.settle().await;
    let joined = world.heard_once();
    assert!(matches!(joined.what, What::Joined) && joined.actor.user == world.id("grace"));
    for (action, expected) in [(Action::Leave, "left"), (Action::Rejoin, "joined")] {
        world.does("grace", action).await;
        world.settle().await;
        assert_eq!(verb(&world.heard_once()), expected);
    }
}

#[tokio::test]
async fn nothing_a_person_types_can_shout_or_format() {
    let world = World::new().await;
    let typed = "@here <!channel> *bold* _it_ ~no~ `code` > quote :smile: <@U1> https://x.example \u{202E}evil";
    let spans = |words: &str| Text(vec![Span::Plain(words.into())]);
    let message = Message::default()
        .with(Block::Heading(spans(typed)))
        .with(Block::Paragraph(spans(typed)))
        .with(Block::Quote(spans(typed)))
        .with(Block::Bullets(vec![spans(typed)]))
        .with(Block::Fields(vec![(spans("Goals"), spans(typed))]))
        .with(Block::Fine(spans(typed)));
    let to = Recipient::Channel(world.general());
    world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await.unwrap();
    let seen = world.last();
    assert!(seen.pings.is_empty(), "{:?}", seen.pings);
    let expected = typed.replace('\u{202E}', "");
    for line in seen.text.lines().filter(|line| !line.is_empty()) {
        assert!(line.contains(&expected), "{line}");
    }
    for tag in ["<b>", "<i>", "<s>", "<code>"] {
        assert!(!seen.html.replace("<b>Goals", "").replace("<b>: ", "").contains(tag), "{tag} in {}", seen.html);
    }
}
