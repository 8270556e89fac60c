//! The simulator's negotiation with a counterpart who never moves: small enough to be solved exactly.
//!
//! They hold their opening and mean to; each round they take our ask or not, with a logistic chance, where their
//! authority allows; at the end we take their offer if we may. What is hidden is that authority, as one of finitely
//! many bands, whether they have been freed to go to their limit, and whether the relationship is frozen. Everything else (our asks, the rungs, their chances and costs) is as in the simulator, written down a
//! second time and independently. Amounts are shares of the scale.

use super::decision::{Branch, Game};

mod private;

pub use private::{Approval, Leave, LessLeave};

/// Where their negotiator's authority lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Chance of it.
    pub chance: f64,
    /// Lowest authority in it.
    pub low: f64,
    /// Highest authority in it; evenly spread between.
    pub high: f64,
}

/// The negotiation.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// Our asks, round by round: at or above the floor, by more than a round's delay above their offer, and none
    /// within a band of authority.
    pub asks: Vec<f64>,
    /// Our ask before the first round.
    pub first_ask: f64,
    /// Their offer, below our floor and within every band.
    pub offer: f64,
    /// Their organisation's limit.
    pub limit: f64,
    /// Where their negotiator's authority may lie; at most the limit.
    pub bands: Vec<Band>,
    /// The least we may accept unasked.
    pub floor: f64,
    /// The least with our boss's leave.
    pub boss_floor: f64,
    /// Scale of the logistic noise with which they weigh an ask.
    pub noise: f64,
    /// Log-odds that they take an ask just beyond what they offer.
    pub near_odds: f64,
    /// Chance that they stretch to our last ask.
    pub stretch: f64,
    /// How much likelier, relatively, if they were sure that the deal matters greatly to us.
    pub closing_bonus: f64,
    /// Chance a round of a freeze, and of a thaw.
    pub freeze: [f64; 2],
    /// Cost of a round that ends without a deal.
    pub delay: f64,
    /// Cost of asking our boss, chance that it is granted, chance that the answer takes a round.
    pub guidance: [f64; 3],
    /// Leave in part or on a condition.
    pub less: LessLeave,
    /// Settling subject to our boss's approval.
    pub approval: Approval,
    /// The proposal.
    pub proposal: Proposal,
    /// Our boss in the room.
    pub boss: Boss,
    /// What a precedent of weight 1 costs.
    pub precedent: f64,
}

/// The proposal to take it to both bosses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// Log-odds of unlocking without a gap, cost of theirs included.
    pub base: f64,
    /// How they fall with the gap.
    pub gap: f64,
    /// Chance of backlash at the start and at the end.
    pub backlash: [f64; 2],
    /// Chance that it is accepted, if neither.
    pub accepted: f64,
    /// Weight of the precedent.
    pub precedent: f64,
}

/// Our boss in the room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boss {
    /// Cost of the boss's time.
    pub time: f64,
    /// Share of their remaining surplus won by one who comes first, at least 0.
    pub wins: f64,
    /// Share of it given away, whenever they come; at most what the latest wins.
    pub gives: f64,
    /// Gain at a deal from trading across deals, by one who comes first.
    pub cross_deal: f64,
    /// How much of what is won needs coming first.
    pub needs_time: f64,
    /// Chance that their negotiator is freed.
    pub releases: f64,
    /// Chance that a freeze thaws.
    pub thaws: f64,
    /// Likelihood ratio of importance early and late.
    pub importance: [f64; 2],
    /// Likelihood ratio of ability.
    pub ability: f64,
    /// Likelihood ratio of trouble.
    pub trouble: f64,
    /// Chances they give before any act: high stakes, low authority, trouble.
    pub credences: [f64; 3],
    /// Joint gains lost if they were sure of trouble.
    pub gains_at_risk: f64,
}

/// What is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sight {
    /// Rounds gone.
    pub round: u32,
    /// What came of asking our boss.
    pub asked: Asked,
    /// Both bosses have been proposed.
    pub proposed: bool,
    /// Our boss came alone, in this round.
    pub boss: Option<u32>,
    /// Both bosses are in.
    pub both: bool,
    /// An offer has been taken subject to approval.
    pub settled: bool,
}

/// What came of asking our boss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// Not asked.
    #[default]
    No,
    /// The answer comes next round.
    Waiting(Leave),
    /// Granted.
    Granted(Leave),
    /// Refused.
    Refused,
}

/// What we do in a round, besides asking them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// Ask our boss in private.
    pub ask: Option<Leave>,
    /// Then go up.
    pub up: Up,
    /// Else take their offer subject to our boss's approval, where it is short of what we may sign by then.
    pub settle: bool,
}

/// A rung that they see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Up {
    /// None.
    #[default]
    Stay,
    /// Propose taking it to both bosses.
    Propose,
    /// Our boss joins.
    Boss,
}

