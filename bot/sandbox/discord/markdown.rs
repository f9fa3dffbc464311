//! Discord's markdown as a person reads it: plain words, and the same as safe HTML. Anything not understood is
//! shown as typed; nothing typed ever becomes a tag.

use super::moments::{self, Reader};

/// Who is named by an id, and how instants read.
pub struct Names<'a> {
    pub user: &'a dyn Fn(&str) -> Option<String>,
    pub role: &'a dyn Fn(&str) -> Option<String>,
    pub channel: &'a dyn Fn(&str) -> Option<String>,
    pub reader: Reader<'a>,
}

/// Words and HTML, written side by side.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Page {
    pub text: String,
    pub html: String,
}

impl Page {
    /// The same characters on both sides.
    pub fn plain(&mut self, words: &str) {
        self.text.push_str(words);
        escape(words, &mut self.html);
    }

    /// HTML only.
    pub fn tag(&mut self, tag: &str) {
        self.html.push_str(tag);
    }

    /// Begins a new line of words.
    pub fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// One element around formatted words, as a line of its own.
    pub fn block(&mut self, tag: &str, words: &str, names: &Names<'_>) {
        self.line();
        self.tag(&format!("<{tag}>"));
        inline(words, names, self);
        self.tag(&format!("</{tag}>"));
    }
}

/// Escapes what HTML would read as markup.
pub fn escape(words: &str, html: &mut String) {
    for character in words.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

/// Renders a whole text with paragraphs, headings, lists, quotes and code blocks.
pub fn render(text: &str, names: &Names<'_>, page: &mut Page) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("```") {
        let Some((code, behind)) = after.split_once("```") else { break };
        blocks(before, names, page);
        let code = match code.split_once('\n') {
            Some((language, body)) if language.chars().all(|it| it.is_ascii_alphanumeric()) => body,
            _ => code,
        };
        page.line();
        page.tag("<pre>");
        page.plain(code.trim_matches('\n'));
        page.tag("</pre>");
        rest = behind;
    }
    blocks(rest, names, page);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Paragraph,
    List,
    Quote,
}

fn blocks(text: &str, names: &Names<'_>, page: &mut Page) {
    let mut open = Open::Nothing;
    let mut quoted_to_the_end = false;
    for line in text.lines() {
        let (line, quote) = match line.strip_prefix(">>> ") {
            Some(rest) => {
                quoted_to_the_end = true;
                (rest, true)
            }
            None if quoted_to_the_end => (line, true),
            None => line.strip_prefix("> ").map_or((line, false), |rest| (rest, true)),
        };
        let bullet = ["- ", "* "].iter().find_map(|mark| line.trim_start().strip_prefix(mark));
        let heading = ["# ", "## ", "### "].iter().find_map(|mark| line.strip_prefix(mark));
        let wanted = if quote {
            Open::Quote
        } else if bullet.is_some() {
            Open::List
        } else if heading.is_some() || line.starts_with("-# ") || line.trim().is_empty() {
            Open::Nothing
        } else {
            Open::Paragraph
        };
        let same = open == wanted;
        if !same {
            close(open, page);
            page.tag(match wanted {
                Open::Nothing => "",
                Open::Paragraph => "<p>",
                Open::List => "<ul>",
                Open::Quote => "<blockquote>",
            });
            open = wanted;
        }
        page.line();
        match (wanted, bullet, heading) {
            (Open::List, Some(item), _) => {
                page.text.push_str("• ");
                page.tag("<li>");
                inline(item, names, page);
                page.tag("</li>");
            }
            (Open::Nothing, _, Some(words)) => page.block("h3", words, names),
            (Open::Nothing, ..) => {
                if let Some(words) = line.strip_prefix("-# ") {
                    page.block("small", words, names);
                }
            }
            _ => {
                if same {
                    page.tag("<br>");
                }
                inline(line, names, page);
            }
        }
    }
    close(open, page);
}

