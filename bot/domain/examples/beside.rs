//! Measures the matching beside `pathfinding`, and writes the scores out for others to be measured on, too:
//! `cargo run --release -p plsep-domain --example beside -- FOLDER 500x400 2000x1500`. Prints a line of JSON
//! for each size; `bot/domain/benches/beside_scipy.py` runs it and adds scipy. With `-` for a folder it measures
//! the matching alone. Of memory it tells what is used at most beside the scores, where Linux says it.

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

/// How many kilobytes of memory the work takes at most beside what is there before it; none where the system does not
/// tell.
fn memory_of(work: impl FnOnce()) -> Option<u64> {
    let kilobytes = |field: &str| -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        status.lines().find_map(|line| line.strip_prefix(field)?.trim().trim_end_matches(" kB").trim().parse().ok())
    };
    // Forgets the greatest amount so far.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = kilobytes("VmRSS:")?;
    work();
    Some(kilobytes("VmHWM:")?.saturating_sub(before))
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
        // First of all, while nothing lies about that could be used again.
        let memory = memory_of(|| drop(certify(&instance, solve(&instance)).expect("certified")));
        let (solving, solution) = timed(runs, || solve(&instance));
        let (ours, certified) = timed(runs, || certify(&instance, solve(&instance)).expect("certified"));
        assert_eq!(certified.solution(), &solution);
        let levels = certified.levels();
        let mut line = serde_json::json!({
            "mentees": mentees,
            "places": instance.parts().places,
            "solving_ms": solving,
            "ours_ms": ours,
            "memory_kb": memory,
            "levels": levels,
        });
        if folder == "-" {
            println!("{line}");
            continue;
        }
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
        line["scores"] = serde_json::json!(path);
        line["ruled_out"] = serde_json::json!(1.0 - open as f64 / (mentees * instance.mentors()) as f64);
        line["pathfinding_ms"] = serde_json::json!(theirs);
        line["pathfinding"] = serde_json::json!({ "coverage": total / PAIR, "sum": total % PAIR });
        println!("{line}");
    }
}
