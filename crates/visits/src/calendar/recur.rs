//! When a rule has something take place. It counts on the clock of the place, where nine in the morning is nine all year: no time
//! zone is in it. Where the standard leaves a case open it is as in dateutil, from which most programs have theirs.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

use super::rule::{Every, Rule};

/// A rule at work.
#[derive(Debug)]
pub(super) struct Series<'r> {
    pub rule: &'r Rule,
    /// The first time, if the rule has it.
    pub start: DateTime,
    /// Whether it is about days: then it says nothing of hours.
    pub whole_days: bool,
    /// The last time that it may take place.
    pub until: Option<DateTime>,
}

impl Series<'_> {
    /// Hands on the times from `since` to `horizon`, in order. Every day and time that is looked at takes one of `left`; false
    /// where those did not last.
    pub fn walk(&self, since: DateTime, horizon: DateTime, left: &mut u64, found: &mut dyn FnMut(DateTime)) -> bool {
        let rule = self.completed();
        let last = self.until.map_or(horizon, |until| until.min(horizon));
        let times = times_of_day(&rule);
        let mut counted = 0;
        let mut period = if rule.count.is_none() { self.periods_before(&rule, since) } else { 0 };
        let mut set = Vec::new();
        while let Some(begins) = self.begin(&rule, period).filter(|begins| *begins <= last) {
            set.clear();
            if !self.fill(&rule, begins, &times, left, &mut set) {
                return false;
            }
            for at in placed(&set, &rule) {
                if at < self.start {
                    continue;
                }
                counted += 1;
                if at > last || rule.count.is_some_and(|count| counted > count) {
                    return true;
                }
                if at >= since {
                    found(at);
                }
            }
            period = self.next(&rule, period, begins.date(), last, set.is_empty());
        }
        true
    }

    /// The period to look at next. Of what recurs all day long, the first time of a day and the last tell on which days it is.
    fn next(&self, rule: &Rule, period: i64, day: Date, last: DateTime, is_empty: bool) -> i64 {
        if !rule.is_of_hours() || rule.count.is_some() || !rule.positions.is_empty() {
            return period + 1;
        }
        let Some(midnight) = days_after(day, 1).map(at_midnight) else { return period + 1 };
        let step = rule.interval * seconds(rule.every);
        let seconds_to = |at: DateTime| self.start.duration_until(at).as_secs();
        let is_filtered =
            ![&self.rule.hours, &self.rule.minutes, &self.rule.seconds].iter().all(|times| times.is_empty());
        let next = if is_empty && !is_day(rule, day) {
            (seconds_to(midnight) + step - 1).div_euclid(step)
        } else if is_filtered {
            period + 1
        } else {
            (seconds_to(midnight) - 1).min(seconds_to(last)).div_euclid(step)
        };
        next.max(period + 1)
    }

    /// The rule with what it leaves to its start.
    fn completed(&self) -> Rule {
        let (mut rule, start) = (self.rule.clone(), self.start);
        if self.whole_days {
            for set in [&mut rule.hours, &mut rule.minutes, &mut rule.seconds] {
                set.clear();
            }
        }
        let says_days = !(rule.weeks.is_empty()
            && rule.year_days.is_empty()
            && rule.month_days.is_empty()
            && rule.weekdays.is_empty());
        match rule.every {
            _ if says_days => {}
            Every::Year => {
                if rule.months.is_empty() {
                    rule.months.insert(i16::from(start.month()));
                }
                rule.month_days.insert(i16::from(start.day()));
            }
            Every::Month => drop(rule.month_days.insert(i16::from(start.day()))),
            Every::Week => drop(rule.weekdays.insert((0, start.weekday().to_monday_zero_offset()))),
            Every::Day | Every::Hour | Every::Minute | Every::Second => {}
        }
        let from_start = [
            (Every::Hour, &mut rule.hours, start.hour()),
            (Every::Minute, &mut rule.minutes, start.minute()),
            (Every::Second, &mut rule.seconds, start.second()),
        ];
        for (every, set, own) in from_start {
            if rule.every < every && set.is_empty() {
                set.insert(i16::from(own));
            }
        }
        rule
    }

    /// How many periods lie wholly before a time.
    fn periods_before(&self, rule: &Rule, since: DateTime) -> i64 {
        let start = self.start;
        let years = i64::from(since.year()) - i64::from(start.year());
        let apart = match rule.every {
            Every::Year => years,
            Every::Month => 12 * years + i64::from(since.month()) - i64::from(start.month()),
            Every::Week => days_between(start.date(), since.date()) / 7,
            Every::Day => days_between(start.date(), since.date()),
            every => start.duration_until(since).as_secs() / seconds(every),
        };
        (apart / rule.interval - 1).max(0)
    }

    /// The first time that could belong to a period; none where there are no more years.
    fn begin(&self, rule: &Rule, period: i64) -> Option<DateTime> {
        let (start, steps) = (self.start, period.checked_mul(rule.interval)?);
        let first = |year: i64, month: i64| Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok();
        match rule.every {
            Every::Year => first(i64::from(start.year()).checked_add(steps)?, 1).map(at_midnight),
            Every::Month => {
                let months = (12 * i64::from(start.year()) + i64::from(start.month()) - 1).checked_add(steps)?;
                first(months.div_euclid(12), months.rem_euclid(12) + 1).map(at_midnight)
            }
            Every::Week => {
                let into = since_week_start(start.date(), rule.week_starts);
                days_after(start.date(), steps.checked_mul(7)?.checked_sub(i64::from(into))?).map(at_midnight)
            }
            Every::Day => days_after(start.date(), steps).map(at_midnight),
            every => {
                let apart = jiff::SignedDuration::from_secs(steps.checked_mul(seconds(every))?);
                start.checked_add(apart).ok()
            }
        }
    }

    /// The times of a period; false where `left` did not last.
    fn fill(
        &self,
        rule: &Rule,
        begins: DateTime,
        times: &[(i8, i8, i8)],
        left: &mut u64,
        set: &mut Vec<DateTime>,
    ) -> bool {
        let first = begins.date();
        let days = match rule.every {
            Every::Year => first.days_in_year(),
            Every::Month => i16::from(first.days_in_month()),
            Every::Week => 7,
            _ => 1,
        };
        let mut day = Some(first);
        for _ in 0..days {
            let Some(this) = day else { break };
            if !spend(left, 1) {
                return false;
            }
            if is_day(rule, this) {
                let own;
                let times = if rule.every > Every::Day {
                    own = times_of_step(rule, begins);
                    own.as_slice()
                } else {
                    times
                };
                if !spend(left, times.len() as u64) {
                    return false;
                }
                set.extend(times.iter().map(|&(hour, minute, second)| this.at(hour, minute, second, 0)));
            }
            day = this.tomorrow().ok();
        }
        true
    }
}

