//! The tagger on text that it was not trained on, and what its veto does to homographs.

use std::fs;

use glosa::tagger::train::Sentence;
use glosa::tagger::{Class, Tagger};
use glosa::termbase::{Source, read};
use glosa::{Document, Engine, Lang, Overlaps};

/// The share of words of the held-out documents (`HELD_OUT` of examples/train-tagger.rs) that get their class.
fn accuracy(lang: Lang) -> f64 {
    let held = ["tests/gold/pos/LANG/court-summary", "tests/gold/pos/LANG/press-conference"];
    let more = ["data/tagger/text/LANG/007", "data/tagger/text/LANG/014"];
    let tagger = Tagger::of(lang);
    let (mut right, mut words) = (0, 0);
    for path in held.iter().chain(&more) {
        let path = format!("{}/{}.txt", env!("CARGO_MANIFEST_DIR"), path.replace("LANG", lang.code()));
        for sentence in fs::read_to_string(path).unwrap().lines().map(Sentence::parse) {
            for ((_, class), chances) in sentence.tokens.iter().zip(tagger.chances(&sentence.words())) {
                let chance = |class: Class| chances[class as usize];
                let best = Class::ALL.into_iter().max_by(|&a, &b| chance(a).total_cmp(&chance(b)));
                words += usize::from(class.is_some());
                right += usize::from(class.is_some() && best == *class);
            }
        }
    }
    f64::from(right as u32) / f64::from(words as u32)
}

#[test]
fn accuracy_on_documents_kept_from_training() {
    let (es, en) = (accuracy(Lang::Es), accuracy(Lang::En));
    assert!(es > 0.965 && en > 0.95, "es {es:.4}, en {en:.4}");
}

/// The files of tagged text that the tables of a language are made from.
fn training_files(lang: Lang) -> Vec<String> {
    const HELD_OUT: [&str; 4] = ["007.txt", "014.txt", "court-summary.txt", "press-conference.txt"];
    let folders = [format!("data/tagger/text/{lang}"), format!("tests/gold/pos/{lang}")];
    let files = |folder: &String| {
        let entries = fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names: Vec<String> = names.filter(|name| !HELD_OUT.contains(&name.as_str())).collect();
        names.into_iter().map(move |name| format!("{folder}/{name}")).collect::<Vec<_>>()
    };
    folders.iter().flat_map(files).collect()
}

#[test]
fn the_tables_are_made_from_the_texts_as_they_are() {
    for lang in Lang::ALL {
        let read = |path: &str| fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let sums = String::from_utf8(read(&format!("data/tagger/{lang}.b3"))).unwrap();
        let again = "train again, see docs/data.md";
        for (sum, path) in sums.lines().filter_map(|line| line.split_once("  ")) {
            assert_eq!(blake3::hash(&read(path)).to_hex().as_str(), sum, "{path} has changed: {again}");
        }
        for file in training_files(lang) {
            assert!(sums.contains(&file), "{file} is new: {again}");
        }
        assert!(sums.contains(&format!("data/tagger/{lang}.bin")));
    }
}

