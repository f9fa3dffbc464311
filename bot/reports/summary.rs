//! The season's figures on paper: a summary for a grant report, as a PDF whose text can be read aloud and copied. The same
//! words give the same bytes. It decides nothing and knows no language: whoever calls brings the words.

use krilla::Document;
use krilla::color::rgb;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::TextDirection;

use super::certificate::{Face, faces, runs};
use super::overview::Panel;

/// What stands on the paper, from top to bottom.
pub struct SummaryWords {
    /// BCP 47 code of the language it is written in.
    pub lang: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands below that: the program's dates, when the figures were counted, who answers for them.
    pub about: Vec<String>,
    /// The figures as bars.
    pub panels: Vec<Panel>,
    /// The heading above the figures in words.
    pub heading: String,
    /// The figures in words.
    pub facts: Vec<String>,
}

/// US Letter, in points.
const PAGE: (f32, f32) = (612.0, 792.0);
const MARGIN: f32 = 54.0;
/// Where bars begin, and how long the longest is.
const BARS: (f32, f32) = (230.0, 190.0);

const INK: (u8, u8, u8) = (31, 41, 55);
const ACCENT: (u8, u8, u8) = (20, 83, 98);
const QUIET: (u8, u8, u8) = (75, 85, 99);
const FAINT: (u8, u8, u8) = (224, 228, 233);

/// A line of the paper.
enum Line {
    /// Words.
    Words { text: String, size: f32, color: (u8, u8, u8), heading: bool, space: f32 },
    /// A bar with its words: what it stands for, how much of its room it takes, and what is said of it.
    Bar { label: String, part: f32, said: String },
}

impl Line {
    fn height(&self) -> f32 {
        match self {
            Self::Words { size, space, .. } => size * 1.35 + space,
            Self::Bar { .. } => 17.5,
        }
    }
}

/// The summary as a PDF.
///
/// # Errors
/// What the library says; never for words that cannot be drawn.
pub fn summary(words: &SummaryWords) -> Result<Vec<u8>, KrillaError> {
    let faces = faces();
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new().title(words.title.clone()).language(words.lang.to_owned()).creator("plsep-bot".to_owned()),
    );
    let mut tags = TagTree::new().with_lang(Some(words.lang.to_owned()));
    let mut lines = lines(&faces, words).into_iter().peekable();
    while lines.peek().is_some() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).unwrap_or_default();
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut top = MARGIN;
        while let Some(line) = lines.next_if(|line| top + line.height() <= PAGE.1 - MARGIN) {
            top += line.height();
            draw(&mut surface, &faces, &line, top, &mut tags);
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tags);
    document.finish()
}

/// Everything, line by line, as wide as the paper is.
fn lines(faces: &[Face], words: &SummaryWords) -> Vec<Line> {
    let mut lines = said(faces, &words.title, 22.0, ACCENT, true, 0.0);
    for line in &words.about {
        lines.extend(said(faces, line, 11.0, QUIET, false, 2.0));
    }
    for panel in &words.panels {
        let (Panel::Columns { title, .. } | Panel::Bars { title, .. }) = panel;
        lines.extend(said(faces, title, 14.0, ACCENT, true, 10.0));
        lines.extend(bars(panel));
    }
    lines.extend(said(faces, &words.heading, 14.0, ACCENT, true, 10.0));
    for fact in &words.facts {
        lines.extend(said(faces, fact, 11.0, INK, false, 2.0));
    }
    lines
}

/// Words in as many lines as they need.
fn said(faces: &[Face], text: &str, size: f32, color: (u8, u8, u8), heading: bool, space: f32) -> Vec<Line> {
    let room = (PAGE.0 - 2.0 * MARGIN) / size;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer.filter(|line| width(faces, line) <= room), lines.last_mut()) {
            (Some(longer), Some(last)) => *last = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    let line = |(place, text)| Line::Words { text, size, color, heading, space: if place == 0 { space } else { 0.0 } };
    lines.into_iter().enumerate().map(line).collect()
}

