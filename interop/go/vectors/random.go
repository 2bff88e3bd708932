package main

import (
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"time"

	gogotypes "github.com/cosmos/gogoproto/types"
)

var timeType = reflect.TypeOf(time.Time{})
var durationType = reflect.TypeOf(time.Duration(0))

// Fills v, a pointer to a generated struct, with random values: many zeros, edges and absent parts, since those are what encoders differ in.
func fill(r *rand.Rand, v reflect.Value) {
	switch v.Interface().(type) {
	case *gogotypes.Timestamp, *gogotypes.Duration:
		v.Elem().FieldByName("Seconds").SetInt(randomInt(r, 64))
		v.Elem().FieldByName("Nanos").SetInt(randomInt(r, 32))
		return
	}
	wrappers := oneofWrappers(v)
	for i := range v.Elem().NumField() {
		field, info := v.Elem().Field(i), v.Elem().Type().Field(i)
		if info.Tag.Get("protobuf_oneof") != "" {
			// nothing set is not worth a vector of its own often
			if r.Intn(20) > 0 {
				wrapper := reflect.New(reflect.TypeOf(wrappers[r.Intn(len(wrappers))]).Elem())
				fillField(r, wrapper.Elem().Field(0), false)
				field.Set(wrapper)
			}
			continue
		}
		if info.Tag.Get("protobuf") == "" || undetermined[nameOf(info)] {
			continue
		}
		fillField(r, field, true)
	}
}

// A pointer inside a oneof must not be nil; elsewhere it may.
func fillField(r *rand.Rand, field reflect.Value, mayBeNil bool) {
	switch {
	case field.Type() == timeType:
		field.Set(reflect.ValueOf(randomTime(r)))
	case field.Type() == durationType:
		field.SetInt(randomInt(r, 64))
	case field.Kind() == reflect.Bool:
		field.SetBool(r.Intn(2) == 0)
	case field.Kind() == reflect.Int32:
		field.SetInt(randomInt(r, 32))
	case field.Kind() == reflect.Int64:
		field.SetInt(randomInt(r, 64))
	case field.Kind() == reflect.Uint32:
		field.SetUint(uint64(uint32(randomInt(r, 32))))
	case field.Kind() == reflect.Uint64:
		field.SetUint(uint64(randomInt(r, 64)))
	case field.Kind() == reflect.String:
		field.SetString(randomString(r))
	case field.Kind() == reflect.Struct:
		fill(r, field.Addr())
	case field.Kind() == reflect.Ptr:
		if !mayBeNil || r.Intn(3) > 0 {
			field.Set(reflect.New(field.Type().Elem()))
			fill(r, field)
		}
	case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Uint8:
		field.SetBytes(randomBytes(r))
	case field.Kind() == reflect.Slice:
		n := r.Intn(3)
		field.Set(reflect.MakeSlice(field.Type(), n, n))
		for i := range n {
			fillField(r, field.Index(i), false)
		}
	default:
		panic(fmt.Sprintf("no random value for %s", field.Type()))
	}
}

func randomInt(r *rand.Rand, bits int) int64 {
	switch r.Intn(6) {
	case 0:
		return 0
	case 1:
		return int64(r.Intn(300))
	case 2:
		return -1 - int64(r.Intn(300))
	case 3:
		edges := []int64{math.MinInt32, math.MaxInt32, 1 << 20}
		if bits == 64 {
			edges = append(edges, math.MinInt64, math.MaxInt64, 1<<53, 1<<53+1, -(1<<53)-1, 1<<32, math.MaxUint32)
		}
		return edges[r.Intn(len(edges))]
	}
	// of any length
	value := int64(r.Uint64()) >> r.Intn(64)
	if bits == 32 {
		return int64(int32(value))
	}
	return value
}

func randomTime(r *rand.Rand) time.Time {
	switch r.Intn(5) {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(0, 0).UTC()
	case 2:
		return time.Unix(253402300799, 999999999).UTC()
	}
	// years 1 to 9999
	return time.Unix(r.Int63n(62135596800+253402300800)-62135596800, r.Int63n(1e9)).UTC()
}

func randomBytes(r *rand.Rand) []byte {
	lengths := []int{0, 1, 2, 20, 32, 33}
	length := lengths[r.Intn(len(lengths))]
	if r.Intn(40) == 0 {
		length = 100 + r.Intn(100) // its length takes two bytes
	}
	bytes := make([]byte, length)
	r.Read(bytes)
	return bytes
}

func randomString(r *rand.Rand) string {
	return strings.Repeat([]string{"", "a", "test-chain", "é", "日本", "😀", "\x00", " "}[r.Intn(8)], 1+r.Intn(3))
}

func oneofWrappers(v reflect.Value) []interface{} {
	if m, ok := v.Interface().(interface{ XXX_OneofWrappers() []interface{} }); ok {
		return m.XXX_OneofWrappers()
	}
	return nil
}
