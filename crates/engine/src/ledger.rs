//! The pros and cons of one plan against another: exact Shapley values of the mechanisms.
//!
//! A mechanism's worth is what it adds on average over all orders in which mechanisms could be put in force.
//! Some of them change how a negotiation runs, and each of their coalitions is simulated; the others only
//! change what its end is worth, and cost no simulation of their own. What a plan never sets off is null for it.

use rayon::prelude::*;
use terms::{Mechanism, PlanId};

use crate::advice::{Ledger, LedgerEntry};
use crate::case::Fault;
use crate::compare::{Comparison, Contender, Prepared};
use crate::evaluate::{Problem, Taste};
use crate::plan::{Part, Policy};
use crate::random::Purpose;
use crate::shapley::shapley;
use crate::simulate::{Luck, Outcome, Rules, Stage, Switches, World, run};

/// Paths that a ledger is computed on, the first of those reported.
const PATHS: usize = 4096;
/// Paths a batch; standard errors come from the spread over batches.
const BATCH: usize = 256;

/// All but the pace, which is no player: it is what two plans differ by with every mechanism off.
const PLAYERS: usize = Mechanism::ALL.len() - 1;
const ENTRIES: usize = Mechanism::ALL.len();

/// The ledger between the plans asked for, or by default of the boss now against the better of own level and
/// guidance.
pub(crate) fn ledger(
    prepared: &Prepared,
    comparison: &Comparison,
    asked: Option<[PlanId; 2]>,
) -> Result<Ledger, Fault> {
    ledger_on(prepared, comparison, asked, PATHS)
}

/// The same on the first `paths` paths at most, in whole batches.
pub(crate) fn ledger_on(
    prepared: &Prepared,
    comparison: &Comparison,
    asked: Option<[PlanId; 2]>,
    paths: usize,
) -> Result<Ledger, Fault> {
    let [a, b] = match asked {
        Some(pair) => pair_asked(prepared, comparison, pair)?,
        None => default_pair(comparison),
    };
    let problem = prepared.problem();
    let shown = comparison.value(a) - comparison.value(b);
    let paths = paths.min(prepared.samples);
    let account = Account { problem: &problem, comparison, paths };
    let (mut amounts, errors) = account.entries(a, b);
    share_residual(&mut amounts, shown);
    let entries = Mechanism::ALL.iter().zip(amounts.iter().zip(&errors)).map(|(&mechanism, (&amount, &error))| {
        LedgerEntry { mechanism, amount: prepared.scale.money(amount), standard_error: prepared.scale.money(error) }
    });
    Ok(Ledger {
        between: [a.plan, b.plan],
        difference: prepared.scale.money(shown),
        entries: entries.collect(),
        samples: paths as u32,
    })
}

fn pair_asked<'a>(
    prepared: &Prepared,
    comparison: &'a Comparison,
    pair: [PlanId; 2],
) -> Result<[&'a Contender; 2], Fault> {
    let fault = |problem: String, mend: &str| Fault { path: "ledger".to_owned(), problem, mend: mend.to_owned() };
    let find = |plan: PlanId| {
        let contender = comparison.get(plan).ok_or_else(|| {
            let why = crate::plan::unavailable_because(plan, &prepared.stage).unwrap_or("it can't be chosen");
            fault(format!("names {plan}, but {why}"), "Name two plans that can still be chosen.")
        })?;
        let on_the_ladder = contender.policy.is_some_and(|policy| !policy.accept_now);
        if on_the_ladder {
            Ok(contender)
        } else {
            let problem = format!("names {plan}, which ends the negotiation: no mechanism tells it from the others");
            Err(fault(problem, "Name two plans that go on negotiating."))
        }
    };
    Ok([find(pair[0])?, find(pair[1])?])
}

/// The boss now against the better of own level and guidance; what is left of them where the boss has taken over.
pub(crate) fn default_pair(comparison: &Comparison) -> [&Contender; 2] {
    let get = |plan| comparison.get(plan);
    let a = get(PlanId::BossAtOutset).or_else(|| get(PlanId::HandOver)).unwrap_or(&comparison.contenders[0]);
    let better = match (get(PlanId::OwnLevel), get(PlanId::Guidance)) {
        (Some(own), Some(ask)) => Some(if ask.results.mean() > own.results.mean() { ask } else { own }),
        (own, ask) => own.or(ask),
    };
    [a, better.unwrap_or(a)]
}

/// Adds what the subsample leaves of the shown difference, in proportion to the size of the entries.
fn share_residual(amounts: &mut [f64; ENTRIES], shown: f64) {
    let size: f64 = amounts.iter().map(|amount| amount.abs()).sum();
    if size == 0.0 {
        return;
    }
    let residual = shown - amounts.iter().sum::<f64>();
    for amount in amounts.iter_mut() {
        *amount += residual * amount.abs() / size;
    }
}

struct Account<'a> {
    problem: &'a Problem<'a>,
    comparison: &'a Comparison,
    paths: usize,
}

/// Utility summed over paths, a coalition of all the mechanisms each.
type Table = Vec<f64>;

