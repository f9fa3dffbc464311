//! Somebody asks to be forgotten while another process has claimed what speaks of them: at the moment of sending it asks
//! once more.

use std::collections::HashMap;

use super::*;

fn says(what: &str) -> Message {
    Message::paragraph(Text::plain(what))
}

#[tokio::test]
async fn what_speaks_of_whoever_was_forgotten_since_it_was_claimed_is_not_sent() {
    let scene = Scene::new("", None).await;
    let (key, introduction) = scene.introduction();
    scene.enqueue("office", Effect::OpenCoordinators { room: scene.room("office"), message: words() }).await;
    scene.enqueue(&key, introduction).await;
    scene.play().await;
    scene.enqueue("left", Effect::Post { to: To::Coordinators, message: says("ada has left") }).await;
    scene.enqueue("farewell", Effect::Farewell { pair: scene.pair.id, message: says("Thank you, ada") }).await;
    scene.posts_to("ada", "copy").await;
    scene.posts_to("grace", "other").await;

    let (process, now) = (scene.process(4), scene.now());
    let mut tx = scene.store.write().await.unwrap();
    let claimed = tx.claim("test", now, now + TimeDelta::seconds(60), 20, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let keys: Vec<&str> = claimed.iter().map(|claimed| claimed.key.as_str()).collect();
    assert_eq!(keys, ["left", "farewell", "copy", "other"]);

    // In another process.
    let mut tx = scene.store.write().await.unwrap();
    let pair = tx.pair(scene.pair.id).await.unwrap();
    let ended = pair.state.ended(now, plsep_domain::EndReason::MenteeLeft).unwrap();
    tx.set_pair_state(pair.id, &pair.state, &ended, now).await.unwrap();
    let ada = tx.person(pair.mentee).await.unwrap();
    let decent = says("This pairing has ended.");
    tx.erase_person(&ada, &HashMap::from([(pair.id, decent.clone())]), now).await.unwrap();
    tx.commit().await.unwrap();

    for claimed in &claimed {
        process.deliver(claimed).await.unwrap();
    }
    let posted = |key: &str| scene.paper.keys().iter().filter(|posted| *posted == key).count();
    assert_eq!([posted("left"), posted("farewell"), posted("copy"), posted("other")], [0, 0, 0, 1]);
    scene.play().await;
    assert_eq!([posted("left"), posted("farewell"), posted("copy"), posted("other")], [0, 1, 0, 1]);
    let mut tx = scene.store.read().await.unwrap();
    let (said, ..) = tx.done_effect(scene.community, "farewell").await.unwrap().unwrap();
    assert_eq!(said, Effect::Farewell { pair: pair.id, message: decent });
    assert_eq!(tx.pending_effects().await.unwrap(), 0);
}