fn close(open: Open, page: &mut Page) {
    page.tag(match open {
        Open::Nothing => "",
        Open::Paragraph => "</p>",
        Open::List => "</ul>",
        Open::Quote => "</blockquote>",
    });
}

/// Marks around words, and the tag they become; underline, strike and spoiler have none of the allowed ones.
const MARKS: [(&str, &str); 8] =
    [("***", "b"), ("**", "b"), ("__", ""), ("~~", ""), ("||", ""), ("``", "code"), ("`", "code"), ("*", "i")];

/// What formatting may begin with; most of what is written is none of these.
const MAY_BEGIN: [char; 9] = ['\\', '*', '_', '~', '|', '`', '<', '[', 'h'];

/// Renders one line of formatted words.
pub fn inline(text: &str, names: &Names<'_>, page: &mut Page) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let plain = rest.find(MAY_BEGIN).unwrap_or(rest.len());
        if plain > 0 {
            page.plain(&rest[..plain]);
            before = rest[..plain].chars().last().unwrap_or(' ');
            rest = &rest[plain..];
            continue;
        }
        let used = escaped(rest, page)
            .or_else(|| marked(rest, names, page))
            .or_else(|| underscored(rest, before, names, page))
            .or_else(|| angled(rest, names, page))
            .or_else(|| linked(rest, names, page));
        let used = used.unwrap_or_else(|| {
            page.plain(first.encode_utf8(&mut [0; 4]));
            first.len_utf8()
        });
        before = rest[..used].chars().last().unwrap_or(' ');
        rest = &rest[used..];
    }
}

fn escaped(rest: &str, page: &mut Page) -> Option<usize> {
    let next = rest.strip_prefix('\\')?.chars().next().filter(char::is_ascii_punctuation)?;
    page.plain(next.encode_utf8(&mut [0; 4]));
    Some(2)
}

fn marked(rest: &str, names: &Names<'_>, page: &mut Page) -> Option<usize> {
    let (mark, tag) = MARKS.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    let inside = &rest[mark.len()..];
    let end = inside.find(mark).filter(|end| *end > 0)?;
    let words = &inside[..end];
    if mark == "*" && (words.starts_with(' ') || words.ends_with(' ')) {
        return None;
    }
    wrap(tag, words, names, page);
    Some(mark.len() * 2 + end)
}

fn wrap(tag: &str, words: &str, names: &Names<'_>, page: &mut Page) {
    if tag == "code" {
        page.tag("<code>");
        page.plain(words.trim());
        page.tag("</code>");
    } else if tag.is_empty() {
        inline(words, names, page);
    } else {
        page.tag(&format!("<{tag}>"));
        inline(words, names, page);
        page.tag(&format!("</{tag}>"));
    }
}

/// `_words_`, but not inside a word such as `snake_case`.
fn underscored(rest: &str, before: char, names: &Names<'_>, page: &mut Page) -> Option<usize> {
    let inside = rest.strip_prefix('_').filter(|_| !before.is_alphanumeric())?;
    let end = inside.find('_').filter(|end| *end > 0)?;
    let after = inside[end + 1..].chars().next().unwrap_or(' ');
    if after.is_alphanumeric() {
        return None;
    }
    wrap("i", &inside[..end], names, page);
    Some(end + 2)
}

/// `<@…>`, `<#…>`, `<t:…>`, `</command:…>`, `<:emoji:…>`, `<https://…>`.
fn angled(rest: &str, names: &Names<'_>, page: &mut Page) -> Option<usize> {
    let (inside, _) = rest.strip_prefix('<')?.split_once('>')?;
    let unknown = |what: &str| Some(what.to_owned());
    let name = if let Some(id) = inside.strip_prefix("@&") {
        (names.role)(id).or_else(|| unknown("@deleted-role"))
    } else if let Some(id) = inside.strip_prefix("@!").or_else(|| inside.strip_prefix('@')) {
        (names.user)(id).or_else(|| id.parse::<u64>().ok().and(unknown("@unknown-user")))
    } else if let Some(id) = inside.strip_prefix('#') {
        (names.channel)(id).or_else(|| unknown("#No Access"))
    } else if let Some(stamp) = inside.strip_prefix("t:") {
        return moment(stamp, names, page).map(|()| inside.len() + 2);
    } else if let Some((command, _)) = inside.strip_prefix('/').and_then(|it| it.rsplit_once(':')) {
        Some(format!("/{command}"))
    } else if inside.starts_with("http://") || inside.starts_with("https://") {
        anchor(inside, inside, page);
        return Some(inside.len() + 2);
    } else {
        let emoji = inside.strip_prefix("a:").or_else(|| inside.strip_prefix(':'))?;
        emoji.split_once(':').map(|(name, _)| format!(":{name}:"))
    }?;
    page.tag("<span>");
    page.plain(&name);
    page.tag("</span>");
    Some(inside.len() + 2)
}

