//! Who has an account, and the keys that open it: sessions and tokens. Secrets are kept as hashes alone, which others
//! compute; each row carries a seal, a hash of the rest of it.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use terms::Scope;

use crate::chain::{Chain, held_head};
use crate::error::Error;
use crate::hash::hash;
use crate::log::{Note, note_down};
use crate::sealed::Sealed;
use crate::store::Store;
use crate::tally;
use crate::writing::Writing;

/// What an account may do besides taking part in negotiations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRole {
    /// Nothing.
    Member,
    /// Make and close accounts, and their tokens. It opens no negotiation.
    Admin,
}

impl AccountRole {
    /// As it is written.
    pub fn key(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Member, Self::Admin].into_iter().find(|role| role.key() == key)
    }
}

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: AccountRole,
    /// The hash of its password, in the form of the Password Hashing Competition; empty where none opens it.
    pub password: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Made by signing in.
    Session,
    /// Made for a program.
    Token,
    /// Opens a feed of visits to whoever has its address, and nothing else.
    Feed,
}

impl KeyKind {
    /// As it is written.
    pub fn key(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::Feed => "feed",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Session, Self::Token, Self::Feed].into_iter().find(|kind| kind.key() == key)
    }
}

/// A key to an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Hash of its secret.
    pub hash: String,
    /// What it is called where the secret must not be.
    pub id: String,
    /// What it is.
    pub kind: KeyKind,
    /// The account that it opens.
    pub owner: String,
    /// What it is for, in words.
    pub label: String,
    /// How far it reaches.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    /// Who made it for its owner; `None` where they did themselves.
    pub issuer: Option<String>,
}

impl Key {
    /// Whether it opens anything at a moment.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.ended_at.is_none() && self.expires_at.is_none_or(|end| at < end)
    }
}

/// Accounts.
pub(crate) const USERS: Sealed = Sealed {
    select: "SELECT name, role, password, created_at, closed_at, seal FROM users",
    insert: "INSERT INTO users (name, role, password, created_at, closed_at, seal) VALUES ($1, $2, $3, $4, $5, $6)",
    columns: 5,
    late: 0,
    is_silent: false,
    is_legible: |row| account_from(row).is_ok(),
    stays_behind: |_| false,
    altered: "an account was altered",
};

/// Keys to accounts.
pub(crate) const KEYS: Sealed = Sealed {
    select: "SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer, seal FROM keys",
    insert: "INSERT INTO keys (hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer, seal) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    columns: 10,
    late: 1,
    is_silent: false,
    is_legible: |row| key_from(row).is_ok(),
    stays_behind: |row| row.texts[2] == KeyKind::Session.key(),
    altered: "a key was altered",
};

impl Store {
    /// Makes the first account of all: of many who would, one does.
    pub async fn add_first_account(&self, account: &Account, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        // Held until this is over: PostgreSQL would let two see that there is nobody.
        held_head(&mut transaction, self.dialect, Chain::Log).await?;
        if sqlx::query("SELECT name FROM users LIMIT 1").fetch_optional(&mut *transaction).await?.is_some() {
            return Err(Error::Taken);
        }
        self.add(transaction, account, note).await
    }

    /// Makes an account.
    pub async fn add_account(&self, account: &Account, note: &Note<'_>) -> Result<(), Error> {
        let transaction = self.begin_writing().await?;
        self.add(transaction, account, note).await
    }

    async fn add(&self, mut transaction: Writing, account: &Account, note: &Note<'_>) -> Result<(), Error> {
        if account_row(&mut transaction, &account.name).await?.is_some() {
            return Err(Error::Taken);
        }
        insert_account(&mut transaction, account).await?;
        tally::turn(&mut transaction, self.dialect, &[account_seal(account)]).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The account of that name.
    pub async fn account(&self, name: &str) -> Result<Option<Account>, Error> {
        let mut connection = self.pool.acquire().await?;
        find_account(&mut connection, name).await
    }

    /// All accounts, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        let rows = sqlx::query("SELECT name, role, password, created_at, closed_at, seal FROM users ORDER BY name")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(account_from).collect()
    }

