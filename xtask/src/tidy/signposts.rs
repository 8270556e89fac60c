//! The files that the guides for newcomers point to are there. A guide that sends one to a file that was moved is worse than none.

use std::path::Path;

use super::files::Text;

/// The guides.
const GUIDES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];
/// Where a path begins that is held to be one.
const ROOMS: [&str; 7] = ["crates/", "docs/", "examples/", "fuzz/", "schema/", "stories/", "xtask/"];

/// What a guide points to and isn't there: `:line: what and how to mend it`.
pub fn astray(text: &Text, root: &Path) -> Vec<String> {
    if !GUIDES.contains(&text.path.as_str()) {
        return Vec::new();
    }
    let missing = paths(&text.content).into_iter().filter(|(_, path)| !root.join(path).exists());
    missing.map(|(line, path)| format!(":{line}: `{path}` isn't there; say where it is now")).collect()
}

/// The paths between backticks, each with its line; but for those that hold a word to be replaced, such as `NAME`.
fn paths(content: &str) -> Vec<(usize, &str)> {
    let lines = content.lines().enumerate();
    let words = lines.flat_map(|(index, line)| line.split('`').skip(1).step_by(2).map(move |word| (index + 1, word)));
    words.filter(|(_, word)| ROOMS.iter().any(|room| word.starts_with(room)) && is_plain(word)).collect()
}

fn is_plain(word: &str) -> bool {
    let is_place = |part: &str| part.len() > 2 && part.chars().all(|letter| letter.is_ascii_uppercase());
    !word.contains([' ', '*']) && !word.split(['/', '.']).any(is_place)
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn paths_are_found_and_placeholders_left() {
        let guide = "`crates/a/src/b.rs` and `cargo x`\n`crates/a/NAME.rs`, `docs/c.md`\n`examples/*.toml`";
        assert_eq!(paths(guide), [(1, "crates/a/src/b.rs"), (2, "docs/c.md")]);
    }
}
