//! Formats read and written against a house sale made for these tests, hostile files among them.

use super::*;
use bargain::domain::{Domain, Issue};
use bargain::pareto::points::Convention;

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
    // An entity that nobody declared stands for nothing and grows to nothing.
    assert!(refused("<a b='&lol;'/>").contains("<issue>"), "{}", refused("<a b='&lol;'/>"));
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

#[test]
fn what_is_not_escaped_stays_as_it_is_written() {
    let domain =
        genius::domain(&DOMAIN.replace("white", "all to two(farmer & mun.)").replace("red &amp; blue", "caf&eacute;"));
    assert_eq!(domain.unwrap().issues()[0], Issue::named("paint", ["caf&eacute;", "all to two(farmer & mun.)"]));
    assert!(genius::domain(&DOMAIN.replace("<objective", "R & D <objective")).is_ok());
}

#[test]
fn a_convention_is_followed_where_a_file_is_incomplete() {
    let domain = genius::domain(DOMAIN).unwrap();
    let parts = |text: &str, convention| {
        genius::profile(text, &domain, convention).map(|profile| profile.scoring.parts().to_vec())
    };
    let without = PROFILE.replace("<weight index=\"2\" value=\"0.25\"/>", "");
    assert!(parts(&without, Convention::Genius).is_err());
    // From 0 on and however far, by a weight of 1: so NegMAS reads it.
    assert_eq!(parts(&without, Convention::Negmas).unwrap()[1], [5.0, 5.5, 6.0]);
    let gentle = PROFILE.replace("slope=\"0.5\"", "slope=\"0.05\"");
    let halves = parts(&gentle, Convention::Negmas).unwrap();
    assert!((halves[1][0] - 0.125).abs() < 1e-12 && (halves[1][2] - 0.15).abs() < 1e-12, "{halves:?}");
    let twice =
        PROFILE.replace("</issue>\n  <issue", "<item index=\"3\" value=\"white\" evaluation=\"2\"/></issue>\n  <issue");
    assert_eq!(parts(&twice, Convention::Negmas).unwrap()[0], [0.75, 1.5]);
    let doubled = DOMAIN.replace(
        "<item index=\"2\" value=\"white\"/>",
        "<item index=\"2\" value=\"white\"/><item index=\"3\" value=\"white\"/>",
    );
    assert_eq!(genius::domain(&doubled).unwrap(), domain);
    // Two issues of one index: weights are taken in the order of the text.
    let one_index = PROFILE
        .replace("index=\"2\" name=\"days\"", "index=\"1\" name=\"days\"")
        .replace("<weight index=\"2\"", "<weight index=\"1\"");
    let swapped = parts(&one_index, Convention::Genius).unwrap();
    assert_eq!((swapped[0][1], swapped[1][2]), (0.25, 0.75));
}

#[test]
fn encodings_are_told_apart() {
    let wide = |text: &str, pair: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(pair).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{DOMAIN}");
    for bytes in [
        wide(&marked, u16::to_le_bytes),
        wide(&marked, u16::to_be_bytes),
        wide(DOMAIN, u16::to_le_bytes),
        marked.into_bytes(),
    ] {
        assert_eq!(text(&bytes).unwrap(), DOMAIN);
    }
    assert_eq!(text(b"caf\xe9").unwrap(), "caf\u{e9}");
}

