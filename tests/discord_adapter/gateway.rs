//! A gateway that misbehaves: the bot comes back, and hammers nobody.

use crate::stage::*;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use plsep_bot::chat::{Connection, Reply, What};
use plsep_bot::clock::within;
use plsep_bot::discord::Settings;
use plsep_sandbox::discord::Discord as Pretend;
use plsep_sandbox::{Action, Fault, FaultKind, Platform};

/// Switches the privileged intent for members on, in the app's settings and at the gateway.
fn may_know_members(pretend: &Pretend) {
    pretend.sockets().allow_privileged_intents(1 << 1);
    let body = format!(r#"{{"id":"{}","flags":{}}}"#, pretend.application_id(), 1 << 15);
    let kind = FaultKind::Answer { status: 200, headers: Vec::new(), body };
    pretend.faults().add(Fault { matching: "GET /api/v10/applications/@me".into(), times: 1, skip: 0, kind });
}

/// Does something to the gateway, waits for the next good session, and shows that the bot still answers.
async fn survives(s: &Stage, sessions: impl Fn(&Pretend) -> bool) {
    counted(&s.discord, &s.pretend, sessions).await;
    until(&s.discord, |now| *now == Connection::Ready).await;
    s.answers(|_| Reply::Private(words("Still here")));
    s.sees(|| s.pretend.bot_connected().then_some(())).await;
    s.types("ana", "/mentorship home").await;
    s.reads("ana", "Still here").await;
}

#[tokio::test]
async fn a_lost_connection_is_resumed_and_what_happened_meanwhile_arrives() {
    let s = stage().await;
    s.pretend.sockets().ask_reconnect();
    survives(&s, |it| it.sockets().counts().resumes == 1).await;
    assert_eq!(s.pretend.sockets().counts().identifies, 1);
    assert_eq!(s.program.reachable.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_dropped_connection_comes_back() {
    let s = stage().await;
    s.pretend.sockets().drop_all();
    survives(&s, |it| it.sockets().counts().resumes + it.sockets().counts().identifies >= 2).await;
}

#[tokio::test]
async fn an_invalid_session_identifies_anew() {
    let s = stage().await;
    s.pretend.sockets().invalidate_sessions(false);
    survives(&s, |it| it.sockets().counts().identifies == 2).await;
    assert_eq!(s.program.reachable.lock().unwrap().len(), 1, "the same server is told once");
}

#[tokio::test]
async fn a_server_that_closes_on_every_resume_is_not_hammered() {
    let s = stage().await;
    s.pretend.sockets().refuse_resumes(true);
    s.pretend.sockets().close_all(Some(4000));
    survives(&s, |it| it.sockets().counts().identifies == 2).await;
    let counts = s.pretend.sockets().counts();
    assert!(counts.resumes <= 2, "{counts:?}");
}

#[tokio::test]
async fn closes_that_make_serenity_spin_are_noticed() {
    let mut tasks = tokio::task::JoinSet::new();
    for code in [Some(4003), Some(4010), Some(4011), None] {
        tasks.spawn(async move {
            let s = stage().await;
            s.pretend.sockets().close_all(code);
            let mut connection = s.discord.connection();
            let down =
                within(PATIENCE, connection.wait_for(|now| *now != Connection::Ready)).await.unwrap().unwrap().clone();
            // Noticed by the thread itself, woken by us: not left behind, spinning.
            assert_eq!(down, Connection::Down("the connection is gone".into()), "{code:?}");
            survives(&s, |it| it.sockets().counts().identifies >= 2 || it.sockets().counts().resumes >= 1).await;
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_takes_no_connection_is_asked_ever_less_often() {
    let s = stage().await;
    s.pretend.sockets().refuse_connections(true);
    let before = s.pretend.sockets().counts();
    let began = Instant::now();
    s.pretend.sockets().invalidate_sessions(false);
    counted(&s.discord, &s.pretend, |it| it.sockets().counts().connections >= before.connections + 2).await;
    let tries = s.pretend.sockets().counts().connections - before.connections;
    let allowed = 3 + began.elapsed().as_millis() as u64 / 20;
    assert!(tries <= allowed, "{tries} connections in {:?}", began.elapsed());
    s.pretend.sockets().refuse_connections(false);
    survives(&s, |it| it.sockets().counts().identifies > before.identifies).await;
}

#[tokio::test]
async fn heartbeats_that_nobody_answers_end_the_session() {
    let (pretend, program) = (pretend().await, program());
    pretend.sockets().set_heartbeat_interval_ms(300);
    let (discord, in_flight) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    pretend.sockets().mute_heartbeat_acks(true);
    counted(&discord, &pretend, |it| it.sockets().counts().identifies >= 2).await;
    pretend.sockets().mute_heartbeat_acks(false);
    let s = Stage { pretend, program, discord, in_flight };
    survives(&s, |_| true).await;
}

#[tokio::test]
async fn a_gateway_that_accepts_and_says_nothing_is_left() {
    let (pretend, program) = (pretend().await, program());
    // An address that takes the connection and never speaks.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(r#"{{"url":"ws://{}"}}"#, silent.local_addr().unwrap());
    let silence = FaultKind::Answer { status: 200, headers: Vec::new(), body: url };
    pretend.faults().add(Fault { matching: "GET /api/v10/gateway".into(), times: 1, skip: 1, kind: silence });
    let settings = Settings { patience: Duration::from_millis(300), ..settings(&pretend) };
    let (discord, _) = connect(settings, &program).await.unwrap();
    until(&discord, |now| *now == Connection::Ready).await;
}

#[tokio::test]
async fn a_token_refused_later_is_final_and_said() {
    let s = stage().await;
    s.pretend.sockets().close_all(Some(4004));
    until(&s.discord, |now| matches!(now, Connection::Down(what) if what.contains("DISCORD_TOKEN"))).await;
    let before = s.pretend.sockets().counts().connections;
    within(PATIENCE, s.discord.stop()).await.unwrap();
    assert_eq!(s.pretend.sockets().counts().connections, before);
}

#[tokio::test]
async fn refused_intents_are_final_and_said() {
    let s = stage().await;
    s.pretend.sockets().close_all(Some(4014));
    until(&s.discord, |now| matches!(now, Connection::Down(what) if what.contains("developer portal"))).await;
}

#[tokio::test]
async fn who_joins_and_leaves_is_told_if_the_app_may_know() {
    let (pretend, program) = (pretend().await, program());
    may_know_members(&pretend);
    let (discord, in_flight) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    let s = Stage { pretend, program, discord, in_flight };
    s.pretend.act("grace", Action::Leave).await.unwrap();
    let mut events = s.program.events.subscribe();
    within(PATIENCE, events.wait_for(|events| matches!(events.first().map(|it| &it.what), Some(What::Left))))
        .await
        .unwrap()
        .unwrap();
    s.pretend.act("grace", Action::Rejoin).await.unwrap();
    within(PATIENCE, events.wait_for(|events| matches!(events.last().map(|it| &it.what), Some(What::Joined))))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn intents_refused_meanwhile_are_done_without() {
    let (pretend, program) = (pretend().await, program());
    may_know_members(&pretend);
    let (discord, in_flight) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    pretend.sockets().allow_privileged_intents(0);
    pretend.sockets().invalidate_sessions(false);
    let s = Stage { pretend, program, discord, in_flight };
    survives(&s, |it| it.sockets().counts().identifies >= 3).await;
}

#[tokio::test]
async fn stopping_waits_for_the_last_word() {
    let s = stage().await;
    s.answers(|_| Reply::Private(words("Last word")));
    let released = s.holds_the_next();
    s.types("ana", "/mentorship home").await;
    within(PATIENCE, s.program.at_work.notified()).await.unwrap();
    let stopped = Arc::new(AtomicUsize::new(0));
    let stopping = tokio::spawn({
        let (discord, stopped) = (Arc::clone(&s.discord), Arc::clone(&stopped));
        async move {
            discord.stop().await;
            stopped.store(1, Ordering::SeqCst);
        }
    });
    s.sees(|| (!s.pretend.bot_connected()).then_some(())).await;
    assert_eq!(stopped.load(Ordering::SeqCst), 0);
    released.notify_one();
    within(PATIENCE, stopping).await.unwrap().unwrap();
    assert_eq!(*s.discord.connection().borrow(), Connection::Stopped);
    s.reads("ana", "Last word").await;
}
