package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
)

// maxMessageBytes is no limit for any cell.
const maxMessageBytes = 64 << 20

// raw is a message that is its own encoding, so that what is measured is the way and not a codec.
type raw struct{ bytes []byte }

func (r *raw) Reset()                   { r.bytes = nil }
func (r *raw) String() string           { return fmt.Sprintf("%d bytes", len(r.bytes)) }
func (r *raw) ProtoMessage()            {}
func (r *raw) Size() int                { return len(r.bytes) }
func (r *raw) Marshal() ([]byte, error) { return r.bytes, nil }

// Unmarshal keeps no copy: the bytes are counted and forgotten before the connection uses them again.
func (r *raw) Unmarshal(bytes []byte) error {
	r.bytes = bytes
	return nil
}

// reactor counts what comes and sends to one peer.
type reactor struct {
	p2p.BaseReactor
	load            load
	messages, bytes atomic.Int64
	sent            atomic.Int64
	peers           chan p2p.Peer

	peer    p2p.Peer
	running atomic.Bool
	loops   sync.WaitGroup
}

func newReactor(l load) *reactor {
	r := &reactor{load: l, peers: make(chan p2p.Peer, 1)}
	r.BaseReactor = *p2p.NewBaseReactor("BENCH", r)
	return r
}

func (r *reactor) GetChannels() []*conn.ChannelDescriptor {
	descriptors := make([]*conn.ChannelDescriptor, r.load.channels)
	for i := range descriptors {
		descriptors[i] = &conn.ChannelDescriptor{
			ID: firstChannel + byte(i), Priority: 1, SendQueueCapacity: r.load.queue,
			// room for a message from the start, as in CometBFT's own bench
			RecvBufferCapacity: r.load.size, RecvMessageCapacity: maxMessageBytes, MessageType: &raw{},
		}
	}
	return descriptors
}

func (r *reactor) AddPeer(peer p2p.Peer) {
	select {
	case r.peers <- peer:
	default:
	}
}

func (r *reactor) Receive(envelope p2p.Envelope) {
	r.bytes.Add(int64(len(envelope.Message.(*raw).bytes)))
	r.messages.Add(1)
}

// start sends to the first peer until stop.
func (r *reactor) start() error {
	if r.peer == nil {
		select {
		case r.peer = <-r.peers:
		case <-time.After(10 * time.Second):
			return errors.New("no peer to send to")
		}
	}
	r.running.Store(true)
	for i := range r.load.channels {
		envelope := p2p.Envelope{ChannelID: firstChannel + byte(i), Message: &raw{make([]byte, r.load.size)}}
		for range r.load.senders {
			r.loops.Go(func() {
				for r.running.Load() && r.peer.IsRunning() {
					if r.peer.Send(envelope) {
						r.sent.Add(1)
					}
				}
			})
		}
	}
	return nil
}

// stop returns how many messages were handed over since the process began.
func (r *reactor) stop() int64 {
	r.running.Store(false)
	r.loops.Wait()
	return r.sent.Load()
}
