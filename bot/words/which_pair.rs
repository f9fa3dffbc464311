//! Which pair a coordinator means: its name in a list or a suggestion, and the question. Nobody is asked for a number.

use plsep_domain::{PairId, text};

use super::meeting_form::shortened;
use super::{Arg, Deed, OfficeDeed, PairTask, Voice};
use crate::chat::{Block, Choice, Control, Limits, Message, Style};

/// Up to how many pairs are offered as buttons; more as a menu.
const BUTTONS: usize = 5;

/// Longest name of one of the two, so that the other still fits beside it.
const NAME_CHARS: usize = 30;

impl Voice<'_> {
    /// A pair by the names of its two people.
    #[must_use]
    pub fn pair_label(&self, (mentor, mentee): (&str, &str), is_over: bool) -> String {
        let name = |name: &str| Arg::Words(shortened(&text::clean(name, false), NAME_CHARS));
        let args = [("mentor", name(mentor)), ("mentee", name(mentee))];
        self.line(if is_over { "pair-label-over" } else { "pair-label" }, &args)
    }

    /// Asks which of these pairs is meant: each with its number, its names, and whether it is over.
    #[must_use]
    pub fn which_of_pairs(&self, pairs: &[(PairId, (&str, &str), bool)], task: PairTask, limits: &Limits) -> Message {
        let message = self.say("pairs-which", &[]);
        if pairs.len() <= BUTTONS {
            let buttons = pairs.iter().map(|(pair, names, is_over)| Control::Button {
                label: shortened(&self.pair_label(*names, *is_over), limits.button_label),
                action: Deed::Office(task.deed(*pair)).action(),
                style: Style::Plain,
            });
            return message.with(Block::Controls(buttons.collect()));
        }
        let shown = pairs.len().min(limits.menu_options);
        let options = pairs.iter().take(shown).map(|(pair, names, is_over)| Choice {
            value: pair.to_string(),
            label: shortened(&self.pair_label(*names, *is_over), limits.option_label),
        });
        let menu = Control::Menu {
            label: self.line("pairs-which-choose", &[]),
            action: Deed::Office(OfficeDeed::PickPair(task)).action(),
            options: options.collect(),
            chosen: vec![],
            min: 1,
            max: 1,
        };
        let message = message.with(Block::Controls(vec![menu]));
        if shown == pairs.len() {
            return message;
        }
        let args = [("shown", Arg::Number(shown as i64)), ("count", Arg::Number(pairs.len() as i64))];
        message.with(self.fine("pairs-which-some", &args))
    }
}
