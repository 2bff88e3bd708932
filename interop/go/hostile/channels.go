package main

import (
	"fmt"
	"sync"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cometbft/cometbft/blocksync"
	"github.com/cometbft/cometbft/lp2p"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"

	bcproto "github.com/cometbft/cometbft/proto/tendermint/blocksync"
	csproto "github.com/cometbft/cometbft/proto/tendermint/consensus"
	mpproto "github.com/cometbft/cometbft/proto/tendermint/mempool"
	ssproto "github.com/cometbft/cometbft/proto/tendermint/statesync"
	tmproto "github.com/cometbft/cometbft/proto/tendermint/types"
)

// standardChannels are those of a CometBFT v0.40.0 node with the default config, with the limits it declares.
var standardChannels = []*conn.ChannelDescriptor{
	{ID: 0x20, Priority: 6, RecvMessageCapacity: 1048576, MessageType: &csproto.Message{}},
	{ID: 0x21, Priority: 10, RecvMessageCapacity: 1048576, MessageType: &csproto.Message{}},
	{ID: 0x22, Priority: 7, RecvMessageCapacity: 1048576, MessageType: &csproto.Message{}},
	{ID: 0x23, Priority: 1, RecvMessageCapacity: 1048576, MessageType: &csproto.Message{}},
	{ID: 0x30, Priority: 5, RecvMessageCapacity: mempoolLimit(), MessageType: &mpproto.Message{}},
	{ID: 0x38, Priority: 6, RecvMessageCapacity: 1048576, MessageType: &tmproto.EvidenceList{}},
	{ID: 0x40, Priority: 5, RecvMessageCapacity: blocksync.MaxMsgSize, MessageType: &bcproto.Message{}},
	{ID: 0x60, Priority: 5, RecvMessageCapacity: 4000000, MessageType: &ssproto.Message{}},
	{ID: 0x61, Priority: 3, RecvMessageCapacity: 16000000, MessageType: &ssproto.Message{}},
}

// mempoolLimit is the size of a message with one transaction of the default max_tx_bytes (mempool/reactor.go).
func mempoolLimit() int {
	message := mpproto.Message{Sum: &mpproto.Message_Txs{Txs: &mpproto.Txs{Txs: [][]byte{make([]byte, 4*1024*1024)}}}}
	return message.Size()
}

func channelLimit(channel byte) int {
	for _, descriptor := range standardChannels {
		if descriptor.ID == channel {
			return descriptor.RecvMessageCapacity
		}
	}
	return lp2p.MaxStreamSize
}

// listener is a reactor over some channels that only reports; roles embed it and set what they do differently.
type listener struct {
	p2p.BaseReactor
	channels []*conn.ChannelDescriptor
	receive  func(p2p.Envelope)
	added    func(p2p.Peer)
	seen     sync.Map // channel and type, of messages reported once already
}

func newListener(name string, channels []*conn.ChannelDescriptor) *listener {
	l := &listener{channels: channels}
	l.BaseReactor = *p2p.NewBaseReactor(name, l)
	return l
}

func (l *listener) GetChannels() []*conn.ChannelDescriptor { return l.channels }

func (l *listener) AddPeer(peer p2p.Peer) {
	emit("peer_added", fields{"peer_id": string(peer.ID()), "reactor": l.String()})
	if l.added != nil {
		l.added(peer)
	}
}

func (l *listener) RemovePeer(peer p2p.Peer, reason any) {
	emit("peer_removed", fields{"peer_id": string(peer.ID()), "reactor": l.String(), "reason": fmt.Sprint(reason)})
}

func (l *listener) Receive(envelope p2p.Envelope) {
	if l.receive != nil {
		l.receive(envelope)
		return
	}
	l.reportOnce(envelope)
}

// reportOnce prints the first message of each type on each channel: a live node sends dozens a second.
func (l *listener) reportOnce(envelope p2p.Envelope) {
	channel, name := channelName(envelope.ChannelID), proto.MessageName(envelope.Message)
	if _, known := l.seen.LoadOrStore(channel+name, true); !known {
		emit("received", fields{"channel": channel, "type": name, "bytes": proto.Size(envelope.Message)})
	}
}

// quiet is a listener on the standard channels except those given: what makes these programs look like a Go node.
func quiet(except ...byte) lp2p.SwitchReactor {
	var channels []*conn.ChannelDescriptor
	for _, descriptor := range standardChannels {
		taken := false
		for _, id := range except {
			taken = taken || id == descriptor.ID
		}
		if !taken {
			channels = append(channels, descriptor)
		}
	}
	return lp2p.SwitchReactor{Reactor: newListener("QUIET", channels), Name: "QUIET"}
}

func channelName(channel byte) string { return fmt.Sprintf("0x%02x", channel) }
