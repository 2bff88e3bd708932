package main

import (
	"encoding/hex"
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/cometbft/cometbft/crypto"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/secp256k1"
	"github.com/cometbft/cometbft/p2p"

	"comet-libp2p/interop/internal/classic"
)

// cometOptions are the flags that every comet command has beside the common ones: who it says it is, and where its writing ends.
type cometOptions struct {
	*options
	network, moniker, claimID, announce, channels string
	blockVersion, p2pVersion                      uint64
	infoHex                                       string
	keyType, signature                            string
	cutAfter                                      int64
	cutHow                                        string
	connections                                   int
	pongs                                         bool
	watch                                         time.Duration
}

func newCometOptions(set *flag.FlagSet) *cometOptions {
	o := new(cometOptions)
	set.StringVar(&o.network, "network", "interop", "chain id in its NodeInfo")
	set.StringVar(&o.moniker, "moniker", "hostile", "moniker in its NodeInfo")
	set.StringVar(&o.claimID, "claim-id", "", "id in its NodeInfo; without it the one of its key")
	set.StringVar(&o.announce, "announce", "", "listen address in its NodeInfo; without it the one it listens on")
	set.StringVar(&o.channels, "info-channels", "", "hex of the channels in its NodeInfo; without it those of a v0.40.0 node")
	set.Uint64Var(&o.blockVersion, "block-version", 11, "block protocol in its NodeInfo")
	set.Uint64Var(&o.p2pVersion, "p2p-version", 8, "P2P protocol in its NodeInfo")
	set.StringVar(&o.infoHex, "info-hex", "", "these bytes, length prefix and all, instead of a NodeInfo")
	set.StringVar(&o.keyType, "key-type", "ed25519", "ed25519 or secp256k1")
	set.StringVar(&o.signature, "signature", "right", "of the challenge: right, wrong, short or none")
	set.Int64Var(&o.cutAfter, "cut-after", -1, "let only so many bytes onto the wire, handshake included; -1 for all")
	set.StringVar(&o.cutHow, "cut", "reset", "what happens there: reset (RST), close, or hang (nothing more is sent)")
	set.IntVar(&o.connections, "connections", 1, "how many at once, each playing the same part")
	set.BoolVar(&o.pongs, "pongs", true, "answer pings")
	set.DurationVar(&o.watch, "watch", 2*time.Second, "how long to stay connected afterwards")
	return o
}

func (o *cometOptions) check() error {
	if !cutWays[o.cutHow] {
		return fmt.Errorf("--cut %q is none of reset, close, hang", o.cutHow)
	}
	if o.connections < 1 {
		return fmt.Errorf("--connections %d is below 1", o.connections)
	}
	if _, err := o.key(); err != nil {
		return err
	}
	if _, err := o.nodeInfo("", ""); err != nil {
		return err
	}
	if _, err := hex.DecodeString(o.infoHex); err != nil {
		return fmt.Errorf("--info-hex: %w", err)
	}
	_, err := liar{ed25519.GenPrivKey(), o.signature}.Sign(nil)
	return err
}

// key is a new one for each connection, unless --secret names it: a node takes one connection per id.
func (o *cometOptions) key() (crypto.PrivKey, error) {
	switch {
	case o.keyType == "secp256k1":
		return secp256k1.GenPrivKey(), nil
	case o.keyType != "ed25519":
		return nil, fmt.Errorf("--key-type %q is neither ed25519 nor secp256k1", o.keyType)
	case o.secret != "":
		return ed25519.GenPrivKeyFromSecret([]byte(o.secret)), nil
	}
	return ed25519.GenPrivKey(), nil
}

func (o *cometOptions) nodeInfo(id p2p.ID, listens string) (p2p.DefaultNodeInfo, error) {
	channels, err := hex.DecodeString(strings.TrimPrefix(o.channels, "0x"))
	if err != nil {
		return p2p.DefaultNodeInfo{}, fmt.Errorf("--info-channels: %w", err)
	}
	if len(channels) == 0 {
		for _, descriptor := range standardChannels {
			channels = append(channels, descriptor.ID)
		}
	}
	if o.claimID != "" {
		id = p2p.ID(o.claimID)
	}
	if o.announce != "" {
		listens = o.announce
	}
	info := classic.NodeInfo(id, o.network, o.moniker, listens, channels)
	info.ProtocolVersion = p2p.NewProtocolVersion(o.p2pVersion, o.blockVersion, 1)
	return info, nil
}

// liar signs differently than asked; it is what MakeSecretConnection is given as the identity key.
type liar struct {
	crypto.PrivKey
	signature string
}

func (l liar) Sign(message []byte) ([]byte, error) {
	signature, err := l.PrivKey.Sign(message)
	if err != nil {
		return nil, err
	}
	switch l.signature {
	case "right":
	case "wrong":
		signature[0] ^= 1
	case "short":
		signature = signature[:len(signature)-1]
	case "none":
		signature = nil
	default:
		return nil, fmt.Errorf("--signature %q is none of right, wrong, short, none", l.signature)
	}
	return signature, nil
}
