//! Ten thousand guessed document ids (Y8).
