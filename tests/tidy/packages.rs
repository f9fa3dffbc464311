//! What packages depend on, and that both databases have the same migrations.

use std::{collections::BTreeSet, fs};

use super::source::{Breach, expect_none, root};

/// A manifest, and what it must not depend on: the walls of the house.
const WALLS: [(&str, &[&str]); 2] = [
    ("bot/domain/Cargo.toml", &["plsep-", "tokio", "sqlx", "reqwest", "axum", "serenity", "slack-morphism", "rand"]),
    ("bot/sandbox/Cargo.toml", &["plsep-", "sqlx", "serenity", "slack-morphism", "twilight", "poise"]),
];

/// The breaches of one manifest; a name that ends in `-` stands for all that begin with it.
fn dependencies(file: &str, manifest: &str, forbidden: &[&str]) -> Vec<Breach> {
    let manifest: toml::Table = manifest.parse().expect("Cargo has read it");
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let names = tables.iter().filter_map(|table| manifest.get(*table)?.as_table()).flat_map(toml::Table::iter);
    let found = names.filter_map(|(key, value)| {
        // A dependency may be renamed: what counts is the package.
        let name = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
        let hit = forbidden.iter().any(|bad| name == *bad || bad.ends_with('-') && name.starts_with(bad));
        let what = format!("must not depend on {name}: docs/ARCHITECTURE.md says why");
        hit.then(|| Breach { file: file.to_owned(), line: 1, what })
    });
    found.collect()
}

/// Migrations that one database has and the other lacks, and names that are not `0001_what_it_does.sql`.
fn migrations(sqlite: &BTreeSet<String>, postgres: &BTreeSet<String>) -> Vec<Breach> {
    let breach = |dialect: &str, name: &str, what: &str| Breach {
        file: format!("migrations/{dialect}/{name}"),
        line: 1,
        what: what.to_owned(),
    };
    let missing = "the other database has this migration: write it for this one, too";
    let in_form = |name: &str| {
        let number = name.split('_').next().unwrap_or_default();
        number.len() == 4 && number.bytes().all(|sign| sign.is_ascii_digit()) && name.ends_with(".sql")
    };
    let mut found: Vec<Breach> = sqlite.difference(postgres).map(|name| breach("postgres", name, missing)).collect();
    found.extend(postgres.difference(sqlite).map(|name| breach("sqlite", name, missing)));
    let oddly_named = sqlite.iter().filter(|name| !in_form(name));
    found.extend(oddly_named.map(|name| breach("sqlite", name, "name it as 0001_what_it_does.sql")));
    found
}

fn names_in(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).into_iter().flatten();
    entries
        .map(|entry| entry.expect("a folder of migrations can be read").file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn the_domain_knows_no_machine_and_the_sandbox_nothing_of_ours() {
    let read = |file: &str| fs::read_to_string(root().join(file)).unwrap();
    expect_none(WALLS.iter().flat_map(|(file, bad)| dependencies(file, &read(file), bad)).collect());
}

#[test]
fn both_databases_have_the_same_migrations() {
    expect_none(migrations(&names_in("migrations/sqlite"), &names_in("migrations/postgres")));
}

#[test]
fn a_forbidden_dependency_is_found_under_any_name() {
    let found = |manifest: &str| dependencies("Cargo.toml", manifest, &["plsep-", "tokio"]).len();
    assert_eq!(found("[dependencies]\ntokio = \"1\"\n[dev-dependencies]\nplsep-domain = { path = \"x\" }"), 2);
    assert_eq!(found("[dependencies]\nharmless = { version = \"1\", package = \"tokio\" }"), 1);
    assert_eq!(found("[dependencies]\ntokio-tungstenite.workspace = true"), 0);
}

#[test]
fn a_migration_that_one_database_lacks_is_found() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let found = migrations(&names(&["0001_start.sql", "two.sql"]), &names(&["0001_start.sql", "0002_more.sql"]));
    let files: Vec<&str> = found.iter().map(|breach| breach.file.as_str()).collect();
    assert_eq!(files, ["migrations/postgres/two.sql", "migrations/sqlite/0002_more.sql", "migrations/sqlite/two.sql"]);
    assert_eq!(migrations(&names(&["0001_start.sql"]), &names(&["0001_start.sql"])), []);
}
