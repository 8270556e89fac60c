//! What lies before two people who bargain, and what they see of it when they choose.

use terms::Role;

/// Something that happened between two people who bargain over a price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// Somebody names a price.
    Quote {
        /// Who.
        by: Role,
        /// The price.
        price: f64,
        /// As an offer that needs only a yes.
        formal: bool,
    },
    /// Somebody says something, and no price.
    Talk {
        /// Who.
        by: Role,
    },
    /// Somebody takes what lies on the table.
    Take,
    /// It is over without a deal.
    End,
}

/// What follows a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// The other takes it.
    Taken,
    /// The other names a price.
    Answered,
    /// Whoever made it names another.
    Bettered,
    /// Whoever made it takes the other's last.
    Yielded,
    /// Nothing: it ends without a deal.
    Nothing,
}

impl Follow {
    /// In the order in which they are fitted.
    pub const ALL: [Self; 5] = [Self::Taken, Self::Answered, Self::Bettered, Self::Yielded, Self::Nothing];
}

/// How many things are seen when somebody chooses what follows a quote.
pub const SEEN: usize = 30;
/// How many when somebody chooses how far a quote goes.
pub const STEP_SEEN: usize = 19;
/// How many when somebody chooses where to open.
pub const OPENING_SEEN: usize = 9;

/// The place of a side in every pair here: a buyer is 0, a seller 1.
pub const fn index(role: Role) -> usize {
    match role {
        Role::Buyer => 0,
        Role::Seller => 1,
    }
}

fn told(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// 1 for whom higher prices are better, -1 for whom lower ones are.
const fn sign(role: Role) -> f64 {
    match role {
        Role::Buyer => -1.0,
        Role::Seller => 1.0,
    }
}

/// Beyond this many spans distances tell nothing more.
const FAR: f64 = 3.0;

/// How many when somebody who got no answer chooses what to name instead.
pub const AGAIN_SEEN: usize = 6;

/// What lies before them, in spans; the buyer first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Table {
    /// The last quote of each.
    pub quotes: [Option<f64>; 2],
    /// The first quote of each.
    pub first: [Option<f64>; 2],
    /// What each aims for, where it is known.
    pub targets: [Option<f64>; 2],
    /// How far each moved last, in their own disfavour; `None` who has quoted but once.
    pub moves: [Option<f64>; 2],
    /// Who quoted last.
    pub last: Option<Role>,
    /// How many quotes there have been.
    pub count: u32,
    /// The last quote is an offer that needs only a yes.
    pub formal: bool,
    /// What each has said since the last quote, without a price.
    pub talk: [u32; 2],
    /// Who has repeated the last quote since.
    pub echoed: [bool; 2],
    /// Whoever did not make it has offered it back, so that it needs only a yes.
    pub declared: bool,
    /// Whoever did not make it has named their own last again, and whether so that it needs only a yes.
    pub insisted: [bool; 2],
    /// Quotes in a row in which each did not move.
    pub standstill: [u32; 2],
    /// How much is at stake, against what is usual where people bargain so: the logarithm of the ratio.
    pub stakes: f64,
}

impl Table {
    /// Before the first quote, by people who aim for `targets`.
    pub fn new(targets: [Option<f64>; 2], stakes: f64) -> Self {
        Self { targets, stakes, ..Self::default() }
    }

    /// What `role` aims for: as known, else their own first quote, else the other's.
    fn anchor(&self, role: Role) -> f64 {
        let (mine, theirs) = (index(role), index(role.other()));
        self.targets[mine].or(self.first[mine]).or(self.first[theirs]).unwrap_or(0.0)
    }

    /// How far short of what `role` aims for a price is.
    pub fn short_of_target(&self, role: Role, price: f64) -> f64 {
        sign(role) * (self.anchor(role) - price)
    }

    /// The seller's last quote less the buyer's.
    pub fn gap(&self) -> Option<f64> {
        Some(self.quotes[1]? - self.quotes[0]?)
    }

    /// Whether a quote repeats a price that is on the table already, and whose.
    fn repeats(&self, price: f64) -> Option<Role> {
        const SAME: f64 = 1e-9;
        let is = |role: Role| self.quotes[index(role)].is_some_and(|quote| (quote - price).abs() < SAME);
        self.last.filter(|&last| is(last)).or_else(|| self.last.map(Role::other).filter(|&role| is(role)))
    }

