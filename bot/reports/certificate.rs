//! The certificate of one person: a page that can be printed and framed, as a PDF whose text can be read aloud and
//! copied. The same words give the same bytes. It decides nothing and knows no language: whoever calls brings the words.
//!
//! Fonts of a bounded size come with the program. What none of them can draw is left out where it is no letter, such as
//! an emoji; where letters cannot be drawn, a line is left to write the name on by hand, never a row of empty boxes.

use krilla::Document;
use krilla::color::rgb;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};

use super::fonts::FONTS;

/// What stands on a certificate, from top to bottom.
pub struct CertificateWords {
    /// BCP 47 code of the language it is written in.
    pub lang: &'static str,
    /// What it is.
    pub title: String,
    /// The program.
    pub program: String,
    /// The words before the name.
    pub before_name: String,
    /// The name.
    pub name: String,
    /// What the person did, line by line.
    pub lines: Vec<String>,
    /// When it was issued.
    pub issued: String,
    /// Who answers for it.
    pub office: String,
}

/// US Letter on its long side, in points.
const PAGE: (f32, f32) = (792.0, 612.0);
/// What is left free on both sides of a line.
const MARGIN: f32 = 96.0;

const INK: (u8, u8, u8) = (31, 41, 55);
const ACCENT: (u8, u8, u8) = (20, 83, 98);
const QUIET: (u8, u8, u8) = (75, 85, 99);

/// A font as both the drawing and the measuring know it.
pub(super) struct Face {
    pub font: Font,
    pub shapes: rustybuzz::Face<'static>,
}

/// A part of a line that one font draws.
pub(super) struct Run {
    pub face: usize,
    pub text: String,
    pub width: f32,
}

/// A line and how it looks.
struct Line<'a> {
    text: &'a str,
    size: f32,
    color: (u8, u8, u8),
    baseline: f32,
}

/// The certificate as a PDF.
///
/// # Errors
/// What the library says; never for a name that cannot be drawn.
pub fn certificate(words: &CertificateWords) -> Result<Vec<u8>, KrillaError> {
    let faces = faces();
    let CertificateWords { lang, title, program, before_name, name, lines, issued, office } = words;
    let metadata =
        Metadata::new().title(format!("{title}: {name}")).language((*lang).to_owned()).creator("plsep-bot".to_owned());
    let mut document = Document::new();
    document.set_metadata(metadata);
    let settings = PageSettings::from_wh(PAGE.0, PAGE.1).unwrap_or_default();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let mut tags = TagTree::new().with_lang(Some((*lang).to_owned()));
    frame(&mut surface);
    let mut put = |line: Line<'_>, heading: bool, surface: &mut Surface<'_>| {
        let runs = runs(&faces, line.text);
        let span = match runs.as_slice() {
            [run] if run.text == line.text => SpanTag::empty(),
            _ => SpanTag::empty().with_actual_text(Some(line.text)),
        };
        let tagged = surface.start_tagged(ContentTag::Span(span));
        centred(surface, &faces, runs, &line);
        surface.end_tagged();
        let mut group =
            if heading { TagGroup::new(Tag::Hn(std::num::NonZeroU16::MIN, None)) } else { TagGroup::new(Tag::P) };
        group.push(tagged);
        tags.push(group);
    };
    put(Line { text: program, size: 15.0, color: QUIET, baseline: 118.0 }, false, &mut surface);
    put(Line { text: title, size: 36.0, color: ACCENT, baseline: 172.0 }, true, &mut surface);
    put(Line { text: before_name, size: 14.0, color: QUIET, baseline: 222.0 }, false, &mut surface);
    put(Line { text: name, size: 32.0, color: INK, baseline: 274.0 }, false, &mut surface);
    let mut baseline = 326.0;
    for line in lines {
        put(Line { text: line, size: 15.0, color: INK, baseline }, false, &mut surface);
        baseline += 25.0;
    }
    put(Line { text: issued, size: 12.0, color: QUIET, baseline: 508.0 }, false, &mut surface);
    put(Line { text: office, size: 12.0, color: QUIET, baseline: 528.0 }, false, &mut surface);
    surface.finish();
    page.finish();
    document.set_tag_tree(tags);
    document.finish()
}

pub(super) fn faces() -> Vec<Face> {
    let face = |bytes: &'static [u8]| {
        Some(Face { font: Font::new(bytes.to_vec().into(), 0)?, shapes: rustybuzz::Face::from_slice(bytes, 0)? })
    };
    FONTS.into_iter().filter_map(face).collect()
}

