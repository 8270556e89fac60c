//! Panics, which are faults of ours: told by their place alone. What a panic says may quote the value that it stumbled over,
//! and that may be an amount or a secret.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;

/// Has every panic told so, on any thread.
pub fn told_by_place() {
    std::panic::set_hook(Box::new(|panic| tell(&place(panic), backtrace().as_deref())));
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()))
}

/// Names of functions and lines of source, where RUST_BACKTRACE asks for them.
fn backtrace() -> Option<String> {
    let trace = Backtrace::capture();
    (trace.status() == BacktraceStatus::Captured).then(|| trace.to_string())
}

fn tell(place: &str, backtrace: Option<&str>) {
    tracing::error!(place, backtrace, "a fault of ours: something broke off; please report the place");
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
}
