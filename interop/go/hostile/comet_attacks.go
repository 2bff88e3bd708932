package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	mpproto "github.com/cometbft/cometbft/proto/tendermint/mempool"
	p2pproto "github.com/cometbft/cometbft/proto/tendermint/p2p"
)

// cometPeerCommand keeps quiet: its faults are those of the flags that all have.
func cometPeerCommand(set *flag.FlagSet) func(context.Context, *options) error {
	return cometCommand(func(*flag.FlagSet) func() (attack, error) {
		return func() (attack, error) {
			return func(context.Context, *link) error { return nil }, nil
		}
	})(set)
}

// cometRawCommand speaks before any handshake, and instead of it.
func cometRawCommand(set *flag.FlagSet) func(context.Context, *options) error {
	o := newCometOptions(set)
	bytes := bytesFlags(set)
	return func(ctx context.Context, common *options) error {
		o.options = common
		data, err := bytes()
		if err != nil {
			return err
		}
		return playComet(ctx, o, func(_ context.Context, l *link, _ string) {
			n, err := l.cut.Write(data)
			l.emit("written", fields{"bytes": n, "error": textOf(err)})
			awaitEnd(l)
		})
	}
}

// cometPacketsCommand writes what no packet is where packets are due.
func cometPacketsCommand(set *flag.FlagSet) func(context.Context, *options) error {
	return cometCommand(func(set *flag.FlagSet) func() (attack, error) {
		bytes := bytesFlags(set)
		unsealed := set.Bool("unsealed", false, "write to the socket itself, where sealed frames are due")
		return func() (attack, error) {
			data, err := bytes()
			return func(_ context.Context, l *link) error {
				write := l.secret.Write
				if *unsealed {
					write = l.cut.Write
				}
				n, err := write(data)
				l.emit("written", fields{"bytes": n, "error": textOf(err)})
				return nil
			}, err
		}
	})(set)
}

// cometPingsCommand sends pings without waiting for their pongs.
func cometPingsCommand(set *flag.FlagSet) func(context.Context, *options) error {
	return cometCommand(func(set *flag.FlagSet) func() (attack, error) {
		count := set.Int("count", 1000, "pings to send")
		return func() (attack, error) {
			return func(_ context.Context, l *link) error {
				sent, err := 0, error(nil)
				for ; sent < *count && err == nil; sent++ {
					err = l.packet(&p2pproto.Packet{Sum: &p2pproto.Packet_PacketPing{PacketPing: &p2pproto.PacketPing{}}})
				}
				l.emit("written", fields{"packets": sent, "error": textOf(err)})
				return nil
			}, nil
		}
	})(set)
}

// cometMessage is how one message is cut into packets.
type cometMessage struct {
	channel     byte
	data        []byte
	packetBytes int
	empty       int
	eof         bool
	repeat      int
	pause       time.Duration
}

func cometMessageCommand(set *flag.FlagSet) func(context.Context, *options) error {
	return cometCommand(func(set *flag.FlagSet) func() (attack, error) {
		var m cometMessage
		channel := set.String("channel", "0x30", "channel")
		text := set.String("hex", "", "the message; without it a mempool message of one transaction")
		size := set.Int("bytes", 1000, "bytes of that transaction, `hostile=xxx...`")
		set.IntVar(&m.packetBytes, "packet-bytes", 1024, "bytes of the message in each packet")
		set.IntVar(&m.empty, "empty", 0, "packets without data before them")
		set.BoolVar(&m.eof, "eof", true, "mark the last packet as the message's end")
		set.IntVar(&m.repeat, "repeat", 1, "how often to send it")
		set.DurationVar(&m.pause, "pause", 0, "between packets")
		return func() (attack, error) {
			var err error
			if m.channel, err = parseChannel(*channel); err != nil {
				return nil, err
			}
			if m.data, err = hex.DecodeString(*text); err != nil {
				return nil, fmt.Errorf("--hex: %w", err)
			}
			if len(m.data) == 0 {
				m.data, err = transaction(*size)
			}
			if m.packetBytes < 1 {
				err = errors.Join(err, fmt.Errorf("--packet-bytes %d is below 1", m.packetBytes))
			}
			return m.send, err
		}
	})(set)
}

// send writes packet by packet and reports how many were taken.
func (m *cometMessage) send(ctx context.Context, l *link) error {
	packets, bytes, err := 0, 0, error(nil)
	write := func(eof bool, data []byte) {
		if err = l.part(m.channel, eof, data); err != nil {
			return
		}
		packets, bytes = packets+1, bytes+len(data)
		if m.pause > 0 {
			time.Sleep(m.pause)
		}
	}
	for round := 0; round < m.repeat && err == nil && ctx.Err() == nil; round++ {
		for i := 0; i < m.empty && err == nil; i++ {
			write(false, nil)
		}
		for rest := m.data; len(rest) > 0 && err == nil && ctx.Err() == nil; {
			part := rest[:min(m.packetBytes, len(rest))]
			rest = rest[len(part):]
			write(m.eof && len(rest) == 0, part)
		}
	}
	l.emit("written", fields{"channel": channelName(m.channel), "packets": packets, "bytes": bytes, "error": textOf(err)})
	return nil
}

// transaction is a mempool message that kvstore and any mempool take.
func transaction(size int) ([]byte, error) {
	const key = "hostile="
	if size <= len(key) {
		return nil, fmt.Errorf("--bytes %d leaves no room for a value", size)
	}
	tx := []byte(key + strings.Repeat("x", size-len(key)))
	message := mpproto.Message{Sum: &mpproto.Message_Txs{Txs: &mpproto.Txs{Txs: [][]byte{tx}}}}
	return message.Marshal()
}

// bytesFlags are --hex, or --random so many.
func bytesFlags(set *flag.FlagSet) func() ([]byte, error) {
	text := set.String("hex", "", "bytes to write")
	random := set.Int("random", 0, "instead so many random bytes")
	return func() ([]byte, error) {
		if *random > 0 {
			data := make([]byte, *random)
			_, err := rand.Read(data)
			return data, err
		}
		data, err := hex.DecodeString(*text)
		if err == nil && len(data) == 0 {
			err = errors.New("--hex or --random is required")
		}
		return data, err
	}
}
