use super::*;
use crate::exchange::sheet;
use crate::exchange::sheet::rows::sheet_of;
use crate::exchange::{ImportConflict, Imported, Importer, NewReview, Side, revise};
use crate::termbase::edit::Surroundings;
use crate::termbase::{Source, read};

const GLOSSARY: &str = "# casa\n[glossary]\nlanguages = [\"es-MX\", \"en-US\"]\n\n[[concept]]\nid = \"arancel\"\nsubject = \"trade\" # tema\n\
    definition.es = { text = \"Impuesto.\", source = \"mesa\" }\nreview = \"proposed\"\nprivate-note = \"p\"\n\
    terms.es = [\n    { term = \"arancel\", pos = \"noun\" }, # principal\n    \"tarifa\",\n]\nterms.en = [\"tariff\", \"duty\"]\n\
    \n[[concept]]\nid = \"cupo\"\nnote = \"n\"\nterms.es = \"cupo\"\nterms.en = \"=quota\"\n";

fn glossary(text: &str) -> Termbase {
    let read = read(&[Source::toml("g.toml", text)]);
    assert!(!read.has_errors(), "{:?}", read.findings);
    read.termbase
}

/// What is in a column of a concept's row.
fn edit(sheet: &mut Sheet, id: &str, number: &str, heading: &str, to: &str) {
    let at = sheet.position(&Column::of_heading(heading).expect(heading)).expect(heading);
    let is_meant = |row: &&mut Vec<String>| row[0] == id && row[1] == number;
    sheet.rows.iter_mut().find(is_meant).expect(id)[at] = to.to_owned();
}

fn take(text: &str, returned: &Returned, side: Side) -> (String, Imported) {
    let mut importer = Importer::new(&glossary(text), NewReview::State(Review::Proposed));
    importer.take_returned(returned.clone(), &mut |_| side);
    let imported = importer.finish();
    let text = revise("g.toml", text, &imported.revisions, &Surroundings::default()).expect("a text");
    (text, imported)
}

#[test]
fn a_sheet_that_comes_back_as_it_went_changes_nothing() {
    let sheet = sheet_of(&glossary(GLOSSARY), false);
    let back = returned("r.xlsx", &sheet, &sheet).expect("what came back");
    let meanwhile = GLOSSARY.replace("\"n\"", "\"otra\"").replace("\"duty\"", "\"levy\"");
    for text in [GLOSSARY, &meanwhile] {
        let (after, imported) = take(text, &back, Side::There);
        assert_eq!(after, text);
        assert_eq!((imported.changed, imported.conflicts.len(), back.findings.len()), (0, 0, 0));
    }
}

