package main

import (
	"flag"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/lp2p"

	"comet-libp2p/interop/internal/classic"
)

// classicStack is what sink and source need to know to run on the classic Switch.
type classicStack struct {
	network     string
	packetBytes int
	rate        int64
	ping, pong  time.Duration
}

func newClassicStack(set *flag.FlagSet) *classicStack {
	c := new(classicStack)
	set.StringVar(&c.network, "network", "interop", "chain id in the NodeInfo (comet)")
	set.IntVar(&c.packetBytes, "packet-bytes", 0, "max_packet_msg_payload_size (comet); 0 for the default")
	set.Int64Var(&c.rate, "rate", 0, "send_rate and recv_rate (comet), bytes a second; 0 for the default")
	set.DurationVar(&c.ping, "ping", 0, "between two pings (comet); 0 for the default")
	set.DurationVar(&c.pong, "pong", 0, "how long to wait for the answer (comet), less than --ping; 0 for the default")
	return c
}

// classicNode is a running classic Switch.
type classicNode struct{ *classic.Node }

func (n classicNode) stop() { _ = n.Switch.Stop() }

func (n classicNode) usage() fields {
	return processUsage(fields{"connections": n.Switch.Peers().Size()})
}

// start listens, prints where, and dials the target if there is one.
func (c *classicStack) start(o *options, reactors []lp2p.SwitchReactor) (running, error) {
	options := classic.Options{Listen: o.listen, Network: c.network, Moniker: "hostile", PacketBytes: c.packetBytes, Rate: c.rate, Ping: c.ping, Pong: c.pong, Verbose: o.verbose}
	if o.secret != "" {
		options.Key = ed25519.GenPrivKeyFromSecret([]byte(o.secret))
	}
	var named []classic.Named
	for _, reactor := range reactors {
		named = append(named, classic.Named{Name: reactor.Name, Reactor: reactor.Reactor})
	}
	node, err := classic.Start(options, named...)
	if err != nil {
		return nil, err
	}
	info := node.Switch.NodeInfo()
	emit("listening", fields{"node_id": string(info.ID()), "address": node.Address, "host": node.Switch.NetAddress().DialString()})
	if o.target == "" {
		return classicNode{node}, nil
	}
	return classicNode{node}, node.Dial(o.target)
}
