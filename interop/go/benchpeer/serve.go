package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"syscall"
	"time"

	"comet-libp2p/interop/internal/classic"
)

// call and answer are those of bench/rpc.ts.
type call struct {
	ID       int             `json:"id"`
	Call     string          `json:"call"`
	Argument json.RawMessage `json:"argument,omitempty"`
}

type answer struct {
	ID     int    `json:"id"`
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

// counts is everything since the process began.
type counts struct {
	Messages int64 `json:"messages"`
	Bytes    int64 `json:"bytes"`
}

// measured is what arrived in one measurement. No latencies: nothing here says when it was made.
type measured struct {
	Seconds    float64   `json:"seconds"`
	Messages   int64     `json:"messages"`
	Bytes      int64     `json:"bytes"`
	CPUSeconds float64   `json:"cpuSeconds"`
	Latencies  []float64 `json:"latencies"`
}

// end is one process of a cell.
type end struct {
	reactor *reactor
	node    *classic.Node
	cpu     float64 // at cpuStart
}

// serve answers until stdin ends: whoever started it is gone then.
func serve(l load) error {
	e := &end{reactor: newReactor(l)}
	var err error
	options := classic.Options{Listen: l.listen, Network: l.network, Moniker: "benchpeer", PacketBytes: l.packetBytes, Rate: l.rate}
	if e.node, err = classic.Start(options, classic.Named{Name: "BENCH", Reactor: e.reactor}); err != nil {
		return err
	}
	answers := json.NewEncoder(os.Stdout)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var c call
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return fmt.Errorf("%q: %w", lines.Text(), err)
		}
		a := answer{ID: c.ID}
		if a.Result, err = e.do(c); err != nil {
			a.Error = err.Error()
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
	return nil
}

func (e *end) do(c call) (any, error) {
	switch c.Call {
	case "ready":
		return true, nil
	case "addresses":
		return []string{e.node.Address}, nil
	case "counts":
		return e.counts(), nil
	case "measure":
		var ms float64
		if err := json.Unmarshal(c.Argument, &ms); err != nil {
			return nil, err
		}
		return e.measure(time.Duration(ms * float64(time.Millisecond))), nil
	case "connect":
		var addresses []string
		if err := json.Unmarshal(c.Argument, &addresses); err != nil {
			return nil, err
		}
		return nil, e.node.Dial(addresses[0])
	case "start":
		return nil, e.reactor.start()
	case "stop":
		return e.reactor.stop(), nil
	case "cpuStart":
		e.cpu = cpuSeconds()
		return nil, nil
	case "cpuStop":
		return cpuSeconds() - e.cpu, nil
	}
	return nil, fmt.Errorf("no call %q", c.Call)
}

func (e *end) counts() counts {
	return counts{e.reactor.messages.Load(), e.reactor.bytes.Load()}
}

func (e *end) measure(length time.Duration) measured {
	cpu, before, start := cpuSeconds(), e.counts(), time.Now()
	time.Sleep(length)
	// read at once, whenever the timer came: the time that has passed is part of the result
	seconds, after := time.Since(start).Seconds(), e.counts()
	return measured{seconds, after.Messages - before.Messages, after.Bytes - before.Bytes, cpuSeconds() - cpu, []float64{}}
}

// cpuSeconds is what this process has used so far.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // only of a wrong argument
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}
