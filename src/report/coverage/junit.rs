//! The report as JUnit XML, for the test pages of CI systems: the gate is a test, and so is every required concept
//! that is asked for. Concepts fail only where the gate does, so that the file says what the exit status says.

use super::{ConceptCoverage, Counts, Coverage, Options, percent};
use crate::report::beads::tmx::push_text;

/// Renders the report.
pub(super) fn render(report: &Coverage, options: &Options) -> String {
    let gate = options.gate;
    let counts_all = |concept: &ConceptCoverage| gate.is_some_and(|gate| gate.proposed) || concept.required;
    let concepts: Vec<&ConceptCoverage> = report
        .concepts
        .iter()
        .filter(|concept| counts_all(concept) && concept.counts().asked() > 0)
        .collect();
    let fails = gate.is_some_and(|gate| !gate.passes(&report.summary));
    let is_below =
        |counts: Counts| gate.is_some_and(|gate| counts.share().is_some_and(|share| share < gate.least));
    let failing = |concept: &&&ConceptCoverage| fails && is_below(concept.counts());
    let failures = concepts.iter().filter(failing).count() + usize::from(fails);
    let tests = concepts.len() + 1;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"glosa coverage\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"
    ));
    out.push_str(&format!("  <testsuite name=\"coverage\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n"));
    let (counts, least) = match gate {
        Some(gate) => (gate.counts(&report.summary), gate.least),
        None => (report.summary.required, 0.0),
    };
    push_case(&mut out, "gate", "required terms rendered as approved", &told(counts), fails.then_some(least));
    for concept in concepts {
        let (subject, counts) = (concept.subject.as_deref().unwrap_or("concepts"), concept.counts());
        let below = (fails && is_below(counts)).then_some(least);
        push_case(&mut out, subject, &concept.label, &told_of(concept, counts), below);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// A test, which fails where it says what it is below.
fn push_case(out: &mut String, class: &str, name: &str, told: &str, below: Option<f64>) {
    out.push_str(&format!("    <testcase classname=\"{}\" name=\"{}\">", xml_text(class), xml_text(name)));
    match below {
        Some(least) => {
            let message = format!("{told}: below {}", percent(least));
            out.push_str(&format!("<failure type=\"coverage\" message=\"{}\"/>", xml_text(&message)));
        }
        None => out.push_str(&format!("<system-out>{}</system-out>", xml_text(told))),
    }
    out.push_str("</testcase>\n");
}

fn told(counts: Counts) -> String {
    format!("{} of {} places rendered as approved", counts.approved, counts.asked())
}

fn told_of(concept: &ConceptCoverage, counts: Counts) -> String {
    let others = concept.renderings.iter().filter(|rendering| !rendering.approved);
    let others: Vec<String> = others
        .map(|other| format!("{} {}", other.term.as_deref().unwrap_or("left out"), other.count))
        .collect();
    let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join("; ")) };
    format!("{}{others}", told(counts))
}

fn xml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}
