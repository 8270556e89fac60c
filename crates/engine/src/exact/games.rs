//! Games of the literature with known solutions: what bargaining theory says where it can say it exactly.

pub mod alternating_offers;
pub mod commitment;
pub mod contract_zone;
pub mod double_auction;
pub mod escalation;
pub mod one_sided;
pub mod reputation;
