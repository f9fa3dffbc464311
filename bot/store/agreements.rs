//! Signatures under the acknowledgement form: one per person and season. The first one stands.

use plsep_domain::{PersonId, SeasonId, Signature};

use super::{Row, StoreError, Stored, Tx, value::name};

impl Stored for (PersonId, Signature) {
    const WHAT: &'static str = "signature";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let signature = Signature {
            typed_name: row.text("typed_name")?,
            at: row.at("signed_at")?,
            text_version: row.text("text_version")?,
            timing: row.name("timing")?,
        };
        Ok((row.id("person")?, signature))
    }
}

/// The text under a signature.
struct SignedText(Option<String>);

impl Stored for SignedText {
    const WHAT: &'static str = "signature";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.maybe_text("text").map(Self)
    }
}

impl Tx {
    /// Keeps a signature and the text under which it stands, as the person read it; `false` if the person has signed
    /// before, and then nothing changes.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown season, [`StoreError::Stray`] for a person of another
    /// community, or what the database says.
    pub async fn sign(
        &mut self,
        season: SeasonId,
        person: PersonId,
        signature: &Signature,
        text: &str,
    ) -> Result<bool, StoreError> {
        let sql =
            "INSERT INTO signatures (community, season, person, typed_name, signed_at, text_version, timing, text)
             SELECT community, id, $2, $3, $4, $5, $6, $7 FROM seasons WHERE id = $1 ON CONFLICT DO NOTHING";
        let Signature { typed_name, at, text_version, timing } = signature;
        self.season(season).await?;
        let values = [
            season.into(),
            person.into(),
            typed_name.as_str().into(),
            (*at).into(),
            text_version.as_str().into(),
            name(timing)?,
            text.into(),
        ];
        self.changed(sql, values).await
    }

    /// The person's signature.
    ///
    /// # Errors
    /// What the database says.
    pub async fn signature(&mut self, season: SeasonId, person: PersonId) -> Result<Option<Signature>, StoreError> {
        let sql = "SELECT person, typed_name, signed_at, text_version, timing FROM signatures
             WHERE season = $1 AND person = $2";
        let found: Option<(PersonId, Signature)> = self.maybe(sql, [season.into(), person.into()]).await?;
        Ok(found.map(|(_, signature)| signature))
    }

    /// The text that the person signed, word for word; `None` if they have not signed, or signed before texts were
    /// kept.
    ///
    /// # Errors
    /// What the database says.
    pub async fn signed_text(&mut self, season: SeasonId, person: PersonId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT text FROM signatures WHERE season = $1 AND person = $2";
        let found: Option<SignedText> = self.maybe(sql, [season.into(), person.into()]).await?;
        Ok(found.and_then(|SignedText(text)| text))
    }

    /// Every signature of the season, first signed first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn signatures(&mut self, season: SeasonId) -> Result<Vec<(PersonId, Signature)>, StoreError> {
        let sql = "SELECT person, typed_name, signed_at, text_version, timing FROM signatures
             WHERE season = $1 ORDER BY signed_at, person";
        self.all(sql, [season.into()]).await
    }
}
