//! Runs a story on a fresh database of either kind, and sets the scene for it.

use std::{
    future::Future,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use chrono::{DateTime, Utc};
use plsep_bot::{
    chat::{CommunityRef, UserRef},
    store::{Ask, Community, NewPair, Pair, Person, PersonSeen, Season, Store, Tx},
};
use plsep_domain::{CommunityId, Period, Program, ProposalId};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::postgres;

/// Tells each story once for each database.
macro_rules! stories {
    ($(async fn $name:ident($world:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn story($world: $crate::store::harness::World) $body

            #[test]
            fn on_sqlite() {
                $crate::store::harness::on_sqlite(story);
            }

            #[test]
            fn on_postgres() {
                $crate::store::harness::on_postgres(story);
            }
        }
    )+};
}

/// A database of its own.
pub struct World {
    /// The store in it, migrated unless the story began with an empty one.
    pub store: Store,
    /// Its address.
    pub url: String,
}

/// A season with two people in it.
#[derive(Clone)]
pub struct Scene {
    pub community: Community,
    pub season: Season,
    pub ada: Person,
    pub ben: Person,
}

impl Scene {
    /// What an event of this person begins with.
    pub fn ask(&self, person: &Person, event_key: &str) -> Ask {
        Ask::new(&self.community.at, &person.user, event_key)
    }
}

/// Removes a folder when the story ends, however it ends.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(World) -> F) {
    let folder = Folder(fresh_folder());
    run(async {
        let url = format!("sqlite://{}/store.sqlite", folder.0.display());
        tell(url, story).await;
    });
}

pub fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(World) -> F) {
    let Some(server) = postgres::server() else { return };
    run(async {
        let url = postgres::fresh(&server).await;
        tell(url.clone(), story).await;
        postgres::remove(&server, &url).await;
    });
}

pub fn fresh_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plsep-store-{}-{}", std::process::id(), number()));
    std::fs::create_dir_all(&folder).expect("the temporary folder takes a folder");
    folder
}

pub fn run<T>(story: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime starts").block_on(story)
}

async fn tell<F: Future<Output = ()>>(url: String, story: impl FnOnce(World) -> F) {
    let store = Store::connect(&url).await.expect("the fresh database opens");
    store.migrate().await.expect("the fresh database is migrated");
    story(World { store: store.clone(), url }).await;
    store.close().await;
}

fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl World {
    pub async fn read(&self) -> Tx {
        self.store.read().await.expect("reading begins")
    }

    pub async fn write(&self) -> Tx {
        self.store.write().await.expect("writing begins")
    }

    /// Another store on the same database, as a second process would have it.
    pub async fn second(&self) -> Store {
        Store::connect(&self.url).await.expect("the database opens once more")
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    /// Does what no method of the store does.
    pub async fn raw(&self, sql: impl Into<String>) -> Result<(), String> {
        raw(&self.url, sql.into()).await
    }

    pub async fn scene(&self) -> Scene {
        let mut tx = self.write().await;
        let community = community(&mut tx, "T1").await;
        let season = tx.insert_season(community.id, &program("plsep-2025"), noon()).await.unwrap();
        let ada = person(&mut tx, community.id, "ada").await;
        let ben = person(&mut tx, community.id, "ben").await;
        tx.commit().await.unwrap();
        Scene { community, season, ada, ben }
    }
}

pub async fn raw(url: &str, sql: String) -> Result<(), String> {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql));
    let done = if url.starts_with("sqlite") {
        sql.execute(&mut SqliteConnection::connect(url).await.expect("the database opens")).await.map(|_| ())
    } else {
        sql.execute(&mut PgConnection::connect(url).await.expect("the database opens")).await.map(|_| ())
    };
    done.map_err(|error| error.to_string())
}

pub async fn community(tx: &mut Tx, id: &str) -> Community {
    let at = CommunityRef { chat: "slack".to_owned(), id: id.to_owned() };
    tx.upsert_community(&at, "Libraries of California", noon()).await.unwrap()
}

pub async fn person(tx: &mut Tx, community: CommunityId, name: &str) -> Person {
    let seen = PersonSeen {
        user: UserRef(format!("U-{name}")),
        name: name.to_owned(),
        locale: Some("en-US".to_owned()),
        zone: Some("America/Los_Angeles".to_owned()),
        email: Some(format!("{name}@library.example")),
    };
    tx.upsert_person(community, &seen, noon()).await.unwrap()
}

/// Ada mentors Ben.
pub async fn pair(tx: &mut Tx, scene: &Scene) -> Pair {
    let proposal = tx.save_proposal(scene.season.id, &serde_json::json!({}), noon()).await.unwrap();
    tx.insert_pair(&new_pair(scene, proposal), noon()).await.unwrap()
}

pub fn new_pair(scene: &Scene, proposal: ProposalId) -> NewPair {
    NewPair {
        season: scene.season.id,
        proposal,
        mentor: scene.ada.id,
        mentee: scene.ben.id,
        score: 87,
        reasons: serde_json::json!(["both work with children"]),
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test writes an instant")
}

pub fn noon() -> DateTime<Utc> {
    at("2025-01-15T12:00:00.123456Z")
}

pub fn period(text: &str) -> Period {
    text.parse().expect("the test writes a month")
}

pub fn program(key: &str) -> Program {
    let text = serde_json::json!({ "en": "Mentorship", "es": "Mentoría" });
    serde_json::from_value(serde_json::json!({
        "key": key,
        "name": text,
        "contact": "plsep@example.org",
        "calendar": {
            "zone": "America/Los_Angeles",
            "applications_open": "2025-01-13 09:00",
            "applications_close": "2025-02-17 23:59",
            "agreements_due": "2025-03-01",
            "runs_from": "2025-03-01",
            "runs_until": "2025-06-30",
            "wrap_up_until": "2025-07-14",
        },
        "nudge": {
            "cron": "0 10 1 * *",
            "retry_after_days": 4,
            "retries_max": 2,
            "civil_hours": { "from": "09:00", "to": "18:00" },
        },
        "matching": {
            "weights": { "specialisations": 40, "times": 20, "formats": 10, "languages": 10, "position": 10, "years": 10 },
        },
        "agreement": { "version": "2025-1", "text": text },
        "about": { "what": text, "mentee_benefits": text, "mentor_benefits": text, "expectations": text },
        "prompts": [text],
        "questions": [],
    }))
    .expect("the sample is a program")
}
