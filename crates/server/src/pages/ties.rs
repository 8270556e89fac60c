//! Who knows whom, tier by tier: as a picture, and in words.

use maud::{Markup, html};
use visits::{Row, Strength, Tie, TieMap};

/// Height of a line of the picture.
const LINE: usize = 26;
/// Space above each tier.
const HEAD: usize = 22;
/// Where our names end and theirs begin, and the width of all.
const OURS: usize = 170;
const THEIRS: usize = 310;
const WIDTH: usize = 480;

/// The map, or what is missing for one.
pub(super) fn map(map: &TieMap) -> Markup {
    let anybody = map.rows.iter().any(|row| !row.theirs.is_empty());
    html! {
        @if anybody { figure { (picture(map)) (gaps(map)) (words(map)) } }
        @else { p.quiet { "Nobody of theirs is written down yet. Their page takes names, and who of yours knows them." } }
    }
}

fn gaps(map: &TieMap) -> Markup {
    let gaps = map.gaps();
    html! {
        figcaption {
            @if gaps.is_empty() { "Yours on the left, theirs on the right. Somebody of yours has met every level of theirs within a year." }
            @else { "Yours on the left, theirs on the right. Nobody of yours has met their " b { (gaps.iter().map(|tier| tier.words()).collect::<Vec<_>>().join(", ")) } " within a year." }
        }
    }
}

/// Where everybody is drawn.
struct Places {
    ours: Vec<(String, usize)>,
    theirs: Vec<(String, usize)>,
    tiers: Vec<(usize, usize)>,
    height: usize,
}

fn places(map: &TieMap) -> Places {
    let mut places = Places { ours: Vec::new(), theirs: Vec::new(), tiers: Vec::new(), height: 0 };
    // Those of ours who know somebody, but of whom nobody wrote how high they stand, come last.
    let placed = |name: &str| map.rows.iter().any(|row| row.ours.iter().any(|ours| ours == name));
    let mut unplaced: Vec<&str> =
        map.rows.iter().flat_map(|row| &row.ties).map(|tie| tie.ours.as_str()).filter(|name| !placed(name)).collect();
    unplaced.sort_unstable();
    unplaced.dedup();
    for row in &map.rows {
        let top = places.height + HEAD;
        for (index, name) in row.ours.iter().enumerate() {
            places.ours.push((name.clone(), top + index * LINE + LINE / 2));
        }
        for (index, person) in row.theirs.iter().enumerate() {
            places.theirs.push((person.name.clone(), top + index * LINE + LINE / 2));
        }
        places.tiers.push((places.height, row.ours.len().max(row.theirs.len())));
        places.height = top + row.ours.len().max(row.theirs.len()) * LINE;
    }
    for name in unplaced {
        places.ours.push((name.to_owned(), places.height + LINE / 2));
        places.height += LINE;
    }
    places
}

fn picture(map: &TieMap) -> Markup {
    let places = places(map);
    let view = format!("0 0 {WIDTH} {}", places.height + 6);
    let at = |people: &[(String, usize)], name: &str| {
        people.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim())).map(|&(_, y)| y)
    };
    html! {
        svg.ties viewBox=(view) role="img" aria-label="Who knows whom; the table below says the same" {
            @for (row, (top, _)) in map.rows.iter().zip(&places.tiers) {
                line.rule x1="0" x2=(WIDTH) y1=(top + 4) y2=(top + 4) {}
                text.tier x="0" y=(top + 20) { (row.tier.words()) }
                @if row.gap { text.bare x=(WIDTH) y=(top + 20) text-anchor="end" { "nobody of yours, of late" } }
            }
            @for tie in map.rows.iter().flat_map(|row| &row.ties) {
                @if let (Some(from), Some(to)) = (at(&places.ours, &tie.ours), at(&places.theirs, &tie.theirs)) {
                    line.(class(tie, map)) x1=(OURS + 8) x2=(THEIRS - 8) y1=(from) y2=(to) {}
                }
            }
            @for (name, y) in &places.ours { text x=(OURS) y=(y + 5) text-anchor="end" { (name) } }
            @for (name, y) in &places.theirs { text x=(THEIRS) y=(y + 5) { (name) } }
        }
    }
}

fn class(tie: &Tie, map: &TieMap) -> &'static str {
    match (map.is_warm(tie), tie.strength) {
        (false, _) => "cold",
        (true, Strength::Knows) => "knows",
        (true, Strength::Trusts) => "trusts",
    }
}

fn words(map: &TieMap) -> Markup {
    html! {
        details.tried {
            summary { "The same in words" }
            table.stacked.words {
                thead { tr { th scope="col" { "level" } th scope="col" { "theirs" } th scope="col" { "known to" } th scope="col" { "yours there" } } }
                tbody { @for row in &map.rows { (line(row)) } }
            }
        }
    }
}

fn line(row: &Row) -> Markup {
    let theirs: Vec<String> = row
        .theirs
        .iter()
        .map(|one| if one.title.is_empty() { one.name.clone() } else { format!("{}, {}", one.name, one.title) })
        .collect();
    let ties = row.ties.iter().map(|tie| {
        let met = tie.last_met.map_or("not known when last".to_owned(), |met| met.strftime("met %b %Y").to_string());
        format!("{} {} {} ({met})", tie.ours, tie.strength.key(), tie.theirs)
    });
    html! {
        tr {
            th scope="row" { (row.tier.words()) }
            td data-label="theirs" { (theirs.join("; ")) }
            td data-label="known to" { @if row.gap { b { "nobody, of late" } " " } (ties.collect::<Vec<_>>().join("; ")) }
            td data-label="yours there" { (row.ours.join(", ")) }
        }
    }
}
