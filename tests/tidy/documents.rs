//! Whether documents say what is: the README's table of commands, links, and nothing that exists on one
//! machine alone. It does not follow links into the web.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use plsep_bot::chat::CommandWords;
use plsep_bot::chat::command::{self, Command, OptionKind, Who};
use plsep_bot::words::{Catalogue, TreeWords};

use super::source::{Breach, expect_none, root, text_files};

/// What the README must hold between its marks. `describe` gives a command's description by its dotted path.
fn command_table(describe: &dyn Fn(&str) -> String) -> String {
    let mut rows = vec!["| Command | What it does | Who may |".to_owned(), "| --- | --- | --- |".to_owned()];
    for (path, command) in command::all() {
        let what = describe(&path.join("."));
        rows.push(format!("| `{}` | {what} | {} |", typed(&path, command), who(command.who)));
    }
    rows.join("\n")
}

fn typed(path: &[&str], command: &Command) -> String {
    let mut line = format!("/{}", path.join(" "));
    for option in command.options {
        let name = option.name;
        let value = match option.kind {
            OptionKind::Choice(choices) => format!("{name}: {}", either(choices)),
            OptionKind::Person
            | OptionKind::Group
            | OptionKind::Words(_)
            | OptionKind::Sought(_)
            | OptionKind::File => name.to_owned(),
        };
        line.push_str(&if option.required { format!(" <{value}>") } else { format!(" [{value}]") });
    }
    line
}

/// `a, b or c`.
fn either(choices: &[&str]) -> String {
    match choices {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        few => few.join(""),
    }
}

const fn who(who: Who) -> &'static str {
    match who {
        Who::Anyone => "everybody",
        Who::Coordinator => "coordinators",
        Who::Steward => "coordinators, and whoever owns or administers the server or workspace",
    }
}

/// What stands between two marks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inside, _)| inside.trim())
}

/// Links of a Markdown text that lead nowhere, with their lines. `exists` knows files by their path from the
/// root, `text_of` reads one.
fn dead_links(file: &str, text: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Vec<Breach> {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let dead = links(text).into_iter().filter_map(|(line, link)| {
        let (path, anchor) = link.split_once('#').map_or((link.as_str(), None), |(path, anchor)| (path, Some(anchor)));
        let target = if path.is_empty() { file.to_owned() } else { joined(folder, path) };
        let what = match (text_of(&target), anchor) {
            (None, _) => format!("{link} leads to no file"),
            (Some(text), Some(anchor)) if !anchors(&text).contains(anchor) => format!("{link} leads to no heading"),
            (Some(_), _) => return None,
        };
        Some(Breach { file: file.to_owned(), line, what: format!("{what}: mend the link") })
    });
    dead.collect()
}

/// A path as seen from a folder, without `..`.
fn joined(folder: &Path, path: &str) -> String {
    let mut parts: Vec<&str> = folder.to_str().unwrap_or_default().split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Lines that are neither code nor comment, with the inside of `code` left out.
fn prose(text: &str) -> Vec<(usize, String)> {
    let (mut fenced, mut commented) = (false, false);
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        commented |= line.trim_start().starts_with("<!--");
        if !fenced && !commented {
            let outside = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
            lines.push((number + 1, outside));
        }
        commented &= !line.contains("-->");
    }
    lines
}

/// Every link within the repository, with its line.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in prose(text) {
        for (start, _) in line.match_indices("](") {
            let target = line[start + 2..].split([')', ' ']).next().unwrap_or_default();
            if !target.contains("://") && !target.starts_with("mailto:") {
                found.push((number, target.to_owned()));
            }
        }
    }
    found
}

/// Anchors of headings, as code hosts make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|(_, line)| line.starts_with('#'));
    let keep = |sign: &char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | ' ');
    let anchor = |line: String| {
        let words: String = line.trim_start_matches('#').trim().to_lowercase().chars().filter(keep).collect();
        words.replace(' ', "-")
    };
    headings.map(|(_, line)| anchor(line)).collect()
}

