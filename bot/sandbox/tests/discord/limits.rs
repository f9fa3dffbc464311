//! Rate limits in world time, and scripted HTTP faults.

use plsep_sandbox::discord::{RateLimit, RateLimits};
use plsep_sandbox::{Fault, FaultKind, Platform};
use serde_json::{Value, json};

use super::bot::Bot;
use super::{place, world};

#[tokio::test]
async fn the_sixth_message_in_five_seconds_waits_its_turn() {
    let (discord, clock) = world().await;
    let bot = Bot::dial(&discord).await;
    let path = format!("/channels/{}/messages", place(&discord, "ana", "#general").unwrap());
    for left in (0..5).rev() {
        let answer = bot.call("POST", &path, json!({"content": "x"})).await;
        assert_eq!((answer.status, answer.header("x-ratelimit-remaining")), (200, left.to_string().as_str()));
        assert_eq!((answer.header("x-ratelimit-limit"), answer.header("x-ratelimit-reset-after")), ("5", "5.000"));
    }
    clock.advance(3_500);
    let refused = bot.call("POST", &path, json!({"content": "x"})).await;
    assert_eq!(
        (refused.status, refused.header("retry-after"), refused.header("x-ratelimit-scope")),
        (429, "2", "user")
    );
    assert_eq!(refused.body, json!({"message": "You are being rate limited.", "retry_after": 1.5, "global": false}));
    clock.advance(1_500);
    assert_eq!(bot.call("POST", &path, json!({"content": "x"})).await.status, 200);
}

#[tokio::test]
async fn the_global_limit_holds_every_route_back_but_not_interactions() {
    let (discord, _) = world().await;
    discord.set_rate_limits(RateLimits { global: RateLimit::new(1, 1_000), ..RateLimits::default() });
    let bot = Bot::dial(&discord).await;
    assert_eq!(bot.call("GET", "/users/@me", Value::Null).await.status, 200);
    let refused = bot.call("GET", "/gateway/bot", Value::Null).await;
    assert_eq!(
        (refused.status, refused.header("x-ratelimit-global"), &refused.body["global"]),
        (429, "true", &json!(true))
    );
    let callback = bot.call("POST", "/interactions/1/x/callback", json!({"type": 4})).await;
    assert_eq!(callback.code(), 10062);
}

#[tokio::test]
async fn names_and_topics_change_twice_in_ten_minutes() {
    let (discord, clock) = world().await;
    let bot = Bot::dial(&discord).await;
    let path = format!("/channels/{}", place(&discord, "ana", "#general").unwrap());
    for name in ["one", "two"] {
        assert_eq!(bot.call("PATCH", &path, json!({"name": name})).await.status, 200);
    }
    let refused = bot.call("PATCH", &path, json!({"topic": "three"})).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "600"));
    assert_eq!(bot.call("PATCH", &path, json!({"position": 3})).await.status, 200, "other changes are not held back");
    clock.advance(600_000);
    assert_eq!(bot.call("PATCH", &path, json!({"topic": "three"})).await.status, 200);
}

#[tokio::test]
async fn answers_can_be_lost_before_or_after_the_effect() {
    let (discord, _) = world().await;
    let bot = Bot::dial(&discord).await;
    let general = place(&discord, "ana", "#general").unwrap();
    let fault = |kind| Fault { matching: "POST /api/v10/channels/".into(), times: 1, skip: 0, kind };
    let url = format!("{}/api/v10/channels/{general}/messages", bot.base);
    let send =
        || bot.client.post(&url).header("authorization", "Bot test.bot.token").json(&json!({"content": "x"})).send();
    discord.faults().add(fault(FaultKind::CutBefore));
    assert!(send().await.is_err());
    assert!(discord.messages("ana", &general).is_empty());
    discord.faults().add(fault(FaultKind::CutAfterEffect));
    assert!(send().await.is_err());
    assert_eq!(discord.messages("ana", &general).len(), 1);
    discord.faults().add(fault(FaultKind::Answer { status: 503, headers: Vec::new(), body: "<html>".into() }));
    assert_eq!(send().await.unwrap().status(), 503);
    discord.faults().add(fault(FaultKind::AnswerAfterEffect { status: 500, body: String::new() }));
    assert_eq!(send().await.unwrap().status(), 500);
    assert_eq!(discord.messages("ana", &general).len(), 2);
    discord.faults().add(fault(FaultKind::NeverAnswer));
    assert!(tokio::time::timeout(std::time::Duration::from_millis(100), send()).await.is_err());
    assert_eq!((discord.messages("ana", &general).len(), discord.faults().left()), (3, 0));
    discord.stop().await;
    assert!(send().await.is_err(), "nobody listens any more");
}
