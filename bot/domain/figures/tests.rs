//! A small season worked out by hand, and what must hold of the figures of any season.

use proptest::prelude::*;

use super::*;
use crate::calendar::sample;
use crate::meeting::Standing;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test writes an instant")
}

fn application(person: i64, role: Role, state: ApplicationState, sent: Option<&str>) -> ApplicationFact {
    ApplicationFact { person: person.into(), role, state, submitted_at: sent.map(at) }
}

fn month(standing: Standing, meetings: usize, at_least: bool) -> PairMonth {
    PairMonth { standing, met: MetInMonth { meetings, at_least } }
}

const QUIET: PairMonth = PairMonth { standing: Standing::Waiting, met: MetInMonth { meetings: 0, at_least: false } };

fn pair(id: i64, mentor: i64, mentee: i64, state: PairState, months: [PairMonth; 4]) -> PairFact {
    let published_at = Some(at("2025-02-18T18:00:00Z"));
    PairFact {
        id: id.into(),
        mentor: mentor.into(),
        mentee: mentee.into(),
        state,
        published_at,
        months: months.to_vec(),
    }
}

/// Mentees 1 to 6, mentors 11 to 13; it is the middle of May. Mentor 11 has two mentees, mentor 12 has lost one.
fn season(calendar: &Calendar) -> SeasonFacts<'_> {
    use ApplicationState::{Accepted, Declined, Draft, NotOnRoster, WaitListed, Withdrawn};
    use Role::{Mentee, Mentor};
    let introduced = PairState::Introduced { at: at("2025-02-18T18:05:00Z") };
    let left = PairState::Archived { at: at("2025-04-10T18:00:00Z"), reason: EndReason::MenteeLeft };
    let applications = vec![
        // The first minute, and the last one: 11:59 PM in Los Angeles is the next day in UTC.
        application(1, Mentee, Accepted, Some("2025-01-13T17:00:00Z")),
        application(2, Mentee, Accepted, Some("2025-02-18T07:59:00Z")),
        application(3, Mentee, Withdrawn, Some("2025-01-21T18:00:00Z")),
        application(4, Mentee, WaitListed, Some("2025-01-22T18:00:00Z")),
        application(5, Mentee, NotOnRoster, Some("2025-02-03T18:00:00Z")),
        application(6, Mentee, Draft, None),
        application(7, Mentee, Accepted, Some("2025-02-04T18:00:00Z")),
        application(8, Mentee, Declined { reason: "not this time".to_owned() }, Some("2025-02-05T18:00:00Z")),
        application(11, Mentor, Accepted, Some("2025-01-14T18:00:00Z")),
        application(12, Mentor, Accepted, Some("2025-01-27T18:00:00Z")),
        application(13, Mentor, Accepted, Some("2025-02-10T18:00:00Z")),
    ];
    let pairs = vec![
        pair(
            1,
            11,
            1,
            introduced.clone(),
            [month(Standing::Met, 2, false), month(Standing::Met, 1, true), month(Standing::Planned, 0, false), QUIET],
        ),
        pair(
            2,
            11,
            2,
            introduced,
            [
                QUIET,
                month(Standing::NeedsHelp, 0, false),
                month(Standing::NotYet, 0, false),
                month(Standing::Planned, 0, false),
            ],
        ),
        // Met once although one of them asked for help, and then the mentee left.
        pair(3, 12, 3, left, [month(Standing::NeedsHelp, 1, false), QUIET, QUIET, QUIET]),
    ];
    let signed = [(1, Timing::OnTime), (11, Timing::Late), (3, Timing::OnTime)];
    SeasonFacts {
        calendar,
        now: at("2025-05-15T19:00:00Z"),
        applications,
        pairs,
        signed: signed.into_iter().map(|(person, timing)| (PersonId::from(person), timing)).collect(),
    }
}

