//! Makes what a person typed harmless in Discord's markdown: it shows as it was typed, but can neither
//! format, mention, link, nor break the layout. Notifying is forbidden a second time by `allowed_mentions`.

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// At the beginning of a line, where `#`, `-`, `>` and `1.` would mean something.
    LineStart,
    /// Within a line.
    Within,
}

/// Words as they are to be read, with every character that Discord would interpret escaped. Line breaks stay.
pub(super) fn plain(words: &str, at: At) -> String {
    let words = legible(words);
    let mut out = String::with_capacity(words.len() + 8);
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let start = if index == 0 { at } else { At::LineStart };
        escape_line(line, start, &mut out);
    }
    out
}

/// Words on one line.
pub(super) fn one_line(words: &str, at: At) -> String {
    plain(&words.split_whitespace().collect::<Vec<_>>().join(" "), at)
}

/// Something to type. Backticks cannot be escaped inside code, so they become the apostrophe they look like.
pub(super) fn code(words: &str) -> String {
    let words = legible(words).replace('\n', " ").replace('`', "'");
    let words =
        words.split('@').map(|part| if names_everybody(part) { format!("\u{200B}{part}") } else { part.to_owned() });
    let words = words.collect::<Vec<_>>().join("@");
    if words.trim().is_empty() { String::new() } else { format!("`{words}`") }
}

/// Without control characters, without the marks that reverse the direction of the text around them, and with
/// at most one empty line in a row.
pub(super) fn legible(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut breaks = 0;
    for character in words.replace("\r\n", "\n").chars() {
        match character {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                breaks += 1;
                if breaks <= 2 {
                    out.push('\n');
                }
                continue;
            }
            '\t' => out.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            other if other.is_control() => {}
            other => out.push(other),
        }
        if !character.is_whitespace() {
            breaks = 0;
        }
    }
    out
}

fn escape_line(line: &str, at: At, out: &mut String) {
    let indent = line.len() - line.trim_start().len();
    let (space, rest) = line.split_at(indent);
    out.push_str(space);
    let rest = if at == At::LineStart { escape_start(rest, out) } else { rest };
    let mut before = None;
    for (index, character) in rest.char_indices() {
        let after = &rest[index + character.len_utf8()..];
        match character {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' => out.extend(['\\', character]),
            // Without `://` an address is read but does not become a link with a preview.
            ':' if after.starts_with("//") => out.push_str("\\:"),
            '.' if after.starts_with("gg/") || after.starts_with("com/invite") => out.push_str("\\."),
            // Discord reads these two even behind a backslash: something invisible must stand between.
            '@' if names_everybody(after) => out.push_str("@\u{200B}"),
            // `<@1>` stays readable, but its inside is no mention any more for whoever ignores the backslash.
            '@' | '#' if before == Some('<') => out.extend([character, '\u{200B}']),
            other => out.push(other),
        }
        before = Some(character);
    }
}

/// Escapes what opens a heading, list, quote or small print; returns what is left of the line.
fn escape_start<'a>(line: &'a str, out: &mut String) -> &'a str {
    if line.starts_with(['#', '-', '>', '+']) {
        out.push('\\');
        out.push_str(&line[..1]);
        return &line[1..];
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        out.push_str(&line[..digits]);
        out.push('\\');
        out.push_str(&line[digits..=digits]);
        return &line[digits + 1..];
    }
    line
}

fn names_everybody(after: &str) -> bool {
    ["everyone", "here"].iter().any(|name| after.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What Discord shows of escaped words: a backslash before a sign disappears.
    fn shown(escaped: &str) -> String {
        let mut out = String::new();
        let mut characters = escaped.chars().peekable();
        while let Some(character) = characters.next() {
            match (character, characters.peek()) {
                ('\\', Some(next)) if next.is_ascii_punctuation() => out.extend(characters.next()),
                ('\u{200B}', _) => {}
                _ => out.push(character),
            }
        }
        out
    }

    #[test]
    fn nothing_typed_means_anything() {
        let table = [
            ("**bold** _it_ ~~no~~ `code` ||spoiler||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\` \|\|spoiler\|\|"),
            (
                "# heading\n- list\n> quote\n-# fine\n1. one\n  + two",
                "\\# heading\n\\- list\n\\> quote\n\\-# fine\n1\\. one\n  \\+ two",
            ),
            ("@everyone and @HERE", "@\u{200B}everyone and @\u{200B}HERE"),
            (
                "<@1> <@&2> <#3> </x:4> <t:5:F> <a:b:6>",
                "\\<@\u{200B}1> \\<@\u{200B}&2> \\<#\u{200B}3> \\</x:4> \\<t:5:F> \\<a:b:6>",
            ),
            ("[here](https://evil.example/a_b)", r"\[here\](https\://evil.example/a\_b)"),
            ("join discord.gg/abc", r"join discord\.gg/abc"),
            ("C:\\", r"C:\\"),
            ("ana@library.org, 3 - 4 > 2", "ana@library.org, 3 - 4 > 2"),
            ("\u{202E}evil\u{2066}\u{7}", "evil"),
            ("a\n\n\n\n\nb", "a\n\nb"),
        ];
        for (typed, safe) in table {
            assert_eq!(plain(typed, At::LineStart), safe, "for {typed:?}");
        }
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a`b`\nc"), "`a'b' c`");
        assert_eq!(code("\u{202E} "), "");
    }

    proptest! {
        #[test]
        fn it_shows_as_it_was_typed(words: String) {
            let legible = legible(&words);
            prop_assert_eq!(shown(&plain(&words, At::LineStart)), legible.replace('\u{200B}', ""));
        }

        #[test]
        fn no_mention_survives(words in "[<@#&/:!a-z0-9> \\\\everyonehere]{0,40}") {
            let safe = plain(&words, At::Within);
            prop_assert!(!safe.contains("@everyone") && !safe.contains("@here"));
            prop_assert!(!safe.contains("<@") || !safe.contains("<@1"));
        }
    }
}
