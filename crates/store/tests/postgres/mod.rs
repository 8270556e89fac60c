//! A PostgreSQL server of our own for the tests: found, started on a free port, and stopped with the process.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();

/// A server that runs as long as this process, unless it is stopped before.
pub struct Server {
    programs: PathBuf,
    port: u16,
    /// Holds its `data` and its `log`.
    pub folder: PathBuf,
}

/// The URL of a fresh database, on the server that all tests of the process share.
pub fn database(name: &str) -> Result<String, String> {
    SERVER.get_or_init(start).as_ref().map_err(Clone::clone)?.database(name)
}

/// Servers refuse to run as root; there is a user of their own then.
fn owner() -> String {
    if is_root() { "postgres".to_owned() } else { std::env::var("USER").unwrap_or_else(|_| "postgres".to_owned()) }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

impl Server {
    /// The URL of a fresh database.
    pub fn database(&self, name: &str) -> Result<String, String> {
        self.run("createdb", &["-h", &self.folder.display().to_string(), "-p", &self.port.to_string(), name])?;
        Ok(format!("postgres://{}@127.0.0.1:{}/{name}", owner(), self.port))
    }

    /// Runs one of PostgreSQL's own programs.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        run(&self.programs.join(program), arguments)
    }
}

fn run(program: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    let status = command.args(arguments).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{} ended with {status}", program.display())),
        Err(cause) => Err(format!("{}: {cause}", program.display())),
    }
}

fn programs() -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let places = std::env::split_paths(&path).chain(debian.map(|version| version.path().join("bin")));
    let has = |place: &PathBuf| ["initdb", "pg_ctl", "createdb"].iter().all(|program| place.join(program).is_file());
    places.into_iter().find(has).ok_or_else(|| "its programs initdb, pg_ctl and createdb are not found".to_owned())
}

/// Starts a server of its own.
pub fn start() -> Result<Server, String> {
    let programs = programs()?;
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(|e| e.to_string())?.port();
    let folder = std::env::temp_dir().join(format!("upstairs-postgres-{port}"));
    std::fs::create_dir_all(&folder).map_err(|cause| cause.to_string())?;
    if is_root() {
        run_as_root("chown", &["postgres", &folder.display().to_string()])?;
    }
    let data = folder.join("data").display().to_string();
    let user = owner();
    run(&programs.join("initdb"), &["-A", "trust", "--no-sync", "-U", &user, "-D", &data])?;
    let options = format!("-p {port} -k {} -c listen_addresses=127.0.0.1", folder.display());
    let log = folder.join("log").display().to_string();
    run(&programs.join("pg_ctl"), &["-w", "-D", &data, "-l", &log, "-o", &options, "start"])?;
    stop_with_us(&programs, &folder, &data);
    Ok(Server { programs, port, folder })
}

fn run_as_root(program: &str, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new(program).args(arguments).status().map_err(|cause| cause.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}")) }
}

/// Tests have no end of their own to hook into: a shell waits for this process to go, and stops the server.
fn stop_with_us(programs: &Path, folder: &Path, data: &str) {
    let runuser = if is_root() { "runuser -u postgres --" } else { "" };
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 1; done; {runuser} {} -D {data} -m immediate stop; rm -rf {}",
        std::process::id(),
        programs.join("pg_ctl").display(),
        folder.display(),
    );
    let quiet = || Stdio::null();
    let _ = Command::new("setsid").args(["sh", "-c", &script]).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
}
