//! The TCP side of the pretend Slack: accepts connections that can be cut off at any moment, as a broken
//! network would. It knows nothing of HTTP or of Slack.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// One accepted connection, as far as cutting it is concerned.
#[derive(Clone, Default)]
pub struct Line(Arc<LineState>);

#[derive(Default)]
struct LineState {
    cut: AtomicBool,
    waiting: Mutex<Vec<Waker>>,
}

impl Line {
    /// From now on nothing is read from or written to the connection; the peer sees it break.
    pub fn cut(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
        for waker in self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            waker.wake();
        }
    }

    /// Whether the connection was cut; if not, `context` is woken when it is.
    fn is_cut(&self, context: &Context<'_>) -> bool {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.cut.load(Ordering::SeqCst) {
            return true;
        }
        if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            waiting.push(context.waker().clone());
        }
        false
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Line {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().line.clone()
    }
}

/// Every open connection, so that stopping ends them all.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<Weak<LineState>>>>);

impl Lines {
    /// Cuts every connection that is still open.
    pub fn cut_all(&self) {
        for line in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            if let Some(state) = line.upgrade() {
                Line(state).cut();
            }
        }
    }

    fn add(&self, line: &Line) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|known| known.strong_count() > 0);
        lines.push(Arc::downgrade(&line.0));
    }
}

/// A listener whose connections can be cut.
pub struct CuttableListener {
    inner: TcpListener,
    lines: Lines,
}

impl CuttableListener {
    /// Wraps a bound listener; its connections are added to `lines`.
    pub fn new(inner: TcpListener, lines: Lines) -> Self {
        Self { inner, lines }
    }
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (inner, address) = Listener::accept(&mut self.inner).await;
        if let Err(error) = inner.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays without TCP_NODELAY");
        }
        let line = Line::default();
        self.lines.add(&line);
        (CuttableStream { inner, line }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.inner.local_addr()
    }
}

/// A TCP stream that fails every operation once its [`Line`] is cut.
pub struct CuttableStream {
    inner: TcpStream,
    line: Line,
}

impl CuttableStream {
    fn broken() -> io::Error {
        io::Error::new(io::ErrorKind::ConnectionReset, "cut on purpose")
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.line.is_cut(cx) {
            return Poll::Ready(Err(Self::broken()));
        }
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.line.is_cut(cx) {
            return Poll::Ready(Err(Self::broken()));
        }
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.line.is_cut(cx) {
            return Poll::Ready(Err(Self::broken()));
        }
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
