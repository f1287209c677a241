//! What the screens of the analysis show, made of the register's rows and the measures of `analysis`. Pure: server,
//! tests and tools that have the rows get the same figures.
//!
//! Figures name cases by subject and values by key; names and labels are in the register, for who may read them.

pub mod actor_map;
pub mod balance;
mod basis;
mod characterise;
pub mod claims;
pub mod common;
pub mod double_coding;
pub mod grouping;
mod groups;
pub mod hand;
pub mod missing;
pub mod models;
pub mod organisations;
mod pairs;
pub mod ratings;
pub mod selection;
pub mod truth_table;
pub mod variation;

pub use basis::{About, Basis};
pub use characterise::Trait;
pub use groups::{Dividing, GroupView, HingeView};
pub use pairs::LikePair;

use serde::{Deserialize, Serialize};

/// Which cases figures are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cases {
    /// All but imagined ones.
    #[default]
    All,
    /// Those of them that are chosen.
    Chosen,
}

/// A number with six digits after the point, as `samverk analyse` prints it: the last bits of a sum are nobody's.
fn rounded(number: f64) -> f64 {
    // Adding 0 turns -0 into 0.
    (number * 1e6).round() / 1e6 + 0.0
}
