//! Pictures of a season: the same bytes for the same words, of a bounded size, whatever people are called.

use super::*;

fn columns(values: &[&[usize]], notes: bool) -> Vec<Column> {
    let names = ["Jan 13", "Jan 20", "Jan 27", "Feb 3", "Feb 10", "Feb 17", "Feb 24", "Mar 3"];
    let column = |(label, values): (&&str, &&[usize])| Column {
        label: (*label).to_owned(),
        note: if notes { "2 of 12 pairs".to_owned() } else { String::new() },
        values: values.to_vec(),
        said: values.iter().map(ToString::to_string).collect(),
    };
    names.iter().zip(values).map(column).collect()
}

fn glance() -> Overview {
    let bar = |label: &str, value, of| Bar { label: label.to_owned(), value, of, said: format!("{value} of {of}") };
    Overview {
        title: "PLSEP Mentorship Program 2025 at a glance".to_owned(),
        subtitle: "As of Thursday, May 15, 2025 at 12:00 PM PDT".to_owned(),
        panels: vec![
            Panel::Columns {
                title: "Applications by week".to_owned(),
                names: vec!["Mentees".to_owned(), "Mentors".to_owned()],
                columns: columns(&[&[3, 1], &[5, 2], &[0, 4], &[12, 7], &[9, 6], &[21, 9]], false),
            },
            Panel::Bars {
                title: "Who has a partner".to_owned(),
                bars: vec![
                    bar("Mentees with a mentor", 38, 50),
                    bar("Mentees not decided", 0, 50),
                    bar("Mentors with a mentee", 29, 29),
                    bar("Nobody of nobody", 0, 0),
                ],
            },
            Panel::Columns {
                title: "Meetings by month (+ means at least)".to_owned(),
                names: vec![],
                columns: columns(&[&[31], &[44], &[12], &[0]], true),
            },
        ],
    }
}

fn months(rows: usize) -> HeatMap {
    let cell = |words: &str, look| HeatCell { words: words.to_owned(), look };
    let kinds = [
        cell("met 2×", Look::Good),
        cell("planned", Look::Coming),
        cell("not yet", Look::Open),
        cell("asks for help", Look::Alarm),
        cell("no word", Look::Blank),
        cell("to come", Look::Nothing),
    ];
    let people =
        ["Ada Reyes", "Zoë Núñez-O'Brien de la Fuente y Montemayor", "李娜", "ליאת כהן", "ليلى حداد", "👩🏽‍🏫 Ana"];
    let row = |place: usize| HeatRow {
        number: (place + 1).to_string(),
        one: people[place % people.len()].to_owned(),
        other: format!("with {}", people[(place + 1) % 2]),
        cells: (0..4).map(|month| kinds[(place * 3 + month) % kinds.len()].clone()).collect(),
    };
    HeatMap {
        title: "Meetings of the pairs".to_owned(),
        subtitle: "As of Thursday, May 15, 2025 at 12:00 PM PDT".to_owned(),
        months: ["Mar", "Apr", "May", "Jun"].map(str::to_owned).to_vec(),
        rows: (0..rows).map(row).collect(),
        legend: kinds.to_vec(),
    }
}

/// A picture's width and height, as the file says.
fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    (number(16), number(20))
}

#[test]
fn the_same_words_give_the_same_picture() {
    let (one, other) = (overview(&glance()).unwrap(), overview(&glance()).unwrap());
    assert!(one == other, "the same bytes");
    assert_eq!(size(&one).0, 1080);
    let (one, other) = (heat_map(&months(7)).unwrap(), heat_map(&months(7)).unwrap());
    assert!(one == other, "the same bytes");
}

#[test]
fn a_picture_of_nobody_and_one_of_many_months_are_drawn() {
    assert!(size(&heat_map(&months(0)).unwrap()).0 == 1080);
    let mut long = months(ROWS_MAX);
    long.months = (1..=12).map(|month| month.to_string()).collect();
    for row in &mut long.rows {
        row.cells = row.cells.iter().cycle().take(12).cloned().collect();
    }
    let png = heat_map(&long).unwrap();
    assert!(size(&png).0 > 1080 && png.len() < 1_000_000, "{} bytes", png.len());
    let empty =
        Overview { panels: vec![Panel::Columns { title: String::new(), names: vec![], columns: vec![] }], ..glance() };
    assert!(overview(&empty).is_ok());
}

#[test]
fn a_table_computes_nothing_and_is_the_same_each_time() {
    let formula = "=cmd|' /C calc'!A0".to_owned();
    let at = chrono::NaiveDate::from_ymd_opt(2025, 3, 14).unwrap().and_hms_opt(14, 5, 0).unwrap();
    let table = Table {
        name: "Names".to_owned(),
        head: ["Name", "Count", "When", "Nothing"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![Cell::Words(formula), Cell::Number(-3), Cell::When(at), Cell::Empty],
            vec![Cell::Words("Zoë, \"Z\"\nNúñez".to_owned()), Cell::count(2), Cell::Empty, Cell::Empty],
        ],
    };
    let text = String::from_utf8(csv(&table)).unwrap();
    let rows = "\u{feff}Name,Count,When,Nothing\r\n'=cmd|' /C calc'!A0,-3,2025-03-14 14:05,\r\n\"Zoë, \"\"Z\"\"\nNúñez\",2,,\r\n";
    assert_eq!(text, rows);
    let made_at = at.and_utc();
    let book = xlsx(std::slice::from_ref(&table), made_at).unwrap();
    assert!(book == xlsx(std::slice::from_ref(&table), made_at).unwrap(), "the same bytes");
    let twice = [table.clone(), table];
    assert!(xlsx(&twice, made_at).is_err(), "two sheets of one name");
}

#[test]
fn a_summary_goes_on_over_pages_and_is_the_same_each_time() {
    let words = |facts: usize| SummaryWords {
        lang: "en",
        title: "Mentorship Program 2025, of a very long name that does not fit on one line of the paper".to_owned(),
        about: vec!["As of Thursday, May 15, 2025".to_owned(), "Questions: office@library.example".to_owned()],
        panels: glance().panels,
        heading: "The figures in words".to_owned(),
        facts: vec!["Zoë Núñez, 李娜 and ᚠᚢᚦ stand here. ".repeat(6); facts],
    };
    let short = summary(&words(2)).unwrap();
    assert!(short.starts_with(b"%PDF-") && short == summary(&words(2)).unwrap(), "the same bytes");
    assert!(summary(&words(60)).unwrap().len() > short.len(), "nothing is left out");
    assert!(summary(&words(0)).is_ok());
}
