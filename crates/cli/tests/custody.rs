//! Care of what is stored: proof, backup, restore, export and moves, by the real binary.

use std::path::Path;
use std::process::{Command, Output};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

fn run(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(BINARY);
    command.args(args).env("UPSTAIRS_DATA", data).env("UPSTAIRS_USER", "nora").env_remove("UPSTAIRS_DATABASE");
    command.output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[track_caller]
fn good(data: &Path, args: &[&str]) -> String {
    let output = run(data, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// What is said of a run that must fail with a code.
#[track_caller]
fn bad(data: &Path, args: &[&str], code: i32) -> String {
    let output = run(data, args);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}{}", text(&output.stdout));
    said
}

/// Records with one negotiation and an offer.
fn records(folder: &Path) -> std::path::PathBuf {
    let data = folder.join("desk");
    let opened = good(&data, &["open", "Renewal", "--with", "Northwind", "--role", "seller", "--currency", "USD"]);
    let id = opened.split_whitespace().next().expect("an id");
    good(&data, &["offer", id, "them", "1330000"]);
    data
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Another amount in a file of records.
fn tamper(database: &Path) {
    let mut bytes = std::fs::read(database).expect("the database");
    let price = b"1330000";
    let at = bytes.windows(price.len()).rposition(|window| window == price).expect("the offer is stored");
    bytes[at] = b'9';
    std::fs::write(database, bytes).expect("written");
}

fn sql(database: &Path, statements: &'static str) {
    sqlx::any::install_default_drivers();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let pool = sqlx::AnyPool::connect(&format!("sqlite://{}", database.display())).await.expect("opened");
        sqlx::raw_sql(statements).execute(&pool).await.expect("done");
        pool.close().await;
    });
}

#[test]
fn nothing_is_made_where_records_should_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let (nowhere, target) = (folder.path().join("no/such"), folder.path().join("target"));
    let target_name = shown(&target);
    for args in [&["verify"][..], &["backup", &target_name], &["export"], &["db", "move", "--to-data", &target_name]] {
        let said = bad(&nowhere, args, 4);
        assert!(said.contains(&shown(&nowhere)) && said.contains("upstairs open"), "{args:?}: {said}");
        assert!(!nowhere.exists() && !target.exists(), "{args:?}");
    }
}

#[test]
fn what_was_altered_goes_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    let (backup, target) = (folder.path().join("backup"), folder.path().join("target"));
    good(&data, &["backup", &shown(&backup)]);
    tamper(&backup);
    let before = std::fs::read(&backup).expect("read");
    let said = bad(&target, &["restore", &shown(&backup)], 1);
    assert!(said.contains(&shown(&backup)) && said.contains("altered"), "{said}");
    assert!(!target.exists(), "the target is not there, as before");
    assert!(before == std::fs::read(&backup).expect("read"), "the backup is left as it is");

    tamper(&data.join("upstairs.db"));
    let another = folder.path().join("another");
    bad(&data, &["backup", &shown(&another)], 1);
    assert!(!another.exists());
    bad(&data, &["db", "move", "--to-data", &shown(&target)], 1);
    assert!(!target.exists());
}

#[test]
fn an_account_put_in_from_behind_goes_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    sql(&data.join("upstairs.db"), "INSERT INTO users VALUES ('eve', 'admin', '', '2026-03-02T09:00:00Z', '', 'x')");
    let target = folder.path().join("target");
    for args in [&["verify"][..], &["backup", &shown(&target)], &["db", "move", "--to-data", &shown(&target)]] {
        let said = bad(&data, args, 1);
        assert!(said.contains("account") && !said.contains("entry"), "{args:?}: {said}");
        assert!(!target.exists(), "{args:?}");
    }
}

#[test]
fn what_is_no_backup_is_said_to_be_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        shown(&path)
    };
    let (junk, empty) = (file("junk", &b"no database, however long it may be. ".repeat(40)), file("empty", b""));
    let missing = shown(&folder.path().join("missing"));
    for name in [&junk, &empty, &missing] {
        let said = bad(&folder.path().join("target"), &["restore", name], 4);
        assert!(said.contains(name.as_str()) && !said.contains("examples/"), "{said}");
        let said = bad(&data, &["import", &missing], 4);
        assert!(!said.contains("examples/"), "{said}");
    }
    let nowhere = shown(&folder.path().join("nowhere/backup"));
    let said = bad(&data, &["backup", &nowhere], 4);
    assert!(said.contains(&nowhere), "{said}");
}

#[test]
fn a_damaged_file_is_told_from_a_database_that_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    let database = data.join("upstairs.db");
    let whole = std::fs::read(&database).expect("read");
    for (what, range) in [("the head", 0..16), ("the form", 100..116), ("a page", 4096..8192)] {
        let mut bytes = whole.clone();
        bytes[range].fill(0x5a);
        std::fs::write(&database, bytes).expect("written");
        let said = bad(&data, &["verify"], 1);
        assert!(said.contains("damaged") || said.contains("altered"), "{what}: {said}");
        bad(&data, &["list"], 1);
    }
    std::fs::write(&database, &whole[..whole.len() / 2]).expect("written");
    bad(&data, &["verify"], 1);
}

