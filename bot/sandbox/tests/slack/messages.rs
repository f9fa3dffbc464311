//! Messages: who sees them, whom they notify, what they carry.

use plsep_sandbox::{Action, Fault, FaultKind, Platform};
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn escaped_words_ping_nobody_and_bare_ones_only_where_slack_links_them() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana <b>");
    let eve = w.join("eve", "Eve");
    let general = w.general("ana");
    let said = async |body: Value| {
        w.clock.advance(2000);
        let mut body = body;
        body["channel"] = json!(general);
        w.ok("chat.postMessage", body).await;
        w.last("ana", &general).unwrap()
    };
    let seen = said(json!({"text": "a &lt;!channel&gt; b &amp; c"})).await;
    assert!(seen.pings.is_empty() && seen.text == "a <!channel> b & c", "{seen:?}");
    assert!(seen.html.contains("&lt;!channel&gt;"), "{}", seen.html);
    assert_eq!(said(json!({"text": "<!channel> and <!here>"})).await.pings, ["@everyone"]);
    assert!(said(json!({"text": "bare @here"})).await.pings.is_empty());
    let block = |verbatim: bool| json!([{"type": "section", "text": {"type": "mrkdwn", "text": "bare @here", "verbatim": verbatim}}]);
    assert_eq!(said(json!({"text": "x", "blocks": block(false)})).await.pings, ["@everyone"]);
    assert!(said(json!({"text": "x", "blocks": block(true)})).await.pings.is_empty());
    let quiet = json!([{"type": "section", "text": plain("<!channel>")}]);
    assert!(said(json!({"text": "x", "blocks": quiet})).await.pings.is_empty(), "plain text mentions nobody");
    assert_eq!(said(json!({"text": format!("<@{}> <@{}>", ana.id, eve.id)})).await.pings, ["Ana <b>", "Eve"]);
    let seen = said(json!({"text": "<!date^1740844800^{date_long} at {time}|March 1> *b* _i_ `c<`"})).await;
    assert_eq!(seen.text, "Saturday, March 1st, 2025 at 8:00 AM b i c<");
}

#[tokio::test]
async fn ephemeral_messages_are_for_one_person_and_leave_no_history() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    w.join("bea", "Bea");
    let general = w.general("ana");
    w.ok("chat.postEphemeral", json!({"channel": general, "user": ana.id, "text": "Only you"})).await;
    assert!(w.last("ana", &general).unwrap().ephemeral);
    assert!(w.last("bea", &general).is_none());
    let history = w.ok("conversations.history", json!({"channel": general})).await;
    assert!(history["messages"].as_array().unwrap().iter().all(|message| message["text"] != "Only you"));
    w.refused("chat.postEphemeral", json!({"channel": general, "user": "UNOBODY", "text": "x"}), "user_not_in_channel")
        .await;
}

#[tokio::test]
async fn metadata_comes_back_only_when_asked_for() {
    let w = World::new().await;
    let general_of = w.join("ana", "Ana");
    let general = w.general(&general_of.handle);
    let metadata = json!({"event_type": "intro", "event_payload": {"pair": "7"}});
    let posted = w.ok("chat.postMessage", json!({"channel": general, "text": "Hello", "metadata": metadata})).await;
    let find = |history: Value| -> Value {
        let messages = history["messages"].as_array().unwrap().clone();
        messages.into_iter().find(|message| message["ts"] == posted["ts"]).unwrap()
    };
    let bare = find(w.ok("conversations.history", json!({"channel": general})).await);
    assert!(bare["metadata"].is_null());
    let full = find(w.ok("conversations.history", json!({"channel": general, "include_all_metadata": true})).await);
    assert_eq!(full["metadata"], metadata);
    w.ok("chat.update", json!({"channel": general, "ts": posted["ts"], "text": "Hello again"})).await;
    let full = find(w.ok("conversations.history", json!({"channel": general, "include_all_metadata": true})).await);
    assert_eq!((&full["metadata"], &full["text"]), (&metadata, &json!("Hello again")));
    w.refused(
        "chat.postMessage",
        json!({"channel": general, "text": "x", "metadata": {"event_type": "a"}}),
        "invalid_metadata_schema",
    )
    .await;
}

#[tokio::test]
async fn a_file_is_uploaded_in_three_steps_and_only_members_get_it() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    w.join("eve", "Eve");
    let made = w.ok("conversations.create", json!({"name": "pair", "is_private": true})).await;
    let pair = made["channel"]["id"].as_str().unwrap().to_owned();
    w.ok("conversations.invite", json!({"channel": pair, "users": ana.id})).await;
    let url = w
        .ok("files.getUploadURLExternal", json!({"filename": "meet.ics", "length": 5, "alt_txt": "Our meeting"}))
        .await;
    w.refused("files.completeUploadExternal", json!({"files": [{"id": url["file_id"]}]}), "file_not_found").await;
    let upload = w.client().post(url["upload_url"].as_str().unwrap()).body("BEGIN");
    assert_eq!(upload.send().await.unwrap().status(), 200);
    let complete = json!({"files": [{"id": url["file_id"], "title": "Meeting"}], "channel_id": pair, "initial_comment": "For you"});
    w.ok("files.completeUploadExternal", complete).await;
    assert!(w.last("ana", &pair).is_none(), "it is shared a moment later");
    w.clock.advance(2_000);
    let seen = w.until("it is shared", || w.last("ana", &pair)).await;
    assert_eq!((seen.text.as_str(), seen.files[0].name.as_str()), ("For you", "meet.ics"));
    assert_eq!(seen.files[0].alt.as_deref(), Some("Our meeting"));
    assert_eq!(w.slack.file("ana", &seen.files[0].id).unwrap(), b"BEGIN");
    assert!(w.slack.file("eve", &seen.files[0].id).is_none());
    let info = w.ok("files.info", json!({"file": url["file_id"]})).await;
    assert_eq!(info["file"]["shares"]["private"][&pair][0]["ts"], seen.id);
}

