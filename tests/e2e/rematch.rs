//! A pair is ended for a new match: what is asked, what each of the two reads, and who comes first then.

use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{Back, ConcernKind, EndReason, Lang, PairId, PersonId};

use super::harness::{Both, Person, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

/// Asks, chooses who goes back, and says yes.
async fn rematches(sam: &Person, whom: &str, pair: PairId, back: Back) {
    sam.commands("pairs rematch", &[("person", whom)]).await;
    sam.chooses(&Deed::Office(OfficeDeed::PickRematch(pair)), back.key()).await;
    sam.presses("Yes, end it and tell both").await;
    sam.sees("is ended, and both will be told");
}

/// Who is with whom now.
async fn live(t: &Story) -> Vec<(PersonId, PersonId)> {
    let pairs = t.pairs().await.into_iter().filter(|pair| pair.state.is_live());
    pairs.map(|pair| (pair.mentee, pair.mentor)).collect()
}

#[tokio::test]
async fn not_a_good_fit_leads_from_the_concern_to_a_new_match_with_kind_words_for_both() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.lives_in("ada", "America/New_York", Lang::Es).await;
        t.travel_to("2025-03-20 11:00").await;
        let (mut ada, mut grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        grace.answers("2025-03", "met").await;
        t.travel_to("2025-03-21 10:00").await;
        grace.presses("It is not a good fit").await;
        t.drain().await;
        let pair = t.pairs().await[0].id;
        assert_eq!(t.concerns().await, [ConcernKind::NotGoodFit]);
        sam.reads();
        sam.commands("concerns list", &[]).await;
        let mut tx = t.stage.store.read().await.expect("the database answers");
        let community = t.community_in(&mut tx).await;
        let concern = tx.open_concerns(community).await.expect("it reads")[0].id;
        drop(tx);
        sam.chooses(&Deed::Office(OfficeDeed::PickConcern), &concern.to_string()).await;
        sam.reads();
        sam.presses("Look for a new match").await;
        let mut seen = vec![sam.reads()];
        sam.chooses(&Deed::Office(OfficeDeed::PickRematch(pair)), "both").await;
        seen.push(sam.newest());
        ada.reads();
        grace.reads();
        sam.presses("Yes, end it and tell both").await;
        seen.push(sam.newest());
        t.snapshot("rematch_asked", &seen.join("\n\n=====\n\n"));
        t.drain().await;
        t.snapshot("rematch_told", &[ada.reads(), grace.reads()].join("\n\n=====\n\n"));
        assert!(ada.room().archived);
        assert_eq!(t.pairs().await[0].state.end_reason(), Some(EndReason::Rematched));
        assert!(t.audit().await.iter().any(|line| line.contains("pair.rematch")), "it is written down");

        // Nobody is brought together again, and nobody is asked about their month.
        sam.commands("match propose", &[]).await;
        sam.sees("No pair is proposed");
        t.travel_to("2025-04-25 11:00").await;
        grace.sees_no("Your check-in for April 2025");
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_their_mentor_comes_before_whoever_never_had_one() {
    run_test(Both, async |t| {
        let [ada, ben, zoe, grace, marcus, sam] =
            ["ada", "ben", "zoe", "grace", "marcus", "sam"].map(|handle| t.person(handle));
        t.puts_on_roster("zoe").await;
        let outreach: [(&str, &[&str]); 1] = [("specialisations_sought", &["outreach"])];
        ada.applies_as(Mentee).await;
        ben.applies_with(Mentee, &outreach).await;
        zoe.applies_with(Mentee, &outreach).await;
        grace.applies_as(Mentor).await;
        marcus.applies_with(Mentor, &[("specialisations_offered", &["outreach"])]).await;
        t.accepts_and_proposes().await;
        t.publishes().await;
        let before = live(&t).await;
        assert_eq!(before.len(), 2);
        let third = zoe.has("No match this time");
        let (lost, waits) = if third { ("@ben", &zoe) } else { ("@zoe", &ben) };
        t.travel_to("2025-03-14 15:00").await;

        // Only the mentee goes back: the mentor's place is given to nobody, and nobody is told anew.
        let pairs = t.pairs().await;
        let mut tx = t.stage.store.read().await.expect("the database answers");
        let ada_is = tx.person(pairs[0].mentee).await.expect("it reads").user.0 == t.id_of("ada");
        drop(tx);
        let [of_grace, of_marcus] = if ada_is { [&pairs[0], &pairs[1]] } else { [&pairs[1], &pairs[0]] };
        rematches(&sam, lost, of_marcus.id, Back::Mentee).await;
        t.drain().await;
        marcus.sees("You will not be given another mentee in this place");
        sam.commands("match propose", &[]).await;
        sam.sees("No pair is proposed");
        // Asked, the mentor says yes; then the two who lost their mentors change places, though another fits better.
        sam.commands("match one-more", &[("mentor", "@marcus")]).await;
        sam.presses("Ask the mentor").await;
        t.drain().await;
        marcus.presses("Yes, one more").await;
        rematches(&sam, "@ada", of_grace.id, Back::Both).await;
        t.drain().await;
        sam.commands("match propose", &[]).await;
        sam.sees("2 pairs are proposed");
        t.publishes().await;
        let mut after = live(&t).await;
        after.sort();
        let mut changed = vec![(before[0].0, before[1].1), (before[1].0, before[0].1)];
        changed.sort();
        assert_eq!(after, changed);
        waits.sees_times(1, "No match this time");
        marcus.sees_no("No match this time");
    })
    .await;
}

#[tokio::test]
async fn the_question_grows_old_and_is_for_coordinators_while_the_program_runs() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-14 15:00").await;
        let sam = t.person("sam");
        let pair = t.pairs().await[0].id;
        let yes = || OfficeDeed::Rematch(pair, Back::Mentee, t.now().timestamp()).action();
        let old = yes();
        assert!(t.forges("ada", yes()).await.contains("Only coordinators can do that"));
        t.travel_to("2025-03-14 15:11").await;
        assert!(t.forges("sam", old).await.contains("This question is too old"));
        assert!(t.pairs().await[0].state.is_live());
        t.travel_to("2025-07-01 00:00").await;
        let answer = t.forges("sam", yes()).await;
        assert!(answer.contains("has ended already") || answer.contains("no time for a new match"), "{answer}");
        sam.commands("pairs rematch", &[("person", "@ben")]).await;
        sam.sees(if t.on_discord() { "I do not know this person yet" } else { "This person is in no pair" });
    })
    .await;
}
