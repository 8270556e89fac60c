//! GENIUS XML: domains, and utility spaces that are sums over the issues or over hyper-rectangles.
//!
//! An option is worth its evaluation as a share of the largest on its issue, times the issue's weight; NegMAS reads the
//! same file as weight times evaluation. GENIUS stops a sum of weights above 1 at 1; this does so for hyper-rectangles only,
//! as the published figures do. NegMAS stops nothing.

mod write;

use std::collections::{HashMap, HashSet};

pub use write::write;

use super::xml::{self, Element};
use super::{FormatFault, Profile};
use bargain::domain::{Domain, Issue, Options, short};
use bargain::pareto::points::Convention;
use bargain::scoring::{Interaction, Scoring};

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

/// The issues by their index, which need not be the order of the text; one without stands where it is written.
fn issues(root: &Element) -> Result<Vec<&Element>, FormatFault> {
    let placed = |(at, issue): (usize, _)| place(issue).map(|place| (place.unwrap_or(at as i64 + 1), issue));
    let mut issues =
        root.all("issue").into_iter().enumerate().map(placed).collect::<Result<Vec<(i64, &Element)>, _>>()?;
    if issues.is_empty() {
        return Err(FormatFault::Missing { what: "every <issue>".to_owned() });
    }
    issues.sort_by_key(|(place, _)| *place);
    Ok(issues.into_iter().map(|(_, issue)| issue).collect())
}

fn place(element: &Element) -> Result<Option<i64>, FormatFault> {
    element.whole("index")
}

fn kind(issue: &Element) -> &str {
    ["vtype", "etype", "type"].iter().find_map(|name| issue.attribute(name)).unwrap_or("discrete")
}

