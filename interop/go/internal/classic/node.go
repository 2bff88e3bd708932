// Package classic runs CometBFT's classic p2p package (TCP, SecretConnection, MConnection) outside a node: its own transport and
// Switch over the reactors given.
package classic

import (
	"fmt"
	"net"
	"os"
	"time"

	cfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
	"github.com/cometbft/cometbft/version"
)

// Options are what differs from a node with the default configuration.
type Options struct {
	Listen      string // HOST:PORT, port 0 for a free one
	Network     string
	Moniker     string
	Key         ed25519.PrivKey // nil for a random one
	PacketBytes int             // p2p.max_packet_msg_payload_size; 0 for the default
	Rate        int64           // p2p.send_rate and recv_rate, bytes a second; 0 for the default
	Ping        time.Duration   // between two pings; 0 for the default, a minute, which no configuration file changes
	Pong        time.Duration   // how long to wait for the answer, less than Ping; 0 for the default
	Verbose     bool            // log to stderr
}

// Named is a reactor and the name that the Switch knows it by.
type Named struct {
	Name    string
	Reactor p2p.Reactor
}

// Node is a Switch that listens.
type Node struct {
	Switch  *p2p.Switch
	Address string // id@host:port
}

// Start listens and starts the reactors.
func Start(o Options, reactors ...Named) (*Node, error) {
	if o.Key == nil {
		o.Key = ed25519.GenPrivKey()
	}
	key := p2p.NodeKey{PrivKey: o.Key}
	address, err := listenAddress(o.Listen, key.ID())
	if err != nil {
		return nil, err
	}
	info := NodeInfo(key.ID(), o.Network, o.Moniker, address.DialString(), channelsOf(reactors))
	config := o.config()
	transport := p2p.NewMultiplexTransport(info, key, o.connConfig(config))
	if err := transport.Listen(*address); err != nil {
		return nil, err
	}
	sw := p2p.NewSwitch(config, transport)
	logger := log.NewNopLogger()
	if o.Verbose {
		logger = log.NewTMLogger(log.NewSyncWriter(os.Stderr))
	}
	sw.SetLogger(logger)
	for _, reactor := range reactors {
		sw.AddReactor(reactor.Name, reactor.Reactor)
	}
	sw.SetNodeInfo(info)
	sw.SetNodeKey(&key)
	return &Node{Switch: sw, Address: address.String()}, sw.Start()
}

// Dial connects to id@host:port and returns once the reactors have the peer.
func (n *Node) Dial(target string) error {
	address, err := p2p.NewNetAddressString(target)
	if err != nil {
		return err
	}
	return n.Switch.DialPeerWithAddress(address)
}

// NodeInfo is what a node of v0.40.0 says of itself.
func NodeInfo(id p2p.ID, network, moniker, listen string, channels []byte) p2p.DefaultNodeInfo {
	return p2p.DefaultNodeInfo{
		ProtocolVersion: p2p.NewProtocolVersion(version.P2PProtocol, version.BlockProtocol, 1),
		DefaultNodeID:   id,
		ListenAddr:      listen,
		Network:         network,
		Version:         version.TMCoreSemVer,
		Channels:        channels,
		Moniker:         moniker,
		Other:           p2p.DefaultNodeInfoOther{TxIndex: "off"},
	}
}

func (o Options) config() *cfg.P2PConfig {
	config := cfg.DefaultP2PConfig()
	config.AllowDuplicateIP = true
	config.AddrBookStrict = false
	if o.PacketBytes != 0 {
		config.MaxPacketMsgPayloadSize = o.PacketBytes
	}
	if o.Rate != 0 {
		config.SendRate, config.RecvRate = o.Rate, o.Rate
	}
	return config
}

func (o Options) connConfig(config *cfg.P2PConfig) conn.MConnConfig {
	connection := p2p.MConnConfig(config)
	if o.Ping != 0 {
		connection.PingInterval = o.Ping
	}
	if o.Pong != 0 {
		connection.PongTimeout = o.Pong
	}
	return connection
}

// listenAddress replaces port 0: the transport would announce it as it is.
func listenAddress(listen string, id p2p.ID) (*p2p.NetAddress, error) {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, err
	}
	bound := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return nil, err
	}
	address, err := p2p.NewNetAddressString(p2p.IDAddressString(id, bound))
	if err != nil {
		return nil, fmt.Errorf("listen address %q: %w", listen, err)
	}
	return address, nil
}

func channelsOf(reactors []Named) []byte {
	var channels []byte
	for _, reactor := range reactors {
		for _, descriptor := range reactor.Reactor.GetChannels() {
			channels = append(channels, descriptor.ID)
		}
	}
	return channels
}
