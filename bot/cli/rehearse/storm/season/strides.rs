//! The world moves on in strides, and between two strides the weather changes.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::weather::Ill;
use super::{Season, Stuck};

impl Season<'_> {
    /// Moves the world on, and lets the weather change on the way.
    pub(super) async fn travel(&self, to: DateTime<Utc>) -> Result<(), Stuck> {
        self.travel_until(to, async || false).await.map(drop)
    }

    /// The same, but stops where `enough` says so; whether it did.
    pub(super) async fn travel_until(&self, to: DateTime<Utc>, enough: impl AsyncFn() -> bool) -> Result<bool, Stuck> {
        while self.theatre.now() < to {
            self.change_weather().await;
            let hours = 1 + self.weather.roll("stride", 96);
            let next = self.theatre.now() + TimeDelta::hours(i64::try_from(hours).unwrap_or(1));
            if self.theatre.travel_until(next.min(to), &enough).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What a storm does by itself between two strides.
    async fn change_weather(&self) {
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
}
