package link

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// vector is the token of sample under the ring of sampleRing, computed
// independently in another language.
const vector = "mst1_AQE0WnXGAAECAwQFBgcICQoLDA0OD3Db2ICHNL_L4aScL-chxD9ozxbq0IvhU7N2QCFhqloPa8iuvw"

func sampleMaster() []byte {
	master := make([]byte, keyLength)
	for i := range master {
		master[i] = byte(i)
	}
	return master
}

func sampleRing(t testing.TB, state State) *Keyring {
	t.Helper()
	s := newSecret(sampleMaster())
	id := s.kid()
	other := newSecret(append(sampleMaster()[1:], 99))
	otherID := other.kid()
	keys := []subkeys{derive(Key{ID: hex.EncodeToString(id[:]), State: state}, s)}
	if state != Active {
		keys = append(keys, derive(Key{ID: hex.EncodeToString(otherID[:]), State: Active}, other))
	}
	r, err := newKeyring(keys)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sample() Subject {
	return Subject{
		ID: "000102030405060708090a0b0c0d0e0f", Purpose: Invite, KeyID: "345a75c6", ExpiresAt: time.Unix(1893456000, 0),
		Account: "usr_1", Organization: "org_1", Email: "ana@example.com", Audience: "https://claim.example.com", Epoch: 7,
	}
}

func TestTokenIsTheOneOfTheSpecification(t *testing.T) {
	r := sampleRing(t, Active)
	got, err := r.Token(sample())
	if err != nil || got != vector {
		t.Fatalf("token %q, %v; want %q", got, err, vector)
	}
	if len(got) != tokenLength || tokenLength != 83 {
		t.Errorf("length %d, constant %d; want 83", len(got), tokenLength)
	}
	h, err := Parse(got)
	want := Header{ID: sample().ID, Purpose: Invite, KeyID: "345a75c6", ExpiresAt: time.Unix(1893456000, 0).UTC()}
	if err != nil || h != want {
		t.Errorf("parsed %+v, %v; want %+v", h, err, want)
	}
	if err := r.Verify(got, sample()); err != nil {
		t.Errorf("verify: %v", err)
	}
	if got := URL("https://claim.example.com/", vector); got != "https://claim.example.com/c/"+vector {
		t.Errorf("URL %q", got)
	}
	if got := Fingerprint(vector); len(got) != 12 {
		t.Errorf("fingerprint %q", got)
	}
}

func TestVerifyRefusesEveryOtherSubject(t *testing.T) {
	changes := map[string]func(*Subject){
		"another account":          func(s *Subject) { s.Account = "usr_2" },
		"another organization":     func(s *Subject) { s.Organization = "org_2" },
		"another email":            func(s *Subject) { s.Email = "eve@example.com" },
		"another audience":         func(s *Subject) { s.Audience = "https://claim.example.net" },
		"a later epoch":            func(s *Subject) { s.Epoch++ },
		"another purpose":          func(s *Subject) { s.Purpose = Reset },
		"a later expiry":           func(s *Subject) { s.ExpiresAt = s.ExpiresAt.Add(time.Second) },
		"another link":             func(s *Subject) { s.ID = strings.Repeat("0", 32) },
		"another key":              func(s *Subject) { s.KeyID = "00000000" },
		"letters moved to the org": func(s *Subject) { s.Account, s.Organization = "usr_", "1org_1" },
		"an account too long":      func(s *Subject) { s.Account = strings.Repeat("u", 70_000) },
		"no row at all":            func(s *Subject) { *s = Subject{} },
	}
	r := sampleRing(t, Active)
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := sample()
			change(&s)
			if err := r.Verify(vector, s); !errors.Is(err, ErrNotGenuine) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTokenRefusesSubjectsThatAreNotWhole(t *testing.T) {
	changes := map[string]func(*Subject){
		"no id":                  func(s *Subject) { s.ID = "" },
		"id too short":           func(s *Subject) { s.ID = s.ID[2:] },
		"no purpose":             func(s *Subject) { s.Purpose = 0 },
		"reserved purpose":       func(s *Subject) { s.Purpose = 4 },
		"no expiry":              func(s *Subject) { s.ExpiresAt = time.Time{} },
		"expiry after 2106":      func(s *Subject) { s.ExpiresAt = time.Unix(math.MaxUint32+1, 0) },
		"no account":             func(s *Subject) { s.Account = "" },
		"no organization":        func(s *Subject) { s.Organization = "" },
		"no email":               func(s *Subject) { s.Email = "" },
		"no audience":            func(s *Subject) { s.Audience = "" },
		"negative epoch":         func(s *Subject) { s.Epoch = -1 },
		"audience far too long":  func(s *Subject) { s.Audience = strings.Repeat("a", math.MaxUint16+1) },
		"a key that was unknown": func(s *Subject) { s.KeyID = "ffffffff" },
	}
	r := sampleRing(t, Active)
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := sample()
			change(&s)
			if token, err := r.Token(s); err == nil {
				t.Errorf("got %s", token)
			}
		})
	}
}