    /// Whose price `by` only says again where they name `price`; `None` where that is a quote. In a `chat` it is talk to name one's own
    /// again; where people take turns it is a turn that was not used.
    pub fn said_again(&self, by: Role, price: f64, chat: bool) -> Option<Role> {
        self.repeats(price).filter(|&whose| chat || whose != by)
    }

    /// Takes note that `by` names `price`, which no one has on the table.
    pub fn quote(&mut self, by: Role, price: f64, formal: bool) {
        let at = index(by);
        if let Some(before) = self.quotes[at] {
            let moved = sign(by) * (before - price);
            self.moves[at] = Some(moved);
            self.standstill[at] = if moved.abs() < STILL { self.standstill[at] + 1 } else { 0 };
        }
        self.quotes[at] = Some(price);
        self.first[at].get_or_insert(price);
        self.last = Some(by);
        self.count += 1;
        self.formal = formal;
        self.talk = [0; 2];
        self.echoed = [false; 2];
        self.declared = false;
        self.insisted = [false; 2];
    }

    /// Takes note of something said without a new price: whose price it `repeats`, and whether so that it needs only a yes.
    pub fn say(&mut self, by: Role, repeats: Option<Role>, formal: bool) {
        self.talk[index(by)] += 1;
        let Some(whose) = repeats else { return };
        let quoted_last = self.last == Some(by);
        if Some(whose) != self.last {
            // Their own last again, or the other's one before: only the first says anything.
            self.insisted = [!quoted_last || self.insisted[0], (!quoted_last && formal) || self.insisted[1]];
        } else if quoted_last {
            self.echoed[index(by)] = true;
            self.formal |= formal;
        } else {
            self.echoed[index(by)] = true;
            self.declared |= formal;
        }
    }

    /// Something has been said since the last quote.
    pub fn discussed(&self) -> bool {
        self.talk[0] + self.talk[1] > 0
    }

    /// What is seen when it is chosen what follows the last quote.
    pub fn seen(&self) -> [f64; SEEN] {
        let last = self.last.unwrap_or(Role::Buyer);
        let (p, o) = (index(last), index(last.other()));
        let far = |distance: f64| distance.clamp(-FAR, FAR);
        let standing = self.quotes[p].unwrap_or(0.0);
        let short = far(self.short_of_target(last.other(), standing));
        let given = far(self.short_of_target(last, standing));
        let both = self.quotes[o].is_some();
        let gap = if both { self.gap().unwrap_or(0.0).clamp(0.0, FAR) } else { short.max(0.0) };
        let other_gave = self.quotes[o].map_or(0.0, |quote| far(self.short_of_target(last.other(), quote)));
        let moved = |at: usize| self.moves[at].map_or(0.0, |moved| (moved / (gap + 0.1)).clamp(-3.0, 3.0));
        let still = |at: usize| f64::from(self.standstill[at].min(4)) / 2.0;
        let apart = self.apart();
        [
            1.0,
            gap,
            gap.sqrt(),
            libm::log(gap + 0.05),
            told(gap < 1e-9),
            f64::from(self.count.min(8)) / 4.0,
            told(self.formal),
            short,
            given,
            other_gave,
            told(self.moves[p].is_some()),
            moved(p),
            told(self.moves[o].is_some()),
            moved(o),
            f64::from(self.talk[p].min(4)) / 2.0,
            f64::from(self.talk[o].min(4)) / 2.0,
            told(self.talk[p] + self.talk[o] > 0),
            told(self.echoed[o]),
            told(self.declared),
            told(self.echoed[p]),
            told(self.insisted[0]),
            told(self.insisted[1]),
            still(p),
            still(o),
            given * gap,
            apart,
            apart * apart,
            self.stakes,
            self.stakes * self.stakes,
            self.stakes * gap,
        ]
    }

