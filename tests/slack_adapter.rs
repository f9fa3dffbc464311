//! Stories of the Slack adapter against the pretend Slack: what people do and see, and what happens when
//! Slack or the network misbehaves. The program behind it is a few scripted lines; nothing here is a flow.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

#[path = "slack_adapter/world.rs"]
mod world;

#[path = "slack_adapter/answers.rs"]
mod answers;
#[path = "slack_adapter/effects.rs"]
mod effects;
#[path = "slack_adapter/home.rs"]
mod home;
#[path = "slack_adapter/sockets.rs"]
mod sockets;

#[test]
fn the_manifest_says_what_the_command_tree_says() {
    insta::assert_json_snapshot!(plsep_bot::slack::manifest(&world::Paths));
}
