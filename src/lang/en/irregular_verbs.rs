//! The irregular verbs of English: base, past and participle.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// The past and participle forms of an irregular verb, its prefixed compounds too (*withhold*, *overthrow*).
pub(crate) fn past_forms(verb: &str) -> Option<Vec<String>> {
    if let Some(forms) = table().get(verb) {
        return Some(forms.iter().map(|form| (*form).to_owned()).collect());
    }
    if REGULAR.contains(&verb) {
        return None;
    }
    PREFIXES.iter().find_map(|prefix| {
        let forms = table().get(verb.strip_prefix(prefix)?.trim_start_matches('-'))?;
        let start = &verb[..verb.len() - verb.strip_prefix(prefix)?.trim_start_matches('-').len()];
        Some(forms.iter().map(|form| format!("{start}{form}")).collect())
    })
}

fn table() -> &'static FxHashMap<&'static str, Vec<&'static str>> {
    static TABLE: OnceLock<FxHashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        LIST.split(';')
            .filter_map(|line| {
                let mut words = line.split_ascii_whitespace();
                Some((words.next()?, words.collect()))
            })
            .collect()
    })
}

const PREFIXES: &[&str] = &[
    "under", "over", "re", "out", "mis", "un", "fore", "with", "up", "off", "in", "inter", "pre", "broad",
    "tele", "for", "be", "by", "down", "proof", "side", "photo", "co", "on", "pod", "rough", "type", "hand",
    "ghost",
];

/// They look like compounds of irregular verbs and are regular.
const REGULAR: &[&str] = &["behave", "misbehave", "inlet", "relay", "inset", "delay", "intercede"];

const LIST: &str = "be was were been; have had; do did done; go went gone; say said; get got gotten; make made; \
    know knew known; think thought; take took taken; see saw seen; come came; give gave given; find \
    found; tell told; become became; leave left; feel felt; put put; bring brought; begin began begun; keep kept; \
    hold held; write wrote written; stand stood; hear heard; let let; mean meant; set set; meet met; run ran; pay \
    paid; sit sat; speak spoke spoken; lie lay lain lied; lead led; read read; grow grew grown; lose lost; fall fell \
    fallen; send sent; build built; understand understood; draw drew drawn; break broke broken; spend spent; cut cut; \
    rise rose risen; drive drove driven; buy bought; wear wore worn; choose chose chosen; seek sought; throw threw \
    thrown; catch caught; deal dealt; win won; forget forgot forgotten; lay laid; sell sold; fight fought; bear bore \
    borne born; teach taught; eat ate eaten; sing sang sung; strike struck stricken; hang hung hanged; shake shook \
    shaken; ride rode ridden; feed fed; shoot shot; drink drank drunk; hit hit; arise arose arisen; fly flew flown; \
    spread spread; sleep slept; cost cost costed; beat beat beaten; light lit lighted; bind bound; cast cast; hide \
    hid hidden; sweep swept; wind wound winded; lend lent; bend bent; dig dug; blow blew blown; tear tore torn; shut \
    shut; steal stole stolen; stick stuck; swing swung; swear swore sworn; freeze froze frozen; slide slid; wake woke \
    woken waked; quit quit quitted; ring rang rung; hurt hurt; burst burst; bet bet betted; swim swam swum; grind \
    ground; sink sank sunk sunken; weave wove woven weaved; split split; bite bit bitten; forgive forgave forgiven; \
    forbid forbade forbad forbidden; withdraw withdrew withdrawn; undergo underwent undergone; undertake undertook \
    undertaken; overcome overcame; shrink shrank shrunk shrunken; spin spun span; kneel knelt kneeled; leap leapt \
    leaped; lean leaned leant; learn learned learnt; burn burned burnt; dream dreamed dreamt; spell spelled spelt; \
    spill spilled spilt; spoil spoiled spoilt; smell smelled smelt; dwell dwelt dwelled; bid bid bade bidden; sew \
    sewed sewn; sow sowed sown; show showed shown; saw sawed sawn; mow mowed mown; prove proved proven; shave shaved \
    shaven; swell swelled swollen; hew hewed hewn; strew strewed strewn; lade laded laden; shear sheared shorn; sling \
    slung; cling clung; fling flung; sting stung; string strung; wring wrung; spring sprang sprung; stink stank \
    stunk; slay slew slain slayed; strive strove striven strived; thrive thrived throve thriven; tread trod trodden \
    treaded; creep crept; weep wept; flee fled; bleed bled; breed bred; speed sped speeded; shed shed; rid rid \
    ridded; thrust thrust; wed wed wedded; wet wet wetted; knit knit knitted; sweat sweat sweated; fit fit fitted; \
    slit slit; shine shone shined; shoe shod shoed; heave heaved hove; cleave cleft cleaved clove cloven; stave \
    staved stove; clothe clothed clad; abide abided abode; awake awoke awoken awaked; forsake forsook forsaken; \
    beseech besought beseeched; behold beheld; beget begot begat begotten; bespeak bespoke bespoken; cast cast; \
    forecast forecast forecasted; broadcast broadcast broadcasted; telecast telecast; input input inputted; output \
    output outputted; upset upset; offset offset; reset reset; sublet sublet; beset beset; forbear forbore forborne; \
    foresee foresaw foreseen; forgo forwent forgone; forego forewent foregone; mistake mistook mistaken; partake \
    partook partaken; withhold withheld; withstand withstood; uphold upheld; plead pleaded pled; dive dived dove; \
    sneak sneaked snuck; slink slunk; string strung; smite smote smitten; sling slung; \
    shrive shrove shriven; rend rent; gird girded girt; gild gilded gilt; bereave bereaved bereft; backslide \
    backslid; browbeat browbeat browbeaten; babysit babysat; stride strode stridden; spit spat spit; chide chided \
    chid; bust busted bust; engrave engraved engraven; \
    melt melted molten; rive rived riven; sunburn sunburned sunburnt;  hamstring hamstrung; \
    interweave interwove interwoven; unwind unwound; rewind rewound; waylay waylaid; mislead misled; inlay inlaid; \
    outlay outlaid; troubleshoot troubleshot; breastfeed breastfed; lip-read \
    lip-read; highlight highlighted; alight alighted alit; spotlight spotlighted spotlit; \
    floodlight floodlit; backlight backlit; overdo overdid overdone; \
    outdo outdid outdone; redo redid redone; undo undid undone";