#[tokio::test]
async fn an_edit_gives_a_message_its_files_and_takes_them_away() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    let posted = w.ok("chat.postMessage", json!({"channel": ana.id, "text": "Here it is"})).await;
    let place = posted["channel"].as_str().unwrap().to_owned();
    let mut ids = Vec::new();
    for name in ["a.txt", "b.txt"] {
        let url = w.ok("files.getUploadURLExternal", json!({"filename": name, "length": 1})).await;
        let upload = w.client().post(url["upload_url"].as_str().unwrap()).body("x");
        assert_eq!(upload.send().await.unwrap().status(), 200);
        let edit = json!({"channel": place, "ts": posted["ts"], "text": "Here", "file_ids": [url["file_id"]]});
        w.refused("chat.update", edit, "file_not_found").await;
        w.ok("files.completeUploadExternal", json!({"files": [{"id": url["file_id"]}]})).await;
        ids.push(url["file_id"].as_str().unwrap().to_owned());
    }
    let now = || w.last("ana", &place).unwrap().files.into_iter().map(|file| file.name).collect::<Vec<_>>();
    assert!(now().is_empty() && w.slack.file("ana", &ids[0]).is_none(), "shared with nobody");
    // As observed of the real service: the list replaces what was there, and no list keeps it.
    for (given, names) in [
        (json!([ids[0]]), vec!["a.txt"]),
        (json!([ids[1]]), vec!["b.txt"]),
        (serde_json::Value::Null, vec!["b.txt"]),
        (json!(ids), vec!["a.txt", "b.txt"]),
        (json!([]), vec![]),
    ] {
        w.ok("chat.update", json!({"channel": place, "ts": posted["ts"], "text": "Here", "file_ids": given})).await;
        assert_eq!(now(), names);
        assert_eq!(w.slack.file("ana", &ids[0]).is_some(), names.contains(&"a.txt"));
    }
}

#[tokio::test]
async fn a_scheduled_message_comes_when_the_world_gets_there() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    let direct = w.direct("ana");
    let at = START_MS / 1000 + 3600;
    let scheduled = w.ok("chat.scheduleMessage", json!({"channel": ana.id, "text": "Later", "post_at": at})).await;
    assert!(scheduled["scheduled_message_id"].as_str().unwrap().starts_with('Q'));
    assert!(w.last("ana", &direct).is_none());
    w.clock.advance(3_600_000);
    let seen = w.until("it is posted", || w.last("ana", &direct)).await;
    assert_eq!((seen.text.as_str(), seen.at_ms), ("Later", at * 1000));
    w.refused("chat.scheduleMessage", json!({"channel": ana.id, "text": "x", "post_at": 1}), "time_in_past").await;
}

#[tokio::test]
async fn faults_cut_delay_and_lie() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    let fault = |kind: FaultKind| Fault { matching: "chat.postMessage".into(), times: 1, skip: 0, kind };
    let url = format!("{}/chat.postMessage", w.slack.api_url());
    let send = || w.client().post(&url).bearer_auth(BOT_TOKEN).json(&json!({"channel": ana.id, "text": "hi"})).send();
    let count = || w.slack.messages("ana", &w.direct("ana")).len();
    w.slack.faults().add(fault(FaultKind::CutBefore));
    assert!(send().await.is_err());
    assert_eq!(count(), 0);
    w.slack.faults().add(fault(FaultKind::CutAfterEffect));
    assert!(send().await.is_err());
    assert_eq!(count(), 1, "the message was posted, only the answer was lost");
    w.slack.faults().add(fault(FaultKind::AnswerAfterEffect { status: 503, body: "oops".into() }));
    assert_eq!(send().await.unwrap().status(), 503);
    assert_eq!(count(), 2);
    let headers = vec![("retry-after".to_owned(), "7".to_owned())];
    w.slack.faults().add(fault(FaultKind::Answer { status: 429, headers, body: r#"{"ok":false}"#.into() }));
    let answer = send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "7"));
    w.slack.faults().add(fault(FaultKind::NeverAnswer));
    let never = tokio::time::timeout(std::time::Duration::from_millis(100), send()).await;
    assert!(never.is_err() && count() == 3);
    assert_eq!(send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn people_write_to_the_bot_and_leave_and_come_back() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    let mut bot = w.connect().await;
    let envelope = bot.expect("team_join").await;
    assert_eq!(envelope["payload"]["event"]["user"]["tz"], "America/Los_Angeles");
    bot.ack(&envelope).await;
    w.act("ana", Action::Say { place: w.direct("ana"), text: "Hi & <bye>".into() }).await.unwrap();
    let envelope = bot.expect("message").await;
    assert_eq!(envelope["payload"]["event"]["text"], "Hi &amp; &lt;bye&gt;");
    assert_eq!(envelope["payload"]["event"]["channel_type"], "im");
    bot.ack(&envelope).await;
    w.act("ana", Action::Leave).await.unwrap();
    let envelope = bot.expect("user_change").await;
    assert_eq!(envelope["payload"]["event"]["user"]["deleted"], true);
    bot.ack(&envelope).await;
    w.refused("conversations.open", json!({"users": ana.id}), "user_disabled").await;
    assert!(w.slack.places("ana").is_empty());
    w.act("ana", Action::Rejoin).await.unwrap();
    let opened = w.ok("conversations.open", json!({"users": ana.id})).await;
    assert_eq!(opened["channel"]["id"], w.direct("ana"));
}
