package password

import (
	"errors"
	"strings"
	"testing"
)

// quick is a cost for tests that are not about it.
var quick = Cost{Memory: 64, Passes: 1, Threads: 1}

// The hashes are those that the reference program of the authors of argon2
// writes (argon2 -id -e).
var elsewhere = map[string]struct{ password, hash string }{
	"its first example":        {"password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"},
	"the cost that we default": {"password", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$PL01amPyeUuxG7H0vIr5X+qHkZvWnHmGBGXFYvh8z2E"},
	"four threads, a short hash": {
		"correct horse batterie", "$argon2id$v=19$m=4096,t=3,p=4$YW5vdGhlcnNhbHQxMjM0NQ$LWzYfGK6/QbFiu76rm1Ad3WRyV3cQW7K",
	},
	"letters beyond ASCII": {
		"Zoë mag zeer lange wachtwoorden", "$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$9zRqKhJkCn65W/KxO7wo4MpO0pxggLplh1II9LZcjIg",
	},
}

func TestHashesOfOtherPrograms(t *testing.T) {
	for name, tt := range elsewhere {
		t.Run(name, func(t *testing.T) {
			if fits, err := Verify(tt.hash, tt.password); err != nil || !fits {
				t.Errorf("fits: %v, %v", fits, err)
			}
			if fits, err := Verify(tt.hash, tt.password+" "); err != nil || fits {
				t.Errorf("another password fits: %v, %v", fits, err)
			}
		})
	}
}

func TestHashes(t *testing.T) {
	hash, err := Hash("gravel otter lantern quince", quick)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(hash, err)
	}
	again, err := Hash("gravel otter lantern quince", quick)
	if err != nil || again == hash {
		t.Errorf("one password has one hash, whatever its salt: %v", err)
	}
	for _, h := range []string{hash, again} {
		if fits, err := Verify(h, "gravel otter lantern quince"); err != nil || !fits {
			t.Errorf("%v %v", fits, err)
		}
	}
	if c, err := CostOf(hash); err != nil || c != quick {
		t.Errorf("%+v %v", c, err)
	}
}

func TestOneLetterTypedInTwoWaysIsOnePassword(t *testing.T) {
	for name, tt := range map[string]struct{ set, typed string }{
		"composed first":   {"caf\u00e9 gravel lantern", "cafe\u0301 gravel lantern"},
		"decomposed first": {"cafe\u0301 gravel lantern", "caf\u00e9 gravel lantern"},
	} {
		t.Run(name, func(t *testing.T) {
			hash, err := Hash(tt.set, quick)
			if err != nil {
				t.Fatal(err)
			}
			if fits, err := Verify(hash, tt.typed); err != nil || !fits {
				t.Errorf("%v %v", fits, err)
			}
		})
	}
}

func TestTextsThatAreNoHash(t *testing.T) {
	const salt, sum = "$c29tZXNhbHQ", "$PL01amPyeUuxG7H0vIr5X+qHkZvWnHmGBGXFYvh8z2E"
	for name, text := range map[string]string{
		"nothing":                   "",
		"the password itself":       "gravel otter lantern quince",
		"argon2i":                   "$argon2i$v=19$m=64,t=1,p=1" + salt + sum,
		"bcrypt":                    "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
		"an older version":          "$argon2id$v=16$m=64,t=1,p=1" + salt + sum,
		"no version":                "$argon2id$m=64,t=1,p=1" + salt + sum,
		"memory that takes all":     "$argon2id$v=19$m=4194304,t=1,p=1" + salt + sum,
		"passes that never end":     "$argon2id$v=19$m=64,t=4294967295,p=1" + salt + sum,
		"more threads than a byte":  "$argon2id$v=19$m=65536,t=1,p=257" + salt + sum,
		"no threads":                "$argon2id$v=19$m=64,t=1,p=0" + salt + sum,
		"too little for its lanes":  "$argon2id$v=19$m=8,t=1,p=2" + salt + sum,
		"a number with zeros":       "$argon2id$v=19$m=064,t=1,p=1" + salt + sum,
		"a number that overflows":   "$argon2id$v=19$m=9999999999,t=1,p=1" + salt + sum,
		"a short salt":              "$argon2id$v=19$m=64,t=1,p=1$c29tZQ" + sum,
		"a short hash":              "$argon2id$v=19$m=64,t=1,p=1" + salt + "$PL01amPyeUs",
		"a hash of a kilobyte":      "$argon2id$v=19$m=64,t=1,p=1" + salt + "$" + strings.Repeat("PL01", 342),
		"padding":                   "$argon2id$v=19$m=64,t=1,p=1" + salt + sum + "=",
		"bits that say nothing":     "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHR" + sum,
		"something behind":          "$argon2id$v=19$m=64,t=1,p=1" + salt + sum + "$",
		"a line break behind":       "$argon2id$v=19$m=64,t=1,p=1" + salt + sum + "\n",
		"letters of URLs in base64": "$argon2id$v=19$m=64,t=1,p=1" + salt + strings.ReplaceAll(sum, "+", "-"),
	} {
		t.Run(name, func(t *testing.T) {
			if fits, err := Verify(text, "gravel otter lantern quince"); fits || !errors.Is(err, ErrFormat) {
				t.Errorf("fits: %v, %v", fits, err)
			}
			if _, err := CostOf(text); !errors.Is(err, ErrFormat) {
				t.Error(err)
			}
		})
	}
}

func TestCosts(t *testing.T) {
	for name, tt := range map[string]struct {
		cost Cost
		good bool
	}{
		"the default":       {DefaultCost, true},
		"more of all":       {Cost{Memory: 65536, Passes: 3, Threads: 4}, true},
		"nothing":           {Cost{}, false},
		"no passes":         {Cost{Memory: 64, Threads: 1}, false},
		"no threads":        {Cost{Memory: 64, Passes: 1}, false},
		"a little memory":   {Cost{Memory: 7, Passes: 1, Threads: 1}, false},
		"two gigabytes":     {Cost{Memory: 2 << 20, Passes: 1, Threads: 1}, false},
		"a hundred passes":  {Cost{Memory: 64, Passes: 100, Threads: 1}, false},
		"a hundred threads": {Cost{Memory: 65536, Passes: 1, Threads: 100}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if err := tt.cost.Validate(); (err == nil) != tt.good {
				t.Error(err)
			}
			if _, err := NewHasher(tt.cost, 1<<30); (err == nil) != tt.good {
				t.Errorf("a hasher: %v", err)
			}
			if tt.good {
				return
			}
			if hash, err := Hash("gravel otter lantern quince", tt.cost); err == nil {
				t.Errorf("a hash: %s", hash)
			}
		})
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$PL01amPyeUuxG7H0vIr5X+qHkZvWnHmGBGXFYvh8z2E")
	f.Add("$argon2id$v=19$m=99999999,t=1,p=1$c29tZXNhbHQ$PL01amPyeUuxG7H0vIr5X")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parse(text)
		if err == nil && s.String() != text {
			t.Errorf("%q is read as %q", text, s)
		}
	})
}
