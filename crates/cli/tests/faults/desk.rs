//! A desk run as people run it: the real binary, on a folder or a database.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

const BINARY: &str = env!("CARGO_BIN_EXE_upstairs");

/// Where its records are.
pub enum Place {
    Folder(PathBuf),
    Database(String),
}

impl Place {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(args).env_remove("UPSTAIRS_DATA").env_remove("UPSTAIRS_DATABASE");
        match self {
            Self::Folder(folder) => command.arg("--data").arg(folder),
            Self::Database(url) => command.arg("--database").arg(url),
        };
        command
    }

    pub fn make_account(&self) {
        let mut making = self.command(&["admin", "create-user", "nora", "--role", "admin", "--password-stdin"]);
        let mut making = making.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the binary runs");
        making.stdin.take().expect("its input").write_all(b"correct horse battery\n").expect("written");
        assert!(making.wait().expect("it ends").success());
    }

    fn token(&self) -> String {
        let made = self.command(&["token", "create", "--user", "nora", "--scope", "write"]).output().expect("it runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let told = String::from_utf8(made.stdout).expect("text");
        told.split_whitespace().find(|word| word.len() == 52).expect("a token").to_owned()
    }

    pub fn verify(&self) {
        let verified = self.command(&["verify"]).output().expect("it runs");
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    }
}

/// A desk that answers; killed when dropped.
pub struct Running {
    child: Mutex<Child>,
    pub address: String,
    pub token: String,
}

impl Running {
    /// Starts and waits until it answers. What is there needs no mending by hand.
    pub fn start(place: &Place) -> Self {
        let token = place.token();
        let mut child =
            place.command(&["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stderr.take().expect("its errors")).lines();
        let address = loop {
            let line = lines.next().expect("it says where it answers").expect("text");
            let at = line.split_whitespace().find_map(|word| word.strip_prefix("http://"));
            if let Some(at) = at.filter(|_| line.contains("answers on")) {
                break format!("http://{}", at.trim_end_matches(';'));
            }
        };
        // Whatever else it says is read, so that it never waits to say it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child: Mutex::new(child), address, token }
    }

    /// SIGKILL: nothing is finished, nothing closed.
    pub fn kill(&self) {
        let mut child = self.child.lock().expect("no thread has panicked");
        child.kill().expect("it can be killed");
        child.wait().expect("it is gone");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(mut child) = self.child.lock() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
