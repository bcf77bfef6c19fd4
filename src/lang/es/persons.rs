//! Nouns for persons: only these have a feminine (*secretario → secretaria*), never things (*cargo*, *puerto*).
//!
//! Endings do not tell (*funcionario* is a person, *salario* is not), so the nouns are listed, each in the
//! masculine; a few endings and prefixes that only persons have save listing more.

use crate::lang::forms::like_case;
use crate::lang::word_set::WordSet;

/// Whether a word, in the masculine singular, is a noun for persons.
pub(super) fn is_person(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_listed(&lower)
        || PREFIXES
            .iter()
            .filter_map(|prefix| lower.strip_prefix(prefix))
            .any(|rest| is_listed(rest.trim_start_matches('-')))
}

/// The feminine forms of a noun for persons, none when it is the same in both (*la migrante*).
pub(super) fn feminines(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    for (masculine, feminine) in IRREGULAR {
        if let Some(prefix) = lower.strip_suffix(masculine)
            && (prefix.is_empty() || PREFIXES.contains(&prefix))
        {
            return feminine
                .split_ascii_whitespace()
                .map(|form| like_case(word, &format!("{prefix}{form}")))
                .collect();
        }
    }
    super::adjective::feminine(word).into_iter().collect()
}

fn is_listed(word: &str) -> bool {
    MARKED.has(word)
        || COMMON.has(word)
        || word.ends_with("ista") && !word.ends_with("vista")
        || ENDINGS.iter().any(|ending| word.ends_with(ending)) && !NOT_PERSONS.has(word)
        || IRREGULAR.iter().any(|(masculine, _)| *masculine == word)
}

const PREFIXES: &[&str] = &[
    "ex", "vice", "sub", "co", "pro", "contra", "super", "anti", "archi", "ultra", "neo", "auto", "inter",
    "para",
];

/// Endings of gentilics and of scholars.
const ENDINGS: &[&str] = &["ólogo", "eño", "iano", "ense", "ólatra", "mano"];

static NOT_PERSONS: WordSet = WordSet::new(
    "diseño rediseño sueño ensueño empeño desempeño leño ceño catálogo diálogo prólogo epílogo monólogo decálogo \
     análogo homólogo piano meridiano mano humano verano pergamano pequeño barreño madroño ministro peldaño",
);

/// The irregular feminines; persons all.
const IRREGULAR: &[(&str, &str)] = &[
    ("actor", "actriz actora"),
    ("emperador", "emperatriz emperadora"),
    ("rey", "reina"),
    ("virrey", "virreina"),
    ("príncipe", "princesa"),
    ("alcalde", "alcaldesa"),
    ("héroe", "heroína"),
    ("duque", "duquesa"),
    ("conde", "condesa"),
    ("barón", "baronesa"),
    ("sacerdote", "sacerdotisa"),
    ("abad", "abadesa"),
    ("presidente", "presidenta"),
    ("juez", "jueza"),
    ("jefe", "jefa"),
    ("cliente", "clienta"),
    ("dependiente", "dependienta"),
    ("gerente", "gerenta"),
    ("intendente", "intendenta"),
    ("sirviente", "sirvienta"),
    ("asistente", "asistenta"),
    ("infante", "infanta"),
    ("pariente", "parienta"),
    ("monje", "monja"),
    ("huésped", "huéspeda"),
    ("líder", "lideresa"),
    ("concejal", "concejala"),
    ("fiscal", "fiscala"),
    ("edil", "edila"),
    ("oficial", "oficiala"),
    ("colegial", "colegiala"),
    ("canciller", "cancillera"),
    ("zar", "zarina"),
    ("dios", "diosa"),
    ("comandante", "comandanta"),
    ("teniente", "tenienta"),
    ("cacique", "cacica"),
    ("poeta", "poetisa"),
    ("profeta", "profetisa"),
    ("diácono", "diaconisa diácona"),
    ("chofer", "choferesa"),
];

