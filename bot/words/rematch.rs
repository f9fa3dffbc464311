//! The question before a pair is ended for a new match, and what each of the two reads then. Decides nothing, and promises
//! nobody a match.

use chrono::{DateTime, Utc};
use plsep_domain::{Back, PairId, Program, text};

use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, Choice, CommandId, Control, Message, Style, Text, UserRef};

/// What somebody reads, and from when.
pub struct ReadBy {
    /// The words, in their language.
    pub words: Message,
    /// From when.
    pub at: DateTime<Utc>,
}

/// What is asked before a pair is ended for a new match.
pub struct RematchQuestion {
    /// Which pair.
    pub pair: PairId,
    /// Mentor and mentee.
    pub people: (UserRef, UserRef),
    /// What both read in their place, where they have one.
    pub place: Option<ReadBy>,
    /// Who goes back, and what mentor and mentee read directly, once that is chosen.
    pub chosen: Option<(Back, ReadBy, ReadBy)>,
    /// Now: the question holds for a while.
    pub now: DateTime<Utc>,
}

impl Voice<'_> {
    /// Asks before a pair is ended for a new match. First who goes back, and then whether it shall be done.
    #[must_use]
    pub fn rematch_question(&self, question: &RematchQuestion) -> Message {
        let RematchQuestion { pair, people: (mentor, mentee), place, chosen, now } = question;
        let people = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        let mut message = Message::default()
            .with(self.heading("rematch-heading", &[]))
            .with(self.paragraph("rematch-question", &people));
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::PairsList), Style::Plain);
        let Some((back, to_mentor, to_mentee)) = chosen else {
            return message
                .with(self.paragraph("rematch-ask-who", &[]))
                .with(Block::Controls(vec![self.rematch_menu(*pair)]))
                .with(Block::Controls(vec![not_now]));
        };
        let args = [people[0].clone(), people[1].clone(), ("back", Arg::Key(back.key()))];
        message = message.with(self.paragraph("rematch-back", &args));
        if let Some(read) = place {
            message = self.with_read(message, ("rematch-in-place", &[]), read);
        }
        for (person, read) in [(mentee, to_mentee), (mentor, to_mentor)] {
            message = self.with_read(message, ("rematch-direct", &[("person", Arg::Person(person.clone()))]), read);
        }
        let yes = Deed::Office(OfficeDeed::Rematch(*pair, *back, now.timestamp()));
        let yes = self.button("button-rematch-yes", &yes, Style::Danger);
        message
            .with(self.paragraph("rematch-then", &people))
            .with(Block::Controls(vec![yes, not_now]))
            .with(self.holds())
    }

    /// The message with what somebody will read, behind a sentence that says who, and from when.
    pub(super) fn with_read(
        &self,
        message: Message,
        (key, args): (&str, &[(&'static str, Arg)]),
        read: &ReadBy,
    ) -> Message {
        let mut args = args.to_vec();
        args.push(("at", self.when(read.at)));
        message.with(self.paragraph(key, &args)).with(Block::Quote(Text::plain(read.words.summary())))
    }

    fn rematch_menu(&self, pair: PairId) -> Control {
        let option = |back: &Back| Choice {
            value: back.key().to_owned(),
            label: self.line("rematch-who", &[("back", Arg::Key(back.key()))]),
        };
        Control::Menu {
            label: self.line("rematch-choose", &[]),
            action: Deed::Office(OfficeDeed::PickRematch(pair)).action(),
            options: Back::ALL.iter().map(option).collect(),
            chosen: vec![],
            min: 1,
            max: 1,
        }
    }

    /// What the mentee reads directly, about a mentor of this name.
    #[must_use]
    pub fn rematch_to_mentee(&self, program: &Program, mentor: &str) -> Message {
        let args =
            [("mentor", Arg::Words(text::clean(mentor, false))), ("contact", Arg::Words(program.contact.clone()))];
        self.say("rematch-to-mentee", &args)
    }

    /// What the mentor reads directly, about a mentee of this name.
    #[must_use]
    pub fn rematch_to_mentor(&self, program: &Program, mentee: &str, back: Back) -> Message {
        let args = [
            ("mentee", Arg::Words(text::clean(mentee, false))),
            ("back", Arg::Key(back.key())),
            ("contact", Arg::Words(program.contact.clone())),
        ];
        self.say("rematch-to-mentor", &args)
    }

    /// The pair is ended, and a new match can be looked for.
    #[must_use]
    pub fn rematch_done(&self, (mentor, mentee): &(UserRef, UserRef)) -> Message {
        let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        let propose = self.button("button-propose", &Deed::Do(CommandId::MatchPropose), Style::Primary);
        self.say("rematch-done", &args).with(Block::Controls(vec![propose]))
    }
}
