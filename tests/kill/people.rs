//! What people do, again and again until they are answered. Whoever meets with silence or an error tries once more,
//! as people do.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use plsep_bot::clock::{pause, within};
use plsep_sandbox::person::{Control, Place, PlaceKind};
use plsep_sandbox::{Action, Actor, Platform, Seen};

use super::season::Act;
use super::world::World;

/// Everybody; mentees begin with `e`, mentors with `o`. Dana owns the place, Sam coordinates.
pub const CAST: [&str; 18] = [
    "dana", "sam", "eada", "eben", "ecyd", "edee", "eeli", "efay", "egus", "ehal", "oada", "oben", "ocyd", "odee",
    "oeli", "ofay", "ogus", "ohal",
];
/// Who withdraws in the end.
pub const LEAVES: [&str; 2] = ["eada", "oben"];
/// How long somebody waits before trying again.
const PATIENCE: Duration = Duration::from_secs(4);
/// Between two looks at a platform that is not there.
const A_MOMENT: Duration = Duration::from_millis(20);

pub fn is_mentee(handle: &str) -> bool {
    handle.starts_with('e')
}

pub fn is_participant(handle: &str) -> bool {
    !matches!(handle, "dana" | "sam")
}

pub fn name(handle: &str) -> String {
    let mut name = handle.to_owned();
    name[..1].make_ascii_uppercase();
    format!("{name} Example")
}

/// Plays one act on both platforms to its end.
pub async fn play(world: &World, act: Act) {
    join_all(world.platforms().iter().map(|platform| play_on(platform, act))).await;
}

async fn play_on(platform: &Arc<dyn Platform>, act: Act) {
    let humans: Vec<Human> = CAST.iter().map(|handle| Human::new(platform, handle)).collect();
    let participants = || humans.iter().filter(|human| is_participant(human.handle()));
    let human = |handle: &str| humans.iter().find(|human| human.handle() == handle).expect("one of the cast");
    match act {
        Act::Apply => {
            let dana = human("dana");
            let add = dana.line("mentorship-admin", "coordinators add", &[("person", "@sam")]);
            dana.until("Sam coordinates", |it| it.has("coordinator"), async || dana.types(&add).await).await;
            for human in participants() {
                human.applies().await;
            }
        }
        Act::Pair => {
            let sam = human("sam");
            sam.accepts_all().await;
            sam.publishes(|| participants().any(|human| !human.rooms().is_empty())).await;
            for human in participants() {
                human.waits("the introduction", |it| it.in_rooms("Meet each other") > 0).await;
                human.waits("the decision", |it| it.count("You are accepted") > 0).await;
            }
        }
        Act::Run => {
            for human in participants() {
                human.waits("the question", |it| it.in_rooms("Your check-in for") > 0).await;
                human.checks_in().await;
            }
            for handle in LEAVES {
                human(handle).withdraws().await;
            }
        }
    }
}

/// A person.
pub struct Human {
    actor: Actor,
    platform: Arc<dyn Platform>,
}

impl Human {
    pub fn new(platform: &Arc<dyn Platform>, handle: &str) -> Self {
        Self { actor: Actor::new(Arc::clone(platform), handle), platform: Arc::clone(platform) }
    }

    pub fn handle(&self) -> &str {
        self.actor.handle()
    }

    fn on_discord(&self) -> bool {
        self.platform.key() == "discord"
    }

    fn line(&self, root: &str, command: &str, options: &[(&str, &str)]) -> String {
        let option = |(name, value): &(&str, &str)| match self.on_discord() {
            true => format!(" {name}:\"{value}\""),
            false => format!(" {value}"),
        };
        format!("/{root} {command}{}", options.iter().map(option).collect::<String>())
    }

    /// Does something again and again until it is so.
    async fn until(&self, what: &str, so: impl Fn(&Self) -> bool, does: impl AsyncFn()) {
        while !so(self) {
            if !self.platform.bot_connected() {
                pause(A_MOMENT).await;
                continue;
            }
            let failures = self.failures();
            does().await;
            let answered = self.waits_while(|it| !so(it) && it.failures() == failures && it.platform.bot_connected());
            if within(PATIENCE, answered).await.is_err() {
                tracing::debug!(what, "nobody answers; once more");
            }
        }
    }

    /// Waits until it is so, whatever happens meanwhile.
    async fn waits(&self, _what: &str, so: impl Fn(&Self) -> bool) {
        self.waits_while(|it| !so(it)).await;
    }

    async fn waits_while(&self, so: impl Fn(&Self) -> bool) {
        let mut changes = self.platform.changes();
        while so(self) {
            // A lost connection is no change that anybody sees.
            let _ = within(A_MOMENT * 5, changes.changed()).await;
        }
    }

    async fn types(&self, line: &str) {
        let _ = self.actor.says(line).await;
    }

    fn failures(&self) -> usize {
        self.actor.everything().iter().filter(|seen| seen.failure).count()
    }

    pub fn everything(&self) -> Vec<Seen> {
        self.actor.everything()
    }

    /// Messages of the bot with these words.
    pub fn count(&self, words: &str) -> usize {
        self.everything().iter().filter(|seen| seen.by_bot && seen.text.contains(words)).count()
    }

    /// Whether the person has these words in front of them, in a message of the bot or a window.
    pub fn has(&self, words: &str) -> bool {
        let form = self.actor.form();
        self.count(words) > 0
            || form.is_some_and(|form| form.notes.iter().chain([&form.title]).any(|line| line.contains(words)))
    }

    /// The private places of the person's pairs.
    pub fn rooms(&self) -> Vec<Place> {
        let places = self.actor.places().into_iter();
        places.filter(|place| place.kind == PlaceKind::Private && !place.name.contains("coordinators")).collect()
    }

