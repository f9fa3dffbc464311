//! Rate limits in world time: a bucket per route and major parameter, and one for everything. Never waits;
//! it says 429 and when to come back.

use std::collections::HashMap;

use serde_json::json;

use super::refused::Refused;
use crate::limits::{Counted, LimitUses};

/// Windows remembered before old ones are swept out.
const MOST_WINDOWS: usize = 10_000;
/// No window is longer than this.
const LONGEST_WINDOW_MS: i64 = 3_600_000;

/// So many requests in so much world time.
#[derive(Clone, Copy, Debug)]
pub struct RateLimit {
    /// Requests let through in one window.
    pub requests: u32,
    /// Length of the window in world milliseconds.
    pub window_ms: i64,
}

impl RateLimit {
    /// `requests` in `window_ms` milliseconds of world time.
    #[must_use]
    pub const fn new(requests: u32, window_ms: i64) -> Self {
        Self { requests, window_ms }
    }
}

/// The sizes of all buckets. Discord publishes only the global one; the others are sensible guesses.
#[derive(Clone, Copy, Debug)]
pub struct RateLimits {
    /// All requests of the bot together (interaction answers are exempt).
    pub global: RateLimit,
    /// New messages, per channel.
    pub message_create: RateLimit,
    /// Edits of messages, per channel.
    pub message_edit: RateLimit,
    /// Deleting messages, per channel.
    pub message_delete: RateLimit,
    /// New channels and threads, per server or channel.
    pub channel_create: RateLimit,
    /// Changing a channel, per channel.
    pub channel_edit: RateLimit,
    /// Changing a channel's name or topic, per channel; famously not told by the headers.
    pub channel_rename: RateLimit,
    /// Opening direct messages.
    pub direct: RateLimit,
    /// Follow-ups and edits of answers, per interaction.
    pub webhook: RateLimit,
    /// Registering commands.
    pub commands: RateLimit,
    /// Every other route.
    pub other: RateLimit,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            global: RateLimit::new(50, 1_000),
            message_create: RateLimit::new(5, 5_000),
            message_edit: RateLimit::new(5, 5_000),
            message_delete: RateLimit::new(5, 1_000),
            channel_create: RateLimit::new(10, 10_000),
            channel_edit: RateLimit::new(5, 5_000),
            channel_rename: RateLimit::new(2, 600_000),
            direct: RateLimit::new(10, 10_000),
            webhook: RateLimit::new(5, 2_000),
            commands: RateLimit::new(20, 20_000),
            other: RateLimit::new(10, 2_000),
        }
    }
}

impl RateLimits {
    /// So large that nothing is ever refused: for worlds whose clock stands still on purpose.
    #[must_use]
    pub const fn unlimited() -> Self {
        let all = RateLimit::new(u32::MAX, 1_000);
        Self {
            global: all,
            message_create: all,
            message_edit: all,
            message_delete: all,
            channel_create: all,
            channel_edit: all,
            channel_rename: all,
            direct: all,
            webhook: all,
            commands: all,
            other: all,
        }
    }
}

/// Which bucket a request belongs to.
pub struct Bucket {
    /// Method and route without ids.
    pub route: String,
    /// The channel, server or webhook the bucket is counted for.
    pub major: String,
    pub limit: RateLimit,
}

/// Counts requests.
#[derive(Default)]
pub struct Limiter {
    pub sizes: RateLimits,
    /// How full every limit was.
    pub uses: LimitUses,
    windows: HashMap<String, Window>,
}

#[derive(Clone, Copy)]
struct Window {
    from_ms: i64,
    used: u32,
}

/// What the headers say.
struct Tally {
    allowed: bool,
    left: u32,
    reset_ms: i64,
}

