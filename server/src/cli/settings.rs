//! Settings by flag, environment or file, in that order.

use crate::config::{BadConfig, Config, PublicUrl};
use clap::Args;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

const LISTEN: ([u8; 4], u16) = ([127, 0, 0, 1], 8080);
const DATA: &str = "data";

/// The settings, as they are written; each may be left out.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// A file with settings, as `name = value` lines (TOML); flags and the environment go before it
    #[arg(long, env = "SAMVERK_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, env = "SAMVERK_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The data folder [default: data]
    #[arg(long, env = "SAMVERK_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address people use, behind a proxy with TLS: https://samverk.example.no
    #[arg(long, env = "SAMVERK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Makes an example workshop where there is none, and prints fresh links to it
    #[arg(long, env = "SAMVERK_DEMO", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    demo: Option<bool>,
    /// Makes /sync a plain automerge-repo sync server where any peer may create and edit documents
    #[arg(long, env = "SAMVERK_OPEN_SYNC", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    open_sync: Option<bool>,
    /// Lets peers on other machines use --open-sync
    #[arg(
        long,
        env = "SAMVERK_OPEN_SYNC_ANYWHERE",
        num_args = 0..=1,
        default_missing_value = "true",
        require_equals = true
    )]
    open_sync_anywhere: Option<bool>,
    /// Lets other machines read /metrics
    #[arg(
        long,
        env = "SAMVERK_METRICS_PUBLIC",
        num_args = 0..=1,
        default_missing_value = "true",
        require_equals = true
    )]
    metrics_public: Option<bool>,
    /// Threads for workshops [default: one per processor]
    #[arg(long, env = "SAMVERK_SHARDS", value_name = "N")]
    shards: Option<usize>,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    /// The file cannot be read.
    #[error("the settings file {0} cannot be read: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// The file makes no sense.
    #[error("the settings file {0} has a mistake: {1}")]
    Toml(PathBuf, #[source] toml::de::Error),
    /// They do not go together.
    #[error(transparent)]
    Config(#[from] BadConfig),
}

impl Settings {
    /// The settings with the file's and the defaults for what was left out, checked.
    pub fn config(self) -> Result<Config, BadSettings> {
        let file = self.file()?;
        let listen = self.listen.or(file.listen).unwrap_or_else(|| LISTEN.into());
        let mut config = Config::new(listen, self.data.or(file.data).unwrap_or_else(|| DATA.into()));
        config.public_url = self
            .public_url
            .or(file.public_url)
            .map(|url| url.parse::<PublicUrl>())
            .transpose()?;
        config.demo = self.demo.or(file.demo).unwrap_or_default();
        config.open_sync = self.open_sync.or(file.open_sync).unwrap_or_default();
        config.open_sync_anywhere = self
            .open_sync_anywhere
            .or(file.open_sync_anywhere)
            .unwrap_or_default();
        config.metrics_public = self.metrics_public.or(file.metrics_public).unwrap_or_default();
        config.shards = self.shards.or(file.shards).unwrap_or(config.shards).max(1);
        config.check()?;
        Ok(config)
    }

    fn file(&self) -> Result<Settings, BadSettings> {
        let Some(path) = &self.config else {
            return Ok(Settings::default());
        };
        let text = std::fs::read_to_string(path).map_err(|error| BadSettings::File(path.clone(), error))?;
        toml::from_str(&text).map_err(|error| BadSettings::Toml(path.clone(), error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let file = std::env::temp_dir().join(format!("samverk-settings-{}.toml", std::process::id()));
        std::fs::write(&file, "listen = \"127.0.0.1:9000\"\nshards = 3\ndemo = true\n").unwrap();
        let flags = Settings {
            config: Some(file.clone()),
            shards: Some(5),
            ..Settings::default()
        };
        let config = flags.config().unwrap();
        assert_eq!(
            (config.listen.port(), config.shards, config.demo),
            (9000, 5, true)
        );
        std::fs::write(&file, "listne = 1\n").unwrap();
        let flags = Settings {
            config: Some(file.clone()),
            ..Settings::default()
        };
        assert!(matches!(flags.config(), Err(BadSettings::Toml(..))));
        std::fs::remove_file(&file).unwrap();
    }
}
