//! Values that must not be seen: tokens, and database addresses that may hold a password. Nothing here
//! writes a secret anywhere; only `reveal` hands it out, to whoever connects with it.

use std::{fmt, path::Path};

/// A token. Neither `Debug` nor `Display` shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a value.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself. Never log it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Where everything is kept: `sqlite:` and a path, or `postgres://`. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    url: Secret,
    /// The address as it may be shown.
    shown: String,
}

impl DatabaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// The end of a sentence that begins with the place where the address was found. It never holds the
    /// address itself.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let wanted = "write sqlite://data/plsep.sqlite or postgres://USER:PASSWORD@HOST/DATABASE";
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path.split('?').next() {
                None | Some("") => Err(format!("names no file behind sqlite://; {wanted}")),
                Some(_) => Ok(Self { url: Secret::new(text), shown: text.to_owned() }),
            };
        }
        if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(format!("is neither an SQLite nor a Postgres address; {wanted}"));
        }
        let mut shown = reqwest::Url::parse(text).map_err(|why| {
            format!(
                "is not an address ({why}); {wanted}, and write signs such as @ : / % in a password as %40 %3A %2F %25"
            )
        })?;
        // A password may also stand among the parameters: none is shown. Setting fails only without a host.
        let hidden = shown.password().is_none() || shown.set_password(Some("...")).is_ok();
        shown.set_query(None);
        let shown = if hidden { shown.to_string() } else { "postgres://...".to_owned() };
        Ok(Self { url: Secret::new(text), shown })
    }

    /// The address itself, with its password. Never log it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.url.reveal()
    }

    /// The file of an SQLite database; none for Postgres and for a database in memory.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<&Path> {
        let path = self.reveal().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path).split('?').next()?;
        (path != MEMORY).then(|| Path::new(path))
    }

    /// Whether the database is gone when the program ends.
    #[must_use]
    pub fn in_memory(&self) -> bool {
        self.reveal().starts_with("sqlite:") && self.sqlite_file().is_none()
    }
}

impl Default for DatabaseUrl {
    /// A file beside the program.
    fn default() -> Self {
        let url = "sqlite://data/plsep.sqlite";
        Self { url: Secret::new(url), shown: url.to_owned() }
    }
}

/// The name SQLite gives to a database that is no file.
const MEMORY: &str = ":memory:";

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