#[test]
fn records_of_an_older_version_are_read_and_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    let backup = folder.path().join("backup");
    good(&data, &["backup", &shown(&backup)]);
    let older = "DROP TABLE tally; DROP TABLE outbox; DROP TABLE followers; DROP TABLE moments; ALTER TABLE keys DROP COLUMN issuer; \
         DELETE FROM _sqlx_migrations WHERE version >= 4";
    sql(&backup, older);
    sql(&data.join("upstairs.db"), older);
    let before = std::fs::read(&backup).expect("read");
    let restored = folder.path().join("restored");
    good(&restored, &["restore", &shown(&backup)]);
    good(&restored, &["verify"]);
    assert!(before == std::fs::read(&backup).expect("read"), "the backup is left as it is");

    let said = bad(&data, &["verify"], 5);
    assert!(said.contains("older version"), "{said}");
    good(&data, &["list"]);
    good(&data, &["verify"]);
}

#[test]
fn any_folder_will_do() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["50 % off", "why?", "%41 & more#"] {
        let data = folder.path().join(name);
        good(&data, &["open", "Renewal", "--with", "Northwind", "--role", "seller", "--currency", "USD"]);
        assert!(data.join("upstairs.db").is_file());
        assert!(good(&data, &["verify"]).contains("Entries: 2"));
    }
}

/// The folder was somebody else's making, and stays open; the records in it are private all the same.
#[cfg(unix)]
#[test]
fn records_are_private_in_any_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("desk");
    std::fs::create_dir(&data).expect("made");
    records(folder.path());
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&data.join("upstairs.db")), 0o600);
    let backup = folder.path().join("backup");
    good(&data, &["backup", &shown(&backup)]);
    assert_eq!(mode(&backup), 0o600);
}

#[test]
fn an_import_is_made_once_and_leaves_a_trace() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    let export = good(&data, &["export"]);
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        shown(&path)
    };
    let (whole, other) = (file("whole.json", &export), file("other.json", &export.replace("Northwind", "Eastwind")));
    let elsewhere = folder.path().join("elsewhere");
    assert!(good(&elsewhere, &["import", &whole]).contains("1 negotiations are imported"));
    let again = good(&elsewhere, &["import", &whole]);
    assert!(again.contains("0 negotiations") && again.contains("1 were here already"), "{again}");
    let exported: serde_json::Value = serde_json::from_str(&export).expect("JSON");
    let id = exported["negotiations"][0]["id"].as_str().expect("an id");
    let said = bad(&elsewhere, &["import", &other], 5);
    assert!(said.contains(id) && said.contains("other entries"), "{said}");
    // Told however much was seen since.
    for _ in 0..3 {
        good(&elsewhere, &["show", id]);
    }
    let views = good(&elsewhere, &["views", id, "--limit", "2"]);
    assert!(views.contains("imported entries 1 to 3"), "{views}");
    assert!(!good(&data, &["views", id]).contains("imported"));
    good(&elsewhere, &["verify"]);
}

/// The hash that is to be kept, as it is printed.
fn hash_in(said: &str) -> String {
    let hash = said.split_whitespace().find(|word| word.contains('@') && word.len() > 64).expect("a hash");
    hash.trim_end_matches('.').to_owned()
}

#[test]
fn a_kept_hash_tells_whether_and_since_when_records_differ() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    let first = hash_in(&good(&data, &["verify"]));
    let said = good(&data, &["backup", &shown(&folder.path().join("kept.db"))]);
    assert_eq!(hash_in(&said), first, "a backup prints what it has");
    good(&data, &["open", "Another", "--with", "Meridian", "--role", "buyer", "--currency", "USD"]);
    let second = hash_in(&good(&data, &["verify"]));
    assert_ne!(first, second);
    let alone = first.split('@').next().expect("a hash").to_owned();
    for kept in [&first, &alone] {
        let said = good(&data, &["verify", "--against", kept, "--against", &second]);
        assert!(said.contains("still does. Since then: 2 entries, 0 lines in the log."), "{said}");
    }
    // The backup is put in its place: what came after it is gone, and that is told.
    let back = folder.path().join("back");
    good(&back, &["restore", &shown(&folder.path().join("kept.db"))]);
    assert!(good(&back, &["verify", "--against", &first]).contains("still does"));
    let said = bad(&back, &["verify", "--against", &first, "--against", &second], 1);
    assert!(said.contains("they differ since some time after"), "{said}");
    let said = bad(&back, &["verify", "--against", &second], 1);
    assert!(said.contains("they differ since"), "{said}");
    for wrong in ["", "nonsense", "12@3", &format!("{alone}@0")] {
        assert!(bad(&back, &["verify", "--against", wrong], 2).contains("HASH@MOMENT"), "{wrong}");
    }
}

#[test]
fn a_backup_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = records(folder.path());
    tamper(&data.join("upstairs.db"));
    bad(&data, &["backup", &shown(&folder.path().join("one/two/backup.db"))], 4);
    assert!(!folder.path().join("one").exists());
    let plain = folder.path().join("backup.db");
    bad(&data, &["backup", &shown(&plain)], 1);
    let mut left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("read").map(|one| one.expect("one").file_name()).collect();
    left.sort();
    assert_eq!(left, ["desk"]);
}
