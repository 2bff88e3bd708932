package main

import (
	"encoding/json"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
)

type fields map[string]any

var (
	emitting sync.Mutex
	started  = time.Now()
)

// emit prints one event as a line of JSON. `at_ms` counts from the start of the process.
func emit(event string, more fields) {
	line := fields{"event": event, "at_ms": time.Since(started).Milliseconds()}
	for key, value := range more {
		line[key] = value
	}
	text, err := json.Marshal(line)
	if err != nil {
		panic(err) // only values made here are given
	}
	emitting.Lock()
	defer emitting.Unlock()
	_, _ = os.Stdout.Write(append(text, '\n'))
}

// usage says what the process holds: a leak shows as figures that stay up.
func usage(connections []network.Conn) fields {
	streams := 0
	for _, connection := range connections {
		streams += len(connection.GetStreams())
	}
	return processUsage(fields{"connections": len(connections), "streams": streams})
}

func processUsage(found fields) fields {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	found["goroutines"], found["heap_bytes"] = runtime.NumGoroutine(), memory.HeapAlloc
	return found
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
