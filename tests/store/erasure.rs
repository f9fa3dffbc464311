//! Somebody who asked to be forgotten is in no table any more, and on SQLite in no free page either; others stay.

use std::collections::HashMap;

use plsep_bot::{
    chat::{ChannelRef, Message, Reply, Room, Text, UserRef},
    store::{
        AuditEntry, AuditWho, Effect, ImportWork, LongImport, NewConcern, NewEffect, NewPair, PersonSeen, Restored, To,
    },
};
use plsep_domain::concern::ConcernKind;
use plsep_domain::roster::Sheet;
use plsep_domain::{Answer, Answers, ApplicationState, PersonId, Role, RosterEntry, Signature, Timing};
use serde_json::json;

use super::harness::{Scene, World, at, new_pair, noon};
use super::kept::everything_kept;

/// What only Zoë says or is called.
const MARKS: [&str; 9] = [
    "Zoë Núñez",
    "zoe@library.example",
    "U0ZOE",
    "my own quiet words",
    "what Zoe told the office",
    "Calle Mayor 7",
    "es-MX",
    "Zoë N. O'Brien",
    "signed-by-zoe",
];

fn says(words: &str) -> Message {
    Message::paragraph(Text::plain(words))
}

fn effect(scene: &Scene, key: &str, effect: Effect) -> NewEffect {
    NewEffect { community: scene.community.id, key: key.to_owned(), due_at: noon(), effect }
}

fn answers() -> Answers {
    let mut answers = Answers::default();
    answers.put("goals", Some(Answer::Text("my own quiet words".to_owned())));
    answers
}

