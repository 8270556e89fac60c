//! Threats in the laboratory: one side demands a sum and threatens a loss, part of which it is bound to carry out; the other
//! gives in or not. It says what giving in turns on, for the proposal to go to both bosses.
//!
//! The model sees what was on the table before the answer: demand, threat, the part that is bound, the treatment and the
//! round. What came after (what was carried out, guilt, payoffs) is never read.

use std::cell::RefCell;
use std::collections::HashMap;

use engine::calibration::{Calibration, Fit, Set};
use libm::{log, log1p};
use serde::Deserialize;

use super::estimate::{self, Estimate};
use super::score::Score;
use super::table::{self, number, yes};
use crate::human::logit::{self, Logit};
use crate::human::{Fitted, Unread};

/// Its file.
pub const FILE: &str = "threat_commitment.csv";

/// Draws coefficients in to nothing, so that seven sessions don't say more than they know.
const RIDGE: f64 = 4.0;

/// The intercept and the columns of [`Row::columns`], in that order: what of a fit's key follows `threat.`, and what it says.
const COEFFICIENTS: [(&str, &str); 8] = [
    ("intercept", "log-odds that a demand under threat is met: intercept"),
    ("demand", "the same: by ln(1 + demand), in points"),
    ("threat", "the same: by ln(1 + threatened loss), in points"),
    ("bound", "the same: by the part of the threat that is bound to be carried out"),
    ("treatment", "the same: by the factor phi of the treatment, 1 or 1.5"),
    ("round", "the same: by ln(round)"),
    ("beyond_threat", "the same: by how far the demand goes beyond the threatened loss, in tens of points"),
    ("beyond_bound", "the same: by how far ln(1 + demand) goes beyond ln(1 + bound loss)"),
];

/// The plainest model, in shares of the hundred points that can be demanded or threatened at most.
const PLAIN: [(&str, &str); 3] = [
    ("intercept", "log-odds that a demand of nothing is met, by demand and threat alone"),
    ("demand", "how those log-odds change with the demand, as a share of the most that can be demanded"),
    ("threat", "how those log-odds change with the threatened loss, as a share of the most that can be threatened"),
];

/// Bands of the demand over the bound loss for which shares are counted: key and words, from, up to.
const BANDS: [(&str, &str, f64, f64); 6] = [
    ("under_0_4", "under .4", 0.0, 0.4),
    ("0_6_to_0_8", "from .6 to .8", 0.6, 0.8),
    ("0_9_to_1", "from .9 to 1", 0.9, 1.0),
    ("1_to_1_1", "from 1 to 1.1", 1.0, 1.1),
    ("1_25_to_1_5", "from 1.25 to 1.5", 1.25, 1.5),
    ("over_2", "2 or more", 2.0, f64::INFINITY),
];

#[derive(Clone, Deserialize)]
struct Row {
    session: String,
    #[serde(deserialize_with = "number")]
    round: f64,
    #[serde(deserialize_with = "number")]
    alpha: f64,
    #[serde(deserialize_with = "number")]
    phi: f64,
    #[serde(deserialize_with = "number")]
    threat: f64,
    #[serde(deserialize_with = "number")]
    demand: f64,
    #[serde(deserialize_with = "yes")]
    accept: bool,
}

impl Row {
    /// What is on the table before the answer.
    fn columns(&self) -> Vec<f64> {
        let (demand, threat) = (self.demand.max(0.0), self.threat.max(0.0));
        let beyond_bound = log1p(demand) - log1p(self.bound_loss());
        vec![
            log1p(demand),
            log1p(threat),
            self.alpha,
            self.phi,
            log(self.round.max(1.0)),
            (demand - threat).max(0.0) / 10.0,
            beyond_bound.max(0.0),
        ]
    }

    /// Demand and threat as shares of the most that either can be.
    fn shares(&self) -> Vec<f64> {
        vec![self.demand / 100.0, self.threat / 100.0]
    }

    /// The loss that is sure to follow a refusal.
    fn bound_loss(&self) -> f64 {
        (self.alpha * self.threat).max(0.0)
    }

    fn demand_over_bound_loss(&self) -> f64 {
        if self.bound_loss() > 0.0 { self.demand / self.bound_loss() } else { f64::MAX }
    }
}

/// What a model reads of a row, and how far it is drawn in.
type Reading = (fn(&Row) -> Vec<f64>, f64);

const FULL: Reading = (Row::columns, RIDGE);

