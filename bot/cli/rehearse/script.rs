//! The season as it is played: who does what, when, and what everybody ought to see then.

mod closing;
mod desk;
mod leaving;
mod meetings;
mod months;
mod office;
mod pairing;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use clap::ValueEnum;
use indicatif::ProgressBar;
use plsep_domain::{Audience, DateName, Lang, Period, Program, Role};
use plsep_sandbox::Actor;

use super::super::Failed;
use super::super::people::{Applicant, Part, Temperament};
use super::super::stage::Stage;
use super::ledger::{Ledger, Outcome};
use super::plan::Leaving;
use super::player::{Player, Stuck};
use super::room::Room;
use crate::chat::command::typed;
use crate::chat::{CommandId, Span, Text, WhenStyle};
use crate::words::{Arg, Catalogue, Deed};

/// How long the platforms' own pace may put a round of messages off.
const A_WHILE: TimeDelta = TimeDelta::hours(6);

/// What goes wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Faults {
    /// Nothing.
    None,
    /// Answers are lost, late or errors, before and after what was asked has been done.
    Rough,
    /// Everything that can: answers, sockets, the database, the clock, and the bot's own process.
    Storm,
}

/// Everything a rehearsal is played with.
pub(super) struct Script<'a> {
    pub stage: &'a Stage,
    pub program: &'a Program,
    pub people: &'a [Applicant],
    pub seed: u64,
    pub faults: Faults,
    pub progress: &'a ProgressBar,
}

/// The people of one platform.
type Troupe<'a> = Vec<Player<'a>>;

/// What is gathered on the way.
#[derive(Default)]
struct Told {
    timeline: Vec<(String, String)>,
    ledger: Ledger,
    broken: Vec<String>,
    /// How it goes with each pair, by platform and place.
    courses: BTreeMap<(&'static str, String), Course>,
    /// By platform, how many new pairs were made while the program ran.
    rematched: BTreeMap<&'static str, usize>,
}

/// How it goes with one pair, as far as the script's own people have made it so.
#[derive(Clone, Debug, Default)]
struct Course {
    /// The months in which they met.
    met: BTreeSet<Period>,
    /// The months in which at least one of them said so.
    said_met: BTreeSet<Period>,
    /// In which month, counted from 0, it was over because one of the two had left.
    over: Option<usize>,
    /// How often they are to be asked about the month at hand.
    asked: usize,
    /// Handles of those who are asked directly.
    directly: BTreeSet<String>,
    /// Handles of those who pause.
    paused: BTreeSet<String>,
}

impl Told {
    fn course(&mut self, room: &Room<'_>) -> &mut Course {
        self.courses.entry((room.platform(), room.place.id.clone())).or_default()
    }

