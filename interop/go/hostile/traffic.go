package main

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cosmos/gogoproto/proto"
	gogotypes "github.com/cosmos/gogoproto/types"

	"github.com/cometbft/cometbft/lp2p"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"

	bcproto "github.com/cometbft/cometbft/proto/tendermint/blocksync"
	mpproto "github.com/cometbft/cometbft/proto/tendermint/mempool"
)

// Payloads begin with their number (8 bytes, big endian, from 0), which is how a loss or a double shows.
const numberBytes = 8

// messageKind is what travels: its type on the wire, how a payload is wrapped, and how it is found again.
type messageKind struct {
	empty proto.Message
	wrap  func(payload []byte) proto.Message
	find  func(proto.Message) []byte
}

var messageKinds = map[string]messageKind{
	// google.protobuf.BytesValue: 0a, length, payload.
	"bytes": {
		&gogotypes.BytesValue{},
		func(payload []byte) proto.Message { return &gogotypes.BytesValue{Value: payload} },
		func(message proto.Message) []byte { return message.(*gogotypes.BytesValue).Value },
	},
	"tx": {
		&mpproto.Message{},
		func(payload []byte) proto.Message { return &mpproto.Txs{Txs: [][]byte{payload}} },
		func(message proto.Message) []byte { return message.(*mpproto.Txs).Txs[0] },
	},
	"status": {
		&bcproto.Message{},
		func([]byte) proto.Message { return &bcproto.StatusRequest{} },
		func(proto.Message) []byte { return nil },
	},
}

// traffic counts what arrives and sends what is asked for, both through the Switch of either stack.
type traffic struct {
	kind                             messageKind
	send, expect, size, retries      int
	concurrency, queue               int
	channels                         []byte
	echo                             bool
	received, receivedBytes, doubles atomic.Int64
	sent, failed                     atomic.Int64
	firstReceived, lastReceived      atomic.Int64 // ns since start of process
	seen                             []atomic.Uint64
	enough                           chan struct{}
	peers                            chan p2p.Peer
	classic                          *classicStack // nil for lp2p
}

// running is a Switch of either stack.
type running interface {
	stop()
	usage() fields
}

func trafficCommand(set *flag.FlagSet) func(context.Context, *options) error {
	t := &traffic{enough: make(chan struct{}), peers: make(chan p2p.Peer, 1)}
	channels := set.String("channels", "0xaa", "channels, comma-separated; sending takes turns")
	kind := set.String("message", "bytes", "bytes (google.protobuf.BytesValue), tx (mempool Txs with one transaction) or status (block sync StatusRequest)")
	stack := set.String("stack", "libp2p", "libp2p or comet, the classic one")
	classic := newClassicStack(set)
	limit := set.Int("max-message", lp2p.MaxStreamSize, "RecvMessageCapacity of the channels")
	set.IntVar(&t.send, "send", 0, "messages to send")
	set.IntVar(&t.size, "size", 100, "payload bytes of each, at least 8")
	set.IntVar(&t.concurrency, "concurrency", 1, "sends at once")
	set.IntVar(&t.retries, "retries", 0, "how often a failed send is repeated, after 10 ms")
	set.IntVar(&t.queue, "queue", 1000, "SendQueueCapacity of the channels (comet)")
	set.IntVar(&t.expect, "expect", 0, "messages to wait for")
	set.BoolVar(&t.echo, "echo", false, "send everything back")
	dense := set.Bool("quiet-channels", true, "serve the other standard channels too, as a node does")
	settle := set.Duration("settle", time.Second, "pause before the final figures, for streams to end")
	stay := set.Bool("stay", false, "go on after the final figures until SIGTERM")
	return func(ctx context.Context, o *options) error {
		var ok bool
		if t.kind, ok = messageKinds[*kind]; !ok {
			return fmt.Errorf("--message %q is none of bytes, tx, status", *kind)
		}
		if t.size < numberBytes {
			return fmt.Errorf("--size %d is below %d", t.size, numberBytes)
		}
		switch *stack {
		case "libp2p":
		case "comet":
			t.classic = classic
		default:
			return fmt.Errorf("--stack %q is neither libp2p nor comet", *stack)
		}
		t.seen = make([]atomic.Uint64, t.expect/64+1)
		n, err := t.start(o, *channels, *limit, *dense)
		if err != nil {
			return err
		}
		defer n.stop()
		err = t.run(ctx)
		if err == nil {
			time.Sleep(*settle)
		}
		emit("done", t.figures(n, err == nil))
		if *stay {
			<-ctx.Done()
		}
		return err
	}
}

