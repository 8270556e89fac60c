//! Which cargo to run.

/// The cargo that runs us.
pub fn program() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}
