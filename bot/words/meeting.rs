//! A pair's meetings in words: what the pair's place is told of them, what is asked afterwards, and the list. Times stand in
//! each of the two people's own zone, in words; a chat that can shows them on the reader's own clock besides.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use plsep_domain::{Cadence, MeetingId, MeetingState, PairId, text};

use super::deed::{MeetingDeed, Told};
use super::{Arg, Deed, Voice};
use crate::chat::{Block, Control, Message, Style, Text, UserRef, WhenStyle};

/// One of the two, as a meeting's message names them.
#[derive(Clone, Debug)]
pub struct Attendee {
    /// The account.
    pub user: UserRef,
    /// Display name.
    pub name: String,
    /// Their own clock.
    pub zone: Tz,
}

/// A meeting as its people read it.
#[derive(Clone, Debug)]
pub struct MeetingView {
    /// Our id.
    pub id: MeetingId,
    /// The pair.
    pub pair: PairId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// Where or how; empty for nothing said.
    pub place: String,
    /// Which change of it this is.
    pub sequence: i64,
    /// Where it stands.
    pub state: MeetingState,
}

/// What has happened to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingNews {
    /// It is set.
    Set,
    /// It has another time or place.
    Moved,
    /// It is called off.
    Cancelled,
    /// It took place, and one of the two has noted it.
    Logged,
}

impl MeetingNews {
    const fn key(self) -> &'static str {
        match self {
            Self::Set => "meeting-set",
            Self::Moved => "meeting-moved",
            Self::Cancelled => "meeting-cancelled",
            Self::Logged => "meeting-logged",
        }
    }
}

/// What one line of the list says of a pair.
pub struct PairMeetings {
    /// The pair.
    pub pair: PairId,
    /// The other one.
    pub partner: String,
    /// Those to come, earliest first.
    pub ahead: Vec<MeetingView>,
    /// Those that have been, latest first.
    pub past: Vec<MeetingView>,
    /// How often they mean to meet.
    pub cadence: Cadence,
    /// Whether it is the reader's turn to set the next one.
    pub my_turn: bool,
}

/// Most meetings shown of each kind: a year of them does not fit a message.
pub const MEETINGS_SHOWN: usize = 5;

