package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	cfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/lp2p"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/types"
	cmttime "github.com/cometbft/cometbft/types/time"
)

// homesPlan is what the flags of `cometnode homes` ask for.
type homesPlan struct {
	dir              string
	chainID          string
	validators, full int
	bootstrap        []string
	mesh, persistent bool
	timeoutCommit    time.Duration
	emptyBlocks      bool
	extensionsHeight int64
	proxyApp         string
	limitsMode       string
	classic          bool
	basePort         int
}

// homeInfo is one line of what a test has to know to start a node and to meet it.
type homeInfo struct {
	Home      string `json:"home"`
	Moniker   string `json:"moniker"`
	Validator bool   `json:"validator"`
	RPC       string `json:"rpc"`       // http://host:port
	P2P       string `json:"p2p"`       // host:port, UDP with libp2p and TCP without
	NodeID    string `json:"node_id"`   // 40 hex digits
	PeerID    string `json:"peer_id"`   // base58
	Multiaddr string `json:"multiaddr"` // what a libp2p host dials
}

func newHomesCmd() *cobra.Command {
	var plan homesPlan
	cmd := &cobra.Command{
		Use:   "homes",
		Short: "Write the homes of a small libp2p chain on loopback and print them as JSON",
		Args:  cobra.NoArgs,
		// Replaces the root's hook, which would create a default home in the user's directory.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		SilenceUsage:      true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			homes, err := plan.write()
			if err != nil {
				return err
			}
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			return encoder.Encode(map[string]any{"chain_id": plan.chainID, "nodes": homes})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&plan.dir, "dir", "", "directory to write node0, node1, ... into (must not hold them yet)")
	flags.StringVar(&plan.chainID, "chain-id", "interop", "chain id")
	flags.IntVar(&plan.validators, "validators", 1, "number of validators, each of power 10")
	flags.IntVar(&plan.full, "full", 0, "number of full nodes that do not validate")
	flags.StringArrayVar(&plan.bootstrap, "bootstrap", nil, "HOST:PORT,PEERID of a further bootstrap peer of every node (repeatable)")
	flags.BoolVar(&plan.mesh, "mesh", true, "make the nodes bootstrap peers of each other")
	flags.BoolVar(&plan.persistent, "persistent", true, "mark bootstrap peers as persistent")
	flags.DurationVar(&plan.timeoutCommit, "timeout-commit", 100*time.Millisecond, "consensus.timeout_commit")
	flags.BoolVar(&plan.emptyBlocks, "empty-blocks", true, "consensus.create_empty_blocks")
	flags.Int64Var(&plan.extensionsHeight, "extensions-height", 0, "first height with vote extensions; 0 for none")
	flags.StringVar(&plan.proxyApp, "proxy-app", "persistent_kvstore", "kvstore or persistent_kvstore, or an address")
	flags.StringVar(&plan.limitsMode, "limits", cfg.LibP2PLimitsModeDefault, "p2p.libp2p.limits.mode: default or disabled")
	flags.BoolVar(&plan.classic, "classic", false, "the classic stack (TCP, SecretConnection) instead of libp2p")
	flags.IntVar(&plan.basePort, "base-port", 0, "first of two consecutive ports for each node; 0 for free ones")
	return cmd
}

func (plan *homesPlan) write() ([]homeInfo, error) {
	count := plan.validators + plan.full
	if plan.dir == "" || plan.validators < 1 || plan.full < 0 {
		return nil, errors.New("--dir and at least one validator are required")
	}
	ports, err := plan.ports(2 * count)
	if err != nil {
		return nil, err
	}

	configs := make([]*cfg.Config, count)
	homes := make([]homeInfo, count)
	genesis := &types.GenesisDoc{ChainID: plan.chainID, GenesisTime: cmttime.Now(), InitialHeight: 1, ConsensusParams: types.DefaultConsensusParams()}
	genesis.ConsensusParams.ABCI.VoteExtensionsEnableHeight = plan.extensionsHeight
	for i := range count {
		configs[i], homes[i], err = plan.writeKeys(i, ports[2*i], ports[2*i+1], genesis)
		if err != nil {
			return nil, err
		}
	}
	for i, config := range configs {
		if err := genesis.SaveAs(config.GenesisFile()); err != nil {
			return nil, err
		}
		if err := plan.addPeers(config, homes, i); err != nil {
			return nil, err
		}
		cfg.WriteConfigFile(filepath.Join(config.RootDir, cfg.DefaultConfigDir, cfg.DefaultConfigFileName), config)
	}
	return homes, nil
}

