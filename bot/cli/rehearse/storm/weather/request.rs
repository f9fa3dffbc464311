//! A request to a platform as the weather knows it: what it is for, and by which names it is counted.

/// What a request is for, as far as its risks go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// To get connected.
    Door,
    /// The first or a later word of an answer that a person waits for.
    Answer,
    /// To look at something.
    Look,
    /// To change something.
    Deed,
}

/// One request, as the weather knows it.
pub(super) struct Request<'a> {
    pub platform: &'static str,
    pub method: &'a str,
    pub path: &'a str,
    pub about: &'a str,
    pub sort: Sort,
}

impl<'a> Request<'a> {
    pub fn new(platform: &'static str, method: &'a str, path: &'a str, about: &'a str) -> Self {
        let path = path.split('?').next().unwrap_or_default();
        Self { platform, method, path, about, sort: sort(method, path) }
    }

    /// By what its troubles are drawn: a deed by what it is done to, so that of two deeds in one moment it does not
    /// matter which comes first; anything else without ids and tokens.
    pub fn key(&self) -> String {
        if self.sort == Sort::Deed {
            return format!("{} {}", self.platform, self.exact());
        }
        let parts: Vec<&str> = self.path.split('/').collect();
        let shape = parts.iter().map(|part| if part.len() > 25 || part.parse::<u64>().is_ok() { ":" } else { part });
        let shape: Vec<&str> = match (parts.get(1), parts.get(2)) {
            (Some(&"actions"), _) => vec!["", "actions"],
            (Some(&"commands"), _) => vec!["", "commands"],
            _ => shape.collect(),
        };
        format!("{} {} {}", self.platform, self.method, shape.join("/"))
    }

    /// The request with its ids.
    pub fn exact(&self) -> String {
        format!("{} {} {}", self.method, self.path, self.about).trim_end().to_owned()
    }

    /// What a pause is for: Slack counts messages by conversation, and everything else by method.
    pub fn bucket(&self) -> String {
        if self.platform == "discord" || self.path.ends_with("chat.postMessage") {
            self.exact()
        } else {
            format!("{} {}", self.method, self.path)
        }
    }
}

fn sort(method: &str, path: &str) -> Sort {
    const DOORS: [&str; 6] =
        ["/gateway", "/users/@me", "/applications", "apps.connections.open", "auth.test", "/link/"];
    const ANSWERS: [&str; 8] = [
        "/interactions/",
        "/webhooks/",
        "/actions/",
        "/commands/",
        "views.open",
        "views.push",
        "views.update",
        "views.publish",
    ];
    const LOOKS: [&str; 5] = [".info", ".history", ".members", "users.conversations", "team.info"];
    let is = |words: &[&str]| words.iter().any(|word| path.contains(word));
    if path.ends_with("/users/@me/channels") {
        Sort::Deed
    } else if is(&DOORS) {
        Sort::Door
    } else if is(&ANSWERS) {
        Sort::Answer
    } else if method == "GET" || is(&LOOKS) {
        Sort::Look
    } else {
        Sort::Deed
    }
}
