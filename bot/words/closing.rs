//! What each person reads after the end of the run: thanks, what they have done, and the closing survey.

use plsep_domain::Program;

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Message, Style};

impl Voice<'_> {
    /// Thanks to one person, with the months in which they met, and the closing survey.
    #[must_use]
    pub fn closing(&self, program: &Program, months_met: usize) -> Message {
        let args = [
            ("months", Arg::Number(months_met as i64)),
            ("program", Arg::Words(program.name.get(self.lang).to_owned())),
        ];
        let mut message =
            Message::default().with(self.heading("closing-heading", &[])).with(self.paragraph("closing", &args));
        if !program.survey.is_empty() {
            let at = [("at", self.survey_closes(program))];
            let button = self.button("button-survey", &Deed::Survey, Style::Primary);
            message = message.with(self.paragraph("closing-survey", &at)).with(Block::Controls(vec![button]));
        }
        message
    }
}
