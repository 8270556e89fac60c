//! What the parts of the page show.

use std::sync::Arc;

use app::Logged;
use engine::advice::Advice;
use jiff::Timestamp;
use negotiation::view::Sight;
use negotiation::{Negotiation, Version};

use super::super::reader::Reader;

/// Which form is open.
#[derive(serde::Deserialize)]
pub struct Opened {
    #[serde(default)]
    pub act: String,
    /// The entry that is to be struck out.
    pub strike: Option<Version>,
    /// The entry that was just recorded.
    pub recorded: Option<Version>,
    /// How many of the latest entries are left out.
    pub older: Option<usize>,
}

/// How far the advice has come.
pub(super) enum Advised {
    /// There is none for whoever looks, or none is due.
    NotHere,
    /// Why there is none.
    Lacks(String),
    /// A first answer, while the whole is being computed.
    First(app::First),
    /// All of it.
    Whole(Arc<Advice>),
}

/// A negotiation as somebody sees it.
pub(super) struct NegotiationPage<'a> {
    pub id: &'a str,
    pub reader: Reader,
    pub negotiation: &'a Negotiation,
    pub sight: Sight,
    pub now: Timestamp,
    pub opened: &'a Opened,
    /// Who brought it here, where it was recorded elsewhere.
    pub imported: Option<Logged>,
}
