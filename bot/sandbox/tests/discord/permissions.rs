//! What the bot may not do, and with which code it is told.

use plsep_sandbox::Platform;
use plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS;
use serde_json::{Value, json};

use super::bot::Bot;
use super::{id_of, place, world};

const VIEW: u64 = 1 << 10;

#[tokio::test]
async fn a_wrong_token_is_unauthorized() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let refused = bot.call_as("Bot nonsense", "GET", "/users/@me", Value::Null).await;
    assert_eq!((refused.status, refused.body["message"].as_str()), (401, Some("401: Unauthorized")));
    assert_eq!(bot.call_as("test.bot.token", "GET", "/users/@me", Value::Null).await.status, 401, "no scheme");
}

#[tokio::test]
async fn an_unknown_route_is_remembered() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let refused = bot.call("GET", "/guilds/0/nothing", Value::Null).await;
    assert_eq!((refused.status, refused.code()), (404, 10004));
    let refused = bot.call("GET", "/nowhere", Value::Null).await;
    assert_eq!((refused.status, refused.body), (404, json!({"message": "404: Not Found", "code": 0})));
    assert_eq!(discord.unknown_routes(), ["GET /nowhere"]);
}

#[tokio::test]
async fn a_channel_that_everybody_is_denied_is_hidden_from_the_bot_as_well() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let guild = discord.guild_id();
    let hidden = json!({"name": "hidden", "permission_overwrites": [{"id": guild, "type": 0, "allow": "0", "deny": VIEW.to_string()}]});
    let channel = bot.call("POST", &format!("/guilds/{guild}/channels"), hidden).await;
    assert_eq!(channel.status, 201);
    let post = bot.call("POST", &format!("/channels/{}/messages", channel.id()), json!({"content": "hello"})).await;
    assert_eq!((post.status, post.code()), (403, 50001));
    assert_eq!(bot.call("DELETE", &format!("/channels/{}", channel.id()), Value::Null).await.code(), 50001);
}

#[tokio::test]
async fn overwrites_hold_only_bits_that_the_bot_holds() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let (guild, ana) = (discord.guild_id(), id_of(&discord, "ana"));
    let with = |allow: u64| json!({"name": "x", "permission_overwrites": [{"id": ana, "type": 1, "allow": allow.to_string(), "deny": "0"}]});
    let path = format!("/guilds/{guild}/channels");
    assert_eq!(bot.call("POST", &path, with(1 << 13)).await.code(), 50013, "manage messages");
    assert_eq!(bot.call("POST", &path, with(1 << 28)).await.code(), 50013, "manage roles, for administrators only");
    assert_eq!(bot.call("POST", &path, with(VIEW | 1 << 11)).await.status, 201);
    discord.set_bot_permissions(DEFAULT_BOT_PERMISSIONS & !(1 << 4));
    assert_eq!(bot.call("POST", &path, with(VIEW)).await.code(), 50013, "no longer manages channels");
}

#[tokio::test]
async fn overwrites_are_put_and_taken_away() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let general = place(&discord, "ana", "#general").unwrap();
    let path = format!("/channels/{general}/permissions/{}", id_of(&discord, "ana"));
    let deny = json!({"type": 1, "allow": "0", "deny": VIEW.to_string()});
    assert_eq!(bot.call("PUT", &path, deny).await.status, 204);
    assert_eq!(place(&discord, "ana", "#general"), None);
    assert!(place(&discord, "grace", "#general").is_some());
    assert_eq!(bot.call("DELETE", &path, Value::Null).await.status, 204);
    assert!(place(&discord, "ana", "#general").is_some());
    assert_eq!(bot.call("DELETE", &path, Value::Null).await.code(), 10009);
}

#[tokio::test]
async fn embeds_files_and_pins_need_their_bits() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let general = place(&discord, "ana", "#general").unwrap();
    let path = format!("/channels/{general}/messages");
    let message = bot.call("POST", &path, json!({"content": "hello"})).await;
    assert_eq!(bot.call("PUT", &format!("{path}/pins/{}", message.id()), Value::Null).await.status, 204);
    assert_eq!(
        bot.call("GET", &format!("{path}/pins"), Value::Null).await.body["items"][0]["message"]["id"],
        message.id()
    );
    discord.set_bot_permissions(VIEW);
    assert_eq!(bot.call("PUT", &format!("{path}/pins/{}", message.id()), Value::Null).await.code(), 50013);
}

