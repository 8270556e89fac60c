//! The front of the interview: prompts out, lines in.
//!
//! Plain lines, not a library of prompts that redraw the screen: a line at a time is what screen readers speak, what
//! phones' terminals and pipes carry, and what stays to be scrolled back to. The terminal's own line editing serves for
//! slips of the key, and `back` for the rest. Prompts go to standard error, so that the advice can be piped on.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use engine::case::Case;

use crate::error::{Error, save_hint};
use crate::files;
use crate::interview::{Interview, LONGEST_ANSWER, Reply, summary};
use crate::render::{QUIET, STRONG, paint, wrapped};

const INTRODUCTION: &str = "Twelve questions. Enter takes the answer in [brackets]. Type ? for help, back for the \
    question before, quit to leave. What you answer stays here: it is kept only if you save it.";

/// Columns of text, from a phone's to what is pleasant to read.
const NARROWEST: usize = 30;
const WIDEST: usize = 80;

/// Asks on `prompts` and reads from `answers`.
pub struct Asker<R, W> {
    answers: R,
    prompts: W,
    /// Whether what is typed shows on the screen by itself, with its newline.
    echoes: bool,
    width: usize,
}

impl<R: BufRead, W: Write> Asker<R, W> {
    /// Asks on `prompts` and reads from `answers`, a terminal that echoes or else a pipe.
    pub fn new(answers: R, prompts: W, echoes: bool) -> Self {
        let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
        Self { answers, prompts, echoes, width: columns.clamp(NARROWEST, WIDEST) }
    }

    /// Asks every question, and shows how the answers were understood.
    pub fn case(&mut self) -> Result<Case, Error> {
        let mut interview = Interview::new();
        self.tell(INTRODUCTION, "")?;
        while let Some(asked) = interview.question() {
            let (number, of) = asked.number;
            self.say("\n")?;
            let question = wrapped(&format!("{number} of {of}. {}", asked.text), self.width, "");
            let question: String = question.lines().map(|line| paint(STRONG, line) + "\n").collect();
            self.say(&question)?;
            let hint = wrapped(&asked.hint, self.width, "  ");
            self.say(&hint.lines().map(|line| paint(QUIET, line) + "\n").collect::<String>())?;
            loop {
                let default = asked.default.as_ref().map_or(String::new(), |default| format!("[{default}] "));
                let Some(line) = self.line(&format!("{default}> "))? else { return Err(Error::Left) };
                match interview.answer(&line) {
                    Reply::Next => break,
                    Reply::Again(why) => self.tell(&why, "  ")?,
                    Reply::Help(help) => self.tell(&help, "  ")?,
                    Reply::Leave => return Err(Error::Left),
                }
            }
        }
        let case = interview.case().cloned();
        let case = case.ok_or_else(|| Error::Ours("the questions ended without a case".to_owned()))?;
        self.summarise(&case)?;
        Ok(case)
    }

    fn summarise(&mut self, case: &Case) -> Result<(), Error> {
        self.say(&format!("\n{}\n", paint(STRONG, "As understood")))?;
        for (what, value) in summary(case) {
            let what = format!("  {what}: ");
            let options = textwrap::Options::new(self.width).initial_indent(&what).subsequent_indent("    ");
            self.say(&(textwrap::fill(&value, options) + "\n"))?;
        }
        Ok(())
    }

    /// Saves the case in a new file.
    pub fn save(&mut self, path: &Path, case: &Case) -> Result<(), Error> {
        files::save_case(path, case).map_err(|cause| Error::Save(path.to_owned(), cause))?;
        self.saved(path)
    }

    /// Asks for a file to save the case in, until there is one or none is wanted.
    pub fn offer_to_save(&mut self, case: &Case) -> Result<(), Error> {
        self.say(&format!("{}\n", paint(STRONG, "Save your answers as a case file, to change or add to later?")))?;
        self.say(&(paint(QUIET, "  a file name, such as: northwind.toml") + "\n"))?;
        loop {
            let line = self.line("[no] > ")?.unwrap_or_default();
            let name = line.trim();
            if name.is_empty() || ["n", "no", "quit", "none"].contains(&name.to_lowercase().as_str()) {
                return self.tell("Not saved.", "");
            }
            if name.chars().any(char::is_control) || ["y", "yes", "?", "back"].contains(&name.to_lowercase().as_str()) {
                self.tell("Type the name of a new file, such as northwind.toml; or Enter to leave it.", "  ")?;
                continue;
            }
            let mut path = PathBuf::from(name);
            if path.extension().is_none() {
                path.set_extension("toml");
            }
            match files::save_case(&path, case) {
                Ok(()) => return self.saved(&path),
                Err(cause) => self.tell(&format!("{} {}", path.display(), save_hint(&cause)), "  ")?,
            }
        }
    }

    fn saved(&mut self, path: &Path) -> Result<(), Error> {
        self.say(&format!("\nSaved. Next time: upstairs advise {}\n", path.display()))
    }

    /// A paragraph.
    fn tell(&mut self, text: &str, indent: &str) -> Result<(), Error> {
        self.say(&wrapped(text, self.width, indent))
    }

    fn say(&mut self, text: &str) -> Result<(), Error> {
        self.prompts.write_all(text.as_bytes()).and_then(|()| self.prompts.flush()).map_err(Error::Write)
    }

    /// The next line after a prompt; none where input ends.
    fn line(&mut self, prompt: &str) -> Result<Option<String>, Error> {
        self.say(prompt)?;
        let mut bytes = Vec::new();
        let mut limited = self.answers.by_ref().take(LONGEST_ANSWER as u64);
        let fail = |cause| Error::Read(PathBuf::from("(standard input)"), cause);
        limited.read_until(b'\n', &mut bytes).map_err(fail)?;
        if !self.echoes || !bytes.ends_with(b"\n") {
            self.say("\n")?;
        }
        Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned()))
    }
}
