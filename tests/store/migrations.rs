//! The tables of every version ever shipped become today's, with what was in them.

use std::{collections::BTreeSet, path::Path};

use plsep_bot::store::{Applied, StoreError};
use sqlx::{Connection, PgConnection, SqliteConnection, migrate::Migrator};

use super::harness::{World, raw};

fn folder(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn names(path: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder(path)).expect("the folder is there");
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

fn newest() -> i64 {
    let last = names("migrations/sqlite").into_iter().next_back().expect("there is a migration");
    last[..4].parse().expect("a migration begins with its number")
}

/// Puts the database back to an older version: empty, then forward to that version with its samples.
async fn at_version(world: &World, version: i64) {
    world.store.close().await;
    let files = if world.is_sqlite() { "migrations/sqlite" } else { "migrations/postgres" };
    let migrations = Migrator::new(folder(files)).await.unwrap();
    if world.is_sqlite() {
        let path = world.url.trim_start_matches("sqlite://");
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{path}{suffix}"));
        }
        std::fs::write(path, "").unwrap();
        let mut connection = SqliteConnection::connect(&world.url).await.unwrap();
        migrations.run_direct(Some(version), &mut connection, false).await.unwrap();
        connection.close().await.unwrap();
    } else {
        raw(&world.url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public".to_owned()).await.unwrap();
        let mut connection = PgConnection::connect(&world.url).await.unwrap();
        migrations.run_direct(Some(version), &mut connection, false).await.unwrap();
        connection.close().await.unwrap();
    }
    for name in names("tests/store/samples").iter().filter(|name| name[..4].parse::<i64>().unwrap() <= version) {
        let sample = std::fs::read_to_string(folder("tests/store/samples").join(name)).unwrap();
        raw(&world.url, sample).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn both_databases_have_the_same_migrations_each_with_a_sample() {
    let sqlite = names("migrations/sqlite");
    assert_eq!(sqlite, names("migrations/postgres"));
    assert_eq!(sqlite, names("tests/store/samples"), "each migration brings sample data of its version");
    let numbers: Vec<i64> = sqlite.iter().map(|name| name[..4].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=newest()).collect::<Vec<_>>(), "versions are counted without a gap");
}

stories! {
    async fn a_new_database_gets_every_migration_once(world) {
        assert_eq!(world.store.migrate().await.unwrap(), Applied { from: newest(), to: newest() });
        at_version(&world, 0).await;
        let store = world.second().await;
        assert_eq!(store.migrate().await.unwrap(), Applied { from: 0, to: newest() });
        assert_eq!(store.migrate().await.unwrap(), Applied { from: newest(), to: newest() });
        store.close().await;
    }

    async fn two_processes_may_migrate_at_once(world) {
        at_version(&world, 0).await;
        let (one, other) = (world.second().await, world.second().await);
        let (first, second) = tokio::join!(one.migrate(), other.migrate());
        let mut from = [first.unwrap().from, second.unwrap().from];
        from.sort_unstable();
        assert_eq!(from, [0, newest()]);
        one.close().await;
        other.close().await;
    }

    async fn every_older_version_becomes_todays_with_what_was_in_it(world) {
        for version in 1..=newest() {
            at_version(&world, version).await;
            let store = world.second().await;
            assert_eq!(store.migrate().await.unwrap(), Applied { from: version, to: newest() });
            let mut tx = store.read().await.unwrap();
            let community = tx.communities().await.unwrap().remove(0);
            let season = tx.current_season(community.id).await.unwrap().expect("the sample has a season");
            let period = "2025-03".parse().unwrap();
            let pair = tx.pairs(season.id).await.unwrap().remove(0);
            assert_eq!(tx.coordinators(community.id).await.unwrap().len(), 1);
            assert_eq!(tx.roster(community.id).await.unwrap().len(), 1);
            assert_eq!(tx.applications(season.id).await.unwrap().len(), 2);
            assert!(tx.latest_proposal(season.id).await.unwrap().is_some());
            assert_eq!(tx.rulings(season.id).await.unwrap().len(), usize::from(version >= 5));
            assert_eq!(tx.open_concerns(community.id).await.unwrap().len(), usize::from(version >= 6));
            assert_eq!(tx.signatures(season.id).await.unwrap().len(), 1);
            assert_eq!(tx.answers(pair.id, period).await.unwrap().len(), 1);
            assert_eq!(tx.nudges(pair.id, period).await.unwrap().len(), 1);
            assert_eq!(tx.pending_effects().await.unwrap(), 1);
            assert_eq!(tx.dead_letters(community.id).await.unwrap().len(), 1);
            assert_eq!(tx.unread(2.into()).await.unwrap().len(), usize::from(version >= 6));
            assert!(tx.effect_result(community.id, "intro:1").await.unwrap().is_some());
            assert_ne!(tx.runs_of(season.id, "nudge").await.unwrap(), plsep_bot::store::Runs::default());
            assert_eq!(tx.audit(community.id, 10).await.unwrap().len(), 3);
            drop(tx);
            store.close().await;
        }
    }

    async fn a_database_of_a_later_version_is_left_alone(world) {
        world.raw("UPDATE _sqlx_migrations SET version = 9000 WHERE version = 1").await.unwrap();
        let refused = world.store.migrate().await.unwrap_err();
        assert_eq!(refused, StoreError::Newer { found: 9000, known: newest() });
        assert!(refused.to_string().contains("Start the newer program"), "{refused}");
    }

    async fn a_database_of_an_edited_version_is_left_alone(world) {
        let zero = if world.is_sqlite() { "x'00'" } else { "'\\x00'" };
        world.raw(format!("UPDATE _sqlx_migrations SET checksum = {zero} WHERE version = 1")).await.unwrap();
        assert_eq!(world.store.migrate().await, Err(StoreError::Changed { version: 1 }));
    }
}
