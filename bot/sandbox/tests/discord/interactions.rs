//! Deadlines, tokens, callback kinds, ephemeral answers, autocomplete.

use std::time::Duration;

use plsep_sandbox::{Action, CannotAct, Control, Platform};
use serde_json::{Value, json};

use super::bot::Bot;
use super::{id_of, place, types, until, world};

fn ping() -> Value {
    json!([{"name": "ping", "description": "Ping", "options": [
        {"type": 6, "name": "who", "description": "Whom"},
        {"type": 3, "name": "city", "description": "Where", "autocomplete": true},
        {"type": 11, "name": "file", "description": "What"},
    ]}])
}

async fn ready() -> (plsep_sandbox::discord::Discord, plsep_sandbox::SandboxClock, Bot) {
    let (discord, clock) = world().await;
    let bot = Bot::login(&discord).await;
    assert_eq!(bot.register(&discord.guild_id(), ping()).await.status, 200);
    (discord, clock, bot)
}

#[tokio::test]
async fn without_a_bot_the_person_sees_the_failure_at_once() {
    let (discord, _, bot) = ready().await;
    drop(bot);
    discord.sockets().invalidate_sessions(false);
    types(&discord, "ana", "/ping").await;
    let general = place(&discord, "ana", "#general").unwrap();
    let seen = discord.messages("ana", &general).pop().unwrap();
    assert_eq!((seen.text.as_str(), seen.failure), ("The application did not respond", true));
    assert!(discord.messages("grace", &general).is_empty());
}

#[tokio::test]
async fn a_late_answer_is_refused_and_the_person_told() {
    let (discord, _, mut bot) = ready().await;
    discord.set_answer_deadline(Duration::from_millis(20));
    types(&discord, "ana", "/ping").await;
    let interaction = bot.event("INTERACTION_CREATE").await;
    let general = place(&discord, "ana", "#general").unwrap();
    until(&discord, || discord.messages("ana", &general).pop().filter(|it| it.failure)).await;
    let late = bot.callback(&interaction, json!({"type": 4, "data": {"content": "sorry"}})).await;
    assert_eq!((late.status, late.code()), (404, 10062));
    assert_eq!(discord.pending(), 0);
}

#[tokio::test]
async fn only_one_answer_of_an_allowed_kind_is_taken() {
    let (discord, _, mut bot) = ready().await;
    types(&discord, "ana", "/ping").await;
    let interaction = bot.event("INTERACTION_CREATE").await;
    let early = bot.call("POST", &bot.webhook(&interaction), json!({"content": "before"})).await;
    assert_eq!((early.status, early.code()), (404, 10015));
    let update = bot.callback(&interaction, json!({"type": 7, "data": {"content": "x"}})).await;
    assert_eq!((update.status, update.code()), (400, 50035), "only components can be updated");
    assert_eq!(bot.callback(&interaction, json!({"type": 4, "data": {"content": "pong"}})).await.status, 204);
    let second = bot.callback(&interaction, json!({"type": 4, "data": {"content": "pong"}})).await;
    assert_eq!((second.status, second.code()), (400, 40060));
}

#[tokio::test]
async fn a_deferred_answer_is_pending_until_it_is_given_and_its_token_dies_after_15_minutes() {
    let (discord, clock, mut bot) = ready().await;
    types(&discord, "ana", "/ping").await;
    let interaction = bot.event("INTERACTION_CREATE").await;
    assert_eq!(bot.callback(&interaction, json!({"type": 5, "data": {"flags": 64}})).await.status, 204);
    let general = place(&discord, "ana", "#general").unwrap();
    assert_eq!(discord.messages("ana", &general)[0].text, "PLSEP Mentorship is thinking...");
    assert_eq!(discord.pending(), 1);
    let original = format!("{}/messages/@original", bot.webhook(&interaction));
    let edited = bot.call("PATCH", &original, json!({"content": "<t:1740852000:t>"})).await;
    assert_eq!((edited.status, edited.body["flags"].as_u64()), (200, Some(64)));
    assert_eq!((discord.messages("ana", &general)[0].text.as_str(), discord.pending()), ("10:00 AM", 0));
    clock.advance(15 * 60 * 1000);
    let expired = bot.call("PATCH", &original, json!({"content": "too late"})).await;
    assert_eq!((expired.status, expired.code()), (401, 50027));
}

