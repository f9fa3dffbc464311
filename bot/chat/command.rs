//! The one declarative command tree: names, options and who may. Each adapter renders it (a registration,
//! a parser of typed lines); the README's table and the help text are made from it. Texts are not here.

use std::collections::BTreeMap;

use super::UserRef;

/// Every command, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CommandId {
    /// Where I stand, what is next, my buttons.
    Home,
    /// What the program is.
    About,
    /// Apply, or go on with or change an application.
    Apply,
    /// Where my application stands.
    Status,
    /// Read and sign the acknowledgement form.
    Agreement,
    /// Say whether we met this month.
    CheckIn,
    /// Withdraw my application, or leave my pair.
    Withdraw,
    /// What a participant can type.
    Help,
    /// Phase, dates and figures of the season.
    SeasonShow,
    /// Move a date of the season.
    SeasonMove,
    /// Close applications now.
    SeasonClose,
    /// Who waits for a decision.
    ApplicationsQueue,
    /// Accept everybody who is eligible and waits.
    ApplicationsAcceptAll,
    /// Accept one person, also somebody not on the roster.
    ApplicationsAccept,
    /// Decline one person, with the reason.
    ApplicationsDecline,
    /// Compute a proposal.
    MatchPropose,
    /// Look at the proposal.
    MatchShow,
    /// What the proposal says about one person, and why.
    MatchWhy,
    /// Make a pair whatever else is proposed.
    MatchPin,
    /// Keep two people apart.
    MatchForbid,
    /// Let two mentees exchange their mentors.
    MatchSwap,
    /// Take back what was decided about a pair.
    MatchRelease,
    /// What one more place with a mentor would gain.
    MatchOneMore,
    /// Publish the proposal.
    MatchPublish,
    /// Pairs with their state.
    PairsList,
    /// Who would be asked now, and who has answered.
    NudgesPreview,
    /// Who coordinates.
    CoordinatorsList,
    /// Make somebody a coordinator.
    CoordinatorsAdd,
    /// End somebody's coordinating.
    CoordinatorsRemove,
    /// What a coordinator can type.
    AdminHelp,
}

/// Who may give a command. The flow checks it each time on the server side; a platform's own hiding of
/// commands is a courtesy, not a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody in the community.
    Anyone,
    /// Coordinators.
    Coordinator,
    /// Coordinators, and whoever owns or administers the server or workspace.
    Steward,
}

/// A command one types first: `/mentorship`.
#[derive(Debug)]
pub struct Root {
    /// Name without slash.
    pub name: &'static str,
    /// The least right anybody needs for any of its commands.
    pub who: Who,
    /// What a bare `/name` does, where a platform lets one type it.
    pub bare: CommandId,
    /// Commands and groups in the order shown.
    pub nodes: &'static [Node],
}

/// A command, or a group of commands.
#[derive(Debug)]
pub enum Node {
    /// A command.
    Command(Command),
    /// Commands under a common word.
    Group {
        /// The word.
        name: &'static str,
        /// Its commands.
        commands: &'static [Command],
    },
}

/// One command.
#[derive(Debug)]
pub struct Command {
    /// Name.
    pub name: &'static str,
    /// What it is for.
    pub id: CommandId,
    /// Who may.
    pub who: Who,
    /// Options, required ones first.
    pub options: &'static [OptionSpec],
}

/// An option of a command.
#[derive(Debug)]
pub struct OptionSpec {
    /// Name.
    pub name: &'static str,
    /// What it takes.
    pub kind: OptionKind,
    /// Must be given.
    pub required: bool,
}

/// What an option takes.
#[derive(Debug)]
pub enum OptionKind {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A person of the community.
    Person,
    /// Free words, at most so many characters. As the last option it takes the rest of a typed line.
    Words(usize),
}

/// A value given for an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A choice.
    Choice(&'static str),
    /// A person.
    Person(UserRef),
    /// Words.
    Words(String),
}

/// A command with its options, as the tree allows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Which command.
    pub id: CommandId,
    /// Options given, by name.
    pub options: BTreeMap<&'static str, OptionValue>,
}

/// Longest free words of an option: the shorter of what the platforms and a decision's reason need.
const REASON_MAX_CHARS: usize = 500;

