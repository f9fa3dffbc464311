//! Who may import whom. Tests inside modules may import what they like; everything that runs may not.

use super::source::{Breach, Source, expect_none, rust_files};

/// A module below `bot/` and the modules it may name. `domain` and `sandbox` are packages of their own.
/// Whoever adds a module adds it here and to docs/ARCHITECTURE.md.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("chat", &["recovery"]),
    ("clock", &[]),
    ("download", &["chat"]),
    ("recovery", &[]),
    ("sheet", &["domain"]),
    ("words", &["domain", "chat"]),
    ("cron_line", &["domain"]),
    ("store", &["domain", "chat", "clock"]),
    ("flows", &["domain", "chat", "cron_line", "sheet", "words", "store", "clock", "recovery", "reports"]),
    ("reports", &["domain", "store"]),
    ("outbox", &["domain", "store", "chat", "clock", "recovery"]),
    ("jobs", &["domain", "flows"]),
    ("schedule", &["domain", "jobs", "store", "clock", "cron_line", "recovery"]),
    ("discord", &["chat", "clock", "download", "recovery"]),
    ("slack", &["chat", "clock", "download", "recovery"]),
    ("config", &["domain", "cron_line"]),
    ("wiring", &ANYTHING),
    ("cli", &ANYTHING),
    ("main", &ANYTHING),
    ("lib", &[]),
];

const ANYTHING: [&str; 18] = [
    "domain",
    "sandbox",
    "chat",
    "clock",
    "download",
    "recovery",
    "sheet",
    "words",
    "reports",
    "cron_line",
    "store",
    "flows",
    "outbox",
    "jobs",
    "schedule",
    "config",
    "wiring",
    "cli",
];

/// Modules that only [`ANYTHING`]'s owners may name, besides: the platforms.
const PLATFORMS: [&str; 2] = ["discord", "slack"];

/// Libraries that one place alone knows, and that place.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("serenity", &["discord"]),
    ("slack_morphism", &["slack"]),
    ("tokio_tungstenite", &["slack"]),
    ("sqlx", &["store"]),
    ("cron", &["cron_line"]),
    ("fluent_bundle", &["words"]),
    ("icalendar", &["words"]),
    ("clap", &["cli", "main"]),
    ("indicatif", &["cli"]),
    ("krilla", &["reports"]),
    ("rustybuzz", &["reports"]),
    ("encoding_rs", &["sheet"]),
    ("plotters", &["reports"]),
    ("png", &["reports"]),
    ("rust_xlsxwriter", &["reports"]),
];

/// The breaches of one file.
fn breaches(source: &Source) -> Vec<Breach> {
    let Some(module) = source.module() else { return Vec::new() };
    let mut found = Vec::new();
    if module == "domain" || module == "sandbox" {
        // Their own `crate::` is their own; Cargo keeps them from the rest, and packages.rs keeps Cargo.
        return found;
    }
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
        let what = format!("{module} is a new module: say in tests/tidy/imports.rs whom it may import");
        return vec![source.breach(1, what)];
    };
    for (line, path) in paths(&source.code) {
        if source.is_test(line) {
            continue;
        }
        let Some(target) = target(source, &path) else { continue };
        let everything = allowed.len() == ANYTHING.len();
        let known = target == module || allowed.contains(&target) || everything && PLATFORMS.contains(&target);
        if target == "*" {
            found.push(source.breach(line, "name what you import instead of the whole crate"));
        } else if !known && (is_module(target) || matches!(target, "domain" | "sandbox")) {
            let what = format!("{module} may not import {target}; it may import {}", list(allowed));
            found.push(source.breach(line, what));
        } else if let Some((library, homes)) = ONLY_IN.iter().find(|(library, _)| *library == path[0])
            && !homes.contains(&module)
        {
            found.push(source.breach(line, format!("only {} may use {library}", list(homes))));
        }
    }
    found
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "nothing of ours".to_owned() } else { names.join(", ") }
}

fn is_module(name: &str) -> bool {
    MAY_IMPORT.iter().any(|(module, _)| *module == name)
}

