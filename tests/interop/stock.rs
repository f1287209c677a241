//! The stock JavaScript client in Node, with a real server.

use super::SERVES;
use samverk_tests::node;
use samverk_tests::server::{Sync, TestServer};
use serde_json::{Value, json};

fn nothing_to_ask(request: &Value) -> Value {
    panic!("nobody answers {request}")
}

#[test]
fn y2_y3_y5_y6_y10_two_stock_clients_share_documents_of_every_kind() {
    let server = TestServer::start(SERVES, Sync::Open);
    node::test("documents.test.mjs", &[&server.url()], nothing_to_ask);
}

#[test]
fn e1_e2_e4_stock_clients_see_each_other_once() {
    let server = TestServer::start(SERVES, Sync::Open);
    node::test("presence.test.mjs", &[&server.url()], nothing_to_ask);
}

#[test]
fn y8_y10_what_nobody_has_is_unavailable_until_somebody_brings_it() {
    let server = TestServer::start(SERVES, Sync::Open);
    node::test("unavailable.test.mjs", &[&server.url()], nothing_to_ask);
}

#[test]
fn w3_y1_y2_y6_a_killed_server_has_what_it_said_and_stock_clients_come_back() {
    let mut server = TestServer::start(SERVES, Sync::Open);
    node::test("restart.test.mjs", &[&server.url()], |request| {
        match request["what"].as_str() {
            Some("kill") => server.kill(),
            Some("restart") => server.restart(),
            _ => panic!("nobody answers {request}"),
        }
        json!({})
    });
}

#[test]
fn x4_y8_a_stock_client_in_a_workshop_does_what_it_may_and_no_more() {
    let server = TestServer::start(SERVES, Sync::Members);
    let secret = server.owner_secret().expect("an empty folder");
    node::test("rights.test.mjs", &[&server.http(), secret], nothing_to_ask);
}
