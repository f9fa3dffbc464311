//! The commands there are, in the order in which people see them.

use super::{Command, CommandId, Node, OptionKind, OptionSpec, Root, Sought, Who};

/// Longest free words of an option: the shorter of what the platforms and a decision's reason need.
const REASON_MAX_CHARS: usize = 500;

/// Longest date that somebody types.
const DATE_MAX_CHARS: usize = 40;
/// Longest words about a date and a time.
const WHEN_MAX_CHARS: usize = 100;

/// Longest question that is typed in a line; the form takes more.
const QUESTION_MAX_CHARS: usize = 1000;

const fn participant(name: &'static str, id: CommandId, options: &'static [OptionSpec]) -> Node {
    Node::Command(anyone(name, id, options))
}

const fn anyone(name: &'static str, id: CommandId, options: &'static [OptionSpec]) -> Command {
    Command { name, id, who: Who::Anyone, options }
}

const fn coordinator(name: &'static str, id: CommandId, options: &'static [OptionSpec]) -> Command {
    Command { name, id, who: Who::Coordinator, options }
}

const fn required(name: &'static str, kind: OptionKind) -> OptionSpec {
    OptionSpec { name, kind, required: true }
}

const fn optional(name: &'static str, kind: OptionKind) -> OptionSpec {
    OptionSpec { name, kind, required: false }
}

/// Which pair a command is about: that of a person, or by a name. Left away, it is asked.
const WHICH_PAIR: &[OptionSpec] =
    &[optional("person", OptionKind::Person), optional("pair", OptionKind::Sought(Sought::Pair))];

/// A mentee and a mentor.
const PAIR: &[OptionSpec] = &[required("mentee", OptionKind::Person), required("mentor", OptionKind::Person)];

/// A person, or everybody in a group; at least one of the two.
const PERSON_OR_GROUP: &[OptionSpec] = &[optional("person", OptionKind::Person), optional("group", OptionKind::Group)];

