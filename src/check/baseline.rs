//! A baseline: the findings that are known already, so that only new ones count.
//!
//! It is a JSON file of fingerprints, which are made of content: a known finding stays known when its text moves. Rule
//! and file stand beside each for people who read a change of it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::fingerprint::{VERSION, fingerprints};
use super::render::{Suppressed, SuppressionKind};
use super::{Finding, SourceFile};

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The version of the file and of its fingerprints.
    #[serde(rename = "glosa-baseline")]
    version: u32,
    /// One each.
    findings: Vec<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    file: String,
    rule: String,
    fingerprint: String,
}

impl Baseline {
    /// The baseline by which nothing of these findings is new.
    pub fn of(findings: &[Finding], sources: &[SourceFile]) -> Baseline {
        let known = |(finding, fingerprint): (&Finding, String)| Known {
            file: finding.place.as_ref().map_or(String::new(), |place| place.file.to_string()),
            rule: finding.rule.to_owned(),
            fingerprint,
        };
        let mut findings: Vec<Known> =
            findings.iter().zip(fingerprints(findings, sources)).map(known).collect();
        findings.sort();
        Baseline { version: VERSION, findings }
    }

    /// Reads a file. The error says what is wrong with it and what to do.
    pub fn read(text: &str) -> Result<Baseline, String> {
        #[derive(Deserialize)]
        struct Version {
            #[serde(rename = "glosa-baseline")]
            version: u64,
        }
        let anew = "write it anew with --write-baseline";
        let version: Version =
            serde_json::from_str(text).map_err(|error| format!("is no baseline ({error}); {anew}"))?;
        if version.version != u64::from(VERSION) {
            let found = version.version;
            return Err(format!(
                "is a baseline of version {found}, and this glosa reads version {VERSION}; {anew}"
            ));
        }
        serde_json::from_str(text).map_err(|error| format!("is a damaged baseline ({error}); {anew}"))
    }

    /// The text of the file: a finding a line, in order.
    pub fn write(&self) -> String {
        let line = |known: &Known| serde_json::to_string(known).unwrap_or_default();
        let lines: Vec<String> = self.findings.iter().map(|known| format!("  {}", line(known))).collect();
        format!("{{\"glosa-baseline\": {}, \"findings\": [\n{}\n]}}\n", self.version, lines.join(",\n"))
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Divides findings into new and known ones; and how many of those known are found no more.
    pub fn sift(
        &self,
        findings: Vec<Finding>,
        sources: &[SourceFile],
    ) -> (Vec<Finding>, Vec<Suppressed>, usize) {
        let known: HashSet<&str> = self.findings.iter().map(|known| known.fingerprint.as_str()).collect();
        let fingerprints = fingerprints(&findings, sources);
        let (mut fresh, mut old) = (Vec::new(), Vec::new());
        for (finding, fingerprint) in findings.into_iter().zip(&fingerprints) {
            if known.contains(fingerprint.as_str()) {
                let reason = "known from the baseline".to_owned();
                old.push(Suppressed { finding, kind: SuppressionKind::External, reason });
            } else {
                fresh.push(finding);
            }
        }
        let gone = known.len().saturating_sub(old.len());
        (fresh, old, gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Severity;
    use crate::text::Span;

    fn found(text: &str) -> (Vec<Finding>, Vec<SourceFile>) {
        let at = |(at, word): (usize, &str)| {
            Finding::new(Severity::Warning, "drift", "m").at("a.txt", Span::new(at, at + word.len()))
        };
        let findings = text.match_indices("peaje").map(at).collect();
        (findings, vec![SourceFile { name: "a.txt".to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn what_is_known_stays_known_when_it_moves() {
        let (findings, sources) = found("El peaje sube.\n");
        let baseline = Baseline::read(&Baseline::of(&findings, &sources).write()).expect("it can be read");
        let (findings, sources) = found("Nuevo párrafo: otro peaje.\n\nEl peaje sube.\n");
        let (fresh, old, gone) = baseline.sift(findings, &sources);
        assert_eq!((fresh.len(), old.len(), gone), (1, 1, 0));
        assert_eq!(fresh[0].place.as_ref().map(|place| place.span.start), Some(21));
        let (findings, sources) = found("Nada.\n");
        assert_eq!(baseline.sift(findings, &sources).2, 1);
    }

    #[test]
    fn other_files_are_refused_with_the_reason() {
        for (text, expected) in [
            ("{\"glosa-baseline\": 99, \"findings\": []}", "version 99"),
            ("{\"glosa-baseline\": 1, \"findings\": 3}", "damaged"),
            ("[]", "no baseline"),
            ("", "no baseline"),
        ] {
            let error = Baseline::read(text).expect_err(text);
            assert!(error.contains(expected) && error.contains("--write-baseline"), "{text}: {error}");
        }
        assert!(Baseline::read(&Baseline::of(&[], &[]).write()).is_ok_and(|baseline| baseline.is_empty()));
    }
}
