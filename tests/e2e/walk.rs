//! Who may do what, walked by everybody over everything: each command, each control and each form, handed straight to
//! the bot's side, as no client would let them.

use std::collections::BTreeMap;

use plsep_bot::chat::command::{Command, Invocation, OptionKind, OptionValue, Who, all};
use plsep_bot::chat::{CommandId, Group, GroupRef, Handed, UserRef, What};
use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{By, Story, resident};
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
    /// Coordinates by being in a group, and by nothing else.
    ByGroup,
    /// Was in it.
    NoLongerInGroup,
}

/// The coordinators come last: what they do is done.
const WALKERS: [Walker; 9] = [
    Walker::Stranger,
    Walker::Guest,
    Walker::Member,
    Walker::Mentee,
    Walker::Mentor,
    Walker::Owner,
    Walker::NoLongerInGroup,
    Walker::ByGroup,
    Walker::Coordinator,
];

/// The group whose members coordinate.
const OFFICE: &str = "group-of-the-office";
/// A group like any other.
const BOOK_CLUB: &str = "book-club";

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
            Self::ByGroup | Self::NoLongerInGroup => "olga",
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
            (Who::Anyone, _) | (_, Self::Coordinator | Self::ByGroup) | (Who::Steward, Self::Owner) => Ok(()),
            (Who::Coordinator, Self::Owner) => Err(APPOINT),
            (Who::Coordinator | Who::Steward, _) => Err(ONLY),
        }
    }

    /// What the bot's side says to something they did.
    async fn does(self, t: &Story, what: What) -> String {
        let key = format!("walked:{self:?}:{what:?}:{}", t.now());
        self.sends(t, &key, what, None).await
    }

    /// The same with a file.
    async fn sends(self, t: &Story, key: &str, what: What, file: Option<Handed>) -> String {
        let groups = match self {
            Self::ByGroup => vec![BOOK_CLUB, OFFICE],
            Self::NoLongerInGroup => vec![BOOK_CLUB],
            _ => vec![],
        };
        let groups = Some(groups.into_iter().map(|id| GroupRef(id.to_owned())).collect());
        let by = By { user: self.user(t), steward: self == Self::Owner, groups, file };
        format!("{:?}", t.hands_over_by(by, key, what).await)
    }

    fn coordinates(self) -> bool {
        matches!(self, Self::Coordinator | Self::ByGroup)
    }
}

/// A command with every option given.
fn given(t: &Story, command: &Command) -> Invocation {
    let options = command.options.iter().map(|option| {
        let words = value(&option.kind);
        let value = match &option.kind {
            OptionKind::Choice(choices) => OptionValue::Choice(choices[0]),
            OptionKind::Group => {
                OptionValue::Group(Group { at: GroupRef("helpers".to_owned()), name: "Helpers".to_owned() })
            }
            OptionKind::Person => OptionValue::Person(UserRef(t.id_of(words.trim_start_matches('@')))),
            OptionKind::Words(_) | OptionKind::Sought(_) => OptionValue::Words(words.to_owned()),
            OptionKind::File => OptionValue::File,
        };
        (option.name, value)
    });
    Invocation { id: command.id, options: options.collect() }
}

/// A list of participants, as it comes with a command or a form.
fn list() -> Option<Handed> {
    let content = b"Name,Email,Library system\nAna Ortiz,ana@example.org,Fresno\n".to_vec();
    Some(Handed::Here { name: "people.csv".to_owned(), content })
}

/// The key under which the list of a coordinator came in.
const LIST_OF_SAM: &str = "the-list-of-sam";

/// A file is handed in by every way there is, and by ways there are not: with what takes none, and as a second delivery
/// of somebody else's.
async fn hands_over_files(t: &Story, walker: Walker) {
    let import = Invocation { id: CommandId::RosterImport, options: [("file", OptionValue::File)].into() };
    let (form, values) = (Deed::HandInRoster.action(), BTreeMap::new);
    let ways = [
        ("the command", What::Command(import.clone())),
        ("the form", What::Submit { action: form.clone(), values: values() }),
        ("a button", What::Press(form.clone())),
        ("a button of the form", What::Turn { action: form.clone(), values: values() }),
        ("a menu", What::Choose { action: form.clone(), values: vec!["1".to_owned()] }),
        ("another form", What::Submit { action: Deed::Decline(1.into()).action(), values: values() }),
    ];
    for (way, what) in ways {
        let key = format!("handed:{walker:?}:{way}");
        let answer = walker.sends(t, &key, what, list()).await;
        let told = if walker == Walker::Owner && way == "the command" { APPOINT } else { ONLY };
        match walker.coordinates() {
            true => assert!(!answer.contains(ONLY) && !answer.contains(APPOINT), "{walker:?}: {way}: {answer}"),
            false if way == "a menu" => assert!(answer.contains("is too old"), "{walker:?}: {way}: {answer}"),
            false => assert!(answer.contains(told), "{walker:?}: {way}: {answer}"),
        }
        assert!(walker.coordinates() || !answer.contains("is new"), "{walker:?} learns of the roster: {answer}");
    }
    let again = walker.sends(t, LIST_OF_SAM, What::Submit { action: form, values: values() }, list()).await;
    let learns = again.contains("One person is new");
    assert_eq!(learns, walker.coordinates(), "{walker:?} is told what another was told: {again}");
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
        let expected = if needs_no_rank(&deed) || walker.coordinates() { Ok(()) } else { Err(ONLY) };
        let own = needs_no_rank(&deed);
        assert_eq!(deed.may_need_rank(), !own, "{deed:?}: whether an adapter finds out who is in which group");
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
    t.joins(resident("olga", "Olga Office", "America/Los_Angeles"));
    t.settle().await;
    t.appoints_group(OFFICE).await;
    if let Some(slack) = &t.stage.slack {
        slack.make_guest("gil", true);
    }
    t.until_proposed(&[("ada", Mentee), ("grace", Mentor)]).await;
    let sent = What::Submit { action: Deed::HandInRoster.action(), values: BTreeMap::new() };
    let told = Walker::Coordinator.sends(&t, LIST_OF_SAM, sent, list()).await;
    assert!(told.contains("One person is new"), "{told}");
    let (before, roster) = (t.audit().await, t.roster_size().await);
    assert!(all().filter(|(_, command)| command.who != Who::Anyone).count() >= 16, "there is a tree to walk");
    for walker in WALKERS {
        if walker == Walker::ByGroup {
            let appointed = t.audit().await.split_off(before.len());
            assert!(appointed.iter().all(|line| line.starts_with("dana: coordinators.")), "{appointed:?}");
            assert!(t.pairs().await.is_empty(), "what was refused leaves no trace");
            assert_eq!(t.roster_size().await, roster, "no list was taken in");
        }
        hands_over_files(&t, walker).await;
        walks(&t, walker).await;
    }
}
