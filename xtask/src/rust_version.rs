//! Which Rust is needed: what the manifest and the docs say, held to what the crates in the lock file want.

use std::path::Path;

use serde_json::Value;

use crate::metadata::{list, of_lock_file, text};

/// Where people are told.
const DOCS: [&str; 2] = ["README.md", "CONTRIBUTING.md"];

/// What is wrong, if anything: a version too low for a dependency, or docs that name another.
pub fn faults(root: &Path) -> Result<Vec<String>, String> {
    let metadata = of_lock_file(root)?;
    let mut faults = Vec::from_iter(too_low(&metadata));
    for name in DOCS {
        let content =
            std::fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: can't be read: {error}"))?;
        faults.extend(named_otherwise(name, &content, &ours(&metadata)));
    }
    Ok(faults)
}

/// Major, minor and patch of `1.94` or `1.94.0`.
fn parts(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

/// What our manifest says.
fn ours(metadata: &Value) -> String {
    let packages = list(metadata, "packages");
    let own = packages.iter().filter(|package| package["source"].is_null());
    own.map(|package| text(package, "rust_version")).max_by_key(|version| parts(version)).unwrap_or_default()
}

fn too_low(metadata: &Value) -> Option<String> {
    let packages = list(metadata, "packages");
    let most = packages.iter().max_by_key(|package| parts(&text(package, "rust_version")))?;
    let (ours, wanted) = (ours(metadata), text(most, "rust_version"));
    (parts(&ours) < parts(&wanted)).then(|| {
        let (name, version) = (text(most, "name"), text(most, "version"));
        format!("Cargo.toml: rust-version is {ours}, but {name} {version} needs {wanted}; say {wanted}")
    })
}

/// Places in a text that say `(1.90 or later)` with another version than ours.
fn named_otherwise(name: &str, content: &str, ours: &str) -> Vec<String> {
    let lines = content.lines().enumerate();
    let named = lines.filter_map(|(index, line)| {
        let before = line.split_once(" or later)")?.0;
        let version = before.rsplit_once('(')?.1;
        (version != ours).then(|| format!("{name}:{}: says Rust {version}; rust-version is {ours}", index + 1))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{named_otherwise, too_low};

    #[test]
    fn the_dependency_that_needs_most_is_named() {
        let metadata = |ours: &str| {
            json!({ "packages": [
                { "name": "upstairs", "version": "0.1.0", "source": null, "rust_version": ours },
                { "name": "old", "version": "3.0.0", "source": "registry", "rust_version": "1.63" },
                { "name": "new", "version": "0.9.0", "source": "registry", "rust_version": "1.94.0" },
                { "name": "silent", "version": "1.0.0", "source": "registry", "rust_version": null },
            ] })
        };
        let fault = too_low(&metadata("1.90"));
        assert_eq!(fault.as_deref(), Some("Cargo.toml: rust-version is 1.90, but new 0.9.0 needs 1.94.0; say 1.94.0"));
        assert_eq!(too_low(&metadata("1.94")), None);
        assert_eq!(too_low(&metadata("1.100")), None);
    }

    #[test]
    fn docs_name_the_version_of_the_manifest() {
        let text = "Hello.\nA Rust toolchain (1.90 or later) does.";
        assert_eq!(named_otherwise("README.md", text, "1.90"), Vec::<String>::new());
        assert_eq!(named_otherwise("README.md", text, "1.94"), ["README.md:2: says Rust 1.90; rust-version is 1.94"]);
    }
}
