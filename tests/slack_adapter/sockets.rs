//! Slack's sockets at their worst, tokens that are refused, and the end.

use std::sync::Arc;
use std::time::Duration;

use plsep_bot::chat::{Connection, InFlight, Reply};
use plsep_bot::clock::within;
use plsep_bot::slack::{Settings, Slack};
use plsep_sandbox::{FaultKind, Platform};
use tokio::sync::Notify;

use crate::world::{Scripted, Step, World, clock, command, pretend_slack, settings, words};

const HOUR: Duration = Duration::from_secs(3600);
/// Long enough for a client that does not hold back to connect a hundred times.
const A_WHILE: Duration = Duration::from_millis(200);

fn is_down(connection: &Connection) -> bool {
    matches!(connection, Connection::Down(_))
}

/// The bot answers a command: events arrive.
async fn hears(world: &World) {
    world.heard();
    world.answers(Reply::Private(words("Here.")));
    world.types("/mentorship").await;
    assert_eq!(world.last().text, "Here.");
    assert_eq!(world.heard().len(), 1);
}

async fn refusal(change: impl FnOnce(&mut Settings)) -> String {
    let (slack, time) = pretend_slack().await;
    let mut settings = settings(&slack);
    settings.request_timeout = Duration::from_millis(500);
    change(&mut settings);
    let program = Arc::new(Scripted::default());
    let connected = Slack::connect(settings, program, InFlight::default(), clock(&time)).await;
    connected.err().expect("Slack refuses").to_string()
}

#[tokio::test]
async fn a_refused_token_is_named_with_what_to_do() {
    let bot = refusal(|settings| settings.bot_token = "xoxb-wrong".into()).await;
    assert_eq!(
        bot,
        "Slack refuses the token in SLACK_BOT_TOKEN: invalid_auth. Copy it again from the app's settings, without \
         spaces, and start again"
    );
    let app = refusal(|settings| settings.app_token = "xapp-wrong".into()).await;
    assert!(app.starts_with("Slack refuses the token in SLACK_APP_TOKEN: invalid_auth."), "{app}");
    let nowhere = refusal(|settings| settings.api_url = Some("http://127.0.0.1:9/api".into())).await;
    assert!(nowhere.starts_with("Slack cannot be reached at http://127.0.0.1:9/api: "), "{nowhere}");
}

#[tokio::test]
async fn a_lost_socket_is_replaced() {
    let world = World::new().await;
    let sockets = world.slack.sockets();
    let ways: [(&str, &dyn Fn()); 4] = [
        ("dropped", &|| sockets.drop_connections()),
        ("closed", &|| sockets.close(1000)),
        ("refreshed", &|| sockets.disconnect("refresh_requested")),
        ("warned", &|| sockets.disconnect("warning")),
    ];
    for (opened, (name, lose)) in (2..).zip(ways) {
        lose();
        let mut connected = sockets.watch();
        let replaced = connected.wait_for(|_| sockets.opened() == opened);
        within(Duration::from_secs(10), replaced).await.unwrap_or_else(|_| panic!("{name}")).unwrap();
        world.ready().await;
        let mut connected = sockets.watch();
        let alone = connected.wait_for(|count| *count == 1);
        within(Duration::from_secs(10), alone).await.unwrap_or_else(|_| panic!("{name}")).unwrap();
        hears(&world).await;
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_after_greeting_is_not_called_without_end() {
    let (slack, time) = pretend_slack().await;
    slack.sockets().close_after_hello(1000);
    let mut settings = settings(&slack);
    settings.keeping.first_wait = HOUR;
    settings.keeping.longest_wait = HOUR;
    let world = World::connect(slack, time, settings).await;
    world.stands(is_down).await;
    let mut shown = world.bot.connection();
    shown.mark_unchanged();
    assert!(within(A_WHILE, shown.changed()).await.is_err(), "nothing is tried");
    assert_eq!(world.slack.sockets().opened(), 1);
}

#[tokio::test]
async fn after_some_hang_ups_the_bot_is_back() {
    let (slack, time) = pretend_slack().await;
    slack.join(crate::world::resident("ana")).unwrap();
    slack.sockets().close_after_hello(3);
    let settings = settings(&slack);
    let world = World::connect(slack, time, settings).await;
    let mut connected = world.slack.sockets().watch();
    within(Duration::from_secs(10), connected.wait_for(|count| *count == 1)).await.unwrap().unwrap();
    world.ready().await;
    world.settle().await;
    assert_eq!(world.slack.sockets().opened(), 4);
    hears(&world).await;
}

#[tokio::test]
async fn a_wait_asked_for_by_slack_is_kept_when_sockets_are_refused() {
    let world = World::with(|settings| settings.keeping.greeting = A_WHILE).await;
    let before = world.slack.sockets().open_calls();
    let headers = vec![("retry-after".to_owned(), "3600".to_owned())];
    let body = r#"{"ok":false,"error":"ratelimited"}"#.to_owned();
    world.breaks_often("apps.connections.open", 1000, FaultKind::Answer { status: 429, headers, body });
    world.slack.sockets().drop_connections();
    let down = world.stands(|now| matches!(now, Connection::Down(why) if why.contains("slow down"))).await;
    assert_eq!(down, Connection::Down("apps.connections.open: Slack asks us to slow down".into()));
    let left = world.slack.faults().left();
    let mut shown = world.bot.connection();
    shown.mark_unchanged();
    assert!(within(A_WHILE, shown.changed()).await.is_err(), "nothing is tried");
    assert_eq!(world.slack.faults().left(), left);
    assert_eq!(left, 999, "one attempt");
    assert_eq!(world.slack.sockets().open_calls(), before);
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_and_tried_again() {
    let world = World::with(|settings| settings.keeping.greeting = A_WHILE).await;
    world.breaks("apps.connections.open", FaultKind::NeverAnswer);
    world.slack.sockets().drop_connections();
    world.stands(|now| *now == Connection::Down("Slack did not greet the socket".into())).await;
    world.ready().await;
    hears(&world).await;
}

#[tokio::test]
async fn a_deaf_socket_is_noticed() {
    let world = World::with(|settings| settings.keeping.ping_every = A_WHILE).await;
    world.slack.sockets().deafen();
    world.stands(is_down).await;
    world.ready().await;
}

#[tokio::test]
async fn several_sockets_share_the_work_and_one_is_enough() {
    let world = World::with(|settings| settings.sockets = 2).await;
    let mut connected = world.slack.sockets().watch();
    within(Duration::from_secs(10), connected.wait_for(|count| *count == 2)).await.unwrap().unwrap();
    hears(&world).await;
    hears(&world).await;
}

#[tokio::test]
async fn stopping_waits_for_what_was_received_and_takes_nothing_more() {
    let world = World::new().await;
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    world.script(move |_| Step::After(Arc::clone(&held), Reply::Private(words("Saved."))));
    world.does("ana", command("/mentorship")).await;
    world.acknowledged().await;
    let bot = Arc::clone(&world.bot);
    let stopping = tokio::spawn(async move { bot.stop().await });
    world.stands(|now| *now == Connection::Stopped).await;
    assert!(!stopping.is_finished());
    gate.notify_one();
    within(Duration::from_secs(10), stopping).await.unwrap().unwrap();
    assert_eq!(world.last().text, "Saved.");
    let mut connected = world.slack.sockets().watch();
    within(Duration::from_secs(10), connected.wait_for(|count| *count == 0)).await.unwrap().unwrap();
}
