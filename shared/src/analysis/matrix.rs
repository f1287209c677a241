//! The cases as the measures see them: one row a case, one column a characteristic, each cell coded or missing.
//!
//! Units: none. What is not `coded` is missing, and so is a value that is no longer in the list of its
//! characteristic. Imagined (`future`) cases are left out: nothing that is counted may rest on them (R31).

use crate::actors::public_group;
use crate::case::{ActorGroup, ActorMix, Case, Coding, Level, Origin, Party, PartyRole, finite, taking_part};
use crate::characteristic::{Characteristic, Scale};
use std::collections::BTreeSet;

/// What one case is on one characteristic.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Not coded, unknown, not applicable, or a value that is in no list any more.
    #[default]
    Missing,
    /// The place of the one value in the list.
    One(u16),
    /// The places of the values in the list, rising; never empty.
    Set(Vec<u16>),
    /// A number in the unit of the characteristic.
    Number(f64),
}

impl Cell {
    /// The places in the value list; none for a number.
    pub fn values(&self) -> &[u16] {
        match self {
            Cell::One(value) => std::slice::from_ref(value),
            Cell::Set(values) => values,
            Cell::Missing | Cell::Number(_) => &[],
        }
    }

    /// Whether it counts.
    pub fn is_coded(&self) -> bool {
        *self != Cell::Missing
    }

    pub(super) fn of(coding: Option<&Coding>, feature: &Feature) -> Self {
        let Some(coding) = coding.filter(|c| c.is_coded(feature.scale)) else {
            return Cell::Missing;
        };
        let place = |key: &String| feature.place(key);
        let cell = match feature.scale {
            Scale::Nominal | Scale::Ordinal => coding.value.as_ref().and_then(place).map(Cell::One),
            Scale::Multi => {
                let places: BTreeSet<u16> = coding.values.iter().filter_map(place).collect();
                (!places.is_empty()).then(|| Cell::Set(places.into_iter().collect()))
            }
            Scale::Number => coding.number.filter(|n| n.is_finite()).map(Cell::Number),
            Scale::Text => None,
        };
        cell.unwrap_or_default()
    }
}

/// A characteristic as a column, with what the team may set about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The characteristic's key.
    pub key: String,
    /// How its values relate.
    pub scale: Scale,
    /// Keys of its values, in order; empty for a number.
    pub values: Vec<String>,
    /// How much it counts in a distance, 1 unless the team says otherwise; below 0 or not a number counts as 0.
    pub weight: f64,
    /// Of a number: lowest and highest possible. The observed ones where nothing is said.
    pub range: Option<(f64, f64)>,
    /// Of a number: compare its logarithm, for counts that span from two to two hundred.
    pub log: bool,
}

impl Feature {
    /// What these values are on the characteristic: keys of its list, or a number as text. Keys that are in the list
    /// no more are missing.
    pub fn cell(&self, values: &[String]) -> Cell {
        let mut places: Vec<u16> = values.iter().filter_map(|key| self.place(key)).collect();
        places.sort_unstable();
        places.dedup();
        match self.scale {
            Scale::Nominal | Scale::Ordinal => {
                places.first().map_or(Cell::Missing, |place| Cell::One(*place))
            }
            Scale::Multi if !places.is_empty() => Cell::Set(places),
            Scale::Number => values
                .first()
                .and_then(|text| finite(text))
                .map_or(Cell::Missing, Cell::Number),
            Scale::Multi | Scale::Text => Cell::Missing,
        }
    }

    fn place(&self, key: &str) -> Option<u16> {
        let place = self.values.iter().position(|v| v == key)?;
        u16::try_from(place).ok()
    }
}

impl From<&Characteristic> for Feature {
    fn from(characteristic: &Characteristic) -> Self {
        Feature {
            key: characteristic.key.clone(),
            scale: characteristic.scale,
            values: characteristic.values.iter().map(|v| v.key.clone()).collect(),
            weight: 1.0,
            range: None,
            log: false,
        }
    }
}

/// What a measure needs to know of a case besides its codings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct CaseFacts {
    pub code: String,
    pub country: String,
    pub sector: String,
    pub levels: BTreeSet<Level>,
    pub mix: ActorMix,
    /// Names of the municipalities and counties that take part, as the case writes them.
    pub places: Vec<String>,
    /// Names of those whose collaboration it is, as far as anybody has said so.
    pub owners: Vec<String>,
}

/// Cases by characteristics.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseMatrix {
    /// The columns. Change weight, range and logarithm here before measuring.
    pub features: Vec<Feature>,
    /// The rows, in the order of the list.
    pub cases: Vec<CaseFacts>,
    /// Codes of imagined cases, which no row stands for.
    pub left_out: Vec<String>,
    /// Row after row.
    cells: Vec<Cell>,
}

