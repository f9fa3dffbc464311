//! Pairs, what the two of them say about each month, and how often they are asked.

use chrono::TimeDelta;
use plsep_bot::{
    chat::{ChannelRef, Message, Text, UserRef},
    store::{
        AskedNudge, Effect, GivenAnswer, IntroducedPair, Meeting, NewEffect, NewMeeting, NewNudge, NewPair, PairMonth,
        Retry, StoreError, To, every_pair, place_lost_key,
    },
};
use plsep_domain::{CheckInAnswer, ConcernKind, EndReason, MeetingState, PairState, SeasonId};
use serde_json::json;

use super::harness::{at, community, new_pair, noon, pair, period, person, program};

stories! {
    async fn a_pair_lives_from_publishing_to_the_archive(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let published = pair(&mut tx, &scene).await;
        assert_eq!(published.state, PairState::Published { at: noon() });
        assert_eq!((published.score, &published.reasons), (87, &json!(["both work with children"])));
        assert_eq!((published.mentor, published.mentee), (scene.ada.id, scene.ben.id));

        let introduced = PairState::Introduced { at: at("2025-03-01T17:00:00Z") };
        let ended = PairState::Ended { at: at("2025-06-30T17:00:00Z"), reason: EndReason::Completed };
        let archived = PairState::Archived { at: at("2025-07-14T17:00:00Z"), reason: EndReason::Completed };
        let mut from = published.state.clone();
        for to in [introduced, ended, archived] {
            assert!(tx.set_pair_state(published.id, &from, &to, noon()).await.unwrap());
            assert!(!tx.set_pair_state(published.id, &from, &to, noon()).await.unwrap());
            assert_eq!(tx.pair(published.id).await.unwrap().state, to);
            from = to;
        }
        assert!(!published.mentor_rests);
        tx.rest_mentor(published.id).await.unwrap();
        assert!(tx.pair(published.id).await.unwrap().mentor_rests);
    }

    async fn until_when_a_pair_goes_on_is_kept_and_found_while_it_talks(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let published = pair(&mut tx, &scene).await;
        assert_eq!(published.agreed_until, None);
        let until = at("2025-10-01T07:00:00Z");
        tx.agree_until(published.id, Some(until), noon()).await.unwrap();
        assert_eq!(tx.pair(published.id).await.unwrap().agreed_until, Some(until));
        assert_eq!(tx.last_agreed(scene.season.id).await.unwrap(), Some(until));
        assert_eq!(tx.next_agreed_ends().await.unwrap(), []);
        let introduced = PairState::Introduced { at: noon() };
        assert!(tx.set_pair_state(published.id, &published.state, &introduced, noon()).await.unwrap());
        assert_eq!(tx.next_agreed_ends().await.unwrap(), [(scene.season.id, until)]);
        let found = tx.introduced_pairs(scene.season.id, &every_pair()).await.unwrap();
        assert_eq!(found[0].agreed_until, Some(until));
        tx.agree_until(published.id, None, noon()).await.unwrap();
        assert_eq!(tx.next_agreed_ends().await.unwrap(), []);
        assert_eq!(tx.last_agreed(scene.season.id).await.unwrap(), None);
    }

    async fn a_mentee_has_one_mentor_at_a_time(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let first = pair(&mut tx, &scene).await;
        let cyd = person(&mut tx, scene.community.id, "cyd").await;
        let second = NewPair { mentor: cyd.id, ..new_pair(&scene, first.proposal) };
        let taken = tx.insert_pair(&second, noon()).await;
        assert_eq!(taken, Err(StoreError::Taken { what: "a mentee with a mentor".to_owned() }));

        let ended = PairState::Ended { at: noon(), reason: EndReason::Rematched };
        assert!(tx.set_pair_state(first.id, &first.state, &ended, noon()).await.unwrap());
        let second = tx.insert_pair(&second, noon()).await.unwrap();
        let third = NewPair { mentee: cyd.id, ..new_pair(&scene, first.proposal) };
        let third = tx.insert_pair(&third, noon()).await.unwrap();
        let ids = |pairs: Vec<plsep_bot::store::Pair>| pairs.into_iter().map(|pair| pair.id).collect::<Vec<_>>();
        assert_eq!(ids(tx.pairs(scene.season.id).await.unwrap()), [first.id, second.id, third.id]);
        assert_eq!(ids(tx.pairs_of(scene.season.id, scene.ada.id).await.unwrap()), [first.id, third.id]);
        assert_eq!(ids(tx.pairs_of(scene.season.id, cyd.id).await.unwrap()), [second.id, third.id]);
        let back = tx.set_pair_state(first.id, &ended, &PairState::Published { at: noon() }, noon()).await;
        assert!(matches!(back, Err(StoreError::Taken { .. })), "{back:?}");
    }

    async fn a_pair_is_of_one_community_and_of_two_people(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let proposal = tx.save_proposal(scene.season.id, &json!({}), noon()).await.unwrap();
        let other = community(&mut tx, "T2").await;
        let stranger = person(&mut tx, other.id, "ada").await;
        let next = tx.insert_season(scene.community.id, &program("next"), noon()).await.unwrap();
        tx.commit().await.unwrap();

        let with_stranger = NewPair { mentor: stranger.id, ..new_pair(&scene, proposal) };
        assert_eq!(world.write().await.insert_pair(&with_stranger, noon()).await, Err(StoreError::Stray));
        let of_another_season = NewPair { season: next.id, ..new_pair(&scene, proposal) };
        assert_eq!(world.write().await.insert_pair(&of_another_season, noon()).await, Err(StoreError::Stray));
        let alone = NewPair { mentor: scene.ben.id, ..new_pair(&scene, proposal) };
        assert!(matches!(world.write().await.insert_pair(&alone, noon()).await, Err(StoreError::Database { .. })));
        let nowhere = NewPair { season: SeasonId::from(999), ..new_pair(&scene, proposal) };
        let missing = world.write().await.insert_pair(&nowhere, noon()).await;
        assert_eq!(missing, Err(StoreError::Missing { what: "season" }));
    }

    async fn a_place_leads_to_its_pair(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        let other = community(&mut tx, "T2").await;
        let channel = ChannelRef("C1".to_owned());
        assert_eq!(tx.pair_in(scene.community.id, &channel).await.unwrap(), None);
        tx.set_pair_channel(pair.id, &channel).await.unwrap();
        tx.set_pair_channel(pair.id, &channel).await.unwrap();
        let found = tx.pair_in(scene.community.id, &channel).await.unwrap().unwrap();
        assert_eq!((found.id, &found.channel), (pair.id, &Some(channel.clone())));
        assert_eq!(tx.pair_in(other.id, &channel).await.unwrap(), None);
        let missing = tx.set_pair_channel(999.into(), &ChannelRef("C2".to_owned())).await;
        assert_eq!(missing, Err(StoreError::Missing { what: "pair" }));

        let cyd = person(&mut tx, scene.community.id, "cyd").await;
        let second = NewPair { mentee: cyd.id, ..new_pair(&scene, pair.proposal) };
        let second = tx.insert_pair(&second, noon()).await.unwrap();
        let taken = tx.set_pair_channel(second.id, &channel).await;
        assert!(matches!(taken, Err(StoreError::Taken { .. })), "{taken:?}");
    }

    async fn a_place_that_is_gone_is_lost_once_and_what_waits_for_another_is_hurried(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let here = scene.community.id;
        let known = pair(&mut tx, &scene).await;
        let words = |_, _: (&UserRef, &UserRef), _| Message::paragraph(Text::plain("It is gone."));
        assert!(!tx.lose_pair_place(&known, &words, noon()).await.unwrap(), "there was none yet");
        tx.set_pair_channel(known.id, &ChannelRef("C1".to_owned())).await.unwrap();
        let talks = tx.pair(known.id).await.unwrap();
        assert!(tx.lose_pair_place(&talks, &words, noon()).await.unwrap());
        assert!(!tx.lose_pair_place(&talks, &words, noon()).await.unwrap(), "that is known");
        assert_eq!(tx.pair(known.id).await.unwrap().channel, None);
        let raised = tx.open_concerns(here).await.unwrap();
        assert_eq!((raised.len(), raised[0].kind, raised[0].pair), (1, ConcernKind::PlaceLost, Some(known.id)));
        let told = format!("concern:{}", place_lost_key(known.id, 0));
        assert_eq!(tx.effect_keys(here, "concern:").await.unwrap(), [told]);

        let effect = Effect::Post { to: To::Pair(known.id), message: Message::default() };
        let new = NewEffect { community: here, key: "meeting:1".to_owned(), due_at: noon(), effect };
        assert!(tx.enqueue(&new, noon()).await.unwrap());
        let hours = |hours| noon() + TimeDelta::hours(hours);
        let claimed = tx.claim("worker", noon(), hours(1), 10, &[]).await.unwrap();
        let waits = claimed.iter().find(|claimed| claimed.key == "meeting:1").unwrap();
        let retry = Retry { due_at: hours(6), error: "a place", ambiguous: false, holds: false };
        tx.retry(&waits.lease, &retry, noon()).await.unwrap();
        assert_eq!(tx.hurry_pair(known.id, "something else", noon()).await.unwrap(), 0);
        assert_eq!(tx.hurry_pair(known.id, "a place", noon()).await.unwrap(), 1);
        assert_eq!(tx.hurry_pair(known.id, "a place", noon()).await.unwrap(), 0);
    }

    async fn each_persons_latest_answer_counts_and_no_one_elses(world) {
        use CheckInAnswer::{Met, NeedHelp, NotYet, Planned};
        let scene = world.scene().await;
        let (ada, ben) = (scene.ada.id, scene.ben.id);
        let (march, april) = (period("2025-03"), period("2025-04"));
        let hour = |hour: u32| at(&format!("2025-03-05T{hour:02}:00:00Z"));
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        tx.record_answer(pair.id, ben, march, NotYet, hour(1)).await.unwrap();
        tx.record_answer(pair.id, ada, march, Met, hour(2)).await.unwrap();
        tx.record_answer(pair.id, ben, march, Planned, hour(4)).await.unwrap();
        tx.record_answer(pair.id, ben, march, NotYet, hour(3)).await.unwrap();
        tx.record_answer(pair.id, ben, april, NeedHelp, hour(5)).await.unwrap();
        let given = |person, answer, at| GivenAnswer { person, answer, at };
        let expected = [given(ada, Met, hour(2)), given(ben, Planned, hour(4))];
        assert_eq!(tx.answers(pair.id, march).await.unwrap(), expected);
        assert_eq!(tx.answers(pair.id, april).await.unwrap(), [given(ben, NeedHelp, hour(5))]);

        // Two clicks in the same instant: the one that came in last.
        tx.record_answer(pair.id, ben, april, Met, hour(5)).await.unwrap();
        assert_eq!(tx.answers(pair.id, april).await.unwrap(), [given(ben, Met, hour(5))]);
        let all = tx.answers_in(scene.season.id, march, &every_pair()).await.unwrap();
        assert_eq!(all, expected.map(|answer| (pair.id, answer)));
        assert_eq!(tx.answers_in(SeasonId::from(999), march, &every_pair()).await.unwrap(), []);

        // The month of one pair is the same as its parts.
        let zone = chrono_tz::America::Los_Angeles;
        let (from, until) = march.range(zone);
        let set = |starts_at, state| NewMeeting {
            pair: pair.id,
            starts_at,
            minutes: 45,
            place: String::new(),
            state,
            set_by: ada,
            remind_at: None,
            ask_at: None,
        };
        for (starts_at, state) in [
            (until, MeetingState::Planned),
            (hour(9), MeetingState::Held),
            (from, MeetingState::Missed),
            (from - TimeDelta::microseconds(1), MeetingState::Held),
        ] {
            tx.insert_meeting(&set(starts_at, state), noon()).await.unwrap();
        }
        assert!(tx.record_nudge(pair.id, march, 1, hour(1)).await.unwrap());
        assert!(tx.record_nudge(pair.id, march, 0, hour(7)).await.unwrap());
        assert!(tx.record_nudge(pair.id, april, 0, hour(2)).await.unwrap());
        let (same, month) = tx.pair_in_month(pair.id, march, zone).await.unwrap();
        assert_eq!(same, tx.pair(pair.id).await.unwrap());
        assert_eq!(month.said, expected);
        assert_eq!(month.asked, tx.nudges(pair.id, march).await.unwrap());
        assert_eq!(month.asked.len(), 2);
        let met: Vec<_> = month.met.iter().map(|fact| (fact.at, fact.state)).collect();
        assert_eq!(met, [(from, MeetingState::Missed), (hour(9), MeetingState::Held)]);
        let all = tx.meetings_in(scene.season.id, (from, until), &every_pair()).await.unwrap();
        assert_eq!(month.met, all.iter().map(Meeting::fact).collect::<Vec<_>>());
        let may = period("2025-05");
        let empty = tx.pair_in_month(pair.id, may, zone).await.unwrap();
        assert_eq!(empty, (same, PairMonth::default()));
        let nobody = tx.pair_in_month(999.into(), march, zone).await;
        assert!(matches!(nobody, Err(StoreError::Missing { .. })), "{nobody:?}");

        // One more answer heard is the same as one more answer kept and read again.
        let mut heard = month;
        for (person, answer, at) in [(ada, NotYet, hour(1)), (ada, Planned, hour(2)), (ben, Met, hour(8))] {
            tx.record_answer(pair.id, person, march, answer, at).await.unwrap();
            heard.hear(given(person, answer, at));
            assert_eq!(heard.said, tx.answers(pair.id, march).await.unwrap());
        }

        let cyd = person(&mut tx, scene.community.id, "cyd").await;
        let outsider = tx.record_answer(pair.id, cyd.id, march, Met, hour(6)).await;
        assert!(matches!(outsider, Err(StoreError::Missing { .. })), "{outsider:?}");
    }

    async fn a_round_through_many_pairs_takes_few_statements(world) {
        let scene = world.scene().await;
        let march = period("2025-03");
        let mut tx = world.write().await;
        let first = pair(&mut tx, &scene).await;
        let cyd = person(&mut tx, scene.community.id, "cyd").await;
        let second = NewPair { mentee: cyd.id, ..new_pair(&scene, first.proposal) };
        let second = tx.insert_pair(&second, noon()).await.unwrap();
        let names = |people: Vec<plsep_bot::store::Person>| people.into_iter().map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(names(tx.people_of_pairs(scene.season.id, &every_pair()).await.unwrap()), ["ada", "ben", "cyd"]);
        let only_first = first.id..=first.id;
        assert_eq!(names(tx.people_of_pairs(scene.season.id, &only_first).await.unwrap()), ["ada", "ben"]);
        assert_eq!(names(tx.people_of_pairs(SeasonId::from(999), &every_pair()).await.unwrap()), Vec::<String>::new());

        assert_eq!(tx.introduced_pairs(scene.season.id, &every_pair()).await.unwrap(), []);
        let introduced = PairState::Introduced { at: noon() };
        assert!(tx.set_pair_state(second.id, &second.state, &introduced, noon()).await.unwrap());
        let found = IntroducedPair { id: second.id, mentor: second.mentor, mentee: second.mentee, since: noon(), agreed_until: None };
        assert_eq!(tx.introduced_pairs(scene.season.id, &every_pair()).await.unwrap(), [found]);
        assert_eq!(tx.introduced_pairs(scene.season.id, &only_first).await.unwrap(), []);
        assert_eq!(tx.live_pairs(scene.season.id, &every_pair()).await.unwrap().len(), 2);
        let ended = PairState::Ended { at: noon(), reason: EndReason::MenteeLeft };
        assert!(tx.set_pair_state(first.id, &first.state, &ended, noon()).await.unwrap());
        assert_eq!(tx.live_pairs(scene.season.id, &every_pair()).await.unwrap().len(), 1);

        let nudge = |pair, sequence| NewNudge { pair, sequence, to_mentor: true, to_mentee: false };
        let asked = |sequence| AskedNudge { sequence, at: noon(), to_mentor: true, to_mentee: false };
        assert_eq!(tx.record_nudges(march, &[], noon()).await.unwrap(), []);
        assert_eq!(tx.record_nudges(march, &[nudge(first.id, 0)], noon()).await.unwrap(), [first.id]);
        let both = [nudge(first.id, 0), nudge(second.id, 1)];
        assert_eq!(tx.record_nudges(march, &both, noon()).await.unwrap(), [second.id], "the other was there");
        assert_eq!(tx.nudges(second.id, march).await.unwrap(), [asked(1)]);
        assert_eq!(tx.nudges_in(scene.season.id, march, &only_first).await.unwrap(), [(first.id, asked(0))]);
        tx.record_answer(first.id, scene.ben.id, march, CheckInAnswer::Met, noon()).await.unwrap();
        assert_eq!(tx.answers_in(scene.season.id, march, &(second.id..=second.id)).await.unwrap(), []);
        assert_eq!(tx.record_nudges(march, &[nudge(999.into(), 0)], noon()).await, Err(StoreError::Stray));
    }

    async fn a_nudge_is_remembered_once(world) {
        let scene = world.scene().await;
        let (march, april) = (period("2025-03"), period("2025-04"));
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        let later = at("2025-03-09T17:00:00Z");
        assert!(tx.record_nudge(pair.id, march, 0, noon()).await.unwrap());
        assert!(!tx.record_nudge(pair.id, march, 0, later).await.unwrap());
        assert!(tx.record_nudge(pair.id, march, 1, later).await.unwrap());
        assert!(tx.record_nudge(pair.id, april, 0, later).await.unwrap());
        let asked = |sequence, at| AskedNudge { sequence, at, to_mentor: true, to_mentee: true };
        assert_eq!(tx.nudges(pair.id, march).await.unwrap(), [asked(0, noon()), asked(1, later)]);
        assert_eq!(tx.nudges_in(scene.season.id, april, &every_pair()).await.unwrap(), [(pair.id, asked(0, later))]);
        assert_eq!(tx.nudges_in(SeasonId::from(999), april, &every_pair()).await.unwrap(), []);
        assert_eq!(tx.record_nudge(999.into(), march, 0, noon()).await, Err(StoreError::Stray));
    }
}