impl Voice<'_> {
    /// What the pair's place is told of a meeting. `by`: who has done it. `next`: whose turn the next one is.
    #[must_use]
    pub fn meeting_news(
        &self,
        news: MeetingNews,
        meeting: &MeetingView,
        people: &[Attendee; 2],
        by: &UserRef,
        next: &str,
    ) -> Message {
        let key = news.key();
        let args = [("by", Arg::Person(by.clone())), ("at", self.when(meeting.starts_at))];
        let members = people.iter().map(|person| person.user.clone()).filter(|user| user != by).collect::<Vec<_>>();
        let mut message = Message::default()
            .with(self.heading(&format!("{key}-heading"), &[]))
            .with(self.paragraph(key, &args))
            .with(self.mentions(&members))
            .with(self.meeting_facts(meeting, people));
        let deed = MeetingDeed::Move(meeting.id);
        let buttons = match news {
            MeetingNews::Set | MeetingNews::Moved => {
                message = message
                    .with(self.fine("meeting-file", &[]))
                    .with(self.fine("meeting-turn", &[("name", Arg::Words(next.to_owned()))]));
                vec![
                    self.button("button-move", &Deed::Meeting(deed), Style::Plain),
                    self.button("button-cancel", &Deed::CancelMeeting(meeting.id, false), Style::Plain),
                    self.button("button-another", &Deed::Meeting(MeetingDeed::Set(meeting.pair)), Style::Plain),
                ]
            }
            MeetingNews::Cancelled => {
                message = message.with(self.fine("meeting-file-cancel", &[]));
                vec![self.button("button-set-new", &Deed::Meeting(MeetingDeed::Set(meeting.pair)), Style::Primary)]
            }
            MeetingNews::Logged => {
                message = message
                    .with(self.paragraph("meeting-logged-right", &[]))
                    .with(self.fine("meeting-turn", &[("name", Arg::Words(next.to_owned()))]));
                vec![
                    self.tell_button("button-met-yes", meeting, Told::Held, Style::Plain),
                    self.tell_button("button-met-no", meeting, Told::NotHeld, Style::Plain),
                    self.button("button-set-next", &Deed::Meeting(MeetingDeed::Set(meeting.pair)), Style::Primary),
                ]
            }
        };
        message.with(Block::Controls(buttons))
    }

    /// What an earlier message about a meeting becomes, once it has another time or is called off.
    #[must_use]
    pub fn meeting_before(&self, news: MeetingNews, meeting: &MeetingView, people: &[Attendee; 2]) -> Message {
        let changed = if news == MeetingNews::Cancelled { "cancelled" } else { "moved" };
        Message::default()
            .with(self.heading("meeting-before-heading", &[("changed", Arg::Key(changed))]))
            .with(self.paragraph("meeting-before", &[("changed", Arg::Key(changed))]))
            .with(self.meeting_facts(meeting, people))
    }

    /// A confirmation for whoever has done it.
    #[must_use]
    pub fn meeting_done(&self, news: MeetingNews, meeting: &MeetingView) -> Message {
        self.say(&format!("{}-done", news.key()), &[("at", self.when(meeting.starts_at))])
    }

    /// Nothing had to be done: it is as they wish already.
    #[must_use]
    pub fn meeting_stands(&self, meeting: &MeetingView) -> Message {
        self.say("meeting-stands", &[("at", self.when(meeting.starts_at))]).with(self.change_buttons(meeting))
    }

    /// Another meeting is at that time.
    #[must_use]
    pub fn meeting_clash(&self, other: &MeetingView, deed: &MeetingDeed) -> Message {
        let mut message = self.say("meeting-clash", &[("at", self.when(other.starts_at))]);
        message = message.with(Block::Controls(vec![
            self.button("button-move-that", &Deed::Meeting(MeetingDeed::Move(other.id)), Style::Plain),
            self.button("button-another-time", &Deed::Meeting(deed.clone()), Style::Primary),
        ]));
        message
    }

    /// Asks before a meeting is called off.
    #[must_use]
    pub fn meeting_cancel_question(&self, meeting: &MeetingView, partner: &str) -> Message {
        let args = [("at", self.when(meeting.starts_at)), ("partner", Arg::Words(partner.to_owned()))];
        self.say("meeting-cancel-question", &args).with(Block::Controls(vec![
            self.button("button-cancel-yes", &Deed::CancelMeeting(meeting.id, true), Style::Danger),
            self.button("button-move", &Deed::Meeting(MeetingDeed::Move(meeting.id)), Style::Plain),
        ]))
    }

    /// A reminder of tomorrow's meeting.
    #[must_use]
    pub fn meeting_reminder(&self, meeting: &MeetingView, people: &[Attendee; 2], members: &[UserRef]) -> Message {
        Message::default()
            .with(self.heading("meeting-reminder-heading", &[]))
            .with(self.paragraph("meeting-reminder", &[("at", self.when(meeting.starts_at))]))
            .with(self.mentions(members))
            .with(self.meeting_facts(meeting, people))
            .with(Block::Controls(vec![
                self.button("button-move", &Deed::Meeting(MeetingDeed::Move(meeting.id)), Style::Plain),
                self.button("button-cancel", &Deed::CancelMeeting(meeting.id, false), Style::Plain),
            ]))
    }

    /// Whether a meeting took place, asked after its end.
    #[must_use]
    pub fn meeting_question(&self, meeting: &MeetingView, members: &[UserRef]) -> Message {
        Message::default()
            .with(self.heading("meeting-question-heading", &[]))
            .with(self.paragraph("meeting-question", &[("at", self.when(meeting.starts_at))]))
            .with(self.mentions(members))
            .with(self.told_buttons(meeting))
            .with(self.fine("meeting-question-private", &[]))
    }

    /// What the question becomes once both have answered.
    #[must_use]
    pub fn meeting_answered(&self, meeting: &MeetingView) -> Message {
        Message::default()
            .with(self.heading("meeting-question-heading", &[]))
            .with(self.paragraph("meeting-answered", &[("at", self.when(meeting.starts_at))]))
    }

    /// Thanks for an answer about a meeting, with what comes next.
    #[must_use]
    pub fn meeting_thanks(&self, meeting: &MeetingView, held: bool, next: &str) -> Message {
        let name = ("name", Arg::Words(next.to_owned()));
        if held {
            return self.say("meeting-thanks-held", &[name]).with(Block::Controls(vec![self.button(
                "button-set-next",
                &Deed::Meeting(MeetingDeed::Set(meeting.pair)),
                Style::Primary,
            )]));
        }
        self.say("meeting-thanks-missed", &[]).with(Block::Controls(vec![
            self.button("button-set-new", &Deed::Meeting(MeetingDeed::Set(meeting.pair)), Style::Primary),
            self.button("button-log", &Deed::Meeting(MeetingDeed::Log(meeting.pair)), Style::Plain),
        ]))
    }

    /// Coordinators hear that two people differ about a meeting.
    #[must_use]
    pub fn meeting_differs_notice(&self, mentor: &UserRef, mentee: &UserRef, at: DateTime<Utc>) -> Message {
        let args =
            [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone())), ("at", self.when(at))];
        self.say("notice-meeting-differs", &args)
    }

    /// Every meeting of the reader's pairs.
    #[must_use]
    pub fn meeting_list(&self, pairs: &[PairMeetings]) -> Message {
        let mut message = Message::default().with(self.heading("meeting-list-heading", &[]));
        for PairMeetings { pair, partner, ahead, past, cadence, my_turn } in pairs {
            let heading = [("partner", Arg::Strong(partner.clone()))];
            let partner = ("partner", Arg::Words(partner.clone()));
            let turn = if *my_turn { "mine" } else { "theirs" };
            message = message.with(self.paragraph("meeting-list-pair", &heading));
            if ahead.is_empty() && past.is_empty() {
                message = message.with(self.paragraph("meeting-list-none", &[]));
            }
            let lines = |all: &[MeetingView]| all.iter().map(|meeting| self.meeting_line(meeting)).collect::<Vec<_>>();
            let shown = [lines(ahead), lines(past)].concat();
            if !shown.is_empty() {
                message = message.with(Block::Bullets(shown));
            }
            message = message.with(self.fine("meeting-list-cadence", &[("cadence", Arg::Key(cadence.key()))]));
            message = message.with(self.fine("meeting-list-turn", &[("turn", Arg::Key(turn)), partner]));
            let mut buttons =
                vec![self.button("button-set-new", &Deed::Meeting(MeetingDeed::Set(*pair)), Style::Primary)];
            if let Some(next) = ahead.first() {
                buttons.push(self.button("button-move-next", &Deed::Meeting(MeetingDeed::Move(next.id)), Style::Plain));
                buttons.push(self.button("button-cancel-next", &Deed::CancelMeeting(next.id, false), Style::Plain));
            }
            buttons.push(self.button("button-log", &Deed::Meeting(MeetingDeed::Log(*pair)), Style::Plain));
            message = message.with(Block::Controls(buttons));
        }
        message
    }

    fn meeting_line(&self, meeting: &MeetingView) -> Text {
        let args = [
            ("at", self.when(meeting.starts_at)),
            ("minutes", Arg::Number(meeting.minutes)),
            ("state", Arg::Key(meeting.state.key())),
        ];
        self.text("meeting-list-line", &args)
    }

    /// When for each, how long, and where.
    fn meeting_facts(&self, meeting: &MeetingView, people: &[Attendee; 2]) -> Block {
        let in_words = |zone: Tz| {
            let words = self.catalogue.moment(self.lang, meeting.starts_at, zone, WhenStyle::DateTime);
            Text::plain(words)
        };
        let [one, other] = people;
        let mut rows = Vec::new();
        if in_words(one.zone) == in_words(other.zone) {
            rows.push((self.text("meeting-when", &[]), in_words(one.zone)));
        } else {
            for person in people {
                let name = ("name", Arg::Words(text::clean(&person.name, false)));
                rows.push((self.text("meeting-when-for", &[name]), in_words(person.zone)));
            }
        }
        let length = self.text("meeting-minutes-long", &[("minutes", Arg::Number(meeting.minutes))]);
        rows.push((self.text("meeting-length", &[]), length));
        if !meeting.place.is_empty() {
            rows.push((self.text("meeting-place", &[]), Text::plain(meeting.place.clone())));
        }
        Block::Fields(rows)
    }

    fn change_buttons(&self, meeting: &MeetingView) -> Block {
        Block::Controls(vec![
            self.button("button-move", &Deed::Meeting(MeetingDeed::Move(meeting.id)), Style::Plain),
            self.button("button-cancel", &Deed::CancelMeeting(meeting.id, false), Style::Plain),
        ])
    }

    fn told_buttons(&self, meeting: &MeetingView) -> Block {
        Block::Controls(vec![
            self.tell_button("button-met-yes", meeting, Told::Held, Style::Primary),
            self.button("button-met-moved", &Deed::Meeting(MeetingDeed::Move(meeting.id)), Style::Plain),
            self.tell_button("button-met-no", meeting, Told::NotHeld, Style::Plain),
        ])
    }

    fn tell_button(&self, key: &str, meeting: &MeetingView, told: Told, style: Style) -> Control {
        self.button(key, &Deed::TellMeeting(meeting.id, meeting.sequence, told), style)
    }
}
