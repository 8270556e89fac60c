//! The desk on the command line: the same acts as over HTTP, on the data of this machine. Whoever may read the data acts
//! as whom they name; who may do what in a negotiation is decided by the desk all the same.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::{Custody, Desk, Location, Principal};
use clap::Subcommand;
use jiff::Timestamp;

use crate::clock::now;
use crate::error::Error;
use crate::log::Log;

pub mod accounts;
pub mod acts;
pub mod authority;
pub mod boss;
pub mod data;
pub mod leaving;
pub mod message;
mod on_record;
pub mod packages;
pub mod serve;
mod show;
mod sights;
pub mod table;
pub mod verify;
pub mod visits;

pub use on_record::OnRecord;

/// What can be done at the desk.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "one is made in a run")]
pub enum Command {
    /// Open a negotiation, as its negotiator.
    Open(At<acts::Open>),
    /// List the negotiations you take part in.
    List(At<sights::List>),
    /// Show where a negotiation stands, with its record.
    Show(At<sights::Show>),
    /// Say who takes part, and as what.
    Name(At<acts::Name>),
    /// Let somebody go.
    Remove(At<acts::Remove>),
    /// Write down what is known and wanted, privately.
    Prepare(At<acts::Prepare>),
    /// Record the issue sheet, or print the one on record.
    Sheet(At<packages::Sheet>),
    /// Show trades to try, several offers at once, and the limit to ask your boss about.
    Trades(At<packages::Trades>),
    /// Show, grant or end the mandate.
    Mandate(At<authority::Mandate>),
    /// Check whether a package lies inside the mandate.
    Check(At<sights::Check>),
    /// Record an offer, made or received.
    Offer(At<table::Offer>),
    /// Ask your boss guidance on one point, in private.
    Ask(At<authority::Ask>),
    /// Answer a question, as the boss.
    Answer(At<authority::Answer>),
    /// Note an impasse, or that it moves again.
    Impasse(At<table::Impasse>),
    /// Let yourself be named in a both-bosses proposal, as the boss.
    Consent(At<boss::Consent>),
    /// Propose to take it to both bosses, in neutral words.
    Propose(At<boss::Propose>),
    /// Record what came of the proposal.
    Outcome(At<boss::Outcome>),
    /// Record that the counterpart asked for the boss, or went to them directly.
    Called(At<boss::Called>),
    /// Bring the boss in: shows the price first.
    Join(At<boss::Join>),
    /// Record that the boss declines to come, with the reply that hands the channel back.
    Decline(At<boss::Reply>),
    /// Record that the boss hands the channel back.
    Handback(At<boss::Reply>),
    /// Show the boss's one-page brief, or record that it was sent.
    Brief(At<sights::Brief>),
    /// Show the ladder: what was tried, and what is still untried.
    Ladder(At<sights::Ladder>),
    /// Show what the boss's appearances led to with this counterpart.
    Precedent(At<sights::Precedent>),
    /// Show what changed since the last advice was taken, and which fact did it.
    Changes(At<sights::Changes>),
    /// Record an agreement.
    Agree(At<table::Agree>),
    /// Record that you walked away.
    WalkAway(At<table::WalkAway>),
    /// Look back on a negotiation that is over.
    Review(At<table::Review>),
    /// Leave a negotiation without a result: it is no longer yours, or went to sleep.
    Close(At<leaving::Close>),
    /// Go on with one that has ended.
    Reopen(At<leaving::Reopen>),
    /// Put one away, so that lists leave it out; or take it out again.
    Archive(At<leaving::Archive>),
    /// Open one prepared as another is.
    Copy(At<leaving::Copy>),
    /// Take back what you recorded within the last ten minutes.
    Undo(At<leaving::Undo>),
    /// Strike out an entry that was recorded by mistake.
    Strike(At<table::Strike>),
    /// Show who saw what is privileged.
    Views(At<sights::Views>),
    /// Check a message before it goes out: what it would give away.
    CheckMessage(message::CheckMessage),
    /// Visits: whom your people could see on their trips, and what to leave alone there.
    #[command(subcommand)]
    Visit(visits::Visit),
    /// Serve the desk over HTTP.
    Serve(serve::Args),
    /// Prove that nothing stored was altered.
    Verify(verify::Verify),
    /// Write everything to one new file.
    Backup(data::Backup),
    /// Take everything in from a backup, where there is nothing yet.
    Restore(data::Restore),
    /// Export negotiations: whole as JSON, as a case, or the offers as CSV or XLSX.
    Export(At<data::Export>),
    /// Import negotiations exported elsewhere, or offers from a sheet.
    Import(At<data::Import>),
    /// Care of the database.
    #[command(subcommand)]
    Db(data::Db),
    /// Care of accounts.
    #[command(subcommand)]
    Admin(accounts::Admin),
    /// Care of tokens.
    #[command(subcommand)]
    Token(accounts::Token),
}

