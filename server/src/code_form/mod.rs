//! Code forms (Kodeskjema): a workbook in which those who code by mail fill in the codings of cases, and what a filled
//! one would change. Nothing is changed here, and nothing guessed: a word that is no value is a doubt, a blank is nothing.

mod read;
mod write;

pub use read::{Change, Difference, Doubt, NotAForm, Why, difference};
pub use write::write;

use samverk_shared::case::{Case, Coding, CodingState};
use samverk_shared::characteristic::{Characteristic, Scale};
use serde::Serialize;

/// By this the hidden sheet of a form is known, and by the number how it is laid out.
const MARK: &str = "samverk-kodeskjema";
const LAYOUT: &str = "1";
/// The first cell of the hidden row of keys.
const SUBJECT: &str = "subject";
/// Columns before those of the characteristics: subject, code and name.
const FIXED: u16 = 3;

/// What a coding says, without who said it and how sure they are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Whether there is a value, and if not, why.
    pub state: CodingState,
    /// Keys of its values.
    pub values: Vec<String>,
    /// Of a number.
    pub number: Option<f64>,
    /// Of words.
    pub text: String,
}

impl Said {
    /// That nobody has coded it, or of what kind the lack of a value is.
    fn none(state: CodingState) -> Self {
        Said {
            state,
            values: Vec::new(),
            number: None,
            text: String::new(),
        }
    }

    /// That it has these values.
    fn values(values: Vec<String>) -> Self {
        Said {
            values,
            ..Said::none(CodingState::Coded)
        }
    }

    /// What a case says of a characteristic.
    pub fn of(case: &Case, c: &Characteristic) -> Self {
        case.codings
            .get(&c.key)
            .map_or(Said::none(CodingState::NotCoded), |coding| {
                Said::of_coding(coding, c.scale)
            })
    }

    fn of_coding(coding: &Coding, scale: Scale) -> Self {
        if !coding.is_coded(scale) {
            let state = match coding.state {
                CodingState::Coded => CodingState::NotCoded,
                state => state,
            };
            return Said::none(state);
        }
        match scale {
            Scale::Number => Said {
                number: coding.number,
                ..Said::none(CodingState::Coded)
            },
            Scale::Text => Said {
                text: crate::intake::clean(&coding.text).0,
                ..Said::none(CodingState::Coded)
            },
            Scale::Multi => Said::values(coding.values.iter().cloned().collect()),
            Scale::Nominal | Scale::Ordinal => Said::values(coding.value.iter().cloned().collect()),
        }
    }

    /// The coding that says this, in place of another, by whoever takes it in. How sure somebody was and what they noted
    /// stays, and words are never taken away by a state.
    pub fn coding(&self, scale: Scale, was: &Coding, coder: &str) -> Coding {
        let mut coding = Coding {
            state: self.state,
            coder: coder.to_owned(),
            ..was.clone()
        };
        match scale {
            Scale::Multi => coding.values = self.values.iter().cloned().collect(),
            Scale::Number => coding.number = self.number,
            Scale::Text if self.state == CodingState::Coded => coding.text.clone_from(&self.text),
            Scale::Text => {}
            Scale::Nominal | Scale::Ordinal => coding.value = self.values.first().cloned(),
        }
        coding
    }

    /// As it stands in the hidden sheet, so that it is known later what the form was filled from.
    fn as_base(&self) -> String {
        match (self.number, self.text.is_empty()) {
            (Some(number), _) => number.to_string(),
            (None, false) => digest(&self.text),
            (None, true) if self.state == CodingState::Coded => self.values.join(";"),
            (None, true) => format!("-{}", self.state.as_str()),
        }
    }
}

/// Words are long, and only whether they are the same is asked.
fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}
