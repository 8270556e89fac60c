//! What would be advised under other assumptions. Nothing of it is recorded.

use engine::advice::{Advice, AssumptionReport};
use engine::assumption::Name;
use engine::case::Case;
use jiff::Timestamp;
use negotiation::Negotiation;
use terms::Quantity;

use crate::answers::{self, FIRST_SAMPLES, First, SEED, checked};
use crate::desk::Desk;
use crate::error::Error;

/// Assumptions offered at once.
const SLIDERS: usize = 6;

/// An assumption that can be moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// Which.
    pub name: Name,
    /// What it says.
    pub meaning: String,
    /// Its middle value as things stand.
    pub value: f64,
    /// 10th percentile.
    pub low: f64,
    /// 90th percentile.
    pub high: f64,
}

impl Slider {
    fn of(report: &AssumptionReport) -> Self {
        Self {
            name: report.name,
            meaning: report.meaning.clone(),
            value: report.value,
            low: report.low,
            high: report.high,
        }
    }
}

impl Desk {
    /// The assumptions that move the answer most, of those that a case may replace; the widest swing first.
    pub async fn sliders(&self, negotiation: &Negotiation, id: &str, now: Timestamp) -> Result<Vec<Slider>, Error> {
        let case = self.case(negotiation, id, now).await?;
        let advice = answers::whole(&self.computing, id, case.clone(), SEED, FIRST_SAMPLES).await?;
        let report = |name: Name| advice.assumptions.iter().find(|report| report.name == name);
        // On so few paths little may be seen to move the answer: what is most worth knowing follows.
        let worth_knowing = advice.value_of_information.evppi.iter().map(|one| one.assumption);
        let worth_knowing = worth_knowing.filter(|&name| advice.tornado.iter().all(|bar| bar.assumption != name));
        let moved = advice.tornado.iter().map(|bar| bar.assumption).chain(worth_knowing).filter_map(report);
        let can = |report: &&AssumptionReport| {
            report.low < report.high && with(&case, &[(report.name, report.low)]).check().is_empty()
        };
        Ok(moved.filter(can).take(SLIDERS).map(Slider::of).collect())
    }

    /// The first answer with some assumptions replaced.
    pub async fn what_if(
        &self,
        negotiation: &Negotiation,
        id: &str,
        values: &[(Name, f64)],
        now: Timestamp,
    ) -> Result<First, Error> {
        let case = with(&self.case(negotiation, id, now).await?, values);
        self.first_answer_of(id, case, negotiation.version, FIRST_SAMPLES).await
    }

    /// The advice with some assumptions replaced, from as few paths: for its pros and cons.
    pub async fn what_if_in_full(
        &self,
        negotiation: &Negotiation,
        id: &str,
        values: &[(Name, f64)],
        now: Timestamp,
    ) -> Result<Advice, Error> {
        let case = checked(with(&self.case(negotiation, id, now).await?, values))?;
        answers::whole(&self.computing, id, case, SEED, FIRST_SAMPLES).await
    }
}

fn with(case: &Case, values: &[(Name, f64)]) -> Case {
    let mut case = case.clone();
    case.assumptions.extend(values.iter().map(|&(name, value)| (name, Quantity::Known(value))));
    case
}