fn fit(rows: &[&Row], (columns, ridge): Reading) -> Logit {
    let outcomes: Vec<bool> = rows.iter().map(|row| row.accept).collect();
    let columns: Vec<Vec<f64>> = rows.iter().map(|row| columns(row)).collect();
    logit::fit(&columns, &outcomes, None, ridge)
}

/// Rows by session, in the order of the file.
fn sessions(rows: &[Row]) -> Vec<Vec<&Row>> {
    let mut sessions: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        match sessions.iter_mut().find(|session| session.first().is_some_and(|first| first.session == row.session)) {
            Some(session) => session.push(row),
            None => sessions.push(vec![row]),
        }
    }
    sessions
}

/// Each session's chances by a model that was fitted on the others, with what was answered.
fn left_out(sessions: &[Vec<&Row>]) -> Vec<Vec<(f64, bool)>> {
    let chances = |(at, session): (usize, &Vec<&Row>)| {
        let others = sessions.iter().enumerate().filter(|(other, _)| *other != at);
        let model = fit(&others.flat_map(|(_, rows)| rows.iter().copied()).collect::<Vec<_>>(), FULL);
        session.iter().map(|row| (model.chance(&row.columns()), row.accept)).collect()
    };
    sessions.iter().enumerate().map(chances).collect()
}

/// How well the model tells who gives in, each session by a model fitted on the others; `None` where there are fewer than two.
pub fn score(text: &str) -> Result<Option<Score>, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let sessions = sessions(&rows);
    Ok((sessions.len() > 1).then(|| Score::of(&left_out(&sessions).concat())).flatten())
}

/// How well a model that is given tells who gives in; `None` of an empty file.
pub fn score_with(text: &str, model: &Logit) -> Result<Option<Score>, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    let chances: Vec<(f64, bool)> = rows.iter().map(|row| (model.chance(&row.columns()), row.accept)).collect();
    Ok(Score::of(&chances))
}

/// The chance that each demand of a file is met, by a model that is given, with its session, round and number.
pub fn chances(file: &str, text: &str, model: &Logit) -> Result<Vec<(String, f64)>, Unread> {
    let rows: Vec<Row> = table::rows(file, text)?;
    let name = |(at, row): (usize, &Row)| format!("{}/{}/{}", row.session, row.round, at + 1);
    Ok(rows.iter().enumerate().map(|(at, row)| (name((at, row)), model.chance(&row.columns()))).collect())
}

/// The model that a calibration carries; `None` where it lacks a coefficient.
pub fn model(calibration: &Calibration) -> Option<Logit> {
    let value = |(key, _): &(&str, &str)| calibration.fit(&format!("threat.{key}")).map(|fit| fit.value);
    COEFFICIENTS.iter().map(value).collect::<Option<Vec<f64>>>().map(Logit::of)
}

/// The coefficients, with intervals by drawing sessions again, and shares of demands met, with Wilson's interval.
pub fn fitted(text: &str, seed: u64) -> Result<Fitted, Unread> {
    let rows: Vec<Row> = table::rows(FILE, text)?;
    if rows.is_empty() {
        return Ok(Fitted::default());
    }
    let set = estimate::set(
        "threats",
        "demands under a threat in the laboratory",
        "pablocuellar, threat and commitment",
        rows.len(),
    );
    let sessions = sessions(&rows);
    let mut fits = coefficients(&sessions, seed, &set, FULL, ("threat.", &COEFFICIENTS));
    fits.extend(coefficients(&sessions, seed, &set, (Row::shares, 0.0), ("evidence.threat_log_odds_", &PLAIN)));
    let left_out = left_out(&sessions);
    let brier = |drawn: &[usize]| {
        let chosen: Vec<(f64, bool)> = drawn.iter().filter_map(|&i| left_out.get(i)).flatten().copied().collect();
        Score::of(&chosen).map(|score| score.brier)
    };
    let found = Estimate::resampled(seed, left_out.len(), rows.len(), brier).filter(|_| sessions.len() > 1);
    let what = "Brier score of the model on sessions that it was not fitted on";
    fits.extend(found.map(|found| found.fit("evidence.threat_brier", what, &set)));
    fits.extend(BANDS.iter().filter_map(|(key, words, from, to)| {
        let within = rows.iter().filter(|row| (*from..*to).contains(&row.demand_over_bound_loss()));
        let what = format!("share of demands met, where demand over the loss that is bound to follow is {words}");
        Some(Estimate::share_of(within, |row| row.accept)?.fit(&format!("evidence.threat_met_{key}"), &what, &set))
    }));
    Ok(Fitted { sets: vec![set], fits })
}

