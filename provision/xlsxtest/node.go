package xlsxtest

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// A node is an element of a part, with what is in it. Names are without their spaces.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  string // of the node itself
}

// readNode reads a part. Rows go to each, one by one, and are not kept: there may be a million.
func readNode(r io.Reader, row func(*node)) (*node, error) {
	d := xml.NewDecoder(r)
	root := &node{}
	open := []*node{root}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local, attrs: slices.Clone(token.Attr)}
			if n.name != "row" || row == nil {
				top.kids = append(top.kids, n)
			}
			open = append(open, n)
		case xml.EndElement:
			if open = open[:len(open)-1]; top.name == "row" && row != nil {
				row(top)
			}
		case xml.CharData:
			top.text += string(token)
		}
	}
	if len(root.kids) != 1 {
		return nil, fmt.Errorf("it has %d roots", len(root.kids))
	}
	return root.kids[0], nil
}

func (n *node) get(attr string) string {
	for _, a := range n.attrs {
		if a.Name.Local == attr {
			return a.Value
		}
	}
	return ""
}

// number is an attribute that counts; what is not there counts as 0, and what is no number as -1.
func (n *node) number(attr string) int {
	text := n.get(attr)
	if text == "" {
		return 0
	}
	i, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return i
}

// all are the elements of a name in a node, whatever they are in.
func (n *node) all(name string) []*node {
	var found []*node
	for _, kid := range n.kids {
		if kid.name == name {
			found = append(found, kid)
		}
		found = append(found, kid.all(name)...)
	}
	return found
}

// one is the first element of a name, an empty one where there is none.
func (n *node) one(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return &node{}
}

// said is the text of the <t> elements in a node.
func (n *node) said() string {
	var text strings.Builder
	for _, t := range n.all("t") {
		text.WriteString(t.text)
	}
	return text.String()
}

// units is how long Excel finds a text.
func units(text string) int { return len(utf16.Encode([]rune(text))) }
