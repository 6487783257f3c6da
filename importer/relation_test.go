package importer

import (
	"strings"
	"testing"
)

func TestRelationColumns(t *testing.T) {
	for _, c := range []struct{ name, list, relations, holds string }{
		{"a header that lists them", "Name,Email,Creator / Agency / Manager\nA,a@example.com,Creator\nB,b@example.com,Manager\nC,c@example.com,Agency\n", "-,manager,agency", "relation"},
		{"one in German", "Name;E-Mail;Creator/Agentur/Management\nA;a@example.com;Creator\nB;b@example.com;Agentur\n", "-,agency", "relation"},
		{"a header that is known", "Nombre;Correo;Tipo de contacto\nA;a@example.com;Creadora\nB;b@example.com;Representante\nC;c@example.com;Asistente\nD;d@example.com;Prensa\n", "-,manager,assistant,pr", "relation"},
		{"a header that means nothing, by its values", "Name,Email,Wer?\nA,a@example.com,Influencer\nB,b@example.com,Managerin\n", "-,manager", "relation"},
		{"French values", "Nom,E-mail,Interlocuteur\nA,a@example.com,Créatrice\nB,b@example.com,Attachée de presse\nC,c@example.com,Agence\n", "-,pr,agency", "relation"},
		{"Portuguese and Italian values", "Nome,Email,Quem\nA,a@example.com,Criadora\nB,b@example.com,Assessoria de imprensa\nC,c@example.com,Assistente\nD,d@example.com,Ufficio stampa\n", "-,pr,assistant,pr", "relation"},
		{"a word that goes on", "Name,Email,Relation\nA,a@example.com,Manager von Anna\nB,b@example.com,Agentur: Blue\nC,c@example.com,friend of the brand\n", "manager,agency,-", "relation"},
		{"a column of kinds that holds them too", "Name,Email,Type\nA,a@example.com,Creator\nB,b@example.com,Manager\n", "-,manager", "kind"},
		{"a column of roles in which creators stand", "Name,Email,Role\nA,a@example.com,Creator\nB,b@example.com,PR\n", "-,pr", "relation"},
		{"a column of roles is one", "Name,Email,Kind,Role\nA,a@example.com,staff,manager\nB,b@example.com,staff,member\n", "-,-", "role"},
		{"a column of roles of staff alone", "Name,Email,Role\nA,a@example.com,manager\nB,b@example.com,assistant\n", "-,-", "role"},
		{"a column of such words that is called nothing", "Name,Email,Wer?\nA,a@example.com,manager\nB,b@example.com,assistant\n", "manager,assistant", "relation"},
		{"a free column with such a word among others", "Name,Email,Notes\nA,a@example.com,manager\nB,b@example.com,called twice\n", "-,-", ""},
		{"a free column of one cell", "Name,Email,Tag\nA,a@example.com,press\n", "-", ""},
		{"creators alone", "Name,Email,Wer?\nA,a@example.com,Influencer\nB,b@example.com,Creator\n", "-,-", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, records, err := read(t, write(t, "list.csv", c.list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range records {
				if !r.Usable() {
					t.Errorf("%s", show(r))
				}
				got = append(got, map[bool]string{true: "-", false: r.Relation}[r.Relation == ""])
			}
			if all := strings.Join(got, ","); all != c.relations {
				t.Errorf("got %s, want %s", all, c.relations)
			}
			if last := info.Labels[len(info.Labels)-1]; info.Mapping[last] != c.holds {
				t.Errorf("the column %q holds %q, want %q", last, info.Mapping[last], c.holds)
			}
		})
	}
}

// What the column says is kept with the person, and --map takes it for nothing
// else.
func TestRelationsAreKept(t *testing.T) {
	list := write(t, "list.csv", "Name,Email,Creator / Manager\nA,a@example.com,Manager von Anna\n")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, "name=A email=a@example.com [Creator / Manager]=Manager von Anna relation=manager"},
		{Options{Map: map[string]string{"Creator / Manager": "attribute"}}, "name=A email=a@example.com [Creator / Manager]=Manager von Anna"},
		{Options{Map: map[string]string{"Creator / Manager": ""}}, "name=A email=a@example.com"},
	} {
		_, records, err := read(t, list, c.o)
		if err != nil {
			t.Fatal(err)
		}
		got := show(records[0])
		if records[0].Relation != "" {
			got += " relation=" + records[0].Relation
		}
		if got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