/// Files of many options are read in a moment: once each took the square of their number.
#[test]
fn many_options_are_read_soon_and_faults_quote_little() {
    let begun = std::time::Instant::now();
    let options = 60_000;
    let json = |value: &dyn Fn(usize) -> String| {
        let values: Vec<String> = (0..options).map(|option| format!("\"v{option}\": {}", value(option))).collect();
        format!(
            "{{\"reservationValue\": null, \"issueWeights\": {{\"a\": 1.0}}, \"issues\": {{\"a\": {{{}}}}}}}",
            values.join(",")
        )
    };
    let text = json(&|option| option.to_string());
    let domain = negolog::domain(&text).unwrap();
    assert_eq!(negolog::profile(&text, &domain).unwrap().scoring.parts()[0].len(), options);
    let items: String =
        (0..options).map(|o| format!("<item index=\"{o}\" value=\"v{o}\" evaluation=\"{o}\"/>")).collect();
    let xml = format!(
        "<utility_space><objective index=\"0\" name=\"o\"><issue index=\"1\" name=\"a\" type=\"discrete\">{items}</issue><weight index=\"1\" value=\"1\"/></objective></utility_space>"
    );
    assert_eq!(genius::profile(&xml, &domain, Convention::Genius).unwrap().scoring.parts()[0].len(), options);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    let long = xml.replace("value=\"v7\"", &format!("value=\"{}\"", "x".repeat(1_000_000)));
    let fault = genius::profile(&xml, &genius::domain(&long).unwrap(), Convention::Genius).unwrap_err().to_string();
    assert!(fault.len() < 300 && fault.contains("xxx"), "{} bytes", fault.len());
    let crowd: String = (0..2_000)
        .map(|i| format!("<issue index=\"{i}\" name=\"{i}\" type=\"discrete\"><item value=\"x\"/></issue>"))
        .collect();
    assert!(genius::domain(&format!("<a>{crowd}</a>")).unwrap_err().to_string().contains("1000 issues"));
}

#[test]
fn hyper_rectangles_read_back_as_they_came() {
    let text = r#"<utility_space type="nonlinear"><objective index="0" name="n">
      <issue index="1" name="a" type="integer" lowerbound="0" upperbound="9"/>
      <issue index="2" name="b" type="integer" lowerbound="1" upperbound="5"/>
      <utility maxutility="100"><ufun type="PlainUfun" weight="1" aggregation="sum">
        <hyperRectangle utility="30"><INCLUDES index="1" min="2" max="4"/><INCLUDES index="2" min="1" max="3"/></hyperRectangle>
        <hyperRectangle utility="50"><EXCLUDES index="1" min="3" max="9"/></hyperRectangle>
        <hyperRectangle utility="-7"><INCLUDES index="2" min="5" max="5"/></hyperRectangle>
      </ufun></utility></objective><reservation value="0.1"/></utility_space>"#;
    let domain = genius::domain(text).unwrap();
    let scoring = genius::profile(text, &domain, Convention::Genius).unwrap().scoring;
    let written = genius::write(&domain, Some(&scoring)).unwrap();
    assert!(
        written.contains("<EXCLUDES index=\"1\" min=\"3\" max=\"9\"/>") && written.contains("utility=\"-7\""),
        "{written}"
    );
    assert_eq!(genius::domain(&written).unwrap(), domain);
    assert_eq!(genius::domain(&genius::write(&domain, None).unwrap()).unwrap(), domain);
    assert_eq!(genius::profile(&written, &domain, Convention::Genius).unwrap().scoring, scoring);
}

#[test]
fn every_format_reads_back_what_it_writes() {
    let (domain, scoring) = plain();
    let profile = Profile { name: "p".into(), scoring };
    for &format in Format::ALL {
        let text = format.write(&domain, &profile).unwrap();
        let back = format.profile(&text, &domain, Convention::Genius).unwrap_or_else(|why| panic!("{format:?}: {why}"));
        assert_eq!(back.scoring.parts(), profile.scoring.parts(), "{format:?}");
        assert_eq!(detect(&text), Some(format));
    }
}

/// NegMAS clamps no number of a sum; GENIUS keeps what a number is worth within 0 and 1.
#[test]
fn a_convention_clamps_what_its_program_clamps() {
    let domain = genius::domain(DOMAIN).unwrap();
    let days = |line: &str, convention| {
        let text = PROFILE.replace("slope=\"0.5\" offset=\"0\"", line);
        genius::profile(&text, &domain, convention).unwrap().scoring.parts()[1].clone()
    };
    let falling = "slope=\"-0.25\" offset=\"3\"";
    assert_eq!(days(falling, Convention::Negmas), [0.125, 0.0625, 0.0]);
    assert_eq!(days("slope=\"-1\" offset=\"3\"", Convention::Negmas), [-1.75, -2.0, -2.25]);
    assert_eq!(days("slope=\"-1\" offset=\"1\"", Convention::Genius), [0.25, 0.0, 0.0]);
    assert_eq!(days("slope=\"1\" offset=\"3\"", Convention::Genius), [0.25, 0.25, 0.25]);
}

