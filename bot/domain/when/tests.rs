//! Tables of what people write and what it means, and properties of any text at all.

use chrono_tz::Tz::America__Los_Angeles as LA;
use proptest::prelude::*;

use super::*;
use crate::repeatable;

/// Wednesday, March 5, 2025, 10:00 in Los Angeles; the clocks change on Sunday, March 9.
fn asked(lang: Lang) -> Asked {
    Asked { now: "2025-03-05T18:00:00Z".parse().unwrap(), zone: LA, lang, towards: Towards::Future }
}

fn local(text: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    LA.from_local_datetime(&local).earliest().unwrap().to_utc()
}

fn one(text: &str) -> Reading {
    Reading::Understood(local(text))
}

fn several(texts: &[&str]) -> Reading {
    Reading::Ambiguous(texts.iter().map(|text| local(text)).collect())
}

#[test]
fn what_people_write_is_understood() {
    let table = [
        ("next tue 2pm", "2025-03-11 14:00"),
        ("tomorrow at noon", "2025-03-06 12:00"),
        ("3/14 14:00", "2025-03-14 14:00"),
        ("14/3 14:00", "2025-03-14 14:00"),
        ("3/14/25 2pm", "2025-03-14 14:00"),
        ("March 14 2:30 pm", "2025-03-14 14:30"),
        ("march 14th, 2025 at 2.30 p.m.", "2025-03-14 14:30"),
        ("14 March 2:30 PM", "2025-03-14 14:30"),
        ("fri 10", "2025-03-07 10:00"),
        ("Fri 2", "2025-03-07 14:00"),
        ("Friday at 2", "2025-03-07 14:00"),
        ("2025-03-14 14:00", "2025-03-14 14:00"),
        ("2025-03-14 9:00", "2025-03-14 09:00"),
        ("2025-03-14T14:00", "2025-03-14 14:00"),
        ("2025-03-14T21:00:00Z", "2025-03-14 14:00"),
        ("2025-03-14 14:00:00-07:00", "2025-03-14 14:00"),
        ("friday 8pm", "2025-03-07 20:00"),
        ("friday 8 in the morning", "2025-03-07 08:00"),
        ("tonight at 8", "2025-03-05 20:00"),
        ("this afternoon at 3", "2025-03-05 15:00"),
        ("today 4pm", "2025-03-05 16:00"),
        ("half past two on friday", "2025-03-07 14:30"),
        ("quarter to three tomorrow", "2025-03-06 14:45"),
        ("day after tomorrow 11:30", "2025-03-07 11:30"),
        ("in 3 days at 2pm", "2025-03-08 14:00"),
        ("in two hours", "2025-03-05 12:00"),
        ("in a week at 2pm", "2025-03-12 14:00"),
        ("the 14th at 2pm", "2025-03-14 14:00"),
        ("tue 11 2pm", "2025-03-11 14:00"),
        ("friday, march 14, 2pm", "2025-03-14 14:00"),
        ("tuesday next week 10am", "2025-03-11 10:00"),
        ("fri 2-3pm", "2025-03-07 14:00"),
        ("Fri. 2 PM PST", "2025-03-07 14:00"),
        ("3/14 2pm PT", "2025-03-14 14:00"),
        ("3/3 2pm", "2026-03-03 14:00"),
        ("Tuesday, March 11, 2025 at 2:00 PM PDT", "2025-03-11 14:00"),
        ("12/1 at 09:00", "2025-12-01 09:00"),
    ];
    for (text, expected) in table {
        assert_eq!(read(text, &asked(Lang::En)), one(expected), "{text}");
    }
}

#[test]
fn in_spanish_too() {
    let table = [
        ("14 de marzo a las 2 de la tarde", "2025-03-14 14:00"),
        ("el martes próximo a las 14h", "2025-03-11 14:00"),
        ("el próximo martes a las 14:00", "2025-03-11 14:00"),
        ("el martes que viene a las dos y media", "2025-03-11 14:30"),
        ("mañana a las 10 de la mañana", "2025-03-06 10:00"),
        ("mañana por la mañana a las 8", "2025-03-06 08:00"),
        ("pasado mañana a las 3 de la tarde", "2025-03-07 15:00"),
        ("mañana al mediodía", "2025-03-06 12:00"),
        ("hoy a las 4 p. m.", "2025-03-05 16:00"),
        ("esta noche a las 8", "2025-03-05 20:00"),
        ("el viernes a las 14h30", "2025-03-07 14:30"),
        ("vie 10", "2025-03-07 10:00"),
        ("mar 11 14:00", "2025-03-11 14:00"),
        ("14 mar 14:00", "2025-03-14 14:00"),
        ("el 14 a las 2", "2025-03-14 14:00"),
        ("el día 14 a las tres menos cuarto", "2025-03-14 14:45"),
        ("14/3 14:00", "2025-03-14 14:00"),
        ("14/03/2025 14:00", "2025-03-14 14:00"),
        ("dentro de tres días a las 2 de la tarde", "2025-03-08 14:00"),
        ("en dos horas", "2025-03-05 12:00"),
        ("martes de la próxima semana a las 10", "2025-03-11 10:00"),
        ("martes 11 de marzo de 2025 a las 14:00 (PDT)", "2025-03-11 14:00"),
    ];
    for (text, expected) in table {
        assert_eq!(read(text, &asked(Lang::Es)), one(expected), "{text}");
    }
}

