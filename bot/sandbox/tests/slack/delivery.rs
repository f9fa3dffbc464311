//! Socket Mode when things go wrong.

use std::time::Duration;

use plsep_sandbox::{Action, Fault, FaultKind, Platform};
use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn an_event_nobody_acknowledges_comes_again() {
    let w = World::new().await;
    w.slack.set_patience(Duration::from_millis(50));
    w.join("ana", "Ana");
    let mut bot = w.connect().await;
    w.act("ana", Action::OpenHome).await.unwrap();
    let mut first = bot.expect("app_home_opened").await;
    assert_eq!(first["retry_attempt"], 0);
    // What else happened (somebody joined) is redelivered as well; follow one event only.
    let mut again = async |attempt: u64| loop {
        let envelope = bot.next().await.unwrap();
        if envelope["payload"]["event_id"] != first["payload"]["event_id"] {
            bot.ack(&envelope).await;
            continue;
        }
        assert_eq!((&envelope["retry_attempt"], &envelope["retry_reason"]), (&json!(attempt), &json!("timeout")));
        assert_ne!(envelope["envelope_id"], first["envelope_id"]);
        first = envelope.clone();
        return envelope;
    };
    again(1).await;
    w.clock.advance(60_000);
    let envelope = again(2).await;
    w.slack.set_patience(Duration::from_secs(3));
    bot.ack(&envelope).await;
    w.until("it is settled", || (w.slack.pending() == 0).then_some(())).await;
}

#[tokio::test]
async fn a_silent_bot_is_reported_to_the_person() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let general = w.general("ana");
    w.act("ana", typed("/mentorship apply")).await.unwrap();
    let seen = w.last("ana", &general).unwrap();
    assert!(seen.failure && seen.text.contains("dispatch_failed"), "nobody is connected: {seen:?}");

    let mut bot = w.connect().await;
    w.slack.set_patience(Duration::from_millis(30));
    w.act("ana", typed("/mentorship apply")).await.unwrap();
    let seen = w.until("a notice", || w.last("ana", &general).filter(|seen| seen.text.contains("timeout"))).await;
    assert_eq!(seen.text, "/mentorship failed with the error \"operation_timeout\"");

    w.slack.set_patience(Duration::from_secs(3));
    let _late = bot.expect("slash_commands").await;
    w.act("ana", typed("/mentorship apply")).await.unwrap();
    let envelope = bot.expect("slash_commands").await;
    bot.ack(&envelope).await;
    w.ok("views.open", json!({"trigger_id": envelope["payload"]["trigger_id"], "view": application_form()})).await;
    w.slack.set_patience(Duration::from_millis(30));
    w.act("ana", filled(&[("goals", "Grow"), ("role", "mentor")])).await.unwrap();
    let form = w.until("trouble", || w.slack.form("ana").filter(|form| !form.errors.is_empty())).await;
    assert_eq!(form.errors[""], "We had some trouble connecting. Try again?");
}

#[tokio::test]
async fn sockets_are_refreshed_closed_and_dropped() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let sockets = w.slack.sockets();
    for end in ["refresh", "close", "drop"] {
        let mut bot = w.connect().await;
        assert!(w.slack.bot_connected());
        match end {
            "refresh" => {
                sockets.disconnect("refresh_requested");
                loop {
                    let frame = bot.next().await.expect("the notice");
                    if frame["type"] == "disconnect" {
                        assert_eq!(frame["reason"], "refresh_requested");
                        break;
                    }
                    bot.ack(&frame).await;
                }
            }
            "close" => sockets.close(1008),
            _ => sockets.drop_connections(),
        }
        while bot.next().await.is_some() {}
        w.until("it is gone", || (!w.slack.bot_connected()).then_some(())).await;
    }
    sockets.close_after_hello(1);
    let mut doomed = w.connect().await;
    assert!(doomed.next().await.is_none());
    assert_eq!((sockets.opened(), sockets.open_calls()), (4, 4));
    let refuse = FaultKind::Answer { status: 500, headers: Vec::new(), body: "{}".into() };
    w.slack.faults().add(Fault { matching: "apps.connections.open".into(), times: 1, skip: 0, kind: refuse });
    assert_eq!(w.raw("apps.connections.open", APP_TOKEN, json!({})).await.0, 500);
}

