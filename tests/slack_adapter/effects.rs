//! What the program sends by itself: exactly once to the eye, private, and within Slack's limits.

use std::time::Duration;

use plsep_bot::chat::{Attempt, ChannelRef, Chat, ChatError, File, Impossible, Kept, Recipient, Room, Scope, UserRef};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Action, FaultKind, Platform};

use crate::world::{World, post, resident, words};

fn ambiguous<T: std::fmt::Debug>(result: Result<T, ChatError>) -> bool {
    matches!(result, Err(ChatError::Passing { ambiguous: true, .. }))
}

fn never<T: std::fmt::Debug>(result: Result<T, ChatError>) -> Impossible {
    match result {
        Err(ChatError::Never { why, .. }) => why,
        other => panic!("not impossible: {other:?}"),
    }
}

fn room(world: &World, members: &[&str]) -> Room {
    Room {
        key: "intro:1".into(),
        name: "pair-ana-grace".into(),
        topic: "Ana and Grace".into(),
        members: members.iter().map(|handle| world.id(handle)).collect(),
    }
}

/// A workspace with Grace and Mallory as well.
async fn three() -> World {
    let world = World::new().await;
    world.slack.join(resident("grace")).unwrap();
    world.slack.join(resident("mal")).unwrap();
    world.settle().await;
    world
}

/// The private places somebody sees.
fn rooms(world: &World, handle: &str) -> Vec<plsep_sandbox::Place> {
    world.slack.places(handle).into_iter().filter(|place| place.kind == PlaceKind::Private).collect()
}

#[tokio::test]
async fn a_message_whose_answer_is_lost_is_found_again() {
    let world = World::with(|settings| settings.request_timeout = Duration::from_millis(500)).await;
    let html = FaultKind::AnswerAfterEffect { status: 200, body: "<html>".into() };
    let lost = [html, FaultKind::CutAfterEffect, FaultKind::NeverAnswer];
    for (to, seen) in [(Recipient::Channel(world.general()), 1), (Recipient::Person(world.id("ana")), 2)] {
        for (round, fault) in lost.iter().enumerate() {
            world.time.advance(60_000);
            let key = format!("nudge:{seen}:{round}");
            let message = words(&key);
            let post = post(&key, &to, &message);
            world.breaks("chat.postMessage", fault.clone());
            assert!(ambiguous(world.bot.post(&world.community, &post, Attempt::First).await), "{fault:?}");
            let adopted = world.bot.post(&world.community, &post, Attempt::Again).await.unwrap();
            let all: Vec<_> = world.slack.messages("ana", &adopted.channel.0);
            let these: Vec<_> = all.iter().filter(|seen| seen.text == key).collect();
            assert_eq!(these.len(), 1);
            assert_eq!(these[0].id, adopted.id);
        }
    }
}

#[tokio::test]
async fn a_message_that_never_arrived_is_sent_by_the_next_attempt() {
    let world = World::new().await;
    let (to, message) = (Recipient::Person(world.id("ana")), words("Hello"));
    let post = post("intro:1", &to, &message);
    world.breaks("chat.postMessage", FaultKind::CutBefore);
    assert!(ambiguous(world.bot.post(&world.community, &post, Attempt::First).await));
    world.breaks("conversations.history", FaultKind::Answer { status: 500, headers: vec![], body: String::new() });
    assert!(ambiguous(world.bot.post(&world.community, &post, Attempt::Again).await), "nobody has looked yet");
    world.bot.post(&world.community, &post, Attempt::Again).await.unwrap();
    assert_eq!(world.direct().len(), 1);
}

#[tokio::test]
async fn an_edit_keeps_the_key() {
    let world = World::new().await;
    let (to, first, second) = (Recipient::Channel(world.general()), words("Open"), words("Answered"));
    let posted = world.bot.post(&world.community, &post("q:1", &to, &first), Attempt::First).await.unwrap();
    world.bot.update(&world.community, "q:1", &posted, &second).await.unwrap();
    assert_eq!(world.last().text, "Answered");
    assert_eq!(world.bot.post(&world.community, &post("q:1", &to, &first), Attempt::Again).await.unwrap(), posted);
    assert_eq!(world.seen().len(), 1);
}

