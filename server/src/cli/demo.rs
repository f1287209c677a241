//! The example workshop of `--demo`, and fresh links to it at each start.
//!
//! Links of earlier starts that nobody has come by are taken back; those that somebody came by stay, for taking
//! them back would take that person's grants.

use crate::core::{Core, StartError};
use crate::demo::{LIST, PURPOSE, TITLE, demo_records};
use crate::hub::rows::{self, LinkRow};
use crate::hub::{Answer, Caller, Command, CommandError, LinkTerms};
use crate::people::{Secret, random_id};
use crate::store::Table;
use samverk_shared::access::Grant;
use samverk_shared::ids::WorkshopId;

const DEMO_WORKSHOP: &str = "demo-workshop";
const LABEL: &str = "demo";

/// The example workshop and links to it.
#[derive(Debug)]
pub struct DemoLinks {
    /// Which workshop.
    pub workshop: WorkshopId,
    /// A fresh link for each grant.
    pub links: Vec<(Grant, Secret)>,
}

/// Makes the example workshop where there is none, and fresh links. Every step has an idempotency key, so that a
/// start that was cut short is finished by the next.
pub async fn prepare(core: &Core) -> Result<DemoLinks, StartError> {
    let workshop = workshop(core).await?;
    let create = Command::CreateWorkshop {
        title: TITLE.into(),
        purpose: PURPOSE.into(),
        facilitator: None,
    };
    give(core, &workshop, create, Some("demo/workshop")).await?;
    let import = Command::ImportCases {
        list: LIST.into(),
        records: demo_records()?,
        joins: Vec::new(),
        editions: Default::default(),
        cases_seen: None,
        mappings: Vec::new(),
    };
    give(core, &workshop, import, Some("demo/cases")).await?;
    take_back_unused(core, &workshop).await?;
    let mut links = Vec::new();
    for grant in Grant::ALL {
        let secret = Secret::new()?;
        let secret_digests = vec![secret.digest().as_str().to_owned()];
        let link = Command::CreateLink {
            rights: grant.into(),
            label: LABEL.into(),
            secret_digests,
            terms: LinkTerms::default(),
        };
        give(core, &workshop, link, None).await?;
        links.push((grant, secret));
    }
    Ok(DemoLinks { workshop, links })
}

/// The id is stored before the workshop is made.
async fn workshop(core: &Core) -> Result<WorkshopId, StartError> {
    if let Some(record) = core.store.get(Table::Server, DEMO_WORKSHOP)? {
        return Ok(rows::read(DEMO_WORKSHOP, &record)?);
    }
    let id = WorkshopId::from_random(random_id()?);
    core.put_once(DEMO_WORKSHOP, &id).await?;
    Ok(id)
}

async fn take_back_unused(core: &Core, workshop: &WorkshopId) -> Result<(), StartError> {
    for (key, record) in core.store.scan(Table::Links, &format!("{workshop}/"))? {
        let row: LinkRow = rows::read(&key, &record)?;
        if row.label == LABEL && row.created_by.is_none() && row.used == 0 && !row.revoked {
            give(core, workshop, Command::RevokeLink { link: row.id }, None).await?;
        }
    }
    Ok(())
}

async fn give(
    core: &Core,
    workshop: &WorkshopId,
    command: Command,
    key: Option<&str>,
) -> Result<Answer, CommandError> {
    core.runtime
        .command(workshop.clone(), Caller::Server, command, key.map(str::to_owned))
        .await
}
