//! Lets the world come to rest: everybody is answered, and everything that is due at this moment is done.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::super::player::Settles;
use super::super::process::{Gone, Process};
use super::{PATIENCE, STEPS_PER_MOMENT, Theatre};
use crate::cli::stage::StageError;
use crate::clock::within;

/// A broken line shows at once; the wait ends all the same, because it may be mended as fast.
const LINE_LOST_WITHIN: Duration = Duration::from_millis(300);
/// After so long another process may receive in the place of one that died.
const LEASE: TimeDelta = TimeDelta::seconds(7);
/// After so long every lease of a process that stalls has run out; after so long again whoever took them over has made
/// sure that nothing is on its way any more.
const LEASES_OVER: [TimeDelta; 2] = [TimeDelta::seconds(90), TimeDelta::seconds(15)];

/// The processes, by place; none where one is dead.
type Slots = [Option<Process>];
/// How much was done in a step; or what went wrong, and with which process.
type Stepped = Result<usize, (usize, Gone)>;

impl Theatre {
    /// When something is due next, in the world's time.
    pub(super) async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StageError> {
        for _ in 0..STEPS_PER_MOMENT {
            self.revive().await?;
            let slots = self.slots.lock().await;
            let Some(process) = slots.iter().flatten().next() else { continue };
            match process.upcoming().await {
                Ok(next) => return Ok(next.map(|(at, _)| at - self.skew())),
                Err(Gone::Failed(_)) => {}
                Err(Gone::Dead) => {
                    drop(slots);
                    self.bury(None).await;
                }
            }
        }
        Err(StageError::Restless("the bot (it cannot say what is due)".to_owned()))
    }

    /// Tells the bot the next of what has happened on a platform; whether there was something.
    fn tell_next(&self) -> bool {
        self.platforms().iter().any(|platform| platform.tell_next())
    }

    /// Waits until the platforms have nothing unanswered; `false` if the bot died over it.
    async fn answered(&self) -> Result<bool, StageError> {
        let mut death = self.weather.death();
        for platform in self.platforms() {
            let mut changes = platform.changes();
            while platform.pending() > 0 {
                let change = tokio::select! {
                    biased;
                    _ = death.wait_for(|dead| *dead) => None,
                    change = within(PATIENCE, changes.changed()) => Some(change),
                };
                match change {
                    None => {
                        self.bury(None).await;
                        return Ok(false);
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) => {
                        self.weather.broke(format!("answered: {} waited in vain for an answer", platform.key()));
                        self.miss_deadlines();
                    }
                }
            }
        }
        let dead = *death.borrow();
        if dead {
            self.bury(None).await;
        }
        Ok(!dead)
    }

    /// Waits, in real time, until each platform has the bot on its line, unless the platform is away; `false` if
    /// something else has to happen first.
    async fn connected(&self) -> bool {
        let mut death = self.weather.death();
        for platform in self.platforms() {
            let mut changes = platform.changes();
            while !platform.bot_connected() && !self.weather.in_outage(platform.key()) {
                tokio::select! {
                    biased;
                    _ = death.wait_for(|dead| *dead) => return false,
                    change = within(PATIENCE, changes.changed()) => if change.is_err() { return false },
                }
            }
        }
        true
    }

    /// Waits, in real time but not for long, until a platform has noticed that the bot's line is lost: whoever acts
    /// next acts after that.
    pub async fn line_is_lost(&self) {
        let platforms = self.platforms();
        let mut changes: Vec<_> = platforms.iter().map(|platform| platform.changes()).collect();
        while platforms.iter().all(|platform| platform.bot_connected()) {
            let any = futures_util::future::select_all(changes.iter_mut().map(|changes| Box::pin(changes.changed())));
            if within(LINE_LOST_WITHIN, any).await.is_err() {
                return;
            }
        }
    }

    /// One step of each process; how much was done, `None` if one died.
    async fn step(&self) -> Result<Option<usize>, StageError> {
        let count = self.processes().await;
        // Whoever receives comes first and renews its lease, as it does in earnest however far the others are.
        let first = self.slots.lock().await.iter().position(|it| it.as_ref().is_some_and(Process::receives));
        let mut done = 0;
        for turn in 0..count {
            let slot = (first.unwrap_or(0) + turn) % count;
            let slots = self.slots.lock().await;
            if slots.get(slot).is_none_or(Option::is_none) {
                continue;
            }
            let others: Vec<usize> = (0..count).filter(|other| *other != slot).collect();
            self.weather.may_stall(!others.is_empty());
            let stepped = self.step_of(&slots, slot, &others).await?;
            drop(slots);
            match stepped {
                Ok(some) => done += some,
                // A worker that fails is logged and tried again; here at once.
                Err((_, Gone::Failed(what))) => {
                    self.weather.tell(format!("a step failed: {what}"));
                    done += 1;
                }
                Err((dead, Gone::Dead)) => {
                    self.bury(Some(dead)).await;
                    return Ok(None);
                }
            }
        }
        Ok(Some(done))
    }

    /// One step of this process. If it stalls over it, the others go on until its leases have run out and are theirs.
    /// Where something went wrong it comes with the process it went wrong with.
    async fn step_of(&self, slots: &Slots, slot: usize, others: &[usize]) -> Result<Stepped, StageError> {
        let Some(process) = slots.get(slot).and_then(Option::as_ref) else { return Ok(Ok(0)) };
        let (mut death, mut stall) = (self.weather.death(), self.weather.stall());
        let dead = self.weather.death();
        let mut stepping = std::pin::pin!(within(PATIENCE, process.step()));
        loop {
            tokio::select! {
                biased;
                _ = death.wait_for(|dead| *dead) => return Ok(Err((slot, Gone::Dead))),
                stepped = &mut stepping => {
                    return match stepped {
                        Ok(Ok(some)) => Ok(Ok(some + process.at_work())),
                        Ok(Err(gone)) => Ok(Err((slot, gone))),
                        Err(_) => Err(StageError::Restless(format!("process {slot} ({} at work)", process.at_work()))),
                    };
                }
                // What a wait comes back with holds the watch, so it is let go of at once.
                () = async { drop(stall.wait_for(|stalls| *stalls).await) } => {
                    self.weather.stalled();
                    for (time, other) in LEASES_OVER.iter().flat_map(|time| others.iter().map(move |other| (time, other))) {
                        self.set(self.now() + *time).await;
                        while let Ok(stepped) = Box::pin(self.step_of(slots, *other, &[])).await? {
                            if stepped == 0 {
                                break;
                            }
                        }
                        if *dead.borrow() {
                            return Ok(Err((*other, Gone::Dead)));
                        }
                    }
                }
            }
        }
    }
}

impl Settles for Theatre {
    async fn settle(&self) -> Result<(), StageError> {
        for _ in 0..STEPS_PER_MOMENT {
            self.revive().await?;
            if !self.answered().await? {
                continue;
            }
            if self.step().await? == Some(0) && self.platforms().iter().all(|platform| platform.pending() == 0) {
                if self.slots.lock().await.iter().flatten().any(Process::receives) {
                    if self.connected().await {
                        // One after another: which of two is heard first must not decide which is struck.
                        if !self.tell_next() {
                            return Ok(());
                        }
                    } else if !*self.weather.death().borrow() {
                        // The bot was asked to wait before it connects anew, and does so in the world's time.
                        self.pass(LEASE).await;
                    }
                    continue;
                }
                // Whoever received is dead, and the others wait until its lease has run out.
                self.pass(LEASE).await;
            }
        }
        Err(StageError::Restless("the bot (always more to do at one moment)".to_owned()))
    }
}
