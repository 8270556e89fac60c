//! What is negotiated: issues, the options on each, and packages that choose one option an issue.

use std::borrow::Cow;
use std::collections::HashSet;

/// A choice of one option an issue, in the order of the issues: each the place of an option, from 0.
pub type Package = Vec<u32>;

/// The issues under negotiation, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    name: String,
    issues: Vec<Issue>,
}

/// A point that can be negotiated by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// As people call it.
    pub name: String,
    /// What can be agreed on it.
    pub options: Options,
    /// What its numbers count, such as `days`.
    pub unit: Option<String>,
}

/// The options on an issue.
#[derive(Clone, Debug, PartialEq)]
pub enum Options {
    /// By name.
    Named(Vec<String>),
    /// Whole numbers from `first` to `last`, both included, `step` apart.
    Integers {
        /// The first.
        first: i64,
        /// None is above it.
        last: i64,
        /// At least 1.
        step: i64,
    },
    /// Numbers from `first` to `last`, both included where a whole number of steps lies between, `step` apart.
    Reals {
        /// The first.
        first: f64,
        /// None is above it.
        last: f64,
        /// Above zero.
        step: f64,
    },
}

/// Options on one issue at most: more is a slip of the step.
pub const MOST_OPTIONS: usize = 1_000_000;

/// Issues at most: far more than anybody negotiates at once.
pub const MOST_ISSUES: usize = 1_000;

/// What is wrong with a domain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainFault {
    /// It has no issues.
    #[error("there are no issues: name at least one")]
    NoIssues,
    /// It has more than [`MOST_ISSUES`].
    #[error("there are more than {MOST_ISSUES} issues: that is no negotiation")]
    TooManyIssues,
    /// An issue has no options, or its bounds are the wrong way round, or its step isn't above zero.
    #[error(
        "issue `{}` has no options: list at least one, or put its bounds in order and its step above 0",
        short(issue)
    )]
    NoOptions {
        /// The issue.
        issue: String,
    },
    /// An issue has more than [`MOST_OPTIONS`].
    #[error("issue `{}` has more than {MOST_OPTIONS} options: take larger steps", short(issue))]
    TooManyOptions {
        /// The issue.
        issue: String,
    },
    /// Two issues, or two options of an issue, go by one name.
    #[error("`{}` is there twice: names must differ", short(name))]
    Twice {
        /// The name.
        name: String,
    },
}

/// A name as a fault quotes it: its beginning, where it is long.
pub fn short(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_QUOTED) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// Characters of a name that a fault quotes at most.
const LONGEST_QUOTED: usize = 80;

impl Domain {
    /// The domain of these issues.
    pub fn new(name: impl Into<String>, issues: Vec<Issue>) -> Result<Self, DomainFault> {
        if issues.is_empty() {
            return Err(DomainFault::NoIssues);
        }
        if issues.len() > MOST_ISSUES {
            return Err(DomainFault::TooManyIssues);
        }
        let mut names = HashSet::new();
        for issue in &issues {
            if !names.insert(issue.name.as_str()) {
                return Err(DomainFault::Twice { name: issue.name.clone() });
            }
            issue.check()?;
        }
        Ok(Self { name: name.into(), issues })
    }

    /// As people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The issues, in their order.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// How many options each issue has.
    pub fn sizes(&self) -> Vec<usize> {
        self.issues.iter().map(|issue| issue.options.len()).collect()
    }

    /// How many packages there are; `u128::MAX` where there are more than that.
    pub fn outcomes(&self) -> u128 {
        self.issues.iter().fold(1, |count, issue| count.saturating_mul(issue.options.len() as u128))
    }

    /// How many packages there are, in digits, however many.
    pub fn outcomes_in_digits(&self) -> String {
        // Nine digits a limb, the lowest first.
        const LIMB: u64 = 1_000_000_000;
        let mut limbs = vec![1_u64];
        for issue in &self.issues {
            let mut carry = 0;
            for limb in &mut limbs {
                carry += *limb * issue.options.len() as u64;
                *limb = carry % LIMB;
                carry /= LIMB;
            }
            while carry > 0 {
                limbs.push(carry % LIMB);
                carry /= LIMB;
            }
        }
        let highest = limbs.pop().unwrap_or(0).to_string();
        limbs.iter().rev().fold(highest, |digits, limb| digits + &format!("{limb:09}"))
    }

