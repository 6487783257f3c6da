package importer

import "muster/importer/record"

// fieldRule is what a field is called in lists, and what is particular to it.
type fieldRule struct {
	name    record.Field
	multi   bool     // a cell may hold several values, and several columns may be this field
	right   bool     // grants a right: no list of creators may carry it
	framed  bool     // its name may stand in a frame, as exports write it: see families.go
	aliases []string // headers: English, then German, Spanish, French, Portuguese, Italian
}

// fields is the one table of what a column may be called; the README's list of
// columns is this table. Networks are fields too, by their own names
// (instagram, tiktok …): see identity.NetworkOf.
var fields = []fieldRule{
	// address the person signs in with; needed to create an account
	{name: record.FieldEmail, framed: true, aliases: []string{
		"email", "e-mail", "mail", "email address", "e-mail address", "mail address", "email id", "email 1",
		"primary email", "main email", "work email", "business email", "personal email", "private email",
		"user email", "login email", "creator email", "influencer email", "email of creator", "your email",
		"emails", "user principal name",
		"emailadresse", "e-mail-adresse", "mailadresse", "mail-adresse", "geschäftliche e-mail", "private e-mail",
		"correo", "correo electrónico", "dirección de correo", "dirección de correo electrónico",
		"dirección de email", "mail del creador", "correo-e",
		"courriel", "adresse e-mail", "adresse mail", "adresse courriel", "adresse électronique", "mél",
		"e-mail professionnel",
		"endereço de email", "endereço de e-mail", "correio eletrônico", "correio eletrónico",
		"endereço eletrônico", "e-mail do criador",
		"indirizzo email", "indirizzo e-mail", "indirizzo mail", "posta elettronica",
		"indirizzo di posta elettronica"}},
	// whole name; needed to create a creator, unless first and last name are there
	{name: record.FieldName, framed: true, aliases: []string{
		"name", "nombre", "nom", "nome", "full name", "fullname", "display name", "creator", "creator name",
		"influencer", "influencer name", "talent", "talent name", "person", "contact name", "contact person",
		"real name", "name of creator", "blogger", "your name", "ambassador", "first and last name", "name surname",
		"who are you",
		"vollständiger name", "ganzer name", "name vorname", "vor- und nachname", "vorname nachname",
		"vor und zuname", "ansprechpartner", "influencer-name", "wie heißt du", "wie heißen sie",
		"nombre completo", "nombre y apellidos", "nombre y apellido", "nombre del influencer", "nombre del creador",
		"creador", "cómo te llamas", "cómo se llama",
		"nom complet", "nom et prénom", "prénom et nom", "nom prénom", "nom du créateur", "créateur", "influenceur",
		"nom de l'influenceur", "comment t'appelles-tu", "comment vous appelez-vous",
		"nome completo", "nome e sobrenome", "nome e apelido", "criador", "nome do criador", "influenciador",
		"nome do influenciador", "como você se chama", "como te chamas", "como se chama",
		"nome e cognome", "cognome e nome", "nominativo", "nome del creator", "nome dell'influencer",
		"come ti chiami", "come si chiama"}},
	// given name
	{name: record.FieldFirstName, framed: true, aliases: []string{
		"first name", "firstname", "given name", "forename", "fname", "christian name", "first",
		"vorname", "rufname", "nombre de pila", "primer nombre", "prénom", "primeiro nome", "nome próprio",
		"nome di battesimo"}},
	// family name
	{name: record.FieldLastName, framed: true, aliases: []string{
		"last name", "lastname", "surname", "family name", "lname", "second name", "last",
		"nachname", "familienname", "zuname", "apellido", "apellidos", "primer apellido",
		"nom de famille", "sobrenome", "apelido", "último nome", "ultimo nome", "cognome"}},
	// the identifier your organization uses for the person
	{name: record.FieldExternalID, aliases: []string{
		"external id", "external identifier", "ext id", "universal id", "universal identifier", "unique id",
		"employee id", "employee number", "staff id", "hr id", "hr number", "personnel number", "creator id",
		"influencer id", "member id", "member number", "partner id", "customer number", "crm id", "affiliate id",
		"publisher id", "talent id", "ambassador id",
		"externe id", "externe kennung", "personalnummer", "mitarbeiternummer", "kundennummer", "mitgliedsnummer",
		"id externo", "identificador externo", "número de empleado", "identificador",
		"id externe", "identifiant externe", "matricule", "numéro de personnel",
		"identificador único", "número de funcionário", "matrícula",
		"id esterno", "identificativo esterno", "matricola", "codice esterno"}},
	// address of an agency or manager; shown, never matched by, never mailed a link
	{name: record.FieldContactEmail, aliases: []string{
		"contact email", "contact e-mail", "agency email", "agent email", "manager email", "management email",
		"booking email", "talent manager email", "pr email", "email of manager", "email of agency",
		"representative email",
		"kontakt-e-mail", "kontakt email", "kontaktmail", "agentur e-mail", "management e-mail", "e-mail agentur",
		"e-mail management",
		"correo de contacto", "email de contacto", "correo de la agencia", "email agencia", "correo del manager",
		"e-mail de contact", "email de contact", "e-mail agence", "email de l'agence", "mail de l'agent",
		"email agence",
		"e-mail de contato", "e-mail de contacto", "email de contato", "e-mail da agência", "email do agente",
		"email di contatto", "e-mail di contatto", "email agenzia", "email dell'agenzia", "email manager"}},
	// web address of the person's own site
	{name: record.FieldBlog, multi: true, framed: true, aliases: []string{
		"blog", "blog url", "blog link", "blog address", "website", "web site", "website url", "homepage",
		"home page", "web", "web page", "personal site", "external url", "bio link", "link in bio", "bio url",
		"webseite", "internetseite", "webauftritt", "web-adresse", "blog-adresse",
		"sitio web", "página web", "web personal", "site web", "site internet", "page web", "adresse du blog", "site",
		"página pessoal", "site pessoal", "sito", "sito web", "sito internet", "pagina web"}},
	// one or more profile links, of any network, in one cell
	{name: record.FieldLinks, multi: true, framed: true, aliases: []string{
		"links", "link", "url", "urls", "social links", "social link", "social media", "social media links",
		"social media link", "social profiles", "social profile", "social", "socials", "social accounts",
		"social handle", "social handles", "profile", "profiles", "profile link", "profile links", "profile url",
		"profile urls", "handle", "handles", "username", "user name", "account", "accounts", "channel", "channels",
		"channel url", "channel link", "social media handle", "social media account", "influencer link",
		"creator link", "@",
		"soziale medien", "social-media-profil", "social-media-profile", "social-media-kanal", "profil",
		"profil-link", "profillink", "kanal", "kanäle", "benutzername", "nutzername",
		"redes sociales", "red social", "perfil", "perfiles", "enlace", "enlaces", "enlace del perfil", "usuario",
		"nombre de usuario", "cuenta", "canal", "canales",
		"réseaux sociaux", "réseau social", "lien", "liens", "lien du profil", "profils", "pseudo",
		"nom d'utilisateur", "compte", "chaîne", "identifiant",
		"redes sociais", "rede social", "perfis", "ligação", "link do perfil", "nome de usuário",
		"nome de utilizador", "usuário", "canais", "conta",
		"social network", "profilo", "profili", "link profilo", "link al profilo", "nome utente", "utente",
		"canale", "canali", "collegamento"}},
	// creator, staff or client
	{name: record.FieldKind, aliases: []string{
		"kind", "user type", "person type", "kind of person", "type of user", "member type", "type",
		"benutzertyp", "personenart", "art der person", "typ", "tipo de persona", "tipo de usuario", "tipo",
		"type de personne", "type d'utilisateur", "tipo de pessoa", "tipo de usuário", "tipo de utilizador",
		"tipo di persona", "tipo di utente"}},
	// who the row is of: the creator, or their agency, manager, assistant or PR, who are held
	{name: record.FieldRelation, aliases: []string{
		"relation", "relationship", "relation to creator", "relationship to creator", "relation to talent",
		"contact type", "type of contact", "contact role", "contact is",
		"beziehung", "kontaktart", "art des kontakts", "kontakttyp", "ansprechpartner-typ", "relación",
		"tipo de contacto", "relación con el creador", "type de contact", "relation avec le créateur", "relação",
		"tipo de contato", "relação com o criador", "relazione", "tipo di contatto"}},
	// brand or brands the person is for
	{name: record.FieldBrands, multi: true, aliases: []string{
		"brand", "brands", "brand name", "dashboard", "marke", "marken", "marca", "marcas", "marque", "marques",
		"marche", "marchio", "marchi"}},
	// campaigns the person may see
	{name: record.FieldCampaigns, multi: true, aliases: []string{
		"campaign", "campaigns", "campaign name", "kampagne", "kampagnen", "campaña", "campañas", "campagne",
		"campagnes", "campanha", "campanhas", "campagna"}},
	// parts of the platform the person may use
	{name: record.FieldProducts, multi: true, right: true, aliases: []string{
		"product", "products", "product access", "modules", "produkt", "produkte", "producto", "productos",
		"produit", "produits", "produto", "produtos", "prodotto", "prodotti"}},
	// role of a staff member or client
	{name: record.FieldRole, right: true, aliases: []string{
		"role", "roles", "user role", "access role", "access level", "rolle", "rollen", "benutzerrolle", "rol",
		"rol de usuario", "rôle", "rôle utilisateur", "função", "papel", "perfil de acesso", "ruolo", "ruoli"}},
	// default, custom (a list) or clone of another client
	{name: record.FieldPermissions, right: true, aliases: []string{
		"permission", "permissions", "rights", "access rights", "user rights", "berechtigung", "berechtigungen",
		"rechte", "zugriffsrechte", "permiso", "permisos", "autorisations", "droits", "droits d'accès", "permissão",
		"permissões", "permesso", "permessi", "autorizzazioni"}},
	// active, activate, activate+roles or blocked
	{name: record.FieldStatus, aliases: []string{
		"status", "account status", "user status", "state", "kontostatus", "estado", "estatus",
		"estado de la cuenta", "statut", "état", "situação", "estado da conta", "stato", "stato account"}},
	// language to write to the person in, like de or pt-BR
	{name: record.FieldLanguage, aliases: []string{
		"language", "lang", "preferred language", "locale", "language code", "sprache", "bevorzugte sprache",
		"sprachcode", "idioma", "idioma preferido", "lengua", "langue", "langue préférée", "língua",
		"idioma de preferência", "lingua", "lingua preferita"}},
	// time zone, like Europe/Berlin
	{name: record.FieldTimeZone, aliases: []string{
		"time zone", "timezone", "tz", "zeitzone", "zona horaria", "huso horario", "fuseau horaire", "fuso horário",
		"fuso", "fuso orario"}},
	// web address of a picture of the person
	{name: record.FieldPicture, aliases: []string{
		"picture", "picture url", "profile picture", "profile picture url", "photo", "photo url", "avatar",
		"avatar url", "image", "image url", "profile image", "headshot", "bild", "bild-url", "profilbild", "foto",
		"fotos", "foto-url", "foto de perfil", "imagen", "photo de profil", "imagem", "foto do perfil", "immagine",
		"foto profilo", "foto del profilo"}},
}

