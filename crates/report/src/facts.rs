//! The three facts under the answer, always in this order: whether the boss comes in, how sure it is, and what it is
//! worth. The words have fixed meanings.

use engine::advice::{Advice, BossExpected, BossWhen, CLEAR, WorthRange};
use jiff::civil::Date;
use terms::{PlanId, Verdict};

use crate::money::Money;
use crate::names::Reader;
use crate::phrases::{self, capital};
use crate::{baseline, days};

/// One of the three: a question with its answer in a word or two, and the rest of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is asked.
    pub question: &'static str,
    /// The answer, to be seen first.
    pub word: String,
    /// What stands between the answer and the rest in running text.
    joint: &'static str,
    /// The rest, without its stop; may be empty.
    pub rest: String,
}

impl Fact {
    fn new(question: &'static str, word: impl Into<String>, joint: &'static str, rest: impl Into<String>) -> Self {
        Self { question, word: word.into(), joint, rest: rest.into() }
    }

    /// The answer as running text.
    pub fn line(&self) -> String {
        let joint = if self.rest.is_empty() { "" } else { self.joint };
        format!("{}{joint}{}.", self.word, self.rest)
    }
}

/// The three facts of an advice, as they concern `reader`.
pub fn three(advice: &Advice, money: &Money, reader: Reader) -> [Fact; 3] {
    let recommendation = &advice.recommendation;
    let than = reader.doing(recommendation.compared_with, advice.boss_in);
    [
        boss(&recommendation.boss_expected, advice.as_of, advice.boss_in, reader),
        sure(advice, money, reader),
        worth(recommendation.worth_range, than, money),
    ]
}

/// Whether the boss comes in, or stays.
pub fn boss(expected: &BossExpected, as_of: Option<Date>, boss_in: bool, reader: Reader) -> Fact {
    let question = match (reader, boss_in) {
        (Reader::Negotiator, false) => "Should your boss come in?",
        (Reader::Negotiator, true) => "Should your boss stay in?",
        (Reader::Boss, false) => "Should you come in?",
        (Reader::Boss, true) => "Should you stay in?",
    };
    let chance = times_in_ten(expected.probability);
    let likely = expected.date.map(|date| format!("likely about {} ({chance})", day(date, as_of)));
    match expected.when {
        BossWhen::Now if boss_in => Fact::new(question, "Yes", "", ""),
        BossWhen::Not if boss_in => Fact::new(question, "No", "", ""),
        BossWhen::Now => Fact::new(question, "Now", "", ""),
        BossWhen::Not => Fact::new(question, "Not now", "", ""),
        BossWhen::Later => {
            Fact::new(question, "Not yet", ", ", likely.unwrap_or_else(|| format!("perhaps later ({chance})")))
        }
        BossWhen::OnlyWithTheirs => {
            let joint = if likely.is_some() { ", " } else { " " };
            Fact::new(question, "Only with theirs", joint, likely.unwrap_or_else(|| format!("({chance})")))
        }
    }
}

/// How sure it is; where it is not clear, what else it could be; and where a simpler course is as good, that.
fn sure(advice: &Advice, money: &Money, reader: Reader) -> Fact {
    let recommendation = &advice.recommendation;
    let doing = |plan| reader.doing(plan, advice.boss_in);
    let course = doing(recommendation.plan);
    let rival = recommendation.rival.map(doing);
    let mut fact = verdict(recommendation.verdict, recommendation.robustness, course, rival);
    let more = match (recommendation.verdict, recommendation.rival) {
        (Verdict::TooClose, Some(rival)) => {
            let undo = undone_for_less(advice, rival).map(|which| format!("The {which} costs less to undo"));
            // The conditions are worded for the negotiator.
            let decides = (reader == Reader::Negotiator).then(|| would_decide(advice, money, rival)).flatten();
            [undo, decides]
        }
        _ => [as_good(advice, money).map(|(plan, why)| format!("As good as {}, and {why}", doing(plan))), None],
    };
    for sentence in more.into_iter().flatten() {
        fact.rest += ". ";
        fact.rest += &sentence;
    }
    fact
}

/// The verdict in words, with the course advised and its rival as things done.
pub fn verdict(verdict: Verdict, robustness: f64, course: &str, rival: Option<&str>) -> Fact {
    const QUESTION: &str = "How sure?";
    let good = format!("as good as any in {:.0} of 100 variations of what we had to assume", robustness * 100.0);
    match (verdict, rival) {
        (Verdict::Clear, _) | (_, None) => Fact::new(QUESTION, capital(&words(verdict)), ": ", good),
        // So often right, it is only leaning because what is left of noise could turn it.
        (Verdict::Leaning, Some(rival)) if robustness >= CLEAR => {
            Fact::new(QUESTION, "Leaning", ": ", format!("{good}, but {rival} comes so near that chance could decide"))
        }
        (Verdict::Leaning, Some(rival)) => Fact::new(QUESTION, "Leaning", ": ", format!("{good}, else {rival}")),
        (Verdict::TooClose, Some(rival)) => {
            Fact::new(QUESTION, "Too close to call", ": ", format!("{course} or {rival}"))
        }
    }
}

