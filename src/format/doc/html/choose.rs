//! Which blocks of a page are its main text.
//!
//! Furniture by name is dropped, unless that would leave next to nothing. Of the rest, what stands outside the
//! page's `<main>` or `<article>` (where that holds most of the words) and what consists of links is kept as
//! boilerplate: still searched, but no source of good snippets.

use super::collect::{Place, RawBlock};
use crate::text::BlockKind;

/// Running text with more links than this share, out of 2, is a list of links …
const LINK_SHARE: usize = 2;
/// … unless it is longer than this many words.
const LINK_WORDS: usize = 40;

/// Drops furniture and marks boilerplate.
pub(super) fn choose(blocks: &mut Vec<RawBlock>) {
    blocks.retain(|block| !block.place.never);
    let form_is_page = words(blocks, |p| p.form) * 2 >= words(blocks, |_| true);
    let is_furniture = |p: &Place| p.furniture || (p.form && !form_is_page);
    let all_furniture = words(blocks, |p| !is_furniture(p)) * 10 < words(blocks, |_| true);
    if !all_furniture {
        blocks.retain(|block| !is_furniture(&block.place));
    }
    mark_boilerplate(blocks, |place| all_furniture && is_furniture(place));
}

fn mark_boilerplate(blocks: &mut [RawBlock], is_furniture: impl Fn(&Place) -> bool) {
    let all = words(blocks, |_| true);
    let main_is_page = words(blocks, |p| p.main) * 2 >= all;
    let hint_is_page = words(blocks, |p| p.hint) * 2 >= all;
    let boilerplate = |block: &RawBlock| {
        is_furniture(&block.place)
            || (main_is_page && !block.place.main)
            || (!hint_is_page && block.place.hint)
            || is_link_list(block)
    };
    let marks: Vec<bool> = blocks.iter().map(boilerplate).collect();
    if marks.iter().all(|mark| *mark) {
        return;
    }
    for (block, _) in blocks.iter_mut().zip(marks).filter(|(block, mark)| *mark && !is_title(block)) {
        block.kind = BlockKind::Boilerplate;
    }
}

fn is_link_list(block: &RawBlock) -> bool {
    block.link_words * LINK_SHARE > block.words && block.words < LINK_WORDS
}

/// A heading that is no furniture is a title, within the main text or above it.
fn is_title(block: &RawBlock) -> bool {
    block.kind == BlockKind::Heading && !block.place.furniture && !block.place.hint
}

fn words(blocks: &[RawBlock], at: impl Fn(&Place) -> bool) -> usize {
    blocks.iter().filter(|block| at(&block.place)).map(|block| block.words).sum()
}
