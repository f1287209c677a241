//! Foreign peers: the stock JavaScript client and samod, with a real server.

#![allow(clippy::unwrap_used)]

mod samod_peer;
mod stock;

use samverk_tests::server::serve_if_asked;

const SERVES: &str = "the_server_of_these_tests";

/// What the process does that serves: this test, started again with a folder. Without one it does nothing.
#[test]
fn the_server_of_these_tests() {
    serve_if_asked();
}
