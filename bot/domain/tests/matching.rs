//! What must hold of every matching: against another library, and as properties.

#[path = "../benches/staff/mod.rs"]
mod staff;

use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};
use plsep_domain::matching::{Certified, Instance, Keep, Parts, Policy, Table, certify, lot_key, solve};
use proptest::prelude::*;
use staff::Numbers;

fn solved(instance: &Instance) -> Certified {
    certify(instance, solve(instance)).expect("every solution passes its check")
}

fn seats(parts: &Parts) -> Vec<Option<usize>> {
    solved(&Instance::new(parts.clone()).expect("the parts fit")).solution().seats.clone()
}

/// Coverage, and the greatest sum of scores at that coverage, by the Hungarian method of `pathfinding`.
fn by_pathfinding(instance: &Instance) -> (u64, u64) {
    const PAIR: i64 = 1 << 24;
    let places = (0..instance.mentors()).flat_map(|mentor| (0..instance.open_places(mentor)).map(move |_| mentor));
    let places: Vec<usize> = places.collect();
    let (mentees, slots) = (instance.mentees(), places.len());
    let weight = |mentee, slot: usize| instance.open_score(mentee, places[slot]).map_or(0, |s| PAIR + i64::from(s));
    let weights = Matrix::from_fn(mentees.min(slots), mentees.max(slots), |(row, column)| {
        if mentees <= slots { weight(row, column) } else { weight(column, row) }
    });
    let (total, _) = kuhn_munkres(&weights);
    (total.unsigned_abs() / PAIR.unsigned_abs(), total.unsigned_abs() % PAIR.unsigned_abs())
}

#[test]
fn another_library_finds_the_same_coverage_and_sum() {
    for (mentees, places, seed) in
        [(60, 50, 1), (150, 120, 2), (120, 150, 3), (200, 200, 4), (300, 90, 5), (40, 160, 6)]
    {
        let mut parts = staff::staff(mentees, places, seed).parts().clone();
        // Where no score is poor, the sum follows coverage directly.
        parts.policy = Policy { weak: 0, keep: Keep::None };
        // Some have nobody or nearly nobody left, so that coverage is not simply everybody.
        let mut numbers = Numbers(seed);
        for mentee in 0..mentees / 4 {
            for mentor in 0..parts.places.len() {
                if numbers.below(parts.places.len() as u64 / 2) > 0 {
                    parts.table.set(mentee, mentor, None);
                }
            }
        }
        let instance = Instance::new(parts).unwrap();
        let levels = solved(&instance).levels();
        assert_eq!((levels.coverage, levels.sum), by_pathfinding(&instance), "{mentees} x {places}");
    }
}

#[test]
fn the_staff_are_realistic() {
    let instance = staff::staff(500, 400, 7);
    let pairs = 500 * instance.mentors();
    let open = (0..500).flat_map(|mentee| (0..instance.mentors()).map(move |mentor| (mentee, mentor)));
    let open = open.filter(|(mentee, mentor)| instance.open_score(*mentee, *mentor).is_some()).count();
    let ruled_out = 100 - 100 * open / pairs;
    assert!((33..=42).contains(&ruled_out), "{ruled_out} % are ruled out");
    assert!(instance.parts().places.iter().all(|places| (1..=3).contains(places)));
}

/// Everybody in another order: new row -> old row, and the same for columns.
fn turned(parts: &Parts, rows: &[usize], columns: &[usize]) -> Parts {
    let mut table = Table::new(rows.len(), columns.len());
    for (row, old_row) in rows.iter().enumerate() {
        for (column, old_column) in columns.iter().enumerate() {
            table.set(row, column, parts.table.get(*old_row, *old_column));
        }
    }
    let moved = |seat: Option<usize>| seat.and_then(|old| columns.iter().position(|column| *column == old));
    Parts {
        table,
        places: columns.iter().map(|column| parts.places[*column]).collect(),
        pinned: rows.iter().map(|row| moved(parts.pinned[*row])).collect(),
        previous: rows.iter().map(|row| moved(parts.previous[*row])).collect(),
        returning: rows.iter().map(|row| parts.returning[*row]).collect(),
        mentee_keys: rows.iter().map(|row| parts.mentee_keys[*row]).collect(),
        mentor_keys: columns.iter().map(|column| parts.mentor_keys[*column]).collect(),
        policy: parts.policy,
    }
}

fn shuffled(count: usize, numbers: &mut Numbers) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, numbers.below(last as u64 + 1) as usize);
    }
    order
}

