//! A pair's place was taken away by somebody: what coordinators are told, and what the pair reads in the next one. Decides
//! nothing.

use plsep_domain::{ConcernId, PairId};

use super::{Arg, Deed, MeetingDeed, OfficeDeed, Voice};
use crate::chat::{Block, Control, Message, Style, UserRef};

impl Voice<'_> {
    /// To coordinators: a pair's place is gone, what that means, and what they can do.
    #[must_use]
    pub fn pair_place_lost(&self, pair: PairId, (mentor, mentee): (&UserRef, &UserRef), concern: ConcernId) -> Message {
        let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        let notice = Message::default()
            .with(self.paragraph("place-lost", &args))
            .with(self.paragraph("place-lost-next", &[]))
            .with(Block::Controls(vec![self.reopen_pair(pair)]));
        self.concern_to_take(notice, concern)
    }

    /// What the note says of a loss that was made good.
    #[must_use]
    pub fn pair_place_note(&self) -> String {
        self.line("place-lost-note", &[])
    }

    /// Another place is being opened for a pair, or is there already.
    #[must_use]
    pub fn pair_place(&self, key: &'static str, (mentor, mentee): &(UserRef, UserRef)) -> Message {
        self.say(key, &[("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))])
    }

    /// To the pair, in its new place.
    #[must_use]
    pub fn pair_place_opened(&self, pair: PairId, (mentor, mentee): &(UserRef, UserRef)) -> Message {
        let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        Message::default()
            .with(self.heading("place-new-heading", &[]))
            .with(self.paragraph("place-new", &args))
            .with(self.fine("intro-private", &[]))
            .with(Block::Controls(vec![
                self.button("button-set-new", &Deed::Meeting(MeetingDeed::Set(pair)), Style::Primary),
                self.button("button-ask", &Deed::Ask, Style::Plain),
            ]))
    }

    pub(super) fn reopen_pair(&self, pair: PairId) -> Control {
        self.button("button-reopen-pair", &Deed::Office(OfficeDeed::ReopenPair(pair)), Style::Primary)
    }
}
