package chain

import (
	"testing"
)

const fixtures = "../../../../test/fixtures/"

func TestTheCommittedRecordingsVerify(t *testing.T) {
	for _, name := range []string{"chain", "chain-ext"} {
		recording, err := Load(fixtures + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := recording.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoFlippedBitPasses(t *testing.T) {
	for at := 0; at < 3000; at += 37 {
		recording, err := Load(fixtures + "chain-ext")
		if err != nil {
			t.Fatal(err)
		}
		block := recording.Responses[20]
		block[len(block)-1-at%len(block)] ^= 0x10
		if _, err := recording.Check(); err == nil {
			t.Errorf("a bit flipped %d bytes before the end of height 21 goes unnoticed", at)
		}
	}
}
