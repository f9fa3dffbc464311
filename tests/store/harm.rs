//! Texts that do harm elsewhere come out as they went in, and what a database should not hold is an error.

use plsep_bot::{
    chat::UserRef,
    store::{AuditEntry, AuditWho, PersonSeen, StoreError},
};
use plsep_domain::{Answer, Answers, Role};
use serde_json::json;

use super::harness::{at, noon, pair, period};

const ODD: &[&str] = &[
    "'; DROP TABLE people; --",
    "\" OR 1=1",
    "$1 ? :name @name",
    "\\x00 \\u0000 \\",
    "Zoë 🌻 ليلى 李娜 👩\u{200d}🏫 \u{202e}gnp.exe",
    "\u{1}\u{7f}\u{fffd}\u{10ffff}",
    "line\r\nline\ttab",
    "",
    "%_%",
    "{\"json\": [1, null]}",
];

stories! {
    async fn odd_texts_come_out_as_they_went_in(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let id = tx.start_application(scene.season.id, scene.ada.id, Role::Mentee, noon()).await.unwrap().id;
        for text in ODD {
            let seen = PersonSeen {
                user: UserRef(format!("U {text}")),
                name: (*text).to_owned(),
                locale: None,
                zone: None,
                email: Some((*text).to_owned()),
            };
            let person = tx.upsert_person(scene.community.id, &seen, noon()).await.unwrap();
            assert_eq!((person.name.as_str(), person.email.as_deref()), (*text, Some(*text)));
            let found = tx.person_at(scene.community.id, &seen.user).await.unwrap();
            assert_eq!(found, Some(person));

            let mut draft = Answers::default();
            draft.put(text, Some(Answer::Text((*text).to_owned())));
            tx.save_draft(id, &draft, noon()).await.unwrap();
            assert_eq!(tx.application(id).await.unwrap().draft, draft);
        }
    }

    async fn nul_is_left_out_of_texts_and_of_json(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let seen = PersonSeen {
            user: UserRef("U\0X".to_owned()),
            name: "Ada\0 Reyes".to_owned(),
            locale: None,
            zone: None,
            email: Some("\0".to_owned()),
        };
        let person = tx.upsert_person(scene.community.id, &seen, noon()).await.unwrap();
        assert_eq!((person.user.0.as_str(), person.name.as_str()), ("UX", "Ada Reyes"));
        assert_eq!(person.email.as_deref(), Some(""));
        assert_eq!(tx.person_at(scene.community.id, &seen.user).await.unwrap(), Some(person));
        let entry = AuditEntry {
            community: scene.community.id,
            at: noon(),
            who: AuditWho::Bot,
            action: "a\0b".to_owned(),
            subject: "s".to_owned(),
            detail: json!({ "k\0ey": ["x\0y", { "deep": "\0" }], "n": 1.5, "big": u64::MAX, "none": null }),
        };
        tx.append_audit(&entry).await.unwrap();
        let kept = tx.audit(scene.community.id, 1).await.unwrap().remove(0);
        assert_eq!(kept.action, "ab");
        let detail = json!({ "key": ["xy", { "deep": "" }], "n": 1.5, "big": u64::MAX, "none": null });
        assert_eq!(kept.detail, detail);
    }

    async fn what_means_nothing_to_this_version_is_an_error(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let application = tx.start_application(scene.season.id, scene.ada.id, Role::Mentee, noon()).await.unwrap();
        let pair = pair(&mut tx, &scene).await;
        tx.record_answer(pair.id, scene.ben.id, period("2025-03"), plsep_domain::CheckInAnswer::Met, noon())
            .await
            .unwrap();
        tx.commit().await.unwrap();

        world.raw("UPDATE applications SET state = 'pondered'").await.unwrap();
        assert_eq!(world.read().await.application(application.id).await, corrupt("state"));
        world.raw("UPDATE applications SET state = 'draft', draft = '[\"secret\"]'").await.unwrap();
        let unread = world.read().await.application(application.id).await;
        assert!(!unread.as_ref().unwrap_err().to_string().contains("secret"));
        assert_eq!(unread, corrupt("draft"));
        assert_eq!(world.read().await.applications(scene.season.id).await, corrupt("draft"));

        world.raw("UPDATE pairs SET state = 'ended', end_reason = 'boredom'").await.unwrap();
        assert_eq!(world.read().await.pair(pair.id).await, corrupt("end_reason"));
        world.raw("UPDATE pairs SET state = 'adrift', end_reason = NULL").await.unwrap();
        assert_eq!(world.read().await.pair(pair.id).await, corrupt("state"));
        world.raw("UPDATE checkin_answers SET answer = 'perhaps'").await.unwrap();
        assert_eq!(world.read().await.answers(pair.id, period("2025-03")).await, corrupt("answer"));
        world.raw("UPDATE seasons SET program = '{}'").await.unwrap();
        assert_eq!(world.read().await.current_season(scene.community.id).await, corrupt("program"));
        world.raw("UPDATE seasons SET created_at = 9223372036854775807").await.unwrap();
        assert!(world.read().await.seasons().await.is_err());
    }

    async fn instants_are_kept_to_the_microsecond(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        for when in ["1969-12-31T23:59:59.999999Z", "2025-03-09T10:00:00.000001Z", "9999-12-31T23:59:59.999999Z"] {
            let when = at(when);
            let job = when.to_string();
            assert!(tx.record_run(scene.season.id, &job, when).await.unwrap());
            assert_eq!(tx.runs_of(scene.season.id, &job).await.unwrap().last_at(when), Some(when));
        }
        let finer = at("2025-03-09T10:00:00.000001999Z");
        assert!(tx.record_run(scene.season.id, "finer", finer).await.unwrap());
        let kept = tx.runs_of(scene.season.id, "finer").await.unwrap().last_at(finer);
        assert_eq!(kept, Some(at("2025-03-09T10:00:00.000001Z")));
    }
}

fn corrupt<T>(column: &'static str) -> Result<T, StoreError> {
    Err(StoreError::Corrupt { column })
}
