//! Looks through everything that everybody has seen, and compares it with what is kept.

use std::collections::{BTreeMap, BTreeSet};

use plsep_domain::ApplicationState;
use plsep_sandbox::person::PlaceKind;

use super::people::{CAST, Human, LEAVES, is_mentee, is_participant, name};
use super::world::{World, undelivered};

/// Fails if anything acknowledged is lost, or anything is there twice, or anybody is where they do not belong.
pub async fn everything(world: &World) {
    assert_eq!(world.discord.unknown_routes(), Vec::<String>::new());
    assert_eq!(world.slack.unknown_routes(), Vec::<String>::new());
    for platform in world.platforms() {
        let humans: Vec<Human> = CAST.iter().map(|handle| Human::new(&platform, handle)).collect();
        for human in &humans {
            nothing_twice(human, platform.key());
        }
        for human in humans.iter().filter(|human| is_participant(human.handle())) {
            let who = format!("{} on {}\n{}", human.handle(), platform.key(), human.screen());
            assert_eq!(human.count("You are accepted"), 1, "the decision: {who}");
            assert_eq!(human.rooms().len(), 1, "one channel: {who}");
            assert_eq!(human.in_rooms("Meet each other"), 1, "one introduction: {who}");
            assert_eq!(human.in_rooms("Your check-in for"), 1, "one question a month: {who}");
        }
        only_the_pair(&humans);
        kept(world, platform.key()).await;
    }
}

/// Whether anybody reads anything twice, or has two channels.
pub fn something_is_twice(world: &World) -> bool {
    let mut humans =
        world.platforms().into_iter().flat_map(|platform| CAST.map(|handle| Human::new(&platform, handle)));
    humans.any(|human| !twice(&human).is_empty() || is_participant(human.handle()) && human.rooms().len() > 1)
}

/// The lasting messages that a person reads more than once in one place, and how often.
fn twice(human: &Human) -> Vec<((String, String), usize)> {
    let mut seen = BTreeMap::new();
    for message in human.everything().into_iter().filter(|seen| seen.by_bot && !seen.ephemeral && !seen.failure) {
        *seen.entry((message.place, message.text)).or_insert(0) += 1;
    }
    seen.into_iter().filter(|(_, times)| *times > 1).collect()
}

/// Nobody reads the same lasting message twice in one place.
fn nothing_twice(human: &Human, platform: &str) {
    let twice = twice(human);
    assert!(twice.is_empty(), "{} on {platform} reads twice: {twice:#?}", human.handle());
}

/// Each room belongs to one mentee and one mentor, and nobody else reads there. Dana owns the place: a platform may
/// show an owner everything, whoever is let in.
fn only_the_pair(humans: &[Human]) {
    let mut readers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for human in humans.iter().filter(|human| human.handle() != "dana") {
        for room in human.rooms() {
            readers.entry(room.id).or_default().insert(human.handle());
        }
    }
    assert_eq!(readers.len(), humans.len() / 2 - 1, "one channel for each pair: {readers:?}");
    for (room, people) in readers {
        let mentees = people.iter().filter(|handle| is_mentee(handle)).count();
        assert_eq!((people.len(), mentees), (2, 1), "{room} is read by {people:?}");
    }
}

/// What was said to be received is there.
async fn kept(world: &World, platform: &str) {
    let store = world.store().await;
    let community = world.community(&store, platform).await;
    let mut tx = store.read().await.expect("the database answers");
    assert_eq!(undelivered(&store).await, Vec::<String>::new());
    let dead = tx.dead_letters(community).await.expect("it reads");
    assert!(dead.is_empty(), "given up on {platform}: {dead:?}");
    let season = tx.current_season(community).await.expect("it reads").expect("there is one");
    let applications = tx.applications(season.id).await.expect("it reads");
    let state = |handle: &str| {
        let found = applications.iter().find(|(_, person)| person.name == name(handle));
        found.map(|(application, _)| application.state.clone())
    };
    for handle in CAST.into_iter().filter(|handle| is_participant(handle)) {
        let expected = if LEAVES.contains(&handle) { ApplicationState::Withdrawn } else { ApplicationState::Accepted };
        assert_eq!(state(handle), Some(expected), "{handle} on {platform}");
    }
    let people = tx.people(community).await.expect("it reads");
    let mut answered = BTreeSet::new();
    let pairs = tx.pairs(season.id).await.expect("it reads");
    assert_eq!(pairs.len(), (CAST.len() - 2) / 2, "each pair is one on {platform}");
    for pair in &pairs {
        for period in season.program.calendar.periods() {
            answered.extend(tx.answers(pair.id, period).await.expect("it reads").into_iter().map(|given| given.person));
        }
    }
    let silent: Vec<_> = people
        .iter()
        .filter(|person| pairs.iter().any(|pair| [pair.mentor, pair.mentee].contains(&person.id)))
        .filter(|person| !answered.contains(&person.id))
        .collect();
    assert!(silent.is_empty(), "answers were acknowledged and are lost: {silent:?}");
    drop(tx);
    store.close().await;
    let office = |human: &Human| human.everything().iter().any(|seen| seen.text.contains("left the program"));
    let strangers = world.platforms().into_iter().find(|it| it.key() == platform).expect("it is one of ours");
    for handle in CAST.into_iter().filter(|handle| is_participant(handle)) {
        assert!(!office(&Human::new(&strangers, handle)), "{handle} reads what is for coordinators");
        let places = strangers.places(handle);
        assert!(places.iter().all(|place| place.kind != PlaceKind::Private || !place.name.contains("coordinators")));
    }
}
