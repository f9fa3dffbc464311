//! What is told about a matching, where the right answer is known.

use super::*;

/// Scores as rows of a table; 0 stands for a pair that is ruled out.
fn instance(scores: &[&[u8]], places: &[u32]) -> Instance {
    Instance::new(parts(scores, places)).unwrap()
}

fn parts(scores: &[&[u8]], places: &[u32]) -> Parts {
    let (mentees, mentors) = (scores.len(), places.len());
    let mut table = Table::new(mentees, mentors);
    for (mentee, row) in scores.iter().enumerate() {
        for (mentor, score) in row.iter().enumerate() {
            table.set(mentee, mentor, Some(*score).filter(|score| *score > 0));
        }
    }
    let keys = |role: &str, count| (0..count).map(|id| lot_key(format!("{role} {id}").as_bytes())).collect();
    Parts {
        table,
        places: places.to_vec(),
        pinned: vec![None; mentees],
        previous: vec![None; mentees],
        returning: vec![false; mentees],
        mentee_keys: keys("mentee", mentees),
        mentor_keys: keys("mentor", mentors),
        policy: Policy::default(),
    }
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound).unwrap()
    }

    /// Up to twelve mentees and six mentors, of whom one in so many suits.
    fn parts(&mut self, one_in: u64) -> Parts {
        let scores: Vec<Vec<u8>> = (0..1 + self.below(12))
            .map(|_| (0..6).map(|_| if self.below(one_in) == 0 { 1 + self.below(100) as u8 } else { 0 }).collect())
            .collect();
        let rows: Vec<&[u8]> = scores.iter().map(Vec::as_slice).collect();
        let places: Vec<u32> = (0..6).map(|_| self.below(3) as u32).collect();
        parts(&rows, &places)
    }
}

fn solved(instance: &Instance) -> Certified {
    certify(instance, solve(instance)).unwrap()
}

fn contests_of(instance: &Instance) -> Contests {
    contests(instance, &solved(instance).solution().seats)
}

#[test]
fn three_who_know_only_one_mentor_compete_for_their_place() {
    // The fourth mentee has a mentor of their own, and no part in it.
    let found = contests_of(&instance(&[&[90, 0], &[80, 0], &[70, 0], &[60, 60]], &[1, 2]));
    assert_eq!(found.contests, [Contest { mentees: vec![0, 1, 2], mentors: vec![0], places: 1 }]);
    assert_eq!(found.lost, BTreeMap::from([(1, Some(0)), (2, Some(0))]));
}

#[test]
fn a_contest_reaches_over_chains_of_moves() {
    // 0 knows only the first mentor, whose place 1 could leave for the second, whose place 2 cannot leave.
    let found = contests_of(&instance(&[&[50, 0, 0], &[90, 60, 0], &[0, 90, 0], &[0, 0, 40]], &[1, 1, 1]));
    assert_eq!(found.contests, [Contest { mentees: vec![0, 1, 2], mentors: vec![0, 1], places: 2 }]);
    assert_eq!(found.lost.len(), 1);
}

#[test]
fn contests_apart_are_told_apart_and_nobody_eligible_is_no_contest() {
    let scores: [&[u8]; 5] = [&[50, 0, 0], &[60, 0, 0], &[0, 70, 0], &[0, 80, 0], &[0, 0, 90]];
    let found = contests_of(&instance(&scores, &[1, 1, 0]));
    assert_eq!(
        found.contests,
        [
            Contest { mentees: vec![0, 1], mentors: vec![0], places: 1 },
            Contest { mentees: vec![2, 3], mentors: vec![1], places: 1 },
        ]
    );
    // The last one's only mentor has no place.
    assert_eq!(found.lost, BTreeMap::from([(0, Some(0)), (2, Some(1)), (4, None)]));
}

#[test]
fn who_is_pinned_to_a_contested_mentor_is_part_of_the_contest() {
    let pinned = vec![Some(0), None, None];
    let parts = Parts { pinned, ..parts(&[&[50, 90], &[60, 0], &[0, 70]], &[1, 2]) };
    let found = contests_of(&Instance::new(parts).unwrap());
    assert_eq!(found.contests, [Contest { mentees: vec![0, 1], mentors: vec![0], places: 1 }]);
}

#[test]
fn every_contest_is_more_mentees_than_places_and_they_can_go_nowhere_else() {
    let mut chance = Chance(1);
    let mut seen = 0;
    for _ in 0..500 {
        let parts = chance.parts(4);
        let (table, places) = (&parts.table, &parts.places);
        let instance = Instance::new(parts.clone()).unwrap();
        let seats = solved(&instance).solution().seats.clone();
        let found = contests(&instance, &seats);
        for Contest { mentees, mentors, places: together } in &found.contests {
            assert!(mentees.len() as u64 > *together);
            assert_eq!(*together, mentors.iter().map(|mentor| u64::from(places[*mentor])).sum::<u64>());
            for mentee in mentees {
                let known = (0..6).filter(|mentor| table.get(*mentee, *mentor).is_some() && places[*mentor] > 0);
                assert!(known.clone().count() > 0 && known.clone().all(|mentor| mentors.contains(&mentor)));
            }
            seen += 1;
        }
        for (mentee, contest) in &found.lost {
            assert_eq!(seats[*mentee], None);
            assert!(contest.is_none_or(|contest| found.contests[contest].mentees.contains(mentee)));
        }
        assert_eq!(found.lost.len(), seats.iter().filter(|seat| seat.is_none()).count());
    }
    assert!(seen > 100, "only {seen} contests");
}