#[tokio::test]
async fn slacks_wish_to_wait_is_passed_on_to_the_letter_and_kept() {
    let world = World::new().await;
    let (to, message) = (Recipient::Channel(world.general()), words("Hello"));
    let headers = vec![("retry-after".to_owned(), "17".to_owned())];
    world.breaks("chat.postMessage", FaultKind::Answer { status: 429, headers, body: String::new() });
    for (key, wait) in [("a", 17), ("b", 17)] {
        match world.bot.post(&world.community, &post(key, &to, &message), Attempt::First).await {
            Err(ChatError::Passing { retry_after: Some(told), ambiguous: false, .. }) if key == "a" => {
                assert_eq!(told, Duration::from_secs(wait));
            }
            Err(ChatError::Held { wait: told, ambiguous: false, .. }) if key == "b" => {
                assert_eq!(told, Duration::from_secs(wait));
            }
            other => panic!("{other:?}"),
        }
    }
    world.time.advance(17_000);
    world.bot.post(&world.community, &post("a", &to, &message), Attempt::First).await.unwrap();
    assert_eq!(world.seen().len(), 1);
}

#[tokio::test]
async fn we_hold_back_before_slack_has_to() {
    let world = World::new().await;
    let (to, message) = (Recipient::Channel(world.general()), words("Hello"));
    for n in 0..4 {
        world.bot.post(&world.community, &post(&n.to_string(), &to, &message), Attempt::First).await.unwrap();
    }
    let held = world.bot.post(&world.community, &post("5", &to, &message), Attempt::First).await;
    let Err(ChatError::Held { wait, scope: Scope::Here, ambiguous: false, .. }) = held else { panic!("{held:?}") };
    world.time.advance(i64::try_from(wait.as_millis()).unwrap());
    world.bot.post(&world.community, &post("5", &to, &message), Attempt::First).await.unwrap();
    assert_eq!(world.seen().len(), 5);
}

#[tokio::test]
async fn a_room_holds_its_members_and_nobody_else_sees_it() {
    let world = three().await;
    let wanted = room(&world, &["ana", "grace"]);
    let channel = world.bot.open_room(&world.community, &wanted, Attempt::First).await.unwrap();
    let seen = rooms(&world, "ana");
    assert_eq!(seen.len(), 1);
    assert!(seen[0].name.starts_with("#pair-ana-grace-"), "{}", seen[0].name);
    assert_eq!((seen[0].topic.as_str(), &seen[0].id), ("Ana and Grace", &channel.0));
    assert_eq!(seen[0].members.len(), 3);
    assert_eq!(rooms(&world, "grace").len(), 1);
    assert!(rooms(&world, "mal").is_empty());
    assert!(world.slack.messages("mal", &channel.0).is_empty());

    world.bot.admit(&world.community, &channel, &world.id("mal")).await.unwrap();
    world.bot.admit(&world.community, &channel, &world.id("mal")).await.unwrap();
    assert_eq!(rooms(&world, "mal").len(), 1);
    world.bot.dismiss(&world.community, &channel, &world.id("mal")).await.unwrap();
    world.bot.dismiss(&world.community, &channel, &world.id("mal")).await.unwrap();
    assert!(rooms(&world, "mal").is_empty() && rooms(&world, "ana").len() == 1);

    world.bot.archive(&world.community, &channel).await.unwrap();
    world.bot.archive(&world.community, &channel).await.unwrap();
    assert!(rooms(&world, "ana")[0].archived);
    let (to, message) = (Recipient::Channel(channel), words("Too late"));
    let late = world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await;
    assert_eq!(never(late), Impossible::PlaceGone);
}

