package main

import (
	"sort"
	"strings"

	abci "github.com/cometbft/cometbft/abci/types"
	blocksync "github.com/cometbft/cometbft/proto/tendermint/blocksync"
	consensus "github.com/cometbft/cometbft/proto/tendermint/consensus"
	crypto "github.com/cometbft/cometbft/proto/tendermint/crypto"
	bits "github.com/cometbft/cometbft/proto/tendermint/libs/bits"
	mempool "github.com/cometbft/cometbft/proto/tendermint/mempool"
	p2p "github.com/cometbft/cometbft/proto/tendermint/p2p"
	statesync "github.com/cometbft/cometbft/proto/tendermint/statesync"
	types "github.com/cometbft/cometbft/proto/tendermint/types"
	version "github.com/cometbft/cometbft/proto/tendermint/version"
	"github.com/cosmos/gogoproto/proto"
	gogotypes "github.com/cosmos/gogoproto/types"
)

// message is what all generated types have.
type message interface {
	proto.Message
	Marshal() ([]byte, error)
	Unmarshal([]byte) error
}

// registry makes an empty message of each type that the TypeScript side has a codec for.
var registry = map[string]func() message{
	"google.protobuf.Timestamp":                  func() message { return &gogotypes.Timestamp{} },
	"google.protobuf.Duration":                   func() message { return &gogotypes.Duration{} },
	"google.protobuf.BytesValue":                 func() message { return &gogotypes.BytesValue{} },
	"google.protobuf.StringValue":                func() message { return &gogotypes.StringValue{} },
	"google.protobuf.Int64Value":                 func() message { return &gogotypes.Int64Value{} },
	"tendermint.abci.ExecTxResult":               func() message { return &abci.ExecTxResult{} },
	"tendermint.blocksync.Message":               func() message { return &blocksync.Message{} },
	"tendermint.consensus.Message":               func() message { return &consensus.Message{} },
	"tendermint.crypto.Proof":                    func() message { return &crypto.Proof{} },
	"tendermint.crypto.PublicKey":                func() message { return &crypto.PublicKey{} },
	"tendermint.libs.bits.BitArray":              func() message { return &bits.BitArray{} },
	"tendermint.mempool.Message":                 func() message { return &mempool.Message{} },
	"tendermint.p2p.DefaultNodeInfo":             func() message { return &p2p.DefaultNodeInfo{} },
	"tendermint.p2p.Message":                     func() message { return &p2p.Message{} },
	"tendermint.statesync.Message":               func() message { return &statesync.Message{} },
	"tendermint.types.Block":                     func() message { return &types.Block{} },
	"tendermint.types.BlockID":                   func() message { return &types.BlockID{} },
	"tendermint.types.CanonicalBlockID":          func() message { return &types.CanonicalBlockID{} },
	"tendermint.types.CanonicalPartSetHeader":    func() message { return &types.CanonicalPartSetHeader{} },
	"tendermint.types.CanonicalProposal":         func() message { return &types.CanonicalProposal{} },
	"tendermint.types.CanonicalVote":             func() message { return &types.CanonicalVote{} },
	"tendermint.types.CanonicalVoteExtension":    func() message { return &types.CanonicalVoteExtension{} },
	"tendermint.types.Commit":                    func() message { return &types.Commit{} },
	"tendermint.types.CommitSig":                 func() message { return &types.CommitSig{} },
	"tendermint.types.ConsensusParams":           func() message { return &types.ConsensusParams{} },
	"tendermint.types.Data":                      func() message { return &types.Data{} },
	"tendermint.types.DuplicateVoteEvidence":     func() message { return &types.DuplicateVoteEvidence{} },
	"tendermint.types.Evidence":                  func() message { return &types.Evidence{} },
	"tendermint.types.EvidenceList":              func() message { return &types.EvidenceList{} },
	"tendermint.types.ExtendedCommit":            func() message { return &types.ExtendedCommit{} },
	"tendermint.types.ExtendedCommitSig":         func() message { return &types.ExtendedCommitSig{} },
	"tendermint.types.HashedParams":              func() message { return &types.HashedParams{} },
	"tendermint.types.Header":                    func() message { return &types.Header{} },
	"tendermint.types.LightBlock":                func() message { return &types.LightBlock{} },
	"tendermint.types.LightClientAttackEvidence": func() message { return &types.LightClientAttackEvidence{} },
	"tendermint.types.Part":                      func() message { return &types.Part{} },
	"tendermint.types.PartSetHeader":             func() message { return &types.PartSetHeader{} },
	"tendermint.types.Proposal":                  func() message { return &types.Proposal{} },
	"tendermint.types.SignedHeader":              func() message { return &types.SignedHeader{} },
	"tendermint.types.SimpleValidator":           func() message { return &types.SimpleValidator{} },
	"tendermint.types.Validator":                 func() message { return &types.Validator{} },
	"tendermint.types.ValidatorSet":              func() message { return &types.ValidatorSet{} },
	"tendermint.types.Vote":                      func() message { return &types.Vote{} },
	"tendermint.version.Consensus":               func() message { return &version.Consensus{} },
}

func typeNames() []string {
	names := make([]string, 0, len(registry))
	for name := range registry {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// undetermined are the fields of ExecTxResult that no hash covers; the TypeScript type does not have them.
var undetermined = map[string]bool{"log": true, "info": true, "events": true, "codespace": true}

// isComparable tells whether bytes of this type can be judged: gogoproto's own google types keep unknown fields, and ExecTxResult knows more fields than we do.
func isComparable(name string) bool {
	return !strings.HasPrefix(name, "google.") && name != "tendermint.abci.ExecTxResult"
}
