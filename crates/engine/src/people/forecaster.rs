//! Reads a negotiation event by event, and says after each where it is heading.

use serde::Serialize;
use terms::Role;

use super::manner::{Atom, Manner, Warp};
use super::play::{self, Ends, PATHS, QUANTILES};
use super::state::Standing;
use super::table::{Event, Follow, SEEN, Table, index};

/// How many things a forecast price is bent by.
pub const PRICE_SEEN: usize = 36;
/// Stands for what there is none of: no distance in spans is so far below.
const ABSENT: f64 = -9.0;

/// What somebody who forecasts knows before the first event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Money a span.
    pub span: f64,
    /// What the buyer and the seller aim for, as far as it is known, in money.
    pub targets: [Option<f64>; 2],
    /// How much is at stake, against what is usual where people bargain so: the logarithm of the ratio; 0 where that can't be said.
    pub stakes: f64,
}

/// Where a negotiation is heading, as somebody sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlook {
    /// Chance of a deal.
    pub agreement_probability: f64,
    /// Mean price of a deal, in money.
    pub mean: f64,
    /// Prices at .05, .1, … .95, in money.
    pub quantiles: [f64; QUANTILES],
    /// Whether it moves, stalls or is dead, and why.
    pub standing: Standing,
}

/// Somebody who reads along.
#[derive(Clone, Debug)]
pub struct Forecaster<'a> {
    manner: &'a Manner,
    setting: Setting,
    table: Table,
    /// What the one whose target is hidden may aim for, in spans; empty where nothing is hidden.
    atoms: Vec<Atom>,
    hidden: Option<Role>,
    /// Ends where the last quote is answered, and where it is bettered; each weighs 1.
    ahead: [Ends; 2],
    /// The last price that needed only a yes.
    offered: Option<f64>,
    /// How it ended: at what price, or without a deal.
    over: Option<Option<f64>>,
}

impl<'a> Forecaster<'a> {
    /// Before the first event.
    pub fn new(manner: &'a Manner, setting: Setting) -> Self {
        let targets = setting.targets.map(|target| target.map(|money| money / setting.span));
        let hidden = match targets {
            [None, Some(_)] => Some(Role::Buyer),
            [Some(_), None] => Some(Role::Seller),
            _ => None,
        };
        let atoms = hidden.map_or_else(Vec::new, |role| {
            let known = targets[index(role.other())].unwrap_or_default();
            let apart = if role == Role::Buyer { -1.0 } else { 1.0 };
            let atom = |atom: &Atom| Atom { value: known + apart * atom.value, chance: atom.chance };
            // How far apart aims are is the same seen from either.
            let own = &manner.targets[index(role)];
            let atoms = if own.is_empty() { &manner.targets[index(role.other())] } else { own };
            atoms.iter().map(atom).collect()
        });
        Self {
            manner,
            setting,
            table: Table::new(targets, setting.stakes),
            hidden: hidden.filter(|_| !atoms.is_empty()),
            atoms,
            ahead: [Ends::default(), Ends::default()],
            offered: None,
            over: None,
        }
    }

    /// What lies before them.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Reads one event.
    pub fn read(&mut self, event: Event) {
        match event {
            Event::Quote { by, price, formal } => {
                let price = price / self.setting.span;
                self.offered = formal.then_some(price).or(self.offered);
                let again = self.table.said_again(by, price, self.manner.chat);
                if again.is_some() {
                    self.table.say(by, again, formal);
                } else {
                    self.learn(by, price);
                    self.table.quote(by, price, formal);
                    self.look_ahead();
                }
            }
            Event::Talk { by } => self.table.say(by, None, false),
            Event::Take => {
                let standing = self.table.last.and_then(|last| self.table.quotes[index(last)]);
                self.over = Some(self.offered.or(standing));
            }
            Event::End => self.over = Some(None),
        }
    }

    /// What a quote tells of what its maker aims for.
    fn learn(&mut self, by: Role, price: f64) {
        let Some(hidden) = self.hidden else { return };
        let mut sum = 0.0;
        for place in 0..self.atoms.len() {
            let table = self.table_of(place, hidden);
            let mut likely = if by == hidden { play::quote_likelihood(self.manner, &table, by, price) } else { 1.0 };
            if let Some(last) = table.last {
                let follow = if last == by { Follow::Bettered } else { Follow::Answered };
                likely *= play::follow(self.manner, &table)[follow as usize];
            }
            self.atoms[place].chance *= likely.max(1e-6);
            sum += self.atoms[place].chance;
        }
        self.atoms.iter_mut().for_each(|atom| atom.chance /= sum);
    }

