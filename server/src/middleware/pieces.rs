//! Splits large answers into small pieces, so that compressing one does not block a thread for other requests.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    response::Response,
};
use hyper::body::{Frame, SizeHint};

/// The largest piece, in bytes: compressing it takes less than a millisecond.
const PIECE: usize = 64 * 1024;

/// Passes an answer's body on in pieces, with a pause after each.
pub async fn cut(response: Response) -> Response {
    response.map(|body| {
        Body::new(Pieces {
            body,
            rest: Bytes::new(),
            is_paused: false,
        })
    })
}

#[derive(Debug)]
struct Pieces {
    body: Body,
    /// The rest of the chunk that the body returned.
    rest: Bytes,
    is_paused: bool,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if this.rest.is_empty() {
            let frame = match ready!(Pin::new(&mut this.body).poll_frame(context)) {
                Some(Ok(frame)) => frame,
                ended => return Poll::Ready(ended),
            };
            match frame.into_data() {
                Ok(data) => this.rest = data,
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            }
        } else if !this.is_paused {
            this.is_paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        this.is_paused = false;
        let piece = this.rest.split_to(this.rest.len().min(PIECE));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(rest.saturating_add(body.lower()));
        if let Some(upper) = body.upper() {
            hint.set_upper(rest.saturating_add(upper));
        }
        hint
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a body that fails is a failed test")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_large_answer_is_passed_on_in_pieces_with_a_pause_after_each() {
        let whole: Vec<u8> = (0..PIECE * 3 + 7).map(|n| (n % 251) as u8).collect();
        let mut body = cut(Response::new(Body::from(whole.clone())))
            .await
            .into_body();
        let (mut pieces, mut pauses, mut read) = (0, 0, Vec::new());
        loop {
            assert_eq!(
                body.size_hint().exact(),
                Some((whole.len() - read.len()) as u64)
            );
            let polled = futures::poll!(std::future::poll_fn(|context| {
                Pin::new(&mut body).poll_frame(context)
            }));
            match polled {
                Poll::Pending => pauses += 1,
                Poll::Ready(Some(frame)) => {
                    let piece = frame.unwrap().into_data().unwrap();
                    assert!(piece.len() <= PIECE);
                    read.extend_from_slice(&piece);
                    pieces += 1;
                }
                Poll::Ready(None) => break,
            }
        }
        assert_eq!((pieces, pauses), (4, 3));
        assert!(read == whole);
    }
}
