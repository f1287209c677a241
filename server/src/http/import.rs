//! `/workshops/{workshop}/import`: a list becomes cases.

use super::{Problem, Server};
use crate::hub::Command;
use crate::intake::{self, IntakeError};
use crate::people::Visitor;
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, web};
use samverk_shared::access::Grant;
use samverk_shared::ids::WorkshopId;
use samverk_shared::import::ImportPlan;
use samverk_shared::limits::NAME_CHARS_MAX;
use serde::Deserialize;

/// The query of `POST …/import`.
#[derive(Deserialize)]
pub struct Query {
    /// Tells what would come of it, and changes nothing.
    #[serde(default)]
    dry_run: bool,
}

/// `POST …/import`: the file itself is the body, its name is in `X-File-Name`.
pub async fn import(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    query: web::Query<Query>,
    file: web::Bytes,
) -> Result<web::Json<ImportPlan>, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let grants = member.row.grants;
    if !grants.has(Grant::Facilitator) && !grants.has(Grant::Editor) {
        return Err(Problem::NotAllowed);
    }
    let list = file_name(request.headers());
    let name = list.clone();
    let read = web::block(move || intake::report(&name, &file)).await;
    let report = read.map_err(|_| Problem::Busy)??;
    if !query.dry_run && report.cases > 0 {
        let command = Command::ImportCases {
            list,
            records: report.records().cloned().collect(),
        };
        let (caller, key) = (member.caller(), member.key(request.headers())?);
        server
            .core
            .runtime
            .command(member.workshop, caller, command, key)
            .await?;
    }
    Ok(web::Json(report))
}

/// The file's name as the browser gives it, percent-encoded; only a word for people, never a path.
fn file_name(headers: &HeaderMap) -> String {
    let given = headers
        .get("x-file-name")
        .and_then(|name| name.to_str().ok())
        .unwrap_or_default();
    let plain = String::from_utf8_lossy(&percent_decoded(given)).into_owned();
    let last = plain.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control())
        .take(NAME_CHARS_MAX)
        .collect();
    if clean.is_empty() {
        "list".to_owned()
    } else {
        clean
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex
            .filter(|_| *first == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes
}

impl From<IntakeError> for Problem {
    fn from(error: IntakeError) -> Problem {
        match error {
            IntakeError::TooLarge => Problem::TooLarge,
            other => Problem::BadFile(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    #[test]
    fn a_file_name_is_a_word_and_no_path() {
        let name = |given: &str| {
            let mut headers = HeaderMap::new();
            let value = HeaderValue::from_str(given).unwrap();
            headers.insert(HeaderName::from_static("x-file-name"), value);
            file_name(&headers)
        };
        assert_eq!(name("l%C3%B8nn%20100%25.xlsx"), "lønn 100%.xlsx");
        assert_eq!(name("../../etc/passwd"), "passwd");
        assert_eq!(name("C%3A%5Clister%5Ca.csv"), "a.csv");
        assert_eq!(name("%0a%"), "%");
        assert_eq!(name(""), "list");
    }
}
