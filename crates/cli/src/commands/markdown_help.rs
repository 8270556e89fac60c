//! `upstairs markdown-help`: the reference of the command line, as committed under docs/.

use std::process::ExitCode;

use crate::args;
use crate::error::Error;

use super::print;

/// Print the reference of the command line in Markdown.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: Args) -> Result<ExitCode, Error> {
    let options = clap_markdown::MarkdownOptions::new().title("The command line".to_owned()).show_footer(false);
    print(&(clap_markdown::help_markdown_custom::<args::Args>(&options).trim_end().to_owned() + "\n"))?;
    Ok(ExitCode::SUCCESS)
}
