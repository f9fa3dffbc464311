//! Measures the matching beside `pathfinding`, and writes the scores out for others to be measured on, too:
//! `cargo run --release -p plsep-domain --example beside -- FOLDER 500x400 2000x1500`. Prints a line of JSON
//! for each size; `bot/domain/benches/beside_scipy.py` runs it and adds scipy.

#[path = "../benches/staff/mod.rs"]
mod staff;

use std::{fs, path::Path, time::Instant};

use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};
use plsep_domain::matching::{BEST_SCORE, Instance, certify, solve};

/// A pair is worth more than all scores together: coverage first.
const PAIR: i64 = 1 << 24;

/// The median time of some runs in milliseconds, and what the last one gave.
fn timed<T>(runs: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut times = Vec::new();
    loop {
        let start = Instant::now();
        let result = work();
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        if times.len() == runs {
            times.sort_by(f64::total_cmp);
            return (times[runs / 2], result);
        }
    }
}

/// The rows of a table with a column for each place, as others need it, the smaller side in rows.
fn slots(instance: &Instance) -> Matrix<i64> {
    let places = (0..instance.mentors()).flat_map(|mentor| (0..instance.open_places(mentor)).map(move |_| mentor));
    let places: Vec<usize> = places.collect();
    let weight = |mentee, place: usize| instance.open_score(mentee, places[place]).map_or(0, |s| PAIR + i64::from(s));
    let mentees_in_rows = instance.mentees() <= places.len();
    let (rows, columns) = (instance.mentees().min(places.len()), instance.mentees().max(places.len()));
    Matrix::from_fn(
        rows,
        columns,
        |(row, column)| if mentees_in_rows { weight(row, column) } else { weight(column, row) },
    )
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder for the scores");
    for size in arguments {
        let (mentees, places) = size.split_once('x').expect("a size such as 500x400");
        let (mentees, places): (usize, usize) = (mentees.parse().expect("a number"), places.parse().expect("a number"));
        let instance = staff::staff(mentees, places, 7);
        let runs = if mentees.max(places) <= 2_000 { 5 } else { 1 };
        let (ours, certified) = timed(runs, || certify(&instance, solve(&instance)).expect("certified"));
        let levels = certified.levels();
        let mut bytes = Vec::with_capacity(mentees * instance.mentors());
        let mut open = 0_usize;
        for mentee in 0..mentees {
            for mentor in 0..instance.mentors() {
                let score = instance.open_score(mentee, mentor);
                open += usize::from(score.is_some());
                bytes.push(score.unwrap_or(BEST_SCORE + 1));
            }
        }
        let path = Path::new(&folder).join(format!("{size}.scores"));
        fs::write(&path, bytes).expect("the folder can be written to");
        let weights = slots(&instance);
        let (theirs, (total, _)) = timed(runs.min(3), || kuhn_munkres(&weights));
        let line = serde_json::json!({
            "mentees": mentees,
            "places": instance.parts().places,
            "scores": path,
            "ruled_out": 1.0 - open as f64 / (mentees * instance.mentors()) as f64,
            "ours_ms": ours,
            "levels": levels,
            "pathfinding_ms": theirs,
            "pathfinding": { "coverage": total / PAIR, "sum": total % PAIR },
        });
        println!("{line}");
    }
}
