//! Accounts: passwords, sessions and tokens.

use argon2::Params;
use jiff::{SignedDuration, Timestamp};
use negotiation::access::Hand;
use negotiation::party::User;
use store::{Account, AccountRole, Key, KeyKind, Note, Store};
use terms::Scope;

use crate::computing::Computing;
use crate::error::Error;
use crate::passwords::Passwords;
use crate::secret;

/// How long a session lasts.
const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// Somebody who came in, and how far they may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub user: User,
    /// What the account may do.
    pub role: AccountRole,
    /// How far what they came with reaches.
    pub scopes: Vec<Scope>,
    /// What they came with: the id of a session or token; `None` for whoever holds the data itself.
    pub key: Option<String>,
    /// Who made that for them; `None` where they did themselves.
    pub issuer: Option<String>,
}

impl Principal {
    /// Who acts, and how far.
    pub fn hand(&self) -> Hand<'_> {
        Hand { user: &self.user, scopes: &self.scopes }
    }

    /// What is logged of what they did: with a token that somebody else made for them, both are named.
    pub(crate) fn logged(&self, what: &str) -> String {
        match (&self.issuer, &self.key) {
            (Some(issuer), Some(key)) => format!("{what}, by the token {key} that {issuer} made"),
            _ => what.to_owned(),
        }
    }

    /// May manage accounts.
    pub fn administers(&self) -> bool {
        self.role == AccountRole::Admin && self.scopes.contains(&Scope::Admin)
    }
}

/// A key just made: the only time that its secret is seen.
pub struct Issued {
    /// What the key is called.
    pub id: String,
    /// The secret.
    pub secret: String,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

/// Makes and checks accounts.
#[derive(Debug)]
pub struct Accounts {
    store: Store,
    computing: Computing,
    passwords: Passwords,
}

impl Accounts {
    /// With the cost of a password's hash; [`Params::DEFAULT`] but in tests.
    pub(crate) fn new(store: Store, computing: Computing, params: Params) -> Self {
        Self { store, computing, passwords: Passwords::new(params) }
    }

    /// Makes an account with a password.
    pub async fn create(
        &self,
        by: &str,
        name: &str,
        role: AccountRole,
        password: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let account = self.new_account(name, role, password, now).await?;
        let what = format!("made the account {name} ({})", role.key());
        Ok(self.store.add_account(&account, &note(by, &what, now)).await?)
    }

    /// Makes the first account of all, which administers. Of many who try at once, one does.
    pub async fn create_first(&self, name: &str, password: &str, now: Timestamp) -> Result<(), Error> {
        let account = self.new_account(name, AccountRole::Admin, password, now).await?;
        let what = format!("made the first account {name} ({})", account.role.key());
        match self.store.add_first_account(&account, &note(name, &what, now)).await {
            Err(store::Error::Taken) => Err(Error::NotTheFirst),
            done => Ok(done?),
        }
    }

    async fn new_account(
        &self,
        name: &str,
        role: AccountRole,
        password: &str,
        now: Timestamp,
    ) -> Result<Account, Error> {
        check_name(name, "the name of an account")?;
        let password = self.hash(name, password).await?;
        Ok(Account { name: name.to_owned(), role, password, created_at: now, closed_at: None })
    }

    /// Sets another password, and ends the sessions that the old one opened.
    pub async fn set_password(&self, by: &str, name: &str, password: &str, now: Timestamp) -> Result<(), Error> {
        let mut account = self.store.account(name).await?.ok_or(Error::NotFound)?;
        account.password = self.hash(name, password).await?;
        let what = format!("set the password of {name}");
        self.store.change_account(&account, &note(by, &what, now)).await?;
        for key in self.store.keys_of(name).await? {
            if key.kind == KeyKind::Session && key.holds(now) {
                self.end_key(by, name, &key.id, now).await?;
            }
        }
        Ok(())
    }

    /// Closes an account: nothing opens it any more.
    pub async fn close(&self, by: &str, name: &str, now: Timestamp) -> Result<(), Error> {
        let mut account = self.store.account(name).await?.ok_or(Error::NotFound)?;
        account.closed_at.get_or_insert(now);
        let what = format!("closed the account {name}");
        Ok(self.store.change_account(&account, &note(by, &what, now)).await?)
    }

    /// All accounts, by name.
    pub async fn list(&self) -> Result<Vec<Account>, Error> {
        Ok(self.store.accounts().await?)
    }

    /// Whether there is any account.
    pub async fn any(&self) -> Result<bool, Error> {
        Ok(!self.store.accounts().await?.is_empty())
    }

    /// Signs in by password.
    pub async fn sign_in(&self, name: &str, password: &str, now: Timestamp) -> Result<Issued, Error> {
        if !self.opens(name, password).await? {
            return Err(Error::SignIn);
        }
        let key = NewKey { kind: KeyKind::Session, label: "signed in", scopes: Scope::ALL, lasts: Some(SESSION) };
        self.issue(name, name, key, now).await
    }

    /// Whether a password opens an account.
    pub(crate) async fn opens(&self, name: &str, password: &str) -> Result<bool, Error> {
        let known = if is_name(name) { self.store.account(name).await? } else { None };
        let open = known.filter(|account| account.closed_at.is_none() && !account.password.is_empty());
        // A name that nobody has takes as long as a wrong password.
        let against = open.as_ref().map_or_else(|| self.passwords.nobodys(), |account| account.password.clone());
        let fits = self.fits(name, password, against).await?;
        Ok(open.is_some() && fits)
    }

