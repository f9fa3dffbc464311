//! What people do in a storm. They want the same as ever, but nothing can be relied upon: a button may lead nowhere, an
//! answer may never come. So each of them tries, looks whether it worked, and tries again after a while, as people do.

mod anew;
mod apart;
mod barred;
pub(super) mod between;
mod doors;
mod early;
mod looks;
mod meet;
pub(super) mod office;
mod own;
pub(super) mod partings;
mod places;
mod reminders;
mod strides;
mod tries;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{ApplicationState, CheckInAnswer, DateName, PairId, Period, Program, Role};
use plsep_sandbox::Actor;
use plsep_sandbox::person::PlaceKind;

use super::super::super::people::{Applicant, Part, Temperament, naming};
use super::super::ledger::Ledger;
use super::super::plan::answer_in;
use super::super::player::{Player, Settles, Stuck};
use super::super::room::{Room, month_name, rooms};
use between::{Added, Noted, Rhythm};
use own::{Forgotten, Paused, Settled};
use partings::Extended;
use places::Places;

use super::theatre::Theatre;
use super::weather::Weather;
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cron_line::CronLine;
use crate::words::{Arg, Catalogue, Deed};

/// In this month, counted from 0, the bot may not write in the place of some pair when its question is due.
const BARRED_IN: usize = 1;

/// A person of the storm.
pub(super) type Person<'a> = Player<'a, Theatre>;
/// The people of one platform.
pub(super) type Troupe<'a> = Vec<Person<'a>>;

/// A season in a storm.
pub(super) struct Season<'a> {
    pub theatre: &'a Theatre,
    pub weather: &'a Weather,
    pub program: &'a Program,
    pub people: &'a [Applicant],
    pub catalogue: &'a Catalogue,
}

