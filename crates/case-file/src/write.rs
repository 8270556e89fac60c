//! A case as a file that a person can edit.
//!
//! Every key stands with a few words on what it is; a key that the case leaves out stands as a comment, with an
//! example, so that it can be filled in. [`crate::read`] gives back exactly the case that was written.

use std::fmt::Write as _;

use engine::case::{Act, Case, Offer};
use jiff::civil::Date;
use terms::{Level, Quantity, Readings, Role, Side};

/// The text of a case file.
///
/// Reading it gives the same case again, if the case is sound (`check` finds nothing) and in a currency of ISO 4217, says each
/// assumption in one place, and has its acts in the order of `after_offers`, as every case that was read has.
pub fn write(case: &Case) -> String {
    let words = Words::of(case.role);
    let mut page = Page(String::new());
    page.line("# A case for `upstairs advise`. Change what you like and run it again: `#` starts a comment, and a");
    page.line("# number may be a range: { low = 1, likely = 2, high = 4 }, with one chance in ten of falling outside");
    page.line("# at either end. `upstairs assumptions` lists what is assumed for all that is left out.");
    page.line("");
    page.given("title", &text(&case.title), "");
    page.given("role", words.role, words.other_role);
    page.given("currency", &text(case.currency.code()), "an ISO 4217 code");
    stakes(&mut page, case, words);
    page.section("counterpart");
    page.given("limit", &quantity(case.counterpart.limit), words.their_limit);
    let cost = case.counterpart.cost_of_escalating.map(quantity);
    page.maybe("cost_of_escalating", cost, "20_000", "what going upstairs would cost their negotiator");
    time(&mut page, case);
    future(&mut page, case);
    boss(&mut page, case);
    log(&mut page, case);
    assumptions(&mut page, case);
    page.0
}

fn stakes(page: &mut Page, case: &Case, words: Words) {
    let value = &case.value;
    page.section("value");
    page.given("walk_away", &quantity(value.walk_away), words.walk_away);
    page.given("target", &quantity(value.target), "the price you hope for");
    let unlimited = number(value.walk_away.likely());
    let meaning = format!("{}; left out, there is no limit", words.authority);
    page.maybe("authority", value.authority.map(quantity), &unlimited, &meaning);
    let meaning = format!("{}; left out, your walk-away", words.boss_limit);
    page.maybe("boss_limit", value.boss_limit.map(quantity), &unlimited, &meaning);
    page.maybe("leave", value.leave.map(number), &unlimited, "how far your boss has let you go since, in private");
}

fn time(page: &mut Page, case: &Case) {
    let time = &case.time;
    page.section("time");
    let rounds = time.rounds_left.map(|rounds| rounds.to_string());
    page.maybe("rounds_left", rounds, "6", "after the last offer below; an offer by each side is a round");
    page.maybe(
        "deadline",
        time.deadline.map(day),
        "\"2027-06-30\"",
        "the last day for a deal, in place of rounds_left",
    );
    let from = time.counted_from.map(day);
    page.maybe(
        "counted_from",
        from,
        "\"2027-03-01\"",
        "the day from which it counts; left out, that of the last entry",
    );
    let days = time.days_per_round.map(number);
    page.maybe("days_per_round", days, "7", "needed with deadline and with a cost by the week");
    let cost = time.cost_of_delay_per_round.map(quantity);
    page.maybe("cost_of_delay_per_round", cost, "1_000", "what each further round costs you; left out, nothing");
    let cost = time.cost_of_delay_per_week.map(quantity);
    page.maybe("cost_of_delay_per_week", cost, "1_000", "the same by the week, in its place");
}

fn future(page: &mut Page, case: &Case) {
    let future = &case.future;
    page.section("future");
    page.maybe("later_deals", future.later_deals.map(quantity), "4", "deals with them after this one; left out, none");
    page.maybe("value_per_deal", future.value_per_deal.map(quantity), "10_000", "what such a deal brings you");
    page.maybe("discount", future.discount.map(quantity), "0.9", "what a deal is worth now if it comes one deal later");
    let past = future.past_boss_appearances.map(quantity);
    page.maybe("past_boss_appearances", past, "0", "how often your boss has come in with them before");
}

fn boss(page: &mut Page, case: &Case) {
    let boss = &case.boss;
    page.section("boss");
    page.maybe("time_cost", boss.time_cost.map(quantity), "5_000", "what your boss's time would cost here, in money");
    let meaning = "share of what is left to win that your boss wins beyond you; below 0, worse than you";
    page.maybe("skill", boss.skill.map(quantity), "0.05", meaning);
    let expected = boss.already_expected.then(|| "true".to_owned());
    page.maybe("already_expected", expected, "true", "everyone brings their boss to such a deal");
}

/// Offers and acts in one order: each act after as many offers as it says.
fn log(page: &mut Page, case: &Case) {
    if case.offers.is_empty() && case.acts.is_empty() {
        page.line("\n# Offers so far, oldest first:");
        for line in ["[[offers]]", "by = \"us\"            # or \"them\"", "amount = 1_000", "date = \"2027-01-31\""] {
            page.line(&format!("# {line}"));
        }
        return;
    }
    page.line("\n# What has happened so far, oldest first.");
    let mut acts = case.acts.iter().peekable();
    for index in 0..=case.offers.len() {
        while let Some(act) = acts.next_if(|act| act.after_offers as usize <= index || index == case.offers.len()) {
            write_act(page, act);
        }
        if let Some(offer) = case.offers.get(index) {
            write_offer(page, offer);
        }
    }
}