    /// Makes a token for a program.
    pub async fn issue_token(
        &self,
        by: &str,
        owner: &str,
        label: &str,
        scopes: &[Scope],
        lasts: Option<SignedDuration>,
        now: Timestamp,
    ) -> Result<Issued, Error> {
        let account = self.store.account(owner).await?;
        if account.is_none_or(|account| account.closed_at.is_some()) {
            return Err(Error::NoAccount);
        }
        if label.chars().count() > 64 || label.chars().any(char::is_control) {
            return Err(Error::Name("the label of a token"));
        }
        self.issue(by, owner, NewKey { kind: KeyKind::Token, label, scopes, lasts }, now).await
    }

    /// The keys to an account that hold.
    pub async fn keys_of(&self, owner: &str, now: Timestamp) -> Result<Vec<Key>, Error> {
        Ok(self.store.keys_of(owner).await?.into_iter().filter(|key| key.holds(now)).collect())
    }

    /// Ends a key.
    pub async fn end_key(&self, by: &str, owner: &str, id: &str, now: Timestamp) -> Result<(), Error> {
        let what = format!("ended the key {id} of {owner}");
        match self.store.end_key(owner, id, &note(by, &what, now)).await {
            Err(store::Error::Unknown) => Err(Error::NotFound),
            done => Ok(done?),
        }
    }

    /// Who a secret belongs to.
    pub async fn principal(&self, secret: &str, now: Timestamp) -> Result<Principal, Error> {
        let key = self.store.key(&secret::hash(secret)).await?.filter(|key| key.holds(now)).ok_or(Error::Unknown)?;
        if key.kind == KeyKind::Feed {
            return Err(Error::Unknown);
        }
        let account = self.store.account(&key.owner).await?.filter(|account| account.closed_at.is_none());
        let account = account.ok_or(Error::Unknown)?;
        Ok(Principal {
            user: User(account.name),
            role: account.role,
            scopes: key.scopes,
            key: Some(key.id),
            issuer: key.issuer,
        })
    }

    /// Makes the key to somebody's feed of visits. It opens that feed alone.
    pub async fn issue_feed(&self, owner: &str, now: Timestamp) -> Result<Issued, Error> {
        let key = NewKey { kind: KeyKind::Feed, label: "feed of visits", scopes: &[], lasts: None };
        self.issue(owner, owner, key, now).await
    }

    /// Whose feed a secret opens.
    pub async fn feed_owner(&self, secret: &str, now: Timestamp) -> Result<User, Error> {
        let key = self.store.key(&secret::hash(secret)).await?;
        let key = key.filter(|key| key.kind == KeyKind::Feed && key.holds(now)).ok_or(Error::NotFound)?;
        let account = self.store.account(&key.owner).await?.filter(|account| account.closed_at.is_none());
        account.map(|account| User(account.name)).ok_or(Error::NotFound)
    }

    /// Whoever holds the data itself acts as whom they name; where there are accounts, as one of those.
    pub async fn local(&self, name: &str) -> Result<Principal, Error> {
        check_name(name, "the name")?;
        let role = match self.store.account(name).await? {
            Some(account) if account.closed_at.is_none() => account.role,
            Some(_) => return Err(Error::NoAccount),
            None if self.any().await? => return Err(Error::NoAccount),
            None => AccountRole::Member,
        };
        Ok(Principal { user: User(name.to_owned()), role, scopes: Scope::ALL.to_vec(), key: None, issuer: None })
    }

    /// Whether somebody can be named to take part: where there are accounts, one of those.
    pub(crate) async fn can_be_named(&self, name: &str) -> Result<(), Error> {
        check_name(name, "the name of whoever takes part")?;
        match self.store.account(name).await? {
            Some(account) if account.closed_at.is_none() => Ok(()),
            None if !self.any().await? => Ok(()),
            _ => Err(Error::NoAccount),
        }
    }

    async fn issue(&self, by: &str, owner: &str, new: NewKey<'_>, now: Timestamp) -> Result<Issued, Error> {
        let (id, secret) = (secret::id()?, secret::secret()?);
        let expires_at = match new.lasts {
            Some(lasts) => Some(now.checked_add(lasts).map_err(|_| Error::Ours("a key would last too long"))?),
            None => None,
        };
        let key = Key {
            hash: secret::hash(&secret),
            id: id.clone(),
            kind: new.kind,
            owner: owner.to_owned(),
            label: new.label.to_owned(),
            scopes: new.scopes.to_vec(),
            created_at: now,
            expires_at,
            ended_at: None,
            issuer: (by != owner).then(|| by.to_owned()),
        };
        let what = match new.kind {
            KeyKind::Session => "signed in".to_owned(),
            KeyKind::Token => format!("made the token {id} for {owner}"),
            KeyKind::Feed => format!("made the feed {id} of visits"),
        };
        self.store.add_key(&key, &note(by, &what, now)).await?;
        Ok(Issued { id, secret, expires_at })
    }

    async fn hash(&self, name: &str, password: &str) -> Result<String, Error> {
        let (passwords, named, password) = (self.passwords.clone(), name.to_owned(), password.to_owned());
        self.computing.hash(name, move || passwords.kept(&named, &password)).await?
    }

    async fn fits(&self, name: &str, password: &str, kept: String) -> Result<bool, Error> {
        let (passwords, password) = (self.passwords.clone(), password.to_owned());
        self.computing.hash(name, move || passwords.fits(&password, &kept)).await
    }
}

struct NewKey<'a> {
    kind: KeyKind,
    label: &'a str,
    scopes: &'a [Scope],
    lasts: Option<SignedDuration>,
}

fn note<'a>(who: &'a str, what: &'a str, at: Timestamp) -> Note<'a> {
    Note { at, who, what, negotiation: "" }
}

/// Whether an account can be called so.
pub fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(fits)
}

fn check_name(name: &str, what: &'static str) -> Result<(), Error> {
    if is_name(name) { Ok(()) } else { Err(Error::Name(what)) }
}
