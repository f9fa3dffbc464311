//! How coordinators read an application and decide on it.

use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Story, run_test};

const READ: Deed = Deed::Office(OfficeDeed::PickApplication);

async fn id(t: &Story, handle: &str) -> plsep_domain::ApplicationId {
    t.application(handle).await.expect("they have applied").id
}

#[tokio::test]
async fn an_application_is_read_whole_and_decided_on_the_spot() {
    run_test(Both, async |t| {
        let (ada, zoe) = (t.person("ada"), t.person("zoe"));
        let long = format!("{}the end of a long answer", "I would like to learn how a branch is led. ".repeat(20));
        let note = format!("<@everyone> *a word* for coordinators. {long}");
        ada.applies_with(Mentee, &[("goals", &[&long]), ("note", &[&note])]).await;
        zoe.applies_as(Mentor).await;
        t.drain().await;
        let mut sam = t.person("sam");
        sam.reads();
        sam.commands("applications queue", &[]).await;
        t.snapshot("queue_to_read", &sam.reads());
        sam.chooses(&READ, &id(&t, "ada").await.to_string()).await;
        t.snapshot("application_first_page", &sam.reads());
        sam.presses("Next page").await;
        t.snapshot("application_last_page", &sam.newest());
        sam.sees("the end of a long answer");
        sam.presses("Put on the waiting list").await;
        t.drain().await;
        ada.sees("waiting list");
        sam.commands("applications show", &[("person", "@ada")]).await;
        sam.sees("application put on the waiting list, by");
        sam.presses("Accept").await;
        t.drain().await;
        ada.sees("You are accepted");
        // The buttons that were shown before do not decide a second time.
        sam.presses("Accept").await;
        sam.sees("This is not possible now, because the application is accepted");
        assert_eq!(t.audit().await[2..], ["sam: application.wait-list", "sam: application.accept"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_sent_or_is_withdrawn_stays_the_persons_own() {
    run_test(Both, async |t| {
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        let ready = ada.fills_in(Mentee, &[("goals", &["A private thought"])]).await;
        if t.on_discord() {
            sam.commands("applications show", &[("person", "@ada")]).await;
            sam.sees("has not sent it");
            sam.sees_no("A private thought");
        }
        ada.hands_in(&ready).await;
        ada.asks("withdraw", &[]).await;
        ada.presses_deed(&Deed::Withdraw).await;
        sam.commands("applications show", &[("person", "@ada")]).await;
        sam.sees("has withdrawn this application");
        sam.sees_no("A private thought");
        sam.commands("applications show", &[("person", "@ben")]).await;
        sam.sees(if t.on_discord() { "I do not know this person yet" } else { "This person has not applied" });
    })
    .await;
}

#[tokio::test]
async fn a_long_queue_has_pages_and_a_made_up_choice_opens_nothing() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let long = "I would like to learn how a branch is led. ".repeat(20);
        t.person("ada").applies_with(Mentee, &[("goals", &[&long]), ("note", &[&long])]).await;
        let answer = t.forges("sam", OfficeDeed::ShowApplication(4711.into(), 0).action()).await;
        assert!(answer.contains("This button is too old"), "{answer}");
        let answer = t.forges("sam", OfficeDeed::ShowApplication(id(&t, "ada").await, 900).action()).await;
        assert!(answer.contains("Previous page"), "the last page there is: {answer}");
        let answer = t.forges("ada", OfficeDeed::ShowApplication(id(&t, "ada").await, 0).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        sam.commands("applications queue", &[]).await;
        sam.sees("One application waits");
    })
    .await;
}
