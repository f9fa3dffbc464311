//! A whole season without faults on both platforms, played by the program itself as a coordinator would before going
//! live: every figure of its ledger is what was expected, and the program says so.

#[cfg(test)]
mod rehearsal {
    use std::process::Command;

    #[test]
    fn of_a_season_on_both_platforms_is_as_expected() {
        let played = Command::new(env!("CARGO_BIN_EXE_plsep-bot")).arg("rehearse").output().expect("the program runs");
        let told = String::from_utf8_lossy(&played.stdout);
        assert!(played.status.success(), "{told}\n{}", String::from_utf8_lossy(&played.stderr));
        assert!(told.trim_end().ends_with("Everything was as expected."), "{told}");
        for row in ["roster errors", "introduced", "concerns resolved", "rematched", "reports", "audit entries"] {
            let line =
                told.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("no {row} in:\n{told}"));
            let figures: Vec<u32> = line[row.len()..].split_whitespace().filter_map(|word| word.parse().ok()).collect();
            assert!(figures.len() == 4 && figures.iter().all(|figure| *figure > 0), "nothing happened: {line}");
        }
    }
}
