//! Reads a time zone as people name one: from the usual ones, by its full name, by a city, or as "Pacific time". It
//! guesses nothing: what it does not know it refuses, with names that come near.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::refusal::Refusal;

/// The zones people of the program are offered first, from west to east.
pub const USUAL: [Tz; 8] = [
    Tz::Pacific__Honolulu,
    Tz::America__Anchorage,
    Tz::America__Los_Angeles,
    Tz::America__Phoenix,
    Tz::America__Denver,
    Tz::America__Chicago,
    Tz::America__New_York,
    Tz::America__Puerto_Rico,
];

/// Longest text that is looked at.
pub const ZONE_MAX_CHARS: usize = 60;

/// Most names that come near.
const NEAR_MAX: usize = 3;

/// How people call the usual zones, and cities of theirs that no zone is named after.
const NAMES: [(Tz, &[&str]); 8] = [
    (Tz::Pacific__Honolulu, &["hawaii", "hst", "hawai"]),
    (Tz::America__Anchorage, &["alaska", "akst", "akdt"]),
    (
        Tz::America__Los_Angeles,
        &[
            "pacific",
            "pacifico",
            "pt",
            "pst",
            "pdt",
            "california",
            "la",
            "san francisco",
            "san diego",
            "sacramento",
            "fresno",
            "oakland",
            "san jose",
            "long beach",
            "bakersfield",
            "riverside",
            "santa barbara",
            "santa cruz",
            "stockton",
            "modesto",
            "anaheim",
            "pasadena",
            "berkeley",
            "redding",
            "eureka",
            "seattle",
            "portland",
            "las vegas",
            "reno",
        ],
    ),
    (Tz::America__Phoenix, &["arizona", "tucson"]),
    (
        Tz::America__Denver,
        &["mountain", "montana", "mt", "mst", "mdt", "salt lake city", "albuquerque", "el paso", "colorado springs"],
    ),
    (
        Tz::America__Chicago,
        &[
            "central",
            "centro",
            "ct",
            "cst",
            "cdt",
            "houston",
            "dallas",
            "austin",
            "san antonio",
            "minneapolis",
            "saint louis",
            "st louis",
            "kansas city",
            "nashville",
            "new orleans",
            "milwaukee",
        ],
    ),
    (
        Tz::America__New_York,
        &[
            "eastern",
            "este",
            "et",
            "est",
            "edt",
            "new york city",
            "nyc",
            "boston",
            "miami",
            "atlanta",
            "philadelphia",
            "washington",
            "washington dc",
            "baltimore",
            "pittsburgh",
            "cleveland",
            "charlotte",
            "orlando",
        ],
    ),
    (Tz::America__Puerto_Rico, &["puerto rico", "san juan", "atlantic", "ast"]),
];

/// Words that say nothing about which zone it is.
const FILLERS: [&str; 12] =
    ["time", "zone", "standard", "daylight", "us", "usa", "hora", "del", "de", "zona", "horaria", "ca"];

/// The zone that a person named.
///
/// # Errors
/// [`Refusal::NotAZone`] with names that come near, if there are any.
pub fn read_zone(text: &str) -> Result<Tz, Refusal> {
    let text: String = text.chars().take(ZONE_MAX_CHARS).collect();
    if let Some(zone) = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(text.trim())) {
        return Ok(*zone);
    }
    // "Fresno, CA" and "Madrid (Spain)" are about Fresno and Madrid.
    let city = text.split([',', '(']).next().unwrap_or_default();
    let asked = plain(city);
    let bare: Vec<&str> = asked.split(' ').filter(|word| !FILLERS.contains(word)).collect();
    let bare = bare.join(" ");
    let known = NAMES.iter().find(|(_, names)| names.contains(&asked.as_str()) || names.contains(&bare.as_str()));
    if let Some((zone, _)) = known {
        return Ok(*zone);
    }
    let is_city = |zone: &&Tz| !asked.is_empty() && (place(**zone) == asked || plain(zone.name()) == asked);
    let mut found: Vec<Tz> = TZ_VARIANTS.iter().filter(is_city).copied().collect();
    // Old names stand beside the ones in use; a continent's name is never an old one.
    found.sort_by_key(|zone| (!in_use(*zone), zone.name().len()));
    found.first().copied().ok_or_else(|| Refusal::NotAZone { near: near(&asked) })
}

/// Names of places that look like what was asked for.
fn near(asked: &str) -> Vec<String> {
    // The longest word says most.
    let longest = asked.split(' ').max_by_key(|word| word.chars().count()).unwrap_or_default();
    let start: String = longest.chars().take(4).collect();
    if start.chars().count() < 3 {
        return Vec::new();
    }
    let mut found: Vec<(bool, Tz)> = TZ_VARIANTS
        .iter()
        .filter(|zone| in_use(**zone) && place(**zone).split(' ').any(|word| word.starts_with(&start)))
        .map(|zone| (!place(*zone).starts_with(asked), *zone))
        .collect();
    found.sort_by_key(|(apart, zone)| (*apart, zone.name()));
    found.into_iter().take(NEAR_MAX).map(|(_, zone)| zone.name().to_owned()).collect()
}

fn in_use(zone: Tz) -> bool {
    ["America/", "Europe/", "Asia/", "Africa/", "Australia/", "Pacific/", "Atlantic/", "Indian/"]
        .iter()
        .any(|continent| zone.name().starts_with(continent))
}

/// The place a zone is named after.
fn place(zone: Tz) -> String {
    plain(zone.name().rsplit('/').next().unwrap_or_default())
}

/// Lower case, plain letters, single spaces.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'ì' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        c if c.is_alphanumeric() || c == '+' => c,
        '\'' | '.' => '\u{0}',
        _ => ' ',
    };
    let folded: String = text.to_lowercase().chars().map(letter).filter(|c| *c != '\u{0}').collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_as_people_name_them() {
        for (text, zone) in [
            ("America/Los_Angeles", "America/Los_Angeles"),
            (" america/new_york ", "America/New_York"),
            ("Pacific", "America/Los_Angeles"),
            ("Pacific Time", "America/Los_Angeles"),
            ("hora del Pacífico", "America/Los_Angeles"),
            ("PST", "America/Los_Angeles"),
            ("los angeles", "America/Los_Angeles"),
            ("Fresno, CA", "America/Los_Angeles"),
            ("Eastern Standard Time", "America/New_York"),
            ("US Mountain Time", "America/Denver"),
            ("Arizona", "America/Phoenix"),
            ("México City", "America/Mexico_City"),
            ("Honolulu", "Pacific/Honolulu"),
            ("Madrid (Spain)", "Europe/Madrid"),
            ("st. louis", "America/Chicago"),
            ("Washington, D.C.", "America/New_York"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(read_zone(text).map(|zone| zone.name()), Ok(zone), "{text}");
        }
    }

    #[test]
    fn every_zone_is_read_by_its_own_name() {
        for zone in TZ_VARIANTS {
            assert_eq!(read_zone(zone.name()), Ok(zone));
        }
    }

    #[test]
    fn what_is_no_zone_is_refused_with_what_comes_near() {
        let near = |text: &str| match read_zone(text) {
            Err(Refusal::NotAZone { near }) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("Los Angelos"), ["America/Los_Angeles"]);
        assert_eq!(near("Anchorig"), ["America/Anchorage"]);
        for text in ["", "  ", "x", "the moon", "@everyone", "🌍", &"long ".repeat(100)] {
            assert!(near(text).len() <= NEAR_MAX, "{text}");
        }
    }
}
