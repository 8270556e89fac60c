//! The plots of a study, from its summary.

use report::names;
use terms::PlanId;

use super::{BossComes, Cell, Map, MeanLedger, Summary};
use crate::plot::bars::{Bar, BarChart};
use crate::plot::heat_map::{HeatMap, Tile};
use crate::plot::svg::{percent, signed_percent};

/// A picture and the name of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The name of the file.
    pub name: String,
    /// The picture.
    pub svg: String,
}

/// Fewer cases than this in a cell say nothing.
const FEWEST: usize = 20;
/// The gain at which a map's colour is full, in shares of the scale.
const FULL_GAIN: f64 = 0.1;

/// All plots of a study.
pub fn of(summary: &Summary) -> Vec<Plot> {
    let plot = |name: &str, svg: String| Plot { name: format!("{name}.svg"), svg };
    let mut plots = vec![
        plot("recommended", recommended(summary).svg()),
        plot("values", values(summary).svg()),
        plot("influence", influence(summary).svg()),
    ];
    plots.extend(summary.ledgers.first().map(|ledger| plot("ledger", mean_ledger(ledger).svg())));
    plots.extend(
        summary.maps.iter().map(|map| {
            plot(&format!("map-{}-{}", map.rows.key, map.columns.key).replace('_', "-"), heat_map(map).svg())
        }),
    );
    plots
}

fn recommended(summary: &Summary) -> BarChart {
    let all = &summary.all;
    let bar = |&plan: &PlanId| {
        let rungs = all.rungs.iter().find(|share| share.plan == plan)?;
        let named = all.recommended.iter().find(|share| share.plan == plan)?;
        Some(Bar {
            name: names::plan(plan, false).to_owned(),
            note: String::new(),
            value: rungs.share,
            lighter: rungs.share - named.share,
            figure: format!("{:.1} % ±{:.1}", 100.0 * rungs.share, 100.0 * rungs.standard_error),
        })
    };
    BarChart {
        title: format!("How often each plan is advised, of {} drawn cases", all.count),
        notes: vec![
            "Dark: the plan as it is named. Light: a finer plan that goes by the same rungs. ± is the standard error."
                .to_owned(),
        ],
        bars: summary.order_by_frequency.iter().filter_map(bar).collect(),
    }
}

fn values(summary: &Summary) -> BarChart {
    let bar = |&plan: &PlanId| {
        let mean = summary.plans.iter().find(|mean| mean.plan == plan)?;
        Some(Bar {
            name: names::plan(plan, false).to_owned(),
            note: format!(
                "a deal {}, the boss in {}",
                percent(mean.agreement_probability),
                percent(mean.boss_joins_probability)
            ),
            value: mean.beyond_own_level,
            lighter: 0.0,
            figure: figure(mean.beyond_own_level, mean.standard_error),
        })
    };
    BarChart {
        title: "What each plan is worth beyond own level, on average".to_owned(),
        notes: vec![
            "Per cent of the scale (target less walk-away), over all drawn cases. ± is the standard error.".to_owned(),
        ],
        bars: summary.order_by_value.iter().filter(|plan| **plan != PlanId::WalkAway).filter_map(bar).collect(),
    }
}

fn influence(summary: &Summary) -> BarChart {
    let bar = |influence: &super::Influence| {
        let profile = summary.profiles.iter().find(|profile| profile.axis.key == influence.axis);
        Bar {
            name: profile.map_or(influence.axis, |profile| head_of(profile.axis.label)).to_owned(),
            note: String::new(),
            value: influence.of_gain_at_once,
            lighter: 0.0,
            figure: percent(influence.of_gain_at_once),
        }
    };
    BarChart {
        title: "What decides whether the boss should come at once".to_owned(),
        notes: vec![
            "Share of the spread between cases of the gain of the boss at once that each explains by itself."
                .to_owned(),
        ],
        bars: summary.influences.iter().map(bar).collect(),
    }
}

/// A label without what it says in brackets.
fn head_of(label: &'static str) -> &'static str {
    label.split(" (").next().unwrap_or(label)
}

fn mean_ledger(ledger: &MeanLedger) -> BarChart {
    let mut entries = ledger.entries.clone();
    entries.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    let bar = |entry: &super::MeanPart| {
        let (name, note) = names::mechanism(entry.mechanism);
        Bar {
            name: name.to_owned(),
            note: note.to_owned(),
            value: entry.mean,
            lighter: 0.0,
            figure: figure(entry.mean, entry.standard_error),
        }
    };
    let against: Vec<&str> = ledger.against.iter().map(|&plan| names::plan(plan, false)).collect();
    BarChart {
        title: format!(
            "The boss at once against the better of {}: {} on average",
            against.join(" and "),
            figure(ledger.difference.mean, ledger.difference.standard_error)
        ),
        notes: vec![format!(
            "For and against in per cent of the scale, mean over {} drawn cases. ± is the standard error.",
            ledger.count
        )],
        bars: entries.iter().map(bar).collect(),
    }
}

/// A mean in per cent with its standard error.
fn figure(mean: f64, standard_error: f64) -> String {
    format!("{} ±{:.2}", signed_percent(mean, 2), 100.0 * standard_error)
}

fn heat_map(map: &Map) -> HeatMap {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<String>>();
    HeatMap {
        title: "Where the advice flips".to_owned(),
        notes: vec![
            "Each cell: the plan advised most often and how often (both: both bosses at an impasse; impasse: boss at an impasse);"
                .to_owned(),
            "the boss at once / last / never, in %; what the boss at once gains over the better of own level and guidance, in %"
                .to_owned(),
            "of the scale (the colour: blue gains, brown loses), ± standard error; cases. What is missing to 100 %: with theirs."
                .to_owned(),
        ],
        rows: (map.rows.label.to_owned(), owned(map.rows.bins)),
        columns: (map.columns.label.to_owned(), owned(map.columns.bins)),
        tiles: map.cells.iter().map(|row| row.iter().map(tile).collect()).collect(),
        full: FULL_GAIN,
    }
}

fn tile(cell: &Cell) -> Tile {
    if cell.count < FEWEST {
        return Tile { gain: None, head: "too few".to_owned(), lines: vec![cases(cell.count)] };
    }
    let top = cell.rungs.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
    let boss = |when| format!("{:.0}", 100.0 * cell.boss_comes.get(&when).copied().unwrap_or(0.0));
    let [at_once, last, never] = [BossComes::AtOnce, BossComes::Last, BossComes::Never].map(boss);
    let gain = cell.gain_at_once;
    Tile {
        gain: Some(gain.mean),
        head: top.map_or_else(String::new, |(&plan, &share)| format!("{} {}", short(plan), percent(share))),
        lines: vec![
            format!("{at_once} / {last} / {never}"),
            format!(
                "{} ±{:.1} · {}",
                signed_percent(gain.mean, 1).replace(" %", ""),
                100.0 * gain.standard_error,
                cell.count
            ),
        ],
    }
}

fn cases(count: usize) -> String {
    if count == 1 { "1 case".to_owned() } else { format!("{count} cases") }
}

/// A plan in a word or two, for a cell.
fn short(plan: PlanId) -> &'static str {
    match plan {
        PlanId::WalkAway => "walk away",
        PlanId::OwnLevel => "own level",
        PlanId::Guidance => "guidance",
        PlanId::BothBosses => "both",
        PlanId::Ladder => "ladder",
        PlanId::BossAtImpasse => "impasse",
        PlanId::BossAtOutset => "at once",
        PlanId::HandOver => "hand over",
        PlanId::BestFound => "best found",
    }
}
