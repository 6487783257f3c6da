package reason

var decisionCodes = []Entry{}
