//! `plsep-bot match` as scripts call it: what goes in, what comes out, and what is said of malformed input.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

/// Runs the real program on an input, each under a name of its own.
fn run(name: &str, input: &str, options: &[&str]) -> (Output, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (from, to) = (folder.join(format!("match-{name}.json")), folder.join(format!("match-{name}-out.json")));
    std::fs::write(&from, input).expect("the folder for tests can be written to");
    let _ = std::fs::remove_file(&to);
    let output = Command::new(env!("CARGO_BIN_EXE_plsep-bot"))
        .arg("match")
        .args([Path::new("--in"), &from, Path::new("--out"), &to])
        .args(options)
        .output()
        .expect("the program runs");
    (output, to)
}

fn text(name: &str, input: &Value, options: &[&str]) -> String {
    let (output, to) = run(name, &input.to_string(), options);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(to).expect("pairs were written")
}

fn matched(name: &str, input: &Value, options: &[&str]) -> Value {
    serde_json::from_str(&text(name, input, options)).expect("what was written is JSON")
}

/// Three mentees, two mentors; `ben` and `cleo` know only `mia`.
fn small() -> Value {
    json!({
        "mentees": ["ada", { "id": "ben" }, "cleo"],
        "mentors": [{ "id": "mia", "capacity": 1 }, { "id": "noah", "capacity": 2 }],
        "score": [[90, 40], [80, null], [70, null]],
    })
}

/// A changed copy.
fn with(mut input: Value, field: &str, value: Value) -> Value {
    input[field] = value;
    input
}

fn pairs(output: &Value) -> Vec<(String, String)> {
    let id = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pairs = output["pairs"].as_array().expect("a list of pairs");
    pairs.iter().map(|pair| (id(&pair["mentee"]), id(&pair["mentor"]))).collect()
}

fn expected(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(mentee, mentor)| ((*mentee).to_owned(), (*mentor).to_owned())).collect()
}

#[test]
fn scores_become_pairs_and_whoever_is_left_is_told_why() {
    let output = matched("small", &small(), &[]);
    assert_eq!(pairs(&output), expected(&[("ada", "noah"), ("ben", "mia")]));
    assert_eq!(output["pairs"][0]["score"], 40);
    assert_eq!(output["levels"], json!({ "coverage": 2, "shortfall_sq": 0, "kept": 0, "sum": 120 }));
    assert_eq!(output["certified"], true);
    assert_eq!(output["digest"].as_str().map(str::len), Some(64));
    let unmatched = json!([{
        "mentee": "cleo", "reason": "contested", "mentees": ["ben", "cleo"], "mentors": ["mia"], "places": 1,
    }]);
    assert_eq!(output["unmatched"], unmatched);
}

#[test]
fn whoever_is_ruled_out_everywhere_is_told_by_which_rules() {
    let input = json!({
        "mentees": ["ada", "ben"],
        "mentors": [{ "id": "ada", "capacity": 1 }, { "id": "mia", "capacity": 1 }, { "id": "noah", "capacity": 0 }],
        "score": [[90, 80, 70], [null, null, null]],
        "forbidden_pairs": [["ada", "mia"]],
    });
    let output = matched("ruled-out", &input, &[]);
    let unmatched = json!([
        { "mentee": "ada", "reason": "no_eligible_mentor", "by_rule": { "oneself": 1, "forbidden": 1, "no_place": 1 } },
        { "mentee": "ben", "reason": "no_eligible_mentor", "by_rule": { "not_eligible": 3 } },
    ]);
    assert_eq!(output["unmatched"], unmatched);
    assert_eq!(output["pairs"], json!([]));
}

#[test]
fn with_explain_each_pair_tells_what_stood_against_better_ones() {
    let output = matched("explain", &small(), &["--explain"]);
    let ada = &output["pairs"][0];
    assert_eq!((&ada["rank"], &ada["of"]), (&json!(2), &json!(2)));
    let costs = json!({ "level": "coverage", "amount": 1 });
    assert_eq!(ada["better"], json!([{ "mentor": "mia", "score": 90, "held_by": ["ben"], "costs": costs }]));
    assert_eq!(ada["reasons"], json!(["Of the 2 mentors who suit, 1 have a greater score."]));
    assert_eq!(output["digest"], matched("explain-not", &small(), &[])["digest"]);
}

