//! Forgetting a person: every text of theirs leaves the database, in one transaction. What stays are rows without
//! words, so that counts stay whole, and the keys of effects, so that nothing is done twice. It ends no pair and tells
//! nobody: that is for whoever calls.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use plsep_domain::{OutboxId, PairId, PersonId};

use super::{Effect, Pair, Person, Row, StoreError, Stored, Tx, Value, value::json};
use crate::chat::{Message, Room, UserRef};

/// Shortest name by which alone a message is known to speak of somebody: a shorter one may be a word or a month.
const NAME_MIN_CHARS: usize = 5;

/// An effect with what may be known of it.
struct About {
    id: OutboxId,
    state: String,
    lane: Option<String>,
    effect: Effect,
    words: String,
}

impl Stored for About {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            state: row.text("state")?,
            lane: row.maybe_text("lane")?,
            effect: row.json("effect")?,
            words: row.text("words")?,
        })
    }
}

/// By what somebody is known in a text.
struct Marks {
    lanes: Vec<String>,
    words: Vec<String>,
}

impl Marks {
    fn of(person: &Person, pairs: &[Pair]) -> Self {
        let mut lanes = vec![format!("person:{}", person.id)];
        lanes.extend(pairs.iter().map(|pair| format!("pair:{}", pair.id)));
        let mut words = vec![person.user.0.clone()];
        words.extend(person.email.iter().flat_map(|email| [email.clone(), email.to_lowercase()]));
        let name = person.name.trim();
        if name.chars().count() >= NAME_MIN_CHARS || name.contains(char::is_whitespace) {
            words.push(name.to_owned());
        }
        // As they stand in JSON.
        let escaped = |text: String| serde_json::Value::from(text).to_string().trim_matches('"').to_owned();
        Self { lanes, words: words.into_iter().filter(|word| !word.is_empty()).map(escaped).collect() }
    }

    fn fits(&self, about: &About) -> bool {
        let lane = about.lane.as_ref().is_some_and(|lane| self.lanes.contains(lane));
        lane || self.words.iter().any(|word| names(&about.words, word))
    }

    /// The same words, as patterns: always four, the last one repeated.
    fn patterns(&self) -> [Value; 4] {
        let pattern = |place: usize| {
            let word = self.words.get(place).or(self.words.last()).map_or("", String::as_str);
            let plain: String = word
                .chars()
                .flat_map(|sign| matches!(sign, '%' | '_' | '!').then_some('!').into_iter().chain([sign]))
                .collect();
            Value::from(format!("%{plain}%"))
        };
        [pattern(0), pattern(1), pattern(2), pattern(3)]
    }
}

/// Whether a text holds these words as such, and not as a part of others.
fn names(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + found.len()..].chars().next();
        ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// What becomes of an effect that is about somebody who is forgotten.
fn without_words(effect: Effect, farewells: &HashMap<PairId, Message>) -> Effect {
    let farewell = |pair: &PairId| farewells.get(pair).cloned().unwrap_or_default();
    match effect {
        Effect::Introduce { pair, room: Room { key, .. }, .. } => {
            let room = Room { key, name: "mentorship".to_owned(), topic: String::new(), members: Vec::new() };
            Effect::Introduce { pair, room, message: farewell(&pair) }
        }
        Effect::Post { to, .. } => Effect::Post { to, message: Message::default() },
        Effect::Update { posted, .. } => Effect::Update { posted, message: Message::default() },
        Effect::OpenCoordinators { room, message } => {
            Effect::OpenCoordinators { room: Room { members: Vec::new(), ..room }, message }
        }
        Effect::Farewell { pair, .. } => Effect::Farewell { pair, message: farewell(&pair) },
        same @ (Effect::Admit { .. } | Effect::Dismiss { .. } | Effect::Sweep { .. }) => same,
    }
}

