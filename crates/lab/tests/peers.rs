//! Held to what other programs compute. Their material lies beside the project and is no part of it: where it is missing
//! these tests say so and skip.

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not happen")]

use std::fs;
use std::path::{Path, PathBuf};

use bargain::domain::Domain;
use bargain::pareto::Pareto;
use bargain::pareto::points::{Convention, pick};
use bargain::scoring::Scoring;
use lab::format::{self, genius, geniusweb, negolog};
use lab::scenario::Scenario;
use serde_json::Value;

/// The folder with the material; `None`, said aloud, where it is missing.
fn peers() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/peers");
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("SKIPPED: the peers' material isn't beside this checkout");
        None
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn plays_every_golden_session_offer_for_offer() {
    let Some(folder) = peers() else { return };
    let goldens = json(&folder.join("sao_golden.json"));
    let goldens = goldens["golden"].as_array().unwrap();
    for golden in goldens {
        let scenario = Scenario::from_value(golden["scenario"].clone()).unwrap();
        let session = scenario.play().unwrap();
        let report = scenario.report(&session, true);
        let expected = &golden["expected"];
        let id = &golden["scenario"]["id"];
        for (offer, meant) in report["offers"].as_array().unwrap().iter().zip(expected["trace"].as_array().unwrap()) {
            assert_eq!(offer, meant, "{id}");
        }
        let parties: Vec<&Scoring> = scenario.parties.iter().map(|party| &party.scoring).collect();
        let pareto = Convention::Negmas.frontier(Pareto::of(&scenario.domain, &parties).unwrap(), &parties);
        let extremes: Vec<(f64, f64)> = parties.iter().map(|party| party.extremes().unwrap()).collect();
        let picked = pick(&pareto, &parties, &extremes, Convention::Negmas);
        let analysis = &golden["analysis"];
        let found: Vec<&Vec<f64>> = pareto.points.iter().map(|point| &point.values).collect();
        let meant = analysis["pareto"].as_array().unwrap();
        assert_eq!(found.len(), meant.len(), "{id}");
        for point in meant {
            assert!(found.iter().any(|found| near(found[0], &point[0]) && near(found[1], &point[1])), "{id}: {point}");
        }
        for (key, point) in [
            ("nash", picked.nash),
            ("kalai", picked.egalitarian),
            ("ks", picked.kalai_smorodinsky),
            ("max_welfare", picked.utilitarian),
        ] {
            let meant = analysis[key].as_array().unwrap().first();
            assert_eq!(point.is_some(), meant.is_some(), "{id}: {key}");
            if let (Some(point), Some(meant)) = (point, meant) {
                assert!(
                    (0..2).all(|party| near(point.values[party], &meant[party])),
                    "{id}: {key} {:?}, not {meant}",
                    point.values
                );
            }
        }
        for key in ["agreement", "step", "timedout", "broken", "utilities", "n_offers"] {
            assert_eq!(report[key], expected[key], "{id}: {key}");
        }
    }
    assert!(goldens.len() >= 8, "the material has {} goldens", goldens.len());
}

