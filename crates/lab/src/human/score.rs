//! How good forecasts are: against how negotiations that they have not seen ended.

use engine::people::{
    DEAD_UNDER, DeadCalls, Event, Forecaster, Manner, PRICE_SEEN, QUANTILES, SEEN, Warp, level, quantile,
};
use rayon::prelude::*;
use serde::Serialize;
use terms::Role;

use super::bending::warp;
use super::dialogues::Dialogue;
use super::evidence::score::Score as Chances;
use super::people::{Kind, manner};

/// Folds of a cross-validation.
const FOLDS: usize = 10;
/// A price agreed outside these shares of the unit is a slip of the file.
const PLAUSIBLE: [f64; 2] = [0.3, 1.5];

/// How good forecasts of one set were after `k` quotes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The set.
    pub set: String,
    /// After how many quotes; `both`: once both had quoted and were apart.
    pub k: String,
    /// Prices forecast: negotiations that ended in a deal, once for each seat.
    pub n: usize,
    /// Mean absolute error of the median price, as a share of the unit.
    pub mae: Option<f64>,
    /// Continuous ranked probability score, as a share of the unit.
    pub crps: Option<f64>,
    /// Share of prices between the quantiles .1 and .9.
    pub coverage80: Option<f64>,
    /// Mean log loss of the chance of a deal.
    pub log_loss: Option<f64>,
    /// Mean squared error of it.
    pub brier: Option<f64>,
    /// Slope of the outcome's log-odds on the forecast's: 1 where it is neither too sure nor too timid.
    pub slope: Option<f64>,
}

impl Score {
    /// Of chances alone, told once.
    pub fn of_chances(set: &str, score: &Chances) -> Self {
        Self {
            set: set.to_owned(),
            k: "1".to_owned(),
            n: score.n,
            mae: None,
            crps: None,
            coverage80: None,
            log_loss: Some(score.log_loss),
            brier: Some(score.brier),
            slope: Some(score.slope),
        }
    }
}

/// One forecast and what came of it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Which dialogue.
    pub(super) dialogue: usize,
    /// Quotes so far.
    pub(super) count: u32,
    /// Of them those that scores count.
    pub(super) counted: u32,
    /// A quote has just been made.
    pub(super) fresh: bool,
    /// Both had quoted.
    pub(super) both: bool,
    /// And were apart.
    pub(super) apart: bool,
    /// For the first time.
    pub(super) first_apart: bool,
    /// Chance of a deal, unbent.
    pub(super) chance: f64,
    /// Prices with weights, sorted, where a deal was made and a quote just now; in spans.
    pub(super) deals: Vec<(f64, f64)>,
    /// What both are bent by.
    pub(super) seen: [f64; SEEN],
    pub(super) price_seen: [f64; PRICE_SEEN],
}

impl Trial {
    /// What its prices weigh together.
    pub(super) fn all(&self) -> f64 {
        self.deals.iter().map(|deal| deal.1).sum()
    }
}

/// Forecasts of `dialogues` after each event, from each seat, not bent.
fn trials(kind: Kind, manner: &Manner, dialogues: &[Dialogue], chosen: &[usize]) -> Vec<Trial> {
    let of = |&at: &usize| {
        seats(&dialogues[at]).flat_map(|seat| one(kind, manner, &dialogues[at], at, seat)).collect::<Vec<_>>()
    };
    chosen.par_iter().flat_map_iter(of).collect()
}

/// Who forecasts: both, where they know different things.
pub fn seats(dialogue: &Dialogue) -> impl Iterator<Item = Role> {
    let differ = dialogue.known_to(Role::Buyer) != dialogue.known_to(Role::Seller);
    [Role::Buyer, Role::Seller].into_iter().take(if differ { 2 } else { 1 })
}

