//! What the cases of one workshop are coded by, kept until another set is stored.

use super::locked;
use crate::hub::rows::{self, CharacteristicsRow};
use crate::store::{Store, StoreError, Table};
use samverk_shared::characteristic::{Characteristics, defaults};
use samverk_shared::ids::WorkshopId;
use std::sync::{Arc, Mutex};

/// The set of one workshop, with the revision of the record it was read from.
#[derive(Default)]
pub struct SetKept(Mutex<Option<(u64, Arc<Characteristics>)>>);

impl SetKept {
    /// The set as it is stored; the defaults where nothing is.
    pub fn read(&self, store: &dyn Store, workshop: &WorkshopId) -> Result<Arc<Characteristics>, StoreError> {
        const NONE: u64 = 0;
        let record = store.get(Table::Characteristics, workshop.as_str())?;
        let revision = record.as_ref().map_or(NONE, |record| record.revision);
        let mut kept = locked(&self.0);
        if let Some((of, set)) = kept.as_ref()
            && *of == revision
        {
            return Ok(set.clone());
        }
        let set = match record {
            Some(record) => {
                let row = rows::read::<CharacteristicsRow>(workshop.as_str(), &record);
                row.map_err(|error| StoreError(error.into()))?.set
            }
            None => defaults().clone(),
        };
        let set = Arc::new(set);
        *kept = Some((revision, set.clone()));
        Ok(set)
    }
}
