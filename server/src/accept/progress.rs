//! The state of a connection: waiting for a request or running one, and whether a running request waits for its
//! client.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Instant,
};

use axum::{body::Body, body::Bytes, response::Response};
use http::Extensions;
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;

use crate::turns::Turn;

/// The requests of one connection.
///
/// A request runs from its head to the last byte of its answer. hyper drops an answer's body as soon as it has taken
/// the last piece of it, which may be all of it. Only the socket knows when that piece is written.
#[derive(Debug)]
pub(super) struct Progress {
    state: Mutex<State>,
    ending: Notify,
    nothing_unwritten: Notify,
}

#[derive(Debug)]
struct State {
    begun: usize,
    sent: usize,
    /// The turns held for answers that hyper has taken completely and that are not written yet.
    taken: Vec<Option<Turn>>,
    /// When the connection began to wait for a request. Only meaningful while no request is running.
    idle: Instant,
    /// When the client stopped reading, if an answer cannot be written because of it.
    unread: Option<Instant>,
    /// When a request began to wait for its body or for a turn.
    held: Option<Instant>,
    ended: bool,
}

impl Progress {
    /// A connection that waits for its first request.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                begun: 0,
                sent: 0,
                taken: Vec::new(),
                idle: Instant::now(),
                unread: None,
                held: None,
                ended: false,
            }),
            ending: Notify::new(),
            nothing_unwritten: Notify::new(),
        })
    }

    /// Counts a request whose head has been read.
    ///
    /// # Errors
    /// If the connection has been ended. Then the request must not run.
    pub(super) fn begin(self: &Arc<Self>) -> io::Result<Running> {
        let mut state = self.state();
        if state.ended {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        state.begun += 1;
        Ok(Running {
            progress: Arc::clone(self),
            turn: None,
        })
    }

    /// How many request heads have been read.
    pub(super) fn begun(&self) -> usize {
        self.state().begun
    }

    /// Whether a request waits for its answer or for the rest of it.
    pub(super) fn is_running(&self) -> bool {
        self.state().is_running()
    }

    /// When the server began to wait: for a request, or within a request for its body, for a turn or for the client
    /// to read. None while the server works.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        self.state().waiting_since()
    }

    /// Ends the connection if the server is waiting. Returns whether it did.
    pub(super) fn end_if_waiting(&self) -> bool {
        let mut state = self.state();
        if state.waiting_since().is_none() {
            return false;
        }
        state.ended = true;
        self.ending.notify_one();
        true
    }

    /// Waits until the connection has to end.
    pub(super) async fn ended(&self) {
        self.ending.notified().await;
    }

    /// Waits until every answer that hyper has taken is written. hyper takes the answers to pipelined requests as
    /// soon as they are ready, no matter how much of them is still unwritten.
    pub(super) async fn all_written(&self) {
        while !self.state().taken.is_empty() {
            self.nothing_unwritten.notified().await;
        }
    }

    /// Records that everything hyper has taken is written.
    pub(super) fn written(&self) {
        let mut state = self.state();
        if state.taken.is_empty() {
            return;
        }
        let taken = std::mem::take(&mut state.taken);
        state.sent += taken.len();
        state.idle = Instant::now();
        drop(state);
        self.nothing_unwritten.notify_one();
        // Wakes requests that wait for a turn only after the lock is released.
        drop(taken);
    }

    /// Records whether the client has stopped reading.
    pub(super) fn unread(&self, is_unread: bool) {
        self.state().unread = is_unread.then(Instant::now);
    }

    fn hold(self: &Arc<Self>) -> Held {
        self.state().held.get_or_insert_with(Instant::now);
        Held(Arc::clone(self))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic leaves no change half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_running(&self) -> bool {
        self.begun != self.sent
    }

    fn waiting_since(&self) -> Option<Instant> {
        if self.is_running() {
            return self.unread.into_iter().chain(self.held).min();
        }
        Some(self.idle)
    }
}

/// A request extension: the connection that the request came through.
#[derive(Debug, Clone)]
pub(super) struct Connection(pub(super) Arc<Progress>);

/// Marks a request as waiting for its body or for a turn until this is dropped.
#[derive(Debug)]
struct Held(Arc<Progress>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.state().held = None;
    }
}

/// Waits for `turn`. Meanwhile the connection can be ended to make room for another.
pub async fn held<T>(extensions: &Extensions, turn: impl Future<Output = T>) -> T {
    let connection = extensions.get::<Connection>();
    let _held = connection.map(|Connection(progress)| progress.hold());
    turn.await
}

/// A request's body. It counts as waited for from the first wait until all of it has arrived.
#[derive(Debug)]
pub(super) struct Sent<Whole> {
    body: Whole,
    progress: Arc<Progress>,
    held: Option<Held>,
}

impl<Whole> Sent<Whole> {
    pub(super) fn new(body: Whole, progress: Arc<Progress>) -> Self {
        Self {
            body,
            progress,
            held: None,
        }
    }
}

impl<Whole: hyper::body::Body + Unpin> hyper::body::Body for Sent<Whole> {
    type Data = Whole::Data;
    type Error = Whole::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Whole::Data>, Whole::Error>>> {
        let this = &mut *self;
        let polled = Pin::new(&mut this.body).poll_frame(context);
        match &polled {
            Poll::Pending => {
                let progress = &this.progress;
                this.held.get_or_insert_with(|| progress.hold());
            }
            // A partial body changes nothing: a client that sends one byte now and then still keeps the server
            // waiting.
            Poll::Ready(Some(Ok(_))) => {}
            Poll::Ready(_) => this.held = None,
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A request whose answer hyper has not taken completely.
#[derive(Debug)]
pub(super) struct Running {
    progress: Arc<Progress>,
    turn: Option<Turn>,
}

impl Running {
    /// The answer, which keeps what it holds until it is written.
    pub(super) fn until_sent(mut self, mut answer: Response) -> Response<Answer> {
        self.turn = answer.extensions_mut().remove();
        answer.map(|body| Answer {
            body,
            _running: self,
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let turn = self.turn.take();
        self.progress.state().taken.push(turn);
    }
}

/// An answer's body.
#[derive(Debug)]
pub(super) struct Answer {
    body: Body,
    _running: Running,
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
