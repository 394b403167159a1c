//! Clients that hold connections open, and what is left for others.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

use crate::{browser::Dashboard, commands::Served};

const HALF_A_REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// One of the loopback addresses: each acts as a separate client.
pub fn client(number: u8) -> IpAddr {
    Ipv4Addr::new(127, 0, 1, number).into()
}

async fn connect(from: IpAddr, to: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    socket.connect(to).await
}

pub fn address(dashboard: &Dashboard) -> SocketAddr {
    dashboard
        .url
        .strip_prefix("http://")
        .unwrap()
        .parse()
        .unwrap()
}

/// Opens connections and sends half a request on each.
async fn half_requests(from: IpAddr, to: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = connect(from, to).await.unwrap();
        // A refused connection may be closed already.
        let _ = stream.write_all(HALF_A_REQUEST).await;
        streams.push(stream);
    }
    streams
}

/// Opens connections whose requests have been answered.
async fn idle(from: IpAddr, to: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = connect(from, to).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        let mut answer = vec![0; 4_096];
        assert!(stream.read(&mut answer).await.unwrap() > 0);
        streams.push(stream);
    }
    streams
}

/// Opens connections and sends a form with an unfinished body on each, with an additional header line.
pub async fn half_bodies(from: IpAddr, to: SocketAddr, count: usize, line: &str) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = connect(from, to).await.unwrap();
        let request = format!(
            "POST /preferences HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n{line}\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\nx"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    // By now the server has read them.
    tokio::time::sleep(Duration::from_millis(300)).await;
    streams
}

/// How many of these connections the server has not closed.
async fn open(streams: &mut [TcpStream]) -> usize {
    let mut open = 0;
    for stream in streams {
        let read = timeout(Duration::from_millis(100), stream.read(&mut [0; 64])).await;
        // An open connection sends nothing.
        open += usize::from(read.is_err());
    }
    open
}

/// Whether a new client gets an answer soon.
async fn is_answered(from: IpAddr, to: SocketAddr) -> bool {
    let asking = async {
        let mut stream = connect(from, to).await?;
        stream.write_all(REQUEST).await?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await?;
        io::Result::Ok(&answer == b"HTTP/1.1 200")
    };
    matches!(timeout(Duration::from_secs(2), asking).await, Ok(Ok(true)))
}

