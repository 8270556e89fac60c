//! The interview as the real binary holds it: over a pipe, and in a terminal.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

const ANSWERS: [&str; 12] = [
    "selling the renewal to Northwind",
    "$1.05m",
    "1.4m",
    "1.18m 1.1m",
    "1.14m 1.23m 1.34m",
    "likely",
    "us 1.42m, them 1.02m, us 1.38m, them 1.075m",
    "6, 3k each",
    "4, 150k each",
    "",
    "7k",
    "",
];

/// A place for a file of this test process, with nothing there.
fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    path
}

/// A run with `lines` on standard input.
fn piped(args: &[&str], lines: &[&str]) -> Output {
    let mut child = Command::new(BINARY)
        .args(["advise", "--samples", "1024"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let input: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    // A run that ends early leaves answers unread, which is no fault.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[test]
fn answers_give_the_same_advice_as_the_case_they_are_saved_as() {
    let path = place("saved.toml");
    let name = path.display().to_string();
    for form in [&[][..], &["--json"]] {
        let _ = std::fs::remove_file(&path);
        let asked = piped(&[&["--ask", "--save", &name], form].concat(), &ANSWERS);
        assert_eq!(asked.status.code(), Some(0), "{}", text(&asked.stderr));
        let read = piped(&[&[name.as_str()], form].concat(), &[]);
        assert_eq!(read.status.code(), Some(0), "{}", text(&read.stderr));
        assert_eq!(text(&asked.stdout), text(&read.stdout));
    }
    let prompts = text(&piped(&["--ask"], &ANSWERS).stderr);
    assert!(prompts.contains("12 of 12.") && prompts.contains("As understood"), "{prompts}");
    assert!(!prompts.contains('\u{1b}'), "a pipe gets plain text");
}

#[test]
fn the_name_of_the_file_can_be_given_last() {
    let path = place("last.toml");
    let name = path.with_extension("").display().to_string();
    let taken = place("taken.toml");
    std::fs::write(&taken, "mine").expect("the target folder can be written");
    let taken_name = taken.display().to_string();
    let lines = [&ANSWERS[..], &[taken_name.as_str(), "yes", &name]].concat();
    let output = piped(&["--ask"], &lines);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("is there already") && said.contains("Saved."), "{said}");
    assert_eq!(std::fs::read_to_string(&taken).expect("still there"), "mine");
    assert!(std::fs::read_to_string(&path).expect("saved").contains("walk_away = 1_050_000"));
    let unsaved = piped(&["--ask"], &ANSWERS);
    assert!(text(&unsaved.stderr).contains("Not saved."));
    assert_eq!(unsaved.status.code(), Some(0));
}

#[test]
fn without_a_case_and_a_terminal_one_is_told_what_to_do() {
    let output = piped(&[], &ANSWERS);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && said.contains("Name a case file") && said.contains("on a terminal"), "{said}");
}

#[test]
fn whoever_leaves_leaves_nothing_behind() {
    let path = place("left.toml");
    let name = path.display().to_string();
    for lines in [&ANSWERS[..5], &["selling x", "quit"], &[]] {
        let output = piped(&["--ask", "--save", &name], lines);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).ends_with("Nothing was saved.\n"), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty() && !path.exists());
    }
}

#[test]
fn a_file_that_is_there_is_refused_before_anything_is_asked() {
    let path = place("there.toml");
    std::fs::write(&path, "mine").expect("the target folder can be written");
    let output = piped(&["--ask", "--save", &path.display().to_string()], &ANSWERS);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(4));
    assert!(said.contains("is there already") && !said.contains("1 of 12"), "{said}");
}

#[test]
fn asking_and_a_case_do_not_go_together() {
    for args in [&["case.toml", "--ask"][..], &["case.toml", "--save", "other.toml"]] {
        assert_eq!(piped(args, &[]).status.code(), Some(2), "{args:?}");
    }
}

#[cfg(unix)]
mod terminal {
    //! The same in a pseudo-terminal.

    use rexpect::session::{PtySession, spawn_command};

    use super::*;

    fn session(args: &[&str]) -> PtySession {
        let mut command = Command::new(BINARY);
        command.args(["advise", "--samples", "1024"]).args(args);
        spawn_command(command, Some(60_000)).expect("a terminal")
    }

    /// Sees `question`, then answers it.
    fn answer(session: &mut PtySession, question: &str, line: &str) {
        session.exp_string(question).unwrap_or_else(|why| panic!("{question}: {why}"));
        session.exp_string("> ").expect("a prompt");
        session.send_line(line).expect("an answer");
    }

    #[test]
    fn a_person_is_asked_helped_and_advised() {
        let path = place("terminal.toml");
        let mut session = session(&[]);
        answer(&mut session, "1 of 12", "?");
        answer(&mut session, "Examples: selling", "selling the renewal to Northwind");
        answer(&mut session, "least you would take", "1.234");
        answer(&mut session, "could be 1234 or 1.234", "1.05m");
        answer(&mut session, "3 of 12", "back");
        answer(&mut session, "[1.05m]", "");
        for (index, line) in ANSWERS.iter().enumerate().skip(2) {
            answer(&mut session, &format!("{} of 12", index + 1), line);
        }
        session.exp_string("As understood").expect("a summary");
        session.exp_string("Against the course advised").expect("the advice");
        answer(&mut session, "Save your answers", &path.display().to_string());
        session.exp_string("Saved.").expect("a word that it is saved");
        session.exp_eof().expect("the end");
        assert!(path.exists());
    }

    #[test]
    fn the_end_of_input_leaves() {
        let mut session = session(&[]);
        answer(&mut session, "1 of 12", "selling x");
        session.exp_string("2 of 12").expect("the next question");
        session.exp_string("> ").expect("a prompt");
        session.send_control('d').expect("Ctrl-D");
        session.exp_string("Nothing was saved.").expect("a plain word");
        session.exp_eof().expect("the end");
    }
}