    /// The same as people say it: `1,000,000`, `10^50`, about `3.2 · 10^17`.
    pub fn outcomes_in_words(&self) -> String {
        let digits = self.outcomes_in_digits();
        if digits.len() <= 15 {
            let grouped = digits.as_bytes().rchunks(3).rev().map(|chunk| String::from_utf8_lossy(chunk).into_owned());
            return grouped.collect::<Vec<_>>().join(",");
        }
        let power = digits.len() - 1;
        if digits.trim_end_matches('0') == "1" {
            return format!("10^{power}");
        }
        format!("{}.{} · 10^{power}", &digits[..1], &digits[1..2])
    }

    /// The place of an issue by name.
    pub fn place(&self, issue: &str) -> Option<usize> {
        self.issues.iter().position(|other| other.name == issue)
    }

    /// A package in words, an option an issue.
    pub fn labels(&self, package: &[u32]) -> Vec<String> {
        self.issues.iter().zip(package).map(|(issue, &option)| issue.options.label(option as usize)).collect()
    }
}

impl Issue {
    /// An issue with options by name.
    pub fn named(name: impl Into<String>, options: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { name: name.into(), options: Options::Named(options.into_iter().map(Into::into).collect()), unit: None }
    }

    fn check(&self) -> Result<(), DomainFault> {
        let none = || DomainFault::NoOptions { issue: self.name.clone() };
        match &self.options {
            Options::Named(names) => {
                let mut seen = HashSet::new();
                if let Some(name) = names.iter().find(|name| !seen.insert(name.as_str())) {
                    return Err(DomainFault::Twice { name: name.clone() });
                }
            }
            Options::Integers { first, last, step } if *step < 1 || first > last => return Err(none()),
            Options::Reals { first, last, step }
                if !(*step > 0.0 && first <= last && (last - first).is_finite() && first.is_finite()) =>
            {
                return Err(none());
            }
            Options::Integers { .. } | Options::Reals { .. } => {}
        }
        match self.options.len() {
            0 => Err(none()),
            count if count > MOST_OPTIONS => Err(DomainFault::TooManyOptions { issue: self.name.clone() }),
            _ => Ok(()),
        }
    }
}

