//! Files that come with messages: in a pair's place and to one person, each once, and read by nobody else.

use plsep_bot::chat::{File, Message, Text};
use plsep_bot::store::{Effect, NewEffect, To};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::FaultKind;

use super::harness::{Both, Story, run_test};

fn calendar() -> Message {
    let entry = File {
        name: "meeting.ics".to_owned(),
        media: "text/calendar".to_owned(),
        alt: Some("Calendar entry for your meeting".to_owned()),
        content: b"BEGIN:VCALENDAR".to_vec(),
    };
    Message::paragraph(Text::plain("Your meeting is in the calendar entry below.")).with_file(entry)
}

/// The program has something to send, as any flow leaves it.
async fn is_to_be_sent(t: &Story, key: &str, to: To) {
    let mut tx = t.stage.store.write().await.expect("the database takes it");
    let community = t.community_in(&mut tx).await;
    let effect = Effect::Post { to, message: calendar() };
    let new = NewEffect { community, key: key.to_owned(), due_at: t.now(), effect };
    assert!(tx.enqueue(&new, t.now()).await.expect("it is sound"));
    tx.commit().await.expect("the database takes it");
}

#[tokio::test]
async fn a_file_reaches_whom_it_is_for_and_nobody_else() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let pair = t.pairs().await.remove(0);
        is_to_be_sent(&t, "file:pair", To::Pair(pair.id)).await;
        is_to_be_sent(&t, "file:ada", To::Person(pair.mentee)).await;
        t.drain().await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        assert_eq!((ada.files().len(), grace.files().len()), (2, 1));
        assert_eq!(grace.file("meeting.ics"), "BEGIN:VCALENDAR");
        assert_eq!(ada.in_room("calendar entry below").len(), 1);
        let shown = grace.in_room("calendar entry below").remove(0).files.remove(0);
        assert_eq!(shown.alt.as_deref(), Some("Calendar entry for your meeting"));
        for stranger in ["ben", "zoe", "sam"] {
            assert!(t.person(stranger).files().is_empty(), "{stranger}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_comes_once_whichever_answer_is_lost() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let pair = t.pairs().await.remove(0);
        let requests: &[&str] = match t.on_discord() {
            true => &["POST /api/v10/channels/"],
            false => {
                &["chat.postMessage", "getUploadURLExternal", "/upload/v1/", "completeUploadExternal", "chat.update"]
            }
        };
        let mut sent = 0;
        for request in requests {
            for fault in [FaultKind::CutBefore, FaultKind::CutAfterEffect, FaultKind::Late(60_000)] {
                sent += 1;
                t.goes_wrong(request, fault, 0);
                is_to_be_sent(&t, &format!("file:{sent}"), To::Pair(pair.id)).await;
                t.drain().await;
                assert_eq!(t.faults_left(), 0, "{request}");
            }
        }
        // What arrived late was taken away again by then.
        t.travel_to("2025-02-19 12:00").await;
        let grace = t.person("grace");
        let all = grace.in_room("calendar entry below");
        assert_eq!(all.len(), sent);
        assert!(all.iter().all(|seen| seen.files.len() == 1), "{all:?}");
    })
    .await;
}
