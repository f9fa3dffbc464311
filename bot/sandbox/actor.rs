//! One person at the keyboard, the same on both platforms: says, presses, chooses, sends, reads what is new.
//! It waits for nothing; whoever drives it lets the bot come to rest in between.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::person::{Acted, Action, CannotAct, Control, FormSeen, Place, Platform, Seen};

/// A person of a pretend community, with a memory of what they have read.
pub struct Actor {
    platform: Arc<dyn Platform>,
    handle: String,
    read: HashMap<(String, String), (String, Vec<Control>)>,
}

impl Actor {
    /// The person called `handle` on `platform`; nothing is read yet.
    #[must_use]
    pub fn new(platform: Arc<dyn Platform>, handle: &str) -> Self {
        Self { platform, handle: handle.to_owned(), read: HashMap::new() }
    }

    /// The person's handle.
    #[must_use]
    pub fn handle(&self) -> &str {
        &self.handle
    }

    /// The platform they are on.
    #[must_use]
    pub fn platform(&self) -> &Arc<dyn Platform> {
        &self.platform
    }

    /// Types a command or, in a conversation, a line.
    ///
    /// # Errors
    /// The platform's own client refuses it.
    pub async fn says(&self, text: &str) -> Result<Acted, CannotAct> {
        self.act(Action::Command { place: None, text: text.to_owned() }).await
    }

    /// Presses the button with this label on the newest message that has it.
    ///
    /// # Errors
    /// There is no such button, or the client refuses it.
    pub async fn presses(&self, label: &str) -> Result<Acted, CannotAct> {
        let message = self.newest(|control| matches!(control, Control::Button { label: its, .. } if its == label));
        let (message, control) = message.ok_or_else(|| self.lacks("button", label))?;
        let Control::Button { key, .. } = control else { return Err(self.lacks("button", label)) };
        self.act(Action::Press { message, key }).await
    }

    /// Chooses in the menu with this label on the newest message that has it.
    ///
    /// # Errors
    /// There is no such menu, or the client refuses it.
    pub async fn chooses(&self, label: &str, values: &[&str]) -> Result<Acted, CannotAct> {
        let found = self.newest(|control| matches!(control, Control::Select { label: its, .. } if its == label));
        let (message, control) = found.ok_or_else(|| self.lacks("menu", label))?;
        let Control::Select { key, .. } = control else { return Err(self.lacks("menu", label)) };
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.act(Action::Choose { message, key, values }).await
    }

    /// Presses the newest button whose key fits, wherever it stands.
    ///
    /// # Errors
    /// There is no such button, or the client refuses it.
    pub async fn presses_key(&self, fits: impl Fn(&str) -> bool + Send) -> Result<Acted, CannotAct> {
        let found = self.newest(|control| matches!(control, Control::Button { key, .. } if fits(key)));
        let Some((message, Control::Button { key, .. })) = found else {
            return Err(self.lacks("button", "of that kind"));
        };
        self.act(Action::Press { message, key }).await
    }

    /// Chooses in the newest menu whose key fits, wherever it stands.
    ///
    /// # Errors
    /// There is no such menu, or the client refuses it.
    pub async fn chooses_key(
        &self,
        fits: impl Fn(&str) -> bool + Send,
        values: Vec<String>,
    ) -> Result<Acted, CannotAct> {
        let found = self.newest(|control| matches!(control, Control::Select { key, .. } if fits(key)));
        let Some((message, Control::Select { key, .. })) = found else {
            return Err(self.lacks("menu", "of that kind"));
        };
        self.act(Action::Choose { message, key, values }).await
    }

    /// Sends the open form with these values; fields left out keep what stands in them.
    ///
    /// # Errors
    /// No form is open, or the client refuses a value.
    pub async fn sends(&self, values: &[(&str, &[&str])]) -> Result<Acted, CannotAct> {
        let own = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let values: BTreeMap<String, Vec<String>> =
            values.iter().map(|(key, values)| ((*key).to_owned(), own(values))).collect();
        self.act(Action::Submit { values }).await
    }

    /// Does anything else.
    ///
    /// # Errors
    /// The client refuses it.
    pub async fn act(&self, action: Action) -> Result<Acted, CannotAct> {
        self.platform.act(&self.handle, action).await
    }

    /// The form that is open.
    #[must_use]
    pub fn form(&self) -> Option<FormSeen> {
        self.platform.form(&self.handle)
    }

    /// Every place the person can read.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        self.platform.places(&self.handle)
    }

    /// Every message the person can see, place by place, oldest first in each.
    #[must_use]
    pub fn everything(&self) -> Vec<Seen> {
        self.places().iter().flat_map(|place| self.platform.messages(&self.handle, &place.id)).collect()
    }

    /// What the bot wrote, or changed, since this was last asked; oldest first.
    pub fn news(&mut self) -> Vec<Seen> {
        let mut news: Vec<Seen> = Vec::new();
        for seen in self.everything().into_iter().filter(|seen| seen.by_bot || seen.failure) {
            let now = (seen.text.clone(), seen.controls.clone());
            if self.read.insert((seen.place.clone(), seen.id.clone()), now.clone()) != Some(now) {
                news.push(seen);
            }
        }
        news.sort_by_key(|seen| seen.edited_ms.unwrap_or(seen.at_ms).max(seen.at_ms));
        news
    }

    /// Where a control that fits stands, and that control: in an open window, which covers everything else, or on the
    /// newest message.
    fn newest(&self, fits: impl Fn(&Control) -> bool) -> Option<(String, Control)> {
        if let Some(form) = self.form()
            && let Some(control) = form.controls.iter().find(|control| fits(control))
        {
            return Some((form.id, control.clone()));
        }
        let find = |seen: Seen| {
            let control = seen.controls.iter().find(|control| fits(control)).cloned()?;
            Some((seen, control))
        };
        self.everything()
            .into_iter()
            .filter_map(find)
            .max_by_key(|(seen, _)| (seen.edited_ms.unwrap_or(seen.at_ms).max(seen.at_ms), seen.ephemeral))
            .map(|(seen, control)| (seen.id, control))
    }

    fn lacks(&self, what: &str, label: &str) -> CannotAct {
        CannotAct::NotThere(format!("{} sees no {what} “{label}”", self.handle))
    }
}
