//! `<t:…>` as the Discord client shows it: in the reader's own zone and language (English or Spanish).

use chrono::{DateTime, Datelike, TimeZone, Timelike};
use chrono_tz::Tz;

const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
/// Seconds in each unit, its English and its Spanish name with plural.
const UNITS: [(i64, &str, &str, &str); 6] = [
    (31_536_000, "year", "año", "años"),
    (2_592_000, "month", "mes", "meses"),
    (86_400, "day", "día", "días"),
    (3_600, "hour", "hora", "horas"),
    (60, "minute", "minuto", "minutos"),
    (1, "second", "segundo", "segundos"),
];

/// The reader of a time stamp.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub zone: Tz,
    pub locale: &'a str,
    pub now_ms: i64,
}

/// Writes `unix` seconds in one of Discord's styles; `None` for an unknown style or impossible time.
pub fn show(unix: i64, style: char, reader: Reader<'_>) -> Option<String> {
    let at = reader.zone.from_utc_datetime(&DateTime::from_timestamp(unix, 0)?.naive_utc());
    let spanish = reader.locale.starts_with("es");
    let date_short = if spanish {
        format!("{}/{}/{}", at.day(), at.month(), at.year())
    } else {
        format!("{}/{}/{}", at.month(), at.day(), at.year())
    };
    let date = long_date(&at, spanish);
    let time = clock(&at, spanish, false);
    let day = at.weekday().num_days_from_monday() as usize;
    Some(match style {
        't' => time,
        'T' => clock(&at, spanish, true),
        'd' => date_short,
        'D' => date,
        'f' => format!("{date}, {time}"),
        'F' if spanish => format!("{}, {date}, {time}", DAYS_ES[day]),
        'F' => format!("{}, {date}, {time}", DAYS_EN[day]),
        's' => format!("{date_short}, {time}"),
        'S' => format!("{date_short}, {}", clock(&at, spanish, true)),
        'R' => relative(unix - reader.now_ms.div_euclid(1000), spanish),
        _ => return None,
    })
}

fn long_date(at: &DateTime<Tz>, spanish: bool) -> String {
    let month = at.month0() as usize;
    if spanish {
        format!("{} de {} de {}", at.day(), MONTHS_ES[month], at.year())
    } else {
        format!("{} {}, {}", MONTHS_EN[month], at.day(), at.year())
    }
}

fn clock(at: &DateTime<Tz>, spanish: bool, seconds: bool) -> String {
    let tail = if seconds { format!(":{:02}", at.second()) } else { String::new() };
    if spanish {
        return format!("{}:{:02}{tail}", at.hour(), at.minute());
    }
    let (afternoon, hour) = at.hour12();
    format!("{hour}:{:02}{tail} {}", at.minute(), if afternoon { "PM" } else { "AM" })
}

fn relative(seconds: i64, spanish: bool) -> String {
    let (size, english, one, many) =
        UNITS.into_iter().find(|(size, ..)| seconds.abs() >= *size).unwrap_or((1, "second", "segundo", "segundos"));
    let count = seconds.abs() / size;
    let name = match (spanish, count) {
        (true, 1) => one.to_owned(),
        (true, _) => many.to_owned(),
        (false, 1) => english.to_owned(),
        (false, _) => format!("{english}s"),
    };
    match (seconds >= 0, spanish) {
        (true, true) => format!("dentro de {count} {name}"),
        (true, false) => format!("in {count} {name}"),
        (false, true) => format!("hace {count} {name}"),
        (false, false) => format!("{count} {name} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_reads_as_in_the_client() {
        let reader = Reader { zone: chrono_tz::America::Los_Angeles, locale: "en-US", now_ms: 1_740_848_400_000 };
        let shown = |style| show(1_740_852_000, style, reader).unwrap();
        assert_eq!(shown('t'), "10:00 AM");
        assert_eq!(shown('D'), "March 1, 2025");
        assert_eq!(shown('F'), "Saturday, March 1, 2025, 10:00 AM");
        assert_eq!(shown('R'), "in 1 hour");
        let spanish = Reader { zone: chrono_tz::Europe::Madrid, locale: "es-ES", ..reader };
        assert_eq!(show(1_740_852_000, 'F', spanish).unwrap(), "sábado, 1 de marzo de 2025, 19:00");
        assert_eq!(show(1_740_762_000, 'R', spanish).unwrap(), "hace 1 día");
        assert_eq!(show(0, 'x', reader), None);
    }
}