/// Nouns for persons that have a feminine by rule.
static MARKED: WordSet = WordSet::new(
    "abogado abuelo acreedor acusado acusador adjudicatario administrador adolescente adulto adversario \
     aficionado agregado agresor agricultor agrónomo ahijado alcohólico alfarero aliado almirante alumno amado amigo \
     amo anciano anfitrión animador antropólogo apoderado aprendiz archivero arquitecto arrendador \
     arrendatario asalariado asegurado asegurador asesino asesor asilado asociado aspirante astrólogo astrónomo \
     auditor autor auxiliador aviador bailador bailarín banquero beato beneficiario biólogo \
     bisabuelo bisnieto bombero boxeador brasileño brujo bruto burócrata caballero cajero camarero \
     camionero campeón campesino candidato cantautor capitán cardiólogo carnicero carpintero cartero casado \
     catedrático católico cazador censor chamán chico chileno cirujano ciudadano clérigo cobrador \
     cocinero codeudor colaborador colombiano colono comisario comisionado compañero \
     competidor compositor comprador comunicador conductor confesor conocedor conocido consejero \
     consignatario constructor consultor consumidor contador contratado convicto \
     coordinador coronel corresponsal corruptor cosmonauta creyente criminólogo cristiano \
     cubano cuidador cuñado danzarín decano defensor delegado delincuente demandado denunciado \
     deportado derrotado desaparecido desconocido descubridor desempleado desertor desocupado desplazado destinatario \
     detective detenido deudor diputado director discípulo diseñador distribuidor doctor domador donador \
     donatario dramaturgo dueño ecuatoriano editor educador egresado ejecutivo ejecutor electo elector embajador \
     embarazado embaucador empleado empleador empresario encargado encuestado enemigo enfermero enfermo entrenador \
     enviado escritor escultor esclavo esposo estadounidense evacuado exiliado expedicionario explorador \
     explotador exportador expositor extorsionador extranjero fallecido familiar farmacéutico filántropo \
     filósofo financiero forastero fotógrafo funcionario fundador gallego ganadero ganador gemelo \
     geógrafo gestor gitano gobernador gringo guatemalteco guerrero guerrillero hacendado hermanastro \
     hermano heredero herido hijastro hijo hispano historiador homicida huérfano importador imputado \
     inculpado indígena indio indocumentado infectado ingeniero inmigrado inquilino inspector \
     instructor interlocutor interventor inventor inversor investigador invitado italiano japonés jardinero \
     jornalero jubilado judío jugador kurdo labrador ladrón lector legislador lesionado librero licenciado \
     literato locutor luchador maestro magistrado mago mandatario mariscal marinero marino marqués mayordomo \
     mediador médico menonita mensajero mentor mercader mestizo mexicano minero ministro misionero moderador \
     monarca moro mulato muchacho muerto músico musulmán narcotraficante negociador negro neurólogo \
     nieto niñero niño notario novio obispo obrero observador odontólogo ofendido operador \
     opositor orador organizador originario pandillero parlamentario partidario párroco pasajero pastor pastelero \
     patrocinador patrón patrullero pecador pedagogo peluquero pensionado pensador peregrino periodista perito \
     perpetrador perseguido perseguidor peruano pescador pianista piloto pintor pionero pirata poblador \
     político pollero portador portavoz posadero preceptor predicador prestador prestamista preso primo \
     prisionero procurador productor profesor programador prometido promotor propietario proveedor psicólogo \
     psiquiatra rabino ranchero rebelde reclutador recluso recolector redactor refugiado regidor \
     religioso repartidor repatriado reportero reo republicano responsable retornado revisor \
     revolucionario romano ruso sacerdote salvadoreño santo secretario secuestrado secuestrador sargento \
     seguidor seleccionado seleccionador senador señor siervo sobrino sociólogo socio soldado soltero \
     sobreviviente sospechoso subalterno subordinado sucesor suegro suplicante supervisor suscriptor técnico \
     teólogo tesorero testador tío titulado topógrafo torero torturador trabajador traductor traidor \
     tripulado tuerto tutor ucraniano universitario usuario vaquero vecino vencedor vendedor \
     veterano veterinario viajero vicario violador visitador viudo voluntario zapatero \
     alemán español francés inglés portugués irlandés escocés holandés danés finlandés polaco sueco griego turco \
     chino árabe israelita argentino boliviano cubano dominicano filipino haitiano hondureño nicaragüense \
     norteamericano latinoamericano centroamericano sudamericano suramericano americano africano europeo asiático \
     panameño paraguayo puertorriqueño uruguayo venezolano oaxaqueño sonorense tapatío poblano chilango regiomontano \
     paisano compatriota coterráneo jarocho michoacano veracruzano yucateco texano tejano californiano chicano bracero \
     pocho mojado cholo afromexicano catalán vasco andaluz castellano canario",
);

/// Nouns for persons that are the same in both genders; the words that agree with them are not.
static COMMON: WordSet = WordSet::new(
    "abrigante acompañante agente amante asaltante asistente aspirante atleta burócrata cadete cantante cineasta colega \
     colindante combatiente comerciante compatriota concursante conferenciante confidente contendiente contribuyente \
     corresponsal creyente cómplice delincuente demandante denunciante descendiente detective diplomático \
     docente emigrante estadounidense estudiante extremista fabricante familiar firmante gobernante guardia \
     habitante hablante homicida idiota ilegal indígena informante inmigrante integrante intérprete \
     israelí joven litigante manifestante mártir menor migrante militante militar narco narcotraficante nómada \
     ocupante oponente paciente participante patriota piloto policía portavoz postulante practicante principiante \
     prójimo psiquiatra querellante rebelde recluta rehén representante residente reo responsable \
     sacerdote simpatizante sobreviviente solicitante suicida superviviente suplente terapeuta testigo \
     titular traficante transeúnte transmigrante tripulante turista vidente vigilante visitante votante \
     adolescente infante menor mayor belga canadiense costarricense iraní iraquí marroquí paquistaní \
     indocumentado cónsul capataz criminal líder oficial rival civil profesional intelectual bebé joven alguacil \
     albacea astronauta autodidacta camarada celebrante cofrade comensal cónyuge derechohabiente declarante \
     dirigente disidente donante exponente gestante hispanohablante inocente insurgente maleante mendicante",
);
