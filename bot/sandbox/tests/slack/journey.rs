//! From the typed command to the private channel.

use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Action, Control, FieldKind, Platform};
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn from_a_command_over_a_form_to_a_private_channel() {
    let w = World::new().await;
    // This bot reads interactions only; an event nobody acknowledges would count as pending for a while.
    w.slack.subscribe(&[]);
    let (ana, grace) = (w.join("ana", "Ana Ruiz"), w.join("grace", "Grace Lee"));
    w.join("eve", "Eve");
    let mut bot = w.connect().await;

    w.act("ana", typed("/mentorship apply now")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    let payload = &envelope["payload"];
    assert_eq!((&payload["command"], &payload["text"]), (&json!("/mentorship"), &json!("apply now")));
    assert_eq!(payload["user_id"], ana.id);
    assert_eq!(envelope["accepts_response_payload"], true);
    bot.ack(&envelope).await;
    let opened = w.ok("views.open", json!({"trigger_id": payload["trigger_id"], "view": application_form()})).await;
    assert_eq!(opened["view"]["root_view_id"], opened["view"]["id"]);

    let form = w.slack.form("ana").expect("an open form");
    assert_eq!(form.notes, ["Welcome, tell us about you."]);
    assert!(matches!(form.fields[0].kind, FieldKind::Text { multiline: true, max: 200, .. }));
    let refused = w.act("ana", filled(&[("role", "mentee")])).await.unwrap_err();
    assert!(refused.to_string().contains("required"), "{refused}");

    w.act("ana", filled(&[("Your goals", "Run a branch"), ("role", "Mentee")])).await.unwrap();
    let envelope = bot.expect("view_submission").await;
    let values = &envelope["payload"]["view"]["state"]["values"];
    assert_eq!(values["goals"]["goals_text"]["value"], "Run a branch");
    assert_eq!(values["role"]["role_pick"]["selected_option"]["value"], "mentee");
    assert_eq!(values["how"]["how_list"]["selected_options"], json!([]));
    assert_eq!(envelope["payload"]["view"]["private_metadata"], "draft-7");
    bot.ack_with(&envelope, json!({"response_action": "errors", "errors": {"goals": "A little more, please."}})).await;
    w.until("the error is shown", || w.slack.form("ana").filter(|form| form.errors.contains_key("goals"))).await;

    w.act("ana", filled(&[("goals", "Run a branch, kindly.")])).await.unwrap();
    let envelope = bot.expect("view_submission").await;
    bot.ack(&envelope).await;
    w.until("the form is gone", || w.slack.form("ana").is_none().then_some(())).await;

    let made = w.ok("conversations.create", json!({"name": "pair-ana-grace", "is_private": true})).await;
    let pair = made["channel"]["id"].as_str().unwrap().to_owned();
    w.ok("conversations.invite", json!({"channel": pair, "users": [ana.id, grace.id]})).await;
    let hello = format!("<@{}> meet <@{}>", ana.id, grace.id);
    w.ok("chat.postMessage", json!({"channel": pair, "text": hello})).await;

    let seen = w.last("grace", &pair).expect("the introduction");
    assert_eq!(seen.text, "@Ana Ruiz meet @Grace Lee");
    assert_eq!(seen.pings, ["Ana Ruiz", "Grace Lee"]);
    let place = w.slack.places("ana").into_iter().find(|place| place.id == pair).unwrap();
    assert_eq!(place.kind, PlaceKind::Private);
    assert!(w.slack.places("eve").iter().all(|place| place.id != pair), "a private channel is private");
    assert!(w.slack.messages("eve", &pair).is_empty());
    w.until("all is answered", || (w.slack.pending() == 0).then_some(())).await;
}

#[tokio::test]
async fn a_command_may_be_answered_in_the_acknowledgement_and_by_its_response_url() {
    let w = World::new().await;
    w.join("ana", "Ana");
    w.join("bea", "Bea");
    let mut bot = w.connect().await;
    w.act("ana", typed("/mentorship status")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    bot.ack_with(&envelope, json!({"text": "One moment."})).await;
    let general = w.general("ana");
    w.until("the answer", || w.last("ana", &general).filter(|seen| seen.text == "One moment.")).await;
    assert!(w.last("bea", &general).is_none(), "an ephemeral answer is for one person");

    let url = envelope["payload"]["response_url"].as_str().unwrap();
    for number in 1..=5 {
        assert_eq!(w.post(url, json!({"text": format!("{number}")})).await, (200, "ok".into()));
    }
    let (status, body) = w.post(url, json!({"text": "6"})).await;
    assert!(status == 404 && body.contains("used_url"), "{status} {body}");
    assert!(w.last("ana", &general).unwrap().ephemeral);
}

#[tokio::test]
async fn a_button_replaces_its_message_and_late_answers_are_refused() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    let mut bot = w.connect().await;
    let blocks = json!([
        {"type": "section", "block_id": "ask", "text": {"type": "mrkdwn", "text": "Did you *meet*?"}},
        {"type": "actions", "block_id": "answers", "elements": [
            {"type": "button", "action_id": "met:yes", "text": plain("We met"), "value": "p7", "style": "primary"},
            {"type": "button", "action_id": "met:no", "text": plain("Not yet"), "value": "p7"},
            {"type": "static_select", "action_id": "when", "placeholder": plain("When?"),
             "options": [{"text": plain("Soon"), "value": "soon"}]},
        ]},
    ]);
    w.ok("chat.postMessage", json!({"channel": ana.id, "text": "Did you meet?", "blocks": blocks})).await;
    let direct = w.direct("ana");
    let seen = w.last("ana", &direct).unwrap();
    assert_eq!(seen.text, "Did you meet?");
    assert_eq!(seen.html, "<p>Did you <b>meet</b>?</p>");
    assert_eq!(seen.controls.len(), 3);
    assert!(matches!(&seen.controls[0], Control::Button { style, .. } if style == "primary"));

    let choose =
        plsep_sandbox::Action::Choose { message: seen.id.clone(), key: "when".into(), values: vec!["Soon".into()] };
    w.act("ana", choose).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    assert_eq!(envelope["payload"]["actions"][0]["selected_option"]["value"], "soon");
    bot.ack(&envelope).await;

    w.act("ana", pressed(&seen.id, "We met")).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    let payload = &envelope["payload"];
    assert_eq!(payload["actions"][0]["action_id"], "met:yes");
    assert_eq!(payload["container"]["message_ts"], seen.id);
    assert_eq!(payload["message"]["blocks"][1]["block_id"], "answers");
    assert_eq!(payload["state"]["values"]["answers"]["when"]["selected_option"]["value"], "soon");
    bot.ack(&envelope).await;
    let url = payload["response_url"].as_str().unwrap();
    w.post(url, json!({"replace_original": true, "text": "Lovely."})).await;
    let after = w.last("ana", &direct).unwrap();
    assert!(after.text == "Lovely." && after.id == seen.id && after.edited_ms.is_some());

    w.clock.advance(31 * 60 * 1000);
    let (status, body) = w.post(url, json!({"text": "Too late"})).await;
    assert!(status == 404 && body.contains("expired_url"), "{status} {body}");
}

#[tokio::test]
async fn modals_lie_on_each_other_and_the_app_hears_when_one_is_closed() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let mut bot = w.connect().await;
    w.act("ana", typed("/mentorship apply")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    bot.ack(&envelope).await;
    let opened =
        w.ok("views.open", json!({"trigger_id": envelope["payload"]["trigger_id"], "view": application_form()})).await;
    w.act("ana", filled(&[("goals", "Grow"), ("role", "mentor")])).await.unwrap();
    let envelope = bot.expect("view_submission").await;
    let mut second = application_form();
    second["title"] = plain("Page two");
    bot.ack_with(&envelope, json!({"response_action": "push", "view": second})).await;
    let form = w.until("page two", || w.slack.form("ana").filter(|form| form.title == "Page two")).await;
    assert_eq!(form.key, "apply");

    w.act("ana", plsep_sandbox::Action::CloseForm).await.unwrap();
    let envelope = bot.expect("view_closed").await;
    assert_eq!(envelope["payload"]["view"]["previous_view_id"], opened["view"]["id"]);
    bot.ack(&envelope).await;
    let below = w.slack.form("ana").unwrap();
    assert!(below.title == "Apply" && below.fields[0].value == ["Grow"], "what was typed stays");

    let stale = json!({"view_id": opened["view"]["id"], "hash": "1.old", "view": application_form()});
    w.refused("views.update", stale, "hash_conflict").await;
    let mut changed = application_form();
    changed["title"] = plain("Changed");
    w.ok("views.update", json!({"view_id": opened["view"]["id"], "hash": opened["view"]["hash"], "view": changed}))
        .await;
    assert_eq!(w.slack.form("ana").unwrap().title, "Changed");
}

fn form_called(title: &str) -> Value {
    let mut view = application_form();
    view["title"] = plain(title);
    let button = json!({"type": "button", "action_id": "back", "text": plain("Back")});
    view["blocks"].as_array_mut().unwrap().push(json!({"type": "actions", "elements": [button]}));
    view
}

#[tokio::test]
async fn a_form_that_is_sent_becomes_the_next_and_its_buttons_bring_what_is_typed() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let mut bot = w.connect().await;
    w.act("ana", typed("/mentorship apply")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    // What answers a form answers nothing else.
    let next = |action: &str, title: &str| json!({"response_action": action, "view": form_called(title)});
    bot.ack_with(&envelope, next("update", "Nowhere")).await;
    let call = json!({"trigger_id": envelope["payload"]["trigger_id"], "view": form_called("One")});
    let opened = w.ok("views.open", call).await;
    let shows = async |title: &str| w.until(title, || w.slack.form("ana").filter(|form| form.title == title)).await;
    let form = shows("One").await;

    w.act("ana", Action::Enter { values: [("goals".to_owned(), vec!["Gr".to_owned()])].into() }).await.unwrap();
    w.act("ana", pressed(&form.id, "back")).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    let view = &envelope["payload"]["view"];
    assert_eq!((&view["hash"], &view["id"]), (&opened["view"]["hash"], &opened["view"]["id"]));
    assert!(view["state"]["values"]["goals"].to_string().contains("\"Gr\""), "{view}");
    bot.ack_with(&envelope, next("update", "Nowhere")).await;
    assert_eq!(w.slack.form("ana").unwrap().title, "One");

    // The same window, and so nothing under it; its mark is another.
    let send = || w.act("ana", filled(&[("goals", "Grow"), ("role", "mentor")]));
    send().await.unwrap();
    let envelope = bot.expect("view_submission").await;
    bot.ack_with(&envelope, next("update", "Two")).await;
    assert_eq!(shows("Two").await.id, form.id);
    let stale = json!({"view_id": form.id, "hash": opened["view"]["hash"], "view": form_called("Old")});
    w.refused("views.update", stale, "hash_conflict").await;

    // Three lie on each other and no fourth.
    for title in ["Three", "Four"] {
        send().await.unwrap();
        let envelope = bot.expect("view_submission").await;
        bot.ack_with(&envelope, next("push", title)).await;
        shows(title).await;
    }
    send().await.unwrap();
    let envelope = bot.expect("view_submission").await;
    bot.ack_with(&envelope, next("push", "Five")).await;
    w.until("the trouble", || w.slack.form("ana").filter(|form| !form.errors.is_empty())).await;
    assert_eq!(w.slack.form("ana").unwrap().title, "Four");
}

#[tokio::test]
async fn the_home_tab_is_published_for_one_person_and_its_buttons_work() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    w.join("bea", "Bea");
    let mut bot = w.connect().await;
    w.act("ana", plsep_sandbox::Action::OpenHome).await.unwrap();
    let envelope = bot.expect("app_home_opened").await;
    assert_eq!(envelope["payload"]["event"]["user"], ana.id);
    bot.ack(&envelope).await;
    let view = json!({"type": "home", "blocks": [
        {"type": "header", "text": plain("Your mentorship")},
        {"type": "actions", "elements": [{"type": "button", "action_id": "apply", "text": plain("Apply")}]},
    ]});
    w.ok("views.publish", json!({"user_id": ana.id, "view": view})).await;
    let home = w.slack.home("ana").unwrap();
    assert_eq!(home.text, "Your mentorship");
    assert!(w.slack.home("bea").is_none());
    w.act("ana", pressed(&home.id, "apply")).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    assert_eq!(envelope["payload"]["container"]["type"], "view");
    w.ok("views.open", json!({"trigger_id": envelope["payload"]["trigger_id"], "view": application_form()})).await;
    bot.ack(&envelope).await;
    assert_eq!(w.slack.form("ana").unwrap().title, "Apply");
}
