//! The people of the pretend community, and what both pretend platforms say of them.

use serde::{Deserialize, Serialize};

/// Somebody to add to a platform.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NewResident {
    /// The short lower-case name by which scripts and the page address the person, unique in a platform.
    pub handle: String,
    /// The display name, as typed by the person; may hold anything a platform accepts.
    pub name: String,
    /// E-mail address (Slack knows it; Discord bots never see it).
    #[serde(default)]
    pub email: Option<String>,
    /// BCP 47 locale of the person's client, for example `en-US` or `es-ES`.
    #[serde(default = "default_locale")]
    pub locale: String,
    /// IANA time zone of the person's device.
    #[serde(default = "default_zone")]
    pub zone: String,
    /// Owns the server or workspace.
    #[serde(default)]
    pub owner: bool,
    /// Holds the platform's administrator right.
    #[serde(default)]
    pub admin: bool,
    /// Has direct messages from the bot closed (Discord).
    #[serde(default)]
    pub dms_closed: bool,
}

/// A person of the community.
#[derive(Clone, Debug, Serialize)]
pub struct Resident {
    /// See [`NewResident::handle`].
    pub handle: String,
    /// The platform's id of the person.
    pub id: String,
    /// Display name.
    pub name: String,
    /// E-mail address, if any.
    pub email: Option<String>,
    /// Client locale.
    pub locale: String,
    /// IANA zone of the device.
    pub zone: String,
    /// Owns the server or workspace.
    pub owner: bool,
    /// Holds the administrator right.
    pub admin: bool,
    /// False after leaving.
    pub present: bool,
}

fn default_locale() -> String {
    "en-US".into()
}

fn default_zone() -> String {
    "America/Los_Angeles".into()
}
