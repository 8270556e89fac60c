//! `upstairs schema`: the JSON schema of an advice.

use std::process::ExitCode;

use engine::advice::Advice;

use crate::error::Error;

use super::print;

/// Print the JSON schema of an advice.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: Args) -> Result<ExitCode, Error> {
    print(&text()?)?;
    Ok(ExitCode::SUCCESS)
}

/// The schema as committed under schema/.
pub fn text() -> Result<String, Error> {
    let schema = schemars::schema_for!(Advice);
    let json = serde_json::to_string_pretty(&schema);
    json.map(|json| json + "\n").map_err(|cause| Error::Ours(format!("the schema has no JSON form: {cause}")))
}
