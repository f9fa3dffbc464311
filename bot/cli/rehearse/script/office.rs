//! What the coordinators do before the program runs: bring in the list of participants with some rows that have mistakes,
//! read every application, say something to everybody, and move a date.

use chrono::TimeDelta;
use plsep_domain::{Audience, Calendar, DateName, Lang, Role};

use super::super::super::people;
use super::super::looks::rows_in;
use super::super::participants;
use super::super::plan::Leaving;
use super::super::player::{Player, Stuck};
use super::super::room::rooms;
use super::{A_WHILE, Script, Told, Troupe, coordinators, first_words, owners};
use crate::chat::CommandId;
use crate::chat::command::{OptionKind, Who, all};
use crate::words::{Arg, Catalogue, Deed, OfficeDeed};

/// What the coordinators say to everybody, and to the pairs.
pub(super) const TO_EVERYBODY: &str = "Our workshop on shy teens is on Friday at noon.";
pub(super) const TO_PAIRS: &str = "A list of questions for a first meeting is in the library guide.";

impl Script<'_> {
    /// A coordinator hands the list of participants in, looks at what it would change, and takes the good rows in.
    pub(super) async fn bring_roster(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let good = self.people.iter().filter(|person| person.on_roster && person.role() == Some(Role::Mentee)).count();
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            let platform = coordinator.platform();
            // The season is set up by the bot, and the owner has appointed the coordinators.
            let appointed = troupe.iter().filter(|player| player.is_coordinator()).count();
            told.audited(platform, 1 + appointed);
            let roster = people::roster(self.people, &coordinator.actor.platform().residents());
            let (list, bad) = participants::list(self.program, platform, &roster);
            told.ledger.expect(platform, "roster_rows", good);
            told.ledger.expect(platform, "roster_errors", bad);
            coordinator.hands_in("participants.csv", &list).await?;
            self.stage.drain(A_WHILE).await?;
            told.ledger.see(platform, "roster_errors", rows_in(coordinator.file("roster-rows-to-mend.csv")));
            coordinator.presses_any("roster-import").await?;
            coordinator.closes_form().await?;
            told.audited(platform, 1);
            coordinator.commands(CommandId::RosterList, &[]).await?;
            let lines = coordinator.reads_number(|count| {
                catalogue.line(coordinator.lang(), "roster-list-heading", &[("count", Arg::Number(count))])
            });
            told.ledger.see(platform, "roster_rows", lines);
            coordinator.closes_form().await?;
        }
        self.tell(
            catalogue,
            told,
            format!(
                "A coordinator hands in the list of participants. Rows with a mistake are told one by one, and {good} are taken in."
            ),
        );
        Ok(())
    }

    /// A coordinator goes through the queue, page by page, and reads every application in it.
    pub(super) async fn review(
        &self,
        coordinator: &Player<'_>,
        troupe: &Troupe<'_>,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let gone = self.leaving(Leaving::BeforePairs);
        let waits = troupe.iter().filter(|player| {
            player.person.role().is_some() && !gone.iter().any(|person| person.handle == player.person.handle)
        });
        let mut names: Vec<&str> = waits.map(|player| player.person.name.as_str()).collect();
        told.ledger.expect(coordinator.platform(), "reviewed", names.len());
        coordinator.commands(CommandId::ApplicationsQueue, &[]).await?;
        for page in 1.. {
            let next = Deed::Office(OfficeDeed::ShowQueue(page));
            let more = coordinator.is_offered(&next);
            for application in coordinator.offered(&Deed::Office(OfficeDeed::PickApplication)) {
                coordinator.chooses_any("pick-application", &application).await?;
                let read = coordinator.newest_words();
                // Whose application it is stands first, by name.
                let heading = read.lines().next().unwrap_or_default();
                if let Some(place) = names.iter().position(|name| heading.contains(*name)) {
                    names.swap_remove(place);
                    told.ledger.see(coordinator.platform(), "reviewed", 1);
                }
            }
            if !more {
                break;
            }
            coordinator.presses(&next).await?;
        }
        Ok(())
    }

    /// The coordinators say something to everybody who was accepted, and to every pair; each reads it once.
    pub(super) async fn announce(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        audience: Audience,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.trouble();
        let words = if audience == Audience::Pairs { TO_PAIRS } else { TO_EVERYBODY };
        for coordinator in coordinators(troupes) {
            coordinator.commands(CommandId::Announce, &[("to", audience.key())]).await?;
            coordinator.sends(&[("announcement", words)]).await?;
            coordinator.presses_any("announce-yes").await?;
            told.audited(coordinator.platform(), 1);
        }
        self.stage.drain(A_WHILE).await?;
        for troupe in troupes {
            let Some(platform) = troupe.first().map(Player::platform) else { continue };
            if audience == Audience::Pairs {
                let rooms = rooms(catalogue, troupe, &mut told.broken);
                let live = rooms.iter().filter(|room| told.course(room).over.is_none()).count();
                told.ledger.expect(platform, "announced", live);
                told.ledger.see(platform, "announced", rooms.iter().map(|room| room.both_see(words)).sum());
                continue;
            }
            for player in troupe {
                let read: usize = player.directs().map(|place| player.in_place(&place, words).len()).sum();
                told.ledger.expect(platform, "announced", usize::from(self.accepted(player.person)));
                told.ledger.see(platform, "announced", read);
            }
        }
        let whom = if audience == Audience::Pairs { "every pair" } else { "every mentee and mentor" };
        self.tell(catalogue, told, format!("The coordinators announce something to {whom}."));
        Ok(())
    }

    /// A coordinator gives everybody a week more for the closing survey. Everybody whom it concerns is told.
    pub(super) async fn move_a_date(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.trouble();
        let name = DateName::WrapUpUntil;
        let until = self.calendar().instant(name) - TimeDelta::minutes(1);
        let to = until.with_timezone(&self.zone()).format("%Y-%m-%d %H:%M").to_string();
        for coordinator in coordinators(troupes) {
            coordinator
                .commands(CommandId::SeasonMove, &[("date", &name.key().replace('_', "-")), ("to", &to)])
                .await?;
            coordinator.presses_any("move").await?;
            told.audited(coordinator.platform(), 1);
        }
        self.stage.drain(A_WHILE).await?;
        let at = Arg::Words(String::new());
        for player in troupes.iter().flatten() {
            let date = [("date", Arg::Key(name.key())), ("at", at.clone())];
            let words = catalogue.text(player.lang(), "date-moved", &date);
            let read: usize = player.directs().map(|place| player.in_place(&place, first_words(&words)).len()).sum();
            told.ledger.expect(player.platform(), "dates_moved", usize::from(self.accepted(player.person)));
            told.ledger.see(player.platform(), "dates_moved", read);
        }
        let at = catalogue.moment(Lang::En, until, self.zone(), crate::chat::WhenStyle::DateTime);
        self.tell(catalogue, told, format!("A coordinator moves the end of the season to {at}; everybody is told."));
        Ok(())
    }

    /// The season's dates as the coordinators will have moved them.
    pub(super) fn calendar(&self) -> Calendar {
        let mut calendar = self.program.calendar.clone();
        let until = calendar.instant(DateName::WrapUpUntil) + TimeDelta::days(7) - TimeDelta::minutes(1);
        let moved = calendar.set(DateName::WrapUpUntil, until.with_timezone(&self.zone()).naive_local());
        moved.expect("the last date may always be later");
        calendar
    }

    /// Those who may not try every command of the coordinators: a mentee, a mentor, and whoever owns the place.
    pub(super) async fn try_what_is_not_theirs(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let mut tried = 0;
        for troupe in troupes {
            let one = |role| troupe.iter().find(|it| it.person.role() == Some(role) && self.accepted(it.person));
            for player in [one(Role::Mentee), one(Role::Mentor)].into_iter().flatten() {
                tried += self.is_refused(player, &[Who::Coordinator, Who::Steward], catalogue, told).await?;
            }
        }
        for owner in owners(troupes) {
            tried += self.is_refused(owner, &[Who::Coordinator], catalogue, told).await?;
        }
        self.tell(
            catalogue,
            told,
            format!("People who do not coordinate try the coordinators' commands, {tried} times."),
        );
        Ok(())
    }

    /// Somebody gives every command of these ranks, and is told each time that it is not for them. Returns how many.
    async fn is_refused(
        &self,
        player: &Player<'_>,
        ranks: &[Who],
        catalogue: &Catalogue,
        told: &mut Told,
    ) -> Result<usize, Stuck> {
        let key = if ranks.contains(&Who::Steward) { "refusal-not-coordinator" } else { "steward-first" };
        let words = catalogue.text(player.lang(), key, &[("command", Arg::Words(String::new()))]);
        let words = first_words(&words);
        let mut tried = 0;
        for (path, command) in all().filter(|(_, command)| ranks.contains(&command.who)) {
            let options = command.options.iter().filter_map(|option| {
                let value = match option.kind {
                    OptionKind::Choice(choices) => choices.first()?,
                    OptionKind::Person => "@somebody",
                    OptionKind::Words(_) => "2025-02-19",
                    // Not asked for where a person is named.
                    OptionKind::File | OptionKind::Group | OptionKind::Sought(_) => return None,
                };
                Some((option.name, value.replace("somebody", &player.person.handle)))
            });
            let options: Vec<(&str, String)> = options.collect();
            let options: Vec<(&str, &str)> = options.iter().map(|(name, value)| (*name, value.as_str())).collect();
            told.ledger.expect(player.platform(), "denied", 1);
            tried += 1;
            let before = player.sees(words);
            player.says(&player.line(&format!("/{}", path.join(" ")), &options)).await?;
            told.ledger.see(player.platform(), "denied", player.sees(words).saturating_sub(before));
        }
        Ok(tried)
    }
}

impl Player<'_> {
    /// Whether the person coordinates.
    fn is_coordinator(&self) -> bool {
        self.person.part == people::Part::Coordinator
    }
}
