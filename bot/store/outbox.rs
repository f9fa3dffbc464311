//! The outbox: effects that wait, are being carried out, are done, or could not be done.
//!
//! A worker claims an effect for a while. If it dies, another may claim it when the while is over; the
//! first one's [`Lease`] is then worth nothing, so what it reports late changes nothing.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, OutboxId, PairId};

use super::copies::in_doubt;
use super::{Effect, NewEffect, Pace, Row, StoreError, Stored, Terms, Tx, value::json};

/// The right to carry out an effect and to report on it, from [`Tx::claim`] alone. It ends when the report
/// is in, or when somebody else claims the effect after the lease ran out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub(super) id: OutboxId,
    pub(super) token: i64,
}

impl Lease {
    /// Which claim of the effect it is, counted from the first.
    #[must_use]
    pub fn claim(&self) -> i64 {
        self.token
    }

    pub(super) fn effect(&self) -> OutboxId {
        self.id
    }
}

/// An effect to carry out.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Our id.
    pub id: OutboxId,
    /// Where it is to happen.
    pub community: CommunityId,
    /// What makes it the same effect in every attempt.
    pub key: String,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// What is to happen.
    pub effect: Effect,
    /// What earlier attempts kept with [`Tx::save_steps`]; an empty object at first.
    pub steps: serde_json::Value,
    /// How many attempts were begun before this one.
    pub attempts: i64,
    /// Whether an earlier attempt may have had an effect, because it reported so or never reported: look
    /// before acting.
    pub ambiguous: bool,
    /// When it was first asked for.
    pub created_at: DateTime<Utc>,
    /// When the first attempt began of those that may have had an effect: nothing of it is older.
    pub first_at: DateTime<Utc>,
    /// On which terms it is carried out.
    pub terms: Terms,
    /// The conversation it goes to, if it must keep its place among others there.
    pub lane: Option<String>,
    /// Until when nobody else may claim it.
    pub until: DateTime<Utc>,
    /// The right to report on it.
    pub lease: Lease,
}

/// How an effect goes on after an attempt that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry<'a> {
    /// Not before this instant.
    pub due_at: DateTime<Utc>,
    /// What happened, for operators; no personal data.
    pub error: &'a str,
    /// Whether it may have happened all the same. `false` says that neither this nor any earlier attempt
    /// has had an effect beyond what the steps tell.
    pub ambiguous: bool,
    /// Whether what comes after it in its lane waits until it has happened.
    pub holds: bool,
}

impl Stored for Claimed {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let id = row.id("id")?;
        let attempts = row.int("attempts")? - 1;
        Ok(Self {
            id,
            community: row.id("community")?,
            key: row.text("key")?,
            due_at: row.at("due_at")?,
            effect: row.json("effect")?,
            steps: row.json("steps")?,
            attempts,
            ambiguous: attempts > row.int("attempts_void")?,
            created_at: row.at("created_at")?,
            first_at: row.at("first_at")?,
            terms: row.json("terms")?,
            lane: row.maybe_text("lane")?,
            until: row.at("lease_until")?,
            lease: Lease { id, token: row.int("lease_token")? },
        })
    }
}

/// When something next happens in a community at a pace.
struct Next {
    community: CommunityId,
    pace: Pace,
    at: DateTime<Utc>,
}

impl Stored for Next {
    const WHAT: &'static str = "due effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { community: row.id("community")?, pace: row.name("pace")?, at: row.at("at")? })
    }
}

/// The key of an effect, and when it is due.
struct DueKey(String, DateTime<Utc>);

impl Stored for DueKey {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.text("key")?, row.at("due_at")?))
    }
}

