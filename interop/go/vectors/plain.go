package main

import (
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"
	"time"

	crypto "github.com/cometbft/cometbft/proto/tendermint/crypto"
)

type object = map[string]any

// plain is the value as src/wire has it, in JSON: 64-bit integers as {"$bigint": "1"}, bytes as {"$hex": "00"}, oneofs as {"type": name, ...fields}.
func plain(v reflect.Value) any {
	switch {
	case v.Type() == timeType:
		t := v.Interface().(time.Time)
		return object{"seconds": object{"$bigint": fmt.Sprint(t.Unix())}, "nanos": t.Nanosecond()}
	case v.Type() == durationType:
		d := v.Int()
		return object{"seconds": object{"$bigint": fmt.Sprint(d / 1e9)}, "nanos": d % 1e9}
	}
	switch v.Kind() {
	case reflect.Int64, reflect.Uint64:
		return object{"$bigint": fmt.Sprint(v.Interface())}
	case reflect.Int32:
		return v.Int()
	case reflect.Uint32, reflect.Bool, reflect.String:
		return v.Interface()
	case reflect.Ptr:
		return plain(v.Elem())
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return object{"$hex": hex.EncodeToString(v.Bytes())}
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	case reflect.Struct:
		return plainStruct(v)
	}
	panic(fmt.Sprintf("no plain value for %s", v.Type()))
}

func plainStruct(v reflect.Value) object {
	fields := object{}
	for i := range v.NumField() {
		field, info := v.Field(i), v.Type().Field(i)
		if info.Tag.Get("protobuf_oneof") != "" {
			return plainOneof(field, v.Type() == reflect.TypeOf(crypto.PublicKey{}))
		}
		name := nameOf(info)
		isAbsent := field.Kind() == reflect.Ptr && field.IsNil()
		if info.Tag.Get("protobuf") == "" || undetermined[name] || isAbsent {
			continue
		}
		fields[name] = plain(field)
	}
	return fields
}

func plainOneof(v reflect.Value, isPublicKey bool) object {
	if v.IsNil() {
		return object{"type": "unknown"}
	}
	wrapper := v.Elem().Elem()
	name := nameOf(wrapper.Type().Field(0))
	if isPublicKey {
		return object{"type": name, "value": plain(wrapper.Field(0))}
	}
	member := plain(wrapper.Field(0)).(object)
	// a vote's type gives way to the message's
	if voteType, taken := member["type"]; taken {
		member["voteType"] = voteType
	}
	member["type"] = name
	return member
}

// nameOf is the field's name in camelCase, as protobufjs makes it.
func nameOf(info reflect.StructField) string {
	name := ""
	for _, part := range strings.Split(info.Tag.Get("protobuf"), ",") {
		if value, found := strings.CutPrefix(part, "name="); found {
			name = value
		}
	}
	words := strings.Split(name, "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	name = strings.Join(words, "")
	if name == "defaultNodeId" {
		return "id"
	}
	return name
}