fn words(verdict: Verdict) -> String {
    verdict.key().replace("too_close", "too close to call")
}

/// What the course is worth beyond `than`, as a range in round amounts.
pub fn worth(range: WorthRange, than: &str, money: &Money) -> Fact {
    const QUESTION: &str = "What is it worth?";
    let (low, high) = (money.roughly(range.low), money.roughly(range.high));
    let show = |amount: f64| money.amount(amount.abs());
    let (word, rest) = if money.is_nil(low) && money.is_nil(high) {
        ("About the same".to_owned(), format!("as {than}"))
    } else if money.is_nil(low) {
        (format!("Up to {}", show(high)), format!("more than {than}"))
    } else if money.is_nil(high) {
        (format!("Up to {}", show(low)), format!("less than {than}"))
    } else if low < 0.0 && high > 0.0 {
        let either = format!("{} less to {} more than {than}", show(low), show(high));
        return Fact::new(QUESTION, "May be either way", ": ", either);
    } else {
        let (near, far, which) = if low > 0.0 { (low, high, "more") } else { (high, low, "less") };
        let word = if near == far {
            format!("About {}", show(near))
        } else {
            format!("About {} to {}", show(near), show(far))
        };
        (word, format!("{which} than {than}"))
    };
    Fact::new(QUESTION, word, " ", rest)
}

/// The highest of the other courses, where it is valued above the one advised, and why that is advised all the same.
fn as_good(advice: &Advice, money: &Money) -> Option<(PlanId, &'static str)> {
    let chosen = advice.recommendation.plan;
    let value = |plan| baseline::value(advice, money, plan);
    // The best found says less to a reader than the named plan that it is.
    let others = advice.plans.iter().filter(|plan| plan.available && plan.id != chosen && plan.id != PlanId::BestFound);
    let highest = others.map(|plan| plan.id).max_by(|&a, &b| value(a).total_cmp(&value(b)))?;
    let why = if harder_to_undo(advice, highest) > harder_to_undo(advice, chosen) && is_final(advice, highest) {
        "easier to take back"
    } else {
        "simpler"
    };
    (value(highest) > value(chosen)).then_some((highest, why))
}

/// Which costs less to undo where one does: the course advised, which is named first, or its rival.
fn undone_for_less(advice: &Advice, rival: PlanId) -> Option<&'static str> {
    match harder_to_undo(advice, advice.recommendation.plan).cmp(&harder_to_undo(advice, rival)) {
        std::cmp::Ordering::Less => Some("first"),
        std::cmp::Ordering::Greater => Some("second"),
        std::cmp::Ordering::Equal => None,
    }
}

/// How hard a course is to take back: the higher, the harder. What they never see is easier than what they do, and that
/// than our boss's coming, which can't be undone, as leaving can't.
fn harder_to_undo(advice: &Advice, plan: PlanId) -> u8 {
    let joins =
        advice.plans.iter().find(|report| report.id == plan).map_or(0.0, |report| report.boss_joins_probability);
    match plan {
        // A boss who stays can go any day; one who has gone comes back only as a second appearance.
        PlanId::BossAtOutset if advice.boss_in => 0,
        PlanId::OwnLevel => u8::from(advice.boss_in),
        PlanId::Guidance => 1,
        PlanId::BestFound if joins == 0.0 => 1,
        PlanId::BothBosses => 2,
        PlanId::Ladder | PlanId::BossAtImpasse | PlanId::BestFound => 3,
        PlanId::BossAtOutset => 4,
        PlanId::HandOver => 5,
        PlanId::WalkAway => 6,
    }
}

/// Whether a course begins with what can't be undone.
fn is_final(advice: &Advice, plan: PlanId) -> bool {
    matches!(plan, PlanId::BossAtOutset | PlanId::HandOver | PlanId::WalkAway)
        || (advice.boss_in && plan == PlanId::OwnLevel)
}

/// What would decide for the rival: the nearest flip to it, else what is most worth finding out.
fn would_decide(advice: &Advice, money: &Money, rival: PlanId) -> Option<String> {
    let flip = phrases::flips(advice, money).into_iter().find(|flip| flip.to == rival);
    let flip = flip.map(|flip| format!("The second would be better if {}", flip.condition));
    flip.or_else(|| {
        let first = phrases::worth_knowing(advice).next()?;
        Some(format!("What would decide it: {}", days::question(advice, first.assumption)))
    })
}

