package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"

	cfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/lp2p"
	"github.com/cometbft/cometbft/p2p"
)

// options are the flags that every command has.
type options struct {
	listen  string
	target  string
	secret  string
	limits  string
	seconds int
	verbose bool
}

func newOptions(set *flag.FlagSet) *options {
	o := new(options)
	set.StringVar(&o.listen, "listen", "127.0.0.1:0", "HOST:PORT to listen on (UDP, with the classic stack TCP)")
	set.StringVar(&o.target, "target", "", "multiaddr with /p2p/ of the node to dial, with the classic stack id@host:port; without it the first node that connects is the one")
	set.StringVar(&o.secret, "secret", "", "text the key is made from, for an id known beforehand; random without it")
	set.StringVar(&o.limits, "limits", cfg.LibP2PLimitsModeDefault, "p2p.libp2p.limits.mode: default or disabled")
	set.IntVar(&o.seconds, "seconds", 60, "end after this time at the latest")
	set.BoolVar(&o.verbose, "verbose", false, "let lp2p log to stderr")
	return o
}

// node is a running lp2p host and switch.
type node struct {
	host  *lp2p.Host
	sw    *lp2p.Switch
	first chan peer.ID // buffered; gets the first peer that connects
}

// startNode listens, prints where, and dials the target if there is one.
func startNode(o *options, reactors ...lp2p.SwitchReactor) (*node, error) {
	logger := log.NewNopLogger()
	if o.verbose {
		logger = log.NewTMLogger(log.NewSyncWriter(os.Stderr))
	}
	config := cfg.DefaultP2PConfig()
	config.ListenAddress = "tcp://" + o.listen
	config.LibP2PConfig.Enabled = true
	config.LibP2PConfig.Limits.Mode = o.limits
	if o.target != "" {
		target, err := parseTarget(o.target)
		if err != nil {
			return nil, err
		}
		config.LibP2PConfig.BootstrapPeers = []cfg.LibP2PBootstrapPeer{target}
	}
	key := ed25519.GenPrivKey()
	if o.secret != "" {
		key = ed25519.GenPrivKeyFromSecret([]byte(o.secret))
	}
	host, err := lp2p.NewHost(config, key, logger)
	if err != nil {
		return nil, err
	}
	n := &node{host: host, first: make(chan peer.ID, 1)}
	host.Network().Notify(&network.NotifyBundle{ConnectedF: n.connected, DisconnectedF: n.disconnected})
	if n.sw, err = lp2p.NewSwitch(p2p.DefaultNodeInfo{}, host, reactors, p2p.NopMetrics(), logger); err != nil {
		return nil, err
	}
	emit("listening", fields{"peer_id": host.ID().String(), "multiaddr": fmt.Sprintf("%s/p2p/%s", host.Addrs()[0], host.ID())})
	return n, n.sw.Start()
}

func (n *node) connected(_ network.Network, connection network.Conn) {
	emit("connected", fields{"peer_id": connection.RemotePeer().String(), "direction": connection.Stat().Direction.String()})
	select {
	case n.first <- connection.RemotePeer():
	default:
	}
}

func (n *node) disconnected(_ network.Network, connection network.Conn) {
	emit("disconnected", fields{"peer_id": connection.RemotePeer().String()})
}

// victim waits for the node that everything is aimed at.
func (n *node) victim(ctx context.Context) (peer.ID, error) {
	select {
	case id := <-n.first:
		return id, nil
	case <-ctx.Done():
		return "", fmt.Errorf("nobody connected: %w", ctx.Err())
	}
}

func (n *node) isConnected(id peer.ID) bool {
	return n.host.Network().Connectedness(id) == network.Connected
}

func (n *node) stop() { _ = n.sw.Stop() }

func (n *node) usage() fields { return usage(n.host.Network().Conns()) }

// parseTarget turns a multiaddr into what CometBFT's config wants. Persistent is false: a node that was thrown out stays out.
func parseTarget(text string) (cfg.LibP2PBootstrapPeer, error) {
	var target cfg.LibP2PBootstrapPeer
	address, err := ma.NewMultiaddr(text)
	if err != nil {
		return target, fmt.Errorf("--target: %w", err)
	}
	info, err := peer.AddrInfoFromP2pAddr(address)
	if err != nil {
		return target, fmt.Errorf("--target: %w", err)
	}
	_, hostPort, err := manet.DialArgs(info.Addrs[0])
	if err != nil {
		return target, fmt.Errorf("--target: %w", err)
	}
	return cfg.LibP2PBootstrapPeer{Host: hostPort, ID: info.ID.String()}, nil
}

// parseChannel reads 0x40 or 64.
func parseChannel(text string) (byte, error) {
	channel, err := strconv.ParseUint(strings.TrimSpace(text), 0, 8)
	if err != nil {
		return 0, fmt.Errorf("channel %q is not a number of 0 to 255", text)
	}
	return byte(channel), nil
}