/// Statements that take out what stands in a person's own rows; `$1` is the person.
const OWN_ROWS: [&str; 14] = [
    "UPDATE applications SET draft = '{}', answers = NULL, submitted_at = NULL, state = 'withdrawn', decline_reason = NULL
     WHERE person = $1",
    "UPDATE signatures SET typed_name = '' WHERE person = $1",
    "DELETE FROM surveys WHERE person = $1",
    "UPDATE pulses SET note = NULL WHERE person = $1",
    "DELETE FROM concerns WHERE person = $1 AND resolved_at IS NULL",
    "UPDATE concerns SET note = NULL, resolution = NULL WHERE person = $1",
    "UPDATE concerns SET resolution = NULL
     WHERE pair IN (SELECT id FROM pairs WHERE mentor = $1 OR mentee = $1)",
    "UPDATE meetings SET place = '' WHERE set_by = $1",
    "UPDATE meetings SET state = 'cancelled', remind_at = NULL, ask_at = NULL
     WHERE state = 'planned' AND pair IN (SELECT id FROM pairs WHERE mentor = $1 OR mentee = $1)",
    "DELETE FROM meeting_drafts WHERE person = $1",
    "UPDATE pairs SET reasons = '[]' WHERE mentor = $1 OR mentee = $1",
    "DELETE FROM match_rulings WHERE mentee = $1 OR mentor = $1",
    "DELETE FROM coordinators WHERE person = $1",
    "UPDATE inbox SET answer = NULL WHERE person = $1",
];

