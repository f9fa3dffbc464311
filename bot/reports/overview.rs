//! The season at a glance, as a picture: columns for what happened over time, bars for how far people have come. The
//! same words and figures give the same bytes. Every number stands beside its column or bar.

use plotters::chart::ChartBuilder;
use plotters::prelude::{Color, DrawingBackend, Rectangle};

use super::canvas::{Area, At, ChartError, FAINT, INK, PAPER, QUIET, SECOND, STRONG, Type, fill, hatch, png, write};

/// What the picture shows, from top to bottom.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Its heading.
    pub title: String,
    /// When it was drawn.
    pub subtitle: String,
    /// Its parts.
    pub panels: Vec<Panel>,
}

/// A part of the picture.
#[derive(Clone, Debug)]
pub enum Panel {
    /// Columns side by side.
    Columns {
        /// Its heading.
        title: String,
        /// What the first and the second of two columns stand for; one name where there is one.
        names: Vec<String>,
        /// The columns.
        columns: Vec<Column>,
    },
    /// Bars one below the other.
    Bars {
        /// Its heading.
        title: String,
        /// The bars.
        bars: Vec<Bar>,
    },
}

/// One or two columns of one moment.
#[derive(Clone, Debug)]
pub struct Column {
    /// What stands below.
    pub label: String,
    /// What stands below that.
    pub note: String,
    /// How high they are.
    pub values: Vec<usize>,
    /// What stands above each.
    pub said: Vec<String>,
}

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What stands before it.
    pub label: String,
    /// How long it is.
    pub value: usize,
    /// How long it could be.
    pub of: usize,
    /// What stands behind it.
    pub said: String,
}

const WIDTH: u32 = 1080;
const MARGIN: i32 = 48;
/// Room for the heading of the picture.
const HEAD: i32 = 150;
/// Room for the heading of a panel.
const PANEL_HEAD: i32 = 84;
/// Room below the heading, for what columns stand for.
const NAMES: i32 = 46;
/// How high the highest column is, with its number.
const COLUMNS: i32 = 270;
/// Room for what stands below columns.
const LABELS: i32 = 48;
/// Room for what stands below that.
const NOTES: i32 = 40;
const BAR: i32 = 62;
/// Between two panels.
const GAP: i32 = 34;
/// Where bars begin.
const BARS_FROM: i32 = 420;
/// Where bars end at the latest.
const BARS_TO: i32 = 820;

const LARGE: Type = Type { size: 46, color: INK, at: At::Left, room: WIDTH as i32 - 2 * MARGIN };
const HEADING: Type = Type { size: 36, color: STRONG, ..LARGE };
const BODY: Type = Type { size: 30, ..LARGE };

/// The picture as a PNG.
///
/// # Errors
/// What the library says; never for words that no font can draw.
pub fn overview(shown: &Overview) -> Result<Vec<u8>, ChartError> {
    let height = HEAD + shown.panels.iter().map(|panel| panel.height() + GAP).sum::<i32>();
    png((WIDTH, u32::try_from(height).unwrap_or(WIDTH)), |area| {
        write(area, &shown.title, (MARGIN, 56), LARGE)?;
        write(area, &shown.subtitle, (MARGIN, 108), Type { color: QUIET, ..BODY })?;
        let mut top = HEAD;
        for panel in &shown.panels {
            fill(area, ((MARGIN, top), (WIDTH as i32 - MARGIN, top + 2)), FAINT)?;
            match panel {
                Panel::Columns { title, names, columns } => draw_columns(area, top, title, names, columns)?,
                Panel::Bars { title, bars } => draw_bars(area, top, title, bars)?,
            }
            top += panel.height() + GAP;
        }
        Ok(())
    })
}

impl Panel {
    fn height(&self) -> i32 {
        match self {
            Self::Columns { names, columns, .. } => {
                let names = if names.len() > 1 { NAMES } else { 0 };
                let notes = if columns.iter().any(|column| !column.note.is_empty()) { NOTES } else { 0 };
                PANEL_HEAD + names + COLUMNS + LABELS + notes
            }
            Self::Bars { bars, .. } => PANEL_HEAD + BAR * i32::try_from(bars.len()).unwrap_or(0),
        }
    }
}

