//! How varied the cases are, for the screen «Variasjon»: what there is, how much of it is chosen, what there is none
//! of (R9–R12, R15, R17–R19, R29, R30, R33, R36).

use super::{About, Basis, Cases, rounded};
use crate::analysis::actor_mix::{MixRow, actor_mix};
use crate::analysis::coverage::{ValueCoverage, value_coverage};
use crate::analysis::matrix::CaseMatrix;
use crate::analysis::pairwise::pairwise_coverage;
use crate::analysis::saturation::saturation;
use crate::case::{ActorMix, Level, Origin};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::register::RegisterRow;
use serde::Serialize;

/// The characteristics whose combinations saturation counts, as in the domain's reference figures.
pub const SATURATION: [&str; 3] = ["scope", "governance_mode", "process_logic"];

/// The whole view.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Variation {
    pub about: About,
    pub national: Count,
    pub international: Count,
    /// By level of the public party; a case on two levels counts in both.
    pub levels: Vec<LevelCount>,
    /// Cases with a party of each partner group.
    pub research: Count,
    pub business: Count,
    pub voluntary: Count,
    /// Public parties and nobody else: not eligible (R2).
    pub only_public: Vec<SubjectId>,
    pub characteristics: Vec<CharacteristicVariation>,
    pub mixes: Vec<MixCount>,
    pub all: Breadth,
    /// None where no case is chosen.
    pub chosen: Option<Breadth>,
}

/// Cases, and those of them that are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[allow(missing_docs)]
pub struct Count {
    pub cases: usize,
    pub chosen: usize,
}

/// Cases on one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct LevelCount {
    pub level: Level,
    #[serde(flatten)]
    pub count: Count,
}

/// What there is of one characteristic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CharacteristicVariation {
    /// Its key.
    pub key: String,
    /// Cases coded on it.
    pub coded: Count,
    /// In the order of its list; none of a number.
    pub values: Vec<ValueCount>,
    /// From 0, all cases alike, to 1, all values as often; see `coverage`.
    pub evenness: Option<f64>,
    /// As many values, used equally often, would vary as much.
    pub effective_values: Option<f64>,
}

/// Cases that have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// The value's key.
    pub key: String,
    /// How many.
    #[serde(flatten)]
    pub count: Count,
    /// Cases have it, and none of them is Norwegian (R30).
    pub only_abroad: bool,
}

/// One combination of partners beside the public party (R12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct MixCount {
    pub mix: ActorMix,
    #[serde(flatten)]
    pub count: Count,
    /// Cases on each level, in the order of `levels`.
    pub by_level: [usize; 3],
    pub no_level: usize,
}

/// How broad some cases are together.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Breadth {
    /// Values that some case has, of those in the lists.
    pub values_seen: usize,
    pub values_possible: usize,
    /// Pairs of values of different characteristics seen in one case, of those there can be.
    pub pairs_seen: usize,
    pub pairs_possible: usize,
    /// None where no case is coded on all three characteristics.
    pub saturation: Option<SaturationView>,
}

/// Whether more searching would find new combinations; see `saturation`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct SaturationView {
    pub characteristics: Vec<String>,
    pub cases: usize,
    pub seen: usize,
    pub once: usize,
    pub possible: u64,
    /// The chance that the next case shows a combination already seen, 0 to 1.
    pub sample_coverage: f64,
    /// Combinations there may be in the world the cases come from.
    pub expected: f64,
}

