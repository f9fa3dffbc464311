//! Domain values in, messages out: every sentence a person reads is made here, in the reader's language.
//! Decides nothing and stores nothing.

mod about;
mod agreement;
mod announcing;
mod application;
mod asking;
mod audit;
mod catalogue;
mod check_in;
mod closing;
mod commands;
mod concerns;
mod deed;
mod digest;
mod direct;
mod extension;
mod journey;
mod lost_place;
mod matching;
mod meeting;
mod meeting_file;
mod meeting_form;
mod my_data;
mod nudge_desk;
mod office;
mod office_deed;
mod pair;
mod pair_desk;
mod publishing;
mod pulse;
mod reasons;
mod refusal;
mod rematch;
mod reminding;
mod report;
mod reviewing;
mod roster;
mod roster_deed;
mod roster_desk;
mod season_desk;
mod settings;
mod status;
mod steps;
mod stuck;
mod survey;
mod which_pair;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use plsep_domain::{Calendar, DateName, Lang, LocalTime};

pub(crate) use agreement::NAME_FIELD;
pub(crate) use announcing::ANNOUNCEMENT_FIELD;
pub use announcing::{AnnouncementProgress, AnnouncementQuestion};
pub use application::Panel;
pub(crate) use asking::QUESTION_FIELD;
pub use asking::QUESTION_MAX;
pub use audit::{AUDIT_PAGE, AuditBy, AuditLine};
pub use catalogue::{Arg, Args, Catalogue};
pub(crate) use check_in::NOTE_FIELD;
pub use check_in::{Ask, HelpNotice, Thanks};
pub use closing::CertificateFacts;
pub use commands::TreeWords;
pub(crate) use concerns::RESOLUTION_FIELD;
pub use concerns::{ConcernLine, ConcernView, RESOLUTION_MAX};
pub use deed::{Deed, MeetingDeed, Told};
pub use digest::{Digest, OpenPairs};
pub use direct::UnreadPage;
pub use extension::{ExtensionMenu, ExtensionQuestion, SEASON_END};
pub use matching::{
    BetterView, Considered, ContestView, Left, ProposalPage, ProposalView, Question, RuledView, Weighed,
};
pub use meeting::{Attendee, MEETINGS_SHOWN, MeetingNews, MeetingView, PairMeetings};
pub use meeting_file::Invitation;
pub use meeting_form::MeetingFormView;
pub(crate) use meeting_form::{MINUTES_FIELD, PLACE_FIELD, WHEN_FIELD};
pub use my_data::{DataPart, DataValue};
pub use nudge_desk::{NudgeDates, NudgeQuestion, NudgesResume};
pub(crate) use office::REASON_FIELD;
pub use office::{Missed, PairLine, Preview, QueueLine, Roster, SeasonFigures};
pub use office_deed::{OfficeDeed, PairTask};
pub use pair::{Introduction, Side, shared_lang};
pub use pair_desk::{EndQuestion, PairView};
pub use publishing::{PublishPlan, PublishProgress};
pub use pulse::FitNotice;
pub use rematch::{ReadBy, RematchQuestion};
pub use reminding::RemindQuestion;
pub use report::{BarWords, ColumnWords, ExportFormat, PanelWords, Participation};
pub use reviewing::ApplicationView;
pub(crate) use roster::ROSTER_FILE_FIELD;
pub use roster::{ImportDone, ImportPreview};
pub(crate) use roster_deed::account;
pub use roster_deed::{Asked, LinesWanted, RosterDeed};
pub use roster_desk::{LineView, LinkQuestion, RosterPage};
pub use season_desk::DateUndo;
pub(crate) use season_desk::{DAY_FIELD, TIME_FIELD};
pub use settings::SettingsView;
pub(crate) use settings::{HOURS_FIELDS, SETTING_FIELD, USUAL_VALUE, hours_of};
pub use status::StandView;
pub use stuck::StuckLine;
pub(crate) use stuck::{PAIR_NOTE_FIELD, PAIR_NOTE_MAX};
pub use survey::SurveyPanel;

use crate::chat::{Block, Control, Message, Style, Text, WhenStyle};

/// The bot's voice towards one reader.
#[derive(Clone, Copy)]
pub struct Voice<'c> {
    catalogue: &'c Catalogue,
    lang: Lang,
    zone: Tz,
    /// The reader chose zone or language themselves: moments are told in them, whatever their device would show.
    chosen: bool,
}

