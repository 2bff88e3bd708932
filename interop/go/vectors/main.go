// vectors prints what CometBFT's own code makes of keys, addresses and messages, for the tests of the TypeScript side.
//
//	vectors write <dir>             all files of test/fixtures/vectors
//	vectors messages <seed> <n>     n random values of each type, a JSON object a line
//	vectors mutants <seed> <n>      what Go makes of n damaged values of each type
//	vectors session                 a whole session of two classic nodes with known keys: test/fixtures/vectors/secret-connection-session.json
//	vectors check                   reads {type, hex} lines, answers what Go makes of each
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// What is committed is made with these.
const (
	seed         = 1
	messageCount = 200
	mutantCount  = 60
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "write":
		return write(args[1])
	case len(args) == 3 && (args[0] == "messages" || args[0] == "mutants"):
		from, err := strconv.ParseInt(args[1], 10, 64)
		if err != nil {
			return err
		}
		count, err := strconv.Atoi(args[2])
		if err != nil {
			return err
		}
		if args[0] == "messages" {
			return writeMessages(os.Stdout, from, count)
		}
		return writeMutants(os.Stdout, from, count)
	case len(args) == 1 && args[0] == "session":
		return recordSession(os.Stdout)
	case len(args) == 1 && args[0] == "check":
		return check(os.Stdin, os.Stdout)
	}
	return fmt.Errorf("usage: vectors write <dir> | messages <seed> <n> | mutants <seed> <n> | session | check")
}

func write(dir string) error {
	keys, err := keyVectors(20)
	if err != nil {
		return err
	}
	infos, err := nodeInfoVectors(seed, 300)
	if err != nil {
		return err
	}
	connections, err := connectionVectors(seed, 12)
	if err != nil {
		return err
	}
	for name, value := range map[string]any{
		"keys": keys, "node-infos": infos, "addresses": addressVectors(), "reachability": reachVectors(),
		"transcripts": transcriptVectors(seed, 40), "secret-connections": connections,
	} {
		if err := lines(filepath.Join(dir, name+".jsonl"), value); err != nil {
			return err
		}
	}
	err = create(filepath.Join(dir, "messages.jsonl"), func(out io.Writer) error { return writeMessages(out, seed, messageCount) })
	if err != nil {
		return err
	}
	return create(filepath.Join(dir, "mutants.jsonl"), func(out io.Writer) error { return writeMutants(out, seed, mutantCount) })
}

// lines writes a list, one element a line.
func lines(path string, list any) error {
	return create(path, func(out io.Writer) error {
		var elements []json.RawMessage
		text, err := json.Marshal(list)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &elements); err != nil {
			return err
		}
		for _, element := range elements {
			if _, err := fmt.Fprintf(out, "%s\n", element); err != nil {
				return err
			}
		}
		return nil
	})
}

func create(path string, fill func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
