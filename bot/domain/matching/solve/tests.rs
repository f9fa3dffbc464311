//! The solver against trying everything, and what must hold of every solution.

use super::*;
use crate::matching::{
    certify::{Certified, Uncertified, certify},
    instance::{Misfit, Parts, Table},
    levels::{Keep, Policy},
    lot_key,
};

/// Numbers that look like chance and are the same every time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> usize {
        usize::try_from(self.next() % bound.max(1)).unwrap()
    }
}

const KEEPS: [Keep; 3] = [Keep::None, Keep::Bonus, Keep::Published];

/// A small problem with many ties, many ruled-out pairs, pins, and earlier pairs.
fn small(numbers: &mut Numbers, most_mentees: u64, most_mentors: u64) -> Instance {
    let (mentees, mentors) = (numbers.below(most_mentees + 1), numbers.below(most_mentors + 1));
    let mut table = Table::new(mentees, mentors);
    let (ruled_out, scores) = (numbers.below(90) as u64, [2, 4, 45, 101][numbers.below(4)]);
    let lift = if scores < 45 { 32 } else { 0 };
    for mentee in 0..mentees {
        for mentor in 0..mentors {
            let open = numbers.next() % 100 >= ruled_out;
            table.set(mentee, mentor, open.then(|| u8::try_from(numbers.below(scores) + lift).unwrap()));
        }
    }
    let places: Vec<u32> = (0..mentors).map(|_| numbers.below(4) as u32).collect();
    let mut left = places.clone();
    let mut pinned = vec![None; mentees];
    let mut previous = vec![None; mentees];
    for mentee in 0..mentees {
        let mentor = numbers.below(mentors as u64);
        if mentor < mentors && numbers.below(8) == 0 && table.get(mentee, mentor).is_some() && left[mentor] > 0 {
            left[mentor] -= 1;
            pinned[mentee] = Some(mentor);
        }
        previous[mentee] = Some(numbers.below(mentors as u64)).filter(|mentor| *mentor < mentors && mentee % 4 != 3);
    }
    // In every second problem somebody comes back.
    let anybody = numbers.below(2) == 0;
    let returning = (0..mentees).map(|_| anybody && numbers.below(3) == 0).collect();
    let keys = |role: &str, count: usize| (0..count).map(|id| lot_key(format!("{role} {id}").as_bytes())).collect();
    let policy = Policy { weak: 35, keep: KEEPS[numbers.below(3)] };
    let (mentee_keys, mentor_keys) = (keys("mentee", mentees), keys("mentor", mentors));
    Instance::new(Parts { table, places, pinned, previous, returning, mentee_keys, mentor_keys, policy }).unwrap()
}

/// The least cost of any set of pairs, by trying every one.
fn least(instance: &Instance, mentee: usize, left: &mut [u32]) -> Cost {
    if mentee == instance.mentees() {
        return Cost::ZERO;
    }
    let mut best = least(instance, mentee + 1, left);
    for mentor in 0..instance.mentors() {
        if let (Some(score), true) = (instance.open_score(mentee, mentor), left[mentor] > 0) {
            left[mentor] -= 1;
            best = best.min(least(instance, mentee + 1, left) + instance.cost(mentee, mentor, score));
            left[mentor] += 1;
        }
    }
    best
}

/// What the seats that are not pinned cost, lots included.
fn cost_of(instance: &Instance, seats: &[Option<usize>]) -> Cost {
    let mut cost = Cost::ZERO;
    for (mentee, seat) in seats.iter().enumerate().filter(|(mentee, _)| !instance.is_pinned(*mentee)) {
        if let Some(mentor) = *seat {
            cost += instance.cost(mentee, mentor, instance.open_score(mentee, mentor).unwrap());
        }
    }
    cost
}

fn solved(instance: &Instance, newcomers: Newcomers) -> Certified {
    certify(instance, solve_from(instance, newcomers)).unwrap()
}

#[test]
fn the_method_finds_what_trying_everything_finds() {
    let mut numbers = Numbers(2025);
    for round in 0..24_000 {
        let instance = small(&mut numbers, 5, 4);
        let mut left: Vec<u32> = (0..instance.mentors()).map(|mentor| instance.open_places(mentor)).collect();
        let best = least(&instance, 0, &mut left);
        let [one, two] = [Newcomers::Mentees, Newcomers::Places].map(|newcomers| solved(&instance, newcomers));
        assert_eq!(cost_of(&instance, &one.solution().seats), best, "round {round}: {instance:?}");
        assert_eq!(one.solution().seats, two.solution().seats, "round {round}: {instance:?}");
        assert_eq!(one.levels(), instance.levels(&one.solution().seats));
    }
}

