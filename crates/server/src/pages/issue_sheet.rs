//! The issue sheet: every issue with its options, where one aims and stops, and what it is worth to both sides.

use app::Wish;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use bargain::sheet::{Choice, End, Line, Sheet, Side, text};
use maud::{Markup, html};
use negotiation::{Command, Negotiation};
use report::phrases::capital;
use terms::{Amount, Currency, Misread, Quantity, Readings, Role, Settling};

use super::failure::{Failure, to};
use super::field::Fields;
use super::shell::{Place, page};
use super::visitor::Visitor;
use crate::context::Context;

/// Issues besides the price that the form has room for at least, and blank ones after those that are there.
const ROOM: usize = 3;
/// Issues that a form may bring at most.
const MOST: usize = 40;

pub(super) async fn show(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let now = context.now();
    let negotiation = context.desk().look_privileged(&who, &id, "the issue sheet", now).await.map_err(to(&who))?;
    let fields = negotiation.sheet.as_ref().map_or_else(|| blank(&negotiation), shown);
    Ok(page(&who, "Issue sheet", Place::Negotiations, form(&id, &negotiation, &fields, None)))
}

pub(super) async fn keep(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let now = context.now();
    let known = context.desk().look_privileged(&who, &id, "the issue sheet", now).await.map_err(to(&who))?;
    let again = |why: &str| page(&who, "Issue sheet", Place::Negotiations, form(&id, &known, &fields, Some(why)));
    match sheet(&fields, &known) {
        Ok(sheet) => Ok(record(&context, &who, &id, sheet, &again).await?),
        Err(why) => Ok(again(&why)),
    }
}

/// Takes in a sheet kept elsewhere.
pub(super) async fn file(
    State(context): State<Context>,
    Visitor(who): Visitor,
    Path(id): Path<String>,
    mut given: Multipart,
) -> Result<Response, Failure> {
    let now = context.now();
    let known = context.desk().look_privileged(&who, &id, "the issue sheet", now).await.map_err(to(&who))?;
    let fields = known.sheet.as_ref().map_or_else(|| blank(&known), shown);
    let again = |why: &str| page(&who, "Issue sheet", Place::Negotiations, form(&id, &known, &fields, Some(why)));
    let Ok(Some(field)) = given.next_field().await else { return Ok(again("the file did not arrive; choose one")) };
    let name = field.file_name().unwrap_or_default().to_ascii_lowercase();
    let Ok(bytes) = field.bytes().await else {
        return Ok(again("the file did not arrive; choose one of at most 1 MiB"));
    };
    let title = known.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let title = title.to_owned();
    let work = move |_: &_| read_file(&name, &bytes, &title);
    let read = context.desk().computing().run(&who.user.0, work).await.map_err(to(&who))?;
    match read {
        Ok(sheet) => Ok(record(&context, &who, &id, sheet, &again).await?),
        Err(why) => Ok(again(&why)),
    }
}