fn issue(element: &Element) -> Result<Issue, FormatFault> {
    let name = element.attribute("name").ok_or_else(|| element.fault("`name` is missing"))?.to_owned();
    let options = match kind(element) {
        "discrete" => {
            // An option that is there twice is one.
            let mut seen = HashSet::new();
            let labels = element.children("item").map(label).collect::<Result<Vec<&str>, _>>()?;
            Options::Named(labels.into_iter().filter(|label| seen.insert(*label)).map(str::to_owned).collect())
        }
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
            return Err(element
                .fault(&format!("issues of type {:?} aren't known: use discrete, integer or real", short(other))));
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
        Some(utility) => rectangles(utility, &root, domain, convention)?,
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
    let by_name: HashMap<&str, &Element> =
        issues.iter().rev().filter_map(|issue| Some((issue.attribute("name")?, *issue))).collect();
    let mut weights = Weights::of(root)?;
    let mut parts = Vec::with_capacity(domain.issues().len());
    for (at, issue) in domain.issues().iter().enumerate() {
        // By name, or by its place where names differ.
        let element = by_name.get(issue.name.as_str()).or_else(|| issues.get(at)).copied();
        let element =
            element.ok_or_else(|| FormatFault::Missing { what: format!("issue {:?}", short(&issue.name)) })?;
        let values = evaluations(element, &issue.options, convention)?;
        let weight = match weights.take(place(element)?.unwrap_or(at as i64 + 1)) {
            Some(weight) => weight,
            // NegMAS counts an issue without a weight in full.
            None if convention == Convention::Negmas => 1.0,
            None => return Err(element.fault("its <weight> is missing")),
        };
        let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_share = convention == Convention::Genius && kind(element) == "discrete";
        let part = |value: f64| match is_share {
            true if largest < 1e-5 => 0.0,
            true => weight * (value / largest),
            false => weight * value,
        };
        parts.push(values.into_iter().map(part).collect());
    }
    Ok(Scoring::additive(domain, parts)?)
}

/// Weights by the index of their issue. Where several share an index they are taken in the order of the text, the last again
/// for those that are left.
struct Weights(HashMap<i64, Vec<f64>>);

impl Weights {
    fn of(root: &Element) -> Result<Self, FormatFault> {
        let mut weights: HashMap<i64, Vec<f64>> = HashMap::new();
        for (at, weight) in root.all("weight").into_iter().enumerate() {
            if let Some(value) = weight.number("value")? {
                weights.entry(place(weight)?.unwrap_or(at as i64 + 1)).or_default().push(value);
            }
        }
        weights.values_mut().for_each(|same| same.reverse());
        Ok(Self(weights))
    }

    fn take(&mut self, index: i64) -> Option<f64> {
        let same = self.0.get_mut(&index)?;
        if same.len() > 1 { same.pop() } else { same.last().copied() }
    }
}

/// What each option of an issue is worth before its weight.
fn evaluations(element: &Element, options: &Options, convention: Convention) -> Result<Vec<f64>, FormatFault> {
    if kind(element) != "discrete" {
        let evaluator = Evaluator::of(element, options, convention)?;
        let number =
            |option| options.number(option).ok_or_else(|| element.fault("its options aren't numbers in the domain"));
        return (0..options.len()).map(|option| Ok(evaluator.at(number(option)?))).collect();
    }
    // Of an option that is there twice the last counts.
    let items: HashMap<&str, &Element> =
        element.children("item").filter_map(|item| Some((item.attribute("value")?, item))).collect();
    let value = |option| {
        let wanted = options.label(option);
        let item = items.get(wanted.as_str());
        let item = item.ok_or_else(|| element.fault(&format!("option {:?} is missing", short(&wanted))))?;
        item.number("evaluation")?.ok_or_else(|| item.fault("`evaluation` is missing"))
    };
    (0..options.len()).map(value).collect()
}

/// What a number is worth: a straight line, to GENIUS within 0 and 1 and to NegMAS however far.
struct Evaluator {
    from: f64,
    slope: f64,
    offset: f64,
    within: [f64; 2],
}

impl Evaluator {
    fn of(element: &Element, options: &Options, convention: Convention) -> Result<Self, FormatFault> {
        let evaluator =
            element.children("evaluator").next().ok_or_else(|| element.fault("its <evaluator> is missing"))?;
        let setting = |names: [&str; 2]| -> Result<f64, FormatFault> {
            for name in names {
                if let Some(value) = evaluator.number(name)? {
                    return Ok(value);
                }
            }
            Err(evaluator.fault(&format!("`{}` is missing", names[0])))
        };
        let within = match convention {
            Convention::Negmas => [f64::MIN, f64::MAX],
            Convention::Genius | Convention::Negolog => [0.0, 1.0],
        };
        match evaluator.attribute("ftype").unwrap_or("linear") {
            "constant" => Ok(Self { from: 0.0, slope: 0.0, offset: setting(["parameter0", "offset"])?, within }),
            "linear" => {
                // In GENIUS an integer's evaluation counts from its lower bound, a real one's from 0; in NegMAS both from 0.
                let from_least = kind(element) == "integer" && convention != Convention::Negmas;
                let from = if from_least { options.number(0).unwrap_or(0.0) } else { 0.0 };
                let (slope, offset) = (setting(["slope", "parameter1"])?, setting(["offset", "parameter0"])?);
                Ok(Self { from, slope, offset, within })
            }
            other => Err(evaluator
                .fault(&format!("evaluators of type {:?} aren't supported: use linear or constant", short(other)))),
        }
    }

    fn at(&self, number: f64) -> f64 {
        (self.slope * (number - self.from) + self.offset).clamp(self.within[0], self.within[1])
    }
}

fn rectangles(
    utility: &Element,
    root: &Element,
    domain: &Domain,
    convention: Convention,
) -> Result<Scoring, FormatFault> {
    let most = utility.number("maxutility")?.filter(|most| *most > 0.0);
    let most = most.ok_or_else(|| utility.fault("`maxutility` must be there and above 0"))?;
    let place = |(at, issue): (usize, &Element)| Ok(place(issue)?.unwrap_or(at as i64 + 1));
    let places = issues(root)?.into_iter().enumerate().map(place).collect::<Result<Vec<i64>, FormatFault>>()?;
    let (mut base, mut interactions) = (0.0, Vec::new());
    let mut room = MOST_BOUNDED;
    for function in utility.children("ufun") {
        add_function(function, 1.0, &places, domain, &mut base, &mut interactions, &mut room)?;
    }
    let scoring = Scoring::flat(domain).with_base(base).with_interactions(interactions)?;
    Ok(match convention {
        // NegMAS adds utilities up as they are written.
        Convention::Negmas => scoring,
        Convention::Genius | Convention::Negolog => scoring.scaled(most, 1.0),
    })
}

/// Options within the bounds of all hyper-rectangles at most: each takes a byte.
const MOST_BOUNDED: usize = 50_000_000;

fn add_function(
    function: &Element,
    weight: f64,
    places: &[i64],
    domain: &Domain,
    base: &mut f64,
    interactions: &mut Vec<Interaction>,
    room: &mut usize,
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
        let bounded: usize = within.iter().map(|(_, options)| options.len()).sum();
        *room = room.checked_sub(bounded).ok_or_else(|| rectangle.fault("the hyper-rectangles are too many"))?;
        if excludes.is_empty() {
            interactions.push(Interaction { within, amount });
        } else {
            // What counts outside the rectangle counts everywhere but inside.
            *base += amount;
            interactions.push(Interaction { within, amount: -amount });
        }
    }
    for inner in function.children("ufun") {
        add_function(inner, weight, places, domain, base, interactions, room)?;
    }
    Ok(())
}

fn region(bounds: &[&Element], places: &[i64], domain: &Domain) -> Result<Vec<(usize, Vec<bool>)>, FormatFault> {
    let mut within: Vec<(usize, Vec<bool>)> = Vec::new();
    for bound in bounds {
        let index = place(bound)?.ok_or_else(|| bound.fault("`index` is missing"))?;
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
