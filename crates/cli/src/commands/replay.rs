//! `upstairs replay`: a saved advice computed again.

use std::path::PathBuf;
use std::process::ExitCode;

use engine::advice::{Advice, Fingerprints};
use engine::case::Case;
use engine::{Options, VERSION};
use serde_json::Value;

use crate::error::{Error, REPLAY_DIFFERS};
use crate::files;

use super::{compute, json_of, print, threads};

/// The largest advice that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Compute a saved advice again, to the byte, or say which input differs.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An advice saved with `upstairs advise --json`.
    advice: PathBuf,
    /// Also say whether this case file is still the one that the advice was given on.
    #[arg(long, value_name = "CASE.toml")]
    case: Option<PathBuf>,
    /// Threads to use; all processors by default.
    #[arg(long, value_parser = threads)]
    threads: Option<usize>,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let bytes = files::read(&args.advice, MAX_BYTES)?;
    let saved: Advice = serde_json::from_slice(&bytes).map_err(|cause| not_an_advice(args, &cause))?;
    let mut differences = changed_inputs(&saved);
    if let Some(path) = &args.case {
        differences.extend(changed_keys(&saved.inputs.case, &files::case(path)?)?);
    }
    if differences.is_empty() {
        differences.extend(changed_outputs(args, &saved, &bytes)?);
    }
    if differences.is_empty() {
        print(&format!("Reproduced to the byte: seed {}, {} paths, engine {VERSION}.\n", saved.seed, saved.samples))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&differences.iter().map(|difference| format!("Differs: {difference}\n")).collect::<String>())?;
    Ok(ExitCode::from(REPLAY_DIFFERS))
}

fn not_an_advice(args: &Args, cause: &serde_json::Error) -> Error {
    let at = format!("line {}, column {}", cause.line(), cause.column());
    let what = match cause.classify() {
        serde_json::error::Category::Eof => "the JSON breaks off",
        serde_json::error::Category::Syntax => "is not valid JSON",
        _ => "is JSON, but not an advice",
    };
    let mend = "Expected what `upstairs advise CASE.toml --json` printed; `upstairs schema` says what that is.";
    Error::Advice(args.advice.clone(), format!("{at}: {what}"), mend.to_owned())
}

/// Inputs that are not those the advice says it was made from.
fn changed_inputs(saved: &Advice) -> Vec<String> {
    let inputs = &saved.inputs;
    let now = Fingerprints::of(&inputs.case, inputs.as_of, inputs.ledger, saved.seed, saved.samples);
    let then = &inputs.fingerprints;
    let pairs = [
        ("case", &now.case, &then.case),
        ("as_of", &now.as_of, &then.as_of),
        ("ledger", &now.ledger, &then.ledger),
        ("seed", &now.seed, &then.seed),
        ("samples", &now.samples, &then.samples),
    ];
    let changed = pairs.into_iter().filter(|(_, now, then)| now != then);
    let mut changes: Vec<String> =
        changed.map(|(name, ..)| format!("the input {name} is not the one that this advice was made from")).collect();
    if saved.engine_version != VERSION || now.engine_version != then.engine_version {
        changes.push(format!("the input engine_version: made by another version of the engine; this one is {VERSION}"));
    }
    changes
}

/// Keys of the case that are not as they were. Paths only: no amount is repeated.
fn changed_keys(then: &Case, now: &Case) -> Result<Vec<String>, Error> {
    let value =
        |case| serde_json::to_value(case).map_err(|cause| Error::Ours(format!("a case has no JSON form: {cause}")));
    let mut paths = Vec::new();
    compare("", &value(then)?, &value(now)?, &mut paths);
    Ok(paths.into_iter().map(|path| format!("the input case: {path} has changed since")).collect())
}

/// Outputs that come out otherwise, though the inputs are those recorded.
fn changed_outputs(args: &Args, saved: &Advice, bytes: &[u8]) -> Result<Vec<String>, Error> {
    let options = Options {
        seed: saved.seed,
        samples: saved.samples,
        as_of: saved.inputs.as_of,
        ledger: saved.inputs.ledger,
        flips: saved.inputs.flips,
    };
    let again = compute(&saved.inputs.case, &options, args.threads)?
        .map_err(|refusal| Error::refusal(&args.advice, bytes, refusal))?;
    let json = json_of(&again)?;
    if json.as_bytes() == bytes {
        return Ok(Vec::new());
    }
    let parse = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or(Value::Null);
    let mut paths = Vec::new();
    compare("", &parse(bytes), &parse(json.as_bytes()), &mut paths);
    let first = match paths.first() {
        Some(path) => {
            format!("no input, but {path} comes out otherwise ({} values in all): the file was edited", paths.len())
        }
        None => "no input and no value, but the layout of the file".to_owned(),
    };
    Ok(vec![first])
}

/// The paths at which two values differ, in the order of the first.
fn compare(path: &str, a: &Value, b: &Value, paths: &mut Vec<String>) {
    let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                compare(&at(key), value, b.get(key).unwrap_or(&Value::Null), paths);
            }
            paths.extend(b.keys().filter(|key| !a.contains_key(*key)).map(|key| at(key)));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{index}]"), a, b, paths);
            }
        }
        _ if a == b => {}
        _ => paths.push(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_named_by_path() {
        let a = serde_json::json!({"x": [1, {"y": 2}], "z": 3, "gone": true});
        let b = serde_json::json!({"x": [1, {"y": 4}], "z": 3, "new": 1});
        let mut paths = Vec::new();
        compare("", &a, &b, &mut paths);
        assert_eq!(paths, ["gone", "x[1].y", "new"]);
    }
}
