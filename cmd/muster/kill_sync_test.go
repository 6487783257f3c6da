package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/provision/store/storetest"
)

// A sync that is killed again and again ends like one that was left alone: whoever
// is missing is missing once a night, and removed once.
func TestKilledSync(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killedSync(t, "") })
	t.Run("postgres", func(t *testing.T) { killedSync(t, storetest.Postgres(t)) })
}

func killedSync(t *testing.T, url string) {
	const people, gone = 700, 100
	k := newKiller(t, url, people)
	k.args = []string{"sync", "people.csv", "--source", "crm"}
	k.finish()
	text := strings.SplitAfter(peopleList("person", people), "\n")
	fewer := strings.Join(append(text[:1:1], text[1+gone:]...), "")
	for night, want := range []int{0, gone, gone} {
		fewer += "\n" // the same rows in another file
		if err := os.WriteFile(filepath.Join(k.dir, "people.csv"), []byte(fewer), 0o600); err != nil {
			t.Fatal(err)
		}
		k.out = fmt.Sprintf("night%d", night)
		for kills := 0; k.finished(t) < night+2; kills++ { // the next start would be another night
			if kills == 3 {
				k.finish()
				break
			}
			pause := time.Duration(50+rand.IntN(600)) * time.Millisecond
			if slow {
				pause *= 4
			}
			k.start(pause)
		}
		k.checkSync(t, night, want)
	}
}

// finished is how many runs came to their end.
func (k *killer) finished(t *testing.T) int {
	t.Helper()
	n := 0
	for line := range strings.Lines(k.dump(t)) {
		if strings.HasPrefix(line, "runs: ") && !strings.Contains(line, "finished_at=<nil>") {
			n++
		}
	}
	return n
}

func (k *killer) dump(t *testing.T) string {
	t.Helper()
	var rows strings.Builder
	if err := storetest.Dump(t.Context(), k.db.URL, &rows); err != nil {
		t.Fatal(err)
	}
	return rows.String()
}

// checkSync counts who is missing, and who has lost what the source gave them.
func (k *killer) checkSync(t *testing.T, night, removed int) {
	t.Helper()
	counts := map[string]int{}
	for line := range strings.Lines(k.dump(t)) {
		table, row, _ := strings.Cut(line, ": ")
		counts[table]++
		switch {
		case table == "source_people" && strings.Contains(row, "absences=2"):
			counts["lost"]++
		case table == "source_people" && strings.Contains(row, "absences=1"):
			counts["missing"]++
		}
	}
	missing := 0
	if night == 0 {
		missing = 100
	}
	got := fmt.Sprintf("%d lost, %d missing, %d ended, %d of the missing recorded", counts["lost"], counts["missing"],
		counts["memberships_ended"], counts["run_removals"])
	want := fmt.Sprintf("%d lost, %d missing, %d ended, %d of the missing recorded", removed, missing, removed, 100+min(removed, 100))
	if got != want {
		t.Errorf("night %d: %s; want %s", night, got, want)
	}
}
