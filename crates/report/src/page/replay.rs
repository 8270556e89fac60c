//! How to get this very advice again.

use maud::{Markup, html};

use super::View;

impl View<'_> {
    pub(super) fn replay(&self) -> Markup {
        let advice = self.advice;
        html! {
            section aria-labelledby="replay" {
                h2 #replay { "To get this advice again" }
                pre tabindex="0" { code { (self.command()) } }
                p.quiet {
                    "The same case, seed and version give the same figures on any machine. With " code { "--json" }
                    " the advice is saved so that " code { "upstairs replay" } " can compute it again, or say what differs."
                }
                dl.facts {
                    dt { "seed" } dd { (advice.seed) }
                    dt { "paths a plan" } dd { (advice.samples) }
                    dt { "engine" } dd { (advice.engine_version) }
                    dt { "fingerprint of the case (SHA-256)" } dd { code.long { (advice.inputs.fingerprints.case) } }
                }
            }
        }
    }

    fn command(&self) -> String {
        let inputs = &self.advice.inputs;
        let day = inputs.as_of.map_or(String::new(), |day| format!(" --as-of {day}"));
        let ledger = inputs.ledger.map_or(String::new(), |[a, b]| format!(" --ledger {a} {b}"));
        format!(
            "upstairs advise {} --seed {} --samples {}{day}{ledger} --html advice.html",
            quoted(self.case_file),
            self.advice.seed,
            self.advice.samples
        )
    }
}

/// A file's name as a shell takes it.
fn quoted(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "._-/".contains(letter);
    if !name.is_empty() && name.chars().all(plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(quoted("software-renewal.toml"), "software-renewal.toml");
        assert_eq!(quoted("our case.toml"), "'our case.toml'");
        assert_eq!(quoted("Bob's"), r"'Bob'\''s'");
    }
}
