//! Messages: limits, nonces, mentions, files, direct messages, Components V2.

use plsep_sandbox::{NewResident, Platform};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::bot::{Bot, answer};
use super::{id_of, place, resident, world};

async fn in_general() -> (plsep_sandbox::discord::Discord, plsep_sandbox::SandboxClock, Bot, String, String) {
    let (discord, clock) = world().await;
    discord.set_rate_limits(plsep_sandbox::discord::RateLimits::unlimited());
    let bot = Bot::dial(&discord).await;
    let general = place(&discord, "ana", "#general").unwrap();
    let path = format!("/channels/{general}/messages");
    (discord, clock, bot, general, path)
}

#[tokio::test]
async fn the_same_nonce_gives_the_same_message_for_some_minutes() {
    let (discord, clock, bot, general, path) = in_general().await;
    let body = json!({"content": "once", "nonce": "intro:1", "enforce_nonce": true});
    let first = bot.call("POST", &path, body.clone()).await;
    let again = bot.call("POST", &path, body.clone()).await;
    assert_eq!((first.id(), discord.messages("ana", &general).len()), (again.id(), 1));
    assert_eq!(bot.call("DELETE", &format!("{path}/{}", first.id()), Value::Null).await.status, 204);
    assert_eq!(bot.call("POST", &path, body.clone()).await.id(), first.id(), "even though it is gone");
    clock.advance(10 * 60 * 1000);
    assert_ne!(bot.call("POST", &path, body).await.id(), first.id());
    let long = bot.call("POST", &path, json!({"content": "x", "nonce": "n".repeat(26)})).await;
    assert_eq!(
        (long.code(), long.body["errors"]["nonce"]["_errors"][0]["code"].as_str()),
        (50035, Some("BASE_TYPE_MAX_LENGTH"))
    );
}

#[tokio::test]
async fn only_those_who_are_allowed_are_pinged() {
    let (discord, _, bot, general, path) = in_general().await;
    let text = format!("@everyone <@{}> and <@{}>", id_of(&discord, "ana"), id_of(&discord, "grace"));
    let pings = async |allowed: Option<Value>| {
        let mut body = json!({"content": text});
        if let Some(allowed) = allowed {
            body["allowed_mentions"] = allowed;
        }
        let answer = bot.call("POST", &path, body).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        discord.messages("ana", &general).pop().unwrap().pings
    };
    assert_eq!(pings(None).await, ["@everyone", "Ana", "Grace"], "by default everybody");
    assert_eq!(pings(Some(json!({"parse": []}))).await, [""; 0]);
    assert_eq!(pings(Some(json!({"parse": ["users"]}))).await, ["Ana", "Grace"]);
    assert_eq!(pings(Some(json!({"users": [id_of(&discord, "grace")]}))).await, ["Grace"]);
    let both = json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": [id_of(&discord, "ana")]}});
    assert_eq!(bot.call("POST", &path, both).await.code(), 50035);
}

