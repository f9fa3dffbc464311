//! Turns words into Slack's elements. Rich text is the rule, because it never reads markup: what a person
//! typed stays what it was. Slack's own markup (`mrkdwn`) is written only where Slack takes nothing else, and
//! then with every mark that could format made harmless. It refuses nothing; it shortens.

use serde_json::{Value, json};

use super::lean::object;

use crate::chat::{Span, Text, WhenStyle};

/// Shortens to `most` characters, with an ellipsis in place of what is lost.
pub fn shorten(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut kept: String = words.chars().take(most.saturating_sub(1)).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Takes out what could turn the reading direction of its surroundings or hide in a line: directional
/// overrides and isolates, and control characters other than line breaks.
pub fn tame(words: &str) -> String {
    words
        .chars()
        .filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .filter(|c| !c.is_control() || *c == '\n')
        .collect()
}

/// Tamed words on one line, as labels are.
pub fn line(words: &str, most: usize) -> String {
    let tamed = tame(words).split_whitespace().collect::<Vec<_>>().join(" ");
    // Slack refuses an empty label.
    if tamed.is_empty() { "–".to_owned() } else { shorten(&tamed, most) }
}

/// A text object without any markup; `:codes:` stay as they were typed.
pub fn plain(words: &str, most: usize) -> Value {
    object([("type", "plain_text".into()), ("text", line(words, most).into()), ("emoji", false.into())])
}

/// Escapes the three characters that begin Slack's own sequences, so that `<!channel>` is only words.
pub fn escape(words: &str) -> String {
    tame(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Undoes what Slack escaped in words that a person typed.
pub fn unescape(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// How a moment is shown: with its weekday. Slack's "pretty" form would say "today" or "tomorrow", which does not fit into
/// a sentence that goes on around a date, least of all in Spanish.
fn date_format(style: WhenStyle) -> &'static str {
    match style {
        WhenStyle::DateTime => "{date_long}, {time}",
        WhenStyle::Date => "{date_long}",
    }
}

/// Only web addresses become links; anything else would be refused, or worse, obeyed.
fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace)
}

/// Slack refuses a mention of what cannot be an id.
pub fn is_user(id: &str) -> bool {
    id.starts_with(['U', 'W']) && id.len() > 1 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The elements of a rich text section. `left` is how many characters the message may still hold.
pub fn elements(text: &Text, left: &mut usize) -> Vec<Value> {
    text.0.iter().filter_map(|span| element(span, left)).collect()
}

/// The same in bold, for labels and headings that hold more than words.
pub fn strong(text: &Text, left: &mut usize) -> Vec<Value> {
    let mut elements = elements(text, left);
    for element in &mut elements {
        element["style"] = json!({"bold": true});
    }
    elements
}

/// A piece of plain rich text.
pub fn piece(words: &str) -> Value {
    object([("type", "text".into()), ("text", words.into())])
}

fn element(span: &Span, left: &mut usize) -> Option<Value> {
    match span {
        Span::Plain(words) => take(words, left).map(|words| piece(&words)),
        Span::Strong(words) => take(words, left).map(|words| styled(&words, "bold")),
        Span::Code(words) => take(words, left).map(|words| styled(&words, "code")),
        Span::Person(user) if is_user(&user.0) => Some(json!({"type": "user", "user_id": user.0})),
        Span::Person(user) => take(&user.0, left).map(|words| piece(&words)),
        Span::When { at, style, words } => Some(json!({
            "type": "date",
            "timestamp": at.timestamp(),
            "format": date_format(*style),
            "fallback": tame(words),
        })),
        Span::Link { label, url } if is_web(url) => {
            take(label, left).map(|label| json!({"type": "link", "url": url, "text": label}))
        }
        Span::Link { label, .. } => take(label, left).map(|words| piece(&words)),
    }
}

fn styled(words: &str, style: &str) -> Value {
    json!({"type": "text", "text": words, "style": {style: true}})
}

/// Takes words out of what is left; `None` if there is nothing to show, since Slack refuses empty elements.
fn take(words: &str, left: &mut usize) -> Option<String> {
    let words = shorten(&tame(words), *left);
    *left = left.saturating_sub(words.chars().count());
    (!words.is_empty()).then_some(words)
}

/// Whether a text needs markup: mentions, moments and links exist in small print only as `mrkdwn`.
pub fn needs_markup(text: &Text) -> bool {
    text.0.iter().any(|span| matches!(span, Span::Person(_) | Span::When { .. } | Span::Link { .. }))
}

/// Slack's markup for places that take no rich text (small print).
pub fn markup(text: &Text) -> String {
    text.0
        .iter()
        .map(|span| match span {
            Span::Plain(words) => inert(words),
            Span::Strong(words) => format!("*{}*", inert(words)),
            Span::Code(words) => format!("`{}`", inert(words)),
            Span::Person(user) if is_user(&user.0) => format!("<@{}>", user.0),
            Span::Person(user) => inert(&user.0),
            Span::When { at, style, words } => {
                let fallback = escape(words).replace(['|', '^'], " ");
                format!("<!date^{}^{}|{fallback}>", at.timestamp(), date_format(*style))
            }
            Span::Link { label, url } if is_web(url) && !url.contains(['|', '>']) => {
                format!("<{}|{}>", escape(url), inert(label).replace('|', "¦"))
            }
            Span::Link { label, .. } => inert(label),
        })
        .collect()
}

/// Words that cannot format: the marks are replaced by signs that look the same. Slack documents no way to
/// escape them.
fn inert(words: &str) -> String {
    let quoted = words
        .split('\n')
        .map(|line| line.strip_prefix('>').map_or_else(|| line.to_owned(), |rest| format!("›{rest}")))
        .collect::<Vec<_>>()
        .join("\n");
    escape(&quoted).replace('*', "∗").replace('_', "＿").replace('~', "∼").replace('`', "ˋ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::UserRef;

    #[test]
    fn what_is_too_long_ends_with_an_ellipsis() {
        assert_eq!(shorten("grace", 5), "grace");
        assert_eq!(shorten("grace hopper", 7), "grace…");
        assert_eq!(line("", 10), "–");
        assert_eq!(line("two\nlines", 20), "two lines");
    }

    #[test]
    fn nothing_turns_the_reading_direction() {
        assert_eq!(tame("a\u{202E}b\u{2066}c\u{0007}\nd"), "abc\nd");
    }

    #[test]
    fn marks_in_small_print_do_not_format() {
        let text = Text(vec![
            Span::Plain("*loud* _slant_ ~no~ `x` <!channel>\n> said".into()),
            Span::Person(UserRef("U1".into())),
            Span::Link { label: "a|b".into(), url: "javascript:alert(1)".into() },
        ]);
        let markup = markup(&text);
        assert_eq!(markup, "∗loud∗ ＿slant＿ ∼no∼ ˋxˋ &lt;!channel&gt;\n› said<@U1>a|b");
    }

    #[test]
    fn a_mention_of_no_id_is_only_words() {
        let mut left = 100;
        let text = Text(vec![Span::Person(UserRef("everyone".into()))]);
        assert_eq!(elements(&text, &mut left), [piece("everyone")]);
    }

    #[test]
    fn typed_entities_come_back_as_typed() {
        assert_eq!(unescape("&lt;b&gt; &amp;amp;"), "<b> &amp;");
    }
}
