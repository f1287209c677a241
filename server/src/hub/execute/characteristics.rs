//! The set of characteristics changes (R23): in order, and each version is kept whole. No case is touched: what a document
//! says is read by the set, so that also what is written offline from an older one follows.

use super::{Done, Given, Hub, participant};
use crate::hub::command::{Answer, Refused};
use crate::hub::rows::{self, CharacteristicsRow};
use crate::hub::workshop::view;
use crate::store::{Expect, Table};
use samverk_shared::characteristic::{Change, Refusal, difference};
use samverk_shared::limits::CHARACTERISTIC_VERSIONS_MAX;
use std::sync::Arc;

impl Hub {
    pub(super) fn change_characteristics(
        &mut self,
        given: &Given<'_>,
        version: u32,
        change: &Change,
        used: bool,
    ) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let before = workshop.characteristics.clone();
        if before.version != version {
            return Err(Refused::OtherVersion);
        }
        if version >= CHARACTERISTIC_VERSIONS_MAX {
            return Err(Refused::SetFull);
        }
        let set = before.changed(change, used)?;
        let changes = difference(&before, &set);
        if changes.is_empty() {
            // A form that was saved as it was.
            return Ok(Done {
                answer: Some(Answer::Characteristics { version }),
                ..Done::default()
            });
        }
        workshop.characteristics = Arc::new(set.clone());
        let row = CharacteristicsRow {
            by: participant(given.by),
            at_ms: given.now,
            changes,
            set,
        };
        let version = row.set.version;
        let kept = CharacteristicsRow::key(given.workshop, version);
        Ok(Done {
            transaction: vec![
                rows::put(Table::Characteristics, given.workshop.to_string(), &row),
                rows::put_expecting(Table::CharacteristicVersions, kept, &row, Expect::Absent),
            ],
            answer: Some(Answer::Characteristics { version }),
            views: vec![view::REGISTER],
            ..Done::default()
        })
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unknown => Refused::Unknown,
            Refusal::BadWords => Refused::BadText,
            Refusal::Taken => Refused::LabelTaken,
            Refusal::Full => Refused::SetFull,
            Refusal::InUse => Refused::ValueInUse,
            Refusal::LastValue => Refused::LastValue,
        }
    }
}
