//! `upstairs markdown-help`: the reference of the command line, as committed under docs/.

use std::process::ExitCode;

use crate::error::Error;

use super::print;

/// Print the reference of the command line in Markdown.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Args {}

/// Runs the command, for all that can be asked on the `line`.
pub fn run(_: Args, line: &clap::Command) -> Result<ExitCode, Error> {
    let options = clap_markdown::MarkdownOptions::new().title("The command line".to_owned()).show_footer(false);
    print(&(clap_markdown::help_markdown_command_custom(line, &options).trim_end().to_owned() + "\n"))?;
    Ok(ExitCode::SUCCESS)
}
