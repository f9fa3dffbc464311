//! What Slack refuses is refused here, with the same words.

use std::time::Duration;

use plsep_sandbox::Platform;
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn tokens_are_checked_before_anything_else() {
    let w = World::new().await;
    assert_eq!(w.raw("auth.test", "xoxb-wrong", json!({})).await.1["error"], "invalid_auth");
    assert_eq!(w.raw("auth.test", "", json!({})).await.1["error"], "not_authed");
    assert_eq!(w.raw("auth.test", APP_TOKEN, json!({})).await.1["error"], "not_allowed_token_type");
    assert_eq!(w.raw("apps.connections.open", BOT_TOKEN, json!({})).await.1["error"], "not_allowed_token_type");
    let url = format!("{}/auth.test", w.slack.api_url());
    let form = w.client().post(&url).header("content-type", "application/x-www-form-urlencoded");
    let answer: Value = form.body(format!("token={BOT_TOKEN}")).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["user_id"], w.slack.bot_user_id());
    w.slack.set_scopes(&["chat:write"]);
    let answer = w.refused("users.list", json!({}), "missing_scope").await;
    assert_eq!((&answer["needed"], &answer["provided"]), (&json!("users:read"), &json!("chat:write")));
    w.refused("channels.create", json!({"name": "x"}), "unknown_method").await;
    assert_eq!(w.slack.unknown_routes(), ["POST /api/channels.create"]);
}

#[tokio::test]
async fn names_are_taken_for_good() {
    let w = World::new().await;
    let made = w.ok("conversations.create", json!({"name": "pair-1", "is_private": true})).await;
    let id = &made["channel"]["id"];
    w.refused("conversations.create", json!({"name": "pair-1"}), "name_taken").await;
    w.ok("conversations.archive", json!({"channel": id})).await;
    w.refused("conversations.create", json!({"name": "pair-1"}), "name_taken").await;
    w.refused("conversations.rename", json!({"channel": id, "name": "pair-2"}), "is_archived").await;
    w.refused("conversations.unarchive", json!({"channel": id}), "not_allowed_token_type").await;
    w.refused("chat.postMessage", json!({"channel": id, "text": "hi"}), "is_archived").await;
    for (name, error) in [
        ("", "invalid_name_required"),
        ("Pair 1", "invalid_name_specials"),
        ("--", "invalid_name_punctuation"),
        (&"x".repeat(81), "invalid_name_maxlength"),
    ] {
        w.refused("conversations.create", json!({"name": name}), error).await;
    }
    w.ok("conversations.create", json!({"name": "josé-ñ_1"})).await;
}

#[tokio::test]
async fn invitations_say_who_could_not_come() {
    let w = World::new().await;
    let (ana, bea) = (w.join("ana", "Ana"), w.join("bea", "Bea"));
    let made = w.ok("conversations.create", json!({"name": "pair", "is_private": true})).await;
    let id = made["channel"]["id"].as_str().unwrap();
    let invite = |users: String, force: bool| json!({"channel": id, "users": users, "force": force});
    w.refused("conversations.invite", invite(w.slack.bot_user_id(), false), "cant_invite_self").await;
    let mixed = format!("{},UNOBODY", ana.id);
    let answer = w.refused("conversations.invite", invite(mixed.clone(), false), "user_not_found").await;
    assert_eq!(answer["errors"][0]["user"], "UNOBODY");
    assert!(w.slack.messages("ana", id).is_empty() && w.slack.places("ana").iter().all(|place| place.id != id));
    let answer = w.ok("conversations.invite", invite(mixed, true)).await;
    assert_eq!(answer["errors"][0]["error"], "user_not_found");
    w.refused("conversations.invite", invite(ana.id.clone(), false), "already_in_channel").await;
    w.ok("conversations.invite", invite(bea.id.clone(), false)).await;
    let first = w.ok("conversations.members", json!({"channel": id, "limit": 2})).await;
    let cursor = &first["response_metadata"]["next_cursor"];
    let rest = w.ok("conversations.members", json!({"channel": id, "limit": 2, "cursor": cursor})).await;
    assert_eq!(rest["members"], json!([bea.id]));
    w.refused("conversations.members", json!({"channel": id, "cursor": "nonsense"}), "invalid_cursor").await;
}

