//! A manner of bargaining fitted on dialogues: what follows a quote, how far the next goes, where people open.

use engine::people::{Atom, Base, Choice, DeadCalls, Follow, Manner, Opening, QUANTILES, Steps, Table, Warp, index};
use terms::Role;

use super::dialogues::{Dialogue, Segment};
use super::multinomial::{Row, fit};
use super::score::agreed;

/// How a kind of negotiation is fitted.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The set, by key.
    pub set: &'static str,
    /// Whether a price that is named again is talk.
    pub chat: bool,
    /// Whose quotes are counted in scores; both sides' where it is nobody's alone.
    pub counted: Option<Role>,
}

/// How hard coefficients are held to 0: of what follows, of steps, of openings, of what is named instead.
const RIDGE: [f64; 4] = [4.0, 6.0, 6.0, 20.0];
/// Of what is said after a quote, so much counts.
const TALK: usize = 6;
/// Values that a hidden target may have.
const ATOMS: usize = 12;

/// The manner of the dialogues, its forecast not yet bent.
pub fn manner(kind: Kind, dialogues: &[&Dialogue]) -> Manner {
    let segments: Vec<Segment> = dialogues.iter().flat_map(|dialogue| dialogue.segments(kind.chat)).collect();
    let roles = [Role::Buyer, Role::Seller];
    Manner {
        set: kind.set.to_owned(),
        n: dialogues.len() as u64,
        chat: kind.chat,
        follow: roles
            .map(|role| [false, true].map(|both| [false, true].map(|later| follow(&segments, role, both, later)))),
        steps: roles.map(|role| steps(&segments, role)),
        again: roles.map(|role| again(&segments, role)),
        openings: roles.map(|role| opening(&segments, role)),
        targets: roles.map(|role| targets(dialogues, role)),
        base: base(dialogues),
        warp: Warp::default(),
        dead: DeadCalls::default(),
    }
}

fn follow(segments: &[Segment], last: Role, both: bool, later: bool) -> Choice {
    let mut seen = Vec::new();
    for segment in segments.iter().filter(|segment| segment.by == last) {
        let Some(follow) = segment.follow else { continue };
        for table in
            segment.tables.iter().take(TALK).filter(|table| table.gap().is_some() == both && table.discussed() == later)
        {
            seen.push((table.seen(), follow as usize));
        }
    }
    let rows: Vec<Row<'_>> = seen.iter().map(|(seen, chosen)| Row { seen, chosen: *chosen, weight: 1.0 }).collect();
    rounded(fit(&rows, Follow::ALL.len(), RIDGE[0]))
}

fn steps(segments: &[Segment], by: Role) -> Steps {
    let mut seen = Vec::new();
    let (mut back, mut count) = (0.0, 0.0);
    for segment in segments.iter().filter(|segment| segment.by == by) {
        let Some(share) = segment.before.share_closed(by, segment.price) else { continue };
        if share < Steps::BINS[0][1] {
            (back, count) = (back - share.max(-1.0), count + 1.0);
        }
        seen.push((segment.before.step_seen(by), Steps::bin_of(share)));
    }
    let back = if count > 0.0 { round(back / count) } else { 0.2 };
    Steps { bin: rounded(chosen(&seen, Steps::BINS.len(), RIDGE[1])), back }
}

fn opening(segments: &[Segment], by: Role) -> Opening {
    let (mut first, mut reply) = (Vec::new(), Vec::new());
    for segment in segments.iter().filter(|segment| segment.by == by && segment.before.quotes[index(by)].is_none()) {
        let (before, price) = (&segment.before, segment.price);
        let seen = before.opening_seen(by);
        match before.opened(by, price) {
            Some(gap) => reply.push((seen, Opening::reply_of(gap, before.short_of_known_target(by, price)))),
            None => first.push((seen, Opening::bin_of(before.short_of_target(by, price)))),
        }
    }
    Opening {
        first: rounded(chosen(&first, Opening::BINS.len(), RIDGE[2])),
        reply: rounded(chosen(&reply, Opening::REPLIES.len() + 1, RIDGE[2])),
    }
}

/// The choice that was made of each of what was seen.
fn chosen<const SEEN: usize>(seen: &[([f64; SEEN], usize)], things: usize, ridge: f64) -> Choice {
    let rows: Vec<Row<'_>> = seen.iter().map(|(seen, chosen)| Row { seen, chosen: *chosen, weight: 1.0 }).collect();
    fit(&rows, things, ridge)
}

fn again(segments: &[Segment], by: Role) -> Choice {
    let alone = |segment: &&Segment| {
        let [mine, theirs] = [index(by), 1 - index(by)].map(|at| segment.before.quotes[at].is_some());
        segment.by == by && mine && !theirs
    };
    let seen: Vec<_> = segments
        .iter()
        .filter(alone)
        .filter_map(|segment| {
            let moved = segment.before.moved(by, segment.price)?;
            Some((segment.before.again_seen(by), Opening::bin_of(moved)))
        })
        .collect();
    rounded(chosen(&seen, Opening::BINS.len(), RIDGE[3]))
}

/// What `role` may aim for, as spans from what the other aims for, by evenly spread ranks.
fn targets(dialogues: &[&Dialogue], role: Role) -> Vec<Atom> {
    let apart = |dialogue: &&Dialogue| match dialogue.setting.targets {
        [Some(buyer), Some(seller)] if dialogue.private[index(role)] => Some((seller - buyer) / dialogue.setting.span),
        _ => None,
    };
    let mut all: Vec<f64> = dialogues.iter().filter_map(apart).collect();
    all.sort_unstable_by(f64::total_cmp);
    if all.is_empty() {
        return Vec::new();
    }
    let at = |rank: usize| round(all[(2 * rank + 1) * all.len() / (2 * ATOMS)]);
    let mut atoms: Vec<Atom> = Vec::new();
    for value in (0..ATOMS).map(at) {
        match atoms.last_mut() {
            Some(last) if last.value == value => last.chance += 1.0 / ATOMS as f64,
            _ => atoms.push(Atom { value, chance: 1.0 / ATOMS as f64 }),
        }
    }
    atoms
}

/// What came of them, whatever was said.
fn base(dialogues: &[&Dialogue]) -> Base {
    let finished: Vec<&&Dialogue> = dialogues.iter().filter(|dialogue| dialogue.finished).collect();
    let made = finished.iter().filter(|dialogue| dialogue.price.is_some()).count();
    let short = [Role::Buyer, Role::Seller].map(|role| {
        let of = |dialogue: &&Dialogue| {
            dialogue.setting.targets[index(role)]?;
            let span = dialogue.setting.span;
            let table = Table::new(dialogue.setting.targets.map(|target| target.map(|money| money / span)), 0.0);
            Some(table.short_of_target(role, agreed(dialogue)?))
        };
        let mut all: Vec<f64> = dialogues.iter().filter_map(of).collect();
        all.sort_unstable_by(f64::total_cmp);
        if all.is_empty() {
            return Vec::new();
        }
        (1..=QUANTILES).map(|at| round(all[(at * all.len() / (QUANTILES + 1)).min(all.len() - 1)])).collect()
    });
    Base { agreement: round(made as f64 / finished.len().max(1) as f64), short }
}

/// Five digits say all that the data do.
fn round(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

fn rounded(choice: Choice) -> Choice {
    let rows = Vec::from(choice).into_iter().map(|row: Vec<f64>| row.into_iter().map(round).collect());
    Choice::from(rows.collect::<Vec<_>>())
}
