//! Rules that look at lines of Rust: module docs, length, words of platforms, SQL, and `unwrap`.

use super::source::{Breach, Source, expect_none, rust_files};

/// Longer files are split into rooms.
const LINES_MAX: usize = 600;

/// Words that belong to one platform alone. The rest of the house says community, person, channel, form.
const PLATFORM_WORDS: [&str; 14] = [
    "discord",
    "slack",
    "serenity",
    "morphism",
    "guild",
    "guilds",
    "snowflake",
    "snowflakes",
    "workspace",
    "workspaces",
    "gateway",
    "ephemeral",
    "modal",
    "modals",
];

/// Modules below `bot/` where platforms are at home, or are put together.
const KNOWS_PLATFORMS: [&str; 8] = ["discord", "slack", "sandbox", "config", "cli", "wiring", "main", "lib"];

/// How statements begin; people's sentences are not written like this.
const SQL: [&str; 12] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "BEGIN IMMEDIATE",
    "PRAGMA ",
    "insert into ",
    "delete from ",
];

fn module_docs(source: &Source) -> Option<Breach> {
    let starts = source.text.starts_with("//! ");
    (!starts).then(|| source.breach(1, "open with //! and say what the file does and what it refuses to do"))
}

fn length(source: &Source) -> Option<Breach> {
    let lines = source.text.lines().count();
    (lines > LINES_MAX)
        .then(|| source.breach(LINES_MAX, format!("{lines} lines are more than {LINES_MAX}: split it into rooms")))
}

fn platform_words(source: &Source) -> Vec<Breach> {
    if source.module().is_none_or(|module| KNOWS_PLATFORMS.contains(&module)) {
        return Vec::new();
    }
    let code = source.code.iter().enumerate().map(|(line, text)| (line + 1, text.as_str()));
    let strings = source.strings.iter().map(|(line, text)| (*line, text.as_str()));
    let found = code.chain(strings).filter(|(line, _)| !source.is_test(*line)).flat_map(|(line, text)| {
        let word = words(text).into_iter().find(|word| PLATFORM_WORDS.contains(&word.as_str()))?;
        Some(source.breach(line, format!("\"{word}\" belongs to one platform: say it neutrally, or in its folder")))
    });
    found.collect()
}

/// The words of a text in lower case: `GuildId`, `guild_id` and `guild id` are all guild and id.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_lower = false;
    for sign in text.chars() {
        if !sign.is_alphabetic() || sign.is_uppercase() && before_lower {
            words.push(String::new());
        }
        if sign.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(sign.to_lowercase());
        }
        before_lower = sign.is_lowercase();
    }
    words
}

fn sql(source: &Source) -> Vec<Breach> {
    if source.module().is_none_or(|module| module == "store") {
        return Vec::new();
    }
    let strings = source.strings.iter().filter(|(line, _)| !source.is_test(*line));
    let found = strings.filter(|(_, text)| SQL.iter().any(|start| text.trim_start().starts_with(start)));
    found.map(|(line, _)| source.breach(*line, "SQL stands in bot/store alone: add a method to Store there")).collect()
}

fn unwraps(source: &Source) -> Vec<Breach> {
    let lines = source.code.iter().enumerate().map(|(line, text)| (line + 1, text));
    let found = lines.filter(|(line, text)| !source.is_test(*line) && text.contains(".unwrap()"));
    let what = "handle it, or expect(..) the invariant that makes it impossible";
    found.map(|(line, _)| source.breach(line, what)).collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    expect_none(rust_files().iter().filter_map(module_docs).collect());
}

#[test]
fn no_file_is_too_long() {
    expect_none(rust_files().iter().filter_map(length).collect());
}

#[test]
fn platforms_are_named_in_their_folders_alone() {
    expect_none(rust_files().iter().flat_map(platform_words).collect());
}

#[test]
fn sql_stands_in_the_store_alone() {
    expect_none(rust_files().iter().flat_map(sql).collect());
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    expect_none(rust_files().iter().flat_map(unwraps).collect());
}

#[test]
fn each_rule_finds_its_breach_and_no_more() {
    let flow = |text: &str| Source::new("bot/flows/apply.rs", text);
    assert!(module_docs(&flow("use x;\n//! Late.")).is_some());
    assert!(module_docs(&flow("//! In time.\n")).is_none());

    assert!(length(&flow(&"\n".repeat(LINES_MAX + 1))).is_some());
    assert!(length(&flow(&"\n".repeat(LINES_MAX))).is_none());

    for text in ["struct GuildId;", "let x = \"Open Slack.\";", "fn from_slack() {}", "const DISCORD_MAX: u8 = 1;"] {
        assert_eq!(platform_words(&flow(text)).len(), 1, "{text}");
        assert_eq!(platform_words(&Source::new("bot/slack/render.rs", text)), [], "{text}");
    }
    for text in
        ["// Slack counts otherwise", "fn slackish() {}", "#[cfg(test)]\nmod tests { const X: &str = \"slack\"; }"]
    {
        assert_eq!(platform_words(&flow(text)), [], "{text}");
    }

    let statement = "fn f() {\n  q(\"\n  SELECT 1\");\n}";
    assert_eq!(sql(&flow(statement)).first().map(|breach| breach.line), Some(2));
    assert_eq!(sql(&Source::new("bot/store/mod.rs", statement)), []);
    assert_eq!(sql(&flow("let x = \"Select a person from the list.\";")), []);

    assert_eq!(unwraps(&flow("fn f() { x.unwrap(); }")).len(), 1);
    assert_eq!(unwraps(&flow("// x.unwrap()\nfn f() { x.unwrap_or(1); }")), []);
    assert_eq!(unwraps(&Source::new("tests/e2e/main.rs", "fn f() { x.unwrap(); }")), []);
}
