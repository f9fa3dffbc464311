//! Messages: harmless, delivered once, and their failures told to the letter.

use crate::stage::*;

use std::time::Duration;

use plsep_bot::chat::{
    ActionId, Attempt, Block, ChannelRef, Chat, ChatError, File, Impossible, Kept, MessageRef, Recipient, Reply, Span,
    Text, What,
};
use plsep_sandbox::{FaultKind, NewResident, Platform};

#[tokio::test]
async fn nothing_a_person_types_pings_anybody() {
    let s = stage().await;
    let ana = s.id("ana");
    let nasty = format!("@everyone @here <@{}> <@&{}> **bold** [x](https://evil.example)", ana.0, s.pretend.guild_id());
    let message =
        words(nasty.clone()).with(Block::Fields(vec![(Text::plain("Named"), Text(vec![Span::Person(s.id("grace"))]))]));
    s.posts("k1", &Recipient::Channel(s.general()), &message, Attempt::First).await.unwrap();
    let seen = s.reads("ana", "Named").await;
    assert_eq!(seen.pings, ["Grace"], "only whom the program names");
    assert!(seen.text.contains("**bold**"), "{}", seen.text);

    s.answers(move |_| {
        Reply::Private(words(nasty.clone()).with(Block::Paragraph(Text(vec![Span::Person(ana.clone())]))))
    });
    s.types("eve", "/mentorship home").await;
    assert!(s.reads("eve", "evil.example").await.pings.iter().all(|it| it != "@everyone" && it != "Ana *Maria*"));
}

#[tokio::test]
async fn a_direct_message_and_its_buttons_know_their_community() {
    let s = stage().await;
    let to = Recipient::Person(s.id("ana"));
    let message = words("Did you meet?").with(button("We met", &ActionId::new("met", &["3"])));
    s.posts("nudge:3", &to, &message, Attempt::First).await.unwrap();
    let seen = s.reads("ana", "Did you meet?").await;
    s.answers(|_| Reply::Replace(words("Thank you!")));
    s.presses("ana", &seen, "We met").await;
    assert_eq!(s.reads("ana", "Thank you!").await.id, seen.id);
    let event = s.program.events.borrow()[0].clone();
    assert_eq!(event.community, s.community());
    assert!(matches!(&event.what, What::Press(action) if action.as_str() == "met:3"));

    // Answered meanwhile or not: it is still known as that effect.
    let again = s.posts("nudge:3", &to, &message, Attempt::Again).await.unwrap();
    assert_eq!(again, seen.id);
}

#[tokio::test]
async fn closed_direct_messages_are_final() {
    let s = stage().await;
    s.pretend.join(NewResident { dms_closed: true, ..resident("shy", "Shy") }).unwrap();
    let refused = s.posts("k", &Recipient::Person(s.id("shy")), &words("Hello"), Attempt::First).await;
    assert!(matches!(refused, Err(ChatError::Never { why: Impossible::PersonUnreachable, .. })), "{refused:?}");
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_adopted() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    for (key, message) in
        [("with", words("Press me").with(button("Go", &ActionId::new("go", &[])))), ("without", words("Just words"))]
    {
        s.fails("POST /api/v10/channels/", 1, FaultKind::CutAfterEffect);
        let lost = s.posts(key, &to, &message, Attempt::First).await;
        assert!(matches!(lost, Err(ChatError::Passing { ambiguous: true, .. })), "{lost:?}");
        let there = s.reads("ana", &message.summary()).await.id;
        let adopted = s.posts(key, &to, &message, Attempt::Again).await.unwrap();
        assert_eq!(adopted, there);
    }
    assert_eq!(s.everything("ana").len(), 2);
    let at = plsep_bot::chat::MessageRef { channel: s.general(), id: s.reads("ana", "Press me").await.id };
    s.discord.update(&s.community(), "with", &at, &words("Edited")).await.unwrap();
    assert_eq!(s.posts("with", &to, &words("Edited"), Attempt::Again).await.unwrap(), at.id);
}

#[tokio::test]
async fn a_long_message_is_shown_as_far_as_discord_can() {
    let s = stage().await;
    let message = words("begin ".to_owned() + &"many words ".repeat(2_000));
    s.posts("long", &Recipient::Channel(s.general()), &message, Attempt::First).await.unwrap();
    assert!(s.reads("ana", "begin").await.text.contains("[…]"));
}

#[tokio::test]
async fn too_many_requests_are_told_to_the_letter_and_held_back() {
    let s = stage().await;
    let body = r#"{"message":"You are being rate limited.","retry_after":7.5,"global":false}"#;
    let headers = vec![("Retry-After".to_owned(), "7.5".to_owned())];
    s.fails("POST /api/v10/channels/", 1, FaultKind::Answer { status: 429, headers, body: body.into() });
    let to = Recipient::Channel(s.general());
    let first = s.posts("k", &to, &words("Hello"), Attempt::First).await;
    let Err(ChatError::Passing { retry_after, ambiguous: false, .. }) = first else { panic!("{first:?}") };
    assert_eq!(retry_after, Some(Duration::from_millis(7500)));
    let second = s.posts("k", &to, &words("Hello"), Attempt::First).await;
    let Err(ChatError::Held { wait, .. }) = second else { panic!("{second:?}") };
    assert!(wait <= Duration::from_millis(7500) && wait > Duration::from_secs(2), "{wait:?}");
    assert!(s.everything("ana").is_empty(), "the second was never sent");
}

