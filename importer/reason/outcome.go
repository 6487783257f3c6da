package reason

var outcomeCodes = []Entry{}
