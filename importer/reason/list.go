package reason

// Codes of lists as a whole: why nobody is gone who is missing from one, and why
// it is not read.
const (
	PartOfList  Code = "part_of_list"
	OtherSheets Code = "other_sheets"
	OtherHeader Code = "other_header"
	HalfTheList Code = "half_the_list"
	TooOld      Code = "too_old"
)

var listCodes = []Entry{
	{PartOfList, "only some rows were read (--rows), so nobody counts as missing", ""},
	{OtherSheets, "other files or sheets were read than the last time, so nobody counts as missing", "name the same lists every night"},
	{OtherHeader, "the columns are not those of the last list, so nobody counts as missing", "see that it is the right list; --header-changed says that it is"},
	{HalfTheList, "the list has less than half the rows of the last one, so nobody counts as missing", "see that the list is whole"},
	{TooOld, "the list is older than --max-age allows: whoever writes it has not done so", "see why no newer list has come"},
}
