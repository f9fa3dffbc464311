//! Rooms: private, complete, found again.

use crate::stage::*;

use plsep_bot::chat::{Attempt, Chat, ChatError, Impossible, Recipient};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Action, Fault, FaultKind, Platform};

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
