//! Which combinations of conditions occur together with an outcome, with the cases behind each (R48).
//!
//! What occurs together is not what leads there: the view says how many of the cases of a combination have the outcome,
//! and never why. A combination of one case says nothing, whatever that case is like.

use super::{About, Basis, Cases, rounded};
use crate::analysis::matrix::CaseMatrix;
use crate::analysis::minimise::{Term, minimise};
use crate::analysis::truth_table::{CASES_FEW, CONDITIONS_MANY, Condition, RowClass, TruthRow, truth_table};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::register::RegisterRow;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A combination of fewer cases says nothing.
pub const ROW_CASES_MIN: usize = 2;
/// A model suits a challenge well from this fit on.
pub const SUITED_MIN: u8 = 2;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// What may occur together with the conditions.
    pub outcome: Outcome,
    /// Each a bit of a combination, in this order.
    pub conditions: Vec<AnyOf>,
    /// The shortest way to say which combinations occur together with the outcome, and whether those that no case has
    /// may shorten it.
    pub formula: Option<Remainders>,
}

/// Values of a characteristic: a case is in where it has any of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AnyOf {
    /// Key.
    pub characteristic: String,
    /// Keys.
    pub values: BTreeSet<String>,
}

/// Which cases have the outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Those with any of these values.
    Coded(AnyOf),
    /// Those behind a model that suits a challenge well; of the others only those behind one that does not.
    Suited(BTreeMap<SubjectId, bool>),
}

/// Combinations that no case has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remainders {
    /// They are no evidence, and take no part.
    LeftOut,
    /// They may be taken as having the outcome where that makes it shorter.
    Used,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TruthTableView {
    /// What must be said beside it.
    pub about: About,
    /// Those asked for that have a value in use.
    pub conditions: Vec<AnyOf>,
    /// Combinations with cases, most cases first, then those without.
    pub rows: Vec<Row>,
    /// Cases in the table…
    pub cases: usize,
    /// …those of them that have the outcome…
    pub with_outcome: usize,
    /// …and those that are not coded on the outcome or a condition.
    pub left_out: Vec<SubjectId>,
    /// So many conditions for so few cases that most combinations have none.
    pub thin: bool,
    /// None where nobody asked.
    pub formula: Option<Formula>,
}

/// One combination.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Which conditions hold, in their order.
    pub holds: Vec<bool>,
    /// Its cases that have the outcome…
    pub with_outcome: Vec<SubjectId>,
    /// …and those that do not.
    pub without: Vec<SubjectId>,
    /// Share of its cases that have the outcome; none without cases.
    pub consistency: Option<f64>,
    /// Share of the cases with the outcome that are here; none where no case has it.
    pub coverage: Option<f64>,
    /// What that says.
    pub says: Says,
}

/// What a combination says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// It occurs together with the outcome.
    Together,
    /// Some of its cases have it and some have not.
    Mixed,
    /// Hardly any of its cases has it.
    Seldom,
    /// One case, which says nothing.
    Single,
    /// No case: an idea, and no evidence.
    Nothing,
}

/// What occurs together with the outcome, said as shortly as can be: any of these terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Formula {
    pub remainders: Remainders,
    pub terms: Vec<Vec<Part>>,
}

/// A condition of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its place.
    pub condition: usize,
    /// Whether it holds, or does not.
    pub holds: bool,
}

/// The table of these rows.
pub fn table<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    question: &Question,
) -> TruthTableView {
    let basis = Basis::of(rows, set, Cases::All);
    let known: Vec<AnyOf> = question
        .conditions
        .iter()
        .filter_map(|c| in_use(c, set))
        .collect();
    let conditions: Vec<Condition> = known.iter().map(|one| condition(&basis.matrix, one)).collect();
    let outcome = outcome(&basis, &question.outcome, set);
    let found = truth_table(&conditions, &outcome);
    let seen: BTreeSet<usize> = found.iter().flat_map(|row| row.cases.iter().copied()).collect();
    let has = |case: &usize| outcome.membership[*case] == Some(1.0);
    let left_out: Vec<usize> = (0..basis.rows.len())
        .filter(|case| !seen.contains(case))
        .collect();
    let formula = question
        .formula
        .map(|remainders| formula(&found, conditions.len(), remainders));
    let mut rows: Vec<Row> = found
        .iter()
        .map(|row| said(&basis, row, conditions.len(), has))
        .collect();
    // A stable order: of as many cases, that of the combinations.
    rows.sort_by_key(|row| std::cmp::Reverse(row.with_outcome.len() + row.without.len()));
    TruthTableView {
        cases: seen.len(),
        with_outcome: seen.iter().filter(|case| has(case)).count(),
        left_out: basis.subjects(&left_out),
        thin: conditions.len() > CONDITIONS_MANY && seen.len() < CASES_FEW,
        conditions: known,
        rows,
        formula,
        about: basis.about,
    }
}

