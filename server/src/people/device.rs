//! Devices: browsers that are known again, and links that stand for one.

use super::session::{delete, is_conflict};
use super::{People, PeopleError, PersonRow, Secret};
use crate::hub::rows::put_expecting;
use crate::store::{Expect, Table, Transaction, Write};
use samverk_shared::ids::PersonId;
use samverk_shared::limits::{DEVICE_S_MAX, SIGN_IN_LINK_S_MAX};
use serde::{Deserialize, Serialize};

/// `Table::Devices`, key the digest of the token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DeviceRow {
    pub person: PersonId,
    pub created_s: u64,
    #[serde(default)]
    pub kind: DeviceKind,
    #[serde(default)]
    pub browser: String,
    /// When it last gave a session; `None` before it did.
    #[serde(default)]
    pub used_s: Option<u64>,
}

/// What a device is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// A browser that is known.
    #[default]
    Browser,
    /// A link back: a browser that is not there yet.
    LinkBack,
    /// A link by which an operator lets somebody in again: once.
    SignInLink,
}

impl DeviceRow {
    /// Whether it was forgotten.
    pub fn over(&self, now_s: u64) -> bool {
        let lasts_s = match self.kind {
            DeviceKind::SignInLink => SIGN_IN_LINK_S_MAX,
            DeviceKind::Browser | DeviceKind::LinkBack => DEVICE_S_MAX,
        };
        now_s >= self.created_s.saturating_add(lasts_s)
    }
}

impl People {
    /// A device that is not there yet: its token brings the person back from wherever it is taken.
    pub async fn add_device(
        &self,
        person: &PersonId,
        kind: DeviceKind,
        now_s: u64,
    ) -> Result<Secret, PeopleError> {
        let device = Secret::new()?;
        let row = device_row(person, kind, "", now_s);
        self.commit(vec![device_put(&device, &row)]).await?;
        Ok(device)
    }

    /// A link by which a person comes in once more, in place of those before it.
    pub async fn make_sign_in_link(&self, person: &PersonId, now_s: u64) -> Result<Secret, PeopleError> {
        let devices = self.devices_of(person)?;
        let earlier = devices
            .iter()
            .filter(|(_, row)| row.kind == DeviceKind::SignInLink);
        let gone: Transaction = earlier.map(|(key, _)| delete(Table::Devices, key)).collect();
        if !gone.is_empty() {
            self.commit(gone).await?;
        }
        self.forgive_wrong_passwords(person)?;
        self.add_device(person, DeviceKind::SignInLink, now_s).await
    }

    /// The person of a device; `None` when it is not known, or was forgotten.
    pub fn of_device(
        &self,
        device: &Secret,
        now_s: u64,
    ) -> Result<Option<(PersonRow, DeviceKind)>, PeopleError> {
        let Some((row, _)) = self.get::<DeviceRow>(Table::Devices, device.digest().as_str())? else {
            return Ok(None);
        };
        if row.over(now_s) {
            return Ok(None);
        }
        Ok(self.person(&row.person)?.map(|person| (person, row.kind)))
    }

    /// The person of a link back, and whether the link shows who they are: it does where an operator made it. Such a
    /// link is used up.
    pub async fn use_link_back(
        &self,
        link: &Secret,
        now_s: u64,
    ) -> Result<Option<(PersonRow, bool)>, PeopleError> {
        let Some((person, kind)) = self.of_device(link, now_s)? else {
            return Ok(None);
        };
        if kind != DeviceKind::SignInLink {
            return Ok(Some((person, false)));
        }
        let key = link.digest().as_str().to_owned();
        let Some((row, record)) = self.get::<DeviceRow>(Table::Devices, &key)? else {
            return Ok(None);
        };
        // Of two who use it at the same moment, one finds it gone.
        let used = vec![
            put_expecting(
                Table::Devices,
                key.clone(),
                &row,
                Expect::Revision(record.revision),
            ),
            delete(Table::Devices, &key),
        ];
        match self.commit(used).await {
            Ok(()) => Ok(Some((person, true))),
            Err(error) if is_conflict(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

pub(super) fn device_row(person: &PersonId, kind: DeviceKind, browser: &str, now_s: u64) -> DeviceRow {
    DeviceRow {
        person: person.clone(),
        created_s: now_s,
        kind,
        browser: browser.to_owned(),
        used_s: None,
    }
}

pub(super) fn device_put(token: &Secret, row: &DeviceRow) -> Write {
    let key = token.digest().as_str().to_owned();
    put_expecting(Table::Devices, key, row, Expect::Absent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h11_a_link_of_the_operator_lasts_a_day_and_a_browser_is_known_for_longer() {
        let device = |kind| device_row(&PersonId::from_random([1; 16]), kind, "", 1000);
        assert!(device(DeviceKind::SignInLink).over(1000 + SIGN_IN_LINK_S_MAX));
        assert!(!device(DeviceKind::LinkBack).over(1000 + SIGN_IN_LINK_S_MAX));
        assert!(device(DeviceKind::Browser).over(1000 + DEVICE_S_MAX));
    }
}