/// A state on its way through one round, with its chance and what it has brought.
#[derive(Clone, Copy, Debug)]
struct Course {
    chance: f64,
    reward: f64,
    sight: Sight,
    band: usize,
    frozen: bool,
    freed: bool,
}

impl Course {
    fn split(self, chance: f64, change: impl Fn(&mut Self)) -> [Self; 2] {
        let mut changed = Self { chance: self.chance * chance, ..self };
        change(&mut changed);
        [changed, Self { chance: self.chance * (1.0 - chance), ..self }]
    }
}

impl Ladder {
    /// The chances of the hidden values before the first round: the bands, neither frozen nor freed; nothing else.
    pub fn belief(&self) -> Vec<f64> {
        let bands = self.bands.iter().map(|band| band.chance);
        bands.chain(std::iter::repeat_n(0.0, 3 * self.bands.len())).collect()
    }

    fn hidden(&self, course: &Course) -> usize {
        course.band + self.bands.len() * (usize::from(course.frozen) + 2 * usize::from(course.freed))
    }

    fn rounds(&self) -> u32 {
        self.asks.len() as u32
    }

    fn floor(&self, sight: &Sight) -> f64 {
        let share = match sight.asked {
            _ if sight.boss.is_some() || sight.both => 1.0,
            Asked::Granted(Leave::Half) => 0.5,
            Asked::Granted(Leave::Whole | Leave::OnCondition) => 1.0,
            Asked::No | Asked::Waiting(_) | Asked::Refused => 0.0,
        };
        self.floor.min(self.floor + share * (self.boss_floor - self.floor))
    }

    fn propose(&self, course: Course) -> Vec<Course> {
        let Proposal { base, gap, backlash: [early, late], accepted, precedent } = self.proposal;
        let round = course.sight.round;
        let unlocks = logistic(base - gap * (self.ask_before(round) - self.offer));
        let time = f64::from(round) / f64::from(self.rounds());
        let course = Course { sight: Sight { proposed: true, ..course.sight }, ..course };
        let [unlocked, rest] = course.split(unlocks, |course| {
            course.freed = true;
            course.frozen = false;
        });
        let [backlash, rest] = rest.split(early + (late - early) * time, |course| course.frozen = true);
        let [both, nothing] = rest.split(accepted, |course| {
            course.sight.both = true;
            course.freed = true;
            course.frozen = false;
            course.reward -= self.boss.time + precedent * self.precedent;
        });
        vec![unlocked, backlash, both, nothing]
    }

    fn bring_boss(&self, course: Course) -> Vec<Course> {
        let round = course.sight.round;
        let reward = course.reward - self.boss.time - self.precedent;
        let course = Course { reward, sight: Sight { boss: Some(round), ..course.sight }, ..course };
        let freed = course.split(self.boss.releases, |course| course.freed = true);
        let thawed = freed.map(|course| course.split(self.boss.thaws, |course| course.frozen = false));
        thawed.into_iter().flatten().collect()
    }

    /// Their half of a round: freeze or thaw, wait for our boss's word, take our ask or not.
    fn their_half(&self, course: Course) -> Vec<Branch<Sight>> {
        let [freezes, thaws] = self.freeze;
        let [_, _, trouble] = self.credences(&course.sight);
        let [_, _, before] = self.boss.credences;
        let (chance, frozen) = if course.frozen { (thaws, false) } else { (freezes * trouble / before, true) };
        let both = course.split(chance, |course| course.frozen = frozen);
        both.into_iter().flat_map(|course| self.answer_to_ask(course)).collect()
    }

    fn answer_to_ask(&self, course: Course) -> Vec<Branch<Sight>> {
        let ask = self.asks[course.sight.round as usize];
        let [_, ability, _] = self.credences(&course.sight);
        let heard = 1.0 - (ability - self.boss.credences[1]).max(0.0);
        let able = !course.frozen && self.reaches(ask, &course);
        let weighed = logistic(self.near_odds + (self.offer - ask) / self.noise);
        let takes = if able { heard * weighed } else { 0.0 };
        let [taken, refused] = course.split(takes, |course| course.reward += self.deal(ask, course));
        let sight = Sight { round: refused.sight.round + 1, ..refused.sight };
        let on = Course { sight, reward: refused.reward - self.delay, ..refused };
        let mut branches = vec![ending(taken)];
        if on.sight.round < self.rounds() {
            branches.push(Branch { next: Some((on.sight, self.hidden(&on))), ..ending(on) });
        } else {
            branches.extend(self.last_word(on, ask));
        }
        branches
    }

    /// We take their offer if we may; else they may stretch to our ask.
    fn last_word(&self, course: Course, ask: f64) -> Vec<Branch<Sight>> {
        if self.offer >= self.floor(&course.sight) {
            return vec![ending(Course { reward: course.reward + self.deal(self.offer, &course), ..course })];
        }
        let able = !course.frozen && self.reaches(ask, &course);
        let [importance, ..] = self.credences(&course.sight);
        let [before, ..] = self.boss.credences;
        let eager = 1.0 + self.closing_bonus * (importance - before) / (1.0 - before);
        let chance = if able { (self.stretch * eager).min(1.0) } else { 0.0 };
        course.split(chance, |course| course.reward += self.deal(ask, course)).map(ending).to_vec()
    }

