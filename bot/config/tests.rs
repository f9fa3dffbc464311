//! Configurations people write, and what they are told when one cannot be used.

use std::{collections::BTreeMap, path::PathBuf};

use super::*;

/// An environment with these variables and no others.
fn load(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
    Config::load(|name| variables.get(name).map(OsString::from))
}

/// A configuration file that is gone after the test.
struct OwnFile(PathBuf);

impl OwnFile {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("plsep-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn load(&self) -> Result<Config, ConfigError> {
        load(&[("PLSEP_CONFIG", self.0.to_str().unwrap())])
    }

    /// What is wrong, without the file's directory.
    fn faults(&self) -> Vec<String> {
        let directory = format!("{}/", self.0.parent().unwrap().display());
        let name = self.0.file_name().unwrap().to_str().unwrap();
        let error = self.load().expect_err("the file is faulty");
        error.faults().iter().map(|fault| fault.replace(&directory, "").replace(name, "own.toml")).collect()
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn fault_of(variables: &[(&str, &str)]) -> String {
    let error = load(variables).expect_err("the environment is faulty");
    assert_eq!(error.faults().len(), 1, "{error}");
    error.to_string()
}

#[test]
fn with_nothing_set_the_shipped_defaults_hold() {
    let config = load(&[]).unwrap();
    assert!(!config.has_platform());
    assert_eq!(config.program, ProgramSource::default());
    assert_eq!(config.database, DatabaseUrl::default());
    assert_eq!(config.discord.api_url, "https://discord.com");
    assert_eq!(config.slack.api_url, "https://slack.com/api");
    assert_eq!(config.discord.waits.reply_deadline, Duration::from_secs(2));
    assert_eq!(config.slack.waits.request_timeout, Duration::from_secs(10));
    assert_eq!(config.outbox.lease, Duration::from_secs(60));
    assert_eq!(config.sandbox, SandboxPorts::default());
    assert_eq!(config.log_filter, "info");
    assert_eq!(faults(&config), Vec::<String>::new());
}

#[test]
fn the_environment_comes_before_the_file_and_the_file_before_the_defaults() {
    let own = OwnFile::new("layers", "[database]\nurl = \"sqlite://own.sqlite\"\n[outbox]\nbatch = 7\n");
    assert_eq!(own.load().unwrap().database.reveal(), "sqlite://own.sqlite");
    let path = own.0.to_str().unwrap();
    let config = load(&[("PLSEP_CONFIG", path), ("DATABASE_URL", "postgres://bot:pw@db/plsep")]).unwrap();
    assert_eq!(config.database.reveal(), "postgres://bot:pw@db/plsep");
    assert_eq!(config.outbox.batch, 7);
    assert_eq!(config.outbox.attempts_max, 12);
}

#[test]
fn a_program_is_sought_beside_the_file_that_names_it() {
    let own = OwnFile::new("program", "[program]\nfile = \"seasons/2026.toml\"\n");
    let wanted = own.0.parent().unwrap().join("seasons/2026.toml");
    let config = own.load().unwrap();
    assert_eq!(config.program, ProgramSource::File(wanted.clone()));
    let found = faults(&config);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with(&format!("{} cannot be read: ", wanted.display())), "{}", found[0]);
}

#[test]
fn what_a_file_gets_wrong_is_told_with_its_place() {
    let typing_error = OwnFile::new("typing", "[outbox]\nbatch = 5\nleese_s = 60\n");
    assert_eq!(
        typing_error.faults(),
        [
            "own.toml, line 3, column 1: unknown field `leese_s`, expected one of `lease_s`, `batch`, `parallel`, `attempts_max`, \
          `backoff_first_s`, `backoff_max_s`. Compare with config/bot.toml, which holds every key with its default."
        ]
    );
    let wrong_kind = OwnFile::new("kind", "\u{feff}[slack]\nrequest_timeout_ms = \"10 s\"\n");
    assert_eq!(
        wrong_kind.faults(),
        ["own.toml, line 2, column 22: invalid type: string \"10 s\", expected u64. Compare with config/bot.toml, \
          which holds every key with its default."]
    );
    let torn = OwnFile::new("torn", "[database\n");
    assert!(torn.faults()[0].starts_with("own.toml, line 1, column "), "{:?}", torn.faults());
}

#[test]
fn every_value_out_of_bounds_is_told_at_once() {
    let text = "[discord]\nreply_deadline_ms = 3000\n[slack]\nrequest_timeout_ms = 30000\n[outbox]\nbackoff_first_s = \
                1000\n[sandbox]\npage_port = 70000\n[log]\nfilter = \"loud=very\"\n[program]\nfile = \"builtin:2024\"";
    let faults = OwnFile::new("bounds", text).faults();
    assert_eq!(faults.len(), 6, "{faults:#?}");
    assert_eq!(
        faults[0],
        "discord.reply_deadline_ms in own.toml is 3000; it must be from 100 to 2900, because platforms give up after \
         3000."
    );
    assert!(faults[1].starts_with("program.file in own.toml names no season that is built in"), "{}", faults[1]);
    let lease = "outbox.lease_s in config/bot.toml is 60; it must be from 90 to 3600";
    assert!(faults[2].starts_with(lease), "{}", faults[2]);
    assert!(faults[3].starts_with("outbox.backoff_max_s in config/bot.toml is 900; it must be from 1000"));
    assert!(faults[4].starts_with("sandbox.page_port in own.toml is 70000"), "{}", faults[4]);
    assert!(faults[5].starts_with("log.filter in own.toml cannot be read"), "{}", faults[5]);
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let fault = fault_of(&[("PLSEP_CONFIG", "no/such/file.toml")]);
    assert!(fault.starts_with("\"no/such/file.toml\", the file that PLSEP_CONFIG names, cannot be read: "), "{fault}");
    assert!(fault.ends_with("do not set PLSEP_CONFIG."), "{fault}");
}

#[test]
fn a_token_in_a_file_is_refused_without_being_shown() {
    let own = OwnFile::new("token", "[slack]\nbot_token = \"xoxb-very-secret\"\n");
    let fault = own.faults().join("");
    assert!(fault.contains("Tokens do not belong in a file"), "{fault}");
    assert!(!fault.contains("very-secret"), "{fault}");
}

#[test]
fn tokens_are_taken_as_they_are_and_never_shown() {
    let config = load(&[
        ("DISCORD_TOKEN", "aaa.bbb.ccc-hush"),
        ("SLACK_BOT_TOKEN", "xoxb-1-hush"),
        ("SLACK_APP_TOKEN", "xapp-1-hush"),
        ("DATABASE_URL", "postgres://bot:hush@db.example.org/plsep?password=hush"),
    ])
    .unwrap();
    assert!(config.has_platform());
    assert_eq!(config.discord.token.as_ref().map(Secret::reveal), Some("aaa.bbb.ccc-hush"));
    assert_eq!(config.slack.tokens.as_ref().map(|tokens| tokens.app.reveal()), Some("xapp-1-hush"));
    let shown = format!("{config:?} {} {}", config.database, Secret::new("hush"));
    assert!(!shown.contains("hush"), "{shown}");
    assert!(shown.contains("db.example.org/plsep"), "{shown}");
}

#[test]
fn mistakes_in_copying_a_token_are_told_apart() {
    for (token, wanted) in [
        ("", "DISCORD_TOKEN is set but empty."),
        (" \n", "DISCORD_TOKEN is set but empty."),
        ("Bot aaa.bbb.ccc", "DISCORD_TOKEN begins with a word before the token."),
        ("aaa.bbb.ccc\n", "DISCORD_TOKEN holds a space or a line break."),
        ("aaa. bbb.ccc", "DISCORD_TOKEN holds a space or a line break."),
        ("\"aaa.bbb.ccc\"", "DISCORD_TOKEN holds quotation marks or brackets"),
        ("aaa.bbb...", "DISCORD_TOKEN is not the whole token."),
        ("xoxb-123", "DISCORD_TOKEN holds a token of Slack."),
    ] {
        let fault = fault_of(&[("DISCORD_TOKEN", token)]);
        assert!(fault.starts_with(wanted), "{token:?}: {fault}");
    }
    for (bot, app, wanted) in [
        ("xapp-1", "xoxb-1", "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped"),
        ("xoxp-1", "xapp-1", "SLACK_BOT_TOKEN holds a person's token"),
        ("xoxe.xoxb-1", "xapp-1", "SLACK_BOT_TOKEN expires within hours"),
        ("1234", "xapp-1", "SLACK_BOT_TOKEN does not begin with xoxb-."),
        ("xoxb-1", "xoxb-1", "SLACK_APP_TOKEN does not begin with xapp-."),
        ("xoxb-1", "", "SLACK_APP_TOKEN is set but empty."),
    ] {
        let fault = fault_of(&[("SLACK_BOT_TOKEN", bot), ("SLACK_APP_TOKEN", app)]);
        assert!(fault.starts_with(wanted), "{bot:?} {app:?}: {fault}");
    }
}

#[test]
fn one_slack_token_without_the_other_is_refused() {
    let fault = fault_of(&[("SLACK_BOT_TOKEN", "xoxb-1")]);
    assert!(fault.starts_with("SLACK_BOT_TOKEN is set, but SLACK_APP_TOKEN is not"), "{fault}");
    let fault = fault_of(&[("SLACK_APP_TOKEN", "xapp-1")]);
    assert!(fault.starts_with("SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not"), "{fault}");
}

#[test]
fn addresses_are_taken_in_the_forms_people_know_them_in() {
    for given in [
        "http://127.0.0.1:7000",
        "http://127.0.0.1:7000/",
        "http://127.0.0.1:7000/api",
        "http://127.0.0.1:7000/api/v10",
        " http://127.0.0.1:7000/api/v10/ ",
    ] {
        assert_eq!(load(&[("DISCORD_API_URL", given)]).unwrap().discord.api_url, "http://127.0.0.1:7000", "{given}");
    }
    let config = load(&[("SLACK_API_URL", "http://127.0.0.1:7001/api/")]).unwrap();
    assert_eq!(config.slack.api_url, "http://127.0.0.1:7001/api");
    assert_eq!(faults(&config), Vec::<String>::new());
    for given in ["", "127.0.0.1:7000", "ws://127.0.0.1", "https://me:pw@discord.com", "https://discord.com/?a=b"] {
        let fault = fault_of(&[("DISCORD_API_URL", given)]);
        assert!(fault.starts_with("DISCORD_API_URL "), "{given}: {fault}");
    }
}

#[test]
fn addresses_of_databases_are_judged() {
    for given in ["sqlite://data/plsep.sqlite", "sqlite:plsep.db?mode=rwc", "postgresql://db/plsep"] {
        assert_eq!(load(&[("DATABASE_URL", given)]).unwrap().database.reveal(), given);
    }
    let file = |url: &str| DatabaseUrl::parse(url).unwrap().sqlite_file().map(|path| path.display().to_string());
    assert_eq!(file("sqlite://data/plsep.sqlite?mode=rwc").as_deref(), Some("data/plsep.sqlite"));
    assert_eq!(file("sqlite:///srv/plsep.sqlite").as_deref(), Some("/srv/plsep.sqlite"));
    assert_eq!(file("postgres://db/plsep"), None);
    for given in ["", "mysql://db/plsep", "plsep.sqlite", "sqlite://", "postgres://bot:p/w@[db/plsep"] {
        let fault = fault_of(&[("DATABASE_URL", given)]);
        assert!(fault.starts_with("DATABASE_URL "), "{given}: {fault}");
        assert!(!fault.contains("p/w"), "{fault}");
    }
}

#[test]
fn check_warns_of_what_would_work_badly() {
    let config = load(&[
        ("DATABASE_URL", "sqlite::memory:"),
        ("SLACK_API_URL", "http://slack.example.org"),
        ("DISCORD_API_URL", "http://localhost:7000"),
    ])
    .unwrap();
    let found = faults(&config);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[0].contains("forgets everything"), "{}", found[0]);
    assert!(found[1].starts_with("slack.api_url: the token would travel unencrypted"), "{}", found[1]);
    assert!(found[2].contains("http://slack.example.org/auth.test"), "{}", found[2]);
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    use std::os::unix::ffi::OsStringExt;
    let error = Config::load(|name| (name == "DISCORD_TOKEN").then(|| OsString::from_vec(vec![0xff, 0xfe])));
    let error = error.expect_err("not text");
    assert_eq!(error.faults(), ["DISCORD_TOKEN holds bytes that are not text. Set it anew, in UTF-8."]);
}

#[test]
fn the_shipped_program_is_without_fault_and_a_faulty_one_is_told_all_of_it() {
    let ProgramSource::Shipped { text, .. } = ProgramSource::default() else { panic!("the default is built in") };
    load_program(&ProgramSource::default()).unwrap();
    let faulty: String = text
        .lines()
        .map(|line| match line.split_once('=').map(|(key, _)| key.trim()) {
            Some("cron") => "cron = \"0 10 32 * *\"\n".to_owned(),
            Some("contact") => "contact = \"nobody\"\n".to_owned(),
            _ => format!("{line}\n"),
        })
        .collect();
    let error = parse_program("mine.toml", &faulty).expect_err("two faults");
    assert_eq!(error.faults().len(), 2, "{error}");
    assert!(error.faults()[0].starts_with("mine.toml, contact: "), "{error}");
    assert!(error.faults()[1].starts_with("mine.toml, nudge.cron: \"32\" is not a day of month"), "{error}");
    let unknown = parse_program("mine.toml", &format!("nonsense = 1\n{text}")).expect_err("an unknown key");
    assert!(unknown.to_string().starts_with("mine.toml, line 1, column 1: unknown field `nonsense`"), "{unknown}");
}
