//! Many introductions at once go out as fast as the platform lets them, and never faster.

use chrono::TimeDelta;
use plsep_bot::chat::{Message, Room, Text, UserRef};
use plsep_bot::store::{Effect, NewEffect, NewPair, PersonSeen};
use plsep_sandbox::{LimitUse, LimitUses};

use super::harness::{Both, Story, resident, run_test};

const PAIRS: usize = 120;
/// The share of the scarcest budget that is used at least, while work waits.
const SHARE: f64 = 0.9;

fn handle(side: &str, number: usize) -> String {
    format!("{side}{number}")
}

/// So many pairs are published at this moment, as the coordinators' command would do it.
async fn publishes_many(t: &Story) {
    for number in 0..PAIRS {
        for side in ["mentor", "mentee"] {
            t.joins(resident(&handle(side, number), &format!("{side} {number}"), "America/Los_Angeles"));
        }
    }
    t.settle().await;
    let community = t.stage.community(t.platform().key()).await.expect("the bot knows its community");
    let mut tx = t.stage.store.write().await.expect("the database answers");
    let season = tx.current_season(community).await.expect("it reads").expect("there is one").id;
    let proposal = tx.save_proposal(season, &serde_json::json!({}), t.now()).await.expect("it is kept");
    for number in 0..PAIRS {
        let mut members = Vec::new();
        for side in ["mentor", "mentee"] {
            let user = UserRef(t.id_of(&handle(side, number)));
            let seen = PersonSeen { user, name: handle(side, number), locale: None, zone: None, email: None };
            members.push(tx.upsert_person(community, &seen, t.now()).await.expect("it is kept"));
        }
        let new = NewPair {
            season,
            proposal,
            mentor: members[0].id,
            mentee: members[1].id,
            score: 0,
            reasons: serde_json::Value::Null,
        };
        let pair = tx.insert_pair(&new, t.now()).await.expect("it is kept").id;
        let key = format!("intro:{pair}");
        let room = Room {
            key: key.clone(),
            name: format!("pair-{number}"),
            topic: "Mentorship".to_owned(),
            members: members.into_iter().map(|person| person.user).collect(),
        };
        let message = Message::paragraph(Text::plain("Meet each other"));
        let effect = Effect::Introduce { pair, room, message };
        tx.enqueue(&NewEffect { community, key, due_at: t.now(), effect }, t.now()).await.expect("it is queued");
    }
    tx.commit().await.expect("the database answers");
}

fn limits(t: &Story) -> LimitUses {
    match (&t.stage.discord, &t.stage.slack) {
        (Some(discord), _) => discord.limits_report(),
        (None, Some(slack)) => slack.limits_report(),
        (None, None) => panic!("there is no platform"),
    }
}

/// What opens channels, which is what there is least of.
fn scarcest(t: &Story) -> LimitUse {
    let name = if t.on_discord() { "POST /guilds/:id/channels" } else { "conversations.create" };
    limits(t).of(name).expect("channels were opened")
}

#[tokio::test]
async fn a_hundred_and_twenty_introductions_fill_the_budget_and_no_more() {
    run_test(Both, async |t| {
        t.travel_to("2025-02-18 10:00").await;
        match (&t.stage.discord, &t.stage.slack) {
            (Some(discord), _) => discord.forget_limits(),
            (None, Some(slack)) => slack.forget_limits(),
            (None, None) => {}
        }
        publishes_many(&t).await;
        let begun = t.now();
        t.drain().await;
        for number in 0..PAIRS {
            let mentor = t.person(&handle("mentor", number));
            assert_eq!(mentor.in_room("Meet each other").len(), 1, "pair {number}");
        }
        assert_eq!(limits(&t).refused(), vec![], "a refusal that could have been avoided");
        let used = scarcest(&t);
        let took = t.now() - begun;
        println!(
            "{} openings in {} s, {:.3} of what there is: {used:?}",
            used.requests,
            took.num_seconds(),
            used.share()
        );
        assert!(used.share() >= SHARE, "{used:?}");
        assert_eq!(used.busiest, used.allowed);
        assert!(took < TimeDelta::minutes(6), "{took}");
    })
    .await;
}