    fn reaches(&self, ask: f64, course: &Course) -> bool {
        ask <= if course.freed { self.limit } else { self.bands[course.band].low }
    }

    /// What a deal at `amount` is worth.
    fn deal(&self, amount: f64, course: &Course) -> f64 {
        let band = self.bands[course.band];
        // What the boss wins is linear in the room, so its mean over the band will do.
        let room = if course.freed { self.limit } else { 0.5 * (band.low + band.high) };
        let won = course.sight.boss.map_or(0.0, |came| {
            let in_time = self.in_time(came);
            (self.boss.wins * in_time - self.boss.gives) * (room - amount) + self.boss.cross_deal * in_time
        });
        let [_, _, trouble] = self.credences(&course.sight);
        let [_, _, before] = self.boss.credences;
        let lost = self.boss.gains_at_risk * (trouble - before) / (1.0 - before);
        amount + won - lost
    }

    /// What coming in round `came` leaves of what our boss wins: as much as needs no time, and of the rest the share that
    /// the gap is of the first.
    fn in_time(&self, came: u32) -> f64 {
        let left = (self.ask_before(came) - self.offer) / (self.first_ask - self.offer);
        1.0 - self.boss.needs_time + self.boss.needs_time * left
    }

    /// Our ask on the table as `round` begins.
    fn ask_before(&self, round: u32) -> f64 {
        if round == 0 { self.first_ask } else { self.asks[round as usize - 1] }
    }

    /// Chances that they give to high stakes, low authority and trouble, by Bayes.
    fn credences(&self, sight: &Sight) -> [f64; 3] {
        let [early, late] = self.boss.importance;
        let Some(came) = sight.boss else {
            let [stakes, ability, trouble] = self.boss.credences;
            let shown = if sight.settled { self.approval.signal } else { 0.0 };
            return [stakes, odds_up(ability, libm::exp(shown * libm::log(self.boss.ability))), trouble];
        };
        // They have stood still from the first round on, and two such rounds are an impasse.
        let importance = if came < 2 { early } else { late };
        let ratios = [importance, self.boss.ability, self.boss.trouble];
        std::array::from_fn(|index| odds_up(self.boss.credences[index], ratios[index]))
    }
}

fn ending(course: Course) -> Branch<Sight> {
    Branch { chance: course.chance, reward: course.reward, next: None }
}

/// A chance after evidence of a likelihood ratio.
fn odds_up(chance: f64, ratio: f64) -> f64 {
    let odds = chance / (1.0 - chance) * ratio;
    odds / (1.0 + odds)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

impl Game for Ladder {
    type Seen = Sight;
    type Act = Move;

    fn acts(&self, sight: &Sight) -> Vec<Move> {
        let in_room = sight.boss.is_some() || sight.both;
        let may_ask = sight.asked == Asked::No && !in_room && self.boss_floor < self.floor;
        let mut ups = vec![Up::Stay];
        if !sight.proposed && !in_room {
            ups.push(Up::Propose);
        }
        if !in_room {
            ups.push(Up::Boss);
        }
        let mut asks = vec![None];
        if may_ask {
            asks.extend([Leave::Whole, Leave::Half, Leave::OnCondition].map(Some));
        }
        let settles = !in_room && !sight.settled && sight.asked != Asked::Refused && self.boss_floor < self.floor;
        let ways = |ask| ups.iter().map(move |&up| Move { ask, up, settle: false });
        let settling = |ask| settles.then_some(Move { ask, up: Up::Stay, settle: true });
        asks.into_iter().flat_map(|ask| ways(ask).chain(settling(ask))).collect()
    }

    fn branches(&self, sight: &Sight, hidden: usize, act: Move) -> Vec<Branch<Sight>> {
        let bands = self.bands.len();
        let (band, state) = (hidden % bands, hidden / bands);
        let start = Course { chance: 1.0, reward: 0.0, sight: *sight, band, frozen: state & 1 == 1, freed: state >= 2 };
        let asked = match (act.ask, sight.asked) {
            (Some(leave), _) => self.ask_boss(start, leave),
            (None, Asked::Waiting(leave)) => self.answer(start, leave).to_vec(),
            (None, _) => vec![start],
        };
        let up = |course: Course| match act.up {
            Up::Stay => vec![course],
            Up::Propose => self.propose(course),
            Up::Boss => self.bring_boss(course),
        };
        let on = |course: Course| {
            if act.settle && self.may_settle(&course.sight) { self.settle(course) } else { self.their_half(course) }
        };
        asked.into_iter().flat_map(up).flat_map(on).collect()
    }
}

#[cfg(test)]
mod tests;