/// Two thin frames, a line under the name, and a small ornament: what a screen reader passes over.
fn frame(surface: &mut Surface<'_>) {
    let _ = surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
    surface.set_fill(None);
    for (inset, width) in [(30.0, 2.5), (38.0, 0.75)] {
        outline(surface, inset, width);
    }
    for (y, half, width) in [(288.0, 200.0, 0.75), (478.0, 40.0, 1.5)] {
        let mut path = PathBuilder::new();
        path.move_to(PAGE.0 / 2.0 - half, y);
        path.line_to(PAGE.0 / 2.0 + half, y);
        draw(surface, path, width);
    }
    surface.end_tagged();
}

fn outline(surface: &mut Surface<'_>, inset: f32, width: f32) {
    let Some(rect) = Rect::from_ltrb(inset, inset, PAGE.0 - inset, PAGE.1 - inset) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    draw(surface, path, width);
}

fn draw(surface: &mut Surface<'_>, path: PathBuilder, width: f32) {
    let (red, green, blue) = ACCENT;
    surface.set_stroke(Some(Stroke { paint: rgb::Color::new(red, green, blue).into(), width, ..Stroke::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}

/// Draws a line in the middle, smaller where it would be too wide.
fn centred(surface: &mut Surface<'_>, faces: &[Face], runs: Vec<Run>, line: &Line<'_>) {
    let Line { size, color: (red, green, blue), baseline, .. } = *line;
    let natural: f32 = runs.iter().map(|run| run.width).sum::<f32>() * size;
    let room = PAGE.0 - 2.0 * MARGIN;
    let size = if natural > room { size * room / natural } else { size };
    let width = natural.min(room);
    let fill = Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() };
    surface.set_fill(Some(fill));
    let mut x = (PAGE.0 - width) / 2.0;
    for Run { face, text, width } in runs {
        let at = Point::from_xy(x, baseline);
        surface.draw_text(at, faces[face].font.clone(), size, &text, false, TextDirection::Auto);
        x += width * size;
    }
}

/// Which font draws what, and how wide it is at a size of one. Nothing, if there is a letter that none can draw.
pub(super) fn runs(faces: &[Face], text: &str) -> Vec<Run> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    for sign in text.chars() {
        let known = |face: &Face| face.shapes.glyph_index(sign).is_some();
        let before = runs.last().map(|(face, _)| *face).filter(|face| known(&faces[*face]));
        let Some(face) = before.or_else(|| faces.iter().position(known)) else {
            if sign.is_alphabetic() {
                return Vec::new();
            }
            continue;
        };
        match runs.last_mut() {
            Some((last, text)) if *last == face => text.push(sign),
            _ => runs.push((face, sign.to_string())),
        }
    }
    let whole = runs.len() == 1;
    let measured = |(face, text): (usize, String)| {
        let text = if whole { text.trim().to_owned() } else { text };
        let shapes = &faces[face].shapes;
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(shapes, &[], buffer);
        let advance: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line is some thousand units wide")]
        let width = advance as f32 / shapes.units_per_em() as f32;
        Run { face, text, width }
    };
    runs.into_iter().map(measured).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> CertificateWords {
        CertificateWords {
            lang: "en",
            title: "Certificate of Participation".to_owned(),
            program: "Mentorship 2025".to_owned(),
            before_name: "This certifies that".to_owned(),
            name: name.to_owned(),
            lines: vec!["took part".to_owned()],
            issued: "Issued on Tuesday, July 1, 2025".to_owned(),
            office: "office@library.example".to_owned(),
        }
    }

    #[test]
    fn the_same_words_give_the_same_bytes() {
        let made = certificate(&words("Zoë Núñez-O'Brien")).unwrap();
        assert!(made.starts_with(b"%PDF-") && made.len() < 60_000, "{} bytes", made.len());
        assert_eq!(certificate(&words("Zoë Núñez-O'Brien")).unwrap(), made);
    }

    #[test]
    fn names_of_many_scripts_are_drawn_and_what_cannot_be_is_left_out() {
        let faces = faces();
        let drawn = |name: &str| runs(&faces, name).into_iter().map(|run| run.text).collect::<String>();
        for name in ["Zoë Núñez-O'Brien", "李娜", "ליאת כהן", "ليلى حداد", "Αθηνά", "さくら"]
        {
            assert_eq!(drawn(name).replace(' ', ""), name.replace(' ', ""));
        }
        let emoji = drawn("\u{1f469}\u{1f3fd}\u{200d}\u{1f3eb} Ana");
        assert_eq!(emoji.trim_start_matches(['\u{200d}', ' ']), "Ana", "a joiner is no wider than nothing");
        for name in ["ᚠᚢᚦ", "김민준"] {
            assert_eq!(drawn(name), "", "a line to write on");
            assert!(certificate(&words(name)).is_ok());
        }
    }
}