/// The view of these rows.
pub fn variation<'a>(rows: impl IntoIterator<Item = &'a RegisterRow>, set: &Characteristics) -> Variation {
    let all = Basis::of(rows, set, Cases::All);
    let chosen = all.subset(&all.chosen());
    let count = |has: &dyn Fn(&RegisterRow) -> bool| Count {
        cases: all.rows.iter().filter(|row| has(row)).count(),
        chosen: chosen.rows.iter().filter(|row| has(row)).count(),
    };
    let is_only_public = |row: &&&RegisterRow| row.mix.public && !row.eligible;
    Variation {
        national: count(&|row| row.origin == Origin::National),
        international: count(&|row| row.origin == Origin::International),
        levels: Level::ALL
            .iter()
            .map(|&level| LevelCount {
                level,
                count: count(&|row| row.level.contains(&level)),
            })
            .collect(),
        research: count(&|row| row.mix.research),
        business: count(&|row| row.mix.business),
        voluntary: count(&|row| row.mix.voluntary),
        only_public: all
            .rows
            .iter()
            .filter(is_only_public)
            .map(|row| row.subject.clone())
            .collect(),
        characteristics: characteristics(&all, &chosen),
        mixes: mixes(&all.matrix, &chosen.matrix),
        all: breadth(&all.matrix),
        chosen: (!chosen.rows.is_empty()).then(|| breadth(&chosen.matrix)),
        about: all.about,
    }
}

fn characteristics(all: &Basis, chosen: &Basis) -> Vec<CharacteristicVariation> {
    let norwegian: Vec<usize> = (0..all.rows.len())
        .filter(|&i| all.rows[i].origin == Origin::National)
        .collect();
    let here = value_coverage(&all.matrix.subset(&norwegian));
    let covered = value_coverage(&all.matrix).into_iter();
    let one = |((of_all, of_chosen), of_here): ((ValueCoverage, ValueCoverage), ValueCoverage)| {
        let feature = &all.matrix.features[of_all.feature];
        let value = |place: usize| ValueCount {
            key: feature.values[place].clone(),
            count: Count {
                cases: of_all.counts[place],
                chosen: of_chosen.counts[place],
            },
            only_abroad: of_all.counts[place] > 0 && of_here.counts[place] == 0,
        };
        CharacteristicVariation {
            key: feature.key.clone(),
            coded: Count {
                cases: of_all.coded,
                chosen: of_chosen.coded,
            },
            values: (0..feature.values.len()).map(value).collect(),
            evenness: of_all.evenness().map(rounded),
            effective_values: of_all.effective_values().map(rounded),
        }
    };
    covered
        .zip(value_coverage(&chosen.matrix))
        .zip(here)
        .map(one)
        .collect()
}

fn mixes(all: &CaseMatrix, chosen: &CaseMatrix) -> Vec<MixCount> {
    let of_chosen = actor_mix(chosen);
    let chosen_of = |mix: ActorMix| of_chosen.iter().find(|row| row.mix == mix);
    let one = |row: MixRow| MixCount {
        mix: row.mix,
        count: Count {
            cases: row.cases.len(),
            chosen: chosen_of(row.mix).map_or(0, |row| row.cases.len()),
        },
        by_level: row.by_level,
        no_level: row.no_level,
    };
    actor_mix(all).into_iter().map(one).collect()
}

fn breadth(matrix: &CaseMatrix) -> Breadth {
    let covered = value_coverage(matrix);
    let gaps: usize = covered.iter().map(|one| one.uncovered().count()).sum();
    let values_possible = covered.iter().map(|one| one.counts.len()).sum();
    let pairs = pairwise_coverage(matrix, &[]);
    Breadth {
        values_seen: values_possible - gaps,
        values_possible,
        pairs_seen: pairs.observed,
        pairs_possible: pairs.possible,
        saturation: saturated(matrix),
    }
}

fn saturated(matrix: &CaseMatrix) -> Option<SaturationView> {
    let columns: Option<Vec<usize>> = SATURATION.iter().map(|key| matrix.feature(key)).collect();
    let found = saturation(matrix, &columns?);
    Some(SaturationView {
        characteristics: SATURATION.map(str::to_owned).to_vec(),
        cases: found.cases,
        seen: found.seen,
        once: found.once,
        possible: found.possible as u64,
        sample_coverage: rounded(found.sample_coverage()?),
        expected: rounded(found.expected()),
    })
}
