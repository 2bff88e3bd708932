package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand"
	"net"
	"reflect"
	"strings"

	cmtcrypto "github.com/cometbft/cometbft/crypto"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/secp256k1"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/lp2p"
	"github.com/cometbft/cometbft/p2p"
	tmp2p "github.com/cometbft/cometbft/proto/tendermint/p2p"
)

type keyVector struct {
	Type   string `json:"type"`
	Seed   string `json:"seed,omitempty"`
	Public string `json:"public"`
	ID     string `json:"id"`
	PeerID string `json:"peerId"`
	File   string `json:"file,omitempty"`
}

func keyVectors(count int) ([]keyVector, error) {
	var vectors []keyVector
	for i := range count {
		seed := sha256.Sum256([]byte(fmt.Sprintf("node key %d", i)))
		ed := ed25519.GenPrivKeyFromSecret([]byte(fmt.Sprintf("node key %d", i)))
		v, err := keyVectorOf("ed25519", ed)
		if err != nil {
			return nil, err
		}
		file, err := cmtjson.Marshal(&p2p.NodeKey{PrivKey: ed})
		if err != nil {
			return nil, err
		}
		v.Seed, v.File = hex.EncodeToString(seed[:]), string(file)
		vectors = append(vectors, v)
		if v, err = keyVectorOf("secp256k1", secp256k1.GenPrivKeySecp256k1(seed[:])); err != nil {
			return nil, err
		}
		vectors = append(vectors, v)
	}
	return vectors, nil
}

func keyVectorOf(name string, key cmtcrypto.PrivKey) (keyVector, error) {
	peerID, err := lp2p.IDFromPrivateKey(key)
	return keyVector{
		Type:   name,
		Public: hex.EncodeToString(key.PubKey().Bytes()),
		ID:     string(p2p.PubKeyToID(key.PubKey())),
		PeerID: peerID.String(),
	}, err
}

type nodeInfoVector struct {
	Hex    string `json:"hex"`
	Fields any    `json:"fields"`
	// Why Validate refuses it; empty where it does not.
	Invalid string `json:"invalid"`
	// Why it is not compatible with the first one of the list; empty where it is.
	Incompatible string `json:"incompatible"`
	JSON         string `json:"json"`
}

// Values that make up node infos, good and bad mixed, so that each rule meets the others. IP addresses only: Go would resolve names.
func nodeInfoVectors(seed int64, count int) ([]nodeInfoVector, error) {
	r := rand.New(rand.NewSource(seed))
	pick := func(values ...string) string { return values[r.Intn(len(values))] }
	rarely := func(common string, rare ...string) string {
		if r.Intn(4) > 0 {
			return common
		}
		return pick(rare...)
	}
	id := strings.Repeat("deadbeef", 5)
	var vectors []nodeInfoVector
	var first p2p.DefaultNodeInfo
	for i := range count {
		info := &tmp2p.DefaultNodeInfo{
			ProtocolVersion: tmp2p.ProtocolVersion{P2P: 8, Block: 11, App: uint64(r.Intn(3))},
			DefaultNodeID:   rarely(id, "", "dead", strings.ToUpper(id), id+"00", "x"+id[1:]),
			ListenAddr: rarely("tcp://0.0.0.0:26656", "", "1.2.3.4:0", "tcp://[::1]:26656", "tcp://1.2.3.4", "tcp://:1", "1.2.3.4:65536",
				"::1:26656", "[::]:65535", "a@1.2.3.4:1", "tcp://1.2.3.4:1://x", "1.2.3.4:01", "1.2.3.4:+1", "[1.2.3.4]:1", "[::ffff:1.2.3.4]:1", "[::1]", "[::1:1"),
			Network:  rarely("test-chain", "other", "", "é"),
			Version:  rarely("0.40.0", "", " ", "\t", "é", "a b"),
			Channels: []byte{0x40, 0x20, 0x21, 0x22, 0x23, 0x30, 0x38, 0x60, 0x61, 0}[:r.Intn(11)],
			Moniker:  rarely("m", "", "  ", "a\n", "\x7f", "~ !", "日本"),
			Other:    tmp2p.DefaultNodeInfoOther{TxIndex: rarely("on", "", "off", "ON", "kv"), RPCAddress: rarely("tcp://127.0.0.1:26657", "", " ", "\n", "é")},
		}
		switch r.Intn(8) {
		case 0:
			info.ProtocolVersion.Block = uint64(r.Intn(20))
		case 1:
			info.Channels = append(append([]byte{}, info.Channels...), 0x40)
		case 2:
			info.Channels = make([]byte, 15+r.Intn(4))
			for j := range info.Channels {
				info.Channels[j] = byte(100 + j)
			}
		}
		bytes, err := info.Marshal()
		if err != nil {
			return nil, err
		}
		native, err := p2p.DefaultNodeInfoFromToProto(info)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			first = native
		}
		text, err := cmtjson.Marshal(native)
		if err != nil {
			return nil, err
		}
		vectors = append(vectors, nodeInfoVector{
			Hex:          hex.EncodeToString(bytes),
			Fields:       plain(reflect.ValueOf(info)),
			Invalid:      reason(native.Validate()),
			Incompatible: reason(first.CompatibleWith(native)),
			JSON:         string(text),
		})
	}
	return vectors, nil
}

