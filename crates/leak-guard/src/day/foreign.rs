//! Days in German, French and Spanish text: `2. Dezember`, `fin du mois`, `antes del viernes`.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use regex::{Captures, Regex};

use super::{Mention, Named, end_of, next_weekday};
use crate::work::goes_through;

/// Months in their order, in plain letters; what only English has is read elsewhere.
const MONTHS: [&str; 12] = [
    "januar|janner|janvier|janv|enero|ene",
    "februar|feber|fevrier|fevr|febrero|feb",
    "marz|maerz|mars|marzo|mar",
    "april|avril|avr|abril|abr|apr",
    "mai|mayo",
    "juni|juin|junio|jun",
    "juli|juillet|juil|julio|jul",
    "august|aout|agosto|ago|aug",
    "september|septembre|septiembre|setiembre|sept|sep",
    "oktober|octobre|octubre|okt|oct",
    "november|novembre|noviembre|nov",
    "dezember|decembre|diciembre|dez|dec|dic",
];
/// Weekdays from Monday, with the English name of each.
const WEEKDAYS: [(&str, &str); 7] = [
    ("montags?|lundi|lunes", "monday"),
    ("dienstags?|mardi|martes", "tuesday"),
    ("mittwochs?|mercredi|miercoles", "wednesday"),
    ("donnerstags?|jeudi|jueves", "thursday"),
    ("freitags?|vendredi|viernes", "friday"),
    ("samstags?|sonnabends?|samedi|sabado", "saturday"),
    ("sonntags?|dimanche|domingo", "sunday"),
];

static MENTIONS: LazyLock<Regex> = LazyLock::new(|| {
    let months = MONTHS.join("|");
    let weekdays = WEEKDAYS.map(|(names, _)| names).join("|");
    let text = format!(
        r"(?x) \b(?P<dm>(?P<day>\d{{1,2}})(?:\.|er)?\ (?:de\ )?(?P<month>{months})\b\.?(?:\ (?:de\ |del\ )?(?P<year>\d{{4}})\b)?)
        | \b(?P<end>(?:ende|anfang|mitte)\ (?:(?:des|dieses|diesen|der|dieser|nachsten|laufenden)\ )?(?:(?P<emonth>{months})|(?P<period>monats|quartals|jahres|woche|geschaftsjahres|halbjahres))
          | (?P<glued>monats|quartals|jahres|geschaftsjahres|halbjahres|wochen)ende
          | (?:la\ )?(?:fin|debut)\ (?:de\ la\ |du\ |de\ l'|de\ |d')?(?:(?P<fmonth>{months})|(?P<fperiod>mois|trimestre|annee|semaine|exercice))
          | (?:el\ )?(?:finales|final|fin|cierre)\ (?:de\ la\ |del\ |de\ )?(?:(?P<smonth>{months})|(?P<speriod>mes|trimestre|ano|semana|ejercicio))
          | (?:la\ )?cloture\ de\ (?P<cperiod>l'exercice|l'annee))\b
        | \b(?P<weekday>{weekdays})\b
        | \b(?P<span>dieses\ jahr|diese[rn]?\ woche|diese[nms]?\ monat|dieses\ quartal|nachste[nrs]?\ (?:woche|monat|quartal|jahr)|heute|morgen|weihnachten|ostern|jahreswechsel|silvester|neujahr|sommerpause
          |cette\ (?:semaine|annee)|ce\ (?:mois|trimestre)(?:-ci)?|la\ semaine\ prochaine|(?:le\ )?mois\ prochain|aujourd'hui|demain|noel|paques|(?:la\ )?rentree
          |esta\ semana|este\ (?:mes|trimestre|ano)|la\ (?:proxima\ semana|semana\ que\ viene)|(?:el\ )?(?:proximo\ mes|mes\ que\ viene)|hoy|manana|navidad(?:es)?|semana\ santa|verano)\b
        | \b(?P<in>(?:(?:in|innerhalb\ von|binnen)\ (?P<dmany>\d{{1,2}}|einer?|zwei|drei|vier|zehn)\ (?P<dunit>tagen?|wochen?|monaten?)
          |(?:dans|sous|d'ici)\ (?P<fmany>\d{{1,2}}|une?|deux|trois|quatre|dix)\ (?P<funit>jours?|semaines?|mois)
          |(?:en|dentro\ de)\ (?P<smany>\d{{1,2}}|una?|dos|tres|cuatro|diez)\ (?P<sunit>dias?|semanas?|mes(?:es)?)))\b
        | \b(?:im|i\ am|bis|vor|seit|ab|en|d'ici|avant|avant\ fin|antes\ de|desde|hasta|para)\ (?P<alone>{months})\b"
    );
    Regex::new(&text).expect("the crate's own patterns are sound")
});

/// The days that a folded text names, in order and apart.
pub(super) fn mentions(text: &str, today: Option<Date>) -> Vec<Mention> {
    goes_through(text.len());
    MENTIONS.captures_iter(text).filter_map(|found| mention(&found, today)).collect()
}

fn mention(found: &Captures<'_>, today: Option<Date>) -> Option<Mention> {
    let text = |name: &str| found.name(name).map(|text| text.as_str());
    let first = |names: &[&str]| names.iter().find_map(|name| text(name));
    let name = ["dm", "end", "weekday", "span", "in", "alone"].into_iter().find(|name| found.name(name).is_some())?;
    let place = found.name(name)?.range();
    let day = match name {
        "dm" => Named::of(
            text("year").and_then(|year| year.parse().ok()),
            month(text("month")?)?,
            text("day")?.parse().ok()?,
        ),
        "end" if found.name("end")?.as_str().starts_with(['a', 'm']) => None,
        "end" => match first(&["emonth", "fmonth", "smonth"]) {
            Some(named) => end_of(english(month(named)?)?, today),
            None => end_of(period(first(&["period", "glued", "fperiod", "speriod", "cperiod"])?), today),
        },
        "weekday" => {
            let said = text("weekday")?;
            let is_said = |names: &str| names.split('|').any(|name| said.starts_with(name.trim_end_matches("s?")));
            let english = WEEKDAYS.iter().find(|(names, _)| is_said(names)).map(|(_, english)| *english);
            today.zip(english).and_then(|(today, english)| next_weekday(today, english)).map(Named::from)
        }
        "in" => today
            .and_then(|today| after(today, first(&["dmany", "fmany", "smany"])?, first(&["dunit", "funit", "sunit"])?))
            .map(Named::from),
        _ => None,
    };
    Some(Mention { place, days: day.into_iter().collect() })
}

fn month(name: &str) -> Option<i16> {
    let at = MONTHS.iter().position(|names| names.split('|').any(|one| one == name))?;
    i16::try_from(at + 1).ok()
}

fn english(month: i16) -> Option<&'static str> {
    const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    SHORT.get(usize::try_from(month).ok()?.checked_sub(1)?).copied()
}

/// A period by its name in English.
fn period(name: &str) -> &'static str {
    match name {
        "monats" | "mois" | "mes" => "month",
        "quartals" | "trimestre" => "quarter",
        "halbjahres" => "h2",
        "woche" | "wochen" | "semaine" | "semana" => "week",
        _ => "year",
    }
}

