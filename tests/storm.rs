//! Storms: whole seasons in which everything goes wrong that can, played by the program itself. A few seeds that never
//! change, and a few that nobody has seen before; each prints the line that plays it again. More of them:
//! `plsep-bot rehearse --faults storm --seeds 1..101 --jobs 4`.

#[cfg(test)]
#[path = "e2e/harness/postgres_server.rs"]
mod postgres_server;

#[cfg(test)]
mod storm {
    use std::process::Command;
    use std::sync::{PoisonError, RwLock};

    use rand::Rng;
    use serde_json::Value;

    use super::postgres_server::server;

    /// The program under test.
    const PROGRAM: &str = env!("CARGO_BIN_EXE_plsep-bot");
    /// Fresh seeds are drawn from so many.
    const FRESH: u64 = 1_000_000;

    /// What a person or a client waits for in real time comes in another order on a machine that is overloaded: whoever
    /// compares two seasons has the machine to themselves.
    static MACHINE: RwLock<()> = RwLock::new(());

    /// Plays one storm and gives its report.
    fn storm(platform: &str, seed: u64, database: Option<&str>, more: &[&str]) -> Value {
        let mut command = Command::new(PROGRAM);
        command.args(["rehearse", "--faults", "storm", "--json", "--platform", platform, "--seed", &seed.to_string()]);
        command.args(more);
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        let place = if database.is_some() { " --database postgres://..." } else { "" };
        println!("plsep-bot rehearse --faults storm --platform {platform} --seed {seed}{place}");
        let told = command.output().expect("the program runs");
        serde_json::from_slice(&told.stdout).unwrap_or_else(|_| {
            panic!("seed {seed} was not played to its end: {}", String::from_utf8_lossy(&told.stderr))
        })
    }

    fn keeps_every_promise(platform: &str, seed: u64, database: Option<&str>) {
        let _shared = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
        let report = storm(platform, seed, database, &[]);
        let told = ["broken", "differing", "timeline"].map(|part| format!("{part}: {:#}", report[part])).join("\n");
        assert_eq!(report["ok"], true, "seed {seed} on {platform}:\n{told}");
        let ills: u64 = report["ills"].as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum();
        assert!(ills > 50, "a storm of {ills} troubles is none");
    }

    fn a_known_and_a_fresh_storm(platform: &str, known: u64, database: Option<&str>) {
        keeps_every_promise(platform, known, database);
        let fresh = rand::rng().random_range(0..FRESH);
        keeps_every_promise(platform, fresh, database);
    }

    #[test]
    fn on_discord_and_sqlite() {
        a_known_and_a_fresh_storm("discord", 1, None);
    }

    #[test]
    fn on_slack_and_sqlite() {
        a_known_and_a_fresh_storm("slack", 1, None);
    }

    #[test]
    fn on_discord_and_postgres() {
        if let Some(server) = server() {
            a_known_and_a_fresh_storm("discord", 4, Some(&server));
        }
    }

    #[test]
    fn on_slack_and_postgres() {
        if let Some(server) = server() {
            a_known_and_a_fresh_storm("slack", 7, Some(&server));
        }
    }

    #[test]
    fn a_seed_plays_the_same_season_again() {
        plays_the_same_season_again("slack", 3, None, &["--whole"]);
    }

    #[test]
    fn a_seed_plays_the_same_season_again_on_two_processes() {
        if let Some(server) = server() {
            plays_the_same_season_again("slack", 11, Some(&server), &["--whole", "--processes", "2"]);
        }
    }

    fn plays_the_same_season_again(platform: &str, seed: u64, database: Option<&str>, more: &[&str]) {
        let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
        let [first, second] = [(); 2].map(|()| storm(platform, seed, database, more));
        assert!(first["timeline"].as_array().is_some_and(|lines| lines.len() > 100), "there is much to tell");
        for part in ["timeline", "ills", "ledger"] {
            assert_eq!(first[part], second[part], "{part}");
        }
    }
}
