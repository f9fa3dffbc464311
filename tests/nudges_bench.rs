//! How long it takes to find the pairs that are due for the month's question, and to queue the questions, as the
//! number of pairs grows: `cargo bench --bench nudges`. On SQLite in a file, and on PostgreSQL where
//! `PLSEP_TEST_POSTGRES` names a server. It prints figures and judges nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use plsep_bot::chat::{CommunityRef, UserRef};
use plsep_bot::clock::Clock;
use plsep_bot::config::{ProgramSource, load_program};
use plsep_bot::flows::{Flows, Parts, check_in, month};
use plsep_bot::store::{Held, NewPair, PersonSeen, Season, Store, every_pair};
use plsep_bot::words::Catalogue;
use plsep_domain::{CheckInAnswer, PairState, Period, PersonId, Program};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

const SIZES: [usize; 4] = [1_000, 2_500, 5_000, 10_000];

/// Times each look is taken; the middle one counts.
const LOOKS: usize = 7;

fn now() -> DateTime<Utc> {
    "2025-03-20T17:00:00Z".parse().expect("an instant")
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        let folder = std::env::temp_dir().join(format!("plsep-nudges-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the temporary folder takes a folder");
        measure("SQLite", &format!("sqlite://{}/bench.sqlite", folder.display())).await;
        // What is left behind is in the temporary folder.
        let _ = std::fs::remove_dir_all(&folder);
        match std::env::var_os("PLSEP_TEST_POSTGRES") {
            Some(server) => on_postgres(server.to_str().expect("the address is text")).await,
            None => println!("\nPostgreSQL is not measured: PLSEP_TEST_POSTGRES is not set"),
        }
    });
}

async fn on_postgres(server: &str) {
    let name = format!("plsep_bench_{}", std::process::id());
    let (front, query) = server.split_once('?').unwrap_or((server, ""));
    let base = front.rsplit_once('/').expect("the address of a server names a database").0;
    let mut connection = PgConnection::connect(server).await.expect("the server answers");
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("it makes databases");
    measure("PostgreSQL", &format!("{base}/{name}?{query}")).await;
    connection.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.expect("it drops them");
}

async fn measure(what: &str, url: &str) {
    let store = Store::connect(url).await.expect("the database opens");
    store.migrate().await.expect("the database is migrated");
    let program = load_program(&ProgramSource::default()).expect("the shipped program loads");
    println!("\n{what:<12} {:>8} {:>14} {:>14} {:>14}", "pairs", "find, first", "queue", "find, again");
    for pairs in SIZES {
        let season = fill(&store, &program, pairs).await;
        let flows = flows(&store, &program);
        let period = Period::containing(now(), program.calendar.zone());
        let first = find(&store, &season, period, pairs).await;
        let started = Instant::now();
        let asked =
            check_in::ask_round(&flows, season.id, now(), check_in::Asks::First).await.expect("the round is asked");
        let queued = started.elapsed();
        assert_eq!(asked, pairs);
        half_say_not_yet(&store, &season, period).await;
        let again = find(&store, &season, period, 0).await;
        println!("{:<12} {pairs:>8} {:>11.1} ms {:>11.1} ms {:>11.1} ms", "", ms(first), ms(queued), ms(again));
    }
    store.close().await;
}

/// The middle of several looks for due pairs.
async fn find(store: &Store, season: &Season, period: Period, expected: usize) -> Duration {
    let mut looks = Vec::new();
    for _ in 0..LOOKS {
        let mut tx = store.read().await.expect("the database answers");
        let started = Instant::now();
        let due = month::due_nudges(&mut tx, season, period, &every_pair(), now()).await.expect("it reads");
        looks.push(started.elapsed());
        assert_eq!(due.len(), expected);
    }
    looks.sort_unstable();
    looks[LOOKS / 2]
}

async fn fill(store: &Store, program: &Program, pairs: usize) -> Season {
    let mut tx = store.write().await.expect("the database answers");
    let at = CommunityRef { chat: "slack".to_owned(), id: format!("T{pairs}") };
    let community = tx.upsert_community(&at, "Libraries", now()).await.expect("it takes it").id;
    let season = tx.insert_season(community, program, now()).await.expect("it takes it");
    let proposal = tx.save_proposal(season.id, &serde_json::json!({}), now()).await.expect("it takes it");
    for number in 0..pairs {
        let mut people: Vec<PersonId> = Vec::new();
        for role in ["mentor", "mentee"] {
            let seen = PersonSeen {
                user: UserRef(format!("U{role}{number}")),
                name: format!("{role} {number}"),
                locale: Some("en-US".to_owned()),
                zone: Some("America/Los_Angeles".to_owned()),
                email: None,
            };
            people.push(tx.upsert_person(community, &seen, now()).await.expect("it takes it").id);
        }
        let reasons = serde_json::json!([]);
        let new = NewPair { season: season.id, proposal, mentor: people[0], mentee: people[1], score: 1, reasons };
        let pair = tx.insert_pair(&new, now()).await.expect("it takes it");
        let introduced = PairState::Introduced { at: now() };
        tx.set_pair_state(pair.id, &pair.state, &introduced, now()).await.expect("it takes it");
    }
    tx.commit().await.expect("it is kept");
    season
}

async fn half_say_not_yet(store: &Store, season: &Season, period: Period) {
    let mut tx = store.write().await.expect("the database answers");
    for pair in tx.introduced_pairs(season.id, &every_pair()).await.expect("it reads").iter().step_by(2) {
        tx.record_answer(pair.id, pair.mentee, period, CheckInAnswer::NotYet, now()).await.expect("it takes it");
    }
    tx.commit().await.expect("it is kept");
}

fn flows(store: &Store, program: &Program) -> Arc<Flows> {
    Arc::new(Flows::new(Parts {
        store: store.clone(),
        catalogue: Arc::new(Catalogue::embedded()),
        clock: Clock::simulated(now),
        template: program.clone(),
        limits: |_| plsep_bot::slack::LIMITS,
        work_waits: Arc::default(),
        held: Held::everything(),
        roster_step: plsep_bot::wiring::ROSTER_STEP,
        incident_seed: 0,
    }))
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