fn draw_columns<DB: DrawingBackend>(
    area: &Area<DB>,
    top: i32,
    title: &str,
    names: &[String],
    columns: &[Column],
) -> Result<(), ChartError> {
    write(area, title, (MARGIN, top + 46), HEADING)?;
    let mut top = top + PANEL_HEAD;
    if names.len() > 1 {
        for (place, name) in names.iter().enumerate() {
            let left = MARGIN + i32::try_from(place).unwrap_or(0) * 320;
            swatch(area, ((left, top + 8), (left + 34, top + 36)), place)?;
            write(area, name, (left + 48, top + 22), Type { room: 260, ..BODY })?;
        }
        top += NAMES;
    }
    let count = i32::try_from(columns.len().max(1)).unwrap_or(1);
    let highest = columns.iter().flat_map(|it| &it.values).copied().max().unwrap_or(0).max(1);
    let plot = area.margin(top, 0, MARGIN, MARGIN).shrink((0, 0), (WIDTH - 2 * MARGIN as u32, COLUMNS as u32));
    let highest = f64::from(u32::try_from(highest).unwrap_or(u32::MAX));
    // A fifth of the height is for the number above the highest column.
    let mut chart = ChartBuilder::on(&plot)
        .build_cartesian_2d(0.0..f64::from(count), 0.0..highest * 1.25)
        .map_err(ChartError::from)?;
    let step = (WIDTH as i32 - 2 * MARGIN) / count;
    for (place, column) in (0_i32..).zip(columns) {
        let each = 0.72 / f64::from(u32::try_from(column.values.len().max(1)).unwrap_or(1));
        for (which, value) in column.values.iter().enumerate() {
            let from = f64::from(place) + 0.14 + each * f64::from(u32::try_from(which).unwrap_or(0));
            let high = f64::from(u32::try_from(*value).unwrap_or(u32::MAX));
            let color = if which == 0 { STRONG } else { SECOND };
            let corners = [(from + each * 0.04, 0.0), (from + each * 0.96, high)];
            chart.draw_series([Rectangle::new(corners, color.filled())])?;
            let seat = chart.plotting_area();
            let (low, up) = (seat.map_coordinate(&corners[0]), seat.map_coordinate(&corners[1]));
            if which > 0 && *value > 0 {
                hatch(area, ((low.0, up.1), (up.0, low.1)), INK)?;
            }
            let said = column.said.get(which).map(String::as_str).unwrap_or_default();
            let look = Type { at: At::Middle, room: step, ..BODY };
            write(area, said, ((low.0 + up.0) / 2, up.1 - 22), look)?;
        }
        let middle = MARGIN + step * place + step / 2;
        let below = Type { at: At::Middle, room: step - 8, size: if count > 6 { 25 } else { 28 }, ..BODY };
        write(area, &column.label, (middle, top + COLUMNS + 26), below)?;
        write(area, &column.note, (middle, top + COLUMNS + 62), Type { color: QUIET, ..below })?;
    }
    fill(area, ((MARGIN, top + COLUMNS - 1), (WIDTH as i32 - MARGIN, top + COLUMNS + 1)), INK)
}

/// What a column looks like, beside what it stands for.
fn swatch<DB: DrawingBackend>(
    area: &Area<DB>,
    corners: ((i32, i32), (i32, i32)),
    place: usize,
) -> Result<(), ChartError> {
    fill(area, corners, if place == 0 { STRONG } else { SECOND })?;
    if place > 0 {
        hatch(area, corners, INK)?;
    }
    Ok(())
}

fn draw_bars<DB: DrawingBackend>(area: &Area<DB>, top: i32, title: &str, bars: &[Bar]) -> Result<(), ChartError> {
    write(area, title, (MARGIN, top + 46), HEADING)?;
    for (place, bar) in (0_i32..).zip(bars) {
        let top = top + PANEL_HEAD + place * BAR;
        let middle = top + BAR / 2 - 4;
        write(area, &bar.label, (MARGIN, middle), Type { room: BARS_FROM - MARGIN - 16, ..BODY })?;
        let whole = BARS_TO - BARS_FROM;
        let length = if bar.of == 0 { 0 } else { whole * i32_of(bar.value.min(bar.of)) / i32_of(bar.of).max(1) };
        let (from, to) = (top + 8, top + BAR - 16);
        fill(area, ((BARS_FROM, from), (BARS_TO, to)), FAINT)?;
        fill(area, ((BARS_FROM, from), (BARS_FROM + length, to)), STRONG)?;
        // A thin edge keeps a short bar apart from none at all.
        fill(area, ((BARS_FROM - 2, from), (BARS_FROM, to)), INK)?;
        if length < whole {
            fill(area, ((BARS_FROM + length, from), (BARS_FROM + length + 2, to)), PAPER)?;
        }
        let room = WIDTH as i32 - MARGIN - BARS_TO - 16;
        write(area, &bar.said, (BARS_TO + 20, middle), Type { room, ..BODY })?;
    }
    Ok(())
}

fn i32_of(count: usize) -> i32 {
    // Far more people than a program has.
    i32::try_from(count).unwrap_or(i32::MAX / 1000).min(1_000_000)
}
