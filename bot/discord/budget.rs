//! How many requests Discord still lets us send, learned from its answers. It never waits for the clock: a
//! request that would be refused is not sent, and whoever wanted it is told when to come back. Requests whose
//! answers are still out are reckoned with, so that many at once never make a refusal.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Scope;

/// Requests Discord takes from a bot in a second, interaction answers not counted.
const GLOBAL_PER_SECOND: usize = 50;
const SECOND: TimeDelta = TimeDelta::seconds(1);
/// Changes of a channel's name or topic that Discord takes; no header tells of it.
const RENAMES: usize = 2;
const RENAMES_IN: TimeDelta = TimeDelta::minutes(10);
/// Refused requests (401, 403, 429) after which we stop asking for a while. Discord bans an address after
/// 10,000 of them in ten minutes.
const REFUSED_MAX: usize = 2_000;
const REFUSED_IN: TimeDelta = TimeDelta::minutes(10);
/// Buckets remembered before those that are full again are forgotten.
const REMEMBERED: usize = 1_000;

/// Which requests share a bucket, as far as one can tell before Discord has named it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RouteKey {
    /// Method and path with placeholders for ids.
    pub shape: String,
    /// The channel, server or webhook for which Discord counts.
    pub major: String,
}

/// What an answer says about its bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    /// `X-RateLimit-Bucket`.
    pub bucket: Option<String>,
    /// `X-RateLimit-Limit`.
    pub limit: Option<u32>,
    /// `X-RateLimit-Remaining`.
    pub remaining: Option<u32>,
    /// `X-RateLimit-Reset-After`.
    pub reset_after: Option<Duration>,
    /// How long a 429 asks us to wait.
    pub retry_after: Option<Duration>,
    /// The 429 is about all requests of the bot.
    pub global: bool,
    /// Discord counts it among those it bans for: 401, 403, or a 429 that is not about what others did.
    pub refused: bool,
}

/// What a request is, as far as limits go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// Discord counts it among the fifty a second.
    pub counted: bool,
    /// It changes a channel's name or topic.
    pub renames: bool,
}

/// Why a request must not be sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotYet {
    /// It is known as soon as an answer that is out has come.
    AfterAnswer,
    /// For so long.
    For(Duration, Scope),
}

/// A request that may be sent; it is out until [`Budget::answered`] or [`Budget::lost`] is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    key: RouteKey,
    bucket: BucketName,
    counted: bool,
}

type BucketName = (String, String);

/// All buckets.
#[derive(Default)]
pub(super) struct Budget {
    names: HashMap<String, String>,
    buckets: HashMap<BucketName, Bucket>,
    /// When the requests of the last second were answered. Discord counted each before that.
    second: VecDeque<DateTime<Utc>>,
    out: usize,
    renames: HashMap<String, VecDeque<DateTime<Utc>>>,
    refused: VecDeque<DateTime<Utc>>,
    all_closed: Option<Closed>,
}

#[derive(Clone, Copy, Default)]
struct Bucket {
    /// How many fit a window; unknown until the first answer.
    limit: Option<u32>,
    /// The first answer has come.
    known: bool,
    remaining: u32,
    window: Option<Closed>,
    /// The longest window seen: tells a new one from the old one's end.
    longest: Duration,
    out: u32,
}

/// A span of time; a clock that jumps back ends it.
#[derive(Clone, Copy)]
struct Closed {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Closed {
    fn new(now: DateTime<Utc>, length: Duration) -> Self {
        let length = TimeDelta::from_std(length).unwrap_or(TimeDelta::days(1));
        Self { from: now, until: now + length }
    }