/// People with few scores, so that there are many ties, and with earlier pairs.
fn parts() -> impl Strategy<Value = Parts> {
    let score = prop_oneof![2 => Just(None), 3 => (0_u8..=2).prop_map(|step| Some(20 + 20 * step)), 1 => (0_u8..=100).prop_map(Some)];
    let keep = prop_oneof![Just(Keep::None), Just(Keep::Bonus), Just(Keep::Published)];
    (1_usize..=14, 1_usize..=10, keep).prop_flat_map(move |(mentees, mentors, keep)| {
        let scores = proptest::collection::vec(score.clone(), mentees * mentors);
        let places = proptest::collection::vec(0_u32..=3, mentors);
        let previous = proptest::collection::vec(proptest::option::of(0..mentors), mentees);
        let returning = proptest::collection::vec(proptest::bool::weighted(0.3), mentees);
        (scores, places, previous, returning).prop_map(move |(scores, places, previous, returning)| {
            let mut table = Table::new(mentees, mentors);
            for (index, score) in scores.iter().enumerate() {
                table.set(index / mentors, index % mentors, *score);
            }
            let keys = |role: &str, count| (0..count).map(|id| lot_key(format!("{role} {id}").as_bytes())).collect();
            Parts {
                table,
                places,
                pinned: vec![None; mentees],
                previous,
                returning,
                mentee_keys: keys("mentee", mentees),
                mentor_keys: keys("mentor", mentors),
                policy: Policy { weak: 35, keep },
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(2025),
        failure_persistence: None,
        cases: 1_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_in_which_people_come_decides_nothing(parts in parts(), seed in any::<u64>()) {
        let mut numbers = Numbers(seed);
        let rows = shuffled(parts.mentee_keys.len(), &mut numbers);
        let columns = shuffled(parts.mentor_keys.len(), &mut numbers);
        let (seats, other) = (seats(&parts), seats(&turned(&parts, &rows, &columns)));
        for (row, old_row) in rows.iter().enumerate() {
            prop_assert_eq!(other[row].map(|column| columns[column]), seats[*old_row]);
        }
    }

    #[test]
    fn one_more_place_never_costs_anybody_their_mentor(parts in parts(), which in any::<prop::sample::Index>()) {
        let before = seats(&parts).iter().flatten().count();
        let mut more = parts.clone();
        more.places[which.index(parts.places.len())] += 1;
        let after = seats(&more).iter().flatten().count();
        prop_assert!(after == before || after == before + 1, "{} of {}", after, before);
    }

    #[test]
    fn pins_are_kept_and_forbidden_pairs_are_not_made(mut parts in parts(), seed in any::<u64>()) {
        let mut numbers = Numbers(seed);
        let mut left = parts.places.clone();
        let mut forbidden = Vec::new();
        for mentee in 0..parts.pinned.len() {
            let mentor = numbers.below(left.len() as u64) as usize;
            match numbers.below(3) {
                0 if left[mentor] > 0 && parts.table.get(mentee, mentor).is_some() => {
                    left[mentor] -= 1;
                    parts.pinned[mentee] = Some(mentor);
                }
                1 => {
                    parts.table.set(mentee, mentor, None);
                    forbidden.push((mentee, mentor));
                }
                _ => {}
            }
        }
        let seats = seats(&parts);
        for (mentee, pin) in parts.pinned.iter().enumerate().filter(|(_, pin)| pin.is_some()) {
            prop_assert_eq!(seats[mentee], *pin);
        }
        prop_assert!(forbidden.iter().all(|(mentee, mentor)| seats[*mentee] != Some(*mentor)));
    }

    #[test]
    fn a_withdrawal_moves_no_published_pair_that_need_not_move(parts in parts(), who in any::<prop::sample::Index>()) {
        let published = seats(&parts);
        let gone = who.index(parts.places.len());
        let mut parts = parts;
        parts.policy.keep = Keep::Published;
        parts.places[gone] = 0;
        parts.previous = published.iter().map(|seat| seat.filter(|mentor| *mentor != gone)).collect();
        let repaired = seats(&parts);
        let left = parts.previous.iter().flatten().count();
        let kept = repaired.iter().zip(&parts.previous).filter(|(now, before)| before.is_some() && now == before).count();
        let covered = repaired.iter().flatten().count();
        prop_assert!(covered >= left);
        // Each mentee who gets a mentor again costs at most a chain of moves; where nobody does, nobody moves.
        if covered == left {
            prop_assert_eq!(kept, left);
        }
        // And no set of pairs of this coverage keeps more: the same question with every earlier pair pinned.
        let pinned = Parts { pinned: parts.previous.clone(), ..parts.clone() };
        if seats(&pinned).iter().flatten().count() == covered {
            prop_assert_eq!(kept, left);
        }
    }
}
