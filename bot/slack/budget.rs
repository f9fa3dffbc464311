//! Keeps our calls below Slack's published limits, by the program's clock. It never waits for the clock: it
//! says how long to wait, and leaves the waiting to whoever keeps the work. Slack counts a call when it
//! arrives, which is some time before its answer; so a call counts from when it is sent, and for a window after
//! its answer came.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Scope;

/// Messages in one channel: one a second, and so many may run ahead of that.
const BURST: i32 = 4;
const MESSAGE_EVERY: TimeDelta = TimeDelta::seconds(1);
/// "Several hundred" messages a minute over the workspace, Slack says.
const POSTS_A_MINUTE: usize = 300;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// Most channels remembered at once; those that may be written to again are forgotten.
const REMEMBERED: usize = 10_000;
/// What follows the opening of a channel. It is only begun when there is room for all of it, so that none is
/// left half made for a minute.
const FOLLOWS_CREATE: [&str; 3] = ["conversations.setPurpose", "conversations.setTopic", "conversations.invite"];

/// The published calls a minute of the methods we use.
fn a_minute(method: &str) -> usize {
    match method {
        "conversations.create"
        | "conversations.archive"
        | "conversations.rename"
        | "conversations.setTopic"
        | "conversations.setPurpose"
        | "usergroups.list"
        | "users.conversations" => 20,
        "chat.postMessage" => POSTS_A_MINUTE,
        "users.info"
        | "conversations.members"
        | "chat.postEphemeral"
        | "views.open"
        | "views.update"
        | "views.push"
        | "views.publish"
        | "files.getUploadURLExternal"
        | "files.completeUploadExternal" => 100,
        _ => 50,
    }
}

/// What else waits when a method's budget is used up.
fn scope(method: &str) -> Scope {
    match method {
        "conversations.create"
        | "conversations.setTopic"
        | "conversations.setPurpose"
        | "conversations.invite"
        | "conversations.members"
        | "users.conversations" => Scope::Openings,
        "conversations.archive" => Scope::Closings,
        "conversations.open" => Scope::Directs,
        "chat.postMessage" => Scope::Everything,
        _ => Scope::Here,
    }
}

/// Why a call must not be made yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// It is known as soon as an answer that is out has come.
    AfterAnswer,
    /// For so long, and what else waits with it.
    For(Duration, Scope),
}

/// The calls of one method.
#[derive(Default)]
struct Calls {
    /// Sent and not answered.
    out: usize,
    /// When those of the last minute were answered.
    answered: VecDeque<DateTime<Utc>>,
    /// Room kept for what follows another call, since when.
    promised: VecDeque<DateTime<Utc>>,
}

impl Calls {
    fn forget(&mut self, now: DateTime<Utc>) {
        // A clock that was set back must not leave calls in the future behind.
        self.answered.retain(|at| *at + WINDOW > now && *at <= now);
        self.promised.retain(|at| *at + WINDOW > now && *at <= now);
    }

    /// Whether one more fits, beside what is promised.
    fn room(&mut self, most: usize, now: DateTime<Utc>) -> Result<(), Option<Duration>> {
        self.forget(now);
        let used = self.out + self.promised.len() + self.answered.len();
        if used < most {
            return Ok(());
        }
        let frees = self.answered.get(used - most).map(|at| *at + WINDOW);
        Err(frees.map(|at| wait(at, now)))
    }
}

/// What was called when, and what Slack asked us to leave alone until when.
#[derive(Default)]
pub struct Budgets {
    calls: HashMap<&'static str, Calls>,
    /// By channel: when the next message would be due at the even pace.
    channels: HashMap<String, DateTime<Utc>>,
    held: HashMap<String, DateTime<Utc>>,
}

impl Budgets {
    /// Counts a call, which is out until [`Budgets::answered`], or says why not; then nothing is counted.
    pub fn spend(&mut self, method: &'static str, channel: Option<&str>, now: DateTime<Utc>) -> Result<(), NotYet> {
        let narrow = if channel.is_some() && method == "chat.postMessage" { Scope::Here } else { scope(method) };
        self.free(&place(method, channel), now).map_err(|wait| NotYet::For(wait, narrow))?;
        let at = |wait: Option<Duration>| wait.map_or(NotYet::AfterAnswer, |wait| NotYet::For(wait, scope(method)));
        let calls = self.calls.entry(method).or_default();
        calls.forget(now);
        if calls.promised.is_empty() {
            calls.room(a_minute(method), now).map_err(at)?;
        }
        if method == "conversations.create" {
            for follows in FOLLOWS_CREATE {
                self.calls.entry(follows).or_default().room(a_minute(follows), now).map_err(at)?;
            }
        }
        if let ("chat.postMessage", Some(channel)) = (method, channel) {
            self.pace(channel, now).map_err(|wait| NotYet::For(wait, Scope::Here))?;
        }
        if method == "conversations.create" {
            for follows in FOLLOWS_CREATE {
                self.calls.entry(follows).or_default().promised.push_back(now);
            }
        }
        self.sent(method);
        Ok(())
    }

    /// Counts a call that a person waits for, and that is made whatever is left.
    pub fn sent(&mut self, method: &'static str) {
        let calls = self.calls.entry(method).or_default();
        calls.promised.pop_front();
        calls.out += 1;
    }

    /// A call was answered, or will not be; `done` if Slack did what it asked.
    pub fn answered(&mut self, method: &'static str, done: bool, now: DateTime<Utc>) {
        let calls = self.calls.entry(method).or_default();
        calls.out = calls.out.saturating_sub(1);
        calls.answered.push_back(now);
        if method == "conversations.create" && !done {
            for follows in FOLLOWS_CREATE {
                self.calls.entry(follows).or_default().promised.pop_back();
            }
        }
    }