impl CaseMatrix {
    /// The cases there are, by these characteristics in this order. Those in words are left out of all measures.
    pub fn of<'a>(cases: &[Case], characteristics: impl IntoIterator<Item = &'a Characteristic>) -> Self {
        let (future, empirical): (Vec<&Case>, Vec<&Case>) =
            cases.iter().partition(|c| c.origin == Origin::Future);
        let mut matrix = Self::of_all(empirical, characteristics);
        matrix.left_out = future.iter().map(|c| c.code.clone()).collect();
        matrix
    }

    /// Imagined cases too: for a map that shows them in a mark of their own, never for what is counted.
    pub fn of_all<'a, 'b>(
        cases: impl IntoIterator<Item = &'b Case>,
        characteristics: impl IntoIterator<Item = &'a Characteristic>,
    ) -> Self {
        let in_words = |c: &&Characteristic| c.scale == Scale::Text;
        let features: Vec<Feature> = characteristics
            .into_iter()
            .filter(|c| !in_words(c))
            .map(Feature::from)
            .collect();
        let row = |case: &Case| {
            features
                .iter()
                .map(|f| Cell::of(case.codings.get(&f.key), f))
                .collect()
        };
        let rows: Vec<_> = cases.into_iter().map(|case| (facts(case), row(case))).collect();
        Self::new(features, rows)
    }

    /// From its parts; each row has a cell for each column.
    pub fn new(features: Vec<Feature>, rows: impl IntoIterator<Item = (CaseFacts, Vec<Cell>)>) -> Self {
        let (cases, cells): (Vec<CaseFacts>, Vec<Vec<Cell>>) = rows.into_iter().unzip();
        CaseMatrix {
            features,
            cases,
            left_out: Vec::new(),
            cells: cells.concat(),
        }
    }

    /// Cases.
    pub fn len(&self) -> usize {
        self.cases.len()
    }

    /// Whether there is no case.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// What case `i` is on characteristic `k`.
    pub fn cell(&self, i: usize, k: usize) -> &Cell {
        &self.cells[i * self.features.len() + k]
    }

    /// All that case `i` is.
    pub fn row(&self, i: usize) -> &[Cell] {
        let width = self.features.len();
        &self.cells[i * width..(i + 1) * width]
    }

    /// What all cases are on characteristic `k`.
    pub fn column(&self, k: usize) -> impl Iterator<Item = &Cell> {
        (0..self.len()).map(move |i| self.cell(i, k))
    }

    /// Puts another coding in the place of one: for "what if".
    pub fn set(&mut self, i: usize, k: usize, cell: Cell) {
        let width = self.features.len();
        self.cells[i * width + k] = cell;
    }

    /// The column of a characteristic.
    pub fn feature(&self, key: &str) -> Option<usize> {
        self.features.iter().position(|f| f.key == key)
    }

    /// The row of a case.
    pub fn case(&self, code: &str) -> Option<usize> {
        self.cases.iter().position(|c| c.code == code)
    }

    /// These rows alone, in this order.
    pub fn subset(&self, rows: &[usize]) -> Self {
        CaseMatrix {
            features: self.features.clone(),
            cases: rows.iter().map(|&i| self.cases[i].clone()).collect(),
            left_out: self.left_out.clone(),
            cells: rows.iter().flat_map(|&i| self.row(i).iter().cloned()).collect(),
        }
    }
}

fn facts(case: &Case) -> CaseFacts {
    CaseFacts {
        code: case.code.clone(),
        country: case.country.clone(),
        sector: case.sector.clone(),
        levels: case.levels.clone(),
        mix: case.actor_mix(),
        places: places(&case.parties),
        owners: owners(&case.parties),
    }
}

/// The municipalities and counties among the parties that take part, as their names say. Their group alone does not: a
/// list that gives a case one level gives it to every public body, to a directorate too.
pub fn places(parties: &[Party]) -> Vec<String> {
    let is_local = |group| matches!(group, ActorGroup::Kommune | ActorGroup::Region);
    let local = taking_part(parties)
        .filter(|party| is_local(party.group) && is_local(public_group(&party.name, &[])));
    local.map(|party| party.name.clone()).collect()
}

/// Those of the parties whose collaboration it is. A list does not say so of anybody.
pub fn owners(parties: &[Party]) -> Vec<String> {
    let owners = parties.iter().filter(|party| party.role == PartyRole::Owner);
    owners.map(|party| party.name.clone()).collect()
}
