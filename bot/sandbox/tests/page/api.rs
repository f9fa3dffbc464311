//! The control API as scripts use it, and as strangers must not.

use std::sync::Arc;

use plsep_sandbox::page::{Page, PageOptions};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::fake::{Fake, HOUR_MS, HeldTime, INVITATION, MONDAY_MS, PICTURE};

/// A page over two pretend platforms, and somebody who asks it things.
struct Desk {
    page: Page,
    discord: Fake,
    time: Arc<HeldTime>,
    client: Client,
}

impl Desk {
    async fn open() -> Self {
        let (discord, time) = (Fake::discord(), HeldTime::new());
        let page = Page::start(PageOptions {
            port: 0,
            platforms: vec![Arc::new(discord.clone()), Arc::new(Fake::slack())],
            time: time.clone(),
            zone: "America/Los_Angeles".into(),
            title: "PLSEP sandbox".into(),
        });
        Self { page: page.await.unwrap(), discord, time, client: Client::builder().no_proxy().build().unwrap() }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let request = self.client.request(method, self.page.url() + path);
        let request = if let Some(body) = body { request.json(&body) } else { request };
        request.send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        let response = self.send(Method::GET, path, None).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let response = self.send(Method::POST, path, Some(body)).await;
        let status = response.status();
        let answer: Value = response.json().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {answer}");
        answer
    }

    /// The sentence with which a request is refused.
    async fn refusal(&self, method: Method, path: &str, body: Option<Value>, status: StatusCode) -> String {
        let response = self.send(method, path, body).await;
        assert_eq!(response.status(), status, "{path}");
        let answer: Value = response.json().await.unwrap();
        answer["error"].as_str().unwrap_or_else(|| panic!("{path} has no sentence: {answer}")).to_owned()
    }
}

#[tokio::test]
async fn the_world_is_told_in_one_answer() {
    let desk = Desk::open().await;
    let world = desk.get("api/world").await;
    assert_eq!(world["title"], "PLSEP sandbox");
    assert_eq!(world["now_ms"], MONDAY_MS);
    assert_eq!(world["now"], "2025-03-03T09:00:00-08:00");
    assert_eq!(world["zone"], "America/Los_Angeles");
    assert_eq!(world["next_event"], json!({ "at_ms": MONDAY_MS + 30 * HOUR_MS, "what": "Nudge of March" }));
    assert_eq!(world["travelling_to_ms"], Value::Null);
    assert_eq!(world["platforms"][0]["key"], "discord");
    assert_eq!(world["platforms"][0]["bot_connected"], true);
    assert_eq!(world["platforms"][0]["pending"], 0);
    assert_eq!(world["platforms"][0]["people"][1]["name"], "Grace Okafor");
    assert_eq!(world["platforms"][1]["title"], "California Libraries");
}