#[tokio::test]
async fn follow_ups_can_be_private_and_are_found_only_by_their_token() {
    let (discord, _, mut bot) = ready().await;
    types(&discord, "ana", "/ping").await;
    let interaction = bot.event("INTERACTION_CREATE").await;
    bot.callback(&interaction, json!({"type": 4, "data": {"content": "for all"}})).await;
    let webhook = bot.webhook(&interaction);
    let secret = bot.call("POST", &webhook, json!({"content": "for you", "flags": 64})).await;
    assert_eq!(secret.status, 200);
    let general = place(&discord, "ana", "#general").unwrap();
    let texts = |who: &str| discord.messages(who, &general).into_iter().map(|it| it.text).collect::<Vec<_>>();
    assert_eq!(
        (texts("ana"), texts("coral")),
        (vec!["for all".to_owned(), "for you".into()], vec!["for all".to_owned()])
    );
    let by_channel = bot.call("GET", &format!("/channels/{general}/messages/{}", secret.id()), Value::Null).await;
    assert_eq!((by_channel.status, by_channel.code()), (404, 10008));
    assert_eq!(bot.call("GET", &format!("{webhook}/messages/{}", secret.id()), Value::Null).await.status, 200);
    assert_eq!(bot.call("DELETE", &format!("{webhook}/messages/{}", secret.id()), Value::Null).await.status, 204);
    assert_eq!(texts("ana"), ["for all"]);
}

#[tokio::test]
async fn people_and_files_in_options_come_resolved() {
    let (discord, _, mut bot) = ready().await;
    types(&discord, "ana", "/ping who:@grace file:\"people.csv\nname\nAda\"").await;
    let data = bot.event("INTERACTION_CREATE").await["data"].take();
    let grace = id_of(&discord, "grace");
    assert_eq!(data["options"][0]["value"], grace);
    assert_eq!(data["resolved"]["users"][&grace]["global_name"], "Grace");
    let file = &data["resolved"]["attachments"][data["options"][1]["value"].as_str().unwrap()];
    assert_eq!(file["filename"], "people.csv");
    let bytes = bot.client.get(file["url"].as_str().unwrap()).send().await.unwrap().text().await.unwrap();
    assert_eq!(bytes, "name\nAda");
}

#[tokio::test]
async fn suggestions_are_taken_by_their_label() {
    let (discord, _, mut bot) = ready().await;
    let typing = discord.act("ana", Action::Command { place: None, text: "/ping city:riverside".into() });
    let answering = async {
        let asked = bot.event("INTERACTION_CREATE").await;
        assert_eq!((asked["type"].as_u64(), asked["data"]["options"][0]["focused"].as_bool()), (Some(4), Some(true)));
        let choices = json!([{"name": "Riverside", "value": "city-7"}]);
        assert_eq!(bot.callback(&asked, json!({"type": 8, "data": {"choices": choices}})).await.status, 204);
        bot.event("INTERACTION_CREATE").await
    };
    let (acted, command) = tokio::join!(typing, answering);
    assert!(acted.unwrap().interaction.is_some());
    assert_eq!((command["type"].as_u64(), command["data"]["options"][0]["value"].as_str()), (Some(2), Some("city-7")));
}

#[tokio::test]
async fn the_client_refuses_lines_that_fit_no_command() {
    let (discord, _, _bot) = ready().await;
    for line in ["/pong", "ping", "/ping stray", "/ping who:nobody"] {
        let refused = discord.act("ana", Action::Command { place: None, text: line.into() }).await;
        assert!(matches!(refused, Err(CannotAct::NotThere(_) | CannotAct::Refused(_))), "{line}");
    }
}

