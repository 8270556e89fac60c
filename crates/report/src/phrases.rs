//! What an advice says in words, the same on the screen and on the page.

use engine::advice::{Advice, BreakEven, Evppi, FlipStatus};
use engine::assumption::Name;
use engine::people::Motion;
use terms::{NextActKind, PlanId, Role};

use crate::money::Money;
use crate::names::{doing, percent, plain_words};
use crate::{baseline, days};

/// Under this share of the recommended plan's value a thing is not worth finding out.
const WORTH_KNOWING: f64 = 0.005;

/// How amounts of this advice are written.
pub fn money(advice: &Advice) -> Money {
    Money::new(advice.currency, advice.inputs.case.value.scale())
}

/// Side, currency, day and how long there is: "seller · USD · 12 Mar 2026 · until 23 Apr 2026"; "round 5 of 11" where no
/// day can be told.
pub fn facts(advice: &Advice) -> String {
    let role = match advice.role {
        Role::Seller => "seller",
        Role::Buyer => "buyer",
    };
    let day = advice.as_of.map_or(String::new(), |day| format!(" · {}", day.strftime("%-d %b %Y")));
    let last = days::last_day(advice).map(|last| format!("until {}", last.strftime("%-d %b %Y")));
    let time = match (advice.round, last) {
        (0, Some(last)) => format!("not begun · {last}"),
        (0, None) if advice.rounds_total == 1 => "not begun · 1 round".to_owned(),
        (0, None) => format!("not begun · {} rounds", advice.rounds_total),
        (_, Some(last)) => last,
        (round, None) => format!("round {round} of {}", advice.rounds_total),
    };
    format!("{role} · {}{day} · {time}", advice.currency)
}

/// What the recommendation is worth on average, with its standard error: for notes, where figures are looked up.
pub fn worth_in_figures(advice: &Advice, money: &Money) -> String {
    let recommendation = &advice.recommendation;
    let than = doing(recommendation.compared_with, advice.boss_in);
    let error = money.error(recommendation.worth_standard_error);
    let [advised, other] =
        [recommendation.plan, recommendation.compared_with].map(|plan| baseline::value(advice, money, plan));
    let more = money.nearest(advised - other);
    let worth = match more {
        _ if money.is_nil(more) => format!("as much as {than}"),
        less if less < 0.0 => format!("{} less than {than}", money.amount(-less)),
        more => format!("{} more than {than}", money.amount(more)),
    };
    format!("On average the course advised is worth {worth} (standard error {error}).")
}

/// The rung that the advice takes next, now or when its time comes.
pub fn next_rung(advice: &Advice) -> Option<PlanId> {
    let available = |id: PlanId| advice.plans.iter().any(|plan| plan.id == id && plan.available);
    let asks = advice.guidance_point.limit != advice.guidance_point.ask_for;
    match (advice.next_act.kind, advice.recommendation.plan) {
        (NextActKind::AskBoss, _) => Some(PlanId::Guidance),
        (NextActKind::ProposeBothBosses, _) => Some(PlanId::BothBosses),
        (NextActKind::BringBoss | NextActKind::HandOver, _) => Some(PlanId::BossAtOutset),
        (NextActKind::WalkAway | NextActKind::Accept, _) | (_, PlanId::OwnLevel) => None,
        (_, PlanId::BothBosses | PlanId::Ladder | PlanId::BossAtImpasse | PlanId::Guidance | PlanId::BestFound)
            if asks && available(PlanId::Guidance) =>
        {
            Some(PlanId::Guidance)
        }
        (_, PlanId::BothBosses | PlanId::Ladder) if available(PlanId::BothBosses) => Some(PlanId::BothBosses),
        (_, PlanId::BossAtImpasse | PlanId::Ladder) => Some(PlanId::BossAtOutset),
        (
            NextActKind::Offer | NextActKind::Hold | NextActKind::HandBack | NextActKind::Wait,
            PlanId::WalkAway
            | PlanId::Guidance
            | PlanId::BothBosses
            | PlanId::BossAtOutset
            | PlanId::HandOver
            | PlanId::BestFound,
        ) => None,
    }
}

/// A condition under which another plan would be better.
pub struct Flip {
    /// What it is a condition on.
    pub assumption: Name,
    /// The condition: "the rounds left were 8 or more (now 6)".
    pub condition: String,
    /// The plan that would then be better.
    pub to: PlanId,
}

/// Of how many numbers that a case can state it can't be told whether the recommendation would flip. The others are not
/// always looked at, and the count would change with that.
pub fn untold(advice: &Advice) -> usize {
    let stated = |name: Name| name.spec().case_key.is_some() && plain_words(name).is_some();
    let untold = |flip: &&BreakEven| flip.status == FlipStatus::Untold && stated(flip.assumption);
    advice.break_evens.iter().filter(untold).count()
}

