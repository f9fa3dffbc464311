//! The one declarative command tree: names, options and who may. Each adapter renders it (a registration,
//! a parser of typed lines); the README's table and the help text are made from it. Texts are not here.

mod tree;

use std::collections::BTreeMap;

pub use tree::TREE;

use super::{Group, GroupRef, UserRef};

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
    /// How I am written to.
    Settings,
    /// Nothing is asked of me for a while.
    Snooze,
    /// Set a meeting of my pair.
    MeetingSet,
    /// Note a meeting that has been.
    MeetingLog,
    /// My meetings.
    MeetingList,
    /// How often my pair means to meet.
    HowOften,
    /// Ask the coordinators something.
    Ask,
    /// Withdraw my application, or leave my pair.
    Withdraw,
    /// Have my certificate.
    Certificate,
    /// Have everything that is held about me.
    MyDataExport,
    /// Have everything that is held about me removed.
    MyDataDelete,
    /// Answer the closing survey, or change what I answered.
    Survey,
    /// What a participant can type.
    Help,
    /// Phase, dates and figures of the season.
    SeasonShow,
    /// Set up the next season.
    SeasonCreate,
    /// Move a date of the season.
    SeasonMove,
    /// Close applications now.
    SeasonClose,
    /// Take the list of participants in from a file.
    RosterImport,
    /// The lines of the roster, by name, library or address.
    RosterList,
    /// One person's line.
    RosterShow,
    /// Say which line is a person's.
    RosterLink,
    /// Part a person from their line.
    RosterUnlink,
    /// Who waits for a decision.
    ApplicationsQueue,
    /// Read one application.
    ApplicationsShow,
    /// Remind people of what they have begun or not signed.
    ApplicationsRemind,
    /// Accept everybody who is eligible and waits.
    ApplicationsAcceptAll,
    /// Accept one person, also somebody not on the roster.
    ApplicationsAccept,
    /// Decline one person, with the reason.
    ApplicationsDecline,
    /// Put one person on the waiting list.
    ApplicationsWaitList,
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
    /// One person's pairs, with what can be done.
    PairsShow,
    /// Note a meeting on a pair's behalf.
    PairsLog,
    /// Let a pair go on after the end of the season.
    PairsExtend,
    /// End a pair for a new match.
    PairsRematch,
    /// End a pair.
    PairsEnd,
    /// Who would be asked now, and who has answered.
    NudgesPreview,
    /// Ask the month's question now.
    NudgesSendNow,
    /// Ask nobody until it goes on.
    NudgesPause,
    /// Let the monthly question go on.
    NudgesResume,
    /// When the monthly question is asked.
    NudgesSchedule,
    /// Say something to many at once.
    Announce,
    /// What coordinators are asked to look at.
    ConcernsList,
    /// The season at a glance, as a picture.
    ReportOverview,
    /// Every pair and month, as pictures and as a file.
    ReportMeetings,
    /// Pairs that somebody should write to.
    ReportStuck,
    /// How many took part, in words.
    ReportParticipation,
    /// The figures on paper, for a grant report.
    ReportGrant,
    /// Everything about the season as files for spreadsheets.
    ReportExport,
    /// Who coordinates.
    CoordinatorsList,
    /// Make somebody a coordinator.
    CoordinatorsAdd,
    /// End somebody's coordinating.
    CoordinatorsRemove,
    /// Who did what, and when.
    AuditShow,
    /// The whole audit log as a file.
    AuditExport,
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
    /// A group of people of the community.
    Group,
    /// Words that name one of many. Where a chat can, it suggests some while they are typed.
    Sought(Sought),
    /// Free words, at most so many characters. As the last option it takes the rest of a typed line.
    Words(usize),
    /// A file. It comes with the event ([`super::Event::handed`]); where lines are typed, a form asks for it.
    File,
}

/// What words of an option name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A pair, by the names of its two people.
    Pair,
    /// A line of the roster.
    RosterLine,
}

impl Sought {
    /// Most characters of such words.
    #[must_use]
    pub const fn max_chars(self) -> usize {
        match self {
            Self::Pair => 100,
            Self::RosterLine => SEARCH_MAX_CHARS,
        }
    }
}

/// Longest search in the roster: it travels in the buttons that turn the pages.
const SEARCH_MAX_CHARS: usize = 40;

/// A value given for an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A choice.
    Choice(&'static str),
    /// A person.
    Person(UserRef),
    /// A group.
    Group(Group),
    /// Words.
    Words(String),
    /// A file, which comes with the event.
    File,
}

/// Somebody, or several, named in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mentioned {
    /// A person.
    Person(UserRef),
    /// A group.
    Group(Group),
}

impl Mentioned {
    fn fits(&self, kind: &OptionKind) -> bool {
        matches!((self, kind), (Self::Person(_), OptionKind::Person) | (Self::Group(_), OptionKind::Group))
    }
}

/// A command with its options, as the tree allows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Which command.
    pub id: CommandId,
    /// Options given, by name.
    pub options: BTreeMap<&'static str, OptionValue>,
}

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

