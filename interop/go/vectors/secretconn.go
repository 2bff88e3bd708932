package main

import (
	stdlib "crypto/ed25519"
	crand "crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net"
	"sync"

	"github.com/oasisprotocol/curve25519-voi/primitives/merlin"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p/conn"
)

type transcriptVector struct {
	Protocol string     `json:"protocol"`
	Appended []appended `json:"appended"`
	// Drawn one after the other, each with its own label.
	Challenges []challenge `json:"challenges"`
}

type appended struct {
	Label   string `json:"label"`
	Message string `json:"message"`
}

type challenge struct {
	Label string `json:"label"`
	Hex   string `json:"hex"`
}

// Random ones with lengths on both sides of the sponge's 166 bytes, where an implementation goes wrong, and one that ends at each of its bytes.
func transcriptVectors(seed int64, count int) []transcriptVector {
	r := rand.New(rand.NewSource(seed))
	some := func() []byte {
		lengths := []int{0, 1, 32, 100, 160, 161, 162, 163, 164, 165, 166, 167, 200, 400}
		bytes := make([]byte, lengths[r.Intn(len(lengths))])
		r.Read(bytes)
		return bytes
	}
	var vectors []transcriptVector
	for i := range count {
		v := transcriptVector{Protocol: fmt.Sprintf("protocol %d", i)}
		t := merlin.NewTranscript(v.Protocol)
		for j := range r.Intn(4) {
			label, message := fmt.Sprintf("label %d", j), some()
			t.AppendMessage(label, message)
			v.Appended = append(v.Appended, appended{label, hex.EncodeToString(message)})
		}
		for j := range 1 + r.Intn(2) {
			label, out := fmt.Sprintf("challenge %d", j), make([]byte, 1+len(some()))
			t.ExtractBytes(out, label)
			v.Challenges = append(v.Challenges, challenge{label, hex.EncodeToString(out)})
		}
		vectors = append(vectors, v)
	}
	for length := range 166 {
		message, out := make([]byte, length), make([]byte, 16)
		t := merlin.NewTranscript("each length")
		t.AppendMessage("message", message)
		t.ExtractBytes(out, "challenge")
		vectors = append(vectors, transcriptVector{
			Protocol:   "each length",
			Appended:   []appended{{"message", hex.EncodeToString(message)}},
			Challenges: []challenge{{"challenge", hex.EncodeToString(out)}},
		})
	}
	return vectors
}

type connectionVector struct {
	A sideVector `json:"a"`
	B sideVector `json:"b"`
}

// What one side was given and what it put on the wire, all hex.
type sideVector struct {
	// Of the identity.
	Seed   string `json:"seed"`
	Public string `json:"public"`
	// X25519, unclamped.
	EphemeralSecret string `json:"ephemeralSecret"`
	// After the handshake, one Write each.
	Writes []string `json:"writes"`
	Wire   string   `json:"wire"`
}

// Whole connections between two SecretConnections with known keys. The first has the keys of spec/secret-connection.md section 6.2.
func connectionVectors(seed int64, count int) ([]connectionVector, error) {
	r := rand.New(rand.NewSource(seed))
	random := func() []byte { bytes := make([]byte, 32); r.Read(bytes); return bytes }
	var vectors []connectionVector
	for i := range count {
		a, b := &side{ephemeral: random(), seed: random()}, &side{ephemeral: random(), seed: random()}
		if i == 0 {
			a, b = &side{ephemeral: same(0x11), seed: counting(0)}, &side{ephemeral: same(0x22), seed: counting(32)}
		}
		for _, s := range []*side{a, b} {
			for range r.Intn(5) {
				lengths := []int{1, 2, 500, 1023, 1024, 1025, 2048, 2500}
				data := make([]byte, lengths[r.Intn(len(lengths))])
				r.Read(data)
				s.writes = append(s.writes, data)
			}
		}
		if err := converse(a, b); err != nil {
			return nil, err
		}
		vectors = append(vectors, connectionVector{a.vector(), b.vector()})
	}
	return vectors, nil
}

func same(value byte) []byte {
	bytes := make([]byte, 32)
	for i := range bytes {
		bytes[i] = value
	}
	return bytes
}

func counting(from byte) []byte {
	bytes := make([]byte, 32)
	for i := range bytes {
		bytes[i] = from + byte(i)
	}
	return bytes
}

// side is one end of a connection, and the net.Conn that its SecretConnection writes to.
type side struct {
	net.Conn
	ephemeral, seed []byte
	writes          [][]byte
	mu              sync.Mutex
	wire            []byte
	began           chan struct{}
}

func (s *side) Write(data []byte) (int, error) {
	s.mu.Lock()
	s.wire = append(s.wire, data...)
	first := len(s.wire) == len(data)
	s.mu.Unlock()
	if first {
		close(s.began)
	}
	return s.Conn.Write(data)
}

func (s *side) vector() sideVector {
	key := stdlib.NewKeyFromSeed(s.seed)
	v := sideVector{
		Seed:            hex.EncodeToString(s.seed),
		Public:          hex.EncodeToString(key.Public().(stdlib.PublicKey)),
		EphemeralSecret: hex.EncodeToString(s.ephemeral),
		Writes:          []string{},
		Wire:            hex.EncodeToString(s.wire),
	}
	for _, data := range s.writes {
		v.Writes = append(v.Writes, hex.EncodeToString(data))
	}
	return v
}

func converse(a, b *side) error {
	a.Conn, b.Conn = net.Pipe()
	defer a.Close()
	defer b.Close()
	secrets, err := authenticate(a, b)
	if err != nil {
		return err
	}
	finished := make(chan error, 4)
	for i, each := range []*side{a, b} {
		go func() { finished <- each.writeAll(secrets[i]) }()
		go func() { finished <- discard(secrets[1-i], each.writes) }()
	}
	for range cap(finished) {
		err = errors.Join(err, <-finished)
	}
	return err
}

// The random source is the process's: it is set for one side, and for the other once the first has drawn its key and written its first message.
func authenticate(a, b *side) (secrets [2]*conn.SecretConnection, err error) {
	original := crand.Reader
	defer func() { crand.Reader = original }()
	finished := make(chan error, len(secrets))
	for i, each := range []*side{a, b} {
		each.began = make(chan struct{})
		crand.Reader = &repeated{bytes: each.ephemeral}
		go func() {
			var err error
			secrets[i], err = conn.MakeSecretConnection(each, ed25519.PrivKey(stdlib.NewKeyFromSeed(each.seed)))
			finished <- err
		}()
		<-each.began
	}
	return secrets, errors.Join(<-finished, <-finished)
}

func (s *side) writeAll(secret *conn.SecretConnection) error {
	for _, data := range s.writes {
		if _, err := secret.Write(data); err != nil {
			return err
		}
	}
	return nil
}

func discard(secret *conn.SecretConnection, writes [][]byte) error {
	for _, data := range writes {
		if _, err := io.ReadFull(secret, make([]byte, len(data))); err != nil {
			return err
		}
	}
	return nil
}

type repeated struct{ bytes []byte }

func (f *repeated) Read(p []byte) (int, error) {
	return copy(p, f.bytes), nil
}