    fn table_of(&self, place: usize, hidden: Role) -> Table {
        let mut table = self.table;
        table.targets[index(hidden)] = Some(self.atoms[place].value);
        table
    }

    /// Plays on from a quote just made, hidden targets spread over the courses by their chances.
    fn look_ahead(&mut self) {
        const ANSWERED: usize = (PATHS * 3).div_ceil(4);
        let mut ahead = std::mem::take(&mut self.ahead);
        let table_of = |path: usize| match self.hidden {
            None => self.table,
            Some(hidden) => self.table_of(self.atom_of(path), hidden),
        };
        let firsts = [(Follow::Answered, ANSWERED), (Follow::Bettered, PATHS - ANSWERED)];
        for (ends, (first, paths)) in ahead.iter_mut().zip(firsts) {
            ends.deals.clear();
            ends.none = 0.0;
            play::play(self.manner, &table_of, first, paths, ends);
        }
        self.ahead = ahead;
    }

    /// Which hidden target a course is played with: all in proportion to their chances.
    fn atom_of(&self, path: usize) -> usize {
        let mark = (path as f64 * 0.618_033_988_749_894_9 + 0.5).fract();
        let mut sum = 0.0;
        let place = self.atoms.iter().position(|atom| {
            sum += atom.chance;
            mark < sum
        });
        place.unwrap_or(self.atoms.len() - 1)
    }

    /// Chances of what follows the last quote, hidden targets averaged over.
    pub fn follow(&self) -> [f64; 5] {
        let Some(hidden) = self.hidden else { return play::follow(self.manner, &self.table) };
        let mut mean = [0.0; 5];
        for (place, atom) in self.atoms.iter().enumerate() {
            let chances = play::follow(self.manner, &self.table_of(place, hidden));
            for (mean, chance) in mean.iter_mut().zip(chances) {
                *mean += atom.chance * chance;
            }
        }
        mean
    }

    /// All that may come of it, unbent.
    pub fn ends(&self) -> Ends {
        if let Some(over) = self.over {
            return match over {
                Some(price) => Ends { deals: vec![(price, 1.0)], none: 0.0 },
                None => Ends { deals: Vec::new(), none: 1.0 },
            };
        }
        let [taken, answered, bettered, yielded, nothing] = self.follow();
        let quote = |role: Option<Role>| role.and_then(|role| self.table.quotes[index(role)]);
        let last = self.table.last;
        let mut ends = Ends { deals: Vec::with_capacity(PATHS * 5), none: nothing };
        for (price, weight) in [(quote(last), taken), (quote(last.map(Role::other)), yielded)] {
            match price {
                Some(price) => ends.deals.push((price, weight)),
                None => ends.none += weight,
            }
        }
        for (ahead, weight) in self.ahead.iter().zip([answered, bettered]) {
            ends.none += weight * ahead.none;
            ends.deals.extend(ahead.deals.iter().map(|&(price, share)| (price, weight * share)));
        }
        ends
    }

    /// What lies before them, with the middle of what a hidden target may be.
    fn middle(&self) -> Table {
        let Some(hidden) = self.hidden else { return self.table };
        let mut table = self.table;
        table.targets[index(hidden)] = Some(self.atoms.iter().map(|atom| atom.value * atom.chance).sum());
        table
    }

