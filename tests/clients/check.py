"""What the programs of others read in exports of glosa, against what went in. Run by `run`, which installs them."""

import csv
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GLOSA = sys.argv[1]
WORK = Path(sys.argv[2]) / "files"
SOURCE, TARGET = "es-MX", "en-US"


def convert(name, extension, *options, source=HERE / "glossary.toml"):
    """A glossary in a format, as a file."""
    path = WORK / f"{name}.{extension}"
    command = [GLOSA, "-q", "convert", source, "--to", name, "-o", path, *options]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return path


def terms(concept, tag):
    return [term["term"] for term in concept["languages"].get(tag, {}).get("terms", [])]


def all_pairs(concepts):
    return {(es, en) for concept in concepts for es in terms(concept, SOURCE) for en in terms(concept, TARGET)}


def best_pairs(concepts):
    """The first terms of both languages: what a format with one translation for a term is read as at least."""
    return {(terms(concept, SOURCE)[0], terms(concept, TARGET)[0]) for concept in concepts}


# ------------------------------------------------------------------ Translate Toolkit
def units(path, kind):
    store = kind.parsefile(str(path))
    return [(str(unit.source), str(unit.target)) for unit in store.units if not unit.isheader() and unit.target]


def toolkit_tbx(concepts):
    from translate.storage.tbx import tbxfile
    assert set(units(convert("tbx-v2", "tbx"), tbxfile)) == best_pairs(concepts)


def toolkit_tmx(concepts):
    from translate.storage.tmx import tmxfile
    assert set(units(convert("tmx", "tmx"), tmxfile)) == best_pairs(concepts)


def toolkit_utx(concepts):
    from translate.storage.utx import UtxFile
    assert set(units(convert("utx", "utx"), UtxFile)) == all_pairs(concepts)


def toolkit_weblate(concepts):
    from translate.storage.csvl10n import csvfile
    assert set(units(convert("weblate", "csv"), csvfile)) == all_pairs(concepts)


def toolkit_omegat(concepts):
    from translate.storage.omegat import OmegaTFile
    assert set(units(convert("omegat", "utf8"), OmegaTFile)) == all_pairs(concepts)


def toolkit_xliff(concepts):
    from translate.storage.xliff2 import Xliff2File
    store = Xliff2File.parsefile(str(convert("xliff", "xlf")))
    found = {str(unit.source) for unit in store.units}
    assert found == {term for concept in concepts for term in terms(concept, SOURCE)}, found


# ------------------------------------------------------------------ OmegaT
def omegat_glossaries(concepts):
    files = [convert("omegat", "txt"), convert("omegat-csv", "csv"), convert("tbx-v2", "tbx")]
    home = WORK / "omegat"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    jars = "/usr/share/omegat/OmegaT.jar:/usr/share/omegat/lib/*:/usr/share/java/*"
    subprocess.run(["javac", "-nowarn", "-cp", jars, "-d", home, HERE / "Glossaries.java"], check=True)
    command = ["java", "-Djava.awt.headless=true", f"-Duser.home={home}", "-cp", f"{home}:{jars}", "Glossaries", home, *files]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = [tuple(line.split("\t")) for line in out.splitlines() if line.count("\t") == 2]
    for file in files:
        found = {row[1:] for row in rows if row[0] == file.name}
        assert found == all_pairs(concepts), f"{file.name}: {found ^ all_pairs(concepts)}"


# ------------------------------------------------------------------ spreadsheets
def rows_of_csv():
    text = convert("csv", "csv").read_text(encoding="utf-8")
    return [row for row in csv.reader(io.StringIO(text, newline=""))]


def trimmed(row):
    cells = [cell or "" for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def openpyxl_xlsx(_):
    import openpyxl
    sheet = openpyxl.load_workbook(convert("xlsx", "xlsx")).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells), "a cell is no text"
    found = [trimmed(cell.value for cell in row) for row in sheet.iter_rows()]
    assert found == [trimmed(row) for row in rows_of_csv()], found


def odfpy_ods(_):
    from odf import opendocument, table, teletype, text
    document = opendocument.load(str(convert("ods", "ods")))
    cell_text = lambda cell: "\n".join(teletype.extractText(line) for line in cell.getElementsByType(text.P))
    rows = document.spreadsheet.getElementsByType(table.TableRow)
    found = [trimmed(cell_text(cell) for cell in row.getElementsByType(table.TableCell)) for row in rows]
    assert found == [trimmed(row) for row in rows_of_csv()], found


# ------------------------------------------------------------------ catalogues and linked data
def polib_po(concepts):
    import polib
    catalogue = polib.pofile(str(convert("po", "po")))
    found = {(entry.msgid, entry.msgstr) for entry in catalogue}
    assert best_pairs(concepts) <= found <= all_pairs(concepts), found


