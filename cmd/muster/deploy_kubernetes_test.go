package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"muster/cmd/muster/exit"
)

// understands parses a command line by the commands there are, as the program
// does before it begins; a variable of a pod or unit stands for a number.
func understands(args []string) error {
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "$(JOB_COMPLETION_INDEX)", "0")
	}
	root := newApp(strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}).root()
	command, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if err := command.ParseFlags(rest); err != nil {
		return err
	}
	return command.ValidateArgs(command.Flags().Args())
}

func TestManifestsSayWhatMusterTakes(t *testing.T) {
	for _, w := range workloads(t) {
		for _, c := range w.pod.all() {
			if w.Kind == "Pod" {
				continue
			}
			if err := understands(c.Args); err != nil {
				t.Errorf("%s: muster %s: %v", w.file, strings.Join(c.Args, " "), err)
			}
			if len(c.Command) > 0 {
				t.Errorf("%s: %s runs %q; the entry point of the image is muster", w.file, c.Name, c.Command)
			}
		}
	}
	if understands([]string{"import", "list.csv", "--no-such-flag"}) == nil || understands([]string{"import"}) == nil {
		t.Error("nothing is refused")
	}
}

// The settings that all share are settings, and one more that is none is told.
func TestSettingsOfTheManifestsAreRead(t *testing.T) {
	for _, m := range manifests(t) {
		text, has := m.Data["muster.yaml"]
		if !has {
			continue
		}
		if code, said := withSettings(t, text); code != 0 {
			t.Errorf("%s: %s", m.file, said)
		}
		if code, _ := withSettings(t, text+"base-ulr: https://example.com\n"); code != exit.Config {
			t.Errorf("%s: what is no setting gives %d", m.file, code)
		}
		return
	}
	t.Error("no manifest has a muster.yaml")
}

func withSettings(t *testing.T, text string) (code int, said string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "muster.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code = newApp(strings.NewReader(""), &stdout, &stderr).run(t.Context(), []string{"version", "--config=" + file})
	return code, stderr.String()
}

// treatment is what a scheduler should do about each exit code. Count: run it
// again, a limited number of times.
var treatment = map[int]string{
	exit.Internal:  "Count",
	exit.Usage:     "FailJob",
	exit.Partial:   "FailIndex",
	exit.Changes:   "Count",
	exit.Locked:    "Count",
	exit.Guard:     "FailJob",
	exit.Input:     "FailJob",
	exit.Config:    "FailJob",
	exit.Temporary: "Count",
	exit.Interrupt: "Count",
	exit.Terminate: "Count",
}

// action is what a Job does about an exit code: that of the first rule that fits.
func (j jobSpec) action(container string, code int) string {
	for _, r := range j.PodFailurePolicy.Rules {
		on := r.OnExitCodes
		if on != nil && on.ContainerName == container && on.Operator == "In" && slices.Contains(on.Values, code) {
			return r.Action
		}
	}
	return "Count"
}

func TestJobsTreatEveryExitCodeAsTheTableWantsIt(t *testing.T) {
	for _, w := range workloads(t) {
		if w.job == nil {
			continue
		}
		for _, c := range w.pod.Containers {
			for _, e := range exit.Codes {
				want, known := treatment[e.Code]
				if got := w.job.action(c.Name, e.Code); e.Code != exit.OK && (!known || got != want) {
					t.Errorf("%s: %d (%s) is met with %s, not with %q", w.file, e.Code, e.Name, got, want)
				}
			}
		}
		rules := w.job.PodFailurePolicy.Rules
		if first := rules[0]; first.Action != "Ignore" || len(first.OnPodConditions) != 1 ||
			first.OnPodConditions[0].Type != "DisruptionTarget" || first.OnPodConditions[0].Status != "True" {
			t.Errorf("%s: the first rule is not about nodes that go away: %+v", w.file, first)
		}
		for _, r := range rules {
			if r.OnExitCodes != nil && (r.Action == "Ignore" || !slices.IsSorted(r.OnExitCodes.Values) || slices.Contains(r.OnExitCodes.Values, 0)) {
				t.Errorf("%s: the server refuses this, or it is tried without end: %+v", w.file, r)
			}
		}
	}
}

func TestJobsEndAndAreCleanedUp(t *testing.T) {
	for _, w := range workloads(t) {
		j := w.job
		if j == nil {
			continue
		}
		if j.CompletionMode != "Indexed" || j.Completions < 1 || j.Parallelism < 1 || j.BackoffLimitPerIndex < 1 || j.BackoffLimit != nil {
			t.Errorf("%s: only an index of its own can end with 3 and not be run again: %+v", w.file, j)
		}
		if j.PodReplacementPolicy != "Failed" {
			t.Errorf("%s: a pod is replaced while it still runs", w.file)
		}
		if j.ActiveDeadlineSeconds == 0 || j.TTLSecondsAfterFinished == 0 {
			t.Errorf("%s: it never ends, or never goes away", w.file)
		}
		if w.pod.RestartPolicy != "Never" || w.pod.TerminationGracePeriodSeconds < 60 {
			t.Errorf("%s: restartPolicy %s, %d seconds to end", w.file, w.pod.RestartPolicy, w.pod.TerminationGracePeriodSeconds)
		}
		if c := w.cron; c != nil && (c.ConcurrencyPolicy != "Forbid" || c.TimeZone == "" || c.StartingDeadlineSeconds < 10) {
			t.Errorf("%s: two at once, at a time that nobody said, or never: %+v", w.file, c)
		}
	}
}

