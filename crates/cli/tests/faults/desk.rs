//! The real program: its data made ready, the desk started, killed, and proved.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::client::Client;

/// How long a start may take, on a machine with much else to do.
const START: Duration = Duration::from_secs(60);

/// Where the records are: the option and what it is set to.
#[derive(Clone, Debug)]
pub struct Place(&'static str, String);

impl Place {
    pub fn folder(path: &Path) -> Self {
        Self("--data", path.display().to_string())
    }

    pub fn database(url: &str) -> Self {
        Self("--database", url.to_owned())
    }

    /// Makes the first account, and gives a token to it.
    pub fn with_account(&self) -> String {
        let mut making = self
            .command(&["admin", "create-user", "nora", "--role", "admin", "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        making.stdin.take().expect("a pipe").write_all(b"correct horse battery").expect("the password is taken");
        assert!(making.wait().expect("it ends").success());
        let made = self.run(&["token", "create", "--user", "nora", "--scope", "read,write"]);
        assert!(made.status.success(), "{}", said(&made));
        String::from_utf8(made.stdout).expect("text").trim().to_owned()
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program runs")
    }

    /// Proves what is stored whole; gives what was said of it.
    pub fn verify(&self) -> String {
        let output = self.run(&["verify"]);
        assert!(output.status.success(), "verify: {}", said(&output));
        String::from_utf8(output.stdout).expect("text")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upstairs"));
        for set_outside in ["UPSTAIRS_DATA", "UPSTAIRS_DATABASE", "UPSTAIRS_USER"] {
            command.env_remove(set_outside);
        }
        command.args(args).arg(self.0).arg(&self.1);
        command
    }
}

/// All that a run said.
fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A desk that runs; killed when it is let go.
#[derive(Debug)]
pub struct Desk {
    program: Child,
    lines: Receiver<String>,
}

impl Desk {
    /// Starts one that may not answer yet.
    pub fn begin(place: &Place) -> Self {
        let mut program = place
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stderr = program.stderr.take().expect("a pipe");
        let (sender, lines) = channel();
        // What it says later is read as well: a full pipe would stop it.
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { program, lines }
    }

    /// Starts one, and gives the address that it answers on.
    pub fn start(place: &Place) -> (Self, String) {
        let desk = Self::begin(place);
        let mut told = Vec::new();
        while let Ok(line) = desk.lines.recv_timeout(START) {
            let address = line.strip_prefix("Upstairs answers on ").and_then(|rest| rest.split(';').next());
            if let Some(address) = address {
                let address = address.to_owned();
                assert_eq!(Client::new(&address, "").health(), Some(200), "it started, but is not ready");
                return (desk, address);
            }
            told.push(line);
        }
        panic!("the desk does not start: {told:?}");
    }

    /// Kills it at once: SIGKILL, which it can't see coming.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.program.kill().expect("it can be killed");
        self.program.wait().expect("it ends");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.end();
    }
}
