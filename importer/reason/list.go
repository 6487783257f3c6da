package reason

// Codes of lists as a whole: why whoever is missing from one does not count as
// gone, and why it is not read.
const (
	PartOfList  Code = "part_of_list"
	OtherSheets Code = "other_sheets"
	OtherHeader Code = "other_header"
	HalfTheList Code = "half_the_list"
	TooOld      Code = "too_old"
)

var listCodes = []Entry{
	{PartOfList, "only some of its rows were read (--rows)", ""},
	{OtherSheets, "other files or sheets were read than the last time", "name the same lists every night"},
	{OtherHeader, "its columns are not those of the last list (--header-changed says that they are right)", "see that it is the right list; --header-changed says that it is"},
	{HalfTheList, "it has less than half the people of the last list", "see that the list is whole"},
	{TooOld, "the list is older than --max-age allows: whoever writes it has not done so", "see why no newer list has come"},
}
