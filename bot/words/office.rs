//! What coordinators read: the season, the queue, proposals, pairs, previews.

use plsep_domain::{
    ApplicationId, ApplicationState, CheckInAnswer, DateName, OutboxId, Period, Phase, Program, Role, Standing, text,
};

use super::meeting_form::shortened;
use super::{Arg, Args, Deed, NudgeDates, OfficeDeed, Voice};
use crate::chat::command;
use crate::chat::{
    Block, Choice, CommandId, Control, Field, FieldKind, Form, Group, Limits, Message, Span, Style, Text, UserRef,
};

/// How many lines a list shows at once; the rest is counted. Keeps every list inside one message of either platform.
const LINES_SHOWN: usize = 20;

/// Key of the only field of the form to decline an application.
pub(crate) const REASON_FIELD: &str = "reason";

/// Longest reason: what fits beside the rest of a message on either platform.
const REASON_MAX_CHARS: usize = 500;

/// Figures of a season.
#[derive(Clone, Debug, Default)]
pub struct SeasonFigures {
    /// Drafts not sent yet.
    pub drafts: usize,
    /// Applications that wait for a decision.
    pub waiting: usize,
    /// Of those, mentees not on the roster.
    pub not_on_roster: usize,
    /// Accepted mentees.
    pub mentees: usize,
    /// Accepted mentors.
    pub mentors: usize,
    /// Pairs that are not over.
    pub pairs: usize,
    /// People in pairs who have not signed.
    pub unsigned: Vec<UserRef>,
    /// Messages that could not be delivered.
    pub dead_letters: usize,
}

/// One application that waits.
pub struct QueueLine {
    /// Which.
    pub id: ApplicationId,
    /// The applicant's name; may hold anything.
    pub name: String,
    /// Who.
    pub user: UserRef,
    /// As what.
    pub role: Role,
    /// Where it stands.
    pub state: ApplicationState,
    /// Library system as answered.
    pub library_system: String,
}

/// One pair and its current month.
pub struct PairLine {
    /// The mentor.
    pub mentor: UserRef,
    /// The mentee.
    pub mentee: UserRef,
    /// Introduced yet.
    pub introduced: bool,
    /// How it stands this month.
    pub standing: Option<Standing>,
    /// Who of the two has not signed.
    pub unsigned: Vec<UserRef>,
}

/// Who would be asked now.
pub struct Preview {
    /// The month.
    pub period: Period,
    /// Pairs that would be asked.
    pub ask: Vec<(UserRef, UserRef)>,
    /// Pairs that would not, by standing.
    pub leave: usize,
}

/// Something that could not be delivered.
#[derive(Clone, Debug)]
pub struct Missed {
    /// Which.
    pub id: OutboxId,
    /// Under which name the catalogue keeps what it is.
    pub kind: &'static str,
    /// To whom, as far as it is known: nobody, one person or the two of a pair.
    pub to: Vec<UserRef>,
    /// Under which name the catalogue keeps why.
    pub why: &'static str,
}

/// Coordinators.
pub struct Roster {
    /// Everybody who was named.
    pub people: Vec<UserRef>,
    /// The groups whose members coordinate, too.
    pub groups: Vec<Group>,
}

