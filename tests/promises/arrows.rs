//! Which folder may use which (docs/architecture.md), read from the imports.

use super::sources::below;
use std::path::PathBuf;

/// Folder → what must not stand in it.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    (
        "shared/src",
        &[
            "std::fs",
            "std::net",
            "std::time",
            "std::env",
            "tokio",
            "actix",
            "redb",
            "rand::",
            "getrandom",
        ],
    ),
    (
        "server/src/hub",
        &[
            "crate::runtime",
            "crate::http",
            "crate::socket",
            "actix",
            "redb::",
            "tokio",
            "std::time",
            "std::fs",
        ],
    ),
    (
        "server/src/wire",
        &["crate::hub", "crate::store", "crate::runtime", "actix", "tokio"],
    ),
    (
        "server/src/firewall",
        &["crate::hub", "crate::store", "crate::runtime", "actix", "tokio"],
    ),
    (
        "server/src/store",
        &[
            "crate::hub",
            "crate::http",
            "crate::people",
            "crate::runtime",
            "actix",
        ],
    ),
    (
        "server/src/intake",
        &["crate::hub", "crate::store", "crate::http", "actix", "tokio"],
    ),
    (
        "server/src/exports",
        &[
            "crate::hub",
            "crate::store",
            "crate::http",
            "crate::people",
            "actix",
            "tokio",
        ],
    ),
    (
        "server/src/views",
        &["crate::http", "crate::runtime", "crate::people", "actix", "tokio"],
    ),
];

fn violations(files: &[(PathBuf, String)], forbidden: &[&str]) -> Vec<String> {
    let lines = files.iter().flat_map(|(path, text)| {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.map(move |line| (path, line))
    });
    let bad = lines.filter(|(_, line)| forbidden.iter().any(|word| line.contains(word)));
    bad.map(|(path, line)| format!("{}: {}", path.display(), line.trim()))
        .collect()
}

#[test]
fn s1_s2_no_folder_uses_what_lies_above_it() {
    for (folder, forbidden) in FORBIDDEN {
        let files = below(folder, &[".rs"]);
        assert!(!files.is_empty(), "{folder} has files");
        let found = violations(&files, forbidden);
        assert!(found.is_empty(), "{folder}: {found:#?}");
    }
}

#[test]
fn one_screen_of_the_web_client_never_imports_another() {
    const SCREENS: [&str; 12] = [
        "join",
        "account",
        "admin",
        "overview",
        "cases",
        "case",
        "codeForm",
        "variation",
        "grouping",
        "people",
        "copies",
        "intake",
    ];
    for screen in SCREENS {
        let files = below(&format!("web/src/{screen}"), &[".ts", ".tsx"]);
        assert!(!files.is_empty(), "web/src/{screen} has files");
        let others: Vec<String> = SCREENS
            .iter()
            .filter(|other| **other != screen)
            .map(|other| format!("../{other}/"))
            .collect();
        let found = violations(&files, &others.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn canary_a_planted_import_is_found() {
    let planted = [(
        PathBuf::from("planted.rs"),
        "use crate::hub::Hub;\n// use crate::store;".to_owned(),
    )];
    assert_eq!(violations(&planted, &["crate::hub", "crate::store"]).len(), 1);
}

#[test]
fn every_rust_file_says_what_lives_there() {
    let files = ["shared", "server", "tests"]
        .map(|folder| below(folder, &[".rs"]))
        .concat();
    let silent: Vec<_> = files
        .iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(
        silent.is_empty(),
        "files that do not begin with a line about themselves: {silent:?}"
    );
}
