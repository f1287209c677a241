//! characteristic
