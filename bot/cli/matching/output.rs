//! What comes out: pairs, whoever is unmatched and why, what it is worth, and a digest of it all. Everything
//! is in the order of ids, so that the same people give the same file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use plsep_domain::Lang;
use plsep_domain::matching::{
    Better, Certified, Contest, Fit, Level, Levels, Standing, Uncertified, certify, contests, solve, standings,
    unoffered_topics,
};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::number::Numbered;
use crate::words::{Catalogue, Voice};

/// Who competes for places is named without being asked for as long as there are no more names than this: in
/// a large matching every unmatched mentee may compete with nearly all others.
const NAMES_MAX: usize = 200;

/// The whole.
#[derive(Serialize)]
pub(super) struct Output {
    pairs: Vec<Pair>,
    unmatched: Vec<Unmatched>,
    levels: Levels,
    certified: bool,
    digest: String,
}

#[derive(Serialize)]
struct Pair {
    mentee: Value,
    mentor: Value,
    score: u8,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    kept: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Fit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    standing: Option<Told>,
}

/// Where the mentor stands among those who would have suited.
#[derive(Serialize)]
struct Told {
    rank: u32,
    of: u32,
    better: Vec<ToldBetter>,
}

#[derive(Serialize)]
struct ToldBetter {
    mentor: Value,
    score: u8,
    held_by: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    costs: Option<Costs>,
}

/// What making the better pair would cost all: the highest level that suffers, and how much.
#[derive(Serialize)]
struct Costs {
    level: Level,
    amount: u64,
}

#[derive(Serialize)]
struct Unmatched {
    mentee: Value,
    reason: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    by_rule: BTreeMap<String, u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mentees: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mentors: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics_nobody_offers: Vec<String>,
}

impl Output {
    /// For the terminal.
    pub(super) fn in_a_line(&self) -> String {
        let (pairs, without) = (self.pairs.len(), self.unmatched.len());
        format!("{pairs} pairs, {without} mentees without a mentor. Certified; digest {}.", self.digest)
    }
}

/// Works the pairs out and tells them.
pub(super) fn matched(numbered: &Numbered, explain: bool) -> Result<Output, Uncertified> {
    let instance = &numbered.instance;
    let certified = certify(instance, solve(instance))?;
    let pairs = pairs(numbered, &certified, explain);
    let unmatched = unmatched(numbered, &certified, explain);
    let levels = certified.levels();
    let digest = digest(&pairs, &unmatched, &levels);
    Ok(Output { pairs, unmatched, levels, certified: true, digest })
}

fn pairs(numbered: &Numbered, certified: &Certified, explain: bool) -> Vec<Pair> {
    let instance = &numbered.instance;
    let mut standing = if explain { standings(instance, certified) } else { vec![None; instance.mentees()] };
    let words = numbered.applications.as_ref().map(|_| Catalogue::embedded());
    let mut pairs = Vec::new();
    for (row, seat) in certified.solution().seats.iter().enumerate() {
        let Some((column, score)) = seat.and_then(|column| Some((column, instance.parts().table.get(row, column)?)))
        else {
            continue;
        };
        let (mentee, mentor) = numbered.listed_at(row, column);
        let pinned = instance.is_pinned(row);
        let standing = standing[row].take();
        let mut reasons = Vec::new();
        if let (Some(applications), Some(catalogue)) = (&numbered.applications, &words) {
            let voice = Voice::new(catalogue, Lang::En, applications.program.calendar.zone());
            reasons = voice.reasons(&applications.program, &applications.reasons(mentee, mentor, pinned));
        }
        reasons.extend(standing.as_ref().map(in_words));
        pairs.push(Pair {
            mentee: numbered.mentee(row).id.written.clone(),
            mentor: numbered.mentor(column).id.written.clone(),
            score,
            pinned,
            kept: instance.was_pair(row, column),
            parts: numbered.applications.as_ref().map(|applications| applications.fit(mentee, mentor)),
            reasons,
            standing: standing.map(|standing| told(numbered, standing)),
        });
    }
    pairs
}