#[test]
fn both_sides_are_kept_and_conflicts_told() {
    let sheet = sheet_of(&glossary(GLOSSARY), false);
    let mut edited = sheet.clone();
    edit(&mut edited, "arancel", "1", "review", "approved");
    edit(&mut edited, "arancel", "1", "es: definition", "Impuesto a la importación.");
    edit(&mut edited, "arancel", "2", "es", "tasa");
    edit(&mut edited, "arancel", "2", "es: status", "deprecated");
    edit(&mut edited, "arancel", "1", "comment", "¿y gravamen?");
    edit(&mut edited, "cupo", "1", "note", "la suya");
    edit(&mut edited, "cupo", "1", "subject", "trade");
    let further = ["arancel", "", "gravamen"].map(str::to_owned).to_vec();
    let new = ["", "", "muro", "", "wall"].map(str::to_owned).to_vec();
    edited.rows.extend([further, new]);
    let back = returned("r.xlsx", &sheet, &edited).expect("what came back");
    // Meanwhile, in the glossary.
    let text = GLOSSARY
        .replace("note = \"n\"", "note = \"la nuestra\"")
        .replace("[\"tariff\", \"duty\"]", "[\"tariff\", \"duty\", \"levy\"]");
    let (after, imported) = take(&text, &back, Side::Here);
    let terms = |concept: &Concept, at: usize| {
        concept.sections[at].terms.iter().map(|entry| entry.term.clone()).collect::<Vec<_>>()
    };
    let found = glossary(&after);
    let [arancel, cupo, muro] = [0, 1, 2].map(|at| found.concepts[at].clone());
    assert_eq!(arancel.review, Some(Review::Approved));
    let definition = &arancel.definition[&LangTag("es".to_owned())];
    assert_eq!(
        (definition.text.as_str(), definition.source.as_deref()),
        ("Impuesto a la importación.", Some("mesa"))
    );
    assert_eq!(terms(&arancel, 0), ["arancel", "tasa", "gravamen"]);
    assert_eq!(arancel.sections[0].terms[1].status, Some(Status::Deprecated));
    assert_eq!(terms(&arancel, 1), ["tariff", "duty", "levy"]);
    assert_eq!(arancel.private_note.as_deref(), Some("p\n¿y gravamen?"));
    assert_eq!((cupo.note.as_deref(), cupo.subject.as_deref()), (Some("la nuestra"), Some("trade")));
    assert_eq!((muro.review, muro.id.0.as_str()), (Some(Review::Proposed), "muro"));
    for comment in [
        "# casa\n",
        "# tema\n",
        "}, # principal\n",
        "{ text = \"Impuesto a la importación.\", source = \"mesa\" }",
    ] {
        assert!(after.contains(comment), "{after}");
    }
    let conflict = ImportConflict {
        concept: "cupo".to_owned(),
        field: "note".to_owned(),
        base: Some("n".to_owned()),
        here: Some("la nuestra".to_owned()),
        there: Some("la suya".to_owned()),
        taken: Side::Here,
    };
    assert_eq!(imported.conflicts, [conflict]);
    assert_eq!(take(&after, &back, Side::Here).0, after, "once is enough");
    let (theirs, _) = take(&text, &back, Side::There);
    assert!(theirs.contains("note = \"la suya\"") && theirs.contains("\"levy\""), "{theirs}");
}

#[test]
fn terms_in_another_order_are_the_same_terms_and_once_is_enough() {
    let text = GLOSSARY.replace("\"duty\"", "{ term = \"duty\", note = \"also of other taxes\" }");
    let sheet = sheet_of(&glossary(&text), false);
    let edited = |cells: &[(&str, &str)]| {
        let mut edited = sheet.clone();
        cells.iter().for_each(|(number, to)| edit(&mut edited, "arancel", number, "en", to));
        returned("r.xlsx", &sheet, &edited).expect("what came back")
    };
    let duty = "{ term = \"duty\", note = \"also of other taxes\" }";
    let cases: [(&[(&str, &str)], String); 4] = [
        (&[("1", "duty"), ("2", "tariff")], format!("[{duty}, \"tariff\"]")),
        (&[("1", "duty"), ("2", "levy")], format!("[{duty}, \"levy\"]")),
        (&[("1", "duty"), ("2", "")], format!("[{duty}]")),
        (&[("1", "levy")], format!("[\"levy\", {duty}]")),
    ];
    for (cells, wanted) in cases {
        let back = edited(cells);
        let (once, imported) = take(&text, &back, Side::Here);
        assert!(once.contains(&format!("terms.en = {wanted}\n")), "{cells:?}: {once}");
        assert_eq!(imported.conflicts, [], "{cells:?}");
        assert_eq!(take(&once, &back, Side::Here).0, once, "{cells:?}");
    }
}

#[test]
fn both_may_have_put_another_term_in_the_place_of_one() {
    let sheet = sheet_of(&glossary(GLOSSARY), false);
    let mut edited = sheet.clone();
    edit(&mut edited, "arancel", "1", "en", "levy");
    let by_row = returned("r.xlsx", &sheet, &edited).expect("what came back");
    // A document for review has no rows by which its terms are known.
    let mut by_text = by_row.clone();
    for entry in &mut by_text.entries {
        let theirs = entry.theirs.concept(entry.id.clone());
        entry.theirs = Facts::since(&theirs, &entry.base);
    }
    let text = GLOSSARY.replace("\"tariff\"", "\"import tariff\"");
    for back in [by_row, by_text] {
        let (after, imported) = take(&text, &back, Side::Here);
        assert_eq!(after, text);
        let [conflict] = &imported.conflicts[..] else { panic!("{:?}", imported.conflicts) };
        assert_eq!(conflict.field, "terms.en “tariff”");
        assert_eq!(
            (conflict.here.as_deref(), conflict.there.as_deref()),
            (Some("import tariff"), Some("levy"))
        );
        let (theirs, _) = take(&text, &back, Side::There);
        assert!(theirs.contains("terms.en = [\"levy\", \"duty\"]"), "{theirs}");
        assert_eq!(take(&theirs, &back, Side::There).0, theirs);
    }
}

