//! The promises that are kept to everybody, each at its simplest. Where another story tells more, it is named there.

use plsep_bot::words::{Deed, MeetingDeed, OfficeDeed, RosterDeed, Told};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{CheckInAnswer, DateName, Fit, FitWish, HelpKind, Occasion, Setting};
use plsep_sandbox::FaultKind;

use super::harness::{Both, OnSlack, Story, resident, run_test};

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

/// `crash` and the storm of a rehearsal tell more.
#[tokio::test]
async fn promise_2_exactly_one_introduction() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        let [opens, posts] = match t.on_discord() {
            true => ["POST /api/v10/guilds/", "POST /api/v10/channels/"],
            false => ["conversations.create", "chat.postMessage"],
        };
        let sam = t.person("sam");
        sam.commands("match publish", &[]).await;
        let (message, publish) = sam.button("Yes, publish and introduce");
        // The answer to each request is lost after its effect, the bot dies, and the button is pressed once more.
        t.goes_wrong(opens, FaultKind::CutAfterEffect, 0);
        t.goes_wrong(posts, FaultKind::CutAfterEffect, 0);
        sam.presses_old(&message, &publish).await.expect("the button is there");
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-02-18 12:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.drain().await;
        // What was replaced has no button any more, which is as good as a refusal.
        let _ = sam.presses_old(&message, &publish).await;
        t.travel_to("2025-02-20 10:00").await;
        assert_eq!(t.faults_left(), 0);
        for handle in ["ada", "grace"] {
            let person = t.person(handle);
            assert_eq!(person.in_room("Meet each other").len(), 1, "{handle}");
        }
        assert_eq!(t.pairs().await.len(), 1);
    })
    .await;
}

/// `missed_cron`, `schedule` and the store's rounds tell more.
#[tokio::test]
async fn promise_3_on_time() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let ada = t.person("ada");
        let asked = |month: &str| ada.in_room(&format!("Your check-in for {month} 2025")).len();
        // On time to the second, and across the change of the clocks on March 9.
        t.travel_to("2025-03-20 09:59:59").await;
        assert_eq!(asked("March"), 0);
        t.travel_to("2025-03-20 10:00").await;
        assert_eq!(asked("March"), 1);
        // Set back by an hour after the run: not again.
        t.clock_jumps_to("2025-03-20 09:00");
        t.travel_to("2025-03-20 10:30").await;
        assert_eq!(asked("March"), 1);
        // Away when it is due, and back a day later: once, and late.
        t.travel_to("2025-04-19 18:00").await;
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-04-21 11:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        assert_eq!(asked("April"), 1);
        t.travel_to("2025-05-20 09:59:59").await;
        assert_eq!((asked("April"), asked("May")), (1, 0));
        t.travel_to("2025-05-20 10:00").await;
        assert_eq!(asked("May"), 1);
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

/// `walk` goes over everything as everybody.
#[tokio::test]
async fn promise_5_allowed_only() {
    run_test(Both, super::walk::by_everybody).await;
}

/// One of each kind. A new kind does not compile in [`needs_no_rank`] until somebody has decided who may.
pub(super) fn every_deed() -> Vec<Deed> {
    let mut all = vec![
        Deed::HandInRoster,
        Deed::ImportRoster(1.into(), true),
        Deed::LeaveRoster(1.into()),
        Deed::UndoRoster(1.into()),
        Deed::CheckIn(1.into(), "2025-03".parse().expect("a month"), CheckInAnswer::Met),
        Deed::Fit(1.into(), Occasion::MidTerm, Fit::NotGood),
        Deed::FitWish(1.into(), Occasion::MidTerm, FitWish::Talk),
        Deed::FitNote(1.into(), Occasion::MidTerm),
        Deed::HelpKind(1.into(), "2025-03".parse().expect("a month"), HelpKind::Time),
        Deed::HelpNote(1.into(), "2025-03".parse().expect("a month")),
        Deed::Prefer(Setting::Reach),
        Deed::WriteSetting(Setting::Zone),
        Deed::Pause(7),
        Deed::Resume,
        Deed::Accept(1.into()),
        Deed::Decline(1.into()),
        Deed::Meeting(MeetingDeed::Set(1.into())),
        Deed::Meeting(MeetingDeed::Move(1.into())),
        Deed::MeetingAt(MeetingDeed::Log(1.into()), 1_741_986_000),
        Deed::CancelMeeting(1.into(), true),
        Deed::TellMeeting(1.into(), 0, Told::Held),
        Deed::Cadence(1.into(), None),
        Deed::Ask,
        Deed::AcceptAll,
        Deed::CloseApplications,
        Deed::MoveDate(DateName::RunsUntil, "2025-12-24".parse().expect("a date")),
        Deed::ShowProposal(0),
        Deed::Pin(vec![(1.into(), 2.into())]),
        Deed::Forbid(1.into(), 2.into()),
        Deed::AskOneMore(1.into()),
        Deed::OneMore { capacity: 9, yes: true },
        Deed::Publish(1.into()),
        Deed::TryAgain(1.into()),
        Deed::LeaveIt(1.into()),
    ];
    all.extend(RosterDeed::examples().into_iter().map(Deed::Roster));
    all.extend(OfficeDeed::examples().into_iter().map(Deed::Office));
    all
}