const fn participant(name: &'static str, id: CommandId, options: &'static [OptionSpec]) -> Node {
    Node::Command(Command { name, id, who: Who::Anyone, options })
}

const fn coordinator(name: &'static str, id: CommandId, options: &'static [OptionSpec]) -> Command {
    Command { name, id, who: Who::Coordinator, options }
}

const fn required(name: &'static str, kind: OptionKind) -> OptionSpec {
    OptionSpec { name, kind, required: true }
}

/// A mentee and a mentor.
const PAIR: &[OptionSpec] = &[required("mentee", OptionKind::Person), required("mentor", OptionKind::Person)];

/// The whole tree.
pub static TREE: &[Root] = &[
    Root {
        name: "mentorship",
        who: Who::Anyone,
        bare: CommandId::Home,
        nodes: &[
            participant("home", CommandId::Home, &[]),
            participant("about", CommandId::About, &[]),
            participant("apply", CommandId::Apply, &[required("role", OptionKind::Choice(&["mentee", "mentor"]))]),
            participant("status", CommandId::Status, &[]),
            participant("agreement", CommandId::Agreement, &[]),
            participant("check-in", CommandId::CheckIn, &[]),
            participant("withdraw", CommandId::Withdraw, &[]),
            participant("help", CommandId::Help, &[]),
        ],
    },
    Root {
        name: "mentorship-admin",
        who: Who::Steward,
        bare: CommandId::SeasonShow,
        nodes: &[
            Node::Group {
                name: "season",
                commands: &[
                    coordinator("show", CommandId::SeasonShow, &[]),
                    coordinator(
                        "move",
                        CommandId::SeasonMove,
                        &[
                            required(
                                "date",
                                OptionKind::Choice(&[
                                    "applications-open",
                                    "applications-close",
                                    "agreements-due",
                                    "runs-from",
                                    "runs-until",
                                    "wrap-up-until",
                                ]),
                            ),
                            required("to", OptionKind::Words(40)),
                        ],
                    ),
                    coordinator("close-applications", CommandId::SeasonClose, &[]),
                ],
            },
            Node::Group {
                name: "applications",
                commands: &[
                    coordinator("queue", CommandId::ApplicationsQueue, &[]),
                    coordinator("accept-all", CommandId::ApplicationsAcceptAll, &[]),
                    coordinator("accept", CommandId::ApplicationsAccept, &[required("person", OptionKind::Person)]),
                    coordinator(
                        "decline",
                        CommandId::ApplicationsDecline,
                        &[
                            required("person", OptionKind::Person),
                            required("reason", OptionKind::Words(REASON_MAX_CHARS)),
                        ],
                    ),
                ],
            },
            Node::Group {
                name: "match",
                commands: &[
                    coordinator("propose", CommandId::MatchPropose, &[]),
                    coordinator("show", CommandId::MatchShow, &[]),
                    coordinator("why", CommandId::MatchWhy, &[required("person", OptionKind::Person)]),
                    coordinator("pin", CommandId::MatchPin, PAIR),
                    coordinator("forbid", CommandId::MatchForbid, PAIR),
                    coordinator(
                        "swap",
                        CommandId::MatchSwap,
                        &[required("one", OptionKind::Person), required("other", OptionKind::Person)],
                    ),
                    coordinator("release", CommandId::MatchRelease, PAIR),
                    coordinator("one-more", CommandId::MatchOneMore, &[required("mentor", OptionKind::Person)]),
                    coordinator("publish", CommandId::MatchPublish, &[]),
                ],
            },
            Node::Group { name: "pairs", commands: &[coordinator("list", CommandId::PairsList, &[])] },
            Node::Group { name: "nudges", commands: &[coordinator("preview", CommandId::NudgesPreview, &[])] },
            Node::Group {
                name: "coordinators",
                commands: &[
                    coordinator("list", CommandId::CoordinatorsList, &[]),
                    Command {
                        name: "add",
                        id: CommandId::CoordinatorsAdd,
                        who: Who::Steward,
                        options: &[required("person", OptionKind::Person)],
                    },
                    coordinator("remove", CommandId::CoordinatorsRemove, &[required("person", OptionKind::Person)]),
                ],
            },
            Node::Command(Command { name: "help", id: CommandId::AdminHelp, who: Who::Steward, options: &[] }),
        ],
    },
];

