//! What a platform delivers twice is answered twice with the same words, and done once.

use plsep_bot::chat::command::{Invocation, OptionValue};
use plsep_bot::chat::{CommandId, Reply, What};
use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ApplicationState, CheckInAnswer, DateName};

use super::harness::{Both, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn a_second_delivery_is_told_the_same_words_also_after_a_restart() {
    run_test(Both, async |t| {
        t.person("ada").applies_as(Mentee).await;
        let withdraw = || What::Press(Deed::Withdraw.action());
        // Each handing over is to a process that knows of nothing but what is in the database.
        let first = t.hands_over("ada", "the-same", withdraw()).await;
        let again = t.hands_over("ada", "the-same", withdraw()).await;
        assert_eq!(first, again);
        let other = t.hands_over("ada", "another", withdraw()).await;
        assert_ne!(first, other, "whoever presses anew is told how things stand now");
        let withdrawn = t.audit().await.iter().filter(|line| line.contains("withdraw")).count();
        assert_eq!(withdrawn, 1);
    })
    .await;
}

#[tokio::test]
async fn a_date_that_is_moved_again_after_a_lost_answer_is_told_once() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let to = "2025-07-05".parse().expect("a date");
        let press = || What::Press(Deed::MoveDate(DateName::RunsUntil, to).action());
        t.hands_over("sam", "first", press()).await;
        t.drain().await;
        // A press of its own, later: a second delivery of the first one would be told the same words.
        t.hands_over("sam", "again", press()).await;
        t.drain().await;
        for handle in ["ada", "grace"] {
            t.person(handle).sees_times(1, "A date of the mentorship program has moved");
        }
        assert_eq!(t.audit().await.iter().filter(|line| line.contains("season.move")).count(), 1);
        let sam = t.person("sam");
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-07-05")]).await;
        sam.sees("Nothing changed, because this date is already set");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_asked_for_once_and_delivered_twice_comes_with_both_answers() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let export = || {
            let options = [("format", OptionValue::Choice("xlsx"))].into();
            What::Command(Invocation { id: CommandId::ReportExport, options })
        };
        let first = t.hands_over("sam", "the-same", export()).await;
        let again = t.hands_over("sam", "the-same", export()).await;
        t.drain().await;
        assert_eq!(first, again);
        let Reply::Private(message) = again else { panic!("it is answered in private") };
        let sam = t.person("sam");
        match t.on_discord() {
            true => assert_eq!(message.files.len(), 1),
            false => assert_eq!(sam.files().len(), 1, "handed over once"),
        }
        assert_eq!(t.audit().await.iter().filter(|line| line.contains("report.export")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_question_that_changes_nothing_leaves_nothing_to_remember() {
    run_test(Both, async |t| {
        let home = || What::HomeOpened;
        let before = t.hands_over("ada", "look", home()).await;
        t.person("ada").applies_as(Mentee).await;
        let after = t.hands_over("ada", "look", home()).await;
        assert_ne!(before, after, "a look is answered from what is true now");
    })
    .await;
}

#[tokio::test]
async fn an_answer_delivered_again_after_a_restart_is_acted_on_once() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        let ada = t.person("ada");
        ada.answers("2025-03", CheckInAnswer::Met.key()).await;
        let said = ada.screen();
        t.stage.restart_bot().await.expect("the bot starts");
        t.delivers_again();
        t.settle().await;
        t.drain().await;
        let pair = t.pairs().await.remove(0);
        let mut tx = t.stage.store.read().await.expect("the database answers");
        assert_eq!(tx.answers(pair.id, "2025-03".parse().expect("a month")).await.expect("it reads").len(), 1);
        drop(tx);
        assert!(ada.everything().iter().all(|seen| !seen.failure), "nobody is shown an error");
        if t.on_discord() {
            assert_eq!(ada.screen(), said, "the interaction has its answer already");
        }
    })
    .await;
}

#[tokio::test]
async fn everything_twice_and_the_connection_broken_in_between() {
    run_test(Both, async |t| {
        let twice = |on| match (&t.stage.discord, &t.stage.slack) {
            (Some(discord), _) => discord.sockets().deliver_interactions_twice(on),
            (None, Some(slack)) => slack.sockets().deliver_twice(on),
            (None, None) => {}
        };
        twice(true);
        let ada = t.person("ada");
        ada.applies_as(Mentee).await;
        match (&t.stage.discord, &t.stage.slack) {
            (Some(discord), _) => discord.sockets().ask_reconnect(),
            (None, Some(slack)) => slack.sockets().disconnect("warning"),
            (None, None) => {}
        }
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.drain().await;
        ada.sees_times(1, "You have withdrawn");
        assert_eq!(t.application("ada").await.expect("she applied").state, ApplicationState::Withdrawn);
    })
    .await;
}
