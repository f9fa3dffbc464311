//! The Discord adapter against the pretend Discord: what a person sees, and what happens when the platform
//! misbehaves. Refuses to sleep: every wait is for something that happens.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails where it stands")]

#[path = "discord_adapter/answers.rs"]
mod answers;
#[path = "discord_adapter/connecting.rs"]
mod connecting;
#[path = "discord_adapter/gateway.rs"]
mod gateway;
#[path = "discord_adapter/messages.rs"]
mod messages;
#[path = "discord_adapter/rooms.rs"]
mod rooms;
#[path = "discord_adapter/stage.rs"]
mod stage;