/// The command at a path, and the name of an option of it, if words of that option are sought.
#[must_use]
pub fn sought(path: &[&str], name: &str) -> Option<(CommandId, &'static str)> {
    let (_, command) = all().find(|(known, _)| known == path)?;
    let option = command.options.iter().find(|option| option.name == name)?;
    matches!(option.kind, OptionKind::Sought(_)).then_some((command.id, option.name))
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
    /// bare root gives its own command. `mention` reads the platform's way of naming somebody, or a group.
    ///
    /// # Errors
    /// [`Misread`] says what does not fit.
    pub fn typed(root: &str, line: &str, mention: impl Fn(&str) -> Option<Mentioned>) -> Result<Self, Misread> {
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
        let given = assign(command, &words.collect::<Vec<_>>(), mention)?;
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

    /// A group by option name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        match self.options.get(name) {
            Some(OptionValue::Group(group)) => Some(group),
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

/// Gives each option its part of a typed line. What may be left away is passed over where a word cannot be meant for it,
/// as a date where a person could be named.
fn assign(
    command: &Command,
    words: &[&str],
    mention: impl Fn(&str) -> Option<Mentioned>,
) -> Result<Vec<(String, String)>, Misread> {
    let mut given = Vec::new();
    let mut left = words;
    for (position, spec) in command.options.iter().enumerate() {
        let Some(first) = left.first() else { break };
        if matches!(spec.kind, OptionKind::File) {
            // Nobody types a file.
            continue;
        }
        let bare = |word: &str| {
            word.strip_prefix(spec.name).and_then(|rest| rest.strip_prefix(':')).unwrap_or(word).to_owned()
        };
        if !spec.required && is_for_another(&command.options[position..], first, &mention) {
            continue;
        }
        let (raw, rest) = match spec.kind {
            OptionKind::Words(_) | OptionKind::Sought(_) if position + 1 == command.options.len() => {
                (bare(&left.join(" ")), &[][..])
            }
            OptionKind::Person | OptionKind::Group => match mention(&bare(first)).filter(|it| it.fits(&spec.kind)) {
                Some(Mentioned::Person(user)) => (user.0, &left[1..]),
                Some(Mentioned::Group(group)) => (raw_group(&group), &left[1..]),
                None => return Err(Misread::NotAPerson),
            },
            _ => (bare(first), &left[1..]),
        };
        given.push((spec.name.to_owned(), raw));
        left = rest;
    }
    if left.is_empty() { Ok(given) } else { Err(Misread::NoSuchOption) }
}

/// Whether a word is rather for one of the options behind the first of these.
fn is_for_another(options: &[OptionSpec], word: &str, mention: impl Fn(&str) -> Option<Mentioned>) -> bool {
    let [spec, later @ ..] = options else { return false };
    let names = |spec: &OptionSpec| word.strip_prefix(spec.name).is_some_and(|rest| rest.starts_with(':'));
    if later.is_empty() || names(spec) {
        return false;
    }
    let fits = match spec.kind {
        OptionKind::Person | OptionKind::Group => match mention(word) {
            Some(mentioned) => mentioned.fits(&spec.kind),
            None => word.starts_with(['@', '<']),
        },
        OptionKind::Choice(choices) => choices.iter().any(|choice| choice.eq_ignore_ascii_case(word)),
        OptionKind::Words(_) | OptionKind::File => true,
        // Words that may be a name may be anything else.
        OptionKind::Sought(_) => false,
    };
    later.iter().any(names) || !fits
}

fn value(spec: &OptionSpec, raw: &str) -> Result<OptionValue, Misread> {
    match spec.kind {
        OptionKind::Choice(choices) => choices
            .iter()
            .find(|choice| choice.eq_ignore_ascii_case(raw.trim()))
            .map(|choice| OptionValue::Choice(choice))
            .ok_or(Misread::NotAChoice(choices)),
        OptionKind::Person => Ok(OptionValue::Person(UserRef(raw.to_owned()))),
        OptionKind::Group => Ok(OptionValue::Group(group_of(raw))),
        OptionKind::Words(max) if raw.chars().count() > max => Err(Misread::TooLong(max)),
        OptionKind::Sought(sought) if raw.chars().count() > sought.max_chars() => {
            Err(Misread::TooLong(sought.max_chars()))
        }
        OptionKind::Words(_) | OptionKind::Sought(_) => Ok(OptionValue::Words(raw.to_owned())),
        OptionKind::File => Ok(OptionValue::File),
    }
}

/// A group as one raw value: its id, a space, and its name.
#[must_use]
pub fn raw_group(group: &Group) -> String {
    format!("{} {}", group.at.0, group.name)
}

fn group_of(raw: &str) -> Group {
    let (id, name) = raw.split_once(' ').unwrap_or((raw, ""));
    let name = if name.trim().is_empty() { id } else { name.trim() };
    Group { at: GroupRef(id.to_owned()), name: name.to_owned() }
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
    /// Not a person, or a group, of the community.
    #[error("not a person or a group")]
    NotAPerson,
    /// Too long, with the most characters.
    #[error("longer than {0} characters")]
    TooLong(usize),
}

#[cfg(test)]
mod tests;