#[test]
fn terms_are_taken_out_by_emptying_their_cells_but_never_all() {
    let sheet = sheet_of(&glossary(GLOSSARY), false);
    let mut edited = sheet.clone();
    edit(&mut edited, "arancel", "2", "en", "");
    edit(&mut edited, "cupo", "1", "es", "");
    edit(&mut edited, "cupo", "1", "en", " ");
    let back = returned("r.xlsx", &sheet, &edited).expect("what came back");
    let (after, imported) = take(GLOSSARY, &back, Side::Here);
    assert!(after.contains("terms.en = [\"tariff\"]") && after.contains("terms.es = \"cupo\""), "{after}");
    assert_eq!(imported.losses.len(), 1);
    // One that has got a note meanwhile is not lost without a word.
    let text = GLOSSARY.replace("\"duty\"", "{ term = \"duty\", status = \"admitted\" }");
    let (after, imported) = take(&text, &back, Side::Here);
    assert!(after.contains("duty") && imported.conflicts[0].field == "terms.en “duty”", "{after}");
}

#[test]
fn sheets_that_cannot_be_told_apart_are_refused() {
    let sheet = sheet_of(&glossary(GLOSSARY), false);
    let mut without = sheet.clone();
    without.columns[0] = None;
    let error = returned("r.xlsx", &sheet, &without).expect_err("no ids");
    assert!(error.message.contains("no columns `id`") && error.help.is_some(), "{error:?}");
    let mut twice = sheet.clone();
    twice.rows.push(sheet.rows[0].clone());
    let error = returned("r.xlsx", &sheet, &twice).expect_err("twice");
    assert_eq!(error.message, "`r.xlsx`, row 5: `arancel` number 1 stands in row 2 too");
    let mut words = sheet.clone();
    edit(&mut words, "arancel", "1", "review", "ok");
    edit(&mut words, "arancel", "1", "es: status", "buena");
    words.rows.remove(2);
    let back = returned("r.xlsx", &sheet, &words).expect("the rest");
    let said: Vec<&str> = back.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`r.xlsx`, row 2: “buena” is no status; the cell counts as untouched",
            "`r.xlsx`, row 2: “ok” is no stage of the review; the cell counts as untouched",
            "`r.xlsx`: 1 of the exported concepts are not in it; they stay as they are",
        ]
    );
    assert_eq!(take(GLOSSARY, &back, Side::There).0, GLOSSARY);
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_brings_its_state_along() {
    let termbase = glossary(GLOSSARY);
    let bytes = sheet::xlsx::write(&termbase).expect("a workbook");
    assert_eq!(bytes, sheet::xlsx::write(&termbase).expect("the same"), "output depends on input only");
    let back = sheet::read("r.xlsx", &bytes).expect("one for review").expect("read");
    assert_eq!((back.findings.len(), back.new.concepts.len(), back.entries.len()), (0, 0, 2));
    assert!(back.entries.iter().all(|entry| entry.base == entry.theirs));
    assert_eq!(take(GLOSSARY, &back, Side::There).0, GLOSSARY);
    let plain = crate::format::terms::write(
        crate::format::terms::find("xlsx").expect("xlsx"),
        &termbase,
        &Default::default(),
    );
    assert!(sheet::read("p.xlsx", &plain.expect("a workbook").bytes).is_none(), "a plain one is none");
}

