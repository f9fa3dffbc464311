//! Home: where I stand, what is next, and my buttons. A tab on Slack, which shows what has come of what was done there;
//! a private message on Discord.

use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::{Action, Control, Seen};

use super::harness::{Both, Person, Story, run_test};

const SIGN: &str = "Read and sign the form";

/// The newest home in front of somebody.
fn home(t: &Story, person: &Person) -> Seen {
    let tab = t.platform().home("ada");
    let is_home = |seen: &Seen| seen.ephemeral && offers(seen, "About the program") && offers(seen, "What I can type");
    tab.unwrap_or_else(|| person.everything().into_iter().rfind(is_home).expect("home was asked for"))
}

fn offers(home: &Seen, wanted: &str) -> bool {
    home.controls.iter().any(|control| matches!(control, Control::Button { label, .. } if label == wanted))
}

/// Goes home, as people do on this platform.
async fn goes_home(t: &Story, person: &Person) {
    match t.on_discord() {
        true => person.asks("home", &[]).await,
        false => {
            person.actor.act(Action::OpenHome).await.expect("anybody may look");
            t.settle().await;
        }
    }
}

#[tokio::test]
async fn home_shows_what_came_of_what_was_done_there() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let ada = t.person("ada");
        goes_home(&t, &ada).await;
        let before = home(&t, &ada);
        assert!(before.text.contains("You are matched as a mentee") && offers(&before, SIGN), "{before:?}");
        assert_eq!(before.ephemeral, t.on_discord(), "nobody else sees it");

        ada.presses(SIGN).await;
        ada.presses("Sign").await;
        ada.sends(&[("typed_name", &["Ada Reyes"])]).await;
        t.drain().await;
        if t.on_discord() {
            goes_home(&t, &ada).await;
        }
        let after = home(&t, &ada);
        assert!(!offers(&after, SIGN), "the tab was not looked at again, and shows it: {after:?}");
    })
    .await;
}

#[tokio::test]
async fn home_shows_what_others_decided_when_it_is_looked_at_again() {
    run_test(Both, async |t| {
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        goes_home(&t, &ada).await;
        assert!(offers(&home(&t, &ada), "Apply as a mentee"));
        ada.applies_as(Mentee).await;
        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        goes_home(&t, &ada).await;
        let now = home(&t, &ada);
        assert!(!offers(&now, "Apply as a mentee") && now.text.contains("accepted"), "{now:?}");
        for label in ["About the program", "What I can type"] {
            ada.presses(label).await;
        }
        ada.sees("What you can type");
    })
    .await;
}
