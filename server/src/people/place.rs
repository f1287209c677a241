//! Places: where a person is signed in, or can come in without signing in. A browser that is known and its session are
//! one place; a link back is one, too.

use super::device::{DeviceKind, DeviceRow};
use super::session::{SessionRow, delete};
use super::{Digest, People, PeopleError, Visitor};
use crate::hub::rows;
use crate::store::{Store, Table, Transaction};
use samverk_shared::ids::PersonId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Characters of a digest that name a place: enough among one person's, and nobody gets in by them.
const PLACE_CHARS: usize = 16;

/// Where somebody is signed in, or can come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Names it among the person's.
    pub id: String,
    /// What it is.
    pub kind: DeviceKind,
    /// The name of the browser, or empty.
    pub browser: String,
    /// When it came to be known, in Unix seconds.
    pub made_s: u64,
    /// When it was last used; `None` for a link that was not.
    pub used_s: Option<u64>,
    /// Whether it has a session at this moment.
    pub signed_in: bool,
    /// Whether it is where the question comes from.
    pub here: bool,
}

impl People {
    /// A person's places, the last used first. It reads all sessions: not for a worker thread.
    pub fn places(
        &self,
        person: &PersonId,
        asks: Option<&Visitor>,
        now_s: u64,
    ) -> Result<Vec<Place>, PeopleError> {
        let mut all = self.places_by_person(now_s)?;
        let mut places = all.remove(person).unwrap_or_default();
        if let Some(asks) = asks {
            let here = asks.device.as_deref().unwrap_or(asks.session.as_str());
            for place in &mut places {
                place.here = here.starts_with(&place.id);
            }
        }
        Ok(places)
    }

    /// Everybody's places.
    pub fn places_by_person(&self, now_s: u64) -> Result<BTreeMap<PersonId, Vec<Place>>, PeopleError> {
        let store = self.store.as_ref();
        let mut places: BTreeMap<String, (PersonId, Place)> = BTreeMap::new();
        for (key, row) in rows_of::<DeviceRow>(store, Table::Devices)? {
            if !row.over(now_s) {
                let place = Place {
                    id: name(&key),
                    kind: row.kind,
                    browser: row.browser,
                    made_s: row.created_s,
                    used_s: row.used_s,
                    signed_in: false,
                    here: false,
                };
                places.insert(key, (row.person, place));
            }
        }
        for (key, row) in rows_of::<SessionRow>(store, Table::Sessions)? {
            if row.over(now_s) {
                continue;
            }
            let at = row
                .device
                .filter(|device| places.contains_key(device))
                .unwrap_or(key);
            let (_, place) = places.entry(at.clone()).or_insert_with(|| {
                let place = Place {
                    id: name(&at),
                    kind: DeviceKind::Browser,
                    browser: row.browser,
                    made_s: row.created_s,
                    used_s: None,
                    signed_in: true,
                    here: false,
                };
                (row.person, place)
            });
            place.used_s = place.used_s.max(Some(row.seen_s));
            place.signed_in = true;
        }
        let mut by_person: BTreeMap<PersonId, Vec<Place>> = BTreeMap::new();
        for (person, place) in places.into_values() {
            by_person.entry(person).or_default().push(place);
        }
        for places in by_person.values_mut() {
            places.sort_by_key(|place| std::cmp::Reverse(place.used_s.unwrap_or(place.made_s)));
        }
        Ok(by_person)
    }

    /// Ends those of a person's places that are meant: their sessions with their connections, and the devices. Returns
    /// how many there were.
    pub async fn end_places(
        &self,
        person: &PersonId,
        meant: impl Fn(&str) -> bool,
    ) -> Result<usize, PeopleError> {
        let devices = self.devices_of(person)?;
        let devices: Vec<_> = devices
            .into_iter()
            .map(|(key, _)| key)
            .filter(|key| meant(key))
            .collect();
        let sessions = self.sessions_of(person)?.into_iter().filter(|(key, row)| {
            let own = row.device.as_ref();
            own.is_some_and(|device| devices.contains(device)) || meant(own.unwrap_or(key)) || meant(key)
        });
        let sessions: Vec<_> = sessions.map(|(key, _)| key).collect();
        let mut gone: Transaction = Vec::new();
        gone.extend(devices.iter().map(|key| delete(Table::Devices, key)));
        gone.extend(sessions.iter().map(|key| delete(Table::Sessions, key)));
        let count = gone.len();
        if count > 0 {
            self.commit(gone).await?;
        }
        for session in sessions {
            self.tell_ended(Digest::stored(session));
        }
        Ok(count)
    }

    pub(super) fn sessions_of(&self, person: &PersonId) -> Result<Vec<(String, SessionRow)>, PeopleError> {
        let all = rows_of::<SessionRow>(self.store.as_ref(), Table::Sessions)?;
        Ok(all.into_iter().filter(|(_, row)| row.person == *person).collect())
    }

    pub(super) fn devices_of(&self, person: &PersonId) -> Result<Vec<(String, DeviceRow)>, PeopleError> {
        let all = rows_of::<DeviceRow>(self.store.as_ref(), Table::Devices)?;
        Ok(all.into_iter().filter(|(_, row)| row.person == *person).collect())
    }
}

/// How the place of a digest is named.
fn name(digest: &str) -> String {
    digest.chars().take(PLACE_CHARS).collect()
}

/// Whether a digest is that of a place of this name.
pub fn is_place(digest: &str, name: &str) -> bool {
    name.len() == PLACE_CHARS && digest.starts_with(name)
}

/// All rows of a table with their keys.
pub fn rows_of<Row: DeserializeOwned>(
    store: &dyn Store,
    table: Table,
) -> Result<Vec<(String, Row)>, PeopleError> {
    let records = store.scan(table, "")?.into_iter();
    records
        .map(|(key, record)| {
            let row = rows::read(&key, &record)?;
            Ok((key, row))
        })
        .collect()
}
