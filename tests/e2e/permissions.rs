//! Every command is checked on the bot's side, whoever gives it and however the client hid it.

use plsep_bot::chat::ActionId;
use plsep_bot::chat::command::{OptionKind, Who, all};
use plsep_bot::words::Deed;
use plsep_domain::DateName;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Story, run_test};

/// What a coordinator could give for an option.
pub(super) fn value(kind: &OptionKind) -> &'static str {
    match kind {
        OptionKind::Choice(choices) => choices[0],
        OptionKind::Person => "@ben",
        // Nobody is in a group unless a story makes one.
        OptionKind::Group => "",
        OptionKind::Sought(_) => "grace",
        OptionKind::Words(_) => "2025-02-19",
        // Without a file a command says how to hand one in, or asks for it.
        OptionKind::File => "",
    }
}

/// Gives every command of the coordinators as this person, on the server's side: a client that hides commands is no
/// lock, so it is given rights first. Returns how many were refused.
async fn tries_everything(t: &Story, handle: &str) -> usize {
    let person = t.person(handle);
    let mut tried = 0;
    for (path, command) in all().filter(|(_, command)| command.who != Who::Anyone) {
        let options: Vec<(&str, &str)> = command
            .options
            .iter()
            .map(|option| (option.name, value(&option.kind)))
            .filter(|(_, it)| !it.is_empty())
            .collect();
        let line = person.line(path[0], &path[1..].join(" "), &options);
        match person.actor.says(&line).await {
            // The client already says no.
            Err(_) if t.on_discord() => {
                if command.options.is_empty() {
                    let answer = t.forges(handle, Deed::Do(command.id).action()).await;
                    assert!(answer.contains("Only coordinators can do that"), "{line}: {answer}");
                }
            }
            Err(error) => panic!("{line}: {error}"),
            Ok(_) => {
                t.settle().await;
                let newest = person.everything().into_iter().rfind(|seen| seen.ephemeral);
                let newest = newest.expect("an answer").text;
                assert!(newest.contains("Only coordinators can do that"), "{handle}: {line}: {newest}");
            }
        }
        tried += 1;
    }
    tried
}

#[tokio::test]
async fn commands_of_coordinators_are_refused_to_everybody_else() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let before = t.audit().await;
        for handle in ["zoe", "ada", "grace"] {
            assert!(tries_everything(&t, handle).await >= 16);
        }
        assert_eq!(t.audit().await, before, "what was refused leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn buttons_of_coordinators_are_refused_to_everybody_else() {
    run_test(Both, async |t| {
        t.until_proposed(&[("ada", Mentee), ("grace", Mentor)]).await;
        let (_, publish) = {
            let sam = t.person("sam");
            sam.commands("match publish", &[]).await;
            sam.button("Yes, publish and introduce")
        };
        let publish = ActionId::parse(publish.split('~').next().unwrap_or_default()).expect("an action");
        let before = t.audit().await;
        let deeds = [
            Deed::Accept(1.into()),
            Deed::Decline(1.into()),
            Deed::AcceptAll,
            Deed::CloseApplications,
            Deed::MoveDate(DateName::RunsUntil, "2025-12-24".parse().expect("a date")),
            Deed::Publish(1.into()),
            Deed::ShowProposal(0),
            Deed::Pin(vec![(1.into(), 2.into())]),
            Deed::Forbid(1.into(), 2.into()),
            Deed::AskOneMore(1.into()),
        ];
        for handle in ["zoe", "ada", "dana"] {
            for action in deeds.iter().map(Deed::action).chain([publish.clone()]) {
                let answer = t.forges(handle, action).await;
                assert!(answer.contains("Only coordinators can do that"), "{handle}: {answer}");
            }
        }
        assert_eq!(t.audit().await, before);
        assert!(t.pairs().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_owner_appoints_and_does_nothing_else() {
    run_test(Both, async |t| {
        let (dana, sam) = (t.person("dana"), t.person("sam"));
        for (path, command) in all().filter(|(_, command)| command.who == Who::Coordinator) {
            let options: Vec<(&str, &str)> = command
                .options
                .iter()
                .map(|option| (option.name, value(&option.kind)))
                .filter(|(_, it)| !it.is_empty())
                .collect();
            let line = dana.line(path[0], &path[1..].join(" "), &options);
            dana.says(&line).await;
            let newest = dana.everything().into_iter().rfind(|seen| seen.ephemeral).expect("an answer");
            assert!(newest.text.contains("you can appoint coordinators"), "{line}: {}", newest.text);
        }
        assert_eq!(t.audit().await, ["bot: season.create", "dana: coordinators.add"]);
        // A coordinator can do all of it. The last one stays.
        sam.asks("home", &[]).await;
        sam.sees("You are a coordinator of this program");
        sam.commands("coordinators remove", &[("person", "@sam")]).await;
        sam.sees("is the last coordinator");
    })
    .await;
}

#[tokio::test]
async fn a_former_coordinator_may_no_longer() {
    run_test(Both, async |t| {
        let (dana, zoe, sam) = (t.person("dana"), t.person("zoe"), t.person("sam"));
        dana.commands("coordinators add", &[("person", "@zoe")]).await;
        zoe.asks("home", &[]).await;
        zoe.sees("You are a coordinator of this program");
        if t.on_discord() {
            assert!(sam.actor.says("/mentorship-admin season show").await.is_err() || !sam.everything().is_empty());
        }
        t.settle().await;
        let answer = t.forges("zoe", Deed::Do(plsep_bot::chat::CommandId::CoordinatorsList).action()).await;
        assert!(answer.contains("2 coordinators"), "{answer}");
        let before = t.audit().await.len();
        t.removes_coordinator("zoe").await;
        let answer = t.forges("zoe", Deed::AcceptAll.action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        assert_eq!(t.audit().await.len(), before + 1);
    })
    .await;
}
