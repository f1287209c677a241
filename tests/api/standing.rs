//! [R39] The documents of which a workshop has one: made when the team first needs them, the same each time, and the
//! team's own to nobody else.

use crate::browser::Site;
use crate::roles::come;
use serde_json::{Value, json};

const TEAM: &str = "/documents/team";

#[tokio::test]
async fn r39_p1_the_teams_document_is_made_once_and_only_the_team_knows_of_it() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let here = format!("/api/v1/workshops/{workshop}");
    let first = owner.put(&format!("{here}{TEAM}"), json!({})).await;
    assert_eq!(first.status, 200, "{first:?}");
    let again = owner.put(&format!("{here}{TEAM}"), json!({})).await;
    assert_eq!(first.json(), again.json());
    let register = owner.put(&format!("{here}/documents/register"), json!({})).await;
    assert_ne!(first.json(), register.json());

    let kinds = |listed: Value| -> Vec<String> {
        let documents = listed["documents"].as_array().unwrap().clone();
        documents
            .iter()
            .map(|one| one["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    let listed = kinds(owner.get(&format!("{here}/documents")).await.json());
    assert!(
        listed.contains(&"team".to_owned()) && listed.contains(&"register".to_owned()),
        "{listed:?}"
    );

    let mut viewer = come(&site, &mut owner, &workshop, "observer").await.0;
    assert_eq!(viewer.put(&format!("{here}{TEAM}"), json!({})).await.status, 403);
    let listed = kinds(viewer.get(&format!("{here}/documents")).await.json());
    assert!(
        !listed.contains(&"team".to_owned()) && listed.contains(&"register".to_owned()),
        "{listed:?}"
    );
}

#[tokio::test]
async fn r39_nobody_makes_a_document_of_another_kind() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    for kind in ["frame", "case", "sealed", "ledger"] {
        let answer = owner
            .put(
                &format!("/api/v1/workshops/{workshop}/documents/{kind}"),
                json!({}),
            )
            .await;
        assert_eq!(answer.status, 404, "{kind}: {answer:?}");
    }
}
