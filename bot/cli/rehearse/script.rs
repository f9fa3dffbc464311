//! The season as it is played: who does what, when, and what everybody ought to see then.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use clap::ValueEnum;
use indicatif::ProgressBar;
use plsep_domain::{CheckInAnswer, DateName, Lang, Period, Program, Standing};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Actor, Place};

use super::super::Failed;
use super::super::people::{Applicant, Part, Temperament, naming_all};
use super::super::stage::Stage;
use super::ledger::{Ledger, Outcome};
use super::plan::{first_answer, standing_of};
use super::player::{Player, Stuck};
use super::room::{Room, month_name, rooms};
use crate::chat::command::typed;
use crate::chat::{CommandId, Span, Text, WhenStyle};
use crate::cron_line::CronLine;
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
struct Told {
    timeline: Vec<(String, String)>,
    ledger: Ledger,
    broken: Vec<String>,
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
        let mut told = Told { timeline: vec![], ledger: Ledger::default(), broken: vec![] };
        self.apply(&catalogue, &troupes, &mut told).await?;
        self.decide(&catalogue, &troupes, &mut told).await?;
        self.publish(&catalogue, &troupes, &mut told).await?;
        self.sign(&catalogue, &troupes, &mut told).await?;
        for period in self.program.calendar.periods() {
            self.month(&catalogue, &troupes, period, &mut told).await?;
        }
        self.close(&catalogue, &troupes, &mut told).await?;
        let platforms = self.stage.platforms().iter().map(|platform| platform.key().to_owned()).collect();
        Ok(Outcome { platforms, timeline: told.timeline, ledger: told.ledger, broken: told.broken })
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
                player.applies(role).await?;
                let received = catalogue.line(player.lang(), "received-heading", &[]);
                told.ledger.see(player.platform(), "applied", player.sees(&received));
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
            coordinator.says(&typed(CommandId::ApplicationsQueue)).await?;
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
                "A coordinator accepts everybody eligible, vouches for {} not on the roster and declines {}.",
                vouched.len(),
                declined.len()
            ),
        );
        Ok(())
    }

    /// Pairs are proposed, looked at, published and introduced; whoever has none is told why.
    async fn publish(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::days(1)).await?;
        self.trouble();
        let pinned = self.pinned().map(|(mentee, mentor)| (mentee.handle.as_str(), mentor.handle.as_str()));
        for coordinator in coordinators(troupes) {
            coordinator.says(&typed(CommandId::MatchPropose)).await?;
            if let Some((mentee, mentor)) = pinned {
                let pair = [("mentee", mentee), ("mentor", mentor)];
                coordinator.says(&naming_all(coordinator.platform(), &typed(CommandId::MatchPin), &pair)).await?;
                coordinator.presses_any("pin").await?;
                told.ledger.expect(coordinator.platform(), "pinned", 1);
            }
            coordinator.says(&typed(CommandId::MatchShow)).await?;
            coordinator.says(&typed(CommandId::MatchPublish)).await?;
            coordinator.presses_any("publish").await?;
        }
        self.stage.drain(A_WHILE).await?;
        let expected = self.expected_pairs();
        for troupe in troupes {
            let Some(platform) = troupe.first().map(Player::platform) else { continue };
            told.ledger.expect(platform, "matched", expected);
            told.ledger.expect(platform, "introduced", expected);
            let rooms = rooms(catalogue, troupe, &mut told.broken);
            // Everybody accepted either has a room or is told why not.
            let paired: BTreeSet<&str> = rooms
                .iter()
                .flat_map(|room| [room.mentor, room.mentee])
                .map(|player| player.person.handle.as_str())
                .collect();
            let left =
                self.people.iter().filter(|person| self.accepted(person) && !paired.contains(person.handle.as_str()));
            told.ledger.expect(platform, "unmatched", left.count());
            told.ledger.see(platform, "matched", rooms.len());
            let is_pinned = |room: &&Room<'_>| {
                pinned == Some((room.mentee.person.handle.as_str(), room.mentor.person.handle.as_str()))
            };
            told.ledger.see(platform, "pinned", rooms.iter().filter(is_pinned).count());
            told.ledger.see(platform, "introduced", rooms.iter().filter(|room| room.introductions == 1).count());
            for player in troupe {
                let heading = catalogue.line(player.lang(), "unmatched-heading", &[]);
                told.ledger.see(platform, "unmatched", player.sees(&heading));
            }
        }
        self.tell(
            catalogue,
            told,
            format!("{} pairs are published; each finds itself in a private channel.", expected),
        );
        Ok(())
    }

    /// Both sides sign in their own time; the silent do not.
    async fn sign(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        for (days, late) in [(1, false), (4, true)] {
            self.travel(catalogue, self.stage.now() + TimeDelta::days(days)).await?;
            for player in troupes.iter().flatten() {
                let signs = self.accepted(player.person) && player.person.temperament != Temperament::Silent;
                if !signs || (player.person.temperament == Temperament::Late) != late {
                    continue;
                }
                told.ledger.expect(player.platform(), "signed", 1);
                player.signs(&player.person.name).await?;
            }
            self.stage.drain(A_WHILE).await?;
        }
        for player in troupes.iter().flatten() {
            // The copy in a direct message stands under the form's title, as does the text that was read.
            let title = catalogue.line(player.lang(), "agreement-title", &[]);
            let direct = player.actor.places().into_iter().filter(|place| place.kind == PlaceKind::Direct);
            let lasting = |place: Place| player.in_place(&place, &title).iter().filter(|seen| !seen.ephemeral).count();
            let copies: usize = direct.map(lasting).sum();
            told.ledger.see(player.platform(), "signed", copies);
        }
        self.tell(catalogue, told, "Mentors and mentees sign the acknowledgement form and get a copy.".to_owned());
        Ok(())
    }

    /// One month: the question, the answers, the question again, and what coordinators hear of it.
    async fn month(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        period: Period,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let zone = self.program.calendar.zone();
        let Some(fires) =
            CronLine::parse(&self.program.nudge.cron).ok().and_then(|line| line.next_after(period.range(zone).0, zone))
        else {
            told.broken.push(format!("the cron line never fires in {period}"));
            return Ok(());
        };
        self.travel(catalogue, fires - TimeDelta::hours(1)).await?;
        self.trouble();
        // By the evening the question has found its civil hour in every reader's zone.
        self.travel(catalogue, fires + TimeDelta::hours(8)).await?;
        let mut again = 0;
        for troupe in troupes {
            let rooms = rooms(catalogue, troupe, &mut told.broken);
            for room in &rooms {
                told.ledger.expect(room.platform(), "nudged", 1);
                let said = [room.mentor, room.mentee].map(|player| first_answer(player.person.temperament));
                for (player, answer) in [room.mentor, room.mentee].into_iter().zip(said) {
                    self.answer(catalogue, room, player, period, answer, told).await?;
                }
                match standing_of(said) {
                    Standing::Disagree | Standing::NeedsHelp => told.ledger.expect(room.platform(), "concerns", 1),
                    Standing::NotYet => again += 1,
                    _ => {}
                }
            }
        }
        let wait = i64::from(self.program.nudge.retry_after_days) + 1;
        self.travel(catalogue, self.stage.now() + TimeDelta::days(wait)).await?;
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                let said = [room.mentor, room.mentee].map(|player| first_answer(player.person.temperament));
                if standing_of(said) == Standing::NotYet {
                    told.ledger.expect(room.platform(), "nudged", 1);
                    let late = [room.mentor, room.mentee].into_iter().zip(said).filter(|(_, answer)| answer.is_some());
                    for (player, _) in late {
                        self.answer(catalogue, &room, player, period, Some(CheckInAnswer::Met), told).await?;
                    }
                }
            }
        }
        // Long enough for a question too many to show itself.
        self.travel(catalogue, period.range(zone).1 - TimeDelta::hours(1)).await?;
        let month = month_name(catalogue, Lang::En, period);
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                told.ledger.see(room.platform(), "nudged", room.questions(catalogue, period));
            }
        }
        for coordinator in coordinators(troupes) {
            let notice = format!("{month}:");
            let notices = coordinator.actor.everything();
            let notices = notices.iter().filter(|seen| seen.by_bot && !seen.ephemeral && seen.text.contains(&notice));
            told.ledger.see(coordinator.platform(), "concerns", notices.count());
        }
        self.tell(
            catalogue,
            told,
            format!("The pairs are asked about {month}; {again} say “not yet” and are asked again."),
        );
        Ok(())
    }

    /// One person's answer in one room, and the thanks for it.
    async fn answer(
        &self,
        catalogue: &Catalogue,
        room: &Room<'_>,
        player: &Player<'_>,
        period: Period,
        answer: Option<CheckInAnswer>,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let Some(answer) = answer else { return Ok(()) };
        let key = format!("thanks-{}", answer.key().replace('_', "-"));
        let month = Arg::Words(month_name(catalogue, player.lang(), period));
        let thanks = catalogue.line(player.lang(), &key, &[("month", month)]);
        let before = player.sees(&thanks);
        player.answers(&room.place, period, answer).await?;
        told.ledger.expect(player.platform(), "answered", 1);
        let seen = player.sees(&thanks).saturating_sub(before);
        told.ledger.see(player.platform(), "answered", seen);
        if seen == 0 {
            told.broken.push(format!(
                "{} answered about {period} in {} and saw no thanks",
                player.person.handle, room.place.name
            ));
        }
        Ok(())
    }

    /// The run ends: farewells, and the channels are closed for writing.
    async fn close(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        self.trouble();
        let ends = self.program.calendar.instant(DateName::RunsUntil);
        self.travel(catalogue, ends + TimeDelta::days(1)).await?;
        let expected = self.expected_pairs();
        for troupe in troupes {
            let Some(platform) = troupe.first().map(Player::platform) else { continue };
            told.ledger.expect(platform, "archived", expected);
            let rooms = rooms(catalogue, troupe, &mut told.broken);
            let closed =
                rooms.iter().filter(|room| room.place.archived && room.shown(catalogue, "farewell-heading") == 1);
            told.ledger.see(platform, "archived", closed.count());
        }
        self.tell(
            catalogue,
            told,
            "The program ends. Each pair reads a farewell, and its channel is archived.".to_owned(),
        );
        self.progress.finish();
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

/// The words of a text before the first thing that a chat shows in its own way.
fn first_words(text: &Text) -> &str {
    match text.0.first() {
        Some(Span::Plain(words) | Span::Strong(words)) => words.trim(),
        _ => "",
    }
}