/// Where the recommendation flips, of what people can picture, nearest first.
pub fn flips(advice: &Advice, money: &Money) -> Vec<Flip> {
    let flips = advice.break_evens.iter().filter(|flip| flip.status == FlipStatus::Flips);
    let flips =
        flips.filter_map(|flip| Some((flip, days::plain_words(advice, flip.assumption)?, flip.value?, flip.flips_to?)));
    let mut flips: Vec<(&BreakEven, &str, f64, PlanId)> = flips.collect();
    let distance = |(flip, _, at, _): &(&BreakEven, _, f64, _)| (at - flip.now).abs() / (flip.to - flip.from);
    flips.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    let flip = |(flip, words, at, to): (&BreakEven, &str, f64, PlanId)| {
        let show = |number| days::value(advice, flip.assumption, number, money);
        let (now, at_text) = (show(flip.now), show(at));
        let (over, more) = if at > flip.now { ("over", "more") } else { ("under", "less") };
        let condition = match flip.assumption {
            _ if now == at_text => format!("{words} were any {more} (now {now})"),
            Name::RoundsLeft => format!("{words} were {at_text} or {} (now {now})", more.replace("less", "fewer")),
            _ => format!("{words} were {over} {at_text} (now {now})"),
        };
        Flip { assumption: flip.assumption, condition, to }
    };
    flips.into_iter().map(flip).collect()
}

/// What is worth finding out before choosing, most valuable first; nothing that is within noise.
pub fn worth_knowing(advice: &Advice) -> impl Iterator<Item = &Evppi> {
    let best = advice.plans.iter().map(|plan| plan.value.mean).fold(0.0, f64::max);
    let worth = advice.value_of_information.evppi.iter();
    worth.filter(move |one| one.evppi > WORTH_KNOWING * best && one.evppi > 2.0 * one.standard_error)
}

/// Where people who made such offers came out: "82 % chance of a deal, at $1.19M ($1.122M to $1.224M), what 2002 negotiations
/// over goods came to after such offers, limits, time and bosses left out". `None` before the first offer.
pub fn people(advice: &Advice, money: &Money) -> Option<String> {
    let people = advice.forecast.people.as_ref()?;
    let at = people.settlement;
    let prices = format!("{} ({} to {})", money.price(at.p50), money.price(at.p10), money.price(at.p90));
    let chance = percent(people.agreement_probability);
    let motion = match people.motion {
        Motion::Moving => "",
        Motion::Stalled => "; it stalls",
        Motion::Dead => "; such talks are mostly over",
    };
    let (count, set) = (people.negotiations, &people.set);
    Some(format!(
        "{chance} chance of a deal, at {prices}{motion}: what {count} negotiations over {set} came to after such offers, limits, time and bosses left out"
    ))
}

/// Where it is heading: "99 % chance of a deal, at $1.19M ($1.122M to $1.224M), about 23 Apr 2026". Where the advice is to walk
/// away, that is where going on would lead, and it says so.
pub fn heading(advice: &Advice, money: &Money) -> String {
    let forecast = &advice.forecast;
    let walks = advice.recommendation.plan == PlanId::WalkAway && forecast.follows != PlanId::WalkAway;
    let (Some(price), Some(rounds)) = (forecast.settlement, forecast.rounds) else {
        return if walks { "no deal, whether you walk away or go on".to_owned() } else { "no deal".to_owned() };
    };
    let prices = format!("{} ({} to {})", money.price(price.p50), money.price(price.p10), money.price(price.p90));
    let when = match forecast.dates {
        Some([_, middle, _]) => format!("about {}", middle.strftime("%-d %b %Y")),
        None if rounds.p50 < 1.5 => "in about a round".to_owned(),
        None => format!("in about {:.0} rounds", rounds.p50),
    };
    let chance = percent(forecast.agreement_probability);
    let told = format!("{chance} chance of a deal, at {prices}, {when}");
    if walks {
        return format!("no deal, as you walk away; going on would have a {told}");
    }
    told
}

/// Things to know that have no other place.
pub fn notes(advice: &Advice) -> Vec<String> {
    let surprises = advice.record_fit.surprises.iter();
    let surprises = surprises.map(|surprise| format!("The record surprises the model: {surprise}."));
    advice.notes.iter().cloned().chain(surprises).collect()
}

/// Plans that can no longer be chosen, with why, those of one reason together.
pub fn unavailable(advice: &Advice) -> Vec<(&str, Vec<PlanId>)> {
    let mut reasons: Vec<(&str, Vec<PlanId>)> = Vec::new();
    for plan in &advice.plans {
        let Some(why) = plan.unavailable_because.as_deref() else { continue };
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, plans)) => plans.push(plan.id),
            None => reasons.push((why, vec![plan.id])),
        }
    }
    reasons
}

/// The text with a capital letter first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