fn after(today: Date, many: &str, unit: &str) -> Option<Date> {
    let many = match many {
        "ein" | "eine" | "einer" | "un" | "une" | "una" => 1,
        "zwei" | "deux" | "dos" => 2,
        "drei" | "trois" | "tres" => 3,
        "vier" | "quatre" | "cuatro" => 4,
        "zehn" | "dix" | "diez" => 10,
        digits => digits.parse::<i64>().ok()?,
    };
    let span = match unit.as_bytes() {
        [b't' | b'j' | b'd', ..] => many.days(),
        [b'w' | b's', ..] => many.weeks(),
        _ => many.months(),
    };
    today.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_three_languages_are_resolved() {
        let today = jiff::civil::date(2026, 11, 23);
        for (text, month, day) in [
            ("bis zum 2. dezember", 12, 2),
            ("vor dem 2. dez. ", 12, 2),
            ("le 2 decembre 2026", 12, 2),
            ("el 2 de diciembre", 12, 2),
            ("bis ende des monats", 11, 30),
            ("quartalsende", 12, 31),
            ("avant la fin du mois", 11, 30),
            ("antes de fin de mes", 11, 30),
            ("a finales de enero", 1, 31),
            ("bis freitag", 11, 27),
            ("d'ici vendredi", 11, 27),
            ("antes del viernes", 11, 27),
            ("in zwei wochen", 12, 7),
            ("dans 10 jours", 12, 3),
        ] {
            let found = mentions(text, Some(today));
            let year = if month < 11 { 2027 } else { 2026 };
            let day = jiff::civil::date(year, month, day);
            assert!(found.iter().any(|one| one.days.iter().any(|named| named.is(day))), "{text}: {found:?}");
        }
        assert!(mentions("anfang dezember", Some(today)).iter().all(|one| one.days.is_empty()));
        assert!(mentions("mittwoch", Some(today)).iter().all(|one| !one.days.is_empty()));
    }
}
