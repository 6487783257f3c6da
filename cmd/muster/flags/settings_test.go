package flags

import (
	"errors"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/importer/record"
	"muster/provision/plan"
	"muster/provision/run"
)

// typed are the flags that say what a run does, as import takes them.
type typed struct {
	Reading
	Scope
	Policy
	Ending
}

// asked is what a run is asked to do.
type asked struct {
	plan.Settings
	run.Ending
}

// settings reads arguments into what a run is asked to do.
func settings(args ...string) (asked, error) {
	var o typed
	f := o.flags()
	if err := f.Parse(args); err != nil {
		return asked{}, err
	}
	reading, err := o.Options()
	err = errors.Join(o.Policy.Validate(), o.Ending.Validate(), err)
	return asked{Settings([]string{"people.csv"}, reading, o.Scope, o.Policy, nil), o.Ending.Settings(nil)}, err
}

func (o *typed) flags() *pflag.FlagSet {
	f := pflag.NewFlagSet("import", pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	o.Reading.Flags(f)
	o.Scope.Flags(f)
	o.Policy.Flags(f)
	o.Ending.Flags(f)
	return f
}

// notOfSettings are flags that say how a run is begun, not what it does.
var notOfSettings = []string{"if-locked", "workers"}

func TestFlagsBecomeSettings(t *testing.T) {
	mapping := t.TempDir() + "/mapping.yaml"
	if err := os.WriteFile(mapping, []byte("map: {Insta: instagram, Note: \"\"}\nrequired: [Insta]\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	note := t.TempDir() + "/note.txt"
	if err := os.WriteFile(note, []byte("Welcome. https://evil.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	usual, err := settings()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, test := range []struct {
		name   string
		args   []string
		change func(*asked)
	}{
		{"nothing said is the default", nil, func(*asked) {}},
		{"a column is mapped to a field", []string{"--map", "Mail=email"}, func(s *asked) {
			s.Reading.Map["Mail"] = "email"
		}},
		{"a column whose header has an equals sign is mapped by the last one", []string{"--map", "a=b=name"}, func(s *asked) {
			s.Reading.Map["a=b"] = "name"
		}},
		{"a column is left out", []string{"--map", "Note="}, func(s *asked) { s.Reading.Map["Note"] = "" }},
		{"a mapping file maps what a list may lack", []string{"--mapping", mapping}, func(s *asked) {
			s.Reading.Map["Insta"], s.Reading.Map["Note"] = "instagram", ""
			s.Reading.IfThere, s.Reading.Required = []string{"Insta", "Note"}, []string{"Insta"}
		}},
		{"a mapped column has to be there although the mapping file has it, too",
			[]string{"--mapping", mapping, "--map", "Note=name"}, func(s *asked) {
				s.Reading.Map["Insta"], s.Reading.Map["Note"] = "instagram", "name"
				s.Reading.IfThere, s.Reading.Required = []string{"Insta"}, []string{"Insta"}
			}},
		{"a blank cell gets a value, which may hold an equals sign", []string{"--set", "name=a=b"}, func(s *asked) {
			s.Reading.Set["name"] = "a=b"
		}},
		{"some rows are read", []string{"--rows", "2-5"}, func(s *asked) { s.Reading.First, s.Reading.Last = 2, 5 }},
		{"a sheet is chosen", []string{"--sheet", "*"}, func(s *asked) { s.Reading.Sheet = "*" }},
		{"an encoding is said", []string{"--encoding", "utf-16"}, func(s *asked) { s.Reading.Encoding = "utf-16" }},
		{"a delimiter is said", []string{"--delimiter", "tab"}, func(s *asked) { s.Reading.Delimiter = "tab" }},
		{"a kind is of the list and of the run", []string{"--kind", "staff"}, func(s *asked) {
			s.Kind, s.Reading.Kind = record.Staff, record.Staff
		}},
		{"a domain is right as it is", []string{"--allow-domain", "@Gmial.com"}, func(s *asked) {
			s.Reading.AllowDomains = []string{"gmial.com"}
		}},
		{"a larger file is allowed, of either format", []string{"--max-file-size", "2GB"}, func(s *asked) {
			s.Reading.Limits.CSVBytes, s.Reading.Limits.XLSXBytes = 2<<30, 2<<30
		}},
		{"a workbook may be larger unpacked", []string{"--max-unpacked-size", "3GB"}, func(s *asked) {
			s.Reading.Limits.UnpackedBytes = 3 << 30
		}},
		{"a cell may be larger", []string{"--max-cell-size", "2MB"}, func(s *asked) { s.Reading.Limits.CellBytes = 2 << 20 }},
		{"a list may have more rows", []string{"--max-rows", "7"}, func(s *asked) { s.Reading.Limits.CSVRows = 7 }},
		{"a list may have more columns", []string{"--max-columns", "7"}, func(s *asked) { s.Reading.Limits.Columns = 7 }},
		{"an organization is named", []string{"--org", "northwind"}, func(s *asked) { s.Organization = "northwind" }},
		{"a brand is named", []string{"--brand", "outdoor"}, func(s *asked) { s.Brand = "outdoor" }},
		{"an operator is named", []string{"--as", "ada@example.com"}, func(s *asked) { s.Operator = "ada@example.com" }},
		{"nobody is invited", []string{"--invite", "none"}, func(s *asked) { s.Invite = dedupe.InviteNone }},
		{"a match by email is held", []string{"--on-email-match", "review"},
			func(s *asked) { s.OnEmailMatch = dedupe.HoldMatches }},
		{"a match by profile claims", []string{"--on-profile-match", "claim"},
			func(s *asked) { s.OnProfileMatch = dedupe.ClaimMatches }},
		{"a list has to be of last night", []string{"--max-age", "1d12h"}, func(s *asked) { s.MaxAge = 36 * time.Hour }},
		{"the list is right", []string{"--on-difference", "update"},
			func(s *asked) { s.OnDifference = dedupe.UpdateDifferences }},
		{"an expired link is issued again", []string{"--reissue-expired"}, func(s *asked) { s.ReissueExpired = true }},
		{"a link lives for weeks", []string{"--link-ttl", "2w"}, func(s *asked) { s.LinkTTL = 14 * 24 * time.Hour }},
		{"a link ends on a workday", []string{"--link-end", "workday"}, func(s *asked) { s.LinkWorkday = true }},
		{"links open later", []string{"--not-before", "2026-12-01T09:00Z"}, func(s *asked) {
			s.NotBefore = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
		}},
		{"people are invited by mail", []string{"--invite", "mail"}, func(s *asked) { s.Invite = dedupe.InviteMail }},
		{"mails say who invites, and what they have to say",
			[]string{"--invite", "mail", "--inviter", "Ada <ada@example.com>", "--note", note}, func(s *asked) {
				s.Invite = dedupe.InviteMail
				s.Inviter, s.Note = `"Ada" <ada@example.com>`, "Welcome."
			}},
		{"people are not told who added them", []string{"--invite", "mail", "--no-claim-notice"}, func(s *asked) {
			s.Invite, s.NoClaimNotice = dedupe.InviteMail, true
		}},
		{"links lead elsewhere", []string{"--base-url", "https://x.example"},
			func(s *asked) { s.BaseURL = "https://x.example" }},
		{"the report goes elsewhere", []string{"--out", "there"}, func(s *asked) { s.Out = "there" }},
		{"some rows may be rejected", []string{"--max-rejects", "5%"}, func(s *asked) { s.MaxRejects.Percent = 5 }},
		{"some rows may be held", []string{"--max-held", "20"}, func(s *asked) { s.MaxHeld.Rows = 20 }},
		{"only what is new counts", []string{"--unsettled", "new"}, func(s *asked) { s.NewOnly = true }},
		{"the report is in another language", []string{"--lang", "de"}, func(s *asked) { s.Language = "de" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, arg := range test.args {
				told[strings.TrimPrefix(arg, "--")] = true
			}
			want := usual
			want.Reading.Map, want.Reading.Set = map[string]string{}, map[string]string{}
			test.change(&want)
			if got, err := settings(test.args...); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
			}
		})
	}
	new(typed).flags().VisitAll(func(f *pflag.Flag) {
		if !told[f.Name] && !slices.Contains(notOfSettings, f.Name) {
			t.Errorf("no case says --%s", f.Name)
		}
	})
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	for _, test := range []struct {
		name, flag, value string
		says              string
	}{
		{"a kind that there is none of", "--kind", "robot", "is no kind"},
		{"a domain that is none", "--allow-domain", "gmail", "is no domain"},
		{"a column without a field", "--map", "Mail", "names no column and field"},
		{"a field that there is none of", "--map", "Mail=emial", "there is no field"},
		{"a value without a field", "--set", "=x", "names no field and value"},
		{"a value of a field that there is none of", "--set", "emial=x", "there is no field"},
		{"rows that end before they begin", "--rows", "5-2", "is no range of rows"},
		{"fewer than no rows", "--max-rows", "-1", "is not possible"},
		{"an invitation by pigeon", "--invite", "pigeon", "is not possible"},
		{"an inviter where nothing is mailed", "--inviter", "Ada <ada@example.com>", "none are sent"},
		{"an inviter without an address", "--inviter", "Ada", "is no address"},
		{"a note that is not there", "--note", "no/such/note.txt", "no such file"},
		{"a match that is ignored", "--on-email-match", "ignore", "is not possible"},
		{"a link that lives a minute", "--link-ttl", "1m", "too short or too long"},
		{"a link that lives for ever", "--link-ttl", "52w", "too short or too long"},
		{"more transactions than any server likes", "--workers", "65", "is not possible"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := settings(test.flag, test.value)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("error %v, want one that says %q", err, test.says)
			}
			known := failure.Find(err)
			if known == nil {
				t.Fatalf("%v has no class", err)
			}
			if class, hint := known.Failure(); class != failure.Usage || hint == "" {
				t.Errorf("class %d, hint %q", class, hint)
			}
		})
	}
}

func TestTheCommandLineWinsThenTheEnvironmentThenTheFile(t *testing.T) {
	for _, test := range []struct {
		name           string
		line, env, set string
		want           string
		from           Source
	}{
		{"nothing said is the default", "", "", "", "", fromDefault},
		{"the file alone", "", "", "c", "c", fromFile},
		{"the environment before the file", "", "b", "c", "b", fromEnvironment},
		{"the command line before both", "a", "b", "c", "a", fromFlag},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			t.Setenv("MUSTER_BRAND", test.env)
			if test.set != "" {
				if err := os.WriteFile(defaultConfig, []byte("brand: "+test.set+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var scope Scope
			from := Sources{}
			cmd := &cobra.Command{Use: "muster",
				RunE: func(cmd *cobra.Command, _ []string) error { return from.Settle(cmd, "") }}
			cmd.Flags().String("config", "", "")
			scope.Flags(cmd.Flags())
			if test.line != "" {
				cmd.SetArgs([]string{"--brand", test.line})
			} else {
				cmd.SetArgs([]string{})
			}
			if err := cmd.Execute(); err != nil || scope.Brand != test.want || from["brand"] != test.from {
				t.Errorf("brand %q from %d, %v; want %q from %d", scope.Brand, from["brand"], err, test.want, test.from)
			}
		})
	}
}