fn one(kind: Kind, manner: &Manner, dialogue: &Dialogue, at: usize, seat: Role) -> Vec<Trial> {
    let mut forecaster = Forecaster::new(manner, dialogue.known_to(seat));
    let mut trials = Vec::new();
    let (mut was_apart, mut counted) = (false, 0);
    for &event in &dialogue.events {
        if matches!(event, Event::Take | Event::End) {
            break;
        }
        let before = forecaster.table().count;
        forecaster.read(event);
        let table = forecaster.table();
        let both = table.gap().is_some();
        let apart = table.gap().is_some_and(|gap| gap > 1e-9);
        if table.last.is_none() {
            continue;
        }
        let (count, quoted) = (table.count, table.count > before);
        let fresh = quoted && kind.counted.is_none_or(|role| table.last == Some(role));
        counted += u32::from(fresh);
        let mut ends = forecaster.ends();
        let chance = ends.agreed() / (ends.agreed() + ends.none);
        let first_apart = apart && !was_apart;
        was_apart |= apart;
        let keep = dialogue.price.is_some() && (quoted || first_apart);
        ends.deals.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let (seen, price_seen) = forecaster.bent_by(&ends.deals, chance);
        let deals = if keep { ends.deals } else { Vec::new() };
        let apart = was_apart;
        trials.push(Trial {
            dialogue: at,
            count,
            counted,
            fresh,
            both,
            apart,
            first_apart,
            chance,
            deals,
            seen,
            price_seen,
        });
    }
    trials
}

/// A manner fitted on all dialogues, bent to what was forecast of those left out; and how good such forecasts are.
pub fn cross_validate(kind: Kind, dialogues: &[Dialogue], shown: &mut dyn FnMut(f64)) -> (Manner, Vec<Score>) {
    let folds = folds(dialogues);
    let mut left_out: Vec<Vec<Trial>> = Vec::new();
    for (fold, held) in folds.iter().enumerate() {
        let fitted: Vec<&Dialogue> =
            (0..dialogues.len()).filter(|at| !held.contains(at)).map(|at| &dialogues[at]).collect();
        left_out.push(trials(kind, &manner(kind, &fitted), dialogues, held));
        shown((fold + 1) as f64 / (FOLDS + 1) as f64);
    }
    let mut bent = Vec::new();
    for fold in 0..left_out.len() {
        let others: Vec<&Trial> =
            left_out.iter().enumerate().filter(|(at, _)| *at != fold).flat_map(|(_, trials)| trials).collect();
        let warp = warp(&others, dialogues);
        bent.extend(left_out[fold].iter().map(|trial| Bent::of(trial, &warp, dialogues)));
    }
    let all: Vec<&Dialogue> = dialogues.iter().collect();
    let every: Vec<&Trial> = left_out.iter().flatten().collect();
    let manner = Manner { warp: warp(&every, dialogues), dead: dead_calls(&bent, dialogues), ..manner(kind, &all) };
    shown(1.0);
    (manner, scores(kind.set, &bent, dialogues))
}

/// How often those were dead that were called so, one side's call being enough.
fn dead_calls(bent: &[Bent<'_>], dialogues: &[Dialogue]) -> DeadCalls {
    let mut called = vec![false; dialogues.len()];
    bent.iter().for_each(|bent| called[bent.trial.dialogue] |= bent.chance < DEAD_UNDER);
    let count = |of: &dyn Fn(&Dialogue, bool) -> bool| {
        dialogues.iter().zip(&called).filter(|(dialogue, called)| dialogue.finished && of(dialogue, **called)).count()
    };
    let all = count(&|_, called| called);
    let mistaken = count(&|dialogue, called| called && dialogue.price.is_some());
    let none = count(&|dialogue, _| dialogue.price.is_none());
    let share = |part: usize, of: usize| (part as f64 / of.max(1) as f64 * 1e4).round() / 1e4;
    DeadCalls { called: all as u64, mistaken: share(mistaken, all), found: share(all - mistaken, none) }
}

/// How good the forecasts of a manner that was fitted elsewhere are.
pub fn score(kind: Kind, manner: &Manner, dialogues: &[Dialogue]) -> Vec<Score> {
    let all: Vec<usize> = (0..dialogues.len()).collect();
    let trials = trials(kind, manner, dialogues, &all);
    let bent: Vec<Bent<'_>> = trials.iter().map(|trial| Bent::of(trial, &manner.warp, dialogues)).collect();
    scores(kind.set, &bent, dialogues)
}

/// Which dialogues each fold leaves out: whole groups, by an even spread of their names' hashes.
fn folds(dialogues: &[Dialogue]) -> Vec<Vec<usize>> {
    let mut folds = vec![Vec::new(); FOLDS];
    for (at, dialogue) in dialogues.iter().enumerate() {
        folds[(hash(&dialogue.group) % FOLDS as u64) as usize].push(at);
    }
    folds.retain(|fold| !fold.is_empty());
    folds
}

/// An even spread of names.
pub(super) fn hash(name: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, mix) >> 32
}

