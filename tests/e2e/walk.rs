//! Who may do what, walked by everybody over everything: each command, each control and each form, handed straight to
//! the bot's side, as no client would let them.

use std::collections::BTreeMap;

use plsep_bot::chat::command::{Command, Invocation, OptionKind, OptionValue, Who, all};
use plsep_bot::chat::{UserRef, What};
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Story, resident};
use super::permissions::value;
use super::promises::{every_deed, needs_no_rank};

/// Everybody there can be, by what they are to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walker {
    /// An account nobody has ever seen here.
    Stranger,
    /// A guest of the workspace; on Discord, which has none, somebody who has just come.
    Guest,
    Member,
    Mentee,
    Mentor,
    /// Owns the server or workspace, and coordinates nothing.
    Owner,
    Coordinator,
}

/// The coordinator comes last: what they do is done.
const WALKERS: [Walker; 7] = [
    Walker::Stranger,
    Walker::Guest,
    Walker::Member,
    Walker::Mentee,
    Walker::Mentor,
    Walker::Owner,
    Walker::Coordinator,
];

/// What a person is told who lacks the rank.
const ONLY: &str = "Only coordinators can do that";
/// What the owner is told, who can put that right.
const APPOINT: &str = "you can appoint coordinators";

impl Walker {
    fn handle(self) -> &'static str {
        match self {
            Self::Stranger => "nobody",
            Self::Guest => "gil",
            Self::Member => "zoe",
            Self::Mentee => "ada",
            Self::Mentor => "grace",
            Self::Owner => "dana",
            Self::Coordinator => "sam",
        }
    }

    fn user(self, t: &Story) -> UserRef {
        match self {
            Self::Stranger if t.on_discord() => UserRef("424242424242".to_owned()),
            Self::Stranger => UserRef("U0NOBODY".to_owned()),
            known => UserRef(t.id_of(known.handle())),
        }
    }

    /// Whether a command of these is theirs, or else what they are told.
    fn may(self, who: Who) -> Result<(), &'static str> {
        match (who, self) {
            (Who::Anyone, _) | (_, Self::Coordinator) | (Who::Steward, Self::Owner) => Ok(()),
            (Who::Coordinator, Self::Owner) => Err(APPOINT),
            (Who::Coordinator | Who::Steward, _) => Err(ONLY),
        }
    }

    /// What the bot's side says to something they did.
    async fn does(self, t: &Story, what: What) -> String {
        let key = format!("walked:{self:?}:{what:?}:{}", t.now());
        format!("{:?}", t.hands_over_by(self.user(t), self == Self::Owner, &key, what).await)
    }
}

/// A command with every option given.
fn given(t: &Story, command: &Command) -> Invocation {
    let options = command.options.iter().map(|option| {
        let words = value(&option.kind);
        let value = match &option.kind {
            OptionKind::Choice(choices) => OptionValue::Choice(choices[0]),
            OptionKind::Person => OptionValue::Person(UserRef(t.id_of(words.trim_start_matches('@')))),
            OptionKind::Words(_) => OptionValue::Words(words.to_owned()),
            OptionKind::File => OptionValue::File,
        };
        (option.name, value)
    });
    Invocation { id: command.id, options: options.collect() }
}

/// Each command is given, each button pressed, each menu used, and each form sent and turned.
async fn walks(t: &Story, walker: Walker) {
    let holds = |what: &str, expected: Result<(), &str>, answer: &str| match expected {
        Ok(()) => assert!(!answer.contains(ONLY) && !answer.contains(APPOINT), "{walker:?}: {what}: {answer}"),
        Err(words) => assert!(answer.contains(words), "{walker:?}: {what}: {answer}"),
    };
    for (path, command) in all() {
        let answer = walker.does(t, What::Command(given(t, command))).await;
        holds(&path.join(" "), walker.may(command.who), &answer);
    }
    for deed in every_deed() {
        // Owning the place is no rank: only the command by which coordinators are appointed asks for it.
        let expected = if needs_no_rank(&deed) || walker == Walker::Coordinator { Ok(()) } else { Err(ONLY) };
        let (action, values) = (deed.action(), BTreeMap::new());
        let pressed = walker.does(t, What::Press(action.clone())).await;
        holds(&format!("press {deed:?}"), expected, &pressed);
        let gone = "";
        for (how, what) in [
            ("choose", What::Choose { action: action.clone(), values: vec!["1".to_owned()] }),
            ("send", What::Submit { action: action.clone(), values: BTreeMap::clone(&values) }),
            ("turn", What::Turn { action, values }),
        ] {
            let answer = walker.does(t, what).await;
            let refused = expected.map_err(|only| if answer.contains("is too old") { gone } else { only });
            holds(&format!("{how} {deed:?}"), refused, &answer);
        }
    }
}

/// The walk of promise 5. Whoever may not changes nothing by anything.
pub(super) async fn by_everybody(t: Story) {
    t.joins(resident("gil", "Gil Guest", "America/Los_Angeles"));
    t.settle().await;
    if let Some(slack) = &t.stage.slack {
        slack.make_guest("gil", true);
    }
    t.until_proposed(&[("ada", Mentee), ("grace", Mentor)]).await;
    let before = t.audit().await;
    assert!(all().filter(|(_, command)| command.who != Who::Anyone).count() >= 16, "there is a tree to walk");
    for walker in WALKERS {
        if walker == Walker::Coordinator {
            let appointed = t.audit().await.split_off(before.len());
            assert!(appointed.iter().all(|line| line.starts_with("dana: coordinators.")), "{appointed:?}");
            assert!(t.pairs().await.is_empty(), "what was refused leaves no trace");
        }
        walks(&t, walker).await;
    }
}
