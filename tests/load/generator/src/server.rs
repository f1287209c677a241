//! The server under test: started by its script, measured, killed.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

const START_MAX: Duration = Duration::from_secs(90);
const STOP_MAX: Duration = Duration::from_secs(10);
const TICK: Duration = Duration::from_millis(10);
/// Ticks a second in /proc.
const TICKS_PER_S: f64 = 100.0;

pub struct Server {
    /// Called with port and data folder; without it the server is only watched.
    start: Option<PathBuf>,
    port: u16,
    pub data: PathBuf,
    child: Option<Child>,
    pid: Option<u32>,
}

/// What a process has taken so far.
#[derive(Clone, Copy, Default, Debug)]
pub struct Usage {
    pub cpu_s: f64,
    pub memory_kb: u64,
    pub memory_peak_kb: u64,
}

impl Server {
    pub fn new(start: Option<PathBuf>, port: u16, data: PathBuf, pid: Option<u32>) -> Self {
        Server {
            start,
            port,
            data,
            child: None,
            pid,
        }
    }

    /// Whether it can be stopped and started here.
    pub fn is_ours(&self) -> bool {
        self.start.is_some()
    }

    /// Starts it; returns after how many seconds its port was open.
    pub async fn start(&mut self) -> Result<f64> {
        let Some(start) = &self.start else { return Ok(0.0) };
        if TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
            bail!("port {} is already taken", self.port);
        }
        fs::create_dir_all(&self.data)?;
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.data.with_extension("log"))?;
        let began = Instant::now();
        let mut child = Command::new(start)
            .arg(self.port.to_string())
            .arg(&self.data)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| start.display().to_string())?;
        self.pid = Some(child.id());
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            if let Some(status) = child.try_wait()? {
                bail!(
                    "the server ended at its start: {status}; see {}",
                    self.data.with_extension("log").display()
                );
            }
            if began.elapsed() > START_MAX {
                child.kill()?;
                bail!("the server did not open port {} within {START_MAX:?}", self.port);
            }
            sleep(TICK).await;
        }
        self.child = Some(child);
        Ok(began.elapsed().as_secs_f64())
    }

    /// Ends it as the operating system does: SIGKILL.
    pub fn kill(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        if let Err(error) = child.kill().and_then(|()| child.wait()) {
            eprintln!("the server cannot be killed: {error}");
        }
        self.pid = None;
    }

    /// Asks it to stop (SIGTERM); kills it when it does not.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(child) = &mut self.child {
            Command::new("kill").arg(child.id().to_string()).status()?;
            let asked = Instant::now();
            while child.try_wait()?.is_none() && asked.elapsed() < STOP_MAX {
                sleep(TICK).await;
            }
        }
        self.kill();
        Ok(())
    }

    /// Whether the process lives.
    pub fn lives(&mut self) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => true,
        }
    }

    pub fn usage(&self) -> Usage {
        self.pid.map(usage_of).unwrap_or_default()
    }

    /// The highest memory is counted from now on.
    pub fn forget_peak(&self) {
        if let Some(pid) = self.pid
            && let Err(error) = fs::write(format!("/proc/{pid}/clear_refs"), "5")
        {
            eprintln!("the peak of memory stays: {error}");
        }
    }

    /// Empties the data folder, if it was made by this program.
    pub fn wipe(&self) -> Result<()> {
        let mark = self.data.with_extension("load-made");
        if self.start.is_none() {
            return Ok(());
        }
        if self.data.exists() {
            if !mark.exists() {
                bail!(
                    "{} was not made by the load run: remove it, or name another folder",
                    self.data.display()
                );
            }
            fs::remove_dir_all(&self.data)?;
        }
        fs::create_dir_all(&self.data)?;
        fs::write(mark, "")?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn usage_of(pid: u32) -> Usage {
    let mut usage = Usage::default();
    if let Ok(text) = fs::read_to_string(format!("/proc/{pid}/stat")) {
        let after_name = &text[text.rfind(')').unwrap_or(0) + 1..];
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks = |at: usize| {
            fields
                .get(at)
                .and_then(|field| field.parse::<f64>().ok())
                .unwrap_or(0.0)
        };
        // User and system time.
        usage.cpu_s = (ticks(11) + ticks(12)) / TICKS_PER_S;
    }
    if let Ok(text) = fs::read_to_string(format!("/proc/{pid}/status")) {
        let of = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        usage.memory_kb = of("VmRSS:").unwrap_or(0);
        usage.memory_peak_kb = of("VmHWM:").unwrap_or(0);
    }
    usage
}

pub fn own_usage() -> Usage {
    usage_of(std::process::id())
}

/// A folder on disk.
#[derive(Clone, Copy, Default, Debug)]
pub struct Folder {
    pub files: u64,
    /// By length.
    pub bytes: u64,
    /// By blocks.
    pub allocated: u64,
}

pub fn folder(path: &Path) -> Folder {
    let mut sum = Folder::default();
    let Ok(entries) = fs::read_dir(path) else {
        return sum;
    };
    for entry in entries.flatten() {
        let Ok(meta) = entry.metadata() else { continue };
        sum.allocated += meta.blocks() * 512;
        if meta.is_dir() {
            let inner = folder(&entry.path());
            sum.files += inner.files;
            sum.bytes += inner.bytes;
            sum.allocated += inner.allocated;
        } else {
            sum.files += 1;
            sum.bytes += meta.len();
        }
    }
    sum
}

/// How busy the machine was during the last minute.
pub fn load_average() -> Option<f64> {
    fs::read_to_string("/proc/loadavg")
        .ok()?
        .split(' ')
        .next()?
        .parse()
        .ok()
}
