//! `growth`: how costs grow with document size, clients and documents.

use super::print;
use super::typing::{Documents, Fanout};
use crate::server::Server;
use crate::target::Target;
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;

/// What grows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Axis {
    /// edits in the document before
    Edits,
    /// clients of one document
    Clients,
    /// documents written at the same time
    Documents,
}

#[derive(Args, Clone)]
pub struct Growth {
    /// What grows; everything without this
    #[arg(long, value_enum)]
    by: Vec<Axis>,
    /// The sizes; the usual ones without this
    #[arg(long, value_delimiter = ',')]
    at: Vec<usize>,
    #[arg(long, default_value_t = 4.0)]
    secs: f64,
}

impl Growth {
    pub async fn play(&self, target: &Target, server: &Server) -> Result<()> {
        let axes = if self.by.is_empty() {
            Axis::value_variants()
        } else {
            &self.by
        };
        for axis in axes {
            let usual: &[usize] = match axis {
                Axis::Edits => &[1_000, 10_000, 50_000, 100_000],
                Axis::Clients => &[2, 10, 50, 200],
                Axis::Documents => &[1, 10, 50],
            };
            for size in if self.at.is_empty() { usual } else { &self.at } {
                self.measure(target, server, *axis, *size).await?;
            }
        }
        Ok(())
    }

    async fn measure(&self, target: &Target, server: &Server, axis: Axis, size: usize) -> Result<()> {
        let edits = if axis == Axis::Edits { size } else { target.seed };
        let seed = target.seed_document(edits, 5);
        let fanout = |clients, writers| Fanout {
            clients,
            writers,
            rate: 10.0,
            batch: 1,
            secs: self.secs,
            warm: 1.0,
            drain: 5.0,
        };
        let mut report = match axis {
            Axis::Edits => fanout(10, 2).measure(target, server, &seed).await?,
            Axis::Clients => fanout(size, 1).measure(target, server, &seed).await?,
            Axis::Documents => {
                let documents = Documents {
                    documents: size,
                    people: 4,
                    writers: Some(1),
                    rate: 10.0,
                    secs: self.secs,
                };
                documents.measure(target, server, &seed).await?
            }
        };
        report["by"] = json!(axis.to_possible_value().map(|value| value.get_name().to_string()));
        report["size"] = json!(size);
        print(target, "growth", report);
        Ok(())
    }
}
