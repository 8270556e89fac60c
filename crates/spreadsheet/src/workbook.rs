//! XLSX: a zip of XML files.
//!
//! The few parts that are needed are read here, not by a library for workbooks. `calamine`, which the tests hold this to,
//! takes memory for what a file claims to hold, and a hostile file of a few kilobytes claims gigabytes; of how a cell is
//! shown it tells days alone, so that a cell which shows 5 % would be read as 0.05; and it brings three formats more to build.

mod format;
mod package;
mod read;
mod write;
mod xml;

pub(crate) use read::read;
pub(crate) use write::{write, write_texts};
