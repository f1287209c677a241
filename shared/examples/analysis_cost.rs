//! What the measures cost, and how the cost grows with the cases: prints seconds on one core.
//!
//! `cargo run --release -p samverk-shared --example analysis_cost [CASES…]`. The cases are drawn by lot around a few
//! patterns, so that they tie and cluster as coded cases do; a tenth of the codings is blank.
//!
//! `… analysis_cost --for-peers FOLDER CASES` writes the distances, and what comes of them, for `tests/analysis/peers`.

use samverk_shared::analysis::coverage::value_coverage;
use samverk_shared::analysis::distance::{Distances, Gower};
use samverk_shared::analysis::draw::Draws;
use samverk_shared::analysis::linkage::{Dendrogram, average_linkage};
use samverk_shared::analysis::map::case_map;
use samverk_shared::analysis::matrix::{CaseFacts, CaseMatrix, Cell, Feature};
use samverk_shared::analysis::medoids::k_medoids;
use samverk_shared::analysis::pairwise::pairwise_coverage;
use samverk_shared::analysis::selection::keep_variety;
use samverk_shared::analysis::sensitivity::hinges;
use samverk_shared::analysis::silhouette::silhouettes;
use samverk_shared::characteristic::{Scale, defaults};
use serde_json::json;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const GROUPS: usize = 8;
const PATTERNS: usize = 12;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, folder, cases] = &arguments[..]
        && option == "--for-peers"
    {
        let cases = cases.parse().expect("a number of cases");
        return for_peers(Path::new(folder), &by_lot(cases)).expect("the folder takes files");
    }
    let asked: Vec<usize> = arguments.iter().filter_map(|n| n.parse().ok()).collect();
    let sizes = if asked.is_empty() {
        vec![625, 1_250, 2_500, 5_000]
    } else {
        asked
    };
    println!(
        "{:<34}{}",
        "seconds, by cases",
        sizes.iter().map(|n| format!("{n:>10}")).collect::<String>()
    );
    let columns: Vec<Vec<(&str, f64)>> = sizes.iter().map(|n| costs(&by_lot(*n))).collect();
    for row in 0..columns[0].len() {
        let cells = columns.iter().map(|column| format!("{:>10.3}", column[row].1));
        println!("{:<34}{}", columns[0][row].0, cells.collect::<String>());
    }
}

/// `distances.f64`: row after row, of i < j, little-endian. `ours.json`: what is made of them, and in how many seconds.
fn for_peers(folder: &Path, matrix: &CaseMatrix) -> std::io::Result<()> {
    let mut costs = Vec::new();
    let distances = Gower::new(matrix).distances();
    let tree = timed(&mut costs, "average linkage", || {
        average_linkage(distances.clone())
    });
    let grouping = tree.cut(GROUPS);
    let fits = timed(&mut costs, "silhouettes", || silhouettes(&distances, &grouping));
    let n = matrix.len();
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let bytes = pairs.flat_map(|(i, j)| distances.or_unlike(i, j).to_le_bytes());
    std::fs::write(folder.join("distances.f64"), bytes.collect::<Vec<u8>>())?;
    let ours = json!({
        "seconds": costs.into_iter().collect::<BTreeMap<_, _>>(),
        "heights": tree.merges.iter().map(|merge| merge.height).collect::<Vec<_>>(),
        "cophenetic": tree.cophenetic_correlation(&distances),
        "labels": grouping.labels,
        "silhouettes": fits.iter().map(|fit| fit.silhouette).collect::<Vec<_>>(),
    });
    std::fs::write(folder.join("ours.json"), ours.to_string())
}

fn costs(matrix: &CaseMatrix) -> Vec<(&'static str, f64)> {
    let mut costs = Vec::new();
    let all: Vec<usize> = (0..matrix.len()).collect();
    timed(&mut costs, "value coverage", || value_coverage(matrix));
    timed(&mut costs, "pairwise coverage", || pairwise_coverage(matrix, &[]));
    timed(&mut costs, "selection of 20", || {
        keep_variety(matrix, &all, &[], 20)
    });
    let distances: Distances = timed(&mut costs, "distances", || Gower::new(matrix).distances());
    let tree: Dendrogram = timed(&mut costs, "average linkage", || {
        average_linkage(distances.clone())
    });
    let grouping = tree.cut(GROUPS);
    timed(&mut costs, "silhouettes of 8 groups", || {
        silhouettes(&distances, &grouping)
    });
    timed(&mut costs, "k-medoids, 8 groups", || {
        k_medoids(&distances, GROUPS)
    });
    timed(&mut costs, "k-medoids, 15 groups", || k_medoids(&distances, 15));
    timed(&mut costs, "map", || case_map(&distances));
    timed(&mut costs, "codings that move a case, per 100", || {
        hinges(matrix, &grouping)
            .take(100)
            .map(|found| found.len())
            .sum::<usize>()
    });
    costs
}

#[allow(clippy::disallowed_methods)]
fn timed<T>(costs: &mut Vec<(&'static str, f64)>, name: &'static str, measure: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(measure());
    costs.push((name, start.elapsed().as_secs_f64()));
    result
}

fn by_lot(n: usize) -> CaseMatrix {
    let features: Vec<Feature> = defaults().iter().filter(|c| c.core).map(Feature::from).collect();
    let mut draws = Draws::new(n as u64);
    let patterns: Vec<Vec<Cell>> = (0..PATTERNS).map(|_| row(&features, &mut draws)).collect();
    let rows = (0..n).map(|number| {
        let pattern = &patterns[draws.below(PATTERNS)];
        let own = row(&features, &mut draws);
        let cells = pattern
            .iter()
            .zip(own)
            .map(|(common, own)| match draws.below(10) {
                0 => Cell::Missing,
                1..=4 => own,
                _ => common.clone(),
            });
        let facts = CaseFacts {
            code: format!("X{number}"),
            ..CaseFacts::default()
        };
        (facts, cells.collect())
    });
    let rows: Vec<_> = rows.collect();
    CaseMatrix::new(features, rows)
}

fn row(features: &[Feature], draws: &mut Draws) -> Vec<Cell> {
    let cell = |feature: &Feature| {
        let mut value = || draws.below(feature.values.len()) as u16;
        match feature.scale {
            Scale::Multi => {
                let mut set = vec![value(), value()];
                set.sort_unstable();
                set.dedup();
                Cell::Set(set)
            }
            _ => Cell::One(value()),
        }
    };
    features.iter().map(cell).collect()
}
