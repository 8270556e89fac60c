//! What can be asked on the command line.

use clap::{Args as Group, Parser, Subcommand};
use tracing::level_filters::LevelFilter;

#[cfg(feature = "desk")]
use crate::commands::desk;
#[cfg(feature = "lab")]
use crate::commands::lab;
#[cfg(feature = "packages")]
use crate::commands::packages;
use crate::commands::{advise, assumptions, completions, doctor, markdown_help, replay, schema};
use crate::log;

/// Whether, when and how to involve your boss in a negotiation, and what that is worth.
///
/// Exit codes: 0 all is well; 1 a replay differs, or what is stored was altered; 2 the command line is wrong; 3 a case,
/// an advice or a sheet is wrong; 4 a file can't be read or written; 5 the record, the ladder or your part in a
/// negotiation does not let it be done; 6 the database fails, an address can't be had, or `doctor` finds something to mend;
/// 7 a message gives something away for certain; 70 a fault of the program.
#[derive(Debug, Parser)]
#[command(name = "upstairs", version, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Whether to use colour.
    #[command(flatten)]
    pub color: Color,
    /// What is logged.
    #[command(flatten)]
    pub log: log::Options,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[cfg_attr(feature = "desk", expect(clippy::large_enum_variant, reason = "one is made in a run"))]
pub enum Command {
    /// Advise on a case: whether, when and how to involve your boss.
    Advise(advise::Args),
    /// List every number that the model assumes, with its source and grade.
    Assumptions(assumptions::Args),
    /// Compute a saved advice again, to the byte, or say which input differs.
    Replay(replay::Args),
    /// Say what an issue sheet tells of packages, trades and limits.
    #[cfg(feature = "packages")]
    Packages(packages::Args),
    /// Experiments on the model itself.
    #[cfg(feature = "lab")]
    Lab(lab::Args),
    #[cfg(feature = "desk")]
    #[command(flatten)]
    Desk(desk::Command),
    /// Say what is configured, what is reachable, what is missing, and how to mend it.
    Doctor(doctor::Args),
    /// Print the JSON schema of an advice.
    Schema(schema::Args),
    /// Print completions for a shell.
    Completions(completions::Args),
    /// Print the reference of the command line in Markdown.
    #[command(hide = true)]
    MarkdownHelp(markdown_help::Args),
}

impl Command {
    /// The level at which it logs where nobody says another: what serves for weeks says when it began and ended.
    pub fn logs_by_default(&self) -> LevelFilter {
        match self {
            #[cfg(feature = "desk")]
            Self::Desk(desk::Command::Serve(_)) => LevelFilter::INFO,
            _ => LevelFilter::WARN,
        }
    }
}

/// Whether to use colour.
#[derive(Clone, Copy, Debug, Group)]
pub struct Color {
    /// Use colour: by itself only on a terminal, and never where NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value_t = When::Auto)]
    color: When,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Puts the choice in force for all output.
    pub fn write_global(self) {
        let choice = match self.color {
            When::Auto => anstream::ColorChoice::Auto,
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