fn in_words(standing: &Standing) -> String {
    let Standing { rank, of, .. } = standing;
    match (rank, of) {
        (1, 1) => "The only mentor who suits.".to_owned(),
        (1, of) => format!("Nobody of the {of} mentors who suit has a greater score."),
        (rank, of) => format!("Of the {of} mentors who suit, {} have a greater score.", rank - 1),
    }
}

fn told(numbered: &Numbered, standing: Standing) -> Told {
    let better = standing.better.into_iter().map(|Better { mentor, score, held_by, stake }| ToldBetter {
        mentor: numbered.mentor(mentor).id.written.clone(),
        score,
        held_by: held_by.iter().map(|row| numbered.mentee(*row).id.written.clone()).collect(),
        costs: stake.map(|stake| Costs { level: stake.level, amount: stake.amount }),
    });
    Told { rank: standing.rank, of: standing.of, better: better.collect() }
}

fn unmatched(numbered: &Numbered, certified: &Certified, explain: bool) -> Vec<Unmatched> {
    let found = contests(&numbered.instance, &certified.solution().seats);
    let told = |(row, contest): (&usize, &Option<usize>)| {
        let mentee = numbered.mentee(*row).id.written.clone();
        match contest {
            Some(contest) => contested(numbered, *row, mentee, &found.contests[*contest], explain),
            None => Unmatched {
                mentee,
                reason: "no_eligible_mentor",
                by_rule: by_rule(numbered, *row),
                mentees: None,
                mentors: None,
                places: None,
                topics_nobody_offers: vec![],
            },
        }
    };
    found.lost.iter().map(told).collect()
}

fn contested(numbered: &Numbered, row: usize, mentee: Value, contest: &Contest, explain: bool) -> Unmatched {
    let names = explain || contest.mentees.len() + contest.mentors.len() <= NAMES_MAX;
    let topics = numbered.applications.as_ref().map(|applications| {
        let (mentee, _) = numbered.listed_at(row, 0);
        unoffered_topics(&applications.mentees[mentee], applications.mentors.iter())
    });
    let mentees = || contest.mentees.iter().map(|row| numbered.mentee(*row).id.written.clone()).collect();
    let mentors = || contest.mentors.iter().map(|column| numbered.mentor(*column).id.written.clone()).collect();
    Unmatched {
        mentee,
        reason: "contested",
        by_rule: BTreeMap::new(),
        mentees: names.then(mentees),
        mentors: names.then(mentors),
        places: Some(contest.places),
        topics_nobody_offers: topics.into_iter().flatten().collect(),
    }
}

/// How many mentors are ruled out by which rule; whoever is not has no place.
fn by_rule(numbered: &Numbered, row: usize) -> BTreeMap<String, u32> {
    let mut by_rule = BTreeMap::new();
    for column in 0..numbered.instance.mentors() {
        let rule = numbered.against(row, column).unwrap_or_else(|| "no_place".to_owned());
        *by_rule.entry(rule).or_default() += 1;
    }
    by_rule
}

/// The same for the same pairs, whoever explains them how.
fn digest(pairs: &[Pair], unmatched: &[Unmatched], levels: &Levels) -> String {
    let mut text = String::new();
    for Pair { mentee, mentor, score, .. } in pairs {
        let _ = writeln!(text, "pair {mentee} {mentor} {score}");
    }
    for Unmatched { mentee, reason, .. } in unmatched {
        let _ = writeln!(text, "unmatched {mentee} {reason}");
    }
    // A file tells of nobody who comes back.
    let Levels { coverage, kept, returning: _, shortfall_sq, sum } = levels;
    let _ = writeln!(text, "levels {coverage} {kept} {shortfall_sq} {sum}");
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
