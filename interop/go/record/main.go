// Command record makes the recorded chains that the tests and `npm start` use: it runs a real CometBFT chain in this
// process, drives it with transactions and validator changes, and writes down every block as block sync would send it.
//
// Fabricating blocks with the types package was rejected: round changes, late and missing votes, nil votes, weighted block
// times and evidence come out of real consensus with all their combinations, and nobody has to remember them all.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"comet-libp2p/interop/internal/chain"
)

func main() {
	out := flag.String("out", "", "directory to write the recording to")
	variant := flag.String("variant", "main", "main: 330 blocks with everything; ext: 30 blocks with vote extensions")
	check := flag.String("check", "", "verify the recording in this directory instead of making one")
	verbose := flag.Bool("verbose", false, "let the nodes log errors to stderr")
	flag.Parse()

	var err error
	switch {
	case *check != "":
		err = checkRecording(*check)
	case *out != "":
		err = recordTo(*out, *variant, *verbose)
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func checkRecording(dir string) error {
	recording, err := chain.Load(dir)
	if err != nil {
		return err
	}
	contents, err := recording.Check()
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d blocks verified, %d transactions\n%+v\n", dir, len(recording.Responses), recording.Meta.TxCount, contents)
	return nil
}

func recordTo(dir, variant string, verbose bool) error {
	plan, ok := plans[variant]
	if !ok {
		return fmt.Errorf("no variant %q", variant)
	}
	start := time.Now()
	recording, err := plan.run(verbose)
	if err != nil {
		return err
	}
	recording.Meta.Regenerate = fmt.Sprintf("go run ./record --variant %s --out ../../test/fixtures/%s", variant, plan.fixture)
	if recording.Meta.Contents, err = recording.Check(); err != nil {
		return fmt.Errorf("the recording does not verify: %w", err)
	}
	if err := recording.Save(dir); err != nil {
		return err
	}
	fmt.Printf("recorded in %s\n", time.Since(start).Round(time.Second))
	return checkRecording(dir)
}