    /// Changes the password of an account, or closes it.
    pub async fn change_account(&self, account: &Account, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        let before = account_row(&mut transaction, &account.name).await?.ok_or(Error::Unknown)?;
        let before = USERS.whole(&before)?.seal;
        sqlx::query("UPDATE users SET password = $1, closed_at = $2, seal = $3 WHERE name = $4")
            .bind(&account.password)
            .bind(moment(account.closed_at))
            .bind(account_seal(account))
            .bind(&account.name)
            .execute(&mut *transaction)
            .await?;
        tally::turn(&mut transaction, self.dialect, &[before, account_seal(account)]).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Makes a key.
    pub async fn add_key(&self, key: &Key, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        insert_key(&mut transaction, key).await?;
        tally::turn(&mut transaction, self.dialect, &[key_seal(key)]).await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The key whose secret has this hash.
    pub async fn key(&self, hash: &str) -> Result<Option<Key>, Error> {
        let row = sqlx::query(
            "SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer, seal FROM keys \
             WHERE hash = $1",
        )
        .bind(hash)
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| key_from(&row)).transpose()
    }

    /// The keys to an account, oldest first.
    pub async fn keys_of(&self, owner: &str) -> Result<Vec<Key>, Error> {
        let rows = sqlx::query(
            "SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer, seal FROM keys \
             WHERE owner = $1 ORDER BY created_at, id",
        )
        .bind(owner)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(key_from).collect()
    }

    /// Ends a key of an account's, for good.
    pub async fn end_key(&self, owner: &str, id: &str, note: &Note<'_>) -> Result<(), Error> {
        let mut transaction = self.begin_writing().await?;
        let row = sqlx::query(
            "SELECT hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer, seal FROM keys \
             WHERE owner = $1 AND id = $2",
        )
        .bind(owner)
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await?;
        let row = row.ok_or(Error::Unknown)?;
        let before = KEYS.whole(&row)?.seal;
        let mut key = key_from(&row)?;
        key.ended_at.get_or_insert(note.at);
        tally::turn(&mut transaction, self.dialect, &[before, key_seal(&key)]).await?;
        sqlx::query("UPDATE keys SET ended_at = $1, seal = $2 WHERE hash = $3")
            .bind(moment(key.ended_at))
            .bind(key_seal(&key))
            .bind(&key.hash)
            .execute(&mut *transaction)
            .await?;
        note_down(&mut transaction, self.dialect, note).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn find_account(reader: &mut AnyConnection, name: &str) -> Result<Option<Account>, Error> {
    account_row(reader, name).await?.map(|row| account_from(&row)).transpose()
}

async fn account_row(reader: &mut AnyConnection, name: &str) -> Result<Option<AnyRow>, Error> {
    let row = sqlx::query("SELECT name, role, password, created_at, closed_at, seal FROM users WHERE name = $1")
        .bind(name)
        .fetch_optional(reader)
        .await?;
    Ok(row)
}

async fn insert_account(writer: &mut AnyConnection, account: &Account) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO users (name, role, password, created_at, closed_at, seal) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&account.name)
    .bind(account.role.key())
    .bind(&account.password)
    .bind(account.created_at.to_string())
    .bind(moment(account.closed_at))
    .bind(account_seal(account))
    .execute(writer)
    .await?;
    Ok(())
}

async fn insert_key(writer: &mut AnyConnection, key: &Key) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO keys (hash, id, kind, owner, label, scopes, created_at, expires_at, ended_at, issuer, seal) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&key.hash)
    .bind(&key.id)
    .bind(key.kind.key())
    .bind(&key.owner)
    .bind(&key.label)
    .bind(scopes(&key.scopes))
    .bind(key.created_at.to_string())
    .bind(moment(key.expires_at))
    .bind(moment(key.ended_at))
    .bind(key.issuer.as_deref().unwrap_or_default())
    .bind(key_seal(key))
    .execute(writer)
    .await?;
    Ok(())
}

/// An account as stored.
fn account_from(row: &AnyRow) -> Result<Account, Error> {
    let (text, altered) = (|index: usize| row.try_get::<String, _>(index), || USERS.altered());
    Ok(Account {
        name: text(0)?,
        role: AccountRole::from_key(&text(1)?).ok_or_else(altered)?,
        password: text(2)?,
        created_at: text(3)?.parse().map_err(|_| altered())?,
        closed_at: moment_from(&text(4)?).map_err(|_| altered())?,
    })
}

/// A key as stored.
fn key_from(row: &AnyRow) -> Result<Key, Error> {
    let (text, altered) = (|index: usize| row.try_get::<String, _>(index), || KEYS.altered());
    let scopes = text(5)?;
    let scopes = scopes.split(',').filter(|key| !key.is_empty()).map(|key| key.parse().ok());
    Ok(Key {
        hash: text(0)?,
        id: text(1)?,
        kind: KeyKind::from_key(&text(2)?).ok_or_else(altered)?,
        owner: text(3)?,
        label: text(4)?,
        scopes: scopes.collect::<Option<_>>().ok_or_else(altered)?,
        created_at: text(6)?.parse().map_err(|_| altered())?,
        expires_at: moment_from(&text(7)?).map_err(|_| altered())?,
        ended_at: moment_from(&text(8)?).map_err(|_| altered())?,
        issuer: Some(text(9)?).filter(|issuer| !issuer.is_empty()),
    })
}

fn account_seal(account: &Account) -> String {
    let moments = [account.created_at.to_string(), moment(account.closed_at)];
    hash(&[], [account.name.as_str(), account.role.key(), &account.password, &moments[0], &moments[1]])
}

fn key_seal(key: &Key) -> String {
    let moments = [key.created_at.to_string(), moment(key.expires_at), moment(key.ended_at)];
    let names = [&key.hash, &key.id, key.kind.key(), &key.owner, &key.label];
    let scopes = scopes(&key.scopes);
    let covered = names.into_iter().chain([scopes.as_str()]).chain(moments.iter().map(String::as_str));
    hash(&[], covered.chain(key.issuer.as_deref()))
}

fn scopes(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.key()).collect::<Vec<_>>().join(",")
}

/// A moment as stored: empty for none.
fn moment(at: Option<Timestamp>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
}

fn moment_from(text: &str) -> Result<Option<Timestamp>, jiff::Error> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}
