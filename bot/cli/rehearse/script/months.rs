//! The months of the run: the question, the answers, the question again, and what coordinators and people hear.

use chrono::TimeDelta;
use plsep_domain::{CheckInAnswer, Lang, Period, Standing};

use super::super::plan::{answer_in, fit, standing_of};
use super::super::player::{Player, Stuck};
use super::super::room::{Room, month_name, rooms};
use super::{Course, Script, Told, Troupe, coordinators};
use crate::cron_line::CronLine;
use crate::words::{Arg, Catalogue};

/// What the two of a room said.
type Said = [Option<CheckInAnswer>; 2];

impl Script<'_> {
    /// One month: the question, the answers, the question again, and what coordinators hear of it.
    pub(super) async fn month(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        (nth, period): (usize, Period),
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
        let (mut again, mut laid) = (0, Vec::new());
        for troupe in troupes {
            let mut concerns = 0;
            for room in rooms(catalogue, troupe, &mut told.broken) {
                let course = told.course(&room).clone();
                if course.over.is_some() || course.met.contains(&period) {
                    continue;
                }
                let asked = room.both().map(|player| nth != 1 || !course.paused.contains(&player.person.handle));
                told.expect_questions(&room, questions(&room, &course, asked));
                let said = self.said_first(catalogue, &room, (nth, period), asked, told).await?;
                again += usize::from(self.follow(&room, period, said, told));
                concerns += usize::from(matches!(standing_of(said), Standing::Disagree | Standing::NeedsHelp));
            }
            laid.extend(troupe.first().map(|player| (player.platform(), concerns)));
        }
        let wait = i64::from(self.program.nudge.retry_after_days) + 1;
        self.travel(catalogue, self.stage.now() + TimeDelta::days(wait)).await?;
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                self.said_again(catalogue, &room, (nth, period), told).await?;
            }
        }
        self.look_after(catalogue, troupes, period, &laid, told).await?;
        // Long enough for a question too many to show itself.
        self.travel(catalogue, period.range(zone).1 - TimeDelta::hours(1)).await?;
        self.look_at(catalogue, troupes, period, told);
        let month = month_name(catalogue, Lang::En, period);
        self.tell(
            catalogue,
            told,
            format!("The pairs that have not met are asked about {month}. Those that say “not yet”, {again} of them, are asked again."),
        );
        Ok(())
    }

    /// What those say who are asked for the first time.
    async fn said_first(
        &self,
        catalogue: &Catalogue,
        room: &Room<'_>,
        (nth, period): (usize, Period),
        asked: [bool; 2],
        told: &mut Told,
    ) -> Result<Said, Stuck> {
        let mut said = [None; 2];
        for ((player, asked), said) in room.both().into_iter().zip(asked).zip(&mut said) {
            *said = asked.then(|| answer_in(player.person, nth)).flatten();
            self.answer(catalogue, room, player, period, *said, told).await?;
        }
        Ok(said)
    }

    /// What follows from it; whether somebody is asked again.
    fn follow(&self, room: &Room<'_>, period: Period, said: Said, told: &mut Told) -> bool {
        let standing = standing_of(said);
        if said.contains(&Some(CheckInAnswer::Met)) {
            told.course(room).said_met.insert(period);
        }
        match standing {
            Standing::Disagree | Standing::NeedsHelp => {
                told.ledger.expect(room.platform(), "concerns", 1);
                let disagree = usize::from(standing == Standing::Disagree);
                told.ledger.expect(room.platform(), "disagreements", disagree);
            }
            Standing::Met => {
                told.course(room).met.insert(period);
            }
            _ => {}
        }
        standing == Standing::NotYet
    }

    /// Those who said "not yet" are asked again some days later, and have met by then.
    async fn said_again(
        &self,
        catalogue: &Catalogue,
        room: &Room<'_>,
        (nth, period): (usize, Period),
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let course = told.course(room).clone();
        if course.over.is_some() || course.met.contains(&period) {
            return Ok(());
        }
        let is_asked = |player: &Player<'_>| nth != 1 || !course.paused.contains(&player.person.handle);
        let said = room.both().map(|player| is_asked(player).then(|| answer_in(player.person, nth)).flatten());
        if standing_of(said) != Standing::NotYet {
            return Ok(());
        }
        let asked = said.map(|said| said == Some(CheckInAnswer::NotYet));
        told.expect_questions(room, questions(room, &course, asked));
        for (player, _) in room.both().into_iter().zip(asked).filter(|(_, asked)| *asked) {
            self.answer(catalogue, room, player, period, Some(CheckInAnswer::Met), told).await?;
        }
        told.course(room).met.insert(period);
        Ok(())
    }

    /// What people and coordinators have in front of them of this month.
    fn look_at(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], period: Period, told: &mut Told) {
        let month = month_name(catalogue, Lang::En, period);
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                let directly = |player: &Player<'_>, partner: &Player<'_>| {
                    player.asked_directly(catalogue, period, &partner.person.name)
                };
                let asked = room.questions(catalogue, period)
                    + directly(room.mentor, room.mentee)
                    + directly(room.mentee, room.mentor);
                told.ledger.see(room.platform(), "nudged", asked);
                let expected = std::mem::take(&mut told.course(&room).asked);
                if asked != expected {
                    told.broken.push(format!(
                        "{}: asked {asked} times about {period}, not {expected} ({:?} and {:?})",
                        room.place.name, room.mentor.person.temperament, room.mentee.person.temperament
                    ));
                }
            }
        }
        for coordinator in coordinators(troupes) {
            // As a notice names two people and a month; the digest names months, too.
            let notice = format!(", {month}:");
            let notices = coordinator.actor.everything();
            let notices = notices.iter().filter(|seen| seen.by_bot && !seen.ephemeral && seen.text.contains(&notice));
            told.ledger.see(coordinator.platform(), "concerns", notices.clone().count());
            let [one, other, blank] = ["mentor", "mentee", "month"].map(|name| (name, Arg::Words(String::new())));
            let words =
                catalogue.line(Lang::En, "notice-concern", &[one, other, blank, ("standing", Arg::Key("disagree"))]);
            let words = words.rsplit(": ").next().unwrap_or_default().to_owned();
            let disagree = notices.filter(|seen| seen.text.contains(&words)).count();
            told.ledger.see(coordinator.platform(), "disagreements", disagree);
        }
    }

    /// One person's answer about one pair, where they were asked, and the thanks for it.
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
        if told.course(room).directly.contains(&player.person.handle) {
            let partner = room.both().into_iter().find(|it| it.person.handle != player.person.handle);
            let partner = partner.map_or("", |partner| partner.person.name.as_str());
            player.answers_directly(partner, period, answer).await?;
        } else {
            player.answers(&room.place, period, answer).await?;
        }
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

    /// Everybody who was asked in private about the fit says something, but for the silent.
    pub(super) async fn say_how_it_fits(&self, troupes: &[Troupe<'_>]) -> Result<(), Stuck> {
        for player in troupes.iter().flatten() {
            let Some(fit) = fit(player.person) else { continue };
            let says = |key: &str| key.starts_with("fit:") && key.contains(&format!(":{}", fit.key()));
            for place in player.directs() {
                player.presses_in(&place, says).await?;
            }
        }
        Ok(())
    }

    /// Who was to be asked in private about the fit by now, and who was.
    pub(super) fn fits(&self, catalogue: &Catalogue, troupes: &[Troupe<'_>], told: &mut Told) {
        let periods = self.program.calendar.periods();
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                let course = told.course(&room).clone();
                // Nobody is asked in the last days of the run.
                let until = course.over.unwrap_or(periods.len().saturating_sub(1));
                let met = |period: &Period| course.met.contains(period) || course.said_met.contains(period);
                let first = periods.iter().take(until).any(met);
                // Whoever left had left before the middle of the run.
                let mid_term = course.over.is_none();
                let each = usize::from(first) + usize::from(mid_term);
                told.ledger.expect(room.platform(), "pulses", 2 * each);
            }
            for player in troupe {
                let asked = ["first_meeting", "mid_term"].map(|occasion| {
                    let heading = catalogue.line(player.lang(), "pulse-heading", &[("occasion", Arg::Key(occasion))]);
                    player.directs().map(|place| player.in_place(&place, &heading).len()).sum::<usize>()
                });
                told.ledger.see(player.platform(), "pulses", asked.into_iter().sum());
            }
        }
    }
}

impl Told {
    fn expect_questions(&mut self, room: &Room<'_>, more: usize) {
        self.ledger.expect(room.platform(), "nudged", more);
        self.course(room).asked += more;
    }
}

/// How many questions these people of a room get: one in the room for all who are asked there, and one to each other.
fn questions(room: &Room<'_>, course: &Course, asked: [bool; 2]) -> usize {
    let asked: Vec<_> = room.both().into_iter().zip(asked).filter(|(_, asked)| *asked).collect();
    let directly = asked.iter().filter(|(player, _)| course.directly.contains(&player.person.handle)).count();
    directly + usize::from(asked.len() > directly)
}
