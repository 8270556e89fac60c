//! The desk in a real browser: a negotiator and a boss, every page on a phone and on a desktop, light and dark.
//!
//! It takes Node with npm, and a Chromium; without them it is skipped aloud, and fails in CI. `xtask/browser/desk.mjs` is what
//! is done; pictures of every page are kept under the target folder.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

/// A program that runs, stopped when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_negotiator_and_a_boss_use_the_desk() {
    let (folder, chromium) = match tools() {
        Ok(tools) => tools,
        Err(why) if std::env::var_os("CI").is_some() => panic!("no browser: {why}"),
        Err(why) => return eprintln!("SKIPPED: no browser, for {why}"),
    };
    let data = tempfile::tempdir().expect("a folder");
    let mut serve = Command::new(BINARY);
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.path()).env_remove("UPSTAIRS_DATABASE");
    let mut serve = Running(serve.stderr(Stdio::piped()).spawn().expect("the binary runs"));
    let mut lines = BufReader::new(serve.0.stderr.take().expect("its errors")).lines().map_while(Result::ok);
    let mut told = |what: &str| {
        let line = lines.by_ref().find(|line| line.contains(what)).expect("it says so");
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
        address.trim_end_matches(';').to_owned()
    };
    let (address, welcome) = (told("answers on"), told("welcome"));
    let used = Command::new("node")
        .arg("desk.mjs")
        .args([&address, &welcome])
        .arg(folder.join("pictures"))
        .current_dir(&folder)
        .env("CHROMIUM", chromium)
        .output()
        .expect("node runs");
    eprint!("{}", String::from_utf8_lossy(&used.stdout));
    assert!(used.status.success(), "{}", String::from_utf8_lossy(&used.stderr));
}

/// A folder with the script and what it needs, and a browser.
fn tools() -> Result<(PathBuf, PathBuf), String> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    let chromium = named.into_iter().chain(places).find(|place| place.is_file());
    let chromium = chromium.ok_or("none is found; CHROMIUM names one")?;
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/browser");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    std::fs::create_dir_all(&folder).map_err(|cause| cause.to_string())?;
    for name in ["desk.mjs", "package.json", "package-lock.json"] {
        std::fs::copy(scripts.join(name), folder.join(name)).map_err(|cause| format!("{name}: {cause}"))?;
    }
    let installed =
        Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&folder).status();
    match installed {
        Ok(status) if status.success() => Ok((folder, chromium)),
        Ok(_) => Err("npm could not install what the script needs".to_owned()),
        Err(cause) => Err(format!("npm: {cause}")),
    }
}
