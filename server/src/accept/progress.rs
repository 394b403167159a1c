//! How far a connection is: it waits for a request, or one is running.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Instant,
};

use axum::{body::Body, body::Bytes, response::Response};
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
    waiting: Instant,
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
                waiting: Instant::now(),
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

    /// Since when the connection waits for a request; none while one is running.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        let state = self.state();
        (!state.is_running()).then_some(state.waiting)
    }

    /// Ends the connection, unless a request is running; says whether it ends.
    pub(super) fn end_if_waiting(&self) -> bool {
        let mut state = self.state();
        if state.is_running() {
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
        state.waiting = Instant::now();
        drop(state);
        self.nothing_unwritten.notify_one();
        // Those who wait for a turn are woken without the lock.
        drop(taken);
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
