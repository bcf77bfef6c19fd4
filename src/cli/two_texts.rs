//! Two texts named on the command line that translate one another.

use std::path::{Path, PathBuf};

use super::context::{Context, Failure};
use crate::lang::Lang;
use crate::project::Corpus;
use crate::project::orientation::{Orientation, orientation};
use crate::project::pairs::Pair;
use crate::project::texts::{Sizes, Texts};
use crate::text::Document;

/// The two texts named, each in its place, and whether they are exchanged: whether the first is clearly the English one.
pub(super) fn two_texts(paths: [&PathBuf; 2], context: &mut Context) -> Result<(Corpus, bool), Failure> {
    let [one, other] = paths.map(|path| path.canonicalize().ok());
    if one.is_some() && one == other {
        let name = super::style::printable(&paths[0].to_string_lossy()).into_owned();
        return Err(Failure::usage(format!("{name} is named twice; no text is its own translation")));
    }
    let [Some(first), Some(second)] = paths.map(|path| read(path, context)) else {
        return Err(Failure::usage(
            "a text and its translation are needed, and one of the two could not be read",
        ));
    };
    let mut documents = vec![first, second];
    let found = orientation(&documents[0], &documents[1]);
    context.report_files(found.remark(&documents[0], &documents[1]).as_slice());
    let exchanged = found == Orientation::Exchanged;
    let (es, en) = if exchanged { (1, 0) } else { (0, 1) };
    documents[es].lang = Some(Lang::Es);
    documents[en].lang = Some(Lang::En);
    Ok((Corpus { documents, pairs: vec![Pair { es, en }], findings: Vec::new() }, exchanged))
}

fn read(path: &Path, context: &mut Context) -> Option<Document> {
    let mut documents = Vec::new();
    for batch in Texts::new(Path::new(""), &[path], Sizes::whole()) {
        context.report_files(&batch.findings);
        documents.extend(batch.texts.into_iter().map(|text| text.document));
    }
    documents.pop()
}
