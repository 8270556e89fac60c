//! What goes on for ever and is tried again every second: that it fails is logged when it begins, when the cause is another,
//! and when it is over; not every second.

use crate::error::Error;

/// Something that is tried again and again.
#[derive(Debug)]
pub struct Outage {
    doing: &'static str,
    cause: Option<String>,
}

impl Outage {
    /// Of something that works, as far as is known.
    pub fn of(doing: &'static str) -> Self {
        Self { doing, cause: None }
    }

    /// What came of a try; nothing where it failed.
    pub fn hear<T>(&mut self, tried: Result<T, Error>) -> Option<T> {
        match tried {
            Ok(done) => {
                if self.cause.take().is_some() {
                    tracing::info!(doing = self.doing, "it works again");
                }
                Some(done)
            }
            Err(error) => {
                let cause = error.fault();
                if cause != self.cause {
                    error.log(self.doing);
                    self.cause = cause;
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_held_until_it_is_another_or_over() {
        let mut outage = Outage::of("trying");
        assert_eq!(outage.hear(Ok(1)), Some(1));
        assert_eq!(outage.hear::<()>(Err(Error::Ours("one"))), None);
        let first = outage.cause.clone();
        assert_eq!(outage.hear::<()>(Err(Error::Ours("one"))), None);
        assert!(first.is_some() && outage.cause == first);
        assert_eq!(outage.hear::<()>(Err(Error::Ours("two"))), None);
        assert!(outage.cause != first);
        assert_eq!((outage.hear(Ok(2)), &outage.cause), (Some(2), &None));
        // Whoever lost a race is no outage.
        assert_eq!(outage.hear::<()>(Err(Error::Conflict { expected: 1, found: 2 })), None);
        assert_eq!(outage.cause, None);
    }
}
