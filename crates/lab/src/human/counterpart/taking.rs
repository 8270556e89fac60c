//! What taking an offer at once goes with: the gap that it leaves, how far it lies beyond what they want, and whether they are
//! asked for the first time. It says how taking is to be modelled, which no single likelihood could: limits that nobody states
//! would explain whatever is left to them.

use engine::calibration::{Context, Fit};

use super::moments::replies;
use super::pool;
use super::read::People;
use crate::human::logit;

/// The columns: key, and what the log-odds of taking are counted by.
const COLUMNS: [(&str, &str); 3] = [
    ("evidence.taking_by_gap", "log-odds of taking our ask, by the gap that it leaves in shares of the scale"),
    ("evidence.taking_by_own_aim", "the same, by how far the ask lies beyond what they want"),
    ("evidence.taking_first_time", "the same, of the first ask that they can take against later ones"),
];

/// One fit a column, over the sets in which it is known what people want; none where there is no such set.
pub fn fits(sets: &[People]) -> Vec<Fit> {
    let told: Vec<(&People, logit::Logit, u64)> = sets.iter().filter_map(of).collect();
    if told.is_empty() {
        return Vec::new();
    }
    let fit = |(column, (key, what)): (usize, &(&str, &str))| {
        let each = told
            .iter()
            .map(|(_, model, _)| pool::Told { value: model.coefficients[column + 1], error: model.errors[column + 1] });
        let pooled = pool::pool(&each.collect::<Vec<_>>());
        let contexts = told.iter().map(|(people, model, n)| Context {
            set: people.key.to_owned(),
            value: model.coefficients[column + 1],
            error: model.errors[column + 1],
            n: *n,
        });
        Fit {
            key: (*key).to_owned(),
            what: (*what).to_owned(),
            value: pooled.middle,
            interval: [pooled.middle - 1.96 * pooled.error, pooled.middle + 1.96 * pooled.error],
            range: None,
            n: told.iter().map(|(.., n)| n).sum(),
            contexts: contexts.collect(),
        }
    };
    COLUMNS.iter().enumerate().map(fit).collect()
}

fn of(people: &People) -> Option<(&People, logit::Logit, u64)> {
    let mut rows = Vec::new();
    let mut taken = Vec::new();
    for (dialogue, wanted) in people.dialogues.iter().zip(&people.wanted) {
        let Some(wanted) = wanted else { continue };
        for reply in replies(dialogue) {
            // What they want lies lower on our scale than what we ask.
            rows.push(vec![reply.gap, (reply.ask - wanted).max(0.0), f64::from(u8::from(reply.faced == 1))]);
            taken.push(reply.took());
        }
    }
    let n = rows.len() as u64;
    (n > 0).then(|| (people, logit::fit(&rows, &taken, None, 1e-3), n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::experiment::{Dialogue, End};
    use terms::Side;

    #[test]
    fn who_takes_by_the_gap_alone_is_seen_to() {
        // Gaps of .2 are taken three times in four, of .6 one time in four, whatever is wanted: from ln 3 to -ln 3 over .4.
        let (mut dialogues, mut wanted) = (Vec::new(), Vec::new());
        for (gap, taken) in [(0.2, 3), (0.6, 1)] {
            for index in 0..4 {
                for aim in [-0.5, 0.1].repeat(20) {
                    let end = if index < taken { End::TheyTook } else { End::TheyRefused };
                    dialogues.push(Dialogue { offers: vec![(Side::Them, 0.0), (Side::Us, gap)], end, agreed: None });
                    wanted.push(Some(aim));
                }
            }
        }
        let groups = vec![0; dialogues.len()];
        let people = People { key: "", what: "", source: "", rounds: 1, dialogues, groups, wanted };
        let fits = fits(&[people]);
        let expected = -2.0 * libm::log(3.0) / 0.4;
        assert!((fits[0].value - expected).abs() < 0.1, "{} beside {expected}", fits[0].value);
        assert!(fits[1].value.abs() < 0.1, "{}", fits[1].value);
    }
}
