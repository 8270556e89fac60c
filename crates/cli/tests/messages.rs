//! `upstairs check-message` by itself, with no negotiation: what it says and how it ends.

use std::io::Write;
use std::process::{Command, Stdio};

/// The exit code and what is printed, for a message on standard input.
fn checked(message: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_upstairs"))
        .args(["check-message", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a way in").write_all(message.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_certain_leak_has_an_exit_code_of_its_own() {
    let (code, said) = checked("The drawings are attached, and we are desperate to close this deal.", &[]);
    assert_eq!(code, Some(7), "{said}");
    assert!(said.contains("Leave out: “, and we are desperate"), "{said}");
    let (code, said) = checked("Thank you for the call. The drawings are attached.", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Nothing found"), "{said}");
}

#[test]
fn nothing_found_is_not_said_of_what_is_not_read() {
    let dutch = "Dit is onze grootste klant en we moeten voor vrijdag tekenen, anders verliezen we geld.";
    let (code, said) = checked(dutch, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Not read") && !said.contains("Nothing found"), "{said}");
    let (_, json) = checked(dutch, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["unread"][0]["language"], "Dutch");
    let (_, said) = checked("Wir müssen bis Freitag abschließen.", &[]);
    assert!(said.contains("German is read for amounts"), "{said}");
}
