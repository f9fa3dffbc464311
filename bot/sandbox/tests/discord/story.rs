//! One whole story: a command, a form, a button, a private channel; recorded, with every answer checked against
//! Discord's contract by whoever has the checker (the file is kept in the target folder).

use plsep_sandbox::discord::Discord;
use plsep_sandbox::{Action, Control, Platform};
use serde_json::{Value, json};

use super::bot::Bot;
use super::{id_of, place, recorder, types, until, world_recorded};

fn commands() -> Value {
    json!([{
        "name": "mentorship", "description": "The mentorship program", "type": 1,
        "options": [{"type": 1, "name": "apply", "description": "Apply", "options": [{
            "type": 3, "name": "role", "description": "As what", "required": true,
            "choices": [{"name": "Mentee", "value": "mentee"}, {"name": "Mentor", "value": "mentor"}],
        }]}],
    }])
}

fn form() -> Value {
    json!({"type": 9, "data": {"custom_id": "apply:mentee", "title": "Apply as a mentee", "components": [
        {"type": 1, "components": [{
            "type": 4, "custom_id": "library", "label": "Your library", "style": 1, "required": true, "min_length": 2,
            "max_length": 60,
        }]},
        {"type": 18, "label": "How you like to meet", "component": {
            "type": 3, "custom_id": "meet", "options": [
                {"label": "Video", "value": "video"}, {"label": "In person", "value": "person"},
            ],
        }},
    ]}})
}

fn private_channel(bot: &Bot, guild: &str, person: &str, bot_user: &str) -> Value {
    assert!(!bot.application.is_empty());
    json!({"name": "Pair Ana & Grace", "type": 0, "topic": "intro:1", "permission_overwrites": [
        {"id": guild, "type": 0, "allow": "0", "deny": "1024"},
        {"id": bot_user, "type": 1, "allow": "3072", "deny": "0"},
        {"id": person, "type": 1, "allow": "3072", "deny": "0"},
    ]})
}

#[tokio::test]
async fn a_person_applies_and_gets_a_private_channel() {
    let (discord, _clock) = world_recorded(recorder("discord-story.jsonl")).await;
    let mut bot = Bot::login(&discord).await;
    let guild = discord.guild_id();
    assert_eq!(bot.register(&guild, commands()).await.status, 200);

    types(&discord, "ana", "/mentorship apply role:mentee").await;
    let command = bot.event("INTERACTION_CREATE").await;
    assert_eq!(command["data"]["options"][0]["options"][0]["value"], "mentee");
    assert_eq!(command["attachment_size_limit"], 10_485_760);
    assert_eq!(command["member"]["user"]["global_name"], "Ana");
    assert_eq!(discord.pending(), 1);
    assert_eq!(bot.callback(&command, form()).await.status, 204);

    fills_in(&discord).await;
    let sent = bot.event("INTERACTION_CREATE").await;
    assert_eq!(sent["data"]["components"][0]["components"][0]["value"], "Riverside");
    assert_eq!(sent["data"]["components"][1]["component"]["values"][0], "person");

    let button =
        json!([{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "open", "label": "Open my channel"}]}]);
    let reply = json!({"type": 4, "data": {"content": "Received **Riverside**.", "flags": 64, "components": button}});
    let path = format!(
        "/interactions/{}/{}/callback?with_response=true",
        sent["id"].as_str().unwrap(),
        sent["token"].as_str().unwrap()
    );
    let answered = bot.call("POST", &path, reply).await;
    assert_eq!((answered.status, answered.body["resource"]["type"].as_u64()), (200, Some(4)));

    let general = place(&discord, "ana", "#general").unwrap();
    let seen = discord.messages("ana", &general).pop().unwrap();
    assert_eq!((seen.text.as_str(), seen.ephemeral), ("Received Riverside.", true));
    assert!(matches!(&seen.controls[0], Control::Button { label, .. } if label == "Open my channel"));
    assert!(discord.messages("grace", &general).is_empty());

    discord.act("ana", Action::Press { message: seen.id, key: "Open my channel".into() }).await.unwrap();
    let pressed = bot.event("INTERACTION_CREATE").await;
    assert_eq!(pressed["data"]["custom_id"], "open");
    assert_eq!(bot.callback(&pressed, json!({"type": 6})).await.status, 204);
    let made = private_channel(&bot, &guild, &id_of(&discord, "ana"), &discord.bot_id());
    let channel = bot.call("POST", &format!("/guilds/{guild}/channels"), made).await;
    assert_eq!((channel.status, channel.body["name"].as_str()), (201, Some("pair-ana-grace")), "{:?}", channel.body);
    let welcome = json!({"content": format!("Welcome, <@{}>!", id_of(&discord, "ana")), "allowed_mentions": {"parse": ["users"]}});
    assert_eq!(bot.call("POST", &format!("/channels/{}/messages", channel.id()), welcome).await.status, 200);
    let edited = bot
        .call(
            "PATCH",
            &format!("{}/messages/@original", bot.webhook(&pressed)),
            json!({"content": "Done.", "components": []}),
        )
        .await;
    assert_eq!(edited.status, 200);

    let pair = until(&discord, || place(&discord, "ana", "#pair-ana-grace")).await;
    let welcome = discord.messages("ana", &pair).pop().unwrap();
    assert_eq!((welcome.text.as_str(), welcome.pings.as_slice()), ("Welcome, @Ana!", &["Ana".to_owned()][..]));
    assert_eq!(place(&discord, "grace", "#pair-ana-grace"), None);
    assert!(discord.messages("grace", &pair).is_empty());
    assert!(place(&discord, "coral", "#pair-ana-grace").is_some(), "administrators see every channel");
    assert!(discord.unknown_routes().is_empty());
    reads_everything(&bot, &guild, &channel.id()).await;
    discord.stop().await;
}

/// Ana fills the form in, at second try.
async fn fills_in(discord: &Discord) {
    let open = discord.form("ana").unwrap();
    assert_ne!(open.id, open.key, "every opened form has a name of its own");
    assert_eq!(
        open.fields.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(),
        ["Your library", "How you like to meet"]
    );
    let submit = |library: &str| Action::Submit {
        values: [("library".into(), vec![library.into()]), ("meet".into(), vec!["In person".into()])].into(),
    };
    assert!(discord.act("ana", submit("x")).await.is_err(), "too short for the client");
    assert!(discord.form("ana").unwrap().errors.contains_key("library"));
    discord.act("ana", submit("Riverside")).await.unwrap();
}

/// Asks for everything else there is to read, so that the recording covers it.
async fn reads_everything(bot: &Bot, guild: &str, channel: &str) {
    for path in [
        "/gateway/bot".to_owned(),
        "/users/@me".to_owned(),
        "/applications/@me".to_owned(),
        "/oauth2/applications/@me".to_owned(),
        format!("/guilds/{guild}"),
        format!("/guilds/{guild}/channels"),
        format!("/guilds/{guild}/roles"),
        format!("/guilds/{guild}/members/search?query=a&limit=5"),
        format!("/channels/{channel}"),
        format!("/channels/{channel}/messages?limit=10"),
        format!("/applications/{}/guilds/{guild}/commands", bot.application),
    ] {
        let answer = bot.call("GET", &path, Value::Null).await;
        assert_eq!(answer.status, 200, "{path}: {:?}", answer.body);
    }
}
