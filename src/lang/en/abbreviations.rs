//! English abbreviations that end with a full stop, lower-case and sorted, by what may follow them.

/// A name follows: no sentence ends here.
pub const TITLES: &[&str] = &[
    "adm", "amb", "atty", "brig", "capt", "cmdr", "cpl", "det", "dr", "drs", "fr", "gen", "gov", "hon", "lt",
    "maj", "messrs", "mr", "mrs", "ms", "mt", "mx", "ofc", "pres", "prof", "pvt", "rep", "reps", "rev",
    "sen", "sens", "sgt", "sr", "st", "ste", "supt",
];

/// A number follows; before anything else the stop ends the sentence.
pub const NUMBERED: &[&str] = &[
    "app", "art", "arts", "ch", "chap", "cl", "eq", "ex", "fig", "figs", "no", "nos", "p", "para", "pp",
    "sec", "secs", "tab", "vol", "vols",
];

/// A sentence may go on or end here: only a function word after it tells.
pub const OPEN: &[&str] = &[
    "al", "approx", "apr", "assn", "aug", "ave", "blvd", "bros", "ca", "cf", "co", "corp", "dec", "dept",
    "dist", "esq", "est", "feb", "ft", "govt", "hwy", "inc", "intl", "jan", "jr", "llc", "ltd", "mfg",
    "natl", "nov", "oct", "pt", "rd", "sept", "univ", "v", "vs",
];