/// Notes and threads as Excel keeps them: a thread has a note beside it for programs that know none.
#[cfg(feature = "xlsx")]
#[test]
fn comments_of_the_spreadsheet_program_come_back() {
    let bytes = sheet::xlsx::write(&glossary(GLOSSARY)).expect("a workbook");
    let mut container = crate::format::container::Container::open(&bytes).expect("a container");
    let mut parts: Vec<(String, Vec<u8>)> = container
        .names()
        .into_iter()
        .map(|name| (name.clone(), container.bytes(&name).expect("a part")))
        .collect();
    let links = |links: &[(&str, &str)]| {
        let link = |(kind, to): &(&str, &str)| {
            format!("<Relationship Id=\"{to}\" Type=\"http://x/{kind}\" Target=\"{to}\"/>")
        };
        format!("<Relationships>{}</Relationships>", links.iter().map(link).collect::<String>())
    };
    let of_book = parts.iter_mut().find(|(name, _)| name == "xl/_rels/workbook.xml.rels").expect("links");
    let person = links(&[("person", "persons/person.xml")]).replace("<Relationships>", "");
    of_book.1 = String::from_utf8(of_book.1.clone())
        .expect("UTF-8")
        .replace("</Relationships>", &person)
        .into_bytes();
    let notes = "<comments><authors><author>Luis</author><author>tc={1}</author></authors><commentList>\
        <comment ref=\"E2\" authorId=\"0\"><text><r><t>Luis:</t></r><r><t xml:space=\"preserve\">\nMejor: </t></r><r><t>R&amp;D</t></r></text></comment>\
        <comment ref=\"C4\" authorId=\"1\"><text><t>[Threaded comment] Your version of Excel allows you to read it</t></text></comment>\
        <comment ref=\"D1\" authorId=\"0\"><text><t>¿Por qué?</t></text></comment></commentList></comments>";
    let threads = "<ThreadedComments><threadedComment ref=\"C4\" personId=\"{a}\" id=\"{1}\"><text>¿Cuota?</text></threadedComment>\
        <threadedComment ref=\"C4\" personId=\"{b}\" id=\"{2}\" parentId=\"{1}\"><text>No.</text></threadedComment></ThreadedComments>";
    let persons = "<personList><person displayName=\"Ana\" id=\"{a}\"/><person displayName=\"Luis\" id=\"{b}\"/></personList>";
    let of_sheet = links(&[
        ("comments", "../comments1.xml"),
        ("threadedComment", "../threadedComments/threadedComment1.xml"),
    ]);
    for (name, text) in [
        ("xl/worksheets/_rels/sheet1.xml.rels", of_sheet.as_str()),
        ("xl/comments1.xml", notes),
        ("xl/threadedComments/threadedComment1.xml", threads),
        ("xl/persons/person.xml", persons),
    ] {
        parts.push((name.to_owned(), text.as_bytes().to_vec()));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let commented = crate::format::container::tests::archive(&parts);
    let back = sheet::read("r.xlsx", &commented).expect("one for review").expect("read");
    let said: Vec<Option<&str>> = back.entries.iter().map(|entry| entry.comment.as_deref()).collect();
    assert_eq!(said, [Some("Luis: Mejor: R&D"), Some("Ana: ¿Cuota?\nLuis: No.")]);
    let told: Vec<&str> = back.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["`r.xlsx`: a comment is at no concept, so it is taken to none: “Luis: ¿Por qué?”"]);
    let (after, _) = take(GLOSSARY, &back, Side::Here);
    assert!(after.contains("Luis: Mejor: R&D"), "{after}");
    assert_eq!(take(&after, &back, Side::Here).0, after, "once is enough");
}

