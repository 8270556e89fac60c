//! Panics, which are faults of ours: told by their place alone. What a panic says may quote the value that it stumbled over,
//! and that may be an amount or a secret. They are told in the log, and beside it where the log is told to leave them out.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;
use std::panic::PanicHookInfo;

use crate::log::Log;

/// The part of the program that says it.
const PART: &str = module_path!();
/// What is said of each.
const WORDS: &str = "a fault of ours: something broke off; please report the place";

/// Has every panic told so, on any thread.
pub fn told_by_place(log: &Log) {
    let is_logged = log.has_errors_of(PART);
    std::panic::set_hook(Box::new(move |panic| {
        let (place, backtrace) = (place(panic), backtrace());
        if is_logged {
            tracing::error!(target: PART, place, backtrace, "{WORDS}");
        } else {
            tell(&mut std::io::stderr().lock(), &place, backtrace.as_deref());
        }
    }));
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()))
}

/// Names of functions and lines of source, where RUST_BACKTRACE asks for them.
fn backtrace() -> Option<String> {
    let trace = Backtrace::capture();
    (trace.status() == BacktraceStatus::Captured).then(|| trace.to_string())
}

fn tell(to: &mut impl Write, place: &str, backtrace: Option<&str>) {
    // Where standard error is gone there is nobody left to tell.
    let _ = match backtrace {
        Some(backtrace) => writeln!(to, "{WORDS}: {place}\n{backtrace}"),
        None => writeln!(to, "{WORDS}: {place}"),
    };
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn a_panic_is_told_by_where_it_was_and_not_by_what_it_says() {
        let told = Arc::new(Mutex::new(String::new()));
        let (before, kept) = (std::panic::take_hook(), told.clone());
        std::panic::set_hook(Box::new(move |panic| *kept.lock().unwrap() = place(panic)));
        let broke_off = std::thread::spawn(|| panic!("the walk-away is 1057001")).join();
        std::panic::set_hook(before);
        assert!(broke_off.is_err());
        let told = told.lock().unwrap();
        assert!(told.contains("panics.rs:") && !told.contains("1057001"), "{told}");
    }

    #[test]
    fn a_panic_that_is_not_logged_is_told_all_the_same() {
        let mut told = Vec::new();
        tell(&mut told, "store/src/entries.rs:12", None);
        assert_eq!(String::from_utf8(told).unwrap(), format!("{WORDS}: store/src/entries.rs:12\n"));
    }
}