/// Every command with its full path, in order: `(["mentorship-admin", "match", "propose"], command)`.
pub fn all() -> impl Iterator<Item = (Vec<&'static str>, &'static Command)> {
    TREE.iter().flat_map(|root| {
        root.nodes.iter().flat_map(move |node| match node {
            Node::Command(command) => vec![(vec![root.name, command.name], command)],
            Node::Group { name, commands } => {
                commands.iter().map(|command| (vec![root.name, *name, command.name], command)).collect()
            }
        })
    })
}

/// The command of an id.
///
/// # Panics
/// Never: a test walks every id.
#[must_use]
pub fn spec(id: CommandId) -> &'static Command {
    all().find(|(_, command)| command.id == id).map(|(_, command)| command).expect("every CommandId stands in the tree")
}

/// How the command is typed, without options: `/mentorship-admin match propose`.
#[must_use]
pub fn typed(id: CommandId) -> String {
    let path = all().find(|(_, command)| command.id == id).map(|(path, _)| path).unwrap_or_default();
    format!("/{}", path.join(" "))
}

impl Invocation {
    /// A command without options.
    #[must_use]
    pub fn bare(id: CommandId) -> Self {
        Self { id, options: BTreeMap::new() }
    }

    /// Checks names and raw values from a platform against the tree.
    ///
    /// # Errors
    /// [`Misread`] says what does not fit.
    pub fn checked(path: &[&str], given: &[(String, String)]) -> Result<Self, Misread> {
        let (_, command) = all().find(|(known, _)| known == path).ok_or(Misread::NoSuchCommand)?;
        let mut options = BTreeMap::new();
        for (name, raw) in given {
            let spec = command.options.iter().find(|option| option.name == name).ok_or(Misread::NoSuchOption)?;
            options.insert(spec.name, value(spec, raw)?);
        }
        match command.options.iter().find(|option| option.required && !options.contains_key(option.name)) {
            Some(missing) => Err(Misread::Missing(missing.name)),
            None => Ok(Self { id: command.id, options }),
        }
    }

    /// Reads what was typed behind `/root`: words of the path, then options as `name:value` or in order. A
    /// bare root gives its own command. `person` reads the platform's way of naming somebody.
    ///
    /// # Errors
    /// [`Misread`] says what does not fit.
    pub fn typed(root: &str, line: &str, person: impl Fn(&str) -> Option<UserRef>) -> Result<Self, Misread> {
        let root = TREE.iter().find(|known| known.name == root).ok_or(Misread::NoSuchCommand)?;
        let mut words = line.split_whitespace().peekable();
        let Some(first) = words.next().map(str::to_lowercase) else { return Ok(Self::bare(root.bare)) };
        let mut path = vec![root.name];
        for node in root.nodes {
            match node {
                Node::Command(command) if command.name == first => path.push(command.name),
                Node::Group { name, commands } if *name == first => {
                    path.push(name);
                    let second = words.next().map(str::to_lowercase).unwrap_or_default();
                    path.extend(commands.iter().map(|command| command.name).find(|name| *name == second));
                }
                _ => {}
            }
        }
        let (_, command) = all().find(|(known, _)| *known == path).ok_or(Misread::NoSuchCommand)?;
        let given = assign(command, &words.collect::<Vec<_>>(), person)?;
        Self::checked(&path, &given)
    }