#[test]
fn from_whichever_side_people_come_in_the_result_is_the_same() {
    // Large enough that lists of candidates have to grow.
    let mut numbers = Numbers(7);
    for round in 0..400 {
        let instance = small(&mut numbers, 110, 70);
        let [one, two] = [Newcomers::Mentees, Newcomers::Places].map(|newcomers| solved(&instance, newcomers));
        assert_eq!(one.solution().seats, two.solution().seats, "round {round}");
        assert_eq!(cost_of(&instance, &one.solution().seats), cost_of(&instance, &two.solution().seats));
    }
}

#[test]
fn however_costs_are_written_seats_and_prices_are_the_same() {
    let mut numbers = Numbers(13);
    for round in 0..400 {
        let instance = small(&mut numbers, 110, 70);
        for newcomers in [Newcomers::Mentees, Newcomers::Places] {
            let frame = Frame { instance: &instance, newcomers };
            let plain = solve_with::<Cost>(frame, ());
            assert_eq!(solve_from(&instance, newcomers), plain, "round {round}");
        }
    }
}

#[test]
fn where_all_lots_are_the_same_the_other_levels_are_still_the_best() {
    let mut numbers = Numbers(11);
    for round in 0..2_000 {
        let parts = small(&mut numbers, 40, 30).parts().clone();
        let (mentees, mentors) = (parts.mentee_keys.len(), parts.mentor_keys.len());
        let same =
            Instance::new(Parts { mentee_keys: vec![1; mentees], mentor_keys: vec![2; mentors], ..parts.clone() });
        let (same, drawn) = (same.unwrap(), Instance::new(parts).unwrap());
        let [one, two] = [Newcomers::Mentees, Newcomers::Places].map(|newcomers| solved(&same, newcomers).levels());
        let keep = drawn.parts().policy.keep;
        assert!(one.compare(&two, keep).is_eq(), "round {round}");
        assert!(one.compare(&solved(&drawn, Newcomers::Mentees).levels(), keep).is_eq(), "round {round}");
    }
}

/// Two mentees, two mentors with one place each; everybody prefers the second mentor.
fn two_by_two() -> Parts {
    let mut table = Table::new(2, 2);
    for (mentee, scores) in [[60, 90], [50, 70]].into_iter().enumerate() {
        (0..2).for_each(|mentor| table.set(mentee, mentor, Some(scores[mentor])));
    }
    let none = vec![None; 2];
    let (pinned, previous) = (none.clone(), none);
    let policy = Policy::default();
    let returning = vec![false; 2];
    let (mentee_keys, mentor_keys) = (vec![1, 2], vec![3, 4]);
    Parts { table, places: vec![1; 2], pinned, previous, returning, mentee_keys, mentor_keys, policy }
}

#[test]
fn whatever_is_wrong_with_a_solution_is_found() {
    let instance = Instance::new(Parts { places: vec![2, 1], ..two_by_two() }).unwrap();
    let right = solve(&instance);
    assert_eq!(right.seats, [Some(1), Some(0)]);
    let judged = |change: &dyn Fn(&mut Solution)| {
        let mut wrong = right.clone();
        change(&mut wrong);
        certify(&instance, wrong).unwrap_err()
    };
    assert_eq!(judged(&|wrong| wrong.seats.truncate(1)), Uncertified::Lengths);
    assert_eq!(judged(&|wrong| wrong.seats[1] = Some(1)), Uncertified::OverCapacity { mentor: 1 });
    assert_eq!(judged(&|wrong| wrong.seats[1] = Some(2)), Uncertified::RuledOut { mentee: 1, mentor: 2 });
    assert_eq!(judged(&|wrong| wrong.seats[1] = None), Uncertified::Idle { whom: "mentee", index: 1 });
    let price = Cost { score: 1, ..Cost::ZERO };
    assert_eq!(judged(&|wrong| wrong.mentor_prices[0] = price), Uncertified::Idle { whom: "mentor", index: 0 });
    let price = Cost { lot: -1, ..Cost::ZERO };
    assert_eq!(judged(&|wrong| wrong.mentor_prices[1] = price), Uncertified::Price { whom: "mentor", index: 1 });
    let price = Cost { lot: i64::MAX, ..Cost::ZERO };
    assert_eq!(judged(&|wrong| wrong.mentee_prices[0] = price), Uncertified::Price { whom: "mentee", index: 0 });
    let worse = judged(&|wrong| wrong.seats = vec![Some(0), Some(1)]);
    assert_eq!(worse, Uncertified::NotTight { mentee: 0, mentor: 0 });
    let dearer = judged(&|wrong| wrong.mentee_prices[0].score += 1);
    assert_eq!(dearer, Uncertified::NotTight { mentee: 0, mentor: 1 });
    let cheaper = judged(&|wrong| wrong.mentee_prices[0].score -= 1);
    assert_eq!(cheaper, Uncertified::Improves { mentee: 0, mentor: 1 });

    let pinned = Instance::new(Parts { pinned: vec![Some(0), None], ..two_by_two() }).unwrap();
    let mut wrong = solve(&pinned);
    assert_eq!(wrong.seats, [Some(0), Some(1)]);
    wrong.seats.swap(0, 1);
    assert_eq!(certify(&pinned, wrong), Err(Uncertified::PinLost { mentee: 0 }));
}

