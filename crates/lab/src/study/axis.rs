//! What cases are sorted by, and into which bins. The edges are fixed: they don't depend on what was found.

use super::Parameters;

/// Something that cases are sorted by.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    /// Its name.
    pub key: &'static str,
    /// What it is, for people.
    pub label: &'static str,
    /// Its value in a case.
    pub of: fn(&Parameters) -> f64,
    /// Edges between bins, rising; a value on an edge belongs to the bin above it.
    pub edges: &'static [f64],
    /// The bins in words, one more than edges.
    pub bins: &'static [&'static str],
}

impl Axis {
    /// The bin that a case falls into.
    pub fn bin(&self, parameters: &Parameters) -> usize {
        let value = (self.of)(parameters);
        self.edges.iter().filter(|&&edge| value >= edge).count()
    }

    /// The axis of this name.
    pub fn named(key: &str) -> Option<&'static Self> {
        AXES.iter().find(|axis| axis.key == key)
    }
}

/// Above nought, for an edge that sets nought apart.
const NOUGHT: f64 = 1e-12;

/// Everything that cases are sorted by.
pub const AXES: [Axis; 16] = [
    Axis {
        key: "authority_gap",
        label: "your authority stops short of your walk-away by (share of the scale)",
        of: |p| p.authority_gap,
        edges: &[NOUGHT, 0.15, 0.3, 0.45, 0.6],
        bins: &["0", "to 15 %", "15–30 %", "30–45 %", "45–60 %", "60 % +"],
    },
    Axis {
        key: "authority_opened",
        label: "the boss may go further than you by (share of the scale)",
        of: |p| p.authority_gap - p.boss_limit,
        edges: &[NOUGHT, 0.1, 0.2, 0.35, 0.5],
        bins: &["0", "to 10 %", "10–20 %", "20–35 %", "35–50 %", "50 % +"],
    },
    Axis {
        key: "room",
        label: "their limit, as you see it, lies beyond your authority by (share of the scale)",
        of: |p| p.counterpart_limit - p.authority_gap,
        edges: &[-0.25, 0.0, 0.25, 0.5, 0.75],
        bins: &["< −25 %", "−25–0 %", "0–25 %", "25–50 %", "50–75 %", "75 % +"],
    },
    Axis {
        key: "chance_of_zopa",
        label: "chance of a ZOPA",
        of: |p| p.chance_of_zopa,
        edges: &[0.25, 0.5, 0.75, 0.9, 0.99],
        bins: &["to 25 %", "25–50 %", "50–75 %", "75–90 %", "90–99 %", "99 % +"],
    },
    Axis {
        key: "escalation_cost",
        label: "what going up costs their negotiator (share of the scale)",
        of: |p| p.escalation_cost,
        edges: &[0.03, 0.06, 0.1, 0.15, 0.2],
        bins: &["to 3 %", "3–6 %", "6–10 %", "10–15 %", "15–20 %", "20 % +"],
    },
    Axis {
        key: "rounds_left",
        label: "rounds left",
        of: |p| f64::from(p.rounds_left),
        edges: &[5.0, 7.0, 10.0, 12.0, 15.0],
        bins: &["3–4", "5–6", "7–9", "10–11", "12–14", "15–16"],
    },
    Axis {
        key: "rounds_on_record",
        label: "rounds of offers on record",
        of: |p| f64::from(p.rounds_on_record),
        edges: &[1.0, 2.0, 3.0, 4.0, 5.0],
        bins: &["0", "1", "2", "3", "4", "5"],
    },
    Axis {
        key: "stalled_rounds",
        label: "rounds in a row that they have not moved",
        of: |p| f64::from(p.stalled_rounds),
        edges: &[1.0, 2.0, 3.0],
        bins: &["0", "1", "2", "3 +"],
    },
    Axis {
        key: "delay_cost",
        label: "what a round costs you (share of the scale)",
        of: |p| p.delay_cost,
        edges: &[NOUGHT, 0.002, 0.005, 0.01],
        bins: &["0", "to .2 %", ".2–.5 %", ".5–1 %", "1 % +"],
    },
    Axis {
        key: "later_deals",
        label: "later deals with them",
        of: |p| f64::from(p.later_deals),
        edges: &[1.0, 3.0, 5.0, 8.0, 11.0],
        bins: &["0", "1–2", "3–4", "5–7", "8–10", "11–12"],
    },
    Axis {
        key: "value_per_deal",
        label: "your surplus on a later deal (share of the scale)",
        of: |p| p.value_per_deal,
        edges: &[0.15, 0.3, 0.5, 0.8, 1.1],
        bins: &["to 15 %", "15–30 %", "30–50 %", "50–80 %", "80–110 %", "110 % +"],
    },
    Axis {
        key: "call_rate",
        label: "chance a later deal that they call for the boss again",
        of: |p| p.call_rate,
        edges: &[NOUGHT, 0.15, 0.25, 0.4, 0.6],
        bins: &["0", "to 15 %", "15–25 %", "25–40 %", "40–60 %", "60 % +"],
    },
    Axis {
        key: "boss_time_cost",
        label: "what the boss's time costs (share of the scale)",
        of: |p| p.boss_time_cost,
        edges: &[0.005, 0.01, 0.02, 0.03],
        bins: &["to .5 %", ".5–1 %", "1–2 %", "2–3 %", "3 % +"],
    },
    Axis {
        key: "boss_skill",
        label: "share of their surplus that the boss wins beyond you",
        of: |p| p.boss_skill,
        edges: &[-0.05, 0.0, 0.05, 0.12, 0.2],
        bins: &["< −5 %", "−5–0 %", "0–5 %", "5–12 %", "12–20 %", "20 % +"],
    },
    Axis {
        key: "importance_ratio",
        label: "how strongly the boss says that the deal matters (likelihood ratio)",
        of: |p| p.importance_ratio,
        edges: &[1.0, 1.75, 2.5, 3.5, 5.0],
        bins: &["to 1", "1–1.75", "1.75–2.5", "2.5–3.5", "3.5–5", "5 +"],
    },
    Axis {
        key: "already_expected",
        label: "everyone brings their boss",
        of: |p| f64::from(u8::from(p.already_expected)),
        edges: &[0.5],
        bins: &["no", "yes"],
    },
];

#[cfg(test)]
mod tests {
    use super::AXES;

    #[test]
    fn every_axis_has_rising_edges_and_a_word_a_bin() {
        for axis in AXES {
            assert!(axis.edges.is_sorted(), "{}", axis.key);
            assert_eq!(axis.bins.len(), axis.edges.len() + 1, "{}", axis.key);
        }
    }
}