func TestSecretsAreFiles(t *testing.T) {
	inURL := regexp.MustCompile(`://[^/@]*:[^/@]*@`)
	for _, w := range workloads(t) {
		for _, c := range w.pod.all() {
			for _, e := range slices.Concat(c.Env, c.EnvFrom) {
				if _, plain := e["value"]; !plain {
					t.Errorf("%s: %s has %v from elsewhere in its environment", w.file, c.Name, e)
				}
			}
			for _, a := range c.Args {
				if strings.HasPrefix(a, "--db=") || inURL.MatchString(a) {
					t.Errorf("%s: %s may show a password", w.file, a)
				}
			}
			for _, m := range c.VolumeMounts {
				if strings.HasPrefix(m.MountPath, "/secrets/") && (!m.ReadOnly || m.SubPath != "") {
					t.Errorf("%s: %s can be written, or is never renewed", w.file, m.MountPath)
				}
			}
		}
		for _, v := range w.pod.Volumes {
			if v.Secret != nil && v.Secret.DefaultMode != 0o440 {
				t.Errorf("%s: the secret %s has mode %o", w.file, v.Name, v.Secret.DefaultMode)
			}
		}
	}
}

// Every pod passes the strictest of Kubernetes' own standards, and a bit more.
func TestPodsMayDoNothing(t *testing.T) {
	for _, w := range workloads(t) {
		s := w.pod.SecurityContext
		if !s.RunAsNonRoot || s.RunAsUser != 65532 || s.RunAsGroup != 65532 || s.FSGroup != 65532 || s.SeccompProfile.Type != "RuntimeDefault" {
			t.Errorf("%s: %+v", w.file, s)
		}
		if a := w.pod.AutomountServiceAccountToken; a == nil || *a {
			t.Errorf("%s: the pod has a token of the cluster", w.file)
		}
		for _, c := range w.pod.all() {
			s := c.SecurityContext
			if s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation || !s.ReadOnlyRootFilesystem ||
				!slices.Equal(s.Capabilities.Drop, []string{"ALL"}) || len(s.Capabilities.Add) > 0 {
				t.Errorf("%s: %s: %+v", w.file, c.Name, s)
			}
		}
	}
}

func TestPodsHaveWhatTheyNeed(t *testing.T) {
	for _, w := range workloads(t) {
		volumes := map[string]volume{}
		for _, v := range w.pod.Volumes {
			volumes[v.Name] = v
		}
		for _, c := range w.pod.all() {
			if c.Resources.Limits["memory"] == "" || c.Resources.Limits["memory"] != c.Resources.Requests["memory"] ||
				c.Resources.Limits["cpu"] != "" || c.Resources.Requests["cpu"] == "" {
				t.Errorf("%s: %s: %+v", w.file, c.Name, c.Resources)
			}
			if w.job != nil && c.TerminationMessagePolicy != "FallbackToLogsOnError" {
				t.Errorf("%s: %s says nothing where it fails", w.file, c.Name)
			}
			mounted := map[string]bool{} // by name, and by path
			for _, m := range c.VolumeMounts {
				if _, there := volumes[m.Name]; !there {
					t.Errorf("%s: there is no volume %s", w.file, m.Name)
				}
				mounted[m.Name], mounted[m.MountPath] = true, true
				if m.MountPath == "/tmp" && (volumes[m.Name].EmptyDir == nil || volumes[m.Name].EmptyDir.SizeLimit == "") {
					t.Errorf("%s: /tmp is not a folder of its own, with a limit", w.file)
				}
			}
			for name := range volumes {
				if !mounted[name] {
					t.Errorf("%s: nobody mounts %s", w.file, name)
				}
			}
			if reads := slices.ContainsFunc(c.Args, func(a string) bool { return strings.HasPrefix(a, "/lists/") }); reads && !mounted["/tmp"] {
				t.Errorf("%s: %s reads lists and has no place to unpack them", w.file, c.Name)
			}
		}
		if c := w.pod.Containers[0]; w.Kind == "Deployment" && (c.ReadinessProbe.HTTPGet.Path != "/readyz" || c.LivenessProbe.HTTPGet.Path != "/healthz") {
			t.Errorf("%s: probes ask for %+v and %+v", w.file, c.ReadinessProbe, c.LivenessProbe)
		}
	}
}