/// The dialects differ in one thing: PostgreSQL must be told to leave rows alone that another worker is
/// about to claim, SQLite has one writer anyway.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (
                 SELECT id FROM outbox AS waiting
                 WHERE state = 'pending' AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
                     AND $5 NOT LIKE '%|' || community || ':' || pace || '|%'
                     AND NOT EXISTS (
                         SELECT 1 FROM outbox AS other
                         WHERE other.lane = waiting.lane AND other.state = 'pending' AND other.id <> waiting.id
                             AND (other.lease_until > $2 OR (other.holds AND other.id < waiting.id)))
                 ORDER BY due_at, id LIMIT $4 ",
            $lock,
            ")
             UPDATE outbox SET lease_owner = $1, lease_until = $3, lease_token = lease_token + 1,
                 first_at = CASE WHEN attempts > attempts_void THEN COALESCE(first_at, $2) ELSE $2 END,
                 attempts = attempts + 1, updated_at = $2
             WHERE id IN (SELECT id FROM due)
             RETURNING id, community, key, due_at, effect, steps, attempts, attempts_void, lease_token, created_at,
                 first_at, terms, lane, lease_until"
        )
    };
}

/// Attempts before the first, and since when they may have been: none, unless the database was put back.
macro_rules! tried {
    ($now:literal) => {
        concat!("(SELECT COUNT(DISTINCT 1) ", in_doubt!($now), "), (SELECT MAX(copied_at) ", in_doubt!($now), ")")
    };
}

/// The dialects differ in how they take a list apart.
macro_rules! enqueue_all {
    ($list:literal) => {
        concat!(
            "INSERT INTO outbox
                 (community, key, due_at, effect, created_at, updated_at, attempts, first_at, terms, pace, lane)
             SELECT CAST(item.value ->> 'community' AS BIGINT), item.value ->> 'key',
                 CAST(item.value ->> 'due_at' AS BIGINT), item.value -> 'effect', $1, $1, ",
            tried!("$1"),
            ", item.value -> 'terms',
                 item.value ->> 'pace', COALESCE(
                     (SELECT posted.lane FROM outbox AS posted
                      WHERE posted.community = CAST(item.value ->> 'community' AS BIGINT)
                          AND posted.key = item.value ->> 'changes'), item.value ->> 'lane')
             FROM ",
            $list,
            " AS item WHERE true ON CONFLICT (community, key) DO NOTHING"
        )
    };
}

/// The condition that the lease, as `$1` and `$2`, is still good.
macro_rules! held {
    () => {
        " WHERE id = $1 AND lease_token = $2 AND state = 'pending' AND lease_until IS NOT NULL"
    };
}

impl Tx {
    /// Keeps an effect to carry out on the usual terms; `false` if the community has one of this key already,
    /// and then nothing changes.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community; what the database says, such as for a key that is
    /// too long.
    pub async fn enqueue(&mut self, new: &NewEffect, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.enqueue_on(new, &Terms::default(), now).await
    }