#[test]
fn parts_that_do_not_fit_make_no_instance() {
    let misfit = |change: &dyn Fn(&mut Parts)| {
        let mut parts = two_by_two();
        change(&mut parts);
        Instance::new(parts).unwrap_err()
    };
    assert_eq!(misfit(&|parts| parts.places.truncate(1)), Misfit::Lengths);
    assert_eq!(misfit(&|parts| parts.previous[0] = Some(2)), Misfit::Lengths);
    assert_eq!(misfit(&|parts| parts.pinned = vec![Some(0); 2]), Misfit::OverCapacity { mentor: 0, places: 1 });
    let ruled_out = misfit(&|parts| {
        parts.table.set(1, 0, None);
        parts.pinned[1] = Some(0);
    });
    assert_eq!(ruled_out, Misfit::PinRuledOut { mentee: 1, mentor: 0 });
    let crowd = misfit(&|parts| parts.table = Table::new(crate::matching::PEOPLE_MAX + 1, 0));
    assert_eq!(crowd, Misfit::TooMany);
}

#[test]
fn nobody_gets_a_poor_match_so_that_a_good_one_gets_better() {
    // The greatest sum, 100 + 20, would leave one with 20; 60 + 50 is fairer.
    let mut parts = two_by_two();
    for (mentee, scores) in [[50, 100], [20, 60]].into_iter().enumerate() {
        (0..2).for_each(|mentor| parts.table.set(mentee, mentor, Some(scores[mentor])));
    }
    let seats = |weak| {
        let policy = Policy { weak, keep: Keep::None };
        solve(&Instance::new(Parts { policy, ..parts.clone() }).unwrap()).seats
    };
    assert_eq!(seats(35), [Some(0), Some(1)]);
    assert_eq!(seats(0), [Some(1), Some(0)]);
}

#[test]
fn earlier_pairs_hold_as_the_policy_says() {
    // Changing places would gain 4 points, or 6, for two pairs that count 5 more each.
    let seats = |gain: u8, keep| {
        let mut parts = two_by_two();
        for (mentee, scores) in [[60, 60 + gain], [60, 60]].into_iter().enumerate() {
            (0..2).for_each(|mentor| parts.table.set(mentee, mentor, Some(scores[mentor])));
        }
        let previous = vec![Some(0), Some(1)];
        let policy = Policy { keep, ..Policy::default() };
        solve(&Instance::new(Parts { previous, policy, ..parts }).unwrap()).seats
    };
    let (kept, changed) = ([Some(0), Some(1)], [Some(1), Some(0)]);
    assert_eq!(seats(4, Keep::None), changed);
    assert_eq!(seats(9, Keep::Bonus), kept);
    assert_eq!(seats(11, Keep::Bonus), changed);
    assert_eq!(seats(40, Keep::Published), kept);
}

#[test]
fn whoever_comes_back_is_not_left_out_for_somebody_else_but_no_published_pair_parts_for_it() {
    // One place; the second mentee fits far better, and only the first comes back.
    let mut parts = Parts { places: vec![1, 0], ..two_by_two() };
    for (mentee, score) in [10, 100].into_iter().enumerate() {
        parts.table.set(mentee, 0, Some(score));
    }
    let seats = |parts: &Parts| solve(&Instance::new(parts.clone()).unwrap()).seats;
    assert_eq!(seats(&parts), [None, Some(0)]);
    parts.returning = vec![true, false];
    assert_eq!(seats(&parts), [Some(0), None]);
    // A published pair does not part for it.
    parts.previous = vec![None, Some(0)];
    parts.policy.keep = Keep::Published;
    assert_eq!(seats(&parts), [None, Some(0)]);
}

#[test]
fn where_all_come_back_it_is_as_if_nobody_did() {
    let mut numbers = Numbers(77);
    for round in 0..400 {
        let mut parts = small(&mut numbers, 8, 6).parts().clone();
        let mentees = parts.returning.len();
        let mut seats = |returning: bool| {
            parts.returning = vec![returning; mentees];
            solve(&Instance::new(parts.clone()).unwrap()).seats
        };
        assert_eq!(seats(true), seats(false), "round {round}");
    }
}
