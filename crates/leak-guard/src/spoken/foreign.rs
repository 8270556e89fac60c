//! Numbers in words in German, French and Spanish: `vierhundertzwölftausend`, `quatre cent douze mille`, `cuatrocientos
//! doce mil`. A small number alone is an article or a count of something, and is left alone.

use super::Run;

/// Below this a number in words is rarely one that matters; "once", "six" and "mil" are words of other tongues too.
const LEAST: f64 = 100.0;
/// No number word is longer.
const LONGEST: usize = 80;

const GERMAN: [(&str, f64); 28] = [
    ("null", 0.0),
    ("ein", 1.0),
    ("eine", 1.0),
    ("eins", 1.0),
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("funf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwolf", 12.0),
    ("dreizehn", 13.0),
    ("vierzehn", 14.0),
    ("funfzehn", 15.0),
    ("sechzehn", 16.0),
    ("siebzehn", 17.0),
    ("zwanzig", 20.0),
    ("dreissig", 30.0),
    ("vierzig", 40.0),
    ("funfzig", 50.0),
    ("sechzig", 60.0),
    ("siebzig", 70.0),
    ("achtzig", 80.0),
    ("neunzig", 90.0),
];
const FRENCH: [(&str, f64); 26] = [
    ("un", 1.0),
    ("une", 1.0),
    ("deux", 2.0),
    ("trois", 3.0),
    ("quatre", 4.0),
    ("cinq", 5.0),
    ("six", 6.0),
    ("sept", 7.0),
    ("huit", 8.0),
    ("neuf", 9.0),
    ("dix", 10.0),
    ("onze", 11.0),
    ("douze", 12.0),
    ("treize", 13.0),
    ("quatorze", 14.0),
    ("quinze", 15.0),
    ("seize", 16.0),
    ("vingt", 20.0),
    ("vingts", 20.0),
    ("trente", 30.0),
    ("quarante", 40.0),
    ("cinquante", 50.0),
    ("soixante", 60.0),
    ("septante", 70.0),
    ("huitante", 80.0),
    ("nonante", 90.0),
];
const SPANISH: [(&str, f64); 43] = [
    ("un", 1.0),
    ("una", 1.0),
    ("uno", 1.0),
    ("dos", 2.0),
    ("tres", 3.0),
    ("cuatro", 4.0),
    ("cinco", 5.0),
    ("seis", 6.0),
    ("siete", 7.0),
    ("ocho", 8.0),
    ("nueve", 9.0),
    ("diez", 10.0),
    ("once", 11.0),
    ("doce", 12.0),
    ("trece", 13.0),
    ("catorce", 14.0),
    ("quince", 15.0),
    ("dieciseis", 16.0),
    ("diecisiete", 17.0),
    ("dieciocho", 18.0),
    ("diecinueve", 19.0),
    ("veinte", 20.0),
    ("veintiuno", 21.0),
    ("veintiun", 21.0),
    ("veintidos", 22.0),
    ("veintitres", 23.0),
    ("veinticuatro", 24.0),
    ("veinticinco", 25.0),
    ("veintiseis", 26.0),
    ("veintisiete", 27.0),
    ("veintiocho", 28.0),
    ("veintinueve", 29.0),
    ("treinta", 30.0),
    ("cuarenta", 40.0),
    ("cincuenta", 50.0),
    ("sesenta", 60.0),
    ("setenta", 70.0),
    ("ochenta", 80.0),
    ("noventa", 90.0),
    ("cien", 100.0),
    ("ciento", 100.0),
    ("quinientos", 500.0),
    ("quinientas", 500.0),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Small(f64),
    /// "cent": a hundred, or times a hundred.
    Hundred,
    Scale(f64),
    /// Only between others.
    And,
}

/// The words of one language.
#[derive(Clone, Copy)]
enum Tongue {
    German,
    French,
    Spanish,
}

/// The numbers in words of a text.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    [Tongue::German, Tongue::French, Tongue::Spanish].into_iter().flat_map(|tongue| runs_in(text, tongue)).collect()
}

fn runs_in(text: &str, tongue: Tongue) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run: Vec<(usize, usize, Word)> = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let letters = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        match word(letters, tongue) {
            Some(word) => run.push((at, at + letters.len(), word)),
            None => runs.extend(finish(&mut run)),
        }
        at += piece.len();
        if !piece.ends_with([' ', '-']) {
            runs.extend(finish(&mut run));
        }
    }
    runs.extend(finish(&mut run));
    runs
}