impl Options {
    /// How many there are. More than `u32::MAX` are as good as that.
    pub fn len(&self) -> usize {
        match self {
            Self::Named(names) => names.len(),
            Self::Integers { first, last, step } => {
                let steps = (i128::from(*last) - i128::from(*first)) / i128::from(*step);
                usize::try_from(steps).unwrap_or(u32::MAX as usize).min(u32::MAX as usize - 1) + 1
            }
            // A last option within a millionth of a step of the end is meant: .1 doesn't divide .3 in floats.
            Self::Reals { first, last, step } => ((last - first) / step + 1e-6).floor().min(4e9) as usize + 1,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number that an option stands for, where options are numbers.
    pub fn number(&self, option: usize) -> Option<f64> {
        match self {
            Self::Named(_) => None,
            Self::Integers { first, step, .. } => Some((first + option as i64 * step) as f64),
            Self::Reals { first, step, .. } => Some(first + option as f64 * step),
        }
    }

    /// An option as people write it.
    pub fn label(&self, option: usize) -> String {
        match self {
            Self::Named(names) => names.get(option).cloned().unwrap_or_default(),
            Self::Integers { first, step, .. } => (first + option as i64 * step).to_string(),
            Self::Reals { first, step, .. } => {
                // Ten digits after the point hide what floats add to a sum of steps.
                let text = format!("{:.10}", first + option as f64 * step);
                let text = text.trim_end_matches('0').trim_end_matches('.');
                if text == "-0" { "0".to_owned() } else { text.to_owned() }
            }
        }
    }

    /// The place of an option as people write it, or of the number that is nearest to it where options are numbers and it
    /// is within half a step.
    pub fn find(&self, label: &str) -> Option<usize> {
        match self {
            Self::Named(names) => names.iter().position(|name| name == label),
            Self::Integers { .. } | Self::Reals { .. } => self.nearest(label.trim().parse().ok()?),
        }
    }

    /// The option whose number is nearest, however far; `None` where options have names.
    pub fn clamped(&self, number: f64) -> Option<usize> {
        let (first, step) = self.steps()?;
        // A number that is none goes to the first.
        Some((((number - first) / step).round().max(0.0) as usize).min(self.len() - 1))
    }

    /// The option whose number is nearest, within half a step.
    pub fn nearest(&self, number: f64) -> Option<usize> {
        let (first, step) = self.steps()?;
        let place = ((number - first) / step).round();
        (place >= 0.0 && place < self.len() as f64).then_some(place as usize)
    }

    /// The first number and the distance to the next.
    fn steps(&self) -> Option<(f64, f64)> {
        match self {
            Self::Named(_) => None,
            Self::Integers { first, step, .. } => Some((*first as f64, *step as f64)),
            Self::Reals { first, step, .. } => Some((*first, *step)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_names_options() {
        let tenths = Options::Reals { first: 0.0, last: 0.3, step: 0.1 };
        assert_eq!(tenths.len(), 4);
        assert_eq!(tenths.label(3), "0.3");
        assert_eq!(tenths.find("0.2"), Some(2));
        let days = Options::Integers { first: 30, last: 90, step: 15 };
        assert_eq!((days.len(), days.label(4)), (5, "90".to_owned()));
        assert_eq!(days.find("45"), Some(1));
        assert_eq!(days.find("200"), None);
        assert_eq!(Options::Integers { first: i64::MIN, last: i64::MAX, step: 1 }.len(), u32::MAX as usize);
    }

    #[test]
    fn refuses_what_no_package_could_come_of() {
        let fault = |issues| Domain::new("d", issues).unwrap_err();
        assert_eq!(fault(vec![]), DomainFault::NoIssues);
        assert_eq!(fault(vec![Issue::named("a", ["x", "x"])]), DomainFault::Twice { name: "x".into() });
        let empty: [&str; 0] = [];
        assert_eq!(fault(vec![Issue::named("a", empty)]), DomainFault::NoOptions { issue: "a".into() });
        let reals = Options::Reals { first: 0.0, last: 1.0, step: f64::NAN };
        assert_eq!(
            fault(vec![Issue { name: "r".into(), options: reals, unit: None }]),
            DomainFault::NoOptions { issue: "r".into() }
        );
        assert_eq!(
            fault(vec![Issue::named("a", ["x"]), Issue::named("a", ["y"])]),
            DomainFault::Twice { name: "a".into() }
        );
    }

    #[test]
    fn packages_are_counted_exactly_however_many() {
        let of = |size: i64, issues: usize| {
            let issue = |i: usize| Issue {
                name: i.to_string(),
                options: Options::Integers { first: 1, last: size, step: 1 },
                unit: None,
            };
            Domain::new("d", (0..issues).map(issue).collect()).unwrap()
        };
        assert_eq!(of(10, 50).outcomes_in_digits(), format!("1{}", "0".repeat(50)));
        assert_eq!(of(10, 50).outcomes_in_words(), "10^50");
        assert_eq!(of(1_000_000, 3).outcomes_in_words(), "10^18");
        assert_eq!(of(30, 4).outcomes_in_words(), "810,000");
        assert_eq!(of(7, 40).outcomes_in_digits(), "6366805760909027985741435139224001");
        assert_eq!(of(7, 40).outcomes_in_words(), "6.3 · 10^33");
    }

    #[test]
    fn a_space_too_large_to_count_says_so() {
        let issue = |i: usize| Issue {
            name: i.to_string(),
            options: Options::Integers { first: 1, last: 1_000_000, step: 1 },
            unit: None,
        };
        assert_eq!(Domain::new("d", (0..30).map(issue).collect()).unwrap().outcomes(), u128::MAX);
    }
}
