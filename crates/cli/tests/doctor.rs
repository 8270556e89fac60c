//! `upstairs doctor` on real states: nothing yet, all well, and everything that goes wrong with a place, each told with its mend.

#![cfg(unix)]

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use store::{Location, Store};

#[path = "../../store/tests/postgres/mod.rs"]
mod postgres;

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");
/// A user whom no file of a test's belongs to.
const NOBODY: u32 = 65534;

fn program(binary: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(binary);
    let variables = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in variables.filter(|name| name.starts_with("UPSTAIRS_") || name == "RUST_LOG") {
        command.env_remove(name);
    }
    command.args(args).env("UPSTAIRS_USER", "nora").current_dir("/");
    command
}

fn run(args: &[&str]) -> Output {
    program(Path::new(BINARY), args).output().expect("the program runs")
}

/// What is found, by what was looked at, and whether it ends well.
struct Found {
    code: i32,
    all: Value,
    said: String,
}

impl Found {
    fn of(output: &Output) -> Self {
        let said = String::from_utf8(output.stdout.clone()).expect("text");
        let all = serde_json::from_str(&said)
            .unwrap_or_else(|why| panic!("{why}: {said}{}", String::from_utf8_lossy(&output.stderr)));
        let said = said + &String::from_utf8_lossy(&output.stderr);
        Self { code: output.status.code().expect("an exit code"), all, said }
    }

    /// At an address that is free, unless another is said.
    fn at(args: &[&str]) -> Self {
        Self::of(&run(&[&["doctor", "--json", "--listen", "127.0.0.1:0"], args].concat()))
    }

    /// State, finding and mend of the first check of a name.
    #[track_caller]
    fn check(&self, name: &str) -> (&str, &str, &str) {
        let checks = self.all["checks"].as_array().expect("checks");
        let check =
            checks.iter().find(|check| check["check"] == name).unwrap_or_else(|| panic!("{name}: {}", self.all));
        let text = |key: &str| check[key].as_str().unwrap_or_default();
        (text("state"), text("found"), text("mend"))
    }

    /// That a check fails, with something to do about it, and the program with it.
    #[track_caller]
    fn fails(&self, name: &str, found: &str, mend: &str) {
        let (state, said, how) = self.check(name);
        assert_eq!((state, self.code, &self.all["well"]), ("fail", 6, &Value::Bool(false)), "{}", self.all);
        assert!(said.contains(found) && how.contains(mend), "{said}: {how}");
    }
}

fn folder() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    (folder, path)
}

/// A folder with one negotiation in it.
fn records() -> (tempfile::TempDir, String) {
    let (folder, path) = folder();
    let opened =
        run(&["open", "Renewal", "--with", "Northwind", "--role", "seller", "--currency", "USD", "--data", &path]);
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    (folder, path)
}

#[test]
fn a_place_without_records_is_fine_and_stays_empty() {
    let (folder, path) = folder();
    let found = Found::at(&["--data", &path]);
    assert_eq!((found.code, &found.all["well"]), (0, &Value::Bool(true)), "{}", found.all);
    let (state, said, mend) = found.check("database");
    assert_eq!((state, said), ("warn", "there are no records yet"));
    assert!(mend.contains("upstairs open"), "{mend}");
    assert!(found.check("records").1.contains("--data"));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "it writes nothing");
}

#[test]
fn records_that_are_well_are_said_to_be() {
    let (_folder, path) = records();
    let found = Found::at(&["--data", &path]);
    assert_eq!(found.code, 0, "{}", found.all);
    for name in
        ["program", "log", "records", "writing", "room", "database", "accounts", "address", "transport", "calendars"]
    {
        assert_eq!(found.check(name).0, "ok", "{name}: {}", found.all);
    }
    assert!(found.check("database").1.contains("negotiations: 1"), "{}", found.all);
    assert!(!found.said.contains("Northwind") && !found.said.contains("Renewal"));
    let text = String::from_utf8(run(&["doctor", "--data", &path, "--listen", "127.0.0.1:0"]).stdout).expect("text");
    assert!(text.contains("  ok    database") && text.ends_with("All is well.\n"), "{text}");
}

