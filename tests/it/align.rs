//! `align` on texts that are no faithful pair: a sensible result or a clear message, in bounded time.

use std::time::{Duration, Instant};

use crate::support::{Folder, Run};

const ES: &str = "El puerto de Otay cerró en 2019 porque no había agua.\nNadie protestó en la ciudad.\n\
                  La alcaldesa Ruiz lo abrirá de nuevo en el mes de mayo.\n";
const EN: &str = "The port of Otay closed in 2019 because there was no water.\nNobody in the city protested.\n\
                  Mayor Ruiz will open it again in the month of May.\n";

/// The beads of a run with `--lines --json`, as the numbers of their lines.
fn beads(run: &Run) -> Vec<[Vec<u64>; 2]> {
    let numbers = |value: &serde_json::Value| -> Vec<u64> {
        value.as_array().expect("numbers").iter().map(|n| n.as_u64().expect("a number")).collect()
    };
    run.objects("bead").iter().map(|bead| [numbers(&bead["es"]), numbers(&bead["en"])]).collect()
}

fn folder() -> Folder {
    Folder::new().file("es.txt", ES).file("en.txt", EN).file("empty.txt", "")
}

fn align(folder: &Folder, es: &str, en: &str) -> Run {
    folder.run(&["align", "--lines", "--json", es, en])
}

#[test]
fn an_empty_side() {
    let run = align(&folder(), "es.txt", "empty.txt").exits(1);
    assert_eq!(beads(&run), [[vec![0], vec![]], [vec![1], vec![]], [vec![2], vec![]]]);
}

#[test]
fn exchanged_sides_keep_their_numbers() {
    let folder = folder().file("more.txt", format!("Noticias de la frontera y de la capital.\n{ES}"));
    let run = align(&folder, "en.txt", "more.txt").exits(0);
    let pairs: Vec<_> = beads(&run).into_iter().filter(|[es, en]| !es.is_empty() && !en.is_empty()).collect();
    assert_eq!(pairs, [[vec![0], vec![1]], [vec![1], vec![2]], [vec![2], vec![3]]]);
    run.says("the other way round");
}

#[test]
fn one_text_twice() {
    align(&folder(), "es.txt", "es.txt").exits(2).says("es.txt is named twice");
    let run = align(&folder().file("copy.txt", ES), "es.txt", "copy.txt").exits(0);
    assert_eq!(beads(&run), [0, 1, 2].map(|i| [vec![i], vec![i]]));
    run.says("both seem to be Spanish");
}

#[test]
fn a_third_language_is_told_and_aligned_all_the_same() {
    let french = "Le port d'Otay a fermé en 2019 parce qu'il n'y avait pas d'eau.\nPersonne n'a protesté dans la ville.\n\
                  La maire Ruiz va le rouvrir au mois de mai.\n";
    let folder = folder().file("fr.txt", french);
    for sides in [["es.txt", "fr.txt"], ["fr.txt", "en.txt"]] {
        let run = align(&folder, sides[0], sides[1]).exits(0);
        assert_eq!(beads(&run), [0, 1, 2].map(|i| [vec![i], vec![i]]), "{sides:?}");
        run.says("fr.txt seems to be neither Spanish nor English");
    }
}

#[test]
fn a_line_of_five_megabytes() {
    let start = Instant::now();
    let line = |text: &str| text.repeat(5_000_000 / text.len()) + "\n";
    let folder = Folder::new()
        .file("long.es.txt", line("el puerto cerró y nadie dijo nada "))
        .file("long.en.txt", line("the port closed and nobody spoke "));
    let run = folder.run(&["align", "--json", "long.es.txt", "long.en.txt"]).exits(0);
    let found = beads(&run);
    let whole = |side: usize| found.iter().map(|bead| bead[side].len()).sum::<usize>();
    assert!(whole(0) >= 1 && whole(1) >= 1, "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn lengths_lines_and_repetition_out_of_all_proportion() {
    let start = Instant::now();
    let many: String = (0..1500).map(|i| format!("The ship {i} sailed on.\n")).collect();
    let folder = folder()
        .file("many.txt", &many)
        .file("same.es.txt", "El puerto cerró.\n".repeat(2000))
        .file("same.en.txt", "The port closed.\n".repeat(2000))
        .file("long.es.txt", "El puerto cerró y nadie dijo nada. ".repeat(20_000))
        .file("long.en.txt", "The port closed and nobody spoke. ".repeat(20_000));
    let run = align(&folder, "es.txt", "many.txt");
    let english: Vec<u64> = beads(&run).into_iter().flat_map(|[_, en]| en).collect();
    assert_eq!(english, (0..1500).collect::<Vec<_>>(), "every line is in one bead");
    let same = beads(&align(&folder, "same.es.txt", "same.en.txt").exits(0));
    assert_eq!(same, (0..2000).map(|i| [vec![i], vec![i]]).collect::<Vec<_>>());
    assert_eq!(beads(&align(&folder, "long.es.txt", "long.en.txt").exits(0)), [[vec![0], vec![0]]]);
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn folders_with_names_of_real_life() {
    let folder = Folder::new()
        .file("job/Contrato_ESP_VF.txt", ES)
        .file("job/Contrato EN v3.txt", EN)
        .file("job/apuntes.txt", "Solo una nota.\n");
    let run = folder.run(&["align", "job"]).exits(0);
    let run = run.says("1 text without counterpart: job/apuntes.txt").says("--pair-by-content");
    assert!(run.lines().iter().any(|line| line.contains("Contrato_ESP_VF.txt ↔ job/Contrato EN v3.txt")));
}
