// Command benchpeer is a Go end of the bench: CometBFT's classic Switch with a reactor that sends as fast as it is taken and one
// that counts, told what to do by JSON lines that are the calls of bench/worker.ts, so that the same harness measures Go and us.
//
//	benchpeer serve [flags]   one end: a call a line on stdin, its answer a line on stdout
//	benchpeer pair  [flags]   two ends in two processes, measured as the harness does it: what Go reaches with Go
//
// CometBFT's own bench (lp2p/bench_test.go) was rejected as the reference: both of its nodes share a process, and its messages
// are made and decoded by a codec, which ours are not.
package main

import (
	"flag"
	"fmt"
	"os"
)

// load is what both ends must agree on.
type load struct {
	size        int
	channels    int
	packetBytes int
	rate        int64
	queue       int
	senders     int
	network     string
	listen      string
}

// maxChannels keeps the ids below 0x80: there the last packet of a message that is full is a byte longer than Go accepts.
const (
	firstChannel = 0x70
	maxChannels  = 0x80 - firstChannel
)

func main() {
	if len(os.Args) < 2 || os.Args[1] != "serve" && os.Args[1] != "pair" {
		fmt.Fprintln(os.Stderr, "usage: benchpeer serve|pair [flags]; -h lists them")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(role string, args []string) error {
	var l load
	set := flag.NewFlagSet(role, flag.ExitOnError)
	set.IntVar(&l.size, "size", 1024, "bytes of a message")
	set.IntVar(&l.channels, "channels", 1, "channels, from 0x70 on, sent on at once")
	set.IntVar(&l.packetBytes, "packet-bytes", 1024, "p2p.max_packet_msg_payload_size")
	// as CometBFT's own bench has it; no machine reaches it
	set.Int64Var(&l.rate, "rate", 1<<30, "p2p.send_rate and recv_rate, bytes a second")
	set.IntVar(&l.queue, "queue", 1000, "SendQueueCapacity of each channel, messages")
	set.IntVar(&l.senders, "senders", 1, "goroutines that send, for each channel")
	set.StringVar(&l.network, "network", "bench", "chain id")
	set.StringVar(&l.listen, "listen", "127.0.0.1:0", "HOST:PORT to listen on")
	var p pair
	if role == "pair" {
		set.IntVar(&p.rounds, "rounds", 3, "measurements")
		set.Float64Var(&p.seconds, "seconds", 3, "length of each")
	}
	_ = set.Parse(args) // ExitOnError
	if l.size < 1 || l.channels < 1 || l.channels > maxChannels || l.senders < 1 {
		return fmt.Errorf("--size and --senders are at least 1, --channels 1 to %d", maxChannels)
	}
	if role == "pair" {
		return p.run(l)
	}
	return serve(l)
}

// args start an end with this load.
func (l load) args() []string {
	return []string{
		"serve", fmt.Sprintf("--size=%d", l.size), fmt.Sprintf("--channels=%d", l.channels), fmt.Sprintf("--packet-bytes=%d", l.packetBytes),
		fmt.Sprintf("--rate=%d", l.rate), fmt.Sprintf("--queue=%d", l.queue), fmt.Sprintf("--senders=%d", l.senders),
		"--network=" + l.network, "--listen=" + l.listen,
	}
}
