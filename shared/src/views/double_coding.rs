//! What a double coding came to: how alike the coders coded, and what each said of each case.

use super::rounded;
use crate::analysis::agreement::{Agreement, Judgement, agreement};
use crate::analysis::matrix::Feature;
use crate::case::Coding;
use crate::characteristic::{Characteristic, Characteristics, Scale};
use crate::double_coding::{Coded, Verdict, verdict};
use crate::ids::{ParticipantId, SubjectId};
use serde::Serialize;

/// A double coding that was revealed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DoubleCodingView {
    /// Who coded anything, in the order of `codings` of each cell.
    pub coders: Vec<ParticipantId>,
    /// Each characteristic that was asked about and is still in the set, in the order of the question.
    pub agreement: Vec<CharacteristicAgreement>,
    /// Each case and characteristic that somebody said something of, case by case in the order of the question.
    pub cells: Vec<Cell>,
}

/// How alike one characteristic was coded; figures as in `analysis::agreement`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct CharacteristicAgreement {
    pub characteristic: String,
    pub scale: Scale,
    pub cases: usize,
    pub one_alone: usize,
    pub pairs: usize,
    pub share: Option<f64>,
    pub likeness: Option<f64>,
    pub kappa: Option<f64>,
}

/// What was said of one case on one characteristic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// The case.
    pub case: SubjectId,
    /// The key of the characteristic.
    pub characteristic: String,
    /// How the coders stand to each other.
    pub verdict: Verdict,
    /// What each said, in the order of the coders; null where they said nothing.
    pub codings: Vec<Option<Coding>>,
}

/// The view of what these coders said of these cases, as it reads by this set.
pub fn double_coding(
    coders: &[Coded],
    cases: &[SubjectId],
    characteristics: &[String],
    set: &Characteristics,
) -> DoubleCodingView {
    let said = coders.iter().filter(|one| !one.codings.is_empty());
    let living: Vec<Coded> = said.map(|one| one.living(set)).collect();
    let coders: Vec<&Coded> = living.iter().collect();
    let asked: Vec<&Characteristic> = characteristics.iter().filter_map(|key| set.get(key)).collect();
    let cells = cases
        .iter()
        .flat_map(|case| asked.iter().filter_map(|one| cell(&coders, case, one)));
    DoubleCodingView {
        coders: coders.iter().map(|one| one.by.clone()).collect(),
        agreement: asked.iter().map(|one| of_one(&coders, cases, one)).collect(),
        cells: cells.collect(),
    }
}

fn of_one(coders: &[&Coded], cases: &[SubjectId], of: &Characteristic) -> CharacteristicAgreement {
    let feature = Feature::from(of);
    let say = |coder: &&Coded| -> Vec<Judgement> {
        let one = |case| {
            coder
                .coding(case, &of.key)
                .map(|coding| Judgement::of(coding, &feature))
        };
        cases.iter().map(|case| one(case).unwrap_or_default()).collect()
    };
    let said: Vec<Vec<Judgement>> = coders.iter().map(say).collect();
    let Agreement {
        cases,
        one_alone,
        pairs,
        share,
        likeness,
        kappa,
    } = agreement(&feature, &said);
    CharacteristicAgreement {
        characteristic: of.key.clone(),
        scale: of.scale,
        cases,
        one_alone,
        pairs,
        share: share.map(rounded),
        likeness: likeness.map(rounded),
        kappa: kappa.map(rounded),
    }
}

fn cell(coders: &[&Coded], case: &SubjectId, of: &Characteristic) -> Option<Cell> {
    let codings: Vec<Option<&Coding>> = coders.iter().map(|one| one.coding(case, &of.key)).collect();
    let said: Vec<&Coding> = codings.iter().flatten().copied().collect();
    Some(Cell {
        case: case.clone(),
        characteristic: of.key.clone(),
        verdict: verdict(of, &said)?,
        codings: codings.into_iter().map(Option::<&Coding>::cloned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CodingState;
    use crate::characteristic::{Value, defaults};
    use std::collections::BTreeMap;

    #[test]
    fn r3_each_cell_somebody_spoke_of_stands_there_with_its_verdict() {
        let case = |n: u8| SubjectId::from_random([n; 16]);
        let coded = |value: &str| Coding {
            state: CodingState::Coded,
            value: Some(value.into()),
            ..Coding::default()
        };
        let coder = |n: u8, said: &[(u8, &str)]| Coded {
            by: ParticipantId::from_random([n; 16]),
            codings: said
                .iter()
                .map(|(at, value)| (case(*at), BTreeMap::from([("scope".to_owned(), coded(value))])))
                .collect(),
        };
        let coders = [
            coder(1, &[(1, "okosystem"), (2, "okosystem")]),
            coder(2, &[(1, "okosystem"), (2, "enkeltprosjekt"), (3, "okosystem")]),
            coder(3, &[]),
        ];
        let cases = [case(1), case(2), case(3), case(4)];
        let asked = ["scope".to_owned(), "gone".to_owned()];
        let view = double_coding(&coders, &cases, &asked, defaults());
        assert_eq!((view.coders.len(), view.agreement.len()), (2, 1));
        let verdicts: Vec<Verdict> = view.cells.iter().map(|cell| cell.verdict).collect();
        assert_eq!(verdicts, [Verdict::Agree, Verdict::Differ, Verdict::One]);
        assert_eq!(view.cells[2].codings[0], None);
        let scope = &view.agreement[0];
        assert_eq!((scope.cases, scope.one_alone, scope.share), (2, 1, Some(0.5)));
        // A value that was merged since reads as what it was merged into, and the two agree.
        let mut merged = defaults().clone();
        let scope = merged
            .characteristics
            .iter_mut()
            .find(|one| one.key == "scope")
            .unwrap();
        let place = scope
            .values
            .iter()
            .position(|one| one.key == "enkeltprosjekt")
            .unwrap();
        let value = scope.values.remove(place);
        scope.retired.push(Value {
            merged_into: Some("okosystem".into()),
            ..value
        });
        let view = double_coding(&coders, &cases, &asked, &merged);
        assert_eq!(view.cells[1].verdict, Verdict::Agree);
        assert_eq!(view.agreement[0].share, Some(1.0));
        let read = view.cells[1].codings[1]
            .as_ref()
            .and_then(|coding| coding.value.as_deref());
        assert_eq!(read, Some("okosystem"));
        let nobody = double_coding(&[], &cases, &asked, defaults());
        assert_eq!((nobody.cells.len(), nobody.agreement[0].share), (0, None));
    }
}