/// The module of ours, or the library, that a path leads to.
fn target<'a>(source: &Source, path: &'a [String]) -> Option<&'a str> {
    let supers = path.iter().take_while(|segment| *segment == "super").count();
    // Up to the root of the crate: bot/x.rs and bot/x/mod.rs lie one below it, bot/x/y.rs lies two below.
    let depth = source.path.trim_end_matches("/mod.rs").matches('/').count();
    match path[0].as_str() {
        "crate" | "plsep_bot" => path.get(1).map(String::as_str),
        "super" if supers >= depth => path.get(supers).map(String::as_str).filter(|name| is_module(name)),
        "plsep_domain" => Some("domain"),
        "plsep_sandbox" => Some("sandbox"),
        library if ONLY_IN.iter().any(|(known, _)| *known == library) && path.len() > 1 => Some(library),
        _ => None,
    }
}

/// Every path in the code with its line; `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(code: &[String]) -> Vec<(usize, Vec<String>)> {
    let tokens: Vec<(usize, String)> =
        code.iter().enumerate().flat_map(|(line, text)| tokens(text).into_iter().map(move |t| (line + 1, t))).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = tree(&tokens, at, &[], &mut found).max(at + 1);
    }
    found
}

/// Reads one tree of paths from a token on and gives the token behind it.
fn tree(tokens: &[(usize, String)], from: usize, before: &[String], found: &mut Vec<(usize, Vec<String>)>) -> usize {
    let mut path = before.to_vec();
    let mut at = from;
    let text = |at: usize| tokens.get(at).map_or("", |(_, text)| text.as_str());
    let line = tokens.get(from).map_or(0, |(line, _)| *line);
    loop {
        if text(at) == "{" && !path.is_empty() {
            at += 1;
            while !matches!(text(at), "}" | "") {
                at = tree(tokens, at, &path, found).max(at + 1);
            }
            return at + 1;
        }
        if !is_name(text(at)) && text(at) != "*" {
            break;
        }
        path.push(text(at).to_owned());
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    if path.len() > before.len() {
        found.push((line, path));
    }
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
}

/// Names, `::`, and every other sign on its own.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign.is_whitespace() {
            continue;
        }
        let mut token = sign.to_string();
        let in_name = |sign: &char| sign.is_alphanumeric() || *sign == '_';
        if in_name(&sign) {
            while let Some(more) = signs.next_if(in_name) {
                token.push(more);
            }
        } else if sign == ':' && signs.next_if_eq(&':').is_some() {
            token.push(':');
        }
        tokens.push(token);
    }
    tokens
}

#[test]
fn every_module_imports_only_what_it_may() {
    expect_none(rust_files().iter().flat_map(breaches).collect());
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text)).len();
    assert_eq!(found("bot/store/mod.rs", "use crate::flows::Apply;"), 1);
    assert_eq!(found("bot/store/mod.rs", "use crate::{chat::UserRef, flows::{self, apply}};"), 2);
    assert_eq!(found("bot/store/mod.rs", "fn f() {\n  crate::discord::render();\n}"), 1);
    assert_eq!(found("bot/store/mod.rs", "use crate::*;"), 1);
    assert_eq!(found("bot/outbox.rs", "use super::flows;"), 1);
    assert_eq!(found("bot/flows/apply.rs", "use super::super::discord::render;"), 1);
    assert_eq!(found("bot/chat/port.rs", "use plsep_domain::Program;"), 1);
    assert_eq!(found("bot/flows/apply.rs", "use sqlx::Row;"), 1);
    assert_eq!(found("bot/flows/apply.rs", "use serenity::{model::id, http};"), 2);
    assert_eq!(found("bot/novelty.rs", "fn f() {}"), 1);
    assert_eq!(found("bot/flows/apply.rs", "use plsep_sandbox::World;"), 1);
}

#[test]
fn what_is_allowed_passes() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text));
    assert_eq!(found("bot/store/mod.rs", "use crate::{chat::UserRef, store::Tx};\nuse plsep_domain::Program;"), []);
    assert_eq!(found("bot/store/mod.rs", "// use crate::flows\n#[cfg(test)]\nmod tests { use crate::flows; }"), []);
    assert_eq!(found("bot/flows/apply.rs", "use super::words::own;\nlet cron = 1; pub(crate) fn f() {}"), []);
    assert_eq!(found("bot/wiring.rs", "use crate::{discord, slack, sandbox};\nuse plsep_sandbox::World;"), []);
    assert_eq!(found("bot/sandbox/discord/mod.rs", "use crate::discord::x;"), []);
}
