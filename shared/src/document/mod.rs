//! Documents: how they are made and read.