#[cfg(feature = "office")]
#[test]
fn a_document_brings_its_state_along() {
    let termbase = glossary(GLOSSARY);
    let bytes = sheet::docx::write(&termbase).expect("a document");
    let back = sheet::read("r.docx", &bytes).expect("one for review").expect("read");
    assert_eq!(take(GLOSSARY, &back, Side::There).0, GLOSSARY);
    // As a word processor changes it: a respelled term, a tracked change, a new row.
    let mut container = crate::format::container::Container::open(&bytes).expect("a container");
    let parts: Vec<(String, Vec<u8>)> = container.names().into_iter().map(|name| {
        let bytes = container.bytes(&name).expect("a part");
        if name != "word/document.xml" {
            return (name, bytes);
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let text = text.replace(">tarifa<", ">tarifas<").replace(
            "<w:t xml:space=\"preserve\">duty</w:t></w:r>",
            "</w:r><w:del><w:r><w:t>duty</w:t></w:r></w:del><w:ins><w:r><w:t>customs &amp; duty</w:t></w:r></w:ins>",
        );
        let row = "<w:tr><w:tc><w:p><w:r><w:t>muro</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>wall</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let text = text.replace("</w:tbl>", row);
        // The last cell of the first row, and the term in it, are commented on; so is what stands behind the table.
        let (head, body) = text.split_once("glosa_0").expect("the first row");
        let body = body
            .replacen("xml:space=\"preserve\"></w:t>", ">¿Y la cuota?</w:t>", 1)
            .replacen("</w:p>", "<w:commentRangeStart w:id=\"4\"/><w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r></w:p>", 1)
            .replace("</w:tbl><w:p/>", "</w:tbl><w:p><w:commentRangeStart w:id=\"5\"/></w:p>");
        (name, format!("{head}glosa_0{body}").into_bytes())
    }).collect();
    let mut parts = parts;
    let comments = "<w:comments xmlns:w=\"w\"><w:comment w:id=\"4\" w:author=\"Ana\"><w:p><w:r><w:t>R&amp;D</w:t></w:r></w:p><w:p><w:r><w:t>dice otra cosa</w:t></w:r></w:p></w:comment>\
        <w:comment w:id=\"5\" w:author=\"Ana\"><w:p><w:r><w:t>buen trabajo</w:t></w:r></w:p></w:comment></w:comments>";
    parts.push(("word/comments.xml".to_owned(), comments.as_bytes().to_vec()));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let edited = crate::format::container::tests::archive(&parts);
    let back = sheet::read("r.docx", &edited).expect("one for review").expect("read");
    let said: Vec<Option<&str>> = back.entries.iter().map(|entry| entry.comment.as_deref()).collect();
    assert_eq!(said[0], Some("¿Y la cuota?\nAna: R&D dice otra cosa"));
    assert!(said[1..].iter().all(Option::is_none), "{said:?}");
    let told: Vec<&str> = back.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["`r.docx`: a comment is at no concept, so it is taken to none: “Ana: buen trabajo”"]);
    let (after, imported) = take(GLOSSARY, &back, Side::Here);
    assert!(after.contains("\"tarifas\"") && after.contains("# principal"), "{after}");
    assert!(after.contains("terms.en = [\"tariff\", \"customs & duty\"]"), "{after}");
    assert!(after.contains("Ana: R&D dice otra cosa"), "{after}");
    assert!(after.contains("terms.es = \"muro\"") && imported.added == 1, "{after}");
    assert_eq!(take(&after, &back, Side::Here).0, after);
}

#[test]
fn columns_are_known_by_what_their_headings_mean_and_others_are_told() {
    let state = sheet_of(&glossary(GLOSSARY), false);
    let mut sheet = state.clone();
    edit(&mut sheet, "cupo", "1", "note", "la suya");
    edit(&mut sheet, "cupo", "1", "en", "share");
    edit(&mut sheet, "cupo", "1", "subject", "trade");
    let renamed = [("note", "Notas"), ("en", "inglés"), ("subject", "lo que sea"), ("es: status", "")];
    let mut cells = sheet.cells();
    for (from, to) in renamed {
        cells[0].iter_mut().filter(|heading| *heading == from).for_each(|heading| *heading = to.to_owned());
    }
    for row in &mut cells {
        row.swap(2, 4);
    }
    let (edited, told) = Sheet::edited("r.xlsx", cells, &state);
    let said: Vec<&str> = told.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`r.xlsx`: the column “lo que sea” is none of those exported; it is not read",
            "`r.xlsx`: the column “es: status” is gone; its values stay as they are",
            "`r.xlsx`: the column “subject” is gone; its values stay as they are",
        ]
    );
    let (after, _) =
        take(GLOSSARY, &returned("r.xlsx", &state, &edited).expect("what came back"), Side::There);
    assert!(after.contains("note = \"la suya\"") && after.contains("\"share\""), "{after}");
    assert_eq!(after.matches("\"trade\"").count(), 1, "{after}");
}
