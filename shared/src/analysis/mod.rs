//! What the cases say together: one measure a file, each with its formula, its source and a worked number.
//!
//! All are pure. What takes long comes a piece at a time, as an iterator, so that whoever asks can tell how far it is
//! and stop; what is drawn by lot follows a seed that comes in. Every measure stands cases without codings, one case
//! and no case: what cannot be said is `None`, never a number. docs/analysis.md says which measure answers what, and
//! what must be said beside it.

pub mod actor_mix;
pub mod agreement;
pub mod balance;
pub mod breadth;
pub mod completeness;
pub mod consensus;
pub mod coverage;
pub mod distance;
mod distance_table;
pub mod draw;
pub mod field;
pub mod grouping;
pub mod linkage;
pub mod map;
pub mod matrix;
pub mod medoids;
pub mod members;
pub mod minimise;
pub mod pairwise;
pub mod saturation;
pub mod selection;
pub mod sensitivity;
pub mod silhouette;
pub mod stability;
pub mod truth_table;
pub mod uncertainty;
pub mod wind_tunnel;