fn word(text: &str, tongue: Tongue) -> Option<Word> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let small =
        |words: &[(&str, f64)]| words.iter().find(|(word, _)| *word == text).map(|&(_, value)| Word::Small(value));
    match (tongue, text) {
        (_, "million" | "millionen" | "millions" | "millon" | "millones") => Some(Word::Scale(1e6)),
        (Tongue::German, "und") | (Tongue::French, "et") | (Tongue::Spanish, "y") => Some(Word::And),
        (Tongue::German, _) => german(text).map(Word::Small),
        (Tongue::French, "cent" | "cents") => Some(Word::Hundred),
        (Tongue::French, "mille") | (Tongue::Spanish, "mil") => Some(Word::Scale(1e3)),
        (Tongue::French, _) => small(&FRENCH),
        (Tongue::Spanish, _) => {
            let hundreds = ["cientos", "cientas"].iter().find_map(|end| text.strip_suffix(end));
            let many = hundreds.map(|many| match many {
                "sete" => "siete",
                "nove" => "nueve",
                other => other,
            });
            let many = many.and_then(|many| SPANISH.iter().find(|(word, value)| *word == many && *value < 10.0));
            many.map(|&(_, value)| Word::Small(100.0 * value)).or_else(|| small(&SPANISH))
        }
    }
}

/// A German number below a million, in one word.
fn german(text: &str) -> Option<f64> {
    let parted = |part: &str, by: f64, rest: fn(&str) -> Option<f64>| {
        let (many, after) = text.split_once(part)?;
        let many = if many.is_empty() { 1.0 } else { rest(many)? };
        let after = if after.is_empty() { 0.0 } else { rest(after.strip_prefix("und").unwrap_or(after))? };
        Some(many * by + after)
    };
    if text.contains("tausend") {
        return parted("tausend", 1e3, below_a_thousand);
    }
    below_a_thousand(text)
}

fn below_a_thousand(text: &str) -> Option<f64> {
    match text.split_once("hundert") {
        Some((many, after)) => {
            let many = if many.is_empty() { 1.0 } else { below_a_hundred(many)? };
            let after =
                if after.is_empty() { 0.0 } else { below_a_hundred(after.strip_prefix("und").unwrap_or(after))? };
            Some(many * 100.0 + after)
        }
        None => below_a_hundred(text),
    }
}

fn below_a_hundred(text: &str) -> Option<f64> {
    let of = |word: &str| GERMAN.iter().find(|(name, _)| *name == word).map(|&(_, value)| value);
    let teen = || Some(of(text.strip_suffix("zehn")?)? + 10.0);
    let joined = || {
        let (ones, tens) = text.split_once("und")?;
        let (ones, tens) = (of(ones)?, of(tens)?);
        (ones < 10.0 && tens >= 20.0).then_some(ones + tens)
    };
    of(text).or_else(joined).or_else(teen)
}

/// The number of a run, without what only joins at its ends.
fn finish(run: &mut Vec<(usize, usize, Word)>) -> Option<Run> {
    let words = std::mem::take(run);
    let first = words.iter().position(|one| one.2 != Word::And)?;
    let last = words.iter().rposition(|one| one.2 != Word::And)?;
    let words = &words[first..=last];
    let (mut total, mut current, mut scale, mut has_any) = (0.0, 0.0, 1.0, false);
    for &(_, _, word) in words {
        match word {
            // "Quatre-vingt" is four times twenty.
            Word::Small(20.0) if current % 100.0 == 4.0 => current += 76.0,
            Word::Small(small) => current += small,
            Word::Hundred if has_any && current % 100.0 > 0.0 => current += 99.0 * (current % 100.0),
            Word::Hundred => current += 100.0,
            Word::Scale(by) => {
                total += if has_any { current } else { 1.0 } * by;
                (current, scale) = (0.0, by);
            }
            Word::And => continue,
        }
        has_any = current > 0.0;
    }
    let value = total + current;
    let is_scale_alone = matches!(words, [(_, _, Word::Scale(_) | Word::Hundred)]);
    let (start, end) = (words.first()?.0, words.last()?.1);
    let scale = if value >= 1000.0 { f64::max(scale, 1e3) } else { scale };
    (value >= LEAST && !is_scale_alone).then_some(Run { place: start..end, value, scale, decimals: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_read_in_three_languages() {
        for (text, value) in [
            ("vierhundertzwolftausend", 412_000.0),
            ("vierhundert", 400.0),
            ("eine million siebenhundertzweiunddreissigtausendfunfhundert", 1_732_500.0),
            ("zwei millionen", 2e6),
            ("tausendfunfhundert", 1500.0),
            ("achtzehntausend", 18_000.0),
            ("quatre cent douze mille", 412_000.0),
            ("un million sept cent trente-deux mille cinq cents", 1_732_500.0),
            ("quatre-vingt-dix mille", 90_000.0),
            ("soixante-quinze mille", 75_000.0),
            ("mille deux cents", 1200.0),
            ("cuatrocientos doce mil", 412_000.0),
            ("un millon setecientos treinta y dos mil quinientos", 1_732_500.0),
            ("dos millones", 2e6),
            ("doscientas mil", 200_000.0),
        ] {
            // "Un million" is Spanish as much as French; the longest is what is read.
            let longest = runs(text).into_iter().max_by_key(|run| run.place.len());
            assert_eq!(longest.map(|run| (run.value, run.place)), Some((value, 0..text.len())), "{text}");
        }
        for text in ["once", "six", "ein", "un", "mil", "mille", "cent", "dos", "zwei und drei", "acht"] {
            assert_eq!(runs(text), [], "{text}");
        }
    }
}