/// Reads until the server closes the connection, which must happen within a time. Returns what was read.
async fn read_to_end(stream: &mut TcpStream, within: Duration) -> String {
    let mut answer = Vec::new();
    // A reset connection has ended too.
    let ended = timeout(within, stream.read_to_end(&mut answer)).await;
    assert!(ended.is_ok(), "the connection is still open");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn half_sent_requests_are_closed_and_do_not_block_others() {
    let dashboard = Dashboard::with("[server]\nheader_timeout = \"4s\"").await;
    let to = address(&dashboard);
    let started = Instant::now();
    let mut streams = Vec::new();
    for number in 1..=15 {
        streams.extend(half_requests(client(number), to, 100).await);
    }
    assert!(
        is_answered(client(100), to).await,
        "after {:?}",
        started.elapsed()
    );
    for stream in &mut streams {
        read_to_end(stream, Duration::from_secs(6)).await;
    }
    assert!(started.elapsed() < Duration::from_secs(12));
}

#[tokio::test]
async fn a_head_that_trickles_ends_in_time() {
    let dashboard = Dashboard::with("[server]\nheader_timeout = \"1s\"").await;
    let mut stream = connect(client(1), address(&dashboard)).await.unwrap();
    // One answered request first: the time limit applies to each head.
    stream.write_all(REQUEST).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let started = Instant::now();
    while stream.write_all(b"G").await.is_ok() {
        assert!(
            started.elapsed() < Duration::from_secs(4),
            "it is still open"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(started.elapsed() > Duration::from_millis(800));
}

#[tokio::test]
async fn one_address_cannot_take_all_connections() {
    let limits = "max_connections = 20\nmax_connections_per_address = 10";
    let dashboard = Dashboard::with(&format!("[server]\n{limits}")).await;
    let to = address(&dashboard);
    let mut neighbour = idle(client(2), to, 1).await;
    let mut streams = half_requests(client(1), to, 40).await;
    assert_eq!(open(&mut streams).await, 10);
    assert_eq!(open(&mut neighbour).await, 1);
    // Its own connections make room too.
    assert!(is_answered(client(1), to).await);
}

#[tokio::test]
async fn held_connections_do_not_block_others() {
    let limits = "max_connections = 40\nmax_connections_per_address = 5";
    let dashboard = Dashboard::with(&format!("[server]\n{limits}")).await;
    let to = address(&dashboard);
    let mut held = Vec::new();
    for number in 1..=4 {
        held.extend(idle(client(number), to, 5).await);
        held.extend(half_requests(client(number + 4), to, 5).await);
    }
    assert_eq!(open(&mut held).await, 40);
    let mut newcomers = Vec::new();
    for number in 100..120 {
        assert!(is_answered(client(number), to).await, "{number}");
        newcomers.extend(idle(client(number), to, 1).await);
    }
    assert_eq!(
        open(&mut newcomers).await,
        20,
        "the newest connection stays"
    );
    assert_eq!(open(&mut held).await, 20);
}

#[tokio::test]
async fn unfinished_bodies_do_not_block_others() {
    let limits = "max_connections = 8";
    let dashboard = Dashboard::with(&format!("[server]\n{limits}")).await;
    let to = address(&dashboard);
    let mut streams = Vec::new();
    for number in 1..=4 {
        streams.extend(half_bodies(client(number), to, 2, "").await);
    }
    // A byte now and then does not reset their waiting time.
    for stream in &mut streams {
        stream.write_all(b"x").await.unwrap();
    }
    let mut newcomers = Vec::new();
    for number in 100..104 {
        newcomers.extend(idle(client(number), to, 1).await);
    }
    assert_eq!(open(&mut streams).await, 4);
    assert_eq!(open(&mut newcomers).await, 4);
}

/// Opens connections and sends many requests on each, without reading an answer.
async fn unread(from: IpAddr, to: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        socket.bind((from, 0).into()).unwrap();
        let mut stream = socket.connect(to).await.unwrap();
        let requests = REQUEST.repeat(10_000);
        // The server stops reading while it cannot write.
        let _ = timeout(Duration::from_secs(1), stream.write_all(&requests)).await;
        streams.push(stream);
    }
    streams
}

#[tokio::test]
async fn unread_answers_do_not_block_others() {
    let limits = "max_connections = 8\nmax_connections_per_address = 2";
    let dashboard = Dashboard::with(&format!("[server]\n{limits}")).await;
    let to = address(&dashboard);
    let opening = (1..=4).map(|number| unread(client(number), to, 2));
    let _held = futures::future::join_all(opening).await;
    // By now all of them have unread answers.
    tokio::time::sleep(Duration::from_secs(2)).await;
    for number in 100..104 {
        assert!(is_answered(client(number), to).await, "{number}");
    }
    // Health checks of others at that address do not wait either.
    assert!(is_answered(client(1), to).await);
}

#[tokio::test]
async fn requests_that_wait_for_a_turn_do_not_block_others() {
    let limits = "[server]\nmax_connections = 6\n[limits]\nperson_at_once = 1";
    let dashboard = Dashboard::with(limits).await.ready().await;
    let ana = dashboard.person("ana").await;
    let cookie = format!("cookie: {}\r\n", ana.cookie);
    let to = address(&dashboard);
    let mut streams = Vec::new();
    for number in 1..=3 {
        streams.extend(half_bodies(client(number), to, 2, &cookie).await);
    }
    assert!(is_answered(client(100), to).await);
}

#[tokio::test]
async fn a_trusted_proxy_has_no_limit_of_its_own() {
    let limits = "max_connections = 40\nmax_connections_per_address = 2\n\
                  trusted_proxies = [\"127.0.1.1\"]";
    let dashboard = Dashboard::with(&format!("[server]\n{limits}")).await;
    let to = address(&dashboard);
    let _streams = half_requests(client(1), to, 20).await;
    assert!(is_answered(client(1), to).await);
}

#[tokio::test]
async fn idle_connections_end_later_than_half_sent_requests() {
    let times = "header_timeout = \"1s\"\nkeep_alive = \"4s\"";
    let dashboard = Dashboard::with(&format!("[server]\n{times}")).await;
    let mut stream = connect(client(1), address(&dashboard)).await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    stream.write_all(REQUEST).await.unwrap();
    let started = Instant::now();
    let answers = read_to_end(&mut stream, Duration::from_secs(8)).await;
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 2, "{answers}");
    assert!(started.elapsed() > Duration::from_secs(3));
}

#[tokio::test]
async fn a_body_that_trickles_ends_in_time() {
    let dashboard = Dashboard::with("[server]\nbody_timeout = \"1s\"").await;
    for path in ["/sign-in", "/preferences", "/lifecycle/preview", "/nowhere"] {
        let mut stream = connect(client(1), address(&dashboard)).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let started = Instant::now();
        while stream.write_all(b"x").await.is_ok() {
            assert!(
                started.elapsed() < Duration::from_secs(5),
                "{path} is still open"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test]
async fn an_unread_answer_ends_in_time() {
    const REQUESTS: usize = 3_000;
    let dashboard = Dashboard::with("[server]\nbody_timeout = \"1s\"").await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(address(&dashboard)).await.unwrap();
    let requests = b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(REQUESTS);
    // The server stops reading while it cannot write.
    let _ = timeout(Duration::from_secs(1), stream.write_all(&requests)).await;
    let closing = async {
        // An open connection takes the bytes, or has no room for them.
        let is_open = |sent: io::Result<usize>| {
            sent.or_else(|error| match error.kind() {
                io::ErrorKind::WouldBlock => Ok(0),
                _ => Err(error),
            })
        };
        while is_open(stream.try_write(b"x")).is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let closed = timeout(Duration::from_secs(30), closing).await;
    assert!(closed.is_ok(), "the connection is still open");
    let answers = read_to_end(&mut stream, Duration::from_secs(2)).await;
    assert!(answers.matches("HTTP/1.1 200").count() < REQUESTS);
}

#[tokio::test]
async fn http_2_is_not_supported() {
    let dashboard = Dashboard::start().await;
    let mut stream = connect(client(1), address(&dashboard)).await.unwrap();
    stream
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .await
        .unwrap();
    let answer = read_to_end(&mut stream, Duration::from_secs(2)).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_process_with_few_descriptors_reserves_some_for_other_uses() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let to = free.local_addr().unwrap();
    drop(free);
    let gantry = env!("CARGO_BIN_EXE_gantry");
    let script = format!("ulimit -n 256 && exec '{gantry}' demo --empty --listen {to}");
    let mut command = Command::new("sh");
    let command = command.args(["-c", &script]).env("GANTRY_LOG", "off");
    let _served = Served(command.stdout(Stdio::null()).spawn().unwrap());
    let mut tries = 0..200;
    while !is_answered(client(100), to).await {
        assert!(tries.next().is_some(), "no answer from the server");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let _streams = half_requests(client(1), to, 300).await;
    assert!(is_answered(client(100), to).await);
}
