//! What every route and page is handed: the desk, the time, and what is counted of late.

use std::net::IpAddr;
use std::sync::Arc;

use app::{Desk, Issued, Principal};
use calendar_source::Fetcher;
use jiff::Timestamp;

use crate::limit::{Attempts, Looks};
use crate::proxy::Proxy;

/// What tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a desk over HTTP is made of.
pub struct Setup {
    /// The desk.
    pub desk: Desk,
    /// What tells the time.
    pub clock: Clock,
    /// The token with which the first account is made, where there is none yet.
    pub welcome: Option<String>,
    /// What fetches calendars.
    pub fetcher: Fetcher,
    /// The proxies that speak for others.
    pub proxies: Vec<Proxy>,
}

/// What every route is handed.
#[derive(Clone)]
pub(crate) struct Context(Arc<Inner>);

struct Inner {
    setup: Setup,
    attempts: Attempts,
    looks: Looks,
    secure_cookies: bool,
}

impl Context {
    pub fn new(setup: Setup, secure_cookies: bool) -> Self {
        Self(Arc::new(Inner { setup, attempts: Attempts::default(), looks: Looks::default(), secure_cookies }))
    }

    pub fn desk(&self) -> &Desk {
        &self.0.setup.desk
    }

    pub fn now(&self) -> Timestamp {
        (self.0.setup.clock)()
    }

    /// The proxies that speak for others.
    pub fn proxies(&self) -> &[Proxy] {
        &self.0.setup.proxies
    }

    /// The token with which the first account is made.
    pub fn welcome(&self) -> Option<&str> {
        self.0.setup.welcome.as_deref()
    }

    /// Which looks were logged of late.
    pub fn looks(&self) -> &Looks {
        &self.0.looks
    }

    /// Signs in by password from an address, unless it was tried too often.
    pub async fn sign_in_from(
        &self,
        address: Option<IpAddr>,
        name: &str,
        password: &str,
    ) -> Result<Issued, app::Error> {
        let now = self.now();
        self.0.attempts.another(name, address, now)?;
        let issued = self.desk().accounts.sign_in(name, password, now).await?;
        self.0.attempts.forget(name, address);
        Ok(issued)
    }

    /// Sets a password. How often one's own present one is tried is counted as signing in is.
    pub async fn set_password(
        &self,
        who: &Principal,
        name: &str,
        present: Option<&str>,
        password: &str,
    ) -> Result<(), app::Error> {
        let now = self.now();
        if who.user.0 == name {
            self.0.attempts.another(name, None, now)?;
        }
        self.desk().set_password(who, name, present, password, now).await?;
        self.0.attempts.forget(name, None);
        Ok(())
    }

    /// What a calendar at an address says, or why it can't be read.
    pub async fn fetch(&self, address: String) -> Result<String, String> {
        let fetcher = self.0.setup.fetcher.clone();
        let fetched = tokio::task::spawn_blocking(move || fetcher.fetch(&address)).await;
        // Where it broke off was logged there, by its place.
        fetched.map_err(|_| "the calendar's host can't be reached".to_owned())?.map_err(|refused| refused.to_string())
    }

    pub fn secure_cookies(&self) -> bool {
        self.0.secure_cookies
    }
}