    /// The same on terms of its own.
    ///
    /// # Errors
    /// As [`Tx::enqueue`].
    pub async fn enqueue_on(&mut self, new: &NewEffect, terms: &Terms, now: DateTime<Utc>) -> Result<bool, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO outbox
                 (community, key, due_at, effect, created_at, updated_at, attempts, first_at, terms, pace, lane)
             VALUES ($1, $2, $3, $4, $5, $5, ",
            tried!("$5"),
            ", $6, $7, COALESCE(
                 (SELECT posted.lane FROM outbox AS posted WHERE posted.community = $1 AND posted.key = $8), $9))
             ON CONFLICT (community, key) DO NOTHING"
        );
        let NewEffect { community, key, due_at, effect } = new;
        let values = [
            (*community).into(),
            key.as_str().into(),
            (*due_at).into(),
            json(effect)?,
            now.into(),
            json(terms)?,
            effect.pace().key().into(),
            effect.changes().into(),
            effect.lane(*community).as_deref().into(),
        ];
        self.queued = true;
        self.changed(SQL, values).await
    }

    /// Keeps several effects in one statement; those whose keys are there already change nothing. Returns how many
    /// were new. Give it a bounded number at a time.
    ///
    /// # Errors
    /// As [`Tx::enqueue`].
    pub async fn enqueue_all(&mut self, new: &[(NewEffect, Terms)], now: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = match &self.inner {
            super::Inner::Sqlite(_) => enqueue_all!("json_each($2)"),
            super::Inner::Pg(_) => enqueue_all!("jsonb_array_elements(CAST($2 AS JSONB))"),
        };
        let item = |(NewEffect { community, key, due_at, effect }, terms): &(NewEffect, Terms)| {
            serde_json::json!({
                "community": community, "key": key, "due_at": due_at.timestamp_micros(), "effect": effect,
                "terms": terms, "pace": effect.pace().key(), "changes": effect.changes(),
                "lane": effect.lane(*community),
            })
        };
        self.queued = true;
        self.run(sql, [now.into(), json(&new.iter().map(item).collect::<Vec<_>>())?]).await
    }

    /// Claims at most `limit` effects that are due and that nobody else is carrying out, for `owner` until
    /// `until`; longest due first. Those behind another one of their lane, and those whose pace is `shut`, are
    /// left alone. Commit before acting.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim(
        &mut self,
        owner: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
        shut: &[(CommunityId, Pace)],
    ) -> Result<Vec<Claimed>, StoreError> {
        let sql = match &self.inner {
            super::Inner::Sqlite(_) => claim!(""),
            super::Inner::Pg(_) => claim!("FOR UPDATE SKIP LOCKED"),
        };
        let mut shut: String = shut.iter().map(|(community, pace)| format!("|{community}:{}|", pace.key())).collect();
        shut.push('|');
        let values = [owner.into(), now.into(), until.into(), i64::from(limit).into(), shut.into()];
        let mut claimed: Vec<Claimed> = self.all(sql, values).await?;
        claimed.sort_by_key(|claimed| (claimed.due_at, claimed.id));
        Ok(claimed)
    }

    /// Keeps an effect claimed until `until`; `false` if the lease is no longer good: then stop.
    ///
    /// # Errors
    /// What the database says.
    pub async fn renew(&mut self, lease: &Lease, until: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = concat!("UPDATE outbox SET lease_until = $3", held!());
        self.changed(sql, [lease.id.into(), lease.token.into(), until.into()]).await
    }

    /// Gives back an effect that was claimed and not begun: as if it had never been claimed, but due at
    /// `due_at` if there is one. `false` if the lease is no longer good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_back(
        &mut self,
        lease: &Lease,
        due_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        const SQL: &str = concat!(
            "UPDATE outbox SET due_at = COALESCE($3, due_at), attempts = attempts - 1, lease_owner = NULL,
                 lease_until = NULL, updated_at = $4",
            held!()
        );
        self.changed(SQL, [lease.id.into(), lease.token.into(), due_at.into(), now.into()]).await
    }

    /// Keeps how far an effect has come; `false` if the lease is no longer good: then stop.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_steps(&mut self, lease: &Lease, steps: &serde_json::Value) -> Result<bool, StoreError> {
        let sql = concat!("UPDATE outbox SET steps = $3", held!());
        self.changed(sql, [lease.id.into(), lease.token.into(), json(steps)?]).await
    }

    /// Reports an effect as done, with what is worth knowing of it later; `false` if the lease is no longer
    /// good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn finish(
        &mut self,
        lease: &Lease,
        result: &serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        const SQL: &str = concat!(
            "UPDATE outbox SET state = 'done', result = $3, error = NULL, lease_owner = NULL, lease_until = NULL,
                 updated_at = $4",
            held!()
        );
        self.changed(SQL, [lease.id.into(), lease.token.into(), json(result)?, now.into()]).await
    }

    /// Reports an attempt as failed, to be tried again; `false` if the lease is no longer good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retry(&mut self, lease: &Lease, retry: &Retry<'_>, now: DateTime<Utc>) -> Result<bool, StoreError> {
        const SQL: &str = concat!(
            "UPDATE outbox SET due_at = $3, error = $4, attempts_void = CASE WHEN $5 THEN attempts_void ELSE attempts END,
                 lease_owner = NULL, lease_until = NULL, updated_at = $6, holds = $7",
            held!()
        );
        let Retry { due_at, error, ambiguous, holds } = retry;
        let values = [
            lease.id.into(),
            lease.token.into(),
            (*due_at).into(),
            (*error).into(),
            (*ambiguous).into(),
            now.into(),
            (*holds).into(),
        ];
        self.changed(SQL, values).await
    }

    /// Gives an effect up: it becomes a dead letter. `false` if the lease is no longer good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bury(&mut self, lease: &Lease, error: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        const SQL: &str = concat!(
            "UPDATE outbox SET state = 'dead', error = $3, lease_owner = NULL, lease_until = NULL, updated_at = $4",
            held!()
        );
        self.changed(SQL, [lease.id.into(), lease.token.into(), error.into(), now.into()]).await
    }

    /// When there is next something to claim: when it is due, or when the lease on it runs out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.next_due_beside(&[]).await
    }

    /// The same, where some paces are shut until an instant.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_due_beside(
        &mut self,
        shut: &[((CommunityId, Pace), DateTime<Utc>)],
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT community, pace, MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) AS at
             FROM outbox AS waiting
             WHERE state = 'pending' AND NOT EXISTS (
                 SELECT 1 FROM outbox AS other
                 WHERE other.lane = waiting.lane AND other.state = 'pending' AND other.id <> waiting.id
                     AND ((other.holds AND other.id < waiting.id)
                         OR (other.lease_until IS NOT NULL AND waiting.lease_until IS NULL)))
             GROUP BY community, pace";
        let due: Vec<Next> = self.all(sql, []).await?;
        let at = |Next { community, pace, at }: Next| {
            let until = shut.iter().find(|(place, _)| *place == (community, pace)).map(|(_, until)| *until);
            until.map_or(at, |until| until.max(at))
        };
        Ok(due.into_iter().map(at).min())
    }

    /// The keys that begin so, of effects in whatever state.
    ///
    /// # Errors
    /// What the database says.
    pub async fn effect_keys(&mut self, community: CommunityId, beginning: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.effects_due(community, beginning).await?.into_iter().map(|(key, _)| key).collect())
    }

    /// The same, each with when it was, or is, due.
    ///
    /// # Errors
    /// What the database says.
    pub async fn effects_due(
        &mut self,
        community: CommunityId,
        beginning: &str,
    ) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT key, due_at FROM outbox WHERE community = $1 AND SUBSTR(key, 1, LENGTH($2)) = $2 ORDER BY id";
        let due: Vec<DueKey> = self.all(sql, [community.into(), beginning.into()]).await?;
        Ok(due.into_iter().map(|DueKey(key, due_at)| (key, due_at)).collect())
    }

    /// What waits in this community with this error is due now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hurry(&mut self, community: CommunityId, error: &str, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "UPDATE outbox SET due_at = $3, updated_at = $3
             WHERE community = $1 AND state = 'pending' AND error = $2 AND lease_until IS NULL AND due_at > $3";
        self.queued = true;
        self.run(sql, [community.into(), error.into(), now.into()]).await
    }

    /// What waits for this pair with this error is due now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hurry_pair(&mut self, pair: PairId, error: &str, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "UPDATE outbox SET due_at = $3, updated_at = $3
             WHERE lane = $1 AND state = 'pending' AND error = $2 AND lease_until IS NULL AND due_at > $3";
        self.queued = true;
        self.run(sql, [format!("pair:{pair}").into(), error.into(), now.into()]).await
    }

    /// The keys that begin so, of effects that were not stopped before anything of them was sent.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unstopped_keys(&mut self, community: CommunityId, beginning: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT key, due_at FROM outbox WHERE community = $1 AND SUBSTR(key, 1, LENGTH($2)) = $2
                 AND (state <> 'done' OR error IS NULL OR error <> 'stopped')
             ORDER BY id";
        let keys: Vec<DueKey> = self.all(sql, [community.into(), beginning.into()]).await?;
        Ok(keys.into_iter().map(|DueKey(key, _)| key).collect())
    }

    /// Whether anything was decided to be sent since, besides effects whose keys begin so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sends_since(
        &mut self,
        community: CommunityId,
        since: DateTime<Utc>,
        besides: &str,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) AS n FROM outbox
             WHERE community = $1 AND created_at >= $2 AND SUBSTR(key, 1, LENGTH($3)) <> $3";
        Ok(self.one::<i64, _>(sql, [community.into(), since.into(), besides.into()]).await? > 0)
    }

    /// How many effects are neither done nor given up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pending_effects(&mut self) -> Result<i64, StoreError> {
        self.one("SELECT COUNT(*) AS n FROM outbox WHERE state = 'pending'", []).await
    }
}
