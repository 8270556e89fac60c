//! XLSX: a zip of XML files.
//!
//! The few parts that are needed are read here, not by a library for workbooks: those take memory for what a file
//! claims to hold, which a hostile file of a few kilobytes can make gigabytes.

mod format;
mod package;
mod read;
mod write;
mod xml;

pub(crate) use read::read;
pub(crate) use write::{write, write_texts};
