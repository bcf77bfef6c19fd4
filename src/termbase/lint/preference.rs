//! Two terms to be used for one thing, in one scope.

use super::{Glossary, finding};
use crate::check::{Finding, Severity};
use crate::termbase::model::{LangSection, Status, TermEntry};

/// Terms stated as preferred for the same region, client, project, register, role, direction and time.
pub(super) fn two_preferred(glossary: &Glossary<'_>) -> Vec<Finding> {
    glossary.concepts().flat_map(|concept| &concept.sections).filter_map(conflict).collect()
}

/// The first conflict of a section; the others are seen once it is gone.
fn conflict(section: &LangSection) -> Option<Finding> {
    let preferred: Vec<&TermEntry> = section
        .terms
        .iter()
        .filter(|term| term.status == Some(Status::Preferred) && !term.forbidden)
        .collect();
    let (first, second) = preferred.iter().enumerate().find_map(|(i, second)| {
        preferred.iter().take(i).find(|first| is_one_scope(first, second)).map(|first| (first, second))
    })?;
    let message = format!("“{}” and “{}” are both preferred in one scope", first.term, second.term);
    let mut finding = finding(Severity::Error, "two-preferred", second.place.as_ref(), message).help(
        "let one be admitted, or say what sets them apart: region, client, register, role, valid-until",
    );
    finding.related.extend(first.place.clone().map(|place| (place, "preferred too".to_owned())));
    Some(finding)
}

fn is_one_scope(a: &TermEntry, b: &TermEntry) -> bool {
    a.region == b.region
        && a.client == b.client
        && a.project == b.project
        && a.register == b.register
        && a.role == b.role
        && a.direction == b.direction
        && !ends_before(a, b)
        && !ends_before(b, a)
}

/// Whether the first term's time is over when the other's begins.
fn ends_before(a: &TermEntry, b: &TermEntry) -> bool {
    match (&a.valid_until, &b.valid_from) {
        // A month or year as an end includes its days: 2020 does not end before 2020-06.
        (Some(until), Some(from)) => until < from && !from.starts_with(until.as_str()),
        _ => false,
    }
}
