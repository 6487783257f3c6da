// Package template makes the workbook that a customer hands to an agency or a
// client to be filled in: a sheet with the columns, their help as comments and
// drop-downs of what the organization has; a sheet that explains; a sheet with
// the values. The importer reads the filled workbook without any flag: it knows
// the title for the kind of people, and leaves the two example rows out.
package template