/// The words that a term is found in, where the text marks them with brackets.
fn check(lang: &str, cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (term, pos, marked) in cases {
        let glossary =
            format!("[[concept]]\nid = \"x\"\nterms.{lang} = [{{ term = \"{term}\", pos = \"{pos}\" }}]\n");
        let engine = Engine::new(read(&[Source::toml("glossary.toml", &glossary)]).termbase);
        let text = marked.replace(['[', ']'], "");
        let document = Document { lang: Lang::from_tag(lang), ..Document::plain("a.txt", &text) };
        let mut shown = text.clone();
        for hit in engine.scan(&document, Overlaps::All).iter().rev() {
            shown.insert(hit.span.end, ']');
            shown.insert(hit.span.start, '[');
        }
        if shown != *marked {
            wrong.push(format!("{term} ({pos}): {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn spanish_homographs() {
    check(
        "es",
        &[
            ("casa", "noun", "El juez se casa mañana y compra una [casa] en la costa."),
            ("cambio", "noun", "El [cambio] de gobierno llegó tarde."),
            ("cambiar", "verb", "El peso se [cambia] en la frontera; el tipo de cambio subió."),
            ("trata", "noun", "La ley castiga la [trata] de personas."),
            ("tratar", "verb", "El acuerdo [trata] de frenar la migración."),
            ("marcha", "noun", "La [marcha] llegó al Zócalo."),
            ("marchar", "verb", "Miles de mujeres [marchan] hoy."),
            ("prueba", "noun", "El fiscal presentó una [prueba] nueva."),
            ("probar", "verb", "Ese documento no [prueba] nada."),
            ("paso", "noun", "Cerraron el [paso] fronterizo."),
            ("compra", "noun", "La [compra] de gas aumentó."),
            ("comprar", "verb", "México [compra] maíz a Estados Unidos; la compra crece."),
            ("unir", "verb", "El puente [une] a las dos ciudades de los Estados Unidos."),
            ("entrada", "noun", "La [entrada] al país es libre."),
            ("bajo", "adjective", "Los salarios son [bajos] y viven bajo vigilancia."),
            ("ayuda", "noun", "Pidieron [ayuda] humanitaria."),
            ("ayudar", "verb", "El consulado [ayuda] a los migrantes con su ayuda legal."),
            ("cuenta", "noun", "Abrió una [cuenta] en un banco; nos cuenta su historia."),
            ("contar", "verb", "El reportero [cuenta] lo que vio."),
            ("apoyo", "noun", "El [apoyo] del Senado es clave."),
            ("indio", "adjective", "El primer ministro de la India llegó ayer."),
            ("aire", "noun", "El [aire] de Buenos Aires es limpio."),
            ("junto", "adjective", "Las dos oficinas están [juntas], junto al puerto."),
            ("cubrir", "verb", "El seguro [cubre] la cubierta del barco."),
        ],
    );
}

#[test]
fn english_homographs() {
    check(
        "en",
        &[
            ("trade", "noun", "The [trade] deal helps farmers who trade with Mexico."),
            ("trade", "verb", "They [trade] with Canada; the trade deficit grew."),
            ("work", "noun", "They work at night, but the [work] is hard."),
            ("work", "verb", "Many migrants [work] on farms without a work permit."),
            ("leave", "verb", "They [left] the country on Monday."),
            ("bill", "noun", "The Senate passed the [bill]."),
            ("need", "noun", "We need water; there is no [need] to wait."),
            ("need", "verb", "They [need] a visa, and the need is great."),
            ("plan", "noun", "The [plan] was signed in March."),
            ("plan", "verb", "They [plan] to appeal the ruling."),
            ("report", "noun", "The [report] says that officials report delays."),
            ("claim", "noun", "Her asylum [claim] was denied."),
            ("claim", "verb", "They [claim] that the vote was stolen."),
            ("will", "noun", "The [will] of the people will prevail."),
            ("polish", "verb", "The Polish minister spoke while they [polished] the floor."),
            ("increase", "noun", "An [increase] in tariffs hurts everyone."),
            ("increase", "verb", "Tariffs [increase] prices; the increase is steep."),
            ("charge", "noun", "The [charge] was dropped."),
            ("charge", "verb", "Prosecutors [charged] him with smuggling."),
            ("saw", "noun", "He bought a [saw], and I saw him use it."),
            ("vote", "noun", "The [vote] was close."),
            ("hard", "adjective", "They work hard in [hard] times."),
            ("good", "adjective", "A [better] offer came; they know best."),
            ("sound", "verb", "This [sounds] fair; the sounds of the port woke us."),
            ("stop", "verb", "Buses [stop] here; the last stop is closed."),
            ("vote", "verb", "Mexicans abroad [vote] by mail."),
            ("hearing", "noun", "The [hearing] begins on Monday; we kept hearing about delays."),
            ("smuggling", "noun", "He was charged with [smuggling]."),
        ],
    );
}
