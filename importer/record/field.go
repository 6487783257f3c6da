package record

// Field is one thing that a list can say about a person, by the name that
// --map, --set and saved mappings call it. What a person has on one network is
// a field, too, by the slug of the network.
type Field string

// The fields that every list may have.
const (
	FieldEmail        Field = "email"
	FieldName         Field = "name"
	FieldFirstName    Field = "first name"
	FieldLastName     Field = "last name"
	FieldExternalID   Field = "external id"
	FieldContactEmail Field = "contact email"
	FieldBlog         Field = "blog"
	FieldLinks        Field = "links"
	FieldKind         Field = "kind"
	FieldRelation     Field = "relation"
	FieldBrands       Field = "brands"
	FieldCampaigns    Field = "campaigns"
	FieldProducts     Field = "products"
	FieldRole         Field = "role"
	FieldPermissions  Field = "permissions"
	FieldStatus       Field = "status"
	FieldLanguage     Field = "language"
	FieldTimeZone     Field = "time zone"
	FieldPicture      Field = "picture"
)
