//! The private question about the fit in words, and what follows from each answer. Decides nothing.

use plsep_domain::PairId;
use plsep_domain::pulse::{Fit, FitWish, Occasion};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Control, Form, Message, Style, Text, UserRef};

/// What somebody says about the fit, for the coordinators.
pub struct FitNotice<'a> {
    /// Who.
    pub person: &'a UserRef,
    /// Whom they are paired with.
    pub partner: &'a UserRef,
    /// When they were asked.
    pub occasion: Occasion,
    /// What they chose or wrote besides.
    pub words: Option<&'a str>,
}

impl Voice<'_> {
    /// The question to one person, who is paired with `partner`.
    #[must_use]
    pub fn pulse(&self, pair: PairId, occasion: Occasion, partner: &str) -> Message {
        let args = [("occasion", Arg::Key(occasion.key())), ("partner", Arg::Words(partner.to_owned()))];
        let answers = Fit::ALL.map(|fit| self.button(&fit_key(fit), &Deed::Fit(pair, occasion, fit), Style::Plain));
        Message::default()
            .with(self.heading("pulse-heading", &args[..1]))
            .with(self.paragraph("pulse-question", &args))
            .with(Block::Controls(answers.to_vec()))
            .with(self.fine("pulse-private", &[]))
    }

    /// Thanks for an answer, with what follows from it.
    #[must_use]
    pub fn pulse_thanks(&self, pair: PairId, occasion: Occasion, fit: Fit) -> Message {
        let thanks = self.say(&format!("pulse-thanks-{}", fit.key().replace('_', "-")), &[]);
        let thanks = if fit == Fit::NotGood {
            let wishes = FitWish::ALL
                .map(|wish| self.button(&wish_key(wish), &Deed::FitWish(pair, occasion, wish), Style::Plain));
            thanks.with(Block::Controls(wishes.to_vec()))
        } else {
            thanks
        };
        thanks.with(Block::Controls(vec![self.fit_note_button(pair, occasion)])).with(self.fine("pulse-change", &[]))
    }

    /// A wish was noted.
    #[must_use]
    pub fn fit_wish_noted(&self, pair: PairId, occasion: Occasion, wish: FitWish) -> Message {
        self.say(&format!("fit-noted-{}", wish.key()), &[])
            .with(Block::Controls(vec![self.fit_note_button(pair, occasion)]))
    }

    /// The form for a note to the coordinators.
    #[must_use]
    pub fn fit_form(&self, pair: PairId, occasion: Occasion) -> Form {
        self.note_form(&Deed::FitNote(pair, occasion), true)
    }

    /// A wish, in words.
    #[must_use]
    pub fn fit_wish(&self, wish: FitWish) -> String {
        self.line(&wish_key(wish), &[])
    }

    /// What somebody says about the fit, for the coordinators.
    #[must_use]
    pub fn fit_notice(&self, notice: &FitNotice<'_>) -> Message {
        let args = [
            ("person", Arg::Person(notice.person.clone())),
            ("partner", Arg::Person(notice.partner.clone())),
            ("occasion", Arg::Key(notice.occasion.key())),
        ];
        match notice.words {
            Some(words) => self.say("notice-fit-more", &args).with(Block::Quote(Text::plain(words))),
            None => self.say("notice-fit", &args),
        }
    }

    fn fit_note_button(&self, pair: PairId, occasion: Occasion) -> Control {
        self.button("button-note", &Deed::FitNote(pair, occasion), Style::Plain)
    }
}

fn fit_key(fit: Fit) -> String {
    format!("fit-{}", fit.key().replace('_', "-"))
}

fn wish_key(wish: FitWish) -> String {
    format!("fit-wish-{}", wish.key())
}