/// Zoë, a mentor of Ben, in every table that holds people.
async fn zoe(world: &World, scene: &Scene) -> PersonId {
    let (community, season) = (scene.community.id, scene.season.id);
    let mut tx = world.write().await;
    let seen = PersonSeen {
        user: UserRef("U0ZOE".to_owned()),
        name: "Zoë Núñez".to_owned(),
        locale: Some("es-MX".to_owned()),
        zone: Some("America/Denver".to_owned()),
        email: Some("Zoe@library.example".to_owned()),
    };
    let zoe = tx.upsert_person(community, &seen, noon()).await.unwrap();
    let entry = RosterEntry {
        name: "Zoë Núñez".to_owned(),
        email: "zoe@library.example".to_owned(),
        chat_user: None,
        library_system: "Calle Mayor 7".to_owned(),
        active: true,
    };
    tx.put_roster_entry(community, &entry, noon()).await.unwrap();
    let other = RosterEntry {
        name: "Ben Ng".to_owned(),
        email: "ben@library.example".to_owned(),
        chat_user: None,
        library_system: String::new(),
        active: true,
    };
    let linked =
        RosterEntry { chat_user: Some("U0ZOE".to_owned()), email: "z@library.example".to_owned(), ..entry.clone() };
    let lines = [entry, other, linked].map(|now| Restored { now, before: None }).to_vec();
    let list =
        tx.keep_roster_import(community, scene.ada.id, &Sheet::default(), Default::default(), noon()).await.unwrap();
    let work = ImportWork { lines, ..ImportWork::default() };
    let import = LongImport { id: list, community, season, person: scene.ada.id, work, taken: 2 };
    tx.begin_long_import(&import, noon()).await.unwrap();
    let application = tx.start_application(season, zoe.id, Role::Mentor, noon()).await.unwrap().id;
    tx.submit_application(application, &answers(), &ApplicationState::Accepted, noon(), noon()).await.unwrap();
    let signature = Signature {
        typed_name: "Zoë N. O'Brien, signed-by-zoe".to_owned(),
        at: noon(),
        text_version: "1".to_owned(),
        timing: Timing::OnTime,
    };
    tx.sign(season, zoe.id, &signature, "What is signed.").await.unwrap();
    tx.give_survey(season, zoe.id, &answers(), noon()).await.unwrap();
    let concern = NewConcern {
        season,
        key: "asked:1".to_owned(),
        kind: ConcernKind::Asked,
        pair: None,
        person: Some(zoe.id),
        note: Some("my own quiet words".to_owned()),
    };
    tx.raise_concern(community, &concern, noon()).await.unwrap();
    let proposal = tx.save_proposal(season, &json!({}), noon()).await.unwrap();
    let pair = tx.insert_pair(&NewPair { mentor: zoe.id, ..new_pair(scene, proposal) }, noon()).await.unwrap();
    tx.set_pair_channel(pair.id, &ChannelRef("C7".to_owned())).await.unwrap();
    let (key, kind) = ("silent:1".to_owned(), ConcernKind::Silent);
    let silent = NewConcern { season, key, kind, pair: Some(pair.id), person: None, note: None };
    tx.raise_concern(community, &silent, noon()).await.unwrap();
    let silent = tx.concern_at(community, "silent:1").await.unwrap().unwrap().id;
    let about_her = (plsep_domain::Audience::Everyone, "Welcome, Zoë Núñez", 2);
    tx.keep_announcement((community, season), scene.ada.id, about_her, noon()).await.unwrap();
    tx.resolve_concern(silent, scene.ada.id, "what Zoe told the office", noon()).await.unwrap();
    let room = Room {
        key: format!("intro:{}", pair.id),
        name: "mentorship-zoe-nunez-ben".to_owned(),
        topic: "for Zoë Núñez".to_owned(),
        members: vec![zoe.user.clone(), scene.ben.user.clone()],
    };
    let to_zoe = |words| Effect::Post { to: To::Person(zoe.id), message: says(words) };
    let to_office = |words| Effect::Post { to: To::Coordinators, message: says(words) };
    let kept = [
        ("intro", Effect::Introduce { pair: pair.id, room, message: says("my own quiet words") }),
        ("copy", to_zoe("my own quiet words")),
        ("left", to_office("Zoë Núñez has left")),
        ("mail", to_office("who writes from zoe@library.example")),
        ("farewell", Effect::Farewell { pair: pair.id, message: says("Thank you, Zoë Núñez") }),
        ("to-ben", Effect::Post { to: To::Person(scene.ben.id), message: says("You meet Zoë Núñez on Friday") }),
        ("to-ada", Effect::Post { to: To::Person(scene.ada.id), message: says("You are accepted") }),
    ];
    for (key, of) in kept {
        assert!(tx.enqueue(&effect(scene, key, of), noon()).await.unwrap());
    }
    tx.remember_event(community, "Ev:1", zoe.id, Some(&Reply::Private(says("my own quiet words"))), noon()).unwrap();
    tx.remember_event(community, "left.T1.U0ZOE.5", scene.ben.id, Some(&Reply::Nothing), noon()).unwrap();
    let seen_by_ben = Reply::Private(says("Your match: Zoë Núñez"));
    tx.remember_event(community, "Ev:2", scene.ben.id, Some(&seen_by_ben), noon()).unwrap();
    let entry = AuditEntry {
        community,
        at: noon(),
        who: AuditWho::Person(zoe.id),
        action: "agreement.sign".to_owned(),
        subject: format!("person:{}", zoe.id),
        detail: json!({}),
    };
    tx.append_audit(&entry).await.unwrap();
    tx.commit().await.unwrap();
    world
        .raw(format!(
            "INSERT INTO meetings (pair, starts_at, minutes, place, state, sequence, set_by, created_at, updated_at)
         VALUES ({}, 1, 60, 'Calle Mayor 7', 'planned', 0, {}, 1, 1)",
            pair.id, zoe.id
        ))
        .await
        .unwrap();
    world
        .raw(format!(
            "INSERT INTO meeting_drafts (person, about, words, minutes, place, kept_at)
         VALUES ({}, 'new:1', 'my own quiet words', '60', 'Calle Mayor 7', 1)",
            zoe.id
        ))
        .await
        .unwrap();
    world
        .raw(format!(
            "INSERT INTO pulses (pair, person, occasion, asked_at, answer, note, answered_at)
         VALUES ({}, {}, 'mid_term', 1, 'good', 'my own quiet words', 1)",
            pair.id, zoe.id
        ))
        .await
        .unwrap();
    zoe.id
}

