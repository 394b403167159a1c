//! How far a connection is: it waits for a request, or one is running; and whether that waits for its client.

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
/// A request runs from its head to the last byte of its answer. hyper lets go of an answer's body as soon as it has
/// taken the last piece of it, which may be all of it; the socket knows when that is written.
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
    /// What is held for the answers that hyper has taken whole and that are not written yet.
    taken: Vec<Option<Turn>>,
    /// Since when the connection waits for a request, while none is running.
    idle: Instant,
    /// Since when an answer cannot be written because the client reads nothing.
    unread: Option<Instant>,
    /// Since when a request waits for its body or for a turn.
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
    /// Where the connection is ended: then the request is not run.
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

    /// How many requests had their head read.
    pub(super) fn begun(&self) -> usize {
        self.state().begun
    }

    /// Whether a request waits for its answer or for the rest of it.
    pub(super) fn is_running(&self) -> bool {
        self.state().is_running()
    }

    /// Since when the server waits: for a request, or in one for its body, for a turn or for the client to read. None
    /// while it works.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        self.state().waiting_since()
    }

    /// Ends the connection if the server waits; says whether it ends.
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

    /// Waits until every answer that hyper has taken is written. hyper takes the answers to requests that come one
    /// behind the other as soon as they are made, however much of them is not written yet.
    pub(super) async fn all_written(&self) {
        while !self.state().taken.is_empty() {
            self.nothing_unwritten.notified().await;
        }
    }

    /// Notes that everything which hyper has taken is written.
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
        // Those who wait for a turn are woken without the lock.
        drop(taken);
    }

    /// Notes whether the client reads nothing of what is written.
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

/// As an extension of a request: the connection that it came by.
#[derive(Debug, Clone)]
pub(super) struct Connection(pub(super) Arc<Progress>);

/// A request waits for its body or for a turn, until this is dropped.
#[derive(Debug)]
struct Held(Arc<Progress>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.state().held = None;
    }
}

/// Waits for somebody's turn. Meanwhile the connection makes room for another where there are too many.
pub async fn held<T>(extensions: &Extensions, turn: impl Future<Output = T>) -> T {
    let connection = extensions.get::<Connection>();
    let _held = connection.map(|Connection(progress)| progress.hold());
    turn.await
}

/// A request's body, which notes that it is waited for: from the first wait until all of it is there.
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
            // Pieces of it change nothing: whoever sends a byte now and then keeps the server waiting.
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

/// A request whose answer hyper has not taken whole.
#[derive(Debug)]
pub(super) struct Running {
    progress: Arc<Progress>,
    turn: Option<Turn>,
}

impl Running {
    /// The answer. What it holds is held until it is written.
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