    /// A choice by option name.
    #[must_use]
    pub fn choice(&self, name: &str) -> Option<&'static str> {
        match self.options.get(name) {
            Some(OptionValue::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// A person by option name.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<&UserRef> {
        match self.options.get(name) {
            Some(OptionValue::Person(user)) => Some(user),
            _ => None,
        }
    }

    /// Words by option name.
    #[must_use]
    pub fn words(&self, name: &str) -> Option<&str> {
        match self.options.get(name) {
            Some(OptionValue::Words(words)) => Some(words),
            _ => None,
        }
    }
}

/// Gives each option its part of a typed line.
fn assign(
    command: &Command,
    words: &[&str],
    person: impl Fn(&str) -> Option<UserRef>,
) -> Result<Vec<(String, String)>, Misread> {
    let mut given = Vec::new();
    let mut left = words;
    for (position, spec) in command.options.iter().enumerate() {
        let Some(first) = left.first() else { break };
        let bare = |word: &str| {
            word.strip_prefix(spec.name).and_then(|rest| rest.strip_prefix(':')).unwrap_or(word).to_owned()
        };
        let (raw, rest) = match spec.kind {
            OptionKind::Words(_) if position + 1 == command.options.len() => (bare(&left.join(" ")), &[][..]),
            OptionKind::Person => (person(&bare(first)).ok_or(Misread::NotAPerson)?.0, &left[1..]),
            _ => (bare(first), &left[1..]),
        };
        given.push((spec.name.to_owned(), raw));
        left = rest;
    }
    if left.is_empty() { Ok(given) } else { Err(Misread::NoSuchOption) }
}

fn value(spec: &OptionSpec, raw: &str) -> Result<OptionValue, Misread> {
    match spec.kind {
        OptionKind::Choice(choices) => choices
            .iter()
            .find(|choice| choice.eq_ignore_ascii_case(raw.trim()))
            .map(|choice| OptionValue::Choice(choice))
            .ok_or(Misread::NotAChoice(choices)),
        OptionKind::Person => Ok(OptionValue::Person(UserRef(raw.to_owned()))),
        OptionKind::Words(max) if raw.chars().count() > max => Err(Misread::TooLong(max)),
        OptionKind::Words(_) => Ok(OptionValue::Words(raw.to_owned())),
    }
}

/// Why a line is not a command of the tree.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// No such command.
    #[error("no such command")]
    NoSuchCommand,
    /// The command takes no such option.
    #[error("the command takes no such option")]
    NoSuchOption,
    /// A required option is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Not one of the choices.
    #[error("not one of {0:?}")]
    NotAChoice(&'static [&'static str]),
    /// Not a person of the community.
    #[error("not a person")]
    NotAPerson,
    /// Too long, with the most characters.
    #[error("longer than {0} characters")]
    TooLong(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slackish(word: &str) -> Option<UserRef> {
        word.strip_prefix('@').map(|id| UserRef(id.to_owned()))
    }

    fn typed_line(root: &str, line: &str) -> Result<Invocation, Misread> {
        Invocation::typed(root, line, slackish)
    }

    #[test]
    fn a_bare_root_is_a_command() {
        assert_eq!(typed_line("mentorship", "  "), Ok(Invocation::bare(CommandId::Home)));
    }

    #[test]
    fn options_are_read_by_name_or_in_order() {
        let by_name = typed_line("mentorship", "apply role:mentee").unwrap();
        assert_eq!(by_name, typed_line("mentorship", "Apply MENTEE").unwrap());
        assert_eq!(by_name.choice("role"), Some("mentee"));
    }

    #[test]
    fn the_last_words_take_the_rest_of_the_line() {
        let line = typed_line("mentorship-admin", "applications decline @U7 reason:no place left, sorry").unwrap();
        assert_eq!(line.person("person"), Some(&UserRef("U7".into())));
        assert_eq!(line.words("reason"), Some("no place left, sorry"));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        assert_eq!(typed_line("mentorship", "dance"), Err(Misread::NoSuchCommand));
        assert_eq!(typed_line("mentorship-admin", "match"), Err(Misread::NoSuchCommand));
        assert_eq!(typed_line("mentorship", "apply"), Err(Misread::Missing("role")));
        assert_eq!(typed_line("mentorship", "apply wizard"), Err(Misread::NotAChoice(&["mentee", "mentor"])));
        assert_eq!(typed_line("mentorship", "status now"), Err(Misread::NoSuchOption));
        assert_eq!(typed_line("mentorship-admin", "coordinators add Ana"), Err(Misread::NotAPerson));
        let long = format!("season move runs-from {}", "x".repeat(41));
        assert_eq!(typed_line("mentorship-admin", &long), Err(Misread::TooLong(40)));
    }

    #[test]
    fn every_command_has_its_own_id_and_a_path() {
        let mut ids: Vec<_> = all().map(|(_, command)| command.id).collect();
        ids.sort();
        ids.windows(2).for_each(|pair| assert_ne!(pair[0], pair[1]));
        for (path, command) in all() {
            assert_eq!(typed(command.id), format!("/{}", path.join(" ")));
            assert!(command.options.windows(2).all(|pair| pair[0].required >= pair[1].required));
        }
    }
}