/// As NegMAS 0.16.0 writes it: a table, straight lines, an issue of real numbers with its levels.
#[test]
fn a_scenario_folder_of_negmas_is_read_and_written() {
    let space = "issues:\n- name: colour\n  type: CategoricalIssue\n  values:\n  - a\n  - b\n- name: days\n  type: ContiguousIssue\n  \
                 values:\n  - 1\n  - 3\n- n_levels: 3\n  name: share\n  type: ContinuousIssue\n  values:\n  - 0.0\n  - 1.0\n- name: \
                 nums\n  type: DiscreteCardinalIssue\n  values:\n  - 1\n  - 5\nname: dom\npath: null\ntype: CartesianOutcomeSpace\n";
    let party = "name: u1\nreserved_value: -.inf\ntype: LinearAdditiveUtilityFunction\nvalues:\n- mapping:\n    a: 0\n    b: 1\n  \
                 type: TableFun\n- bias: 1.0\n  slope: -0.25\n  type: AffineFun\n- slope: 1.0\n  type: LinearFun\n- mapping:\n    1: 3\n    \
                 5: 0\n  type: TableFun\nweights:\n- 0.5\n- 1\n- 0.5\n- 2\n";
    assert_eq!((detect(space), detect(party)), (Some(Format::Negmas), Some(Format::Negmas)));
    assert!(negmas::is_domain(space) && negmas::is_profile(party) && !negmas::is_profile(space));
    let domain = Format::Negmas.domain(space).unwrap();
    assert_eq!(domain.sizes(), [2, 3, 3, 2]);
    let profile = Format::Negmas.profile(party, &domain, Convention::Negmas).unwrap();
    let rows = [vec![0.0, 0.5], vec![0.75, 0.5, 0.25], vec![0.0, 0.25, 0.5], vec![6.0, 0.0]];
    assert_eq!((profile.name.as_str(), profile.scoring.parts()), ("u1", &rows[..]));
    assert_eq!(profile.scoring.reservation, f64::NEG_INFINITY);
    for text in [negmas::Text::Yaml, negmas::Text::Json] {
        let written = negmas::write_domain(&domain, text);
        let again = negmas::domain(&written).unwrap();
        assert_eq!(again.sizes(), domain.sizes(), "{written}");
        let based = Profile { scoring: profile.scoring.clone().with_base(0.25), ..profile.clone() };
        let written = negmas::write_profile(&domain, &based, text).unwrap();
        let read = negmas::profile(&written, &again).unwrap();
        assert_eq!(read.scoring.value(&[1, 2, 0, 1]), based.scoring.value(&[1, 2, 0, 1]), "{written}");
        assert_eq!(read.scoring.reservation, f64::NEG_INFINITY, "{written}");
    }
    let indented = party.lines().map(|line| format!("  {line}\n")).collect::<String>();
    let discounted = format!("discount: 0.9\nname: d\ntype: ExpDiscountedUFun\nufun:\n{indented}");
    let read = negmas::profile(&discounted, &domain).unwrap();
    assert_eq!((read.scoring.discount, read.name.as_str()), (0.9, "d"));
    let refused = |text: &str| negmas::profile(text, &domain).unwrap_err().to_string();
    assert!(refused("type: MappingUtilityFunction\nmapping: {}\n").contains("isn't supported"));
    assert!(refused(&party.replace("    b: 1\n", "")).contains("option \"b\" of issue \"colour\" is missing"));
    assert!(refused(&party.replace("- 2\n", "")).contains("4 are expected"));
}