    /// Slack asked for a pause.
    pub fn hold(&mut self, method: &str, channel: Option<&str>, pause: Duration, now: DateTime<Utc>) {
        let pause = TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1));
        self.held.insert(place(method, channel), now + pause);
    }

    fn free(&mut self, place: &str, now: DateTime<Utc>) -> Result<(), Duration> {
        // A pause that reaches further than a clock that was set back is Slack's no more.
        self.held.retain(|_, until| *until > now && *until <= now + TimeDelta::hours(1));
        self.held.get(place).map_or(Ok(()), |until| Err(wait(*until, now)))
    }

    /// Whether the channel takes one more message now.
    fn pace(&mut self, channel: &str, now: DateTime<Utc>) -> Result<(), Duration> {
        let ahead = MESSAGE_EVERY * BURST;
        if self.channels.len() > REMEMBERED {
            self.channels.retain(|_, due| *due > now && *due <= now + ahead);
        }
        let due = self.channels.get(channel).copied().filter(|due| *due > now && *due <= now + ahead).unwrap_or(now);
        if due + MESSAGE_EVERY > now + ahead {
            return Err(wait(due + MESSAGE_EVERY - ahead, now));
        }
        self.channels.insert(channel.to_owned(), due + MESSAGE_EVERY);
        Ok(())
    }
}

/// Slack counts messages by channel, everything else by workspace.
fn place(method: &str, channel: Option<&str>) -> String {
    match channel.filter(|_| method == "chat.postMessage") {
        Some(channel) => format!("{method} {channel}"),
        None => method.to_owned(),
    }
}

fn wait(until: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (until - now).to_std().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_740_000_000_000 + ms).unwrap()
    }

    fn held(ms: u64, scope: Scope) -> Result<(), NotYet> {
        Err(NotYet::For(Duration::from_millis(ms), scope))
    }

    /// Opens a channel at once, with what follows.
    fn opens(budgets: &mut Budgets, now: i64) -> Result<(), NotYet> {
        budgets.spend("conversations.create", None, at(now))?;
        budgets.answered("conversations.create", true, at(now));
        for follows in FOLLOWS_CREATE {
            budgets.spend(follows, None, at(now)).expect("it was promised");
            budgets.answered(follows, true, at(now));
        }
        Ok(())
    }

    #[test]
    fn a_channel_takes_a_burst_then_one_a_second_and_others_are_free() {
        let mut budgets = Budgets::default();
        for _ in 0..BURST {
            assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(0)), Ok(()));
        }
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(300)), held(700, Scope::Here));
        assert_eq!(budgets.spend("chat.postMessage", Some("C2"), at(300)), Ok(()));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(1_000)), Ok(()));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(1_000)), held(1_000, Scope::Here));
    }

    #[test]
    fn twenty_rooms_a_minute_and_not_one_half_made() {
        let mut budgets = Budgets::default();
        for second in 0..20 {
            assert_eq!(opens(&mut budgets, second * 1000), Ok(()));
        }
        assert_eq!(opens(&mut budgets, 20_000), held(40_000, Scope::Openings));
        assert_eq!(budgets.spend("conversations.archive", None, at(20_000)), Ok(()));
        assert_eq!(opens(&mut budgets, 60_000), Ok(()));
    }

    #[test]
    fn a_room_is_not_begun_without_room_for_what_follows() {
        let mut budgets = Budgets::default();
        for _ in 0..19 {
            budgets.spend("conversations.setTopic", None, at(0)).unwrap();
            budgets.answered("conversations.setTopic", true, at(0));
        }
        assert_eq!(budgets.spend("conversations.create", None, at(1)), Ok(()));
        assert_eq!(budgets.spend("conversations.create", None, at(2)), held(59_998, Scope::Openings));
        budgets.answered("conversations.create", false, at(3));
        assert_eq!(budgets.spend("conversations.create", None, at(4)), Ok(()), "the name was taken: nothing follows");
    }

    #[test]
    fn a_call_counts_until_a_minute_after_its_answer() {
        let mut budgets = Budgets::default();
        for _ in 0..20 {
            assert_eq!(budgets.spend("users.conversations", None, at(0)), Ok(()));
        }
        assert_eq!(budgets.spend("users.conversations", None, at(60_000)), Err(NotYet::AfterAnswer));
        budgets.answered("users.conversations", true, at(60_500));
        assert_eq!(budgets.spend("users.conversations", None, at(61_000)), held(59_500, Scope::Openings));
    }

    #[test]
    fn what_a_person_waits_for_is_counted_too() {
        let mut budgets = Budgets::default();
        for _ in 0..POSTS_A_MINUTE {
            budgets.sent("chat.postMessage");
            budgets.answered("chat.postMessage", true, at(0));
        }
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(1_000)), held(59_000, Scope::Everything));
    }

    #[test]
    fn a_pause_slack_asks_for_holds_its_method_only() {
        let mut budgets = Budgets::default();
        budgets.hold("chat.postMessage", Some("C1"), Duration::from_secs(30), at(0));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(10_000)), held(20_000, Scope::Here));
        assert_eq!(budgets.spend("chat.postMessage", Some("C2"), at(10_000)), Ok(()));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(30_000)), Ok(()));
    }

    #[test]
    fn a_clock_set_back_does_not_block_for_long() {
        let mut budgets = Budgets::default();
        for _ in 0..BURST {
            budgets.spend("chat.postMessage", Some("C1"), at(86_400_000)).unwrap();
        }
        budgets.hold("chat.update", None, Duration::from_secs(30), at(86_400_000));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(0)), Ok(()));
        assert_eq!(budgets.spend("chat.update", None, at(0)), Ok(()));
    }
}
