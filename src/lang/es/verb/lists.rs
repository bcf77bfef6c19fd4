//! Which verbs change their stem, and how: facts of grammar, one list a pattern.

use crate::lang::word_set::WordSet;

/// e → ie under stress: *negar, niega*; *tender, tiende*.
pub(super) static E_IE: WordSet = WordSet::new(
    "acertar acrecentar alentar apacentar apretar arrendar ascender asentar aserrar atender \
    aterrar atravesar aventar calentar cegar cerner cerrar cimentar comenzar concertar condescender confesar contender \
    defender denegar desalentar desasosegar desatender descender desconcertar desempedrar desenterrar deshelar \
    desmembrar despertar desplegar desterrar distender empedrar empezar encender encerrar encomendar enmendar \
    ensangrentar entender enterrar escarmentar extender fregar gobernar heder helar hender herrar incensar \
    malentender manifestar membrar merendar negar nevar pensar perder plegar quebrar querer recalentar recomendar \
    refregar regar remendar renegar repensar replegar requebrar resembrar restregar reventar reverter salpimentar \
    segar sembrar sentar serrar sobreentender sobrentender sosegar soterrar subarrendar temblar tender \
    tentar transcender trascender trasegar tropezar verter bienquerer malquerer cernir concernir discernir hendir",
);

/// e → ie under stress, e → i before a stressed ending with a glide: *sentir, siente, sintió*.
pub(super) static E_IE_I: WordSet = WordSet::new(
    "adherir advertir arrepentir arrepentirse asentir conferir consentir controvertir \
    convertir deferir desmentir diferir digerir disentir divertir herir hervir inferir ingerir injerir interferir \
    invertir malherir mentir pervertir preferir presentir proferir reconvertir referir requerir resentir revertir \
    sentir subvertir sugerir transferir trasferir zaherir",
);

/// e → i: *pedir, pide, pidió*.
pub(super) static E_I: WordSet = WordSet::new(
    "ceñir colegir competir concebir conseguir constreñir corregir derretir desceñir \
    despedir desteñir desvestir elegir embestir estreñir expedir gemir henchir impedir investir medir pedir perseguir \
    preconcebir proseguir reelegir reexpedir regir rendir reñir repetir revestir seguir servir subseguir teñir \
    travestir vestir",
);

/// o → ue under stress: *contar, cuenta*; *volver, vuelve*.
pub(super) static O_UE: WordSet = WordSet::new(
    "absolver acordar acostar acornar agorar almorzar amolar apostar aprobar asolar atronar \
    avergonzar cocer colar colgar comprobar concordar condoler conmover consolar contar contorcer costar degollar \
    demoler demostrar desacordar desaprobar descolgar descollar descontar desconsolar desenvolver desollar desolar \
    despoblar desvolver devolver discordar disolver disonar doler emporcar encontrar encordar engrosar ensoñar \
    envolver escocer esforzar forzar holgar hollar llover moler morder mostrar mover poblar probar promover recocer \
    recolgar recontar recordar recostar reencontrar reforzar remorder remover renovar repoblar reprobar resollar \
    resolver resonar retorcer revolcar revolver rodar rogar sobrevolar soldar soler soltar sonar soñar superpoblar \
    torcer tostar trastrocar trocar tronar volar volcar volver",
);

/// o → ue under stress, o → u before a stressed ending with a glide: *dormir, duerme, durmió*.
pub(super) static O_UE_U: WordSet = WordSet::new("adormir dormir morir premorir");

/// i → ie under stress: *adquirir, adquiere*.
pub(super) static I_IE: WordSet = WordSet::new("adquirir inquirir");

/// -iar with a stressed í: *enviar, envía*; the others are like *cambiar, cambia*.
pub(super) static STRESSED_I: WordSet = WordSet::new(
    "aliar amnistiar ampliar ansiar arriar ataviar autografiar averiar biografiar \
    caligrafiar chirriar ciar confiar contrariar coreografiar criar desafiar desconfiar desliar desvariar desviar \
    enfriar enviar escalofriar espiar esquiar estriar expiar extasiar extraviar fiar fotografiar gloriar guiar \
    hastiar inventariar jipiar liar malcriar miniar piar porfiar radiografiar reenviar resfriar rociar telegrafiar \
    vaciar variar xerografiar",
);