#[tokio::test]
async fn a_room_half_made_at_any_step_is_finished_and_never_made_twice() {
    for step in ["conversations.create", "conversations.setPurpose", "conversations.setTopic", "conversations.invite"] {
        for attempt in [Attempt::Again, Attempt::First] {
            for fault in [FaultKind::CutBefore, FaultKind::CutAfterEffect] {
                let world = three().await;
                let wanted = room(&world, &["ana", "grace"]);
                world.breaks(step, fault.clone());
                let broken = world.bot.open_room(&world.community, &wanted, Attempt::First).await;
                assert!(ambiguous(broken), "{step} {fault:?}");
                let channel = world.bot.open_room(&world.community, &wanted, attempt).await.unwrap();
                let seen = rooms(&world, "ana");
                assert_eq!(seen.len(), 1, "{step} {fault:?}");
                assert_eq!((&seen[0].id, seen[0].members.len()), (&channel.0, 3), "{step} {fault:?}");
                assert_eq!(seen[0].topic, "Ana and Grace", "{step} {fault:?}");
            }
        }
    }
}

#[tokio::test]
async fn what_can_never_work_says_why() {
    let world = three().await;
    world.does("grace", Action::Leave).await;
    world.settle().await;
    let gone = room(&world, &["ana", "grace"]);
    assert_eq!(never(world.bot.open_room(&world.community, &gone, Attempt::First).await), Impossible::PersonGone);
    let message = words("Hello");
    let to = Recipient::Person(UserRef("U0NOBODY".into()));
    let nobody = world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await;
    assert_eq!(never(nobody), Impossible::PersonGone);
    let to = Recipient::Channel(ChannelRef("C0NOWHERE".into()));
    let nowhere = world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await;
    assert_eq!(never(nowhere), Impossible::PlaceGone);
    world.slack.set_scopes(&["commands"]);
    let forbidden = world.bot.admit(&world.community, &world.general(), &world.id("mal")).await;
    assert_eq!(never(forbidden), Impossible::NotAllowed);
}

#[tokio::test]
async fn a_message_that_arrived_late_is_taken_away_again() {
    let world = World::new().await;
    let (to, message) = (Recipient::Channel(world.general()), words("Hello"));
    let kept = world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await.unwrap();
    world.bot.post(&world.community, &post("other", &to, &message), Attempt::First).await.unwrap();
    world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await.unwrap();
    assert_eq!(world.seen().len(), 3);
    let place = world.general();
    let mut kept =
        Kept { key: "k", place: &place, message: Some(&kept.id), opened: false, since: chrono::DateTime::UNIX_EPOCH };
    for _ in 0..2 {
        world.bot.take_away_doubles(&world.community, &kept).await.unwrap();
        let left: Vec<String> = world.seen().into_iter().map(|seen| seen.id).collect();
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(left.iter().any(|left| Some(left.as_str()) == kept.message));
    }
    kept.message = None;
    world.bot.take_away_doubles(&world.community, &kept).await.unwrap();
    assert_eq!(world.seen().len(), 1, "what nobody wants is taken away");
}

#[tokio::test]
async fn a_message_is_found_again_behind_hundreds_of_others() {
    let world = World::new().await;
    world.slack.disable_rate_limits();
    let (to, message) = (Recipient::Channel(world.general()), words("Hello"));
    let first = world.bot.post(&world.community, &post("first", &to, &message), Attempt::First).await.unwrap();
    for number in 0..230 {
        let key = format!("k{number}");
        world.time.advance(1_000);
        world.bot.post(&world.community, &post(&key, &to, &message), Attempt::First).await.unwrap();
    }
    let found = world.bot.post(&world.community, &post("first", &to, &message), Attempt::Again).await.unwrap();
    assert_eq!(found, first);
}

fn file(name: &str, media: &str, bytes: &[u8]) -> File {
    let alt = Some(format!("What {name} shows"));
    File { name: name.into(), media: media.into(), alt, content: bytes.to_vec() }
}

