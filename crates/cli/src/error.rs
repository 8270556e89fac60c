//! What can go wrong, told in one way: what, where, what was expected, how to mend it; and the exit codes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use case_file::Problem;
use engine::Refusal;

/// A replay came out otherwise than what was saved.
pub const REPLAY_DIFFERS: u8 = 1;
const USAGE: u8 = 2;
const WRONG_INPUT: u8 = 3;
const FILE: u8 = 4;
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
    /// Output can't be written.
    Write(std::io::Error),
    /// A fault of the program.
    Ours(String),
}

impl Error {
    /// A refusal of the engine for the case in `path`.
    pub fn refusal(path: &Path, refusal: Refusal) -> Self {
        match refusal {
            Refusal::Case(faults) => {
                let problem = |fault: engine::case::Fault| Problem {
                    line: 1,
                    column: 1,
                    key: fault.path,
                    problem: fault.problem,
                    mend: fault.mend,
                };
                Self::Case(path.to_owned(), faults.into_iter().map(problem).collect())
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
            Self::Case(..) | Self::Advice(..) | Self::TooLarge(..) => WRONG_INPUT,
            Self::Option(..) => USAGE,
            Self::Read(..) | Self::Write(_) => FILE,
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
            Self::Read(path, cause) => {
                format!("error: {}: {}\n", path.display(), read_hint(path, cause))
            }
            Self::TooLarge(path, limit) => {
                let limit = limit / 1024;
                format!(
                    "error: {}: is too large. Files up to {limit} KiB are read here; check that it is the right one.\n",
                    path.display()
                )
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

fn read_hint(path: &Path, cause: &std::io::Error) -> String {
    match cause.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file. Check the path; worked cases are under examples/.".to_owned()
        }
        std::io::ErrorKind::PermissionDenied => "may not be read by you. Check its permissions.".to_owned(),
        _ if path.is_dir() => "is a folder. Name one file in it.".to_owned(),
        _ => format!("can't be read: {cause}. Check that the file is there and whole."),
    }
}
