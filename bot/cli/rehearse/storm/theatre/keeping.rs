//! Keeps the processes running: starts those that are dead after a while, and buries those that die.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;

use super::super::process::{Process, Starting};
use super::super::weather::Ill;
use super::{PATIENCE, Theatre, troubles};
use crate::cli::stage::StageError;
use crate::clock::within;

/// Starts that may fail in a row: a platform may be away for hours.
const STARTS: usize = 400;
/// Starts that may fail in a row where others carry on: the world's time stands still meanwhile, and with it the platform's
/// budget.
const STARTS_BESIDE_OTHERS: usize = 10;
/// Longest time a failed start waits for the next, in the world's minutes.
const START_PAUSE_MAX: i64 = 5;
/// How often in ten thousand what a process died over is delivered to the next one.
const AGAIN_RISK: u64 = 5_000;

impl Theatre {
    /// Starts every process that is dead, after it has stayed away for a while.
    pub(super) async fn revive(&self) -> Result<(), StageError> {
        let mut slots = self.slots.lock().await;
        for slot in 0..slots.len() {
            if slots[slot].is_none() {
                let alone = slots.iter().flatten().next().is_none();
                let owed = self.owed.swap(false, Ordering::SeqCst);
                slots[slot] = self.start(slot, alone, owed).await?;
                if owed {
                    self.deliver_again();
                }
            }
        }
        Ok(())
    }

    /// Starts a process, `at_once` or after it has stayed away for a while. Where others carry on, one that cannot start
    /// (its platform may be away) is left for later.
    async fn start(&self, slot: usize, alone: bool, at_once: bool) -> Result<Option<Process>, StageError> {
        self.weather.forget_pauses();
        if !alone && self.platforms().iter().any(|platform| self.weather.in_outage(platform.key())) {
            return Ok(None);
        }
        let longest = u64::try_from(self.absence_max_ms.load(Ordering::SeqCst)).unwrap_or_default();
        if alone && longest > 0 && !at_once {
            // Mostly a moment, sometimes long.
            let share = [50, 50, 50, 10, 10, 1][usize::try_from(self.weather.roll("absence", 6)).unwrap_or(0)];
            let away = self.weather.roll("away", longest / share + 1);
            if share == 1 {
                self.weather.count(Ill::Absence, &format!("for {} minutes", away / 60_000));
            }
            self.pass(TimeDelta::milliseconds(i64::try_from(away).unwrap_or_default())).await;
        }
        let mut last = None;
        let mut death = self.weather.death();
        for attempt in 0..if alone { STARTS } else { STARTS_BESIDE_OTHERS } {
            let mut starting = {
                let number = self.started.fetch_add(1, Ordering::SeqCst);
                Starting::begin(self.recipe.clone(), troubles(&self.weather, slot), format!("storm-{number}"))?
            };
            self.weather.starting(true);
            let outcome = tokio::select! {
                biased;
                _ = death.wait_for(|dead| *dead) => Err(None),
                outcome = within(PATIENCE, starting.outcome()) => outcome.unwrap_or(Err(None)),
            };
            self.weather.starting(false);
            match outcome {
                Ok(process) => {
                    self.weather.tell(format!("process {slot} is up"));
                    return Ok(Some(process));
                }
                Err(error) => {
                    drop(starting);
                    self.weather.buried();
                    self.miss_deadlines();
                    last = error.or(last);
                    if alone {
                        let pause = i64::try_from(attempt).unwrap_or(START_PAUSE_MAX).min(START_PAUSE_MAX);
                        self.pass(TimeDelta::seconds(1) + TimeDelta::minutes(pause)).await;
                    }
                }
            }
        }
        if alone {
            Err(last.unwrap_or_else(|| StageError::Restless("the start of a process".to_owned())))
        } else {
            Ok(None)
        }
    }

    /// Buries the process that did the last thing, or whichever is dead. What it was at work on is now and then delivered
    /// again to the next one, as platforms do that have heard no answer.
    pub(super) async fn bury(&self, slot: Option<usize>) {
        let mut slots = self.slots.lock().await;
        let receiving = slots.iter().position(|process| process.as_ref().is_some_and(Process::receives));
        let slot = slot.or(receiving).unwrap_or(0);
        let at_work = slots.get_mut(slot).and_then(Option::take).map_or(0, |dead| dead.at_work());
        drop(slots);
        self.weather.buried();
        self.weather.tell(format!("process {slot} is dead"));
        if at_work > 0 && self.weather.alone() && self.weather.happens("again", AGAIN_RISK) {
            self.owed.store(true, Ordering::SeqCst);
        } else {
            self.miss_deadlines();
        }
    }

    /// Delivers again what a process died over.
    fn deliver_again(&self) {
        let discord = self.discord.iter().any(|discord| discord.sockets().deliver_again());
        let slack = self.slack.iter().any(|slack| slack.deliver_again());
        if discord || slack {
            self.weather.count(Ill::Again, "to the process that was started after the last one died");
        }
    }

    /// Nobody waits any longer for somebody who is dead.
    pub(super) fn miss_deadlines(&self) {
        if let Some(discord) = &self.discord {
            discord.miss_deadlines();
        }
        if let Some(slack) = &self.slack {
            slack.miss_deadlines();
        }
    }
}