impl Tx {
    /// Every pair the person was ever in, of every season, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn every_pair_of(&mut self, person: PersonId) -> Result<Vec<Pair>, StoreError> {
        const SQL: &str =
            concat!("SELECT ", super::pairs::columns!(), " FROM pairs WHERE mentor = $1 OR mentee = $1 ORDER BY id");
        self.all(SQL, [person.into()]).await
    }

    /// Takes everything of a person out of the database that says who they are or what they wrote. Messages that wait
    /// for them, or speak of them, end unseen; a farewell that waits says the words given for its pair instead. The
    /// account is unlinked: whoever comes back is somebody new. It takes a transaction of its own
    /// ([`super::Store::write_long`]), so that no answer which speaks of them is still to be written down.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Busy`] in a transaction that others share, or what the database says.
    pub async fn erase_person(
        &mut self,
        person: &Person,
        farewells: &HashMap<PairId, Message>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if self.others_have_notes() {
            return Err(StoreError::Busy { what: "somebody is forgotten in a transaction of their own".to_owned() });
        }
        let pairs = self.every_pair_of(person.id).await?;
        let marks = Marks::of(person, &pairs);
        for sql in OWN_ROWS {
            self.run(sql, [person.id.into()]).await?;
        }
        self.erase_from_roster(person).await?;
        self.erase_from_inbox(person, &marks).await?;
        self.erase_from_outbox(person, &marks, farewells, now).await?;
        let sql = "UPDATE people SET chat_user = $2, name = '', locale = NULL, zone = NULL, email = NULL,
                 present = FALSE, chosen_language = NULL, chosen_zone = NULL, hours_from = NULL, hours_to = NULL,
                 reach = 'channel', snoozed_until = NULL, erased_at = $3
             WHERE id = $1";
        let gone = UserRef::gone(person.id.get());
        self.must_change(sql, [person.id.into(), (&gone).into(), now.into()], Person::WHAT).await
    }

    /// The lines that name the account or the address. The office's own list of who is enrolled is kept elsewhere.
    async fn erase_from_roster(&mut self, person: &Person) -> Result<(), StoreError> {
        let email = person.email.as_deref().map(|email| email.trim().to_lowercase());
        let sql = "DELETE FROM roster WHERE community = $1 AND (chat_user = $2 OR email_key = $3)";
        self.run(sql, [person.community.into(), (&person.user).into(), email.as_deref().into()]).await?;
        // Lists that were handed in may name them: what is still asked about is asked for anew.
        let sql = "UPDATE roster_imports SET sheet = NULL, undo = NULL,
                 state = CASE WHEN state = 'asked' THEN 'left' ELSE state END
             WHERE community = $1 AND (sheet IS NOT NULL OR undo IS NOT NULL)";
        self.run(sql, [person.community.into()]).await?;
        self.forget_in_long_import(person.community, &person.user.0, email.as_deref()).await?;
        // So may what a coordinator is about to say to many.
        let sql = "UPDATE announcements SET state = 'left', words = NULL WHERE community = $1 AND state = 'asked'";
        self.run(sql, [person.community.into()]).await.map(|_| ())
    }

    /// What others were answered about the person. Keys of events that came by name are not needed any more: whoever
    /// is not known is not looked for.
    async fn erase_from_inbox(&mut self, person: &Person, marks: &Marks) -> Result<(), StoreError> {
        let [one, two, three, four] = marks.patterns();
        let sql = "UPDATE inbox SET answer = NULL WHERE community = $1 AND answer IS NOT NULL
             AND (CAST(answer AS TEXT) LIKE $2 ESCAPE '!' OR CAST(answer AS TEXT) LIKE $3 ESCAPE '!'
                 OR CAST(answer AS TEXT) LIKE $4 ESCAPE '!' OR CAST(answer AS TEXT) LIKE $5 ESCAPE '!')";
        self.run(sql, [person.community.into(), one, two, three, four]).await?;
        let [account, ..] = marks.patterns();
        let sql = "DELETE FROM inbox WHERE community = $1 AND event_key LIKE $2 ESCAPE '!'";
        self.run(sql, [person.community.into(), account]).await.map(|_| ())
    }

    async fn erase_from_outbox(
        &mut self,
        person: &Person,
        marks: &Marks,
        farewells: &HashMap<PairId, Message>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let [one, two, three, four] = marks.patterns();
        let found = "SELECT id, state, lane, effect, CAST(effect AS TEXT) AS words FROM outbox
             WHERE community = $1 AND (lane = $2 OR lane IN (
                     SELECT 'pair:' || CAST(pairs.id AS TEXT) FROM pairs WHERE mentor = $3 OR mentee = $3)
                 OR CAST(effect AS TEXT) LIKE $4 ESCAPE '!' OR CAST(effect AS TEXT) LIKE $5 ESCAPE '!'
                 OR CAST(effect AS TEXT) LIKE $6 ESCAPE '!' OR CAST(effect AS TEXT) LIKE $7 ESCAPE '!')";
        let lane = format!("person:{}", person.id);
        let values = [person.community.into(), lane.as_str().into(), person.id.into(), one, two, three, four];
        let about: Vec<About> = self.all(found, values).await?;
        for about in about.into_iter().filter(|about| marks.fits(about)) {
            let goes_on = matches!(
                about.effect,
                Effect::Introduce { .. }
                    | Effect::Farewell { .. }
                    | Effect::OpenCoordinators { .. }
                    | Effect::Sweep { .. }
            );
            let ends = about.state == "pending" && !goes_on;
            let own = about.lane.as_deref() == Some(&lane);
            let effect = without_words(about.effect, farewells);
            self.run("UPDATE outbox SET effect = $2 WHERE id = $1", [about.id.into(), json(&effect)?]).await?;
            if ends || own && about.state == "done" {
                let unseen = "UPDATE outbox SET state = 'done', result = $2, steps = '{}', error = NULL,
                         lease_owner = NULL, lease_until = NULL, holds = FALSE, updated_at = $3
                     WHERE id = $1";
                let skipped = json(&serde_json::json!({ "skipped": true }))?;
                self.run(unseen, [about.id.into(), skipped, now.into()]).await?;
            } else if about.state == "dead" {
                // Nobody can be asked to try again what says nothing.
                let aside = "UPDATE outbox SET settled_at = COALESCE(settled_at, $2), steps = '{}' WHERE id = $1";
                self.run(aside, [about.id.into(), now.into()]).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_such_and_not_inside_another() {
        assert!(names(r#"{"person":"U12"}"#, "U12"));
        assert!(names("with Ada Reyes.", "Ada Reyes"));
        assert!(names("Zoë!", "Zoë"));
        assert!(!names(r#"{"person":"U123"}"#, "U12"));
        assert!(!names("Adamant", "Ada"));
    }
}
