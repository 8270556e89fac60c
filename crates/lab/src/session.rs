//! A negotiation by alternating offers, played out: rounds in which every party in turn accepts the standing offer or makes
//! another.
//!
//! The protocol is that of stacked alternating offers (Aydoğan et al. 2017) as NegMAS runs it: who proposes counts as
//! accepting, an agreement needs all, and the last offer of the last round is never answered. Time is the round's number,
//! counted from 1, over one more than there are rounds.

use bargain::domain::Package;

/// One party at the table.
pub trait Negotiator {
    /// Hears an offer that somebody else made.
    fn hear(&mut self, _offer: &[u32]) {}

    /// Whether it takes the standing offer, at a time from 0 to 1.
    fn accepts(&mut self, offer: &[u32], time: f64) -> bool;

    /// Its offer at a time from 0 to 1; `None` where it has nothing left to offer and walks away.
    fn offer(&mut self, time: f64) -> Option<&[u32]>;
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All agreed on this.
    Agreed(Package),
    /// The rounds ran out.
    TimedOut,
    /// A party had nothing left to offer.
    WalkedAway {
        /// Which, from 0.
        party: usize,
    },
}

/// An offer as made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered<'a> {
    /// The round, from 0.
    pub round: u32,
    /// Who made it, from 0.
    pub party: usize,
    /// What was offered.
    pub package: &'a [u32],
}

/// A session as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// How it ended.
    pub ending: Ending,
    /// Rounds begun.
    pub rounds: u32,
    issues: usize,
    by: Vec<(u32, u16)>,
    choices: Vec<u32>,
}

impl Session {
    /// The offers, in their order.
    pub fn offers(&self) -> impl ExactSizeIterator<Item = Offered<'_>> {
        self.by.iter().zip(self.choices.chunks_exact(self.issues.max(1))).map(|(&(round, party), package)| Offered {
            round,
            party: usize::from(party),
            package,
        })
    }

    /// The agreement, where there is one.
    pub fn agreement(&self) -> Option<&[u32]> {
        match &self.ending {
            Ending::Agreed(package) => Some(package),
            Ending::TimedOut | Ending::WalkedAway { .. } => None,
        }
    }

    fn record(&mut self, round: u32, party: usize, package: &[u32]) {
        if self.choices.is_empty() {
            self.issues = package.len();
            self.choices.reserve(self.by.capacity() * package.len());
        }
        self.by.push((round, party as u16));
        self.choices.extend_from_slice(package);
    }
}

/// The time of a round, counted from 0, where there are `rounds` in all.
pub fn time(round: u32, rounds: u32) -> f64 {
    (f64::from(round) + 1.0) / (f64::from(rounds) + 1.0)
}

/// Offers for which room is made beforehand at most.
const MOST_RESERVED: usize = 256;

/// Plays a session of at most `rounds` rounds. Two parties at least; they act in their order.
pub fn play(parties: &mut [&mut dyn Negotiator], rounds: u32) -> Session {
    // Most sessions are short; those that are not grow.
    let by = Vec::with_capacity((rounds as usize).saturating_mul(parties.len()).min(MOST_RESERVED));
    let mut session = Session { ending: Ending::TimedOut, rounds: 0, issues: 0, by, choices: Vec::new() };
    let mut standing = Package::new();
    let mut proposer = None;
    let mut acceptances = 0;
    for round in 0..rounds {
        let now = time(round, rounds);
        session.rounds = round + 1;
        for party in 0..parties.len() {
            if proposer == Some(party) {
                acceptances = 0;
            }
            if proposer.is_some() && parties[party].accepts(&standing, now) {
                acceptances += 1;
                if acceptances == parties.len() {
                    session.ending = Ending::Agreed(standing);
                    return session;
                }
                continue;
            }
            let Some(offer) = parties[party].offer(now) else {
                session.ending = Ending::WalkedAway { party };
                return session;
            };
            standing.clear();
            standing.extend_from_slice(offer);
            (proposer, acceptances) = (Some(party), 1);
            session.record(round, party, &standing);
            for (other, negotiator) in parties.iter_mut().enumerate() {
                if other != party {
                    negotiator.hear(&standing);
                }
            }
        }
    }
    session
}
