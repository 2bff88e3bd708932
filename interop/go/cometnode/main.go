// Command cometnode is the CometBFT v0.40.0 node: its own command set (init, start, testnet, show-node-id, ...) taken
// from the module unchanged, plus one command, homes, which writes the directories of a small chain that talks libp2p.
//
// A shell script around `testnet` and a text editor was rejected: the generated config.toml glues an empty
// bootstrap_peers onto a comment, and peers, ports and keys have to be known to each other before the first start.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/cometbft/cometbft/cmd/cometbft/commands"
	cfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/libs/cli"
	"github.com/cometbft/cometbft/node"
)

func main() {
	root := commands.RootCmd
	root.AddCommand(
		commands.GenNodeKeyCmd,
		commands.GenValidatorCmd,
		commands.InitFilesCmd,
		commands.InspectCmd,
		commands.ResetAllCmd,
		commands.ResetStateCmd,
		commands.RollbackStateCmd,
		commands.ShowNodeIDCmd,
		commands.ShowValidatorCmd,
		commands.TestnetFilesCmd,
		commands.VersionCmd,
		commands.NewRunNodeCmd(node.DefaultNewNode),
		newHomesCmd(),
	)
	defaultHome := os.ExpandEnv(filepath.Join("$HOME", cfg.DefaultCometDir))
	if err := cli.PrepareBaseCmd(root, "CMT", defaultHome).Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
