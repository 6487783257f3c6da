package accounts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
	"muster/provision/run"
)

// ExportAction is what the audit calls that everything about a person was
// handed out.
const ExportAction change.Action = "person exported"

// A Copy is everything that is kept of one person, as far as the organization
// may see it.
type Copy struct {
	Account      string                      `json:"account"`
	Organization string                      `json:"organization"`
	ExportedAt   time.Time                   `json:"exported_at"`
	ExportedBy   string                      `json:"exported_by"`
	Masked       bool                        `json:"masked,omitempty"` // others hold the account, too: what it holds is not this organization's to hand out
	Tables       map[string][]map[string]any `json:"tables"`           // by table and column, without secrets
	Reports      []ReportOf                  `json:"reports"`          // whose files hold something of the person, too
}

// ReportOf is a run, and the folder that its report is in.
type ReportOf struct {
	Run    string `json:"run"`
	Folder string `json:"folder"`
}

// Export reads everything that is kept of one person, and puts on record that
// it was handed out. A *provision.ConfigError says that there is nobody, or
// that they are not the operator's to export.
func Export(ctx context.Context, e *provision.Engine, sc provision.Scope, whom pick.Target) (Copy, error) {
	found, err := pick.FindFormer(ctx, e, sc, whom)
	if err != nil {
		return Copy{}, err
	}
	a := found[0].Account
	switch {
	case a.ID == "":
		return Copy{}, nobody()
	case a.OutOfReach(sc.Policy) && a.ID != sc.Policy.Operator:
		return Copy{}, &provision.ConfigError{
			Msg:   "the person may do more than the operator, or is in a brand that the operator does not see",
			Hint:  "have an administrator do it, with --as",
			Class: failure.Authority,
		}
	}
	c := Copy{
		Account:      a.ID,
		Organization: sc.Authority.Organization.Slug,
		ExportedAt:   e.Now().UTC(),
		ExportedBy:   sc.Authority.Operator.Email,
		Masked:       !whole(found[0], sc.Policy),
		Reports:      []ReportOf{},
	}
	if err := c.read(ctx, e, sc.Policy.Organization); err != nil {
		return c, err
	}
	return c, c.record(ctx, e, sc)
}

// whole reports whether everything that an account holds is the organization's to
// hand out: it owns the account, or nobody else holds it. Whoever has let somebody
// in whom others hold, too, has what it keeps of them, and no more.
func whole(p pick.Person, policy dedupe.Policy) bool {
	return p.Account.Visible(policy.VisibleBrands) && (p.Account.OwnedHere || p.Elsewhere == 0)
}

func nobody() error {
	return &provision.ConfigError{
		Msg:  "nobody whom the operator may know of is known by this",
		Hint: "name one person: " + pick.Forms,
	}
}

// read fills in what the tables keep, and which reports.
func (c *Copy) read(ctx context.Context, e *provision.Engine, organization string) error {
	err := provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) error {
			kept, err := d.Kept(ctx, organization, c.Account, !c.Masked)
			c.Tables = map[string][]map[string]any{}
			for _, k := range kept {
				c.Tables[k.Table] = k.Rows
			}
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("reading what is kept: %w", err)
	}
	for _, row := range c.Tables["run_rows"] {
		if err := alone(row); err != nil {
			return err
		}
	}
	reports, err := run.Reports(ctx, e, organization, c.Account)
	for _, r := range reports {
		c.Reports = append(c.Reports, ReportOf{Run: r.ID, Folder: r.Out})
	}
	return err
}

// alone takes out of the details of a row what they say of others.
func alone(row map[string]any) error {
	text, kept := row["detail"].(json.RawMessage)
	if !kept {
		return nil
	}
	var detail map[string]json.RawMessage
	if err := json.Unmarshal(text, &detail); err != nil {
		return fmt.Errorf("reading the details of a row: %w", err)
	}
	for _, ofOthers := range []string{"candidates", "held", "path"} {
		delete(detail, ofOthers)
	}
	row["detail"] = detail
	return nil
}

// record puts on record that the copy was handed out.
func (c *Copy) record(ctx context.Context, e *provision.Engine, sc provision.Scope) error {
	by := provision.Author{
		Organization: sc.Policy.Organization,
		Account:      sc.Authority.Operator.Account,
		Source:       "accounts export",
		At:           c.ExportedAt,
	}
	entry := provision.AuditRow{ID: e.NewID(), Account: c.Account, Action: string(ExportAction), Detail: json.RawMessage(`{}`)}
	err := provision.Retry(func() error {
		return e.Store.InTx(ctx, func(tx provision.Tx) error {
			return tx.Apply(ctx, provision.Batch{By: by, Audit: []provision.AuditRow{entry}})
		})
	})
	if err != nil {
		return fmt.Errorf("putting the export on record: %w", err)
	}
	return nil
}