/// What belongs together in the audit log.
pub(super) const AUDIT_GROUPS: &[&str] = &[
    "season",
    "roster",
    "applications",
    "matching",
    "pairs",
    "nudges",
    "announcements",
    "concerns",
    "coordinators",
    "reports",
];

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
            participant("settings", CommandId::Settings, &[]),
            participant("snooze", CommandId::Snooze, &[optional("until", OptionKind::Words(DATE_MAX_CHARS))]),
            Node::Group {
                name: "meeting",
                commands: &[
                    anyone("set", CommandId::MeetingSet, &[optional("when", OptionKind::Words(WHEN_MAX_CHARS))]),
                    anyone("log", CommandId::MeetingLog, &[optional("when", OptionKind::Words(WHEN_MAX_CHARS))]),
                    anyone("list", CommandId::MeetingList, &[]),
                ],
            },
            participant("how-often", CommandId::HowOften, &[]),
            participant("ask", CommandId::Ask, &[optional("question", OptionKind::Words(QUESTION_MAX_CHARS))]),
            participant("withdraw", CommandId::Withdraw, &[]),
            participant("survey", CommandId::Survey, &[]),
            participant("certificate", CommandId::Certificate, &[]),
            Node::Group {
                name: "my-data",
                commands: &[
                    anyone("export", CommandId::MyDataExport, &[]),
                    anyone("delete", CommandId::MyDataDelete, &[]),
                ],
            },
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
                    coordinator("create", CommandId::SeasonCreate, &[]),
                    coordinator("close-applications", CommandId::SeasonClose, &[]),
                ],
            },
            Node::Group {
                name: "roster",
                commands: &[
                    coordinator("import", CommandId::RosterImport, &[optional("file", OptionKind::File)]),
                    coordinator(
                        "list",
                        CommandId::RosterList,
                        &[optional("search", OptionKind::Sought(Sought::RosterLine))],
                    ),
                    coordinator("show", CommandId::RosterShow, &[required("person", OptionKind::Person)]),
                    coordinator(
                        "link",
                        CommandId::RosterLink,
                        &[
                            required("person", OptionKind::Person),
                            optional("search", OptionKind::Sought(Sought::RosterLine)),
                        ],
                    ),
                    coordinator("unlink", CommandId::RosterUnlink, &[required("person", OptionKind::Person)]),
                ],
            },
            Node::Group {
                name: "applications",
                commands: &[
                    coordinator("queue", CommandId::ApplicationsQueue, &[]),
                    coordinator("show", CommandId::ApplicationsShow, &[required("person", OptionKind::Person)]),
                    coordinator("accept-all", CommandId::ApplicationsAcceptAll, &[]),
                    coordinator("accept", CommandId::ApplicationsAccept, &[required("person", OptionKind::Person)]),
                    coordinator(
                        "wait-list",
                        CommandId::ApplicationsWaitList,
                        &[required("person", OptionKind::Person)],
                    ),
                    coordinator(
                        "decline",
                        CommandId::ApplicationsDecline,
                        &[
                            required("person", OptionKind::Person),
                            required("reason", OptionKind::Words(REASON_MAX_CHARS)),
                        ],
                    ),
                    coordinator("remind", CommandId::ApplicationsRemind, &[]),
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
            Node::Group {
                name: "pairs",
                commands: &[
                    coordinator("list", CommandId::PairsList, &[]),
                    coordinator("show", CommandId::PairsShow, WHICH_PAIR),
                    coordinator(
                        "log",
                        CommandId::PairsLog,
                        &[
                            optional("person", OptionKind::Person),
                            optional("pair", OptionKind::Sought(Sought::Pair)),
                            optional("when", OptionKind::Words(WHEN_MAX_CHARS)),
                        ],
                    ),
                    coordinator(
                        "extend",
                        CommandId::PairsExtend,
                        &[
                            optional("person", OptionKind::Person),
                            optional("pair", OptionKind::Sought(Sought::Pair)),
                            optional("until", OptionKind::Words(WHEN_MAX_CHARS)),
                        ],
                    ),
                    coordinator("rematch", CommandId::PairsRematch, WHICH_PAIR),
                    coordinator("end", CommandId::PairsEnd, WHICH_PAIR),
                ],
            },
            Node::Group {
                name: "nudges",
                commands: &[
                    coordinator("preview", CommandId::NudgesPreview, &[]),
                    coordinator("send-now", CommandId::NudgesSendNow, &[]),
                    coordinator("pause", CommandId::NudgesPause, &[]),
                    coordinator("resume", CommandId::NudgesResume, &[]),
                    coordinator("schedule", CommandId::NudgesSchedule, &[optional("cron", OptionKind::Words(40))]),
                ],
            },
            Node::Command(Command {
                name: "announce",
                id: CommandId::Announce,
                who: Who::Coordinator,
                options: &[required("to", OptionKind::Choice(&["mentees", "mentors", "pairs", "everyone"]))],
            }),
            Node::Group { name: "concerns", commands: &[coordinator("list", CommandId::ConcernsList, &[])] },
            Node::Group {
                name: "report",
                commands: &[
                    coordinator("overview", CommandId::ReportOverview, &[]),
                    coordinator("meetings", CommandId::ReportMeetings, &[]),
                    coordinator("stuck", CommandId::ReportStuck, &[]),
                    coordinator("participation", CommandId::ReportParticipation, &[]),
                    coordinator("grant", CommandId::ReportGrant, &[]),
                    coordinator(
                        "export",
                        CommandId::ReportExport,
                        &[required("format", OptionKind::Choice(&["xlsx", "csv"]))],
                    ),
                ],
            },
            Node::Group {
                name: "coordinators",
                commands: &[
                    coordinator("list", CommandId::CoordinatorsList, &[]),
                    Command {
                        name: "add",
                        id: CommandId::CoordinatorsAdd,
                        who: Who::Steward,
                        options: PERSON_OR_GROUP,
                    },
                    coordinator("remove", CommandId::CoordinatorsRemove, PERSON_OR_GROUP),
                ],
            },
            Node::Group {
                name: "audit",
                commands: &[
                    coordinator(
                        "show",
                        CommandId::AuditShow,
                        &[
                            optional("person", OptionKind::Person),
                            optional("action", OptionKind::Choice(AUDIT_GROUPS)),
                            optional("since", OptionKind::Words(WHEN_MAX_CHARS)),
                        ],
                    ),
                    coordinator("export", CommandId::AuditExport, &[]),
                ],
            },
            Node::Command(Command { name: "help", id: CommandId::AdminHelp, who: Who::Steward, options: &[] }),
        ],
    },
];
