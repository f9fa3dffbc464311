//! The rules that forbid a pair, and how well two people fit who may be paired.
//!
//! A forbidden pair has no score at all, so that no sum can ever make up for it. Everything is a whole
//! number, so that every machine counts alike.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Candidate, Rule};
use crate::program::{MatchingRule, Weights};

/// How many common minutes of a week are as good as any number more. A pair meets for an hour a month;
/// four hours a week to choose from are plenty.
const PLENTY_OF_MINUTES: usize = 240;

/// How many more years in libraries are as good as any number more.
const PLENTY_OF_YEARS: usize = 5;

/// How many positions a mentor may be ahead and still count as near. A step too far is half a step too few:
/// somebody further up counts half.
const NEAR_STEPS: u32 = 3;

/// How many words in common between goals and offer are as good as any number more.
const PLENTY_OF_WORDS: usize = 3;

/// How well two people fit: points by part, at most the part's weight each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fit {
    /// The mentor offers what the mentee seeks.
    pub specialisations: u32,
    /// They can meet at the same hours.
    pub times: u32,
    /// They like to meet the same way.
    pub formats: u32,
    /// They share a language.
    pub languages: u32,
    /// The mentor's position is further along.
    pub position: u32,
    /// The mentor has more years in libraries.
    pub years: u32,
    /// The mentor is a few steps ahead.
    #[serde(default)]
    pub career: u32,
    /// Goals and offer speak of the same things.
    #[serde(default)]
    pub goals: u32,
    /// The mentor holds the position that the mentee aims for.
    #[serde(default)]
    pub sought: u32,
    /// The mentee would like this mentor.
    #[serde(default)]
    pub wish: u32,
}

impl Fit {
    /// The sum of the parts: 0 to 100 under weights that add up to 100.
    #[must_use]
    pub const fn total(&self) -> u32 {
        let Self { specialisations, times, formats, languages, position, years, career, goals, sought, wish } = *self;
        // Saturating, because the weights of a file that was never checked may add up to anything.
        specialisations
            .saturating_add(times)
            .saturating_add(formats)
            .saturating_add(languages)
            .saturating_add(position)
            .saturating_add(years)
            .saturating_add(career)
            .saturating_add(goals)
            .saturating_add(sought)
            .saturating_add(wish)
    }
}

/// The rule of the program against this pair, if there is one. Of several, the first in [`Rule`]'s order.
#[must_use]
pub fn rule_against(mentee: &Candidate, mentor: &Candidate, rule: &MatchingRule) -> Option<Rule> {
    let same_system = !mentee.library_system.is_empty() && mentee.library_system == mentor.library_system;
    if mentee.person == mentor.person {
        Some(Rule::Oneself)
    } else if supervises(mentor, mentee, same_system) || supervises(mentee, mentor, same_system) {
        Some(Rule::OwnSupervisor)
    } else if same_system && !rule.same_library_system {
        Some(Rule::SameLibrarySystem)
    } else {
        None
    }
}

/// Whether `person` named `other` as their supervisor. People write a supervisor in many ways, so that it
/// is enough if one name lies within the other ("Dolores Ramírez, branch manager"); a single name is
/// enough only where both work in one library system. Better a pair too few than this one.
fn supervises(other: &Candidate, person: &Candidate, same_system: bool) -> bool {
    match words_in_both(&person.supervisor, &other.name) {
        0 => false,
        1 => same_system,
        _ => true,
    }
}

/// How many words the shorter of two names has, if it lies within the other; else 0.
fn words_in_both(one: &[String], two: &[String]) -> usize {
    let (one, two): (BTreeSet<&String>, BTreeSet<&String>) = (one.iter().collect(), two.iter().collect());
    let (shorter, longer) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    if shorter.is_subset(&longer) { shorter.len() } else { 0 }
}

