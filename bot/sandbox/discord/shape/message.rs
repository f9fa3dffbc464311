//! Bodies of messages: their limits, flags and attachments.

use serde_json::{Map, Value};

use super::super::ids::Snowflake;
use super::super::json::{COMPONENTS_V2, EPHEMERAL};
use super::super::refused::{FormErrors, Refused};
use super::mentions::{self, Allowed};
use super::{components, embeds, given, objects, text};

/// A file that came with a multipart body.
#[derive(Clone)]
pub struct Upload {
    /// The number in `files[n]`.
    pub index: u64,
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// A body that was found in order; `None` where nothing was said.
pub struct Draft {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    pub flags: Option<u64>,
    pub allowed: Allowed,
    pub nonce: Option<Value>,
    pub enforce_nonce: bool,
    pub reply_to: Option<Snowflake>,
    pub reply_must_exist: bool,
    /// The list of attachments as given: id (or file number), alternative text, other name.
    pub attachments: Option<Vec<Named>>,
}

/// One entry of `attachments`.
pub struct Named {
    pub id: Option<Snowflake>,
    pub alt: Option<String>,
    pub name: Option<String>,
}

/// What kind of message the body is for.
#[derive(Clone, Copy)]
pub struct Purpose {
    /// An answer to an interaction: other mention default, ephemeral flag allowed.
    pub interaction: bool,
    /// The message edited already is a Components V2 message.
    pub v2: bool,
    /// Prefix of error paths (`data` in callbacks).
    pub path: &'static str,
}

/// Bits a bot may set on messages: suppress embeds, suppress notifications, Components V2.
const SETTABLE: u64 = 1 << 2 | 1 << 12 | COMPONENTS_V2;

impl Draft {
    /// Whether a message of this alone would have nothing in it.
    pub fn is_empty(&self, files: usize) -> bool {
        self.content.as_deref().unwrap_or_default().is_empty()
            && self.embeds.as_deref().unwrap_or_default().is_empty()
            && self.components.as_deref().unwrap_or_default().is_empty()
            && files == 0
    }
}

/// Checks the body of a message.
///
/// # Errors
/// 50035 with every problem.
pub fn check(body: &Map<String, Value>, purpose: Purpose) -> Result<Draft, Refused> {
    let mut form = FormErrors::default();
    let flags = given(body, "flags").and_then(Value::as_u64);
    let settable = if purpose.interaction { SETTABLE | EPHEMERAL } else { SETTABLE };
    let v2 = purpose.v2 || flags.is_some_and(|flags| flags & COMPONENTS_V2 != 0);
    let content = text(body, "content", (0, 2000), "", &mut form).map(|text| text.trim().to_owned());
    let content = if body.get("content").is_some_and(Value::is_null) { Some(String::new()) } else { content };
    let embeds = body.contains_key("embeds").then(|| embeds::check(body.get("embeds"), "embeds", &mut form));
    if v2 {
        legacy_fields(body, content.as_deref(), embeds.as_deref(), &mut form);
    }
    let components = body.contains_key("components").then(|| components::check(body.get("components"), v2, &mut form));
    let nonce = nonce(body, &mut form);
    if given(body, "poll").is_some() {
        form.add("poll", "POLL_UNSUPPORTED", "This pretend Discord has no polls.");
    }
    let allowed = mentions::allowed(body, purpose.interaction, &mut form);
    let reference = given(body, "message_reference").and_then(Value::as_object);
    let attachments = body.contains_key("attachments").then(|| named_files(body, &mut form));
    let draft = Draft {
        content,
        embeds,
        components,
        flags: flags.map(|flags| flags & settable),
        allowed,
        nonce,
        enforce_nonce: components::flag(body, "enforce_nonce", false),
        reply_to: reference.and_then(|it| it.get("message_id")).and_then(Snowflake::of),
        reply_must_exist: reference.is_none_or(|it| components::flag(it, "fail_if_not_exists", true)),
        attachments,
    };
    if purpose.path.is_empty() || form.is_empty() { form.or(draft) } else { Err(nested(purpose.path, form)) }
}

/// Puts the errors under the member of the callback they stand in.
fn nested(path: &str, form: FormErrors) -> Refused {
    let mut refused = form.refused();
    let inner = refused.body["errors"].take();
    refused.body["errors"] = Value::Object(Map::from_iter([(path.to_owned(), inner)]));
    refused
}

fn legacy_fields(body: &Map<String, Value>, content: Option<&str>, embeds: Option<&[Value]>, form: &mut FormErrors) {
    let used = [
        ("content", content.is_some_and(|text| !text.is_empty())),
        ("embeds", embeds.is_some_and(|list| !list.is_empty())),
        ("poll", given(body, "poll").is_some()),
    ];
    for (key, _) in used.iter().filter(|(_, used)| *used) {
        form.add(
            key,
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            &format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
        );
    }
}

fn nonce(body: &Map<String, Value>, form: &mut FormErrors) -> Option<Value> {
    let nonce = given(body, "nonce")?;
    if let Some(text) = nonce.as_str() {
        form.length("nonce", text, 0, 25);
    } else if nonce.as_i64().is_none() {
        form.add("nonce", "NONCE_TYPE_INVALID_NONCE", "Nonce must be a string or an integer.");
    }
    Some(nonce.clone())
}

fn named_files(body: &Map<String, Value>, form: &mut FormErrors) -> Vec<Named> {
    let list = objects(body.get("attachments"), "attachments", form);
    form.items("attachments", list.len(), 0, 10);
    let mut all = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let path = format!("attachments.{index}");
        let alt = text(item, "description", (0, 1024), &path, form).map(str::to_owned);
        let name = text(item, "filename", (1, 1024), &path, form).map(str::to_owned);
        all.push(Named { id: item.get("id").and_then(Snowflake::of), alt, name });
    }
    all
}