/// A sheet out of a file, of the kind that its name says.
fn read_file(name: &str, bytes: &[u8], title: &str) -> Result<Sheet, String> {
    let problems =
        |problems: Vec<spreadsheet::Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if name.ends_with(".xlsx") {
        spreadsheet::issues::read_xlsx(bytes, title).map_err(problems)
    } else if name.ends_with(".csv") {
        spreadsheet::issues::read_csv(bytes, title).map_err(problems)
    } else {
        let faults = |faults: Vec<bargain::sheet::check::SheetFault>| {
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        let toml =
            std::str::from_utf8(bytes).map_err(|_| "the file is neither CSV, XLSX nor TOML in UTF-8".to_owned())?;
        text::read(toml).map_err(faults)
    }
}

async fn record(
    context: &Context,
    who: &app::Principal,
    id: &str,
    sheet: Sheet,
    again: &(dyn Fn(&str) -> Response + Sync),
) -> Result<Response, Failure> {
    let command = Command::PrepareIssues { sheet: Box::new(sheet) };
    match context.desk().act(who, id, Wish::new(&command, context.now())).await {
        Ok(_) => Ok(Redirect::to(&format!("/negotiations/{id}/packages")).into_response()),
        Err(error @ app::Error::Rejected(_)) => Ok(again(&error.to_string())),
        Err(error) => Err(to(who)(error)),
    }
}

/// A form with a price to fill in.
fn blank(negotiation: &Negotiation) -> Fields {
    let prepared = &negotiation.preparation;
    let middle = |estimate: Option<Quantity<Amount>>| {
        estimate.map_or(String::new(), |estimate| estimate.points()[1].to_string())
    };
    let mut fields = Fields::default();
    for (name, value) in [("name_0", "Price".to_owned()), ("target_0", middle(prepared.target))] {
        fields.0.insert(name.to_owned(), value);
    }
    for (place, (issue, _)) in prepared.issues.iter().enumerate() {
        fields.0.insert(format!("name_{}", place + 1), issue.clone());
    }
    fields
}

/// The fields as a sheet fills them, the price first.
fn shown(sheet: &Sheet) -> Fields {
    let mut fields = Fields::default();
    let price = sheet.issues.iter().filter(|line| sheet.price.as_ref() == Some(&line.name));
    let others = sheet.issues.iter().filter(|line| sheet.price.as_ref() != Some(&line.name));
    let choice = |choice: &Option<Choice>| match choice {
        Some(Choice::Number(number)) => number.to_string(),
        Some(Choice::Name(name)) => name.clone(),
        None => String::new(),
    };
    let quantity = |quantity: Option<Quantity<f64>>| match quantity {
        Some(Quantity::Known(value)) => value.to_string(),
        Some(Quantity::Range { low, likely, high }) => format!("{low}..{likely}..{high}"),
        None => String::new(),
    };
    for (place, line) in price.chain(others).enumerate() {
        let end = |side: &Side| match side.better {
            Some(End::Low) => "low",
            Some(End::High) => "high",
            None => "",
        };
        let values = [
            ("name", line.name.clone()),
            ("options", options(line)),
            ("unit", line.unit.clone().unwrap_or_default()),
            ("better", end(&line.ours).to_owned()),
            ("worth", quantity(line.ours.worth)),
            ("their_worth", quantity(line.theirs.worth)),
            ("their_rank", line.theirs.rank.map(|rank| rank.to_string()).unwrap_or_default()),
            ("target", choice(&line.target)),
            ("realistic", choice(&line.realistic)),
            ("walk_away", choice(&line.walk_away)),
            ("mandate", choice(&line.mandate)),
            ("by_option", if line.ours.values.is_empty() { String::new() } else { "yes".to_owned() }),
        ];
        fields.0.extend(values.into_iter().map(|(name, value)| (format!("{name}_{place}"), value)));
    }
    fields
}

fn options(line: &Line) -> String {
    match (line.from, line.to) {
        (Some(from), Some(to)) => format!("{from}..{to} step {}", line.step.unwrap_or(1.0)),
        _ => line.options.join(" | "),
    }
}

fn form(id: &str, negotiation: &Negotiation, fields: &Fields, wrong: Option<&str>) -> Markup {
    let title = negotiation.opening.as_ref().map_or("", |opening| opening.title.as_str());
    let there = (1..MOST).take_while(|place| !fields.text(&format!("name_{place}")).is_empty()).count();
    html! {
        section.narrow {
            h1 { "Issue sheet: " (title) }
            p.lead { "What is on the table besides the price, and what it is worth. Private to your side. Rough is fine: any worth may be a range, \
                low..likely..high." }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (capital(wrong)) "." } }
            form method="post" action={ "/negotiations/" (id) "/sheet" } {
                (issue(0, fields, wrong.is_some()))
                @for place in 1..=(there + ROOM).min(MOST - 1) { (issue(place, fields, wrong.is_some())) }
                button type="submit" { "Keep" }
                a href={ "/negotiations/" (id) } { "Back without keeping" }
            }
            details {
                summary { "Take in a sheet that you have" }
                form method="post" action={ "/negotiations/" (id) "/sheet/file" } enctype="multipart/form-data" {
                    label { "CSV or XLSX with a row an issue, or TOML" small { "columns: issue, unit, options (with | between) or from, to, step; realistic, mandate, worth, better, their rank" }
                        input type="file" name="sheet" accept=".csv,.xlsx,.toml" required; }
                    button.quiet type="submit" { "Take it in" }
                }
            }
        }
    }
}

/// The fields of one issue, the first of which is the price; folded away once filled, unless something is to be mended.
fn issue(place: usize, fields: &Fields, mend: bool) -> Markup {
    let is_price = place == 0;
    let value = |name: &str| fields.text(&format!("{name}_{place}")).to_owned();
    let field = |name: &str, label: &str, hint: &str| {
        html! { label { (label) @if !hint.is_empty() { small { (hint) } }
        input name={ (name) "_" (place) } value=(value(name)) autocomplete="off"; } }
    };
    let name = value("name");
    let heading = if name.is_empty() { "Another issue".to_owned() } else { name.clone() };
    let gist = value("options");
    html! {
        details.issue open[(is_price || !name.is_empty()) && (mend || gist.is_empty())] {
            summary { (heading) @if !gist.is_empty() { " " small { (gist) } } }
            @if is_price { input type="hidden" name="name_0" value=(if name.is_empty() { "Price" } else { &name }); }
            @else { (field("name", "Name", "such as Payment")) }
            (field("options", "What can be agreed", if is_price { "from..to step by, such as 1000000..1420000 step 10000" } else { "1 year | 2 years | 3 years, or 30..90 step 15" }))
            @if !is_price {
                (field("unit", "Unit", "such as days"))
                label { "Better for you"
                    select name={ "better_" (place) } {
                        option value="high" selected[value("better") != "low"] { "more, or the last named" }
                        option value="low" selected[value("better") == "low"] { "less, or the first named" }
                    }
                }
                (field("worth", "Worth to you", if value("by_option").is_empty() { "in money: the best option over the worst" } else { "each option has a value of its own, which stays while the options do" }))
                (field("their_worth", "Worth to them", "your guess, if you have one; they want the other end"))
            }
            (field("their_rank", "How much they care: a rank", "1 for what matters most to them; for all issues, or none"))
            (field("target", "Target", ""))
            (field("realistic", "Where it will realistically end", "the middle if you leave it out"))
            @if !is_price {
                (field("walk_away", "The worst you would ever accept", ""))
                (field("mandate", "The worst you may agree to unasked", "empty where you are free; your mandate on record goes before"))
            }
        }
    }
}