func TestKeysByState(t *testing.T) {
	t.Run("a verify key still reports and opens its links", func(t *testing.T) {
		r := sampleRing(t, Verify)
		if r.Active() == sample().KeyID {
			t.Fatal("the verify key is active")
		}
		if got, err := r.Token(sample()); err != nil || got != vector {
			t.Errorf("token %q, %v", got, err)
		}
		if err := r.Verify(vector, sample()); err != nil {
			t.Errorf("verify: %v", err)
		}
		if !r.Opens(sample().KeyID) {
			t.Error("its links do not open")
		}
	})
	t.Run("a retired key does neither", func(t *testing.T) {
		r := sampleRing(t, Retired)
		if _, err := r.Token(sample()); !errors.Is(err, ErrRetiredKey) {
			t.Errorf("token: %v", err)
		}
		if err := r.Verify(vector, sample()); !errors.Is(err, ErrRetiredKey) {
			t.Errorf("verify: %v", err)
		}
		if r.Opens(sample().KeyID) {
			t.Error("its links open")
		}
	})
	t.Run("a key that is gone does neither", func(t *testing.T) {
		r := sampleRing(t, Verify)
		r, err := newKeyring(r.keys[1:])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Token(sample()); !errors.Is(err, ErrUnknownKey) {
			t.Errorf("token: %v", err)
		}
		if err := r.Verify(vector, sample()); !errors.Is(err, ErrUnknownKey) {
			t.Errorf("verify: %v", err)
		}
	})
	t.Run("another key under the same id is found out", func(t *testing.T) {
		right, wrong := sampleRing(t, Active), sampleRing(t, Active)
		wrong.keys[0] = derive(right.keys[0].Key, newSecret(bytes.Repeat([]byte{1, 2}, 16)))
		if err := wrong.Verify(vector, sample()); !errors.Is(err, ErrNotGenuine) {
			t.Errorf("verify: %v", err)
		}
		if kid := right.Active(); right.Check(kid) == wrong.Check(kid) || len(right.Check(kid)) != 32 {
			t.Errorf("check values %q and %q", right.Check(kid), wrong.Check(kid))
		}
	})
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	r := sampleRing(t, Active)
	raw, _ := encoding.DecodeString(strings.TrimPrefix(vector, prefix))
	for bit := range len(raw) * 8 {
		changed := bytes.Clone(raw)
		changed[bit/8] ^= 1 << (bit % 8)
		if err := r.Verify(prefix+encoding.EncodeToString(changed), sample()); err == nil {
			t.Errorf("bit %d flipped and the token still verifies", bit)
		}
	}
}

