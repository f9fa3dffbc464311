//! What counts as a signed acknowledgement form.
//!
//! A signature is a typed name, an instant and the version of the text that was read. A late signature is
//! accepted and marked late; only a closed season takes none. Whether the typed name is the person's own
//! is not judged: the account that typed it says who signed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, DateName, Phase},
    program::Agreement,
    refusal::Refusal,
    text::clean,
};

/// The most characters a typed name may have. The longest legal names known are shorter.
pub const NAME_MAX: usize = 100;

/// One side's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name as the person typed it, trimmed.
    pub typed_name: String,
    /// When it was submitted.
    pub at: DateTime<Utc>,
    /// The version of the text that was signed.
    pub text_version: String,
    /// Whether it was on time.
    pub timing: Timing,
}

/// Whether a signature was on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// By the date the agreements were due.
    OnTime,
    /// After it. It counts all the same.
    Late,
}

/// Makes a signature of a typed name under the version of the text the person read.
///
/// # Errors
/// [`Refusal::NotAName`] for text that no name looks like, [`Refusal::AgreementChanged`] when the text in
/// force is another, [`Refusal::SeasonClosed`] after the season.
pub fn sign(
    typed_name: &str,
    read_version: &str,
    agreement: &Agreement,
    calendar: &Calendar,
    at: DateTime<Utc>,
) -> Result<Signature, Refusal> {
    if calendar.phase(at) == Phase::Closed {
        return Err(Refusal::SeasonClosed { closed_at: calendar.instant(DateName::WrapUpUntil) });
    }
    if read_version != agreement.version {
        return Err(Refusal::AgreementChanged);
    }
    let typed_name = clean(typed_name, false);
    if !looks_like_a_name(&typed_name) {
        return Err(Refusal::NotAName);
    }
    let timing = if calendar.agreement_on_time(at) { Timing::OnTime } else { Timing::Late };
    Ok(Signature { typed_name, at, text_version: agreement.version.clone(), timing })
}

/// Generous, because names are not ours to judge: two letters of any script, no digits, no address.
fn looks_like_a_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = text.chars().any(|c| c.is_ascii_digit() || matches!(c, '@' | '/' | '<' | '>' | '\\'));
    letters >= 2 && !foreign && text.chars().count() <= NAME_MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar::sample, text::Localised};

    fn agreement() -> Agreement {
        Agreement { version: "2025-1".to_owned(), text: Localised::default() }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("the test writes an instant")
    }

    fn sign_as(name: &str, when: &str) -> Result<Signature, Refusal> {
        sign(name, "2025-1", &agreement(), &sample(), at(when))
    }

    #[test]
    fn names_of_many_kinds_sign() {
        for name in ["Ana Núñez-O'Brien", "ليلى حداد", "Ng Bo", "Jr. Walker IV", "李娜", "Suharto"] {
            assert_eq!(sign_as(name, "2025-02-25T20:00:00Z").map(|signed| signed.typed_name), Ok(name.to_owned()));
        }
    }

    #[test]
    fn what_is_no_name_does_not_sign() {
        let endless = "a".repeat(NAME_MAX + 1);
        for text in ["", "  ", "X", "...", "1234", "ana@example.org", "<@123>", endless.as_str(), "\u{200b}\u{200b}"] {
            assert_eq!(sign_as(text, "2025-02-25T20:00:00Z"), Err(Refusal::NotAName), "{text:?}");
        }
    }

    #[test]
    fn due_march_1_means_through_the_last_second_of_that_day_and_late_still_counts() {
        let timing = |when| sign_as("Ana Ruiz", when).map(|signed| signed.timing);
        assert_eq!(timing("2025-03-02T07:59:59Z"), Ok(Timing::OnTime));
        assert_eq!(timing("2025-03-02T08:00:00Z"), Ok(Timing::Late));
        assert!(matches!(timing("2025-07-15T07:00:00Z"), Err(Refusal::SeasonClosed { .. })));
    }

    #[test]
    fn a_text_that_changed_meanwhile_is_read_again_first() {
        let refused = sign("Ana Ruiz", "2024-9", &agreement(), &sample(), at("2025-02-25T20:00:00Z"));
        assert_eq!(refused, Err(Refusal::AgreementChanged));
    }
}
