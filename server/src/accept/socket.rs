//! A connection's socket. It gives up on a client that keeps the server waiting.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

use super::progress::Progress;
use crate::config::ConnectionSettings;

/// The lowest rate at which a client can read a whole answer, in bytes a second. A poor mobile connection is faster.
const SLOWEST: u64 = 16 * 1024;

/// A socket with deadlines: for the rest of a request's head, for a client that reads nothing of its answer, and for
/// a client that reads very slowly. A client that has sent no byte of the next head is not limited here: `keep_alive`
/// applies to it.
#[derive(Debug)]
pub(super) struct Socket {
    stream: TcpStream,
    settings: ConnectionSettings,
    progress: Arc<Progress>,
    /// How many requests had begun at the last check.
    begun: usize,
    /// The deadline for a head that has begun.
    head: Option<Pin<Box<Sleep>>>,
    answers: Reading,
}

/// How a client reads an answer, or several answers if requests are pipelined.
#[derive(Debug, Default)]
struct Reading {
    /// How many bytes the client has taken.
    bytes: u64,
    /// How long the server has waited for the client.
    waited: Duration,
    /// When the current wait began, and its deadline.
    unread: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Reading {
    /// How long the server can wait for the client now: up to `longest` at a time, and in total as long as the
    /// slowest allowed reader needs for what was written.
    fn patience(&self, longest: Duration) -> Duration {
        let whole = longest.saturating_add(Duration::from_secs(self.bytes / SLOWEST));
        longest.min(whole.saturating_sub(self.waited))
    }
}

impl Socket {
    /// The time for the first head starts now.
    pub(super) fn new(
        stream: TcpStream,
        settings: ConnectionSettings,
        progress: Arc<Progress>,
    ) -> Self {
        Self {
            stream,
            head: Some(Box::pin(sleep(settings.header_timeout))),
            settings,
            progress,
            begun: 0,
            answers: Reading::default(),
        }
    }

    /// Ends a write that has waited too long. If a client reads only a byte now and then, the system reports no
    /// progress: a good part of the send buffer must become free.
    fn written(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let answers = &mut self.answers;
        let Poll::Ready(written) = polled else {
            let patience = answers.patience(self.settings.body_timeout);
            let (_, unread) = answers.unread.get_or_insert_with(|| {
                self.progress.unread(true);
                (Instant::now(), timer(patience))
            });
            return expired(unread, context);
        };
        if let Some((since, _)) = answers.unread.take() {
            self.progress.unread(false);
            answers.waited += since.elapsed();
        }
        if let Ok(bytes) = written {
            answers.bytes += bytes as u64;
        }
        Poll::Ready(written)
    }
}

fn timer(after: Duration) -> Pin<Box<Sleep>> {
    Box::pin(sleep(after))
}

/// An error when the time is over.
fn expired<T>(timer: &mut Pin<Box<Sleep>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
    timer
        .as_mut()
        .poll(context)
        .map(|()| Err(io::ErrorKind::TimedOut.into()))
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let begun = this.progress.begun();
        if begun != this.begun {
            this.begun = begun;
            this.head = None;
        }
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            Poll::Ready(read) => {
                let is_head = buffer.filled().len() > before && !this.progress.is_running();
                if is_head && this.head.is_none() {
                    this.head = Some(timer(this.settings.header_timeout));
                }
                Poll::Ready(read)
            }
            Poll::Pending => {
                // No request was pipelined: the next answer is timed separately.
                if !this.progress.is_running() {
                    this.answers = Reading::default();
                }
                match &mut this.head {
                    Some(head) => expired(head, context),
                    None => Poll::Pending,
                }
            }
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // hyper calls this when it has nothing left to write.
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.progress.written();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
