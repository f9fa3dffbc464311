//! Stories of the Slack adapter against the pretend Slack: what people do and see, and what happens when
//! Slack or the network misbehaves. The program behind it is a few scripted lines; nothing here is a flow.

#[path = "slack_adapter/world.rs"]
mod world;

#[path = "slack_adapter/answers.rs"]
mod answers;
#[path = "slack_adapter/effects.rs"]
mod effects;
#[path = "slack_adapter/sockets.rs"]
mod sockets;

use plsep_bot::chat::CommandWords;

/// Words that only name where they stand.
struct Paths;

impl CommandWords for Paths {
    fn describe(&self, path: &str, lang: &str) -> String {
        format!("{path} ({lang})")
    }
}

#[test]
fn the_manifest_says_what_the_command_tree_says() {
    insta::assert_json_snapshot!(plsep_bot::slack::manifest(&Paths));
}
