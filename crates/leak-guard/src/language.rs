//! In which languages a message is written, part by part: so that what can't be read is said, and never passes for
//! harmless.
//!
//! A part that has enough of the small words of a language that is read is of that language. Of the others a library
//! guesses which it is, for the name alone: short texts it mistakes too often to be asked first.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Serialize;
use whatlang::{Lang, Script};

use crate::finding::Unread;
use crate::letter;
use crate::{MOST_BYTES, up_to};

/// A language that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// In full.
    English,
    /// For amounts, days and the plainest words, as the next two.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// As it is called in English.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "German",
            Self::French => "French",
            Self::Spanish => "Spanish",
        }
    }

    /// Its small words, in plain letters. Those that other languages have too are left out where that can be.
    fn small_words(self) -> &'static str {
        match self {
            Self::English => {
                " the and of to is we you our your it that this for with be are on at as by not have can will would from if was \
                 but my us or do what which when there been has more than they all could should about please thank thanks \
                 dear hi hello regards best let me their these those who how any some its were an i'm we're don't can't \
                 cannot offer price until before after only no yes here per them deadline attached "
            }
            Self::German => {
                " der die das und ist wir sie ihr ihre ihren ihrem unser unsere unserem unseren nicht ein eine einen einem einer \
                 mit fur auf von zu im am den dem des bei bis wenn dass auch noch nur oder aber haben hat sind werden wird \
                 konnen kann mussen muss ich uns ihnen mir mich es als nach uber vor zum zur bitte danke grusse sehr geehrte \
                 hallo keine kein mehr schon dann was wie wo wer aus durch unter ohne gegen um so liegt ihnen beim vom darf \
                 damit diese dieser dieses diesen freundlichen anbei guten herr frau leider "
            }
            Self::French => {
                " le la les des du une un et est nous vous notre votre nos vos que qui ne pas pour dans sur avec au aux ce cette \
                 ces il elle ils sont avons avez pouvons peut plus ou mais donc si je mon ma mes se par d'un d'une c'est n'est \
                 l'offre j'ai qu'il en etre fait merci bonjour cordialement monsieur madame sans avant apres tout tous leur \
                 leurs deja encore tres bien faut doit devons sera de son sa "
            }
            Self::Spanish => {
                " el los las del una un y es nosotros usted ustedes nuestro nuestra su sus que no para por con en al este esta \
                 esto son hemos tenemos podemos puede mas pero si yo mi me se lo le muy ya hay sin antes despues todo todos gracias \
                 hola saludos estimado estimada senor senora cuando como tambien sobre hasta desde nos sera esta estan la de \
                 tiene tengo quedo adjunto cual hay "
            }
        }
    }
}

/// The languages that each small word is one of.
static SMALL_WORDS: LazyLock<HashMap<&str, Vec<Language>>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Vec<Language>> = HashMap::new();
    for language in Language::ALL {
        for word in language.small_words().split_whitespace() {
            all.entry(word).or_default().push(language);
        }
    }
    all
});

/// What a message is written in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Languages {
    pub unread: Vec<Unread>,
    pub read_plainly: Vec<Language>,
}

/// A part has so many bytes at least, unless a paragraph ends, and at most.
const SHORT_PART: usize = 45;
const LONG_PART: usize = 1_500;
/// So great a share of a part's words are small words of its language, at least.
const SMALL_SHARE: f64 = 0.18;
/// A part with fewer words in small letters names things: an address, a signature, a list of parts.
const FEWEST_WORDS: usize = 2;

/// A part with fewer words whose language can't be told is unread only where nothing else of the message is read.
const FEWEST_UNREAD: usize = 8;

/// What a part is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Written {
    In(Language),
    Unread(Option<String>),
    /// It is too short to tell.
    Doubtful,
    /// It holds no words to speak of.
    Unclear,
}

