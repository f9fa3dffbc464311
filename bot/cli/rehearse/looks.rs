//! What somebody of a rehearsal finds on their screen beyond words that they know: how many something is, which choices a
//! menu offers, which files they were handed. Reads the screen and nothing behind it.

use plsep_sandbox::{Action, Control, Seen};

use super::player::{Player, Settles, Stuck, names_action};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::words::{Deed, ROSTER_FILE_FIELD};

/// A number that stands for any other in words that are looked for.
const ANY: i64 = 88;

impl<W: Settles> Player<'_, W> {
    /// Types a command with its options, the way the platform takes them.
    pub async fn commands(&self, id: CommandId, options: &[(&str, &str)]) -> Result<(), Stuck> {
        self.says(&self.line(&typed(id), options)).await
    }

    /// The same as words.
    pub fn line(&self, command: &str, options: &[(&str, &str)]) -> String {
        let option = |(name, value): &(&str, &str)| match self.platform() {
            "discord" => format!(" {name}:\"{}\"", value.replace('"', "\\\"")),
            _ => format!(" {value}"),
        };
        format!("{command}{}", options.iter().map(option).collect::<String>())
    }

    /// Hands in a list of participants, with the command or in the window that it opens.
    pub async fn hands_in(&self, name: &str, contents: &str) -> Result<(), Stuck> {
        let file = format!("{name}\n{contents}");
        if self.platform() == "discord" {
            return self.commands(CommandId::RosterImport, &[("file", &file)]).await;
        }
        self.commands(CommandId::RosterImport, &[]).await?;
        self.sends(&[(ROSTER_FILE_FIELD, &file)]).await?;
        self.closes_form().await
    }

    /// Closes the window that is open, if there is one.
    pub async fn closes_form(&self) -> Result<(), Stuck> {
        if self.actor.form().is_none() {
            return Ok(());
        }
        self.done(self.actor.act(Action::CloseForm).await).await
    }

    /// The newest number that stands in words of this form, which are asked for with a number; 0 where there are none.
    pub fn reads_number(&self, form: impl Fn(i64) -> String) -> usize {
        let many = form(ANY);
        let (before, after) = many.split_once(&ANY.to_string()).unwrap_or((&many, ""));
        let one = form(1);
        let number = |line: &str| {
            let counted = line.strip_prefix(before).filter(|rest| rest.contains(after));
            let digits = counted.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
            digits.and_then(|digits| digits.parse().ok()).or_else(|| line.contains(&one).then_some(1))
        };
        let mut window = self.actor.form().into_iter().flat_map(|form| form.notes).rev();
        if let Some(number) = window.find_map(|note| note.lines().find_map(number)) {
            return number;
        }
        let all = self.newest_last();
        all.iter().rev().find_map(|seen| seen.text.lines().find_map(number)).unwrap_or(0)
    }

    /// What the newest menu of this deed offers, by the values that travel.
    pub fn offered(&self, deed: &Deed) -> Vec<String> {
        let verb = deed.action().verb().to_owned();
        let values = |control: &Control| match control {
            Control::Select { key, options, .. } if verb_of(key) == verb => {
                Some(options.iter().map(|(value, _)| value.clone()).collect())
            }
            _ => None,
        };
        if let Some(form) = self.actor.form() {
            return form.controls.iter().find_map(values).unwrap_or_default();
        }
        self.newest_last().iter().rev().find_map(|seen| seen.controls.iter().find_map(values)).unwrap_or_default()
    }

    /// Whether the newest answer, or the open window, has a button of this deed.
    pub fn is_offered(&self, deed: &Deed) -> bool {
        let action = deed.action();
        let is_it =
            |control: &Control| matches!(control, Control::Button { key, .. } if names_action(key, action.as_str()));
        match self.actor.form() {
            Some(form) => form.controls.iter().any(is_it),
            None => self.newest_last().last().is_some_and(|seen| seen.controls.iter().any(is_it)),
        }
    }

    /// Chooses one value in the newest menu whose action begins so.
    pub async fn chooses_any(&self, verb: &str, value: &str) -> Result<(), Stuck> {
        let chosen = self.actor.chooses_key(|key| verb_of(key) == verb, vec![value.to_owned()]).await;
        self.done(chosen).await
    }

    /// The newest words of the bot.
    pub fn newest_words(&self) -> String {
        let window = self.actor.form().map(|form| form.notes.join("\n"));
        window.or_else(|| self.newest_last().pop().map(|seen| seen.text)).unwrap_or_default()
    }

    /// The newest file of this name that the bot handed them.
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        let all = self.newest_last();
        let found = all.iter().rev().flat_map(|seen| &seen.files).find(|file| file.name == name)?;
        self.actor.platform().file(self.actor.handle(), &found.id)
    }

    /// How many files with this ending and this beginning the bot has handed to the person alone.
    pub fn own_files_beginning(&self, ending: &str, begins: &[u8]) -> usize {
        let opens = |id: &str| self.actor.platform().file(self.actor.handle(), id);
        let own = self.files_handed_alone().into_iter().filter(|file| file.name.ends_with(ending));
        own.filter(|file| opens(&file.id).is_some_and(|bytes| bytes.starts_with(begins))).count()
    }

    /// How many messages with these words stand in front of them, private answers aside.
    pub fn told(&self, words: &str) -> usize {
        let all = self.actor.everything();
        all.iter().filter(|seen| seen.by_bot && !seen.ephemeral && seen.text.contains(words)).count()
    }

    /// What the bot says to them, the newest last.
    fn newest_last(&self) -> Vec<Seen> {
        let mut all = self.actor.everything();
        all.retain(|seen| seen.by_bot);
        // Of what came at the same moment, an answer to the person alone came last.
        all.sort_by_key(|seen| (seen.edited_ms.unwrap_or(seen.at_ms).max(seen.at_ms), seen.ephemeral));
        all
    }
}

/// The first word of a control's key; adapters may add a mark of their own behind it.
fn verb_of(key: &str) -> &str {
    key.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').next().unwrap_or(key)
}

/// How many rows a table has below its headings.
pub(super) fn rows_in(table: Option<Vec<u8>>) -> usize {
    let Some(bytes) = table else { return 0 };
    let table = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    csv::Reader::from_reader(table).records().filter(Result::is_ok).count()
}

/// The number of a control's key: the first thing after its verb.
pub(super) fn number_of(key: &str) -> Option<&str> {
    let digits = key.split(':').nth(1)?;
    digits.split(|sign: char| !sign.is_ascii_digit()).next().filter(|digits| !digits.is_empty())
}
