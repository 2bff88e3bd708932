// Command evidence makes a validator guilty: it signs two votes for different blocks of one height and round with the key of a
// node's home, and hands the proof to a node over RPC /broadcast_evidence. The node checks it as it would an honest one's and
// passes it on. One program serves all versions: their votes, keys and answers over RPC are the same, but for three names.
//
// A second node with the same key was rejected: whether and when it contradicts the first is luck.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	cmtjson "github.com/cometbft/cometbft/libs/json"
	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/rpc/client/http"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
	jsonrpc "github.com/cometbft/cometbft/rpc/jsonrpc/client"
	"github.com/cometbft/cometbft/types"
	cmttime "github.com/cometbft/cometbft/types/time"
)

// maxValidators is one page of RPC /validators.
const maxValidators = 100

func main() {
	home := flag.String("home", "", "home of the validator that is to be guilty")
	rpc := flag.String("rpc", "", "http://HOST:PORT of the node that is told")
	height := flag.Int64("height", 0, "height of the votes; 0 for the latest")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	evidence, err := report(ctx, *home, *rpc, *height)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"height":  evidence.Height(),
		"hash":    fmt.Sprintf("%X", evidence.Hash()),
		"address": evidence.VoteA.ValidatorAddress.String(),
	})
}

func report(ctx context.Context, home, rpc string, height int64) (*types.DuplicateVoteEvidence, error) {
	key, err := readKey(filepath.Join(home, "config", "priv_validator_key.json"))
	if err != nil {
		return nil, err
	}
	client, err := http.New(rpc, "/websocket")
	if err != nil {
		return nil, err
	}
	evidence, err := makeEvidence(ctx, client, key, height)
	if err != nil {
		return nil, err
	}
	return evidence, broadcast(ctx, rpc, evidence)
}

// broadcast calls /broadcast_evidence by hand: v1 has other names than v0 for three fields, and each passes over what it does not know.
func broadcast(ctx context.Context, rpc string, evidence *types.DuplicateVoteEvidence) error {
	text, err := cmtjson.Marshal(evidence)
	if err != nil {
		return err
	}
	var named struct {
		Type  string                     `json:"type"`
		Value map[string]json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(text, &named); err != nil {
		return err
	}
	for inV0, inV1 := range map[string]string{"TotalVotingPower": "total_voting_power", "ValidatorPower": "validator_power", "Timestamp": "timestamp"} {
		named.Value[inV1] = named.Value[inV0]
	}
	client, err := jsonrpc.New(rpc)
	if err != nil {
		return err
	}
	var result coretypes.ResultBroadcastEvidence
	_, err = client.Call(ctx, "broadcast_evidence", map[string]any{"evidence": named}, &result)
	return err
}

// makeEvidence proves two prevotes of round 0. Time and powers must be those of the chain at that height.
func makeEvidence(ctx context.Context, client *http.HTTP, key privval.FilePVKey, height int64) (*types.DuplicateVoteEvidence, error) {
	commit, err := client.Commit(ctx, nonZero(height))
	if err != nil {
		return nil, err
	}
	header := commit.Header
	perPage := maxValidators
	validators, err := client.Validators(ctx, &header.Height, nil, &perPage)
	if err != nil {
		return nil, err
	}
	set, err := types.ValidatorSetFromExistingValidators(validators.Validators)
	if err != nil {
		return nil, err
	}
	index, validator := set.GetByAddress(key.Address)
	if validator == nil {
		return nil, fmt.Errorf("%s is no validator at height %d", key.Address, header.Height)
	}
	signer := types.NewMockPVWithParams(key.PrivKey, false, false)
	var votes [2]*types.Vote
	for i, salt := range []byte{1, 2} {
		hash := bytes.Repeat([]byte{salt}, 32)
		id := types.BlockID{Hash: hash, PartSetHeader: types.PartSetHeader{Total: 1, Hash: hash}}
		if votes[i], err = types.MakeVote(signer, header.ChainID, index, header.Height, 0, cmtproto.PrevoteType, id, cmttime.Now()); err != nil {
			return nil, err
		}
	}
	return types.NewDuplicateVoteEvidence(votes[0], votes[1], header.Time, set)
}

func readKey(path string) (privval.FilePVKey, error) {
	var key privval.FilePVKey
	text, err := os.ReadFile(path)
	if err == nil {
		err = cmtjson.Unmarshal(text, &key)
	}
	return key, err
}

func nonZero(height int64) *int64 {
	if height == 0 {
		return nil
	}
	return &height
}