#[test]
fn a_small_season_is_counted_as_by_hand() {
    let calendar = sample();
    let figures = Figures::of(&season(&calendar));
    let side = |mentees, mentors| BySide { mentees, mentors };
    let sent: Vec<_> = figures.stretches.iter().map(|it| (it.from.to_string(), it.sent)).collect();
    let week = |from: &str, mentees, mentors| (from.to_owned(), side(mentees, mentors));
    assert_eq!(
        sent,
        [
            week("2025-01-13", 1, 1),
            week("2025-01-20", 2, 0),
            week("2025-01-27", 0, 1),
            week("2025-02-03", 3, 0),
            week("2025-02-10", 0, 1),
            week("2025-02-17", 1, 0),
        ]
    );
    assert_eq!(figures.stretches[5].until.to_string(), "2025-02-17", "the last week ends with the deadline");
    assert_eq!(figures.drafts, 1);
    let mentees = Coverage { paired: 2, alone: 1, wait_listed: 1, undecided: 1, declined: 1, withdrawn: 1 };
    assert_eq!((figures.mentees, figures.mentees.total()), (mentees, 7));
    assert_eq!(figures.mentors, Coverage { paired: 1, alone: 2, ..Coverage::default() });
    assert_eq!(figures.mentee_forms, Forms { on_time: 1, late: 0, missing: 1 });
    assert_eq!(figures.mentor_forms, Forms { on_time: 0, late: 1, missing: 0 });
    assert_eq!((figures.pairs_live, figures.pairs_completed, figures.pairs_ended), (2, 0, 1));
    let of = |place: usize| {
        let it = figures.months[place];
        (it.pairs, it.met, it.meetings.meetings, it.planned, it.not_yet, it.with_coordinator, it.silent)
    };
    assert_eq!(of(0), (3, 2, 3, 0, 0, 0, 1), "March");
    assert_eq!(of(1), (3, 1, 1, 0, 0, 1, 1), "April, in which a pair ended");
    assert_eq!(of(2), (2, 0, 0, 1, 1, 0, 0), "May");
    assert_eq!(of(3), (1, 0, 0, 1, 0, 0, 0), "June has not begun, and one pair has planned");
    assert!(figures.months[2].begun && !figures.months[3].begun);
    assert_eq!(figures.pairs_met, 2);
    assert_eq!(figures.meetings, MetInMonth { meetings: 4, at_least: true });
}

#[test]
fn a_long_time_of_applying_is_gathered_into_few_columns() {
    let mut calendar = sample();
    calendar.set(DateName::ApplicationsOpen, "2024-10-01 09:00".parse::<crate::LocalTime>().unwrap()).unwrap();
    let figures = Figures::of(&season(&calendar));
    assert_eq!(figures.stretches.len(), 7);
    assert_eq!(figures.stretches[1].from.to_string(), "2024-10-22", "three weeks each");
    assert_eq!(figures.stretches.iter().map(|it| it.sent.mentees + it.sent.mentors).sum::<usize>(), 10);
}

#[test]
fn before_anything_has_happened_everything_is_nothing() {
    let calendar = sample();
    let facts = SeasonFacts {
        now: at("2025-01-01T00:00:00Z"),
        applications: vec![],
        pairs: vec![],
        signed: BTreeMap::new(),
        calendar: &calendar,
    };
    let figures = Figures::of(&facts);
    assert_eq!(figures.stretches.len(), 1);
    assert_eq!((figures.mentees.total(), figures.mentee_forms.total(), figures.pairs_met), (0, 0, 0));
    assert!(figures.months.iter().all(|month| !month.begun && month.pairs == 0));
}

fn any_state() -> impl Strategy<Value = ApplicationState> {
    use ApplicationState as State;
    prop_oneof![
        Just(State::Draft),
        Just(State::Submitted),
        Just(State::NotOnRoster),
        Just(State::Accepted),
        Just(State::WaitListed),
        Just(State::Declined { reason: "so".to_owned() }),
        Just(State::Withdrawn),
    ]
}

