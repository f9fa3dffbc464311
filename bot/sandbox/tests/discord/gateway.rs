//! Login, heartbeats, RESUME, invalid sessions, close codes, socket faults.

use flate2::{Decompress, FlushDecompress};
use futures_util::StreamExt;
use plsep_sandbox::{Action, Platform};
use serde_json::{Value, json};

use super::bot::{Bot, INTENTS};
use super::{TOKEN, place, resident, world};

#[tokio::test]
async fn a_bot_logs_in_and_its_heartbeats_are_answered() {
    let (discord, _) = world().await;
    let mut bot = Bot::dial(&discord).await;
    let hello = bot.receive().await;
    assert!(hello["d"]["heartbeat_interval"].as_u64().unwrap() > 0);
    bot.identify(TOKEN, INTENTS).await;
    let ready = bot.event("READY").await;
    assert_eq!(ready["user"]["bot"], true);
    assert!(ready["resume_gateway_url"].as_str().unwrap().starts_with("ws://127.0.0.1:"));
    let guild = bot.event("GUILD_CREATE").await;
    assert_eq!((guild["channels"][0]["name"].as_str(), guild["member_count"].as_u64()), (Some("general"), Some(5)));
    assert_eq!(guild["members"].as_array().unwrap().len(), 1, "without the members intent only the bot itself");
    assert!(discord.bot_connected());
    bot.send(json!({"op": 1, "d": bot.seq})).await;
    assert_eq!(bot.receive().await["op"], 11);
    assert_eq!(discord.sockets().counts().heartbeats, 1);
}

#[tokio::test]
async fn a_resumed_session_gets_what_it_missed() {
    let (discord, _) = world().await;
    let mut bot = Bot::login(&discord).await;
    let (session, seq) = (bot.session.clone(), bot.seq);
    discord.sockets().drop_all();
    assert_eq!(bot.close_code().await, 0);
    let general = place(&discord, "ana", "#general").unwrap();
    discord.act("ana", Action::Say { place: general, text: "while you were away".into() }).await.unwrap();

    let mut again = Bot::dial(&discord).await;
    again.receive().await;
    again.resume(&session, seq).await;
    let missed = again.receive().await;
    assert_eq!((missed["t"].as_str(), missed["s"].as_u64()), (Some("MESSAGE_CREATE"), Some(seq + 1)));
    assert_eq!(missed["d"]["content"], "", "no message-content intent");
    assert_eq!(again.receive().await["t"], "RESUMED");
    assert_eq!(discord.sockets().counts().resumes, 1);
}

#[tokio::test]
async fn what_is_held_is_told_one_after_another_but_not_to_the_next_session() {
    let (discord, _) = world().await;
    let mut bot = Bot::login(&discord).await;
    discord.hold();
    let general = place(&discord, "ana", "#general").unwrap();
    for _ in 0..3 {
        discord.act("ana", Action::Say { place: general.clone(), text: "hello".into() }).await.unwrap();
    }
    assert_eq!(discord.pending(), 0);
    assert!(discord.tell_next());
    assert_eq!(bot.receive().await["t"], "MESSAGE_CREATE");
    assert_eq!(bot.receive().await["op"], 1, "it is asked whether it has heard");
    assert!(discord.pending() > 0);

    discord.sockets().drop_all();
    assert_eq!(bot.close_code().await, 0);
    assert!(!discord.tell_next(), "nobody is connected");
    let _next = Bot::login(&discord).await;
    assert!(!discord.tell_next(), "a new session hears of nothing that was before it");
}

#[tokio::test]
async fn sessions_are_invalidated_resumably_or_not() {
    let (discord, _) = world().await;
    let mut bot = Bot::login(&discord).await;
    discord.sockets().invalidate_sessions(true);
    assert_eq!(bot.receive().await, json!({"op": 9, "s": null, "t": null, "d": true}));
    discord.sockets().invalidate_sessions(false);
    assert_eq!(bot.receive().await["d"], false);
    let mut again = Bot::dial(&discord).await;
    again.receive().await;
    again.resume(&bot.session, bot.seq).await;
    assert_eq!(again.receive().await, json!({"op": 9, "s": null, "t": null, "d": false}));
}

#[tokio::test]
async fn a_bot_that_says_goodbye_has_no_session_left() {
    let (discord, _) = world().await;
    let mut bot = Bot::login(&discord).await;
    bot.socket
        .close(Some(tokio_tungstenite::tungstenite::protocol::CloseFrame { code: 1000.into(), reason: "".into() }))
        .await
        .unwrap();
    super::until(&discord, || (!discord.bot_connected()).then_some(())).await;
    let mut again = Bot::dial(&discord).await;
    again.receive().await;
    again.resume(&bot.session, bot.seq).await;
    assert_eq!(again.receive().await["op"], 9);
}

