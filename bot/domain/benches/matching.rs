//! How long the matching takes: `cargo bench -p plsep-domain`. Whole matchings, as they are published: the
//! whole objective with its lot, and the proof.

#[path = "staff/mod.rs"]
mod staff;

use criterion::{BenchmarkId, Criterion};
use plsep_domain::matching::{certify, solve};

/// Mentees and places: few of one or of the other, and as many of each, which is the hardest.
const SIZES: [(usize, usize); 7] =
    [(120, 100), (500, 400), (400, 500), (1_000, 1_000), (2_000, 1_500), (1_500, 2_000), (5_000, 4_000)];

fn matchings(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("solve and certify");
    group.sample_size(10);
    for (mentees, places) in SIZES {
        let staff = staff::staff(mentees, places, 7);
        group.bench_with_input(BenchmarkId::from_parameter(format!("{mentees} x {places}")), &staff, |bench, staff| {
            bench.iter(|| certify(staff, solve(staff)).expect("certified"));
        });
    }
    group.finish();
}

fn main() {
    matchings(&mut Criterion::default().configure_from_args());
    Criterion::default().configure_from_args().final_summary();
}
