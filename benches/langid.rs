//! Language identification of sentences: to be above 100 MB/s, so that the matcher may ask for each doubtful hit.

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use glosa::text::langid::identify;

const SENTENCES: [&str; 4] = [
    "El gobierno aplazó un mes los aranceles al acero, pero mantuvo los del jitomate y los del ganado en pie.",
    "The government put off the tariffs on steel for a month but kept those on tomatoes and on live cattle.",
    "¿Cuántas solicitudes de asilo se presentaron en la garita de San Ysidro durante el segundo semestre?",
    "How many applications for asylum were filed at the San Ysidro port of entry in the second half of the year?",
];

fn main() {
    divan::main();
}

#[divan::bench]
fn sentences(bencher: Bencher<'_, '_>) {
    let bytes: usize = SENTENCES.iter().map(|sentence| sentence.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| SENTENCES.map(|sentence| identify(black_box(sentence))));
}
