//! Every "no" in words: what happened, and what to do next.

use plsep_domain::{AnswerFault, DateName, Program, Question, Refusal};

use super::{Arg, Voice};
use crate::chat::{Message, Text};

impl Voice<'_> {
    /// A refusal as a message. `program` is absent only where no season is set up.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal, program: Option<&Program>) -> Message {
        let question = |key: &str| {
            let label = program.and_then(|program| asked(program, key)).map(|question| question.label.get(self.lang));
            Arg::Strong(label.unwrap_or(key).to_owned())
        };
        let key = format!("refusal-{}", refusal.key());
        match refusal {
            Refusal::SurveyClosed { closed_at } | Refusal::SurveyLate { closed_at } => {
                self.say(&key, &[("at", self.last_second(*closed_at))])
            }
            Refusal::SeasonClosed { closed_at: at }
            | Refusal::SurveyNotOpen { opens_at: at }
            | Refusal::CertificateNotYet { comes_at: at }
            | Refusal::ApplicationsNotOpen { opens_at: at }
            | Refusal::ApplicationsStillOpen { closes_at: at }
            | Refusal::MeetingBeforePair { introduced_at: at } => self.say(&key, &[("at", self.when(*at))]),
            Refusal::PairGoesOn { until } => self.say(&key, &[("at", self.last_second(*until))]),
            Refusal::SeasonOn { closes_at } => self.say(&key, &[("at", self.last_second(*closes_at))]),
            Refusal::MeetingAfterRun { ends_at }
            | Refusal::RematchAfterRun { ends_at }
            | Refusal::ExtensionTooEarly { ends_at }
            | Refusal::ExtensionTooLate { latest: ends_at } => {
                self.say(&key, &[("at", self.when(*ends_at - chrono::TimeDelta::seconds(1)))])
            }
            Refusal::ApplicationsClosed { closed_at } => {
                // Shown by its last second: 11:59 PM, as it was announced.
                self.say(&key, &[("at", self.when(*closed_at - chrono::TimeDelta::seconds(1)))])
            }
            Refusal::AnswersMissing { questions } => {
                let names = questions.iter().map(|key| label_of(program, key, self)).collect::<Vec<_>>().join(" · ");
                self.say(&key, &[("questions", Arg::Words(names))])
            }
            Refusal::Answer { question: name, fault } => {
                let fault = Arg::Words(self.answer_fault(*fault).words());
                self.say("refusal-answer", &[("question", question(name)), ("fault", fault)])
            }
            Refusal::ApplicationStep { from, .. } => self.say(&key, &[("state", Arg::Key(from.key()))]),
            Refusal::OverCapacity { capacity, .. } => {
                self.say(&key, &[("capacity", Arg::Number(i64::from(*capacity)))])
            }
            Refusal::NotWaitingForMatch { role } => self.say(&key, &[("role", Arg::Key(role.key()))]),
            Refusal::PinImpossible { rule, .. } => self.say(&key, &[("rule", Arg::Key(rule.key()))]),
            Refusal::DateOrder { name, earlier } => {
                self.say(&key, &[("name", Arg::Key(name.key())), ("earlier", Arg::Key(earlier.key()))])
            }
            Refusal::NotAZone { near } => {
                let count = Arg::Number(near.len() as i64);
                self.say(&key, &[("count", count), ("near", Arg::Words(near.join(", ")))])
            }
            Refusal::PauseBeyond { latest } => {
                // A person whose pair may go on has a later end than the program.
                let ends = program.filter(|program| program.calendar.instant(DateName::RunsUntil) == *latest);
                let at = ends.map_or_else(|| self.last_second(*latest), |program| self.run_ends(program));
                self.say(&key, &[("at", at)])
            }
            Refusal::NotADate => self.say(
                &key,
                &[("zone", Arg::Words(program.map_or_else(String::new, |p| p.calendar.zone().name().to_owned())))],
            ),
            _ => self.say(&key, &[]),
        }
    }

    /// What is wrong with one answer.
    #[must_use]
    pub fn answer_fault(&self, fault: AnswerFault) -> Text {
        let number = |value: u32| Arg::Number(i64::from(value));
        match fault {
            AnswerFault::TooLong { max, length } => {
                self.text(fault.key(), &[("max", number(max)), ("length", number(length))])
            }
            AnswerFault::TooFew { min } => self.text(fault.key(), &[("min", number(min))]),
            AnswerFault::TooMany { max } => self.text(fault.key(), &[("max", number(max))]),
            AnswerFault::NotANumber { min, max } => {
                self.text(fault.key(), &[("min", Arg::Number(min)), ("max", Arg::Number(max))])
            }
            AnswerFault::UnknownOption | AnswerFault::NotYesOrNo => self.text(fault.key(), &[]),
        }
    }

    /// A required question without an answer, said beside it.
    #[must_use]
    pub fn answer_missing(&self) -> Text {
        self.text("answer-missing", &[])
    }
}

fn label_of(program: Option<&Program>, key: &str, voice: &Voice<'_>) -> String {
    program
        .and_then(|program| asked(program, key))
        .map_or(key, |question: &Question| question.label.get(voice.lang))
        .to_owned()
}

/// The question of this key, in the application or in the closing survey.
pub(super) fn asked<'p>(program: &'p Program, key: &str) -> Option<&'p Question> {
    program.question(key).or_else(|| program.survey.iter().find(|question| question.key == key))
}
