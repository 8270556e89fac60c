//! GENIUS XML: domains, and utility spaces that are sums over the issues or over hyper-rectangles.
//!
//! An option is worth its evaluation as a share of the largest on its issue, times the issue's weight; NegMAS reads the
//! same file as weight times evaluation. GENIUS stops a sum of weights above 1 at 1; this does so for hyper-rectangles only,
//! as the published figures do.

use std::fmt::Write as _;

use super::xml::{self, Element, escaped};
use super::{FormatFault, Profile, rows};
use crate::domain::{Domain, Issue, Options};
use crate::pareto::points::Convention;
use crate::scoring::{Interaction, Scoring};

/// Steps into which a real issue is cut where the file says none, as GENIUS cuts it.
const STEPS_OF_REALS: f64 = 20.0;

/// Reads a domain; a utility space has one too.
pub fn domain(text: &str) -> Result<Domain, FormatFault> {
    let root = xml::read(text)?;
    domain_of(&root)
}

fn domain_of(root: &Element) -> Result<Domain, FormatFault> {
    let issues = issues(root)?;
    let name = root.all("objective").first().and_then(|objective| objective.attribute("name")).unwrap_or("");
    let issues = issues.into_iter().map(issue).collect::<Result<_, _>>()?;
    Ok(Domain::new(name, issues)?)
}

/// The issues by their index, which need not be the order of the text.
fn issues(root: &Element) -> Result<Vec<&Element>, FormatFault> {
    let placed = |issue| place(issue).map(|place| (place, issue));
    let mut issues = root.all("issue").into_iter().map(placed).collect::<Result<Vec<_>, _>>()?;
    if issues.is_empty() {
        return Err(FormatFault::Missing { what: "every <issue>".to_owned() });
    }
    issues.sort_by_key(|(place, _)| *place);
    Ok(issues.into_iter().map(|(_, issue)| issue).collect())
}

fn place(element: &Element) -> Result<i64, FormatFault> {
    element.whole("index")?.ok_or_else(|| element.fault("`index` is missing"))
}

fn kind(issue: &Element) -> &str {
    ["vtype", "etype", "type"].iter().find_map(|name| issue.attribute(name)).unwrap_or("discrete")
}

fn issue(element: &Element) -> Result<Issue, FormatFault> {
    let name = element.attribute("name").ok_or_else(|| element.fault("`name` is missing"))?.to_owned();
    let options = match kind(element) {
        "discrete" => Options::Named(
            element.children("item").map(|item| label(item).map(str::to_owned)).collect::<Result<_, _>>()?,
        ),
        "integer" => {
            let bound = |name| {
                let range = element.children("range").next();
                element
                    .whole(name)?
                    .or(range.map(|range| range.whole(name)).transpose()?.flatten())
                    .ok_or_else(|| element.fault(&format!("`{name}` is missing")))
            };
            Options::Integers { first: bound("lowerbound")?, last: bound("upperbound")?, step: 1 }
        }
        "real" => {
            let bound = |name| {
                let range = element.children("range").next();
                element
                    .number(name)?
                    .or(range.map(|range| range.number(name)).transpose()?.flatten())
                    .ok_or_else(|| element.fault(&format!("`{name}` is missing")))
            };
            let (first, last) = (bound("lowerbound")?, bound("upperbound")?);
            Options::Reals { first, last, step: (last - first) / STEPS_OF_REALS }
        }
        other => {
            return Err(element.fault(&format!("issues of type {other:?} aren't known: use discrete, integer or real")));
        }
    };
    Ok(Issue { name, options, unit: None })
}

fn label(item: &Element) -> Result<&str, FormatFault> {
    item.attribute("value").ok_or_else(|| item.fault("`value` is missing"))
}

/// Reads the utility space of one party. `convention` says whether evaluations are shares of the largest.
pub fn profile(text: &str, domain: &Domain, convention: Convention) -> Result<Profile, FormatFault> {
    let root = xml::read(text)?;
    let value =
        |name: &str| root.all(name).first().map(|element| element.number("value")).transpose().map(Option::flatten);
    let scoring = match root.all("utility").first() {
        Some(utility) => rectangles(utility, &root, domain)?,
        None => sums(&root, domain, convention)?,
    };
    let name = root.all("objective").first().and_then(|objective| objective.attribute("name")).unwrap_or("").to_owned();
    let discount = value("discount_factor")?.filter(|discount| (0.0..=1.0).contains(discount)).unwrap_or(1.0);
    Ok(Profile {
        name,
        scoring: scoring.with_reservation(value("reservation")?.unwrap_or(0.0)).with_discount(discount),
    })
}

