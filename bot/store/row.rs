//! What comes out of the database: columns by name, parsed into our types at once.
//!
//! A value that means nothing to this version is [`StoreError::Corrupt`]; the error names the column and
//! never repeats what stood in it, since that may be a person's own words.

use chrono::{DateTime, Utc};
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error as NameError};
use sqlx::{Column as _, Decode, Postgres, Row as _, Sqlite, Type, postgres::PgRow, sqlite::SqliteRow, types::Json};

use super::StoreError;

/// A row of either database.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Pg(PgRow),
}

/// Something that is read from a row.
pub(super) trait Stored: Sized {
    /// What it is, for the sentence that says it is not there.
    const WHAT: &'static str;

    /// Reads it.
    fn read(row: &Row) -> Result<Self, StoreError>;
}

impl Row {
    fn get<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        // The few columns of a row are found faster one by one than by a hash of their names.
        match self {
            Self::Sqlite(row) => place_of(row, column).and_then(|place| row.try_get(place)),
            Self::Pg(row) => place_of(row, column).and_then(|place| row.try_get(place)),
        }
        .map_err(|error| match error {
            sqlx::Error::ColumnDecode { .. } => StoreError::Corrupt { column },
            other => other.into(),
        })
    }

    pub(super) fn int(&self, column: &'static str) -> Result<i64, StoreError> {
        self.get(column)
    }

    pub(super) fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        self.get(column)
    }

    pub(super) fn id<T: From<i64>>(&self, column: &'static str) -> Result<T, StoreError> {
        self.int(column).map(T::from)
    }

    pub(super) fn maybe_id<T: From<i64>>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        Ok(self.get::<Option<i64>>(column)?.map(T::from))
    }

    pub(super) fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        self.get(column)
    }

    pub(super) fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.get(column)
    }

    pub(super) fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        self.get(column)
    }

    pub(super) fn at(&self, column: &'static str) -> Result<DateTime<Utc>, StoreError> {
        self.maybe_at(column)?.ok_or(StoreError::Corrupt { column })
    }

    pub(super) fn maybe_at(&self, column: &'static str) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.get::<Option<i64>>(column)?
            .map(|micros| DateTime::from_timestamp_micros(micros).ok_or(StoreError::Corrupt { column }))
            .transpose()
    }

    pub(super) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        self.get::<Json<serde_json::Value>>(column).and_then(|Json(value)| of_json(value, column))
    }

    pub(super) fn maybe_json<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        self.get::<Option<Json<serde_json::Value>>>(column)?.map(|Json(value)| of_json(value, column)).transpose()
    }

    /// An enum's variant by its stable name, as serde reads it.
    pub(super) fn name<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        self.maybe_name(column)?.ok_or(StoreError::Corrupt { column })
    }

    pub(super) fn maybe_name<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        self.maybe_text(column)?
            .map(|name| {
                let name = IntoDeserializer::<NameError>::into_deserializer(name);
                T::deserialize(name).map_err(|_| StoreError::Corrupt { column })
            })
            .transpose()
    }
}

fn place_of<R: sqlx::Row>(row: &R, name: &'static str) -> Result<usize, sqlx::Error> {
    let place = row.columns().iter().position(|column| column.name() == name);
    place.ok_or_else(|| sqlx::Error::ColumnNotFound(name.to_owned()))
}

fn of_json<T: DeserializeOwned>(value: serde_json::Value, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|_| StoreError::Corrupt { column })
}

/// A lone number, under the name `n`.
impl Stored for i64 {
    const WHAT: &'static str = "number";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.int("n")
    }
}
