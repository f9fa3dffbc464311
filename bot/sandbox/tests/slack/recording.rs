//! Good traffic of every kind is written to `slack-recording.jsonl` in Cargo's folder for test files, where a
//! contract checker can read it; here it is only checked that no token is in it.

use std::path::Path;

use plsep_sandbox::Recorder;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn every_method_is_recorded_without_tokens() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("slack-recording.jsonl");
    let w = World::recorded(Recorder::to_file(&path).unwrap()).await;
    let (ana, bea) = (w.join("ana", "Ana"), w.join("bea", "Bea"));
    let group = w.slack.add_user_group("staff", "Staff", &["ana"]);
    for (method, body) in [
        ("api.test", json!({})),
        ("auth.test", json!({})),
        ("team.info", json!({})),
        ("bots.info", json!({})),
        ("users.info", json!({"user": ana.id})),
        ("users.list", json!({})),
        ("users.lookupByEmail", json!({"email": "ana@library.example"})),
        ("users.profile.get", json!({"user": ana.id})),
        ("users.conversations", json!({"types": "public_channel,private_channel"})),
        ("usergroups.list", json!({"include_users": true})),
        ("usergroups.users.list", json!({"usergroup": group})),
    ] {
        w.ok(method, body).await;
    }
    conversations(&w, &ana.id, &bea.id).await;
    interactions(&w, &ana.id).await;
    let url = format!("{}/users.info?user={}&token={BOT_TOKEN}", w.slack.api_url(), ana.id);
    assert_eq!(w.client().get(url).send().await.unwrap().json::<Value>().await.unwrap()["ok"], true);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(BOT_TOKEN) && !text.contains(APP_TOKEN));
    assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["platform"] == "slack"));
    assert!(text.contains("/actions/T") && text.contains("Bearer xapp…"));
}

async fn conversations(w: &World, ana: &str, bea: &str) {
    let made = w.ok("conversations.create", json!({"name": "pair", "is_private": true})).await;
    let id = made["channel"]["id"].clone();
    let on = |more: Value| {
        let mut body = more;
        body["channel"] = id.clone();
        body
    };
    w.ok("conversations.invite", on(json!({"users": format!("{ana},{bea}")}))).await;
    w.ok("conversations.setTopic", on(json!({"topic": "Us"}))).await;
    w.ok("conversations.setPurpose", on(json!({"purpose": "To meet"}))).await;
    let metadata = json!({"event_type": "intro", "event_payload": {"key": "intro:7"}});
    let posted = w.ok("chat.postMessage", on(json!({"text": "Hello", "metadata": metadata}))).await;
    let ts = &posted["ts"];
    w.ok("chat.update", on(json!({"ts": ts, "text": "Hello you"}))).await;
    w.ok("chat.getPermalink", on(json!({"message_ts": ts}))).await;
    w.ok("chat.postEphemeral", on(json!({"user": ana, "text": "Psst"}))).await;
    w.ok("pins.add", on(json!({"timestamp": ts}))).await;
    w.ok("pins.list", on(json!({}))).await;
    w.ok("pins.remove", on(json!({"timestamp": ts}))).await;
    w.ok("reactions.add", on(json!({"timestamp": ts, "name": "wave"}))).await;
    w.ok("conversations.history", on(json!({"include_all_metadata": true}))).await;
    w.ok("conversations.replies", on(json!({"ts": ts}))).await;
    w.ok("conversations.members", on(json!({}))).await;
    w.ok("conversations.info", on(json!({}))).await;
    w.ok("conversations.list", json!({"types": "public_channel,private_channel,im"})).await;
    let at = START_MS / 1000 + 60;
    let later = w.ok("chat.scheduleMessage", on(json!({"text": "Later", "post_at": at}))).await;
    let scheduled = json!({"scheduled_message_id": later["scheduled_message_id"]});
    w.ok("chat.deleteScheduledMessage", on(scheduled)).await;
    let url = w.ok("files.getUploadURLExternal", json!({"filename": "a.pdf", "length": 3})).await;
    w.client().post(url["upload_url"].as_str().unwrap()).body("PDF").send().await.unwrap();
    let files = json!({"files": [{"id": url["file_id"], "title": "A"}], "channel_id": id});
    w.ok("files.completeUploadExternal", files).await;
    w.ok("files.info", json!({"file": url["file_id"]})).await;
    w.ok("chat.delete", on(json!({"ts": ts}))).await;
    w.ok("conversations.kick", on(json!({"user": bea}))).await;
    w.ok("conversations.rename", on(json!({"name": "pair-old"}))).await;
    w.ok("conversations.archive", on(json!({}))).await;
    w.ok("conversations.open", json!({"users": ana})).await;
    let open = w.ok("conversations.create", json!({"name": "lobby"})).await;
    w.ok("conversations.leave", json!({"channel": open["channel"]["id"]})).await;
    w.ok("conversations.join", json!({"channel": open["channel"]["id"]})).await;
}

async fn interactions(w: &World, ana: &str) {
    let mut bot = w.connect().await;
    w.act("ana", typed("/mentorship")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    bot.ack(&envelope).await;
    let opened =
        w.ok("views.open", json!({"trigger_id": envelope["payload"]["trigger_id"], "view": application_form()})).await;
    w.ok("views.update", json!({"view_id": opened["view"]["id"], "view": application_form()})).await;
    let home = json!({"type": "home", "blocks": [{"type": "header", "text": plain("Home")}]});
    w.ok("views.publish", json!({"user_id": ana, "view": home})).await;
    let blocks =
        json!([{"type": "actions", "elements": [{"type": "button", "action_id": "met", "text": plain("We met")}]}]);
    w.ok("chat.postMessage", json!({"channel": ana, "text": "Did you meet?", "blocks": blocks})).await;
    let direct = w.direct("ana");
    let message = w.last("ana", &direct).unwrap().id;
    w.act("ana", pressed(&message, "met")).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    bot.ack(&envelope).await;
    let push = json!({"trigger_id": envelope["payload"]["trigger_id"], "view": application_form()});
    w.ok("views.push", push).await;
    let url = envelope["payload"]["response_url"].as_str().unwrap();
    w.post(url, json!({"replace_original": true, "text": "Lovely."})).await;
}
