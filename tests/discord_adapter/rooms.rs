//! Rooms: private, complete, found again.

use crate::stage::*;

use plsep_bot::chat::{Attempt, ChannelRef, Chat, ChatError, Impossible, Kept, Recipient};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Action, Fault, FaultKind, Place, Platform};

#[tokio::test]
async fn a_room_is_private_complete_and_found_again() {
    let s = stage().await;
    s.fails("POST /api/v10/guilds/", 1, FaultKind::Delay(0));
    let room = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    let place = s.pretend.places("ana").into_iter().find(|it| it.id == room.0).unwrap();
    assert_eq!((place.kind, place.name.contains("pair-ana-grace")), (PlaceKind::Private, true));
    assert!(s.pretend.places("grace").iter().any(|it| it.id == room.0));
    assert!(s.pretend.places("eve").iter().all(|it| it.id != room.0));

    let to = Recipient::Channel(room.clone());
    s.posts("intro:1", &to, &words("Meet each other"), Attempt::First).await.unwrap();
    s.reads("grace", "Meet each other").await;

    let again = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::Again).await.unwrap();
    assert_eq!(again, room);
    let other = s.discord.open_room(&s.community(), &s.room("intro:2"), Attempt::Again).await.unwrap();
    assert_ne!(other, room);
}

#[tokio::test]
async fn a_room_whose_answer_was_lost_is_adopted_and_mended() {
    let s = stage().await;
    // The first request makes the category, the second the channel.
    let cut = Fault { matching: "POST /api/v10/guilds/".into(), times: 1, skip: 1, kind: FaultKind::CutAfterEffect };
    s.pretend.faults().add(cut);
    let lost = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(lost, Err(ChatError::Passing { ambiguous: true, .. })), "{lost:?}");
    let mut wanted = s.room("intro:1");
    wanted.members.push(s.id("eve"));
    let room = s.discord.open_room(&s.community(), &wanted, Attempt::Again).await.unwrap();
    for who in ["ana", "grace", "eve"] {
        assert_eq!(s.pretend.places(who).iter().filter(|it| it.kind == PlaceKind::Private).count(), 1, "{who}");
        assert!(s.pretend.places(who).iter().any(|it| it.id == room.0));
    }
}

#[tokio::test]
async fn people_are_let_in_and_a_closed_room_stays_readable() {
    let s = stage().await;
    let room = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    for _ in 0..2 {
        s.discord.admit(&s.community(), &room, &s.id("eve")).await.unwrap();
    }
    assert!(s.pretend.places("eve").iter().any(|it| it.id == room.0));
    for _ in 0..2 {
        s.discord.dismiss(&s.community(), &room, &s.id("eve")).await.unwrap();
    }
    assert!(place(&s, "eve", &room).is_none() && place(&s, "ana", &room).is_some());
    for _ in 0..2 {
        s.discord.archive(&s.community(), &room).await.unwrap();
    }
    let say = Action::Say { place: room.0.clone(), text: "Hello?".into() };
    assert!(s.pretend.act("ana", say).await.is_err());
    let place = s.pretend.places("ana").into_iter().find(|it| it.id == room.0).unwrap();
    assert!(place.archived && place.name.contains("archived-pair-ana-grace"), "{place:?}");
}

#[tokio::test]
async fn who_left_is_not_waited_for_and_rights_are_not_assumed() {
    let s = stage().await;
    s.pretend.act("grace", Action::Leave).await.unwrap();
    let gone = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(gone, Err(ChatError::Never { why: Impossible::PersonGone, .. })), "{gone:?}");
    s.pretend.act("grace", Action::Rejoin).await.unwrap();
    s.pretend.set_bot_permissions(1 << 10);
    let refused = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(refused, Err(ChatError::Never { why: Impossible::NotAllowed, .. })), "{refused:?}");
    s.pretend.set_bot_permissions(plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS);
    s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
}

/// Fills the server by hand until it has so many channels.
fn fill(s: &Stage, channels: usize) {
    // `#general` is there from the start.
    for number in 1..channels {
        s.pretend.add_channel(&format!("branch-{number}"), false);
    }
}

fn place(s: &Stage, who: &str, room: &ChannelRef) -> Option<Place> {
    s.pretend.places(who).into_iter().find(|it| it.id == room.0)
}

#[tokio::test]
async fn pairs_that_a_full_server_has_no_channel_for_get_a_thread_of_their_own() {
    let s = stage().await;
    fill(&s, 497);
    let first = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    assert!(!place(&s, "ana", &first).unwrap().topic.is_empty(), "with its category it just fits");
    for key in ["intro:2", "intro:3"] {
        let thread = s.discord.open_room(&s.community(), &s.room(key), Attempt::First).await.unwrap();
        let seen = place(&s, "ana", &thread).unwrap();
        assert_eq!((seen.kind, seen.name.contains("pair-ana-grace-")), (PlaceKind::Private, true));
        assert_eq!(seen.members.iter().filter(|name| !name.contains("Server Owner")).count(), 3, "{:?}", seen.members);
        assert!(place(&s, "grace", &thread).is_some() && place(&s, "eve", &thread).is_none());
        let again = s.discord.open_room(&s.community(), &s.room(key), Attempt::Again).await.unwrap();
        assert_eq!(again, thread);
        s.posts(key, &Recipient::Channel(thread.clone()), &words("Meet each other"), Attempt::First).await.unwrap();
        s.pretend.act("grace", Action::Say { place: thread.0.clone(), text: "Hello!".into() }).await.unwrap();
    }
    let threads = s.pretend.places("eve").into_iter().find(|it| it.name.contains("mentorship-threads")).unwrap();
    let say = Action::Say { place: threads.id, text: "Hello?".into() };
    assert!(s.pretend.act("eve", say).await.is_err(), "nobody writes in the channel above the threads");
}

