//! Each aggregate keeps what it is given, and keeps it apart from other communities.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_bot::{
    chat::{
        ActionId, ChannelRef, CommunityRef, Field, FieldKind, Form, Group, GroupRef, Message, Reply, Text, UserRef,
    },
    store::{
        ANSWER_MAX, Ask, AuditEntry, AuditWho, Before, Community, Effect, NewEffect, Person, PersonSeen, Publication,
        PublicationCounts, Put, Ruled, Runs, StoreError, To, progress_end_key, progress_key,
    },
};
use plsep_domain::matching::{PairKey, Ruling};
use plsep_domain::{
    Answer, Answers, ApplicationState, AuditGroup, AuditLook, CommunityId, PersonId, Role, RosterEntry, SeasonId,
    Signature, Timing,
};
use serde_json::json;

use super::harness::{Scene, World, at, community, noon, pair, person, program};

fn answers(text: &str) -> Answers {
    let mut answers = Answers::default();
    answers.put("goals", Some(Answer::Text(text.to_owned())));
    answers.put("topics", Some(Answer::Many(vec!["teens".to_owned(), "archives".to_owned()])));
    answers.put("years", Some(Answer::Number(7)));
    answers.put("remote", Some(Answer::Yes(false)));
    answers
}

fn message(words: &str) -> Message {
    Message::paragraph(Text::plain(words))
}

/// Remembers an event in a transaction of its own.
async fn remember(
    world: &World,
    community: CommunityId,
    person: PersonId,
    key: &str,
    answer: &Reply,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut tx = world.write().await;
    tx.remember_event(community, key, person, Some(answer), now)?;
    tx.commit().await
}

/// What became of an event there.
async fn before(world: &World, community: &Community, person: &Person, key: &str) -> Before {
    world.read().await.opening(&Ask::new(&community.at, &person.user, key)).await.unwrap().expect("it is known").before
}