impl Account<'_> {
    /// Shapley values and their standard errors, in shares.
    fn entries(&self, a: &Contender, b: &Contender) -> ([f64; ENTRIES], [f64; ENTRIES]) {
        let batches: Vec<(Table, Table)> = (0..self.paths.div_ceil(BATCH))
            .into_par_iter()
            .map(|batch| {
                self.problem.stop.check();
                (self.table(a, batch), self.table(b, batch))
            })
            .collect();
        let share = |tables: &[(Table, Table)]| {
            let paths = (tables.len() * BATCH) as f64;
            let sum = |set: usize, side: fn(&(Table, Table)) -> &Table| -> f64 {
                self.comparison.taste.certain(tables.iter().map(|pair| side(pair)[set]).sum::<f64>() / paths)
            };
            let game: Vec<f64> =
                (0..1 << PLAYERS).map(|set| sum(set, |pair| &pair.0) - sum(set, |pair| &pair.1)).collect();
            let mut entries = shapley(&game);
            entries.push(game[0]);
            entries
        };
        let whole = share(&batches);
        let parts: Vec<Vec<f64>> = batches.par_iter().map(|pair| share(std::slice::from_ref(pair))).collect();
        let error = |player: usize| crate::evaluate::standard_error(parts.iter().map(|part| part[player]));
        (std::array::from_fn(|player| whole[player]), std::array::from_fn(error))
    }

    /// Utility of one plan over one batch, for every coalition.
    fn table(&self, contender: &Contender, batch: usize) -> Table {
        let mut table = vec![0.0; 1 << PLAYERS];
        let Some(policy) = &contender.policy else { return table };
        let active = those(|mechanism| sets_off(policy, self.problem.stage, mechanism));
        let running = those(changes_the_course);
        let dynamic = subsets(active & running);
        let terminal = subsets(active & !running);
        let mut luck = Luck::new();
        for index in batch * BATCH..(batch + 1) * BATCH {
            let world = self.problem.set_up(Purpose::Report, index, &mut luck);
            self.add_path(&mut table, policy, &world, &mut luck, [&dynamic, &terminal]);
        }
        spread(&mut table, active);
        table
    }

    fn add_path(&self, table: &mut Table, policy: &Policy, world: &World, luck: &mut Luck, sets: [&[u16]; 2]) {
        let [dynamic, terminal] = sets;
        let diagnosis = Some(&self.comparison.diagnosis);
        let taste: Taste = self.comparison.taste;
        for &running in dynamic {
            let rules = Rules { switches: Switches::from_bits(running), diagnosis };
            let outcome: Outcome = run(self.problem.stage, world, luck, policy, rules, |_, _| {});
            for &ending in terminal {
                let set = running | ending;
                table[set as usize] += taste.utility(outcome.value(world, Switches::from_bits(set)));
            }
        }
    }
}

/// Whether a mechanism changes how a negotiation runs; the others only change what its end is worth.
fn changes_the_course(mechanism: Mechanism) -> bool {
    match mechanism {
        Mechanism::Authority
        | Mechanism::Unlock
        | Mechanism::Thaw
        | Mechanism::Importance
        | Mechanism::Ability
        | Mechanism::Trouble
        | Mechanism::Commitment
        | Mechanism::Approval => true,
        Mechanism::Skill
        | Mechanism::CrossDeal
        | Mechanism::Giveaway
        | Mechanism::TimeAndCost
        | Mechanism::Precedent
        | Mechanism::Pace => false,
    }
}

/// Whether a plan may set a mechanism off; where it may not, that is a null player for it.
fn sets_off(policy: &Policy, stage: &Stage, mechanism: Mechanism) -> bool {
    let [asks, proposes, brings, settles] =
        [Part::Guidance, Part::Proposal, Part::Boss, Part::Approval].map(|part| policy.has(part));
    let stays = stage.boss_in && !policy.hand_back;
    match mechanism {
        Mechanism::TimeAndCost => true,
        Mechanism::Pace => false,
        Mechanism::Authority => asks || proposes || brings,
        Mechanism::Approval => settles,
        Mechanism::Unlock | Mechanism::Thaw | Mechanism::Commitment => proposes || brings,
        Mechanism::Precedent => proposes || brings || settles,
        // What an appearance on record has said of the relationship costs joint gains under every plan.
        Mechanism::Trouble => proposes || brings || settles || stage.boss_was_in,
        Mechanism::Ability => brings || stays || settles,
        Mechanism::Skill | Mechanism::Giveaway | Mechanism::CrossDeal | Mechanism::Importance => brings || stays,
    }
}

/// The mechanisms of which `holds` is true, a bit each.
fn those(holds: impl Fn(Mechanism) -> bool) -> u16 {
    Mechanism::ALL.iter().filter(|&&mechanism| holds(mechanism)).fold(0, |set, &mechanism| set | 1 << mechanism as u16)
}

/// Every subset of a set.
fn subsets(whole: u16) -> Vec<u16> {
    (0..=whole).filter(|set| set & !whole == 0).collect()
}

/// Fills in the coalitions with null players from those without.
fn spread(table: &mut [f64], active: u16) {
    for set in 0..table.len() {
        table[set] = table[set & usize::from(active)];
    }
}