impl Languages {
    pub fn of(message: &str) -> Self {
        let mut languages = Self::default();
        let mut letters = 0;
        let read = up_to(message, MOST_BYTES);
        let mut doubtful = Vec::new();
        for part in parts(read) {
            let text = &read[part.clone()];
            let chars = letters..letters + text.chars().count();
            letters = chars.end;
            if text.trim().is_empty() {
                // An empty line between two parts that are unread does not part them.
                if let Some(last) = languages.unread.last_mut().filter(|last| last.bytes.end == part.start) {
                    (last.bytes.end, last.chars.end) = (part.end, chars.end);
                }
                continue;
            }
            match written(text) {
                Written::Unclear => {}
                Written::Doubtful => doubtful.push((part, chars)),
                Written::In(language) => languages.read_plainly.push(language),
                Written::Unread(language) => languages.leave(language, part, chars),
            }
        }
        languages.read_plainly.sort_unstable();
        languages.read_plainly.dedup();
        // Between parts that are read a short one is taken to be like them; where nothing is read it is not.
        if languages.read_plainly.is_empty() && languages.unread.is_empty() {
            for (bytes, chars) in doubtful {
                languages.leave(None, bytes, chars);
            }
        }
        languages.read_plainly.retain(|language| *language != Language::English);
        if read.len() < message.len() {
            let chars = letters..letters + message[read.len()..].chars().count();
            let bytes = read.len()..message.len();
            languages.unread.push(Unread { language: None, is_too_long: true, bytes, chars });
        }
        languages
    }

    /// Notes a part as unread, with the one before it where that is in the same language.
    fn leave(&mut self, language: Option<String>, bytes: Range<usize>, chars: Range<usize>) {
        match self.unread.last_mut() {
            Some(last) if last.language == language && last.bytes.end == bytes.start => {
                (last.bytes.end, last.chars.end) = (bytes.end, chars.end);
            }
            _ => self.unread.push(Unread { language, is_too_long: false, bytes, chars }),
        }
    }
}

/// The message in parts: a sentence or some short ones, never over an empty line.
fn parts(message: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::with_capacity(message.len() / SHORT_PART + 1);
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in message.char_indices() {
        let length = at - start;
        let ends_here = (c.is_whitespace() && matches!(before, '.' | '!' | '?' | ':') && length >= SHORT_PART)
            || (c == '\n' && (before == '\n' || length >= SHORT_PART))
            || matches!(c, '。' | '！' | '？')
            || length >= LONG_PART;
        if ends_here {
            parts.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
        if c != '\r' {
            before = c;
        }
    }
    parts.push(start..message.len());
    parts.retain(|part| !part.is_empty());
    parts
}

fn written(text: &str) -> Written {
    let alphabetic = text.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = text.chars().filter(|c| c.is_alphabetic() && !is_latin(*c)).count();
    if foreign > 1 && foreign * 5 > alphabetic * 2 {
        return Written::Unread(Some(name_of_script(text)));
    }
    let in_small = |word: &&str| word.starts_with(char::is_lowercase);
    let pieces = || text.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’')));
    let small = pieces().filter(in_small).count();
    let plain = |word: &str| String::from_utf8(letter::bytes(&letter::letters(word))).unwrap_or_default();
    let words: Vec<String> = pieces().map(plain).filter(|word| !word.is_empty()).collect();
    let hits = |language: Language| {
        let of_it = |word: &&String| SMALL_WORDS.get(word.as_str()).is_some_and(|of| of.contains(&language));
        words.iter().filter(of_it).count()
    };
    let best = Language::ALL.into_iter().max_by_key(|language| (hits(*language), std::cmp::Reverse(*language)));
    let Some(best) = best.filter(|_| !words.is_empty()) else { return Written::Unclear };
    let share = hits(best) as f64 / words.len() as f64;
    let guess = whatlang::detect(text);
    let guessed = guess.as_ref().and_then(|info| language_of(info.lang()));
    // Portuguese, Italian and Catalan share many small words with Spanish and French, Dutch and Danish with English.
    let is_another = guess.as_ref().is_some_and(|info| {
        guessed.is_none() && (info.is_reliable() || (is_related(info.lang()) && info.confidence() > 0.3))
    });
    if share >= SMALL_SHARE && (!is_another || share >= 0.45) {
        return Written::In(best);
    }
    if small < FEWEST_WORDS {
        return if hits(best) > 0 { Written::In(best) } else { Written::Unclear };
    }
    match guessed {
        Some(language) if hits(language) > 0 || guess.as_ref().is_some_and(whatlang::Info::is_reliable) => {
            Written::In(language)
        }
        Some(_) if words.len() < FEWEST_UNREAD => Written::Doubtful,
        Some(_) => Written::Unread(None),
        None if !is_another && words.len() < FEWEST_UNREAD => Written::Doubtful,
        None => Written::Unread(guess.filter(|_| is_another).map(|info| info.lang().eng_name().to_owned())),
    }
}

/// Letters of the Latin script, with whatever accents.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{ff00}'..='\u{ff5a}' | 'ʼ')
        || matches!(c, '\u{2100}'..='\u{214f}' | '\u{1d400}'..='\u{1d7ff}' | '\u{fb00}'..='\u{fb06}')
}

