//! The real program at a place of its own: its people, the desk with a log at the finest level, and callers of every kind.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

/// How long a start may take, on a machine with much else to do.
const START: Duration = Duration::from_secs(60);
/// Everybody's password.
pub const PASSWORD: &str = "a heron over still water";

/// In which form the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Json,
}

/// Where the records are.
pub struct Place {
    option: [String; 2],
    folder: tempfile::TempDir,
}

/// Somebody with a token.
pub struct Person {
    pub name: &'static str,
    pub token: String,
}

impl Place {
    pub fn in_folder() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { option: ["--data".to_owned(), folder.path().display().to_string()], folder }
    }

    pub fn on(url: &str) -> Self {
        Self { option: ["--database".to_owned(), url.to_owned()], folder: tempfile::tempdir().expect("a folder") }
    }

    /// Makes accounts for nora, bea, olga and ada, who administers, and gives a token to each.
    pub fn people(&self) -> Vec<Person> {
        let one = |name: &'static str| {
            let role = if name == "ada" { "admin" } else { "member" };
            let mut command = self.command(&["admin", "create-user", name, "--role", role, "--password-stdin"]);
            let mut making = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program starts");
            making.stdin.take().expect("a pipe").write_all(PASSWORD.as_bytes()).expect("the password is taken");
            assert!(making.wait().expect("it ends").success());
            let made = self.run(&["token", "create", "--user", name, "--scope", "read,write,authorize,admin"]);
            let token = String::from_utf8(made.stdout).expect("text").trim().to_owned();
            assert!(token.len() > 20, "{}", String::from_utf8_lossy(&made.stderr));
            Person { name, token }
        };
        ["ada", "nora", "bea", "olga"].map(one).into()
    }

    /// Takes what is listed of negotiations away from under whoever has the file open.
    pub fn loses_a_table(&self) {
        let url = format!("sqlite:{}", self.folder.path().join("upstairs.db").display());
        executed(&url, "ALTER TABLE negotiations RENAME TO elsewhere".to_owned());
    }

    /// Takes the database away from under whoever is connected to it.
    pub fn loses_its_database(&self) {
        let (server, name) = self.option[1].rsplit_once('/').expect("a name");
        executed(&format!("{server}/postgres"), format!("DROP DATABASE {name} WITH (FORCE)"));
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program runs")
    }

    /// The same with a variable of the environment.
    pub fn run_with(&self, (name, value): (&str, &str), args: &[&str]) -> Output {
        self.command(args).env(name, value).output().expect("the program runs")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upstairs"));
        for outside in ["UPSTAIRS_DATA", "UPSTAIRS_DATABASE", "UPSTAIRS_USER", "UPSTAIRS_LOG_FORMAT", "RUST_LOG"] {
            command.env_remove(outside);
        }
        command.args(args).args(&self.option);
        command
    }
}

/// Done behind the program's back.
fn executed(url: &str, statement: String) {
    use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _};
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(url).await.expect("the database opens");
        connection.execute(AssertSqlSafe(statement)).await.expect("it is done");
        connection.close().await.expect("it closes");
    });
}

/// A desk that runs.
pub struct Desk {
    program: Child,
    said: Receiver<String>,
    printed: Arc<Mutex<String>>,
    pub root: String,
    agent: Agent,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub request: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    #[track_caller]
    pub fn good(self) -> Value {
        assert!(self.status < 300, "{self:?}");
        self.json()
    }
}

impl Desk {
    pub fn start(place: &Place, form: Form) -> Self {
        let form_word = if form == Form::Json { "json" } else { "text" };
        let args =
            ["serve", "--listen", "127.0.0.1:0", "--proxy", "127.0.0.1", "--log", "trace", "--log-format", form_word];
        let mut command = place.command(&args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().expect("the program starts");
        let (stdout, stderr) = (program.stdout.take().expect("a pipe"), program.stderr.take().expect("a pipe"));
        let ((so_far, said), printed) = (heard(stderr), kept(stdout));
        let agent = Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build().into();
        let mut desk = Self { program, said, printed, root: String::new(), agent };
        desk.root = desk.address(form, &so_far);
        assert_eq!(desk.call("GET", "/healthz", &[], b"").status, 200, "it started, but is not ready");
        desk
    }

    /// Where it answers: said to people on one of the two, by the form of the log.
    fn address(&self, form: Form, said: &Mutex<String>) -> String {
        let began = std::time::Instant::now();
        while began.elapsed() < START {
            let heard = match form {
                Form::Text => said.lock().expect("not poisoned").clone(),
                Form::Json => self.printed(),
            };
            let address = heard.lines().find_map(|line| line.strip_prefix("Upstairs answers on ")?.split(';').next());
            if let Some(address) = address {
                return address.to_owned();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the desk does not start");
    }

    /// What it has printed for people on standard output.
    pub fn printed(&self) -> String {
        self.printed.lock().expect("not poisoned").clone()
    }

    /// Asks it to stop, and gives all that it has said on standard error.
    pub fn stop(mut self) -> String {
        let pid = self.program.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        let ended = self.program.wait().expect("it ends");
        assert!(ended.success(), "{ended}");
        self.said.iter().collect()
    }

    /// Calls with a body of any kind.
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.root));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self.agent.run(request.body(body).expect("a request")).expect("an answer");
        let request = response.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
        let request = request.to_owned();
        let body = response.body_mut().read_to_vec().expect("a body");
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: response.status().as_u16(), request, body }
    }

    /// Calls the API as somebody.
    pub fn api(&self, who: &Person, method: &str, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", who.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let text = if body.is_null() { String::new() } else { body.to_string() };
        self.call(method, &format!("/api/v1{path}"), &headers, text.as_bytes())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// What is said on standard error: all of it so far, and line by line to the end.
fn heard(stderr: ChildStderr) -> (Arc<Mutex<String>>, Receiver<String>) {
    let (sender, lines) = channel();
    let so_far = Arc::new(Mutex::new(String::new()));
    let kept = so_far.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let mut kept = kept.lock().expect("not poisoned");
            *kept += &line;
            *kept += "\n";
            if sender.send(line + "\n").is_err() {
                return;
            }
        }
    });
    (so_far, lines)
}

fn kept(mut stdout: ChildStdout) -> Arc<Mutex<String>> {
    let so_far = Arc::new(Mutex::new(String::new()));
    let kept = so_far.clone();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(read @ 1..) = stdout.read(&mut bytes) {
            kept.lock().expect("not poisoned").push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    });
    so_far
}