stories! {
    async fn a_community_is_one_however_often_it_is_reached(world) {
        let mut tx = world.write().await;
        let first = community(&mut tx, "T1").await;
        let other = community(&mut tx, "T2").await;
        let again = tx.upsert_community(&first.at, "A new name", at("2025-05-01T00:00:00Z")).await.unwrap();
        assert_eq!((again.id, again.name.as_str()), (first.id, "A new name"));
        assert_eq!(tx.communities().await.unwrap(), [again.clone(), other]);
        assert_eq!(tx.community_at(&first.at).await.unwrap(), Some(again));
        let elsewhere = CommunityRef { chat: "discord".to_owned(), id: "T1".to_owned() };
        assert_eq!(tx.community_at(&elsewhere).await.unwrap(), None);

        tx.set_coordinators_channel(first.id, &ChannelRef("C9".to_owned())).await.unwrap();
        let found = tx.community(first.id).await.unwrap();
        assert_eq!(found.coordinators_channel, Some(ChannelRef("C9".to_owned())));
        let nowhere = CommunityId::from(999);
        assert_eq!(tx.community(nowhere).await, Err(StoreError::Missing { what: "community" }));
        let channel = ChannelRef("C9".to_owned());
        assert_eq!(
            tx.set_coordinators_channel(nowhere, &channel).await,
            Err(StoreError::Missing { what: "community" })
        );
    }

    async fn what_a_platform_does_not_tell_again_stays_known(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        tx.set_present(scene.ada.id, false).await.unwrap();
        assert!(!tx.person(scene.ada.id).await.unwrap().present);
        let seen = PersonSeen {
            user: scene.ada.user.clone(),
            name: "Ada R.".to_owned(),
            locale: None,
            zone: Some("America/Denver".to_owned()),
            email: None,
        };
        let ada = tx.upsert_person(scene.community.id, &seen, noon()).await.unwrap();
        assert_eq!(ada.id, scene.ada.id);
        assert_eq!((ada.name.as_str(), ada.zone.as_deref()), ("Ada R.", Some("America/Denver")));
        assert_eq!((ada.locale, ada.email), (scene.ada.locale, scene.ada.email));
        assert!(ada.present);
    }

    async fn people_of_one_community_are_strangers_to_another(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let other = community(&mut tx, "T2").await;
        let namesake = person(&mut tx, other.id, "ada").await;
        assert_ne!(namesake.id, scene.ada.id);
        let found = tx.person_at(other.id, &scene.ada.user).await.unwrap();
        assert_eq!(found.map(|person| person.id), Some(namesake.id));
        assert_eq!(tx.person_at(other.id, &scene.ben.user).await.unwrap(), None);
        assert_eq!(tx.people(other.id).await.unwrap(), std::slice::from_ref(&namesake));
        tx.commit().await.unwrap();

        // A failed statement ends the transaction on PostgreSQL: one each.
        let refused = world.write().await.add_coordinator(other.id, scene.ada.id, noon()).await;
        assert_eq!(refused, Err(StoreError::Stray));
        let refused =
            world.write().await.start_application(scene.season.id, namesake.id, Role::Mentor, noon()).await;
        assert_eq!(refused, Err(StoreError::Stray));
        let signature = signature();
        assert_eq!(world.write().await.sign(scene.season.id, namesake.id, &signature, "The text").await, Err(StoreError::Stray));
        let refused = world.write().await.insert_season(CommunityId::from(999), &program("x"), noon()).await;
        assert_eq!(refused, Err(StoreError::Stray));
    }

    async fn groups_of_coordinators_come_and_go(world) {
        let scene = world.scene().await;
        let community = scene.community.id;
        let group = |id: &str| Group { at: GroupRef(id.to_owned()), name: format!("Group {id}") };
        let mut tx = world.write().await;
        assert!(tx.coordinator_groups(community).await.unwrap().is_empty());
        assert!(tx.add_coordinator_group(community, &group("S2"), at("2025-01-02T00:00:00Z")).await.unwrap());
        assert!(tx.add_coordinator_group(community, &group("S1"), at("2025-01-01T00:00:00Z")).await.unwrap());
        assert!(!tx.add_coordinator_group(community, &group("S1"), noon()).await.unwrap());
        assert_eq!(tx.coordinator_groups(community).await.unwrap(), [group("S1"), group("S2")]);
        assert!(tx.remove_coordinator_group(community, &group("S1").at).await.unwrap());
        assert!(!tx.remove_coordinator_group(community, &group("S1").at).await.unwrap());
        assert_eq!(tx.coordinator_groups(community).await.unwrap(), [group("S2")]);
        assert!(tx.coordinators(community).await.unwrap().is_empty(), "who is in it is not known here");
        drop(tx);
        let refused = world.write().await.add_coordinator_group(999.into(), &group("S1"), noon()).await;
        assert_eq!(refused, Err(StoreError::Stray));
    }

    async fn coordinators_come_and_go(world) {
        let scene = world.scene().await;
        let (community, ada, ben) = (scene.community.id, scene.ada.id, scene.ben.id);
        let mut tx = world.write().await;
        assert!(!tx.is_coordinator(community, ada).await.unwrap());
        assert!(tx.add_coordinator(community, ben, at("2025-01-02T00:00:00Z")).await.unwrap());
        assert!(tx.add_coordinator(community, ada, at("2025-01-01T00:00:00Z")).await.unwrap());
        assert!(!tx.add_coordinator(community, ada, noon()).await.unwrap());
        assert!(tx.is_coordinator(community, ada).await.unwrap());
        let names: Vec<_> = tx.coordinators(community).await.unwrap().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["ada", "ben"]);
        assert!(tx.remove_coordinator(community, ada).await.unwrap());
        assert!(!tx.remove_coordinator(community, ada).await.unwrap());
        assert_eq!(tx.coordinators(community).await.unwrap(), [scene.ben]);
    }

    async fn a_program_has_one_season_of_each_key_and_the_newest_is_current(world) {
        let scene = world.scene().await;
        let here = scene.community.id;
        let mut tx = world.write().await;
        assert_eq!(*scene.season.program, program("plsep-2025"));
        let twice = tx.insert_season(here, &program("plsep-2025"), noon()).await;
        assert_eq!(twice, Err(StoreError::Taken { what: "a season".to_owned() }));
        let next = tx.insert_season(here, &program("plsep-2026"), at("2026-01-01T00:00:00Z")).await.unwrap();
        assert_eq!(tx.current_season(here).await.unwrap(), Some(next.clone()));

        let mut moved = program("plsep-2026");
        moved.contact = "office@example.org".to_owned();
        tx.save_program(next.id, &moved).await.unwrap();
        assert_eq!(*tx.season(next.id).await.unwrap().program, moved);
        let keys: Vec<_> = tx.seasons().await.unwrap().into_iter().map(|season| season.program.key.clone()).collect();
        assert_eq!(keys, ["plsep-2025", "plsep-2026"]);
        let nowhere = SeasonId::from(999);
        assert_eq!(tx.save_program(nowhere, &moved).await, Err(StoreError::Missing { what: "season" }));
        let other = community(&mut tx, "T2").await;
        assert_eq!(tx.current_season(other.id).await.unwrap(), None);
    }

    async fn a_roster_line_is_known_by_its_address_in_any_case(world) {
        let scene = world.scene().await;
        let here = scene.community.id;
        let entry = RosterEntry {
            name: "Zoë Núñez".to_owned(),
            email: "ZOË@Library.example".to_owned(),
            chat_user: None,
            library_system: "Fresno County Public Library".to_owned(),
            active: true,
        };
        let mut tx = world.write().await;
        assert_eq!(tx.put_roster_entry(here, &entry, noon()).await.unwrap(), Put::Added);
        assert_eq!(tx.put_roster_entry(here, &entry, noon()).await.unwrap(), Put::Same);
        let lower = RosterEntry { email: "zoë@library.example".to_owned(), ..entry.clone() };
        assert_eq!(tx.put_roster_entry(here, &lower, noon()).await.unwrap(), Put::Changed);
        let line = tx.roster(here).await.unwrap().remove(0);
        assert_eq!(line.entry, lower);

        tx.link_roster(line.id, &UserRef("U7".to_owned())).await.unwrap();
        assert_eq!(tx.put_roster_entry(here, &lower, noon()).await.unwrap(), Put::Same, "the link stays");
        let left = RosterEntry { active: false, ..lower };
        assert_eq!(tx.put_roster_entry(here, &left, noon()).await.unwrap(), Put::Changed);
        let lines = tx.roster(here).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].entry.chat_user.as_deref(), lines[0].entry.active), (Some("U7"), false));
        let gone = tx.link_roster(999.into(), &UserRef("U7".to_owned())).await;
        assert_eq!(gone, Err(StoreError::Missing { what: "line of the roster" }));
        let other = community(&mut tx, "T2").await;
        assert_eq!(tx.put_roster_entry(other.id, &entry, noon()).await.unwrap(), Put::Added);
        let nameless = RosterEntry { email: " ".to_owned(), ..entry };
        assert!(tx.put_roster_entry(here, &nameless, noon()).await.is_err());
    }

    async fn an_application_is_one_and_its_draft_may_change_sides(world) {
        let scene = world.scene().await;
        let (season, ada) = (scene.season.id, scene.ada.id);
        let mut tx = world.write().await;
        assert_eq!(tx.application_of(season, ada).await.unwrap(), None);
        let begun = tx.start_application(season, ada, Role::Mentee, noon()).await.unwrap();
        assert_eq!((begun.role, &begun.state, &begun.answers), (Role::Mentee, &ApplicationState::Draft, &None));
        tx.save_draft(begun.id, &answers("to lead"), noon()).await.unwrap();

        let later = at("2025-02-01T00:00:00Z");
        let same = tx.start_application(season, ada, Role::Mentee, later).await.unwrap();
        assert_eq!((same.id, same.updated_at), (begun.id, noon()), "nothing changed");
        let other_side = tx.start_application(season, ada, Role::Mentor, later).await.unwrap();
        assert_eq!((other_side.id, other_side.role, &other_side.draft), (begun.id, Role::Mentor, &answers("to lead")));

        let submitted_at = at("2025-02-01T08:00:00Z");
        tx.submit_application(begun.id, &answers("to lead well"), &ApplicationState::Submitted, submitted_at, later)
            .await
            .unwrap();
        tx.save_draft(begun.id, &answers("half an edit"), later).await.unwrap();
        let submitted = tx.start_application(season, ada, Role::Mentee, later).await.unwrap();
        assert_eq!(submitted.role, Role::Mentor, "only a draft changes sides");
        assert_eq!(submitted.answers, Some(answers("to lead well")));
        assert_eq!(submitted.draft, answers("half an edit"));
        assert_eq!(submitted.submitted_at, Some(submitted_at));
        assert_eq!(tx.application_of(season, ada).await.unwrap().as_ref(), Some(&submitted));
        assert_eq!(tx.application(begun.id).await.unwrap(), submitted);

        assert_eq!(tx.save_draft(999.into(), &answers(""), later).await, Err(StoreError::Missing { what: "application" }));
        let nowhere = tx.start_application(SeasonId::from(999), ada, Role::Mentee, noon()).await;
        assert!(matches!(nowhere, Err(StoreError::Missing { .. })), "{nowhere:?}");
    }

    async fn an_application_moves_on_only_from_where_it_was_read(world) {
        use ApplicationState as State;
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let id = tx.start_application(scene.season.id, scene.ada.id, Role::Mentee, noon()).await.unwrap().id;
        let steps = [
            State::Submitted,
            State::NotOnRoster,
            State::WaitListed,
            State::Accepted,
            State::Declined { reason: "It's full; sorry ☹".to_owned() },
            State::Withdrawn,
            State::Draft,
        ];
        let mut from = State::Draft;
        for to in steps {
            assert!(tx.set_application_state(id, &from, &to, noon()).await.unwrap());
            assert!(!tx.set_application_state(id, &from, &to, noon()).await.unwrap(), "{to:?} comes but once");
            assert_eq!(tx.application(id).await.unwrap().state, to);
            from = to;
        }
    }

    async fn a_season_lists_its_applications_with_their_people(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let ben = tx.start_application(scene.season.id, scene.ben.id, Role::Mentee, noon()).await.unwrap();
        let ada = tx.start_application(scene.season.id, scene.ada.id, Role::Mentor, noon()).await.unwrap();
        let other = tx.insert_season(scene.community.id, &program("other"), noon()).await.unwrap();
        tx.start_application(other.id, scene.ada.id, Role::Mentee, noon()).await.unwrap();
        let listed = tx.applications(scene.season.id).await.unwrap();
        assert_eq!(listed, [(ben, scene.ben), (ada, scene.ada)]);
    }

    async fn a_survey_is_kept_while_it_is_typed_and_as_it_was_given(world) {
        let Scene { season, ada, ben, .. } = world.scene().await;
        let mut tx = world.write().await;
        assert_eq!(tx.survey_of(season.id, ada.id).await.unwrap(), None);
        tx.save_survey(season.id, ada.id, &answers("half")).await.unwrap();
        tx.save_survey(season.id, ben.id, &answers("never sent")).await.unwrap();
        assert_eq!(tx.surveys(season.id).await.unwrap(), [], "nobody has given one");
        tx.give_survey(season.id, ada.id, &answers("whole"), noon()).await.unwrap();
        tx.save_survey(season.id, ada.id, &answers("another thought")).await.unwrap();
        let kept = tx.survey_of(season.id, ada.id).await.unwrap().unwrap();
        assert_eq!((&kept.draft, kept.answers.as_ref()), (&answers("another thought"), Some(&answers("whole"))));
        assert_eq!(kept.given_at, Some(noon()));
        assert_eq!(tx.surveys(season.id).await.unwrap(), [kept]);
        let nowhere = tx.save_survey(SeasonId::from(999), ada.id, &answers("")).await;
        assert_eq!(nowhere, Err(StoreError::Missing { what: "survey" }));
    }

    async fn a_ruling_takes_the_place_of_the_one_before_it(world) {
        let Scene { community, season, ada, ben } = world.scene().await;
        let (season, mentee) = (season.id, ben.id);
        let mut tx = world.write().await;
        let cy = person(&mut tx, community.id, "cy").await;
        let ruled = |mentor, ruling| Ruled { pair: PairKey { mentee, mentor }, ruling };
        tx.rule(season, ruled(ada.id, Ruling::Forbidden), cy.id, noon()).await.unwrap();
        tx.rule(season, ruled(cy.id, Ruling::Pinned), cy.id, noon()).await.unwrap();
        assert_eq!(
            tx.rulings(season).await.unwrap(),
            [ruled(ada.id, Ruling::Forbidden), ruled(cy.id, Ruling::Pinned)]
        );
        tx.rule(season, ruled(ada.id, Ruling::Pinned), cy.id, noon()).await.unwrap();
        assert_eq!(tx.rulings(season).await.unwrap(), [ruled(ada.id, Ruling::Pinned)], "one pin for a mentee");
        let pair = PairKey { mentee, mentor: ada.id };
        assert!(tx.release(season, pair).await.unwrap());
        assert!(!tx.release(season, pair).await.unwrap());
        assert_eq!(tx.rulings(season).await.unwrap(), []);
        let nowhere = tx.rule(99.into(), ruled(ada.id, Ruling::Pinned), cy.id, noon()).await;
        assert_eq!(nowhere, Err(StoreError::Missing { what: "season" }));
    }

    async fn a_proposal_is_published_by_the_first_who_does(world) {
        let scene = world.scene().await;
        let season = scene.season.id;
        let mut tx = world.write().await;
        assert_eq!(tx.latest_proposal(season).await.unwrap(), None);
        tx.save_proposal(season, &json!({ "pairs": [] }), noon()).await.unwrap();
        let id = tx.save_proposal(season, &json!({ "pairs": [[1, 2]], "score": 0.5 }), noon()).await.unwrap();
        let latest = tx.latest_proposal(season).await.unwrap().unwrap();
        assert_eq!((latest.id, latest.published_at), (id, None));
        assert_eq!(latest.body, json!({ "pairs": [[1, 2]], "score": 0.5 }));
        let when = at("2025-02-20T18:00:00Z");
        assert!(tx.publish_proposal(id, when).await.unwrap());
        assert!(!tx.publish_proposal(id, noon()).await.unwrap());
        assert_eq!(tx.latest_proposal(season).await.unwrap().unwrap().published_at, Some(when));
        tx.save_proposal(season, &json!({ "pairs": [] }), noon()).await.unwrap();
        assert_eq!(tx.published_proposal(season).await.unwrap().unwrap().id, id);
    }

    async fn a_publication_is_under_way_until_its_end_is_told(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        assert_eq!(tx.publications().await.unwrap(), []);
        assert!(tx.publish_proposal(pair.proposal, noon()).await.unwrap());
        assert_eq!(tx.publications().await.unwrap(), [], "its progress is not told");
        let message = Message::paragraph(Text::plain("0 of 1"));
        let effect = Effect::Post { to: To::Coordinators, message };
        let enqueue = async |tx: &mut plsep_bot::store::Tx, key: String| {
            let new = NewEffect { community: scene.community.id, key, due_at: noon(), effect: effect.clone() };
            assert!(tx.enqueue(&new, noon()).await.unwrap());
        };
        enqueue(&mut tx, progress_key(pair.proposal)).await;
        let under_way = Publication { proposal: pair.proposal, season: scene.season.id, at: noon() };
        assert_eq!(tx.publications().await.unwrap(), [under_way]);

        let counts = |open, failed| PublicationCounts { pairs: 1, open, failed };
        assert_eq!(tx.publication_counts(pair.proposal).await.unwrap(), counts(0, 0));
        enqueue(&mut tx, format!("intro:{}", pair.id)).await;
        assert_eq!(tx.publication_counts(pair.proposal).await.unwrap(), counts(1, 0));
        tx.commit().await.unwrap();
        world.raw("UPDATE outbox SET state = 'dead' WHERE key LIKE 'intro:%'").await.unwrap();
        let mut tx = world.write().await;
        assert_eq!(tx.publication_counts(pair.proposal).await.unwrap(), counts(0, 1));
        enqueue(&mut tx, progress_end_key(pair.proposal)).await;
        assert_eq!(tx.publications().await.unwrap(), []);
    }

    async fn a_person_signs_once(world) {
        let scene = world.scene().await;
        let (season, ada, ben) = (scene.season.id, scene.ada.id, scene.ben.id);
        let mut tx = world.write().await;
        assert_eq!(tx.signature(season, ada).await.unwrap(), None);
        assert!(tx.sign(season, ada, &signature(), "What Ada read").await.unwrap());
        let second = Signature { typed_name: "Somebody Else".to_owned(), ..signature() };
        assert!(!tx.sign(season, ada, &second, "Another text").await.unwrap());
        assert_eq!(tx.signature(season, ada).await.unwrap(), Some(signature()));
        assert_eq!(tx.signed_text(season, ada).await.unwrap().as_deref(), Some("What Ada read"));
        assert_eq!(tx.signed_text(season, ben).await.unwrap(), None);
        let early = Signature { at: at("2025-02-01T00:00:00Z"), timing: Timing::OnTime, ..signature() };
        assert!(tx.sign(season, ben, &early, "The text").await.unwrap());
        assert_eq!(tx.signatures(season).await.unwrap(), [(ben, early), (ada, signature())]);
        let nowhere = tx.sign(SeasonId::from(999), ada, &signature(), "The text").await;
        assert_eq!(nowhere, Err(StoreError::Missing { what: "season" }));
    }

    async fn an_event_is_new_once(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let other = community(&mut tx, "T2").await;
        tx.commit().await.unwrap();
        let (here, there, ada) = (scene.community.id, other.id, scene.ada.id);
        let said = Reply::Private(message("Received."));
        assert_eq!(before(&world, &scene.community, &scene.ada, "Ev1").await, Before::Nothing);
        remember(&world, here, ada, "Ev1", &said, at("2025-01-01T00:00:00Z")).await.unwrap();
        let again = remember(&world, here, ada, "Ev1", &Reply::Nothing, noon()).await;
        assert!(matches!(again, Err(StoreError::Taken { .. })), "{again:?}");
        assert_eq!(before(&world, &scene.community, &scene.ada, "Ev1").await, Before::Acted(Some(Box::new(said))));
        let to_another = before(&world, &scene.community, &scene.ben, "Ev1").await;
        assert_eq!(to_another, Before::Acted(None), "it was said to ada");
        assert_eq!(before(&world, &other, &scene.ada, "Ev1").await, Before::Nothing);
        remember(&world, there, ada, "Ev1", &Reply::Nothing, noon()).await.unwrap();
        let nowhere = remember(&world, CommunityId::from(99), ada, "Ev1", &Reply::Nothing, noon()).await;
        assert_eq!(nowhere, Err(StoreError::Stray));
        let mut tx = world.write().await;
        assert_eq!(tx.prune_inbox(at("2025-01-02T00:00:00Z")).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(before(&world, &scene.community, &scene.ada, "Ev1").await, Before::Nothing);
        remember(&world, here, ada, "Ev1", &Reply::Nothing, noon()).await.unwrap();
    }

    async fn every_answer_is_kept_as_it_was_unless_it_is_a_form_or_too_large(world) {
        let scene = world.scene().await;
        let form = Form {
            action: ActionId::new("send", &["mentee"]),
            title: "Apply".to_owned(),
            intro: Some(Text::plain("Shared with your match")),
            fields: vec![Field {
                key: "goals".to_owned(),
                label: "Goals".to_owned(),
                hint: String::new(),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max: 400 },
                value: vec!["To lead a branch".to_owned()],
            }],
            controls: vec![],
            submit: "Send".to_owned(),
            reopen: ActionId::new("open", &["mentee"]),
        };
        let replies = [
            Reply::Private(message("Received.")),
            Reply::Replace(message("Done.")),
            Reply::Home(message("Home")),
            Reply::Nothing,
        ];
        for (number, reply) in replies.into_iter().enumerate() {
            let key = format!("Ev{number}");
            remember(&world, scene.community.id, scene.ada.id, &key, &reply, noon()).await.unwrap();
            assert_eq!(before(&world, &scene.community, &scene.ada, &key).await, Before::Acted(Some(Box::new(reply))));
        }
        let made_anew = [
            Reply::Open(Box::new(form.clone())),
            Reply::Correct { form: Box::new(form), errors: vec![("goals".to_owned(), Text::plain("Too short"))] },
            Reply::Private(message(&"x".repeat(ANSWER_MAX))),
        ];
        for (number, reply) in made_anew.into_iter().enumerate() {
            let key = format!("anew{number}");
            remember(&world, scene.community.id, scene.ada.id, &key, &reply, noon()).await.unwrap();
            assert_eq!(before(&world, &scene.community, &scene.ada, &key).await, Before::Acted(None));
        }
    }

    async fn a_run_is_remembered_once_and_the_one_before_it_too(world) {
        let scene = world.scene().await;
        let (season, march, april) = (scene.season.id, at("2025-03-01T18:00:00Z"), at("2025-04-01T17:00:00Z"));
        let (may, far) = (at("2025-05-01T17:00:00Z"), at("2030-01-01T00:00:00Z"));
        let mut tx = world.write().await;
        assert_eq!(tx.runs_of(season, "nudge").await.unwrap(), Runs::default());
        assert!(tx.record_run(season, "nudge", march).await.unwrap());
        assert!(!tx.record_run(season, "nudge", march).await.unwrap(), "two processes ran it");
        assert!(tx.record_run(season, "nudge", april).await.unwrap());
        assert!(!tx.record_run(season, "nudge", march).await.unwrap(), "nor is the one before forgotten");
        let runs = tx.runs_of(season, "nudge").await.unwrap();
        assert_eq!(runs.last_at(may), Some(april));
        assert_eq!(runs.last_at(april - TimeDelta::hours(1)), Some(march), "the clock was put back");
        assert_eq!(runs.last_at(march - TimeDelta::days(90)), None, "it was not so long ago that the clock was right");

        assert!(tx.record_run(season, "nudge", far).await.unwrap(), "the clock was far ahead");
        assert!(tx.record_run(season, "nudge", may).await.unwrap(), "and is right again");
        assert_eq!(tx.runs_of(season, "nudge").await.unwrap().last_at(may), Some(may));
        assert!(!tx.record_run(season, "nudge", far).await.unwrap());
        assert_eq!(tx.runs_of(season, "digest").await.unwrap(), Runs::default());
        let all = tx.runs().await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(all[&(season, "nudge".to_owned())], tx.runs_of(season, "nudge").await.unwrap());
        assert_eq!(tx.record_run(SeasonId::from(999), "nudge", march).await, Err(StoreError::Stray));
    }

    async fn the_audit_log_is_only_ever_added_to(world) {
        let scene = world.scene().await;
        let entry = |who, action: &str| AuditEntry {
            community: scene.community.id,
            at: noon(),
            who,
            action: action.to_owned(),
            subject: "season:1".to_owned(),
            detail: json!({ "before": "2025-03-01", "after": "2025-03-08" }),
        };
        let entries = [
            entry(AuditWho::Person(scene.ada.id), "date_moved"),
            entry(AuditWho::Bot, "nudged"),
            entry(AuditWho::Operator, "migrated"),
        ];
        let mut tx = world.write().await;
        for entry in &entries {
            tx.append_audit(entry).await.unwrap();
        }
        tx.commit().await.unwrap();
        for forgery in ["UPDATE audit SET action = 'nothing'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"] {
            let refused = world.raw(forgery).await.unwrap_err();
            assert!(refused.contains("only ever added to"), "{refused}");
        }
        if !world.is_sqlite() {
            assert!(world.raw("TRUNCATE audit").await.unwrap_err().contains("only ever added to"));
        }
        let mut tx = world.read().await;
        let mut newest_first = entries.to_vec();
        newest_first.reverse();
        assert_eq!(tx.audit(scene.community.id, 10).await.unwrap(), newest_first);
        assert_eq!(tx.audit(scene.community.id, 1).await.unwrap(), newest_first[..1]);
        drop(tx);
        let stranger = entry(AuditWho::Person(PersonId::from(999)), "x");
        assert_eq!(world.write().await.append_audit(&stranger).await, Err(StoreError::Stray));
    }

    async fn the_audit_log_is_read_in_pages_of_all_or_about_one_person(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let (here, ada, ben) = (scene.community.id, scene.ada.id, scene.ben.id);
        let application = tx.start_application(scene.season.id, ben, Role::Mentee, noon()).await.unwrap().id;
        let pair = pair(&mut tx, &scene).await.id;
        let mut all = Vec::new();
        for (who, subject) in [
            (AuditWho::Person(ada), "season:1".to_owned()),
            (AuditWho::Bot, format!("application:{application}")),
            (AuditWho::Operator, format!("person:{ben}")),
            (AuditWho::Bot, format!("pair:{pair}")),
        ] {
            let action = "something".to_owned();
            let entry = AuditEntry { community: here, at: noon(), who, action, subject, detail: json!(null) };
            tx.append_audit(&entry).await.unwrap();
            all.insert(0, entry);
        }
        let about = |person| AuditLook { about: Some(person), ..AuditLook::default() };
        assert_eq!(tx.audit_count(here, &AuditLook::default()).await.unwrap(), 4);
        assert_eq!(tx.audit_page(here, &AuditLook::default(), 1, 2).await.unwrap(), all[1..3]);
        assert_eq!(tx.audit_page(here, &about(ben), 0, 9).await.unwrap(), all[..3]);
        assert_eq!(tx.audit_page(here, &about(ada), 0, 9).await.unwrap(), [all[0].clone(), all[3].clone()]);
        assert_eq!(tx.audit_count(here, &about(ada)).await.unwrap(), 2);
        assert_eq!(tx.audit_of(here, &format!("pair:{pair}"), 9).await.unwrap(), all[..1]);
    }

    async fn the_audit_log_is_read_by_group_and_day_and_piece_by_piece_to_its_end(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let here = scene.community.id;
        let mut all = Vec::new();
        for (minutes, action) in
            [(0, "match.publish"), (1, "nudges.pause"), (2, "agreement.sign"), (3, "application.accept"), (4, "matching")]
        {
            let (at, action) = (noon() + TimeDelta::minutes(minutes), action.to_owned());
            let who = AuditWho::Person(scene.ada.id);
            let entry = AuditEntry { community: here, at, who, action, subject: "x:1".to_owned(), detail: json!(null) };
            tx.append_audit(&entry).await.unwrap();
            all.push(entry);
        }
        let group = |group| AuditLook { group: Some(group), ..AuditLook::default() };
        let since = |minutes| AuditLook { since: Some(noon() + TimeDelta::minutes(minutes)), ..AuditLook::default() };
        let both = AuditLook { about: Some(scene.ada.id), group: Some(AuditGroup::Applications), ..since(3) };
        let nobody = AuditLook { about: Some(scene.ben.id), ..group(AuditGroup::Nudges) };
        for (look, places) in [
            (group(AuditGroup::Matching), &[0][..]),
            (group(AuditGroup::Nudges), &[1]),
            (group(AuditGroup::Applications), &[3, 2]),
            (group(AuditGroup::Roster), &[]),
            (since(3), &[4, 3]),
            (since(5), &[]),
            (both, &[3]),
            (nobody, &[]),
        ] {
            let expected: Vec<AuditEntry> = places.iter().map(|place: &usize| all[*place].clone()).collect();
            assert_eq!(tx.audit_page(here, &look, 0, 9).await.unwrap(), expected, "{look:?}");
            assert_eq!(tx.audit_count(here, &look).await.unwrap(), places.len(), "{look:?}");
        }
        let (mut read, mut place) = (Vec::new(), 0);
        loop {
            let (piece, last) = tx.audit_after(here, place, 2).await.unwrap();
            if piece.is_empty() {
                assert_eq!(last, place);
                break;
            }
            assert!(piece.len() <= 2 && last > place);
            read.extend(piece);
            place = last;
        }
        assert_eq!(read, all);
    }
}

fn signature() -> Signature {
    Signature {
        typed_name: "Ada Reyes-O'Neil".to_owned(),
        at: at("2025-03-02T09:00:00.000001Z"),
        text_version: "2025-1".to_owned(),
        timing: Timing::Late,
    }
}
