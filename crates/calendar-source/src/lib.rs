//! Fetches a calendar from its address, and from nowhere that it should not: whoever may name an address must not be able
//! to make this machine knock at doors inside its own network. So only HTTPS to public addresses is asked, unless whoever
//! runs the desk allows a host by name.

mod public;

use std::borrow::Cow;
use std::net::SocketAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::public::is_public;

/// The largest calendar that is read.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// How long it may take, all in all.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it may be sent elsewhere.
const REDIRECTS: u32 = 3;

/// Why a calendar was not fetched. Says nothing of the address, which is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no address, or not one of HTTPS.
    #[error("that is no address of a calendar; give one that begins with https:// or webcal://")]
    Address,
    /// The host lies inside, and is not allowed.
    #[error("the calendar's host is not a public one; whoever runs the desk can allow it with --calendar-host")]
    Inside,
    /// The host said no, or sent us elsewhere where we do not follow.
    #[error("the calendar's host answered {0}; copy the calendar's private address in iCal format once more")]
    Status(u16),
    /// It is too large.
    #[error("the calendar is larger than 4 MiB; export a shorter time of it")]
    TooLarge,
    /// It is no text.
    #[error("what the host sent is no text; give the address of an .ics calendar")]
    NotText,
    /// It could not be reached.
    #[error("the calendar's host can't be reached; check the address, or try again later")]
    Unreachable,
}

/// Fetches calendars.
#[derive(Clone, Debug, Default)]
pub struct Fetcher {
    allowed: Vec<String>,
}

impl Fetcher {
    /// One that may ask the hosts in `allowed` (`"calendar.example.internal"`, `"127.0.0.1:5232"`) too, without HTTPS and
    /// wherever they lie.
    pub fn new(allowed: Vec<String>) -> Self {
        Self { allowed }
    }

    /// The text at an address. Blocks.
    pub fn fetch(&self, address: &str) -> Result<String, Refused> {
        let address = address.trim();
        let address = match address.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") => format!("https://{rest}"),
            _ => address.to_owned(),
        };
        let uri: Uri = address.parse().map_err(|_| Refused::Address)?;
        let allowed = self.allows(&uri);
        if !allowed && uri.scheme_str() != Some("https") {
            return Err(Refused::Address);
        }
        let config = Config::builder()
            .https_only(!allowed)
            .max_redirects(if allowed { 0 } else { REDIRECTS })
            .max_redirects_will_error(true)
            .timeout_global(Some(PATIENCE))
            .proxy(None)
            .user_agent("Upstairs")
            .build();
        let resolver = Outside { inner: DefaultResolver::default(), anywhere: allowed };
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
        let mut response = agent.get(uri).header("accept", "text/calendar").call().map_err(refused)?;
        if !response.status().is_success() {
            return Err(Refused::Status(response.status().as_u16()));
        }
        if response.body().content_length().is_some_and(|length| length > MOST_BYTES) {
            return Err(Refused::TooLarge);
        }
        let bytes = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec().map_err(refused)?;
        terms::text_of(&bytes).map(Cow::into_owned).map_err(|_| Refused::NotText)
    }

    fn allows(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else { return false };
        let port = uri.port_u16();
        self.allowed.iter().any(|allowed| match (allowed.rsplit_once(':'), port) {
            (Some((name, number)), Some(port)) if name.eq_ignore_ascii_case(host) => number == port.to_string(),
            _ => allowed.eq_ignore_ascii_case(host),
        })
    }
}

fn refused(error: ureq::Error) -> Refused {
    match error {
        ureq::Error::StatusCode(status) => Refused::Status(status),
        ureq::Error::BodyExceedsLimit(_) => Refused::TooLarge,
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => Refused::Address,
        ureq::Error::TooManyRedirects => Refused::Status(302),
        ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::InvalidData => Refused::NotText,
        ureq::Error::Other(cause) => cause.downcast_ref::<Refused>().copied().unwrap_or(Refused::Unreachable),
        _ => Refused::Unreachable,
    }
}

/// Finds addresses, and of those not public only where anywhere is allowed. It is asked anew at every redirection, and what
/// it gives is what is connected to: a name can't lead elsewhere between the look and the call.
#[derive(Debug)]
struct Outside {
    inner: DefaultResolver,
    anywhere: bool,
}

impl Resolver for Outside {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let fits = |address: &&SocketAddr| self.anywhere || is_public(address.ip());
        if found.iter().all(|address| fits(&address)) {
            Ok(found)
        } else {
            Err(ureq::Error::Other(Box::new(Refused::Inside)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;

    /// A host that gives one answer to whoever asks, and its address.
    fn host(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        address.to_string()
    }

    const CALENDAR: &str = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\nconnection: close\r\n\r\nBEGIN:VCALENDAR";

    #[test]
    fn a_host_that_is_allowed_is_asked() {
        let host = host(CALENDAR);
        let fetched = Fetcher::new(vec![host.clone()]).fetch(&format!("http://{host}/private/calendar.ics"));
        assert_eq!(fetched.as_deref(), Ok("BEGIN:VCALENDAR"));
    }

    #[test]
    fn nothing_inside_is_asked() {
        let host = host(CALENDAR);
        let port = host.rsplit_once(':').unwrap().1;
        let other = Fetcher::new(vec!["127.0.0.1:1".to_owned(), "other".to_owned()]);
        for address in
            [format!("https://{host}/"), format!("https://localhost:{port}/"), format!("webcal://[::1]:{port}/")]
        {
            assert_eq!(other.fetch(&address), Err(Refused::Inside), "{address}");
        }
        for address in
            [format!("http://{host}/"), "file:///etc/passwd".to_owned(), "calendar".to_owned(), String::new()]
        {
            assert_eq!(other.fetch(&address), Err(Refused::Address), "{address}");
        }
    }

    #[test]
    fn an_allowed_host_can_not_send_us_elsewhere() {
        let inside = host(CALENDAR);
        let leaked: &'static str = format!(
            "HTTP/1.1 302 Found\r\nlocation: http://{inside}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
        .leak();
        let sends = host(leaked);
        assert_eq!(Fetcher::new(vec![sends.clone()]).fetch(&format!("http://{sends}/")), Err(Refused::Status(302)));
    }

    #[test]
    fn what_a_host_says_is_passed_on_without_the_address() {
        let gone = host("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let refused = Fetcher::new(vec![gone.clone()]).fetch(&format!("http://{gone}/secret")).unwrap_err();
        assert_eq!(refused, Refused::Status(404));
        assert!(!refused.to_string().contains("secret"));
        let huge = host("HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\nconnection: close\r\n\r\n");
        assert_eq!(Fetcher::new(vec![huge.clone()]).fetch(&format!("http://{huge}/")), Err(Refused::TooLarge));
        let closed = "127.0.0.1:1".to_owned();
        assert_eq!(Fetcher::new(vec![closed]).fetch("http://127.0.0.1:1/"), Err(Refused::Unreachable));
    }
}
