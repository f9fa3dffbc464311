//! Sessions of connected bots: who gets which event, numbered and kept for RESUME. Knows no sockets; it hands
//! frames to channels.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

/// Events kept per session for a RESUME; beyond that the session cannot be resumed.
const KEPT_EVENTS: usize = 10_000;
/// Sessions without a connection that are remembered.
const KEPT_SESSIONS: usize = 4;

/// What a connection's task is told.
#[derive(Clone, Debug)]
pub enum ToSocket {
    /// Sends this payload.
    Frame(Arc<str>),
    /// Sends a close frame with this code (none: without one) and ends.
    Close(Option<u16>),
    /// Ends without a close frame.
    Drop,
}

/// The write half of one connection.
#[derive(Clone)]
pub struct Link {
    pub id: u64,
    pub out: UnboundedSender<ToSocket>,
    /// Frames handed over and not written yet.
    pub queued: Arc<AtomicUsize>,
}

impl Link {
    pub fn frame(&self, payload: &Value) {
        self.send(ToSocket::Frame(payload.to_string().into()));
    }

    pub fn send(&self, what: ToSocket) {
        self.queued.fetch_add(1, Ordering::SeqCst);
        if self.out.send(what).is_err() {
            self.queued.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// One session: survives its connection until it is invalidated or forgotten.
pub struct Session {
    pub id: String,
    pub intents: u64,
    pub seq: u64,
    log: VecDeque<(u64, Arc<str>)>,
    pub link: Option<Link>,
    /// Heartbeats that the bot was asked for and that have yet to come.
    echoes: u8,
}

/// An event with what decides who gets it.
pub struct Event {
    pub name: String,
    pub data: Value,
    /// Any of these intents is enough; 0 = always delivered.
    pub intents: u64,
    /// What those get who lack the message-content intent, if different.
    pub without_content: Option<Value>,
}

/// All sessions.
#[derive(Default)]
pub struct Hub {
    /// What has happened and is told one after another, as asked for; none: it is told at once.
    held: Option<VecDeque<Event>>,
    sessions: Vec<Session>,
    made: u64,
}

/// A client may read on before it has passed on what it has read; it has when it hears, and answers, once more.
const ECHOES: u8 = 2;

/// The privileged intent without which message texts are empty.
const MESSAGE_CONTENT: u64 = 1 << 15;

impl Hub {
    /// Opens a session for a connection and returns its id.
    pub fn open(&mut self, intents: u64, link: Link) -> String {
        self.made += 1;
        // What a session has missed is not told to the next.
        if !self.connected()
            && let Some(held) = &mut self.held
        {
            held.clear();
        }
        let id = format!("{:032x}", u128::from(self.made) * 0x9E37_79B9_7F4A_7C15);
        while self.sessions.iter().filter(|session| session.link.is_none()).count() >= KEPT_SESSIONS {
            let Some(oldest) = self.sessions.iter().position(|session| session.link.is_none()) else { break };
            self.sessions.remove(oldest);
        }
        self.sessions.push(Session {
            id: id.clone(),
            intents,
            seq: 0,
            log: VecDeque::new(),
            link: Some(link),
            echoes: 0,
        });
        id
    }

    /// Continues a session on a new connection and replays what came after `seq`; false if it cannot.
    pub fn resume(&mut self, id: &str, seq: u64, link: &Link) -> bool {
        let Some(session) = self.sessions.iter_mut().find(|session| session.id == id) else { return false };
        let gap = session.log.front().is_some_and(|(first, _)| *first > seq + 1);
        if seq > session.seq || gap {
            return false;
        }
        if let Some(old) = session.link.replace(link.clone()) {
            old.send(ToSocket::Close(Some(4000)));
        }
        for (_, frame) in session.log.iter().filter(|(number, _)| *number > seq) {
            link.send(ToSocket::Frame(frame.clone()));
        }
        session.push("RESUMED", &json!({"_trace": []}));
        if session.echoes > 0 {
            // What the old connection was asked for comes on the new one.
            session.ask_for_heartbeat();
        }
        true
    }

    /// The connection ended; the session waits to be resumed unless the bot said goodbye.
    pub fn unlink(&mut self, link: u64, goodbye: bool) {
        for session in &mut self.sessions {
            if session.link.as_ref().is_some_and(|it| it.id == link) {
                session.link = None;
                if goodbye {
                    session.id.clear();
                }
            }
        }
        self.sessions.retain(|session| !session.id.is_empty());
    }

    pub fn forget_all(&mut self) {
        self.sessions.clear();
    }

    /// Whether a session is connected.
    pub fn connected(&self) -> bool {
        self.sessions.iter().any(|session| session.link.is_some())
    }

    /// Whether an event could reach a bot now or after a RESUME.
    pub fn reachable(&self) -> bool {
        !self.sessions.is_empty()
    }

    pub fn of_link(&mut self, link: u64) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.link.as_ref().is_some_and(|it| it.id == link))
    }

    /// Frames on their way to connected bots.
    pub fn queued(&self) -> usize {
        self.sessions
            .iter()
            .filter_map(|session| session.link.as_ref())
            .map(|link| link.queued.load(Ordering::SeqCst))
            .sum()
    }

    /// Heartbeats that connected bots were asked for and that have yet to come.
    pub fn echoes(&self) -> usize {
        let connected = self.sessions.iter().filter(|session| session.link.is_some());
        connected.map(|session| usize::from(session.echoes)).sum()
    }

    /// Asks every connected bot for heartbeats: when the last has come, the bot has heard what was sent before.
    pub fn ask_for_echoes(&mut self) {
        for session in &mut self.sessions {
            session.echoes = ECHOES;
            session.ask_for_heartbeat();
        }
    }

    /// From now on what happens is told one after another, each when [`Hub::tell_next`] is called.
    pub fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// Tells the next of what is held, and asks whether it was heard; `false` if there is none, or nobody is connected.
    pub fn tell_next(&mut self) -> bool {
        let connected = self.connected();
        let Some(event) = self.held.as_mut().filter(|_| connected).and_then(VecDeque::pop_front) else { return false };
        self.dispatch(&event);
        self.ask_for_echoes();
        true
    }

    /// Tells of something that has happened, at once or in its turn.
    pub fn tell(&mut self, event: Event) {
        match &mut self.held {
            Some(held) => held.push_back(event),
            None => self.dispatch(&event),
        }
    }

    /// Gives an event to every session whose intents cover it.
    pub fn dispatch(&mut self, event: &Event) {
        for session in &mut self.sessions {
            if event.intents != 0 && session.intents & event.intents == 0 {
                continue;
            }
            let stripped = event.without_content.as_ref().filter(|_| session.intents & MESSAGE_CONTENT == 0);
            session.push(&event.name, stripped.unwrap_or(&event.data));
        }
    }
}

impl Session {
    /// The bot sent a heartbeat. Whether it was one that was asked for.
    pub fn beats(&mut self) -> bool {
        let asked = self.echoes > 0;
        self.echoes = self.echoes.saturating_sub(1);
        if self.echoes > 0 {
            self.ask_for_heartbeat();
        }
        asked
    }

    fn ask_for_heartbeat(&self) {
        if let Some(link) = &self.link {
            link.frame(&json!({"op": 1, "s": null, "t": null, "d": null}));
        }
    }

    /// Numbers, keeps and sends one event.
    pub fn push(&mut self, name: &str, data: &Value) {
        self.seq += 1;
        let frame: Arc<str> = json!({"op": 0, "s": self.seq, "t": name, "d": data}).to_string().into();
        if self.log.len() == KEPT_EVENTS {
            self.log.pop_front();
        }
        self.log.push_back((self.seq, frame.clone()));
        if let Some(link) = &self.link {
            link.send(ToSocket::Frame(frame));
        }
    }
}