fn text(path: &Path) -> String {
    format::text(&fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

/// Whether two numbers are the same but for the last digits of a sum in another order.
fn near(a: f64, b: &Value) -> bool {
    (a - b.as_f64().unwrap()).abs() < 1e-9
}

/// A domain's figures against what was published of them.
fn check(name: &str, domain: &Domain, scorings: &[Scoring], convention: Convention, meant: &Value) {
    let parties: Vec<&Scoring> = scorings.iter().collect();
    assert_eq!(Value::from(domain.outcomes() as u64), meant["outcomes"], "{name}");
    let pareto = convention.frontier(Pareto::of(domain, &parties).unwrap(), &parties);
    let count = meant.get("pareto_count").or(meant.get("pareto_count_exact")).unwrap();
    assert_eq!(&Value::from(pareto.points.len()), count, "{name}");
    let extremes: Vec<(f64, f64)> = parties.iter().map(|party| party.extremes().unwrap()).collect();
    let picked = pick(&pareto, &parties, &extremes, convention);
    let point = |key: &str, at: Option<&bargain::pareto::Point>| {
        if let Some(meant) = meant.get(key) {
            let values = &at.unwrap().values;
            assert!((0..2).all(|party| near(values[party], &meant[party])), "{name}: {key} {values:?}, not {meant}");
        }
    };
    point("nash", picked.nash);
    point("spec_nash", picked.nash);
    point("egalitarian", picked.egalitarian);
    point("genius_ks", picked.kalai_smorodinsky);
    assert!(near(picked.utilitarian.unwrap().values.iter().sum(), &meant["max_welfare"]), "{name}");
    for (party, extreme) in extremes.iter().enumerate() {
        if let (Some(max), Some(min)) = (meant.get("max_utility"), meant.get("min_utility")) {
            assert!(near(extreme.0, &max[party]) && near(extreme.1, &min[party]), "{name}: {extreme:?}");
        }
    }
}

#[test]
fn every_genius_domain_has_the_published_figures() {
    let Some(folder) = peers() else { return };
    for meant in json(&folder.join("conformance.json"))["genius"].as_array().unwrap() {
        let name = meant["scenario"].as_str().unwrap();
        let at = folder.join("domains/genius").join(name.replace('/', "_"));
        let file = |key: &Value| text(&at.join(key.as_str().unwrap()));
        let domain = genius::domain(&file(&meant["domain_file"])).unwrap();
        let profiles = meant["profiles"].as_array().unwrap().iter();
        let scorings = profiles.map(|p| genius::profile(&file(p), &domain, Convention::Genius).unwrap().scoring);
        check(name, &domain, &scorings.collect::<Vec<_>>(), Convention::Genius, meant);
    }
}

#[test]
fn every_negolog_domain_has_the_published_figures() {
    let Some(folder) = peers() else { return };
    for meant in json(&folder.join("conformance.json"))["negolog"].as_array().unwrap() {
        let name = meant["domain"].as_str().unwrap();
        let at = folder.join("domains/negolog").join(name.to_lowercase());
        let texts = ["profileA.json", "profileB.json"].map(|file| text(&at.join(file)));
        let domain = negolog::domain(&texts[0]).unwrap();
        let scorings = texts.map(|text| negolog::profile(&text, &domain).unwrap().scoring);
        check(name, &domain, &scorings, Convention::Negolog, meant);
    }
}

#[test]
fn every_frontier_of_rectangles_is_the_shipped_one() {
    let Some(folder) = peers() else { return };
    for entry in fs::read_dir(folder.join("domains/genius_nonlinear")).unwrap() {
        let at = entry.unwrap().path();
        let profiles = ["profile-1.xml", "profile-2.xml"].map(|file| text(&at.join(file)));
        let domain = genius::domain(&profiles[0]).unwrap();
        let scorings = profiles.map(|text| genius::profile(&text, &domain, Convention::Genius).unwrap().scoring);
        let pareto = Pareto::of(&domain, &[&scorings[0], &scorings[1]]).unwrap();
        let mut found: Vec<[f64; 2]> = pareto.points.iter().map(|point| [point.values[0], point.values[1]]).collect();
        found.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let shipped = text(&at.join("pareto.xml"));
        let shipped: Vec<Vec<f64>> = shipped
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.split(',').map(|number| number.trim().parse().unwrap()).collect())
            .collect();
        assert_eq!(found.len(), shipped.len(), "{}: {found:?}", at.display());
        for (found, shipped) in found.iter().zip(&shipped) {
            // The shipped figures have seven digits.
            assert!((0..2).all(|party| (found[party] - shipped[party]).abs() < 1e-6), "{found:?}, not {shipped:?}");
        }
    }
}

#[test]
fn every_other_domain_can_be_read() {
    let Some(folder) = peers() else { return };
    for name in ["fitness", "flightbooking", "japantrip", "party"] {
        let at = fs::read_dir(folder.join("domains/geniusweb")).unwrap().map(|entry| entry.unwrap().path());
        let at = at.into_iter().find(|path| path.join(format!("{name}.json")).exists()).unwrap();
        let domain = geniusweb::domain(&text(&at.join(format!("{name}.json")))).unwrap();
        for number in 1..=2 {
            let profile = geniusweb::profile(&text(&at.join(format!("{name}{number}.json"))), &domain).unwrap();
            let (best, _) = profile.scoring.extremes().unwrap();
            assert!(profile.scoring.reservation < best && best <= 1.0 + 1e-9, "{name}{number}: {best}");
        }
    }
    for (name, domain, profiles) in
        [("anac_y2015_group1-university", "University.xml", 9), ("genius10.4_partydomain", "party_domain.xml", 17)]
    {
        let at = folder.join("domains/genius").join(name);
        let domain_text = text(&at.join(domain));
        let parsed = genius::domain(&domain_text).unwrap();
        let mut read = 0;
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|file| file != domain) {
                genius::profile(&text(&path), &parsed, Convention::Genius).unwrap();
                read += 1;
            }
        }
        assert_eq!(read, profiles, "{name}");
    }
}