    /// So many more entries belong into the log.
    fn audited(&mut self, platform: &str, entries: usize) {
        self.ledger.expect(platform, "audit_entries", entries);
    }
}

impl From<Stuck> for Failed {
    fn from(stuck: Stuck) -> Self {
        match stuck {
            Stuck::Stage(error) => Self::Stage(error),
            person @ Stuck::Person { .. } => Self::Found(person.to_string()),
        }
    }
}

impl<'a> Script<'a> {
    /// Plays the season.
    pub async fn play(&self) -> Result<Outcome, Stuck> {
        let catalogue = Catalogue::embedded();
        let troupes: Vec<Troupe<'_>> = self
            .stage
            .platforms()
            .into_iter()
            .map(|platform| {
                let player = |person: &'a Applicant| {
                    Player::new(self.stage, self.program, person, Actor::new(platform.clone(), &person.handle))
                };
                self.people.iter().map(player).collect()
            })
            .collect();
        let mut told = Told::default();
        let began = self.stage.now();
        self.bring_roster(&catalogue, &troupes, &mut told).await?;
        self.begin(&catalogue, &troupes, &mut told).await?;
        self.apply(&catalogue, &troupes, &mut told).await?;
        self.leave(&catalogue, &troupes, Leaving::BeforePairs, &mut told).await?;
        self.decide(&catalogue, &troupes, &mut told).await?;
        self.publish(&catalogue, &troupes, &mut told).await?;
        self.announce(&catalogue, &troupes, Audience::Everyone, &mut told).await?;
        self.sign(&catalogue, &troupes, &mut told).await?;
        self.move_a_date(&catalogue, &troupes, &mut told).await?;
        self.try_what_is_not_theirs(&catalogue, &troupes, &mut told).await?;
        self.meet(&catalogue, &troupes, &mut told).await?;
        self.announce(&catalogue, &troupes, Audience::Pairs, &mut told).await?;
        for (nth, period) in self.program.calendar.periods().into_iter().enumerate() {
            match nth {
                1 => {
                    self.leave(&catalogue, &troupes, Leaving::MidRun, &mut told).await?;
                    self.rematch(&catalogue, &troupes, nth, &mut told).await?;
                    self.set_themselves(&catalogue, &troupes, period, &mut told).await?;
                }
                2 => {
                    self.ask_for_reports(&catalogue, &troupes, &mut told).await?;
                    self.leave(&catalogue, &troupes, Leaving::Forgotten, &mut told).await?;
                }
                _ => {}
            }
            self.month(&catalogue, &troupes, (nth, period), &mut told).await?;
            if nth == 2 {
                self.say_how_it_fits(&troupes).await?;
            }
        }
        self.fits(&catalogue, &troupes, &mut told);
        self.close(&catalogue, &troupes, &mut told).await?;
        self.look_back(&catalogue, &troupes, &mut told).await?;
        self.ask_for_reports(&catalogue, &troupes, &mut told).await?;
        self.leave(&catalogue, &troupes, Leaving::AtTheEnd, &mut told).await?;
        self.take_the_log(&catalogue, &troupes, began, &mut told).await?;
        self.progress.finish();
        let platforms = self.stage.platforms().iter().map(|platform| platform.key().to_owned()).collect();
        Ok(Outcome { platforms, timeline: told.timeline, ledger: told.ledger, broken: told.broken })
    }

    /// The forgetful begin early and leave it half done; the bot is started anew meanwhile.
    async fn begin(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        for player in troupes.iter().flatten().filter(|player| player.person.is(Temperament::Forgetful)) {
            if let Some(role) = player.person.role() {
                player.begins(role).await?;
            }
        }
        self.stage.restart_bot().await?;
        let began = self.people.iter().filter(|person| person.is(Temperament::Forgetful)).count();
        self.tell(
            catalogue,
            told,
            format!("{began} begin an application and leave it half done. The bot is restarted."),
        );
        Ok(())
    }

    /// People apply over the weeks, some on the last day, one in the last second, one a second too late.
    async fn apply(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        let applicants = self.people.iter().filter(|person| person.role().is_some()).count();
        self.tell(catalogue, told, format!("Applications are open. {applicants} people of each community will apply."));
        let closes = self.program.calendar.instant(DateName::ApplicationsClose);
        for (at, index) in self.order_of_applying(closes) {
            self.travel(catalogue, at).await?;
            for troupe in troupes {
                let player = &troupe[index];
                let Some(role) = player.person.role() else { continue };
                told.ledger.expect(player.platform(), "applied", 1);
                if player.person.is(Temperament::Forgetful) {
                    told.ledger.expect(player.platform(), "drafts_resumed", 1);
                    let kept = player.comes_back(role).await?;
                    told.ledger.see(player.platform(), "drafts_resumed", usize::from(kept));
                    player.finishes(role).await?;
                } else {
                    player.applies(role).await?;
                }
                let received = catalogue.line(player.lang(), "received-heading", &[]);
                told.ledger.see(player.platform(), "applied", player.sees(&received));
                if role == Role::Mentee && !player.person.on_roster {
                    told.ledger.expect(player.platform(), "not_on_roster", 1);
                }
                let contact = [("contact", Arg::Words(String::new()))];
                let unknown = catalogue.text(player.lang(), "received-not-on-roster", &contact);
                told.ledger.see(player.platform(), "not_on_roster", player.sees(first_sentence(&unknown)));
            }
        }
        self.tell(catalogue, told, "The last application comes in one second before the deadline.".to_owned());
        self.travel(catalogue, closes).await?;
        for player in owners(troupes) {
            told.ledger.expect(player.platform(), "too_late", 1);
            let option = if player.platform() == "discord" { "role:" } else { "" };
            player.says(&format!("{} {option}mentor", typed(CommandId::Apply))).await?;
            let at = Arg::When(closes - TimeDelta::seconds(1), self.zone(), WhenStyle::DateTime);
            let told_so = catalogue.text(player.lang(), "refusal-applications-closed", &[("at", at)]);
            told.ledger.see(player.platform(), "too_late", player.sees(first_words(&told_so)));
        }
        self.tell(
            catalogue,
            told,
            "Applications are closed. Somebody tries one second later and is told kindly.".to_owned(),
        );
        Ok(())
    }