def rdflib_skos(concepts):
    import rdflib
    from rdflib.namespace import SKOS
    for name, extension, kind in [("skos", "ttl", "turtle"), ("skos-jsonld", "jsonld", "json-ld")]:
        graph = rdflib.Graph().parse(str(convert(name, extension)), format=kind)
        subjects = set(graph.subjects(rdflib.RDF.type, SKOS.Concept))
        assert len(subjects) == len(concepts), f"{name}: {len(subjects)} concepts"
        labels = {(str(label), label.language.lower()) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
                  for label in graph.objects(None, kind)}
        wanted = {(term, tag.lower()) for concept in concepts for tag in concept["languages"] for term in terms(concept, tag)}
        assert labels == wanted, f"{name}: {labels ^ wanted}"
        for subject in subjects:
            tags = [label.language for label in graph.objects(subject, SKOS.prefLabel)]
            assert len(tags) == len(set(tags)), f"{subject} has two preferred labels in a language (S14)"


# ------------------------------------------------------------------ dictionaries
def sdcv_stardict(concepts):
    folder = WORK / "dictionary"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(convert("stardict", "zip")) as archive:
        archive.extractall(folder)
    for es, en in sorted(all_pairs(concepts)):
        command = ["sdcv", "--data-dir", folder, "--non-interactive", "--exact-search", "--json-output", es]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        articles = [entry["definition"].strip().splitlines() for entry in json.loads(out)]
        assert any(en in article for article in articles), f"{es}: {articles}"


def pyglossary_stardict(concepts):
    from pyglossary.glossary_v2 import Glossary
    folder = WORK / "stardict"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(convert("stardict", "zip")) as archive:
        archive.extractall(folder)
    Glossary.init()
    dictionary = Glossary()
    assert dictionary.directRead(str(next(folder.glob("*.ifo"))), formatName="Stardict")
    found = {(word, line) for entry in dictionary for word in entry.l_term for line in entry.defi.splitlines()}
    words = {word for word, _ in found}
    assert words == {es for es, _ in all_pairs(concepts)}, words
    assert all_pairs(concepts) <= found, all_pairs(concepts) - found


def anki_deck(concepts):
    from anki.collection import Collection, ImportCsvRequest
    path = convert("anki", "txt")
    place = WORK / "collection.anki2"
    place.unlink(missing_ok=True)
    collection = Collection(str(place))
    for times in range(2):  # importing again adds none
        metadata = collection.get_csv_metadata(str(path), None)
        assert list(metadata.column_labels) == ["Front", "Back", "Note", "Tags", "Id"], metadata
        collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
        notes = [collection.get_note(number) for number in collection.find_notes("")]
        found = {(note.guid, *(tuple(map(html.unescape, side.split("<br>"))) for side in note.fields[:2])) for note in notes}
        wanted = {(concept["id"], *(tuple(terms(concept, tag)) for tag in (SOURCE, TARGET))) for concept in concepts}
        assert found == wanted and len(notes) == len(concepts), found ^ wanted
    collection.close()


# ------------------------------------------------------------------ rules
def yaml_vale(concepts):
    """Vale itself is in no registry that needs no further download: its rule is read as YAML, its patterns are tried."""
    import yaml
    rule = yaml.safe_load(convert("vale", "yml").read_text(encoding="utf-8"))
    assert rule["extends"] == "substitution" and rule["message"].count("%s") == 2, rule
    wrong = {term["term"] for concept in concepts for section in concept["languages"].values() for term in section["terms"]
             if term.get("forbidden") or term.get("status") in ("deprecated", "superseded")}
    assert wrong and len(rule["swap"]) == len(wrong), rule["swap"]
    for term in wrong:
        matching = [pattern for pattern in rule["swap"] if re.fullmatch(pattern, term)]
        assert len(matching) == 1 and rule["swap"][matching[0]] not in wrong, f"{term}: {matching}"


# ------------------------------------------------------------------ schemas
SCHEMAS = {"tbx": ("TBX-DCA", "tbx"), "tbx-min": ("TBX-DCA", "tbx"), "tbx-linguist": ("TBX-DCA", "tbx"), "tmx": ("TMX", "tmx")}
# What no file of these formats may have, each with what it is put in the place of.
FAULTS = [("</term>", "</term><termNote type='x'>y</termNote>"), ("</term>", "</term><descrip type='definition'>y</descrip>"),
          ("</term>", "</term><termNote type='partOfSpeech'>sustantivo</termNote>"), ("</seg>", "</seg><seg/>"),
          ("<body>", "<body><p/>")]