/// A forecast as it is told.
struct Bent<'a> {
    trial: &'a Trial,
    chance: f64,
    quantiles: [f64; QUANTILES],
}

impl<'a> Bent<'a> {
    fn of(trial: &'a Trial, warp: &Warp, dialogues: &[Dialogue]) -> Self {
        let at = Warp::place(trial.count);
        let dialogue = &dialogues[trial.dialogue];
        let share = dialogue.setting.span / dialogue.unit;
        let added = warp.added(trial.both, &trial.price_seen);
        let quantiles =
            std::array::from_fn(|of| (quantile(&trial.deals, trial.all(), warp.level(at, level(of))) + added) * share);
        Self { chance: warp.chance(at, trial.chance, &trial.seen), quantiles, trial }
    }
}

/// The price agreed in spans, where it is plausible.
pub(super) fn agreed(dialogue: &Dialogue) -> Option<f64> {
    let share = dialogue.price? / dialogue.unit;
    (PLAUSIBLE[0]..=PLAUSIBLE[1]).contains(&share).then(|| dialogue.price.unwrap_or_default() / dialogue.setting.span)
}

fn scores(set: &str, bent: &[Bent<'_>], dialogues: &[Dialogue]) -> Vec<Score> {
    let after = |k: u32| move |bent: &&Bent<'_>| bent.trial.fresh && bent.trial.counted == k;
    let mut scores = Vec::new();
    for k in 1..=4 {
        let here: Vec<&Bent<'_>> = bent.iter().filter(after(k)).collect();
        scores.push(summed(set, k.to_string(), &here, &here, dialogues));
    }
    let first: Vec<&Bent<'_>> = bent.iter().filter(|bent| bent.trial.first_apart).collect();
    let since: Vec<&Bent<'_>> = bent.iter().filter(|bent| bent.trial.apart).collect();
    scores.push(summed(set, "both".to_owned(), &first, &since, dialogues));
    scores
}

fn summed(set: &str, k: String, prices: &[&Bent<'_>], told: &[&Bent<'_>], dialogues: &[Dialogue]) -> Score {
    let priced: Vec<(&Bent<'_>, f64)> = prices
        .iter()
        .filter_map(|bent| {
            let dialogue = &dialogues[bent.trial.dialogue];
            Some((*bent, agreed(dialogue)? * dialogue.setting.span / dialogue.unit))
        })
        .collect();
    let n = priced.len();
    let mean = |of: &dyn Fn(&Bent<'_>, f64) -> f64| {
        (n > 0).then(|| priced.iter().map(|(bent, price)| of(bent, *price)).sum::<f64>() / n as f64)
    };
    let mut counts = vec![0_u32; dialogues.len()];
    told.iter().for_each(|bent| counts[bent.trial.dialogue] += 1);
    let finished = told.iter().filter(|bent| dialogues[bent.trial.dialogue].finished);
    let (chances, weights): (Vec<(f64, bool)>, Vec<f64>) = finished
        .map(|bent| {
            let at = bent.trial.dialogue;
            ((bent.chance, dialogues[at].price.is_some()), 1.0 / f64::from(counts[at]))
        })
        .unzip();
    let both = chances.iter().any(|told| told.1) && chances.iter().any(|told| !told.1);
    let chances = if both { Chances::weighed(&chances, &weights) } else { None };
    Score {
        set: set.to_owned(),
        k,
        n,
        mae: mean(&|bent, price| (bent.quantiles[QUANTILES / 2] - price).abs()),
        crps: mean(&|bent, price| crps(&bent.quantiles, price)),
        coverage80: mean(&|bent, price| {
            f64::from(u8::from((bent.quantiles[1] - 1e-6..=bent.quantiles[17] + 1e-6).contains(&price)))
        }),
        log_loss: chances.map(|chances| chances.log_loss),
        brier: chances.map(|chances| chances.brier),
        slope: chances.map(|chances| chances.slope),
    }
}

/// Twice the mean pinball loss over the levels; each stands for the twentieth around it, the outermost for what lies beyond as well.
fn crps(quantiles: &[f64; QUANTILES], price: f64) -> f64 {
    let mut sum = 0.0;
    for (at, quantile) in quantiles.iter().enumerate() {
        let level = level(at);
        let width = if at == 0 || at + 1 == QUANTILES { 0.075 } else { 0.05 };
        let off = price - quantile;
        sum += width * if off >= 0.0 { level * off } else { (level - 1.0) * off };
    }
    2.0 * sum
}
