// Package chain reads, writes and checks recorded chains: the fixtures that tests, `npm start` and the hostile peers use.
//
// A recording is a directory of four files; meta.json names them all. The blocks are kept as the bytes that travelled
// (the BlockResponse inside block sync's message), not as JSON: what is replayed is then exactly what Go sent.
package chain

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cometbft/cometbft/types"

	bcproto "github.com/cometbft/cometbft/proto/tendermint/blocksync"
)

// Names of the files of a recording.
const (
	BlocksFile     = "blocks.bin.gz"   // gzip of uvarint length, BlockResponse, ... in the order of heights
	GenesisFile    = "genesis.json"    // as the nodes that made the chain read it
	ValidatorsFile = "validators.json" // []ValidatorSet
	MetaFile       = "meta.json"       // Meta
)

// maxResponseBytes bounds one record on reading: block sync's own limit for a message.
const maxResponseBytes = types.MaxBlockSizeBytes + 5

// Validator is one member of a set as RPC /validators gives it.
type Validator struct {
	PubKey           []byte `json:"pub_key"` // ed25519, 32 bytes, base64 in JSON
	Power            int64  `json:"power"`
	ProposerPriority int64  `json:"proposer_priority,string"`
}

// ValidatorSet is the set that signs Height and all heights up to the next entry's.
type ValidatorSet struct {
	Height     int64       `json:"height"`
	Hash       string      `json:"hash"` // lower-case hex, equal to validators_hash of the header
	Validators []Validator `json:"validators"`
}

// Meta says what a recording holds.
type Meta struct {
	ChainID     string   `json:"chain_id"`
	FirstHeight int64    `json:"first_height"`
	LastHeight  int64    `json:"last_height"`
	TxCount     int      `json:"tx_count"`
	BlockHashes []string `json:"block_hashes"` // lower-case hex, of FirstHeight and up
	Contents    Contents `json:"contents"`
	Module      string   `json:"go_module"`
	Regenerate  string   `json:"regenerate"` // to be run in interop/go; the result differs each time
}

// Contents lists the heights at which something other than the plain case is to be found.
type Contents struct {
	EmptyBlocks     int     `json:"empty_blocks"`
	RawBytes        int     `json:"raw_bytes"` // of all BlockResponses, before compression
	MultiPart       []int64 `json:"multi_part_heights"`
	ValidatorChange []int64 `json:"validator_change_heights"` // validators_hash differs from the height before
	Evidence        []int64 `json:"evidence_heights"`
	LaterRound      []int64 `json:"later_round_commit_heights"` // the commit *for* this height is of a round above 0
	NilVotes        []int64 `json:"nil_vote_commit_heights"`
	AbsentVotes     []int64 `json:"absent_vote_commit_heights"`
	Extended        []int64 `json:"ext_commit_heights"`
}

// Recording is a chain in memory.
type Recording struct {
	Genesis    *types.GenesisDoc
	Responses  [][]byte // encoded BlockResponse of height 1 and up
	Validators []ValidatorSet
	Meta       Meta
}

// Load reads a recording without checking what it says; Check does that.
func Load(dir string) (*Recording, error) {
	genesis, err := types.GenesisDocFromFile(filepath.Join(dir, GenesisFile))
	if err != nil {
		return nil, err
	}
	recording := &Recording{Genesis: genesis}
	if err := readJSON(filepath.Join(dir, ValidatorsFile), &recording.Validators); err != nil {
		return nil, err
	}
	if err := readJSON(filepath.Join(dir, MetaFile), &recording.Meta); err != nil {
		return nil, err
	}
	packed, err := os.Open(filepath.Join(dir, BlocksFile))
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	recording.Responses, err = readRecords(packed)
	return recording, err
}

// Save writes the recording into dir, which is created.
func (r *Recording) Save(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, response := range r.Responses {
		if _, err := writer.Write(append(binary.AppendUvarint(nil, uint64(len(response))), response...)); err != nil {
			return err
		}
	}
	if err := writer.Close(); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, BlocksFile), packed.Bytes(), 0o644),
		r.Genesis.SaveAs(filepath.Join(dir, GenesisFile)),
		writeJSON(filepath.Join(dir, ValidatorsFile), r.Validators),
		writeJSON(filepath.Join(dir, MetaFile), r.Meta),
	)
}

// Response decodes the BlockResponse of a height; nil if it is not recorded.
func (r *Recording) Response(height int64) (*bcproto.BlockResponse, error) {
	if height < 1 || height > int64(len(r.Responses)) {
		return nil, nil
	}
	response := new(bcproto.BlockResponse)
	if err := response.Unmarshal(r.Responses[height-1]); err != nil {
		return nil, fmt.Errorf("height %d: %w", height, err)
	}
	return response, nil
}

func readRecords(packed io.Reader) ([][]byte, error) {
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	reader := bufio.NewReader(unpacked)
	var records [][]byte
	for {
		size, err := binary.ReadUvarint(reader)
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		if size > maxResponseBytes {
			return nil, fmt.Errorf("record %d: %d bytes are more than %d", len(records), size, maxResponseBytes)
		}
		record := make([]byte, size)
		if _, err := io.ReadFull(reader, record); err != nil {
			return nil, fmt.Errorf("record %d: %w", len(records), err)
		}
		records = append(records, record)
	}
}

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func writeJSON(path string, value any) error {
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
