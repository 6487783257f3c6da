package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// kubernetes is the folder of the manifests.
var kubernetes = filepath.Join("..", "..", "fixtures", "deploy", "kubernetes")

// A manifest is one document of a file, as far as our rules ask for it.
type manifest struct {
	file string

	Kind     string
	Metadata struct{ Name string }
	Data     map[string]string // of a ConfigMap
	Spec     yaml.Node
}

// manifests reads every document of every file.
func manifests(t *testing.T) (all []manifest) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(kubernetes, "*.yaml"))
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for decoder := yaml.NewDecoder(bytes.NewReader(text)); ; {
			m := manifest{file: filepath.Base(file)}
			if err := decoder.Decode(&m); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(file, err)
			}
			all = append(all, m)
		}
	}
	return all
}

// A workload is a manifest with pods: how they are tried again, and how they run.
type workload struct {
	manifest
	cron *cronSpec // of a CronJob
	job  *jobSpec  // of a Job, and of a CronJob
	pod  podSpec
}

type cronSpec struct {
	ConcurrencyPolicy       string
	TimeZone                string
	StartingDeadlineSeconds int
	JobTemplate             struct{ Spec jobSpec }
}

type jobSpec struct {
	CompletionMode           string
	Completions, Parallelism int
	BackoffLimit             *int
	BackoffLimitPerIndex     int
	PodReplacementPolicy     string
	ActiveDeadlineSeconds    int
	TTLSecondsAfterFinished  int
	PodFailurePolicy         struct{ Rules []failureRule }
	Template                 struct{ Spec podSpec }
}

type failureRule struct {
	Action          string
	OnPodConditions []struct{ Type, Status string }
	OnExitCodes     *struct {
		ContainerName, Operator string
		Values                  []int
	}
}

type podSpec struct {
	RestartPolicy                 string
	TerminationGracePeriodSeconds int
	AutomountServiceAccountToken  *bool
	SecurityContext               struct {
		RunAsNonRoot                   bool
		RunAsUser, RunAsGroup, FSGroup int
		SeccompProfile                 struct{ Type string }
	}
	InitContainers []container
	Containers     []container
	Volumes        []volume
}

type container struct {
	Name            string
	Image           string
	Command, Args   []string
	Env, EnvFrom    []map[string]any
	Resources       struct{ Requests, Limits map[string]string }
	SecurityContext struct {
		AllowPrivilegeEscalation *bool
		ReadOnlyRootFilesystem   bool
		Capabilities             struct{ Drop, Add []string }
	}
	TerminationMessagePolicy      string
	ReadinessProbe, LivenessProbe struct{ HTTPGet struct{ Path string } }
	VolumeMounts                  []struct {
		Name, MountPath, SubPath string
		ReadOnly                 bool
	}
}

type volume struct {
	Name   string
	Secret *struct {
		SecretName  string
		DefaultMode int
	}
	EmptyDir *struct{ SizeLimit string }
}

// workloads are the manifests that run something: muster, but for bare pods.
func workloads(t *testing.T) (all []workload) {
	t.Helper()
	for _, m := range manifests(t) {
		w := workload{manifest: m}
		switch m.Kind {
		case "CronJob":
			w.cron = &cronSpec{}
			decode(t, m, w.cron)
			w.job = &w.cron.JobTemplate.Spec
		case "Job":
			w.job = &jobSpec{}
			decode(t, m, w.job)
		case "Deployment":
			var d struct{ Template struct{ Spec podSpec } }
			decode(t, m, &d)
			w.pod = d.Template.Spec
		case "Pod":
			decode(t, m, &w.pod)
		default:
			continue
		}
		if w.job != nil {
			w.pod = w.job.Template.Spec
		}
		if len(w.pod.Containers) == 0 {
			t.Fatalf("%s: %s %s has no containers", m.file, m.Kind, m.Metadata.Name)
		}
		all = append(all, w)
	}
	return all
}

// decode reads a spec; the library writes names in small letters, Kubernetes
// does not.
func decode(t *testing.T, m manifest, into any) {
	t.Helper()
	lowerKeys(&m.Spec)
	if err := m.Spec.Decode(into); err != nil {
		t.Fatal(m.file, err)
	}
}

// lowerKeys writes the keys of all mappings in small letters, but for those that
// somebody chose, which are none of what is asked for here.
func lowerKeys(n *yaml.Node) {
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			child.Value = strings.ToLower(child.Value)
		}
		lowerKeys(child)
	}
}

// all are the containers of a pod.
func (p podSpec) all() []container { return slices.Concat(p.InitContainers, p.Containers) }
