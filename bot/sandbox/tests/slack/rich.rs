//! Rich text in messages and in open modals: what is read, in whose time zone, and what can be pressed.

use plsep_sandbox::{Action, Control, NewResident, Platform};
use serde_json::{Value, json};

use crate::support::*;

fn section(elements: Value) -> Value {
    json!({"type": "rich_text_section", "elements": elements})
}

fn text(words: &str) -> Value {
    json!({"type": "text", "text": words})
}

fn rich(elements: Value) -> Value {
    json!({"type": "rich_text", "elements": elements})
}

#[tokio::test]
async fn a_moment_is_read_in_the_readers_own_zone() {
    let w = World::new().await;
    w.join("ana", "Ana");
    w.slack.join(NewResident { zone: "America/New_York".into(), ..person("grace", "Grace") }).unwrap();
    let general = w.general("ana");
    let date =
        |format: &str, at: i64| json!({"type": "date", "timestamp": at, "format": format, "fallback": "some day"});
    // 2025-03-04 04:30 UTC is still Monday in Los Angeles, at half past eight in the evening.
    let line = section(json!([text("Until "), date("{date_long_pretty}, {time}", 1_741_062_600), text(".")]));
    let nowhere = section(json!([date("{date}", i64::MAX)]));
    w.ok("chat.postMessage", json!({"channel": general, "text": "x", "blocks": [rich(json!([line, nowhere]))]})).await;
    let seen = w.last("ana", &general).unwrap();
    assert_eq!(seen.text, "Until Monday, March 3rd, 2025, 8:30 PM.\nsome day");
    let html = "<p>Until <time>Monday, March 3rd, 2025, 8:30 PM</time>.</p><p><time>some day</time></p>";
    assert_eq!(seen.html, html);
    assert!(w.last("grace", &general).unwrap().text.starts_with("Until Monday, March 3rd, 2025, 11:30 PM."));
}

#[tokio::test]
async fn paragraphs_lists_quotes_and_code_stand_on_lines_of_their_own() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    let general = w.general("ana");
    let list = |style: &str, indent: u64, items: &[&str]| {
        let items: Vec<Value> = items.iter().map(|item| section(json!([text(item)]))).collect();
        json!({"type": "rich_text_list", "style": style, "indent": indent, "elements": items})
    };
    let mut third = list("ordered", 0, &["three"]);
    third["offset"] = json!(2);
    let parts = json!([
        section(json!([text("First\nSecond\n")])),
        list("bullet", 0, &["one", "two"]),
        list("bullet", 1, &["deeper"]),
        list("ordered", 0, &["first"]),
        third,
        {"type": "rich_text_quote", "elements": [text("said "), {"type": "user", "user_id": ana.id}]},
        {"type": "rich_text_preformatted", "elements": [text("a < b")]},
    ]);
    w.ok("chat.postMessage", json!({"channel": general, "text": "x", "blocks": [rich(parts)]})).await;
    let seen = w.last("ana", &general).unwrap();
    assert_eq!(
        seen.text, "First\nSecond\n• one\n• two\n  ◦ deeper\n1. first\n3. three\nsaid @Ana\na < b",
        "what a screen shows as lines is read as lines"
    );
    assert_eq!(
        seen.html,
        "<p>First<br>Second</p><ul><li>one</li><li>two</li></ul><ul><ul><li>deeper</li></ul></ul><ol><li>first</li></ol>\
         <ol start=\"3\"><li>three</li></ol><blockquote>said <span class=\"mention\">@Ana</span></blockquote>\
         <pre>a &lt; b</pre>"
    );
    assert_eq!(seen.pings, ["Ana"]);
}

