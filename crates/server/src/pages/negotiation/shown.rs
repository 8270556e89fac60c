//! What the parts of the page show.

use std::sync::Arc;

use app::Logged;
use engine::advice::Advice;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use negotiation::party::Part;
use negotiation::view::Sight;
use negotiation::{Negotiation, Version};
use report::phrases::capital;

use super::super::reader::Reader;
use super::panel::Entered;

/// What the address asks to be shown: a form that is open, an entry that was just recorded, older entries.
#[derive(Default, serde::Deserialize)]
pub struct Opened {
    #[serde(default)]
    pub act: String,
    /// The entry that is to be struck out.
    pub strike: Option<Version>,
    /// The entry that was just recorded.
    pub recorded: Option<Version>,
    /// How many of the latest entries are left out.
    pub older: Option<usize>,
    /// The price that a question is to be about.
    pub price: Option<String>,
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

impl Advised {
    /// The whole advice, where it is there.
    pub fn whole(&self) -> Option<&Advice> {
        match self {
            Self::Whole(advice) => Some(advice),
            Self::NotHere | Self::Lacks(_) | Self::First(_) => None,
        }
    }
}

/// A negotiation as somebody sees it.
pub(super) struct NegotiationPage<'a> {
    pub id: &'a str,
    pub reader: Reader,
    pub negotiation: &'a Negotiation,
    pub sight: Sight,
    /// What the stream of changes goes by.
    pub pulse: Version,
    pub now: Timestamp,
    pub opened: &'a Opened,
    /// Who brought it here, where it was recorded elsewhere.
    pub imported: Option<Logged>,
    /// What was entered in one of its forms and not recorded.
    pub entered: Option<&'a Entered<'a>>,
}

impl NegotiationPage<'_> {
    /// The boss's name, where one boss takes part and does not read it; else "your boss" stands.
    fn boss_name(&self) -> Option<String> {
        let mut bosses = self.negotiation.participants.values().filter(|one| one.part == Part::Boss);
        let (Some(boss), None) = (bosses.next(), bosses.next()) else { return None };
        // A sample's boss is nobody.
        (!self.reader.is_boss() && boss.user.0 != app::SAMPLE_BOSS).then(|| capital(&boss.user.0))
    }

    /// A sentence of ours with the boss by name, where there is one.
    pub fn boss_says(&self, text: &str) -> String {
        match self.boss_name() {
            Some(name) => text.replace("your boss", &name).replace("Your boss", &name),
            None => text.to_owned(),
        }
    }

    /// A part of an advice with the boss by name. Only for what is worded by us: what people wrote is theirs.
    pub fn by_name(&self, markup: Markup) -> Markup {
        match self.boss_name() {
            Some(name) => {
                let name = html! { (name) }.into_string();
                PreEscaped(markup.into_string().replace("your boss", &name).replace("Your boss", &name))
            }
            None => markup,
        }
    }
}
