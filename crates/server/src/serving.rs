//! Connections: how many there may be, and how long each may take to say what it wants.
//!
//! Our own few lines over hyper: axum's own way to serve gives no time by which a request's head has to be there, so that
//! connections which send half of one, or nothing, would stay for ever.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

/// Connections at a time; whoever comes then waits to be let in.
const CONNECTIONS: usize = 4096;
/// How long the head of a request may take, from when a connection is made or its last answer was given.
const HEAD: Duration = Duration::from_secs(20);
/// How long what is under way may take once the program is to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait where the system lets nobody in, such as for want of files.
const REST: Duration = Duration::from_millis(500);

/// Connections that the system keeps until we come to them: beyond that it refuses them, and a rush of a few hundred is no
/// attack.
const WAITING: u32 = 1024;

/// Listens on an address.
pub fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A port that was served a moment ago can be served again. Elsewhere than on Unix this would mean more than that.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Answers whoever connects until `stop` is done, and finishes what is under way then.
pub(crate) async fn answer(listener: &TcpListener, router: &Router, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let (ends, ended) = watch::channel(());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < CONNECTIONS => match accepted {
                Ok((stream, peer)) => drop(connections.spawn(connection(stream, peer, router.clone(), ended.clone()))),
                // Whoever knocked has left.
                Err(cause) if is_theirs(cause.kind()) => {}
                Err(cause) => {
                    let cause = cause.to_string();
                    tracing::error!(cause, "nobody can be let in");
                    sleep(REST).await;
                }
            },
        }
    }
    drop((ends, ended));
    while connections.join_next().await.is_some() {}
}

fn is_theirs(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, mut ended: watch::Receiver<()>) {
    // An answer is one piece, and does not wait for more to send; where that can't be had, it does.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            Ok::<_, Infallible>(router.oneshot(request.map(Body::new)).await.unwrap_or_else(|never| match never {}))
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    // How a connection ends, by a caller who leaves or takes too long, is no matter of ours.
    tokio::select! {
        _ = &mut serving => return,
        _ = ended.changed() => {}
    }
    serving.as_mut().graceful_shutdown();
    let _ = timeout(GRACE, serving).await;
}
