//! Getting in, and being told why not.

use crate::stage::*;

use plsep_bot::chat::{ConnectError, Connection};
use plsep_bot::clock::within;
use plsep_bot::discord::Settings;
use plsep_sandbox::{Fault, FaultKind};

#[tokio::test]
async fn a_wrong_token_is_said_in_a_sentence() {
    let (pretend, program) = (pretend().await, program());
    for token in ["wrong", " ", "line\nbreak"] {
        let settings = Settings { token: token.into(), ..settings(&pretend) };
        let refused = connect(settings, &program).await.err().expect("refused");
        assert!(matches!(refused, ConnectError::Token { .. }), "{refused:?}");
        assert!(refused.to_string().starts_with("Discord refuses the token in DISCORD_TOKEN"), "{refused}");
    }
    assert_eq!(pretend.sockets().counts().connections, 0);
}

#[tokio::test]
async fn a_gateway_that_cannot_be_looked_up_is_never_guessed() {
    let (pretend, program) = (pretend().await, program());
    for body in ["{}", r#"{"url":"https://elsewhere"}"#, "<html>"] {
        let answer = FaultKind::Answer { status: 200, headers: Vec::new(), body: body.into() };
        pretend.faults().add(Fault { matching: "GET /api/v10/gateway".into(), times: 1, skip: 0, kind: answer });
        let refused = connect(settings(&pretend), &program).await.err().expect("refused");
        assert!(matches!(refused, ConnectError::Unreachable { .. }), "{refused:?}");
    }
    // Later as well: every session asks anew, and stays away while there is no answer.
    let (discord, _) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    let before = pretend.sockets().counts();
    let gone = FaultKind::Answer { status: 503, headers: Vec::new(), body: String::new() };
    pretend.faults().add(Fault { matching: "GET /api/v10/gateway".into(), times: 3, skip: 0, kind: gone });
    pretend.sockets().invalidate_sessions(false);
    counted(&discord, &pretend, |it| it.faults().left() == 0).await;
    until(&discord, |now| *now == Connection::Ready).await;
    assert_eq!(pretend.sockets().counts().connections, before.connections + 1);
}

#[tokio::test]
async fn nobody_at_the_address_is_said_at_once() {
    let program = program();
    let settings = Settings { api_url: Some("http://127.0.0.1:1".into()), ..Settings::new(TOKEN) };
    let refused = connect(settings, &program).await.err().expect("refused");
    assert!(refused.to_string().starts_with("Discord cannot be reached at http://127.0.0.1:1"), "{refused}");
}

#[tokio::test]
async fn commands_are_registered_as_the_tree_says() {
    let s = stage().await;
    let url = format!(
        "{}/api/v10/applications/{}/guilds/{}/commands?with_localizations=true",
        s.pretend.base_url(),
        s.pretend.application_id(),
        s.pretend.guild_id()
    );
    let request = reqwest::Client::new().get(url).header("authorization", format!("Bot {TOKEN}"));
    let registered: serde_json::Value =
        serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap();
    let names: Vec<&str> = registered.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["mentorship", "mentorship-admin"]);
    assert_eq!(registered[0]["description_localizations"]["es-419"], "es mentorship");
    assert!(registered[1]["default_member_permissions"].is_null());
}