#[tokio::test]
async fn menus_of_people_are_answered_with_people() {
    let (discord, _, mut bot) = ready().await;
    types(&discord, "ana", "/ping").await;
    let interaction = bot.event("INTERACTION_CREATE").await;
    let menu = json!([{"type": 1, "components": [{"type": 5, "custom_id": "mentor", "placeholder": "Your mentor"}]}]);
    bot.callback(&interaction, json!({"type": 4, "data": {"content": "Choose", "components": menu}})).await;
    let general = place(&discord, "grace", "#general").unwrap();
    let message = discord.messages("grace", &general).pop().unwrap();
    let Control::Select { options, .. } = &message.controls[0] else { panic!("{message:?}") };
    assert!(options.iter().any(|(_, name)| name == "Coral"));
    let choose = Action::Choose { message: message.id, key: "Your mentor".into(), values: vec!["Coral".into()] };
    discord.act("grace", choose).await.unwrap();
    let chosen = bot.event("INTERACTION_CREATE").await;
    let coral = id_of(&discord, "coral");
    assert_eq!((chosen["data"]["component_type"].as_u64(), &chosen["data"]["values"]), (Some(5), &json!([coral])));
    assert_eq!(chosen["data"]["resolved"]["users"][&coral]["username"], "coral");
    let update = json!({"type": 7, "data": {"content": "Coral it is", "components": []}});
    assert_eq!(bot.callback(&chosen, update).await.status, 204);
    let message = discord.messages("ana", &general).pop().unwrap();
    assert_eq!((message.text.as_str(), message.controls.len()), ("Coral it is", 0));
}

#[tokio::test]
async fn every_interaction_can_come_twice() {
    let (discord, _, mut bot) = ready().await;
    discord.sockets().deliver_interactions_twice(true);
    types(&discord, "ana", "/ping").await;
    let first = bot.event("INTERACTION_CREATE").await;
    assert_eq!(bot.event("INTERACTION_CREATE").await["id"], first["id"]);
}

#[tokio::test]
async fn what_comes_again_pends_until_the_bot_has_heard_it() {
    let (discord, _, mut bot) = ready().await;
    types(&discord, "ana", "/ping").await;
    let first = bot.event("INTERACTION_CREATE").await;
    bot.callback(&first, json!({"type": 4, "data": {"content": "Pong"}})).await;
    assert_eq!(discord.pending(), 0);
    assert!(discord.sockets().deliver_again());
    assert_eq!(bot.event("INTERACTION_CREATE").await["id"], first["id"]);
    for _ in 0..2 {
        assert_eq!(bot.receive().await["op"], 1, "a heartbeat is asked for");
        assert!(discord.pending() > 0);
        bot.send(json!({"op": 1, "d": bot.seq})).await;
        assert_eq!(bot.receive().await["op"], 11);
    }
    assert_eq!(discord.pending(), 0);
}

#[tokio::test]
async fn forms_beyond_the_limits_are_refused() {
    let (discord, _, mut bot) = ready().await;
    types(&discord, "ana", "/ping").await;
    let interaction = bot.event("INTERACTION_CREATE").await;
    let input = json!({"type": 1, "components": [{"type": 4, "custom_id": "a", "label": "x".repeat(46), "style": 1}]});
    let form = json!({"type": 9, "data": {"custom_id": "f", "title": "t".repeat(46), "components": [input, input]}});
    let refused = bot.callback(&interaction, form).await;
    assert_eq!((refused.status, refused.code()), (400, 50035));
    let errors = &refused.body["errors"]["data"];
    assert_eq!(errors["title"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
    assert_eq!(errors["components"]["0"]["components"]["0"]["label"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
    assert_eq!(
        errors["components"]["1"]["components"]["0"]["custom_id"]["_errors"][0]["code"],
        "COMPONENT_CUSTOM_ID_DUPLICATED"
    );
}
