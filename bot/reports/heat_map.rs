//! The months of the pairs as a picture: a row for each pair, a column for each month, and in each cell a word on a
//! colour. The same words give the same bytes.

use plotters::chart::ChartBuilder;
use plotters::prelude::{Color, DrawingBackend, RGBColor, Rectangle};

use super::canvas::{Area, At, ChartError, FAINT, INK, PAPER, QUIET, STRONG, Type, edge, fill, hatch, png, write};

/// What the picture shows.
#[derive(Clone, Debug)]
pub struct HeatMap {
    /// Its heading.
    pub title: String,
    /// When it was drawn, and which part it is.
    pub subtitle: String,
    /// The months.
    pub months: Vec<String>,
    /// The pairs.
    pub rows: Vec<HeatRow>,
    /// What each look means.
    pub legend: Vec<HeatCell>,
}

/// A pair.
#[derive(Clone, Debug)]
pub struct HeatRow {
    /// Its number in the lists beside the picture.
    pub number: String,
    /// The first of the two.
    pub one: String,
    /// The other, with what joins them.
    pub other: String,
    /// Its months.
    pub cells: Vec<HeatCell>,
}

/// A pair in a month, or an entry of the legend.
#[derive(Clone, Debug)]
pub struct HeatCell {
    /// What it says.
    pub words: String,
    /// How it looks.
    pub look: Look,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Went well.
    Good,
    /// Is on its way.
    Coming,
    /// Has not happened.
    Open,
    /// Somebody should look.
    Alarm,
    /// Nothing is known.
    Blank,
    /// There is nothing to know.
    Nothing,
}

/// Pairs on one picture: so many are still read on a phone.
pub(crate) const ROWS_MAX: usize = 25;

const MARGIN: i32 = 40;
/// Room for number and names.
const NAMES: i32 = 400;
/// Narrowest month.
const MONTH_MIN: i32 = 148;
const WIDTH_MIN: i32 = 1080;
const ROW: i32 = 78;
const HEAD: i32 = 140;
/// One line of the legend.
const LEGEND: i32 = 56;
const LEGEND_IN_LINE: usize = 3;

const GOOD: RGBColor = STRONG;
const COMING: RGBColor = RGBColor(191, 219, 230);
const OPEN: RGBColor = RGBColor(252, 231, 186);
const ALARM: RGBColor = RGBColor(154, 52, 18);

const LARGE: Type = Type { size: 44, color: INK, at: At::Left, room: WIDTH_MIN - 2 * MARGIN };
const BODY: Type = Type { size: 28, ..LARGE };

/// The picture as a PNG.
///
/// # Errors
/// What the library says; never for words that no font can draw.
pub fn heat_map(shown: &HeatMap) -> Result<Vec<u8>, ChartError> {
    let months = i32::try_from(shown.months.len().max(1)).unwrap_or(1);
    let month = ((WIDTH_MIN - 2 * MARGIN - NAMES) / months).max(MONTH_MIN);
    let width = 2 * MARGIN + NAMES + month * months;
    let rows = i32::try_from(shown.rows.len()).unwrap_or(0);
    let legend = LEGEND * i32::try_from(shown.legend.len().div_ceil(LEGEND_IN_LINE)).unwrap_or(0);
    let top = HEAD + legend + 70;
    let height = top + ROW * rows.max(1) + MARGIN;
    let size = (u32::try_from(width).unwrap_or(1), u32::try_from(height).unwrap_or(1));
    png(size, |area| {
        write(area, &shown.title, (MARGIN, 52), Type { room: width - 2 * MARGIN, ..LARGE })?;
        write(area, &shown.subtitle, (MARGIN, 104), Type { color: QUIET, room: width - 2 * MARGIN, ..BODY })?;
        for (place, entry) in (0_i32..).zip(&shown.legend) {
            let each = (width - 2 * MARGIN) / 3;
            let left = MARGIN + place % 3 * each;
            let top = HEAD + place / 3 * LEGEND;
            paint(area, ((left, top + 6), (left + 46, top + 44)), entry.look)?;
            write(area, &entry.words, (left + 60, top + 26), Type { room: each - 70, ..BODY })?;
        }
        for (place, name) in (0_i32..).zip(&shown.months) {
            let middle = MARGIN + NAMES + place * month + month / 2;
            write(area, name, (middle, top - 32), Type { at: At::Middle, room: month - 8, ..BODY })?;
        }
        names(area, top, &shown.rows)?;
        cells(area, top, month, shown)
    })
}

fn names<DB: DrawingBackend>(area: &Area<DB>, top: i32, rows: &[HeatRow]) -> Result<(), ChartError> {
    for (place, row) in (0_i32..).zip(rows) {
        let top = top + place * ROW;
        fill(area, ((MARGIN, top), (MARGIN + NAMES, top + 1)), FAINT)?;
        write(area, &row.number, (MARGIN, top + 26), Type { color: QUIET, room: 56, ..BODY })?;
        let room = NAMES - 76;
        write(area, &row.one, (MARGIN + 60, top + 26), Type { room, ..BODY })?;
        write(area, &row.other, (MARGIN + 60, top + 56), Type { size: 24, color: QUIET, room, ..BODY })?;
    }
    Ok(())
}

fn cells<DB: DrawingBackend>(area: &Area<DB>, top: i32, month: i32, shown: &HeatMap) -> Result<(), ChartError> {
    let count = |len: usize| i32::try_from(len.max(1)).unwrap_or(1);
    let (across, down) = (count(shown.months.len()), count(shown.rows.len()));
    let (width, height) = (u32::try_from(month * across).unwrap_or(1), u32::try_from(ROW * down).unwrap_or(1));
    let plot = area.margin(top, 0, MARGIN + NAMES, 0).shrink((0, 0), (width, height));
    let mut chart = ChartBuilder::on(&plot).build_cartesian_2d(0..across, down..0).map_err(ChartError::from)?;
    for (y, row) in (0_i32..).zip(&shown.rows) {
        for (x, cell) in (0_i32..).zip(&row.cells).take(shown.months.len()) {
            let corners = [(x, y), (x + 1, y + 1)];
            chart.draw_series([Rectangle::new(corners, PAPER.filled())])?;
            let seat = chart.plotting_area();
            let (from, to) = (seat.map_coordinate(&corners[0]), seat.map_coordinate(&corners[1]));
            let (from, to) = ((from.0 + 3, from.1 + 3), (to.0 - 3, to.1 - 3));
            paint(area, (from, to), cell.look)?;
            let color = match cell.look {
                Look::Good | Look::Alarm => PAPER,
                Look::Coming | Look::Open => INK,
                Look::Blank | Look::Nothing => QUIET,
            };
            let look = Type { at: At::Middle, color, room: month - 12, size: 27 };
            write(area, &cell.words, ((from.0 + to.0) / 2, (from.1 + to.1) / 2), look)?;
        }
    }
    Ok(())
}

fn paint<DB: DrawingBackend>(area: &Area<DB>, corners: ((i32, i32), (i32, i32)), look: Look) -> Result<(), ChartError> {
    match look {
        Look::Good => fill(area, corners, GOOD),
        Look::Coming => {
            fill(area, corners, COMING)?;
            edge(area, corners, GOOD)
        }
        Look::Open => fill(area, corners, OPEN),
        Look::Alarm => {
            fill(area, corners, ALARM)?;
            edge(area, corners, INK)
        }
        Look::Blank => edge(area, corners, QUIET),
        Look::Nothing => hatch(area, corners, FAINT),
    }
}
