//! What can go wrong, told in one way: what, where, what was expected, how to mend it; and the exit codes.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use case_file::Problem;
use engine::Refusal;

/// A replay came out otherwise than what was saved.
pub const REPLAY_DIFFERS: u8 = 1;
const ALTERED: u8 = 1;
const USAGE: u8 = 2;
const WRONG_INPUT: u8 = 3;
const FILE: u8 = 4;
const REFUSED: u8 = 5;
const UNAVAILABLE: u8 = 6;
const OURS: u8 = 70;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Error {
    /// A case file is wrong.
    Case(PathBuf, Vec<Problem>),
    /// A saved advice is wrong: where, what, and how to mend it.
    Advice(PathBuf, String, String),
    /// An option is wrong: which, what, and how to mend it.
    Option(String, String, String),
    /// A file can't be read.
    Read(PathBuf, std::io::Error),
    /// A file is larger than is read.
    TooLarge(PathBuf, u64),
    /// A case can't be saved: to what file, and why.
    Save(PathBuf, std::io::Error),
    /// Whoever was asked left before the last question.
    Left,
    /// A file can't be written.
    WriteFile(PathBuf, std::io::Error),
    /// Output can't be written.
    Write(std::io::Error),
    /// A sheet is wrong: where and how.
    Sheet(PathBuf, Vec<String>),
    /// A file holds no backup.
    NoBackup(PathBuf),
    /// A backup can't be taken in.
    Backup(PathBuf, store::Error),
    /// Negotiations in a file are here with other entries: which.
    Differing(PathBuf, Vec<String>),
    /// A case file can't be read.
    ReadCase(PathBuf, std::io::Error),
    /// The desk did not do it.
    Desk(app::Error),
    /// An address can't be answered on.
    Listen(SocketAddr, std::io::Error),
    /// A fault of the program.
    Ours(String),
}

impl From<app::Error> for Error {
    fn from(cause: app::Error) -> Self {
        Self::Desk(cause)
    }
}

impl From<store::Error> for Error {
    fn from(cause: store::Error) -> Self {
        Self::Desk(cause.into())
    }
}

impl Error {
    /// A refusal of the engine for the case in `path`, whose bytes tell where in it each fault lies.
    pub fn refusal(path: &Path, bytes: &[u8], refusal: Refusal) -> Self {
        match refusal {
            Refusal::Case(faults) => {
                Self::Case(path.to_owned(), faults.into_iter().map(|fault| case_file::place(bytes, fault)).collect())
            }
            Refusal::Options(fault) => Self::Option(format!("--{}", fault.path), fault.problem, fault.mend),
        }
    }

