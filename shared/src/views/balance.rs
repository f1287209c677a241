//! What the values of each model's cases say about it, and how broadly it is founded (R24, R25).

use super::{About, Basis, Cases, rounded};
use crate::analysis::balance::{BalanceRow, Class, Origins, Thresholds, balance, distinctive_by_chance};
use crate::analysis::breadth::{Over, spread};
use crate::analysis::matrix::CaseMatrix;
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::register::RegisterRow;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Sets of cases drawn by lot that a model stands beside.
pub const DRAWN: usize = 400;
/// What the draws follow from.
pub const SEED: u64 = 1;
/// With fewer cases than these everything looks distinctive, and nothing is coloured.
pub const CASES_MIN: usize = 3;

/// Which cases each model rests on.
pub type Models = BTreeMap<SubjectId, BTreeSet<SubjectId>>;

/// The balance of models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BalanceView {
    /// What must be said beside it.
    pub about: About,
    /// Model by model, in the order of their subjects.
    pub models: Vec<ModelBalance>,
    /// Fewer cases than these carry no colour.
    pub cases_min: usize,
}

/// The balance of one model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelBalance {
    /// Which.
    pub model: SubjectId,
    /// Its cases that count.
    pub cases: Vec<SubjectId>,
    /// Cases it rests on that do not: imagined, archived, unreadable, or none the reader may list.
    pub left_out: usize,
    /// How many values are of each class, in the order of `Class::ALL`.
    pub classes: Vec<ClassCount>,
    /// Each value that some case of the model has, the most telling of each class first; none where only the counts
    /// were asked for.
    pub values: Vec<ValueBalance>,
    /// What as many cases drawn by lot have; none for a model of no case or of all.
    pub chance: Option<Chance>,
    /// How its cases are spread, in the order of `Over::ALL`.
    pub breadth: Vec<BreadthOver>,
}

/// How many values are of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClassCount {
    pub class: Class,
    pub values: usize,
}

/// What one value says about a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueBalance {
    /// Key of the characteristic.
    pub characteristic: String,
    /// Key of the value.
    pub value: String,
    /// By `analysis::balance`.
    pub class: Class,
    /// Cases of the model that have it…
    pub cases: usize,
    /// …of those that are coded.
    pub coded: usize,
    /// Others that have it…
    pub others: usize,
    /// …of those that are coded.
    pub others_coded: usize,
    /// How many times as common it is here, smoothed.
    pub lift: f64,
    /// The place or the organisation that all cases with it are from, where that makes it too local.
    pub from: Option<String>,
}

/// Distinctive values of sets of as many cases drawn by lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chance {
    /// How many sets were drawn.
    pub draws: usize,
    /// From what.
    pub seed: u64,
    /// One in ten has fewer than this.
    pub low: usize,
    /// One in ten has more than this.
    pub high: usize,
}

/// How the cases of a model are spread over something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreadthOver {
    /// Over what.
    pub over: Over,
    /// From 0, all in one, to 1; none where no case says.
    pub breadth: Option<f64>,
    /// Cases that say.
    pub cases: usize,
    /// Where they are, most first; a case in two places counts half in each.
    pub parts: Vec<Part>,
}

/// How many of a model's cases are somewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Part {
    pub name: String,
    pub cases: f64,
}

/// The balance of these models; `values`: with each value.
pub fn balances<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    models: &Models,
    values: bool,
) -> BalanceView {
    let basis = Basis::of(rows, set, Cases::All);
    let mut drawn = Drawn {
        matrix: &basis.matrix,
        by_size: BTreeMap::new(),
    };
    let one = |(model, cases): (&SubjectId, &BTreeSet<SubjectId>)| {
        of_model(&basis, model, cases, values, &mut drawn)
    };
    BalanceView {
        models: models.iter().map(one).collect(),
        cases_min: CASES_MIN,
        about: basis.about.clone(),
    }
}

fn of_model(
    basis: &Basis<'_>,
    model: &SubjectId,
    cases: &BTreeSet<SubjectId>,
    with_values: bool,
    drawn: &mut Drawn<'_>,
) -> ModelBalance {
    let places: Vec<usize> = (0..basis.rows.len())
        .filter(|&place| cases.contains(&basis.rows[place].subject))
        .collect();
    let rows = balance(&basis.matrix, &places, &Thresholds::default());
    let count = |class| ClassCount {
        class,
        values: rows.iter().filter(|row| row.class == class).count(),
    };
    let over = |over| {
        let found = spread(&basis.matrix, &places, over);
        let parts = found.parts.into_iter();
        BreadthOver {
            over,
            breadth: found.breadth.map(rounded),
            cases: found.cases,
            parts: parts
                .map(|(name, cases)| Part {
                    name,
                    cases: rounded(cases),
                })
                .collect(),
        }
    };
    ModelBalance {
        model: model.clone(),
        cases: basis.subjects(&places),
        left_out: cases.len() - places.len(),
        classes: Class::ALL.map(count).to_vec(),
        chance: drawn.of_size(places.len()),
        breadth: Over::ALL.map(over).to_vec(),
        values: if with_values {
            named(&basis.matrix, rows)
        } else {
            Vec::new()
        },
    }
}