#[tokio::test]
async fn wrong_logins_are_closed_with_their_codes() {
    let (discord, _) = world().await;
    let close = async |payload: Value| {
        let mut bot = Bot::dial(&discord).await;
        bot.receive().await;
        bot.send(payload).await;
        bot.close_code().await
    };
    let identify =
        |token: &str, intents: u64| json!({"op": 2, "d": {"token": token, "intents": intents, "properties": {}}});
    assert_eq!(close(identify("wrong", 0)).await, 4004);
    assert_eq!(close(identify(TOKEN, 1 << 40)).await, 4013);
    assert_eq!(close(identify(TOKEN, 1 << 15)).await, 4014, "message content is not switched on");
    assert_eq!(close(json!({"op": 8, "d": {}})).await, 4003);
    assert_eq!(close(json!({"op": 99})).await, 4001);
    assert_eq!(close(json!("hello")).await, 4002);
    discord.sockets().refuse_resumes(true);
    assert_eq!(close(json!({"op": 6, "d": {"token": TOKEN, "session_id": "x", "seq": 1}})).await, 4000);
    discord.sockets().refuse_connections(true);
    assert_eq!(Bot::dial(&discord).await.close_code().await, 1011);
}

#[tokio::test]
async fn socket_faults_reach_the_bot() {
    let (discord, _) = world().await;
    let mut bot = Bot::login(&discord).await;
    discord.sockets().ask_reconnect();
    assert_eq!(bot.receive().await["op"], 7);
    discord.sockets().mute_heartbeat_acks(true);
    bot.send(json!({"op": 1, "d": null})).await;
    bot.send(json!({"op": 8, "d": {"guild_id": discord.guild_id(), "query": "gra", "limit": 1}})).await;
    let chunk = bot.receive().await;
    assert_eq!(chunk["t"], "GUILD_MEMBERS_CHUNK", "the heartbeat stayed unanswered");
    assert_eq!(chunk["d"]["members"][0]["user"]["global_name"], "Grace");
    discord.sockets().close_all(Some(4009));
    assert_eq!(bot.close_code().await, 4009);
}

#[tokio::test]
async fn a_bot_without_heartbeats_is_given_up() {
    let (discord, _) = world().await;
    discord.sockets().set_heartbeat_interval_ms(20);
    let mut bot = Bot::login(&discord).await;
    assert_eq!(bot.close_code().await, 4009);
}

#[tokio::test]
async fn members_are_announced_to_bots_that_may_know() {
    let (discord, _) = world().await;
    discord.sockets().allow_privileged_intents(1 << 1);
    let mut bot = Bot::dial(&discord).await;
    bot.receive().await;
    bot.identify(TOKEN, INTENTS | 1 << 1).await;
    assert_eq!(bot.event("GUILD_CREATE").await["members"].as_array().unwrap().len(), 5);
    discord.join(resident("edsger", "Edsger", false)).unwrap();
    assert_eq!(bot.event("GUILD_MEMBER_ADD").await["user"]["username"], "edsger");
    discord.act("edsger", Action::Leave).await.unwrap();
    assert_eq!(bot.event("GUILD_MEMBER_REMOVE").await["user"]["username"], "edsger");
}

#[tokio::test]
async fn a_bot_that_looks_at_its_flags_knows_which_intents_it_may_ask_for() {
    let (discord, _) = world().await;
    let bot = Bot::login(&discord).await;
    assert_eq!(bot.call("GET", "/applications/@me", Value::Null).await.body["flags"], 0, "nothing is granted at first");
    discord.sockets().allow_privileged_intents(1 << 1 | 1 << 15);
    let app = bot.call("GET", "/applications/@me", Value::Null).await;
    assert_eq!(app.body["flags"], 1 << 15 | 1 << 19, "members and message content, as a small app has them");

    let mut bot = Bot::dial(&discord).await;
    bot.receive().await;
    bot.identify(TOKEN, INTENTS | 1 << 1).await;
    assert_eq!(bot.event("READY").await["application"]["flags"], app.body["flags"]);
    discord.join(resident("edsger", "Edsger", false)).unwrap();
    assert_eq!(bot.event("GUILD_MEMBER_ADD").await["user"]["username"], "edsger");
}

#[tokio::test]
async fn the_stream_can_be_compressed() {
    let (discord, _) = world().await;
    let mut bot = Bot::dial_with(&discord, "v=10&encoding=json&compress=zlib-stream").await;
    let mut inflater = Decompress::new(true);
    let mut read = async |bot: &mut Bot| {
        let frame = bot.socket.next().await.unwrap().unwrap().into_data();
        assert!(frame.ends_with(&[0, 0, 0xFF, 0xFF]));
        let mut out = Vec::with_capacity(64 * 1024);
        inflater.decompress_vec(&frame, &mut out, FlushDecompress::Sync).unwrap();
        serde_json::from_slice::<Value>(&out).unwrap()
    };
    assert_eq!(read(&mut bot).await["op"], 10);
    bot.identify(TOKEN, INTENTS).await;
    assert_eq!(read(&mut bot).await["t"], "READY");
    assert_eq!(read(&mut bot).await["t"], "GUILD_CREATE");
}