    /// What a forecast is bent by: what is seen of the `chance` of a deal, and of its price by the `deals`, sorted. Prices are told by
    /// how far they are from what the seller aims for.
    pub fn bent_by(&self, deals: &[(f64, f64)], chance: f64) -> ([f64; SEEN], [f64; PRICE_SEEN]) {
        let middle = self.middle();
        let whole = middle.seen();
        let table = &self.table;
        let last = index(table.last.unwrap_or(Role::Buyer));
        let all: f64 = deals.iter().map(|deal| deal.1).sum();
        let from = |price: Option<f64>| price.map_or(ABSENT, |price| -middle.short_of_target(Role::Seller, price));
        let at = |level: f64| from(Some(quantile(deals, all, level)));
        let mean = from(Some(deals.iter().map(|(price, weight)| price * weight).sum::<f64>() / all.max(1e-12)));
        let follow = self.follow();
        let seen = [
            last as f64,
            f64::from(table.count),
            from(table.quotes[0]),
            from(table.quotes[1]),
            from(table.first[0]),
            from(table.first[1]),
            from(table.targets[0]),
            from(table.targets[1]),
            f64::from(u8::from(self.hidden.is_some())),
            table.gap().unwrap_or(ABSENT),
            at(0.1),
            at(0.25),
            at(0.5),
            at(0.75),
            at(0.9),
            mean,
            chance,
            follow[0],
            follow[1],
            follow[2],
            follow[3],
            follow[4],
            whole[6],
            whole[10],
            whole[11],
            whole[12],
            whole[13],
            whole[14],
            whole[15],
            whole[17],
            whole[18],
            whole[19],
            whole[20],
            whole[21],
            whole[22],
            table.stakes,
        ];
        (whole, seen)
    }

    /// Before the first quote: what came of such negotiations; `None` where no one's aim is known.
    fn outset(&self) -> Option<Outlook> {
        let base = &self.manner.base;
        let role = [Role::Seller, Role::Buyer]
            .into_iter()
            .find(|&role| self.table.targets[index(role)].is_some() && base.short[index(role)].len() == QUANTILES)?;
        let price = |short: f64| self.table.price_short_of(role, short) * self.setting.span;
        let mut quantiles: [f64; QUANTILES] = std::array::from_fn(|at| price(base.short[index(role)][at]));
        quantiles.sort_unstable_by(f64::total_cmp);
        let mean = quantiles.iter().sum::<f64>() / QUANTILES as f64;
        let agreed = self.over.map_or(base.agreement, |over| if over.is_some() { 1.0 } else { 0.0 });
        Some(Outlook { agreement_probability: agreed, mean, quantiles, standing: self.standing(agreed) })
    }

    /// Where it is heading; `None` before the first quote where no one's aim is known.
    pub fn outlook(&self) -> Option<Outlook> {
        let Some(last) = self.table.last else { return self.outset() };
        let mut ends = self.ends();
        ends.deals.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let agreed = ends.agreed();
        if ends.deals.is_empty() {
            ends.deals.push((self.table.quotes[index(last)].unwrap_or_default(), 1.0));
        }
        let all: f64 = ends.deals.iter().map(|deal| deal.1).sum();
        let mean = ends.deals.iter().map(|(price, weight)| price * weight).sum::<f64>() / all;
        let warp = &self.manner.warp;
        let place = Warp::place(self.table.count);
        let (chance, added) = if self.over.is_some() {
            (agreed, 0.0)
        } else {
            let chance = agreed / (agreed + ends.none);
            let (seen, price_seen) = self.bent_by(&ends.deals, chance);
            (warp.chance(place, chance, &seen), warp.added(self.table.gap().is_some(), &price_seen))
        };
        let money = |price: f64| (price + added) * self.setting.span;
        let level = |at: usize| warp.level(place, play::level(at));
        // Levels rise, so each is looked for from where the one before was found.
        let (mut at, mut below) = (0, 0.0);
        let quantiles = std::array::from_fn(|of| {
            let mark = level(of) * all;
            while at + 1 < ends.deals.len() && below + ends.deals[at].1 < mark {
                below += ends.deals[at].1;
                at += 1;
            }
            money(ends.deals[at].0)
        });
        Some(Outlook { agreement_probability: chance, mean: money(mean), quantiles, standing: self.standing(chance) })
    }

    fn standing(&self, chance: f64) -> Standing {
        Standing::of(&self.table, self.over, chance)
    }
}

/// The quantile of sorted prices at `level`, whose weights sum to `all`.
pub fn quantile(deals: &[(f64, f64)], all: f64, level: f64) -> f64 {
    let mark = level * all;
    let mut below = 0.0;
    for &(price, weight) in deals {
        below += weight;
        if below >= mark {
            return price;
        }
    }
    deals.last().map_or(0.0, |deal| deal.0)
}