#[tokio::test]
async fn the_bot_does_not_see_a_private_channel_it_left() {
    let w = World::new().await;
    let made = w.ok("conversations.create", json!({"name": "secret", "is_private": true})).await;
    let channel = json!({"channel": made["channel"]["id"]});
    w.ok("conversations.leave", channel.clone()).await;
    for method in ["conversations.info", "conversations.history", "conversations.members", "conversations.archive"] {
        w.refused(method, channel.clone(), "channel_not_found").await;
    }
    let listed = w.ok("conversations.list", json!({"types": "public_channel,private_channel"})).await;
    assert_eq!(listed["channels"].as_array().unwrap().len(), 1, "only #general");
}

#[tokio::test]
async fn blocks_are_judged_with_pointers() {
    let w = World::new().await;
    w.slack.disable_rate_limits();
    let ana = w.join("ana", "Ana");
    let button =
        |text: Value| json!({"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": text}]});
    let section = |text: &str| json!({"type": "section", "text": {"type": "mrkdwn", "text": text}});
    let many = |count: usize| Value::Array(vec![json!({"type": "divider"}); count]);
    for (blocks, pointer) in [
        (json!([button(json!({"type": "mrkdwn", "text": "*no*"}))]), "/blocks/0/elements/0/text/type"),
        (json!([button(plain(&"x".repeat(76)))]), "/blocks/0/elements/0/text/text"),
        (json!([section(&"x".repeat(3001))]), "/blocks/0/text/text"),
        (json!([section("")]), "/blocks/0/text/text"),
        (json!([{"type": "section"}]), "/blocks/0"),
        (json!([{"type": "marquee"}]), "/blocks/0/type"),
        (json!([{"type": "header", "text": plain(&"x".repeat(151))}]), "/blocks/0/text/text"),
        (json!([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]), "/blocks/1/block_id"),
        (json!([{"type": "divider", "colour": "red"}]), "/blocks/0"),
        (many(51), "/blocks"),
    ] {
        let answer = w
            .refused("chat.postMessage", json!({"channel": ana.id, "text": "x", "blocks": blocks}), "invalid_blocks")
            .await;
        let message = answer["response_metadata"]["messages"][0].as_str().unwrap();
        assert!(message.starts_with("[ERROR]") && message.ends_with(&format!("[json-pointer:{pointer}]")), "{message}");
    }
    w.ok("chat.postMessage", json!({"channel": ana.id, "text": "x", "blocks": many(50)})).await;
    w.refused("chat.postMessage", json!({"channel": ana.id}), "no_text").await;
}

#[tokio::test]
async fn views_are_judged_too() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let mut bot = w.connect().await;
    w.act("ana", typed("/mentorship")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    bot.ack(&envelope).await;
    let trigger = &envelope["payload"]["trigger_id"];
    let with = |key: &str, value: Value| {
        let mut view = application_form();
        view[key] = value;
        json!({"trigger_id": trigger, "view": view})
    };
    w.refused("views.open", with("title", plain("A title that is longer than 24")), "invalid_arguments").await;
    w.refused("views.open", with("submit", Value::Null), "invalid_arguments").await;
    w.refused("views.open", with("private_metadata", json!("x".repeat(3001))), "invalid_arguments").await;
    w.refused("views.open", with("private_metadata", json!("x".repeat(250_001))), "view_too_large").await;
    w.ok("views.open", json!({"trigger_id": trigger, "view": application_form()})).await;
    w.refused("views.open", json!({"trigger_id": trigger, "view": application_form()}), "exchanged_trigger_id").await;
    w.refused("views.open", json!({"trigger_id": "1.2.x", "view": application_form()}), "invalid_trigger_id").await;

    w.act("ana", typed("/mentorship")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    bot.ack(&envelope).await;
    w.slack.set_patience(Duration::ZERO);
    let late = json!({"trigger_id": envelope["payload"]["trigger_id"], "view": application_form()});
    w.refused("views.open", late, "expired_trigger_id").await;
}

#[tokio::test]
async fn budgets_follow_the_worlds_clock() {
    let w = World::new().await;
    w.slack.set_rate_limit("conversations.create", 2);
    w.ok("conversations.create", json!({"name": "a"})).await;
    w.clock.advance(20_000);
    w.ok("conversations.create", json!({"name": "b"})).await;
    let (status, body, retry) = w.raw("conversations.create", BOT_TOKEN, json!({"name": "c"})).await;
    assert_eq!((status, &body["error"], retry.as_deref()), (429, &json!("ratelimited"), Some("40")));
    w.clock.advance(41_000);
    w.ok("conversations.create", json!({"name": "c"})).await;
    w.slack.disable_rate_limits();
    for number in 0..50 {
        w.ok("conversations.create", json!({"name": format!("d{number}")})).await;
    }
}