    fn left(&self, now: DateTime<Utc>) -> Option<Duration> {
        if now < self.from { None } else { (self.until - now).to_std().ok().filter(|left| !left.is_zero()) }
    }
}

impl RouteKey {
    /// The key of a request. `path` begins after the API version.
    pub fn of(method: &str, path: &str) -> Self {
        let parts: Vec<&str> = path.split('?').next().unwrap_or_default().trim_matches('/').split('/').collect();
        let majors = match parts.first() {
            Some(&"webhooks") => 2,
            Some(&("channels" | "guilds")) => 1,
            _ => 0,
        };
        let place = |(index, part): (usize, &&str)| {
            let id = (1..=majors).contains(&index) || part.bytes().all(|byte| byte.is_ascii_digit());
            if id { ":id".to_owned() } else { (*part).to_owned() }
        };
        let shape = parts.iter().enumerate().map(place).collect::<Vec<_>>().join("/");
        let major = parts.iter().skip(1).take(majors).copied().collect::<Vec<_>>().join("/");
        Self { shape: format!("{method} {shape}"), major }
    }

    /// What else waits when this bucket is empty.
    fn scope(&self) -> Scope {
        match self.shape.as_str() {
            "POST users/@me/channels" => Scope::Directs,
            "POST channels/:id/threads" | "PUT channels/:id/thread-members/:id" => Scope::Openings,
            shape if shape.contains(" guilds/") => Scope::Openings,
            _ => Scope::Here,
        }
    }
}

impl Budget {
    /// Takes one request out of every budget it counts for.
    ///
    /// # Errors
    /// [`NotYet`]; then nothing is taken.
    pub fn take(&mut self, key: &RouteKey, asked: Asked, now: DateTime<Utc>) -> Result<Taken, NotYet> {
        self.not_shut_out(now)?;
        if asked.counted {
            self.room_in_second(now)?;
        }
        if asked.renames {
            let done = self.renames.entry(key.major.clone()).or_default();
            room(done, RENAMES, RENAMES_IN, now).map_err(|wait| NotYet::For(wait, Scope::Here))?;
        }
        let name = self.name(key);
        self.buckets.entry(name.clone()).or_default().take(now).map_err(|left| match left {
            Some(left) => NotYet::For(left, key.scope()),
            None => NotYet::AfterAnswer,
        })?;
        if asked.renames {
            self.renames.entry(key.major.clone()).or_default().push_back(now);
        }
        self.out += usize::from(asked.counted);
        Ok(Taken { key: key.clone(), bucket: name, counted: asked.counted })
    }

    /// Whether Discord would shut us out if we went on being refused.
    ///
    /// # Errors
    /// How long not to ask for anything.
    pub fn not_shut_out(&mut self, now: DateTime<Utc>) -> Result<(), NotYet> {
        room(&mut self.refused, REFUSED_MAX, REFUSED_IN, now).map_err(|wait| NotYet::For(wait, Scope::Everything))
    }

    fn room_in_second(&mut self, now: DateTime<Utc>) -> Result<(), NotYet> {
        if let Some(left) = self.all_closed.as_ref().and_then(|closed| closed.left(now)) {
            return Err(NotYet::For(left, Scope::Everything));
        }
        self.all_closed = None;
        match GLOBAL_PER_SECOND.saturating_sub(self.out) {
            0 => Err(NotYet::AfterAnswer),
            free => room(&mut self.second, free, SECOND, now).map_err(|wait| NotYet::For(wait, Scope::Everything)),
        }
    }

    /// The answer to a request came. Says whether this was the refusal after which we stop asking.
    pub fn answered(&mut self, taken: &Taken, told: &Told, now: DateTime<Utc>) -> bool {
        self.back(taken, now);
        self.learn(&taken.key, &taken.bucket, told, now);
        self.refusal(told.refused, now)
    }

    /// A request outside all buckets was answered: only refusals count.
    pub fn refusal(&mut self, refused: bool, now: DateTime<Utc>) -> bool {
        if refused {
            self.refused.push_back(now);
        }
        refused && self.refused.len() == REFUSED_MAX
    }

    /// No answer came. Discord may have counted the request all the same.
    pub fn lost(&mut self, taken: &Taken, now: DateTime<Utc>) {
        self.back(taken, now);
    }

