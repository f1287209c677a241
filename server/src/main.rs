//! The samverk command.
fn main() {}