func (t *traffic) start(o *options, channels string, limit int, dense bool) (running, error) {
	var descriptors []*conn.ChannelDescriptor
	for _, text := range strings.Split(channels, ",") {
		channel, err := parseChannel(text)
		if err != nil {
			return nil, err
		}
		t.channels = append(t.channels, channel)
		descriptors = append(descriptors, &conn.ChannelDescriptor{ID: channel, Priority: 5, SendQueueCapacity: t.queue, RecvMessageCapacity: limit, MessageType: t.kind.empty})
	}
	reactor := newListener("TRAFFIC", descriptors)
	reactor.receive = t.receive
	reactor.added = func(peer p2p.Peer) {
		select {
		case t.peers <- peer:
		default:
		}
	}
	reactors := []lp2p.SwitchReactor{{Reactor: reactor, Name: "TRAFFIC"}}
	if dense {
		reactors = append(reactors, quiet(t.channels...))
	}
	if t.classic != nil {
		return t.classic.start(o, reactors)
	}
	return startNode(o, reactors...)
}

// run returns when everything is sent and everything expected is there, or with ctx.
func (t *traffic) run(ctx context.Context) error {
	if t.send > 0 {
		select {
		case peer := <-t.peers:
			t.sendAll(ctx, peer)
		case <-ctx.Done():
			return fmt.Errorf("no peer: %w", ctx.Err())
		}
	}
	if t.expect > 0 || t.send == 0 {
		select {
		case <-t.enough:
		case <-ctx.Done():
			if t.expect > 0 {
				return fmt.Errorf("waited for %d messages, got %d: %w", t.expect, t.received.Load(), ctx.Err())
			}
		}
	}
	return nil
}

func (t *traffic) sendAll(ctx context.Context, peer p2p.Peer) {
	var next atomic.Int64
	var group sync.WaitGroup
	start := time.Now()
	for range t.concurrency {
		group.Go(func() {
			for ctx.Err() == nil {
				number := next.Add(1) - 1
				if number >= int64(t.send) {
					return
				}
				t.sendOne(ctx, peer, number)
			}
		})
	}
	group.Wait()
	seconds := time.Since(start).Seconds()
	emit("sent", fields{"sent": t.sent.Load(), "failed": t.failed.Load(), "seconds": seconds, "per_second": int(float64(t.sent.Load()) / seconds)})
}

func (t *traffic) sendOne(ctx context.Context, peer p2p.Peer, number int64) {
	payload := make([]byte, t.size)
	binary.BigEndian.PutUint64(payload, uint64(number))
	envelope := p2p.Envelope{ChannelID: t.channels[int(number)%len(t.channels)], Message: t.kind.wrap(payload)}
	for try := 0; ; try++ {
		if peer.Send(envelope) {
			t.sent.Add(1)
			return
		}
		if try == t.retries || ctx.Err() != nil {
			t.failed.Add(1)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (t *traffic) receive(envelope p2p.Envelope) {
	now := int64(time.Since(started))
	t.firstReceived.CompareAndSwap(0, now)
	t.lastReceived.Store(now)
	payload := t.kind.find(envelope.Message)
	t.receivedBytes.Add(int64(len(payload)))
	if len(payload) >= numberBytes {
		number := binary.BigEndian.Uint64(payload)
		if number < uint64(t.expect) && t.seen[number/64].Or(1<<(number%64))&(1<<(number%64)) != 0 {
			t.doubles.Add(1)
		}
	}
	if t.echo {
		envelope.Src.Send(p2p.Envelope{ChannelID: envelope.ChannelID, Message: t.kind.wrap(slices.Clone(payload))})
	}
	if t.received.Add(1) == int64(t.expect) {
		close(t.enough)
	}
}

func (t *traffic) figures(n running, complete bool) fields {
	report := n.usage()
	seconds := time.Duration(t.lastReceived.Load() - t.firstReceived.Load()).Seconds()
	report["complete"] = complete
	report["received"], report["received_bytes"], report["doubles"] = t.received.Load(), t.receivedBytes.Load(), t.doubles.Load()
	report["sent"], report["failed"] = t.sent.Load(), t.failed.Load()
	report["receive_seconds"] = seconds
	if seconds > 0 {
		report["received_per_second"] = int(float64(t.received.Load()) / seconds)
	}
	return report
}