    /// Lasting messages in the person's rooms with these words.
    pub fn in_rooms(&self, words: &str) -> usize {
        let seen = |place: Place| self.platform.messages(self.handle(), &place.id);
        let all = self.rooms().into_iter().flat_map(seen);
        all.filter(|seen| !seen.ephemeral && seen.by_bot && seen.text.contains(words)).count()
    }

    fn sees_button(&self, verb: &str) -> bool {
        let is = |control: &Control| matches!(control, Control::Button { key, .. } if key.starts_with(verb));
        self.everything().iter().any(|seen| seen.controls.iter().any(is))
    }

    fn has_chosen(&self, verb: &str) -> bool {
        let is = |control: &Control| matches!(control, Control::Select { key, chosen, .. } if key.starts_with(verb) && !chosen.is_empty());
        self.everything().iter().any(|seen| seen.controls.iter().any(is))
    }

    async fn presses(&self, verb: &str) {
        let _ = self.actor.presses_key(|key| key.starts_with(verb)).await;
    }

    /// Fills in and sends the application, until it is received.
    async fn applies(&self) {
        let role = if is_mentee(self.handle()) { "mentee" } else { "mentor" };
        let topic = if is_mentee(self.handle()) { "sought" } else { "offered" };
        let library = if is_mentee(self.handle()) { "Fresno" } else { "Oakland" };
        let apply = self.line("mentorship", "apply", &[("role", role)]);
        let received = |it: &Self| it.has("Received, thank you");
        while !received(self) {
            if self.on_discord() {
                self.applies_in_steps(role, topic, library, &apply).await;
                continue;
            }
            self.closes_form().await;
            self.until("the form opens", |it| it.actor.form().is_some(), async || self.types(&apply).await).await;
            let sent = self.actor.sends(&[("library_system", &[library]), (topic, &["teen"])]).await;
            let silent = |it: &Self| !received(it) && it.platform.bot_connected() && it.form_errors() == 0;
            let _ = within(PATIENCE, self.waits_while(silent)).await;
            drop(sent);
        }
        self.closes_form().await;
    }

    async fn applies_in_steps(&self, role: &str, topic: &str, library: &str, apply: &str) {
        let (pick, write, send) = (format!("pick:{role}:1:{topic}"), format!("write:{role}:1"), format!("send:{role}"));
        self.until("the panel comes", |it| it.sees_button(&write), async || self.types(apply).await).await;
        let chosen = |it: &Self| it.has_chosen(&pick);
        let choose = async || drop(self.actor.chooses_key(|key| key.starts_with(&pick), vec!["teen".to_owned()]).await);
        self.until("the choice is kept", chosen, choose).await;
        self.closes_form().await;
        self.until("the form opens", |it| it.actor.form().is_some(), async || self.presses(&write).await).await;
        let changed = *self.platform.changes().borrow();
        let _ = self.actor.sends(&[("library_system", &[library])]).await;
        let silent = |it: &Self| {
            it.platform.pending() > 0 && it.platform.bot_connected() || *it.platform.changes().borrow() == changed
        };
        let _ = within(PATIENCE, self.waits_while(silent)).await;
        self.closes_form().await;
        self.presses(&send).await;
        let silent =
            |it: &Self| !it.has("Received, thank you") && it.platform.pending() > 0 && it.platform.bot_connected();
        let _ = within(PATIENCE, self.waits_while(silent)).await;
    }

    fn form_errors(&self) -> usize {
        self.actor.form().map_or(0, |form| form.errors.len())
    }

    async fn closes_form(&self) {
        if self.actor.form().is_some() {
            let _ = self.actor.act(Action::CloseForm).await;
        }
    }

    async fn accepts_all(&self) {
        let ask = self.line("mentorship-admin", "applications accept-all", &[]);
        self.until("the question comes", |it| it.sees_button("accept-all"), async || self.types(&ask).await).await;
        let done = |it: &Self| it.has("accepted and will be told") || it.has("nobody who waits is eligible");
        self.until("all are accepted", done, async || self.presses("accept-all").await).await;
    }

    async fn publishes(&self, introduced: impl Fn() -> bool) {
        let propose = self.line("mentorship-admin", "match propose", &[]);
        let publish = self.line("mentorship-admin", "match publish", &[]);
        self.until("a proposal comes", |it| it.has("Nobody has been told yet"), async || self.types(&propose).await)
            .await;
        self.until("the question comes", |it| it.sees_button("publish:"), async || self.types(&publish).await).await;
        let done = |it: &Self| it.has("are published") || introduced();
        self.until("the pairs are published", done, async || self.presses("publish:").await).await;
    }

    async fn checks_in(&self) {
        self.until(
            "the answer is noted",
            |it| it.has("Your meeting in"),
            async || {
                let _ = self.actor.presses_key(|key| key.starts_with("checkin:") && key.contains(":met")).await;
            },
        )
        .await;
    }

    async fn withdraws(&self) {
        let ask = self.line("mentorship", "withdraw", &[]);
        self.until("the question comes", |it| it.sees_button("withdraw"), async || self.types(&ask).await).await;
        self.until("it is done", |it| it.has("withdrawn"), async || self.presses("withdraw").await).await;
    }

    pub fn screen(&self) -> String {
        let form = self.actor.form().map(|form| format!("FORM {} {:?} {:?}", form.title, form.notes, form.errors));
        let all = self.everything().into_iter().filter(|seen| seen.by_bot || seen.failure).map(|seen| seen.text);
        all.chain(form).collect::<Vec<_>>().join("\n---\n")
    }
}
