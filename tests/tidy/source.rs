//! What the rules look at: the repository's files, and Rust sources with comments and strings told apart
//! from code. It knows just enough of Rust's grammar for that.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Folders, and in a second working tree a file, that hold nothing of the project's own.
const NOT_OURS: [&str; 5] = [".git", "target", "data", "node_modules", "proptest-regressions"];

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Breach {
    /// Path from the root, with `/`.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what } = self;
        write!(f, "{file}:{line}: {what}")
    }
}

/// Fails with every breach on a line of its own.
pub fn expect_none(breaches: Vec<Breach>) {
    let list: Vec<String> = breaches.iter().map(Breach::to_string).collect();
    assert!(list.is_empty(), "{} to mend:\n{}\n", list.len(), list.join("\n"));
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the project that is text, with its path from the root, in order.
pub fn text_files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    gather(&root(), &mut found);
    found.sort();
    found
}

fn gather(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the project can be read") {
        let path = entry.expect("a folder of the project can be read").path();
        let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            gather(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let from_root =
                path.strip_prefix(root()).expect("it was found below the root").to_string_lossy().replace('\\', "/");
            found.push((from_root, text));
        }
    }
}

/// Every Rust source of the project.
pub fn rust_files() -> Vec<Source> {
    let files = text_files().into_iter().filter(|(path, _)| path.ends_with(".rs"));
    files.map(|(path, text)| Source::new(&path, &text)).collect()
}

/// A Rust source.
pub struct Source {
    /// Path from the root.
    pub path: String,
    /// As it stands.
    pub text: String,
    /// Lines in which comments and the insides of strings are blank.
    pub code: Vec<String>,
    /// Every string with the line on which it begins.
    pub strings: Vec<(usize, String)>,
    /// For each line, whether it is only built for tests.
    in_tests: Vec<bool>,
}

impl Source {
    /// Reads a source.
    pub fn new(path: &str, text: &str) -> Self {
        let (masked, strings) = mask(text);
        let all_tests = is_test_file(path);
        let mut in_tests = vec![all_tests; masked.lines().count() + 1];
        for (first, last) in test_items(&masked) {
            in_tests[first..=last].fill(true);
        }
        let code = masked.lines().map(str::to_owned).collect();
        Self { path: path.to_owned(), text: text.to_owned(), code, strings, in_tests }
    }

    /// Whether a line, counted from 1, is only built for tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.in_tests.get(line - 1).copied().unwrap_or_default()
    }

    /// The module below `bot/` that the file belongs to: `flows` for `bot/flows/apply.rs` and `bot/flows.rs`.
    pub fn module(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("bot/")?;
        rest.split('/').next().map(|first| first.strip_suffix(".rs").unwrap_or(first))
    }

    /// A breach in this file.
    pub fn breach(&self, line: usize, what: impl Into<String>) -> Breach {
        Breach { file: self.path.clone(), line, what: what.into() }
    }
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    path.starts_with("tests/") || path.contains("/tests/") || name == "tests.rs" || name.ends_with("_tests.rs")
}

/// First and last line, counted from 0, of each item under `#[cfg(test)]`.
fn test_items(masked: &str) -> Vec<(usize, usize)> {
    let line_of = |position: usize| masked[..position].matches('\n').count();
    let items = masked.match_indices("#[cfg(test)]").map(|(start, _)| {
        let mut depth = 0_usize;
        let end = masked[start..].char_indices().find(|(_, sign)| match sign {
            '{' => {
                depth += 1;
                false
            }
            '}' => {
                depth = depth.saturating_sub(1);
                depth == 0
            }
            ';' => depth == 0,
            _ => false,
        });
        let end = end.map_or(masked.len(), |(offset, _)| start + offset);
        (line_of(start), line_of(end))
    });
    items.collect()
}

