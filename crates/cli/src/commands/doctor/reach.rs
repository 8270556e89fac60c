//! How people come in: the address that the desk answers on, and what lies between it and them.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use super::check::Check;
use crate::commands::desk::serve;

/// How long a desk that is there may take to say so.
const PATIENCE: Duration = Duration::from_secs(3);
/// As much of an answer as is read.
const ANSWER_BYTES: u64 = 4096;

/// All of it.
pub fn checks(desk: &serve::Args) -> Vec<Check> {
    vec![address(desk.listen), transport(desk.listen), hosts(&desk.calendar_hosts)]
}

fn address(address: SocketAddr) -> Check {
    let Err(cause) = TcpListener::bind(address) else {
        return Check::ok("address", format!("{address} is free for `upstairs serve`"));
    };
    let found = format!("{address} can't be answered on: {cause}");
    match cause.kind() {
        ErrorKind::AddrInUse => taken(address),
        ErrorKind::PermissionDenied => Check::fail(
            "address",
            found,
            "Choose a port of 1024 or more with --listen, or let a proxy answer on the lower one.",
        ),
        ErrorKind::AddrNotAvailable => {
            Check::fail("address", found, "Choose an address of this machine with --listen, such as 127.0.0.1:8750.")
        }
        _ => Check::fail("address", found, "Choose another with --listen."),
    }
}

/// Somebody answers there: a desk, or another program.
fn taken(address: SocketAddr) -> Check {
    match answer(address) {
        Ok(said) if said.ends_with("\r\n\r\nready\n") => Check::ok("address", format!("a desk answers on {address}")),
        Ok(said) if said.ends_with("the database does not answer\n") => {
            let mend = "See the log of that desk, and the check of the database here.";
            Check::fail("address", format!("a desk answers on {address}, and its database does not"), mend)
        }
        _ => {
            let mend = "Choose another with --listen, or stop what answers there.";
            Check::fail("address", format!("{address} is taken by another program"), mend)
        }
    }
}

fn answer(address: SocketAddr) -> std::io::Result<String> {
    let near = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    let mut stream = TcpStream::connect_timeout(&SocketAddr::new(near, address.port()), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut said = String::new();
    stream.take(ANSWER_BYTES).read_to_string(&mut said)?;
    Ok(said)
}

fn transport(address: SocketAddr) -> Check {
    if address.ip().is_loopback() {
        let found = "only this machine is answered, without TLS; cookies are not marked secure";
        return Check::ok("transport", format!("{found}; for people elsewhere put a proxy with TLS before it"));
    }
    let mend = "Put a proxy with TLS on this machine before it, and let the desk answer on 127.0.0.1.";
    let found =
        "other machines are answered without TLS, and browsers keep no session, since cookies are marked secure";
    Check::warn("transport", found, mend)
}

fn hosts(allowed: &[String]) -> Check {
    let found = "calendars are fetched over HTTPS from public hosts";
    match allowed {
        [] => Check::ok("fetching", format!("{found} alone")),
        some => Check::ok("fetching", format!("{found}, and from {}", some.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    /// Somebody who gives one answer, once, and the address.
    fn somebody(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                assert!(stream.read(&mut [0; 512]).unwrap() > 0);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        address
    }

    #[test]
    fn a_desk_that_answers_is_told_from_another_program() {
        let desk = somebody("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nready\n");
        assert_eq!(address(desk).state, State::Ok);
        let without = somebody("HTTP/1.1 503 Service Unavailable\r\n\r\nthe database does not answer\n");
        assert!(address(without).found.contains("database"));
        let other = somebody("220 mail.example ESMTP\r\n");
        let found = address(other);
        assert!(found.state == State::Fail && found.found.contains("another program"), "{found:?}");
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_eq!(address(free).state, State::Ok);
    }

    #[test]
    fn an_address_of_another_machine_is_said_to_be_one() {
        let elsewhere: SocketAddr = "192.0.2.1:8750".parse().unwrap();
        let found = address(elsewhere);
        assert!(found.state == State::Fail && found.mend.is_some_and(|mend| mend.contains("of this machine")));
        assert_eq!(transport(elsewhere).state, State::Warn);
    }
}