/// Whether a deed is a person's own business. Commands are walked by themselves.
pub(super) fn needs_no_rank(deed: &Deed) -> bool {
    match deed {
        Deed::Apply(_)
        | Deed::ShowStep(..)
        | Deed::Pick(..)
        | Deed::PickPart(..)
        | Deed::Write(..)
        | Deed::Send(_)
        | Deed::Withdraw => true,
        Deed::Sign(_) | Deed::CheckIn(..) | Deed::OneMore { .. } => true,
        Deed::HelpKind(..) | Deed::HelpNote(..) => true,
        Deed::Fit(..) | Deed::FitWish(..) | Deed::FitNote(..) => true,
        Deed::Prefer(_) | Deed::WriteSetting(_) | Deed::Pause(_) | Deed::Resume => true,
        Deed::Export | Deed::Erase => true,
        Deed::Survey | Deed::ShowSurvey(_) | Deed::PickSurvey(..) | Deed::WriteSurvey(_) | Deed::SendSurvey => true,
        Deed::Meeting(_) | Deed::MeetingAt(..) | Deed::CancelMeeting(..) | Deed::TellMeeting(..) => true,
        Deed::Cadence(..) | Deed::Ask => true,
        Deed::ShowProposal(_) | Deed::Pin(_) | Deed::Forbid(..) | Deed::AskOneMore(_) => false,
        Deed::Do(_) => false,
        Deed::Accept(_) | Deed::Decline(_) => false,
        Deed::AcceptAll | Deed::CloseApplications | Deed::MoveDate(..) | Deed::Publish(_) => false,
        Deed::HandInRoster | Deed::ImportRoster(..) | Deed::LeaveRoster(_) | Deed::UndoRoster(_) => false,
        Deed::TryAgain(_) | Deed::LeaveIt(_) => false,
        Deed::Roster(_) | Deed::Office(_) => false,
    }
}

/// What people type, by mistake or on purpose.
const HARM: [&str; 12] = [
    "@everyone and @here",
    "<!channel> <!here> <!everyone>",
    "<@1> <@U0000001> <@&1> <#1>",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE people; --",
    "nul\u{0}byte",
    "\u{202e}desrever\u{202c}",
    "\u{1f469}\u{200d}\u{1f4da}\u{2615}",
    "**bold** _it_ ~~no~~ `code` ```\nblock\n``` > quote # head [link](https://evil.example)",
    "<https://evil.example|your bank> <script>alert(1)</script> &amp; &lt;",
    "{ $name } {0} %s %n \\n \\u0000",
    "z\u{335}\u{321}a\u{334}l\u{337}g\u{336}o\u{338}",
];