#[tokio::test]
async fn pieces_wear_their_style_and_lead_only_where_one_may_go() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let general = w.general("ana");
    let styled = |words: &str, style: Value| json!({"type": "text", "text": words, "style": style});
    let line = section(json!([
        styled("b", json!({"bold": true})),
        styled("i", json!({"italic": true, "bold": true})),
        styled("s", json!({"strike": true})),
        styled("*c*", json!({"code": true})),
        {"type": "link", "url": "https://plsep.example/?a=1&b=2", "text": "here"},
        {"type": "link", "url": "javascript:alert(1)", "text": "not here"},
        {"type": "emoji", "name": "sunflower", "unicode": "1f33b"},
        {"type": "emoji", "name": "plsep"},
        {"type": "channel", "channel_id": general},
        {"type": "broadcast", "range": "here"},
    ]));
    w.ok("chat.postMessage", json!({"channel": general, "text": "x", "blocks": [rich(json!([line]))]})).await;
    let seen = w.last("ana", &general).unwrap();
    assert_eq!(seen.text, "bis*c*herenot here🌻:plsep:#general@here");
    assert_eq!(
        seen.html,
        "<p><b>b</b><b><i>i</i></b><s>s</s><code>*c*</code><a href=\"https://plsep.example/?a=1&amp;b=2\">here</a>\
         not here🌻:plsep:<span class=\"mention\">#general</span><span class=\"mention\">@here</span></p>"
    );
    let markup = "<https://plsep.example|here> ~gone~ <javascript:1|no>";
    w.ok("chat.postMessage", json!({"channel": general, "text": markup})).await;
    let html = w.last("ana", &general).unwrap().html;
    assert_eq!(html, "<p><a href=\"https://plsep.example\">here</a> <s>gone</s> no</p>", "markup leads there too");
}

#[tokio::test]
async fn a_modal_that_only_tells_has_notes_and_buttons_that_act_at_once() {
    let w = World::new().await;
    w.slack.subscribe(&[]);
    w.join("ana", "Ana");
    let mut bot = w.connect().await;
    w.act("ana", typed("/mentorship about")).await.unwrap();
    let asked = bot.expect("slash_commands").await;
    bot.ack(&asked).await;
    let option = |value: &str| json!({"text": plain(value), "value": value});
    let list =
        json!({"type": "rich_text_list", "style": "bullet", "elements": [section(json!([text("We read it.")]))]});
    let view = json!({
        "type": "modal", "title": plain("Received"), "close": plain("Done"),
        "blocks": [
            {"type": "header", "text": plain("Thank you")},
            rich(json!([section(json!([{"type": "text", "text": "Next:", "style": {"bold": true}}])), list])),
            {"type": "actions", "elements": [{"type": "button", "action_id": "change", "text": plain("Change")}]},
            {"type": "section", "text": plain("How often?"), "accessory": {
                "type": "static_select", "action_id": "rhythm", "placeholder": plain("Choose"),
                "options": [option("monthly"), option("weekly")]}},
        ],
    });
    w.ok("views.open", json!({"trigger_id": asked["payload"]["trigger_id"], "view": view})).await;

    let form = w.slack.form("ana").unwrap();
    assert_eq!(form.notes, ["Thank you", "Next:", "• We read it.", "How often?"]);
    assert!(form.html.starts_with("<h3>Thank you</h3><p><b>Next:</b></p><ul>"), "{}", form.html);
    assert_eq!((form.submit.as_str(), form.close.as_str(), form.fields.len()), ("", "Done", 0));
    assert_eq!(form.controls.len(), 2);

    w.act("ana", pressed(&form.id, "Change")).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    assert_eq!(envelope["payload"]["actions"][0]["action_id"], "change");
    assert_eq!(envelope["payload"]["view"]["id"], json!(form.id));
    bot.ack(&envelope).await;
    let choose = Action::Choose { message: form.id.clone(), key: "rhythm".into(), values: vec!["weekly".into()] };
    w.act("ana", choose).await.unwrap();
    let envelope = bot.expect("block_actions").await;
    assert_eq!(envelope["payload"]["actions"][0]["selected_option"]["value"], "weekly");
    bot.ack(&envelope).await;
    let form = w.slack.form("ana").unwrap();
    assert!(matches!(&form.controls[1], Control::Select { chosen, .. } if chosen == &["weekly"]), "it stays chosen");
    assert!(w.act("ana", filled(&[])).await.is_err(), "nothing there can be sent");
}
