package main

import (
	"errors"
	"net"
	"sync"
)

// errCut is what a writer sees beyond the cut, unless it is to see nothing.
var errCut = errors.New("cut on purpose")

// cutConn is a TCP connection whose writing ends at a chosen byte: with a reset, with a close, or in silence.
type cutConn struct {
	*net.TCPConn
	after int64  // bytes that still get through in all; below 0 for no cut
	how   string // reset, close or hang
	onCut func() // called once, when it comes to that

	mu      sync.Mutex
	written int64
	done    bool
}

var cutWays = map[string]bool{"reset": true, "close": true, "hang": true}

func (c *cutConn) Write(data []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		return c.beyond(data)
	}
	passing := data
	if c.after >= 0 && c.written+int64(len(data)) >= c.after {
		passing = data[:c.after-c.written]
	}
	n, err := c.TCPConn.Write(passing)
	c.written += int64(n)
	if err != nil || c.written != c.after {
		return n, err
	}
	c.cut()
	if n == len(data) {
		return n, nil
	}
	return c.beyond(data)
}

// beyond swallows what a hanging connection is given: its writer is to go on as if nothing were.
func (c *cutConn) beyond(data []byte) (int, error) {
	if c.how == "hang" {
		return len(data), nil
	}
	return 0, errCut
}

func (c *cutConn) cut() {
	c.done = true
	c.onCut()
	if c.how == "reset" {
		_ = c.SetLinger(0)
	}
	if c.how != "hang" {
		_ = c.TCPConn.Close()
	}
}

// cutAtOnce is for a cut before the first byte, which no write reaches.
func (c *cutConn) cutAtOnce() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.after == 0 && !c.done {
		c.cut()
	}
}

func (c *cutConn) bytesWritten() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.written
}
