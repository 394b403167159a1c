//! Accepting connections: how many there can be, and how long a client can keep a connection waiting.
//!
//! HTTP/1.1 only. TLS ends before Gantry, and proxies and load balancers speak HTTP/1.1 to their targets unless
//! configured otherwise. HTTP/2 would add limits of its own (streams, resets, continuation frames) and give pages
//! nothing that they need.

mod descriptors;
mod places;
mod progress;
mod socket;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a broken assumption is a failed test")]
mod tests;

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tower::ServiceExt;
use tower_http::timeout::DeadlineBody;

use self::{
    places::Place,
    progress::{Connection, Progress, Sent},
    socket::Socket,
};
pub use self::{places::Places, progress::held};

/// The longest request head that is read, in bytes. Load balancers pass on at most 64 KiB.
const LONGEST_HEAD: usize = 64 * 1024;

/// How long to wait after the system has refused a connection because it has no descriptors left: it will not have
/// any a microsecond later either.
const PAUSE: Duration = Duration::from_millis(100);

/// How much of an answer the system buffers for a client, in bytes; it doubles this value. An answer counts as read
/// as soon as the rest of it fits into this buffer, and by default the system would let the buffer grow to megabytes
/// per connection.
const SEND_BUFFER: u32 = 256 * 1024;

/// How many connections can wait to be accepted.
const BACKLOG: u32 = 1_024;

/// Listens for connections.
///
/// # Errors
/// If the address is in use or does not belong to this machine.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // A restart does not have to wait for the connections of the previous process.
    socket.set_reuseaddr(true)?;
    // Accepted connections inherit this size.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `stop`, then until all running requests are answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    places: Arc<Places>,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Dropping a connection that gets no place closes it.
                let progress = Progress::new();
                if let Some(place) = places.admit(peer.ip(), &progress) {
                    let watcher = graceful.watcher();
                    let router = router.clone();
                    tokio::spawn(connection(stream, peer, router, place, progress, watcher));
                }
            }
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                places.system_refused(&error);
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

/// Whether an error of `accept` belongs to a connection that is already gone, and not to the listener.
fn is_of_the_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// Serves one connection.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    place: Place,
    progress: Arc<Progress>,
    watcher: Watcher,
) {
    // A streamed page takes several writes: with Nagle's algorithm the second waits for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let settings = place.settings();
    let socket = Socket::new(stream, settings, Arc::clone(&progress));
    let service = service_fn(|request: Request<Incoming>| {
        let running = progress.begin();
        let body_timeout = settings.body_timeout;
        let mut request = request.map(|body| {
            let body = Box::pin(DeadlineBody::new(body_timeout, body));
            Body::new(Sent::new(body, Arc::clone(&progress)))
        });
        request.extensions_mut().insert(ConnectInfo(peer));
        let connection = Connection(Arc::clone(&progress));
        request.extensions_mut().insert(connection);
        let (progress, answer) = (Arc::clone(&progress), router.clone().oneshot(request));
        async move {
            let running = running?;
            progress.all_written().await;
            let Ok(answer) = answer.await;
            Ok::<_, io::Error>(running.until_sent(answer))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // Counted from the end of the previous answer. The socket limits the time for a head that has begun.
        .header_read_timeout(settings.keep_alive)
        .max_header_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(socket), service);
    tokio::select! {
        served = watcher.watch(connection) => if let Err(error) = served {
            tracing::debug!(%error, "A connection ended early");
        },
        // Another connection has taken its place.
        () = progress.ended() => {}
    }
    drop(place);
}
