//! Whether what a calendar gives as a location is in a town.

/// Whether `location`, as a calendar gives it (`"Hall 3, Messe, Munich, Germany"`), names the town of `place` (`"Munich"`,
/// `"Munich, Germany"`). Case, accents and punctuation do not count; no map is asked, so two names of one town must both be
/// listed.
pub fn is_at(location: &str, place: &str) -> bool {
    let town = words(place.split(',').next().unwrap_or_default());
    let location = words(location);
    !town.is_empty() && location.windows(town.len()).any(|some| some == town)
}

fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().flat_map(char::to_lowercase).map(without_accent).collect();
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A letter without its accent, for those of western and central European towns.
fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_found_in_a_location_as_people_write_it() {
        for (location, place) in [
            ("Munich", "Munich"),
            ("Hall 3, Messe, MUNICH, Germany", "Munich, Germany"),
            ("Zürich HB", "Zurich"),
            ("1 Main St; New York, NY", "New York"),
            ("São Paulo", "Sao Paulo, Brazil"),
        ] {
            assert!(is_at(location, place), "{location} is in {place}");
        }
        for (location, place) in [
            ("Germany", "Munich, Germany"),
            ("York", "New York"),
            ("Bernau", "Bern"),
            ("Munich", ""),
            ("", "Munich"),
            ("Munich", ", Germany"),
        ] {
            assert!(!is_at(location, place), "{location} is not in {place}");
        }
    }
}
