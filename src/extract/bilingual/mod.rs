//! Equivalents of terms, from lines that translate one another.

mod candidates;
mod model;
mod prior;
mod rank;

use super::statistics::Statistics;
use super::words::{MOST_WORDS, Side};
use crate::lang::Lang;

use candidates::Links;
use model::{Cells, Training};
pub use model::{Direction, Model};
use prior::Prior;
pub use rank::{Equivalent, Equivalents};

/// Lines that translate one another, whose words are not aligned yet: the two directions are trained apart.
#[derive(Debug)]
pub struct Untrained<'a> {
    es: Side<'a>,
    en: Side<'a>,
    cells: Cells,
    prior: Prior,
}

impl<'a> Untrained<'a> {
    /// Reads pairs of lines, Spanish and English.
    pub fn new(pairs: &[(&'a str, &'a str)], statistics: &Statistics<'_>) -> Self {
        let (es, en): (Vec<&str>, Vec<&str>) = pairs.iter().copied().unzip();
        let (mut es, mut en) = (Side::new(es, Lang::Es), Side::new(en, Lang::En));
        model::limit(&mut es, &mut en);
        let cells = Cells::new(&es, &en);
        let prior = Prior::new(&es, &en, &cells, statistics);
        Untrained { es, en, cells, prior }
    }

    /// Trains a direction.
    pub fn train(&self, direction: Direction) -> Model {
        Model::train(
            (&self.es, &self.en),
            &self.cells,
            direction,
            self.prior.of(direction),
            Training::default(),
        )
    }

    /// Both directions together.
    pub fn with(self, to_es: Model, to_en: Model) -> Bitext<'a> {
        Bitext { es: self.es, en: self.en, cells: self.cells, to_es, to_en }
    }
}

/// Lines that translate one another, aligned word by word.
#[derive(Debug)]
pub struct Bitext<'a> {
    es: Side<'a>,
    en: Side<'a>,
    cells: Cells,
    to_es: Model,
    to_en: Model,
}

impl<'a> Bitext<'a> {
    /// Aligns the words of pairs of lines, Spanish and English.
    pub fn new(pairs: &[(&'a str, &'a str)], statistics: &Statistics<'_>) -> Self {
        let untrained = Untrained::new(pairs, statistics);
        let (to_es, to_en) = (untrained.train(Direction::EnToEs), untrained.train(Direction::EsToEn));
        untrained.with(to_es, to_en)
    }

    /// How many pairs of lines were left out because one of them is too long.
    pub fn left_out(&self) -> usize {
        let is_left_out = |line: &usize| self.es.is_left_out(*line) || self.en.is_left_out(*line);
        (0..self.es.lines.len()).filter(is_left_out).count()
    }

    /// The most words of a line that is not left out.
    pub fn longest(&self) -> usize {
        MOST_WORDS
    }

    /// The pairs of stems that stand in lines which translate one another, with their probabilities.
    pub fn word_pairs(&self) -> Vec<WordPair<'_>> {
        let pair = |(number, &(es, en)): (usize, &(u32, u32))| WordPair {
            es: &self.es.stems[es as usize].key,
            en: &self.en.stems[en as usize].key,
            to_en: self.to_en.probability(number),
            to_es: self.to_es.probability(number),
        };
        self.cells.pairs.iter().enumerate().map(pair).collect()
    }

    /// The links of a line: for each Spanish word and English word how likely they translate each other.
    fn links(&self, line: usize) -> Vec<f32> {
        let mut links = vec![1.0; self.es.lines[line].len() * self.en.lines[line].len()];
        self.to_es.links(&self.es, &self.en, &self.cells, line, &mut links);
        self.to_en.links(&self.es, &self.en, &self.cells, line, &mut links);
        links.iter_mut().for_each(|link| *link = link.sqrt());
        links
    }
}

/// A Spanish and an English stem.
#[derive(Clone, Copy, Debug)]
pub struct WordPair<'a> {
    /// The Spanish stem.
    pub es: &'a str,
    /// The English stem.
    pub en: &'a str,
    /// The probability of the English stem given the Spanish one.
    pub to_en: f32,
    /// The probability of the Spanish stem given the English one.
    pub to_es: f32,
}
