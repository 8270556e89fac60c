//! The program itself: what is built in, what the environment says, as whom one acts, and what is logged.

#[cfg(feature = "desk")]
use crate::commands::desk::own_name;
use crate::log::{Format, From, Log};

use super::check::Check;

/// The variables that are read.
const READ: [&str; 4] = ["UPSTAIRS_DATA", "UPSTAIRS_DATABASE", "UPSTAIRS_LOG_FORMAT", "UPSTAIRS_USER"];
/// Begins the name of every variable that is ours.
const OURS: &str = "UPSTAIRS_";

/// All of it.
pub fn checks(of: &Log) -> Vec<Check> {
    let mut checks = vec![built()];
    checks.extend(settings(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())));
    #[cfg(feature = "desk")]
    checks.push(acting());
    checks.push(log(of));
    checks
}

fn built() -> Check {
    let parts = [
        ("advice", true),
        ("issue sheets", cfg!(feature = "packages")),
        ("the desk with its pages, API and calendars, on SQLite and PostgreSQL", cfg!(feature = "desk")),
        ("experiments", cfg!(feature = "lab")),
    ];
    let named = |wanted| {
        let names: Vec<&str> = parts.iter().filter(|(_, is_in)| *is_in == wanted).map(|(name, _)| *name).collect();
        names.join(", ")
    };
    let left_out = if parts.iter().all(|(_, is_in)| *is_in) { "nothing".to_owned() } else { named(false) };
    let place = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let version = env!("CARGO_PKG_VERSION");
    Check::ok("program", format!("upstairs {version} on {place}; built in: {}; left out: {left_out}", named(true)))
}

fn settings(names: impl Iterator<Item = String>) -> Vec<Check> {
    let mut names: Vec<String> = names.filter(|name| name.starts_with(OURS)).collect();
    names.sort();
    let (read, unread): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| READ.contains(&name.as_str()));
    let mut checks = Vec::new();
    if !read.is_empty() {
        checks.push(Check::ok("settings", format!("from the environment: {}", read.join(", "))));
    }
    if read.iter().any(|name| name == "UPSTAIRS_DATA") && read.iter().any(|name| name == "UPSTAIRS_DATABASE") {
        checks.push(Check::warn(
            "settings",
            "UPSTAIRS_DATA and UPSTAIRS_DATABASE are both set, and the database is taken",
            "Unset the one that is not meant.",
        ));
    }
    for name in unread {
        checks.push(Check::warn(
            "settings",
            format!("{name} is set and means nothing"),
            format!("Unset it, or write it as one of {}.", READ.join(", ")),
        ));
    }
    checks
}

#[cfg(feature = "desk")]
fn acting() -> Check {
    let name = std::env::var("UPSTAIRS_USER").unwrap_or_else(|_| own_name());
    if app::is_name(&name) {
        Check::ok("name", format!("you act as {name} unless you say --as"))
    } else {
        let mend =
            "Set UPSTAIRS_USER to a name of lower-case letters, digits, dots, dashes and underscores, or say --as.";
        Check::warn("name", "your name on this machine is no name here", mend)
    }
}

/// What is logged, and how.
fn log(log: &Log) -> Check {
    let from = |from| match from {
        From::Line => " (from the command line)".to_owned(),
        From::Variable(name) => format!(" (from {name})"),
        From::Default => String::new(),
    };
    let format = match log.format {
        Format::Text => "text",
        Format::Json => "JSON",
    };
    let found = format!(
        "to standard error as {format}{}, at {}{}; `serve` logs at info unless another level is said",
        from(log.format_from),
        log.levels,
        from(log.levels_from)
    );
    if log.unread.is_empty() {
        return Check::ok("log", found);
    }
    let mend = "RUST_LOG takes levels as --log does (such as warn,server=debug), UPSTAIRS_LOG_FORMAT text or json.";
    Check::warn("log", format!("{found}; can't be read: {}", log.unread.join(", ")), mend)
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    fn states(names: &[&str]) -> Vec<State> {
        settings(names.iter().map(|name| (*name).to_owned())).iter().map(|check| check.state).collect()
    }

    #[test]
    fn a_variable_that_means_nothing_is_named() {
        assert_eq!(states(&["PATH"]), []);
        assert_eq!(states(&["UPSTAIRS_DATA", "PATH"]), [State::Ok]);
        assert_eq!(states(&["UPSTAIRS_DATABSE"]), [State::Warn]);
        assert_eq!(states(&["UPSTAIRS_DATA", "UPSTAIRS_DATABASE"]), [State::Ok, State::Warn]);
    }
}