    /// A coordinator looks at the queue, accepts the eligible, vouches for one who is not on the roster, declines the others.
    async fn decide(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::hours(10)).await?;
        let (vouched, declined) = self.not_on_roster();
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            self.review(coordinator, troupe, told).await?;
            coordinator.says(&typed(CommandId::ApplicationsAcceptAll)).await?;
            coordinator.presses(&Deed::AcceptAll).await?;
            for person in &vouched {
                coordinator.names(CommandId::ApplicationsAccept, &person.handle, None).await?;
            }
            for person in &declined {
                let reason = ("reason", "You are not on the list of current participants.");
                coordinator.names(CommandId::ApplicationsDecline, &person.handle, Some(reason)).await?;
            }
            told.ledger.expect(coordinator.platform(), "declined", declined.len());
            let accepted = troupe.iter().filter(|player| self.accepted(player.person)).count();
            told.audited(coordinator.platform(), accepted + declined.len());
            told.ledger.expect(coordinator.platform(), "accepted", accepted);
        }
        self.stage.drain(A_WHILE).await?;
        for player in troupes.iter().flatten() {
            for (row, key) in [("accepted", "accepted-heading"), ("declined", "declined")] {
                told.ledger.see(player.platform(), row, player.sees(&catalogue.line(player.lang(), key, &[])));
            }
        }
        self.tell(
            catalogue,
            told,
            format!(
                "A coordinator reads every application, accepts everybody eligible, vouches for {} not on the roster and declines {}.",
                vouched.len(),
                declined.len()
            ),
        );
        Ok(())
    }

    /// Moves the world on, and the progress bar with it.
    async fn travel(&self, catalogue: &Catalogue, to: DateTime<Utc>) -> Result<(), Stuck> {
        self.stage.travel_to(to).await?;
        let days = (to - self.program.calendar.instant(DateName::ApplicationsOpen)).num_days();
        self.progress.set_position(days.unsigned_abs());
        self.progress.set_message(catalogue.moment(Lang::En, to, self.zone(), WhenStyle::Date));
        Ok(())
    }

    fn tell(&self, catalogue: &Catalogue, told: &mut Told, what: String) {
        let at = catalogue.moment(Lang::En, self.stage.now(), self.zone(), WhenStyle::DateTime);
        told.timeline.push((at, what));
    }

    fn zone(&self) -> chrono_tz::Tz {
        self.program.calendar.zone()
    }
}

fn owners<'t, 'a>(troupes: &'t [Troupe<'a>]) -> impl Iterator<Item = &'t Player<'a>> {
    troupes.iter().filter_map(|troupe| troupe.iter().find(|player| player.person.part == Part::Owner))
}

fn coordinators<'t, 'a>(troupes: &'t [Troupe<'a>]) -> impl Iterator<Item = &'t Player<'a>> {
    troupes.iter().filter_map(|troupe| troupe.iter().find(|player| player.person.part == Part::Coordinator))
}

/// The first sentence of a text, as far as it holds nothing that a chat shows in its own way.
fn first_sentence(text: &Text) -> &str {
    let words = first_words(text);
    words.split_inclusive('.').next().unwrap_or(words)
}

/// The words of a text before the first thing that a chat shows in its own way.
fn first_words(text: &Text) -> &str {
    match text.0.first() {
        Some(Span::Plain(words) | Span::Strong(words)) => words.trim(),
        _ => "",
    }
}
