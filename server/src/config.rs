//! The settings of one server, checked.

use samverk_shared::limits::LINE_SILENCE_MS_MAX;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// The settings of one server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// The address people use, where it is another than `listen` (behind a proxy with TLS).
    pub public_url: Option<PublicUrl>,
    /// Makes an example workshop where there is none, and fresh links to it.
    pub demo: bool,
    /// `/sync` is a plain automerge-repo sync server.
    pub open_sync: bool,
    /// Open sync on an address that others can reach.
    pub open_sync_anywhere: bool,
    /// `/metrics` answers others than this machine.
    pub metrics_public: bool,
    /// Threads for workshops.
    pub shards: usize,
    /// A line that nobody asks for this long ends; only tests have no time for it.
    pub line_silence_ms: u64,
}

/// Settings that cannot be used together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadConfig {
    /// Open sync lets everybody write.
    #[error(
        "--open-sync lets everybody read and write, and {0} can be reached from other machines: \
         listen on 127.0.0.1, or add --open-sync-anywhere if you mean it"
    )]
    OpenSync(IpAddr),
    /// Not an address a browser can be sent to.
    #[error("--public-url needs the form https://host or https://host:port, without a path; it is {0}")]
    PublicUrl(String),
}

impl Config {
    /// The default settings for a data folder.
    pub fn new(listen: SocketAddr, data: PathBuf) -> Config {
        Config {
            listen,
            data,
            public_url: None,
            demo: false,
            open_sync: false,
            open_sync_anywhere: false,
            metrics_public: false,
            shards: std::thread::available_parallelism().map_or(1, usize::from),
            line_silence_ms: LINE_SILENCE_MS_MAX,
        }
    }

    /// Whether the settings go together.
    pub fn check(&self) -> Result<(), BadConfig> {
        let ip = self.listen.ip();
        if self.open_sync && !self.open_sync_anywhere && !ip.is_loopback() {
            return Err(BadConfig::OpenSync(ip));
        }
        Ok(())
    }

    /// Whether people reach the server by TLS.
    pub fn https(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.0.starts_with("https://"))
    }

    /// The address to give to people, when the server listens on `bound`.
    pub fn address(&self, bound: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.0.clone(),
            None if bound.ip().is_unspecified() => format!("http://localhost:{}", bound.port()),
            None => format!("http://{bound}"),
        }
    }
}

/// The address people use: an origin, `https://host` or `https://host:port`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The origin, as a browser writes it.
    pub fn origin(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = BadConfig;

    fn from_str(text: &str) -> Result<Self, BadConfig> {
        let bad = || BadConfig::PublicUrl(text.to_owned());
        let url = text.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, host) = url.split_once("://").ok_or_else(bad)?;
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(bad()),
        };
        let host = host.strip_suffix(default_port).unwrap_or(host);
        let fits = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        if host.is_empty() || !host.chars().all(fits) {
            return Err(bad());
        }
        Ok(PublicUrl(format!("{scheme}://{host}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin_as_a_browser_writes_it() {
        let origin = |text: &str| text.parse::<PublicUrl>().map(|url| url.origin().to_owned());
        assert_eq!(
            origin("https://Samverk.Example.no/"),
            Ok("https://samverk.example.no".into())
        );
        assert_eq!(origin("https://samverk.no:443"), Ok("https://samverk.no".into()));
        assert_eq!(origin("http://[::1]:8080"), Ok("http://[::1]:8080".into()));
        for bad in [
            "samverk.no",
            "ftp://samverk.no",
            "https://",
            "https://samverk.no/path",
            "https://a b",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn open_sync_refuses_an_address_others_can_reach_unless_insisted_on() {
        let mut config = Config::new(SocketAddr::from(([0, 0, 0, 0], 8080)), PathBuf::new());
        config.open_sync = true;
        assert!(config.check().is_err());
        config.open_sync_anywhere = true;
        assert!(config.check().is_ok());
        config = Config::new(SocketAddr::from(([127, 0, 0, 1], 8080)), PathBuf::new());
        config.open_sync = true;
        assert!(config.check().is_ok());
    }
}
