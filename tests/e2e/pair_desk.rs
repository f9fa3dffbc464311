//! What coordinators do about a pair: look at it, note a meeting for it, end it. And what the log says of it.

use plsep_bot::store::{AuditEntry, AuditWho};
use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{EndCause, EndReason, MeetingState};

use super::harness::{Both, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn a_pair_is_looked_at_and_a_meeting_is_noted_for_it() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-14 15:00").await;
        let (ada, mut sam) = (t.person("ada"), t.person("sam"));
        let pair = t.pairs().await[0].id;
        sam.commands("pairs log", &[("person", "@ada"), ("when", "3/12/2025 2:00 pm")]).await;
        sam.sees("Noted:");
        t.drain().await;
        assert_eq!(ada.in_room("has noted that you two met").len(), 1);
        assert_eq!(t.meetings().await.iter().map(|it| it.state).collect::<Vec<_>>(), [MeetingState::Held]);
        // About the same time is the same meeting.
        sam.commands("pairs log", &[("person", "@grace"), ("when", "3/12/2025 2:15 pm")]).await;
        sam.sees("is known already");
        sam.commands("pairs log", &[("person", "@grace"), ("when", "somewhen")]).await;
        sam.presses("Open the form").await;
        let when = if t.on_discord() { "3/13/2025 9:00 am" } else { "2025-03-13T09:00" };
        sam.sends(&[("when", &[when])]).await;
        t.drain().await;
        assert_eq!(t.meetings().await.len(), 2);
        // Their own word comes first.
        ada.presses("No").await;
        sam.reads();
        sam.commands("pairs show", &[("person", "@grace")]).await;
        t.snapshot("pair_shown", &sam.reads());
        let answer = t.forges("ada", OfficeDeed::LogMeeting(pair).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        sam.commands("pairs show", &[("person", "@ben")]).await;
        sam.sees(if t.on_discord() { "I do not know this person yet" } else { "This person is in no pair" });
    })
    .await;
}

#[tokio::test]
async fn a_pair_is_ended_once_with_one_of_a_few_reasons_and_kind_words() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-14 15:00").await;
        let (ada, grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        let pair = t.pairs().await[0].id;
        sam.reads();
        sam.commands("pairs end", &[("person", "@ada")]).await;
        t.snapshot("pair_end_question", &sam.reads());
        let why = Deed::Office(OfficeDeed::PickEndCause(pair));
        sam.chooses(&why, "moved").await;
        t.snapshot("pair_end_confirm", &sam.newest());
        let ends = || OfficeDeed::EndPair(pair, EndCause::Moved, t.now().timestamp()).action();
        let old = ends();
        t.travel_to("2025-03-14 15:11").await;
        sam.presses("Yes, end it and tell both").await;
        sam.sees("This question is too old");
        let answer = t.forges("sam", old).await;
        assert!(answer.contains("This question is too old"), "{answer}");
        let answer = t.forges("ada", ends()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        assert!(t.pairs().await[0].state.is_live());

        sam.commands("pairs end", &[("person", "@grace")]).await;
        sam.chooses(&why, "not-good-fit").await;
        sam.presses("Yes, end it and tell both").await;
        sam.sees("is ended, and both will be told");
        let answer = t.forges("sam", ends()).await;
        assert!(answer.contains("This pair has ended already"), "{answer}");
        t.drain().await;
        assert_eq!(t.pairs().await[0].state.end_reason(), Some(EndReason::ByCoordinator));
        for person in [&ada, &grace] {
            person.sees_times(1, "This pairing has ended. Thank you for the time you gave each other");
            person.sees_no("not a good fit");
        }
        sam.reads();
        sam.commands("audit show", &[("person", "@ada")]).await;
        t.snapshot("audit_of_one", &sam.reads());
    })
    .await;
}

#[tokio::test]
async fn the_log_is_read_page_by_page() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let mut tx = t.stage.store.write().await.expect("the database takes it");
        let community = t.community_in(&mut tx).await;
        for number in 0..20 {
            let entry = AuditEntry {
                community,
                at: t.now(),
                who: AuditWho::Operator,
                action: "roster.import".to_owned(),
                subject: format!("roster:{number}"),
                detail: serde_json::Value::Null,
            };
            tx.append_audit(&entry).await.expect("it is sound");
        }
        tx.commit().await.expect("the database takes it");
        let count = t.audit().await.len();
        sam.commands("audit show", &[]).await;
        sam.sees(&format!("{count} entries of the audit log"));
        sam.sees("Page 1 of 2");
        sam.presses("Next page").await;
        sam.sees("season set up, by the bot");
        let answer = t.forges("zoe", OfficeDeed::ShowAudit(0, plsep_domain::AuditLook::default()).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_parted_is_not_brought_together_again_by_the_next_proposal() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-14 15:00").await;
        let sam = t.person("sam");
        let pair = t.pairs().await[0].id;
        sam.commands("pairs end", &[("person", "@ada")]).await;
        sam.chooses(&Deed::Office(OfficeDeed::PickEndCause(pair)), "asked").await;
        sam.presses("Yes, end it and tell both").await;
        t.drain().await;
        sam.commands("match propose", &[]).await;
        sam.sees("No pair is proposed");
        sam.commands("match release", &[("mentee", "@ada"), ("mentor", "@grace")]).await;
        sam.commands("match propose", &[]).await;
        sam.sees("One pair is proposed");
    })
    .await;
}

#[tokio::test]
async fn a_mentor_leaves_two_mentees_in_the_middle_of_the_season() {
    run_test(Both, async |t| {
        let [ada, ben, grace, sam] = ["ada", "ben", "grace", "sam"].map(|handle| t.person(handle));
        ada.applies_as(Mentee).await;
        ben.applies_as(Mentee).await;
        grace.applies_with(Mentor, &[("capacity", &["2"])]).await;
        t.accepts_and_proposes().await;
        t.publishes().await;
        assert_eq!(t.pairs().await.len(), 2);
        t.travel_to("2025-04-02 11:00").await;
        // Where there are two, a coordinator is asked which.
        sam.commands("pairs end", &[("person", "@grace")]).await;
        sam.sees("Ada Reyes");
        grace.asks("withdraw", &[]).await;
        grace.presses("Withdraw").await;
        t.drain().await;
        for mentee in [&ada, &ben] {
            mentee.sees_times(1, "This pairing has ended");
            assert!(mentee.room().archived);
        }
        assert!(t.pairs().await.iter().all(|pair| pair.state.end_reason() == Some(EndReason::MentorLeft)));
        sam.commands("concerns list", &[]).await;
        sam.sees("Somebody has left");
        sam.commands("pairs show", &[("person", "@ada")]).await;
        sam.sees("Ended");
        sam.commands("match propose", &[]).await;
        sam.sees("There is nobody to match yet");
        t.travel_to("2025-04-25 11:00").await;
        for mentee in [&ada, &ben] {
            mentee.sees_no("Your check-in for April 2025");
        }
    })
    .await;
}
