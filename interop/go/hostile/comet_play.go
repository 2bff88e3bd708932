package main

import (
	"context"
	"flag"
	"io"
	"net"
	"sync"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"
)

// attack is what a command does on each connection once both sides know each other; it may return before it is over.
type attack func(context.Context, *link) error

// cometCommand makes a command of an attack that begins after the handshake.
func cometCommand(prepare func(*flag.FlagSet) func() (attack, error)) func(*flag.FlagSet) func(context.Context, *options) error {
	return func(set *flag.FlagSet) func(context.Context, *options) error {
		o := newCometOptions(set)
		prepared := prepare(set)
		return func(ctx context.Context, common *options) error {
			o.options = common
			attack, err := prepared()
			if err != nil {
				return err
			}
			return playComet(ctx, o, func(ctx context.Context, l *link, listens string) {
				if l.handshake(o, listens) != nil {
					// what is left of it: how long the victim keeps a connection that came to nothing
					awaitEnd(l)
					return
				}
				go l.read()
				if err := attack(ctx, l); err != nil {
					l.emit("attack", fields{"error": err.Error()})
				}
			})
		}
	}
}

// playComet meets the victim, plays a part on every connection, and afterwards watches for a while.
func playComet(ctx context.Context, o *cometOptions, part func(ctx context.Context, l *link, listens string)) error {
	if err := o.check(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	listens := listener.Addr().String()
	emit("listening", cometListening(o, listens))

	var playing sync.WaitGroup
	links := make([]*link, 0, o.connections)
	for number := range o.connections {
		tcp, err := meet(ctx, o.target, listener)
		if err != nil {
			return err
		}
		l := newLink(number, o, tcp)
		links = append(links, l)
		defer l.cut.Close()
		l.emit("connected", fields{"local": tcp.LocalAddr().String(), "remote": tcp.RemoteAddr().String()})
		playing.Go(func() { part(ctx, l, listens) })
	}
	listener.Close() // who dials again is refused
	played := make(chan struct{})
	go func() { playing.Wait(); close(played) }()
	select {
	case <-ctx.Done():
	case <-played:
	}
	watchAll(ctx, links, o.watch)
	return nil
}

// cometListening names an id only where there is one for all connections.
func cometListening(o *cometOptions, listens string) fields {
	found := fields{"host": listens}
	if o.secret != "" {
		id := p2p.PubKeyToID(ed25519.GenPrivKeyFromSecret([]byte(o.secret)).PubKey())
		found["node_id"], found["address"] = string(id), p2p.IDAddressString(id, listens)
	}
	return found
}

// meet dials id@host:port or host:port, or waits for who dials us.
func meet(ctx context.Context, target string, listener net.Listener) (net.Conn, error) {
	if target == "" {
		go func() { <-ctx.Done(); _ = listener.Close() }()
		tcp, err := listener.Accept()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return tcp, err
	}
	if address, err := p2p.NewNetAddressString(target); err == nil {
		target = address.DialString()
	}
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", target)
}

// watchAll waits until all connections are closed, at most for a while, and says what is left.
func watchAll(ctx context.Context, links []*link, watch time.Duration) {
	late := time.After(watch)
	open := 0
	var pings, pongs, packets int64
	for _, l := range links {
		select {
		case <-l.closed:
		case <-late:
			late = time.After(0) // for the others
		case <-ctx.Done():
		}
		if l.isOpen() {
			open++
		}
		pings, pongs, packets = pings+l.pings.Load(), pongs+l.pongsSeen.Load(), packets+l.got.Load()
	}
	emit("end", fields{"connected": open > 0, "open": open, "pings": pings, "pongs": pongs, "packets": packets})
}

// awaitEnd reads the bare connection to its end.
func awaitEnd(l *link) {
	start := time.Now()
	_ = l.cut.SetDeadline(time.Time{})
	go func() {
		defer close(l.closed)
		_, err := io.Copy(io.Discard, l.cut.TCPConn)
		l.emitClosed(err, start)
	}()
}
