//! What is shown where nothing is asked: the few commands one starts with, and the names of all others under headings.

use clap::Command;

use crate::render::{STRONG, paint, wrapped};

/// The commands one starts with.
const FIRST: [&str; 6] = ["advise", "open", "prepare", "offer", "show", "serve"];

/// The others.
const OTHERS: [(&str, &[&str]); 8] = [
    (
        "Your boss",
        &[
            "mandate",
            "ask",
            "answer",
            "brief",
            "ladder",
            "consent",
            "propose",
            "outcome",
            "called",
            "join",
            "decline",
            "handback",
            "precedent",
        ],
    ),
    (
        "At the table",
        &["list", "check", "check-message", "sheet", "trades", "packages", "impasse", "agree", "walk-away"],
    ),
    ("What is on record", &["name", "remove", "changes", "views", "undo", "strike"]),
    ("When it is over", &["review", "close", "reopen", "archive", "copy"]),
    ("Visits", &["visit"]),
    ("Safe keeping", &["verify", "backup", "restore", "export", "import", "db"]),
    ("People, and this program", &["admin", "token", "doctor", "completions"]),
    ("The model", &["assumptions", "replay", "lab", "schema"]),
];

/// The overview, in so many columns. A command that this build lacks is left out.
pub fn overview(program: &Command, width: usize) -> String {
    let about = |name: &str| {
        let command = program.get_subcommands().find(|command| command.get_name() == name)?;
        Some(command.get_about().map(ToString::to_string).unwrap_or_default())
    };
    let mut text = format!("\n{}\n", paint(STRONG, "  To start with"));
    let longest = FIRST.iter().map(|name| name.len()).max().unwrap_or(0);
    for name in FIRST {
        if let Some(about) = about(name) {
            text += &format!("  {name:<longest$}  {about}\n");
        }
    }
    for (heading, names) in OTHERS {
        let known: Vec<&str> = names.iter().copied().filter(|name| about(name).is_some()).collect();
        if !known.is_empty() {
            text +=
                &format!("\n{}\n{}", paint(STRONG, &format!("  {heading}")), wrapped(&known.join(", "), width, "  "));
        }
    }
    text + "\n  `upstairs COMMAND --help` tells more of one, `upstairs --help` of all.\n"
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Args;

    #[test]
    fn every_command_is_named_once() {
        let program = Args::command();
        let shown: Vec<&str> =
            program.get_subcommands().filter(|one| !one.is_hide_set()).map(Command::get_name).collect();
        let mut named: Vec<&str> =
            FIRST.into_iter().chain(OTHERS.iter().flat_map(|(_, names)| names.iter().copied())).collect();
        named.retain(|name| program.get_subcommands().any(|one| one.get_name() == *name));
        let (mut shown, mut sorted) = (shown, named);
        shown.sort_unstable();
        sorted.sort_unstable();
        assert_eq!(shown, sorted);
    }

    #[test]
    fn it_fits_a_terminal() {
        for width in [60, 80, 100] {
            let text = anstream::adapter::strip_str(&overview(&Args::command(), width)).to_string();
            // What each of the first is for stands on one line of 80 columns.
            assert!(text.lines().all(|line| line.chars().count() <= width.max(80)), "{text}");
        }
    }
}