def complaints(schema, path):
    command = ["jing", "-c", HERE / "schemas" / f"{schema}.rnc", path]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def jing_schemas(_):
    fixtures = ROOT / "tests" / "fixtures" / "termbases"
    sources = [HERE / "glossary.toml", ROOT / "glossary.toml", fixtures / "toml" / "own.toml",
               fixtures / "tbx-linguist" / "linguist.tbx", fixtures / "multiterm" / "export.xml"]
    for name, (schema, extension) in SCHEMAS.items():
        for source in sources:
            path = convert(name, extension, source=source)
            said = complaints(schema, path)
            assert not said, f"{name} of {source.name}: {said[:300]}"
        text = path.read_text(encoding="utf-8")
        for right, wrong in FAULTS:
            if right in text:
                path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
                assert complaints(schema, path), f"{schema}.rnc takes {wrong}"


# ------------------------------------------------------------------ what others write, read by glosa
def docx_read(_):
    import docx
    document = docx.Document()
    document.add_heading("Arancel al acero", 1)
    document.add_paragraph("México impuso un arancel.").add_run(" Lo retiró después.")
    path = WORK / "nota.docx"
    document.save(path)
    out = subprocess.run([GLOSA, "segment", "--json", path], check=True, capture_output=True, text=True).stdout
    found = [line["text"] for line in map(json.loads, out.splitlines()) if line.get("type") == "segment"]
    assert found == ["Arancel al acero", "México impuso un arancel.", "Lo retiró después."], found


def docx_review(concepts):
    """A colleague corrects a term and makes a comment in the word processor, and writes in the column for comments."""
    import docx
    folder = WORK / "review"
    folder.mkdir()
    shutil.copy(HERE / "glossary.toml", folder)
    command = lambda *args: subprocess.run([GLOSA, *args], cwd=folder, check=True, capture_output=True, text=True)
    command("export", "--for", "review", "-o", "r.docx")
    document = docx.Document(folder / "r.docx")
    rows = document.tables[0].rows
    headings = [cell.text for cell in rows[0].cells]
    assert headings == [SOURCE, TARGET, "comment"] and len(rows) == len(concepts) + 1, headings
    row = next(row for row in rows if row.cells[0].text.startswith("Quédate"))
    row.cells[0].paragraphs[0].runs[0].text = "Permanecer en México"
    document.add_comment(row.cells[1].paragraphs[0].runs, text="¿Con mayúscula?", author="Ana", initials="A")
    row.cells[2].paragraphs[0].add_run("lo vemos el lunes")
    document.save(folder / "r.docx")
    out = command("import", "r.docx", "--merge", "theirs").stdout
    assert "comment: `remain-in-mexico` lo vemos el lunes Ana: ¿Con mayúscula?" in out, out
    after = (folder / "glossary.toml").read_text(encoding="utf-8")
    assert "Permanecer en México" in after and "Quédate" not in after, after
    assert after.count("private-note") == 1 and "Ana: ¿Con mayúscula?" in after, after


# ------------------------------------------------------------------ findings
def findings(name):
    """The findings of the imperfect collection in a form, as a file, and how many there are."""
    path = WORK / f"findings.{name}"
    command = [GLOSA, "-q", "check", "--notes", "--fail-on", "error", ROOT / "tests" / "imperfect"]
    subprocess.run([*command, "-f", name, "-o", path], cwd=ROOT, stderr=subprocess.DEVNULL)
    out = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True).stdout
    return path, [json.loads(line) for line in out.splitlines()]


def sarif_schema(_):
    """The classes are made from the published schema, and refuse what it does not know."""
    from pydantic_sarif import model
    path, found = findings("sarif")
    log = model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(path.read_text(encoding="utf-8"))
    assert found and len(log.runs[0].results) == len(found), len(log.runs[0].results)


def junit_parser(_):
    from junitparser import JUnitXml
    path, found = findings("junit")
    report = JUnitXml.fromfile(str(path))
    failures = sum(len(case.result) for suite in report for case in suite)
    assert failures == report.failures == sum(finding["severity"] == "error" for finding in found) > 0, failures


CHECKS = [toolkit_tbx, toolkit_tmx, toolkit_utx, toolkit_weblate, toolkit_omegat, toolkit_xliff, omegat_glossaries,
          openpyxl_xlsx, odfpy_ods, polib_po, rdflib_skos, sdcv_stardict, pyglossary_stardict, anki_deck, yaml_vale, jing_schemas,
          docx_read, docx_review, sarif_schema, junit_parser]


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    concepts = json.loads(convert("json", "json").read_text(encoding="utf-8"))["concepts"]
    failed = 0
    for check in CHECKS:
        try:
            check(concepts)
            print(f"ok      {check.__name__}")
        except Exception as error:  # whatever goes wrong in a client is a failure of that check
            failed += 1
            print(f"FAILED  {check.__name__}: {type(error).__name__}: {error}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
