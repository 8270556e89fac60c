//! Formats read and written against a house sale made for these tests, hostile files among them.

use super::*;
use crate::domain::Issue;
use crate::pareto::points::Convention;

/// A house sale: written for these tests.
const DOMAIN: &str = r#"
<!-- written by hand -->
<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="house" type="objective">
  <issue index="2" name="days" etype="integer" lowerbound="10" upperbound="12"/>
  <issue index="1" name="paint" etype="discrete"><item index="1" value="red &amp; blue"/><item index="2" value="white"/></issue>
</objective></utility_space></negotiation_template>"#;

const PROFILE: &str = r#"<utility_space><objective index="0" name="house" type="objective">
  <issue index="1" name="paint" etype="discrete">
    <item index="2" value="white" evaluation="4"/><item index="1" value="red &amp; blue" evaluation="1"/></issue>
  <issue index="2" name="days" etype="integer" lowerbound="10" upperbound="12"><evaluator ftype="linear" slope="0.5" offset="0"/></issue>
  <weight index="2" value="0.25"/><weight index="1" value="0.75"/>
</objective><discount_factor value="0.9"/><reservation value="0.2"/></utility_space>"#;

#[test]
fn reads_genius_by_index_and_by_name() {
    let domain = genius::domain(DOMAIN).unwrap();
    assert_eq!(domain.issues()[0], Issue::named("paint", ["red & blue", "white"]));
    assert_eq!(domain.issues()[1].options.label(2), "12");
    let genius = genius::profile(PROFILE, &domain, Convention::Genius).unwrap().scoring;
    assert_eq!(genius.parts(), [vec![0.1875, 0.75], vec![0.0, 0.125, 0.25]]);
    assert_eq!((genius.reservation, genius.discount), (0.2, 0.9));
    let negmas = genius::profile(PROFILE, &domain, Convention::Negmas).unwrap().scoring;
    assert_eq!(negmas.parts()[0], [0.75, 3.0]);
}

#[test]
fn what_is_excluded_counts_everywhere_else() {
    let text = r#"<utility_space type="nonlinear"><objective index="0" name="n">
      <issue index="1" name="a" type="integer" lowerbound="0" upperbound="9"/>
      <issue index="2" name="b" type="integer" lowerbound="0" upperbound="9"/>
      <utility maxutility="100"><ufun type="PlainUfun" weight="1" aggregation="sum">
        <hyperRectangle utility="30"><INCLUDES index="1" min="2" max="4"/><INCLUDES index="2" min="0" max="5"/></hyperRectangle>
        <hyperRectangle utility="50"><EXCLUDES index="1" min="3" max="9"/><EXCLUDES index="2" min="3" max="9"/></hyperRectangle>
      </ufun></utility></objective></utility_space>"#;
    let domain = genius::domain(text).unwrap();
    let scoring = genius::profile(text, &domain, Convention::Genius).unwrap().scoring;
    let value = |a, b| scoring.value(&[a, b]);
    // In the first rectangle and outside the second; in both; in neither but outside the second; inside the second only.
    assert_eq!([value(2, 0), value(3, 3), value(0, 9), value(9, 9)], [0.8, 0.3, 0.5, 0.0]);
}

#[test]
fn refuses_hostile_xml() {
    let refused = |text: &str| genius::domain(text).unwrap_err().to_string();
    let bomb =
        r#"<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><utility_space>&lol2;</utility_space>"#;
    assert!(refused(bomb).contains("document type"), "{}", refused(bomb));
    assert!(refused(&"<a>".repeat(100)).contains("64 deep"));
    assert!(refused("<a b='&lol;'/>").contains("lol"), "{}", refused("<a b='&lol;'/>"));
    assert!(refused(&format!("<a>{}</a>", "<b/>".repeat(1_000_001))).contains("1000000 elements"));
    assert!(refused("<a>").contains("ends before"));
    assert!(refused("").contains("ends before"));
    assert_eq!(text(&vec![b' '; MOST_BYTES + 1]), Err(FormatFault::TooLong));
}

#[test]
fn errors_name_the_place() {
    let domain = genius::domain(DOMAIN).unwrap();
    let fault = |from: &str, to: &str| {
        genius::profile(&PROFILE.replace(from, to), &domain, Convention::Genius).unwrap_err().to_string()
    };
    assert_eq!(fault("evaluation=\"4\"", "evaluation=\"x\""), "<item> \"2\": `evaluation` must be a number");
    assert_eq!(fault("<weight index=\"2\" value=\"0.25\"/>", ""), "<issue> \"days\": its <weight> is missing");
    assert_eq!(fault("value=\"white\"", "value=\"grey\""), "<issue> \"paint\": option \"white\" is missing");
}

/// A domain and values that every format can hold.
fn plain() -> (Domain, Scoring) {
    let issues = vec![Issue::named("price <€>", ["1", "2"]), Issue::named("days", ["30", "60", "90"])];
    let domain = Domain::new("d", issues).unwrap();
    let scoring = Scoring::additive(&domain, vec![vec![0.0, 0.6], vec![0.4, 0.1, 0.0]]).unwrap().with_reservation(0.3);
    (domain, scoring)
}

#[test]
fn what_is_written_reads_back() {
    let (domain, scoring) = plain();
    let xml = genius::write(&domain, None).unwrap();
    assert_eq!(genius::domain(&xml).unwrap(), domain);
    let xml = genius::write(&domain, Some(&scoring)).unwrap();
    assert_eq!(genius::profile(&xml, &domain, Convention::Genius).unwrap().scoring, scoring);

    let json = negolog::write(&domain, &scoring).unwrap();
    assert_eq!(negolog::domain(&json).unwrap().issues(), domain.issues());
    assert_eq!(negolog::profile(&json, &domain).unwrap().scoring, scoring);

    assert_eq!(geniusweb::domain(&geniusweb::write_domain(&domain)).unwrap(), domain);
    let profile = Profile { name: "p".into(), scoring };
    let json = geniusweb::write_profile(&domain, &profile).unwrap();
    let back = geniusweb::profile(&json, &domain).unwrap();
    assert_eq!(back.scoring.parts(), profile.scoring.parts());
    assert_eq!([detect(&xml), detect(&json)], [Some(Format::Genius), Some(Format::Geniusweb)]);
}

#[test]
fn what_a_format_cannot_hold_is_said() {
    let (domain, _) = plain();
    let breaker = Scoring::additive(&domain, vec![vec![f64::NEG_INFINITY, 1.0], vec![0.0; 3]]).unwrap();
    assert!(genius::write(&domain, Some(&breaker)).unwrap_err().to_string().contains("below 0"));
    assert!(negolog::write(&domain, &breaker).unwrap_err().to_string().contains("deal-breakers"));
}