fn write_offer(page: &mut Page, offer: &Offer) {
    page.line("\n[[offers]]");
    let by = match offer.by {
        Side::Us => "\"us\"",
        Side::Them => "\"them\"",
    };
    page.given("by", by, "");
    page.given("amount", &number(offer.amount), "");
    page.written("date", offer.date.map(day));
    page.written("level", (offer.level == Level::Boss).then(|| "\"boss\"".to_owned()));
    page.written("binding", offer.binding.then(|| "true".to_owned()));
    page.written("note", offer.note.as_deref().map(text));
}

fn write_act(page: &mut Page, act: &Act) {
    page.line("\n[[acts]]");
    page.given("kind", &text(act.kind.key()), "");
    page.written("date", act.date.map(day));
    page.written("answer", act.answer.map(|answer| text(answer.key())));
    page.written("note", act.note.as_deref().map(text));
}

fn assumptions(page: &mut Page, case: &Case) {
    if case.assumptions.is_empty() && !case.role_priors {
        return;
    }
    page.section("assumptions");
    page.written("role_priors", case.role_priors.then(|| "true".to_owned()));
    for (name, &assumed) in &case.assumptions {
        page.given(name.key(), &quantity(assumed), name.spec().meaning);
    }
}

/// Where the two sides of a deal are spoken of in other words.
#[derive(Clone, Copy)]
struct Words {
    role: &'static str,
    other_role: &'static str,
    walk_away: &'static str,
    authority: &'static str,
    boss_limit: &'static str,
    their_limit: &'static str,
}

impl Words {
    fn of(role: Role) -> Self {
        match role {
            Role::Seller => Self {
                role: "\"seller\"",
                other_role: "you are paid; \"buyer\" if you pay",
                walk_away: "the least you would take: no deal is as good",
                authority: "the least you may agree to without asking",
                boss_limit: "the least your boss may agree to",
                their_limit: "the most they would pay rather than lose the deal, as you guess",
            },
            Role::Buyer => Self {
                role: "\"buyer\"",
                other_role: "you pay; \"seller\" if you are paid",
                walk_away: "the most you would pay: no deal is as good",
                authority: "the most you may agree to without asking",
                boss_limit: "the most your boss may agree to",
                their_limit: "the least they would take rather than lose the deal, as you guess",
            },
        }
    }
}

/// The text so far.
struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "{text}");
    }

    fn section(&mut self, name: &str) {
        self.line(&format!("\n[{name}]"));
    }

    /// A key, its value, and what it means where that needs saying: behind it, or above it where the line would be long.
    fn given(&mut self, key: &str, value: &str, meaning: &str) {
        let entry = format!("{key} = {value}");
        match meaning {
            "" => self.line(&entry),
            _ if entry.chars().count() + meaning.chars().count() > 94 => self.line(&format!("# {meaning}\n{entry}")),
            _ => self.line(&format!("{entry:<28}  # {meaning}")),
        }
    }

    /// A key that may be left out: then a comment with an example.
    fn maybe(&mut self, key: &str, value: Option<String>, example: &str, meaning: &str) {
        match value {
            Some(value) => self.given(key, &value, meaning),
            None => self.given(&format!("# {key}"), example, meaning),
        }
    }

    /// A key that is left out without a word.
    fn written(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.given(key, &value, "");
        }
    }
}

fn quantity(quantity: Quantity<f64>) -> String {
    match quantity {
        Quantity::Known(value) => number(value),
        Quantity::Range { low, likely, high } => {
            format!("{{ low = {}, likely = {}, high = {} }}", number(low), number(likely), number(high))
        }
    }
}

/// A number that reads back as itself, whole ones with their thousands set apart.
fn number(number: f64) -> String {
    /// Whole numbers up to here are exact, and written out.
    const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;
    if number.fract() != 0.0 || number.abs() > LARGEST_WHOLE || (number == 0.0 && number.is_sign_negative()) {
        let text = format!("{number:?}").replace("NaN", "nan");
        // Three decimals are asked about when they are read: they might be thousands.
        let is_asked_about = Readings::of(&text).is_ok_and(|readings| readings.amounts().count() > 1);
        return if is_asked_about { text + "0" } else { text };
    }
    let digits = format!("{:.0}", number.abs());
    let mut grouped = if number < 0.0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

fn day(date: Date) -> String {
    format!("\"{date}\"")
}

/// Text in quotes, with whatever TOML does not take as it stands written as an escape.
fn text(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them_in_toml() {
        let table = [
            (0.0, "0"),
            (-0.0, "-0.0"),
            (999.0, "999"),
            (1_180_000.0, "1_180_000"),
            (-25_000.0, "-25_000"),
            (33.2, "33.2"),
            (470.125, "470.1250"),
            (1e17, "1e17"),
            (1e-7, "1e-7"),
        ];
        for (value, written) in table {
            assert_eq!(number(value), written);
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(text("a \"b\" \\ c\n\u{7}é"), "\"a \\\"b\\\" \\\\ c\\n\\u0007é\"");
    }
}