#[tokio::test]
async fn envelopes_are_spread_over_sockets_or_doubled() {
    let w = World::new().await;
    w.slack.subscribe(&[]);
    w.join("ana", "Ana");
    let (mut one, mut two) = (w.connect().await, w.connect().await);
    w.act("ana", typed("/first")).await.unwrap();
    w.act("ana", typed("/second")).await.unwrap();
    let (a, b) = (one.expect("slash_commands").await, two.expect("slash_commands").await);
    assert_ne!(a["payload"]["command"], b["payload"]["command"]);
    one.ack(&a).await;
    two.ack(&b).await;
    w.until("both are heard", || (w.slack.pending() == 0).then_some(())).await;
    w.slack.sockets().deliver_twice(true);
    w.act("ana", typed("/twice")).await.unwrap();
    let (a, b) = (one.expect("slash_commands").await, two.expect("slash_commands").await);
    assert_eq!(a, b);
    assert_eq!(w.slack.pending(), 2);
    one.ack(&a).await;
    w.until("the first is heard", || (w.slack.pending() == 1).then_some(())).await;
    two.ack(&b).await;
    w.until("answered", || (w.slack.pending() == 0).then_some(())).await;
    assert_eq!(w.slack.sockets().acks(), 3);
}

#[tokio::test]
async fn what_happens_while_the_bot_is_away_is_told_when_it_is_back() {
    let w = World::new().await;
    let ana = w.join("ana", "Ana");
    w.act("ana", Action::Say { place: w.direct("ana"), text: "Anybody there?".into() }).await.unwrap();
    w.clock.advance(30_000);
    let mut bot = w.connect().await;
    let envelope = bot.expect("message").await;
    assert_eq!(envelope["payload"]["event"]["user"], ana.id);
    bot.ack(&envelope).await;
    w.slack.stop().await;
    while bot.next().await.is_some() {}
    assert!(w.client().get(w.slack.api_url()).send().await.is_err(), "nothing listens any more");
}

#[tokio::test]
async fn what_is_held_is_told_one_after_another_to_whoever_is_connected() {
    let w = World::new().await;
    w.slack.subscribe(&["message.im"]);
    w.join("ana", "Ana");
    w.slack.hold();
    for text in ["one", "two"] {
        w.act("ana", Action::Say { place: w.direct("ana"), text: text.into() }).await.unwrap();
    }
    assert!(!w.slack.tell_next(), "nobody is connected");
    let mut bot = w.connect().await;
    w.until("connected", || w.slack.bot_connected().then_some(())).await;
    for text in ["one", "two"] {
        assert_eq!(w.slack.pending(), 0);
        assert!(w.slack.tell_next());
        let envelope = bot.expect("message").await;
        assert_eq!(envelope["payload"]["event"]["text"], text);
        bot.ack(&envelope).await;
        w.until("it is heard", || (w.slack.pending() == 0).then_some(())).await;
    }
    assert!(!w.slack.tell_next(), "there is no more");
}

#[tokio::test]
async fn a_deaf_socket_swallows_what_it_is_sent() {
    let w = World::new().await;
    w.join("ana", "Ana");
    let general = w.general("ana");
    let _deaf = w.connect().await;
    w.slack.sockets().deafen();
    w.slack.set_patience(Duration::from_millis(30));
    w.act("ana", typed("/mentorship apply")).await.unwrap();
    w.until("a notice", || w.last("ana", &general).filter(|seen| seen.failure)).await;
    assert!(w.slack.bot_connected(), "the connection itself is still there");
}

#[tokio::test]
async fn a_warned_socket_goes_on_working_and_a_dismissed_one_gets_nothing_new() {
    let w = World::new().await;
    w.slack.subscribe(&[]);
    w.join("ana", "Ana");
    let mut old = w.connect().await;
    w.slack.sockets().disconnect("warning");
    assert_eq!(old.next().await.expect("the warning")["reason"], "warning");
    w.act("ana", typed("/still")).await.unwrap();
    let envelope = old.expect("slash_commands").await;
    old.ack(&envelope).await;
    w.slack.sockets().disconnect("refresh_requested");
    assert_eq!(old.next().await.expect("the dismissal")["reason"], "refresh_requested");
    let mut new = w.connect().await;
    for _ in 0..3 {
        w.act("ana", typed("/new")).await.unwrap();
        let envelope = new.expect("slash_commands").await;
        new.ack(&envelope).await;
    }
    w.until("all is answered", || (w.slack.pending() == 0).then_some(())).await;
}
