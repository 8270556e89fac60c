//! Accounts and tokens, by whoever holds the data.

use std::io::Read;
use std::process::ExitCode;

use app::AccountRole;
use jiff::SignedDuration;
use terms::Scope;

use super::{Place, blocking, now, own_name, show};
use crate::commands::print;
use crate::error::Error;

/// The longest password read, in bytes.
const PASSWORD_BYTES: u64 = 1024;

/// Care of accounts.
#[derive(Debug, clap::Subcommand)]
pub enum Admin {
    /// Make an account.
    CreateUser(CreateUser),
    /// Set another password.
    SetPassword(SetPassword),
    /// Close an account: nothing opens it any more.
    CloseUser(User),
    /// List the accounts.
    ListUsers(Place),
}

/// Whom to make an account for.
#[derive(Debug, clap::Args)]
pub struct CreateUser {
    /// The name: lower-case letters, digits, dots, dashes and underscores.
    name: String,
    /// What it may do besides taking part in negotiations: member or admin.
    #[arg(long, default_value = "member", value_parser = role)]
    role: AccountRole,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    place: Place,
}

/// A new password for somebody.
#[derive(Debug, clap::Args)]
pub struct SetPassword {
    /// Whose.
    name: String,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    place: Place,
}

/// Somebody.
#[derive(Debug, clap::Args)]
pub struct User {
    /// Who.
    name: String,
    #[command(flatten)]
    place: Place,
}

/// Where the password comes from: never from the command line, which others can see.
#[derive(Debug, clap::Args)]
pub struct Password {
    /// Read the password from standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
}

impl Password {
    fn read() -> Result<String, Error> {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(PASSWORD_BYTES).read_to_end(&mut bytes);
        let wrong = |problem: &str| {
            let mend = "Pipe it in, such as `echo … | upstairs admin create-user …`.".to_owned();
            Error::Option("--password-stdin".to_owned(), problem.to_owned(), mend)
        };
        read.map_err(|_| wrong("can't be read"))?;
        let text = String::from_utf8(bytes).map_err(|_| wrong("is no text"))?;
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

fn role(text: &str) -> Result<AccountRole, String> {
    AccountRole::from_key(text).ok_or_else(|| "expected member or admin".to_owned())
}

/// Runs what cares for accounts.
pub fn admin(admin: &Admin) -> Result<ExitCode, Error> {
    blocking(async {
        match admin {
            Admin::CreateUser(user) => {
                let password = Password::read()?;
                let desk = user.place.desk().await?;
                desk.accounts.create(&own_name(), &user.name, user.role, &password, now()).await?;
                print(&format!("  {} has an account ({}).\n", user.name, user.role.key()))?;
            }
            Admin::SetPassword(user) => {
                let password = Password::read()?;
                let desk = user.place.desk().await?;
                desk.accounts.set_password(&own_name(), &user.name, &password, now()).await?;
                print(&format!("  {} has another password; their sessions are ended.\n", user.name))?;
            }
            Admin::CloseUser(user) => {
                let desk = user.place.desk().await?;
                desk.accounts.close(&own_name(), &user.name, now()).await?;
                print(&format!("  The account {} is closed.\n", user.name))?;
            }
            Admin::ListUsers(place) => {
                let accounts = place.desk().await?.accounts.list().await?;
                let rows = accounts.iter().map(|account| {
                    let closed = if account.closed_at.is_some() { "  closed" } else { "" };
                    format!("  {:<20}  {}{closed}", account.name, account.role.key())
                });
                show::lines(&rows.collect::<Vec<_>>())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Care of tokens.
#[derive(Debug, clap::Subcommand)]
pub enum Token {
    /// Make a token; it is printed this once.
    Create(CreateToken),
    /// List somebody's tokens and sessions.
    List(OfUser),
    /// End a token or session.
    End(EndToken),
}

/// A token to be made.
#[derive(Debug, clap::Args)]
pub struct CreateToken {
    /// Whose it is.
    #[arg(long)]
    user: String,
    /// How far it reaches: read, write (the negotiator's acts), authorize (the boss's), admin (accounts). As often as
    /// needed, or with commas.
    #[arg(long = "scope", required = true, value_delimiter = ',', value_parser = scope)]
    scopes: Vec<Scope>,
    /// What it is for.
    #[arg(long, default_value = "")]
    label: String,
    /// After how many days it ends by itself.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3650))]
    days: Option<u16>,
    #[command(flatten)]
    place: Place,
}

/// Whose keys.
#[derive(Debug, clap::Args)]
pub struct OfUser {
    /// Whose.
    #[arg(long)]
    user: String,
    #[command(flatten)]
    place: Place,
}

/// A key to be ended.
#[derive(Debug, clap::Args)]
pub struct EndToken {
    /// Which, as `upstairs token list` gives it.
    id: String,
    /// Whose.
    #[arg(long)]
    user: String,
    #[command(flatten)]
    place: Place,
}

fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|fault: terms::NoSuchKey| fault.to_string())
}

/// Runs what cares for tokens.
pub fn token(token: &Token) -> Result<ExitCode, Error> {
    blocking(async {
        match token {
            Token::Create(new) => {
                let desk = new.place.desk().await?;
                let lasts = new.days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
                let accounts = &desk.accounts;
                let issued =
                    accounts.issue_token(&own_name(), &new.user, &new.label, &new.scopes, lasts, now()).await?;
                print(&format!("{}\n", issued.secret))?;
                anstream::eprintln!("The token {} of {}; it is not shown again.", issued.id, new.user);
            }
            Token::List(of) => {
                let keys = of.place.desk().await?.accounts.keys_of(&of.user, now()).await?;
                let rows = keys.iter().map(|key| {
                    let kind = key.kind.key();
                    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.key()).collect();
                    format!("  {}  {kind:<7}  {}  {}", key.id, scopes.join(","), key.label)
                });
                show::lines(&rows.collect::<Vec<_>>())?;
            }
            Token::End(end) => {
                let desk = end.place.desk().await?;
                desk.accounts.end_key(&own_name(), &end.user, &end.id, now()).await?;
                print(&format!("  {} is ended.\n", end.id))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
