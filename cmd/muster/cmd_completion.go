package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/importer/spelling"
)

// shells are those that can be taught to complete.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func (a *app) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Make a shell complete commands, flags and values",
		Long: `Completion prints a script that makes a shell complete commands, flags and their
values, runs, brands, and files of the right kind. make install puts the scripts
where bash, zsh and fish look for them; by hand:

  bash  source <(muster completion bash), in ~/.bashrc; it needs bash-completion
  zsh   muster completion zsh > "${fpath[1]}/_muster"
  fish  muster completion fish > ~/.config/fish/completions/muster.fish`,
		Example: "  source <(muster completion bash)\n  muster completion fish | source",
		Args:    arguments(1, 1, "a shell: bash, zsh, fish or powershell"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.completion(cmd.Root(), args[0]) },
	}
}

// completion prints the script of a shell.
func (a *app) completion(root *cobra.Command, shell string) error {
	switch out := a.out.Stdout; shell {
	case "bash":
		return root.GenBashCompletionV2(out, true)
	case "zsh":
		return root.GenZshCompletion(out)
	case "fish":
		return root.GenFishCompletion(out, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(out)
	}
	hint := "the shells are bash, zsh, fish and powershell"
	if near := spelling.Nearest(shell, shells); near != "" {
		hint = "did you mean " + near + "?"
	}
	return flags.Usage(fmt.Sprintf("there is no completion for %q", shell), hint)
}