fn names(world: &World) -> Vec<String> {
    world.last().files.into_iter().map(|file| file.name).collect()
}

#[tokio::test]
async fn files_come_with_their_message_and_are_replaced_with_it() {
    let world = World::new().await;
    let to = Recipient::Channel(world.general());
    let message = words("For you").with_file(file("a.ics", "text/calendar", b"first")).with_file(file(
        "b.png",
        "image/png",
        b"second",
    ));
    let posted = world.bot.post(&world.community, &post("k", &to, &message), Attempt::First).await.unwrap();
    let seen = world.last();
    assert_eq!((world.seen().len(), seen.text.as_str()), (1, "For you"));
    assert_eq!(names(&world), ["a.ics", "b.png"]);
    for (file, (bytes, words)) in
        seen.files.iter().zip([(b"first".as_slice(), "What a.ics shows"), (b"second".as_slice(), "What b.png shows")])
    {
        assert_eq!(file.alt.as_deref(), Some(words));
        assert_eq!(world.slack.file("ana", &file.id).unwrap(), bytes);
    }
    let moved = words("Moved").with_file(file("c.ics", "text/calendar", b"third"));
    world.bot.update(&world.community, "k", &posted, &moved).await.unwrap();
    assert_eq!((world.last().text.as_str(), names(&world)), ("Moved", vec!["c.ics".to_owned()]));
    world.bot.update(&world.community, "k", &posted, &words("Called off")).await.unwrap();
    assert!(names(&world).is_empty());
}

#[tokio::test]
async fn a_message_left_without_its_files_is_completed_and_never_sent_twice() {
    let html = || FaultKind::AnswerAfterEffect { status: 200, body: "<html>".into() };
    let headers = vec![("retry-after".to_owned(), "1".to_owned())];
    let busy = FaultKind::Answer { status: 429, headers, body: String::new() };
    for step in ["chat.postMessage", "getUploadURLExternal", "/upload/v1/", "completeUploadExternal", "chat.update"] {
        for fault in [FaultKind::CutBefore, FaultKind::CutAfterEffect, html(), busy.clone()] {
            if step == "/upload/v1/" && matches!(fault, FaultKind::AnswerAfterEffect { .. }) {
                // That address answers in plain text anyway.
                continue;
            }
            let world = World::new().await;
            let to = Recipient::Person(world.id("ana"));
            let message = words("Your certificate").with_file(file("c.pdf", "application/pdf", b"%PDF"));
            let post = post("certificate:1", &to, &message);
            world.breaks(step, fault.clone());
            let broken = world.bot.post(&world.community, &post, Attempt::First).await;
            let before = step == "chat.postMessage" && matches!(fault, FaultKind::Answer { .. });
            assert_eq!(ambiguous(broken.clone()), !before, "{step} {fault:?} {broken:?}");
            world.time.advance(60_000);
            let attempt = if before { Attempt::First } else { Attempt::Again };
            let adopted = world.bot.post(&world.community, &post, attempt).await.unwrap();
            let direct = world.direct();
            assert_eq!(direct.len(), 1, "{step} {fault:?}");
            assert_eq!((&direct[0].id, direct[0].text.as_str()), (&adopted.id, "Your certificate"));
            let files: Vec<&str> = direct[0].files.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(files, ["c.pdf"], "{step} {fault:?}");
            assert_eq!(world.bot.post(&world.community, &post, Attempt::Again).await.unwrap(), adopted);
            assert_eq!(world.direct()[0].files[0].id, direct[0].files[0].id, "what has its files is left alone");
        }
    }
}

#[tokio::test]
async fn a_file_that_slack_refuses_is_told_for_good() {
    let world = World::new().await;
    let to = Recipient::Channel(world.general());
    let empty = words("Nothing in it").with_file(file("a.txt", "text/plain", b""));
    let refused = world.bot.post(&world.community, &post("k", &to, &empty), Attempt::First).await;
    assert_eq!(never(refused), Impossible::Refused);
}