/// The coefficients of a model, named by a prefix and a name each, with intervals by drawing sessions again.
fn coefficients(
    sessions: &[Vec<&Row>],
    seed: u64,
    set: &Set,
    reading: Reading,
    (prefix, names): (&str, &[(&str, &str)]),
) -> Vec<Fit> {
    let n = sessions.iter().map(Vec::len).sum();
    let on = |drawn: &[usize]| {
        fit(&drawn.iter().filter_map(|&i| sessions.get(i)).flatten().copied().collect::<Vec<_>>(), reading)
    };
    // A model a sample, not one a coefficient: the samples are the same for each.
    let models = RefCell::new(HashMap::<Vec<usize>, Logit>::new());
    let coefficient = |drawn: &[usize], at: usize| {
        let mut drawn = drawn.to_vec();
        drawn.sort_unstable();
        models.borrow_mut().entry(drawn).or_insert_with_key(|drawn| on(drawn)).coefficients.get(at).copied()
    };
    let one = |(at, (key, what)): (usize, &(&str, &str))| {
        let found = Estimate::resampled(seed, sessions.len(), n, |drawn| coefficient(drawn, at))?;
        Some(found.fit(&format!("{prefix}{key}"), what, set))
    };
    names.iter().enumerate().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four sessions in which a demand is met by a known rule: the smaller against the threat, the likelier.
    fn made_up() -> String {
        let mut text = "session,round,id,alpha,phi,threat,demand,accept,final_threat,guilty,payoff\n".to_owned();
        for i in 0..400_u32 {
            let (threat, demand) = (20 + (i * 7) % 60, 5 + (i * 13) % 80);
            let met = f64::from(demand) < f64::from(threat) * (0.4 + f64::from((i * 29) % 10) / 10.0);
            let (session, round) = (i % 4, 1 + i / 40);
            text += &format!("{session},{round},1,0.5,1.0,{threat},{demand},{},,,0\n", u8::from(met));
        }
        text
    }

    #[test]
    fn tells_who_gives_in_better_than_the_overall_share() {
        let text = made_up();
        let score = score(&text).unwrap().unwrap();
        let yes = text.lines().skip(1).filter(|line| line.split(',').nth(7) == Some("1")).count() as f64 / 400.0;
        assert_eq!(score.n, 400);
        assert!(score.brier < 0.6 * yes * (1.0 - yes) && score.slope > 0.5 && score.slope < 1.6, "{score:?}");
    }

    #[test]
    fn a_calibration_carries_the_model_whole() {
        let text = made_up();
        let fitted = fitted(&text, 1).unwrap();
        let calibration = Calibration { sets: fitted.sets, fits: fitted.fits, ..Calibration::default() };
        let carried = model(&calibration).unwrap();
        let rows: Vec<Row> = table::rows(FILE, &text).unwrap();
        let by_hand = fit(&rows.iter().collect::<Vec<_>>(), FULL);
        for (a, b) in carried.coefficients.iter().zip(&by_hand.coefficients) {
            assert!((a - b).abs() < 1e-9, "{a}, not {b}");
        }
        // On what it was fitted on it does at least as well as on what it was not.
        let known = score_with(&text, &carried).unwrap().unwrap();
        assert!(known.brier <= score(&text).unwrap().unwrap().brier);
        assert!(calibration.fit("threat.demand").unwrap().value < 0.0);
        assert!(calibration.fits.iter().all(|fit| fit.interval[0] <= fit.value && fit.value <= fit.interval[1]));
        assert_eq!(model(&Calibration::default()), None);
    }

    #[test]
    fn bands_count_demands_over_the_bound_loss() {
        let text = "session,round,alpha,phi,threat,demand,accept\n1,1,.5,1,20,3,1\n1,2,.5,1,20,3.5,0\n2,1,.5,1,0,5,0\n";
        let fitted = fitted(text, 1).unwrap();
        let value = |key: &str| fitted.fits.iter().find(|fit| fit.key == key).map(|fit| (fit.value, fit.n));
        assert_eq!(value("evidence.threat_met_under_0_4"), Some((0.5, 2)));
        assert_eq!(value("evidence.threat_met_over_2"), Some((0.0, 1)));
        assert_eq!(value("evidence.threat_met_1_to_1_1"), None);
    }

    #[test]
    fn nothing_to_fit_on_is_no_fault() {
        let empty = "session,round,alpha,phi,threat,demand,accept\n";
        assert!(fitted(empty, 1).unwrap().fits.is_empty());
        assert_eq!(score(empty).unwrap(), None);
    }
}
