package flags

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"muster/cmd/muster/outside"
)

// Outside are the flags that say who is told from outside how a start went.
type Outside struct {
	WatchAs         string
	MetricsFile     string
	MetricsPush     string
	MetricsPushFile string
	Heartbeat       string
	HeartbeatFile   string
	Notify          string
	NotifyFile      string
	Termination     string
}

// Flags defines the flags.
func (o *Outside) Flags(f *pflag.FlagSet) {
	section(f, "Seen from outside (muster help watching):", o.define)
}

func (o *Outside) define(f *pflag.FlagSet) {
	f.StringVar(&o.WatchAs, "watch-as", "",
		"`name` of this job in logs, metrics and messages (default the source or brand, else the command)")
	f.StringVar(&o.MetricsFile, "metrics-file", "", "`file` to leave metrics in, for Prometheus' node exporter")
	f.StringVar(&o.MetricsPush, "metrics-push", "", "Pushgateway to leave metrics at, a `URL`")
	f.StringVar(&o.MetricsPushFile, "metrics-push-file", "", "`file` that holds that URL")
	f.StringVar(&o.Heartbeat, "heartbeat-url", "",
		"`URL` to ask at the start (/start) and at the end: as it is for 0, else with /CODE")
	f.StringVar(&o.HeartbeatFile, "heartbeat-url-file", "", "`file` that holds that URL, where it is a secret")
	f.StringVar(&o.Notify, "notify-url", "", "`URL` to send a summary to as JSON, without anybody's data")
	f.StringVar(&o.NotifyFile, "notify-url-file", "", "`file` that holds that URL, where it is a secret")
	f.StringVar(&o.Termination, "termination-log", "",
		"`file` for the same summary (default /dev/termination-log, in Kubernetes)")
}

// OutsideFlags names them.
func OutsideFlags() []string {
	var o Outside
	var f pflag.FlagSet
	o.define(&f)
	var names []string
	f.VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return names
}

// Settings says who is told. Where one setting is wrong, what the others say
// comes out beside the error: who is told can be told of it.
func (o *Outside) Settings(from Sources) (outside.Settings, error) {
	var errs [4]error
	s := outside.Settings{MetricsFile: o.MetricsFile, Termination: o.termination()}
	s.MetricsPush, errs[0] = address("metrics-push", o.MetricsPush, o.MetricsPushFile, from)
	s.Heartbeat, errs[1] = address("heartbeat-url", o.Heartbeat, o.HeartbeatFile, from)
	s.Notify, errs[2] = address("notify-url", o.Notify, o.NotifyFile, from)
	if o.Name() != o.WatchAs {
		errs[3] = Usage("--watch-as is no name of a job", "use up to 60 letters, digits, blanks, dots, dashes and slashes")
	}
	return s, cmp.Or(errs[0], errs[1], errs[2], errs[3])
}

// Name is how the job is to be called, "" where nobody says, or what is said is no
// name.
func (o *Outside) Name() string {
	if !watchName.MatchString(o.WatchAs) || utf8.RuneCountInString(o.WatchAs) > maxWatchName {
		return ""
	}
	return o.WatchAs
}

// watchName is what a job may be called: no address passes, for names stand
// where no person's may.
var watchName = regexp.MustCompile(`^[\pL\pN][\pL\pN ._/-]*$`)

// maxWatchName is how long a name may be; said in the pattern, it would take a
// megabyte in every command.
const maxWatchName = 60

// termination is where the last words go: where it is said, or where Kubernetes
// looks for them.
func (o *Outside) termination() string {
	if o.Termination != "" || os.Getenv("KUBERNETES_SERVICE_HOST") == "" {
		return o.Termination
	}
	if _, err := os.Stat(outside.KubernetesMessage); err != nil {
		return ""
	}
	return outside.KubernetesMessage
}

// address settles a URL that stands in a flag or in a file; of two that came the
// same way neither wins.
func address(flag, value, file string, from Sources) (outside.Address, error) {
	direct, filed := from[flag], from[flag+"-file"]
	switch {
	case value == "" && file == "":
		return outside.Address{}, nil
	case value != "" && file != "" && direct == filed:
		return outside.Address{}, lacking(fmt.Sprintf("--%s and --%[1]s-file both name a URL", flag), "leave one of them out")
	case file != "" && (value == "" || filed > direct):
		return addressIn(flag, file)
	}
	a, err := outside.ParseAddress(value)
	switch {
	case err != nil:
		return a, lacking(fmt.Sprintf("--%s %v", flag, err), likeAddress(flag))
	case a.HasPassword() && direct == fromFlag:
		return outside.Address{}, lacking(fmt.Sprintf("--%s holds a password, which everybody on this machine can read", flag),
			fmt.Sprintf("put the URL into a file of mode 0600 and name it with --%s-file", flag))
	}
	return a, nil
}

func likeAddress(flag string) string {
	return fmt.Sprintf("say it like --%s https://example.com/…; or name a file that holds it with --%[1]s-file", flag)
}

// addressIn reads a file that holds a URL. What stands in it may be a secret.
func addressIn(flag, path string) (outside.Address, error) {
	name := fmt.Sprintf("--%s-file %s", flag, filepath.ToSlash(path))
	text, err := os.ReadFile(path)
	if err != nil {
		return outside.Address{}, lacking(fmt.Sprintf("%s: cannot be read: %v", name, errors.Unwrap(err)),
			"the file holds one line: the URL")
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o007 != 0 {
		return outside.Address{}, lacking(fmt.Sprintf("%s: can be read by others (its mode is %04o)", name, info.Mode().Perm()),
			"chmod 600 "+path)
	}
	a, err := outside.ParseAddress(strings.TrimSpace(string(text)))
	if err != nil {
		return a, lacking(fmt.Sprintf("%s: what stands in it %v", name, err), "the file holds one line: the URL")
	}
	return a, nil
}