    fn back(&mut self, taken: &Taken, now: DateTime<Utc>) {
        if taken.counted {
            self.out = self.out.saturating_sub(1);
            self.second.push_back(now);
        }
        if let Some(bucket) = self.buckets.get_mut(&taken.bucket) {
            bucket.out = bucket.out.saturating_sub(1);
        }
    }

    fn learn(&mut self, key: &RouteKey, taken: &BucketName, told: &Told, now: DateTime<Utc>) {
        if let Some(bucket) = &told.bucket {
            self.names.insert(key.shape.clone(), bucket.clone());
        }
        let name = self.name(key);
        if name != *taken && self.buckets.get(taken).is_some_and(|bucket| bucket.out == 0) {
            // It was known by its route until now.
            self.buckets.remove(taken);
        }
        let bucket = self.buckets.entry(name).or_default();
        bucket.known = true;
        bucket.limit = told.limit.or(bucket.limit);
        match told.retry_after {
            Some(wait) if told.global => self.all_closed = Some(Closed::new(now, wait)),
            Some(wait) => (bucket.remaining, bucket.window) = (0, Some(Closed::new(now, wait))),
            None => bucket.learn(told, now),
        }
        if self.buckets.len() > REMEMBERED {
            self.buckets.retain(|_, bucket| bucket.out > 0 || bucket.window.is_some_and(|it| it.left(now).is_some()));
            self.renames.retain(|_, done| done.back().is_some_and(|at| *at + RENAMES_IN > now));
        }
    }

    fn name(&self, key: &RouteKey) -> BucketName {
        (self.names.get(&key.shape).unwrap_or(&key.shape).clone(), key.major.clone())
    }
}

impl Bucket {
    /// Takes one; else says how long to wait, if that is known before another answer comes.
    fn take(&mut self, now: DateTime<Utc>) -> Result<(), Option<Duration>> {
        if !self.known && self.out > 0 {
            return Err(None);
        }
        if self.known {
            let left = self.window.and_then(|window| window.left(now));
            if left.is_none() && self.window.is_some() {
                // A new window: what is out may be counted in it.
                self.window = None;
                self.remaining = self.limit.unwrap_or(1).saturating_sub(self.out);
            }
            let endless = self.limit.is_none() && self.window.is_none();
            if self.remaining == 0 && !endless {
                // Without a window, what is out fills the new one, and its answers will tell.
                return if left.is_some() || self.out > 0 { Err(left) } else { self.begin() };
            }
            self.remaining = self.remaining.saturating_sub(1);
        }
        self.out += 1;
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Option<Duration>> {
        self.remaining = self.limit.unwrap_or(1).saturating_sub(1);
        self.out += 1;
        Ok(())
    }

    /// An answer overtakes another, and a window ends while requests are under way: within one window the smaller
    /// figure is the later one; in a new one, what is still out may not be counted yet.
    fn learn(&mut self, told: &Told, now: DateTime<Utc>) {
        let (Some(remaining), Some(reset_after)) = (told.remaining, told.reset_after) else { return };
        self.longest = self.longest.max(reset_after);
        let told = Closed::new(now, reset_after);
        let half = TimeDelta::from_std(self.longest / 2).unwrap_or_default();
        match self.window.filter(|window| window.left(now).is_some()) {
            Some(window) if told.until < window.until + half => {
                self.remaining = self.remaining.min(remaining);
                self.window = Some(Closed { until: window.until.min(told.until), ..window });
            }
            _ => {
                self.remaining = remaining.saturating_sub(self.out);
                self.window = Some(told);
            }
        }
    }
}

/// Whether one more fits beside those of the last while; else how long until it does.
fn room(done: &mut VecDeque<DateTime<Utc>>, most: usize, span: TimeDelta, now: DateTime<Utc>) -> Result<(), Duration> {
    // A clock that was set back must not leave any in the future behind.
    done.retain(|at| *at + span > now && *at <= now);
    if done.len() < most {
        return Ok(());
    }
    let free = done.get(done.len() - most.max(1)).map_or(span, |at| *at + span - now);
    Err(free.to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests;
