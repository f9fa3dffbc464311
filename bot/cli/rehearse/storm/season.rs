//! What people do in a storm. They want the same as ever, but nothing can be relied upon: a button may lead nowhere, an
//! answer may never come. So each of them tries, looks whether it worked, and tries again after a while, as people do.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{ApplicationState, CheckInAnswer, DateName, PairState, Period, Program, Role, SeasonId};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Action, Actor};

use super::super::super::people::{Applicant, Part, Temperament, naming};
use super::super::super::stage::{StageError, instant};
use super::super::ledger::Ledger;
use super::super::plan::first_answer;
use super::super::player::{Player, Settles, Stuck};
use super::super::room::{Room, month_name, rooms};
use super::theatre::Theatre;
use super::weather::{Ill, Weather};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cron_line::CronLine;
use crate::store::{StoreError, Tx};
use crate::words::{Arg, Catalogue, Deed};

/// How often somebody tries before they give up: longer than any trouble of a storm lasts.
const TRIES: usize = 40;

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
    pub ledger: Ledger,
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
        self.weather.begin();
        self.apply(troupes, &mut done).await?;
        self.decide(troupes, &mut done).await?;
        self.publish(troupes, &mut done).await?;
        self.sign(troupes).await?;
        self.move_a_date(troupes, &mut done).await?;
        for (number, period) in self.program.calendar.periods().into_iter().enumerate() {
            self.month(troupes, period, &mut done).await?;
            if number == 1 {
                self.somebody_leaves(troupes).await?;
            }
        }
        self.weather.tell("the program ends".to_owned());
        self.travel(self.program.calendar.instant(DateName::RunsUntil) + TimeDelta::days(2)).await?;
        self.weather.calm();
        self.theatre.set_skew(TimeDelta::zero());
        self.theatre.allow_absence(TimeDelta::zero());
        self.theatre.drain(TimeDelta::days(3)).await?;
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
        for (at, index) in order {
            self.travel(at).await?;
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

    /// Somebody tries what only coordinators may.
    async fn intrude(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        for troupe in troupes {
            let Some(stranger) = troupe.iter().find(|player| player.person.role() == Some(Role::Mentee)) else {
                continue;
            };
            for id in [CommandId::ApplicationsAcceptAll, CommandId::MatchPropose, CommandId::SeasonShow] {
                self.tries(async || stranger.says(&typed(id)).await).await?;
            }
        }
        Ok(())
    }

    /// A coordinator accepts everybody eligible, vouches for one and declines the rest.
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
                    if place == 0 {
                        return coordinator.names(CommandId::ApplicationsAccept, &person.handle, None).await;
                    }
                    let reason = ("reason", "You are not on the list of current participants.");
                    coordinator.names(CommandId::ApplicationsDecline, &person.handle, Some(reason)).await
                })
                .await?;
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
            if state != Some(ApplicationState::Accepted) || player.person.temperament == Temperament::Silent {
                continue;
            }
            let minutes = self.weather.roll("signs", 120);
            self.travel(self.theatre.now() + TimeDelta::minutes(i64::try_from(minutes).unwrap_or_default())).await?;
            let signed = async || self.has_signed(player).await;
            // What no name looks like is not taken for a signature; these people have a plain name, too.
            let plain = player.person.name.chars().all(|letter| letter.is_alphabetic() || " '-.".contains(letter));
            let name = if plain { player.person.name.as_str() } else { "Ana Rivera" };
            self.persists(player, "sign", signed, async || player.signs(name).await).await?;
        }
        Ok(())
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
            let Some(leaver) = rooms(self.catalogue, troupe, &mut broken).into_iter().map(|room| room.mentor).next()
            else {
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
    async fn month(&self, troupes: &[Troupe<'a>], period: Period, done: &mut Done) -> Result<(), Stuck> {
        let zone = self.program.calendar.zone();
        let fires =
            CronLine::parse(&self.program.nudge.cron).ok().and_then(|line| line.next_after(period.range(zone).0, zone));
        let Some(fires) = fires else { return Ok(()) };
        self.weather.tell(format!("the question about {period}"));
        self.theatre.allow_absence(TimeDelta::hours(30));
        self.travel(fires - TimeDelta::hours(1)).await?;
        self.travel(fires + TimeDelta::hours(36)).await?;
        for round in 0..2 {
            for troupe in troupes {
                let mut broken = vec![];
                for room in rooms(self.catalogue, troupe, &mut broken) {
                    for player in [room.mentor, room.mentee] {
                        let answer = first_answer(player.person.temperament);
                        let again = round == 1 && answer == Some(CheckInAnswer::NotYet);
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
            self.travel(self.theatre.now() + TimeDelta::days(wait)).await?;
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
        if room.place.archived || room.questions(self.catalogue, period) == 0 {
            return Ok(());
        }
        let key = format!("thanks-{}", answer.key().replace('_', "-"));
        let month = Arg::Words(month_name(self.catalogue, player.lang(), period));
        let thanks = self.catalogue.line(player.lang(), &key, &[("month", month)]);
        let before = player.sees(&thanks);
        let thanked = async || player.sees(&thanks) > before;
        self.persists(player, "answer", thanked, async || player.answers(&room.place, period, answer).await.map(drop))
            .await?;
        done.answers.push((player.platform().to_owned(), player.person.handle.clone(), period, answer));
        Ok(())
    }

    /// Somebody does something until it has worked.
    async fn persists(
        &self,
        player: &Person<'a>,
        what: &str,
        worked: impl AsyncFn() -> bool,
        act: impl AsyncFn() -> Result<(), Stuck>,
    ) -> Result<(), Stuck> {
        for attempt in 0..TRIES {
            if worked().await {
                return Ok(());
            }
            if attempt > 0 {
                // A window that hangs is closed, and after a while it is tried again.
                self.closes(player).await;
                self.theatre.settle().await?;
                let minutes = 1 + self.weather.roll("patience", 20) + u64::try_from(attempt * attempt).unwrap_or(0);
                self.travel(self.theatre.now() + TimeDelta::minutes(i64::try_from(minutes).unwrap_or(1))).await?;
                if worked().await {
                    return Ok(());
                }
            }
            // Nobody keeps pressing buttons of a platform that is away; some do once.
            if let Some(until) = self.weather.outage_until(player.platform())
                && self.weather.roll("stubborn", 8) > 0
            {
                self.travel(instant(until) + TimeDelta::minutes(1)).await?;
            }
            self.weather.tell(format!("{} tries to {what} on {}", player.person.handle, player.platform()));
            self.tries(&act).await?;
        }
        let told = player.actor.everything().last().map(|seen| seen.text.clone()).unwrap_or_default();
        Err(Stuck::Person {
            handle: player.person.handle.clone(),
            platform: player.platform(),
            what: format!("after {TRIES} tries to {what} it has not worked; the last thing to be read is: {told}"),
        })
    }

    /// One try: what the client refuses is no end of the world.
    async fn tries(&self, act: impl AsyncFn() -> Result<(), Stuck>) -> Result<(), Stuck> {
        match act().await {
            Ok(()) => Ok(()),
            Err(Stuck::Person { what, .. }) => {
                self.weather.tell(format!("  that does not work: {what}"));
                Ok(self.theatre.settle().await?)
            }
            Err(stuck) => Err(stuck),
        }
    }

    async fn closes(&self, player: &Person<'a>) {
        for _ in 0..3 {
            if player.actor.form().is_none() || player.actor.act(Action::CloseForm).await.is_err() {
                return;
            }
        }
    }

    /// Moves the world on, and lets the weather change on the way.
    async fn travel(&self, to: DateTime<Utc>) -> Result<(), Stuck> {
        while self.theatre.now() < to {
            self.change_weather().await?;
            let hours = 1 + self.weather.roll("stride", 96);
            let next = self.theatre.now() + TimeDelta::hours(i64::try_from(hours).unwrap_or(1));
            self.theatre.travel_to(next.min(to)).await?;
        }
        Ok(())
    }

    /// What a storm does by itself between two strides.
    async fn change_weather(&self) -> Result<(), StageError> {
        let theatre = self.theatre;
        let minutes = |what: &str, below: u64| {
            TimeDelta::minutes(i64::try_from(self.weather.roll(what, below)).unwrap_or_default())
        };
        if self.weather.happens("death between", 700) {
            let slot = self.weather.roll("who dies", theatre.processes().await as u64);
            self.weather.count(Ill::DieIdle, &format!("process {slot}"));
            theatre.kill(usize::try_from(slot).unwrap_or(0)).await;
        }
        for (platform, risk) in [("discord", 250), ("slack", 250)] {
            let there = theatre.platforms().iter().any(|it| it.key() == platform);
            if there && self.weather.happens("outage", risk) {
                let until = theatre.now() + minutes("outage lasts", 400);
                self.weather.count(Ill::Outage, &format!("{platform} until {until}"));
                self.weather.outage(platform, until.timestamp_millis());
            }
        }
        if self.weather.happens("clock", 400) {
            let skew = minutes("skew", 16) - TimeDelta::minutes(8);
            let ill = if skew > theatre.skew() { Ill::ClockAhead } else { Ill::ClockBack };
            self.weather.count(ill, &format!("{} minutes from the world's", skew.num_minutes()));
            theatre.set_skew(skew);
            // Whose clock is wrong cannot know when a pause is over.
            self.weather.forget_pauses();
        }
        if self.shake_sockets() {
            theatre.line_is_lost().await;
        }
        theatre.settle().await
    }

    /// Breaks sockets; whether the line that there is now will be lost by it.
    fn shake_sockets(&self) -> bool {
        let weather = self.weather;
        let mut lost = false;
        if let Some(discord) = &self.theatre.discord {
            let sockets = discord.sockets();
            if weather.happens("discord drop", 300) {
                weather.count(Ill::SocketDropped, "discord");
                sockets.drop_all();
                lost = true;
            }
            if weather.happens("discord close", 200) {
                weather.count(Ill::SocketClosed, "discord");
                // A close without a code makes the client library spin for seconds; the adapter's own tests provoke that.
                let code = [Some(1001), Some(4000), Some(4009)][usize::try_from(weather.roll("code", 3)).unwrap_or(0)];
                sockets.close_all(code);
                lost = true;
            }
            if weather.happens("discord reconnect", 200) {
                weather.count(Ill::Reconnect, "discord");
                sockets.ask_reconnect();
                lost = true;
            }
            if weather.happens("discord session", 100) {
                weather.count(Ill::SessionVoid, "discord");
                sockets.invalidate_sessions(false);
                lost = true;
            }
            let twice = weather.happens("discord twice", 1_500);
            if twice {
                weather.count(Ill::Twice, "discord");
            }
            sockets.deliver_interactions_twice(twice);
        }
        if let Some(slack) = &self.theatre.slack {
            let sockets = slack.sockets();
            if weather.happens("slack drop", 300) {
                weather.count(Ill::SocketDropped, "slack");
                sockets.drop_connections();
                lost = true;
            }
            if weather.happens("slack close", 200) {
                weather.count(Ill::SocketClosed, "slack");
                sockets.close(1011);
                lost = true;
            }
            if weather.happens("slack reconnect", 200) {
                weather.count(Ill::Reconnect, "slack");
                sockets.disconnect("refresh_requested");
            }
            let twice = weather.happens("slack twice", 1_500);
            if twice {
                weather.count(Ill::Twice, "slack");
            }
            sockets.deliver_twice(twice);
        }
        lost
    }

    async fn season(&self, tx: &mut Tx, platform: &str) -> Result<SeasonId, StoreError> {
        let all = tx.communities().await?;
        let community =
            all.into_iter().find(|it| it.at.chat == platform).ok_or(StoreError::Missing { what: "community" })?;
        let season = tx.current_season(community.id).await?.ok_or(StoreError::Missing { what: "season" })?;
        Ok(season.id)
    }

    async fn applications(&self, platform: &str) -> Result<Vec<(String, ApplicationState)>, StoreError> {
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, platform).await?;
        let all = tx.applications(season).await?;
        Ok(all.into_iter().map(|(application, person)| (person.user.0, application.state)).collect())
    }

    async fn waiting(&self, platform: &str, state: ApplicationState) -> usize {
        let all = self.applications(platform).await.unwrap_or_default();
        if all.is_empty() { usize::MAX } else { all.iter().filter(|(_, is)| *is == state).count() }
    }

    async fn is_in(&self, platform: &str, person: &Applicant, state: ApplicationState) -> bool {
        let id = self.id_of(platform, &person.handle);
        self.applications(platform).await.is_ok_and(|all| all.iter().any(|(user, is)| *user == id && *is == state))
    }

    async fn state_of(&self, player: &Person<'a>) -> Option<ApplicationState> {
        let id = self.id_of(player.platform(), &player.person.handle);
        let all = self.applications(player.platform()).await.ok()?;
        all.into_iter().find(|(user, _)| *user == id).map(|(_, state)| state)
    }

    async fn published(&self, platform: &str) -> bool {
        let look = async {
            let mut tx = self.theatre.store.read().await?;
            let season = self.season(&mut tx, platform).await?;
            Ok::<_, StoreError>(
                tx.pairs(season).await?.iter().any(|pair| !matches!(pair.state, PairState::Archived { .. })),
            )
        };
        look.await.unwrap_or(false)
    }

    async fn has_signed(&self, player: &Person<'a>) -> bool {
        let look = async {
            let mut tx = self.theatre.store.read().await?;
            let season = self.season(&mut tx, player.platform()).await?;
            let id = self.id_of(player.platform(), &player.person.handle);
            let people: Vec<_> = tx.applications(season).await?.into_iter().map(|(_, person)| person).collect();
            let Some(person) = people.into_iter().find(|person| person.user.0 == id) else { return Ok(false) };
            Ok::<_, StoreError>(tx.signature(season, person.id).await?.is_some())
        };
        look.await.unwrap_or(false)
    }

    async fn audited(&self, platform: &str, action: &str) -> bool {
        let look = async {
            let community = self.theatre.community(platform).await?;
            let log = self.theatre.store.read().await?.audit(community, 10_000).await?;
            Ok::<_, StoreError>(log.iter().any(|entry| entry.action == action))
        };
        look.await.unwrap_or(false)
    }

    fn id_of(&self, platform: &str, handle: &str) -> String {
        let platforms = self.theatre.platforms();
        let residents = platforms.iter().find(|it| it.key() == platform).map(|it| it.residents()).unwrap_or_default();
        residents.into_iter().find(|who| who.handle == handle).map(|who| who.id).unwrap_or_default()
    }
}

/// The people join, those of the roster are put there, and the owner appoints the first coordinator.
pub(super) async fn fill(season: &Season<'_>, troupes: &[Troupe<'_>]) -> Result<(), Stuck> {
    use super::super::super::{import, people};
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
        let community = theatre.community(platform.key()).await.map_err(StageError::Store)?;
        let roster = people::roster(season.people, &platform.residents());
        import::put(&theatre.store, community, &roster, theatre.now()).await.map_err(StageError::Store)?;
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
