//! Spanish abbreviations that end with a full stop, lower-case and sorted, by what may follow them.

/// A name follows: no sentence ends here.
pub const TITLES: &[&str] = &[
    "alm", "arq", "cap", "cmdte", "cnel", "cte", "dip", "dips", "dna", "dr", "dra", "dras", "dres", "emb",
    "excma", "excmo", "fr", "gob", "gral", "ing", "ings", "lic", "lics", "magdo", "mons", "mtra", "mtro",
    "pbro", "pdta", "pdte", "prof", "profa", "sen", "sens", "sgto", "sr", "sra", "sras", "sres", "srita",
    "srta", "srtas", "sta", "sto", "tte", "vicealm",
];

/// A number follows; before anything else the stop ends the sentence.
pub const NUMBERED: &[&str] = &[
    "art", "arts", "cap", "caps", "fig", "figs", "fracc", "fraccs", "inc", "km", "no", "nos", "núm", "núms",
    "p", "pp", "pág", "págs", "párr", "párrs", "secc", "t", "tel", "tels", "tít", "vol", "vols",
];

/// A sentence may go on or end here: only a function word after it tells.
pub const OPEN: &[&str] = &[
    "abr", "adm", "admón", "ago", "apdo", "aprox", "av", "avda", "blvd", "col", "cía", "cías", "deleg",
    "depto", "dic", "dpto", "ed", "edo", "ee", "ej", "ene", "esq", "etc", "fco", "feb", "gpe", "hnos", "jul",
    "jun", "ma", "mpio", "máx", "mín", "nov", "oct", "ref", "rfc", "sept", "sig", "sigs", "soc", "ssa", "ud",
    "uds", "univ", "uu", "vda", "vid", "vs",
];
