//! The promises that are kept to everybody, each at its simplest. Where another story tells more, it is named there.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn promise_1_nothing_submitted_is_lost() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.applies_as(Mentee).await;
        ada.sees("Received, thank you");
        t.stage.restart_bot().await.expect("the bot starts");
        let kept = t.application("ada").await.expect("it is kept").answers.expect("it is sent");
        assert!(kept.missing(&t.program, Mentee).is_empty());
    })
    .await;
}

#[tokio::test]
async fn promise_4_private() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let secret = "A word for the coordinators alone";
        for handle in ["ben", "marcus", "zoe", "sam"] {
            assert!(t.person(handle).rooms().is_empty(), "{handle} reads a pair's conversation");
        }
        let grace = t.person("grace");
        assert!(grace.everything().iter().all(|seen| !seen.text.contains(&format!("{secret}, from ada"))));
        assert!(grace.in_room(secret).is_empty());
    })
    .await;
}

#[tokio::test]
async fn promise_8_accountable() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let sam = t.person("sam");
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-07-05")]).await;
        sam.presses("Yes, move it and tell everybody").await;
        t.drain().await;
        for handle in ["ada", "grace"] {
            t.person(handle).sees_times(1, "A date of the mentorship program has moved");
        }
        let log = t.audit().await;
        for action in ["application.accept", "match.propose", "match.publish", "season.move"] {
            assert!(log.contains(&format!("sam: {action}")), "{action}: {log:?}");
        }
    })
    .await;
}