fn name_of_script(text: &str) -> String {
    match whatlang::detect(text) {
        Some(info) if info.script() != Script::Latin => info.lang().eng_name().to_owned(),
        _ => "in another script".to_owned(),
    }
}

fn language_of(lang: Lang) -> Option<Language> {
    Some(match lang {
        Lang::Eng => Language::English,
        Lang::Deu => Language::German,
        Lang::Fra => Language::French,
        Lang::Spa => Language::Spanish,
        _ => return None,
    })
}

fn is_related(lang: Lang) -> bool {
    matches!(lang, Lang::Por | Lang::Ita | Lang::Cat | Lang::Nld | Lang::Dan | Lang::Swe | Lang::Nob | Lang::Ron)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_that_are_read_are_known_by_their_small_words() {
        for (text, language) in [
            ("Can we sign?", Language::English),
            ("Thanks, see you on Thursday.", Language::English),
            ("Wir müssen bis Freitag abschließen.", Language::German),
            ("Mehr geht bei uns nicht.", Language::German),
            ("Nous devons signer avant la fin du mois.", Language::French),
            ("Il nous faut une réponse.", Language::French),
            ("Tenemos que cerrar antes de fin de mes.", Language::Spanish),
            ("No podemos pagar más de eso.", Language::Spanish),
        ] {
            assert_eq!(written(text), Written::In(language), "{text}");
        }
    }

    #[test]
    fn another_language_is_unread_and_named_where_that_is_sure() {
        for text in [
            "Wij moeten dit contract voor het einde van de maand tekenen, anders verliezen we ons budget.",
            "Dobbiamo firmare il contratto entro la fine del mese, altrimenti perdiamo il nostro budget.",
            "Precisamos de fechar este contrato até sexta-feira, senão perdemos o orçamento.",
            "Musimy podpisać umowę do końca miesiąca, bo inaczej stracimy budżet na ten rok.",
            "Vi måste skriva under avtalet före månadens slut, annars förlorar vi vår budget.",
            "Bu sözleşmeyi ay sonuna kadar imzalamamız gerekiyor, yoksa bütçemizi kaybederiz.",
            "A hónap végéig alá kell írnunk a szerződést, különben elveszítjük a költségvetést.",
            "Мы должны подписать договор до конца месяца, иначе потеряем бюджет.",
            "我们必须在月底前签合同，否则预算就没了。",
            "يجب أن نوقع العقد قبل نهاية الشهر",
            "今月末までに契約しなければなりません。",
        ] {
            assert!(matches!(written(text), Written::Unread(_)), "{text}: {:?}", written(text));
        }
        for text in [
            "Wij moeten dit contract voor het einde van de maand tekenen, anders verliezen we ons budget.",
            "Dit is onze grootste klant en we moeten voor vrijdag tekenen, anders verliezen we geld.",
        ] {
            assert_eq!(written(text), Written::Unread(Some("Dutch".to_owned())), "{text}");
        }
    }

    #[test]
    fn names_and_numbers_alone_are_of_no_language() {
        for text in ["Jan Blanc\nBrandt GmbH\nIndustriestr. 5\n70173 Stuttgart", "412'000", "P40, P60, DN80", "OK", ""]
        {
            assert_eq!(written(text), Written::Unclear, "{text}");
        }
    }

    #[test]
    fn a_message_is_unread_where_its_parts_are() {
        let dutch = "Wij moeten dit contract voor het einde van de maand tekenen, anders verliezen we ons budget.\n\n";
        let message = format!("Thank you for the call, we are glad about it.\n\n{dutch}{dutch}Best regards\nJan");
        let languages = Languages::of(&message);
        let unread: Vec<&str> = languages.unread.iter().map(|one| &message[one.bytes.clone()]).collect();
        assert_eq!(unread, [dutch.repeat(2)]);
        assert_eq!(languages.unread[0].chars, 47..47 + 2 * dutch.chars().count());
        let long = "we ".repeat(MOST_BYTES / 3 + 10);
        assert!(Languages::of(&long).unread.iter().any(|one| one.is_too_long));
    }
}