func TestParseTakesOnlyTheCanonicalSpelling(t *testing.T) {
	last := vector[len(vector)-1]
	for name, token := range map[string]string{
		"empty":                        "",
		"prefix alone":                 prefix,
		"upper case prefix":            "MST1_" + vector[5:],
		"one letter short":             vector[:82],
		"one letter more":              vector + "A",
		"padding":                      vector[:81] + "==",
		"the other base64 alphabet":    strings.Replace(vector, "_L4", "/L4", 1),
		"line break inside":            vector[:40] + "\n" + vector[41:],
		"line break beside":            vector[:82] + "\n",
		"spare bits at the end set":    vector[:82] + string(last+1),
		"version 2":                    prefix + "Ag" + vector[7:],
		"space in front":               " " + vector[:82],
		"another programme's token":    strings.Repeat("x", 83),
		"letters outside the alphabet": vector[:80] + "é" + vector[82:],
	} {
		t.Run(name, func(t *testing.T) {
			if h, err := Parse(token); !errors.Is(err, ErrMalformed) || h != (Header{}) {
				t.Errorf("got %+v, %v", h, err)
			}
		})
	}
}

func TestLaws(t *testing.T) {
	r := sampleRing(t, Active)
	text := rapid.StringN(1, 40, 200)
	rapid.Check(t, func(t *rapid.T) {
		s := sample()
		s.ID = hex.EncodeToString(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		s.Purpose = rapid.SampledFrom([]int{Invite, Reset}).Draw(t, "purpose")
		s.ExpiresAt = time.Unix(rapid.Int64Range(1, math.MaxUint32).Draw(t, "exp"), 0).UTC()
		s.Account, s.Organization = text.Draw(t, "account"), text.Draw(t, "organization")
		s.Email, s.Audience = text.Draw(t, "email"), text.Draw(t, "audience")
		s.Epoch = rapid.Int64Min(0).Draw(t, "epoch")
		token, err := r.Token(s)
		if err != nil {
			t.Fatal(err)
		}
		h, err := Parse(token)
		if err != nil || h != (Header{s.ID, s.Purpose, s.KeyID, s.ExpiresAt}) {
			t.Fatalf("parsed %+v, %v from %+v", h, err, s)
		}
		if err := r.Verify(token, s); err != nil {
			t.Fatal(err)
		}
		if got := Redact("GET /c/" + token + " 200"); got != "GET /c/mst1_[redacted] 200" || Redact(got) != got {
			t.Fatalf("redacted to %q", got)
		}
	})
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"nothing here":            "nothing here",
		vector:                    "mst1_[redacted]",
		"cut " + vector[:20]:      "cut mst1_[redacted]",
		"a " + vector + "," + "b": "a mst1_[redacted],b",
		"MST1_AQE0":               "mst1_[redacted]",
		URL("https://x.example.com", vector) + "?a": "https://x.example.com/c/mst1_[redacted]?a",
		"the prefix is mst1_":                       "the prefix is mst1_",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(vector)
	f.Add(prefix)
	f.Add(vector[:82] + "\n")
	f.Fuzz(func(t *testing.T, token string) {
		hdr, tag, err := parse(token)
		if err != nil {
			return
		}
		if again := prefix + encoding.EncodeToString(append(hdr, tag...)); again != token {
			t.Errorf("%q was accepted, its canonical spelling is %q", token, again)
		}
	})
}

func TestNewID(t *testing.T) {
	at := time.UnixMilli(0x0123456789ab).Add(999 * time.Microsecond)
	id, err := NewID(at, bytes.NewReader(sampleMaster()))
	if err != nil || id != "0123456789ab00010203040506070809" {
		t.Errorf("got %q, %v", id, err)
	}
	later, err := NewID(at.Add(time.Millisecond), bytes.NewReader(sampleMaster()))
	if err != nil || later <= id {
		t.Errorf("%q comes before %q, %v", later, id, err)
	}
	if _, err := NewID(at, bytes.NewReader(nil)); err == nil {
		t.Error("an id without randomness")
	}
}

func BenchmarkToken(b *testing.B) {
	r := sampleRing(b, Active)
	for b.Loop() {
		if _, err := r.Token(sample()); err != nil {
			b.Fatal(err)
		}
	}
}
