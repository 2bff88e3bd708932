package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

const (
	// rampTime after the sender's start, so that pipes are full when counting begins; as in bench/harness.ts.
	rampTime = 100 * time.Millisecond
	// quietTimeout: what was sent arrives within this, or counts as lost.
	quietTimeout = 20 * time.Second
	// warmUp is discarded.
	warmUp = time.Second
)

// pair measures two processes of this program against each other.
type pair struct {
	rounds  int
	seconds float64
}

// figures is what is printed of a round.
type figures struct {
	Size          int     `json:"size"`
	Channels      int     `json:"channels"`
	PacketBytes   int     `json:"packetBytes"`
	MsgsPerSecond float64 `json:"msgsPerSecond"`
	MBPerSecond   float64 `json:"MBPerSecond"`
	SenderCPUUs   float64 `json:"senderCpuUs"`
	ReceiverCPUUs float64 `json:"receiverCpuUs"`
	Lost          int64   `json:"lost"`
}

func (p pair) run(l load) error {
	receiver, err := startWorker(l)
	if err != nil {
		return err
	}
	defer receiver.end()
	sender, err := startWorker(l)
	if err != nil {
		return err
	}
	defer sender.end()
	var addresses []string
	if err := errors.Join(receiver.call("addresses", nil, &addresses), sender.call("connect", addresses, nil)); err != nil {
		return err
	}
	if _, err := measureOnce(receiver, sender, l, warmUp); err != nil {
		return err
	}
	printer := json.NewEncoder(os.Stdout)
	for range p.rounds {
		found, err := measureOnce(receiver, sender, l, time.Duration(p.seconds*float64(time.Second)))
		if err != nil {
			return err
		}
		_ = printer.Encode(found)
	}
	return nil
}

func measureOnce(receiver, sender *worker, l load, length time.Duration) (figures, error) {
	found := figures{Size: l.size, Channels: l.channels, PacketBytes: l.packetBytes}
	var seen measured
	var cpu float64
	var sent int64
	if err := sender.call("start", nil, nil); err != nil {
		return found, err
	}
	time.Sleep(rampTime)
	if err := errors.Join(
		sender.call("cpuStart", nil, nil),
		receiver.call("measure", length.Milliseconds(), &seen),
		sender.call("cpuStop", nil, &cpu),
		sender.call("stop", nil, &sent),
	); err != nil {
		return found, err
	}
	messages := float64(seen.Messages)
	found.MsgsPerSecond, found.MBPerSecond = messages/seen.Seconds, float64(seen.Bytes)/1e6/seen.Seconds
	found.SenderCPUUs, found.ReceiverCPUUs = cpu*1e6/messages, seen.CPUSeconds*1e6/messages
	for deadline := time.Now().Add(quietTimeout); ; time.Sleep(5 * time.Millisecond) {
		var arrived counts
		if err := receiver.call("counts", nil, &arrived); err != nil {
			return found, err
		}
		found.Lost = sent - arrived.Messages
		if found.Lost <= 0 || time.Now().After(deadline) {
			return found, nil
		}
	}
}

// worker is an end in a process of its own.
type worker struct {
	process *exec.Cmd
	calls   *json.Encoder
	stdin   io.Closer
	answers *bufio.Scanner
	last    int
}

func startWorker(l load) (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	process := exec.Command(self, l.args()...)
	process.Stderr = os.Stderr
	stdin, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &worker{process: process, calls: json.NewEncoder(stdin), stdin: stdin, answers: bufio.NewScanner(stdout)}, process.Start()
}

func (w *worker) call(name string, argument, result any) error {
	text, err := json.Marshal(argument)
	if err != nil {
		return err
	}
	w.last++
	if err := w.calls.Encode(call{w.last, name, text}); err != nil {
		return err
	}
	if !w.answers.Scan() {
		return fmt.Errorf("%s: the process ended (%v)", name, w.answers.Err())
	}
	var found struct {
		Result json.RawMessage `json:"result"`
		Error  string          `json:"error"`
	}
	if err := json.Unmarshal(w.answers.Bytes(), &found); err != nil {
		return err
	}
	if found.Error != "" {
		return fmt.Errorf("%s: %s", name, found.Error)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(found.Result, result)
}

func (w *worker) end() {
	_ = w.stdin.Close()
	_ = w.process.Wait()
}
