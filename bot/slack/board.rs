//! How the sockets stand, taken together: ready as long as one of them is.

use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::chat::Connection;

/// Shows the state of all sockets as one.
pub struct Board {
    ready: Mutex<Vec<bool>>,
    shown: watch::Sender<Connection>,
}

impl Board {
    /// `places` sockets, none connected yet.
    pub fn new(places: usize) -> Self {
        Self { ready: Mutex::new(vec![false; places]), shown: watch::Sender::new(Connection::Standby) }
    }

    /// What is shown, now and from now on.
    pub fn subscribe(&self) -> watch::Receiver<Connection> {
        self.shown.subscribe()
    }

    /// A socket receives.
    pub fn ready(&self, place: usize) {
        self.set(place, true);
        self.show(Connection::Ready);
    }

    /// A socket does not receive; why, for operators.
    pub fn down(&self, place: usize, why: String) {
        tracing::info!(place, why, "a socket is down");
        if !self.set(place, false) {
            self.show(Connection::Down(why));
        }
    }

    /// Sockets are being opened.
    pub fn connecting(&self) {
        self.show(Connection::Connecting);
    }

    /// Every socket is closed: another process receives.
    pub fn standby(&self) {
        self.lock().fill(false);
        self.show(Connection::Standby);
    }

    /// Nothing is received any more, for good.
    pub fn stopped(&self) {
        self.shown.send_replace(Connection::Stopped);
    }

    /// Notes the state of one socket; says whether any is ready.
    fn set(&self, place: usize, is_ready: bool) -> bool {
        let mut ready = self.lock();
        if let Some(state) = ready.get_mut(place) {
            *state = is_ready;
        }
        ready.contains(&true)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<bool>> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, connection: Connection) {
        self.shown.send_if_modified(|shown| {
            let changes = *shown != Connection::Stopped && *shown != connection;
            if changes {
                *shown = connection;
            }
            changes
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_socket_is_enough() {
        let board = Board::new(2);
        let shown = board.subscribe();
        board.ready(0);
        board.down(1, "closed".into());
        assert_eq!(*shown.borrow(), Connection::Ready);
        board.down(0, "closed".into());
        assert_eq!(*shown.borrow(), Connection::Down("closed".into()));
        board.ready(1);
        board.standby();
        assert_eq!(*shown.borrow(), Connection::Standby);
        board.connecting();
        board.down(0, "closed".into());
        assert_eq!(*shown.borrow(), Connection::Down("closed".into()), "what was ready before counts no more");
        board.stopped();
        board.ready(0);
        assert_eq!(*shown.borrow(), Connection::Stopped);
    }
}
