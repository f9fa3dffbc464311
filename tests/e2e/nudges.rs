//! The month's question is each person's own: who is asked, where, how often, and what follows from each answer.

use plsep_bot::store::Concern;
use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{CheckInAnswer, ConcernKind, HelpKind, Setting};

use super::harness::{Both, Person, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

const QUESTION: &str = "Your check-in for March 2025";

async fn prefers(person: &Person, setting: Setting, value: &str) {
    person.asks("settings", &[]).await;
    person.chooses(&Deed::Prefer(setting), value).await;
}

/// Who is named by the questions about March in the pair's place, oldest first.
fn asked(person: &Person) -> Vec<Vec<String>> {
    let mut questions = person.in_room(QUESTION);
    questions.sort_by_key(|seen| seen.at_ms);
    questions
        .into_iter()
        .map(|seen| {
            let names = ["Ada Reyes", "Grace Lindqvist"];
            names.into_iter().filter(|name| seen.text.contains(&format!("@{name}"))).map(str::to_owned).collect()
        })
        .collect()
}

async fn concerns(t: &Story) -> Vec<Concern> {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    tx.open_concerns(community).await.expect("it reads")
}

#[tokio::test]
async fn each_is_asked_where_they_want_to_be() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (mut ada, grace) = (t.person("ada"), t.person("grace"));
        prefers(&ada, Setting::Reach, "direct").await;
        prefers(&ada, Setting::Language, "es").await;
        t.travel_to("2025-03-20 09:55").await;
        ada.reads();
        t.travel_to("2025-03-20 10:05").await;
        assert_eq!(asked(&grace), [["Grace Lindqvist"]]);
        t.snapshot("nudge_directly", &ada.reads());
        grace.sees_no("con un toque");
        // An answer in a direct message counts like any other.
        ada.answers("2025-03", "met").await;
        t.snapshot("nudge_directly_thanks", &ada.reads());
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&grace).len(), 1, "they met");
        // The next month both want it in their place.
        prefers(&ada, Setting::Reach, "channel").await;
        t.travel_to("2025-04-20 10:05").await;
        assert_eq!(ada.in_room("Your check-in for April 2025").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn not_yet_is_asked_again_of_whoever_said_so_and_twice_at_most() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (mut ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-03-20 11:00").await;
        ada.reads();
        ada.answers("2025-03", "not_yet").await;
        t.snapshot("nudge_not_yet", &ada.reads());
        t.travel_to("2025-03-23 08:59").await;
        assert_eq!(asked(&ada).len(), 1);
        t.travel_to("2025-03-24 09:05").await;
        ada.answers("2025-03", "not_yet").await;
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&ada), [vec!["Ada Reyes", "Grace Lindqvist"], vec!["Ada Reyes"], vec!["Ada Reyes"]]);
        // The last word counts, also late, and nobody is asked after it.
        ada.answers("2025-03", "met").await;
        ada.asks("check-in", &[]).await;
        ada.sees("So far you have said: We met");
        assert_eq!(concerns(&t).await, [], "one changed their mind, and the other said nothing");
        grace.sees_no("Thank you for being honest");
    })
    .await;
}

#[tokio::test]
async fn whoever_pauses_is_left_out_and_asked_when_the_pause_is_over() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-03-17 11:00").await;
        ada.asks("snooze", &[("until", "2025-03-25")]).await;
        t.travel_to("2025-03-24 20:00").await;
        assert_eq!(asked(&grace), [["Grace Lindqvist"]], "the partner is asked all the same");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-03-25 09:10").await;
        assert_eq!(asked(&grace), [["Grace Lindqvist"], ["Ada Reyes"]]);
        ada.sees_times(1, "Your pause is over");
        // Neither is nagged: they were asked once each.
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&grace).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn when_both_pause_the_question_waits_for_both() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-03-17 11:00").await;
        ada.asks("snooze", &[("until", "2025-03-22")]).await;
        grace.asks("snooze", &[("until", "2025-04-10")]).await;
        t.travel_to("2025-03-21 20:00").await;
        assert!(asked(&ada).is_empty());
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&ada), [["Ada Reyes"]]);
        t.travel_to("2025-04-20 11:00").await;
        assert_eq!(ada.in_room("Your check-in for April 2025").len(), 1, "April is asked of both");
        assert_eq!(asked(&ada).len(), 1, "March is over");
    })
    .await;
}

#[tokio::test]
async fn whoever_answers_while_the_question_waits_is_not_named_in_it() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-03-20 09:30").await;
        t.stage.stop_bot().await;
        // Back when it is night: the question waits for the morning.
        t.clock_jumps_to("2025-03-20 21:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        ada.asks("check-in", &[]).await;
        ada.answers("2025-03", "not_yet").await;
        assert!(asked(&ada).is_empty());
        t.travel_to("2025-03-21 09:10").await;
        assert_eq!(asked(&grace), [["Grace Lindqvist"]]);
    })
    .await;
}

#[tokio::test]
async fn a_call_for_help_reaches_the_coordinators_with_a_kind_and_a_note_and_nobody_else() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        let (mut ada, grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.reads();
        sam.reads();
        ada.answers("2025-03", "need_help").await;
        t.drain().await;
        let mut seen = vec![ada.reads()];
        t.stage.restart_bot().await.expect("the bot starts");
        ada.presses("My partner does not answer").await;
        seen.push(ada.reads());
        ada.presses("Write a note").await;
        ada.sends(&[("note", &["Three weeks of <!channel> @everyone silence"])]).await;
        t.drain().await;
        seen.push(ada.reads());
        t.snapshot("nudge_help", &seen.join("\n\n=====\n\n"));
        t.snapshot("nudge_help_office", &sam.reads());
        let open = concerns(&t).await;
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].kind, ConcernKind::NeedsHelp);
        assert_eq!(open[0].note.as_deref(), Some("Three weeks of <!channel> @everyone silence"));
        grace.sees_no("silence");
        grace.sees_no("asks for help");
        let pair = t.pairs().await.remove(0);
        let forged = Deed::HelpKind(pair.id, "2025-03".parse().expect("a month"), HelpKind::Time).action();
        assert!(t.forges("ben", forged).await.contains("This button is for somebody else"));
        // Nobody is asked about this month any more: a human looks after it.
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&grace).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn answers_that_differ_are_a_concern_once_and_overrule_nobody() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.answers("2025-03", "met").await;
        grace.answers("2025-03", "not_yet").await;
        ada.answers("2025-03", "planned").await;
        ada.answers("2025-03", "met").await;
        t.drain().await;
        sam.sees_times(1, "one says they met, the other that they did not");
        let open = concerns(&t).await;
        assert_eq!(open.iter().map(|concern| concern.kind).collect::<Vec<_>>(), [ConcernKind::Disagree]);
        let pair = t.pairs().await.remove(0);
        let mut tx = t.stage.store.read().await.expect("the database answers");
        let said = tx.answers(pair.id, "2025-03".parse().expect("a month")).await.expect("it reads");
        let said: Vec<CheckInAnswer> = said.into_iter().map(|given| given.answer).collect();
        assert_eq!(said, [CheckInAnswer::NotYet, CheckInAnswer::Met]);
    })
    .await;
}

#[tokio::test]
async fn who_left_is_not_asked_and_neither_is_the_other() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        prefers(&grace, Setting::Reach, "direct").await;
        t.travel_to("2025-03-20 09:30").await;
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.drain().await;
        t.travel_to("2025-03-31 20:00").await;
        grace.sees_no(QUESTION);
    })
    .await;
}