// contactNames are headers, as they are compared, of a name: the person's where
// the list has no other column of names, else that of the person's agent.
var contactNames = map[string]bool{"contactname": true, "contactperson": true, "ansprechpartner": true}

// byContent are headers that mean a field in some lists and something else in
// most: they count only where every cell of the sample is a value of the field.
var byContent = keySet("type", "typ", "tipo", "state", "estado", "état", "stato")

// creatorNames are headers of names under which some lists have handles.
var creatorNames = keySet("creator", "influencer", "talent", "blogger", "ambassador", "creador", "créateur",
	"influenceur", "criador", "influenciador", "display name", "name")

// platformNames are headers of columns that name the network of the handle
// beside them.
var platformNames = keySet("platform", "platforms", "network", "social network", "social platform",
	"social media platform", "social media network", "main platform", "primary platform",
	"social media", "social", "channel", "channel type", "platform name", "plattform", "netzwerk",
	"soziales netzwerk", "kanal", "hauptplattform",
	"plataforma", "red", "red social", "canal", "réseau", "réseau social", "plateforme", "rede", "rede social",
	"piattaforma", "rete", "canale", "type", "typ", "tipo")

// loginNames are headers of names by which people sign in somewhere. What
// stands there is a handle only where a column beside it names the network.
var loginNames = keySet("username", "user name", "account", "accounts", "account name", "user", "login",
	"benutzername", "nutzername", "usuario", "nombre de usuario", "cuenta", "nom d'utilisateur",
	"pseudo", "compte", "identifiant", "nome de usuário", "nome de utilizador", "usuário", "conta", "nome utente",
	"utente", "social network", "red social", "réseau social", "rede social")

// channelNames are headers of the YouTube channel. Where names stand below them,
// and no links or handles, they mean what the channel is called.
var channelNames = keySet("channel name", "channel title", "kanalname", "nombre del canal", "nom de la chaîne",
	"nome do canal", "nome del canale", "channel", "kanal", "canal", "canale", "chaîne")
