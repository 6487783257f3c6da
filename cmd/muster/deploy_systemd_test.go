package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"muster/cmd/muster/exit"
)

// systemd is the folder of the units.
var systemd = filepath.Join("..", "..", "fixtures", "deploy", "systemd")

// units are the texts of the units with a name that ends so.
func units(t *testing.T, ending string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(systemd, "*"+ending))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	all := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = strings.ReplaceAll(string(text), "\\\n", "")
	}
	return all
}

// setting is what a unit sets, "" where it does not.
func setting(unit, name string) string {
	found := regexp.MustCompile(`(?m)^` + name + `=(.*)$`).FindStringSubmatch(unit)
	if found == nil {
		return ""
	}
	return found[1]
}

// word is one argument of a command line, quoted or not.
var word = regexp.MustCompile(`"[^"]*"|\S+`)

func TestUnitsSayWhatMusterTakes(t *testing.T) {
	for name, unit := range units(t, ".service") {
		line := word.FindAllString(strings.ReplaceAll(setting(unit, "ExecStart"), "%d", "/run/credentials/"+name), -1)
		for i, w := range line {
			line[i] = strings.Trim(w, `"`)
		}
		if len(line) < 2 || line[0] != "/usr/local/bin/muster" {
			t.Errorf("%s runs %q", name, line)
		} else if err := understands(line[1:]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, file := range regexp.MustCompile(`%d/(\S+)`).FindAllStringSubmatch(unit, -1) {
			if !strings.Contains(unit, "\nLoadCredential="+file[1]+":") {
				t.Errorf("%s loads no %s", name, file[1])
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(systemd, "muster.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if code, said := withSettings(t, string(text)); code != 0 {
		t.Error(said)
	}
}

// What a person has to change is not tried again, and what another try may
// mend is, where no timer does that soon.
func TestUnitsTreatExitCodesAsTheTableWantsIt(t *testing.T) {
	for name, unit := range units(t, ".service") {
		if setting(unit, "SuccessExitStatus") != strconv.Itoa(exit.Terminate) {
			t.Errorf("%s: whoever stops it is told that it failed", name)
		}
		if setting(unit, "Restart") == "" {
			continue
		}
		prevented := strings.Fields(setting(unit, "RestartPreventExitStatus"))
		for code, what := range treatment {
			serves := strings.Contains(unit, "muster serve") && code != exit.Usage && code != exit.Config
			if in := slices.Contains(prevented, strconv.Itoa(code)); in != (what != "Count") && !serves {
				t.Errorf("%s: %d, which is met with %s elsewhere: prevented %v", name, code, what, in)
			}
		}
	}
}

// systemd itself reads them, and says how much they could do to the machine.
func TestUnitsAreWhatSystemdReads(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("NOT TRIED: systemd-analyze, which is not on this machine, reads the units")
	}
	dir := t.TempDir()
	muster, err := program(filepath.Join(dir, "bin"))
	if err != nil {
		t.Fatal(err)
	}
	for _, ending := range []string{".service", ".timer"} {
		for name, unit := range units(t, ending) {
			unit = strings.ReplaceAll(unit, "/usr/local/bin/muster", muster)
			if err := os.WriteFile(filepath.Join(dir, name), []byte(unit), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, err := filepath.Glob(filepath.Join(dir, "muster-*"))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("systemd-analyze", append([]string{"verify", "--man=no"}, all...)...).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	for name := range units(t, ".service") {
		check := exec.Command("systemd-analyze", "security", "--offline=true", "--threshold=18", filepath.Join(dir, name))
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("%s may do more to the machine than it needs: %v\n%s", name, err, out)
		}
	}
}
