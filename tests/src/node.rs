//! Scripts in Node, under `tests/interop/js`: the stock client lives there.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a script may be silent. Its own waits are shorter and say what they waited for.
const SILENCE_MAX: Duration = Duration::from_secs(40);

/// Runs a script with this on its standard input, and gives what it printed.
///
/// # Panics
/// When Node or its packages are missing, or the script fails.
pub fn run(script: &str, input: &str) -> String {
    let mut running = Running::start(script, &[]);
    running
        .stdin
        .write_all(input.as_bytes())
        .expect("the script reads its input");
    let Running {
        child,
        stdin,
        stderr,
        lines,
    } = running;
    drop(stdin);
    let printed: Vec<String> = lines.iter().collect();
    finish(script, child, stderr);
    printed.join("\n")
}

/// Runs the tests of a script. It may ask for things: each request it prints, a line of JSON, is answered on
/// its standard input.
///
/// # Panics
/// When Node or its packages are missing, a test of the script fails, or the script is silent for too long.
pub fn test(script: &str, arguments: &[&str], mut answer: impl FnMut(&Value) -> Value) {
    let mut running = Running::start(script, arguments);
    loop {
        match running.lines.recv_timeout(SILENCE_MAX) {
            Ok(line) => {
                // What the stock client itself prints is not for us.
                let Ok(request) = serde_json::from_str::<Value>(&line) else {
                    continue;
                };
                let answer = answer(&request);
                writeln!(running.stdin, "{answer}").expect("the script reads the answer");
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                running.child.kill().expect("the script can be killed");
                break;
            }
        }
    }
    finish(script, running.child, running.stderr);
}

fn finish(script: &str, mut child: Child, stderr: JoinHandle<String>) {
    let status = child.wait().expect("the script ends");
    let said = stderr.join().expect("what the script says can be read");
    assert!(status.success(), "{script}: {status}\n{said}");
}

struct Running {
    child: Child,
    stdin: ChildStdin,
    stderr: JoinHandle<String>,
    lines: Receiver<String>,
}

impl Running {
    fn start(script: &str, arguments: &[&str]) -> Running {
        let folder = packages();
        let mut child = Command::new("node")
            .args([
                "--test-reporter=spec",
                "--test-reporter-destination=stderr",
                "--test-force-exit",
                script,
            ])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("Node 20 or newer is needed for the stock client: node: {error}"));
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        std::thread::spawn(move || {
            stdout
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let mut stderr = child.stderr.take().expect("a pipe");
        let stderr = std::thread::spawn(move || {
            let mut said = Vec::new();
            stderr
                .read_to_end(&mut said)
                .map(|_| String::from_utf8_lossy(&said).into_owned())
                .unwrap_or_default()
        });
        let stdin = child.stdin.take().expect("a pipe");
        Running {
            child,
            stdin,
            stderr,
            lines,
        }
    }
}

/// The folder of the scripts, with their packages.
fn packages() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/js");
    assert!(
        folder.join("node_modules/@automerge/automerge-repo").is_dir(),
        "the stock client is not installed: run `npm ci --ignore-scripts` in tests/interop/js"
    );
    folder
}
