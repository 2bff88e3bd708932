// Command hostile plays the Go peers that the interop tests need and an honest node is not: one of another chain, ones that
// break the stream protocol in one particular way, and ones that only count or only send.
//
// Most run CometBFT's own lp2p Host and Switch, so that they look and listen as a Go node does; what is broken is written to
// go-libp2p streams beside the switch. Those called comet-* speak the classic stack: CometBFT's SecretConnection over a TCP
// connection that can be cut at any byte, and packets made by hand.
// Each prints one JSON object a line on stdout: {"event": ..., ...}.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// command is one role. It returns when its part is played, or with ctx.
type command struct {
	about string
	flags func(*flag.FlagSet) func(context.Context, *options) error
}

var commands = map[string]command{
	"blocks":          {"serve a recorded chain on 0x40, as it is or falsified", blocksCommand},
	"wrong-chain":     {"the same as blocks, by the name of its main use", blocksCommand},
	"unknown-channel": {"open a stream for a channel that nobody serves", unknownChannelCommand},
	"oversized":       {"announce, and send, more than a channel allows", oversizedCommand},
	"truncated":       {"announce more bytes than are sent", truncatedCommand},
	"raw":             {"write given bytes to a channel's stream, length prefix and all", rawCommand},
	"flood":           {"open many streams at once, without a thought for limits", floodCommand},
	"sink":            {"count what arrives on some channels", trafficCommand},
	"source":          {"send numbered messages through Peer.Send", trafficCommand},
	"comet-peer":      {"classic stack: keep quiet; the faults are in the common flags: who it is, where its bytes end, no pongs", cometPeerCommand},
	"comet-raw":       {"classic stack: write given or random bytes instead of a handshake", cometRawCommand},
	"comet-packets":   {"classic stack: write given or random bytes where packets are due", cometPacketsCommand},
	"comet-message":   {"classic stack: one message, cut into packets as asked", cometMessageCommand},
	"comet-pings":     {"classic stack: many pings", cometPingsCommand},
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]].flags == nil {
		fmt.Fprintln(os.Stderr, "usage: hostile COMMAND [flags]; hostile COMMAND -h lists them")
		for name, command := range commands {
			fmt.Fprintf(os.Stderr, "  %-16s %s\n", name, command.about)
		}
		os.Exit(2)
	}
	set := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	common := newOptions(set)
	run := commands[os.Args[1]].flags(set)
	_ = set.Parse(os.Args[2:]) // ExitOnError

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Duration(common.seconds)*time.Second)
	defer cancel()
	if err := run(ctx, common); err != nil && !errors.Is(err, context.Canceled) {
		emit("error", fields{"error": err.Error()})
		os.Exit(1)
	}
}
