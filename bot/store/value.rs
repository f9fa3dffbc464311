//! What goes into the database: our types as the four kinds of value that both databases keep alike.
//!
//! The one place where NUL characters are taken out of texts, because every text passes through here. It
//! changes nothing else: other characters, however odd, are kept as they are and never become SQL.

use chrono::{DateTime, Utc};
use plsep_domain::{
    AnnouncementId, ApplicationId, CommunityId, ConcernId, MeetingId, OutboxId, PairId, Period, PersonId, ProposalId,
    RosterId, RosterImportId, SeasonId,
};
use serde::Serialize;
use sqlx::types::Json;

use super::StoreError;
use crate::chat::{ChannelRef, UserRef};

/// A value on its way into the database.
pub(super) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Flag(bool),
    Json(Option<Json<serde_json::Value>>),
}

/// A value as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<Value, StoreError> {
    Ok(Value::Json(Some(Json(plain_json(value)?))))
}

/// The same, to be part of something larger.
pub(super) fn plain_json<T: Serialize>(value: &T) -> Result<serde_json::Value, StoreError> {
    let value = serde_json::to_value(value).map_err(|error| StoreError::NoJson { what: error.to_string() })?;
    Ok(json_without_nul(value))
}

/// The stable name of an enum's variant, as serde writes it.
pub(super) fn name<T: Serialize>(variant: &T) -> Result<Value, StoreError> {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => Ok(name.into()),
        _ => Err(StoreError::NoJson { what: "a variant without a name".to_owned() }),
    }
}

pub(super) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

fn json_without_nul(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        Json::String(text) => Json::String(without_nul(&text)),
        Json::Array(items) => Json::Array(items.into_iter().map(json_without_nul).collect()),
        Json::Object(fields) => {
            Json::Object(fields.into_iter().map(|(key, item)| (without_nul(&key), json_without_nul(item))).collect())
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => value,
    }
}

macro_rules! from {
    ($($from:ty: $value:ident => $into:expr;)+) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        }
    )+};
}

from! {
    i64: int => Self::Int(Some(int));
    bool: flag => Self::Flag(flag);
    &str: text => Self::Text(Some(without_nul(text)));
    String: text => Self::Text(Some(without_nul(&text)));
    Option<i64>: int => Self::Int(int);
    Option<&str>: text => Self::Text(text.map(without_nul));
    DateTime<Utc>: at => Self::Int(Some(at.timestamp_micros()));
    Option<DateTime<Utc>>: at => Self::Int(at.map(|at| at.timestamp_micros()));
    Period: period => period.to_string().into();
    &UserRef: user => user.0.as_str().into();
    &ChannelRef: channel => channel.0.as_str().into();
    Option<PersonId>: person => Self::Int(person.map(PersonId::get));
    ApplicationId: id => id.get().into();
    CommunityId: id => id.get().into();
    AnnouncementId: id => id.get().into();
    ConcernId: id => id.get().into();
    MeetingId: id => id.get().into();
    OutboxId: id => id.get().into();
    PairId: id => id.get().into();
    PersonId: id => id.get().into();
    ProposalId: id => id.get().into();
    RosterId: id => id.get().into();
    RosterImportId: id => id.get().into();
    SeasonId: id => id.get().into();
}
