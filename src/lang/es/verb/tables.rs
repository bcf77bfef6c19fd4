//! The few verbs that follow nothing, form by form; and *ver*, whose prefixed forms gain accents.

/// All simple forms of the wholly irregular verbs, infinitive left out.
pub(super) const WHOLE: &[(&str, &str)] = &[
    (
        "ser",
        "soy eres es somos sois son era eras éramos erais eran fui fuiste fue fuimos fuisteis fueron seré serás \
        será seremos seréis serán sería serías seríamos seríais serían sea seas seamos seáis sean fuera fueras \
        fuéramos fuerais fueran fuese fueses fuésemos fueseis fuesen fuere fueren sé sed siendo sido",
    ),
    (
        "ir",
        "voy vas va vamos vais van iba ibas íbamos ibais iban fui fuiste fue fuimos fuisteis fueron iré irás irá \
        iremos iréis irán iría irías iríamos iríais irían vaya vayas vayamos vayáis vayan fuera fueras fuéramos \
        fuerais fueran fuese fueses fuésemos fueseis fuesen fuere fueren ve id yendo ido idos",
    ),
    (
        "haber",
        "he has ha hemos habéis han hay había habías habíamos habíais habían hube hubiste hubo hubimos \
        hubisteis hubieron habré habrás habrá habremos habréis habrán habría habrías habríamos habríais habrían haya \
        hayas hayamos hayáis hayan hubiera hubieras hubiéramos hubierais hubieran hubiese hubieses hubiésemos \
        hubieseis hubiesen hubiere hubieren habiendo habido habida habidos habidas",
    ),
    (
        "estar",
        "estoy estás está estamos estáis están estaba estabas estábamos estabais estaban estuve estuviste \
        estuvo estuvimos estuvisteis estuvieron estaré estarás estará estaremos estaréis estarán estaría estarías \
        estaríamos estaríais estarían esté estés estemos estéis estén estuviera estuvieras estuviéramos estuvierais \
        estuvieran estuviese estuvieses estuviésemos estuvieseis estuviesen estuviere estuvieren estad estando \
        estado",
    ),
    (
        "dar",
        "doy das da damos dais dan daba dabas dábamos dabais daban di diste dio dimos disteis dieron daré darás \
        dará daremos daréis darán daría darías daríamos daríais darían dé des demos deis den diera dieras diéramos \
        dierais dieran diese dieses diésemos dieseis diesen diere dieren dad dando dado dada dados dadas",
    ),
    (
        "ver",
        "veo ves ve vemos veis ven veía veías veíamos veíais veían vi viste vio vimos visteis vieron veré verás \
        verá veremos veréis verán vería verías veríamos veríais verían vea veas veamos veáis vean viera vieras \
        viéramos vierais vieran viese vieses viésemos vieseis viesen viere vieren ved viendo visto vista vistos \
        vistas",
    ),
];

/// What follows the prefix in *prever, entrever*.
pub(super) const PREFIXED_VER: &str = "veo vés vé vemos véis vén veía veías veíamos veíais veían ví viste vió vimos \
    visteis vieron veré verás verá veremos veréis verán vería verías veríamos veríais verían vea veas veamos veáis \
    vean viera vieras viéramos vierais vieran viese vieses viésemos vieseis viesen viere vieren ved viendo visto \
    vista vistos vistas";

/// The prefixes of *ver*.
pub(super) const VER_PREFIXES: [&str; 4] = ["pre", "entre", "re", "tras"];

/// Forms to which clitics are added, beside infinitive and gerund: commands.
pub(super) const COMMANDS: &[(&str, &[&str])] = &[
    ("ser", &["sé", "sea", "sean"]),
    ("ir", &["ve", "vaya", "vayan", "vamos"]),
    ("estar", &["está", "esté", "estén"]),
    ("dar", &["da", "dé", "den", "demos"]),
    ("ver", &["ve", "vea", "vean", "veamos"]),
];