fn spend(left: &mut u64, cost: u64) -> bool {
    let rest = left.checked_sub(cost);
    *left = rest.unwrap_or_default();
    rest.is_some()
}

/// Those of a period's times that are at the places that the rule asks for.
fn placed(set: &[DateTime], rule: &Rule) -> Vec<DateTime> {
    if rule.positions.is_empty() {
        return set.to_vec();
    }
    let place = |position: i16| match usize::from(position.unsigned_abs()) {
        from_end if position < 0 => set.len().checked_sub(from_end),
        from_start => Some(from_start - 1),
    };
    let mut times: Vec<DateTime> =
        rule.positions.iter().filter_map(|&position| set.get(place(position)?).copied()).collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// Times of a day, of rules that recur by days or longer.
fn times_of_day(rule: &Rule) -> Vec<(i8, i8, i8)> {
    if rule.every > Every::Day {
        return Vec::new();
    }
    let mut times = Vec::with_capacity(rule.hours.len() * rule.minutes.len() * rule.seconds.len());
    for &hour in &rule.hours {
        for &minute in &rule.minutes {
            times.extend(rule.seconds.iter().map(|&second| (hour as i8, minute as i8, second as i8)));
        }
    }
    times
}

/// Times of one step, of rules that recur by hours or shorter.
fn times_of_step(rule: &Rule, step: DateTime) -> Vec<(i8, i8, i8)> {
    let lets = |set: &std::collections::BTreeSet<i16>, own: i8| set.is_empty() || set.contains(&i16::from(own));
    if !lets(&rule.hours, step.hour())
        || (rule.every >= Every::Minute && !lets(&rule.minutes, step.minute()))
        || (rule.every >= Every::Second && !lets(&rule.seconds, step.second()))
    {
        return Vec::new();
    }
    let minutes: Vec<i8> = match rule.every {
        Every::Hour => rule.minutes.iter().map(|&minute| minute as i8).collect(),
        _ => vec![step.minute()],
    };
    let seconds: Vec<i8> = match rule.every {
        Every::Second => vec![step.second()],
        _ => rule.seconds.iter().map(|&second| second as i8).collect(),
    };
    let each = |minute: i8| seconds.iter().map(move |&second| (step.hour(), minute, second));
    minutes.into_iter().flat_map(each).collect()
}

/// Whether a rule that is complete has this day.
fn is_day(rule: &Rule, day: Date) -> bool {
    let has = |set: &std::collections::BTreeSet<i16>, from_start: i16, of: i16| {
        set.is_empty() || set.contains(&from_start) || set.contains(&(from_start - of - 1))
    };
    let (week, weeks) = week_of(day, rule.week_starts);
    (rule.months.is_empty() || rule.months.contains(&i16::from(day.month())))
        && has(&rule.weeks, week, weeks)
        && has(&rule.year_days, day.day_of_year(), day.days_in_year())
        && has(&rule.month_days, i16::from(day.day()), i16::from(day.days_in_month()))
        && is_weekday(rule, day)
}

fn is_weekday(rule: &Rule, day: Date) -> bool {
    let weekday = day.weekday().to_monday_zero_offset();
    let (into, of) = match rule.every {
        Every::Month => (i16::from(day.day()), i16::from(day.days_in_month())),
        Every::Year if !rule.months.is_empty() => (i16::from(day.day()), i16::from(day.days_in_month())),
        _ => (day.day_of_year(), day.days_in_year()),
    };
    let (from_start, from_end) = ((into - 1) / 7 + 1, -((of - into) / 7 + 1));
    let counts = matches!(rule.every, Every::Year | Every::Month);
    let fits =
        |&(nth, other): &(i16, i8)| other == weekday && (!counts || nth == 0 || nth == from_start || nth == from_end);
    rule.weekdays.is_empty() || rule.weekdays.iter().any(fits)
}

/// The number of the week, and how many the year has in which most of it lies.
fn week_of(day: Date, starts: Weekday) -> (i16, i16) {
    let middle = days_after(day, 3 - i64::from(since_week_start(day, starts))).unwrap_or(day);
    let week = (middle.day_of_year() - 1) / 7 + 1;
    (week, week + (middle.days_in_year() - middle.day_of_year()) / 7)
}

/// Days since the week began.
fn since_week_start(day: Date, starts: Weekday) -> i8 {
    (day.weekday().to_monday_zero_offset() - starts.to_monday_zero_offset()).rem_euclid(7)
}

fn at_midnight(day: Date) -> DateTime {
    day.to_datetime(jiff::civil::Time::midnight())
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |apart| apart.get_days()))
}

fn days_after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(i32::try_from(days).ok()?.days()).ok()
}

fn seconds(every: Every) -> i64 {
    match every {
        Every::Hour => 3_600,
        Every::Minute => 60,
        _ => 1,
    }
}
