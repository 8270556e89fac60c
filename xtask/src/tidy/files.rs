//! The text files of the workspace.

use std::path::Path;

/// A text file.
pub struct Text {
    /// Its path from the workspace's directory, with forward slashes.
    pub path: String,
    /// What it says.
    pub content: String,
}

/// Every text file in the workspace, by path; no build output, and nothing hidden but the settings of cargo and ci.
pub fn texts(root: &Path) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    gather(root, "", &mut texts)?;
    texts.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(texts)
}

fn gather(root: &Path, under: &str, texts: &mut Vec<Text>) -> Result<(), String> {
    let unreadable =
        |error: std::io::Error| format!("{}: can't be read: {error}", if under.is_empty() { "." } else { under });
    for entry in std::fs::read_dir(root.join(under)).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if under.is_empty() { name.clone() } else { format!("{under}/{name}") };
        if kind.is_dir() && is_ours(&name) {
            gather(root, &path, texts)?;
        } else if kind.is_file() && name != ".git" {
            let bytes = std::fs::read(entry.path()).map_err(|error| format!("{path}: can't be read: {error}"))?;
            texts.extend(String::from_utf8(bytes).ok().map(|content| Text { path, content }));
        }
    }
    Ok(())
}

fn is_ours(directory: &str) -> bool {
    directory != "target" && (!directory.starts_with('.') || [".cargo", ".ci"].contains(&directory))
}