#[test]
fn a_pair_is_told_its_rank_and_what_stood_against_the_better_ones() {
    // Both want the first mentor. The second mentee would fall from 80 to 10, the first one falls to 60.
    let instance = instance(&[&[90, 60, 0], &[80, 10, 0], &[0, 0, 50]], &[1, 1, 1]);
    let standings = standings(&instance, &solved(&instance));
    let stake = Some(Stake { level: Level::Shortfall, amount: 25 * 25 });
    let better = vec![Better { mentor: 0, score: 90, held_by: vec![1], stake }];
    assert_eq!(standings[0], Some(Standing { rank: 2, of: 2, better }));
    assert_eq!(standings[1], Some(Standing { rank: 1, of: 2, better: vec![] }));
    assert_eq!(standings[2], Some(Standing { rank: 1, of: 1, better: vec![] }));
}

#[test]
fn what_stood_against_is_what_forcing_the_pair_would_cost() {
    let mut chance = Chance(5);
    let mut seen = 0;
    for round in 0..900 {
        let mut parts = chance.parts(2);
        parts.policy.keep = [Keep::None, Keep::Bonus, Keep::Published][round % 3];
        for previous in &mut parts.previous {
            *previous = Some(chance.below(6)).filter(|_| round % 2 == 0);
        }
        let keep = parts.policy.keep;
        for returning in &mut parts.returning {
            *returning = round % 4 == 0 && chance.below(3) == 0;
        }
        let instance = Instance::new(parts).unwrap();
        let now = solved(&instance);
        for (mentee, standing) in standings(&instance, &now).into_iter().enumerate() {
            for Better { mentor, stake, .. } in standing.into_iter().flat_map(|standing| standing.better) {
                let Difference { before, after, .. } =
                    what_if(&instance, &now, &[Change::Force(mentee, mentor)]).unwrap();
                let kept = if keep == Keep::Published { before.kept.abs_diff(after.kept) } else { 0 };
                let sums = before.sum_with_bonus(keep).abs_diff(after.sum_with_bonus(keep));
                let by_level = [
                    (Level::Coverage, before.coverage.abs_diff(after.coverage)),
                    (Level::Kept, kept),
                    (Level::Returning, before.returning.abs_diff(after.returning)),
                    (Level::Shortfall, before.shortfall_sq.abs_diff(after.shortfall_sq)),
                    (Level::Sum, sums),
                ];
                let stake = stake.expect("every better pair has its price");
                match by_level.into_iter().find(|(_, amount)| *amount > 0) {
                    Some(lost) => assert_eq!((stake.level, stake.amount), lost, "round {round}"),
                    None => assert_eq!(stake.level, Level::Lot, "round {round}"),
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 1_000, "only {seen} better mentors");
}

#[test]
fn what_stood_against_may_be_somebodys_only_mentor() {
    let instance = instance(&[&[90, 60], &[80, 0]], &[1, 1]);
    let standings = standings(&instance, &solved(&instance));
    let stake = Some(Stake { level: Level::Coverage, amount: 1 });
    let better = vec![Better { mentor: 0, score: 90, held_by: vec![1], stake }];
    assert_eq!(standings[0], Some(Standing { rank: 2, of: 2, better }));
}

#[test]
fn for_who_is_pinned_nothing_is_weighed() {
    let pinned = vec![Some(1), None];
    let instance = Instance::new(Parts { pinned, ..parts(&[&[90, 60], &[80, 0]], &[1, 1]) }).unwrap();
    let better = vec![Better { mentor: 0, score: 90, held_by: vec![1], stake: None }];
    assert_eq!(standings(&instance, &solved(&instance))[0], Some(Standing { rank: 2, of: 2, better }));
}

#[test]
fn a_change_tells_what_it_costs_and_who_moves() {
    let instance = instance(&[&[90, 40], &[80, 60], &[70, 30]], &[1, 1]);
    let now = solved(&instance);
    assert_eq!(now.solution().seats, [Some(0), Some(1), None]);
    let asked = |change| what_if(&instance, &now, &[change]).unwrap();

    let forced = asked(Change::Force(2, 0));
    assert_eq!((forced.before, forced.after.coverage, forced.after.sum), (now.levels(), 2, 130));
    let moves = [(0, Some(0), None), (2, None, Some(0))];
    assert_eq!(forced.moves, moves.map(|(mentee, from, to)| Move { mentee, from, to }));

    let forbidden = asked(Change::Forbid(0, 0));
    assert_eq!(forbidden.after.sum, 130);
    let place = asked(Change::AddPlace(1));
    // The third one would have a poor score with the second mentor, so that the first one moves over.
    assert_eq!((place.after.coverage, place.after.shortfall_sq, place.after.sum), (3, 0, 40 + 60 + 70));
    let moves = [(0, Some(0), Some(1)), (2, None, Some(0))];
    assert_eq!(place.moves, moves.map(|(mentee, from, to)| Move { mentee, from, to }));
    assert_eq!(asked(Change::Force(0, 0)).moves, []);
}

#[test]
fn a_change_that_cannot_be_says_why() {
    let parts = Parts { pinned: vec![Some(0), None], ..parts(&[&[90, 60], &[80, 0]], &[1, 1]) };
    let instance = Instance::new(parts).unwrap();
    let now = solved(&instance);
    let asked = |change| what_if(&instance, &now, &[change]).unwrap_err();
    assert_eq!(asked(Change::Force(1, 1)), Misfit::PinRuledOut { mentee: 1, mentor: 1 }.into());
    assert_eq!(asked(Change::Force(1, 0)), Misfit::OverCapacity { mentor: 0, places: 1 }.into());
    // A forbidden pin is a pin no more.
    let freed = what_if(&instance, &now, &[Change::Forbid(0, 0)]).unwrap();
    assert_eq!(freed.after.coverage, 2);
}