#[test]
fn records_that_may_not_be_written_are_named() {
    let (folder, path) = records();
    let (file, open) = (folder.path().join("upstairs.db"), std::fs::Permissions::from_mode);
    std::fs::set_permissions(&file, open(0o644)).expect("it may be read");
    std::fs::set_permissions(folder.path(), open(0o755)).expect("it may be entered");
    // Whoever runs this may write everywhere if they are root: then nobody looks, with a copy of the program that they may run.
    let (_bin, binary) = copied();
    let mut command = program(&binary, &["doctor", "--json", "--listen", "127.0.0.1:0", "--data", &path]);
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    } else {
        std::fs::set_permissions(&file, open(0o444)).expect("it may be read alone");
        std::fs::set_permissions(folder.path(), open(0o555)).expect("it may be entered alone");
    }
    let found = Found::of(&command.output().expect("the program runs"));
    std::fs::set_permissions(folder.path(), open(0o755)).expect("it can be cleared away");
    found.fails("writing", "can't be written by you", "another place");
    assert_eq!(found.check("database").0, "ok", "it can be read: {}", found.all);
    assert_eq!(found.check("privacy").0, "warn");
}

fn copied() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("it may be entered");
    let binary = folder.path().join("upstairs");
    std::fs::copy(BINARY, &binary).expect("a copy of the program");
    (folder, binary)
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Changes an SQLite file behind the program's back.
fn tamper(folder: &Path, statement: &'static str) {
    use sqlx::{AnyConnection, Connection as _, Executor as _};
    sqlx::any::install_default_drivers();
    let url = format!("sqlite:{}", folder.join("upstairs.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    runtime.block_on(async {
        let mut connection = AnyConnection::connect(&url).await.expect("the database opens");
        connection.execute(statement).await.expect("it is changed");
        connection.close().await.expect("it closes");
    });
}

#[test]
fn records_of_other_versions_are_told_from_altered_ones() {
    let (folder, path) = records();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 SELECT 99, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    tamper(folder.path(), newer);
    Found::at(&["--data", &path]).fails("database", "newer version", "Use that version");
    tamper(folder.path(), "DELETE FROM _sqlx_migrations WHERE version = 99");
    assert_eq!(Found::at(&["--data", &path]).code, 0);
    tamper(folder.path(), "CREATE TABLE of_somebody_elses (id BIGINT)");
    Found::at(&["--data", &path]).fails("database", "the form of the database was altered", "upstairs verify");
    std::fs::write(folder.path().join("upstairs.db"), "no database").expect("written");
    Found::at(&["--data", &path]).fails("database", "no database", "restore a backup");
}

