package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cometbft/cometbft/libs/protoio"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
	p2pproto "github.com/cometbft/cometbft/proto/tendermint/p2p"
)

const (
	handshakeTimeout = 10 * time.Second
	// maxPacketBytes is more than any packet of a node that we read from.
	maxPacketBytes = 8 << 20
)

// link is one classic connection to the victim: CometBFT's SecretConnection and NodeInfo exchange, and then packets written by
// hand, since an MConnection would not write the wrong ones.
type link struct {
	number int
	options
	cut    *cutConn
	secret *conn.SecretConnection
	outMtx sync.Mutex
	out    protoio.WriteCloser
	pongs  atomic.Bool

	closed                chan struct{} // the victim ended it, or the cut did
	pings, pongsSeen, got atomic.Int64
}

// emit says which of several connections an event is about.
func (l *link) emit(event string, more fields) {
	more["connection"] = l.number
	emit(event, more)
}

// newLink wraps what was dialled or accepted; no byte is sent yet.
func newLink(number int, o *cometOptions, tcp net.Conn) *link {
	l := &link{number: number, options: *o.options, closed: make(chan struct{})}
	l.cut = &cutConn{TCPConn: tcp.(*net.TCPConn), after: o.cutAfter, how: o.cutHow}
	l.cut.onCut = func() { l.emit("cut", fields{"after": o.cutAfter, "how": o.cutHow}) }
	l.pongs.Store(o.pongs)
	return l
}

// handshake authenticates and exchanges NodeInfos as a node does, and reports how far it came.
func (l *link) handshake(o *cometOptions, listens string) error {
	start := time.Now()
	fail := func(step string, err error) error {
		l.emit("handshake", fields{"ok": false, "step": step, "error": err.Error(), "ms": time.Since(start).Milliseconds(), "written": l.cut.bytesWritten()})
		return err
	}
	l.cut.cutAtOnce()
	_ = l.cut.SetDeadline(start.Add(handshakeTimeout))
	key, err := o.key()
	if err != nil {
		return err
	}
	if l.secret, err = conn.MakeSecretConnection(l.cut, liar{key, o.signature}); err != nil {
		return fail("secret", err)
	}
	info, err := o.nodeInfo(p2p.PubKeyToID(key.PubKey()), listens)
	if err != nil {
		return err
	}
	l.out = protoio.NewDelimitedWriter(l.secret)
	if err := l.sendInfo(o.infoHex, info); err != nil {
		return fail("send node info", err)
	}
	var theirs p2pproto.DefaultNodeInfo
	if _, err := protoio.NewDelimitedReader(l.secret, p2p.MaxNodeInfoSize()).ReadMsg(&theirs); err != nil {
		return fail("receive node info", err)
	}
	_ = l.cut.SetDeadline(time.Time{})
	l.emit("handshake", fields{
		"ok": true, "ms": time.Since(start).Milliseconds(), "written": l.cut.bytesWritten(),
		"id": theirs.DefaultNodeID, "key_id": string(p2p.PubKeyToID(l.secret.RemotePubKey())), "network": theirs.Network,
		"moniker": theirs.Moniker, "version": theirs.Version, "listen": theirs.ListenAddr, "channels": hex.EncodeToString(theirs.Channels),
	})
	return nil
}

func (l *link) sendInfo(instead string, info p2p.DefaultNodeInfo) error {
	if instead == "" {
		_, err := l.out.WriteMsg(info.ToProto())
		return err
	}
	bytes, err := hex.DecodeString(instead)
	if err != nil {
		return fmt.Errorf("--info-hex: %w", err)
	}
	_, err = l.secret.Write(bytes)
	return err
}

// read takes packets until the connection ends: an honest node's side of it.
func (l *link) read() {
	defer close(l.closed)
	start := time.Now()
	in := protoio.NewDelimitedReader(l.secret, maxPacketBytes)
	seen := map[int32]bool{}
	for {
		var packet p2pproto.Packet
		if _, err := in.ReadMsg(&packet); err != nil {
			l.emitClosed(err, start)
			return
		}
		switch sum := packet.Sum.(type) {
		case *p2pproto.Packet_PacketPing:
			if l.pings.Add(1) == 1 {
				l.emit("ping", fields{"answered": l.pongs.Load()})
			}
			if l.pongs.Load() {
				_ = l.packet(&p2pproto.Packet{Sum: &p2pproto.Packet_PacketPong{PacketPong: &p2pproto.PacketPong{}}})
			}
		case *p2pproto.Packet_PacketPong:
			l.pongsSeen.Add(1)
		case *p2pproto.Packet_PacketMsg:
			l.got.Add(1)
			// a live node sends dozens a second
			if channel := sum.PacketMsg.ChannelID; !seen[channel] {
				seen[channel] = true
				l.emit("received", fields{"channel": channelName(byte(channel)), "bytes": len(sum.PacketMsg.Data)})
			}
		}
	}
}

// packet is called by the reader too, for pongs: the writer has one buffer for all that it writes.
func (l *link) packet(packet *p2pproto.Packet) error {
	l.outMtx.Lock()
	defer l.outMtx.Unlock()
	_, err := l.out.WriteMsg(packet)
	return err
}

func (l *link) part(channel byte, eof bool, data []byte) error {
	return l.packet(&p2pproto.Packet{Sum: &p2pproto.Packet_PacketMsg{PacketMsg: &p2pproto.PacketMsg{ChannelID: int32(channel), EOF: eof, Data: data}}})
}

// emitClosed reports an end that was the victim's doing; our own has an event already.
func (l *link) emitClosed(err error, start time.Time) {
	if !errors.Is(err, net.ErrClosed) {
		l.emit("closed", fields{"error": textOf(err), "ms": time.Since(start).Milliseconds()})
	}
}

// isOpen is true while neither side has ended it.
func (l *link) isOpen() bool {
	select {
	case <-l.closed:
		return false
	default:
		return true
	}
}
