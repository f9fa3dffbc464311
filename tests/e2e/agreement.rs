//! The acknowledgement form: read and signed once by each side, with a copy of exactly what was signed.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn what_was_signed_can_be_read_also_after_the_text_has_changed() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        ada.signs().await;
        ada.sees("Thank you, Ada Reyes");
        t.drain().await;
        ada.sees("Signed by Ada Reyes on");
        // Grace has read the old text when it changes; she is asked to read the new one.
        grace.asks("agreement", &[]).await;
        let (message, sign) = grace.button("Sign");
        t.changes_program(|program| {
            program.agreement.version = "2025-2".to_owned();
            program.agreement.text.en = "I will be kind, and on time.".to_owned();
        })
        .await;
        grace.presses_old(&message, &sign).await.expect("the button is there");
        grace.sees("The form has changed since you opened it");
        grace.signs().await;
        t.drain().await;
        grace.sees("I will be kind, and on time.");

        ada.asks("agreement", &[]).await;
        let read = ada.newest();
        assert!(read.contains("I will aim to meet my partner") && !read.contains("I will be kind"), "{read}");
        assert!(read.contains("text version 2025-1") && read.contains("What you signed still counts"), "{read}");
        t.snapshot("agreement_signed_before", &read);
        assert_eq!(t.audit().await.iter().filter(|line| line.ends_with("agreement.sign")).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn signed_twice_counts_once_and_a_nameless_one_not_at_all() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let ada = t.person("ada");
        ada.asks("agreement", &[]).await;
        ada.presses("Sign").await;
        ada.sends(&[("typed_name", &["12 @everyone"])]).await;
        ada.sees("Please type your name with letters");
        ada.signs().await;
        t.drain().await;
        ada.asks("agreement", &[]).await;
        ada.sees("You signed the form on");
        assert_eq!(t.audit().await.iter().filter(|line| line.ends_with("agreement.sign")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_who_is_not_accepted() {
    run_test(Both, async |t| {
        let zoe = t.person("zoe");
        zoe.asks("agreement", &[]).await;
        zoe.sees("Only people who have been accepted this season can do that");
        zoe.applies_as(Mentor).await;
        zoe.asks("agreement", &[]).await;
        zoe.sees_times(2, "Only people who have been accepted this season");
    })
    .await;
}
