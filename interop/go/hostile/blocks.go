package main

import (
	"context"
	"errors"
	"flag"

	"comet-libp2p/interop/internal/chain"

	"github.com/cometbft/cometbft/blocksync"
	"github.com/cometbft/cometbft/lp2p"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
	"github.com/cometbft/cometbft/types"

	bcproto "github.com/cometbft/cometbft/proto/tendermint/blocksync"
)

// blockServer answers block sync as the real reactor does, out of a recording.
type blockServer struct {
	*listener
	recording *chain.Recording
	claim     int64  // height told in StatusResponse
	chainID   string // replaces the one in the headers if not empty
	corrupt   int64  // height whose last_commit gets a wrong signature
}

func blocksCommand(set *flag.FlagSet) func(context.Context, *options) error {
	dir := set.String("chain-dir", "../../test/fixtures/chain-ext", "recording to serve")
	chainID := set.String("chain-id", "", "put this chain id into the headers")
	claim := set.Int64("height", 0, "height to claim; 0 for the recording's")
	corrupt := set.Int64("corrupt", 0, "flip a bit in a signature of this block's last_commit")
	return func(ctx context.Context, o *options) error {
		recording, err := chain.Load(*dir)
		if err != nil {
			return err
		}
		server := &blockServer{recording: recording, claim: *claim, chainID: *chainID, corrupt: *corrupt}
		if server.claim == 0 {
			server.claim = int64(len(recording.Responses))
		}
		server.listener = newListener("BLOCKSYNC", []*conn.ChannelDescriptor{standardChannels[6]})
		server.receive = server.answer
		server.added = func(peer p2p.Peer) { server.sendStatus(peer) }
		n, err := startNode(o, lp2p.SwitchReactor{Reactor: server, Name: "BLOCKSYNC"}, quiet(blocksync.BlocksyncChannel))
		if err != nil {
			return err
		}
		defer n.stop()
		<-ctx.Done()
		return nil
	}
}

func (s *blockServer) answer(envelope p2p.Envelope) {
	switch message := envelope.Message.(type) {
	case *bcproto.StatusRequest:
		emit("status_request", fields{"sent": s.sendStatus(envelope.Src)})
	case *bcproto.BlockRequest:
		response, err := s.block(message.Height)
		reply := p2p.Envelope{ChannelID: blocksync.BlocksyncChannel, Message: response}
		if response == nil {
			reply.Message = &bcproto.NoBlockResponse{Height: message.Height}
		}
		emit("block_request", fields{"height": message.Height, "have": response != nil, "sent": envelope.Src.Send(reply), "error": textOf(err)})
	default:
		s.reportOnce(envelope)
	}
}

func (s *blockServer) sendStatus(peer p2p.Peer) bool {
	return peer.Send(p2p.Envelope{ChannelID: blocksync.BlocksyncChannel, Message: &bcproto.StatusResponse{Base: 1, Height: s.claim}})
}

func (s *blockServer) block(height int64) (*bcproto.BlockResponse, error) {
	response, err := s.recording.Response(height)
	if response == nil || err != nil {
		return nil, err
	}
	if s.chainID != "" {
		response.Block.Header.ChainID = s.chainID
	}
	if height == s.corrupt {
		return response, corruptCommit(response)
	}
	return response, nil
}

// corruptCommit spoils one signature and then makes the header agree with the spoilt commit, so that nothing but checking
// signatures can find it.
func corruptCommit(response *bcproto.BlockResponse) error {
	commit := response.Block.LastCommit
	if commit == nil || len(commit.Signatures) == 0 {
		return errors.New("this block has no commit to corrupt")
	}
	for i := range commit.Signatures {
		if len(commit.Signatures[i].Signature) > 0 {
			commit.Signatures[i].Signature[0] ^= 1
			break
		}
	}
	parsed, err := types.CommitFromProto(commit)
	if err != nil {
		return err
	}
	response.Block.Header.LastCommitHash = parsed.Hash()
	return nil
}
