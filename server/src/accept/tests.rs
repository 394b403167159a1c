//! Large answers, and clients that do not read them.

use std::sync::atomic::{AtomicUsize, Ordering};

use access::{PersonId, RequestOrigin};
use axum::{body::Bytes, response::IntoResponse, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    time::timeout,
};

use super::*;
use crate::{config::ConnectionSettings, limit::LimitSettings, turns::Turns};

/// Larger than the buffers of both ends.
const LARGE: usize = 16 * 1024 * 1024;

/// Longer than a piece takes to arrive.
const SOON: Duration = Duration::from_millis(300);

async fn serving(settings: ConnectionSettings) -> (SocketAddr, Arc<AtomicUsize>) {
    serving_answers(settings, LARGE).await
}

/// Serves one answer of this many bytes to one person who has two turns. Returns a count of the answers made.
async fn serving_answers(
    settings: ConnectionSettings,
    bytes: usize,
) -> (SocketAddr, Arc<AtomicUsize>) {
    let turns = Arc::new(Turns::new(&LimitSettings {
        person_at_once: std::num::NonZeroU32::new(2).unwrap(),
        ..LimitSettings::default()
    }));
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let answer = async move || {
        let (person, request_origin) = (
            PersonId::new("tests", "ana"),
            RequestOrigin {
                address: None,
                request: "r".into(),
            },
        );
        let Ok(turn) = turns.of_person(&person, "/", &request_origin).await else {
            return http::StatusCode::TOO_MANY_REQUESTS.into_response();
        };
        count.fetch_add(1, Ordering::SeqCst);
        turn.until_sent(Bytes::from(vec![0; bytes]).into_response())
    };
    let socket = TcpSocket::new_v4().unwrap();
    // Connections inherit this size: the client takes little at a time.
    socket.set_send_buffer_size(8 * 1024).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(64).unwrap();
    let address = listener.local_addr().unwrap();
    let places = Places::new("tests", settings, Vec::new());
    let router = Router::new().route("/", get(answer));
    tokio::spawn(serve(listener, router, places, std::future::pending()));
    (address, made)
}

async fn ask(address: SocketAddr) -> TcpStream {
    ask_often(address, 1).await
}

/// A connection with pipelined requests whose answers are not read.
async fn ask_often(address: SocketAddr, requests: usize) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(&request.repeat(requests)).await.unwrap();
    stream
}

#[tokio::test]
async fn unread_answers_are_limited_to_a_persons_turns() {
    let (address, made) = serving(ConnectionSettings::default()).await;
    let mut unread = Vec::new();
    for _ in 0..20 {
        unread.push(ask(address).await);
    }
    tokio::time::sleep(SOON).await;
    assert_eq!(made.load(Ordering::SeqCst), 2);
    // An answer that is read to its end makes room for one more.
    let (mut left, mut buffer) = (LARGE, vec![0; 1024 * 1024]);
    while left > 0 {
        left = left.saturating_sub(unread[0].read(&mut buffer).await.unwrap());
    }
    tokio::time::sleep(SOON).await;
    assert_eq!(made.load(Ordering::SeqCst), 3);
    // A connection that ends makes room too.
    drop(unread.remove(1));
    tokio::time::sleep(SOON).await;
    assert_eq!(made.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn requests_behind_an_unread_answer_wait() {
    let (address, made) = serving(ConnectionSettings::default()).await;
    let _unread = ask_often(address, 20).await;
    tokio::time::sleep(SOON).await;
    assert_eq!(
        made.load(Ordering::SeqCst),
        1,
        "even though the person has two turns"
    );
}

#[tokio::test]
async fn an_answer_that_is_read_too_slowly_ends() {
    let settings = ConnectionSettings {
        body_timeout: Duration::from_secs(1),
        ..ConnectionSettings::default()
    };
    ends_when_read_slowly(serving(settings).await.0, 1).await;
}

#[tokio::test]
async fn answers_to_pipelined_requests_are_timed_together() {
    let settings = ConnectionSettings {
        // Longer than any single wait.
        body_timeout: Duration::from_secs(2),
        ..ConnectionSettings::default()
    };
    let (address, _) = serving_answers(settings, 3_000).await;
    ends_when_read_slowly(address, 1_000).await;
}

/// Sends this many requests and reads a little of the answers now and then.
async fn ends_when_read_slowly(address: SocketAddr, requests: usize) {
    let mut stream = ask_often(address, requests).await;
    // Small enough that no wait takes a second.
    let (mut read, mut buffer) = (0, [0; 1_280]);
    for _ in 0..80 {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(bytes) => read += bytes,
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    unreachable!("after {read} bytes the connection is still open");
}

#[tokio::test]
async fn the_system_buffers_little_of_an_unread_answer() {
    let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let _unread = ask(listener.local_addr().unwrap()).await;
    let (accepted, _) = listener.accept().await.unwrap();
    let (piece, mut taken) = (vec![0; 64 * 1024], 0);
    // Until the socket takes no more.
    while timeout(SOON, accepted.writable()).await.is_ok() {
        taken += accepted.try_write(&piece).unwrap_or_default();
    }
    assert!((1..1024 * 1024).contains(&taken), "{taken}");
}
