package words

import "muster/provision"

// LateSource says that a source has had no complete list for long, and what to do.
func LateSource(l provision.LateSource) string { return english.LateSource(l) }

// LateSource is LateSource in a language.
func (in In) LateSource(l provision.LateSource) string {
	if l.None {
		return in.Say("Source %s has had no complete list for %s days, since it was made. Send one, or end it.", l.Source, in.Number(l.Days))
	}
	return in.Say("Source %s has had no complete list for %s days. See why none comes, or end it.", l.Source, in.Number(l.Days))
}

// EndSource is the command that gives a source up.
func EndSource(source string) string { return "muster " + provision.EndSourceKind + " " + source }
