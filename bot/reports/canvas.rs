//! What pictures are drawn on: a sheet of pixels that becomes a PNG, words in the fonts that come with the program, and
//! the few colours. Colours differ in lightness, too, and nothing is said by a colour alone.

use std::sync::OnceLock;

use plotters::coord::Shift;
use plotters::prelude::{
    BitMapBackend, Color, DrawingArea, DrawingAreaErrorKind, DrawingBackend, FontStyle, IntoDrawingArea, IntoFont,
    PathElement, RGBColor, Rectangle, TextStyle,
};
use plotters::style::register_font;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::fonts::FONTS;

/// Words.
pub(super) const INK: RGBColor = RGBColor(31, 41, 55);
/// Words of less weight.
pub(super) const QUIET: RGBColor = RGBColor(75, 85, 99);
/// Lines that only divide.
pub(super) const FAINT: RGBColor = RGBColor(209, 213, 219);
/// The first of two, and what went well.
pub(super) const STRONG: RGBColor = RGBColor(20, 83, 98);
/// The second of two.
pub(super) const SECOND: RGBColor = RGBColor(214, 160, 64);
/// Paper.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);

/// The names under which the library knows our fonts.
const FAMILIES: [&str; 4] = ["latin", "hebrew", "arabic", "chinese"];

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing.
    #[error("a picture could not be drawn: {0}")]
    Drawing(String),
    /// The file.
    #[error("a picture could not be written: {0}")]
    File(#[from] png::EncodingError),
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self::Drawing(error.to_string())
    }
}

/// Where something is drawn, measured in pixels.
pub(super) type Area<DB> = DrawingArea<DB, Shift>;

/// A sheet of this size with what `draw` puts on it, as a PNG.
pub(super) fn png(
    (width, height): (u32, u32),
    draw: impl FnOnce(&Area<BitMapBackend<'_>>) -> Result<(), ChartError>,
) -> Result<Vec<u8>, ChartError> {
    know_fonts();
    let mut pixels = vec![0; width as usize * height as usize * 3];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
        area.fill(&PAPER)?;
        draw(&area)?;
        area.present()?;
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// The library keeps fonts by name for the whole program; ours never change.
fn know_fonts() {
    static KNOWN: OnceLock<()> = OnceLock::new();
    KNOWN.get_or_init(|| {
        for (name, bytes) in FAMILIES.into_iter().zip(FONTS) {
            // A font that is none is found by the test that draws with each.
            let _ = register_font(name, FontStyle::Normal, bytes);
        }
    });
}

/// Where words stand by the point they are put at.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// They begin there.
    Left,
    /// Their middle is there.
    Middle,
}

/// How words look.
#[derive(Clone, Copy)]
pub(super) struct Type {
    /// Height in pixels.
    pub size: i32,
    /// Colour.
    pub color: RGBColor,
    /// Where they stand.
    pub at: At,
    /// The most pixels they take; longer ones are cut.
    pub room: i32,
}

/// Puts words on the sheet, in the middle of their height at `y`. What no font can draw is left out: it is said in words
/// beside the picture.
pub(super) fn write<DB: DrawingBackend>(
    area: &Area<DB>,
    words: &str,
    (x, y): (i32, i32),
    look: Type,
) -> Result<(), ChartError> {
    let Type { size, color, at, room } = look;
    let words: String = words.chars().filter(|sign| sign.is_alphabetic() || drawn(*sign)).collect();
    // A name whose letters we do not draw has a number beside it, under which the lists know it.
    let (words, family) = as_drawn(words.trim());
    let words = words.as_str();
    let horizontal = match at {
        At::Left => HPos::Left,
        At::Middle => HPos::Center,
    };
    let font = (FAMILIES[family], size).into_font();
    let style = TextStyle::from(font).color(&color).pos(Pos::new(horizontal, VPos::Center));
    // Hebrew is read from the right and needs no more than that; Arabic letters join, which this library does not draw.
    let words = if family == 1 { words.chars().rev().collect() } else { words.to_owned() };
    let words = fitted(area, &words, &style, room)?;
    // The library takes the middle of the line for that of the letters, which is a little lower.
    area.draw_text(&words, &style, (x, y + size / 10))?;
    Ok(())
}

/// The words with the font that draws them: of a name in several scripts, the part that the first font draws.
fn as_drawn(words: &str) -> (String, usize) {
    if let Some(family) = family(words) {
        return (words.to_owned(), family);
    }
    let some: Vec<&str> = words.split_whitespace().filter(|word| family(word) == Some(0)).collect();
    if some.is_empty() { ("—".to_owned(), 0) } else { (some.join(" "), 0) }
}

/// The first font that draws all of it, if one does.
fn family(words: &str) -> Option<usize> {
    let draws = |face: &rustybuzz::Face<'_>| words.chars().all(|sign| face.glyph_index(sign).is_some());
    faces().iter().position(draws).filter(|place| *place != 2)
}

/// Whether a font draws this sign.
fn drawn(sign: char) -> bool {
    faces().iter().any(|face| face.glyph_index(sign).is_some())
}

fn faces() -> &'static [rustybuzz::Face<'static>] {
    static FACES: OnceLock<Vec<rustybuzz::Face<'static>>> = OnceLock::new();
    FACES.get_or_init(|| FONTS.into_iter().filter_map(|bytes| rustybuzz::Face::from_slice(bytes, 0)).collect())
}