fn moment(stamp: &str, names: &Names<'_>, page: &mut Page) -> Option<()> {
    let (seconds, style) = stamp.split_once(':').unwrap_or((stamp, "f"));
    let mut letters = style.chars();
    let (style, None) = (letters.next()?, letters.next()) else { return None };
    let shown = moments::show(seconds.parse().ok()?, style, names.reader)?;
    page.tag("<time>");
    page.plain(&shown);
    page.tag("</time>");
    Some(())
}

/// `[words](https://…)` and bare addresses.
fn linked(rest: &str, names: &Names<'_>, page: &mut Page) -> Option<usize> {
    if let Some(inside) = rest.strip_prefix('[') {
        let (words, behind) = inside.split_once("](")?;
        let (url, _) = behind.split_once(')')?;
        if words.is_empty() || !(url.starts_with("http://") || url.starts_with("https://")) {
            return None;
        }
        open_anchor(url, page);
        inline(words, names, page);
        page.tag("</a>");
        return Some(words.len() + url.len() + 4);
    }
    if !rest.starts_with("http://") && !rest.starts_with("https://") {
        return None;
    }
    let end = rest.find(|it: char| it.is_whitespace() || "<>\"".contains(it)).unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ')', ';', ':', '!', '?']);
    anchor(url, url, page);
    Some(url.len())
}

fn open_anchor(url: &str, page: &mut Page) {
    let mut safe = String::new();
    escape(url, &mut safe);
    page.tag(&format!("<a href=\"{safe}\" rel=\"noreferrer\" target=\"_blank\">"));
}

fn anchor(url: &str, words: &str, page: &mut Page) {
    open_anchor(url, page);
    page.plain(words);
    page.tag("</a>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        let reader = Reader { zone: chrono_tz::UTC, locale: "en-US", now_ms: 0 };
        let user = |id: &str| (id == "7").then(|| "@Ada".to_owned());
        let names = Names { user: &user, role: &|_| None, channel: &|_| None, reader };
        let mut page = Page::default();
        render(text, &names, &mut page);
        page
    }

    #[test]
    fn marks_vanish_from_the_words_and_become_tags() {
        let page = page("# Hello\n**bold** and *soft* snake_case\n- one\n- `two`");
        assert_eq!(page.text, "Hello\nbold and soft snake_case\n• one\n• two");
        assert_eq!(
            page.html,
            "<h3>Hello</h3><p><b>bold</b> and <i>soft</i> snake_case</p><ul><li>one</li><li><code>two</code></li></ul>"
        );
    }

    #[test]
    fn names_instants_and_links_are_shown_as_read() {
        let page = page("<@7>, <t:0:t>, [here](https://x.org/?a=1&b=2)");
        assert_eq!(page.text, "@Ada, 12:00 AM, here");
        assert!(page.html.contains("href=\"https://x.org/?a=1&amp;b=2\""), "{}", page.html);
    }

    #[test]
    fn typed_tags_and_escaped_marks_stay_words() {
        let page = page("<script>alert(1)</script> \\*not soft\\* <b>");
        assert_eq!(page.text, "<script>alert(1)</script> *not soft* <b>");
        assert!(!page.html.contains("<script") && !page.html.contains("<b>"), "{}", page.html);
    }
}