/// With its values that are in use; none without any.
fn in_use(asked: &AnyOf, set: &Characteristics) -> Option<AnyOf> {
    let of = set.get(&asked.characteristic)?;
    let known = of.values.iter().map(|value| &value.key);
    let values: BTreeSet<String> = known.filter(|key| asked.values.contains(*key)).cloned().collect();
    (!values.is_empty()).then(|| AnyOf {
        characteristic: asked.characteristic.clone(),
        values,
    })
}

/// Nobody is coded on a characteristic that has no column.
fn condition(matrix: &CaseMatrix, asked: &AnyOf) -> Condition {
    let nobody = || Condition {
        name: asked.characteristic.clone(),
        membership: vec![None; matrix.len()],
    };
    let Some(feature) = matrix.feature(&asked.characteristic) else {
        return nobody();
    };
    let keys = matrix.features[feature].values.iter().zip(0..);
    let values: Vec<u16> = keys
        .filter_map(|(key, place)| asked.values.contains(key).then_some(place))
        .collect();
    Condition::any_of(matrix, &asked.characteristic, feature, &values)
}

fn outcome(basis: &Basis<'_>, asked: &Outcome, set: &Characteristics) -> Condition {
    let of_case = |has: &bool| if *has { 1.0 } else { 0.0 };
    match asked {
        Outcome::Coded(asked) => {
            let known = in_use(asked, set).unwrap_or_default();
            condition(&basis.matrix, &known)
        }
        Outcome::Suited(cases) => Condition {
            name: String::new(),
            membership: basis
                .rows
                .iter()
                .map(|row| cases.get(&row.subject).map(of_case))
                .collect(),
        },
    }
}

fn said(basis: &Basis<'_>, row: &TruthRow, conditions: usize, has: impl Fn(&usize) -> bool) -> Row {
    let (with, without): (Vec<usize>, Vec<usize>) = row.cases.iter().copied().partition(has);
    Row {
        holds: (0..conditions).map(|c| row.holds & (1 << c) != 0).collect(),
        with_outcome: basis.subjects(&with),
        without: basis.subjects(&without),
        consistency: row.consistency.map(rounded),
        coverage: row.coverage.map(rounded),
        says: says(row),
    }
}

fn says(row: &TruthRow) -> Says {
    match row.class {
        RowClass::Remainder => Says::Nothing,
        _ if row.cases.len() < ROW_CASES_MIN => Says::Single,
        RowClass::Sufficient => Says::Together,
        RowClass::Contradictory => Says::Mixed,
        RowClass::Insufficient => Says::Seldom,
    }
}

