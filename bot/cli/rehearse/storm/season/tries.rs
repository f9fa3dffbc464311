//! People try, look whether it worked, and try again after a while.

use chrono::TimeDelta;
use plsep_sandbox::Action;

use super::{Person, Season, Stuck};
use crate::cli::rehearse::player::Settles;
use crate::cli::stage::instant;

/// How often somebody tries before they give up: longer than any trouble of a storm lasts.
const TRIES: usize = 40;

impl<'a> Season<'a> {
    /// Somebody does something until it has worked.
    pub(super) async fn persists(
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
    pub(super) async fn tries(&self, act: impl AsyncFn() -> Result<(), Stuck>) -> Result<(), Stuck> {
        self.weather.may_be_slow();
        match act().await {
            Ok(()) => Ok(()),
            Err(Stuck::Person { what, .. }) => {
                self.weather.tell(format!("  that does not work: {what}"));
                Ok(self.theatre.settle().await?)
            }
            Err(stuck) => Err(stuck),
        }
    }

    pub(super) async fn closes(&self, player: &Person<'a>) {
        for _ in 0..3 {
            if player.actor.form().is_none() || player.actor.act(Action::CloseForm).await.is_err() {
                return;
            }
        }
    }
}