    /// What `by` sees when it is chosen how far their next quote goes, where both have quoted.
    pub fn step_seen(&self, by: Role) -> [f64; STEP_SEEN] {
        let (mine, theirs) = (index(by), index(by.other()));
        let gap = self.gap().unwrap_or(0.0).clamp(0.0, FAR);
        let far = |distance: f64| distance.clamp(-FAR, FAR);
        let own = self.quotes[mine].map_or(0.0, |quote| far(self.short_of_target(by, quote)));
        let moved = |at: usize| self.moves[at].map_or(0.0, |moved| (moved / (gap + 0.1)).clamp(-3.0, 3.0));
        let turn = |from: u32| told(self.count / 2 * 2 == from);
        [
            1.0,
            gap,
            libm::log(gap + 0.05),
            own,
            told(self.last == Some(by)),
            moved(mine),
            moved(theirs),
            told(self.moves[mine].is_some()),
            f64::from(self.count.min(8)) / 4.0,
            f64::from(self.standstill[mine].min(4)) / 2.0,
            f64::from(self.standstill[theirs].min(4)) / 2.0,
            self.stakes,
            turn(2),
            turn(4),
            turn(6),
            turn(8),
            turn(10),
            self.apart(),
            gap * gap,
        ]
    }

    /// What `by` sees when it is chosen where to open.
    pub fn opening_seen(&self, by: Role) -> [f64; OPENING_SEEN] {
        let theirs = self.quotes[index(by.other())];
        let short = theirs.map_or(0.0, |quote| self.short_of_target(by, quote).clamp(-FAR, FAR));
        let apart = self.apart();
        [
            1.0,
            told(theirs.is_some()),
            short,
            short * short,
            apart,
            apart * apart,
            apart * short,
            self.stakes,
            f64::from(self.count.min(4)) / 2.0,
        ]
    }

    /// What `by`, who alone has quoted, sees when they name another price.
    pub fn again_seen(&self, by: Role) -> [f64; AGAIN_SEEN] {
        let mine = index(by);
        let own = self.quotes[mine].map_or(0.0, |quote| self.short_of_target(by, quote).clamp(-FAR, FAR));
        let theirs = self.quotes[mine].map_or(0.0, |quote| self.short_of_target(by.other(), quote).clamp(-FAR, FAR));
        [1.0, own, theirs, self.apart(), self.stakes, f64::from(self.count.min(4)) / 2.0]
    }

    /// How far apart what they aim for is, where both are known.
    fn apart(&self) -> f64 {
        match self.targets {
            [Some(buyer), Some(seller)] => (seller - buyer).clamp(-FAR, FAR),
            _ => 0.0,
        }
    }

    /// How far `by` has moved in their own disfavour, from their last quote to `price`.
    pub fn moved(&self, by: Role, price: f64) -> Option<f64> {
        Some(sign(by) * (self.quotes[index(by)]? - price))
    }

    /// The gap that `by` opens by naming `price`, once the other has quoted.
    pub fn opened(&self, by: Role, price: f64) -> Option<f64> {
        Some(sign(by) * (price - self.quotes[index(by.other())]?))
    }

    /// The price by which `by` opens such a gap.
    pub fn price_opening(&self, by: Role, gap: f64) -> Option<f64> {
        Some(self.quotes[index(by.other())]? + sign(by) * gap)
    }

    /// How far short of what `by` aims for a price is, where that is known.
    pub fn short_of_known_target(&self, by: Role, price: f64) -> Option<f64> {
        Some(sign(by) * (self.targets[index(by)]? - price))
    }

    /// The price at which `by` has moved so far.
    pub fn price_moved(&self, by: Role, moved: f64) -> Option<f64> {
        Some(self.quotes[index(by)]? - sign(by) * moved)
    }

    /// The share of the gap that a next quote of `by` at `price` closes.
    pub fn share_closed(&self, by: Role, price: f64) -> Option<f64> {
        let (gap, before) = (self.gap()?, self.quotes[index(by)]?);
        (gap > LEAST_GAP).then(|| sign(by) * (before - price) / gap)
    }

    /// The price at which a next quote of `by` closes `share` of the gap.
    pub fn price_closing(&self, by: Role, share: f64) -> Option<f64> {
        Some(self.quotes[index(by)]? - sign(by) * share * self.gap()?)
    }

    /// The price `short` of what `by` aims for.
    pub fn price_short_of(&self, by: Role, short: f64) -> f64 {
        self.anchor(by) - sign(by) * short
    }
}

/// A step of fewer spans is none.
pub const STILL: f64 = 0.005;
/// A gap of fewer spans is closed.
pub const LEAST_GAP: f64 = 0.01;