/// By class in the order of the rules, then the most telling first.
fn named(matrix: &CaseMatrix, mut rows: Vec<BalanceRow>) -> Vec<ValueBalance> {
    let origins = Origins::of(matrix);
    let local_cases = Thresholds::default().local_cases;
    rows.sort_by(|a, b| {
        let lift = b.counts.lift().total_cmp(&a.counts.lift());
        a.class.cmp(&b.class).then(lift)
    });
    let value = |row: BalanceRow| {
        let feature = &matrix.features[row.feature];
        let by_origin = row.class == Class::TooLocal && row.counts.a + row.counts.b > local_cases;
        let from = origins.get(row.feature, row.value).filter(|_| by_origin);
        ValueBalance {
            from: from.map(str::to_owned),
            characteristic: feature.key.clone(),
            value: feature.values[usize::from(row.value)].clone(),
            class: row.class,
            cases: row.counts.a,
            coded: row.counts.n_in,
            others: row.counts.b,
            others_coded: row.counts.n_out,
            lift: rounded(row.counts.lift()),
        }
    };
    rows.into_iter().map(value).collect()
}

/// What was drawn so far: models of as many cases share it.
struct Drawn<'a> {
    matrix: &'a CaseMatrix,
    by_size: BTreeMap<usize, Chance>,
}

impl Drawn<'_> {
    fn of_size(&mut self, size: usize) -> Option<Chance> {
        if size == 0 || size >= self.matrix.len() {
            return None;
        }
        let matrix = self.matrix;
        let chance = self.by_size.entry(size).or_insert_with(|| {
            let thresholds = Thresholds::default();
            let counts = distinctive_by_chance(matrix, size, &thresholds, SEED);
            let mut counts: Vec<usize> = counts.take(DRAWN).collect();
            counts.sort_unstable();
            Chance {
                draws: DRAWN,
                seed: SEED,
                low: counts[DRAWN / 10],
                high: counts[DRAWN - 1 - DRAWN / 10],
            }
        });
        Some(chance.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::State;
    use crate::case::{Case, Origin};
    use crate::characteristic::defaults;
    use crate::ids::DocumentId;
    use crate::register::row;

    fn subject(n: u8) -> SubjectId {
        SubjectId::from_random([n; 16])
    }

    /// Cases in one of two sectors; the first three alone are driven by purchasing power.
    fn rows() -> Vec<RegisterRow> {
        let of = |n: u8| {
            let mut one = row(
                subject(n),
                DocumentId::from_random([n; 16]),
                State::Open,
                &Case::default(),
                &[],
                defaults(),
            );
            one.code = format!("N{n:02}");
            one.sector = if n < 4 { "Helse" } else { "Klima" }.into();
            let driver = if n < 4 { "innkjopsmakt" } else { "mobilisering" };
            one.codings.insert("driver".into(), vec![driver.into()]);
            one.codings
                .insert("innovation_object".into(), vec!["tjeneste".into()]);
            one
        };
        (1..=12).map(of).collect()
    }

    fn of(rows: &[RegisterRow], cases: &[u8]) -> ModelBalance {
        let cases = cases.iter().map(|n| subject(*n)).collect();
        let models = Models::from([(subject(99), cases)]);
        let mut view = balances(rows, defaults(), &models, true);
        assert_eq!((view.about.cases, view.models.len()), (12, 1));
        view.models.remove(0)
    }

    fn values(model: &ModelBalance, class: Class) -> usize {
        model
            .classes
            .iter()
            .find(|count| count.class == class)
            .unwrap()
            .values
    }

    #[test]
    fn r25_each_value_has_its_class_and_its_counts_and_the_most_telling_stands_first_in_it() {
        let keys = |key: &str| {
            let values = &defaults().get(key).unwrap().values;
            values.iter().map(|value| value.key.clone()).collect::<Vec<_>>()
        };
        assert!(
            keys("driver").contains(&"innkjopsmakt".to_owned()),
            "{:?}",
            keys("driver")
        );
        let model = of(&rows(), &[1, 2, 3]);
        let found: Vec<_> = model
            .values
            .iter()
            .map(|one| (one.value.as_str(), one.class))
            .collect();
        assert_eq!(
            found,
            [
                ("tjeneste", Class::SelfEvident),
                ("innkjopsmakt", Class::Distinctive)
            ]
        );
        let driver = &model.values[1];
        assert_eq!(
            (driver.cases, driver.coded, driver.others, driver.others_coded),
            (3, 3, 0, 9)
        );
        assert_eq!(driver.lift, 17.5);
        assert_eq!(values(&model, Class::Distinctive), 1);
        let chance = model.chance.unwrap();
        assert!(chance.low <= chance.high && chance.draws == DRAWN);
    }

    #[test]
    fn r24_a_case_from_another_sector_raises_the_breadth() {
        let sector = |cases: &[u8]| of(&rows(), cases).breadth[0].breadth;
        assert_eq!(
            (sector(&[1, 2, 3]), sector(&[1, 2, 3, 4])),
            (Some(0.0), Some(0.375))
        );
        let none = of(&rows(), &[]);
        assert_eq!(
            (none.breadth[0].breadth, none.values.len(), none.chance),
            (None, 0, None)
        );
    }

    #[test]
    fn r25_r31_imagined_cases_count_in_nothing_and_all_cases_leave_nothing_to_chance() {
        let mut rows = rows();
        rows.push(RegisterRow {
            origin: Origin::Future,
            subject: subject(50),
            ..rows[0].clone()
        });
        let model = of(&rows, &[1, 2, 50]);
        assert_eq!((model.cases.len(), model.left_out), (2, 1));
        let all: Vec<u8> = (1..=12).collect();
        assert_eq!(of(&rows, &all).chance, None);
    }
}
