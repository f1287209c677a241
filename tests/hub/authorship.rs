//! authorship
