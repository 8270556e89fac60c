//! Proxies that are configured: only they say whom they speak for, and whether they were reached over TLS. What anybody else says
//! of that is not read.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use aide::OperationInput;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::context::Context;
use crate::problem::Problem;

/// A proxy, or a network of them: an address, or one with how many of its bits are the network's, such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proxy {
    network: u128,
    mask: u128,
}

impl Proxy {
    fn contains(&self, address: IpAddr) -> bool {
        bits(address) & self.mask == self.network
    }
}

/// Addresses of version 4 lie within those of version 6.
fn bits(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl FromStr for Proxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no address; expected one such as 127.0.0.1, or a network such as 10.0.0.0/8");
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let all = if address.to_canonical().is_ipv4() { 32 } else { 128 };
        let length: u32 = length.map_or(Ok(all), |length| length.trim().parse().map_err(|_| wrong()))?;
        if length > all {
            return Err(wrong());
        }
        let mask = u128::MAX.checked_shl(all - length).unwrap_or(0);
        Ok(Self { network: bits(address) & mask, mask })
    }
}

/// Whether one of ours speaks.
pub(crate) fn is_ours(proxies: &[Proxy], peer: IpAddr) -> bool {
    proxies.iter().any(|proxy| proxy.contains(peer))
}

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// From where.
    pub address: IpAddr,
    /// Whether over TLS, as far as our proxy.
    pub by_tls: bool,
}

impl Way {
    /// By who connected to us and what was sent. However many lines a caller adds, what our own proxy adds comes after them: they
    /// are read from the last backwards, and the first address that is none of ours is whom the outermost of ours spoke with.
    pub fn of(peer: IpAddr, headers: &HeaderMap, proxies: &[Proxy]) -> Self {
        if !is_ours(proxies, peer) {
            return Self { address: peer, by_tls: false };
        }
        let mut address = peer;
        for told in listed(headers, "x-forwarded-for").iter().rev() {
            let Some(told) = address_in(told) else { break };
            address = told;
            if !is_ours(proxies, told) {
                break;
            }
        }
        let by_tls = listed(headers, "x-forwarded-proto").last().is_some_and(|told| told.eq_ignore_ascii_case("https"));
        Self { address, by_tls }
    }
}

/// What all lines of a name list together.
fn listed<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(str::trim).collect()
}

/// An address, as some write it with the port.
fn address_in(told: &str) -> Option<IpAddr> {
    told.parse().ok().or_else(|| told.parse::<SocketAddr>().ok().map(|told| told.ip()))
}

impl FromRequestParts<Context> for Way {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, context).await;
        let ConnectInfo(peer) = peer.map_err(|_| Problem::ours())?;
        Ok(Self::of(peer.ip(), &parts.headers, context.proxies()))
    }
}

impl OperationInput for Way {}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(texts: &[&str]) -> Vec<Proxy> {
        texts.iter().map(|text| text.parse().expect("a proxy")).collect()
    }

    fn way(peer: &str, lines: &[&str], known: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().expect("a value"));
        }
        Way::of(peer.parse().expect("an address"), &headers, &proxies(known)).address.to_string()
    }

    #[test]
    fn only_a_configured_proxy_speaks_for_others_whatever_lines_are_added() {
        let one = &["203.0.113.9, 198.51.100.7"][..];
        assert_eq!(way("127.0.0.1", one, &[]), "127.0.0.1");
        assert_eq!(way("192.0.2.1", one, &["127.0.0.1"]), "192.0.2.1");
        assert_eq!(way("127.0.0.1", one, &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(way("::ffff:127.0.0.1", one, &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(way("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.1");
        // A caller's own line stands before the proxy's.
        assert_eq!(way("127.0.0.1", &["203.0.113.9", "198.51.100.7"], &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(way("127.0.0.1", &["203.0.113.9, 10.1.2.3", "198.51.100.7"], &["127.0.0.1"]), "198.51.100.7");
        // Two of ours, one behind the other.
        assert_eq!(
            way("127.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.5"], &["127.0.0.1", "10.0.0.0/8"]),
            "198.51.100.7"
        );
        // What is no address ends it: nothing before it is believed.
        assert_eq!(way("127.0.0.1", &["203.0.113.9, nonsense"], &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(way("127.0.0.1", &["203.0.113.9:4711"], &["127.0.0.1"]), "203.0.113.9");
        assert_eq!(way("2001:db8::1", &["2001:db8:1::9"], &["2001:db8::/48"]), "2001:db8:1::9");
    }

    #[test]
    fn that_it_came_over_tls_is_believed_of_a_configured_proxy_alone() {
        let by_tls = |peer: &str, lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-proto", line.parse().expect("a value"));
            }
            Way::of(peer.parse().expect("an address"), &headers, &proxies(&["127.0.0.1"])).by_tls
        };
        assert!(by_tls("127.0.0.1", &["https"]) && by_tls("127.0.0.1", &["http", "https"]));
        assert!(!by_tls("127.0.0.1", &["https", "http"]) && !by_tls("127.0.0.1", &[]));
        assert!(!by_tls("192.0.2.1", &["https"]));
    }

    #[test]
    fn a_network_is_read_and_anything_else_is_not() {
        let all = proxies(&["0.0.0.0/0"]);
        assert!(is_ours(&all, "203.0.113.9".parse().expect("an address")));
        assert!(!is_ours(&all, "2001:db8::1".parse().expect("an address")));
        let eight = proxies(&["10.9.8.7/8"]);
        assert!(is_ours(&eight, "10.255.0.1".parse().expect("an address")));
        assert!(!is_ours(&eight, "11.0.0.1".parse().expect("an address")));
        for wrong in ["", "proxy", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "::/129", "1.2.3"] {
            assert!(wrong.parse::<Proxy>().is_err(), "{wrong}");
        }
    }
}