#[test]
fn where_a_person_would_ask_back_there_are_candidates() {
    let table = [
        (Lang::En, "friday at 9", vec!["2025-03-07 09:00", "2025-03-07 21:00"]),
        (Lang::En, "friday 8:30", vec!["2025-03-07 08:30", "2025-03-07 20:30"]),
        (Lang::Es, "4/3 14:00", vec!["2025-04-03 14:00", "2026-03-04 14:00"]),
        (Lang::Es, "3/4/2025 14:00", vec!["2025-04-03 14:00"]),
        (Lang::En, "wednesday 2pm", vec!["2025-03-05 14:00", "2025-03-12 14:00"]),
        (Lang::En, "next friday 2pm", vec!["2025-03-07 14:00", "2025-03-14 14:00"]),
        (Lang::En, "next sunday 2pm", vec!["2025-03-09 14:00", "2025-03-16 14:00"]),
        (Lang::En, "wednesday at 9", vec!["2025-03-05 21:00", "2025-03-12 09:00", "2025-03-12 21:00"]),
        (Lang::En, "friday midnight", vec!["2025-03-07 00:00", "2025-03-08 00:00"]),
    ];
    for (lang, text, expected) in table {
        let expected = if expected.len() == 1 { one(expected[0]) } else { several(&expected) };
        assert_eq!(read(text, &asked(lang)), expected, "{text}");
    }
    // Where two of the clock's hours have one name, its two moments are asked about, unless the zone is named.
    let twice = read("2025-11-02 01:30", &asked(Lang::En));
    let both: Vec<DateTime<Utc>> =
        ["2025-11-02T08:30:00Z", "2025-11-02T09:30:00Z"].map(|at| at.parse().unwrap()).into();
    assert_eq!(twice, Reading::Ambiguous(both.clone()));
    assert_eq!(read("2025-11-02 01:30 PST", &asked(Lang::En)), Reading::Understood(both[1]));
    assert_eq!(read("wednesday 9am", &asked(Lang::En)), one("2025-03-12 09:00"), "today at nine is over");
}

#[test]
fn what_is_missing_or_impossible_is_said() {
    use Reading::{Incomplete, Never as No};
    let table = [
        ("friday", Incomplete(Missing::Time)),
        ("el viernes por la tarde", Incomplete(Missing::Time)),
        ("fri 7", Incomplete(Missing::Time)),
        ("2pm", Incomplete(Missing::Date)),
        ("a las dos", Incomplete(Missing::Date)),
        ("next week 2pm", Incomplete(Missing::Date)),
        ("march 9 2:30 am", No(Never::Skipped)),
        ("30 February 2pm", No(Never::NoSuchDay)),
        ("2/29 2pm", No(Never::NoSuchDay)),
        ("14/14 2pm", No(Never::NoSuchDay)),
        ("friday 25:00", No(Never::NoSuchTime)),
        ("friday 14am", No(Never::NoSuchTime)),
        ("tuesday march 14 2pm", No(Never::WeekdayDiffers(NaiveDate::from_ymd_opt(2025, 3, 14).unwrap()))),
        ("today 9am", No(Never::Past)),
        ("2025-03-01 14:00", No(Never::Past)),
        ("yesterday 2pm", No(Never::Past)),
        ("last friday 2pm", No(Never::Past)),
        ("when you like", No(Never::Unreadable)),
        ("not friday 2pm", No(Never::Unreadable)),
        ("friday 2pm EST", No(Never::Unreadable)),
        ("friday 2pm saturday", No(Never::Unreadable)),
        ("", No(Never::Unreadable)),
        ("@everyone", No(Never::Unreadable)),
        ("9999999999", No(Never::Unreadable)),
    ];
    for (text, expected) in table {
        assert_eq!(read(text, &asked(Lang::En)), expected, "{text}");
    }
}