fn any_month() -> impl Strategy<Value = PairMonth> {
    let standing = prop_oneof![
        Just(Standing::Met),
        Just(Standing::Planned),
        Just(Standing::Waiting),
        Just(Standing::NotYet),
        Just(Standing::NeedsHelp),
        Just(Standing::Disagree),
    ];
    (standing, 0_usize..4, any::<bool>()).prop_map(|(standing, meetings, at_least)| month(standing, meetings, at_least))
}

fn any_pair_state() -> impl Strategy<Value = PairState> {
    let at = (0_i64..240).prop_map(|day| at("2025-01-01T00:00:00Z") + chrono::TimeDelta::days(day));
    (at, 0..4).prop_map(|(at, kind)| match kind {
        0 => PairState::Published { at },
        1 => PairState::Introduced { at },
        2 => PairState::Ended { at, reason: EndReason::Completed },
        _ => PairState::Archived { at, reason: EndReason::MentorLeft },
    })
}

proptest! {
    #![proptest_config(crate::repeatable())]

    #[test]
    fn nobody_is_lost_and_nobody_is_counted_twice(
        states in prop::collection::vec((any_state(), any::<bool>(), prop::option::of(0_i64..90)), 0..40),
        pairs in prop::collection::vec((0_i64..8, 0_i64..8, any_pair_state(), [any_month(), any_month(), any_month(), any_month()]), 0..12),
        signed in prop::collection::btree_map((0_i64..60).prop_map(PersonId::from), prop_oneof![Just(Timing::OnTime), Just(Timing::Late)], 0..30),
        day in 0_i64..240,
    ) {
        let calendar = sample();
        let start = at("2025-01-01T12:00:00Z");
        let applications: Vec<_> = states.into_iter().enumerate().map(|(place, (state, mentee, sent))| ApplicationFact {
            person: i64::try_from(place).unwrap().into(),
            role: if mentee { Role::Mentee } else { Role::Mentor },
            state,
            submitted_at: sent.map(|day| start + chrono::TimeDelta::days(day)),
        }).collect();
        let pairs: Vec<_> = pairs.into_iter().enumerate().map(|(place, (mentor, mentee, state, months))| {
            pair(i64::try_from(place).unwrap(), mentor, 20 + mentee, state, months)
        }).collect();
        let facts = SeasonFacts { calendar: &calendar, now: start + chrono::TimeDelta::days(day), applications, pairs, signed };
        let figures = Figures::of(&facts);
        let sent = facts.applications.iter().filter(|it| it.submitted_at.is_some()).count();
        prop_assert_eq!(figures.mentees.total() + figures.mentors.total(), sent);
        prop_assert_eq!(figures.stretches.iter().map(|it| it.sent.mentees + it.sent.mentors).sum::<usize>(), sent);
        prop_assert!(figures.stretches.len() <= 8 && figures.stretches.windows(2).all(|two| two[0].until < two[1].from));
        prop_assert_eq!(figures.pairs_live + figures.pairs_completed + figures.pairs_ended, facts.pairs.len());
        let side = |of: fn(&PairFact) -> PersonId| facts.pairs.iter().filter(|it| it.counts()).map(of).collect::<BTreeSet<_>>().len();
        prop_assert_eq!(figures.mentee_forms.total(), side(|pair| pair.mentee));
        prop_assert_eq!(figures.mentor_forms.total(), side(|pair| pair.mentor));
        for month in &figures.months {
            prop_assert_eq!(month.met + month.planned + month.not_yet + month.with_coordinator + month.silent, month.pairs);
            prop_assert!(month.met <= month.meetings.meetings && month.pairs <= facts.pairs.len());
        }
        let held: usize = facts.pairs.iter().flat_map(|pair| &pair.months).map(|it| it.met.meetings).sum();
        prop_assert_eq!(figures.meetings.meetings, held);
        prop_assert_eq!(&Figures::of(&facts), &figures, "the same facts give the same figures");
    }
}