impl Limiter {
    /// Counts one request of the bot against the global limit.
    ///
    /// # Errors
    /// 429 with scope `global`.
    pub fn take_global(&mut self, now_ms: i64) -> Result<(), Refused> {
        let tally = self.count("global", self.sizes.global, now_ms);
        if tally.allowed {
            return Ok(());
        }
        let mut refused = too_many(tally.reset_ms - now_ms, true, "global");
        refused.headers.push(("x-ratelimit-global", "true".into()));
        Err(refused)
    }

    /// Counts a request against its bucket and returns the headers that go with the answer.
    ///
    /// # Errors
    /// 429 with the same headers.
    pub fn take(&mut self, bucket: &Bucket, now_ms: i64) -> Result<Vec<(&'static str, String)>, Refused> {
        let tally = self.count(&format!("{} {}", bucket.route, bucket.major), bucket.limit, now_ms);
        let headers = headers(bucket, &tally, now_ms);
        if tally.allowed {
            return Ok(headers);
        }
        let mut refused = too_many(tally.reset_ms - now_ms, false, "user");
        refused.headers.extend(headers);
        Err(refused)
    }

    /// Counts against a limit of which the headers say nothing.
    ///
    /// # Errors
    /// 429 whose only hint is `Retry-After`.
    pub fn take_hidden(&mut self, key: &str, limit: RateLimit, now_ms: i64) -> Result<(), Refused> {
        let tally = self.count(key, limit, now_ms);
        if tally.allowed { Ok(()) } else { Err(too_many(tally.reset_ms - now_ms, false, "user")) }
    }

    fn count(&mut self, key: &str, limit: RateLimit, now_ms: i64) -> Tally {
        if self.windows.len() > MOST_WINDOWS {
            self.windows.retain(|_, window| (now_ms - window.from_ms).abs() < LONGEST_WINDOW_MS);
        }
        let window = self.windows.entry(key.into()).or_insert(Window { from_ms: now_ms, used: 0 });
        let over = now_ms < window.from_ms || now_ms - window.from_ms >= limit.window_ms;
        if over {
            *window = Window { from_ms: now_ms, used: 0 };
        }
        let allowed = window.used < limit.requests;
        if allowed {
            window.used += 1;
        }
        let window = *window;
        let counted =
            Counted { allowed: limit.requests, window_ms: limit.window_ms, used: window.used, let_through: allowed };
        self.uses.count(key, &counted, now_ms);
        Tally { allowed, left: limit.requests.saturating_sub(window.used), reset_ms: window.from_ms + limit.window_ms }
    }
}

/// Milliseconds as seconds with three decimals.
fn seconds(ms: i64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn headers(bucket: &Bucket, tally: &Tally, now_ms: i64) -> Vec<(&'static str, String)> {
    vec![
        ("x-ratelimit-limit", bucket.limit.requests.to_string()),
        ("x-ratelimit-remaining", tally.left.to_string()),
        ("x-ratelimit-reset", seconds(tally.reset_ms)),
        ("x-ratelimit-reset-after", seconds(tally.reset_ms - now_ms)),
        ("x-ratelimit-bucket", hash(&bucket.route)),
    ]
}

/// A bucket's name: the same for every major parameter, as on the real thing.
fn hash(route: &str) -> String {
    let fold = |seed: u64| route.bytes().fold(seed, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    format!("{:016x}{:016x}", fold(0xCBF2_9CE4_8422_2325), fold(0x8422_2325_CBF2_9CE4))
}

fn too_many(wait_ms: i64, global: bool, scope: &str) -> Refused {
    let wait_ms = wait_ms.max(1);
    let body = json!({
        "message": "You are being rate limited.", "retry_after": f64::from(i32::try_from(wait_ms).unwrap_or(i32::MAX)) / 1000.0,
        "global": global,
    });
    let headers = vec![
        ("retry-after", ((wait_ms + 999) / 1000).to_string()),
        ("x-ratelimit-scope", scope.into()),
        ("via", "1.1 pretend".into()),
    ];
    Refused { status: 429, body, headers }
}
