package change

import "encoding/json"

// text is JSON that is put together piece by piece, in one buffer.
type text struct {
	text   []byte
	encode *json.Encoder
}

// newText goes on behind what is there already.
func newText(behind []byte) *text {
	w := &text{text: behind}
	w.encode = json.NewEncoder(w)
	return w
}

// Write appends what the encoder made.
func (w *text) Write(made []byte) (int, error) {
	w.text = append(w.text, made...)
	return len(made), nil
}

// value appends a value as json.Marshal writes it.
func (w *text) value(v any) error {
	if err := w.encode.Encode(v); err != nil {
		return err
	}
	w.text = w.text[:len(w.text)-1] // the encoder ends a line
	return nil
}

// members goes on within an object that has a member already: with those of
// another one, and its end.
func (w *text) members(object any) error {
	at := len(w.text)
	if err := w.value(object); err != nil {
		return err
	}
	if len(w.text)-at == len("{}") {
		w.text = append(w.text[:at], '}')
	} else {
		w.text[at] = ','
	}
	return nil
}
