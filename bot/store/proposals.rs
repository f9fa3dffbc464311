//! Proposals: sets of pairs that coordinators look at before they publish one.

use chrono::{DateTime, Utc};
use plsep_domain::{PairId, ProposalId, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::json};

/// One proposed set of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Our id.
    pub id: ProposalId,
    /// The season.
    pub season: SeasonId,
    /// The pairs and everything said about them; its form is the caller's.
    pub body: serde_json::Value,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was published, if it was.
    pub published_at: Option<DateTime<Utc>>,
}

/// A published proposal whose end has not been told to the coordinators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The proposal.
    pub proposal: ProposalId,
    /// The season.
    pub season: SeasonId,
    /// When it was published.
    pub at: DateTime<Utc>,
}

impl Stored for Publication {
    const WHAT: &'static str = "publication";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { proposal: row.id("id")?, season: row.id("season")?, at: row.at("published_at")? })
    }
}

/// When a pair was published.
struct PublishedPair(PairId, DateTime<Utc>);

impl Stored for PublishedPair {
    const WHAT: &'static str = "published pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.id("id")?, row.at("published_at")?))
    }
}

/// How far a publication has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicationCounts {
    /// Its pairs.
    pub pairs: usize,
    /// Pairs whose introduction is still on its way.
    pub open: usize,
    /// Pairs whose introduction was given up.
    pub failed: usize,
}

impl Stored for PublicationCounts {
    const WHAT: &'static str = "publication";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let count = |column| row.int(column).map(|count| usize::try_from(count).unwrap_or(0));
        Ok(Self { pairs: count("pairs")?, open: count("waiting")?, failed: count("failed")? })
    }
}

macro_rules! columns {
    () => {
        "id, season, body, created_at, published_at"
    };
}

impl Stored for Proposal {
    const WHAT: &'static str = "proposal";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            season: row.id("season")?,
            body: row.json("body")?,
            created_at: row.at("created_at")?,
            published_at: row.maybe_at("published_at")?,
        })
    }
}

/// The key of the effect that tells the coordinators how far a publication has come.
#[must_use]
pub fn progress_key(proposal: ProposalId) -> String {
    format!("progress:{proposal}")
}

/// The key of the effect that tells them how it ended.
#[must_use]
pub fn progress_end_key(proposal: ProposalId) -> String {
    format!("progress:{proposal}:end")
}

impl Tx {
    /// Publications whose progress is told and has not ended, in every season.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publications(&mut self) -> Result<Vec<Publication>, StoreError> {
        // Counted, so that PostgreSQL looks the few keys up and does not read the whole outbox at each look.
        let sql = "SELECT proposals.id, proposals.season, proposals.published_at
             FROM proposals JOIN seasons ON seasons.id = proposals.season
             WHERE proposals.published_at IS NOT NULL
                 AND (SELECT COUNT(*) FROM outbox WHERE outbox.community = seasons.community
                     AND outbox.key = 'progress:' || proposals.id) > 0
                 AND (SELECT COUNT(*) FROM outbox WHERE outbox.community = seasons.community
                     AND outbox.key = 'progress:' || proposals.id || ':end') = 0
             ORDER BY proposals.id";
        self.all(sql, []).await
    }

    /// How far a publication has come.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publication_counts(&mut self, proposal: ProposalId) -> Result<PublicationCounts, StoreError> {
        let sql = "SELECT COUNT(*) AS pairs,
                 COUNT(CASE WHEN outbox.state = 'pending' THEN 1 END) AS waiting,
                 COUNT(CASE WHEN outbox.state = 'dead' THEN 1 END) AS failed
             FROM pairs LEFT JOIN outbox
                 ON outbox.community = pairs.community AND outbox.key = 'intro:' || pairs.id
             WHERE pairs.proposal = $1";
        self.one(sql, [proposal.into()]).await
    }

    /// When each pair of the season was published with its proposal, oldest pair first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs_published(&mut self, season: SeasonId) -> Result<Vec<(PairId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT pairs.id, proposals.published_at FROM pairs JOIN proposals ON proposals.id = pairs.proposal
             WHERE pairs.season = $1 AND proposals.published_at IS NOT NULL ORDER BY pairs.id";
        let found: Vec<PublishedPair> = self.all(sql, [season.into()]).await?;
        Ok(found.into_iter().map(|PublishedPair(pair, at)| (pair, at)).collect())
    }

    /// Keeps a new proposal; earlier ones stay.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown season, or what the database says.
    pub async fn save_proposal(
        &mut self,
        season: SeasonId,
        body: &serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<ProposalId, StoreError> {
        let sql = "INSERT INTO proposals (season, body, created_at) VALUES ($1, $2, $3) RETURNING id AS n";
        Ok(self.one::<i64, _>(sql, [season.into(), json(body)?, now.into()]).await?.into())
    }

    /// The season's newest proposal.
    ///
    /// # Errors
    /// What the database says.
    pub async fn latest_proposal(&mut self, season: SeasonId) -> Result<Option<Proposal>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM proposals WHERE season = $1 ORDER BY id DESC LIMIT 1");
        self.maybe(SQL, [season.into()]).await
    }

    /// The proposal of the season that was published last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn published_proposal(&mut self, season: SeasonId) -> Result<Option<Proposal>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM proposals WHERE season = $1 AND published_at IS NOT NULL ORDER BY id DESC LIMIT 1"
        );
        self.maybe(SQL, [season.into()]).await
    }

    /// Marks a proposal as published: `true` for the first caller alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publish_proposal(&mut self, id: ProposalId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE proposals SET published_at = $2 WHERE id = $1 AND published_at IS NULL";
        self.changed(sql, [id.into(), now.into()]).await
    }
}