/// The text with comments and the insides of strings and characters blank, and the strings.
fn mask(text: &str) -> (String, Vec<(usize, String)>) {
    let signs: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut strings = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < signs.len() {
        let (end, string) = match &signs[at..] {
            ['/', '/', ..] => (until(&signs, at, |rest| rest.starts_with(&['\n'])), None),
            ['/', '*', ..] => (block_comment(&signs, at), None),
            ['r', ..] if !is_word(&signs, at) => raw_string(&signs, at),
            ['b', 'r', ..] if !is_word(&signs, at) => raw_string(&signs, at + 1),
            ['"', ..] => {
                let end = quoted(&signs, at, '"');
                (end, Some(signs[at + 1..end.saturating_sub(1).max(at + 1)].iter().collect()))
            }
            ['\'', '\\', ..] | ['\'', _, '\'', ..] => (quoted(&signs, at, '\''), None),
            _ => (at, None),
        };
        if let Some(string) = string {
            strings.push((line, string));
        }
        if end == at {
            masked.push(signs[at]);
            line += usize::from(signs[at] == '\n');
            at += 1;
        }
        for sign in &signs[at..end.max(at)] {
            masked.push(if *sign == '\n' { '\n' } else { ' ' });
            line += usize::from(*sign == '\n');
        }
        at = end.max(at);
    }
    (masked, strings)
}

/// Whether the sign before belongs to a name, so that this one begins nothing.
fn is_word(signs: &[char], at: usize) -> bool {
    at > 0 && (signs[at - 1].is_alphanumeric() || signs[at - 1] == '_')
}

fn until(signs: &[char], from: usize, stop: impl Fn(&[char]) -> bool) -> usize {
    (from..signs.len()).find(|at| stop(&signs[*at..])).unwrap_or(signs.len())
}

fn block_comment(signs: &[char], from: usize) -> usize {
    let (mut depth, mut at) = (0_usize, from);
    while at < signs.len() {
        match &signs[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] if depth == 1 => return at + 2,
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

/// Behind the closing quotation mark.
fn quoted(signs: &[char], from: usize, mark: char) -> usize {
    let mut at = from + 1;
    while at < signs.len() {
        match signs[at] {
            '\\' => at += 2,
            sign if sign == mark => return at + 1,
            _ => at += 1,
        }
    }
    signs.len()
}

/// `r"..."` or `r#"..."#`; nothing is consumed if it is neither.
fn raw_string(signs: &[char], r: usize) -> (usize, Option<String>) {
    let hashes = signs[r + 1..].iter().take_while(|sign| **sign == '#').count();
    let open = r + 1 + hashes;
    if signs.get(open) != Some(&'"') {
        return (r, None);
    }
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    let end = until(signs, open + 1, |rest| rest.starts_with(&close));
    ((end + close.len()).min(signs.len()), Some(signs[open + 1..end].iter().collect()))
}

#[test]
fn comments_and_strings_are_told_from_code() {
    let text = "a // \"no\"\n/* x /* y */ z */ b\nlet c = \"one \\\" \n two\"; r#\"th\"ree\"# 'x' '\\'' <'a> \"four\"";
    let source = Source::new("bot/x.rs", text);
    let strings: Vec<_> = source.strings.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(strings, [(3, "one \\\" \n two"), (4, "th\"ree"), (4, "four")]);
    let words: Vec<&str> = source.code.iter().flat_map(|line| line.split_whitespace()).collect();
    assert_eq!(words, ["a", "b", "let", "c", "=", ";", "<'a>"]);
}

#[test]
fn what_is_built_for_tests_only_is_known() {
    let source = Source::new("bot/x.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() {}\n}\nfn c() {}\n");
    assert_eq!((1..=6).map(|line| source.is_test(line)).collect::<Vec<_>>(), [false, true, true, true, true, false]);
    assert!(Source::new("bot/flows/tests.rs", "fn a() {}").is_test(1));
    assert!(!Source::new("bot/flows/apply.rs", "fn a() {}").is_test(1));
}