/// What people did that must have left its mark.
#[derive(Default)]
pub(super) struct Done {
    /// Platform, handle, month and answer of everybody who read thanks for it.
    pub answers: Vec<(String, String, Period, CheckInAnswer)>,
    /// Commands of coordinators that they saw answered: platform, handle, action in the audit log.
    pub office: Vec<(String, String, &'static str)>,
    /// Who chose a zone and hours of their own.
    pub settled: Vec<Settled>,
    pub paused: Vec<Paused>,
    pub forgotten: Vec<Forgotten>,
    /// The addresses of the good rows of the list that was brought in, by platform.
    pub rosters: Vec<(&'static str, BTreeSet<String>)>,
    /// How many mentees mentors have said they take, when they were asked for one more.
    pub places: Vec<Places>,
    /// How often pairs mean to meet.
    pub rhythms: Vec<Rhythm>,
    /// Meetings that were noted afterwards.
    pub noted: Vec<Noted>,
    /// Pairs that coordinators ended.
    pub parted: Vec<PairId>,
    /// Pairs that go on after the end of the season.
    pub extended: Vec<Extended>,
    /// What was written beside private answers.
    pub added: Vec<Added>,
    /// Platform and handle of whoever has applied for the next season.
    pub anew: Vec<(&'static str, String)>,
    pub ledger: Ledger,
}

impl Done {
    /// Whether this person of a platform was forgotten, and when.
    pub fn forgotten_at(&self, platform: &str, handle: &str) -> Option<DateTime<Utc>> {
        let mut all = self.forgotten.iter();
        all.find(|gone| gone.platform == platform && gone.handle == handle).map(|gone| gone.at)
    }
}

impl<'a> Season<'a> {
    /// The people on each platform.
    pub fn troupes(&self) -> Vec<Troupe<'a>> {
        let troupe = |platform: std::sync::Arc<dyn plsep_sandbox::Platform>| {
            let player = |person: &'a Applicant| {
                Player::new(self.theatre, self.program, person, Actor::new(platform.clone(), &person.handle))
                    .attentive(self.catalogue)
            };
            self.people.iter().map(player).collect()
        };
        self.theatre.platforms().into_iter().map(troupe).collect()
    }

    /// Plays the season.
    ///
    /// # Errors
    /// Somebody cannot do what they want however often they try, or the world never comes to rest.
    pub async fn play(&self, troupes: &[Troupe<'a>]) -> Result<Done, Stuck> {
        let mut done = Done::default();
        // What the first start has left to do goes at the machine's pace: it is done before anything goes wrong.
        self.theatre.travel_to(self.theatre.now()).await?;
        self.weather.begin();
        self.bring_roster(troupes, &mut done).await?;
        self.apply(troupes, &mut done).await?;
        self.decide(troupes, &mut done).await?;
        self.make_room(troupes, &mut done).await?;
        self.publish(troupes, &mut done).await?;
        self.sign(troupes).await?;
        self.remind_of_forms(troupes, &mut done).await?;
        let doors = self.shut_doors(troupes).await;
        self.move_a_date(troupes, &mut done).await?;
        self.announce(troupes, &mut done).await?;
        self.come_by(troupes, &doors).await?;
        self.meet(troupes).await?;
        self.settle_rhythm(troupes, &mut done).await?;
        self.set_themselves(troupes, &mut done).await?;
        for (number, period) in self.program.calendar.periods().into_iter().enumerate() {
            self.month(troupes, (number, period), &mut done).await?;
            match number {
                0 => {
                    self.note_meetings(troupes, &mut done).await?;
                    self.ask_the_office(troupes).await?;
                    self.forget_somebody(troupes, &mut done).await?;
                }
                1 => {
                    self.somebody_leaves(troupes).await?;
                    self.pause(troupes, period, &mut done).await?;
                    self.ask_for_reports(troupes, &mut done).await?;
                    self.end_a_pair(troupes, &mut done).await?;
                    self.fill_up(troupes, &mut done).await?;
                }
                2 => self.let_go_on(troupes, &mut done).await?,
                _ => {}
            }
            self.say_how_it_fits(troupes, &mut done).await?;
        }
        self.weather.tell("the program ends".to_owned());
        self.travel(self.program.calendar.instant(DateName::RunsUntil) + TimeDelta::days(3)).await?;
        self.look_back(troupes).await?;
        self.travel(self.program.calendar.survey_reminder() + TimeDelta::days(2)).await?;
        self.take_the_log(troupes, &mut done).await?;
        self.set_up_the_next(troupes, &mut done).await?;
        self.apply_anew(troupes, &mut done).await?;
        self.weather.calm();
        self.theatre.set_skew(TimeDelta::zero());
        self.theatre.allow_absence(TimeDelta::zero());
        self.theatre.travel_to(self.theatre.now() + TimeDelta::days(3)).await?;
        Ok(done)
    }

    /// People apply over the weeks.
    async fn apply(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        let closes = self.program.calendar.instant(DateName::ApplicationsClose);
        let from = self.theatre.now();
        // Nobody is left with the last two days alone: a storm may last a while.
        let minutes = (closes - from).num_minutes() - 2 * 24 * 60;
        let mut order: Vec<(DateTime<Utc>, usize)> = (0..self.people.len())
            .filter(|index| self.people[*index].role().is_some())
            .map(|index| {
                let at = self.weather.roll("applies", minutes.unsigned_abs());
                (from + TimeDelta::minutes(i64::try_from(at).unwrap_or_default()), index)
            })
            .collect();
        order.sort_unstable();
        self.theatre.allow_absence(TimeDelta::hours(8));
        self.begin_early(troupes).await?;
        let half = order.len() / 2;
        for (nth, (at, index)) in order.into_iter().enumerate() {
            self.travel(at).await?;
            if nth == half {
                self.remind_of_drafts(troupes, done).await?;
            }
            for troupe in troupes {
                let player = &troupe[index];
                let Some(role) = player.person.role() else { continue };
                let received = self.catalogue.line(player.lang(), "received-heading", &[]);
                self.persists(
                    player,
                    "apply",
                    async || player.sees(&received) > 0,
                    async || player.applies(role).await,
                )
                .await?;
                done.ledger.expect(player.platform(), "applied", 1);
                // A window with these words may be closed later; now it is there.
                done.ledger.see(player.platform(), "applied", usize::from(player.sees(&received) > 0));
            }
            if self.weather.happens("intrudes", 1_000) {
                self.intrude(troupes).await?;
            }
        }
        self.travel(closes).await
    }

    /// A coordinator accepts everybody eligible, vouches for one, has one wait and declines the rest.
    async fn decide(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        self.travel(self.theatre.now() + TimeDelta::hours(10)).await?;
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let eligible = async || self.waiting(platform, ApplicationState::Submitted).await == 0;
            self.persists(coordinator, "accept everybody", eligible, async || {
                coordinator.says(&typed(CommandId::ApplicationsAcceptAll)).await?;
                coordinator.presses(&Deed::AcceptAll).await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "application.accept"));
            let missing = self.people.iter().filter(|it| it.role() == Some(Role::Mentee) && !it.on_roster);
            for (place, person) in missing.enumerate() {
                let decided = async || !self.is_in(platform, person, ApplicationState::NotOnRoster).await;
                self.persists(coordinator, "decide about one", decided, async || {
                    let reason = ("reason", "You are not on the list of current participants.");
                    let (command, more) = match place {
                        0 => (CommandId::ApplicationsAccept, None),
                        1 => (CommandId::ApplicationsWaitList, None),
                        _ => (CommandId::ApplicationsDecline, Some(reason)),
                    };
                    coordinator.names(command, &person.handle, more).await
                })
                .await?;
                if place == 1 {
                    done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "application.wait-list"));
                }
            }
        }
        Ok(())
    }

    /// Pairs are proposed and published.
    async fn publish(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        self.travel(self.theatre.now() + TimeDelta::days(1)).await?;
        self.theatre.allow_absence(TimeDelta::hours(1));
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            self.keep_apart(coordinator).await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "match.forbid"));
            let published = async || self.published(platform).await;
            self.persists(coordinator, "publish", published, async || {
                coordinator.says(&typed(CommandId::MatchPropose)).await?;
                coordinator.says(&typed(CommandId::MatchPublish)).await?;
                coordinator.presses_any("publish").await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "match.publish"));
        }
        self.travel(self.theatre.now() + TimeDelta::days(1)).await
    }

    /// Both sides sign in their own time; the silent do not.
    async fn sign(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        self.theatre.allow_absence(TimeDelta::hours(12));
        for player in troupes.iter().flatten() {
            let state = self.state_of(player).await;
            if state != Some(ApplicationState::Accepted) || player.person.is(Temperament::Silent) {
                continue;
            }
            let minutes = self.weather.roll("signs", 120);
            self.travel(self.theatre.now() + TimeDelta::minutes(i64::try_from(minutes).unwrap_or_default())).await?;
            self.signs(player).await?;
        }
        Ok(())
    }

    async fn signs(&self, player: &Person<'a>) -> Result<(), Stuck> {
        let signed = async || self.has_signed(player).await;
        // What no name looks like is not taken for a signature; these people have a plain name, too.
        let plain = player.person.name.chars().all(|letter| letter.is_alphabetic() || " '-.".contains(letter));
        let name = if plain { player.person.name.as_str() } else { "Ana Rivera" };
        self.persists(player, "sign", signed, async || player.signs(name).await).await
    }

    /// A date is moved; everybody concerned hears of it.
    async fn move_a_date(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let to = "2025-07-02";
            let moved = async || self.audited(platform, "season.move").await;
            self.persists(coordinator, "move a date", moved, async || {
                let typed = typed(CommandId::SeasonMove);
                let line = match platform {
                    "discord" => format!("{typed} date:runs-until to:{to}"),
                    _ => format!("{typed} runs-until {to}"),
                };
                coordinator.says(&line).await?;
                coordinator.presses_any("move").await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "season.move"));
        }
        Ok(())
    }

    /// A mentor leaves the program.
    async fn somebody_leaves(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        for troupe in troupes {
            let mut broken = vec![];
            let all = rooms(self.catalogue, troupe, &mut broken);
            let Some(leaver) = all.into_iter().find(|room| !room.place.archived).map(|room| room.mentor) else {
                continue;
            };
            let gone = async || self.state_of(leaver).await == Some(ApplicationState::Withdrawn);
            self.persists(leaver, "leave", gone, async || {
                leaver.says(&typed(CommandId::Withdraw)).await?;
                leaver.presses(&Deed::Withdraw).await
            })
            .await?;
        }
        Ok(())
    }

    /// One month: the question comes, people answer, some are asked again.
    async fn month(
        &self,
        troupes: &[Troupe<'a>],
        (number, period): (usize, Period),
        done: &mut Done,
    ) -> Result<(), Stuck> {
        let zone = self.program.calendar.zone();
        let fires =
            CronLine::parse(&self.program.nudge.cron).ok().and_then(|line| line.next_after(period.range(zone).0, zone));
        let Some(fires) = fires else { return Ok(()) };
        self.weather.tell(format!("the question about {period}"));
        self.theatre.allow_absence(TimeDelta::hours(30));
        self.travel(fires - TimeDelta::hours(1)).await?;
        if number == BARRED_IN {
            self.bar_places(troupes);
        }
        self.travel(fires + TimeDelta::hours(36)).await?;
        if number == BARRED_IN {
            self.let_in_again(troupes, done).await?;
        }
        let mut early = Vec::new();
        for round in 0..2 {
            for troupe in troupes {
                let mut broken = vec![];
                for room in rooms(self.catalogue, troupe, &mut broken) {
                    for player in [room.mentor, room.mentee] {
                        let answer = answer_in(player.person, number);
                        let who = (player.platform().to_owned(), player.person.handle.clone());
                        let again = round == 1 && answer == Some(CheckInAnswer::NotYet) && !early.contains(&who);
                        let answer = if again { Some(CheckInAnswer::Met) } else { answer };
                        if round == 0 || again {
                            self.answer(&room, player, period, answer, done).await?;
                        }
                    }
                }
                for what in broken {
                    self.weather.broke(format!("private: {what}"));
                }
            }
            let wait = i64::from(self.program.nudge.retry_after_days) + 2;
            let until = self.theatre.now() + TimeDelta::days(wait);
            if number == 0 && round == 0 {
                early = self.answer_early(troupes, (period, fires), done).await?;
            }
            self.travel(until).await?;
        }
        Ok(())
    }

    /// One person's answer, where they were asked at all.
    async fn answer(
        &self,
        room: &Room<'_, Theatre>,
        player: &Person<'a>,
        period: Period,
        answer: Option<CheckInAnswer>,
        done: &mut Done,
    ) -> Result<(), Stuck> {
        let Some(answer) = answer else { return Ok(()) };
        let partner = room.both().into_iter().find(|it| it.person.handle != player.person.handle);
        let partner = partner.map_or("", |partner| partner.person.name.as_str());
        let here = room.questions(self.catalogue, period) > 0;
        let directly = player.asked_directly(self.catalogue, period, partner) > 0;
        if room.place.archived || !(here || directly) {
            return Ok(());
        }
        let key = format!("thanks-{}", answer.key().replace('_', "-"));
        let month = Arg::Words(month_name(self.catalogue, player.lang(), period));
        let thanks = self.catalogue.line(player.lang(), &key, &[("month", month)]);
        let before = player.sees(&thanks);
        let thanked = async || player.sees(&thanks) > before;
        let answers = async || {
            if here {
                return player.answers(&room.place, period, answer).await.map(drop);
            }
            player.answers_directly(partner, period, answer).await.map(drop)
        };
        self.persists(player, "answer", thanked, &answers).await?;
        done.answers.push((player.platform().to_owned(), player.person.handle.clone(), period, answer));
        if answer == CheckInAnswer::NeedHelp {
            self.say_what_help((room, player), period, &answers, done).await?;
        }
        Ok(())
    }
}

