//! Accounts and keys, cared for by somebody who signed in. Whoever holds the data itself is asked nothing: see
//! [`Accounts`](crate::Accounts).

use jiff::{SignedDuration, Timestamp};
use store::{Account, AccountRole, Key};
use terms::Scope;

use crate::accounts::{Issued, Principal};
use crate::desk::Desk;
use crate::error::Error;

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// For whom; oneself where nobody is named.
    pub owner: Option<String>,
    /// What it is for.
    pub label: String,
    /// How far it reaches.
    pub scopes: Vec<Scope>,
    /// How long it lasts; until it is ended where that is not said.
    pub lasts: Option<SignedDuration>,
}

impl Desk {
    /// All accounts, by name; for those who manage them.
    pub async fn people(&self, who: &Principal) -> Result<Vec<Account>, Error> {
        administers(who)?;
        self.accounts.list().await
    }

    /// Makes an account with a password.
    pub async fn make_account(
        &self,
        who: &Principal,
        name: &str,
        role: AccountRole,
        password: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        administers(who)?;
        self.accounts.create(&who.user.0, name, role, password, now).await
    }

    /// Closes somebody's account.
    pub async fn close_account(&self, who: &Principal, name: &str, now: Timestamp) -> Result<(), Error> {
        administers(who)?;
        self.accounts.close(&who.user.0, known(name)?, now).await
    }

    /// Sets a password: one's own, for which the present one is asked, or anybody else's for those who manage accounts.
    pub async fn set_password(
        &self,
        who: &Principal,
        name: &str,
        present: Option<&str>,
        password: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        if who.user.0 == name {
            manages_keys(who)?;
            if !self.accounts.opens(name, present.unwrap_or_default()).await? {
                return Err(Error::PresentPassword);
            }
        } else {
            administers(who)?;
        }
        self.accounts.set_password(&who.user.0, known(name)?, password, now).await
    }

    /// One's own keys that hold.
    pub async fn own_keys(&self, who: &Principal, now: Timestamp) -> Result<Vec<Key>, Error> {
        self.accounts.keys_of(&who.user.0, now).await
    }

    /// Makes a token that reaches no further than what `who` came in with.
    pub async fn make_token(&self, who: &Principal, new: NewToken, now: Timestamp) -> Result<Issued, Error> {
        manages_keys(who)?;
        let owner = new.owner.unwrap_or_else(|| who.user.0.clone());
        if owner != who.user.0 {
            administers(who)?;
        }
        if !new.scopes.iter().all(|scope| who.scopes.contains(scope)) {
            return Err(Error::Forbidden);
        }
        self.accounts.issue_token(&who.user.0, known(&owner)?, &new.label, &new.scopes, new.lasts, now).await
    }

    /// Ends one of one's own keys.
    pub async fn end_key(&self, who: &Principal, id: &str, now: Timestamp) -> Result<(), Error> {
        manages_keys(who)?;
        self.accounts.end_key(&who.user.0, &who.user.0, known(id)?, now).await
    }

    /// Makes the key to one's own feed of visits.
    pub async fn make_feed(&self, who: &Principal, now: Timestamp) -> Result<Issued, Error> {
        manages_keys(who)?;
        self.accounts.issue_feed(&who.user.0, now).await
    }

    /// Signs out: ends what `who` came in with.
    pub async fn sign_out(&self, who: &Principal, now: Timestamp) -> Result<(), Error> {
        match &who.key {
            Some(key) => self.accounts.end_key(&who.user.0, &who.user.0, key, now).await,
            None => Ok(()),
        }
    }
}

fn administers(who: &Principal) -> Result<(), Error> {
    if who.administers() { Ok(()) } else { Err(Error::Forbidden) }
}

/// A token that could make others would outlast its own end.
fn manages_keys(who: &Principal) -> Result<(), Error> {
    if who.scopes.contains(&Scope::Admin) { Ok(()) } else { Err(Error::Forbidden) }
}

/// A name with control characters is nobody's; some databases would not even look it up.
fn known(name: &str) -> Result<&str, Error> {
    if name.chars().any(char::is_control) { Err(Error::NotFound) } else { Ok(name) }
}
