//! What whoever operates the bot does at a terminal, with the real program: exit codes, words, files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use plsep_bot::chat::{CommunityRef, Group, GroupRef, Message, Text, UserRef};
use plsep_bot::clock::Clock;
use plsep_bot::config::{ProgramSource, load_program};
use plsep_bot::store::{Effect, NewEffect, PersonSeen, Store, To};
use plsep_domain::{Answer, Answers, ApplicationState, Role};

/// A folder of its own with a database that knows one community.
struct Desk {
    folder: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Desk {
    async fn open(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("plsep-operator-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the temporary folder takes a folder");
        let desk = Self { folder };
        let store = desk.store().await;
        store.migrate().await.expect("the fresh database is migrated");
        let mut tx = store.write().await.expect("the database answers");
        let at = CommunityRef { chat: "slack".to_owned(), id: "T1".to_owned() };
        tx.upsert_community(&at, "PLSEP", chrono::DateTime::UNIX_EPOCH).await.expect("it is kept");
        tx.commit().await.expect("the database answers");
        store.close().await;
        desk
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.path("plsep.sqlite").display())
    }

    async fn store(&self) -> Store {
        Store::connect(&self.database()).await.expect("the database opens")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn writes(&self, name: &str, content: &str) -> PathBuf {
        std::fs::write(self.path(name), content).expect("the folder takes a file");
        self.path(name)
    }

    fn runs(&self, command: &str, options: &[&str]) -> (i32, String) {
        self.runs_on(&self.database(), command, options)
    }

    fn runs_on(&self, database: &str, command: &str, options: &[&str]) -> (i32, String) {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_plsep-bot"))
            .arg(command)
            .args(options)
            .current_dir(&self.folder)
            .env_clear()
            .env("DATABASE_URL", database)
            .output()
            .expect("the program starts");
        let said = [stdout, stderr].map(|bytes| String::from_utf8(bytes).expect("words"));
        (status.code().expect("an exit code"), said.concat())
    }

    async fn roster(&self) -> Vec<(String, bool)> {
        let store = self.store().await;
        let mut tx = store.read().await.expect("the database answers");
        let community = tx.communities().await.expect("it reads").remove(0).id;
        let lines = tx.roster(community).await.expect("it reads");
        drop(tx);
        store.close().await;
        lines.into_iter().map(|line| (line.entry.email, line.entry.active)).collect()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in words")
}

#[tokio::test]
async fn a_list_is_imported_whole_or_as_far_as_it_is_asked_for() {
    let desk = Desk::open("import").await;
    let list =
        desk.writes("list.csv", "Nombre;Correo;Estado\nAda;ada@x.example;activa\nBo;bo at x;sí\n=cy;cy@x.example;sí\n");
    let (code, said) = desk.runs("import", &["--roster", text(&list)]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("Row 3") && said.contains("Row 4") && said.contains("--good-rows"), "{said}");
    assert_eq!(desk.roster().await, []);

    let report = desk.path("mend.csv");
    let look = desk.runs("import", &["--roster", text(&list), "--look", "--report", text(&report)]);
    assert_eq!((look.0, desk.roster().await), (0, vec![]), "{}", look.1);
    assert!(std::fs::read_to_string(&report).expect("the report is there").contains("'=cy"));

    let (code, said) = desk.runs("import", &["--roster", text(&list), "--good-rows"]);
    assert!(code == 0 && said.contains("One person is new"), "{said}");
    let (code, said) = desk.runs("import", &["--roster", text(&list), "--good-rows"]);
    assert!(code == 0 && said.contains("One line stays as it is"), "{said}");

    let next = desk.writes("next.csv", "name,email\nDee,dee@x.example\n");
    let (code, said) = desk.runs("import", &["--roster", text(&next)]);
    assert!(code == 0 && said.contains("--end-missing"), "{said}");
    assert_eq!(desk.roster().await, [("ada@x.example".to_owned(), true), ("dee@x.example".to_owned(), true)]);
    assert_eq!(desk.runs("import", &["--roster", text(&next), "--end-missing"]).0, 0);
    assert_eq!(desk.roster().await, [("ada@x.example".to_owned(), false), ("dee@x.example".to_owned(), true)]);

    let photo = desk.writes("photo.csv", "\u{1}\u{2}\u{3}\u{4}");
    for (file, words) in [(text(&photo), "This is not a list"), ("nowhere.csv", "cannot be read")] {
        let (code, said) = desk.runs("import", &["--roster", file]);
        assert!(code == 2 && said.contains(words), "{said}");
    }
    let (code, said) = desk.runs("import", &["--roster", text(&next), "--community", "T9"]);
    assert!(code == 2 && said.contains("T1 (PLSEP)"), "{said}");
}

#[tokio::test]
async fn a_copy_is_whole_private_and_never_written_over_another_file() {
    let desk = Desk::open("backup").await;
    let list = desk.writes("list.csv", "name,email\nAda,ada@x.example\n");
    assert_eq!(desk.runs("import", &["--roster", text(&list)]).0, 0);
    let copy = desk.path("copy.sqlite");
    let (code, said) = desk.runs("backup", &["--to", text(&copy)]);
    assert!(code == 0 && said.contains("it is whole"), "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&copy).expect("it is there").permissions().mode() & 0o777, 0o600);
    }
    let before = std::fs::read(&copy).expect("it is there");
    let (code, said) = desk.runs("backup", &["--to", text(&copy)]);
    assert!(code == 2 && said.contains("is there already"), "{said}");
    assert_eq!(std::fs::read(&copy).expect("it is there"), before);
    assert_ne!(desk.runs("backup", &["--to", text(&desk.path("no/such/folder/copy.sqlite"))]).0, 0);

    let (code, said) = desk.runs_on(&format!("sqlite://{}", copy.display()), "import", &["--roster", text(&list)]);
    assert!(code == 0 && said.contains("One line stays as it is"), "{said}");
    for (database, words) in [
        ("sqlite::memory:", "in memory"),
        ("postgres://plsep:secret@nowhere.example/plsep", "pg_dump"),
        ("sqlite://none.sqlite", "There is no database yet"),
    ] {
        let (code, said) = desk.runs_on(database, "backup", &["--to", "other.sqlite"]);
        assert!(code == 2 && said.contains(words) && !said.contains("secret"), "{said}");
    }
    assert!(!desk.path("none.sqlite").exists(), "looking makes no database");
}

/// A season with an application whose answers are dangerous to spreadsheets, and a message that was given up.
async fn a_season(desk: &Desk) {
    let store = desk.store().await;
    let now = Clock::system().now();
    let mut tx = store.write().await.expect("the database answers");
    let community = tx.communities().await.expect("it reads").remove(0).id;
    let program = load_program(&ProgramSource::default()).expect("it is built in");
    let season = tx.insert_season(community, &program, now).await.expect("it is kept");
    let seen = PersonSeen {
        user: UserRef("U1".to_owned()),
        name: "=HYPERLINK(\"http://bad.example\")".to_owned(),
        locale: None,
        zone: None,
        email: Some("ada@x.example".to_owned()),
    };
    let ada = tx.upsert_person(community, &seen, now).await.expect("she is kept");
    let mut answers = Answers::default();
    answers.put("library_system", Some(Answer::Text("+cmd|' /C calc'!A0\nsecond line".to_owned())));
    answers.put("languages", Some(Answer::Many(vec!["en".to_owned(), "es".to_owned()])));
    let application = tx.start_application(season.id, ada.id, Role::Mentee, now).await.expect("it begins");
    let sent = now - chrono::TimeDelta::days(1);
    let state = ApplicationState::Submitted;
    tx.submit_application(application.id, &answers, &state, sent, now).await.expect("it is sent");
    let message = Message::paragraph(Text::plain("words that nobody else may read"));
    let effect = Effect::Post { to: To::Person(ada.id), message };
    let new = NewEffect { community, key: "accepted:1".to_owned(), due_at: now, effect };
    tx.enqueue(&new, now).await.expect("it waits");
    tx.commit().await.expect("the database answers");
    store.close().await;
}

fn read(path: PathBuf) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[tokio::test]
async fn a_season_is_exported_whole_harmless_and_with_its_zone() {
    let desk = Desk::open("export").await;
    let (code, said) = desk.runs("export", &["--to", "out"]);
    assert!(code == 2 && said.contains("No season is set up yet"), "{said}");
    a_season(&desk).await;
    let (code, said) = desk.runs("export", &["--to", "out", "--season", "plsep-1999"]);
    assert!(code == 2 && said.contains("Known are: plsep-2025"), "{said}");
    let (code, said) = desk.runs("export", &["--to", "out"]);
    assert!(code == 0 && said.contains("README.txt"), "{said}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(desk.path("out")).expect("it is there");
        assert_eq!(about.permissions().mode() & 0o777, 0o700);
    }
    let applications = read(desk.path("out/applications.csv"));
    let mut rows = csv::Reader::from_reader(applications.trim_start_matches('\u{feff}').as_bytes());
    let headings: Vec<String> = rows.headers().expect("headings").iter().map(str::to_owned).collect();
    assert!(headings.contains(&"submitted_at (America/Los_Angeles)".to_owned()), "{headings:?}");
    let row = rows.records().next().expect("a row").expect("cells");
    let cell = |name: &str| &row[headings.iter().position(|it| it == name).expect("the column")];
    assert_eq!(cell("name"), "'=HYPERLINK(\"http://bad.example\")");
    assert_eq!(cell("library_system"), "'+cmd|' /C calc'!A0\nsecond line");
    assert_eq!(cell("languages"), "en; es");
    let whole: serde_json::Value = serde_json::from_str(&read(desk.path("out/season.json"))).expect("JSON");
    assert_eq!(whole["zone"], "America/Los_Angeles");
    assert_eq!(whole["applications"][0]["answers"]["languages"]["many"][1], "es");
    assert!(whole["applications"][0]["submitted_at"].as_str().expect("a moment").ends_with('Z'));
    let readme = read(desk.path("out/README.txt"));
    assert!(readme.contains("applications.csv: 1 rows") && readme.contains("America/Los_Angeles"), "{readme}");
    for part in ["people", "roster", "pairs", "meetings", "check_ins", "pulses", "concerns", "surveys", "audit"] {
        assert!(desk.path(&format!("out/{part}.csv")).exists(), "{part}");
    }
    let (code, said) = desk.runs("export", &["--to", "out"]);
    assert!(code == 2 && said.contains("is there already"), "{said}");
}

#[tokio::test]
async fn a_check_tells_what_is_due_and_what_was_given_up() {
    let desk = Desk::open("check").await;
    let (code, said) = desk.runs("check", &[]);
    assert!(code == 0 && said.contains("No season is set up") && said.contains("Nothing waits to be sent"), "{said}");
    a_season(&desk).await;
    let (code, said) = desk.runs("check", &[]);
    assert!(code == 0 && said.contains("Season plsep-2025: ") && said.contains("Waiting to be sent: 1"), "{said}");
    let store = desk.store().await;
    let mut tx = store.write().await.expect("the database answers");
    let now = Clock::system().now();
    let claimed = tx.claim("somebody", now, now + chrono::TimeDelta::minutes(1), 1, &[]).await.expect("it is claimed");
    assert!(tx.bury(&claimed[0].lease, "the door is closed", now).await.expect("it is given up"));
    tx.commit().await.expect("the database answers");
    store.close().await;
    let (code, said) = desk.runs("check", &[]);
    assert!(
        code == 1 && said.contains("Given up: 1") && said.contains("accepted, after 1 attempts: the door"),
        "what was given up waits for a person: {said}"
    );
    assert!(!said.contains("words that nobody else") && !said.contains("HYPERLINK"), "{said}");
    assert!(desk.runs_on("sqlite://none.sqlite", "check", &[]).0 == 0 && !desk.path("none.sqlite").exists());
    let (code, said) = desk.runs_on("postgres://plsep:secret@127.0.0.1:1/plsep", "check", &[]);
    assert!(code == 1 && said.contains("One thing needs mending") && !said.contains("secret"), "{said}");
}

#[tokio::test]
async fn a_check_fails_where_nothing_is_sent_or_the_coordinators_have_no_channel() {
    let desk = Desk::open("overdue").await;
    a_season(&desk).await;
    let store = desk.store().await;
    let mut tx = store.write().await.expect("the database answers");
    let community = tx.communities().await.expect("it reads").remove(0).id;
    let earlier = Clock::system().now() - chrono::TimeDelta::hours(3);
    let message = Message::paragraph(Text::plain("words"));
    let effect = Effect::Post { to: To::Coordinators, message };
    let new = NewEffect { community, key: "digest:1:2025-02-03".to_owned(), due_at: earlier, effect };
    tx.enqueue(&new, earlier).await.expect("it waits");
    tx.commit().await.expect("the database answers");
    let (code, said) = desk.runs("check", &[]);
    assert!(code == 1 && said.contains("The first is overdue"), "{said}");
    let mut tx = store.write().await.expect("the database answers");
    let ada = tx.people(community).await.expect("it reads").remove(0).id;
    assert!(tx.add_coordinator(community, ada, earlier).await.expect("she coordinates"));
    tx.commit().await.expect("the database answers");
    let (code, said) = desk.runs("check", &[]);
    assert!(code == 1 && said.contains("have no channel of their own") && said.contains("2 things"), "{said}");
    // Nor where they are named as a group alone.
    let mut tx = store.write().await.expect("the database answers");
    assert!(tx.remove_coordinator(community, ada).await.expect("she does no more"));
    let office = Group { at: GroupRef("S1".to_owned()), name: "Mentorship office".to_owned() };
    assert!(tx.add_coordinator_group(community, &office, earlier).await.expect("they coordinate"));
    tx.commit().await.expect("the database answers");
    store.close().await;
    let (code, said) = desk.runs("check", &[]);
    assert!(code == 1 && said.contains("have no channel of their own") && said.contains("2 things"), "{said}");
}