#[test]
fn pins_forbidden_pairs_and_earlier_pairs_count() {
    let pinned = with(small(), "pinned_pairs", json!([["cleo", "mia"]]));
    let output = matched("pinned", &pinned, &[]);
    assert_eq!(pairs(&output), expected(&[("ada", "noah"), ("cleo", "mia")]));
    assert_eq!(output["pairs"][1]["pinned"], true);

    let forbidden = with(small(), "forbidden_pairs", json!([["ben", "mia"]]));
    assert_eq!(pairs(&matched("forbidden", &forbidden, &[])), expected(&[("ada", "noah"), ("cleo", "mia")]));

    // Somebody who has gone may stand in the earlier pairs.
    let previous = with(small(), "previous", json!({ "cleo": "mia", "dora": "mia", "ada": "olga", "ben": null }));
    for (keep, mentee) in [("none", "ben"), ("bonus", "ben"), ("published", "cleo")] {
        let input = with(previous.clone(), "policy", json!({ "weak": 35, "keep": keep }));
        let output = matched(&format!("keep-{keep}"), &input, &[]);
        assert_eq!(pairs(&output)[1].0, mentee, "{keep}");
        assert_eq!(output["levels"]["kept"], u64::from(mentee == "cleo"), "{keep}");
    }
}

#[test]
fn numbers_are_ids_too_and_come_back_as_numbers() {
    let input = json!({
        "mentees": [7, { "id": 8 }],
        "mentors": [{ "id": 7, "capacity": 1 }, { "id": 3, "capacity": 1 }],
        "score": [[90, 60], [50, 50]],
        "previous": { "7": 3 },
        "pinned_pairs": [[8, 7]],
    });
    let output = matched("numbers", &input, &[]);
    assert_eq!(output["pairs"][0], json!({ "mentee": 7, "mentor": 3, "score": 60, "kept": true }));
    assert_eq!(output["pairs"][1], json!({ "mentee": 8, "mentor": 7, "score": 50, "pinned": true }));
}

/// Forty mentees and twenty mentors with many ties.
fn many() -> Value {
    let score = |mentee: u64, mentor: u64| match (mentee * 31 + mentor * 17) % 10 {
        0..=3 => Value::Null,
        step => json!(step * 10),
    };
    json!({
        "mentees": (0..40).map(|mentee| format!("m{mentee}")).collect::<Vec<_>>(),
        "mentors": (0..20).map(|mentor| json!({ "id": format!("g{mentor}"), "capacity": 1 + mentor % 3 }))
            .collect::<Vec<_>>(),
        "score": (0..40).map(|mentee| (0..20).map(|mentor| score(mentee, mentor)).collect()).collect::<Vec<Value>>(),
        "pinned_pairs": [["m1", "g1"]],
        "forbidden_pairs": [["m2", "g2"]],
        "previous": { "m3": "g0", "m4": "g5" },
        "policy": { "keep": "bonus" },
    })
}

#[test]
fn the_order_of_the_people_changes_not_a_letter() {
    let plain = text("ordered", &many(), &["--explain"]);
    for seed in ["0", "1", "2025"] {
        assert_eq!(text(&format!("shuffled-{seed}"), &many(), &["--explain", "--shuffle", seed]), plain, "{seed}");
    }
    // The file itself the other way round.
    let mut turned = many();
    for field in ["mentees", "mentors", "score"] {
        turned[field].as_array_mut().expect("a list").reverse();
    }
    turned["score"]
        .as_array_mut()
        .expect("rows")
        .iter_mut()
        .for_each(|row| row.as_array_mut().expect("scores").reverse());
    assert_eq!(text("turned", &turned, &["--explain"]), plain);
}