#[tokio::test]
async fn a_script_sees_what_a_person_sees_and_no_more() {
    let desk = Desk::open().await;
    let places = desk.get("api/discord/people/ana/places").await;
    let ids: Vec<&str> = places.as_array().unwrap().iter().map(|place| place["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["c1", "c2", "c3", "c9", "d1"]);

    let messages = desk.get("api/discord/people/ana/places/c3/messages").await;
    assert_eq!(
        messages[0]["controls"][0],
        json!({ "kind": "button", "key": "met", "label": "Set our first meeting", "style": "primary", "disabled": false })
    );

    for closed in ["c4", "d2", "nowhere"] {
        let path = format!("api/discord/people/ana/places/{closed}/messages");
        assert_eq!(
            desk.refusal(Method::GET, &path, None, StatusCode::NOT_FOUND).await,
            format!("Ana García can read no place with the id {closed:?}.")
        );
    }
    let screen = desk.get("api/discord/people/ana/screen?place=c4").await;
    assert_eq!(screen["place"], "c1", "a closed place is answered with an open one");
    assert!(!screen.to_string().contains("Meetings held so far"));
}

#[tokio::test]
async fn somebody_acts_and_the_form_opens_and_is_sent() {
    let desk = Desk::open().await;
    assert_eq!(desk.get("api/discord/people/ana/form").await, Value::Null);
    let acted =
        desk.post("api/discord/people/ana/act", json!({ "do": "press", "message": "e1", "key": "apply" })).await;
    assert_eq!(acted, json!({ "interaction": "interaction-1" }));
    assert_eq!(desk.get("api/discord/people/ana/form").await["title"], "Apply as a mentee");

    desk.post("api/discord/people/ana/act", json!({ "do": "submit", "values": { "goals": ["Outreach"] } })).await;
    let screen = desk.get("api/discord/people/ana/screen?place=d1").await;
    assert_eq!(screen["form"], Value::Null);
    assert_eq!(screen["messages"][1]["text"], "Received. Your goals: Outreach");
    assert_eq!(desk.discord.acted()[1], ("ana".into(), json!({ "do": "submit", "values": { "goals": ["Outreach"] } })));
}

#[tokio::test]
async fn what_a_platform_refuses_is_passed_on_as_one_sentence() {
    let desk = Desk::open().await;
    let act = "api/discord/people/ana/act";
    let broken = json!({ "do": "press", "message": "m2", "key": "broken" });
    assert_eq!(
        desk.refusal(Method::POST, act, Some(broken), StatusCode::UNPROCESSABLE_ENTITY).await,
        "That button cannot be pressed any more."
    );
    let unopened = json!({ "do": "submit", "values": {} });
    assert_eq!(desk.refusal(Method::POST, act, Some(unopened), StatusCode::NOT_FOUND).await, "No form is open.");
    desk.refusal(Method::POST, act, Some(json!({ "do": "dance" })), StatusCode::UNPROCESSABLE_ENTITY).await;
    desk.refusal(Method::GET, act, None, StatusCode::METHOD_NOT_ALLOWED).await;
    desk.refusal(Method::GET, "api/discord/people/nobody/places", None, StatusCode::NOT_FOUND).await;
    desk.refusal(Method::GET, "api/irc/people", None, StatusCode::NOT_FOUND).await;
    desk.refusal(Method::GET, "api/changes?since=soon", None, StatusCode::BAD_REQUEST).await;
    desk.refusal(Method::GET, "static/secret.txt", None, StatusCode::NOT_FOUND).await;
    desk.refusal(Method::GET, "elsewhere", None, StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn somebody_joins_once() {
    let desk = Desk::open().await;
    let newcomer = json!({ "handle": "ben", "name": "Ben Ortiz", "zone": "America/Chicago" });
    let response = desk.send(Method::POST, "api/discord/people", Some(newcomer.clone())).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.json::<Value>().await.unwrap()["present"], true);
    let taken =
        desk.refusal(Method::POST, "api/discord/people", Some(newcomer), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(taken, "The handle ben is taken.");
    for (part, value) in
        [("handle", "Ben O"), ("handle", ""), ("handle", "../x"), ("name", "  "), ("zone", "Mars/Olympus")]
    {
        let mut wrong = json!({ "handle": "zoe", "name": "Zoe" });
        wrong[part] = value.into();
        desk.refusal(Method::POST, "api/discord/people", Some(wrong), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
}

#[tokio::test]
async fn unread_goes_down_when_the_page_has_shown_it() {
    let desk = Desk::open().await;
    let people = desk.get("api/discord/people").await;
    assert_eq!(
        (&people[0]["unread"], &people[2]["unread"]),
        (&json!(3), &json!(1)),
        "own words and public channels do not count"
    );

    let unread = desk.post("api/discord/people/ana/places/c3/read", json!({ "up_to": "m4" })).await;
    assert_eq!(unread, json!({ "unread": 0 }));
    assert_eq!(desk.get("api/discord/people").await[0]["unread"], 1);
    assert_eq!(desk.get("api/discord/people").await[1]["unread"], 3, "Grace has looked at nothing");

    desk.discord.bot_writes("c3", "", "m99", "One more thing");
    let screen = desk.get("api/discord/people/ana/screen").await;
    assert_eq!(screen["places"][2]["unread"], 1);
}

#[tokio::test]
async fn files_are_downloads_and_only_pictures_keep_their_type() {
    let desk = Desk::open().await;
    let invitation = desk.send(Method::GET, "api/discord/people/ana/files/f1", None).await;
    assert_eq!(invitation.headers()["content-type"], "application/octet-stream");
    assert_eq!(invitation.headers()["content-disposition"], "attachment");
    assert_eq!(invitation.bytes().await.unwrap(), INVITATION);
    let picture = desk.send(Method::GET, "api/discord/people/maria/files/f2", None).await;
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert_eq!(picture.bytes().await.unwrap(), PICTURE);
    desk.refusal(Method::GET, "api/discord/people/ana/files/f2", None, StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn time_moves_by_a_span_to_a_date_and_to_the_next_event() {
    let desk = Desk::open().await;
    assert_eq!(desk.post("api/clock", json!({ "advance_ms": HOUR_MS })).await["now"], "2025-03-03T10:00:00-08:00");
    assert_eq!(desk.post("api/clock", json!({ "to": "next" })).await["now"], "2025-03-04T15:00:00-08:00");
    assert_eq!(desk.post("api/clock", json!({ "to": "2025-04-01 09:00" })).await["now"], "2025-04-01T09:00:00-07:00");
    assert_eq!(
        desk.post("api/clock", json!({ "to_ms": MONDAY_MS + 1000 * HOUR_MS })).await["now_ms"],
        MONDAY_MS + 1000 * HOUR_MS
    );

    let no = |body| desk.refusal(Method::POST, "api/clock", Some(body), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(no(json!({ "to_ms": MONDAY_MS })).await, "Time only goes forward here.");
    assert_eq!(no(json!({ "to": "next" })).await, "Nothing is known to be due.");
    no(json!({ "to": "tomorrow" })).await;
    no(json!({})).await;
    no(json!({ "faster": true })).await;
    let late = json!({ "to": "2026-01-31 09:00" });
    assert_eq!(
        desk.refusal(Method::POST, "api/clock", Some(late), StatusCode::CONFLICT).await,
        "The season ends before that day."
    );
}

#[tokio::test]
async fn one_journey_at_a_time_and_it_arrives_even_if_the_browser_is_gone() {
    let desk = Desk::open().await;
    desk.time.free.send_replace(false);
    let url = desk.page.url() + "api/clock";
    let client = Client::builder().no_proxy().build().unwrap();
    let impatient = tokio::spawn(async move { client.post(url).json(&json!({ "advance_ms": HOUR_MS })).send().await });
    let world = loop {
        let world = desk.get("api/world").await;
        if world["travelling_to_ms"] == MONDAY_MS + HOUR_MS {
            break world;
        }
        desk.get(&format!("api/changes?since={}", world["changes"])).await;
    };
    let again = desk.refusal(Method::POST, "api/clock", Some(json!({ "advance_ms": 1 })), StatusCode::CONFLICT).await;
    assert_eq!(again, "Time is already moving; wait until it has arrived.");

    impatient.abort();
    desk.time.free.send_replace(true);
    desk.get(&format!("api/changes?since={}", world["changes"])).await;
    let world = desk.get("api/world").await;
    assert_eq!((&world["now_ms"], &world["travelling_to_ms"]), (&json!(MONDAY_MS + HOUR_MS), &Value::Null));
}

#[tokio::test]
async fn whoever_waits_for_changes_is_woken_by_one() {
    let desk = Desk::open().await;
    let before = desk.get("api/world").await["changes"].clone();
    let idle = desk.get(&format!("api/changes?since={before}&wait_ms=0")).await;
    assert_eq!(idle, json!({ "changes": before, "now_ms": MONDAY_MS }), "nothing happened, so the wait just ends");

    let path = format!("api/changes?since={before}&wait_ms=50000");
    let waiting = desk.get(&path);
    let (woken, ()) = tokio::join!(waiting, async { desk.discord.changed() });
    assert!(woken["changes"].as_u64() > before.as_u64());
}

#[tokio::test]
async fn stopping_ends_the_waiting_at_once() {
    let desk = Desk::open().await;
    let url = desk.page.url();
    let since = desk.get("api/world").await["changes"].clone();
    let waiting = desk.client.get(format!("{url}api/changes?since={since}&wait_ms=50000")).send();
    let waiting = tokio::spawn(waiting);
    desk.page.stop().await;
    // Either answered or, if it came too late, turned away: but not kept for fifty seconds.
    let _ = waiting.await.unwrap();
    assert!(desk.client.get(url).send().await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_foreign_name_or_a_foreign_page_is_turned_away() {
    let desk = Desk::open().await;
    let own = desk.page.url().trim_end_matches('/').to_owned();
    let port = own.rsplit(':').next().unwrap();
    let try_with = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        let mut request = desk.client.request(method, format!("{own}/{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.header("content-type", "application/json").body(r#"{"do":"open_home"}"#).send().await.unwrap().status()
    };
    let act = "api/discord/people/ana/act";
    let forbidden = StatusCode::FORBIDDEN;
    assert_eq!(try_with(Method::GET, "", &[("host", "evil.example")]).await, forbidden, "DNS rebinding");
    assert_eq!(try_with(Method::GET, "api/world", &[("host", "evil.example:80")]).await, forbidden);
    assert_eq!(try_with(Method::POST, act, &[("origin", "https://evil.example")]).await, forbidden, "cross-site post");
    assert_eq!(try_with(Method::POST, act, &[("origin", "null")]).await, forbidden);
    assert_eq!(
        try_with(Method::POST, act, &[("origin", "http://127.0.0.1:1")]).await,
        forbidden,
        "another local program's page"
    );
    assert_eq!(try_with(Method::GET, "api/world", &[("sec-fetch-site", "cross-site")]).await, forbidden);
    assert!(desk.discord.acted().is_empty(), "nothing was done for strangers");

    assert_eq!(
        try_with(Method::GET, "", &[("sec-fetch-site", "cross-site")]).await,
        StatusCode::OK,
        "a link may lead here"
    );
    assert_eq!(try_with(Method::POST, act, &[("origin", &own)]).await, StatusCode::OK);
    let (host, origin) = (format!("localhost:{port}"), format!("http://localhost:{port}"));
    assert_eq!(try_with(Method::POST, act, &[("host", &host), ("origin", &origin)]).await, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_forbids_the_browser_to_load_anything_else() {
    let desk = Desk::open().await;
    for path in ["", "static/app.js", "static/style.css", "api/world", "api/discord/people/ana/files/f1", "nowhere"] {
        let response = desk.send(Method::GET, path, None).await;
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("http") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn a_body_has_a_limit_and_must_be_json() {
    let desk = Desk::open().await;
    let act = "api/discord/people/ana/act";
    let long = json!({ "do": "say", "place": "c1", "text": "x".repeat(600 * 1024) });
    desk.refusal(Method::POST, act, Some(long), StatusCode::PAYLOAD_TOO_LARGE).await;
    let post = desk.client.post(desk.page.url() + act).header("content-type", "text/plain").body(r#"{"do":"leave"}"#);
    assert_eq!(post.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(desk.discord.acted().is_empty());
}

#[tokio::test]
async fn a_zone_that_does_not_exist_is_refused_at_the_start() {
    let options = PageOptions {
        port: 0,
        platforms: Vec::new(),
        time: HeldTime::new(),
        zone: "Mars/Olympus".into(),
        title: String::new(),
    };
    let error = Page::start(options).await.err().unwrap();
    assert!(error.to_string().contains("Mars/Olympus"), "{error}");
}