/// Beginnings of paths that exist on somebody's machine alone, in halves so that this file has none.
const MACHINE_PATHS: [(&str, &str); 5] =
    [("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("C:", "\\Users")];

/// The one registry that dependencies come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn of_one_machine(file: &str, text: &str) -> Vec<Breach> {
    let breach = |line: usize, what: &str| Breach { file: file.to_owned(), line: line + 1, what: what.to_owned() };
    let stray = |line: &str| {
        MACHINE_PATHS.iter().any(|(first, second)| {
            let path = format!("{first}{second}");
            line.match_indices(&path).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                // Part of a longer path or address is not the root of a machine.
                before.is_none_or(|sign| !sign.is_alphanumeric() && !matches!(sign, '/' | '.' | '-' | '_' | '~' | '}'))
            })
        })
    };
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(number, line)| {
            let source = line.strip_prefix("source = ").filter(|_| file.ends_with("Cargo.lock"));
            if source.is_some_and(|source| source.trim_matches('"') != REGISTRY) {
                Some(breach(number, "dependencies come from crates.io alone, without a mirror"))
            } else {
                stray(line).then(|| breach(number, "this path exists on one machine alone: make it relative"))
            }
        })
        .collect()
}

fn documents() -> Vec<(String, String)> {
    text_files().into_iter().filter(|(path, _)| path.ends_with(".md")).collect()
}

#[test]
fn the_readme_lists_the_commands_there_are() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (open, close) = ("<!-- commands -->", "<!-- /commands -->");
    let words = TreeWords(Arc::new(Catalogue::embedded()));
    let table = command_table(&|path| words.describe(path, "en"));
    let written = between(&readme, open, close).unwrap_or_default();
    assert!(written == table, "README.md: put this between {open} and {close}:\n\n{table}\n");
}

#[test]
fn links_in_documents_lead_somewhere() {
    let read = |path: &str| {
        let path = root().join(path);
        // A picture or a folder is there without being text.
        path.exists().then(|| std::fs::read_to_string(path).unwrap_or_default())
    };
    expect_none(documents().iter().flat_map(|(file, text)| dead_links(file, text, &read)).collect());
}

#[test]
fn nothing_names_what_only_one_machine_has() {
    expect_none(text_files().iter().flat_map(|(file, text)| of_one_machine(file, text)).collect());
}

#[test]
fn a_table_tells_options_and_who_may() {
    let table = command_table(&|path| format!("About {path}."));
    let row = |start: &str| table.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{table}"));
    assert_eq!(
        row("| `/mentorship apply"),
        "| `/mentorship apply <role: mentee or mentor>` | About mentorship.apply. | everybody |"
    );
    assert!(row("| `/mentorship-admin match publish`").ends_with(" | coordinators |"));
    assert_eq!(between("a <x> b </x> c", "<x>", "</x>"), Some("b"));
    assert_eq!(between("a <x> b", "<x>", "</x>"), None);
}

#[test]
fn a_dead_link_is_found() {
    let text = "# The Title!\n[ok](docs/A.md) [no](docs/B.md)\n`[code](x)` ![no](p.png) [web](https://x.org)\n\
                ```\n[code](y)\n```\n<!-- ![later](z.png) -->\n[ok](#the-title) [no](#nowhere) [ok](docs/A.md#one)";
    let read = |path: &str| match path {
        "README.md" => Some(text.to_owned()),
        "docs/A.md" => Some("## One".to_owned()),
        _ => None,
    };
    let found: Vec<usize> = dead_links("README.md", text, &read).iter().map(|breach| breach.line).collect();
    assert_eq!(found, [2, 3, 8]);
    assert_eq!(joined(Path::new("docs"), "../README.md"), "README.md");
}

#[test]
fn a_stray_path_or_mirror_is_found() {
    let path = format!("see {}{}notes", MACHINE_PATHS[0].0, MACHINE_PATHS[0].1);
    assert_eq!(of_one_machine("README.md", &path).len(), 1);
    let longer = format!("https://example.org{}{}notes", MACHINE_PATHS[0].0, MACHINE_PATHS[0].1);
    assert_eq!(of_one_machine("README.md", &longer), []);
    assert_eq!(of_one_machine("Cargo.lock", "source = \"registry+https://mirror.example.org/index\"").len(), 1);
    assert_eq!(of_one_machine("Cargo.lock", &format!("source = \"{REGISTRY}\"")), []);
}
