//! The repository's own source files, as text.

use super::root;
use std::path::{Path, PathBuf};

/// All files below a folder with one of these endings, without what is built or fetched.
pub fn below(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "node_modules" && name != "target" && name != "dist" {
                collect(&path, endings, found);
            }
        } else if endings
            .iter()
            .any(|ending| path.to_string_lossy().ends_with(ending))
        {
            let text = std::fs::read_to_string(&path).expect("source files are text");
            found.push((path, text));
        }
    }
}

/// A file of the repository.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Writes a file of the repository.
pub fn write(path: &str, text: &str) {
    std::fs::write(root().join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
}