/// -iar both ways: *repatria, repatría*.
pub(super) static STRESSED_I_OR_NOT: WordSet =
    WordSet::new("agriar auxiliar conciliar expatriar historiar paliar repatriar vanagloriar vidriar");

/// -cuar, -guar keep the diphthong (*averigua*); these also have *evacúa*.
pub(super) static STRESSED_U_OR_NOT: WordSet =
    WordSet::new("adecuar colicuar evacuar licuar oblicuar promiscuar");

/// Verbs of the lists above that also keep their vowel: *asuela, asola*.
pub(super) static DIPHTHONG_OR_NOT: WordSet =
    WordSet::new("aterrar cimentar asolar engrosar reverter hendir apostar");

/// An i or u inside the stem that takes the accent under stress: *aislar, aísla*; *reunir, reúne*.
pub(super) static HIATUS: WordSet = WordSet::new(
    "ahijar ahilar ahincar ahitar ahumar airar aislar arcaizar aullar aunar aupar \
    cohibir desahijar descafeinar embaular enraizar europeizar hebraizar homogeneizar judaizar \
    maullar prohibir prohijar rehilar rehundir rehusar reunir sahumar",
);

/// -cer after a vowel that does not take -zc-: *mecer, mezo*.
pub(super) static PLAIN_CER: WordSet = WordSet::new("mecer remecer cocer escocer recocer");

/// Participles that are not in -ado, -ido, by the end of the infinitive. An entry with a caret is a whole word.
pub(super) const PARTICIPLES: &[(&str, &[&str])] = &[
    ("^abrir", &["abierto"]),
    ("^reabrir", &["reabierto"]),
    ("^entreabrir", &["entreabierto"]),
    ("cubrir", &["cubierto"]),
    ("scribir", &["scrito"]),
    ("^romper", &["roto"]),
    ("volver", &["vuelto"]),
    ("solver", &["suelto"]),
    ("morir", &["muerto"]),
    ("poner", &["puesto"]),
    ("^bendecir", &["bendecido", "bendito"]),
    ("^maldecir", &["maldecido", "maldito"]),
    ("decir", &["dicho"]),
    ("satisfacer", &["satisfecho"]),
    ("hacer", &["hecho"]),
    ("imprimir", &["imprimido", "impreso"]),
    ("^freír", &["freído", "frito"]),
    ("^refreír", &["refreído", "refrito"]),
    ("^sofreír", &["sofreído", "sofrito"]),
    ("^proveer", &["proveído", "provisto"]),
    ("^desproveer", &["desproveído", "desprovisto"]),
    ("^prever", &["previsto"]),
    ("^pudrir", &["podrido"]),
    ("^prender", &["prendido", "preso"]),
    ("^elegir", &["elegido", "electo"]),
    ("^reelegir", &["reelegido", "reelecto"]),
];

/// Forms that follow no pattern above.
pub(super) const EXTRA: &[(&str, &str)] = &[
    ("rehacer", "rehíce rehízo"),
    ("satisfacer", "satisface satisfaz"),
    ("reír", "rio rió"),
    ("liar", "lio lió lie lié liais"),
    ("criar", "crio crió crie crié criais"),
    ("fiar", "fio fió fie fié fiais"),
    ("guiar", "guio guió guie guié guiais"),
    ("huir", "huis huí hui"),
    ("predecir", "predeciré predecirá predecirán predeciremos predeciría predecirían"),
    ("contradecir", "contradeciré contradecirá contradecirán contradeciremos contradeciría contradecirían"),
    ("rehuir", "rehúyo rehúyes rehúye rehúyen rehúya rehúyas rehúyan"),
];
