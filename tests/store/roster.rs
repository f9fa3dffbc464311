//! The roster as a whole, and the lists that coordinators hand in for it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use plsep_bot::store::{ImportState, ImportWork, LongImport, Restored, RosterLine, StoreError};
use plsep_domain::RosterEntry;
use plsep_domain::roster::{PlanFigures, Sheet};

use super::harness::{community, noon};

fn told(lines: Vec<RosterLine>) -> BTreeMap<String, RosterEntry> {
    lines.into_iter().map(|line| (line.entry.email.clone(), line.entry)).collect()
}

fn wanted(lines: &[RosterEntry]) -> BTreeMap<String, RosterEntry> {
    lines.iter().map(|line| (line.email.clone(), line.clone())).collect()
}

stories! {
    async fn ten_thousand_lines_are_written_at_once_and_taken_back(world) {
        let scene = world.scene().await;
        let here = scene.community.id;
        let line = |n: u32, name: &str| RosterEntry {
            name: format!("{name} {n} \"'; -- ñ"),
            email: format!("P{n}@Library.example"),
            chat_user: n.is_multiple_of(2).then(|| format!("U{n}")),
            library_system: String::new(),
            active: !n.is_multiple_of(3),
        };
        let first: Vec<RosterEntry> = (0..10).map(|n| line(n, "Before")).collect();
        let all: Vec<RosterEntry> = (0..10_000).map(|n| line(n, "After")).collect();
        let mut tx = world.write().await;
        tx.write_roster(here, &first, noon()).await.unwrap();
        tx.write_roster(here, &all, noon()).await.unwrap();
        assert_eq!(told(tx.roster(here).await.unwrap()), wanted(&all));
        let undo: Vec<Restored> =
            all.iter().enumerate().map(|(n, now)| Restored { now: now.clone(), before: first.get(n).cloned() }).collect();
        tx.restore_roster(here, &undo, noon()).await.unwrap();
        assert_eq!(told(tx.roster(here).await.unwrap()), wanted(&first));
        let line = tx.roster(here).await.unwrap().into_iter().find(|line| line.entry.chat_user.is_some()).unwrap();
        tx.unlink_roster(line.id, noon()).await.unwrap();
        let after = tx.roster(here).await.unwrap().into_iter().find(|it| it.id == line.id).unwrap();
        assert_eq!(after.entry, RosterEntry { chat_user: None, ..line.entry });
    }

    async fn a_list_that_was_handed_in_is_kept_until_it_is_settled_or_forgotten(world) {
        let scene = world.scene().await;
        let (here, who) = (scene.community.id, scene.ada.id);
        let sheet = Sheet { repeated: 3, ..Sheet::default() };
        let figures = PlanFigures { added: 1, ..PlanFigures::default() };
        let mut tx = world.write().await;
        let first = tx.keep_roster_import(here, who, &sheet, figures, noon()).await.unwrap();
        let second = tx.keep_roster_import(here, who, &sheet, figures, noon()).await.unwrap();
        let left = tx.roster_import(here, first).await.unwrap().unwrap();
        assert_eq!((left.state, left.sheet), (ImportState::Left, None), "one question at a time for each coordinator");
        let asked = tx.roster_import(here, second).await.unwrap().unwrap();
        assert_eq!((asked.state, asked.sheet, asked.figures), (ImportState::Asked, Some(sheet), figures));
        let elsewhere = community(&mut tx, "T2").await.id;
        assert_eq!(tx.roster_import(elsewhere, second).await.unwrap(), None);

        assert!(tx.settle_roster_import(second, ImportState::Done, noon()).await.unwrap());
        assert!(!tx.settle_roster_import(second, ImportState::Done, noon()).await.unwrap());
        tx.keep_way_back(second, &[]).await.unwrap();
        assert_eq!(tx.forget_roster_imports(noon()).await.unwrap(), 0);
        assert_eq!(tx.forget_roster_imports(noon() + TimeDelta::seconds(1)).await.unwrap(), 1);
        let done = tx.roster_import(here, second).await.unwrap().unwrap();
        assert_eq!((done.state, done.sheet, done.undo), (ImportState::Done, None, None));
        assert!(tx.undone_roster_import(second).await.unwrap());
        assert!(!tx.undone_roster_import(second).await.unwrap());
    }

    async fn each_step_of_a_long_list_is_noted_once(world) {
        let scene = world.scene().await;
        let (here, who) = (scene.community.id, scene.ada.id);
        let mut tx = world.write().await;
        let now = RosterEntry {
            name: "Mia".to_owned(),
            email: "mia@library.example".to_owned(),
            chat_user: None,
            library_system: String::new(),
            active: true,
        };
        let work = ImportWork { lines: vec![Restored { now, before: None }; 3], ended: 1, ..ImportWork::default() };
        let mut lists = Vec::new();
        for _ in 0..2 {
            lists.push(tx.keep_roster_import(here, who, &Sheet::default(), PlanFigures::default(), noon()).await.unwrap());
        }
        let mut import =
            LongImport { id: lists[0], community: here, season: scene.season.id, person: who, work, taken: 0 };
        tx.begin_long_import(&import, noon()).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.write().await;
        let second = LongImport { id: lists[1], ..import.clone() };
        let refused = tx.begin_long_import(&second, noon()).await;
        assert!(matches!(refused, Err(StoreError::Taken { .. })), "{refused:?}");
        drop(tx);

        let mut tx = world.write().await;
        assert_eq!(tx.long_imports_since().await.unwrap(), [(scene.season.id, noon())]);
        import.taken = 2;
        import.work.left_alone.push("mia@library.example".to_owned());
        assert!(tx.move_long_import(&import, 0).await.unwrap());
        assert!(!tx.move_long_import(&import, 0).await.unwrap());
        assert_eq!(tx.long_import(here).await.unwrap(), Some(import.clone()));
        let elsewhere = community(&mut tx, "T2").await.id;
        assert_eq!(tx.long_import(elsewhere).await.unwrap(), None);
        assert!(tx.end_long_import(import.id).await.unwrap());
        assert!(!tx.end_long_import(import.id).await.unwrap());
        assert!(!tx.move_long_import(&import, 2).await.unwrap());
        assert_eq!(tx.long_imports_since().await.unwrap(), []);
    }
}
