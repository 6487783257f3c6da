package importer

import (
	"math/rand/v2"
	"testing"
)

func TestNoText(t *testing.T) {
	binary := make([]byte, 600)
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(binary); i++ {
		binary[i] = byte(r.UintN(256))
	}
	for name, c := range map[string]struct {
		text []byte
		want bool
	}{
		"a list":                        {[]byte("Name,Email\nAnn Lee,ann@example.com\n"), false},
		"a short list of damaged cells": {[]byte("Name\n\x7f\x01\x7f\x01\x7f\x02\n\x7f\x01\n"), false},
		"nothing":                       {nil, false},
		"bytes by chance":               {binary, true},
	} {
		if got := isBinary(c.text); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