stories! {
    async fn whoever_is_forgotten_is_in_no_table_any_more(world) {
        let scene = world.scene().await;
        let id = zoe(&world, &scene).await;
        let before = everything_kept(&world.url).await;
        for mark in MARKS {
            assert!(before.contains(mark) || before.contains(&mark.replace('\'', "''")), "{mark} is not there to be removed");
        }
        let mut tx = world.read().await;
        let parts: Vec<_> = tx.held_about(id).await.unwrap().into_iter().map(|part| part.part).collect();
        assert_eq!(parts, [
            "profile", "settings", "roster", "applications", "signatures", "pairs", "meetings", "meeting_drafts", "pulses",
            "concerns", "survey", "messages", "events", "audit",
        ]);
        drop(tx);

        let mut tx = world.write().await;
        // One of them is being carried out meanwhile.
        let claimed = tx.claim("w1", noon(), at("2025-01-15T12:05:00Z"), 1, &[]).await.unwrap().remove(0);
        let zoe = tx.person(id).await.unwrap();
        let pair = tx.every_pair_of(id).await.unwrap().remove(0);
        let farewells = HashMap::from([(pair.id, says("This pairing has ended."))]);
        tx.erase_person(&zoe, &farewells, noon()).await.unwrap();
        tx.commit().await.unwrap();
        world.store.overwrite_traces().await.unwrap();

        let after = everything_kept(&world.url).await;
        for mark in MARKS {
            let found: Vec<&str> = after.lines().filter(|line| line.to_lowercase().contains(&mark.to_lowercase())).collect();
            assert_eq!(found, Vec::<&str>::new(), "{mark} is still there");
        }
        if let Some(path) = world.url.strip_prefix("sqlite://") {
            for beside in ["", "-wal"] {
                let bytes = std::fs::read(format!("{path}{beside}")).unwrap_or_default();
                for mark in MARKS {
                    let there = bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
                    assert!(!there, "{mark} can still be read in the file{beside}");
                }
            }
        }

        let mut tx = world.write().await;
        let import = tx.long_import(scene.community.id).await.unwrap().unwrap();
        let lines: Vec<_> = import.work.lines.iter().map(|line| line.now.email.as_str()).collect();
        assert_eq!((lines, import.taken), (vec!["ben@library.example"], 1), "what others' lines say goes on being written");
        let gone = tx.person(id).await.unwrap();
        assert_eq!((gone.user.clone(), gone.name.as_str(), gone.present), (UserRef::gone(id.get()), "", false));
        assert_eq!(gone.erased_at, Some(noon()));
        assert_eq!(tx.person_at(scene.community.id, &UserRef("U0ZOE".to_owned())).await.unwrap(), None);
        let states: Vec<(String, String)> = tx.every_effect(scene.community.id).await.unwrap().into_iter()
            .map(|record| (record.key, record.state)).collect();
        let states: Vec<(&str, &str)> = states.iter().map(|(key, state)| (key.as_str(), state.as_str())).collect();
        assert_eq!(states, [
            ("intro", "pending"), ("copy", "done"), ("left", "done"), ("mail", "done"), ("farewell", "pending"),
            ("to-ben", "done"), ("to-ada", "pending"),
        ], "nothing that speaks of her goes out, the pair's place is still closed, and others lose nothing");
        assert!(tx.finish(&claimed.lease, &json!({}), noon()).await.unwrap(), "what goes on is still held by its worker");
        assert!(!tx.enqueue(&effect(&scene, "copy", Effect::Admit { person: id }), noon()).await.unwrap(), "its key stays");
    }

    async fn of_several_at_once_each_is_forgotten_once(world) {
        let scene = world.scene().await;
        let id = zoe(&world, &scene).await;
        let second = world.second().await;
        let doors = [(&world.store, "U0ZOE"), (&second, "U0ZOE"), (&second, "U-ben"), (&world.store, "U-ben")];
        let community = scene.community.id;
        let forgets = doors.map(|(store, user)| {
            let (store, user) = (store.clone(), UserRef(user.to_owned()));
            tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                let Some(known) = tx.person_at(community, &user).await.unwrap() else { return 0 };
                let pairs = tx.every_pair_of(known.id).await.unwrap();
                let words = pairs.iter().map(|pair| (pair.id, says("This pairing has ended."))).collect();
                tx.erase_person(&known, &words, noon()).await.unwrap();
                tx.commit().await.unwrap();
                1
            })
        });
        let mut forgotten = Vec::new();
        for forgets in forgets {
            forgotten.push(forgets.await.unwrap());
        }
        assert_eq!(forgotten[0] + forgotten[1], 1, "who was quicker");
        assert_eq!(forgotten[2] + forgotten[3], 1);
        let mut tx = world.read().await;
        for gone in [id, scene.ben.id] {
            assert_eq!(tx.person(gone).await.unwrap().erased_at, Some(noon()));
        }
        assert_eq!(tx.person(scene.ada.id).await.unwrap().erased_at, None);
        drop(tx);
        let after = everything_kept(&world.url).await;
        for mark in MARKS.iter().chain(&["U-ben"]) {
            assert!(!after.to_lowercase().contains(&mark.to_lowercase()), "{mark} is still there");
        }
        second.close().await;
    }

    async fn whoever_has_claimed_an_effect_learns_that_somebody_was_forgotten(world) {
        let scene = world.scene().await;
        let id = zoe(&world, &scene).await;
        let second = world.second().await;
        let mut tx = second.write().await.unwrap();
        let claimed = tx.claim("w1", noon(), at("2025-01-15T12:05:00Z"), 20, &[]).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.write().await;
        let (zoe, pair) = (tx.person(id).await.unwrap(), tx.every_pair_of(id).await.unwrap().remove(0));
        let decent = says("This pairing has ended.");
        tx.erase_person(&zoe, &HashMap::from([(pair.id, decent.clone())]), noon()).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = second.read().await.unwrap();
        let mut seen = Vec::new();
        for claimed in &claimed {
            let held = tx.held_effect(&claimed.lease).await.unwrap();
            let as_it_was = held.as_ref().map(|held| *held == claimed.effect);
            seen.push((claimed.key.as_str(), as_it_was));
        }
        // What stands behind another in its lane is not claimed.
        let expected = [
            ("intro", Some(false)), ("copy", None), ("left", None), ("mail", None), ("to-ben", None),
            ("to-ada", Some(true)),
        ];
        for (key, as_it_was) in expected {
            if let Some(seen) = seen.iter().find(|(known, _)| *known == key) {
                assert_eq!(*seen, (key, as_it_was));
            }
        }
        assert!(seen.len() > 3, "{seen:?}");
        drop(tx);
        second.close().await;
    }

    async fn whoever_comes_back_is_somebody_new(world) {
        let scene = world.scene().await;
        let id = zoe(&world, &scene).await;
        let mut tx = world.write().await;
        let zoe = tx.person(id).await.unwrap();
        tx.erase_person(&zoe, &HashMap::new(), noon()).await.unwrap();
        let seen = PersonSeen { user: zoe.user.clone(), name: "Zoë".to_owned(), locale: None, zone: None, email: None };
        let anew = tx.upsert_person(scene.community.id, &seen, noon()).await.unwrap();
        assert_ne!(anew.id, id);
        assert_eq!(tx.application_of(scene.season.id, anew.id).await.unwrap(), None);
        assert_eq!(tx.every_pair_of(anew.id).await.unwrap(), []);
    }
}
