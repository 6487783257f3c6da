package flags

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"muster/importer/spelling"
	"muster/provision"
)

// Source says where the value of a flag came from; the highest wins.
type Source int

const (
	fromDefault Source = iota
	fromFile
	fromEnvironment
	fromFlag
)

// defaultConfig is read where it exists and --config names no other file.
const defaultConfig = "muster.yaml"

// notSettings are flags that make sense on a command line alone.
var notSettings = []string{"help", "config", "version"}

// RefuseDash refuses a dash where a file or folder is written: everything that
// is written holds data of people, and is made so that its owner alone reads it.
func RefuseDash(cmd *cobra.Command) error {
	for _, name := range []string{"plan-file", "out", "output", "save-mapping"} {
		f := cmd.Flags().Lookup(name)
		if f == nil || f.Annotations[dashKey] != nil || !slices.Contains(values(f.Value), "-") {
			continue
		}
		typed := "--" + name
		if f.Shorthand != "" {
			typed = "-" + f.Shorthand
		}
		return Usage(typed+" - would write people's data to standard output",
			"name a file; --json prints what programs may want to know of it")
	}
	return nil
}

// RefuseDevice refuses what is there and is neither a file nor a folder where one
// is written: what is written whole takes the place of what was there, and the
// place of a device like /dev/null is nobody's to take.
func RefuseDevice(cmd *cobra.Command) error {
	for _, name := range []string{"plan-file", "out", "output", "save-mapping", "metrics-file"} {
		f := cmd.Flags().Lookup(name)
		if f == nil {
			continue
		}
		for _, path := range values(f.Value) {
			is, err := os.Stat(path)
			if err == nil && !is.Mode().IsRegular() && !is.IsDir() {
				return Usage(path+" is a device, and no file", "leave out --"+name+", or name a file that may be replaced")
			}
		}
	}
	return nil
}

// values are those of a flag that may be given again, or its only one.
func values(v pflag.Value) []string {
	if several, ok := v.(pflag.SliceValue); ok {
		return several.GetSlice()
	}
	return []string{v.String()}
}

// Annotations of flags: one may be a dash, because its command sees to where
// what it writes goes; one is what somebody typed or nothing, because it says
// whom a command is about.
const (
	dashKey  = "muster_dash"
	typedKey = "muster_typed"
)

// AllowDash lets a flag be a dash.
func AllowDash(f *pflag.FlagSet, name string) { _ = f.SetAnnotation(name, dashKey, []string{"yes"}) }

// Sources says where the value of each flag came from.
type Sources map[string]Source

// Settle fills in the flags that the command line leaves open: from the
// environment first, then from the settings file; config is what --config says.
func (s Sources) Settle(cmd *cobra.Command, config string) error {
	if !cmd.Flags().Changed("config") {
		config = os.Getenv(variable("config"))
	}
	file, err := readSettings(config, allFlags(cmd.Root()))
	if err != nil {
		return err
	}
	var wrong error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if wrong != nil || slices.Contains(notSettings, f.Name) || f.Annotations[typedKey] != nil {
			return
		}
		wrong = s.setting(f, file[f.Name])
	})
	return wrong
}

// SettleWhatCan is Settle for flags of these names where something is wrong with
// the settings: what can be read of them counts.
func (s Sources) SettleWhatCan(cmd *cobra.Command, config string, names []string) {
	if !cmd.Flags().Changed("config") {
		config = os.Getenv(variable("config"))
	}
	file, _ := readSettings(config, allFlags(cmd.Root()))
	for _, name := range names {
		if f := cmd.Flags().Lookup(name); f != nil {
			_ = s.setting(f, file[name])
		}
	}
}

// setting settles one flag.
func (s Sources) setting(f *pflag.Flag, file []string) error {
	env, found := os.LookupEnv(variable(f.Name))
	switch {
	case f.Changed:
		s[f.Name] = fromFlag
		return nil
	case found && env != "":
		s[f.Name] = fromEnvironment
		if err := f.Value.Set(env); err != nil {
			return badSetting(variable(f.Name), f, env, err)
		}
	case file != nil:
		s[f.Name] = fromFile
		for _, value := range file {
			if err := f.Value.Set(value); err != nil {
				return badSetting("muster.yaml: "+f.Name, f, value, err)
			}
		}
	}
	return nil
}

// badSetting never quotes what could be a secret.
func badSetting(where string, f *pflag.Flag, value string, err error) error {
	if f.Name == "db" {
		value, err = "…", errors.New("not a database")
	}
	return &provision.ConfigError{Msg: fmt.Sprintf("%s: %q is no value for it: %v", where, value, err),
		Hint: "--" + f.Name + ": " + f.Usage}
}

// variable is the name of a flag in the environment.
func variable(flag string) string {
	return "MUSTER_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// allFlags lists the flags of all commands: what a settings file may hold,
// whichever command reads it.
func allFlags(root *cobra.Command) []string {
	var names []string
	add := func(f *pflag.Flag) {
		setting := !slices.Contains(notSettings, f.Name) && f.Annotations[typedKey] == nil
		if setting && !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		c.PersistentFlags().VisitAll(add)
		c.LocalFlags().VisitAll(add)
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	slices.Sort(names)
	return names
}

// readSettings reads a settings file: a value for each flag, a list where a
// flag may be repeated, or name: value pairs for --map and --set. Path "" is
// muster.yaml, which need not exist.
func readSettings(path string, known []string) (map[string][]string, error) {
	wrong := func(hint, format string, args ...any) (map[string][]string, error) {
		return nil, &provision.ConfigError{Msg: cmp.Or(path, defaultConfig) + ": " + fmt.Sprintf(format, args...), Hint: hint}
	}
	text, err := os.ReadFile(cmp.Or(path, defaultConfig))
	switch {
	case path == "" && errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return wrong("name the settings file with --config", "cannot be read: %v", errors.Unwrap(err))
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return wrong("write one setting a line, like brand: outdoor", "%v", err)
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	top := document.Content[0]
	if top.Kind != yaml.MappingNode {
		return wrong("write one setting a line, like brand: outdoor", "line %d: this is no list of settings", top.Line)
	}
	settings := map[string][]string{}
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		name := strings.ReplaceAll(key.Value, "_", "-")
		if !slices.Contains(known, name) {
			return wrong(suggestSetting(name, known), "line %d: there is no setting %q", key.Line, key.Value)
		}
		if settings[name], err = settingValues(value); err != nil {
			return wrong("write it as "+name+": value", "line %d: %s: %v", value.Line, key.Value, err)
		}
	}
	return settings, nil
}

func suggestSetting(name string, known []string) string {
	if near := spelling.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "the settings are: " + strings.Join(known, ", ")
}

// settingValues flattens a value into what would be typed behind the flag.
func settingValues(n *yaml.Node) ([]string, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		return []string{n.Value}, nil
	case yaml.SequenceNode:
		values := []string{}
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, errors.New("its items have to be plain values")
			}
			values = append(values, item.Value)
		}
		return values, nil
	case yaml.MappingNode:
		values := []string{}
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i+1].Kind != yaml.ScalarNode {
				return nil, errors.New("its values have to be plain")
			}
			values = append(values, n.Content[i].Value+"="+n.Content[i+1].Value)
		}
		return values, nil
	}
	return nil, errors.New("it has to be a plain value")
}
