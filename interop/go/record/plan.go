package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"time"

	"comet-libp2p/interop/internal/chain"

	bcproto "github.com/cometbft/cometbft/proto/tendermint/blocksync"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/rpc/client/http"
	"github.com/cometbft/cometbft/types"
	cmttime "github.com/cometbft/cometbft/types/time"
)

// change is a validator transaction: from about height `at`+3 on, `who` has `power` (0 removes it).
type change struct {
	at    int64
	who   string
	power int64
}

// plan says what a variant records. Powers are chosen so that bob's late prevote decides the polka that carol is too hasty
// to wait for, while the chain can always do without carol, and without dave's vote, and without the ghosts.
type plan struct {
	fixture        string
	chainID        string
	heights        int64
	extensionsFrom int64
	members        []member
	changes        []change
	evidenceAt     int64 // height at which `mallory` is reported to have voted twice; 0 for none
}

var plans = map[string]*plan{
	"main": {
		fixture: "chain",
		chainID: "recorded-main",
		heights: 330,
		members: append(founders(), member{name: "erin"}, member{name: "mallory", ghost: true}, member{name: "trudy", ghost: true}),
		changes: []change{
			{at: 30, who: "erin", power: 12},
			{at: 60, who: "dave", power: 17},
			{at: 90, who: "mallory", power: 5},
			{at: 140, who: "mallory", power: 0},
			{at: 140, who: "carol", power: 11},
			{at: 175, who: "erin", power: 0},
			{at: 205, who: "erin", power: 11}, // the same power as carol: the address decides the order
			{at: 235, who: "trudy", power: 1},
			{at: 255, who: "trudy", power: 0},
			{at: 285, who: "alice", power: 31},
		},
		evidenceAt: 115,
	},
	"ext": {
		fixture:        "chain-ext",
		chainID:        "recorded-ext",
		heights:        30,
		extensionsFrom: 8,
		members:        append(founders(), member{name: "erin"}, member{name: "trudy", ghost: true}),
		changes:        []change{{at: 4, who: "erin", power: 12}, {at: 14, who: "trudy", power: 1}, {at: 20, who: "erin", power: 0}},
	},
}

func founders() []member {
	return []member{
		{name: "alice", genesisPower: 30},
		{name: "bob", genesisPower: 25, slowPrevote: 40 * time.Millisecond},
		{name: "carol", genesisPower: 10, hasty: true},
		{name: "dave", genesisPower: 15, rejects: 3},
	}
}

func (p *plan) run(verbose bool) (*chain.Recording, error) {
	dir, err := os.MkdirTemp("", "record-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)

	genesis := &types.GenesisDoc{ChainID: p.chainID, GenesisTime: cmttime.Now(), InitialHeight: 1, ConsensusParams: types.DefaultConsensusParams()}
	genesis.ConsensusParams.ABCI.VoteExtensionsEnableHeight = p.extensionsFrom
	members := make([]*member, len(p.members))
	for i := range p.members {
		members[i] = &p.members[i]
	}
	net, err := startNetwork(dir, genesis, members, verbose)
	defer net.stop()
	if err != nil {
		return nil, err
	}
	client, err := http.New("http://"+net.rpc, "/websocket")
	if err != nil {
		return nil, err
	}
	if err := p.drive(net, client); err != nil {
		return nil, err
	}
	return p.collect(net, client)
}

// drive feeds the chain at every new height until one block more than is recorded exists.
func (p *plan) drive(net *network, client *http.HTTP) error {
	store := net.members[0].node.BlockStore()
	stuck := time.NewTimer(time.Minute)
	for seen := int64(0); seen <= p.heights; {
		select {
		case <-stuck.C:
			return fmt.Errorf("no block after height %d for a minute", seen)
		case <-time.After(5 * time.Millisecond):
		}
		for ; seen < store.Height(); seen++ {
			stuck.Reset(time.Minute)
			if err := p.feed(net, client, seen+1); err != nil {
				return fmt.Errorf("at height %d: %w", seen+1, err)
			}
		}
	}
	return nil
}

func (p *plan) feed(net *network, client *http.HTTP, height int64) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for _, tx := range transactions(height) {
		if _, err := client.BroadcastTxAsync(ctx, tx); err != nil {
			return err
		}
	}
	for _, change := range p.changes {
		if change.at != height {
			continue
		}
		key := net.find(change.who).signer.Key.PubKey
		tx := fmt.Sprintf("val=%s!%s!%d", key.Type(), base64.StdEncoding.EncodeToString(key.Bytes()), change.power)
		if result, err := client.BroadcastTxSync(ctx, []byte(tx)); err != nil || result.Code != 0 {
			return fmt.Errorf("validator transaction: %v, %v", result, err)
		}
	}
	if height == p.evidenceAt {
		return reportDoubleVote(ctx, net, client, net.find("mallory"), height)
	}
	return nil
}