#[tokio::test]
async fn private_threads_are_seen_by_their_members_and_can_be_archived() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let general = place(&discord, "ana", "#general").unwrap();
    let thread =
        bot.call("POST", &format!("/channels/{general}/threads"), json!({"name": "quiet talk", "type": 12})).await;
    assert_eq!((thread.status, thread.body["type"].as_u64()), (201, Some(12)));
    let path = format!("/channels/{}", thread.id());
    assert_eq!(
        bot.call("PUT", &format!("{path}/thread-members/{}", id_of(&discord, "ana")), Value::Null).await.status,
        204
    );
    assert!(place(&discord, "ana", "#quiet talk").is_some());
    assert_eq!(place(&discord, "grace", "#quiet talk"), None);
    assert_eq!(bot.call("PATCH", &path, json!({"archived": true, "locked": true})).await.status, 200);
    let refused = bot.call("POST", &format!("{path}/messages"), json!({"content": "too late"})).await;
    assert_eq!(refused.code(), 50083);
    assert!(discord.places("ana").iter().any(|it| it.name == "#quiet talk" && it.archived));
}

#[tokio::test]
async fn a_quiet_thread_is_put_away_and_writing_brings_it_back() {
    let (discord, clock) = world().await;
    let bot = Bot::dial(&discord).await;
    let general = place(&discord, "ana", "#general").unwrap();
    let body = json!({"name": "quiet talk", "type": 12, "auto_archive_duration": 60});
    let thread = bot.call("POST", &format!("/channels/{general}/threads"), body).await;
    let path = format!("/channels/{}", thread.id());
    let archived = async || bot.call("GET", &path, Value::Null).await.body["thread_metadata"]["archived"] == true;
    clock.advance(59 * 60_000);
    assert!(!archived().await);
    clock.advance(60_000);
    assert!(archived().await);
    assert_eq!(bot.call("POST", &format!("{path}/messages"), json!({"content": "hello"})).await.status, 200);
    assert!(!archived().await);
    clock.advance(60 * 60_000);
    assert!(archived().await, "from the last message on");
}

#[tokio::test]
async fn categories_and_servers_have_room_for_so_many_channels() {
    let (discord, _) = world().await;
    discord.set_rate_limits(plsep_sandbox::discord::RateLimits::unlimited());
    let bot = Bot::dial(&discord).await;
    let path = format!("/guilds/{}/channels", discord.guild_id());
    let mut made = 1;
    let mut category = String::new();
    while made < 500 {
        if (made - 1) % 51 == 0 {
            category = bot.call("POST", &path, json!({"name": "Pairs", "type": 4})).await.id();
        } else {
            assert_eq!(bot.call("POST", &path, json!({"name": "pair", "parent_id": category})).await.status, 201);
        }
        made += 1;
        if made == 52 {
            let full = bot.call("POST", &path, json!({"name": "pair", "parent_id": category})).await;
            assert_eq!((full.status, full.code()), (400, 50035));
        }
    }
    let full = bot.call("POST", &path, json!({"name": "one more"})).await;
    assert_eq!((full.status, full.code()), (400, 30013));
}

#[tokio::test]
async fn command_registration_is_judged_as_on_discord() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let guild = discord.guild_id();
    let refuse = async |command: Value| {
        let answer = bot.register(&guild, json!([command])).await;
        assert_eq!((answer.status, answer.code()), (400, 50035), "{command}");
        answer.body["errors"]["0"].clone()
    };
    let wrong = refuse(json!({"name": "Upper Case", "description": "x"})).await;
    assert_eq!(wrong["name"]["_errors"][0]["code"], "APPLICATION_COMMAND_INVALID_NAME");
    refuse(json!({"name": "x", "description": ""})).await;
    refuse(json!({"name": "x", "description": "x".repeat(101)})).await;
    let options = json!([{"type": 3, "name": "a", "description": "a"}, {"type": 3, "name": "b", "description": "b", "required": true}]);
    refuse(json!({"name": "x", "description": "x", "options": options})).await;
    let mixed = json!([{"type": 1, "name": "a", "description": "a"}, {"type": 3, "name": "b", "description": "b"}]);
    refuse(json!({"name": "x", "description": "x", "options": mixed})).await;
    let group = json!([{"type": 2, "name": "g", "description": "g", "options": [{"type": 1, "name": "a", "description": "a"}]}]);
    let kept = bot.register(&guild, json!([{"name": "x", "description": "x", "options": group}])).await;
    assert_eq!(kept.status, 200, "{:?}", kept.body);
    let again = bot.register(&guild, json!([{"name": "x", "description": "changed"}])).await;
    assert_eq!(again.body[0]["id"], kept.body[0]["id"], "the same name keeps its id");
}