/// Two mentees and a mentor by the answers of the shipped program.
fn applications() -> Value {
    json!({
        "mentees": [
            { "id": "ada", "name": "Ada Reyes", "answers": {
                "library_system": "Fresno County Public Library", "specialisations_sought": ["teen", "outreach"],
                "languages": ["en", "es"], "formats": ["video"], "times": ["weekday_evening"],
                "zone": "America/Los_Angeles", "years": 3 } },
            { "id": "ben", "name": "Ben Ito", "answers": {
                "library_system": "Kern County Library", "specialisations_sought": ["teen"] } },
        ],
        "mentors": [
            { "id": "mia", "name": "Mia Park", "answers": {
                "library_system": "Kern County Library", "specialisations_offered": ["teen"],
                "languages": ["en"], "formats": ["video"], "times": ["weekday_evening"],
                "zone": "America/Los_Angeles", "years": 9, "capacity": "2" } },
        ],
    })
}

#[test]
fn applications_are_scored_and_reasoned_as_in_the_program() {
    let output = matched("applications", &applications(), &[]);
    assert_eq!(pairs(&output), expected(&[("ada", "mia")]));
    let pair = &output["pairs"][0];
    let parts = pair["parts"].as_object().expect("the parts of the score");
    let total: u64 = parts.values().map(|part| part.as_u64().expect("whole points")).sum();
    assert_eq!(Some(total), pair["score"].as_u64());
    assert!(pair["reasons"].as_array().is_some_and(|reasons| reasons.len() >= 4), "{pair}");
    let unmatched =
        json!([{ "mentee": "ben", "reason": "no_eligible_mentor", "by_rule": { "same_library_system": 1 } }]);
    assert_eq!(output["unmatched"], unmatched);
}

