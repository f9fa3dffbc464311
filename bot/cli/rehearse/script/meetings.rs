//! Pairs set their first meeting, some of them twice, and say afterwards that they met. Then some set for themselves
//! where they are asked, and some pause.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use plsep_domain::{DateName, Period, Role, Setting};
use plsep_sandbox::Seen;

use super::super::super::people::Temperament;
use super::super::player::{Player, Stuck};
use super::super::room::{Room, rooms};
use super::{A_WHILE, Script, Told, Troupe, first_words};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::words::{Arg, Catalogue, Deed};

/// So many days after the run's first the pairs meet for the first time.
const FIRST_MEETING: Days = Days::new(10);
/// So many days after it those meet who think better of it.
const THOUGHT_BETTER_OF: Days = Days::new(6);
/// So many mentees of a community pause.
const PAUSES: usize = 2;

impl Script<'_> {
    /// Whoever is prompt, or confused, sets the pair's first meeting; both say afterwards that it took place.
    pub(super) async fn meet(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let from = self.program.calendar.instant(DateName::RunsFrom);
        self.travel(catalogue, from + TimeDelta::days(2) + TimeDelta::hours(11)).await?;
        let mut set = 0;
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                if let Some(setter) = sets(&room) {
                    self.set_first(&room, setter, from, told).await?;
                    set += 1;
                }
            }
        }
        self.stage.drain(A_WHILE).await?;
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken) {
                let shown =
                    room.shown(catalogue, "meeting-set-heading") + room.shown(catalogue, "meeting-moved-heading");
                told.ledger.see(room.platform(), "meetings_set", shown);
                told.ledger.see(room.platform(), "ics_sent", calendar_files(&room));
            }
        }
        self.tell(catalogue, told, format!("{set} pairs set their first meeting; both get a calendar file."));
        // By the next noon each has been asked at a civil hour.
        let met = self.local(from, FIRST_MEETING, 12) + TimeDelta::days(1);
        self.travel(catalogue, met).await?;
        let first = Period::containing(met, self.zone());
        for troupe in troupes {
            for room in rooms(catalogue, troupe, &mut told.broken).into_iter().filter(|room| sets(room).is_some()) {
                for player in [room.mentor, room.mentee] {
                    let answers = !player.person.is(Temperament::Silent);
                    let held = |key: &str| key.starts_with("tell-meeting:") && key.contains(":held");
                    if answers && !player.presses_in(&room.place, held).await? {
                        let what =
                            format!("{} is not asked in {} whether they met", player.person.handle, room.place.name);
                        told.broken.push(what);
                    }
                }
                told.course(&room).met.insert(first);
            }
        }
        self.tell(catalogue, told, "The day after, each of the two says that they met.".to_owned());
        Ok(())
    }

    /// Sets a first meeting; the confused say it so that they are asked back, and then move it.
    async fn set_first(
        &self,
        room: &Room<'_>,
        setter: &Player<'_>,
        from: DateTime<Utc>,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let named = setter.platform() == "discord";
        let written = |days: Days, hour: u32| {
            let at = self.local(from, days, hour).with_timezone(&self.zone()).naive_local();
            at.format(if named { "%Y-%m-%d %H:%M" } else { "%Y-%m-%dT%H:%M" }).to_string()
        };
        let missing = |what: &str| Stuck::Person {
            handle: setter.person.handle.clone(),
            platform: setter.platform(),
            what: format!("there is no button to {what} a meeting in {}", room.place.name),
        };
        told.ledger.expect(room.platform(), "meetings_set", 1);
        told.ledger.expect(room.platform(), "ics_sent", 1);
        if !setter.presses_in(&room.place, |key| key.starts_with("meeting:set:")).await? {
            return Err(missing("set"));
        }
        if !setter.person.is(Temperament::Confused) {
            return setter.sends(&[("when", &written(FIRST_MEETING, 14))]).await;
        }
        if named {
            setter.sends(&[("when", "friday at 9")]).await?;
            setter.presses_any("meeting-at").await?;
        } else {
            setter.sends(&[("when", &written(THOUGHT_BETTER_OF, 9))]).await?;
        }
        self.stage.drain(A_WHILE).await?;
        // The message of an older time loses its file.
        told.ledger.see(room.platform(), "ics_sent", calendar_files(room));
        told.ledger.expect(room.platform(), "ics_sent", 1);
        if !setter.presses_in(&room.place, |key| key.starts_with("meeting:move:")).await? {
            return Err(missing("move"));
        }
        setter.sends(&[("when", &written(FIRST_MEETING, 14))]).await
    }

    /// Some mentors choose to be asked directly, and some forgetful mentees pause over the month.
    pub(super) async fn set_themselves(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        month: Period,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::hours(2)).await?;
        // They are back some days into the month after.
        let back = month.range(self.zone()).1 + TimeDelta::days(4);
        let back = back.with_timezone(&self.zone()).format("%Y-%m-%d").to_string();
        for troupe in troupes {
            let rooms = rooms(catalogue, troupe, &mut told.broken);
            let (mut asked, mut pauses) = (BTreeSet::new(), 0);
            for room in &rooms {
                if told.course(room).over.is_some() {
                    continue;
                }
                let (mentor, mentee) = (room.mentor, room.mentee);
                if mentor.person.is(Temperament::Prompt) {
                    if asked.insert(mentor.person.handle.as_str()) {
                        mentor.says(&typed(CommandId::Settings)).await?;
                        mentor.chooses(&Deed::Prefer(Setting::Reach), "direct").await?;
                    }
                    told.course(room).directly.insert(mentor.person.handle.clone());
                }
                if mentee.person.is(Temperament::Forgetful) && pauses < PAUSES {
                    pauses += 1;
                    self.pauses(catalogue, mentee, &back, told).await?;
                    told.course(room).paused.insert(mentee.person.handle.clone());
                }
            }
        }
        self.stage.drain(A_WHILE).await?;
        self.tell(
            catalogue,
            told,
            "Some mentors choose to be asked directly; some mentees pause for a month.".to_owned(),
        );
        Ok(())
    }

    async fn pauses(
        &self,
        catalogue: &Catalogue,
        player: &Player<'_>,
        back: &str,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        told.ledger.expect(player.platform(), "snoozed", 1);
        let option = if player.platform() == "discord" { "until:" } else { "" };
        player.says(&format!("{} {option}{back}", typed(CommandId::Snooze))).await?;
        let words = catalogue.text(player.lang(), "saved-pause", &[("until", Arg::Words(String::new()))]);
        told.ledger.see(player.platform(), "snoozed", player.sees(first_words(&words)));
        Ok(())
    }

    /// So many days after a day, at this hour of the program's zone.
    fn local(&self, from: DateTime<Utc>, days: Days, hour: u32) -> DateTime<Utc> {
        let day = from.with_timezone(&self.zone()).date_naive().checked_add_days(days).unwrap_or_default();
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        plsep_domain::LocalTime::from(day.and_time(time)).first_instant(self.zone())
    }
}