func reason(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

type addressVector struct {
	Given string `json:"given"`
	OK    bool   `json:"ok"`
	Text  string `json:"text,omitempty"`
	IP    string `json:"ip,omitempty"`
	Port  uint16 `json:"port,omitempty"`
}

// Every combination of the parts below, as far as Go reads it without DNS.
func addressVectors() []addressVector {
	id := strings.Repeat("deadbeef", 5)
	schemes := []string{"", "tcp://", "udp://", "://", "tcp//"}
	ids := []string{id + "@", strings.ToUpper(id) + "@", "", "@", "deadbeef@", "x" + id[1:] + "@", id + "@@"}
	hosts := []string{"127.0.0.1", "0.0.0.0", "255.255.255.255", "[::1]", "[2001:db8:0:0:1:0:0:1]", "[1:0:0:2:0:0:0:3]", "[::]", "[::ffff:1.2.3.4]",
		"[1:2:3:4:5:6:7::]", "[::1.2.3.4]", "[64:ff9b::1.2.3.4]", "[ABCD::]", "::1", "", "[]", "[127.0.0.1]", "[::1"}
	ports := []string{":8080", ":1", ":65535", ":65536", ":080", ":+1", ":-1", ":", "", ":http", ":1:2", ":0"}
	var vectors []addressVector
	for _, scheme := range schemes {
		for _, id := range ids {
			for _, host := range hosts {
				for _, port := range ports {
					// only a few of the combinations that have two faults
					if (scheme == "tcp//" || id == "" || id == "@") && (port != ":8080" || host != "127.0.0.1") {
						continue
					}
					vectors = append(vectors, addressVectorOf(scheme+id+host+port))
				}
			}
		}
	}
	return vectors
}

func addressVectorOf(given string) addressVector {
	v := addressVector{Given: given}
	if address, err := p2p.NewNetAddressString(given); err == nil {
		v.OK, v.Text, v.IP, v.Port = true, address.String(), address.IP.String(), address.Port
	}
	return v
}

type reachVector struct {
	IP         string          `json:"ip"`
	Local      bool            `json:"local"`
	Routable   bool            `json:"routable"`
	Valid      bool            `json:"valid"`
	Predicates map[string]bool `json:"predicates"`
}

// The first and last address of every network that the code knows, and their neighbours.
func reachVectors() []reachVector {
	var vectors []reachVector
	seen := map[string]bool{}
	for _, cidr := range []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "2001:db8::/32", "169.254.0.0/16", "2002::/16", "fc00::/7",
		"2001::/32", "2001:10::/28", "fe80::/64", "64:ff9b::/96", "::ffff:0:0:0/96", "fd87:d87e:eb43::/48", "127.0.0.0/8", "0.0.0.0/8",
		"::1/128", "255.255.255.255/32", "100.64.0.0/10", "192.0.2.0/24", "224.0.0.0/4", "8.8.8.8/32", "2607::/16", "fe80::/10", "0.0.0.0/0", "::/0"} {
		_, network, err := net.ParseCIDR(cidr)
		if err != nil {
			panic(err)
		}
		last := append(net.IP{}, network.IP...)
		for i := range last {
			last[i] |= ^network.Mask[i]
		}
		for _, ip := range []net.IP{network.IP, last, step(network.IP, -1), step(last, 1)} {
			if !seen[ip.String()] {
				seen[ip.String()] = true
				vectors = append(vectors, reachVectorOf(ip))
			}
		}
	}
	return vectors
}

func step(ip net.IP, by int) net.IP {
	next := append(net.IP{}, ip...)
	for i := len(next) - 1; i >= 0; i-- {
		before := next[i]
		next[i] = byte(int(before) + by)
		if (by > 0 && before != 255) || (by < 0 && before != 0) {
			break
		}
	}
	return next
}

func reachVectorOf(ip net.IP) reachVector {
	na := p2p.NewNetAddressIPPort(ip, 26656)
	na.ID = p2p.ID(strings.Repeat("deadbeef", 5))
	return reachVector{IP: ip.String(), Local: na.Local(), Routable: na.Routable(), Valid: na.Valid() == nil, Predicates: map[string]bool{
		"rfc1918": na.RFC1918(), "rfc3849": na.RFC3849(), "rfc3927": na.RFC3927(), "rfc3964": na.RFC3964(), "rfc4193": na.RFC4193(),
		"rfc4380": na.RFC4380(), "rfc4843": na.RFC4843(), "rfc4862": na.RFC4862(), "rfc6052": na.RFC6052(), "rfc6145": na.RFC6145(),
		"onionCatTor": na.OnionCatTor(),
	}}
}
