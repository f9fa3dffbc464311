//! Leases: what only one process may do at a time, such as receiving a platform's events. Whoever has one
//! renews it; when it runs out, was given back, or its holder's session at the server has ended, another
//! process takes it over. Each take-over has a token of its own, greater than any before.
//!
//! The time only says when to try. That nobody acts on a lease that was taken over is decided by the token,
//! asked for in the same transaction as the writing ([`Tx::may_act`]): a take-over waits for its turn among
//! the writers, so it comes wholly before or wholly after.
//!
//! A file is for one process: there everything is ours, and nothing is asked.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, Row as _, postgres::PgConnectOptions};

use super::{Db, Store, StoreError, Tx, connect::PG_SETTINGS, dialect::LOCK_OUT};

/// Still held: it runs, and the session that its holder shows, if it shows one, is there. Of sessions of
/// other roles the server does not tell since when they are.
macro_rules! still_held {
    ($now:literal) => {
        concat!(
            "leases.held_until > ",
            $now,
            " AND (leases.session_pid IS NULL OR EXISTS (
                 SELECT 1 FROM pg_stat_activity AS other WHERE other.pid = leases.session_pid
                     AND COALESCE((EXTRACT(EPOCH FROM other.backend_start) * 1000000)::bigint, leases.session_since)
                         = leases.session_since))"
        )
    };
}

/// The session that asks, as the holder shows it; nothing where it is not to be shown (`$shown`).
macro_rules! this_session {
    ($shown:literal) => {
        concat!(
            "(SELECT CASE WHEN ",
            $shown,
            " THEN pid::bigint END AS session_pid,
                 CASE WHEN ",
            $shown,
            " THEN (EXTRACT(EPOCH FROM backend_start) * 1000000)::bigint END AS session_since
             FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS me"
        )
    };
}

/// Asks for leases over a session of its own, so that renewing waits for no other work of the process.
#[derive(Debug)]
pub struct Leases {
    options: PgConnectOptions,
    // Taken out while it is used: where a call is given up halfway, the next begins with a fresh one.
    session: Option<PgConnection>,
    show_session: bool,
}

impl Store {
    /// The leases of a database that several processes may share; `None` where there is only ever one.
    ///
    /// With `show_session` the end of our session counts as our death: another process takes over at once
    /// instead of when the lease runs out.
    #[must_use]
    pub fn leases(&self, show_session: bool) -> Option<Leases> {
        match &*self.db {
            Db::Sqlite(_) => None,
            Db::Pg(pools) => {
                let options = PgConnectOptions::clone(&pools.readers.connect_options());
                Some(Leases { options, session: None, show_session })
            }
        }
    }
}

impl Leases {
    async fn session(&mut self) -> Result<PgConnection, StoreError> {
        if let Some(session) = self.session.take() {
            return Ok(session);
        }
        let mut session = self.options.connect().await?;
        session.execute(PG_SETTINGS).await?;
        Ok(session)
    }

