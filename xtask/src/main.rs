//! Tasks for the people who work on Upstairs.
fn main() {}
