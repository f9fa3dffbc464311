//! Rich text as a person's client shows it: pieces are objects instead of markup, so nothing in them is read
//! as markup. What it does not know it shows as the words it carries; it refuses nothing.

use chrono_tz::Tz;
use serde_json::Value;

use super::mrkdwn::{self, Ink};
use super::state::World;

/// Marks of bullets by depth; deeper ones use the last.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];

/// Paragraphs, lists, quotes and code of a rich text block from top to bottom, each with its own element.
pub fn parts(world: &World, zone: Tz, block: &Value) -> Vec<Ink> {
    let mut parts: Vec<Ink> = children(block).map(|part| self::part(world, zone, part)).collect();
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// Any rich text on one line, as the cells of a table show it.
pub fn line(world: &World, zone: Tz, value: &Value) -> Ink {
    match value["type"].as_str() {
        Some("rich_text") => mrkdwn::join(&parts(world, zone, value), " "),
        _ => inline(world, zone, value),
    }
}

fn children(value: &Value) -> impl Iterator<Item = &Value> {
    value["elements"].as_array().into_iter().flatten()
}

fn part(world: &World, zone: Tz, value: &Value) -> Ink {
    match value["type"].as_str() {
        Some("rich_text_list") => list(world, zone, value),
        Some("rich_text_quote") => section(world, zone, value).wrapped("blockquote"),
        Some("rich_text_preformatted") => section(world, zone, value).wrapped("pre"),
        _ => section(world, zone, value).wrapped("p"),
    }
}

/// The pieces of one paragraph. A break at its end only separates it from what follows, as every paragraph is.
fn section(world: &World, zone: Tz, value: &Value) -> Ink {
    let mut whole = Ink::default();
    children(value).for_each(|piece| whole.push(&inline(world, zone, piece)));
    if let (Some(text), Some(html)) = (whole.text.strip_suffix('\n'), whole.html.strip_suffix("<br>")) {
        whole = Ink { text: text.to_owned(), html: html.to_owned() };
    }
    whole
}

fn list(world: &World, zone: Tz, value: &Value) -> Ink {
    let number = |key: &str| value[key].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    let (ordered, depth) = (value["style"] == "ordered", number("indent").min(8));
    let mut whole = Ink::default();
    for (index, item) in children(value).enumerate() {
        let item = section(world, zone, item);
        let mark = match ordered {
            true => format!("{}.", number("offset") + index + 1),
            false => BULLETS[depth.min(BULLETS.len() - 1)].to_owned(),
        };
        let lead = if index > 0 { "\n" } else { "" };
        whole.text.push_str(&format!("{lead}{}{mark} {}", "  ".repeat(depth), item.text));
        whole.html.push_str(&format!("<li>{}</li>", item.html));
    }
    whole = match (ordered, number("offset")) {
        (false, _) => whole.wrapped("ul"),
        (true, 0) => whole.wrapped("ol"),
        (true, offset) => Ink { html: format!("<ol start=\"{}\">{}</ol>", offset + 1, whole.html), ..whole },
    };
    (0..depth).fold(whole, |inner, _| inner.wrapped("ul"))
}

fn inline(world: &World, zone: Tz, value: &Value) -> Ink {
    let words = |key: &str| value[key].as_str().unwrap_or_default();
    let piece = match value["type"].as_str() {
        Some("user") => mrkdwn::mention(&world.name_of(words("user_id"))),
        Some("usergroup") => mrkdwn::group(world, words("usergroup_id")),
        Some("channel") => mrkdwn::channel(world, words("channel_id")),
        Some("broadcast") => mrkdwn::mention(value["range"].as_str().unwrap_or("channel")),
        Some("link") => {
            let url = words("url");
            mrkdwn::link(url, value["text"].as_str().filter(|text| !text.is_empty()).unwrap_or(url))
        }
        Some("emoji") => emoji(words("name"), words("unicode")),
        Some("date") => date(world, zone, value),
        Some("color") => Ink::plain(words("value")),
        _ => Ink::plain(words("text")),
    };
    // The innermost first: code inside slant inside bold, as Slack nests them.
    let styles = [("code", "code"), ("strike", "s"), ("italic", "i"), ("bold", "b")];
    let worn = styles.into_iter().filter(|(style, _)| value["style"][*style] == true);
    worn.fold(piece, |piece, (_, tag)| piece.wrapped(tag))
}

/// The sign itself where the app gave its code points (`1f469-200d-1f4bb`), else the name in colons.
fn emoji(name: &str, unicode: &str) -> Ink {
    let sign = |part: &str| u32::from_str_radix(part, 16).ok().and_then(char::from_u32);
    let signs: Option<String> = unicode.split('-').map(sign).collect();
    Ink::plain(&signs.unwrap_or_else(|| format!(":{name}:")))
}

/// A moment in the reader's own zone; the app's own words if it names no moment that exists.
fn date(world: &World, zone: Tz, value: &Value) -> Ink {
    let fallback = value["fallback"].as_str().unwrap_or_default();
    let words = mrkdwn::date(world, zone, value["timestamp"].as_i64(), value["format"].as_str(), fallback);
    match value["url"].as_str() {
        Some(url) => mrkdwn::linked(url, words),
        None => words,
    }
}