fn formula(rows: &[TruthRow], conditions: usize, remainders: Remainders) -> Formula {
    let of = |wanted| {
        let rows = rows.iter().filter(move |row| says(row) == wanted);
        rows.map(|row| row.holds).collect::<Vec<u32>>()
    };
    let free = match remainders {
        Remainders::LeftOut => Vec::new(),
        Remainders::Used => of(Says::Nothing),
    };
    let parts = |term: Term| {
        let asked = (0..conditions).filter(move |c| term.asks & (1 << c) != 0);
        let part = |condition| Part {
            condition,
            holds: term.holds & (1 << condition) != 0,
        };
        asked.map(part).collect()
    };
    Formula {
        remainders,
        terms: minimise(conditions, &of(Says::Together), &free)
            .into_iter()
            .map(parts)
            .collect(),
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

    fn coded(n: u8, codings: &[(&str, &str)]) -> RegisterRow {
        let mut one = row(
            subject(n),
            DocumentId::from_random([n; 16]),
            State::Open,
            &Case::default(),
            &[],
            defaults(),
        );
        one.code = format!("N{n:02}");
        for (key, value) in codings {
            one.codings.insert((*key).into(), vec![(*value).into()]);
        }
        one
    }

    fn any_of(characteristic: &str, values: &[&str]) -> AnyOf {
        AnyOf {
            characteristic: characteristic.into(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    fn question(conditions: Vec<AnyOf>, formula: Option<Remainders>) -> Question {
        Question {
            outcome: Outcome::Coded(any_of("maturity", &["skalert"])),
            conditions,
            formula,
        }
    }

    const BUYS: (&str, &str) = ("driver", "innkjopsmakt");
    const MOBILISES: (&str, &str) = ("driver", "mobilisering");
    const SCALED: (&str, &str) = ("maturity", "skalert");
    const TRIED: (&str, &str) = ("maturity", "pilot");

    fn rows() -> Vec<RegisterRow> {
        vec![
            coded(1, &[BUYS, SCALED]),
            coded(2, &[BUYS, SCALED]),
            coded(3, &[MOBILISES, SCALED]),
            coded(4, &[BUYS]),
        ]
    }

    #[test]
    fn r48_a_combination_of_one_case_says_nothing_and_is_in_no_formula() {
        let asked = question(
            vec![any_of("driver", &["innkjopsmakt"])],
            Some(Remainders::LeftOut),
        );
        let found = table(&rows(), defaults(), &asked);
        let said: Vec<_> = found
            .rows
            .iter()
            .map(|row| (row.holds[0], row.says, row.with_outcome.len()))
            .collect();
        assert_eq!(
            said,
            [(true, Says::Together, 2), (false, Says::Single, 1)],
            "the one case is fully consistent all the same"
        );
        assert_eq!(found.rows[1].consistency, Some(1.0));
        assert_eq!((found.cases, found.with_outcome), (3, 3));
        assert_eq!(found.left_out, [subject(4)]);
        let part = Part {
            condition: 0,
            holds: true,
        };
        assert_eq!(found.formula.unwrap().terms, [[part]]);
    }

    #[test]
    fn r48_no_formula_stands_there_unless_somebody_asks_and_remainders_take_part_only_where_asked() {
        let conditions = || {
            vec![
                any_of("driver", &["innkjopsmakt"]),
                any_of("scope", &["okosystem"]),
            ]
        };
        let rows: Vec<RegisterRow> = (1..=2)
            .map(|n| coded(n, &[BUYS, ("scope", "okosystem"), SCALED]))
            .chain((3..=4).map(|n| coded(n, &[MOBILISES, ("scope", "okosystem"), TRIED])))
            .collect();
        let terms = |formula| {
            let found = table(&rows, defaults(), &question(conditions(), formula));
            let terms = found.formula.map(|one| one.terms);
            terms.map(|terms| terms.iter().map(Vec::len).collect::<Vec<_>>())
        };
        assert_eq!(terms(None), None);
        assert_eq!(terms(Some(Remainders::LeftOut)), Some(vec![2]));
        assert_eq!(terms(Some(Remainders::Used)), Some(vec![1]));
    }

    #[test]
    fn r31_r48_imagined_cases_are_behind_no_row_and_a_value_no_longer_in_use_asks_nothing() {
        let mut imagined = coded(5, &[BUYS, SCALED]);
        imagined.origin = Origin::Future;
        let rows: Vec<RegisterRow> = rows().into_iter().chain([imagined]).collect();
        let asked = question(
            vec![
                any_of("driver", &["innkjopsmakt", "borte"]),
                any_of("borte", &["x"]),
            ],
            None,
        );
        let found = table(&rows, defaults(), &asked);
        assert_eq!(found.conditions, [any_of("driver", &["innkjopsmakt"])]);
        assert_eq!((found.cases, found.about.imagined), (3, 1));
    }

    #[test]
    fn r48_the_cases_behind_models_that_suit_a_challenge_are_the_outcome() {
        let asked = Question {
            outcome: Outcome::Suited(BTreeMap::from([(subject(1), true), (subject(3), false)])),
            ..question(vec![any_of("driver", &["innkjopsmakt"])], None)
        };
        let found = table(&rows(), defaults(), &asked);
        assert_eq!((found.cases, found.with_outcome), (2, 1));
        assert_eq!(
            found.left_out,
            [subject(2), subject(4)],
            "nobody says of what models of them suit"
        );
    }
}