impl<'c> Voice<'c> {
    /// Speaks `lang`; moments in words are given in `zone` (the program's own).
    #[must_use]
    pub fn new(catalogue: &'c Catalogue, lang: Lang, zone: Tz) -> Self {
        Self { catalogue, lang, zone, chosen: false }
    }

    /// The same voice towards somebody who lives in `zone`, and who may have `chosen` that, or the language, themselves.
    #[must_use]
    pub fn towards(self, zone: Tz, chosen: bool) -> Self {
        Self { zone, chosen, ..self }
    }

    /// The zone in which moments are told in words.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The reader's language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    fn text(&self, key: &str, args: Args<'_>) -> Text {
        self.catalogue.text(self.lang, key, args)
    }

    fn line(&self, key: &str, args: Args<'_>) -> String {
        self.catalogue.line(self.lang, key, args)
    }

    fn heading(&self, key: &str, args: Args<'_>) -> Block {
        Block::Heading(self.text(key, args))
    }

    fn paragraph(&self, key: &str, args: Args<'_>) -> Block {
        Block::Paragraph(self.text(key, args))
    }

    fn fine(&self, key: &str, args: Args<'_>) -> Block {
        Block::Fine(self.text(key, args))
    }

    /// A message of one sentence.
    fn say(&self, key: &str, args: Args<'_>) -> Message {
        Message::paragraph(self.text(key, args))
    }

    fn button(&self, key: &str, deed: &Deed, style: Style) -> Control {
        Control::Button { label: self.line(key, &[]), action: deed.action(), style }
    }

    /// Which page this is, counted from 0, and how many there are.
    fn page_of(&self, page: usize, pages: usize) -> Block {
        self.fine("proposal-page", &[("page", Arg::Number(page as i64 + 1)), ("pages", Arg::Number(pages as i64))])
    }

    /// Buttons to the pages beside this one.
    fn turns(&self, page: usize, pages: usize, to: impl Fn(u16) -> Deed) -> Vec<Control> {
        let turn = |key: &str, page: usize| {
            let page = u16::try_from(page).ok().filter(|page| usize::from(*page) < pages)?;
            Some(self.button(key, &to(page), Style::Plain))
        };
        let back = page.checked_sub(1).and_then(|page| turn("button-previous-page", page));
        back.into_iter().chain(turn("button-next-page", page + 1)).collect()
    }

    /// A moment, for a placeholder: in the reader's zone where the chat can.
    fn when(&self, at: DateTime<Utc>) -> Arg {
        if self.chosen {
            return Arg::Words(self.catalogue.moment(self.lang, at, self.zone, WhenStyle::DateTime));
        }
        Arg::When(at, self.zone, WhenStyle::DateTime)
    }

    /// A date of the season as people say it. A "through" date is shown by its last second, so that a deadline of
    /// 11:59 PM reads as that and not as midnight of the next day. A date without a time of day is a day of
    /// the program's own zone wherever the reader is.
    fn date(&self, calendar: &Calendar, name: DateName) -> Arg {
        let shown = match name {
            DateName::ApplicationsOpen | DateName::RunsFrom => calendar.instant(name),
            _ => calendar.instant(name) - TimeDelta::seconds(1),
        };
        match (calendar.local(name), name) {
            (LocalTime::Day(_), DateName::ApplicationsClose) | (LocalTime::Minute(_), _) => {
                self.moment_of_the_program(shown, calendar.zone())
            }
            (LocalTime::Day(_), _) => {
                Arg::Words(self.catalogue.moment(self.lang, shown, calendar.zone(), WhenStyle::Date))
            }
        }
    }

    /// A moment that the program set: where the reader lives, and what the clocks of the program say then if those
    /// differ, so that nobody wonders whose 11:59 PM it is.
    fn moment_of_the_program(&self, at: DateTime<Utc>, zone: Tz) -> Arg {
        let wall = |zone: Tz| at.with_timezone(&zone).naive_local();
        if wall(zone) == wall(self.zone) {
            return self.when(at);
        }
        let theirs = self.catalogue.moment(self.lang, at, zone, WhenStyle::DateTime);
        Arg::Text(self.text("moment-of-the-program", &[("yours", self.when(at)), ("theirs", Arg::Words(theirs))]))
    }
}
