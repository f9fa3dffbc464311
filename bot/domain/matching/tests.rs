//! The matching against the plainest method there is, and the stories behind its rules and reasons.

use proptest::prelude::*;

use super::*;
use crate::{
    application::{Answer, Answers},
    program::{Weights, shipped},
    question::Role,
};

const RULE: MatchingRule = MatchingRule {
    same_library_system: false,
    weights: Weights {
        specialisations: 50,
        times: 20,
        formats: 10,
        languages: 5,
        position: 10,
        years: 5,
        career: 0,
        goals: 0,
        sought: 0,
        wish: 0,
    },
};

fn set(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

/// Somebody in a library system of their own who seeks or offers these.
fn candidate(id: i64, specialisations: &[&str]) -> Candidate {
    Candidate {
        person: PersonId::from(id),
        name: vec!["person".to_owned(), format!("n{id}")],
        library_system: vec![format!("system{id}")],
        supervisor: Vec::new(),
        capacity: 1,
        specialisations: set(specialisations),
        formats: BTreeSet::new(),
        languages: BTreeSet::new(),
        hours: WeekHours::default(),
        position: None,
        years: None,
        goals: BTreeSet::new(),
        first: None,
        sought: None,
        wish: Vec::new(),
    }
}

fn key(mentee: i64, mentor: i64) -> PairKey {
    PairKey { mentee: PersonId::from(mentee), mentor: PersonId::from(mentor) }
}

fn problem(mentees: Vec<Candidate>, mentors: Vec<Candidate>) -> Problem {
    Problem {
        mentees,
        mentors,
        pinned: BTreeSet::new(),
        forbidden: BTreeSet::new(),
        previous: BTreeSet::new(),
        returning: BTreeSet::new(),
        policy: Policy::default(),
        rule: RULE,
    }
}

fn pairs(matching: &Matching) -> Vec<PairKey> {
    matching.pairs.iter().map(|pair| pair.pair).collect()
}

#[test]
fn coverage_comes_before_fit() {
    // Mentor 11 suits both mentees and 12 only the first; the best single pair would leave 2 alone.
    let mut problem = problem(
        vec![candidate(1, &["teen"]), candidate(2, &["adult"])],
        vec![candidate(11, &["teen"]), candidate(12, &["fundraising"])],
    );
    problem.forbidden.insert(key(2, 12));
    assert_eq!(pairs(&propose(&problem).unwrap()), [key(1, 12), key(2, 11)]);
}

#[test]
fn among_full_coverages_the_best_total_wins() {
    let problem = problem(
        vec![candidate(1, &["teen"]), candidate(2, &["teen", "adult"])],
        vec![candidate(11, &["teen"]), candidate(12, &["adult"])],
    );
    let matching = propose(&problem).unwrap();
    assert_eq!(pairs(&matching), [key(1, 11), key(2, 12)]);
    assert_eq!(matching.total_score(), 50 + 25);
    assert_eq!(matching.pairs[1].reasons, [Reason::SharedSpecialisations(vec!["adult".to_owned()])]);
}

#[test]
fn a_mentor_never_gets_more_than_they_offered() {
    let mut mentor = candidate(11, &["teen"]);
    mentor.capacity = 2;
    let mentees = (1..=3).map(|id| candidate(id, &["teen"])).collect();
    let matching = propose(&problem(mentees, vec![mentor])).unwrap();
    assert_eq!(matching.pairs.len(), 2);
    let why: Vec<&WhyUnmatched> = matching.unmatched_mentees.values().collect();
    let topics_nobody_offers = BTreeSet::new();
    assert_eq!(why, [&WhyUnmatched::Contested { eligible: 1, contest: Some(0), topics_nobody_offers }]);
    let everybody = [1, 2, 3].map(PersonId::from).to_vec();
    let contest = NamedContest { mentees: everybody, mentors: vec![PersonId::from(11)], places: 2 };
    assert_eq!(matching.contests, [contest]);
}

#[test]
fn the_supervisor_is_found_however_they_are_written() {
    let mut mentee = candidate(1, &[]);
    let mut mentor = candidate(11, &[]);
    mentor.name = ["dolores", "ramirez"].map(str::to_owned).to_vec();
    let judged = |mentee: &Candidate, mentor: &Candidate| rule_against(mentee, mentor, &RULE);
    for written in ["Dolores Ramírez", "RAMIREZ, DOLORES", "Dolores Ramírez, branch manager", "Ms. Dolores M. Ramirez"]
    {
        mentee.supervisor = crate::text::words(written);
        assert_eq!(judged(&mentee, &mentor), Some(Rule::OwnSupervisor), "{written}");
    }
    for written in ["", "Ramirez", "Dolores Huerta", "Ana Ramírez"] {
        mentee.supervisor = crate::text::words(written);
        assert_eq!(judged(&mentee, &mentor), None, "{written}");
    }
    mentee.supervisor = crate::text::words("Ramirez");
    mentee.library_system = mentor.library_system.clone();
    assert_eq!(judged(&mentee, &mentor), Some(Rule::OwnSupervisor), "a last name is enough in one system");
}

#[test]
fn nobody_mentors_their_own_supervisor_or_themselves() {
    let mut mentor = candidate(11, &[]);
    mentor.supervisor = candidate(1, &[]).name;
    assert_eq!(rule_against(&candidate(1, &[]), &mentor, &RULE), Some(Rule::OwnSupervisor));
    assert_eq!(rule_against(&candidate(1, &[]), &candidate(1, &[]), &RULE), Some(Rule::Oneself));
}

#[test]
fn two_of_one_library_system_are_paired_only_where_the_program_allows_it() {
    let mut problem = problem(vec![candidate(1, &[])], vec![candidate(11, &[])]);
    problem.mentors[0].library_system = problem.mentees[0].library_system.clone();
    let matching = propose(&problem).unwrap();
    let by_rule = BTreeMap::from([(Rule::SameLibrarySystem, 1)]);
    assert_eq!(matching.pairs, []);
    assert_eq!(
        matching.unmatched_mentees[&PersonId::from(1)],
        WhyUnmatched::NoEligibleMentor { by_rule: by_rule.clone() }
    );
    assert_eq!(matching.unmatched_mentors[&PersonId::from(11)], WhyUnmatched::NoEligibleMentee { by_rule });
    problem.rule.same_library_system = true;
    assert_eq!(pairs(&propose(&problem).unwrap()), [key(1, 11)]);
}

#[test]
fn library_systems_are_told_apart_by_their_telling_words() {
    let program = shipped();
    let of = |system: &str| {
        let mut answers = Answers::default();
        answers.put("library_system", Some(Answer::Text(system.to_owned())));
        Candidate::from_answers(PersonId::from(1), "Ada Reyes", Role::Mentee, &program, &answers).library_system
    };
    assert_eq!(of("Fresno County Public Library"), of("The Library of Fresno County"));
    assert_ne!(of("Los Angeles Public Library"), of("Los Angeles County Library"));
    assert_ne!(of("Public Library"), Vec::<String>::new());
}

#[test]
fn pins_are_kept_and_count_against_the_capacity() {
    let mut problem =
        problem(vec![candidate(1, &["teen"]), candidate(2, &[])], vec![candidate(11, &["teen"]), candidate(12, &[])]);
    problem.pinned.insert(key(2, 11));
    let matching = propose(&problem).unwrap();
    assert_eq!(pairs(&matching), [key(1, 12), key(2, 11)]);
    assert_eq!(matching.pairs[1].reasons, [Reason::Pinned]);
    assert_eq!(matching.pairs.iter().map(|pair| pair.pinned).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_pin_sets_no_rule_aside() {
    let mut problem = problem(vec![candidate(1, &[])], vec![candidate(11, &[])]);
    problem.pinned.insert(key(1, 11));
    let refused = |problem: &Problem, rule| {
        let refusal = Refusal::PinImpossible { mentee: PersonId::from(1), mentor: PersonId::from(11), rule };
        assert_eq!(propose(problem), Err(refusal.into()));
    };
    problem.mentors[0].library_system = problem.mentees[0].library_system.clone();
    refused(&problem, Rule::SameLibrarySystem);
    problem.mentees[0].supervisor = problem.mentors[0].name.clone();
    refused(&problem, Rule::OwnSupervisor);
    problem.mentees[0].supervisor.clear();
    problem.rule.same_library_system = true;
    assert_eq!(pairs(&propose(&problem).unwrap()), [key(1, 11)]);
}

#[test]
fn pins_that_cannot_be_kept_are_refused() {
    let base = problem(vec![candidate(1, &[]), candidate(2, &[])], vec![candidate(11, &[]), candidate(12, &[])]);
    let with = |pins: &[PairKey], forbidden: &[PairKey]| {
        let (pinned, forbidden) = (pins.iter().copied().collect(), forbidden.iter().copied().collect());
        match propose(&Problem { pinned, forbidden, ..base.clone() }) {
            Err(NotProposed::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(with(&[key(1, 99)], &[]), Refusal::UnknownPerson);
    assert_eq!(with(&[key(1, 11), key(1, 12)], &[]), Refusal::PinnedTwice { mentee: PersonId::from(1) });
    let full = Refusal::OverCapacity { mentor: PersonId::from(11), capacity: 1 };
    assert_eq!(with(&[key(1, 11), key(2, 11)], &[]), full);
    assert_eq!(with(&[key(1, 11)], &[key(1, 11)]).key(), "pin-impossible");
    assert_eq!(propose(&problem(vec![], vec![candidate(11, &[])])), Err(Refusal::NothingToPropose.into()));
}

#[test]
fn whoever_is_ruled_out_everywhere_is_told_by_which_rules() {
    let mut problem = problem(
        vec![candidate(1, &[]), candidate(2, &[])],
        vec![candidate(11, &[]), candidate(12, &[]), candidate(13, &[])],
    );
    problem.mentees[0].supervisor = problem.mentors[0].name.clone();
    problem.forbidden.extend([key(1, 12), key(1, 13)]);
    let matching = propose(&problem).unwrap();
    let by_rule = BTreeMap::from([(Rule::OwnSupervisor, 1), (Rule::Forbidden, 2)]);
    assert_eq!(matching.unmatched_mentees[&PersonId::from(1)], WhyUnmatched::NoEligibleMentor { by_rule });
    assert_eq!(matching.pairs.len(), 1);
    let left: Vec<&WhyUnmatched> = matching.unmatched_mentors.values().collect();
    assert_eq!(left, [&WhyUnmatched::NoMenteeLeft { eligible: 1 }; 2]);
}

#[test]
fn a_mentor_without_a_place_is_told_so_and_counts_for_nobody() {
    let mut mentor = candidate(11, &[]);
    mentor.capacity = 0;
    let matching = propose(&problem(vec![candidate(1, &[])], vec![mentor])).unwrap();
    assert_eq!(matching.unmatched_mentors[&PersonId::from(11)], WhyUnmatched::NoPlace);
    let nobody = WhyUnmatched::NoEligibleMentor { by_rule: BTreeMap::new() };
    assert_eq!(matching.unmatched_mentees[&PersonId::from(1)], nobody);
}

#[test]
fn answers_become_a_candidate_whose_fit_is_told_part_by_part() {
    let program = shipped();
    let many = |keys: &[&str]| Some(Answer::Many(keys.iter().map(|key| (*key).to_owned()).collect()));
    let one = |key: &str| Some(Answer::One(key.to_owned()));
    let mut seeker = Answers::default();
    seeker.put("specialisations_sought", many(&["teen", "adult"]));
    seeker.put("formats", many(&["video"]));
    seeker.put("times", many(&["weekday_evening"]));
    seeker.put("zone", one("America/New_York"));
    seeker.put("languages", many(&["en", "es"]));
    seeker.put("position", one("clerk"));
    seeker.put("years", Some(Answer::Number(3)));
    let mut guide = Answers::default();
    guide.put("specialisations_offered", many(&["teen", "management"]));
    guide.put("formats", many(&["video", "phone"]));
    guide.put("times", many(&["weekday_afternoon"]));
    guide.put("zone", one("America/Los_Angeles"));
    guide.put("languages", many(&["es"]));
    guide.put("position", one("branch_manager"));
    guide.put("years", Some(Answer::Number(5)));
    guide.put("capacity", one("3"));
    let mentee = Candidate::from_answers(PersonId::from(1), "Ada Reyes", Role::Mentee, &program, &seeker);
    let mentor = Candidate::from_answers(PersonId::from(2), "Bo Ng", Role::Mentor, &program, &guide);
    assert_eq!(mentor.capacity, 3);
    let matching = propose(&problem(vec![mentee], vec![mentor])).unwrap();
    // Evening in New York, 18 to 21, is 15 to 18 in California: three hours on five days.
    assert_eq!(
        matching.pairs[0].fit,
        Fit { specialisations: 25, times: 20, formats: 10, languages: 5, position: 10, years: 2, ..Fit::default() }
    );
    assert_eq!(
        matching.pairs[0].reasons,
        [
            Reason::SharedSpecialisations(vec!["teen".to_owned()]),
            Reason::SameTimes { minutes_per_week: 900 },
            Reason::SameFormats(vec!["video".to_owned()]),
            Reason::SameLanguages(vec!["es".to_owned()]),
            Reason::FurtherPosition,
            Reason::MoreYears(2),
        ]
    );
}

#[test]
fn the_stored_form_of_a_matching_comes_back() {
    let mut problem = problem(vec![candidate(1, &["teen"]), candidate(2, &[])], vec![candidate(11, &["teen"])]);
    problem.forbidden.insert(key(2, 11));
    let matching = propose(&problem).unwrap();
    let json = serde_json::to_string(&matching).unwrap();
    assert_eq!(serde_json::from_str::<Matching>(&json).unwrap(), matching);
}

#[test]
fn what_a_change_would_do_is_told_by_name_and_a_pin_that_cannot_be_is_refused() {
    let mut asked = problem(
        vec![candidate(1, &["teen"]), candidate(2, &["teen", "adult"])],
        vec![candidate(11, &["teen"]), candidate(12, &["adult"])],
    );
    let forced = weigh(&asked, &[Change::Force(PersonId::from(1), PersonId::from(12))]).unwrap();
    assert_eq!((forced.before.sum, forced.after.sum), (75, 25));
    assert_eq!(forced.moves.len(), 2);
    assert_eq!(forced.moves[0].to, Some(PersonId::from(12)));
    let place = weigh(&asked, &[Change::AddPlace(PersonId::from(11))]).unwrap();
    assert_eq!(place.moves, []);
    let nobody = PersonId::from(99);
    assert_eq!(weigh(&asked, &[Change::AddPlace(nobody)]), Err(Refusal::UnknownPerson.into()));
    let swapped =
        [Change::Force(PersonId::from(1), PersonId::from(12)), Change::Force(PersonId::from(2), PersonId::from(11))];
    assert_eq!(weigh(&asked, &swapped), Ok(forced));
    asked.forbidden.insert(key(1, 12));
    let refused = weigh(&asked, &[Change::Force(PersonId::from(1), PersonId::from(12))]);
    let (mentee, mentor) = (PersonId::from(1), PersonId::from(12));
    assert_eq!(refused, Err(Refusal::PinImpossible { mentee, mentor, rule: Rule::Forbidden }.into()));
}

#[test]
fn goals_and_offer_meet_in_what_they_speak_of_whatever_the_ending() {
    let program = shipped();
    let of = |role, key: &str, text: &str| {
        let mut answers = Answers::default();
        answers.put(key, Some(Answer::Text(text.to_owned())));
        Candidate::from_answers(PersonId::from(1), "Ada Reyes", role, &program, &answers)
    };
    let goals = |mentee: &str, mentor: &str| {
        let (mentee, mentor) = (of(Role::Mentee, "goals", mentee), of(Role::Mentor, "offer", mentor));
        let weights = Weights { goals: 6, ..Weights::default() };
        let fit = fit(&mentee, &mentor, &weights);
        assert_eq!(fit.total(), fit.goals);
        assert_eq!(reasons(false, &mentee, &mentor).contains(&Reason::GoalsMeetOffer), fit.goals > 0);
        fit.goals
    };
    assert_eq!(goals("Supervising a team, grants, budgets", "I supervise; I write budgets and grant reports"), 6);
    assert_eq!(goals("Supervising a team, grants, budgets", "Budgeting"), 2);
    assert_eq!(goals("Presupuestos", "El presupuesto de una sucursal"), 6);
    // What everybody writes tells nothing.
    assert_eq!(goals("I want to learn more about libraries", "I want to share more about libraries"), 0);
    assert_eq!(goals("", "Budgets"), 0);
}

#[test]
fn a_mentor_a_few_steps_ahead_is_nearer_than_one_at_the_top() {
    let points = |mentee: Option<u32>, mentor: Option<u32>| {
        let at = |position| Candidate { position, ..candidate(1, &[]) };
        fit(&at(mentee), &at(mentor), &Weights { career: 5, ..Weights::default() }).career
    };
    let steps: Vec<u32> = (0..=5).map(|position| points(Some(1), Some(position))).collect();
    assert_eq!(steps, [0, 0, 5, 5, 5, 2]);
    assert_eq!((points(None, Some(3)), points(Some(1), None)), (0, 0));
}

#[test]
fn a_topic_that_nobody_offers_is_named() {
    let mentees = vec![candidate(1, &["teen", "maps"]), candidate(2, &["teen"])];
    let matching = propose(&problem(mentees, vec![candidate(11, &["teen"])])).unwrap();
    let WhyUnmatched::Contested { topics_nobody_offers, .. } = &matching.unmatched_mentees[&PersonId::from(1)] else {
        panic!("{:?}", matching.unmatched_mentees);
    };
    assert_eq!(*topics_nobody_offers, set(&["maps"]));
}

#[test]
fn proposals_made_before_more_was_told_still_read_back() {
    let kept = serde_json::json!({
        "pairs": [{
            "pair": { "mentee": 1, "mentor": 11 },
            "pinned": false,
            "fit": { "specialisations": 50, "times": 0, "formats": 0, "languages": 0, "position": 0, "years": 0 },
            "reasons": ["pinned"],
        }],
        "unmatched_mentees": { "2": { "contested": { "eligible": 1 } } },
        "unmatched_mentors": {},
    });
    let matching: Matching = serde_json::from_value(kept).unwrap();
    assert_eq!(matching.pairs[0].standing, None);
    assert_eq!(matching.contests, []);
}

#[test]
fn four_hundred_of_each_are_matched_in_full() {
    let topics = ["teen", "adult", "children", "reference", "digital", "literacy", "outreach"];
    let person = |id: i64, salt: usize| {
        let n = usize::try_from(id).expect("ids are small") * 7 + salt;
        candidate(id, &[topics[n % 7], topics[n / 3 % 7], topics[n / 11 % 7]])
    };
    let mentees = (1..=400).map(|id| person(id, 1)).collect();
    let mentors = (1_001..=1_400).map(|id| person(id, 5)).collect();
    let matching = propose(&problem(mentees, mentors)).unwrap();
    assert_eq!(matching.pairs.len(), 400);
}

proptest! {
    #![proptest_config(crate::repeatable())]

    #[test]
    fn the_order_in_which_people_are_listed_decides_nothing(
        (sought, offered) in people(),
        capacities in proptest::collection::vec(0_u32..=2, 6),
        turn in 0_usize..6,
    ) {
        let topics = ["teen", "adult", "children"];
        let with = |id: i64, mask: u8| {
            let keys: Vec<&str> = (0..3).filter(|bit| mask & (1 << bit) != 0).map(|bit| topics[bit]).collect();
            candidate(id, &keys)
        };
        let mentees: Vec<Candidate> = (1..).zip(&sought).map(|(id, mask)| with(id, *mask)).collect();
        let mut mentors: Vec<Candidate> = (11..).zip(&offered).map(|(id, mask)| with(id, *mask)).collect();
        for (mentor, capacity) in mentors.iter_mut().zip(&capacities) {
            mentor.capacity = *capacity;
        }
        let listed = problem(mentees, mentors);
        let mut turned = listed.clone();
        turned.mentees.reverse();
        let turn = turn % turned.mentors.len();
        turned.mentors.rotate_left(turn);
        prop_assert_eq!(propose(&listed), propose(&turned));
    }
}

fn people() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
    (proptest::collection::vec(0_u8..8, 1..6), proptest::collection::vec(0_u8..8, 1..6))
}

#[test]
fn what_matters_most_counts_twice_and_wholly_with_whoever_knows_it_best() {
    let weights = Weights { specialisations: 48, ..Weights::default() };
    let mentee = Candidate { first: Some("teen".into()), ..candidate(1, &["teen", "adult", "digital"]) };
    let score = |first: Option<&str>, offered: &[&str]| {
        let mentor = Candidate { first: first.map(str::to_owned), ..candidate(11, offered) };
        fit(&mentee, &mentor, &weights).specialisations
    };
    assert_eq!(score(Some("teen"), &["teen", "adult", "digital"]), 48);
    assert_eq!(score(Some("adult"), &["teen", "adult", "digital"]), 42);
    assert_eq!(score(None, &["teen", "adult", "digital"]), 42, "who says what they know best loses nothing by it");
    assert_eq!(score(None, &["adult", "digital"]), 24);
    assert_eq!(score(Some("teen"), &["teen"]), 24);
    let unranked = candidate(2, &["teen", "adult", "digital"]);
    assert_eq!(fit(&unranked, &candidate(11, &["teen"]), &weights).specialisations, 16);
}

#[test]
fn the_position_aimed_for_counts_wholly_where_it_is_held_and_half_further_up() {
    let weights = Weights { sought: 5, ..Weights::default() };
    let mentee = Candidate { sought: Some(8), ..candidate(1, &[]) };
    let score = |position| fit(&mentee, &Candidate { position, ..candidate(11, &[]) }, &weights).sought;
    assert_eq!([Some(7), Some(8), Some(9), None].map(score), [0, 5, 2, 0]);
    let reason = |position| reasons(false, &mentee, &Candidate { position, ..candidate(11, &[]) });
    assert!(reason(Some(8)).contains(&Reason::HoldsPositionSought));
    assert!(!reason(Some(9)).contains(&Reason::HoldsPositionSought));
}

#[test]
fn a_wish_counts_however_the_name_is_written_and_is_no_reason_to_be_told() {
    let weights = Weights { wish: 2, ..Weights::default() };
    let mentor = Candidate { name: vec!["grace".into(), "lindqvist".into()], ..candidate(11, &[]) };
    let wishes = |text: &str| Candidate { wish: crate::text::words(text), ..candidate(1, &[]) };
    let score = |text: &str| fit(&wishes(text), &mentor, &weights).wish;
    assert_eq!(["Grace Lindqvist", "LINDQVIST", "Ms. Grace Lindqvist, Oakland"].map(score), [2, 2, 2]);
    assert_eq!(["", "Grace Hopper", "anybody"].map(score), [0, 0, 0]);
    assert_eq!(reasons(false, &wishes("Grace Lindqvist"), &mentor), []);
}

#[test]
fn what_comes_first_is_among_what_is_sought_also_for_somebody_who_did_not_say_so() {
    let program = shipped();
    let mut answers = Answers::default();
    answers.put("specialisations_sought", Some(Answer::Many(vec!["teen".to_owned()])));
    answers.put("specialisation_first", Some(Answer::One("adult".to_owned())));
    answers.put("position_sought", Some(Answer::One("branch_manager".to_owned())));
    answers.put("wish", Some(Answer::Text("Grace Lindqvist".to_owned())));
    let mentee = Candidate::from_answers(PersonId::from(1), "Ada", crate::Role::Mentee, &program, &answers);
    assert_eq!(mentee.specialisations, set(&["adult", "teen"]));
    assert_eq!(mentee.first.as_deref(), Some("adult"));
    let mut held = Answers::default();
    held.put("position", Some(Answer::One("branch_manager".to_owned())));
    let mentor = Candidate::from_answers(PersonId::from(2), "Grace", crate::Role::Mentor, &program, &held);
    assert_eq!(mentee.sought, mentor.position);
    assert_eq!(mentee.wish, ["grace", "lindqvist"]);
}
