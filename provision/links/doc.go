// Package links is what the links commands do: who gets an invite link, whose
// is renewed or ended, who may see one, and which were handed over. People who
// were picked go in, and judgements come out; how they are picked and how a run
// is carried out is not known here.
package links