/// Who of the two sets the first meeting, if anybody does.
fn sets<'r, 'a>(room: &'r Room<'_>) -> Option<&'r Player<'a>>
where
    'r: 'a,
{
    let does = |player: &&&Player<'_>| {
        let person = player.person;
        [Temperament::Prompt, Temperament::Leaving, Temperament::Confused].into_iter().any(|it| person.is(it))
            && matches!(person.role(), Some(Role::Mentee | Role::Mentor))
    };
    [room.mentee, room.mentor].iter().find(does).copied()
}

/// How many calendar files stand in a room that both of the two can open.
fn calendar_files(room: &Room<'_>) -> usize {
    let ids = |player: &Player<'_>| -> BTreeSet<String> {
        let messages = player.actor.platform().messages(player.actor.handle(), &room.place.id);
        let files = messages.into_iter().filter(|seen: &Seen| seen.by_bot).flat_map(|seen| seen.files);
        let opens = |id: &String| {
            let bytes = player.actor.platform().file(player.actor.handle(), id);
            bytes.is_some_and(|bytes| bytes.starts_with(b"BEGIN:VCALENDAR"))
        };
        files.filter(|file| file.name.ends_with(".ics")).map(|file| file.id).filter(opens).collect()
    };
    ids(room.mentor).intersection(&ids(room.mentee)).count()
}