    /// Takes the lease for `owner` until `until` if nobody holds it, and gives its token.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take(
        &mut self,
        name: &str,
        owner: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<i64>, StoreError> {
        const LOOK: &str = concat!("SELECT 1 FROM leases WHERE name = $1 AND ", still_held!("$2"));
        const TAKE: &str = concat!(
            "INSERT INTO leases (name, token, owner, held_until, session_pid, session_since)
             SELECT $1, 1, $3, $4, me.session_pid, me.session_since FROM ",
            this_session!("$5"),
            " ON CONFLICT (name) DO UPDATE SET token = leases.token + 1, owner = excluded.owner,
                 held_until = excluded.held_until, session_pid = excluded.session_pid,
                 session_since = excluded.session_since
             WHERE NOT (",
            still_held!("$2"),
            ") RETURNING token"
        );
        let (now, until) = (now.timestamp_micros(), until.timestamp_micros());
        let mut session = self.session().await?;
        // A look costs the writers nothing; only who finds it free stands in line with them.
        if sqlx::query(LOOK).bind(name).bind(now).fetch_optional(&mut session).await?.is_some() {
            self.session = Some(session);
            return Ok(None);
        }
        let mut tx = session.begin().await?;
        tx.execute(LOCK_OUT).await?;
        let take = sqlx::query(TAKE).bind(name).bind(now).bind(owner).bind(until).bind(self.show_session);
        let taken = take.fetch_optional(&mut *tx).await?;
        tx.commit().await?;
        self.session = Some(session);
        Ok(taken.map(|row| row.try_get(0)).transpose()?)
    }

    /// Keeps the lease until `until`; `false` if it was taken over. It may be renewed late, as long as nobody
    /// else has it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn renew(&mut self, name: &str, token: i64, until: DateTime<Utc>) -> Result<bool, StoreError> {
        const RENEW: &str = concat!(
            "UPDATE leases SET held_until = $3, session_pid = me.session_pid, session_since = me.session_since FROM ",
            this_session!("$4"),
            " WHERE name = $1 AND token = $2"
        );
        let mut session = self.session().await?;
        let renew = sqlx::query(RENEW).bind(name).bind(token).bind(until.timestamp_micros()).bind(self.show_session);
        let renewed = renew.execute(&mut session).await?.rows_affected() > 0;
        self.session = Some(session);
        Ok(renewed)
    }

    /// Gives the lease back, so that another process need not wait; nothing if it was taken over.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_back(&mut self, name: &str, token: i64) -> Result<(), StoreError> {
        const GIVE: &str = "UPDATE leases SET held_until = 0, session_pid = NULL, session_since = NULL
             WHERE name = $1 AND token = $2";
        let mut session = self.session().await?;
        sqlx::query(GIVE).bind(name).bind(token).execute(&mut session).await?;
        self.session = Some(session);
        Ok(())
    }
}

/// Which leases this process believes to hold, by name. Clones share one belief.
#[derive(Clone, Debug, Default)]
pub struct Held(Option<Arc<RwLock<BTreeMap<&'static str, i64>>>>);

impl Held {
    /// For the only process of its database, which may do everything.
    #[must_use]
    pub fn everything() -> Self {
        Self(None)
    }

    /// For one of several processes; it holds nothing yet.
    #[must_use]
    pub fn nothing() -> Self {
        Self(Some(Arc::default()))
    }

    /// Notes the token of a lease that was taken, or that it is lost.
    pub fn set(&self, name: &'static str, token: Option<i64>) {
        let Some(held) = &self.0 else { return };
        let mut held = held.write().unwrap_or_else(PoisonError::into_inner);
        match token {
            Some(token) => held.insert(name, token),
            None => held.remove(name),
        };
    }

    /// Whether this process may act on what the lease allows, where `token` is what the lease has now: it holds the
    /// lease, and nobody has taken it over. The token must have been read in the transaction that writes.
    #[must_use]
    pub fn allows(&self, name: &str, token: Option<i64>) -> bool {
        match self.token(name) {
            Standing::Alone => true,
            Standing::Without => false,
            Standing::With(held) => token == Some(held),
        }
    }

    fn token(&self, name: &str) -> Standing {
        let Some(held) = &self.0 else { return Standing::Alone };
        let held = held.read().unwrap_or_else(PoisonError::into_inner);
        held.get(name).map_or(Standing::Without, |token| Standing::With(*token))
    }
}

enum Standing {
    Alone,
    With(i64),
    Without,
}

impl Tx {
    /// Whether this process may act on what the lease allows: it holds it, and nobody has taken it over. To be
    /// asked in the transaction that writes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn may_act(&mut self, held: &Held, name: &str) -> Result<bool, StoreError> {
        let found = match held.token(name) {
            Standing::Alone | Standing::Without => None,
            Standing::With(_) => self.maybe("SELECT token AS n FROM leases WHERE name = $1", [name.into()]).await?,
        };
        Ok(held.allows(name, found))
    }
}