/// As much of the words as there is room for.
fn fitted<DB: DrawingBackend>(
    area: &Area<DB>,
    words: &str,
    style: &TextStyle<'_>,
    room: i32,
) -> Result<String, ChartError> {
    let width = |words: &str| -> Result<i64, ChartError> { Ok(i64::from(area.estimate_text_size(words, style)?.0)) };
    let room = i64::from(room);
    if width(words)? <= room {
        return Ok(words.to_owned());
    }
    let mut kept: Vec<char> = words.chars().collect();
    while kept.pop().is_some() {
        let cut: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&cut)? <= room {
            return Ok(cut);
        }
    }
    Ok(String::new())
}

/// A filled rectangle.
pub(super) fn fill<DB: DrawingBackend>(
    area: &Area<DB>,
    (from, to): ((i32, i32), (i32, i32)),
    color: RGBColor,
) -> Result<(), ChartError> {
    Ok(area.draw(&Rectangle::new([from, to], color.filled()))?)
}

/// The edges of a rectangle.
pub(super) fn edge<DB: DrawingBackend>(
    area: &Area<DB>,
    (from, to): ((i32, i32), (i32, i32)),
    color: RGBColor,
) -> Result<(), ChartError> {
    Ok(area.draw(&Rectangle::new([from, to], color.stroke_width(2)))?)
}

/// Slanting lines over a rectangle, for eyes that see no difference between two colours.
pub(super) fn hatch<DB: DrawingBackend>(
    area: &Area<DB>,
    ((left, top), (right, bottom)): ((i32, i32), (i32, i32)),
    color: RGBColor,
) -> Result<(), ChartError> {
    const STEP: usize = 12;
    let ((left, top), (right, bottom)) = ((left + 1, top + 1), (right - 1, bottom - 1));
    if right <= left || bottom <= top {
        return Ok(());
    }
    let (width, height) = (right - left, bottom - top);
    for shift in (0..width + height).step_by(STEP) {
        // From the left or the lower edge, up to the upper or the right one.
        let start = (left + (shift - height).max(0), top + shift.min(height));
        let end = (left + shift.min(width), top + (shift - width).max(0));
        area.draw(&PathElement::new([start, end], color.stroke_width(2)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_in_two_scripts_the_part_that_is_drawn_stands_there() {
        for (name, drawn) in
            [("Wen Liu 刘文", "Wen Liu"), ("José Núñez", "José Núñez"), ("刘文", "刘文"), ("ليلى حداد", "—")]
        {
            assert_eq!(as_drawn(name).0, drawn, "{name}");
        }
    }
}
