//! The months of the pairs: pictures, the same as a file for spreadsheets, and the sums in words.

use plsep_domain::PersonId;
use plsep_domain::figures::{Cell as Month, Figures, PairFact};
use plsep_domain::permission::Coordinator;

use super::facts::Known;
use super::later;
use crate::chat::{File, Reply};
use crate::flows::session::Session;
use crate::flows::{Fault, Trouble};
use crate::reports::{self, Cell, HeatCell, HeatMap, HeatRow, Look, Table};
use crate::words::{AuditBy, Voice};

/// The most pictures in one answer: with the file they are what one message carries on either platform.
const PICTURES_MAX: usize = 8;

pub(in crate::flows) async fn meetings(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let known = Known::read(&mut session.tx, season, session.now).await?;
    if known.pairs.is_empty() {
        return Ok(Reply::Private(session.voice().pairs(&[])));
    }
    let facts = known.facts();
    let figures = Figures::of(&facts);
    let voice = session.voice();
    let forgotten = voice.audit_by_word(&AuditBy::Forgotten);
    let rows = rows(&known, &facts.pairs, &forgotten, session.now);
    let table = table(&voice, &known, &rows);
    let maps: Vec<HeatMap> = maps(&voice, &known, &rows, &figures);
    let shown = maps.iter().map(|map| map.rows.len()).sum();
    let message = voice.heat_map(&known.season.program, &figures, shown, rows.len());
    let alts: Vec<String> =
        maps.iter().map(|map| voice.heat_map_alt(&map.subtitle, &known.season.program, &figures)).collect();
    let csv_alt = Some(voice.heat_map_file_alt());
    Ok(later(session, move || {
        let mut message = message;
        for (place, (map, alt)) in maps.iter().zip(alts).enumerate() {
            let content = reports::heat_map(map).map_err(Fault::picture)?;
            let name = format!("meetings-{}.png", place + 1);
            message = message.with_file(File { name, media: "image/png".to_owned(), alt: Some(alt), content });
        }
        let file = File {
            name: "meetings.csv".to_owned(),
            media: "text/csv".to_owned(),
            alt: csv_alt,
            content: reports::csv(&table),
        };
        Ok(message.with_file(file))
    }))
}

/// A pair with its names and months.
struct Row<'k> {
    mentee: &'k str,
    mentor: &'k str,
    pair: &'k PairFact,
    months: Vec<Month>,
}

/// The pairs by the names of their mentees, so that a pair is found as in a list of names.
/// Of whoever was forgotten it says so.
fn rows<'k>(
    known: &'k Known,
    pairs: &'k [PairFact],
    forgotten: &'k str,
    now: chrono::DateTime<chrono::Utc>,
) -> Vec<Row<'k>> {
    let calendar = &known.season.program.calendar;
    let ranges: Vec<_> = calendar.periods().into_iter().map(|period| period.range(calendar.zone())).collect();
    let known_name = |person: PersonId| known.people.get(&person).map(|person| person.name.as_str());
    let name = |person: PersonId| known_name(person).filter(|name| !name.is_empty()).unwrap_or(forgotten);
    let row = |pair: &'k PairFact| {
        let months = pair.months.iter().zip(&ranges).map(|(month, range)| Month::of(pair, *month, *range, now));
        Row { mentee: name(pair.mentee), mentor: name(pair.mentor), months: months.collect(), pair }
    };
    let mut rows: Vec<Row<'_>> = pairs.iter().map(row).collect();
    rows.sort_by_key(|row| (row.mentee.to_lowercase(), row.pair.id));
    rows
}

fn maps(voice: &Voice<'_>, known: &Known, rows: &[Row<'_>], figures: &Figures) -> Vec<HeatMap> {
    let program = &known.season.program;
    let at = voice.report_at(figures.at, program);
    let pages: Vec<&[Row<'_>]> = rows.chunks(reports::ROWS_MAX).take(PICTURES_MAX).collect();
    let page = |(place, page): (usize, &&[Row<'_>])| {
        let first = place * reports::ROWS_MAX + 1;
        HeatMap {
            title: voice.heat_map_title(program),
            subtitle: voice.heat_map_subtitle(&at, first, first + page.len() - 1, rows.len()),
            months: figures.months.iter().map(|month| voice.short_month(month.period.month())).collect(),
            rows: page.iter().enumerate().map(|(row, it)| heat_row(voice, first + row, it)).collect(),
            legend: LEGEND.map(|(key, look)| HeatCell { words: voice.heat_legend(key), look }).to_vec(),
        }
    };
    pages.iter().enumerate().map(page).collect()
}

/// What there is to see, and how it looks.
const LEGEND: [(&str, Look); 8] = [
    ("met", Look::Good),
    ("planned", Look::Coming),
    ("not_yet", Look::Open),
    ("needs_help", Look::Alarm),
    ("disagree", Look::Alarm),
    ("silent", Look::Blank),
    ("ahead", Look::Nothing),
    ("apart", Look::Nothing),
];

fn heat_row(voice: &Voice<'_>, number: usize, row: &Row<'_>) -> HeatRow {
    let cell = |month: &Month| {
        let look = LEGEND.iter().find(|(key, _)| *key == month.key()).map_or(Look::Nothing, |(_, look)| *look);
        HeatCell { words: voice.heat_cell(*month), look }
    };
    HeatRow {
        number: number.to_string(),
        one: row.mentee.to_owned(),
        other: voice.heat_partner(row.mentor),
        cells: row.months.iter().map(cell).collect(),
    }
}

fn table(voice: &Voice<'_>, known: &Known, rows: &[Row<'_>]) -> Table {
    let calendar = &known.season.program.calendar;
    let mut head = voice.heat_table_head();
    for period in calendar.periods() {
        head.extend(voice.heat_table_month(period, calendar.zone()));
    }
    let row = |(place, row): (usize, &Row<'_>)| {
        let mut cells = vec![
            Cell::count(place + 1),
            Cell::Words(row.mentee.to_owned()),
            Cell::Words(row.mentor.to_owned()),
            Cell::Words(voice.pair_state(&row.pair.state)),
        ];
        for (month, known) in row.months.iter().zip(&row.pair.months) {
            let met = if matches!(month, Month::Ahead | Month::Apart) {
                Cell::Empty
            } else {
                Cell::count(known.met.meetings)
            };
            cells.extend([Cell::Words(voice.heat_legend(month.key())), met]);
        }
        cells
    };
    Table { name: voice.heat_table_name(), head, rows: rows.iter().enumerate().map(row).collect() }
}
