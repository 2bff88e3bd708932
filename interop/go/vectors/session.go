package main

import (
	"bytes"
	stdlib "crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/libs/protoio"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
	tmp2p "github.com/cometbft/cometbft/proto/tendermint/p2p"
	"github.com/cometbft/cometbft/version"
)

// What a run of a whole session leaves behind: bytes on the wire, all hex, and how far they had come at each stage.
type sessionVector struct {
	SeedA      string `json:"idSeedA"`
	SeedB      string `json:"idSeedB"`
	EphemeralA string `json:"ephemeralA"`
	EphemeralB string `json:"ephemeralB"`
	NodeInfoA  string `json:"nodeInfoA"`
	NodeInfoB  string `json:"nodeInfoB"`
	// channel:bytes, in order.
	ReceivedByA []string          `json:"receivedByA"`
	ReceivedByB []string          `json:"receivedByB"`
	Marks       map[string][2]int `json:"marks"`
	WireAtoB    string            `json:"wireAtoB"`
	WireBtoA    string            `json:"wireBtoA"`
}

// A session as two nodes have it: handshake, NodeInfo, messages of one and of several packets, a ping and its pong. The MConnection's timers are real
// ones, so two runs may differ in how packets share frames; that is why `write` leaves this alone.
func recordSession(out io.Writer) error {
	a := &side{ephemeral: same(0x11), seed: counting(0)}
	b := &side{ephemeral: same(0x22), seed: counting(32)}
	a.Conn, b.Conn = net.Pipe()
	v := sessionVector{
		SeedA: hex.EncodeToString(a.seed), SeedB: hex.EncodeToString(b.seed),
		EphemeralA: hex.EncodeToString(a.ephemeral), EphemeralB: hex.EncodeToString(b.ephemeral),
		Marks: map[string][2]int{},
	}
	mark := func(name string) { v.Marks[name] = [2]int{len(a.sent()), len(b.sent())} }

	secrets, err := authenticate(a, b)
	if err != nil {
		return err
	}
	mark("authenticated")
	infos, err := exchangeNodeInfo(secrets, [2][]byte{a.seed, b.seed})
	if err != nil {
		return err
	}
	v.NodeInfoA, v.NodeInfoB = hex.EncodeToString(infos[0]), hex.EncodeToString(infos[1])
	mark("nodeInfo")
	received, err := exchangeMessages(secrets)
	if err != nil {
		return err
	}
	v.ReceivedByA, v.ReceivedByB = received[0], received[1]
	mark("beforeStop")
	v.WireAtoB, v.WireBtoA = hex.EncodeToString(a.sent()), hex.EncodeToString(b.sent())
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}

func (s *side) sent() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.wire)
}

func exchangeNodeInfo(secrets [2]*conn.SecretConnection, seeds [2][]byte) ([2][]byte, error) {
	var raw [2][]byte
	written := make(chan error, 2)
	for i, name := range []string{"alice", "bob"} {
		info := sessionNodeInfo(seeds[i], name).ToProto()
		bytes, err := info.Marshal()
		if err != nil {
			return raw, err
		}
		raw[i] = bytes
		go func() {
			_, err := protoio.NewDelimitedWriter(secrets[i]).WriteMsg(info)
			written <- err
		}()
	}
	for i := range secrets {
		var other tmp2p.DefaultNodeInfo
		if _, err := protoio.NewDelimitedReader(secrets[i], 10240).ReadMsg(&other); err != nil {
			return raw, err
		}
		if err := <-written; err != nil {
			return raw, err
		}
	}
	return raw, nil
}

func sessionNodeInfo(seed []byte, name string) p2p.DefaultNodeInfo {
	return p2p.DefaultNodeInfo{
		ProtocolVersion: p2p.NewProtocolVersion(version.P2PProtocol, version.BlockProtocol, 1),
		DefaultNodeID:   p2p.PubKeyToID(ed25519.PrivKey(stdlib.NewKeyFromSeed(seed)).PubKey()),
		ListenAddr:      "tcp://127.0.0.1:26656",
		Network:         "vector-chain",
		Version:         "0.40.0",
		Channels:        []byte{0x40, 0x20, 0x21, 0x22, 0x23, 0x30, 0x38, 0x60, 0x61, 0x00},
		Moniker:         name,
		Other:           p2p.DefaultNodeInfoOther{TxIndex: "on", RPCAddress: "tcp://127.0.0.1:26657"},
	}
}

func sessionChannels() []*conn.ChannelDescriptor {
	channel := func(id byte, priority, queue, capacity int) *conn.ChannelDescriptor {
		return &conn.ChannelDescriptor{ID: id, Priority: priority, SendQueueCapacity: queue, RecvMessageCapacity: capacity}
	}
	return []*conn.ChannelDescriptor{
		channel(0x30, 5, 1, 4194314), channel(0x40, 5, 1000, 104857605), channel(0x20, 6, 100, 1048576), channel(0x21, 10, 100, 1048576),
	}
}

func exchangeMessages(secrets [2]*conn.SecretConnection) ([2][]string, error) {
	var mu sync.Mutex
	var received [2][]string
	failed := make(chan any, 2)
	config := conn.DefaultMConnConfig()
	config.PingInterval, config.PongTimeout = 700*time.Millisecond, 400*time.Millisecond
	var mconns [2]*conn.MConnection
	for i := range secrets {
		receive := func(channel byte, message []byte) {
			mu.Lock()
			defer mu.Unlock()
			received[i] = append(received[i], fmt.Sprintf("%02x:%s", channel, hex.EncodeToString(message)))
		}
		fail := func(reason any) { failed <- reason }
		mconns[i] = conn.NewMConnectionWithConfig(secrets[i], sessionChannels(), receive, fail, config)
		mconns[i].SetLogger(log.NewNopLogger())
		if err := mconns[i].Start(); err != nil {
			return received, err
		}
	}
	long := make([]byte, 2500)
	for i := range long {
		long[i] = byte(i * 7)
	}
	mconns[1].Send(0x40, []byte{0x22, 0x00})
	time.Sleep(100 * time.Millisecond)
	mconns[0].Send(0x40, []byte{0x2a, 4, 8, 1, 0x10, 2})
	time.Sleep(100 * time.Millisecond)
	mconns[0].Send(0x21, long)
	mconns[0].Send(0x21, bytes.Repeat([]byte{0xee}, 1024))
	mconns[0].Send(0x20, []byte{0x0a, 4, 8, 1, 0x18, 1})
	// until a ping of both has been answered
	time.Sleep(900 * time.Millisecond)
	select {
	case reason := <-failed:
		return received, fmt.Errorf("session: %v", reason)
	default:
	}
	mu.Lock()
	defer mu.Unlock()
	return received, nil
}
