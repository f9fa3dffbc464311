//! What whoever operates the bot does at a terminal, with the real program: exit codes, words, files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use plsep_bot::chat::CommunityRef;
use plsep_bot::store::Store;

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
