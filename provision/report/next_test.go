package report

import (
	"strings"
	"testing"

	"muster/importer/reason"
	"muster/provision"
)

// A row that is rejected for a name that the organization does not have has that
// problem, too: it is one row.
func TestRowsThatAskForMoreAreCountedOnce(t *testing.T) {
	s := provision.Summary{
		Reasons:  map[reason.Code]int{reason.UnknownCampaign: 1},
		Problems: map[reason.Code]int{reason.UnknownCampaign: 1},
	}
	for _, step := range Next(s) {
		if step.Command == "muster org apply FILE" && strings.HasPrefix(step.Text, "1 row asks") {
			return
		}
	}
	t.Errorf("%+v", Next(s))
}