/// The people join, and the owner appoints the coordinators.
pub(super) async fn fill(season: &Season<'_>, troupes: &[Troupe<'_>]) -> Result<(), Stuck> {
    use super::super::super::people;
    let theatre = season.theatre;
    for platform in theatre.platforms() {
        for resident in people::residents(season.people) {
            platform.join(resident).map_err(|error| Stuck::Person {
                handle: "somebody".to_owned(),
                platform: platform.key(),
                what: error.to_string(),
            })?;
        }
    }
    theatre.settle().await?;
    for (platform, troupe) in theatre.platforms().iter().zip(troupes) {
        let Some(owner) = troupe.iter().find(|player| player.person.part == Part::Owner) else { continue };
        for coordinator in season.people.iter().filter(|person| person.part == Part::Coordinator) {
            let line = naming(platform.key(), &typed(CommandId::CoordinatorsAdd), &coordinator.handle, None);
            owner.says(&line).await?;
        }
    }
    Ok(())
}

/// The first coordinator of each platform.
pub(super) fn coordinators<'t, 'a>(troupes: &'t [Troupe<'a>]) -> impl Iterator<Item = &'t Person<'a>> {
    troupes.iter().filter_map(|troupe| troupe.iter().find(|player| player.person.part == Part::Coordinator))
}

/// The conversations of a person with the bot.
pub(super) fn directs(player: &Person<'_>) -> Vec<plsep_sandbox::Seen> {
    let places = player.actor.places().into_iter().filter(|place| place.kind == PlaceKind::Direct);
    places.flat_map(|place| player.actor.platform().messages(player.actor.handle(), &place.id)).collect()
}