/// Where the records are.
#[derive(Clone, Debug, clap::Args)]
pub struct Place {
    /// The folder of the records; by default that of UPSTAIRS_DATA, else one of your own.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A PostgreSQL database instead, such as postgres://user@host/name; by default that of UPSTAIRS_DATABASE, if any.
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    database: Option<String>,
}

/// At which desk, and as whom.
#[derive(Clone, Debug, clap::Args)]
pub struct Whose {
    #[command(flatten)]
    place: Place,
    /// As whom to act on the record; by default your name on this machine.
    #[arg(long = "as", value_name = "NAME", env = "UPSTAIRS_USER")]
    name: Option<String>,
}

/// At which desk, as whom, and what.
#[derive(Debug, clap::Args)]
pub struct At<T: clap::Args> {
    #[command(flatten)]
    what: T,
    #[command(flatten)]
    whose: Whose,
    /// Print JSON, as the API has it.
    #[arg(long)]
    json: bool,
}

/// A desk that was opened, with who came and when.
pub struct Session {
    /// The desk.
    pub desk: Desk,
    /// Who came.
    pub who: Principal,
    /// When.
    pub now: Timestamp,
    /// Whether JSON is wanted.
    pub json: bool,
}

/// Runs a command of the desk.
pub fn run(command: Command, log: &Log) -> Result<ExitCode, Error> {
    match command {
        Command::Open(at) => at.run(acts::open),
        Command::List(at) => at.run(sights::list),
        Command::Show(at) => at.run(sights::show),
        Command::Name(at) => at.run(acts::name),
        Command::Remove(at) => at.run(acts::remove),
        Command::Prepare(at) => at.run(acts::prepare),
        Command::Sheet(at) => at.run(packages::sheet),
        Command::Trades(at) => at.run(packages::trades),
        Command::Mandate(at) => at.run(authority::mandate),
        Command::Check(at) => at.run(sights::check),
        Command::Offer(at) => at.run(table::offer),
        Command::Ask(at) => at.run(authority::ask),
        Command::Answer(at) => at.run(authority::answer),
        Command::Impasse(at) => at.run(table::impasse),
        Command::Consent(at) => at.run(boss::consent),
        Command::Propose(at) => at.run(boss::propose),
        Command::Outcome(at) => at.run(boss::outcome),
        Command::Called(at) => at.run(boss::called),
        Command::Join(at) => at.run(boss::join),
        Command::Decline(at) => at.run(boss::decline),
        Command::Handback(at) => at.run(boss::hand_back),
        Command::Brief(at) => at.run(sights::brief),
        Command::Ladder(at) => at.run(sights::ladder),
        Command::Precedent(at) => at.run(sights::precedent),
        Command::Changes(at) => at.run(sights::changes),
        Command::Agree(at) => at.run(table::agree),
        Command::WalkAway(at) => at.run(table::walk_away),
        Command::Review(at) => at.run(table::review),
        Command::Close(at) => at.run(leaving::close),
        Command::Reopen(at) => at.run(leaving::reopen),
        Command::Archive(at) => at.run(leaving::archive),
        Command::Copy(at) => at.run(leaving::copy),
        Command::Undo(at) => at.run(leaving::undo),
        Command::Strike(at) => at.run(table::strike),
        Command::Views(at) => at.run(sights::views),
        Command::CheckMessage(args) => message::run(&args),
        Command::Visit(visit) => visits::run(visit),
        Command::Serve(args) => serve::run(&args, log),
        Command::Verify(args) => verify::verify(&args),
        Command::Backup(args) => data::backup(&args),
        Command::Restore(args) => data::restore(&args),
        Command::Export(at) => at.run_where_records_are(data::export),
        Command::Import(at) => at.run(data::import),
        Command::Db(db) => data::db(&db),
        Command::Admin(admin) => accounts::admin(&admin),
        Command::Token(token) => accounts::token(&token),
    }
}

impl<T: clap::Args> At<T> {
    fn run(self, act: impl AsyncFnOnce(&Session, T) -> Result<(), Error>) -> Result<ExitCode, Error> {
        blocking(async {
            let session = self.whose.session(self.json).await?;
            session.does(act, self.what).await
        })
    }

