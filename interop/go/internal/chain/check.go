package chain

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/cometbft/cometbft/crypto/ed25519"
	bcproto "github.com/cometbft/cometbft/proto/tendermint/blocksync"
	"github.com/cometbft/cometbft/types"
)

// Check verifies a recording with CometBFT's own code, block by block as a syncing node would, and returns what it found.
// The last block's commit is not in any recorded block, so that block is checked up to its hash only.
func (r *Recording) Check() (Contents, error) {
	var contents Contents
	if len(r.Responses) == 0 || len(r.Validators) == 0 || r.Validators[0].Height != 1 {
		return contents, errors.New("blocks and the validators of height 1 are required")
	}
	walk := &walk{recording: r, contents: &contents}
	for i, encoded := range r.Responses {
		if err := walk.step(int64(i)+1, encoded); err != nil {
			return contents, fmt.Errorf("height %d: %w", i+1, err)
		}
	}
	if walk.nextSet != len(r.Validators) {
		return contents, fmt.Errorf("validators.json has %d sets, %d are used", len(r.Validators), walk.nextSet)
	}
	return contents, nil
}

// walk is the state of Check between two blocks.
type walk struct {
	recording *Recording
	contents  *Contents

	nextSet           int // index into recording.Validators
	validators        *types.ValidatorSet
	block             *types.Block // the block before
	blockID           types.BlockID
	extCommit         *types.ExtendedCommit
	previous          *types.ValidatorSet
	promisedNextValid []byte
}

func (w *walk) step(height int64, encoded []byte) error {
	response := new(bcproto.BlockResponse)
	if err := response.Unmarshal(encoded); err != nil {
		return err
	}
	again, err := response.Marshal()
	if err != nil {
		return err
	}
	if !bytes.Equal(encoded, again) {
		return errors.New("encodes differently from what was recorded")
	}
	block, err := types.BlockFromProto(response.Block)
	if err != nil {
		return err
	}
	if block.Height != height || block.ChainID != w.recording.Genesis.ChainID {
		return fmt.Errorf("block is of height %d of chain %q", block.Height, block.ChainID)
	}
	if err := w.takeSet(block); err != nil {
		return err
	}
	if err := w.verifyPrevious(block); err != nil {
		return err
	}
	return w.remember(block, response, len(encoded))
}

// takeSet moves on to the next recorded validator set if there is one for this height, and compares the hashes.
func (w *walk) takeSet(block *types.Block) error {
	w.previous = w.validators
	if sets := w.recording.Validators; w.nextSet < len(sets) && sets[w.nextSet].Height == block.Height {
		members := make([]*types.Validator, len(sets[w.nextSet].Validators))
		for i, member := range sets[w.nextSet].Validators {
			members[i] = types.NewValidator(ed25519.PubKey(member.PubKey), member.Power)
		}
		set, err := types.ValidatorSetFromExistingValidators(members)
		if err != nil {
			return err
		}
		if got := hex.EncodeToString(set.Hash()); got != sets[w.nextSet].Hash {
			return fmt.Errorf("validators hash to %s, not to %s", got, sets[w.nextSet].Hash)
		}
		w.validators = set
		w.nextSet++
	}
	if !bytes.Equal(w.validators.Hash(), block.ValidatorsHash) {
		return errors.New("validators.json has another set than the header")
	}
	if w.promisedNextValid != nil && !bytes.Equal(w.promisedNextValid, block.ValidatorsHash) {
		return errors.New("next_validators_hash of the block before names another set")
	}
	return nil
}

func (w *walk) verifyPrevious(block *types.Block) error {
	if w.block == nil {
		return nil
	}
	height := w.block.Height
	if !block.LastBlockID.Equals(w.blockID) {
		return errors.New("last_block_id is not the block before")
	}
	if err := w.previous.VerifyCommit(block.ChainID, w.blockID, height, block.LastCommit); err != nil {
		return err
	}
	if w.extCommit != nil {
		if err := w.previous.VerifyCommitExtended(block.ChainID, w.blockID, height, w.extCommit); err != nil {
			return err
		}
	}
	if block.LastCommit.Round > 0 {
		w.contents.LaterRound = append(w.contents.LaterRound, height)
	}
	var absent, nils bool
	for _, signature := range block.LastCommit.Signatures {
		absent = absent || signature.BlockIDFlag == types.BlockIDFlagAbsent
		nils = nils || signature.BlockIDFlag == types.BlockIDFlagNil
	}
	if absent {
		w.contents.AbsentVotes = append(w.contents.AbsentVotes, height)
	}
	if nils {
		w.contents.NilVotes = append(w.contents.NilVotes, height)
	}
	return nil
}

func (w *walk) remember(block *types.Block, response *bcproto.BlockResponse, size int) error {
	parts, err := block.MakePartSet(types.BlockPartSizeBytes)
	if err != nil {
		return err
	}
	hash := hex.EncodeToString(block.Hash())
	if recorded := w.recording.Meta.BlockHashes; int(block.Height) > len(recorded) || recorded[block.Height-1] != hash {
		return fmt.Errorf("hash %s is not meta.json's", hash)
	}
	w.extCommit = nil
	if response.ExtCommit != nil {
		if w.extCommit, err = types.ExtendedCommitFromProto(response.ExtCommit); err != nil {
			return err
		}
		w.contents.Extended = append(w.contents.Extended, block.Height)
	}
	if enabled := w.recording.Genesis.ConsensusParams.ABCI.VoteExtensionsEnabled(block.Height); enabled != (w.extCommit != nil) {
		return fmt.Errorf("ext_commit present: %t, vote extensions enabled: %t", w.extCommit != nil, enabled)
	}
	if parts.Total() > 1 {
		w.contents.MultiPart = append(w.contents.MultiPart, block.Height)
	}
	if len(block.Evidence.Evidence) > 0 {
		w.contents.Evidence = append(w.contents.Evidence, block.Height)
	}
	if w.block != nil && !bytes.Equal(w.block.ValidatorsHash, block.ValidatorsHash) {
		w.contents.ValidatorChange = append(w.contents.ValidatorChange, block.Height)
	}
	if len(block.Txs) == 0 {
		w.contents.EmptyBlocks++
	}
	w.contents.RawBytes += size
	w.block, w.promisedNextValid = block, block.NextValidatorsHash
	w.blockID = types.BlockID{Hash: block.Hash(), PartSetHeader: parts.Header()}
	return nil
}
