//! What the documents promise is tested, what the tests name is promised, and the arrows between folders hold.

mod arrows;
mod rules;
mod sources;

use std::path::Path;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}
