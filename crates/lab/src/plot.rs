//! Pictures as SVG.

pub mod bars;
pub mod heat_map;
pub mod scatter;
pub(crate) mod svg;
