package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/cometbft/cometbft/abci/example/kvstore"
	abci "github.com/cometbft/cometbft/abci/types"
	cfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/types"
)

// member is one validator of the chain, in genesis or later.
type member struct {
	name         string
	genesisPower int64
	ghost        bool          // has a key but no node: never votes, and its turns to propose time out
	slowPrevote  time.Duration // signs every third height's prevote this late
	hasty        bool          // precommits nil as soon as prevotes of any kind make up 2/3
	rejects      int64         // refuses the proposals of every height divisible by this; 0 for none

	signer *privval.FilePV
	node   *node.Node
}

// app is the kvstore with opinions: it can refuse proposals and it fills vote extensions.
type app struct {
	*kvstore.Application
	member *member
}

// ProcessProposal refuses now and then, so that nil prevotes (and, with a hasty member, nil precommits) come about.
func (a *app) ProcessProposal(ctx context.Context, req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	if a.member.rejects != 0 && req.Height%a.member.rejects == 0 {
		return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_REJECT}, nil
	}
	return a.Application.ProcessProposal(ctx, req)
}

// ExtendVote is asked only where the genesis enables extensions. Every fourth one is empty, which is signed all the same.
func (a *app) ExtendVote(_ context.Context, req *abci.RequestExtendVote) (*abci.ResponseExtendVote, error) {
	if req.Height%4 == 0 {
		return &abci.ResponseExtendVote{}, nil
	}
	return &abci.ResponseExtendVote{VoteExtension: fmt.Appendf(nil, "%s says %d", a.member.name, req.Height)}, nil
}

// lateSigner delays some prevotes, as a remote signer would.
type lateSigner struct {
	types.PrivValidator
	delay time.Duration
}

func (s lateSigner) SignVote(chainID string, vote *cmtproto.Vote) error {
	if vote.Type == cmtproto.PrevoteType && vote.Height%3 == 0 {
		time.Sleep(s.delay)
	}
	return s.PrivValidator.SignVote(chainID, vote)
}

// network is the running chain. members[0] is the one that is asked and recorded.
type network struct {
	dir     string
	rpc     string
	genesis *types.GenesisDoc
	members []*member
}

// startNetwork runs a node for every member that is not a ghost, all connected over the classic stack: what is recorded
// does not depend on the stack, and that one does not lose messages.
func startNetwork(dir string, genesis *types.GenesisDoc, members []*member, verbose bool) (*network, error) {
	n := &network{dir: dir, genesis: genesis, members: members}
	configs := make([]*cfg.Config, len(members))
	var peers string
	for i, m := range members {
		home := filepath.Join(dir, m.name)
		cfg.EnsureRoot(home)
		configs[i] = memberConfig(home, m)
		m.signer = privval.LoadOrGenFilePV(configs[i].PrivValidatorKeyFile(), configs[i].PrivValidatorStateFile())
		if m.genesisPower > 0 {
			genesis.Validators = append(genesis.Validators, types.GenesisValidator{PubKey: m.signer.Key.PubKey, Address: m.signer.Key.Address, Power: m.genesisPower, Name: m.name})
		}
		if m.ghost {
			continue
		}
		address, err := freeAddress()
		if err != nil {
			return n, err
		}
		key, err := p2p.LoadOrGenNodeKey(configs[i].NodeKeyFile())
		if err != nil {
			return n, err
		}
		configs[i].P2P.ListenAddress = "tcp://" + address
		configs[i].P2P.PersistentPeers = peers
		peers += fmt.Sprintf("%s@%s,", key.ID(), address)
	}
	var err error
	if n.rpc, err = freeAddress(); err != nil {
		return n, err
	}
	configs[0].RPC.ListenAddress = "tcp://" + n.rpc
	if err := genesis.ValidateAndComplete(); err != nil {
		return n, err
	}
	for i, m := range members {
		if m.ghost {
			continue
		}
		if err := n.startMember(m, configs[i], verbose); err != nil {
			return n, fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return n, nil
}

func (n *network) startMember(m *member, config *cfg.Config, verbose bool) error {
	key, err := p2p.LoadNodeKey(config.NodeKeyFile())
	if err != nil {
		return err
	}
	logger := log.NewNopLogger()
	if verbose {
		logger = log.NewFilter(log.NewTMLogger(log.NewSyncWriter(os.Stderr)), log.AllowError()).With("member", m.name)
	}
	var signer types.PrivValidator = m.signer
	if m.slowPrevote > 0 {
		signer = lateSigner{m.signer, m.slowPrevote}
	}
	application := &app{kvstore.NewInMemoryApplication(), m}
	m.node, err = node.NewNode(config, signer, key, proxy.NewLocalClientCreator(application),
		func() (*types.GenesisDoc, error) { return n.genesis, nil },
		cfg.DefaultDBProvider, node.DefaultMetricsProvider(config.Instrumentation), logger)
	if err != nil {
		return err
	}
	return m.node.Start()
}

// stop ends all nodes that were started; errors are of no interest any more.
func (n *network) stop() {
	for _, m := range n.members {
		if m.node != nil && m.node.IsRunning() {
			_ = m.node.Stop()
		}
	}
}

func memberConfig(home string, m *member) *cfg.Config {
	config := cfg.DefaultConfig().SetRoot(home)
	config.Moniker = m.name
	config.DBBackend = "memdb"
	config.RPC.ListenAddress = ""
	config.TxIndex.Indexer = "null"
	config.P2P.PexReactor = false
	config.P2P.AddrBookStrict = false
	config.P2P.AllowDuplicateIP = true
	config.Consensus.TimeoutPropose = 400 * time.Millisecond
	config.Consensus.TimeoutProposeDelta = 100 * time.Millisecond
	config.Consensus.TimeoutPrevote = 200 * time.Millisecond
	config.Consensus.TimeoutPrecommit = 200 * time.Millisecond
	config.Consensus.TimeoutCommit = 60 * time.Millisecond
	config.Consensus.PeerGossipSleepDuration = 10 * time.Millisecond
	if m.hasty {
		config.Consensus.TimeoutPrevote = time.Millisecond
	}
	return config
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