#[tokio::test]
async fn a_thread_is_completed_after_a_lost_answer_let_into_and_closed() {
    let s = stage().await;
    fill(&s, 498);
    s.fails("/threads", 1, FaultKind::CutAfterEffect);
    let lost = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(lost, Err(ChatError::Passing { ambiguous: true, .. })), "{lost:?}");
    s.fails("/thread-members/", 1, FaultKind::CutBefore);
    let half = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::Again).await;
    assert!(matches!(half, Err(ChatError::Passing { ambiguous: true, .. })), "{half:?}");
    let thread = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::Again).await.unwrap();
    for who in ["ana", "grace"] {
        let private = s.pretend.places(who).into_iter().filter(|it| it.kind == PlaceKind::Private);
        assert_eq!(private.map(|it| it.id).collect::<Vec<_>>(), std::slice::from_ref(&thread.0), "{who}");
    }
    for _ in 0..2 {
        s.discord.admit(&s.community(), &thread, &s.id("eve")).await.unwrap();
    }
    assert!(place(&s, "eve", &thread).is_some());
    for _ in 0..2 {
        s.discord.dismiss(&s.community(), &thread, &s.id("eve")).await.unwrap();
    }
    assert!(place(&s, "eve", &thread).is_none() && place(&s, "ana", &thread).is_some());
    for _ in 0..2 {
        s.discord.archive(&s.community(), &thread).await.unwrap();
    }
    let say = Action::Say { place: thread.0.clone(), text: "Hello?".into() };
    assert!(s.pretend.act("ana", say).await.is_err());
    assert!(place(&s, "ana", &thread).unwrap().archived, "its members read on");
}

#[tokio::test]
async fn what_fills_up_between_the_look_and_the_deed_is_seen() {
    let s = stage().await;
    let refuses = |body: &str| {
        let kind = FaultKind::Answer { status: 400, headers: vec![], body: body.to_owned() };
        s.fails("POST /api/v10/guilds/", 1, kind);
    };
    // The category exists from here on, so the next request is the one for the channel.
    s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    refuses(
        r#"{"code": 50035, "message": "Invalid Form Body", "errors": {"parent_id": {"_errors": [
            {"code": "CHANNEL_PARENT_MAX_CHANNELS", "message": "Maximum number of channels in category reached (50)"}]}}}"#,
    );
    let channel = s.discord.open_room(&s.community(), &s.room("intro:2"), Attempt::First).await.unwrap();
    assert!(!place(&s, "ana", &channel).unwrap().topic.is_empty(), "a channel like the first");
    refuses(r#"{"code": 30013, "message": "Maximum number of guild channels reached (500)"}"#);
    let thread = s.discord.open_room(&s.community(), &s.room("intro:3"), Attempt::First).await.unwrap();
    assert!(place(&s, "ana", &thread).unwrap().topic.is_empty(), "a thread");
    assert_eq!(s.discord.open_room(&s.community(), &s.room("intro:3"), Attempt::Again).await.unwrap(), thread);
}

#[tokio::test]
async fn a_full_server_where_the_bot_may_open_no_threads_says_what_to_do() {
    let s = stage().await;
    fill(&s, 499);
    s.pretend.set_bot_permissions(plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS & !(1 << 34));
    let refused = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    let Err(ChatError::Never { why: Impossible::Full, what }) = refused else { panic!("{refused:?}") };
    assert!(what.contains("give its role Manage Threads"), "{what}");
    s.pretend.set_bot_permissions(plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS);
    s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
}

#[tokio::test]
async fn a_channel_that_was_opened_late_is_taken_away_again() {
    a_room_opened_late_is_taken_away(&stage().await).await;
}

#[tokio::test]
async fn a_thread_that_was_opened_late_is_taken_away_again() {
    let s = stage().await;
    fill(&s, 498);
    a_room_opened_late_is_taken_away(&s).await;
}

async fn a_room_opened_late_is_taken_away(s: &Stage) {
    let rooms = |who: &str| s.pretend.places(who).into_iter().filter(|it| it.kind == PlaceKind::Private).count();
    let room = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    let to = Recipient::Channel(room.clone());
    let id = s.posts("intro:1", &to, &words("Meet each other"), Attempt::First).await.unwrap();
    s.discord.open_room(&s.community(), &s.room("intro:2"), Attempt::First).await.unwrap();
    s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    assert_eq!(rooms("ana"), 3);
    let kept =
        Kept { key: "intro:1", place: &room, message: Some(&id), opened: true, since: chrono::DateTime::UNIX_EPOCH };
    s.discord.take_away_doubles(&s.community(), &kept).await.unwrap();
    assert_eq!(rooms("ana"), 2);
    assert!(s.pretend.places("ana").iter().any(|it| it.id == room.0), "the one with the introduction stays");
}