func (plan *homesPlan) writeKeys(i, p2pPort, rpcPort int, genesis *types.GenesisDoc) (*cfg.Config, homeInfo, error) {
	info := homeInfo{Moniker: fmt.Sprintf("node%d", i), Validator: i < plan.validators}
	info.Home = filepath.Join(plan.dir, info.Moniker)
	if _, err := os.Stat(info.Home); err == nil {
		return nil, info, fmt.Errorf("%s exists already", info.Home)
	}
	cfg.EnsureRoot(info.Home)
	config := plan.config(info.Moniker, p2pPort, rpcPort).SetRoot(info.Home)

	nodeKey, err := p2p.LoadOrGenNodeKey(config.NodeKeyFile())
	if err != nil {
		return nil, info, err
	}
	peerID, err := lp2p.IDFromPrivateKey(nodeKey.PrivKey)
	if err != nil {
		return nil, info, err
	}
	signer := privval.LoadOrGenFilePV(config.PrivValidatorKeyFile(), config.PrivValidatorStateFile())
	if info.Validator {
		genesis.Validators = append(genesis.Validators, types.GenesisValidator{PubKey: signer.Key.PubKey, Address: signer.Key.Address, Power: 10, Name: info.Moniker})
	}
	info.RPC = fmt.Sprintf("http://127.0.0.1:%d", rpcPort)
	info.P2P = fmt.Sprintf("127.0.0.1:%d", p2pPort)
	info.NodeID = string(nodeKey.ID())
	info.PeerID = peerID.String()
	info.Multiaddr = fmt.Sprintf("/ip4/127.0.0.1/udp/%d/quic-v1/p2p/%s", p2pPort, info.PeerID)
	return config, info, nil
}

func (plan *homesPlan) config(moniker string, p2pPort, rpcPort int) *cfg.Config {
	config := cfg.DefaultConfig()
	config.Moniker = moniker
	config.ProxyApp = plan.proxyApp
	config.P2P.ListenAddress = fmt.Sprintf("tcp://127.0.0.1:%d", p2pPort)
	config.P2P.AddrBookStrict = false
	config.P2P.AllowDuplicateIP = true
	config.P2P.LibP2PConfig.Enabled = !plan.classic
	config.P2P.LibP2PConfig.Limits.Mode = plan.limitsMode
	config.RPC.ListenAddress = fmt.Sprintf("tcp://127.0.0.1:%d", rpcPort)
	config.Consensus.TimeoutPropose = 500 * time.Millisecond
	config.Consensus.TimeoutProposeDelta = 100 * time.Millisecond
	config.Consensus.TimeoutPrevote = 200 * time.Millisecond
	config.Consensus.TimeoutPrecommit = 200 * time.Millisecond
	config.Consensus.TimeoutCommit = plan.timeoutCommit
	config.Consensus.CreateEmptyBlocks = plan.emptyBlocks
	config.Consensus.PeerGossipSleepDuration = 20 * time.Millisecond
	return config
}

func (plan *homesPlan) addPeers(config *cfg.Config, homes []homeInfo, self int) error {
	var classic []string
	for i, home := range homes {
		if i == self || !plan.mesh {
			continue
		}
		classic = append(classic, home.NodeID+"@"+home.P2P)
		config.P2P.LibP2PConfig.BootstrapPeers = append(config.P2P.LibP2PConfig.BootstrapPeers, cfg.LibP2PBootstrapPeer{Host: home.P2P, ID: home.PeerID, Persistent: plan.persistent})
	}
	if plan.classic {
		config.P2P.PersistentPeers = strings.Join(append(classic, plan.bootstrap...), ",")
		config.P2P.LibP2PConfig.BootstrapPeers = nil
		return nil
	}
	for _, entry := range plan.bootstrap {
		host, id, ok := strings.Cut(entry, ",")
		if !ok {
			return fmt.Errorf("--bootstrap %q is not HOST:PORT,PEERID", entry)
		}
		config.P2P.LibP2PConfig.BootstrapPeers = append(config.P2P.LibP2PConfig.BootstrapPeers, cfg.LibP2PBootstrapPeer{Host: host, ID: id, Persistent: plan.persistent})
	}
	return config.P2P.ValidateBasic()
}

// ports returns n ports, either consecutive ones or ones that are free for both UDP and TCP right now.
func (plan *homesPlan) ports(n int) ([]int, error) {
	ports := make([]int, n)
	for i := range ports {
		if plan.basePort != 0 {
			ports[i] = plan.basePort + i
			continue
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close() // held until all are chosen, so that none is given twice
		ports[i] = listener.Addr().(*net.TCPAddr).Port
		packets, err := net.ListenPacket("udp", fmt.Sprintf("127.0.0.1:%d", ports[i]))
		if err != nil {
			return nil, err
		}
		defer packets.Close()
	}
	return ports, nil
}