/// The sheet that the form makes. What the form has no field for stays as it is on record.
fn sheet(fields: &Fields, known: &Negotiation) -> Result<Sheet, String> {
    let opening = known.opening.as_ref();
    let before = known.sheet.clone().unwrap_or_default();
    let ours = match opening.map(|opening| opening.role) {
        Some(Role::Buyer) => End::Low,
        _ => End::High,
    };
    let mut issues = Vec::new();
    for place in 0..MOST {
        let name = fields.text(&format!("name_{place}"));
        if name.is_empty() || fields.text(&format!("options_{place}")).is_empty() {
            continue;
        }
        let old = before.issues.iter().find(|line| line.name == name).cloned().unwrap_or_default();
        let mut line = line(place, fields, known.currency(), &old).map_err(|why| format!("{name}, {why}"))?;
        if place == 0 {
            line.ours.better = Some(ours);
        }
        issues.push(line);
    }
    let price = issues.first().filter(|line| line.name == fields.text("name_0")).map(|line| line.name.clone());
    Ok(Sheet {
        title: opening.map_or_else(String::new, |opening| opening.title.clone()),
        currency: opening.map(|opening| opening.currency.code().to_owned()),
        price,
        issues,
        ..before
    })
}

fn line(place: usize, fields: &Fields, currency: Option<Currency>, old: &Line) -> Result<Line, String> {
    let text = |name: &str| fields.text(&format!("{name}_{place}"));
    let quantity = |name: &str| match text(name) {
        "" => Ok(None),
        written => Quantity::read(written, currency)
            .map(|quantity| Some(quantity.to_f64()))
            .map_err(|why| format!("{}: {why}", name.replace('_', " "))),
    };
    let mut line = Line { name: text("name").to_owned(), unit: fields.maybe(&format!("unit_{place}")), ..old.clone() };
    // The first line is the price.
    let is_count = place > 0 && !line.is_in(currency);
    let settling = Settling { currency, is_percent: line.is_in_percent(), is_count, ..Settling::default() };
    let number =
        |text: &str| -> Result<f64, Misread> { Readings::of(text.trim())?.settled(settling).map(Amount::to_f64) };
    (line.options, line.from, line.to, line.step) = match text("options").split_once("..") {
        Some((from, rest)) if !text("options").contains('|') => {
            let (to, step) = rest.split_once("step").unwrap_or((rest, "1"));
            let number = |text: &str| number(text).map_err(|why| format!("what can be agreed: {why}"));
            let (from, to, step) = (number(from)?, number(to)?, number(step)?);
            (Vec::new(), Some(from), Some(to), Some(step))
        }
        _ => {
            let options = text("options").split('|').map(|option| option.trim().to_owned());
            (options.filter(|option| !option.is_empty()).collect(), None, None, None)
        }
    };
    let numbers = line.from.is_some();
    let choice = |name: &str| match text(name) {
        "" => Ok(None),
        written if numbers => number(written)
            .map(|number| Some(Choice::Number(number)))
            .map_err(|why| format!("{}: {why}", name.replace('_', " "))),
        written => Ok(Some(Choice::Name(written.to_owned()))),
    };
    line.target = choice("target")?;
    line.realistic = choice("realistic")?;
    line.walk_away = choice("walk_away")?;
    line.mandate = choice("mandate")?;
    line.ours.better = Some(if text("better") == "low" { End::Low } else { End::High });
    line.ours.worth = quantity("worth")?;
    line.theirs.worth = quantity("their_worth")?;
    line.theirs.rank = match text("their_rank") {
        "" => None,
        written => Some(written.parse().map_err(|_| "their rank: expected 1, 2, 3 and so on".to_owned())?),
    };
    if options(&line) != options(old) {
        // Values of single options fit only the options that they were given for.
        (line.ours.values, line.theirs.values) = (Vec::new(), Vec::new());
        (line.ours.never, line.theirs.never) = (Vec::new(), Vec::new());
    }
    Ok(line)
}
