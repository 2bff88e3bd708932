package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"reflect"
)

type messageVector struct {
	Type   string `json:"type"`
	Hex    string `json:"hex"`
	Fields any    `json:"fields,omitempty"`
}

// writeMessages prints `count` random values of each type, one JSON object a line.
func writeMessages(out io.Writer, seed int64, count int) error {
	lines := json.NewEncoder(out)
	for _, name := range typeNames() {
		r := rand.New(rand.NewSource(seed))
		for range count {
			m := registry[name]()
			fill(r, reflect.ValueOf(m))
			bytes, err := m.Marshal()
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			vector := messageVector{Type: name, Hex: hex.EncodeToString(bytes), Fields: plain(reflect.ValueOf(m))}
			if err := lines.Encode(vector); err != nil {
				return err
			}
		}
	}
	return nil
}

// verdict is what Go makes of bytes: their own encoding once decoded, or that they are refused.
type verdict struct {
	Type string `json:"type"`
	Hex  string `json:"hex"`
	// What Go writes for what it read; absent where it refuses.
	Again *string `json:"again,omitempty"`
	Error string  `json:"error,omitempty"`
}

func judge(name string, bytes []byte) verdict {
	v := verdict{Type: name, Hex: hex.EncodeToString(bytes)}
	makeMessage, known := registry[name]
	if !known {
		v.Error = "unknown type"
		return v
	}
	m := makeMessage()
	if err := m.Unmarshal(bytes); err != nil {
		v.Error = err.Error()
		return v
	}
	again, err := m.Marshal()
	if err != nil {
		v.Error = err.Error()
		return v
	}
	text := hex.EncodeToString(again)
	v.Again = &text
	return v
}

// writeMutants prints what Go makes of damaged and unusual bytes.
func writeMutants(out io.Writer, seed int64, count int) error {
	lines := json.NewEncoder(out)
	for _, name := range typeNames() {
		if !isComparable(name) {
			continue
		}
		r := rand.New(rand.NewSource(seed))
		for range count {
			m := registry[name]()
			fill(r, reflect.ValueOf(m))
			bytes, err := m.Marshal()
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := lines.Encode(judge(name, mutate(r, bytes))); err != nil {
				return err
			}
		}
	}
	return nil
}

func mutate(r *rand.Rand, bytes []byte) []byte {
	for range 1 + r.Intn(2) {
		at := 0
		if len(bytes) > 0 {
			at = r.Intn(len(bytes))
		}
		switch r.Intn(5) {
		case 0: // cut
			bytes = bytes[:at]
		case 1: // change one
			if len(bytes) > 0 {
				bytes[at] = byte(r.Intn(256))
			}
		case 2: // everything twice: scalars replaced, messages merged
			bytes = append(bytes, bytes...)
		case 3: // a field that is not known, or known by another wire type
			unknown := [][]byte{{0x78, 1}, {0x7a, 2, 1, 2}, {0x79, 1, 2, 3, 4, 5, 6, 7, 8}, {0x7d, 1, 2, 3, 4}, {0x7b, 0x08, 1, 0x7c},
				{0x0a, 0}, {0x08, 5}, {0x12, 0}, {0x10, 5}, {0x1a, 0}, {0x18, 5}, {0x22, 0}, {0x20, 5}, {0x2a, 0}, {0x28, 5}, {0x32, 0}, {0x0c}, {0x00, 0}, {0x7f}}
			bytes = append(append([]byte{}, bytes...), unknown[r.Intn(len(unknown))]...)
		case 4: // one more byte inside
			bytes = append(append(append([]byte{}, bytes[:at]...), byte(r.Intn(256))), bytes[at:]...)
		}
	}
	return bytes
}

// check reads lines of {type, hex} and answers each with a verdict.
func check(in io.Reader, out io.Writer) error {
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	lines := json.NewEncoder(buffered)
	decoder := json.NewDecoder(bufio.NewReader(in))
	for {
		var given messageVector
		if err := decoder.Decode(&given); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		bytes, err := hex.DecodeString(given.Hex)
		if err != nil {
			return err
		}
		if err := lines.Encode(judge(given.Type, bytes)); err != nil {
			return err
		}
	}
}
