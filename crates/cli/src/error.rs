//! What can go wrong, told in one way: what, where, what was expected, how to mend it; and the exit codes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use case_file::Problem;
use engine::Refusal;

#[cfg(feature = "desk")]
mod desk;

#[cfg(feature = "desk")]
pub use desk::Failure;

/// A replay came out otherwise than what was saved.
pub const REPLAY_DIFFERS: u8 = 1;
#[cfg(feature = "desk")]
const ALTERED: u8 = 1;
const USAGE: u8 = 2;
const WRONG_INPUT: u8 = 3;
const FILE: u8 = 4;
#[cfg(feature = "desk")]
const REFUSED: u8 = 5;
/// The database fails, an address can't be had, or something is to be mended.
pub const UNAVAILABLE: u8 = 6;
/// A message gives something away for certain.
#[cfg(feature = "desk")]
pub const GIVES_AWAY: u8 = 7;
const OURS: u8 = 70;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A case file is wrong.
    #[error("{}", each(.1, |p| format!("{}:{}:{}: {} {}. {}", .0.display(), p.line, p.column, p.key, p.problem, p.mend)))]
    Case(PathBuf, Vec<Problem>),
    /// A saved advice is wrong: where, what, and how to mend it.
    #[error("{}: {}. {}", .0.display(), .1, .2)]
    Advice(PathBuf, String, String),
    /// An option is wrong: which, what, and how to mend it.
    #[error("{0} {1}. {2}")]
    Option(String, String, String),
    /// A file can't be read.
    #[error("{}: {}", .0.display(), read_hint(.0, .1))]
    Read(PathBuf, std::io::Error),
    /// A file is larger than is read.
    #[error("{}: is too large. Files up to {} KiB are read here; check that it is the right one.", .0.display(), .1 / 1024)]
    TooLarge(PathBuf, u64),
    /// A case can't be saved: to what file, and why.
    #[error("{}: {}", .0.display(), save_hint(.1))]
    Save(PathBuf, std::io::Error),
    /// Whoever was asked left before the last question.
    #[error("You left before the last question. Nothing was saved.")]
    Left,
    /// A file can't be written.
    #[error("{}: {}", .0.display(), write_hint(.1))]
    WriteFile(PathBuf, std::io::Error),
    /// Output can't be written.
    #[error("the output can't be written: {0}. Check that there is room for it.")]
    Write(std::io::Error),
    /// A sheet is wrong: where and how.
    #[cfg(feature = "packages")]
    #[error("{}", each(.1, |problem| format!("{}: {problem}", .0.display())))]
    Sheet(PathBuf, Vec<String>),
    /// A case file can't be read.
    #[error("{}: {}", .0.display(), case_hint(.0, .1))]
    ReadCase(PathBuf, std::io::Error),
    /// The desk did not do it.
    #[cfg(feature = "desk")]
    #[error(transparent)]
    Desk(#[from] Failure),
    /// A fault of the program.
    #[error("a fault of ours: {0}. Please report it with the command that led here.")]
    Ours(String),
}

impl From<rayon::ThreadPoolBuildError> for Error {
    fn from(cause: rayon::ThreadPoolBuildError) -> Self {
        Self::Ours(format!("no threads could be started: {cause}"))
    }
}

/// A line for each of several things that are wrong.
fn each<T>(wrong: &[T], line: impl Fn(&T) -> String) -> String {
    wrong.iter().map(line).collect::<Vec<_>>().join("\n")
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
        self.log_cause();
        for line in self.to_string().lines() {
            let mark = if matches!(self, Self::Left) { "" } else { "error: " };
            anstream::eprintln!("{mark}{line}");
        }
        ExitCode::from(self.code())
    }

    /// What a user is told names a failure's kind; what is behind it is for the log, unless the one says as much as the other.
    fn log_cause(&self) {
        #[cfg(feature = "desk")]
        if let Self::Desk(failure) = self
            && let Some(cause) = failure.fault().filter(|cause| !self.to_string().contains(cause))
        {
            tracing::error!(cause, "the command failed");
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Case(..) | Self::Advice(..) | Self::TooLarge(..) => WRONG_INPUT,
            #[cfg(feature = "packages")]
            Self::Sheet(..) => WRONG_INPUT,
            #[cfg(feature = "desk")]
            Self::Desk(failure) => failure.code(),
            Self::Option(..) | Self::Left => USAGE,
            Self::Read(..) | Self::ReadCase(..) | Self::Save(..) | Self::WriteFile(..) | Self::Write(_) => FILE,
            Self::Ours(_) => OURS,
        }
    }
}

fn case_hint(path: &Path, cause: &std::io::Error) -> String {
    match cause.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file. Check the path; worked cases are under examples/.".to_owned()
        }
        _ => read_hint(path, cause),
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
