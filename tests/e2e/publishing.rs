//! Publishing many pairs: what coordinators are told beforehand, while the platform's pace holds things up, and at
//! the end, also where the platform has no room for all of them.

use super::harness::{Both, OnDiscord, Story, run_test};

/// Pairs that take a few minutes on either platform.
const PAIRS: usize = 45;

/// The message about the progress, as it stands now; it is one and the same all along.
fn progress(t: &Story) -> String {
    let all = t.person("sam").everything();
    let mut found = all.iter().filter(|seen| seen.text.contains(&format!("of {PAIRS} channels are open")));
    let text = found.next().map(|seen| seen.text.lines().next().unwrap_or_default().to_owned()).unwrap_or_default();
    assert_eq!(found.count(), 0, "progress is told in one message");
    text
}

#[tokio::test]
async fn coordinators_know_how_long_it_takes_and_see_how_far_it_has_come() {
    run_test(Both, async |t| {
        t.travel_to("2025-02-18 10:00").await;
        t.accepts_crowd(PAIRS).await;
        let sam = t.person("sam");
        sam.commands("match propose", &[]).await;
        sam.commands("match publish", &[]).await;
        let minutes = if t.on_discord() { 2 } else { 3 };
        sam.sees(&format!("Publish {PAIRS} pairs?"));
        sam.sees(&format!("It takes about {minutes} minutes until all channels are open."));
        sam.presses("Yes, publish and introduce").await;
        t.settle().await;
        let mut seen = vec![progress(&t)];
        for minute in 1..=15 {
            t.travel_to(&format!("2025-02-18 10:{minute:02}:30")).await;
            let now = progress(&t);
            if seen.last() != Some(&now) {
                seen.push(now);
            }
        }
        t.snapshot("publish_progress", &seen.join("\n"));
        assert_eq!(seen[0], format!("0 of {PAIRS} channels are open; about {minutes} minutes left."));
        let end = format!("The pairs are published: {PAIRS} of {PAIRS} channels are open, each with its introduction.");
        assert_eq!(seen.last(), Some(&end), "{seen:?}");
        if !t.on_discord() {
            assert!(seen.len() >= 4, "what takes minutes is told each minute: {seen:?}");
        }
        assert_eq!(t.person("mentee45").in_room("Meet each other").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_publication_of_a_minute_makes_no_noise() {
    run_test(Both, async |t| {
        t.travel_to("2025-02-18 10:00").await;
        t.accepts_crowd(2).await;
        let sam = t.person("sam");
        sam.commands("match propose", &[]).await;
        sam.commands("match publish", &[]).await;
        sam.sees("All channels are open after about a minute.");
        sam.presses("Yes, publish and introduce").await;
        t.travel_to("2025-02-18 12:00").await;
        sam.sees_no("channels are open;");
        assert_eq!(t.person("mentee2").rooms().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn coordinators_are_told_beforehand_that_a_server_is_too_small() {
    run_test(OnDiscord, async |t| {
        t.travel_to("2025-02-18 10:00").await;
        t.accepts_crowd(PAIRS).await;
        let sam = t.person("sam");
        let discord = t.stage.discord.clone().expect("it is told on Discord");
        // With `#general` and the coordinators' place in its category there are 490: one more is for the threads, one for
        // a second category if it is needed, and eight for pairs.
        (0..487).for_each(|number| drop(discord.add_channel(&format!("branch-{number}"), false)));
        t.settle().await;
        sam.commands("match propose", &[]).await;
        sam.commands("match publish", &[]).await;
        sam.sees("There is room here for 8 more channels. The other 37 pairs talk in private threads");
        let question = sam.finds("Publish 45 pairs?").pop().expect("the question").text;
        t.snapshot("publish_question_without_room", &question);
        sam.presses("Yes, publish and introduce").await;
        t.travel_to("2025-02-18 11:00").await;
        assert!(progress(&t).starts_with("The pairs are published: 45 of 45"), "{}", progress(&t));
        let mut threads = 0;
        for number in 1..=PAIRS {
            let mentee = t.person(&format!("mentee{number}"));
            assert_eq!(mentee.in_room("Meet each other").len(), 1, "{number}");
            threads += usize::from(mentee.room().topic.is_empty());
        }
        assert!((36..=37).contains(&threads), "{threads} talk in threads");
        assert!(t.person("ben").rooms().is_empty(), "nobody else reads them");
        // A month of silence puts a thread away; the month's question brings it back. It and the farewell find their way
        // there like anywhere else.
        t.travel_to("2025-03-20 11:00").await;
        let mentee = t.person("mentee45");
        assert_eq!(mentee.in_room("Your check-in for March 2025").len(), 1);
        mentee.answers("2025-03", "met").await;
        mentee.sees("Your meeting in March 2025 is noted");
        t.travel_to("2025-07-01 12:00").await;
        assert!(mentee.room().archived);
    })
    .await;
}

#[tokio::test]
async fn a_server_without_room_and_without_threads_is_told_of_beforehand_and_after() {
    run_test(OnDiscord, async |t| {
        t.travel_to("2025-02-18 10:00").await;
        t.accepts_crowd(1).await;
        let sam = t.person("sam");
        let discord = t.stage.discord.clone().expect("it is told on Discord");
        (0..496).for_each(|number| drop(discord.add_channel(&format!("branch-{number}"), false)));
        discord.set_bot_permissions(plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS & !(1 << 34));
        t.stage.restart_bot().await.expect("the bot starts");
        sam.commands("match propose", &[]).await;
        sam.commands("match publish", &[]).await;
        sam.sees("There is no room here for another channel. The other pair would get no place to talk.");
        t.expects_error("effect was given up");
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        sam.sees("There is no room for another channel.");
        discord.set_bot_permissions(plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS);
        sam.presses("Try again").await;
        t.drain().await;
        assert_eq!(t.person("mentee1").in_room("Meet each other").len(), 1, "with the right it was lacking");
    })
    .await;
}
