package letter

// Names are the templates.
func Names() []string {
	return []string{"invite", "dashboard", "claimed", "reset", "administrator-added", "welcome-sso"}
}
