package page

import (
	"embed"
	"net/http"
	"strings"
)

//go:embed assets
var assets embed.FS

// assetTypes are the kinds of files a page may ask for.
var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}

// asset is a file of the pages.
func asset(v *visit) answer {
	content, err := assets.ReadFile(strings.TrimPrefix(v.path, "/"))
	dot := strings.LastIndexByte(v.path, '.')
	if err != nil || dot < 0 {
		return nothing.answer(v)
	}
	return answer{status: http.StatusOK, said: "asset", contentType: assetTypes[v.path[dot:]], content: content}
}
