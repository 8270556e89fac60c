//! Small games solved exactly: what the simulator and its plans are held against.

pub mod decision;
pub mod games;
pub mod ladder;
pub mod pandora;
