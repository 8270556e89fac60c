//! The advice follows: after a fact the first answer is at hand before anybody asks, and the whole soon after.

use jiff::Timestamp;
use negotiation::Phase;
use store::{News, NewsKind};

use super::{Follower, Following};
use crate::desk::Desk;
use crate::error::Error;

/// Keeps the advice at hand. It is kept in memory: after a restart what nobody looked at is computed when somebody does.
pub(super) struct Advice;

impl Follower for Advice {
    fn name(&self) -> &'static str {
        "advice"
    }

    fn follow_up<'a>(&'a self, desk: &'a Desk, news: &'a News, now: Timestamp) -> Following<'a> {
        Box::pin(async move {
            // Nobody works on what was imported yet, and an import may be of thousands.
            if news.kind == NewsKind::Imported {
                return Ok(());
            }
            let negotiation = desk.read(&news.negotiation).await?;
            if negotiation.phase != Phase::Open {
                return Ok(());
            }
            match desk.known(&negotiation, &news.negotiation, now).await {
                // What is not prepared has no advice yet.
                Ok(_) | Err(Error::Missing(_) | Error::Faulty(_)) => Ok(()),
                Err(other) => Err(other),
            }
        })
    }
}