/// The input is refused, with these words.
fn refused(name: &str, input: &str, words: &[&str]) {
    let (output, to) = run(name, input, &[]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{name}: {told}");
    for word in words {
        assert!(told.contains(word), "{name}: “{word}” is not in: {told}");
    }
    assert!(!to.exists(), "{name}: something was written");
}

#[test]
fn of_malformed_input_field_row_and_expectation_are_told() {
    let cases: [(&str, Value, &[&str]); 23] = [
        ("mentees", json!(null), &["mentees: expected a list, found null"]),
        ("mentees", json!(["ada", true, "cleo"]), &["mentees[1]: expected an id, or an object with one, found true"]),
        ("mentees", json!(["ada", { "name": "Ben" }, "cleo"]), &["mentees[1].id: expected text or a whole number"]),
        ("mentees", json!(["ada", "ben", "ada"]), &["mentees[2]: expected each id once", "mentees[0]"]),
        ("mentees", json!(["ada", "ben"]), &["score: expected 2 rows, one for each mentee, found 3"]),
        ("mentors", json!(["mia", "noah"]), &["mentors[0]: expected an object with id and capacity, found \"mia\""]),
        ("mentors", json!([{ "id": "mia" }, { "id": "noah", "capacity": 1 }]), &["mentors[0].capacity: expected"]),
        ("mentors", json!([{ "id": "mia", "capacity": -1 }]), &["mentors[0].capacity: expected a whole number", "-1"]),
        ("mentors", json!([{ "id": "mia", "capacity": 1.5 }]), &["mentors[0].capacity: expected a whole number"]),
        ("score", json!([[90, 40], [80, null], [70]]), &["score[2] (mentee \"cleo\"): expected 2 scores", "found 1"]),
        ("score", json!([[90, 40], [80, 101], [70, 1]]), &["score[1][1]:", "`101`", "from 0 to 100, or null"]),
        ("score", json!([[90, 40], [80, -1], [70, 1]]), &["score[1][1]:", "`-1`", "from 0 to 100, or null"]),
        ("score", json!([[90, "x"], [80, 1], [70, 1]]), &["score[0][1]:", "\"x\"", "from 0 to 100, or null"]),
        ("score", json!([[90, 0.5], [80, 1], [70, 1]]), &["score[0][1]:", "0.5", "from 0 to 100, or null"]),
        ("score", json!([[90, 40], 3, [70, 1]]), &["score[1]", "`3`", "a row of scores"]),
        ("forbidden_pairs", json!([["ada", "mia"], ["ada"]]), &["forbidden_pairs[1]: expected [mentee, mentor]"]),
        ("forbidden_pairs", json!([["mia", "ada"]]), &["forbidden_pairs[0][0]: expected the id of a mentee", "mia"]),
        ("pinned_pairs", json!([["ada", "zoe"]]), &["pinned_pairs[0][1]: expected the id of a mentor", "zoe"]),
        ("previous", json!([["ada", "mia"]]), &["previous: expected an object {mentee: mentor}, found a list"]),
        ("previous", json!({ "ada": ["mia"] }), &["previous.ada: expected a mentor's id or null, found a list"]),
        ("policy", json!({ "weak": 101 }), &["policy.weak: expected a whole number from 0 to 100, found 101"]),
        ("policy", json!({ "keep": "all" }), &["policy.keep: expected \"none\", \"bonus\" or \"published\"", "all"]),
        ("forbiden_pairs", json!([]), &["forbiden_pairs: there is no such field; expected forbidden_pairs"]),
    ];
    for (index, (field, value, words)) in cases.into_iter().enumerate() {
        refused(&format!("malformed-{index}"), &with(small(), field, value).to_string(), words);
    }
    refused("no-json", "{ \"mentees\": [", &["line 1"]);
    refused("twice", "{ \"mentees\": [], \"mentees\": [] }", &["mentees: expected once, found twice"]);
    refused("a-list", "[]", &["an object with mentees and mentors"]);
    let without_scores = json!({ "mentees": ["ada"], "mentors": [{ "id": "mia", "capacity": 1 }] }).to_string();
    refused("no-score", &without_scores, &["mentees[0]: expected answers", "no field score"]);
}

#[test]
fn pins_that_cannot_be_kept_are_named() {
    let with_pins = |pins: Value| with(small(), "pinned_pairs", pins);
    let one = "pinned_pairs[0] (mentee \"ben\", mentor \"noah\")";
    refused("pin-null", &with_pins(json!([["ben", "noah"]])).to_string(), &[one, "not_eligible"]);
    let two = "pinned_pairs[1] (mentee \"ben\", mentor \"mia\")";
    let full = with_pins(json!([["ada", "mia"], ["ben", "mia"]])).to_string();
    refused("pin-full", &full, &[two, "expected at most 1 pins, the mentor's capacity"]);
    let twice = with_pins(json!([["ada", "mia"], ["ada", "noah"]])).to_string();
    refused("pin-twice", &twice, &["pinned_pairs[1]", "one pin for a mentee", "\"mia\" already"]);
    let forbidden = with(with_pins(json!([["ben", "mia"]])), "forbidden_pairs", json!([["ben", "mia"]])).to_string();
    refused("pin-forbidden", &forbidden, &["pinned_pairs[0]", "against the rule forbidden"]);
    let system = with(applications(), "pinned_pairs", json!([["ben", "mia"]])).to_string();
    refused("pin-system", &system, &["pinned_pairs[0]", "against the rule same_library_system"]);
}

#[test]
fn a_malformed_application_is_told_by_question() {
    let change = |path: &str, value: Value| {
        let mut input = applications();
        *input.pointer_mut(path).expect("there") = value;
        input.to_string()
    };
    let answers = "/mentees/0/answers";
    refused(
        "answer-option",
        &change(&format!("{answers}/formats"), json!(["pigeon"])),
        &["mentees[0].answers.formats: not one of the options (video", "pigeon"],
    );
    refused(
        "answer-kind",
        &change(&format!("{answers}/formats"), json!({})),
        &["mentees[0].answers.formats: expected text"],
    );
    refused(
        "answer-number",
        &change(&format!("{answers}/years"), json!(-3)),
        &["mentees[0].answers.years: write a whole"],
    );
    refused(
        "answer-question",
        &change(answers, json!({ "colour": "red" })),
        &["mentees[0].answers.colour: no question"],
    );
    refused("answer-none", &change("/mentors/0", json!({ "id": "mia" })), &["mentors[0]: expected answers"]);
}

#[test]
fn files_that_cannot_be_read_or_written_are_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_plsep-bot"))
        .args(["match", "--in", "no/such/file.json", "--out", "out.json"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no/such/file.json cannot be matched"));
}