/// How wide words are at a size of one.
fn width(faces: &[Face], text: &str) -> f32 {
    runs(faces, text).iter().map(|run| run.width).sum()
}

/// The bars of a part; columns lie on their side.
fn bars(panel: &Panel) -> Vec<Line> {
    #[expect(clippy::cast_precision_loss, reason = "counts of people and meetings are small")]
    let part = |value: usize, of: usize| if of == 0 { 0.0 } else { value.min(of) as f32 / of as f32 };
    match panel {
        Panel::Bars { bars, .. } => {
            let bar = |bar: &super::Bar| Line::Bar {
                label: bar.label.clone(),
                part: part(bar.value, bar.of),
                said: bar.said.clone(),
            };
            bars.iter().map(bar).collect()
        }
        Panel::Columns { columns, names, .. } => {
            let highest = columns.iter().map(|column| column.values.iter().sum()).max().unwrap_or(0);
            let bar = |column: &super::Column| {
                let named = names.iter().zip(&column.said).map(|(name, said)| format!("{name}: {said}"));
                let said = if names.is_empty() { column.said.join(", ") } else { named.collect::<Vec<_>>().join(", ") };
                let label = [column.label.as_str(), column.note.as_str()].map(str::trim);
                let label: Vec<&str> = label.into_iter().filter(|words| !words.is_empty()).collect();
                Line::Bar { label: label.join(": "), part: part(column.values.iter().sum(), highest), said }
            };
            columns.iter().map(bar).collect()
        }
    }
}

/// Draws a line whose lower edge is at `bottom`.
fn draw(surface: &mut Surface<'_>, faces: &[Face], line: &Line, bottom: f32, tags: &mut TagTree) {
    match line {
        Line::Words { text, size, color, heading, space: _ } => {
            let span = write(surface, faces, text, (MARGIN, bottom - size * 0.4), (*size, *color));
            let mut group =
                if *heading { TagGroup::new(Tag::Hn(std::num::NonZeroU16::MIN, None)) } else { TagGroup::new(Tag::P) };
            group.push(span);
            tags.push(group);
        }
        Line::Bar { label, part, said } => {
            let mut group = TagGroup::new(Tag::P);
            group.push(write(surface, faces, label, (MARGIN, bottom - 5.0), (11.0, INK)));
            let _ = surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            fill(surface, (BARS.0, bottom - 14.0), (BARS.1, 11.0), FAINT);
            fill(surface, (BARS.0, bottom - 14.0), (BARS.1 * part, 11.0), ACCENT);
            surface.end_tagged();
            group.push(write(surface, faces, said, (BARS.0 + BARS.1 + 8.0, bottom - 5.0), (10.0, INK)));
            tags.push(group);
        }
    }
}

fn fill(surface: &mut Surface<'_>, (x, y): (f32, f32), (wide, high): (f32, f32), (red, green, blue): (u8, u8, u8)) {
    let Some(rect) = Rect::from_xywh(x, y, wide, high).filter(|_| wide > 0.0) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    let paint = rgb::Color::new(red, green, blue).into();
    surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, ..Fill::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// Puts words on the paper, and gives what a reader of the text knows them by.
fn write(
    surface: &mut Surface<'_>,
    faces: &[Face],
    text: &str,
    (x, baseline): (f32, f32),
    (size, (red, green, blue)): (f32, (u8, u8, u8)),
) -> krilla::tagging::Identifier {
    let tagged = surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(Some(text))));
    let paint = rgb::Color::new(red, green, blue).into();
    surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, ..Fill::default() }));
    let mut left = x;
    for run in runs(faces, text) {
        let at = Point::from_xy(left, baseline);
        surface.draw_text(at, faces[run.face].font.clone(), size, &run.text, false, TextDirection::Auto);
        left += run.width * size;
    }
    surface.end_tagged();
    tagged
}
