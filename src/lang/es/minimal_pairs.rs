//! Words that another word becomes when its accents are left out: *papá/papa*, *público/publico*, *él/el*.
//!
//! A one-word term that turns into one of these keeps its accents (*secretaria* is not *Secretaría*).

use crate::lang::word_set::WordSet;

/// Whether a lower-case word without accents is another word than the one it may stand for.
pub(super) fn has(bare: &str) -> bool {
    MONOSYLLABLES.has(bare)
        || NOUNS.has(bare)
        || PROPAROXYTONES.has(bare)
        || I_PAIRS.has(bare)
        || PAST.has(bare)
}

/// *él, sí, té, más, sólo, qué, dónde* …
static MONOSYLLABLES: WordSet = WordSet::new(
    "el si te mas de se mi tu que cual cuales quien quienes como cuando donde cuanto cuanta cuantos cuantas \
     aun solo este esta esto estos estas ese esa esos esas aquel aquella aquellos aquellas o porque adonde di \
     ve da pie pies rio rios fie fio lie lio guie guio crie crio hui dio vio fui fue",
);

/// Pairs stressed on the last syllable or not: *papá/papa*, *inglés/ingles*, *revólver/revolver*.
static NOUNS: WordSet = WordSet::new(
    "papa papas mama mamas bebe bebes ingles cortes montes marques hacia seria serian sabia sabias secretaria \
     secretarias sabana sabanas amen revolver cascara cascaras mascara publica llamo peso beso paso canto \
     baile toque corte cargo cobre cierre cruce choque desfile despegue empaque enganche enlace escape informe \
     pase pague rescate recorte remate sobre tomate trote viaje vale saque porte parte norte arte ate debate \
     desgaste doble doce ingle plato pelo anden tomas toman sera seras hara haras dara daras ira iras caera \
     amara cantara contara entrara llegara llevara pasara tomara comete conde cole coro domino ejercito lucido \
     liquido lastima lastimas mareas marco meta molino monte paris calle halle valle fallo hallo callo llego \
     ano anos cana canas una unas sonar pena penas mana manas nino ninos",
);

/// Nouns and adjectives stressed on the third syllable from the end beside a verb: *término/termino*.
static PROPAROXYTONES: WordSet = WordSet::new(
    "termino terminos limite limites practica practicas practico publico publicos valido valida validas \
     validos credito creditos deposito depositos titulo titulos articulo articulos capitulo capitulos vehiculo \
     vehiculos calculo calculos transito transitos trafico traficos dialogo dialogos catalogo catalogos numero \
     numeros indice indices integro integra integras animo animos computo computos medico medica medicas \
     critica criticas critico fabrica fabricas maquina maquinas formula formulas historia historias continuo \
     continua continuas continuos arteria contrario ultimo ultima ultimas estimulo estimulos circulo circulos \
     vinculo vinculos obstaculo obstaculos angulo triangulo rotulo rotulos modulo modulos cumulo cumulos \
     tumulo pronostico pronosticos diagnostico diagnosticos domestico domestica intimo intima intimas legitimo \
     legitima legitimas anonimo liquida liquidas liquidos solido solida solicito solicita solicitas deposita \
     habito habitos habita genero generos opero opera operas genera numera equivoco equivoca equivocas replica \
     replicas suplica suplicas duplica duplicas explicito implicito explica duplico triplico multiplica \
     multiplico anima animas lagrima lagrimas victima victimas lastimo estima prospero prospera prorroga \
     prorrogas prorrogo desahogo desembolso equilibrio auxilio presidio domicilio sitio odio copia copias \
     envidia denuncia premio premios estudio estudios cambio cambios negocio negocios anuncio anuncios juicio \
     servicio vicio ejecuto tributo tributos disputa reputo amputo diputo prestamo prestamos tramite tramites \
     trafique transite lamina laminas examine ilumina parasito parasita satira satiras tonico tonica \
     especifico especifica especificas especificos pacifico pacifica pacificas pacificos magnifico magnifica \
     significo clasifico sacrifico edifico unifico notifico verifico rectifico justifico identifico califico \
     modifico certifico ratifico planifico codifico invalido invalida invalidas invalidos valide agilice \
     organice analice perdida perdidas salida comoda comodo comodas acomodo incomodo incomoda incomodas \
     arbitro arbitra arbitros filtro registro administro ministro adultero adultera adulteras ulcera ulceras \
     macula maculas regula regulas capsula formulo estipula manipulo simulo estimula circula circulan especula \
     acumula vincula vinculan rotula titula articula calcula tabula modula coagulo coagulos emulo emula emulas \
     celebre celebres celebro fluctuo perpetuo perpetua perpetuas evacuo adecuo continue perpetue individuo \
     residuo efectuo interprete interpretes deposite solicite limito medite habite hospede hospedes orquesta \
     proteste transcurso interin apostrofe apostrofo parametro rubrica rubricas rubrico intoxico fabrico \
     predica predicas predico indico indica medicos traficas platica platicas platico dedica ubica ubico \
     abdico radica radico erradico salpico claudico",
);

/// -ía and -ia, -ío and -io, -úa and -ua: *sabía/sabia*, *envío/envio*.
static I_PAIRS: WordSet = WordSet::new(
    "tenia tenias venia venias decia serias varia varias vario varios amplia amplias amplio amplios media \
     medias rabia gloria agria agrias agrio ansia ansias ansio contraria contrarias regia regias colegia \
     cuentas pio pia pias comedia tragedia remedia guia guias espia espias fia fias cria crias lia lias via \
     vias actua actuo continuan evalua evaluo situa situo efectua gradua graduo insinua insinuo acentua \
     acentuo valua cosia",
);

/// The past in -ó and -é, the future in -á: *llegó/llego*, *esté/este*, *tomará/tomara*.
static PAST: WordSet = WordSet::new(
    "acabo acepto acuso adopto afecto afirmo agrego alcanzo amenazo anuncie apoyo apruebo arresto asesino \
     asisto ataco aumento aviso ayudo baje bajo busco busque cambie camino cancelo capturo caso cause causo \
     cierro cobro coloco comento compro condeno confirmo contesto controlo corono corto creo cruzo cuido culpo \
     dejo deje declaro demando denuncie denuncio deporto descanso deseo destaco detengo dicto disparo dono \
     duro elevo embargo empleo encargo encuentro enfermo enfoco entrego entre entro envio escucho espero \
     estimo evito exporto extravio falto firmo firme forma formo freno funciono gano gaste gasto giro gobierno \
     golpeo grabo grito guardo hablo hable importo indulto ingreso inicio inicie intento interrogo invento \
     invito juego juzgo lanzo legislo levanto libero libro llame llegue lleve llevo logro luche lucho mando \
     marche marque mato mejoro miro multo nado nombro nombre nombres ocupo olvido opino ordeno pacto pago paro \
     pasee pateo perdono pienso pinto plante planto porto pregunto presento preso prometo protesto provoco \
     publique quedo quemo quiebro rechazo reclamo reformo regalo regreso reparto reporto respaldo resulto \
     retiro retraso reviso robo rompo sancione saco salvo secuestro señalo separo sello soborno someto soporto \
     suelto sustento sumo suplico tarde tardo tiro toco tomo trabajo trato trate traslado tumbo uso vendo veto \
     viajo visito voto voy",
);