fn sums(root: &Element, domain: &Domain, convention: Convention) -> Result<Scoring, FormatFault> {
    let issues = issues(root)?;
    let weights = root.all("weight");
    let mut parts = rows(domain, |issue, option| {
        let element = matching(&issues, issue, domain)?;
        evaluation(element, &domain.issues()[issue].options, option)
    })?;
    for (issue, row) in parts.iter_mut().enumerate() {
        let element = matching(&issues, issue, domain)?;
        let index = place(element)?;
        let mut weight = None;
        for candidate in &weights {
            if place(candidate)? == index {
                weight = candidate.number("value")?;
            }
        }
        let weight = weight.ok_or_else(|| element.fault("its <weight> is missing"))?;
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_share = convention == Convention::Genius && kind(element) == "discrete";
        for value in row.iter_mut() {
            *value = match is_share {
                true if largest < 1e-5 => 0.0,
                true => weight * (*value / largest),
                false => weight * *value,
            };
        }
    }
    Ok(Scoring::additive(domain, parts)?)
}

/// The issue of a profile that is the domain's, by name, or by its place where names differ.
fn matching<'a>(issues: &[&'a Element], issue: usize, domain: &Domain) -> Result<&'a Element, FormatFault> {
    let name = &domain.issues()[issue].name;
    issues
        .iter()
        .find(|element| element.attribute("name") == Some(name))
        .or_else(|| issues.get(issue))
        .copied()
        .ok_or_else(|| FormatFault::Missing { what: format!("issue {name:?}") })
}

fn evaluation(element: &Element, options: &Options, option: usize) -> Result<f64, FormatFault> {
    if kind(element) == "discrete" {
        let wanted = options.label(option);
        let item = element.children("item").find(|item| item.attribute("value") == Some(&wanted));
        let item = item.ok_or_else(|| element.fault(&format!("option {wanted:?} is missing")))?;
        return item.number("evaluation")?.ok_or_else(|| item.fault("`evaluation` is missing"));
    }
    let number = options.number(option).ok_or_else(|| element.fault("its options aren't numbers in the domain"))?;
    let evaluator = element.children("evaluator").next().ok_or_else(|| element.fault("its <evaluator> is missing"))?;
    let setting = |names: [&str; 2]| -> Result<f64, FormatFault> {
        for name in names {
            if let Some(value) = evaluator.number(name)? {
                return Ok(value);
            }
        }
        Err(evaluator.fault(&format!("`{}` is missing", names[0])))
    };
    let value = match evaluator.attribute("ftype").unwrap_or("linear") {
        "constant" => setting(["parameter0", "offset"])?,
        "linear" => {
            // An integer's evaluation counts from its lower bound, a real one's from 0.
            let from = if kind(element) == "integer" { options.number(0).unwrap_or(0.0) } else { 0.0 };
            setting(["slope", "parameter1"])? * (number - from) + setting(["offset", "parameter0"])?
        }
        other => {
            return Err(
                evaluator.fault(&format!("evaluators of type {other:?} aren't supported: use linear or constant"))
            );
        }
    };
    Ok(value.clamp(0.0, 1.0))
}

fn rectangles(utility: &Element, root: &Element, domain: &Domain) -> Result<Scoring, FormatFault> {
    let most = utility.number("maxutility")?.filter(|most| *most > 0.0);
    let most = most.ok_or_else(|| utility.fault("`maxutility` must be there and above 0"))?;
    let places: Vec<i64> = issues(root)?.into_iter().map(place).collect::<Result<_, _>>()?;
    let (mut base, mut interactions) = (0.0, Vec::new());
    for function in utility.children("ufun") {
        add_function(function, 1.0, &places, domain, &mut base, &mut interactions)?;
    }
    Ok(Scoring::flat(domain).with_base(base).with_interactions(interactions)?.scaled(most, 1.0))
}

fn add_function(
    function: &Element,
    weight: f64,
    places: &[i64],
    domain: &Domain,
    base: &mut f64,
    interactions: &mut Vec<Interaction>,
) -> Result<(), FormatFault> {
    if !function.attribute("aggregation").unwrap_or("sum").eq_ignore_ascii_case("sum") {
        return Err(FormatFault::Unsupported {
            what: "only functions with aggregation=\"sum\" are supported".to_owned(),
        });
    }
    let weight = weight * function.number("weight")?.unwrap_or(1.0);
    for rectangle in function.children("hyperRectangle") {
        let amount = rectangle.number("utility")?.ok_or_else(|| rectangle.fault("`utility` is missing"))?;
        let amount = weight * amount * rectangle.number("weight")?.unwrap_or(1.0);
        let excludes: Vec<&Element> = rectangle.children("EXCLUDES").collect();
        let bounds = if excludes.is_empty() { rectangle.children("INCLUDES").collect() } else { excludes.clone() };
        let within = region(&bounds, places, domain)?;
        if excludes.is_empty() {
            interactions.push(Interaction { within, amount });
        } else {
            // What counts outside the rectangle counts everywhere but inside.
            *base += amount;
            interactions.push(Interaction { within, amount: -amount });
        }
    }
    for inner in function.children("ufun") {
        add_function(inner, weight, places, domain, base, interactions)?;
    }
    Ok(())
}

