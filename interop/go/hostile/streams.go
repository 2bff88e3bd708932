package main

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-multistream"

	"github.com/cometbft/cometbft/lp2p"
)

// pieceBytes is how much is written at a time where much is written: a reset then shows early.
const pieceBytes = 64 * 1024

// play runs one attack against the victim and afterwards watches the connection for a while.
func play(ctx context.Context, o *options, watch time.Duration, attack func(*node, peer.ID) error) error {
	n, err := startNode(o, quiet())
	if err != nil {
		return err
	}
	defer n.stop()
	victim, err := n.victim(ctx)
	if err != nil {
		return err
	}
	if err := attack(n, victim); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-time.After(watch):
	}
	emit("end", fields{"connected": n.isConnected(victim)})
	return nil
}

func watchFlag(set *flag.FlagSet) *time.Duration {
	return set.Duration("watch", 2*time.Second, "how long to stay connected afterwards")
}

func unknownChannelCommand(set *flag.FlagSet) func(context.Context, *options) error {
	channelText := set.String("channel", "0x99", "channel to ask for")
	lazy := set.Bool("lazy", false, "send protocol and message at once and look at the answer later, as Go does when it believes identify")
	watch := watchFlag(set)
	return func(ctx context.Context, o *options) error {
		channel, err := parseChannel(*channelText)
		if err != nil {
			return err
		}
		return play(ctx, o, *watch, func(n *node, victim peer.ID) error {
			if *lazy {
				err = negotiateLazily(ctx, n, victim, channel)
			} else {
				var stream network.Stream
				if stream, err = open(ctx, n, victim, channel); err == nil {
					_ = stream.Reset()
				}
			}
			emit("negotiation", fields{"channel": channelName(channel), "lazy": *lazy, "refused": err != nil, "error": textOf(err)})
			return nil
		})
	}
}

func negotiateLazily(ctx context.Context, n *node, victim peer.ID, channel byte) error {
	stream, err := n.host.Network().NewStream(ctx, victim)
	if err != nil {
		return err
	}
	defer stream.Reset() //nolint:errcheck // it is over in any case
	_ = stream.SetDeadline(time.Now().Add(10 * time.Second))
	selecting := multistream.NewMSSelect(stream, lp2p.ProtocolID(channel))
	if _, err := selecting.Write([]byte{2, 0x22, 0}); err != nil {
		return err
	}
	if _, err = selecting.Read(make([]byte, 1)); err == io.EOF {
		return nil // accepted, and nothing said
	}
	return err
}

func oversizedCommand(set *flag.FlagSet) func(context.Context, *options) error {
	channelText := set.String("channel", "0x30", "channel")
	announce := set.Uint64("announce", 0, "length to announce; 0 for one more than the channel's limit")
	send := set.Uint64("send", 0, "bytes to send after it; 0 for as many as are announced, 64 MiB at most")
	watch := watchFlag(set)
	return func(ctx context.Context, o *options) error {
		channel, err := parseChannel(*channelText)
		if err != nil {
			return err
		}
		length, size := *announce, *send
		if length == 0 {
			length = uint64(channelLimit(channel)) + 1
		}
		if size == 0 {
			size = min(length, 64<<20)
		}
		return play(ctx, o, *watch, func(n *node, victim peer.ID) error {
			return writeStream(ctx, n, victim, channel, binary.AppendUvarint(nil, length), size, "close")
		})
	}
}

func truncatedCommand(set *flag.FlagSet) func(context.Context, *options) error {
	channelText := set.String("channel", "0x40", "channel")
	announce := set.Uint64("announce", 1000, "length to announce")
	send := set.Uint64("send", 10, "bytes to send after it")
	end := set.String("end", "close", "then close, reset or hang")
	then := set.String("then", "", "hex of a whole message to send properly afterwards on the same channel")
	watch := watchFlag(set)
	return func(ctx context.Context, o *options) error {
		channel, err := parseChannel(*channelText)
		if err != nil {
			return err
		}
		message, err := hex.DecodeString(*then)
		if err != nil {
			return fmt.Errorf("--then: %w", err)
		}
		return play(ctx, o, *watch, func(n *node, victim peer.ID) error {
			if err := writeStream(ctx, n, victim, channel, binary.AppendUvarint(nil, *announce), *send, *end); err != nil || len(message) == 0 {
				return err
			}
			return sendMessage(ctx, n, victim, channel, message)
		})
	}
}

func rawCommand(set *flag.FlagSet) func(context.Context, *options) error {
	channelText := set.String("channel", "0x40", "channel")
	text := set.String("hex", "", "all bytes of the stream, length prefix included")
	end := set.String("end", "close", "then close, reset or hang")
	watch := watchFlag(set)
	return func(ctx context.Context, o *options) error {
		channel, err := parseChannel(*channelText)
		if err != nil {
			return err
		}
		bytes, err := hex.DecodeString(*text)
		if err != nil {
			return fmt.Errorf("--hex: %w", err)
		}
		return play(ctx, o, *watch, func(n *node, victim peer.ID) error {
			return writeStream(ctx, n, victim, channel, bytes, 0, *end)
		})
	}
}

// open negotiates a channel's stream the way lp2p's Peer.Send does.
func open(ctx context.Context, n *node, victim peer.ID, channel byte) (network.Stream, error) {
	ctx, cancel := context.WithTimeout(ctx, lp2p.TimeoutStream)
	defer cancel()
	return n.host.NewStream(ctx, victim, lp2p.ProtocolID(channel))
}

// writeStream writes head and then size zero bytes, as far as the remote lets it, and reports how far that was.
func writeStream(ctx context.Context, n *node, victim peer.ID, channel byte, head []byte, size uint64, end string) error {
	stream, err := open(ctx, n, victim, channel)
	if err != nil {
		return err
	}
	_ = stream.SetDeadline(time.Now().Add(10 * time.Second))
	written, err := stream.Write(head)
	for sent := uint64(0); err == nil && sent < size; {
		var n int
		n, err = stream.Write(make([]byte, min(size-sent, pieceBytes)))
		sent += uint64(n)
		written += n
	}
	emit("written", fields{"channel": channelName(channel), "bytes": written, "error": textOf(err)})
	switch end {
	case "close":
		err = stream.CloseWrite()
	case "reset":
		err = stream.Reset()
	case "hang":
		return nil
	default:
		return fmt.Errorf("--end %q is not close, reset or hang", end)
	}
	answer := make([]byte, 64)
	count, readErr := 0, error(nil)
	if end == "close" {
		count, readErr = io.ReadFull(stream, answer)
	}
	emit("answer", fields{"closed": textOf(err), "bytes": count, "error": textOf(readErr)})
	return nil
}

func sendMessage(ctx context.Context, n *node, victim peer.ID, channel byte, message []byte) error {
	stream, err := open(ctx, n, victim, channel)
	if err == nil {
		err = lp2p.StreamWriteClose(stream, message)
	}
	emit("message", fields{"channel": channelName(channel), "sent": err == nil, "error": textOf(err)})
	return nil
}
