//! A form in neutral terms. Whether a chat can show a whole form, or only its text fields, is told by
//! [`super::Limits`]; a flow asks there before it opens one.

use serde::{Deserialize, Serialize};

use super::{ActionId, Choice, Control, Text};

/// A form to fill in and send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What sending it does.
    pub action: ActionId,
    /// Title.
    pub title: String,
    /// Words above the fields (where the platform can show them).
    pub intro: Option<Text>,
    /// Fields in order.
    pub fields: Vec<Field>,
    /// Buttons that act without the form being sent, such as the one that leads back to the step before. Only where
    /// forms may hold menus ([`super::Limits::form_menus`]); what is typed by then comes along ([`super::What::Turn`]).
    #[serde(default)]
    pub controls: Vec<Control>,
    /// Label of the send button (where the platform lets one choose).
    pub submit: String,
    /// An action that opens the same form again: used when the form could not be opened in time, or was
    /// refused where a platform cannot show errors beside the fields.
    pub reopen: ActionId,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Stable key, unique in the form.
    pub key: String,
    /// Label.
    pub label: String,
    /// Help, with what is shared with whom; empty for none.
    pub hint: String,
    /// Must be answered.
    pub required: bool,
    /// What can be entered.
    pub kind: FieldKind,
    /// What stands there already: one text, or the chosen values. Empty for nothing.
    pub value: Vec<String>,
}

/// Longest words for a date and its time, in characters.
pub const MOMENT_TEXT_MAX: usize = 100;

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    Text {
        /// Several lines.
        multiline: bool,
        /// Fewest characters (0 if not required).
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// A date with its time of day. Where forms have a picker for it ([`super::Limits::form_moments`]), the person picks
    /// in their own zone, and the value, like the one that stands there already, is that instant in UTC as RFC 3339
    /// writes it: `2025-03-14T21:00:00Z`. Where they have none, it is a text of up to [`MOMENT_TEXT_MAX`] characters in
    /// the person's own words, which the flow reads.
    Moment,
    /// A day. Where forms have a picker for moments they have one for days, and the value, like the one that stands there
    /// already, is written as `2025-03-14`. Where they have none, it is a text of up to [`MOMENT_TEXT_MAX`] characters in
    /// the person's own words, which the flow reads.
    Day,
    /// A file of the person's own, only where [`super::Limits::form_files`] says so. It comes with the event
    /// ([`super::Event::handed`]), not among the values.
    File {
        /// The endings a file's name may have, without the dot.
        endings: Vec<String>,
    },
    /// One of several choices.
    One(Vec<Choice>),
    /// Several choices.
    Many {
        /// What can be chosen.
        options: Vec<Choice>,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
}
