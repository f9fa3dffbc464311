//! What is planned and expected in a rehearsal: who applies when, who answers what, what goes wrong, and how many pairs
//! the program's rules give.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::matching::{self, Candidate, PairKey, Policy, Problem};
use plsep_domain::meeting::{CheckIn, standing};
use plsep_domain::pulse::Fit;
use plsep_domain::{Answers, CheckInAnswer, PersonId, Role, Standing, parse_answer};
use plsep_sandbox::{Fault, FaultKind};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::super::people::{Applicant, Temperament};
use super::script::{Faults, Script};

impl<'a> Script<'a> {
    /// Everybody's moment to apply: spread by the seed, the late on the last day, the very last in the last second.
    pub fn order_of_applying(&self, closes: DateTime<Utc>) -> Vec<(DateTime<Utc>, usize)> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        let from = self.stage.now();
        let minutes = (closes - from).num_minutes();
        let mut order: Vec<(DateTime<Utc>, usize)> = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.role().is_some())
            .map(|(index, person)| {
                let at = match person.is(Temperament::Forgetful) {
                    true => closes - TimeDelta::minutes(rng.random_range(5..600)),
                    false => from + TimeDelta::minutes(rng.random_range(1..minutes - 600)),
                };
                (at, index)
            })
            .collect();
        order.sort_unstable();
        if let Some((at, _)) = order.last_mut() {
            *at = closes - TimeDelta::seconds(1);
        }
        order
    }

    /// Sets what goes wrong next, on every platform.
    pub fn trouble(&self) {
        if self.faults == Faults::None {
            return;
        }
        let after = |status| FaultKind::AnswerAfterEffect { status, body: "{}".to_owned() };
        let faults = |paths: [&str; 3]| {
            let kinds = [(FaultKind::CutAfterEffect, 0), (after(502), 1), (FaultKind::CutBefore, 2)];
            let of = |matching: &str| {
                kinds.clone().map(|(kind, skip)| Fault { matching: matching.to_owned(), times: 1, skip, kind })
            };
            paths.map(of).into_iter().flatten().collect::<Vec<_>>()
        };
        if let Some(discord) = &self.stage.discord {
            faults(["POST /api/v10/channels/", "POST /api/v10/guilds/", "PATCH /api/v10/channels/"])
                .into_iter()
                .for_each(|fault| discord.faults().add(fault));
        }
        if let Some(slack) = &self.stage.slack {
            faults(["chat.postMessage", "conversations.create", "conversations.archive"])
                .into_iter()
                .for_each(|fault| slack.faults().add(fault));
        }
    }

    /// Mentees who are not on the roster: the first is vouched for, the others are declined.
    pub fn not_on_roster(&self) -> (Vec<&'a Applicant>, Vec<&'a Applicant>) {
        let missing = self.people.iter().filter(|person| person.role() == Some(Role::Mentee) && !person.on_roster);
        let mut missing: Vec<&Applicant> = missing.collect();
        let declined = missing.split_off(missing.len().min(1));
        (missing, declined)
    }

    /// Whether the person is accepted and still there when the pairs are made.
    pub fn accepted(&self, person: &Applicant) -> bool {
        let named = |other: &&Applicant| other.handle == person.handle;
        person.role().is_some()
            && !self.not_on_roster().1.iter().any(named)
            && !self.leaving(Leaving::BeforePairs).iter().any(named)
    }

    /// Who leaves in this way. Every leaver leaves in one way, by turns.
    pub fn leaving(&self, how: Leaving) -> Vec<&'a Applicant> {
        let known = |person: &&Applicant| person.on_roster || person.role() == Some(Role::Mentor);
        let leavers = self.people.iter().filter(|person| person.is(Temperament::Leaving)).filter(known);
        let turns = leavers.zip(Leaving::ALL.into_iter().cycle());
        turns.filter(|(_, turn)| *turn == how).map(|(person, _)| person).collect()
    }

    /// A mentee and a mentor whom a coordinator pins: the first who may be paired.
    pub fn pinned(&self) -> Option<(&'a Applicant, &'a Applicant)> {
        let pair = self.pinned_pair()?;
        let person = |id: PersonId| usize::try_from(id.get()).ok().and_then(|index| self.people.get(index));
        person(pair.mentee).zip(person(pair.mentor))
    }

    /// The same by their places in the list.
    pub fn pinned_pair(&self) -> Option<PairKey> {
        first_allowed(&self.problem())
    }

    /// How many pairs the program's rules give for these people, computed without any platform or database.
    pub fn expected_pairs(&self) -> usize {
        let mut problem = self.problem();
        problem.pinned.extend(first_allowed(&problem));
        matching::propose(&problem).map_or(0, |matching| matching.pairs.len())
    }

    fn problem(&self) -> Problem {
        self.problem_among(|person| self.accepted(person))
    }

    /// Whom of these people the program's rules may pair, each named by their place in the list.
    pub fn problem_among(&self, takes_part: impl Fn(&Applicant) -> bool) -> Problem {
        let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
        for (index, person) in self.people.iter().enumerate().filter(|(_, person)| takes_part(person)) {
            let Some(role) = person.role() else { continue };
            let mut answers = Answers::default();
            for question in self.program.questions_for(role) {
                answers.put(&question.key, parse_answer(question, &person.values(question)).ok().flatten());
            }
            let id = PersonId::from(i64::try_from(index).unwrap_or(i64::MAX));
            let candidate = Candidate::from_answers(id, &person.name, role, self.program, &answers);
            match role {
                Role::Mentee => mentees.push(candidate),
                Role::Mentor => mentors.push(candidate),
            }
        }
        let rule = self.program.matching;
        let (pinned, forbidden, previous) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let policy = Policy::default();
        let returning = BTreeSet::new();
        Problem { mentees, mentors, pinned, forbidden, previous, returning, policy, rule }
    }
}