#[tokio::test]
async fn messages_beyond_the_limits_are_refused() {
    let (_discord, _, bot, _, path) = in_general().await;
    let refuse = async |body: Value| {
        let answer = bot.call("POST", &path, body).await;
        assert_eq!(answer.status, 400, "{:?}", answer.body);
        answer
    };
    assert_eq!(refuse(json!({"content": "  "})).await.code(), 50006);
    assert_eq!(refuse(json!({"content": "x".repeat(2001)})).await.code(), 50035);
    let embed = json!({"description": "x".repeat(3500)});
    assert_eq!(refuse(json!({"embeds": [embed, embed]})).await.code(), 50035);
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
    let row = |buttons: Vec<Value>| json!({"type": 1, "components": buttons});
    let six = row((0..6).map(|number| button(&number.to_string())).collect());
    assert_eq!(refuse(json!({"content": "x", "components": [six]})).await.code(), 50035);
    let twice = refuse(json!({"content": "x", "components": [row(vec![button("a"), button("a")])]})).await;
    let error = &twice.body["errors"]["components"]["0"]["components"]["1"]["custom_id"]["_errors"][0]["code"];
    assert_eq!(error, "COMPONENT_CUSTOM_ID_DUPLICATED");
    let v2 = refuse(json!({"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "y"}]})).await;
    let error = &v2.body["errors"]["content"]["_errors"][0]["code"];
    assert_eq!(error, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
    let unflagged = refuse(json!({"content": "x", "components": [{"type": 10, "content": "y"}]})).await;
    assert_eq!(unflagged.code(), 50035, "text displays need the flag");
}

#[tokio::test]
async fn embeds_and_components_read_from_top_to_bottom() {
    let (discord, _, bot, general, path) = in_general().await;
    let embed = json!({"title": "Season", "description": "**2025**", "fields": [{"name": "Starts", "value": "<t:1740852000:D>"}]});
    bot.call("POST", &path, json!({"content": "Hello", "embeds": [embed]})).await;
    assert_eq!(discord.messages("ana", &general).pop().unwrap().text, "Hello\nSeason\n2025\nStarts\nMarch 1, 2025");
    let inside = json!([{"type": 10, "content": "# Title"}, {"type": 14}, {"type": 10, "content": "- item"}]);
    let v2 = json!({"flags": 1 << 15, "components": [{"type": 17, "components": inside}]});
    assert_eq!(bot.call("POST", &path, v2).await.status, 200);
    let seen = discord.messages("ana", &general).pop().unwrap();
    assert_eq!((seen.text.as_str(), seen.html.as_str()), ("Title\n• item", "<h3>Title</h3><ul><li>item</li></ul>"));
}

#[tokio::test]
async fn files_come_with_the_message_and_can_be_fetched() {
    let (discord, _, bot, general, path) = in_general().await;
    let payload = json!({"content": "The report", "attachments": [{"id": 0, "filename": "report.csv", "description": "All pairs"}]});
    let form = Form::new()
        .text("payload_json", payload.to_string())
        .part("files[0]", Part::bytes(b"a,b\n1,2\n".to_vec()).file_name("report.csv").mime_str("text/csv").unwrap());
    let request = bot.client.post(format!("{}/api/v10{path}", bot.base)).header("authorization", "Bot test.bot.token");
    let sent = answer(request.multipart(form).send().await.unwrap()).await;
    assert_eq!(sent.status, 200, "{:?}", sent.body);
    let url = sent.body["attachments"][0]["url"].as_str().unwrap();
    assert_eq!(bot.client.get(url).send().await.unwrap().text().await.unwrap(), "a,b\n1,2\n");
    let file = discord.messages("ana", &general).pop().unwrap().files.pop().unwrap();
    assert_eq!((file.name.as_str(), file.size, file.alt.as_deref()), ("report.csv", 8, Some("All pairs")));
    assert_eq!(discord.file("ana", &file.id).unwrap(), b"a,b\n1,2\n");
}

#[tokio::test]
async fn direct_messages_reach_whoever_takes_them() {
    let (discord, _, bot, ..) = in_general().await;
    discord.join(NewResident { dms_closed: true, ..resident("lou", "Lou", false) }).unwrap();
    let open = async |handle: &str| {
        bot.call("POST", "/users/@me/channels", json!({"recipient_id": id_of(&discord, handle)})).await
    };
    let channel = open("ana").await;
    assert_eq!((channel.status, channel.body["type"].as_u64()), (200, Some(1)));
    let sent = bot.call("POST", &format!("/channels/{}/messages", channel.id()), json!({"content": "Hi, Ana"})).await;
    assert_eq!(sent.status, 200);
    let direct = place(&discord, "ana", "PLSEP Mentorship (direct message)").unwrap();
    assert_eq!(discord.messages("ana", &direct)[0].text, "Hi, Ana");
    assert!(discord.messages("coral", &direct).is_empty(), "not even administrators");
    let closed = open("lou").await.id();
    let refused = bot.call("POST", &format!("/channels/{closed}/messages"), json!({"content": "Hi"})).await;
    assert_eq!((refused.status, refused.code()), (403, 50007));
}

#[tokio::test]
async fn history_is_paged_both_ways() {
    let (_discord, _, bot, _, path) = in_general().await;
    let mut ids = Vec::new();
    for number in 0..6 {
        ids.push(bot.call("POST", &path, json!({"content": number.to_string()})).await.id());
    }
    let texts = async |query: String| {
        let found = bot.call("GET", &format!("{path}?{query}"), Value::Null).await.body;
        found.as_array().unwrap().iter().map(|it| it["content"].as_str().unwrap().to_owned()).collect::<String>()
    };
    assert_eq!(texts("limit=2".into()).await, "54");
    assert_eq!(texts(format!("limit=2&before={}", ids[4])).await, "32");
    assert_eq!(texts(format!("limit=2&after={}", ids[1])).await, "32");
    assert_eq!(texts(format!("limit=3&around={}", ids[3])).await, "432");
    assert_eq!(bot.call("GET", &format!("{path}?limit=101"), Value::Null).await.code(), 50035);
}