#[test]
fn what_is_still_to_follow_from_the_record_is_told() {
    let (folder, path) = records();
    assert_eq!(Found::at(&["--data", &path]).check("outbox").0, "ok", "nobody follows");
    let place = Location::File(folder.path().join("upstairs.db"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    runtime.block_on(async {
        let store = Store::open(&place).await.expect("the records open");
        store.follow("of-an-older-version").await.expect("it follows");
        store.close().await;
    });
    let opened = ["open", "Copy", "--with", "Northwind", "--role", "seller", "--currency", "USD", "--data", &path];
    assert!(run(&opened).status.success());
    let found = Found::at(&["--data", &path]);
    let (state, said, mend) = found.check("outbox");
    assert!(state == "warn" && said.contains("of-an-older-version: 1, the oldest since 20"), "{said}");
    assert!(mend.contains("lets go"), "{mend}");
    assert_eq!(found.code, 0, "{}", found.all);
}

#[test]
fn an_address_that_is_taken_is_told() {
    let (_folder, path) = folder();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    drop(std::thread::spawn(move || listener.incoming().take(1).for_each(drop)));
    let found = Found::of(&run(&["doctor", "--json", "--data", &path, "--listen", &address]));
    found.fails("address", "taken by another program", "--listen");
    let elsewhere = Found::of(&run(&["doctor", "--json", "--data", &path, "--listen", "192.0.2.1:80"]));
    elsewhere.fails("address", "can't be answered on", "an address of this machine");
    assert_eq!(elsewhere.check("transport").0, "warn");
}

#[test]
fn a_variable_that_means_nothing_is_named() {
    let (_folder, path) = folder();
    let mut command = program(Path::new(BINARY), &["doctor", "--json", "--listen", "127.0.0.1:0", "--data", &path]);
    command.env("UPSTAIRS_DATABSE", "postgres://nora:heron@127.0.0.1/x").env("RUST_LOG", "loud");
    let found = Found::of(&command.output().expect("the program runs"));
    assert_eq!(found.code, 0);
    assert!(found.said.contains("UPSTAIRS_DATABSE is set and means nothing"), "{}", found.all);
    assert_eq!(found.check("log").0, "warn");
    assert!(!found.said.contains("heron"));
}

#[test]
fn a_server_that_is_not_there_is_told_without_the_password() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let found = Found::at(&["--database", &format!("postgres://nora:heron@127.0.0.1:{free}/desk")]);
    found.fails("database", "refused", "Start the server");
    assert!(found.check("records").1.contains(&format!("postgres://127.0.0.1:{free}/desk")), "{}", found.all);
    assert!(!found.said.contains("heron"), "{}", found.said);
    let none = Found::at(&["--database", "mysql://nora:heron@127.0.0.1/desk"]);
    none.fails("records", "is no PostgreSQL database", "Correct it");
    assert!(!none.said.contains("heron"), "{}", none.said);
}

#[test]
fn a_server_is_told_as_it_is() {
    // A server of its own, for others need no password.
    let server = match postgres::start() {
        Ok(server) => server,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL: {why}");
            return eprintln!("SKIPPED doctor on PostgreSQL: {why}");
        }
    };
    let empty = postgres::database("empty").expect("a database");
    assert_eq!(Found::at(&["--database", &empty]).check("database").0, "warn", "there are no records yet");
    let url = server.database("doctor").expect("a database");
    let opened =
        run(&["open", "Renewal", "--with", "Northwind", "--role", "seller", "--currency", "USD", "--database", &url]);
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let found = Found::at(&["--database", &url]);
    assert_eq!((found.code, found.check("database").0), (0, "ok"), "{}", found.all);
    Found::at(&["--database", &url.replace("/doctor", "/nothing")]).fails("database", "", "Make the database");

    // Somebody with a password, who may read.
    let socket = server.folder.display().to_string();
    let port = url.rsplit(':').next().and_then(|rest| rest.split('/').next()).expect("a port");
    let made = "CREATE ROLE reader LOGIN PASSWORD 'heron'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader";
    server.run("psql", &["-h", &socket, "-p", port, "-d", "doctor", "-c", made]).expect("a role");
    let rules = server.folder.join("data/pg_hba.conf");
    let others = std::fs::read_to_string(&rules).expect("the rules");
    std::fs::write(&rules, format!("host all reader 127.0.0.1/32 scram-sha-256\n{others}")).expect("written");
    let data = server.folder.join("data").display().to_string();
    server.run("pg_ctl", &["-D", &data, "reload"]).expect("it reads its rules again");
    let with = |password: &str| format!("postgres://reader:{password}@127.0.0.1:{port}/doctor");
    let wrong = (0..50).map(|_| Found::at(&["--database", &with("wrong-heron")])).find(|found| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        found.check("database").0 == "fail"
    });
    let wrong = wrong.expect("the rules are in force within seconds");
    wrong.fails("database", "password authentication failed", "Correct user and password");
    assert!(!wrong.said.contains("heron"), "{}", wrong.said);
    let reads = Found::at(&["--database", &with("heron")]);
    reads.fails("writing", "read alone", "grant");
    assert!(!reads.said.contains("heron"), "{}", reads.said);
}
