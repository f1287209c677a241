//! Builds the web client, so that one `cargo build` makes the whole server.
//!
//! `SAMVERK_WEB_DIST=FOLDER` takes a client that was built before, where there is no Node.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the client is made of; a folder counts with all that is in it.
const SOURCES: [&str; 7] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
];
const NODE_MAJOR_MIN: u32 = 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SAMVERK_WEB_DIST");
    match dist() {
        Ok(dist) => println!("cargo::rustc-env=SAMVERK_WEB_EMBED={}", dist.display()),
        Err(error) => error
            .to_string()
            .lines()
            .for_each(|line| println!("cargo::error={line}")),
    }
}

/// The folder with the built client.
fn dist() -> Result<PathBuf, Box<dyn Error>> {
    if let Some(dist) = env::var_os("SAMVERK_WEB_DIST") {
        let dist = PathBuf::from(dist).canonicalize()?;
        if !dist.join("index.html").exists() {
            return Err(format!(
                "SAMVERK_WEB_DIST is {}, and there is no index.html in it",
                dist.display()
            )
            .into());
        }
        println!("cargo::rerun-if-changed={}", dist.display());
        return Ok(dist);
    }
    let web = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../web");
    for source in SOURCES
        .map(|source| web.join(source))
        .into_iter()
        .filter(|source| source.exists())
    {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    if !web.join("index.html").exists() {
        return Err(format!(
            "the web client is missing: there is no index.html in {}\n\
             set SAMVERK_WEB_DIST to a folder with a client that was built before, or check out web/",
            web.display()
        )
        .into());
    }
    check_node()?;
    install(&web)?;
    let dist = Path::new(&env::var("OUT_DIR")?).join("dist");
    let out_dir = dist.to_str().ok_or("the target folder's name is not text")?;
    npm(
        &web,
        &["run", "build", "--", "--outDir", out_dir, "--emptyOutDir"],
    )?;
    Ok(dist)
}

fn check_node() -> Result<(), Box<dyn Error>> {
    let needed = format!(
        "the web client is built with Node.js {NODE_MAJOR_MIN} or newer\n\
         install it, or set SAMVERK_WEB_DIST to a folder with a client that was built before"
    );
    let Ok(output) = Command::new("node").arg("--version").output() else {
        return Err(format!("Node.js was not found: {needed}").into());
    };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < NODE_MAJOR_MIN) {
        return Err(format!("Node.js here is {version}: {needed}").into());
    }
    Ok(())
}

/// Installs the packages the lock file names, unless they are there.
fn install(web: &Path) -> Result<(), Box<dyn Error>> {
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let installed = modified(&web.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&web.join("package-lock.json")) {
        return Ok(());
    }
    npm(web, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let said = Command::new("npm").args(arguments).current_dir(web).output();
    let said = said.map_err(|error| format!("npm was not found beside Node.js: {error}"))?;
    if said.status.success() {
        Ok(())
    } else {
        Err(failure(arguments, &said).into())
    }
}

fn failure(arguments: &[&str], said: &Output) -> String {
    let (out, err) = (
        String::from_utf8_lossy(&said.stdout),
        String::from_utf8_lossy(&said.stderr),
    );
    format!("npm {} failed in web/\n{out}\n{err}", arguments.join(" "))
}
