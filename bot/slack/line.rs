//! One Socket Mode connection. Frames are read without waiting for the answers to those before: each answer goes out
//! when it is ready. When the connection is to end, nothing more is read, and what was read is answered first.
//!
//! The client library's own connection reads the next frame only after the answer to the one before, so one form
//! that waits for its commit would hold up everybody behind it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Interval, MissedTickBehavior, interval};
use tokio_tungstenite::tungstenite::{self, Bytes, Message as Frame, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::desk::{Ack, Desk};
use super::lean::{self, object};
use crate::clock;

/// Slack waits this long for an acknowledgement.
const ACK: Duration = Duration::from_secs(3);
/// Pings that may stay unanswered before the connection counts as dead.
const PINGS_UNANSWERED: u32 = 3;
/// Answers that go out with one write at most, so that reading gets its turn.
const AT_ONCE: usize = 64;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a connection tells whoever keeps it.
#[derive(Debug)]
pub enum Sign {
    /// Slack greets.
    Hello,
    /// Slack asks to connect anew; the connection stays for some seconds.
    Leave(String),
}

/// A connection that has been opened.
pub struct Line {
    desk: Arc<Desk>,
    /// Told when Slack greets, or asks to leave. Nobody hears it any more once the connection was replaced.
    signs: mpsc::Sender<Sign>,
    /// Loses its sender when the connection is to end.
    leave: oneshot::Receiver<()>,
    pings: Interval,
    unanswered: u32,
    reads: SplitStream<Socket>,
    writes: SplitSink<Socket, Frame>,
}

/// Why a connection is over.
enum Over {
    /// It was told to.
    Told,
    /// It broke, or Slack closed it.
    Lost,
}

impl Line {
    /// Opens the connection at an address Slack gave.
    ///
    /// # Errors
    /// What the network or Slack's answer was.
    pub async fn open(
        url: &str,
        desk: Arc<Desk>,
        ping_every: Duration,
        signs: mpsc::Sender<Sign>,
        leave: oneshot::Receiver<()>,
    ) -> Result<Self, tungstenite::Error> {
        // Small frames go out at once.
        let (socket, _) = connect_async_with_config(url, None, true).await?;
        let (writes, reads) = socket.split();
        let mut pings = interval(ping_every);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        pings.reset();
        Ok(Self { desk, signs, leave, pings, unanswered: 0, reads, writes })
    }

    /// Reads and answers until the connection ends.
    pub async fn run(mut self) {
        let (answers, mut ready) = mpsc::unbounded_channel();
        let over = self.serve(&answers, &mut ready).await;
        drop(answers);
        if matches!(over, Over::Told) {
            // What was received is answered before the socket closes, as long as Slack would wait for it.
            let last_words = async {
                while let Some(answer) = ready.recv().await {
                    if self.send(answer, &mut ready).await.is_err() {
                        return;
                    }
                }
            };
            if clock::within(ACK, last_words).await.is_err() {
                tracing::warn!("a socket closes with a form unanswered");
            }
        }
        // A connection that is gone needs no goodbye.
        let _ = clock::within(ACK, self.writes.close()).await;
    }

    async fn serve(
        &mut self,
        answers: &mpsc::UnboundedSender<Utf8Bytes>,
        ready: &mut mpsc::UnboundedReceiver<Utf8Bytes>,
    ) -> Over {
        loop {
            tokio::select! {
                _ = &mut self.leave => return Over::Told,
                frame = self.reads.next() => match frame {
                    Some(Ok(Frame::Text(text))) => self.hear(&text, answers),
                    Some(Ok(Frame::Pong(_))) => self.unanswered = 0,
                    // Pings are answered by the library with the next write or read.
                    Some(Ok(Frame::Ping(_) | Frame::Binary(_) | Frame::Frame(_))) => {}
                    Some(Ok(Frame::Close(_)) | Err(_)) | None => return Over::Lost,
                },
                Some(answer) = ready.recv() => if self.send(answer, ready).await.is_err() { return Over::Lost },
                _ = self.pings.tick() => {
                    let alive = self.unanswered < PINGS_UNANSWERED;
                    if !alive || self.ping().await.is_err() {
                        return Over::Lost;
                    }
                }
            }
        }
    }

    /// Sends an answer, and with it those that are ready by now.
    async fn send(
        &mut self,
        answer: Utf8Bytes,
        ready: &mut mpsc::UnboundedReceiver<Utf8Bytes>,
    ) -> Result<(), tungstenite::Error> {
        let sending = async {
            self.writes.feed(Frame::Text(answer)).await?;
            for _ in 1..AT_ONCE {
                let Ok(answer) = ready.try_recv() else { break };
                self.writes.feed(Frame::Text(answer)).await?;
            }
            self.writes.flush().await
        };
        in_time(sending).await
    }

    async fn ping(&mut self) -> Result<(), tungstenite::Error> {
        self.unanswered += 1;
        in_time(self.writes.send(Frame::Ping(Bytes::new()))).await
    }

    /// Takes in one frame. Its answer is sent when it is ready.
    fn hear(&self, text: &str, answers: &mpsc::UnboundedSender<Utf8Bytes>) {
        let frame: Value = lean::read(text.as_bytes()).unwrap_or_default();
        match frame["type"].as_str() {
            Some("hello") => self.sign(Sign::Hello),
            Some("disconnect") => self.sign(Sign::Leave(frame["reason"].as_str().unwrap_or("unknown").to_owned())),
            _ => {}
        }
        let Some(envelope) = frame["envelope_id"].as_str().map(str::to_owned) else { return };
        let takes_payload = frame["accepts_response_payload"] != false;
        // Nothing that comes in may end the reading of this connection.
        let received = std::panic::catch_unwind(AssertUnwindSafe(|| self.desk.receive(&frame)));
        let answers = answers.clone();
        match received {
            Ok(Ack::Bare) => send_to(&answers, &envelope, None),
            Ok(Ack::With(payload)) => {
                tokio::spawn(async move {
                    let payload = AssertUnwindSafe(payload).catch_unwind().await;
                    if payload.is_err() {
                        tracing::error!("the answer to a form was lost");
                    }
                    send_to(&answers, &envelope, payload.ok().filter(|_| takes_payload));
                });
            }
            Err(_) => {
                tracing::error!("an envelope could not be taken in");
                send_to(&answers, &envelope, None);
            }
        }
    }

    fn sign(&self, sign: Sign) {
        // A keeper that has turned away needs no sign any more.
        let _ = self.signs.try_send(sign);
    }
}

fn send_to(answers: &mpsc::UnboundedSender<Utf8Bytes>, envelope: &str, payload: Option<Value>) {
    let answer = match payload {
        Some(payload) => object([("envelope_id", envelope.into()), ("payload", payload)]),
        None => object([("envelope_id", envelope.into())]),
    };
    // A connection that has ended takes no answers; Slack delivers once more.
    let _ = answers.send(answer.to_string().into());
}

/// A peer that takes nothing for so long is dead.
async fn in_time(sending: impl Future<Output = Result<(), tungstenite::Error>>) -> Result<(), tungstenite::Error> {
    clock::within(ACK, sending).await.unwrap_or(Err(tungstenite::Error::ConnectionClosed))
}
