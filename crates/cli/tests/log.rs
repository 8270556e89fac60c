//! The log of a whole story, at the finest level and in both forms: it tells which requests there were and why some failed,
//! and holds no amount, no wording, no counterpart and no secret.
//!
//! The real program runs on real data; whatever it says on standard error is what is looked through. On PostgreSQL the
//! database is dropped under it, on SQLite a table is taken away.

#![cfg(unix)]

#[path = "log/desk.rs"]
mod desk;
#[path = "log/lines.rs"]
mod lines;
#[path = "../../store/tests/postgres/mod.rs"]
mod postgres;
#[path = "log/story.rs"]
mod story;

use desk::{Desk, Form, Place};
use lines::{Failure, Lines};
use story::Told;

/// Plays the story at a place and gives what was told in it and what was logged of it.
fn played(place: &Place, form: Form, taken_away: impl FnOnce()) -> (Told, Lines) {
    let people = place.people();
    let desk = Desk::start(place, form);
    let mut told = story::play(&desk, &people);
    taken_away();
    story::without_its_database(&desk, &mut told);
    let said = desk.stop();
    (told, Lines::read(form, &said))
}

fn holds(told: &Told, lines: &Lines) {
    lines.hold_none_of(&told.secrets, &told.amounts, &told.words);
    // Controls: each of these is what a log is for, and would be missed if nothing were written at all.
    for id in &told.requests {
        assert!(lines.any(|line| line.contains(id.as_str())), "the request {id} is in no line");
    }
    for route in &told.routes {
        assert!(lines.any(|line| line.contains(route)), "{route} is in no line");
    }
    for name in ["nora", "bea"] {
        assert!(lines.any(|line| line.contains(name)), "{name} did much, and is in no line");
    }
    assert!(lines.any(|line| line.contains("sqlx")), "nothing of other crates is there: this is not the finest level");
    for Failure { status, request } in &told.failures {
        let of_it: Vec<&str> = lines.errors().filter(|line| line.contains(request.as_str())).collect();
        assert_eq!(of_it.len(), 1, "{status} {request} is logged once: {of_it:#?}");
        assert!(of_it[0].contains("cause"), "and with its cause: {of_it:?}");
    }
    assert!(told.failures.len() >= 3, "{:?}", told.failures);
}

#[test]
fn a_story_on_sqlite_as_text() {
    let place = Place::in_folder();
    let (told, lines) = played(&place, Form::Text, || place.loses_a_table());
    holds(&told, &lines);
    assert!(lines.any(|line| line.contains("no such table")), "the cause is the database's own");
}

#[test]
fn a_story_on_sqlite_as_json() {
    let place = Place::in_folder();
    let (told, lines) = played(&place, Form::Json, || place.loses_a_table());
    holds(&told, &lines);
    lines.are_objects();
}

#[test]
fn a_story_on_postgresql_as_json() {
    let url = match postgres::database("log") {
        Ok(url) => url,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL: {why}");
            return eprintln!("SKIPPED a story on PostgreSQL: {why}");
        }
    };
    let place = Place::on(&url);
    let (told, lines) = played(&place, Form::Json, || place.loses_its_database());
    holds(&told, &lines);
    lines.are_objects();
}

#[test]
fn the_first_accounts_address_is_no_part_of_a_log_for_programs() {
    let place = Place::in_folder();
    let desk = Desk::start(&place, Form::Json);
    assert!(desk.printed().contains("/welcome?token="), "{}", desk.printed());
    let said = desk.stop();
    assert!(!said.contains("token") && said.contains("the desk answers"), "{said}");
}

#[test]
fn a_command_that_fails_says_why_in_the_log_and_what_to_do_beside_it() {
    let place = Place::in_folder();
    place.people();
    place.loses_a_table();
    let output = place.run(&["list", "--as", "nora", "--log-format", "json"]);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(6), "{said}");
    let (log, words) = said.split_once("\nerror: ").expect("a line of the log, then the error");
    let log: serde_json::Value = serde_json::from_str(log).expect("an object");
    assert!(log["cause"].as_str().expect("a cause").contains("no such table"), "{log}");
    assert!(words.contains("the log says why"), "{words}");
    let foreign = place.run_with(("RUST_LOG", "hyper=debug"), &["list", "--as", "nora"]);
    let said = String::from_utf8(foreign.stderr).expect("text");
    assert!(
        said.contains(" ERROR ") && said.contains("no such table"),
        "levels of another program's hide nothing: {said}"
    );
    let quiet = place.run(&["list", "--as", "nora", "--log", "off"]);
    assert!(String::from_utf8(quiet.stderr).expect("text").starts_with("error: "));
    let wrong = place.run(&["list", "--as", "nora", "--log", "loud"]);
    let said = String::from_utf8(wrong.stderr).expect("text");
    assert!(wrong.status.code() == Some(2) && said.contains("expected error, warn"), "{said}");
}