/// A chance as people say it: "2 times in 10".
pub fn times_in_ten(chance: f64) -> String {
    match (chance * 10.0).round() as u32 {
        0 => "under 1 time in 10".to_owned(),
        1 => "1 time in 10".to_owned(),
        10 if chance < 1.0 => "over 9 times in 10".to_owned(),
        times => format!("{times} times in 10"),
    }
}

/// A day, with its year where that is not this one.
fn day(date: Date, as_of: Option<Date>) -> String {
    let this_year = as_of.is_none_or(|as_of| as_of.year() == date.year());
    date.strftime(if this_year { "%-d %b" } else { "%-d %b %Y" }).to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use terms::Currency;

    use super::*;

    const BOSS_NOW: &str = "bringing your boss in today";

    fn said(when: BossWhen, date: Option<Date>, probability: f64) -> String {
        let expected = BossExpected { when, date, probability };
        boss(&expected, Some(jiff::civil::date(2026, 11, 27)), false, Reader::Negotiator).line()
    }

    #[test]
    fn the_boss_comes_not_now_not_yet_only_with_theirs_or_now() {
        let day = Some(date(2026, 12, 14));
        assert_eq!(said(BossWhen::Not, None, 0.01), "Not now.");
        assert_eq!(said(BossWhen::Later, day, 0.2), "Not yet, likely about 14 Dec (2 times in 10).");
        assert_eq!(said(BossWhen::Later, None, 0.44), "Not yet, perhaps later (4 times in 10).");
        assert_eq!(said(BossWhen::OnlyWithTheirs, None, 0.12), "Only with theirs (1 time in 10).");
        assert_eq!(
            said(BossWhen::OnlyWithTheirs, Some(date(2027, 1, 8)), 0.97),
            "Only with theirs, likely about 8 Jan 2027 (over 9 times in 10)."
        );
        assert_eq!(said(BossWhen::Now, None, 1.0), "Now.");
    }

    #[test]
    fn a_boss_who_is_in_stays_or_goes() {
        let expected = |when| BossExpected { when, date: None, probability: 0.0 };
        let stays = boss(&expected(BossWhen::Now), None, true, Reader::Boss);
        assert_eq!((stays.question, stays.line().as_str()), ("Should you stay in?", "Yes."));
        assert_eq!(boss(&expected(BossWhen::Not), None, true, Reader::Negotiator).line(), "No.");
    }

    #[test]
    fn verdicts_are_clear_leaning_or_too_close() {
        let line = |kind, robustness, rival| verdict(kind, robustness, "guidance alone", rival).line();
        assert_eq!(
            line(Verdict::Clear, 0.89, None),
            "Clear: as good as any in 89 of 100 variations of what we had to assume."
        );
        assert_eq!(
            line(Verdict::Leaning, 0.7, Some(BOSS_NOW)),
            "Leaning: as good as any in 70 of 100 variations of what we had to assume, else bringing your boss in today."
        );
        assert_eq!(
            line(Verdict::Leaning, 0.85, Some(BOSS_NOW)),
            "Leaning: as good as any in 85 of 100 variations of what we had to assume, but bringing your boss in today \
             comes so near that chance could decide."
        );
        assert_eq!(
            line(Verdict::TooClose, 0.55, Some(BOSS_NOW)),
            "Too close to call: guidance alone or bringing your boss in today."
        );
    }

    #[test]
    fn worth_is_a_range_in_round_amounts() {
        let money = Money::new(Currency::USD, 60_000.0);
        let line = |low, high| worth(WorthRange { low, high }, BOSS_NOW, &money).line();
        assert_eq!(line(2_960.0, 11_940.0), "About $3,000 to $12,000 more than bringing your boss in today.");
        assert_eq!(line(3_010.0, 3_020.0), "About $3,000 more than bringing your boss in today.");
        assert_eq!(
            line(-1_990.0, 8_100.0),
            "May be either way: $2,000 less to $8,000 more than bringing your boss in today."
        );
        assert_eq!(line(-8_100.0, -1_990.0), "About $2,000 to $8,000 less than bringing your boss in today.");
        assert_eq!(line(90.0, 4_000.0), "Up to $4,000 more than bringing your boss in today.");
        assert_eq!(line(-4_000.0, 90.0), "Up to $4,000 less than bringing your boss in today.");
        assert_eq!(line(-80.0, 90.0), "About the same as bringing your boss in today.");
    }

    #[test]
    fn chances_are_said_in_tenths() {
        let said = [0.02, 0.05, 0.2, 0.949, 0.97, 1.0].map(times_in_ten);
        let tenths = ["under 1 time", "1 time", "2 times", "9 times", "over 9 times", "10 times"];
        assert_eq!(said, tenths.map(|times| format!("{times} in 10")));
    }
}