#[tokio::test]
async fn failures_say_whether_it_may_have_happened() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    let broken = FaultKind::Answer { status: 502, headers: Vec::new(), body: "<html>".into() };
    s.fails("POST /api/v10/channels/", 1, broken);
    let failed = s.posts("k", &to, &words("Hello"), Attempt::First).await;
    assert!(matches!(failed, Err(ChatError::Passing { ambiguous: true, retry_after: None, .. })), "{failed:?}");
    let gone = Recipient::Channel(ChannelRef("4242".into()));
    let never = s.posts("k", &gone, &words("Hello"), Attempt::First).await;
    assert!(matches!(never, Err(ChatError::Never { why: Impossible::PlaceGone, .. })), "{never:?}");
}

#[tokio::test]
async fn a_message_is_found_again_behind_hundreds_of_others() {
    let s = stage().await;
    s.pretend.set_rate_limits(plsep_sandbox::discord::RateLimits::unlimited());
    let to = Recipient::Channel(s.general());
    let first = s.posts("first", &to, &words("First"), Attempt::First).await.unwrap();
    // Past our own budget: it is only about what stands there.
    let address = format!("{}/api/v10/channels/{}/messages", s.pretend.base_url(), s.general().0);
    for _ in 0..220 {
        let more = reqwest::Client::new().post(&address).header("authorization", format!("Bot {TOKEN}"));
        let sent = more.json(&serde_json::json!({"content": "More"})).send().await.unwrap();
        assert!(sent.status().is_success());
    }
    s.pretend.clock().advance(3_600_000);
    assert_eq!(s.posts("first", &to, &words("First"), Attempt::Again).await.unwrap(), first);
}

#[tokio::test]
async fn a_message_that_arrived_late_is_taken_away_again() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    let kept = s.posts("k", &to, &words("Hello"), Attempt::First).await.unwrap();
    s.posts("other", &to, &words("Something else"), Attempt::First).await.unwrap();
    s.pretend.clock().advance(3_600_000);
    s.posts("k", &to, &words("Hello"), Attempt::First).await.unwrap();
    assert_eq!(s.everything("ana").len(), 3);
    let place = s.general();
    let mut kept =
        Kept { key: "k", place: &place, message: Some(&kept), opened: false, since: chrono::DateTime::UNIX_EPOCH };
    for _ in 0..2 {
        s.discord.take_away_doubles(&s.community(), &kept).await.unwrap();
        let left: Vec<String> = s.everything("ana").into_iter().map(|seen| seen.id).collect();
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(left.iter().any(|left| Some(left.as_str()) == kept.message));
    }
    kept.message = None;
    s.discord.take_away_doubles(&s.community(), &kept).await.unwrap();
    assert_eq!(s.everything("ana").len(), 1, "what nobody wants is taken away");
}

fn file(name: &str, bytes: &[u8]) -> File {
    File {
        name: name.into(),
        media: "text/plain".into(),
        alt: Some(format!("What {name} says")),
        content: bytes.to_vec(),
    }
}

#[tokio::test]
async fn files_come_with_their_names_and_words_and_only_once() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    let message = words("For you").with_file(file("a.txt", b"first")).with_file(file("b.ics", b"second"));
    s.fails("POST /api/v10/channels/", 1, FaultKind::CutAfterEffect);
    let lost = s.posts("k", &to, &message, Attempt::First).await;
    assert!(matches!(lost, Err(ChatError::Passing { ambiguous: true, .. })), "{lost:?}");
    s.posts("k", &to, &message, Attempt::Again).await.unwrap();
    assert_eq!(s.everything("ana").len(), 1);
    let seen = s.reads("ana", "For you").await;
    let names: Vec<&str> = seen.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.txt", "b.ics"]);
    assert_eq!(seen.files[1].alt.as_deref(), Some("What b.ics says"));
    assert_eq!(s.pretend.file("ana", &seen.files[0].id).unwrap(), b"first");
    assert_eq!(s.pretend.file("ana", &seen.files[1].id).unwrap(), b"second");

    // What replaces a message replaces its files.
    let at = MessageRef { channel: s.general(), id: seen.id };
    let moved = words("Moved").with_file(file("c.ics", b"third"));
    s.discord.update(&s.community(), "k", &at, &moved).await.unwrap();
    let seen = s.reads("ana", "Moved").await;
    assert_eq!(seen.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["c.ics"]);
    s.discord.update(&s.community(), "k", &at, &words("Called off")).await.unwrap();
    assert!(s.reads("ana", "Called off").await.files.is_empty());
}

#[tokio::test]
async fn a_file_comes_with_an_answer_only_its_reader_sees() {
    let s = stage().await;
    s.answers(|_| Reply::Private(words("Your data").with_file(file("me.json", b"{}"))));
    s.types("ana", "/mentorship home").await;
    let seen = s.reads("ana", "Your data").await;
    assert!(seen.ephemeral);
    assert_eq!(s.pretend.file("ana", &seen.files[0].id).unwrap(), b"{}");
    assert!(s.pretend.file("eve", &seen.files[0].id).is_none());
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_for_good_and_a_pause_is_kept() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    let large = words("Too much").with_file(file("large.bin", &vec![0; (10 << 20) + 1]));
    let refused = s.posts("large", &to, &large, Attempt::First).await;
    assert!(matches!(refused, Err(ChatError::Never { why: Impossible::Refused, .. })), "{refused:?}");
    assert!(s.everything("ana").is_empty());

    let headers = vec![("Retry-After".to_owned(), "1".to_owned())];
    let busy = FaultKind::Answer { status: 429, headers, body: r#"{"retry_after":1,"global":false}"#.into() };
    s.fails("POST /api/v10/channels/", 1, busy);
    let message = words("Later").with_file(file("a.txt", b"x"));
    let paused = s.posts("k", &to, &message, Attempt::First).await;
    assert!(matches!(paused, Err(ChatError::Passing { retry_after: Some(_), ambiguous: false, .. })), "{paused:?}");
}