impl Voice<'_> {
    /// Phase, dates, figures, and the buttons of the office.
    #[must_use]
    pub fn season(&self, program: &Program, phase: Phase, figures: &SeasonFigures, nudges: &NudgeDates) -> Message {
        let number = |count: usize| Arg::Number(count as i64);
        let lines = [
            ("figure-drafts", figures.drafts),
            ("figure-waiting", figures.waiting),
            ("figure-not-on-roster", figures.not_on_roster),
            ("figure-mentees", figures.mentees),
            ("figure-mentors", figures.mentors),
            ("figure-pairs", figures.pairs),
            ("figure-unsigned", figures.unsigned.len()),
            ("figure-dead-letters", figures.dead_letters),
        ]
        .map(|(key, count)| self.text(key, &[("count", number(count))]));
        let mut message = Message::default()
            .with(self.heading("season-heading", &[("program", Arg::Words(program.name.get(self.lang).to_owned()))]))
            .with(self.paragraph("season-phase", &[("phase", Arg::Key(phase.key()))]))
            .with(self.timeline(program))
            .with(Block::Bullets(lines.to_vec()))
            .with(self.unsigned(&figures.unsigned));
        if let Some(dates) = self.nudge_dates(nudges) {
            message = message.with(dates);
        }
        message = message.with(Block::Controls(
            [
                ("button-queue", CommandId::ApplicationsQueue),
                ("button-accept-all", CommandId::ApplicationsAcceptAll),
                ("button-propose", CommandId::MatchPropose),
                ("button-publish", CommandId::MatchPublish),
                ("button-pairs", CommandId::PairsList),
                ("button-concerns", CommandId::ConcernsList),
            ]
            .map(|(key, id)| self.button(key, &Deed::Do(id), Style::Plain))
            .to_vec(),
        ));
        message.with(Block::Controls(vec![match phase {
            Phase::Closed => self.button("button-next-season", &Deed::Do(CommandId::SeasonCreate), Style::Primary),
            _ => self.date_menu(),
        }]))
    }

    /// Who has not signed, by name; empty if everybody has.
    fn unsigned(&self, people: &[UserRef]) -> Block {
        if people.is_empty() {
            return Block::Bullets(vec![]);
        }
        let more = people.len().saturating_sub(LINES_SHOWN);
        let mut spans = self.unsigned_names(people.iter().take(LINES_SHOWN));
        if more > 0 {
            spans.push(Span::Plain(", ".to_owned()));
            spans.extend(self.text("list-more", &[("count", Arg::Number(more as i64))]).0);
        }
        Block::Paragraph(Text(spans))
    }

    /// The beginning of a line that names who has not signed.
    pub(super) fn unsigned_names<'p>(&self, people: impl Iterator<Item = &'p UserRef>) -> Vec<Span> {
        let mut spans = self.text("unsigned-names", &[]).0;
        for (index, user) in people.enumerate() {
            spans.push(Span::Plain(if index == 0 { " " } else { ", " }.to_owned()));
            spans.push(Span::Person(user.clone()));
        }
        spans
    }

    /// A page of those who wait for a decision, counted from 0, with a menu to read an application.
    #[must_use]
    pub fn queue(&self, waiting: &[QueueLine], page: u16, limits: &Limits) -> Message {
        if waiting.is_empty() {
            return self.say("queue-empty", &[]);
        }
        let pages = waiting.len().div_ceil(LINES_SHOWN);
        let page = usize::from(page).min(pages - 1);
        let shown = &waiting[page * LINES_SHOWN..waiting.len().min((page + 1) * LINES_SHOWN)];
        let lines = shown.iter().map(|line| {
            let args = [
                ("person", Arg::Person(line.user.clone())),
                ("role", Arg::Key(line.role.key())),
                ("state", Arg::Key(line.state.key())),
                ("system", Arg::Words(line.library_system.clone())),
            ];
            self.text("queue-line", &args)
        });
        let mut message = Message::default()
            .with(self.heading("queue-heading", &[("count", Arg::Number(waiting.len() as i64))]))
            .with(Block::Bullets(lines.collect()))
            .with(self.paragraph("queue-next", &[]))
            .with(Block::Controls(vec![self.application_menu(shown, limits)]));
        if pages > 1 {
            message = message.with(self.page_of(page, pages));
        }
        let mut buttons = self.turns(page, pages, |to| Deed::Office(OfficeDeed::ShowQueue(to)));
        if waiting.iter().any(|line| line.state == ApplicationState::Submitted) {
            let accept = Deed::Do(CommandId::ApplicationsAcceptAll);
            buttons.push(self.button("button-accept-all", &accept, Style::Primary));
        }
        if buttons.is_empty() { message } else { message.with(Block::Controls(buttons)) }
    }

    fn application_menu(&self, shown: &[QueueLine], limits: &Limits) -> Control {
        let choice = |line: &QueueLine| {
            let name = text::clean(&line.name, false);
            let label = self.line("queue-choice", &[("name", Arg::Words(name)), ("role", Arg::Key(line.role.key()))]);
            Choice { value: line.id.to_string(), label: shortened(&label, limits.option_label) }
        };
        Control::Menu {
            label: self.line("queue-menu", &[]),
            action: Deed::Office(OfficeDeed::PickApplication).action(),
            options: shown.iter().take(limits.menu_options).map(choice).collect(),
            chosen: vec![],
            min: 1,
            max: 1,
        }
    }

    /// Asks before everybody eligible is accepted.
    #[must_use]
    pub fn accept_all_question(&self, count: usize, left: usize) -> Message {
        let args = [("count", Arg::Number(count as i64)), ("left", Arg::Number(left as i64))];
        self.confirm("accept-all-question", &args, "button-accept-all-yes", &Deed::AcceptAll)
    }

    /// Done.
    #[must_use]
    pub fn accepted_all(&self, count: usize) -> Message {
        self.say("accept-all-done", &[("count", Arg::Number(count as i64))])
    }

    /// What was decided about one person's application.
    #[must_use]
    pub fn decided(&self, user: &UserRef, to: &ApplicationState) -> Message {
        self.say("decided", &[("person", Arg::Person(user.clone())), ("state", Arg::Key(to.key()))])
    }

    /// Tells the office of somebody who is not on the roster, or whom it knows as somebody who no longer takes part.
    #[must_use]
    pub fn not_on_roster_notice(&self, application: ApplicationId, user: &UserRef, inactive: bool) -> Message {
        let key = if inactive { "notice-roster-inactive" } else { "notice-not-on-roster" };
        Message::default()
            .with(self.paragraph(key, &[("person", Arg::Person(user.clone()))]))
            .with(self.paragraph("notice-not-on-roster-what", &[]))
            .with(Block::Controls(vec![
                self.button("button-accept", &Deed::Accept(application), Style::Primary),
                self.button("button-decline", &Deed::Decline(application), Style::Plain),
            ]))
    }

    /// Tells the office whom the roster has come to know.
    #[must_use]
    pub fn found_on_roster_notice(&self, found: &[UserRef]) -> Message {
        let lines = found.iter().map(|user| self.text("coordinators-line", &[("person", Arg::Person(user.clone()))]));
        self.list("notice-found-on-roster", found.len(), lines).with(Block::Controls(vec![self.button(
            "button-queue",
            &Deed::Do(CommandId::ApplicationsQueue),
            Style::Primary,
        )]))
    }

    /// Tells the office of an applicant who is no longer on the roster.
    #[must_use]
    pub fn off_roster_notice(&self, user: &UserRef, state: &ApplicationState) -> Message {
        self.say("notice-off-roster", &[("person", Arg::Person(user.clone())), ("state", Arg::Key(state.key()))])
    }

    /// The form in which a coordinator writes why an application is declined.
    #[must_use]
    pub fn decline_form(&self, application: ApplicationId) -> Form {
        let action = Deed::Decline(application).action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("decline-title", &[]),
            intro: None,
            fields: vec![Field {
                key: REASON_FIELD.to_owned(),
                label: self.line("decline-reason-label", &[]),
                hint: self.line("decline-reason-hint", &[]),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max: REASON_MAX_CHARS },
                value: vec![],
            }],
            controls: vec![],
            submit: self.line("button-decline", &[]),
        }
    }

    /// Tells the office that somebody asked for help, or that two answers differ.
    #[must_use]
    pub fn concern_notice(&self, mentor: &UserRef, mentee: &UserRef, period: Period, standing: Standing) -> Message {
        let args = [
            ("mentor", Arg::Person(mentor.clone())),
            ("mentee", Arg::Person(mentee.clone())),
            ("month", Arg::Words(self.month(period))),
            ("standing", Arg::Key(standing.key())),
        ];
        self.say("notice-concern", &args)
    }

    /// Tells the office that something could not be delivered.
    #[must_use]
    pub fn undelivered_notice(&self, missed: &Missed) -> Message {
        let Missed { id, kind, to, why } = missed;
        let buttons = Block::Controls(vec![
            self.button("button-try-again", &Deed::TryAgain(*id), Style::Primary),
            self.button("button-leave-it", &Deed::LeaveIt(*id), Style::Plain),
        ]);
        if let ("dismissal", [user]) = (*kind, to.as_slice()) {
            let leave = self.line("button-leave-it", &[]);
            let args = [("person", Arg::Person(user.clone())), ("button", Arg::Strong(leave))];
            return Message::default().with(self.paragraph("notice-not-dismissed", &args)).with(buttons);
        }
        let mut args = vec![("what", Arg::Key(kind)), ("people", Arg::Number(to.len() as i64))];
        args.extend(["one", "other"].into_iter().zip(to.iter().map(|user| Arg::Person(user.clone()))));
        Message::default()
            .with(self.paragraph("notice-undelivered", &args))
            .with(self.paragraph("notice-undelivered-why", &[("why", Arg::Key(why))]))
            .with(buttons)
    }

    /// Says what was done about something that could not be delivered.
    #[must_use]
    pub fn undelivered_done(&self, key: &str) -> Message {
        self.say(key, &[])
    }

    /// Tells the office that somebody left.
    #[must_use]
    pub fn left_notice(&self, user: &UserRef, name: &str) -> Message {
        self.say("notice-left", &[("person", Arg::Person(user.clone())), ("name", Arg::Words(name.to_owned()))])
    }

    /// Asks before applications close now.
    #[must_use]
    pub fn close_question(&self, program: &Program, drafts: usize) -> Message {
        let args =
            [("at", self.date(&program.calendar, DateName::ApplicationsClose)), ("drafts", Arg::Number(drafts as i64))];
        self.confirm("close-question", &args, "button-close-yes", &Deed::CloseApplications)
    }

    /// Applications are closed.
    #[must_use]
    pub fn closed(&self) -> Message {
        self.say("close-done", &[]).with(Block::Controls(vec![
            self.button("button-queue", &Deed::Do(CommandId::ApplicationsQueue), Style::Plain),
            self.button("button-propose", &Deed::Do(CommandId::MatchPropose), Style::Primary),
        ]))
    }

    /// Pairs with their state.
    #[must_use]
    pub fn pairs(&self, pairs: &[PairLine]) -> Message {
        if pairs.is_empty() {
            return self.say("pairs-empty", &[]);
        }
        let lines = pairs.iter().map(|pair| {
            let standing = match (pair.introduced, pair.standing) {
                (false, _) => "published",
                (true, Some(standing)) => standing.key(),
                (true, None) => "introduced",
            };
            let args = [
                ("mentor", Arg::Person(pair.mentor.clone())),
                ("mentee", Arg::Person(pair.mentee.clone())),
                ("standing", Arg::Key(standing)),
                ("missing", Arg::Number(pair.unsigned.len() as i64)),
                ("one", pair.unsigned.first().map_or(Arg::Key("nobody"), |user| Arg::Person(user.clone()))),
            ];
            self.text("pairs-line", &args)
        });
        self.list("pairs-heading", pairs.len(), lines)
    }

    /// Who would be asked this month.
    #[must_use]
    pub fn nudge_preview(&self, preview: &Preview) -> Message {
        let lines = preview.ask.iter().map(|(mentor, mentee)| {
            self.text(
                "preview-line",
                &[("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))],
            )
        });
        let args = [
            ("month", Arg::Words(self.month(preview.period))),
            ("count", Arg::Number(preview.ask.len() as i64)),
            ("leave", Arg::Number(preview.leave as i64)),
        ];
        let choices =
            CheckInAnswer::ALL.map(|answer| self.line(&format!("check-in-{}", answer.key().replace('_', "-")), &[]));
        Message::default()
            .with(self.paragraph("preview-heading", &args))
            .with(Block::Bullets(lines.take(LINES_SHOWN).collect()))
            .with(self.fine("preview-note", &[("answers", Arg::Words(choices.join(" · ")))]))
    }

    /// Nobody can be asked outside the run.
    #[must_use]
    pub fn nudge_preview_outside(&self, program: &Program) -> Message {
        self.say("preview-outside", &[("at", self.date(&program.calendar, DateName::RunsFrom))])
    }

    /// Who coordinates.
    #[must_use]
    pub fn coordinators(&self, roster: &Roster) -> Message {
        let lines =
            roster.people.iter().map(|user| self.text("coordinators-line", &[("person", Arg::Person(user.clone()))]));
        let groups = Block::Bullets(roster.groups.iter().map(|group| self.group_line(group)).collect());
        let count = [("count", Arg::Number(roster.groups.len() as i64))];
        let enter = self.button("button-enter-office", &Deed::Office(OfficeDeed::EnterOffice), Style::Plain);
        if roster.groups.is_empty() {
            return self.list("coordinators-heading", roster.people.len(), lines);
        }
        let people = match roster.people.len() {
            0 => Message::default(),
            some => self.list("coordinators-heading", some, lines),
        };
        people
            .with(self.paragraph("coordinators-groups", &count))
            .with(groups)
            .with(self.fine("coordinators-groups-note", &[]))
            .with(Block::Controls(vec![enter]))
    }

    /// A group by the name it had when it was appointed.
    fn group_line(&self, group: &Group) -> Text {
        self.text("coordinators-group-line", &[("group", Arg::Words(group.name.clone()))])
    }

    /// A group was added or removed.
    #[must_use]
    pub fn coordinator_group_changed(&self, group: &Group, key: &'static str) -> Message {
        let enter = self.line("button-enter-office", &[]);
        let list = Arg::Code(command::typed(CommandId::CoordinatorsList));
        self.say(key, &[("group", Arg::Words(group.name.clone())), ("button", Arg::Strong(enter)), ("command", list)])
    }

    /// The coordinators' place is being opened for somebody.
    #[must_use]
    pub fn office_entered(&self) -> Message {
        self.say("office-entered", &[])
    }

    /// Somebody was added or removed.
    #[must_use]
    pub fn coordinator_changed(&self, user: &UserRef, key: &'static str) -> Message {
        self.say(key, &[("person", Arg::Person(user.clone()))])
    }

    /// Tells whoever owns the community how to appoint the first coordinator.
    #[must_use]
    pub fn steward_first(&self) -> Message {
        self.say("steward-first", &[("command", Arg::Code(command::typed(CommandId::CoordinatorsAdd)))])
    }

    /// Opens the coordinators' own place.
    #[must_use]
    pub fn office_opened(&self) -> Message {
        Message::default()
            .with(self.heading("office-heading", &[]))
            .with(self.paragraph("office-welcome", &[]))
            .with(Block::Controls(vec![self.button("button-office", &Deed::Do(CommandId::SeasonShow), Style::Primary)]))
    }

    /// The coordinators' place is gone: to a coordinator, or to whoever appointed one.
    #[must_use]
    pub fn office_lost(&self, coordinates: bool) -> Message {
        let message =
            Message::default().with(self.paragraph("office-lost", &[])).with(self.paragraph("office-lost-held", &[]));
        if coordinates {
            message.with(self.paragraph("office-lost-next", &[])).with(Block::Controls(vec![self.reopen_office()]))
        } else {
            let command = Arg::Code(command::typed(CommandId::SeasonShow));
            message.with(self.paragraph("office-lost-ask", &[("command", command)]))
        }
    }

    fn reopen_office(&self) -> Control {
        self.button("button-reopen-office", &Deed::Office(OfficeDeed::ReopenOffice), Style::Primary)
    }

    /// The same on the coordinators' desk.
    #[must_use]
    pub fn with_office_lost(&self, desk: Message) -> Message {
        desk.with(self.paragraph("office-lost", &[])).with(Block::Controls(vec![self.reopen_office()]))
    }

    /// Another place is being opened for the coordinators, or is there already.
    #[must_use]
    pub fn office_reopened(&self, key: &'static str) -> Message {
        self.say(key, &[])
    }

    /// What the coordinators' place is for.
    #[must_use]
    pub fn office_topic(&self) -> String {
        self.line("office-topic", &[])
    }

    pub(super) fn confirm(&self, key: &str, args: Args<'_>, button: &str, deed: &Deed) -> Message {
        self.say(key, args).with(Block::Controls(vec![
            self.button(button, deed, Style::Primary),
            self.button("button-not-now", &Deed::Do(CommandId::SeasonShow), Style::Plain),
        ]))
    }

    fn list(&self, heading: &str, count: usize, lines: impl Iterator<Item = Text>) -> Message {
        let mut message = Message::default()
            .with(self.heading(heading, &[("count", Arg::Number(count as i64))]))
            .with(Block::Bullets(lines.take(LINES_SHOWN).collect()));
        if count > LINES_SHOWN {
            message = message.with(self.fine("list-more", &[("count", Arg::Number((count - LINES_SHOWN) as i64))]));
        }
        message
    }
}