fn first_allowed(problem: &Problem) -> Option<PairKey> {
    let allowed = |mentee: &Candidate| {
        let mentor = problem.mentors.iter().find(|mentor| problem.rule_against(mentee, mentor).is_none())?;
        Some(PairKey { mentee: mentee.person, mentor: mentor.person })
    };
    problem.mentees.iter().find_map(allowed)
}

/// How and when somebody leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Withdraws before the pairs are made.
    BeforePairs,
    /// Asks to be forgotten in the midst of the run.
    Forgotten,
    /// Withdraws in the midst of the run.
    MidRun,
    /// Asks to be forgotten when everything is over.
    AtTheEnd,
}

impl Leaving {
    const ALL: [Self; 4] = [Self::BeforePairs, Self::Forgotten, Self::MidRun, Self::AtTheEnd];
}

/// What somebody says when the month's question comes for the first time.
pub(super) fn first_answer(person: &Applicant) -> Option<CheckInAnswer> {
    match person.temperament? {
        Temperament::Prompt | Temperament::Leaving => Some(CheckInAnswer::Met),
        Temperament::Confused => Some(CheckInAnswer::Planned),
        Temperament::Forgetful => Some(CheckInAnswer::NotYet),
        Temperament::Silent => None,
    }
}

/// What somebody says when they are asked for the first time about the nth month, counted from 0: in the third, the
/// confused ask for help.
pub(super) fn answer_in(person: &Applicant, nth: usize) -> Option<CheckInAnswer> {
    match first_answer(person) {
        Some(CheckInAnswer::Planned) if nth == 2 => Some(CheckInAnswer::NeedHelp),
        said => said,
    }
}

/// What somebody says in private about the fit.
pub(super) fn fit(person: &Applicant) -> Option<Fit> {
    match person.temperament? {
        Temperament::Prompt | Temperament::Leaving => Some(Fit::Good),
        Temperament::Confused => Some(Fit::NotGood),
        Temperament::Forgetful => Some(Fit::Deciding),
        Temperament::Silent => None,
    }
}

/// How a pair stands after these answers.
pub(super) fn standing_of(said: [Option<CheckInAnswer>; 2]) -> Standing {
    let [mentor, mentee] = said.map(|answer| answer.map(|answer| CheckIn { answer, at: DateTime::<Utc>::UNIX_EPOCH }));
    standing(mentor, mentee, &[])
}