    /// Runs where there are records already, and makes none.
    fn run_where_records_are(self, act: impl AsyncFnOnce(&Session, T) -> Result<(), Error>) -> Result<ExitCode, Error> {
        blocking(async {
            let desk = Desk::at_existing(&self.whose.place.location()?).await?;
            let session = self.whose.session_at(desk, self.json).await?;
            session.does(act, self.what).await
        })
    }
}

impl Session {
    async fn does<T>(self, act: impl AsyncFnOnce(&Self, T) -> Result<(), Error>, what: T) -> Result<ExitCode, Error> {
        let done = act(&self, what).await;
        self.desk.close().await;
        done.map(|()| ExitCode::SUCCESS)
    }
}

impl Whose {
    /// Opens the desk there, as them.
    pub async fn session(&self, json: bool) -> Result<Session, Error> {
        self.session_at(self.place.desk().await?, json).await
    }

    async fn session_at(&self, desk: Desk, json: bool) -> Result<Session, Error> {
        let name = self.name.clone().unwrap_or_else(own_name);
        let who = desk.accounts.local(&name).await.map_err(|error| match error {
            app::Error::NoAccount => Error::Option(
                "--as".to_owned(),
                format!("names {name}, who has no open account here"),
                "Name somebody who has one, or make one with `upstairs admin create-user`.".to_owned(),
            ),
            app::Error::Name(_) => Error::Option(
                "--as".to_owned(),
                "is no name here".to_owned(),
                "Use lower-case letters, digits, dots, dashes and underscores.".to_owned(),
            ),
            other => other.into(),
        })?;
        Ok(Session { desk, who, now: now(), json })
    }
}

/// Your name on this machine, as accounts write names.
pub fn own_name() -> String {
    let name = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    if name.is_empty() { "me".to_owned() } else { name.to_lowercase() }
}

/// Runs to its end what waits for a database.
pub fn blocking<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|cause| Error::Ours(format!("no threads could be started: {cause}")))?.block_on(work)
}

impl Place {
    /// Where that is.
    pub fn location(&self) -> Result<Location, Error> {
        // What is written on the line beats the environment, whichever of the two is named there.
        match (&self.database, &self.data) {
            (Some(url), _) => postgres(url),
            (None, Some(path)) => Ok(folder(path)),
            (None, None) => match (std::env::var("UPSTAIRS_DATABASE"), std::env::var_os("UPSTAIRS_DATA")) {
                (Ok(url), _) => postgres(&url),
                (Err(_), Some(path)) => Ok(folder(Path::new(&path))),
                (Err(_), None) => Ok(folder(&default_folder()?)),
            },
        }
    }

    /// What says so.
    pub fn said(&self) -> &'static str {
        let set = |name| std::env::var_os(name).is_some();
        match (&self.database, &self.data) {
            (Some(_), _) => "--database",
            (None, Some(_)) => "--data",
            (None, None) if set("UPSTAIRS_DATABASE") => "UPSTAIRS_DATABASE",
            (None, None) if set("UPSTAIRS_DATA") => "UPSTAIRS_DATA",
            (None, None) => "the system's folder for data of yours",
        }
    }

    /// The records there, in the hands of whoever holds them and to be read alone: where there are none, none are made.
    pub async fn custody(&self) -> Result<Custody, Error> {
        Ok(Custody::to_read(&self.location()?).await?)
    }

    /// The desk there, made where there is none.
    pub async fn desk(&self) -> Result<Desk, Error> {
        let location = self.location()?;
        make_folder(&location)?;
        Ok(Desk::at(&location).await?)
    }
}

/// Makes the folder of records, where they have one and it is not there.
pub fn make_folder(location: &Location) -> Result<(), Error> {
    let Location::File(path) = location else { return Ok(()) };
    let folder = path.parent().unwrap_or(path);
    make_private(folder).map_err(|cause| Error::WriteFile(folder.to_owned(), cause))
}

/// The records in a folder.
pub fn folder(folder: &Path) -> Location {
    Location::File(folder.join("upstairs.db"))
}

/// A PostgreSQL database.
pub fn postgres(url: &str) -> Result<Location, Error> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Location::Postgres(url.to_owned()));
    }
    let problem = "is no PostgreSQL database".to_owned();
    Err(Error::Option("--database".to_owned(), problem, "Give postgres://user:password@host:port/name.".to_owned()))
}

/// Makes a folder that its owner alone may enter; one that is there stays as it is.
fn make_private(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn default_folder() -> Result<PathBuf, Error> {
    let folders = directories::ProjectDirs::from("", "", "upstairs").ok_or_else(|| {
        let problem = "is not given, and you have no home folder".to_owned();
        Error::Option("--data".to_owned(), problem, "Name a folder with --data.".to_owned())
    })?;
    Ok(folders.data_dir().to_owned())
}