#[test]
fn what_has_been_is_looked_for_behind() {
    let table = [
        ("yesterday 2pm", "2025-03-04 14:00"),
        ("last friday 2pm", "2025-02-28 14:00"),
        ("friday 2pm", "2025-02-28 14:00"),
        ("el viernes pasado a las 14:00", "2025-02-28 14:00"),
        ("ayer a las 3 de la tarde", "2025-03-04 15:00"),
        ("3/3 2pm", "2025-03-03 14:00"),
        ("12/20 2pm", "2024-12-20 14:00"),
        ("3 days ago at 2pm", "2025-03-02 14:00"),
        ("hace una semana a las 14:00", "2025-02-26 14:00"),
        ("today 9", "2025-03-05 09:00"),
        ("the 3rd at 2pm", "2025-03-03 14:00"),
    ];
    let past = |lang| Asked { towards: Towards::Past, ..asked(lang) };
    for (text, expected) in table {
        assert_eq!(read(text, &past(Lang::En)), one(expected), "{text}");
    }
    assert_eq!(read("last monday 2pm", &past(Lang::En)), several(&["2025-02-24 14:00", "2025-03-03 14:00"]));
    assert_eq!(read("tomorrow 2pm", &past(Lang::En)), Reading::Never(Never::Future));
    assert_eq!(read("next friday 2pm", &past(Lang::En)), Reading::Never(Never::Future));
}

proptest! {
    #![proptest_config(repeatable())]

    #[test]
    fn what_is_written_reads_back(minutes in 1i64..525_600, zone in 0usize..5, spanish in any::<bool>()) {
        let zone = ["America/Los_Angeles", "America/New_York", "Pacific/Honolulu", "Europe/Madrid", "UTC"][zone];
        let zone: Tz = zone.parse().unwrap();
        let lang = if spanish { Lang::Es } else { Lang::En };
        let asked = Asked { zone, ..asked(lang) };
        let at = asked.now + TimeDelta::minutes(minutes);
        let plain = read(&written(at, zone), &asked);
        let found = match plain {
            Reading::Understood(found) => found == at,
            Reading::Ambiguous(found) => found.contains(&at),
            _ => false,
        };
        prop_assert!(found, "{}", written(at, zone));
        // As the bot itself says it, with the zone.
        let local = at.with_timezone(&zone);
        for form in ["%A, %B %-d, %Y at %-I:%M %p %Z", "%-d %B %Y %H:%M (%Z)"] {
            let text = local.format(form).to_string();
            prop_assert_eq!(read(&text, &asked), Reading::Understood(at), "{}", text);
        }
        // And as RFC 3339, as a picker sends it.
        prop_assert_eq!(read(&at.to_rfc3339(), &asked), Reading::Understood(at));
    }

    #[test]
    fn any_text_has_an_answer_and_none_points_the_wrong_way(text in "\\PC{0,40}", past in any::<bool>()) {
        check(&text, past)?;
    }

    #[test]
    fn so_has_any_mixture_of_words(words in proptest::collection::vec(word(), 1..7), past in any::<bool>()) {
        check(&words.join(" "), past)?;
    }
}

fn word() -> impl Strategy<Value = String> {
    let known = [
        "next", "tue", "martes", "mañana", "la", "a", "las", "14", "3/4", "2pm", "2:30", "de", "marzo", "mar", "noon",
        "midnight", "in", "2", "hours", "days", "ago", "hace", "y", "media", "menos", "cuarto", "half", "past", "31",
        "2025", "02", "29", "-", ".", "pm", "tonight", "week", "last", "the", "el", "24:00", "12", "th", "PST",
    ];
    proptest::sample::select(known.to_vec()).prop_map(str::to_owned)
}

fn check(text: &str, past: bool) -> Result<(), TestCaseError> {
    for lang in Lang::ALL {
        let asked = Asked { towards: if past { Towards::Past } else { Towards::Future }, ..asked(lang) };
        let moments = match read(text, &asked) {
            Reading::Understood(at) => vec![at],
            Reading::Ambiguous(all) => {
                prop_assert!((2..=CANDIDATES_MAX).contains(&all.len()), "{}", text);
                all
            }
            Reading::Incomplete(_) | Reading::Never(_) => vec![],
        };
        for at in moments {
            prop_assert_eq!(at <= asked.now, past, "{} {}", text, at);
        }
    }
    Ok(())
}