// transactions makes what is submitted when a height is reached: nothing for every fifth, else 1 to 7 of 20 to 2000 bytes;
// now and then one that makes the block several parts long (compressible, for the fixture's sake), and once 200 small ones.
func transactions(height int64) [][]byte {
	var txs [][]byte
	switch {
	case height%5 == 0:
		return nil
	case height == 77:
		for i := range 200 {
			txs = append(txs, fmt.Appendf(nil, "small-%d=%d", i, height))
		}
	case height%64 == 1 && height > 1:
		txs = append(txs, append(fmt.Appendf(nil, "large-%d=", height), bytes.Repeat([]byte("All work and no play. "), int(height)*50)...))
	default:
		for i := range 1 + rand.IntN(7) {
			value := make([]byte, 5+rand.IntN(20)+rand.IntN(2)*rand.IntN(970))
			for j := range value {
				value[j] = byte(rand.Uint32())
			}
			txs = append(txs, fmt.Appendf(nil, "key-%d-%d=%x", height, i, value))
		}
	}
	return txs
}

// reportDoubleVote signs two prevotes of one round with a ghost's key and hands them in as evidence; the kvstore then takes
// one unit of power from the offender.
func reportDoubleVote(ctx context.Context, net *network, client *http.HTTP, offender *member, height int64) error {
	set, err := validatorsAt(ctx, client, height)
	if err != nil {
		return err
	}
	index, validator := set.GetByAddress(offender.signer.Key.Address)
	if validator == nil {
		return fmt.Errorf("%s is not a validator", offender.name)
	}
	meta := net.members[0].node.BlockStore().LoadBlockMeta(height)
	signer := types.NewMockPVWithParams(offender.signer.Key.PrivKey, false, false)
	var votes [2]*types.Vote
	for i, salt := range []byte{1, 2} {
		id := types.BlockID{Hash: bytes.Repeat([]byte{salt}, 32), PartSetHeader: types.PartSetHeader{Total: 1, Hash: bytes.Repeat([]byte{salt}, 32)}}
		if votes[i], err = types.MakeVote(signer, net.genesis.ChainID, index, height, 0, cmtproto.PrevoteType, id, cmttime.Now()); err != nil {
			return err
		}
	}
	evidence, err := types.NewDuplicateVoteEvidence(votes[0], votes[1], meta.Header.Time, set)
	if err != nil {
		return err
	}
	_, err = client.BroadcastEvidence(ctx, evidence)
	return err
}

// collect reads the finished chain as the block sync reactor's respondToPeer does.
func (p *plan) collect(net *network, client *http.HTTP) (*chain.Recording, error) {
	store := net.members[0].node.BlockStore()
	recording := &chain.Recording{Genesis: net.genesis, Meta: chain.Meta{ChainID: p.chainID, FirstHeight: 1, LastHeight: p.heights, Module: moduleVersion()}}
	var validatorsHash []byte
	for height := int64(1); height <= p.heights; height++ {
		response := bcproto.BlockResponse{Block: store.LoadBlockProto(height)}
		if net.genesis.ConsensusParams.ABCI.VoteExtensionsEnabled(height) {
			response.ExtCommit = store.LoadBlockExtendedCommit(height).ToProto()
		}
		encoded, err := response.Marshal()
		if err != nil {
			return nil, err
		}
		recording.Responses = append(recording.Responses, encoded)
		meta := store.LoadBlockMeta(height)
		recording.Meta.BlockHashes = append(recording.Meta.BlockHashes, hex.EncodeToString(meta.BlockID.Hash))
		recording.Meta.TxCount += meta.NumTxs
		if !bytes.Equal(validatorsHash, meta.Header.ValidatorsHash) {
			validatorsHash = meta.Header.ValidatorsHash
			set, err := validatorsAt(context.Background(), client, height)
			if err != nil {
				return nil, err
			}
			recording.Validators = append(recording.Validators, describe(height, set))
		}
	}
	return recording, nil
}

// validatorsAt asks RPC /validators; a chain here has fewer than a page of them.
func validatorsAt(ctx context.Context, client *http.HTTP, height int64) (*types.ValidatorSet, error) {
	page, perPage := 1, 100
	result, err := client.Validators(ctx, &height, &page, &perPage)
	if err != nil {
		return nil, err
	}
	return types.ValidatorSetFromExistingValidators(result.Validators)
}

func describe(height int64, set *types.ValidatorSet) chain.ValidatorSet {
	described := chain.ValidatorSet{Height: height, Hash: hex.EncodeToString(set.Hash())}
	for _, validator := range set.Validators {
		described.Validators = append(described.Validators, chain.Validator{PubKey: validator.PubKey.Bytes(), Power: validator.VotingPower, ProposerPriority: validator.ProposerPriority})
	}
	return described
}

func (n *network) find(name string) *member {
	for _, m := range n.members {
		if m.name == name {
			return m
		}
	}
	panic("the plan names nobody called " + name)
}

func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == "github.com/cometbft/cometbft" {
				return dependency.Path + "@" + dependency.Version
			}
		}
	}
	return ""
}
