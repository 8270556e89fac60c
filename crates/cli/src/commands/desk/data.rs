//! Care of what is stored: backup, moves, export and import.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::{Custody, Given, Imported, Location, Portable, StoreError, Verified, counterpart_of, kept_as};

use spreadsheet::Kind;

use super::{Place, Session, blocking, folder, make_folder, postgres, show};
use crate::commands::print;
use crate::error::{Error, Failure};
use crate::files;
use crate::progress::Progress;

/// The largest export read, in bytes.
const EXPORT_BYTES: u64 = 1 << 30;
/// The largest sheet read, in bytes.
const SHEET_BYTES: u64 = 8 << 20;

/// Where to write a backup.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// A new file.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Writes everything to one new file, also while the desk runs.
pub fn backup(args: &Backup) -> Result<ExitCode, Error> {
    if args.file.exists() {
        return Err(Error::Save(args.file.clone(), std::io::ErrorKind::AlreadyExists.into()));
    }
    blocking(async {
        let records = args.place.custody().await?;
        let file = Fresh::at(Location::File(args.file.clone()));
        let copied = file.copied(&records, "Backing up").await;
        records.close().await;
        let copied = copied?;
        print(&format!(
            "  {} entries are in {}; it is privileged, as your limits are.\n  Its last hash is {}.\n",
            copied.entries,
            args.file.display(),
            kept_as(&copied.moment)
        ))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// A place that something is copied to. Where the copy fails, what was made for it is taken away again.
struct Fresh {
    location: Location,
    made: Vec<PathBuf>,
}

impl Fresh {
    fn at(location: Location) -> Self {
        let mut made = Vec::new();
        if let Location::File(path) = &location {
            if !path.exists() {
                // SQLite keeps some of a file beside it while it writes.
                made.extend(["", "-wal", "-shm", "-journal"].map(|end| {
                    let mut name = path.clone().into_os_string();
                    name.push(end);
                    PathBuf::from(name)
                }));
            }
            let folders =
                path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
            made.extend(folders.map(Path::to_owned));
        }
        Self { location, made }
    }

    /// Copies records there and proves the copy; tells what it has. Where it fails, or is stopped, what was made is taken away.
    async fn copied(&self, from: &Custody, what: &'static str) -> Result<Verified, Error> {
        let progress = Progress::begin(what);
        let tell = |share| progress.show(share);
        let copied = tokio::select! {
            copied = from.copy_to(&self.location, &tell) => copied.map_err(Error::from),
            () = super::serve::stopped() => Err(Failure::Stopped.into()),
        };
        if copied.is_err() {
            for path in &self.made {
                // Half a copy is none; that it can't be removed says no more than the error does.
                let _ = if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
            }
        }
        copied
    }
}

/// What to restore.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// A backup.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Takes everything in from a backup.
pub fn restore(args: &Restore) -> Result<ExitCode, Error> {
    files::is_readable(&args.file)?;
    if !files::is_database(&args.file)? {
        return Err(Failure::NoBackup(args.file.clone()).into());
    }
    blocking(async {
        let told = |error| match error {
            app::Error::Store(StoreError::Nothing(_)) => Failure::NoBackup(args.file.clone()).into(),
            app::Error::Store(cause) => Failure::Backup(args.file.clone(), cause).into(),
            other => Error::from(other),
        };
        let (mut source, mut _scratch) = (Custody::to_read(&Location::File(args.file.clone())).await, None);
        if matches!(source, Err(app::Error::Store(StoreError::Older))) {
            // The backup stays as it was written; a copy of it is brought up.
            let (folder, copy) = copied(&args.file)?;
            (source, _scratch) = (Custody::brought_up(&copy).await, Some(folder));
        }
        let source = source.map_err(told)?;
        let place = Fresh::at(args.place.location()?);
        make_folder(&place.location)?;
        let copied = place.copied(&source, "Restoring").await.map_err(|error| match error {
            Error::Desk(Failure::Desk(cause @ app::Error::Store(StoreError::Broken { .. }))) => told(cause),
            other => other,
        });
        source.close().await;
        print(&format!("  {} entries are restored.\n", copied?.entries))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// A copy of a backup, in a folder that goes when it is dropped.
fn copied(file: &Path) -> Result<(tempfile::TempDir, Location), Error> {
    let fail = |cause| Error::Read(file.to_owned(), cause);
    let folder = tempfile::tempdir().map_err(fail)?;
    let copy = folder.path().join("backup.db");
    std::fs::copy(file, &copy).map_err(fail)?;
    Ok((folder, Location::File(copy)))
}

/// Care of the database.
#[derive(Debug, clap::Subcommand)]
pub enum Db {
    /// Move everything into an empty place of either kind; what is here stays as it is.
    Move(Move),
}

/// From where to where.
#[derive(Debug, clap::Args)]
#[group(id = "target", required = true, multiple = false, args = ["to_data", "to_database"])]
pub struct Move {
    /// Into a folder.
    #[arg(long, value_name = "DIR")]
    to_data: Option<PathBuf>,
    /// Into a PostgreSQL database.
    #[arg(long, value_name = "URL")]
    to_database: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Runs what cares for the database.
pub fn db(db: &Db) -> Result<ExitCode, Error> {
    let Db::Move(to) = db;
    blocking(async {
        let target = match (&to.to_database, &to.to_data) {
            (Some(url), _) => postgres(url)?,
            (None, Some(path)) => folder(path),
            (None, None) => return Err(Error::Ours("a move to nowhere".to_owned())),
        };
        let from = to.place.custody().await?;
        let place = Fresh::at(target);
        make_folder(&place.location)?;
        let copied = place.copied(&from, "Moving").await;
        from.close().await;
        print(&format!("  {} entries are moved and verified; what was here is left as it is.\n", copied?.entries))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// What to export.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The negotiation; all that you see the whole of without it.
    id: Option<String>,
    /// As a case, which `upstairs advise` reads.
    #[arg(long, requires = "id", conflicts_with = "offers")]
    case: bool,
    /// Its offers alone, into a sheet: FILE.csv or FILE.xlsx.
    #[arg(long, value_name = "FILE", requires = "id")]
    offers: Option<PathBuf>,
}

/// Exports negotiations.
pub async fn export(session: &Session, export: Export) -> Result<(), Error> {
    let Some(beginning) = export.id else {
        return show::json(&session.desk.export_all(&session.who, session.now).await?);
    };
    let id = show::id(session, &beginning).await?;
    if export.case {
        let case = session.desk.export_case(&session.who, &id, session.now).await?;
        anstream::eprintln!(
            "  A case holds prices, offers and acts on their days. It leaves out who takes part, the wording of what went out, the \
             terms beside the price, and what was struck out; `upstairs export {id}` carries all of it."
        );
        return print(&case_file::write(&case));
    }
    let Some(file) = export.offers else {
        return show::json(&session.desk.export(&session.who, &id, session.now).await?);
    };
    let lines = session.desk.export_offers(&session.who, &id, session.now).await?;
    let bytes = match kind(&file)? {
        Kind::Csv => spreadsheet::write_csv(&lines).into_bytes(),
        Kind::Xlsx => spreadsheet::write_xlsx(&lines).map_err(|cause| Error::Ours(cause.to_string()))?,
    };
    files::write(&file, &bytes)?;
    print(&format!(
        "  {} offers are in {}, each with its day. Nothing else of the negotiation is; `upstairs export {id}` carries all of it.\n",
        lines.len(),
        file.display()
    ))
}

fn kind(file: &Path) -> Result<Kind, Error> {
    match file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Kind::Csv),
        Some("xlsx") => Ok(Kind::Xlsx),
        _ => {
            let mend = "Name a file that ends in .csv or .xlsx.".to_owned();
            Err(Error::Option(file.display().to_string(), "is no sheet by its name".to_owned(), mend))
        }
    }
}

/// What to import.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// An export, a case (FILE.toml), or with --into a sheet of offers: FILE.csv or FILE.xlsx.
    file: PathBuf,
    /// With whom the negotiation of a case is; what its title says after "with" where left out.
    #[arg(long, value_name = "COUNTERPART", conflicts_with = "into")]
    with: Option<String>,
    /// The negotiation that the offers belong to; each is recorded on its day, in the order of the sheet.
    #[arg(long, value_name = "ID")]
    into: Option<String>,
    /// Record offers of ours even where they lie outside the mandate, for this reason.
    #[arg(long, value_name = "REASON", requires = "into")]
    despite: Option<String>,
    /// The offers are meant, though some break the pattern.
    #[arg(long, requires = "into")]
    sure: bool,
    /// A column of the sheet that is a term of the package. Those of the negotiation's issues and of its offers so far are known;
    /// what any other column holds goes into the note, which is ours alone.
    #[arg(long = "term", value_name = "NAME", requires = "into")]
    terms: Vec<String>,
}

/// Imports negotiations, or offers.
pub async fn import(session: &Session, import: Import) -> Result<(), Error> {
    let Some(beginning) = import.into else {
        if import.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
            return import_case(session, &import.file, import.with).await;
        }
        let bytes = files::read(&import.file, EXPORT_BYTES)?;
        let portable: Portable = serde_json::from_slice(&bytes).map_err(|cause| {
            let place = format!("is no export of ours: line {}, column {}", cause.line(), cause.column());
            Error::Advice(import.file.clone(), place, "Export it again with `upstairs export`.".to_owned())
        })?;
        let imported = session.desk.import(&session.who, portable, session.now).await?;
        return told(session, &import.file, &imported);
    };
    let bytes = files::read(&import.file, SHEET_BYTES)?;
    let kind = kind(&import.file)?;
    let id = show::id(session, &beginning).await?;
    let known = session.desk.known_in_sheets(&session.who, &id, &import.terms).await?;
    let sheet = spreadsheet::read(kind, &bytes, &known).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Error::Sheet(import.file.clone(), problems)
    })?;
    let given = Given { despite: import.despite.as_deref(), sure: import.sure };
    let recorded = session.desk.import_offers(&session.who, &id, &sheet.lines, given, session.now).await;
    recorded.map_err(|refused| match refused.offer {
        Some(number) => Error::Sheet(
            import.file.clone(),
            vec![format!("offer {number}: {}; none of them is recorded", refused.why)],
        ),
        None => refused.why.into(),
    })?;
    if session.json {
        return show::json(&serde_json::json!({ "offers": sheet.lines.len(), "aside": sheet.aside }));
    }
    print(&format!("  {} offers are recorded.\n", sheet.lines.len()))?;
    for sentence in &sheet.aside {
        print(&format!("  {sentence}\n"))?;
    }
    Ok(())
}

/// Makes a negotiation of a case.
async fn import_case(session: &Session, file: &Path, with: Option<String>) -> Result<(), Error> {
    let case = files::case(file)?;
    let counterpart = with.unwrap_or_else(|| counterpart_of(&case.title).to_owned());
    let taken = session.desk.take_in_case(&session.who, &case, &counterpart, session.now).await?;
    if session.json {
        return show::json(&serde_json::json!({
            "id": taken.done.id, "counterpart": counterpart, "left_out": taken.left_out,
        }));
    }
    print(&format!("  {} is now negotiation {}, with {counterpart}.\n", file.display(), taken.done.id))?;
    for sentence in &taken.left_out {
        print(&format!("  {sentence}\n"))?;
    }
    Ok(())
}

/// Says what came of an import. What is here otherwise is left, and is an error for those who count on it.
fn told(session: &Session, file: &Path, imported: &Imported) -> Result<(), Error> {
    if session.json {
        show::json(imported)?;
    } else {
        let here = match imported.already_here {
            0 => String::new(),
            some => format!("; {some} were here already, with the same entries"),
        };
        print(&format!("  {} negotiations are imported{here}.\n", imported.negotiations))?;
    }
    if imported.differing.is_empty() {
        return Ok(());
    }
    Err(Failure::Differing(file.to_owned(), imported.differing.iter().cloned().collect()).into())
}