    /// Prints the error to standard error and gives the exit code. A reader who has left is no error.
    pub fn report(&self) -> ExitCode {
        if let Self::Write(cause) = self
            && cause.kind() == std::io::ErrorKind::BrokenPipe
        {
            return ExitCode::SUCCESS;
        }
        anstream::eprint!("{}", self.text());
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Case(..) | Self::Advice(..) | Self::TooLarge(..) | Self::Sheet(..) => WRONG_INPUT,
            Self::Desk(cause) => desk_code(cause),
            Self::Backup(_, cause) => store_code(cause),
            Self::Differing(..) => REFUSED,
            Self::Listen(..) => UNAVAILABLE,
            Self::Option(..) | Self::Left => USAGE,
            Self::Read(..)
            | Self::ReadCase(..)
            | Self::NoBackup(_)
            | Self::Save(..)
            | Self::WriteFile(..)
            | Self::Write(_) => FILE,
            Self::Ours(_) => OURS,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Case(path, problems) => problems.iter().fold(String::new(), |mut text, p| {
                let _ = writeln!(
                    text,
                    "error: {}:{}:{}: {} {}. {}",
                    path.display(),
                    p.line,
                    p.column,
                    p.key,
                    p.problem,
                    p.mend
                );
                text
            }),
            Self::Advice(path, problem, mend) => format!("error: {}: {problem}. {mend}\n", path.display()),
            Self::Option(option, problem, mend) => format!("error: {option} {problem}. {mend}\n"),
            Self::Sheet(path, problems) => problems
                .iter()
                .fold(String::new(), |text, problem| text + &format!("error: {}: {problem}\n", path.display())),
            Self::Desk(cause) => format!("error: {cause}.\n"),
            Self::Backup(path, cause) => format!("error: {}: {cause}.\n", path.display()),
            Self::Differing(path, ids) => format!(
                "error: {}: {} are here with other entries, and were left as they are. Import them where they are not.\n",
                path.display(),
                ids.join(", ")
            ),
            Self::NoBackup(path) => {
                format!(
                    "error: {}: holds no backup of ours. Name a file that `upstairs backup` wrote.\n",
                    path.display()
                )
            }
            Self::ReadCase(path, cause) if cause.kind() == std::io::ErrorKind::NotFound => format!(
                "error: {}: there is no such file. Check the path; worked cases are under examples/.\n",
                path.display()
            ),
            Self::Listen(address, cause) => {
                format!("error: {address} can't be answered on: {cause}. Choose another with --listen.\n")
            }
            Self::Read(path, cause) | Self::ReadCase(path, cause) => {
                format!("error: {}: {}\n", path.display(), read_hint(path, cause))
            }
            Self::TooLarge(path, limit) => {
                let limit = limit / 1024;
                format!(
                    "error: {}: is too large. Files up to {limit} KiB are read here; check that it is the right one.\n",
                    path.display()
                )
            }
            Self::Save(path, cause) => format!("error: {}: {}\n", path.display(), save_hint(cause)),
            Self::Left => "You left before the last question. Nothing was saved.\n".to_owned(),
            Self::WriteFile(path, cause) => {
                format!("error: {}: {}\n", path.display(), write_hint(cause))
            }
            Self::Write(cause) => {
                format!("error: the output can't be written: {cause}. Check that there is room for it.\n")
            }
            Self::Ours(what) => {
                format!("error: a fault of ours: {what}. Please report it with the command that led here.\n")
            }
        }
    }
}

/// Altered records are told from refusals, and both from a database that fails.
fn desk_code(cause: &app::Error) -> u8 {
    match cause {
        app::Error::Store(cause) => store_code(cause),
        app::Error::Import(_) | app::Error::Calendar(_) | app::Error::Page(_) => WRONG_INPUT,
        app::Error::Name(_) | app::Error::ShortPassword => USAGE,
        app::Error::Ours(_) => OURS,
        _ => REFUSED,
    }
}

fn store_code(cause: &store::Error) -> u8 {
    use store::Error;
    match cause {
        Error::Broken { .. } | Error::Format { .. } | Error::Listing | Error::Newer => ALTERED,
        Error::NotEmpty | Error::Taken | Error::Unknown | Error::Older => REFUSED,
        Error::Nothing(_) | Error::Unopened(_) => FILE,
        Error::NotFollowing => OURS,
        Error::Conflict { .. } | Error::Gap | Error::Full | Error::Database(_) | Error::Migration(_) => UNAVAILABLE,
    }
}

fn read_hint(path: &Path, cause: &std::io::Error) -> String {
    match cause.kind() {
        std::io::ErrorKind::NotFound => "there is no such file. Check the path.".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read by you. Check its permissions.".to_owned(),
        _ if path.is_dir() => "is a folder. Name one file in it.".to_owned(),
        _ => format!("can't be read: {cause}. Check that the file is there and whole."),
    }
}

/// Why a case can't be saved, and what to do.
pub fn save_hint(cause: &std::io::Error) -> String {
    match cause.kind() {
        std::io::ErrorKind::AlreadyExists => "is there already, and is left as it is. Name another file.".to_owned(),
        std::io::ErrorKind::NotFound => "lies in a folder that is not there. Name another file.".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be written by you. Name another file.".to_owned(),
        _ => format!("can't be written: {cause}. Name another file."),
    }
}

fn write_hint(cause: &std::io::Error) -> String {
    match cause.kind() {
        std::io::ErrorKind::NotFound => "its folder does not exist. Make it, or name another.".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be written by you. Check the permissions.".to_owned(),
        std::io::ErrorKind::IsADirectory => "is a folder. Name a file in it.".to_owned(),
        _ => format!("can't be written: {cause}. Check that the folder is there and has room."),
    }
}