/// How well the two fit, whether or not a rule is against them.
#[must_use]
pub fn fit(mentee: &Candidate, mentor: &Candidate, weights: &Weights) -> Fit {
    let formats = common(&mentee.formats, &mentor.formats);
    let fewest_formats = mentee.formats.len().min(mentor.formats.len());
    let minutes = mentee.hours.common_minutes(&mentor.hours) as usize;
    let further = |ahead: bool, weight| if ahead { weight } else { 0 };
    let years = match (mentee.years, mentor.years) {
        (Some(mentee), Some(mentor)) => {
            usize::try_from(mentor.saturating_sub(mentee)).unwrap_or(0).min(PLENTY_OF_YEARS)
        }
        _ => 0,
    };
    Fit {
        specialisations: specialisations(mentee, mentor, weights.specialisations),
        times: part(weights.times, minutes.min(PLENTY_OF_MINUTES), PLENTY_OF_MINUTES),
        formats: part(weights.formats, formats, fewest_formats),
        languages: further(common(&mentee.languages, &mentor.languages) > 0, weights.languages),
        position: further(
            mentee.position.zip(mentor.position).is_some_and(|(mentee, mentor)| mentor > mentee),
            weights.position,
        ),
        years: part(weights.years, years, PLENTY_OF_YEARS),
        career: career(mentee, mentor, weights.career),
        goals: part(
            weights.goals,
            shared_goals(mentee, mentor).min(PLENTY_OF_WORDS),
            mentee.goals.len().min(PLENTY_OF_WORDS),
        ),
        sought: sought(mentee, mentor, weights.sought),
        wish: further(is_wished(mentee, mentor), weights.wish),
    }
}

/// Everything sought counts alike, but what matters most to the mentee counts twice: wholly where the mentor knows it
/// best, three quarters where they offer it among others. A mentor who does not say what they know best loses nothing
/// by saying it.
fn specialisations(mentee: &Candidate, mentor: &Candidate, weight: u32) -> u32 {
    const WHOLE: usize = 4;
    let first = mentee.first.as_ref().filter(|first| mentee.specialisations.contains(*first));
    let others = mentee.specialisations.iter().filter(|topic| Some(*topic) != first);
    let met = others.filter(|topic| mentor.specialisations.contains(*topic)).count() * WHOLE;
    let Some(first) = first else { return part(weight, met, mentee.specialisations.len() * WHOLE) };
    let met_first = match &mentor.first {
        Some(strongest) if strongest == first => 2 * WHOLE,
        _ if mentor.specialisations.contains(first) => 2 * WHOLE * 3 / 4,
        _ => 0,
    };
    part(weight, met + met_first, (mentee.specialisations.len() + 1) * WHOLE)
}

/// A mentor in the very position knows the way; one who has gone on from there knew it once.
fn sought(mentee: &Candidate, mentor: &Candidate, weight: u32) -> u32 {
    match mentee.sought.zip(mentor.position) {
        Some((sought, held)) if held == sought => weight,
        Some((sought, held)) if held > sought => weight / 2,
        _ => 0,
    }
}

/// Whether the mentor holds the position that the mentee aims for.
pub(super) fn holds_what_is_sought(mentee: &Candidate, mentor: &Candidate) -> bool {
    mentee.sought.is_some() && mentee.sought == mentor.position
}

/// Whether the mentee named this mentor, however they wrote the name.
fn is_wished(mentee: &Candidate, mentor: &Candidate) -> bool {
    words_in_both(&mentee.wish, &mentor.name) > 0
}

fn career(mentee: &Candidate, mentor: &Candidate, weight: u32) -> u32 {
    let steps = mentee.position.zip(mentor.position).map_or(0, |(mentee, mentor)| mentor.saturating_sub(mentee));
    match steps {
        0 => 0,
        1..=NEAR_STEPS => weight,
        _ => weight / 2,
    }
}

/// How many of the words that matter the mentee's goals and the mentor's offer have in common.
pub(super) fn shared_goals(mentee: &Candidate, mentor: &Candidate) -> usize {
    common(&mentee.goals, &mentor.goals)
}

fn common(one: &BTreeSet<String>, two: &BTreeSet<String>) -> usize {
    one.intersection(two).count()
}

/// `weight` in the proportion of `some` to `all`, rounded down; nothing of nothing.
fn part(weight: u32, some: usize, all: usize) -> u32 {
    let share = u64::from(weight) * some as u64 / (all as u64).max(1);
    u32::try_from(share).unwrap_or(weight)
}
