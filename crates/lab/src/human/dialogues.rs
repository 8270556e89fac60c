//! Two people bargaining over one price, event by event, and how it ended.

use engine::people::{Event, Follow, Setting, Table, index};
use terms::Role;

use super::Unread;

/// One negotiation.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialogue {
    /// Its name in the file.
    pub id: String,
    /// Negotiations of one group are held out together.
    pub group: String,
    /// What counts as one span, and what both aim for, as far as it is on file.
    pub setting: Setting,
    /// Whose target nobody else is told.
    pub private: [bool; 2],
    /// What happened.
    pub events: Vec<Event>,
    /// The price agreed, in money; `None` without a deal.
    pub price: Option<f64>,
    /// Whether it ended at all.
    pub finished: bool,
    /// Money in which errors are counted: a list price, a first ask.
    pub unit: f64,
}

impl Dialogue {
    /// What `seat` knows before the first event.
    pub fn known_to(&self, seat: Role) -> Setting {
        let mut setting = self.setting;
        for role in [Role::Buyer, Role::Seller] {
            let at = index(role);
            if self.private[at] && seat != role {
                setting.targets[at] = None;
            }
        }
        setting
    }

    /// What lies on the table from one quote to the next, with what followed. `chat` is whether a price that is named again is talk.
    pub fn segments(&self, chat: bool) -> Vec<Segment> {
        let span = self.setting.span;
        let mut table =
            Table::new(self.setting.targets.map(|target| target.map(|money| money / span)), self.setting.stakes);
        let mut segments: Vec<Segment> = Vec::new();
        for event in &self.events {
            match *event {
                Event::Quote { by, price, formal } => {
                    let price = price / span;
                    let again = table.said_again(by, price, chat);
                    if again.is_some() {
                        table.say(by, again, formal);
                    } else {
                        let follow = if table.last == Some(by) { Follow::Bettered } else { Follow::Answered };
                        let before = table;
                        if let Some(open) = segments.last_mut() {
                            open.follow = Some(follow);
                        }
                        table.quote(by, price, formal);
                        segments.push(Segment { before, by, price, tables: Vec::new(), follow: None });
                    }
                }
                Event::Talk { by } => table.say(by, None, false),
                Event::Take | Event::End => break,
            }
            if let Some(open) = segments.last_mut() {
                open.tables.push(table);
            }
        }
        if let (true, Some(open)) = (self.finished, segments.last_mut()) {
            open.follow = Some(self.end(&table));
        }
        segments
    }

    /// What followed the last quote.
    fn end(&self, table: &Table) -> Follow {
        const SAME: f64 = 1e-6;
        let Some(price) = self.price.map(|price| price / self.setting.span) else { return Follow::Nothing };
        let theirs = table.last.and_then(|last| table.quotes[1 - index(last)]);
        let yielded = theirs.is_some_and(|theirs| (theirs - price).abs() < SAME);
        let taken = table.last.and_then(|last| table.quotes[index(last)]).is_some_and(|q| (q - price).abs() < SAME);
        if yielded && !taken { Follow::Yielded } else { Follow::Taken }
    }
}

/// From one quote to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// What lay on the table before the quote.
    pub before: Table,
    /// Who made it.
    pub by: Role,
    /// At what price, in spans.
    pub price: f64,
    /// What lay on it after the quote and after everything said until the next.
    pub tables: Vec<Table>,
    /// What followed; `None` where the file breaks off.
    pub follow: Option<Follow>,
}

/// The negotiations of a file that has one a line, by what reads `one`; empty lines are passed over.
pub(super) fn lines(
    file: &str,
    text: &str,
    one: impl Fn(&str) -> Result<Dialogue, String>,
) -> Result<Vec<Dialogue>, Unread> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(text, line)| one(text).map_err(|what| Unread { file: file.to_owned(), line, what })).collect()
}
