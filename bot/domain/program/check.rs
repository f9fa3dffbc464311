//! Every fault of a program's file, each with where it is and how to mend it.
//!
//! It judges the file alone. It does not judge whether a season with these dates is wise.

mod questions;

use std::fmt;

use super::{Agreement, MatchingRule, Program};
use crate::{nudge::NudgeRule, text::Localised, watch::WatchRule};

/// One fault of a program's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramFault {
    /// Where it is, such as `questions[3].label.es`.
    pub field: String,
    /// What is wrong and how to mend it, in a sentence.
    pub mend: String,
}

impl fmt::Display for ProgramFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.mend)
    }
}

/// Where faults are gathered while a program is looked through.
#[derive(Default)]
struct Faults(Vec<ProgramFault>);

impl Faults {
    fn add(&mut self, field: impl Into<String>, mend: impl Into<String>) {
        self.0.push(ProgramFault { field: field.into(), mend: mend.into() });
    }

    /// Both languages there, none longer than `max` characters.
    fn text(&mut self, field: &str, text: &Localised, max: usize) {
        for (lang, text) in [("en", &text.en), ("es", &text.es)] {
            let length = text.chars().count();
            if text.trim().is_empty() {
                self.add(format!("{field}.{lang}"), "The text is empty. Write it in both languages.");
            } else if length > max {
                let mend = format!("The text has {length} characters; shorten it to {max} at most.");
                self.add(format!("{field}.{lang}"), mend);
            }
        }
    }
}

/// The most characters of a long text that is shown in one message.
const TEXT_MAX: usize = 1_800;
/// The most characters of a program's name: it stands in titles.
const NAME_MAX: usize = 60;

impl Program {
    /// Every fault of the file. A program without faults is safe to run.
    #[must_use]
    pub fn check(&self) -> Vec<ProgramFault> {
        let Self { key, name, contact, calendar, nudge, matching, agreement, about, prompts, questions, survey, watch } =
            self;
        let mut faults = Faults::default();
        if !is_key(key) {
            faults.add("key", "Use lower-case letters, digits and hyphens, such as plsep-2025.");
        }
        faults.text("name", name, NAME_MAX);
        if !looks_like_email(contact) {
            faults.add("contact", "Write the e-mail address people can turn to, such as help@example.org.");
        }
        for (earlier, later) in calendar.disorders() {
            faults
                .add(format!("calendar.{later}"), format!("This date must not be before {earlier}. Move one of them."));
        }
        check_nudge(nudge, &mut faults);
        check_watch(watch, &mut faults);
        check_matching(*matching, &mut faults);
        check_agreement(agreement, &mut faults);
        faults.text("about.what", &about.what, TEXT_MAX);
        faults.text("about.mentee_benefits", &about.mentee_benefits, TEXT_MAX);
        faults.text("about.mentor_benefits", &about.mentor_benefits, TEXT_MAX);
        faults.text("about.expectations", &about.expectations, TEXT_MAX);
        for (index, prompt) in prompts.iter().enumerate() {
            faults.text(&format!("prompts[{index}]"), prompt, TEXT_MAX);
        }
        let months = calendar.periods().len();
        if prompts.len() < months {
            let mend =
                format!("The run touches {months} months, but there are {} prompts. Add the rest.", prompts.len());
            faults.add("prompts", mend);
        }
        questions::check(questions, &mut faults);
        questions::check_survey(survey, &mut faults);
        faults.0
    }
}

fn check_nudge(nudge: &NudgeRule, faults: &mut Faults) {
    let NudgeRule { cron, retry_after_days, retries_max, civil_hours } = nudge;
    let fields = cron.split_whitespace().count();
    if !(5..=6).contains(&fields) {
        let mend = format!("A cron line has 5 fields, or 6 with seconds first; this one has {fields}.");
        faults.add("nudge.cron", mend);
    }
    if !(1..=14).contains(retry_after_days) {
        faults.add("nudge.retry_after_days", "Ask again after 1 to 14 days.");
    }
    if *retries_max > 2 {
        faults.add("nudge.retries_max", "Ask again twice at most: more is nagging.");
    }
    if civil_hours.from >= civil_hours.to {
        faults.add("nudge.civil_hours", "The hours must begin before they end, such as 09:00 to 18:00.");
    }
}

fn check_watch(watch: &WatchRule, faults: &mut Faults) {
    let WatchRule { digest_cron, silent_after_days } = watch;
    let fields = digest_cron.split_whitespace().count();
    if !(5..=6).contains(&fields) {
        let mend = format!("A cron line has 5 fields, or 6 with seconds first; this one has {fields}.");
        faults.add("watch.digest_cron", mend);
    }
    if !(7..=366).contains(silent_after_days) {
        faults.add("watch.silent_after_days", "Call a pair silent after 7 to 366 days without a word.");
    }
}

fn check_matching(rule: MatchingRule, faults: &mut Faults) {
    let total = rule.weights.total();
    if total != 100 {
        faults.add("matching.weights", format!("The weights add up to {total}; make them add up to 100."));
    }
}

fn check_agreement(agreement: &Agreement, faults: &mut Faults) {
    if agreement.version.trim().is_empty() || agreement.version.chars().count() > 40 {
        faults.add("agreement.version", "Give the text a version of 1 to 40 characters, such as 2025-1.");
    }
    faults.text("agreement.text", &agreement.text, TEXT_MAX);
}

fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

fn looks_like_email(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}
