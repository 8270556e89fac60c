//! Digits with what sets thousands and decimals apart: all that they may mean.

/// What a point or comma in figures does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// There is none, or only spaces and the like between thousands.
    None,
    /// This one sets decimals apart.
    Decimal(char),
    /// This one sets thousands apart.
    Thousands(char),
}

/// One way to read figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    /// As a machine writes it: digits, a point, digits.
    pub plain: String,
    /// What tells.
    pub mark: Mark,
}

/// A digit as it is, a separator as the plainest of its kind; none for anything else.
pub(crate) fn folded(c: char) -> Option<char> {
    match c {
        '0'..='9' | '.' | ',' => Some(c),
        '\'' | '’' | '‘' | 'ʼ' | '′' => Some('\''),
        '_' => Some('_'),
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// All that figures may mean: one reading, or two where a lone point or comma stands before three digits; none where they
/// are no number. Separators are [`folded`].
pub(crate) fn readings(text: &str) -> Vec<Figures> {
    if let Some(decimals) = text.strip_prefix('.').filter(|decimals| are_digits(decimals)) {
        return vec![decimal("0", decimals, '.')];
    }
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let leads_with_nought = groups[0].len() > 1 && groups[0].starts_with('0');
    if groups.iter().any(|group| group.is_empty()) || leads_with_nought {
        return Vec::new();
    }
    let (Some((&last, before)), Some((&decimals, whole))) = (separators.split_last(), groups.split_last()) else {
        return vec![Figures { plain: text.to_owned(), mark: Mark::None }];
    };
    let is_point = matches!(last, '.' | ',');
    match before {
        [] if is_point => {
            let may_be_thousands = decimals.len() == 3 && groups[0].len() <= 3 && groups[0] != "0";
            let thousands = may_be_thousands.then(|| grouped(&groups, last));
            thousands.into_iter().chain([decimal(groups[0], decimals, last)]).collect()
        }
        [first, rest @ ..] if rest.iter().any(|other| other != first) => Vec::new(),
        [first, ..] if *first != last => {
            let fits = is_point && is_grouped(whole, *first);
            fits.then(|| decimal(&whole.concat(), decimals, last)).into_iter().collect()
        }
        _ => is_grouped(&groups, last).then(|| grouped(&groups, last)).into_iter().collect(),
    }
}

fn decimal(whole: &str, decimals: &str, mark: char) -> Figures {
    Figures { plain: format!("{whole}.{decimals}"), mark: Mark::Decimal(mark) }
}

fn grouped(groups: &[&str], mark: char) -> Figures {
    let mark = if matches!(mark, '.' | ',') { Mark::Thousands(mark) } else { Mark::None };
    Figures { plain: groups.concat(), mark }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether these are groups of thousands; or, with commas, of lakhs: 12,00,000.
fn is_grouped(groups: &[&str], separator: char) -> bool {
    let [first, middle @ .., last] = groups else { return groups[0].len() <= 3 };
    let of = |lead: usize, size: usize| first.len() <= lead && middle.iter().all(|group| group.len() == size);
    last.len() == 3 && (of(3, 3) || (separator == ',' && of(2, 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_mean_one_thing_or_two_or_none() {
        let table: [(&str, &[&str]); 22] = [
            ("1200000", &["1200000"]),
            ("1,200,000", &["1200000"]),
            ("1.200.000", &["1200000"]),
            ("1'200'000.50", &["1200000.50"]),
            ("12,00,000", &["1200000"]),
            ("1 200 000,5", &["1200000.5"]),
            ("1_200_000", &["1200000"]),
            ("1,200.50", &["1200.50"]),
            (".5", &["0.5"]),
            ("12,5", &["12.5"]),
            ("0.125", &["0.125"]),
            ("1234.567", &["1234.567"]),
            ("1.2340", &["1.2340"]),
            ("1.200", &["1200", "1.200"]),
            ("470,000", &["470000", "470.000"]),
            ("1,20,00", &[]),
            ("1,2000,000", &[]),
            ("1.200'000", &[]),
            ("1 200.000.000", &[]),
            ("1..2", &[]),
            ("12.", &[]),
            ("007", &[]),
        ];
        for (text, read) in table {
            let found: Vec<String> = readings(text).into_iter().map(|figures| figures.plain).collect();
            assert_eq!(found, read, "{text}");
        }
    }
}