#[tokio::test]
async fn promise_6_harmless_text() {
    run_test(Both, async |t| {
        t.joins(resident("mal", "@everyone <!channel> *M*", "America/Los_Angeles"));
        t.joins(resident("rtl", "=1+1 \u{202e}Ynot\u{202c} `x`", "America/Los_Angeles"));
        t.settle().await;
        t.puts_on_roster("mal").await;
        let harm = HARM.join("\n");
        let (mal, rtl, sam) = (t.person("mal"), t.person("rtl"), t.person("sam"));
        let short = "@everyone <!channel> =1+1";
        mal.applies_with(Mentee, &[("goals", &[&harm]), ("note", &[&harm]), ("branch", &[short])]).await;
        mal.sees("Received, thank you");
        rtl.applies_with(Mentor, &[("offer", &[&harm]), ("note", &[&harm]), ("position_title", &[short])]).await;
        rtl.sees("Received, thank you");
        // More than a question takes is refused where it is typed, and nothing else is lost.
        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications queue", &[]).await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        for command in ["match propose", "match show", "match publish"] {
            sam.commands(command, &[]).await;
        }
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        for command in ["pairs list", "season show", "nudges preview"] {
            sam.commands(command, &[]).await;
        }
        t.travel_to("2025-03-20 11:00").await;
        let introduction = mal.in_room("Meet each other").pop().expect("they are introduced").text;
        assert!(introduction.contains("DROP TABLE people") && introduction.contains("evil.example"), "{introduction}");
        assert!(!introduction.contains('\u{0}'));
        for seen in t.everything() {
            assert!(!seen.html.contains("<script"), "{}", seen.html);
            let all = seen.pings.iter().find(|ping| ping.as_str() == "@everyone");
            assert_eq!(all, None, "everybody is pinged by {}", seen.text);
            // The pair alone is named in what it reads.
            let strangers = ["Ben Okafor", "Zoe Stranger", "Dana Whitaker", "Samantha Ortiz"];
            assert!(!seen.pings.iter().any(|ping| strangers.contains(&ping.as_str())), "{:?}", seen.pings);
        }
    })
    .await;
}

#[tokio::test]
async fn promise_6_harmless_text_however_long() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        // As long as a question takes.
        ada.applies_with(Mentee, &[("goals", &[&"long ".repeat(200)]), ("note", &[&"\u{1f4da}".repeat(500)])]).await;
        ada.sees("Received, thank you");
        let kept = t.application("ada").await.expect("it is kept");
        // Longer than any client lets through: refused, and what was there stays.
        let values = [("goals".to_owned(), vec!["long ".repeat(800)])].into();
        let answer = t.forges_submission("ada", Deed::Send(Mentee).action(), values).await;
        assert!(!answer.contains("Received"), "{answer}");
        assert_eq!(t.application("ada").await.expect("it is kept").answers, kept.answers);
    })
    .await;
}

#[tokio::test]
async fn promise_7_polite() {
    // Only Slack tells a bot where its readers live.
    run_test(OnSlack, async |t| {
        t.joins(resident("kai", "Kai Kealoha", "Pacific/Honolulu"));
        t.joins(resident("nia", "Nia Brooks", "America/New_York"));
        t.settle().await;
        t.puts_on_roster("kai").await;
        t.until_paired(&[("kai", Mentee), ("nia", Mentor)]).await;
        let (kai, nia) = (t.person("kai"), t.person("nia"));
        // Away when it is due; back when it is night for one of them, then for the other.
        t.travel_to("2025-03-19 20:00").await;
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-03-20 20:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-03-21 11:59").await;
        assert!(kai.in_room("Your check-in for March 2025").is_empty(), "it is 8:59 in Honolulu");
        t.travel_to("2025-03-21 12:00").await;
        assert_eq!(kai.in_room("Your check-in for March 2025").len(), 1, "both are awake");
        // "We met" ends the questions of the month for both.
        nia.answers("2025-03", "met").await;
        t.travel_to("2025-04-19 12:00").await;
        assert_eq!(nia.in_room("Your check-in for March 2025").len(), 1);
        all_at_civil_hours(&t);
        // Whoever stops is not written to any more, but for the farewell.
        kai.asks("withdraw", &[]).await;
        kai.presses("Withdraw").await;
        t.drain().await;
        let heard = kai.everything().len();
        t.travel_to("2025-06-30 12:00").await;
        t.travel_to("2025-07-15 12:00").await;
        assert_eq!(kai.everything().len(), heard, "{}", kai.screen());
    })
    .await;
}

/// Nothing that the bot sent by itself came at night.
fn all_at_civil_hours(t: &Story) {
    let hours = t.program.nudge.civil_hours;
    for (handle, zone) in [("kai", "Pacific/Honolulu"), ("nia", "America/New_York")] {
        let zone: chrono_tz::Tz = zone.parse().expect("a zone");
        for seen in t.person(handle).everything().into_iter().filter(|seen| seen.by_bot && !seen.ephemeral) {
            let at = chrono::DateTime::from_timestamp_millis(seen.at_ms).expect("a moment of the world");
            let local = at.with_timezone(&zone).time();
            assert!(hours.from <= local && local < hours.to, "{handle} at {local}: {}", seen.text);
        }
    }
}

#[tokio::test]
async fn promise_8_accountable() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let sam = t.person("sam");
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-07-05")]).await;
        sam.presses("Yes, move it").await;
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