fn region(bounds: &[&Element], places: &[i64], domain: &Domain) -> Result<Vec<(usize, Vec<bool>)>, FormatFault> {
    let mut within: Vec<(usize, Vec<bool>)> = Vec::new();
    for bound in bounds {
        let index = place(bound)?;
        let issue = places.iter().position(|place| *place == index).filter(|issue| *issue < domain.issues().len());
        let issue = issue.ok_or_else(|| bound.fault(&format!("there is no issue {index}")))?;
        let limit = |name| bound.number(name)?.ok_or_else(|| bound.fault(&format!("`{name}` is missing")));
        let (least, most) = (limit("min")?, limit("max")?);
        let options = &domain.issues()[issue].options;
        let inside = (0..options.len()).map(|option| {
            let number = options.number(option).unwrap_or(option as f64);
            least <= number && number <= most
        });
        match within.iter_mut().find(|(other, _)| *other == issue) {
            Some((_, both)) => both.iter_mut().zip(inside).for_each(|(both, inside)| *both &= inside),
            None => within.push((issue, inside.collect())),
        }
    }
    Ok(within)
}

/// Writes a domain, or with values the utility space of one party. Values are written as evaluations under weights that
/// are each issue's largest value.
///
/// A scoring with interactions can't be written: the format has them for issues with whole numbers only.
pub fn write(domain: &Domain, scoring: Option<&Scoring>) -> Result<String, FormatFault> {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tag = if scoring.is_some() { "utility_space" } else { "negotiation_template" };
    let _ = writeln!(text, "<{tag}>");
    if scoring.is_none() {
        let _ = writeln!(text, "<utility_space number_of_issues=\"{}\">", domain.issues().len());
    }
    let name = escaped(domain.name());
    let _ = writeln!(
        text,
        "<objective index=\"0\" name=\"{name}\" description=\"\" type=\"objective\" etype=\"objective\">"
    );
    if scoring.is_some_and(|scoring| !scoring.is_additive() || scoring.base() != 0.0) {
        return Err(FormatFault::Unsupported {
            what: "GENIUS has no place for interactions between these issues: leave them out, or keep the product's own format"
                .to_owned(),
        });
    }
    for (place, issue) in domain.issues().iter().enumerate() {
        let (index, name) = (place + 1, escaped(&issue.name));
        let _ = writeln!(
            text,
            "<issue index=\"{index}\" name=\"{name}\" type=\"discrete\" etype=\"discrete\" vtype=\"discrete\">"
        );
        for option in 0..issue.options.len() {
            let value = escaped(&issue.options.label(option));
            let evaluation = scoring.map(|scoring| scoring.parts()[place][option]);
            if evaluation.is_some_and(|value| value < 0.0) {
                return Err(FormatFault::Unsupported {
                    what: format!(
                        "GENIUS has no values below 0, which issue {:?} has: raise them by the same amount",
                        issue.name
                    ),
                });
            }
            let evaluation = evaluation.map(|value| format!(" evaluation=\"{value}\"")).unwrap_or_default();
            let _ = writeln!(text, "<item index=\"{}\" value=\"{value}\"{evaluation}/>", option + 1);
        }
        let _ = writeln!(text, "</issue>");
    }
    if let Some(scoring) = scoring {
        for (place, row) in scoring.parts().iter().enumerate() {
            let weight = row.iter().copied().fold(0.0, f64::max);
            let _ = writeln!(text, "<weight index=\"{}\" value=\"{weight}\"/>", place + 1);
        }
    }
    let _ = writeln!(text, "</objective>");
    match scoring {
        Some(scoring) => {
            let reservation = if scoring.reservation.is_finite() { scoring.reservation } else { 0.0 };
            let _ = writeln!(
                text,
                "<discount_factor value=\"{}\"/>\n<reservation value=\"{reservation}\"/>",
                scoring.discount
            );
        }
        None => text.push_str("</utility_space>\n"),
    }
    let _ = writeln!(text, "</{tag}>");
    Ok(text)
}
