//! How many requests Discord still lets us send, learned from its answers. It never waits: a request that
//! would be refused is not sent, and whoever wanted it is told when to come back.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// Requests Discord takes from a bot in a second, interaction answers not counted.
const GLOBAL_PER_SECOND: u32 = 50;
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

/// What an answer's headers say about its bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    /// `X-RateLimit-Bucket`.
    pub bucket: Option<String>,
    /// `X-RateLimit-Remaining`.
    pub remaining: Option<u32>,
    /// `X-RateLimit-Reset-After`.
    pub reset_after: Option<Duration>,
    /// How long a 429 asks us to wait.
    pub retry_after: Option<Duration>,
    /// The 429 is about all requests of the bot.
    pub global: bool,
}

/// All buckets.
#[derive(Default)]
pub(super) struct Budget {
    names: HashMap<String, String>,
    buckets: HashMap<(String, String), Bucket>,
    second: Option<(DateTime<Utc>, u32)>,
    all_closed: Option<Closed>,
}

#[derive(Clone, Copy)]
struct Bucket {
    remaining: u32,
    window: Closed,
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
}

impl Budget {
    /// Takes one request out of its bucket and, if it is `counted`, out of the second.
    ///
    /// # Errors
    /// How long to wait before the request may be sent.
    pub fn take(&mut self, key: &RouteKey, counted: bool, now: DateTime<Utc>) -> Result<(), Duration> {
        if counted {
            if let Some(left) = self.all_closed.as_ref().and_then(|closed| closed.left(now)) {
                return Err(left);
            }
            self.all_closed = None;
        }
        let name = self.name(key);
        if let Some(bucket) = self.buckets.get_mut(&name) {
            match bucket.window.left(now) {
                Some(left) if bucket.remaining == 0 => return Err(left),
                Some(_) => bucket.remaining -= 1,
                None => {
                    self.buckets.remove(&name);
                }
            }
        }
        if counted { self.take_from_second(now) } else { Ok(()) }
    }

    fn take_from_second(&mut self, now: DateTime<Utc>) -> Result<(), Duration> {
        let window = |since: DateTime<Utc>| Closed::new(since, Duration::from_secs(1)).left(now);
        match &mut self.second {
            Some((since, used)) if window(*since).is_some() => {
                if *used >= GLOBAL_PER_SECOND {
                    return Err(window(*since).unwrap_or(Duration::from_secs(1)));
                }
                *used += 1;
            }
            second => *second = Some((now, 1)),
        }
        Ok(())
    }

    /// Learns from an answer.
    pub fn learn(&mut self, key: &RouteKey, told: &Told, now: DateTime<Utc>) {
        if let Some(bucket) = &told.bucket {
            self.names.insert(key.shape.clone(), bucket.clone());
        }
        if let Some(wait) = told.retry_after {
            let closed = Closed::new(now, wait);
            if told.global {
                self.all_closed = Some(closed);
            } else {
                self.buckets.insert(self.name(key), Bucket { remaining: 0, window: closed });
            }
        } else if let (Some(remaining), Some(reset_after)) = (told.remaining, told.reset_after) {
            let name = self.name(key);
            // Answers may overtake each other: within one window the smaller number is the later one.
            let known = self.buckets.get(&name).filter(|bucket| bucket.window.left(now).is_some());
            let remaining = known.map_or(remaining, |bucket| bucket.remaining.min(remaining));
            self.buckets.insert(name, Bucket { remaining, window: Closed::new(now, reset_after) });
        }
        if self.buckets.len() > REMEMBERED {
            self.buckets.retain(|_, bucket| bucket.window.left(now).is_some());
        }
    }

    fn name(&self, key: &RouteKey) -> (String, String) {
        (self.names.get(&key.shape).unwrap_or(&key.shape).clone(), key.major.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_740_000_000_000 + ms).unwrap()
    }

    fn told(remaining: u32, reset_ms: u64) -> Told {
        Told {
            bucket: Some("abc".into()),
            remaining: Some(remaining),
            reset_after: Some(Duration::from_millis(reset_ms)),
            ..Told::default()
        }
    }

    #[test]
    fn ids_do_not_divide_a_bucket_but_places_do() {
        let key = RouteKey::of("PATCH", "/channels/12/messages/34?x=1");
        assert_eq!(key, RouteKey { shape: "PATCH channels/:id/messages/:id".into(), major: "12".into() });
        let hook = RouteKey::of("POST", "/webhooks/7/secret");
        assert_eq!(hook, RouteKey { shape: "POST webhooks/:id/:id".into(), major: "7/secret".into() });
    }

    #[test]
    fn an_empty_bucket_is_left_alone_until_it_fills() {
        let mut budget = Budget::default();
        let (here, there) =
            (RouteKey::of("POST", "/channels/1/messages"), RouteKey::of("POST", "/channels/2/messages"));
        assert_eq!(budget.take(&here, true, at(0)), Ok(()));
        budget.learn(&here, &told(1, 5_000), at(0));
        assert_eq!(budget.take(&here, true, at(10)), Ok(()));
        assert_eq!(budget.take(&here, true, at(1_000)), Err(Duration::from_secs(4)));
        assert_eq!(budget.take(&there, true, at(1_000)), Ok(()));
        assert_eq!(budget.take(&here, true, at(5_000)), Ok(()));
    }

    #[test]
    fn routes_of_one_bucket_share_it() {
        let mut budget = Budget::default();
        let (post, edit) =
            (RouteKey::of("POST", "/channels/1/messages"), RouteKey::of("PATCH", "/channels/1/messages/5"));
        budget.learn(&post, &told(3, 5_000), at(0));
        budget.learn(&edit, &told(0, 5_000), at(0));
        assert!(budget.take(&post, true, at(1)).is_err());
    }

    #[test]
    fn a_refusal_closes_its_bucket_and_a_global_one_closes_all() {
        let mut budget = Budget::default();
        let (here, there) = (RouteKey::of("POST", "/channels/1/messages"), RouteKey::of("GET", "/guilds/2/channels"));
        let refused = Told { retry_after: Some(Duration::from_millis(700)), ..Told::default() };
        budget.learn(&here, &refused, at(0));
        assert_eq!(budget.take(&here, true, at(0)), Err(Duration::from_millis(700)));
        assert_eq!(budget.take(&there, true, at(0)), Ok(()));
        budget.learn(&there, &Told { global: true, ..refused }, at(0));
        assert_eq!(budget.take(&there, true, at(100)), Err(Duration::from_millis(600)));
        assert_eq!(budget.take(&RouteKey::of("POST", "/webhooks/1/t"), false, at(100)), Ok(()));
    }

    #[test]
    fn fifty_in_a_second_and_not_one_more() {
        let mut budget = Budget::default();
        let sent = (0..60).filter(|n| budget.take(&RouteKey::of("GET", &format!("/guilds/{n}")), true, at(*n)).is_ok());
        assert_eq!(sent.count(), 50);
        assert_eq!(budget.take(&RouteKey::of("GET", "/guilds/1"), true, at(1_000)), Ok(()));
    }

    #[test]
    fn a_clock_that_jumps_back_closes_nothing_for_years() {
        let mut budget = Budget::default();
        let key = RouteKey::of("POST", "/channels/1/messages");
        budget.learn(&key, &told(0, 5_000), at(1_000_000_000));
        assert_eq!(budget.take(&key, true, at(0)), Ok(()));
    }
}
