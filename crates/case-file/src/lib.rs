//! Reads a case file.
