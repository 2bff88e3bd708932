// Generated from src/proto/*.proto by scripts/generate-proto.mjs. Do not edit.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["comet-libp2p"] || ($protobuf.roots["comet-libp2p"] = {});

export const tendermint = $root.tendermint = (() => {

 const tendermint = {};

 tendermint.blocksync = (function() {

  const blocksync = {};

  blocksync.BlockRequest = (function() {

   const BlockRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BlockRequest.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   BlockRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BlockRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.blocksync.BlockRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BlockRequest;
  })();

  blocksync.NoBlockResponse = (function() {

   const NoBlockResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NoBlockResponse.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   NoBlockResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NoBlockResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.blocksync.NoBlockResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NoBlockResponse;
  })();

  blocksync.BlockResponse = (function() {

   const BlockResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BlockResponse.prototype.block = null;
   BlockResponse.prototype.extCommit = null;

   BlockResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.block != null && $Object.hasOwnProperty.call(message, "block"))
     $root.tendermint.types.Block.encode(message.block, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.extCommit != null && $Object.hasOwnProperty.call(message, "extCommit"))
     $root.tendermint.types.ExtendedCommit.encode(message.extCommit, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BlockResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.blocksync.BlockResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.block = $root.tendermint.types.Block.decode(reader, reader.size(), $undefined, _depth + 1, message.block);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.extCommit = $root.tendermint.types.ExtendedCommit.decode(reader, reader.size(), $undefined, _depth + 1, message.extCommit);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BlockResponse;
  })();

  blocksync.StatusRequest = (function() {

   const StatusRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StatusRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StatusRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.blocksync.StatusRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StatusRequest;
  })();

  blocksync.StatusResponse = (function() {

   const StatusResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StatusResponse.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   StatusResponse.prototype.base = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   StatusResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.base != null && $Object.hasOwnProperty.call(message, "base") && (typeof message.base === "object" ? message.base.low || message.base.high : message.base !== 0))
     writer.uint32(16).int64(message.base);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StatusResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.blocksync.StatusResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.base = value;
       else
        delete message.base;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StatusResponse;
  })();

  blocksync.Message = (function() {

   const Message = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Message.prototype.blockRequest = null;
   Message.prototype.noBlockResponse = null;
   Message.prototype.blockResponse = null;
   Message.prototype.statusRequest = null;
   Message.prototype.statusResponse = null;

   let $oneOfFields;

   $Object.defineProperty(Message.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["blockRequest", "noBlockResponse", "blockResponse", "statusRequest", "statusResponse"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Message.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.blockRequest != null && $Object.hasOwnProperty.call(message, "blockRequest"))
     $root.tendermint.blocksync.BlockRequest.encode(message.blockRequest, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.noBlockResponse != null && $Object.hasOwnProperty.call(message, "noBlockResponse"))
     $root.tendermint.blocksync.NoBlockResponse.encode(message.noBlockResponse, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.blockResponse != null && $Object.hasOwnProperty.call(message, "blockResponse"))
     $root.tendermint.blocksync.BlockResponse.encode(message.blockResponse, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.statusRequest != null && $Object.hasOwnProperty.call(message, "statusRequest"))
     $root.tendermint.blocksync.StatusRequest.encode(message.statusRequest, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.statusResponse != null && $Object.hasOwnProperty.call(message, "statusResponse"))
     $root.tendermint.blocksync.StatusResponse.encode(message.statusResponse, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Message.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.blocksync.Message();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockRequest = $root.tendermint.blocksync.BlockRequest.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "blockRequest";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.noBlockResponse = $root.tendermint.blocksync.NoBlockResponse.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "noBlockResponse";
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockResponse = $root.tendermint.blocksync.BlockResponse.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "blockResponse";
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.statusRequest = $root.tendermint.blocksync.StatusRequest.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "statusRequest";
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.statusResponse = $root.tendermint.blocksync.StatusResponse.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "statusResponse";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Message;
  })();

  return blocksync;
 })();

 tendermint.types = (function() {

  const types = {};

  types.Timestamp = (function() {

   const Timestamp = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Timestamp.prototype.seconds = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Timestamp.prototype.nanos = 0;

   Timestamp.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && (typeof message.seconds === "object" ? message.seconds.low || message.seconds.high : message.seconds !== 0))
     writer.uint32(8).int64(message.seconds);
    if (message.nanos != null && $Object.hasOwnProperty.call(message, "nanos") && message.nanos !== 0)
     writer.uint32(16).int32(message.nanos);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Timestamp.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Timestamp();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.seconds = value;
       else
        delete message.seconds;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.nanos = value;
       else
        delete message.nanos;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Timestamp;
  })();

  types.Duration = (function() {

   const Duration = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Duration.prototype.seconds = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Duration.prototype.nanos = 0;

   Duration.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && (typeof message.seconds === "object" ? message.seconds.low || message.seconds.high : message.seconds !== 0))
     writer.uint32(8).int64(message.seconds);
    if (message.nanos != null && $Object.hasOwnProperty.call(message, "nanos") && message.nanos !== 0)
     writer.uint32(16).int32(message.nanos);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Duration.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Duration();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.seconds = value;
       else
        delete message.seconds;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.nanos = value;
       else
        delete message.nanos;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Duration;
  })();

  types.BytesValue = (function() {

   const BytesValue = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BytesValue.prototype.value = $util.newBuffer([]);

   BytesValue.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
     writer.uint32(10).bytes(message.value);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BytesValue.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.BytesValue();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.value = value;
       else
        delete message.value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BytesValue;
  })();

  types.StringValue = (function() {

   const StringValue = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   StringValue.prototype.value = "";

   StringValue.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
     writer.uint32(10).string(message.value);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   StringValue.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.StringValue();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.value = value;
       else
        delete message.value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return StringValue;
  })();

  types.Int64Value = (function() {

   const Int64Value = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Int64Value.prototype.value = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   Int64Value.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && (typeof message.value === "object" ? message.value.low || message.value.high : message.value !== 0))
     writer.uint32(8).int64(message.value);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Int64Value.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Int64Value();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.value = value;
       else
        delete message.value;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Int64Value;
  })();

  types.ConsensusVersion = (function() {

   const ConsensusVersion = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ConsensusVersion.prototype.block = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
   ConsensusVersion.prototype.app = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

   ConsensusVersion.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.block != null && $Object.hasOwnProperty.call(message, "block") && (typeof message.block === "object" ? message.block.low || message.block.high : message.block !== 0))
     writer.uint32(8).uint64(message.block);
    if (message.app != null && $Object.hasOwnProperty.call(message, "app") && (typeof message.app === "object" ? message.app.low || message.app.high : message.app !== 0))
     writer.uint32(16).uint64(message.app);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ConsensusVersion.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.ConsensusVersion();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.block = value;
       else
        delete message.block;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.app = value;
       else
        delete message.app;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ConsensusVersion;
  })();

  types.PartSetHeader = (function() {

   const PartSetHeader = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PartSetHeader.prototype.total = 0;
   PartSetHeader.prototype.hash = $util.newBuffer([]);

   PartSetHeader.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.total != null && $Object.hasOwnProperty.call(message, "total") && message.total !== 0)
     writer.uint32(8).uint32(message.total);
    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
     writer.uint32(18).bytes(message.hash);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PartSetHeader.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.PartSetHeader();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.total = value;
       else
        delete message.total;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.hash = value;
       else
        delete message.hash;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PartSetHeader;
  })();

  types.BlockID = (function() {

   const BlockID = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BlockID.prototype.hash = $util.newBuffer([]);
   BlockID.prototype.partSetHeader = null;

   BlockID.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
     writer.uint32(10).bytes(message.hash);
    if (message.partSetHeader != null && $Object.hasOwnProperty.call(message, "partSetHeader"))
     $root.tendermint.types.PartSetHeader.encode(message.partSetHeader, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BlockID.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.BlockID();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.hash = value;
       else
        delete message.hash;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.partSetHeader = $root.tendermint.types.PartSetHeader.decode(reader, reader.size(), $undefined, _depth + 1, message.partSetHeader);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BlockID;
  })();

  types.Proof = (function() {

   const Proof = function (properties) {
    this.aunts = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Proof.prototype.total = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Proof.prototype.index = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Proof.prototype.leafHash = $util.newBuffer([]);
   Proof.prototype.aunts = $util.emptyArray;

   Proof.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.total != null && $Object.hasOwnProperty.call(message, "total") && (typeof message.total === "object" ? message.total.low || message.total.high : message.total !== 0))
     writer.uint32(8).int64(message.total);
    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && (typeof message.index === "object" ? message.index.low || message.index.high : message.index !== 0))
     writer.uint32(16).int64(message.index);
    if (message.leafHash != null && $Object.hasOwnProperty.call(message, "leafHash") && message.leafHash.length)
     writer.uint32(26).bytes(message.leafHash);
    if (message.aunts != null && message.aunts.length)
     for (let i = 0; i < message.aunts.length; ++i)
      writer.uint32(34).bytes(message.aunts[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Proof.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Proof();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.total = value;
       else
        delete message.total;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.index = value;
       else
        delete message.index;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.leafHash = value;
       else
        delete message.leafHash;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.aunts && message.aunts.length))
        message.aunts = [];
       message.aunts.push(reader.bytes());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Proof;
  })();

  types.Part = (function() {

   const Part = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Part.prototype.index = 0;
   Part.prototype.bytes = $util.newBuffer([]);
   Part.prototype.proof = null;

   Part.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
     writer.uint32(8).uint32(message.index);
    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes.length)
     writer.uint32(18).bytes(message.bytes);
    if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
     $root.tendermint.types.Proof.encode(message.proof, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Part.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Part();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.index = value;
       else
        delete message.index;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.bytes = value;
       else
        delete message.bytes;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.proof = $root.tendermint.types.Proof.decode(reader, reader.size(), $undefined, _depth + 1, message.proof);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Part;
  })();

  types.PublicKey = (function() {

   const PublicKey = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PublicKey.prototype.ed25519 = null;
   PublicKey.prototype.secp256k1 = null;
   PublicKey.prototype.bls12381 = null;
   PublicKey.prototype.mldsa65 = null;
   PublicKey.prototype.secp256k1eth = null;

   let $oneOfFields;

   $Object.defineProperty(PublicKey.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["ed25519", "secp256k1", "bls12381", "mldsa65", "secp256k1eth"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   PublicKey.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.ed25519 != null && $Object.hasOwnProperty.call(message, "ed25519"))
     writer.uint32(10).bytes(message.ed25519);
    if (message.secp256k1 != null && $Object.hasOwnProperty.call(message, "secp256k1"))
     writer.uint32(18).bytes(message.secp256k1);
    if (message.bls12381 != null && $Object.hasOwnProperty.call(message, "bls12381"))
     writer.uint32(26).bytes(message.bls12381);
    if (message.mldsa65 != null && $Object.hasOwnProperty.call(message, "mldsa65"))
     writer.uint32(34).bytes(message.mldsa65);
    if (message.secp256k1eth != null && $Object.hasOwnProperty.call(message, "secp256k1eth"))
     writer.uint32(42).bytes(message.secp256k1eth);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PublicKey.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.PublicKey();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.ed25519 = reader.bytes();
       message.sum = "ed25519";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.secp256k1 = reader.bytes();
       message.sum = "secp256k1";
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.bls12381 = reader.bytes();
       message.sum = "bls12381";
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.mldsa65 = reader.bytes();
       message.sum = "mldsa65";
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.secp256k1eth = reader.bytes();
       message.sum = "secp256k1eth";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PublicKey;
  })();

  types.Header = (function() {

   const Header = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Header.prototype.version = null;
   Header.prototype.chainId = "";
   Header.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Header.prototype.time = null;
   Header.prototype.lastBlockId = null;
   Header.prototype.lastCommitHash = $util.newBuffer([]);
   Header.prototype.dataHash = $util.newBuffer([]);
   Header.prototype.validatorsHash = $util.newBuffer([]);
   Header.prototype.nextValidatorsHash = $util.newBuffer([]);
   Header.prototype.consensusHash = $util.newBuffer([]);
   Header.prototype.appHash = $util.newBuffer([]);
   Header.prototype.lastResultsHash = $util.newBuffer([]);
   Header.prototype.evidenceHash = $util.newBuffer([]);
   Header.prototype.proposerAddress = $util.newBuffer([]);

   Header.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
     $root.tendermint.types.ConsensusVersion.encode(message.version, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.chainId != null && $Object.hasOwnProperty.call(message, "chainId") && message.chainId !== "")
     writer.uint32(18).string(message.chainId);
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(24).int64(message.height);
    if (message.time != null && $Object.hasOwnProperty.call(message, "time"))
     $root.tendermint.types.Timestamp.encode(message.time, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.lastBlockId != null && $Object.hasOwnProperty.call(message, "lastBlockId"))
     $root.tendermint.types.BlockID.encode(message.lastBlockId, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.lastCommitHash != null && $Object.hasOwnProperty.call(message, "lastCommitHash") && message.lastCommitHash.length)
     writer.uint32(50).bytes(message.lastCommitHash);
    if (message.dataHash != null && $Object.hasOwnProperty.call(message, "dataHash") && message.dataHash.length)
     writer.uint32(58).bytes(message.dataHash);
    if (message.validatorsHash != null && $Object.hasOwnProperty.call(message, "validatorsHash") && message.validatorsHash.length)
     writer.uint32(66).bytes(message.validatorsHash);
    if (message.nextValidatorsHash != null && $Object.hasOwnProperty.call(message, "nextValidatorsHash") && message.nextValidatorsHash.length)
     writer.uint32(74).bytes(message.nextValidatorsHash);
    if (message.consensusHash != null && $Object.hasOwnProperty.call(message, "consensusHash") && message.consensusHash.length)
     writer.uint32(82).bytes(message.consensusHash);
    if (message.appHash != null && $Object.hasOwnProperty.call(message, "appHash") && message.appHash.length)
     writer.uint32(90).bytes(message.appHash);
    if (message.lastResultsHash != null && $Object.hasOwnProperty.call(message, "lastResultsHash") && message.lastResultsHash.length)
     writer.uint32(98).bytes(message.lastResultsHash);
    if (message.evidenceHash != null && $Object.hasOwnProperty.call(message, "evidenceHash") && message.evidenceHash.length)
     writer.uint32(106).bytes(message.evidenceHash);
    if (message.proposerAddress != null && $Object.hasOwnProperty.call(message, "proposerAddress") && message.proposerAddress.length)
     writer.uint32(114).bytes(message.proposerAddress);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Header.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Header();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.version = $root.tendermint.types.ConsensusVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.version);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.chainId = value;
       else
        delete message.chainId;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.time = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.lastBlockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.lastBlockId);
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.lastCommitHash = value;
       else
        delete message.lastCommitHash;
       continue;
      }
     case 7: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.dataHash = value;
       else
        delete message.dataHash;
       continue;
      }
     case 8: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.validatorsHash = value;
       else
        delete message.validatorsHash;
       continue;
      }
     case 9: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.nextValidatorsHash = value;
       else
        delete message.nextValidatorsHash;
       continue;
      }
     case 10: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.consensusHash = value;
       else
        delete message.consensusHash;
       continue;
      }
     case 11: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.appHash = value;
       else
        delete message.appHash;
       continue;
      }
     case 12: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.lastResultsHash = value;
       else
        delete message.lastResultsHash;
       continue;
      }
     case 13: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.evidenceHash = value;
       else
        delete message.evidenceHash;
       continue;
      }
     case 14: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.proposerAddress = value;
       else
        delete message.proposerAddress;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Header;
  })();

  types.Data = (function() {

   const Data = function (properties) {
    this.txs = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Data.prototype.txs = $util.emptyArray;

   Data.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.txs != null && message.txs.length)
     for (let i = 0; i < message.txs.length; ++i)
      writer.uint32(10).bytes(message.txs[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Data.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Data();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.txs && message.txs.length))
        message.txs = [];
       message.txs.push(reader.bytes());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Data;
  })();

  types.CommitSig = (function() {

   const CommitSig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CommitSig.prototype.blockIdFlag = 0;
   CommitSig.prototype.validatorAddress = $util.newBuffer([]);
   CommitSig.prototype.timestamp = null;
   CommitSig.prototype.signature = $util.newBuffer([]);

   CommitSig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.blockIdFlag != null && $Object.hasOwnProperty.call(message, "blockIdFlag") && message.blockIdFlag !== 0)
     writer.uint32(8).int32(message.blockIdFlag);
    if (message.validatorAddress != null && $Object.hasOwnProperty.call(message, "validatorAddress") && message.validatorAddress.length)
     writer.uint32(18).bytes(message.validatorAddress);
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
     writer.uint32(34).bytes(message.signature);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CommitSig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.CommitSig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.blockIdFlag = value;
       else
        delete message.blockIdFlag;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.validatorAddress = value;
       else
        delete message.validatorAddress;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.signature = value;
       else
        delete message.signature;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CommitSig;
  })();

  types.Commit = (function() {

   const Commit = function (properties) {
    this.signatures = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Commit.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Commit.prototype.round = 0;
   Commit.prototype.blockId = null;
   Commit.prototype.signatures = $util.emptyArray;

   Commit.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.types.BlockID.encode(message.blockId, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.signatures != null && message.signatures.length)
     for (let i = 0; i < message.signatures.length; ++i)
      $root.tendermint.types.CommitSig.encode(message.signatures[i], writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Commit.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Commit();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.signatures && message.signatures.length))
        message.signatures = [];
       message.signatures.push($root.tendermint.types.CommitSig.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Commit;
  })();

  types.ExtendedCommitSig = (function() {

   const ExtendedCommitSig = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExtendedCommitSig.prototype.blockIdFlag = 0;
   ExtendedCommitSig.prototype.validatorAddress = $util.newBuffer([]);
   ExtendedCommitSig.prototype.timestamp = null;
   ExtendedCommitSig.prototype.signature = $util.newBuffer([]);
   ExtendedCommitSig.prototype.extension = $util.newBuffer([]);
   ExtendedCommitSig.prototype.extensionSignature = $util.newBuffer([]);

   ExtendedCommitSig.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.blockIdFlag != null && $Object.hasOwnProperty.call(message, "blockIdFlag") && message.blockIdFlag !== 0)
     writer.uint32(8).int32(message.blockIdFlag);
    if (message.validatorAddress != null && $Object.hasOwnProperty.call(message, "validatorAddress") && message.validatorAddress.length)
     writer.uint32(18).bytes(message.validatorAddress);
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
     writer.uint32(34).bytes(message.signature);
    if (message.extension != null && $Object.hasOwnProperty.call(message, "extension") && message.extension.length)
     writer.uint32(42).bytes(message.extension);
    if (message.extensionSignature != null && $Object.hasOwnProperty.call(message, "extensionSignature") && message.extensionSignature.length)
     writer.uint32(50).bytes(message.extensionSignature);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExtendedCommitSig.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.ExtendedCommitSig();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.blockIdFlag = value;
       else
        delete message.blockIdFlag;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.validatorAddress = value;
       else
        delete message.validatorAddress;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.signature = value;
       else
        delete message.signature;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.extension = value;
       else
        delete message.extension;
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.extensionSignature = value;
       else
        delete message.extensionSignature;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExtendedCommitSig;
  })();

  types.ExtendedCommit = (function() {

   const ExtendedCommit = function (properties) {
    this.extendedSignatures = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExtendedCommit.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   ExtendedCommit.prototype.round = 0;
   ExtendedCommit.prototype.blockId = null;
   ExtendedCommit.prototype.extendedSignatures = $util.emptyArray;

   ExtendedCommit.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.types.BlockID.encode(message.blockId, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.extendedSignatures != null && message.extendedSignatures.length)
     for (let i = 0; i < message.extendedSignatures.length; ++i)
      $root.tendermint.types.ExtendedCommitSig.encode(message.extendedSignatures[i], writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExtendedCommit.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.ExtendedCommit();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.extendedSignatures && message.extendedSignatures.length))
        message.extendedSignatures = [];
       message.extendedSignatures.push($root.tendermint.types.ExtendedCommitSig.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExtendedCommit;
  })();

  types.Block = (function() {

   const Block = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Block.prototype.header = null;
   Block.prototype.data = null;
   Block.prototype.evidence = null;
   Block.prototype.lastCommit = null;

   Block.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
     $root.tendermint.types.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
     $root.tendermint.types.Data.encode(message.data, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.evidence != null && $Object.hasOwnProperty.call(message, "evidence"))
     $root.tendermint.types.EvidenceList.encode(message.evidence, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.lastCommit != null && $Object.hasOwnProperty.call(message, "lastCommit"))
     $root.tendermint.types.Commit.encode(message.lastCommit, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Block.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Block();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.header = $root.tendermint.types.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.data = $root.tendermint.types.Data.decode(reader, reader.size(), $undefined, _depth + 1, message.data);
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.evidence = $root.tendermint.types.EvidenceList.decode(reader, reader.size(), $undefined, _depth + 1, message.evidence);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.lastCommit = $root.tendermint.types.Commit.decode(reader, reader.size(), $undefined, _depth + 1, message.lastCommit);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Block;
  })();

  types.Vote = (function() {

   const Vote = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Vote.prototype.type = 0;
   Vote.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Vote.prototype.round = 0;
   Vote.prototype.blockId = null;
   Vote.prototype.timestamp = null;
   Vote.prototype.validatorAddress = $util.newBuffer([]);
   Vote.prototype.validatorIndex = 0;
   Vote.prototype.signature = $util.newBuffer([]);
   Vote.prototype.extension = $util.newBuffer([]);
   Vote.prototype.extensionSignature = $util.newBuffer([]);

   Vote.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
     writer.uint32(8).int32(message.type);
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(16).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(24).int32(message.round);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.types.BlockID.encode(message.blockId, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.validatorAddress != null && $Object.hasOwnProperty.call(message, "validatorAddress") && message.validatorAddress.length)
     writer.uint32(50).bytes(message.validatorAddress);
    if (message.validatorIndex != null && $Object.hasOwnProperty.call(message, "validatorIndex") && message.validatorIndex !== 0)
     writer.uint32(56).int32(message.validatorIndex);
    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
     writer.uint32(66).bytes(message.signature);
    if (message.extension != null && $Object.hasOwnProperty.call(message, "extension") && message.extension.length)
     writer.uint32(74).bytes(message.extension);
    if (message.extensionSignature != null && $Object.hasOwnProperty.call(message, "extensionSignature") && message.extensionSignature.length)
     writer.uint32(82).bytes(message.extensionSignature);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Vote.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Vote();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.type = value;
       else
        delete message.type;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.validatorAddress = value;
       else
        delete message.validatorAddress;
       continue;
      }
     case 7: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.validatorIndex = value;
       else
        delete message.validatorIndex;
       continue;
      }
     case 8: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.signature = value;
       else
        delete message.signature;
       continue;
      }
     case 9: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.extension = value;
       else
        delete message.extension;
       continue;
      }
     case 10: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.extensionSignature = value;
       else
        delete message.extensionSignature;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Vote;
  })();

  types.Proposal = (function() {

   const Proposal = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Proposal.prototype.type = 0;
   Proposal.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Proposal.prototype.round = 0;
   Proposal.prototype.polRound = 0;
   Proposal.prototype.blockId = null;
   Proposal.prototype.timestamp = null;
   Proposal.prototype.signature = $util.newBuffer([]);

   Proposal.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
     writer.uint32(8).int32(message.type);
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(16).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(24).int32(message.round);
    if (message.polRound != null && $Object.hasOwnProperty.call(message, "polRound") && message.polRound !== 0)
     writer.uint32(32).int32(message.polRound);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.types.BlockID.encode(message.blockId, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
     writer.uint32(58).bytes(message.signature);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Proposal.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Proposal();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.type = value;
       else
        delete message.type;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.polRound = value;
       else
        delete message.polRound;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 7: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.signature = value;
       else
        delete message.signature;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Proposal;
  })();

  types.Validator = (function() {

   const Validator = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Validator.prototype.address = $util.newBuffer([]);
   Validator.prototype.pubKey = null;
   Validator.prototype.votingPower = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   Validator.prototype.proposerPriority = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   Validator.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address.length)
     writer.uint32(10).bytes(message.address);
    if (message.pubKey != null && $Object.hasOwnProperty.call(message, "pubKey"))
     $root.tendermint.types.PublicKey.encode(message.pubKey, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.votingPower != null && $Object.hasOwnProperty.call(message, "votingPower") && (typeof message.votingPower === "object" ? message.votingPower.low || message.votingPower.high : message.votingPower !== 0))
     writer.uint32(24).int64(message.votingPower);
    if (message.proposerPriority != null && $Object.hasOwnProperty.call(message, "proposerPriority") && (typeof message.proposerPriority === "object" ? message.proposerPriority.low || message.proposerPriority.high : message.proposerPriority !== 0))
     writer.uint32(32).int64(message.proposerPriority);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Validator.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Validator();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.address = value;
       else
        delete message.address;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.pubKey = $root.tendermint.types.PublicKey.decode(reader, reader.size(), $undefined, _depth + 1, message.pubKey);
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.votingPower = value;
       else
        delete message.votingPower;
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.proposerPriority = value;
       else
        delete message.proposerPriority;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Validator;
  })();

  types.ValidatorSet = (function() {

   const ValidatorSet = function (properties) {
    this.validators = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ValidatorSet.prototype.validators = $util.emptyArray;
   ValidatorSet.prototype.proposer = null;
   ValidatorSet.prototype.totalVotingPower = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   ValidatorSet.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.validators != null && message.validators.length)
     for (let i = 0; i < message.validators.length; ++i)
      $root.tendermint.types.Validator.encode(message.validators[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.proposer != null && $Object.hasOwnProperty.call(message, "proposer"))
     $root.tendermint.types.Validator.encode(message.proposer, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.totalVotingPower != null && $Object.hasOwnProperty.call(message, "totalVotingPower") && (typeof message.totalVotingPower === "object" ? message.totalVotingPower.low || message.totalVotingPower.high : message.totalVotingPower !== 0))
     writer.uint32(24).int64(message.totalVotingPower);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ValidatorSet.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.ValidatorSet();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.validators && message.validators.length))
        message.validators = [];
       message.validators.push($root.tendermint.types.Validator.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.proposer = $root.tendermint.types.Validator.decode(reader, reader.size(), $undefined, _depth + 1, message.proposer);
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.totalVotingPower = value;
       else
        delete message.totalVotingPower;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ValidatorSet;
  })();

  types.SimpleValidator = (function() {

   const SimpleValidator = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SimpleValidator.prototype.pubKey = null;
   SimpleValidator.prototype.votingPower = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   SimpleValidator.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.pubKey != null && $Object.hasOwnProperty.call(message, "pubKey"))
     $root.tendermint.types.PublicKey.encode(message.pubKey, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.votingPower != null && $Object.hasOwnProperty.call(message, "votingPower") && (typeof message.votingPower === "object" ? message.votingPower.low || message.votingPower.high : message.votingPower !== 0))
     writer.uint32(16).int64(message.votingPower);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SimpleValidator.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.SimpleValidator();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.pubKey = $root.tendermint.types.PublicKey.decode(reader, reader.size(), $undefined, _depth + 1, message.pubKey);
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.votingPower = value;
       else
        delete message.votingPower;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return SimpleValidator;
  })();

  types.SignedHeader = (function() {

   const SignedHeader = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SignedHeader.prototype.header = null;
   SignedHeader.prototype.commit = null;

   SignedHeader.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.header != null && $Object.hasOwnProperty.call(message, "header"))
     $root.tendermint.types.Header.encode(message.header, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.commit != null && $Object.hasOwnProperty.call(message, "commit"))
     $root.tendermint.types.Commit.encode(message.commit, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SignedHeader.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.SignedHeader();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.header = $root.tendermint.types.Header.decode(reader, reader.size(), $undefined, _depth + 1, message.header);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.commit = $root.tendermint.types.Commit.decode(reader, reader.size(), $undefined, _depth + 1, message.commit);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return SignedHeader;
  })();

  types.LightBlock = (function() {

   const LightBlock = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LightBlock.prototype.signedHeader = null;
   LightBlock.prototype.validatorSet = null;

   LightBlock.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.signedHeader != null && $Object.hasOwnProperty.call(message, "signedHeader"))
     $root.tendermint.types.SignedHeader.encode(message.signedHeader, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.validatorSet != null && $Object.hasOwnProperty.call(message, "validatorSet"))
     $root.tendermint.types.ValidatorSet.encode(message.validatorSet, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LightBlock.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.LightBlock();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.signedHeader = $root.tendermint.types.SignedHeader.decode(reader, reader.size(), $undefined, _depth + 1, message.signedHeader);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.validatorSet = $root.tendermint.types.ValidatorSet.decode(reader, reader.size(), $undefined, _depth + 1, message.validatorSet);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LightBlock;
  })();

  types.EvidenceList = (function() {

   const EvidenceList = function (properties) {
    this.evidence = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   EvidenceList.prototype.evidence = $util.emptyArray;

   EvidenceList.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.evidence != null && message.evidence.length)
     for (let i = 0; i < message.evidence.length; ++i)
      $root.tendermint.types.Evidence.encode(message.evidence[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   EvidenceList.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.EvidenceList();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.evidence && message.evidence.length))
        message.evidence = [];
       message.evidence.push($root.tendermint.types.Evidence.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return EvidenceList;
  })();

  types.Evidence = (function() {

   const Evidence = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Evidence.prototype.duplicateVoteEvidence = null;
   Evidence.prototype.lightClientAttackEvidence = null;

   let $oneOfFields;

   $Object.defineProperty(Evidence.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["duplicateVoteEvidence", "lightClientAttackEvidence"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Evidence.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.duplicateVoteEvidence != null && $Object.hasOwnProperty.call(message, "duplicateVoteEvidence"))
     $root.tendermint.types.DuplicateVoteEvidence.encode(message.duplicateVoteEvidence, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.lightClientAttackEvidence != null && $Object.hasOwnProperty.call(message, "lightClientAttackEvidence"))
     $root.tendermint.types.LightClientAttackEvidence.encode(message.lightClientAttackEvidence, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Evidence.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.Evidence();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.duplicateVoteEvidence = $root.tendermint.types.DuplicateVoteEvidence.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "duplicateVoteEvidence";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.lightClientAttackEvidence = $root.tendermint.types.LightClientAttackEvidence.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "lightClientAttackEvidence";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Evidence;
  })();

  types.DuplicateVoteEvidence = (function() {

   const DuplicateVoteEvidence = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   DuplicateVoteEvidence.prototype.voteA = null;
   DuplicateVoteEvidence.prototype.voteB = null;
   DuplicateVoteEvidence.prototype.totalVotingPower = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   DuplicateVoteEvidence.prototype.validatorPower = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   DuplicateVoteEvidence.prototype.timestamp = null;

   DuplicateVoteEvidence.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.voteA != null && $Object.hasOwnProperty.call(message, "voteA"))
     $root.tendermint.types.Vote.encode(message.voteA, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.voteB != null && $Object.hasOwnProperty.call(message, "voteB"))
     $root.tendermint.types.Vote.encode(message.voteB, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.totalVotingPower != null && $Object.hasOwnProperty.call(message, "totalVotingPower") && (typeof message.totalVotingPower === "object" ? message.totalVotingPower.low || message.totalVotingPower.high : message.totalVotingPower !== 0))
     writer.uint32(24).int64(message.totalVotingPower);
    if (message.validatorPower != null && $Object.hasOwnProperty.call(message, "validatorPower") && (typeof message.validatorPower === "object" ? message.validatorPower.low || message.validatorPower.high : message.validatorPower !== 0))
     writer.uint32(32).int64(message.validatorPower);
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   DuplicateVoteEvidence.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.DuplicateVoteEvidence();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.voteA = $root.tendermint.types.Vote.decode(reader, reader.size(), $undefined, _depth + 1, message.voteA);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.voteB = $root.tendermint.types.Vote.decode(reader, reader.size(), $undefined, _depth + 1, message.voteB);
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.totalVotingPower = value;
       else
        delete message.totalVotingPower;
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.validatorPower = value;
       else
        delete message.validatorPower;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return DuplicateVoteEvidence;
  })();

  types.LightClientAttackEvidence = (function() {

   const LightClientAttackEvidence = function (properties) {
    this.byzantineValidators = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   LightClientAttackEvidence.prototype.conflictingBlock = null;
   LightClientAttackEvidence.prototype.commonHeight = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   LightClientAttackEvidence.prototype.byzantineValidators = $util.emptyArray;
   LightClientAttackEvidence.prototype.totalVotingPower = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   LightClientAttackEvidence.prototype.timestamp = null;

   LightClientAttackEvidence.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.conflictingBlock != null && $Object.hasOwnProperty.call(message, "conflictingBlock"))
     $root.tendermint.types.LightBlock.encode(message.conflictingBlock, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.commonHeight != null && $Object.hasOwnProperty.call(message, "commonHeight") && (typeof message.commonHeight === "object" ? message.commonHeight.low || message.commonHeight.high : message.commonHeight !== 0))
     writer.uint32(16).int64(message.commonHeight);
    if (message.byzantineValidators != null && message.byzantineValidators.length)
     for (let i = 0; i < message.byzantineValidators.length; ++i)
      $root.tendermint.types.Validator.encode(message.byzantineValidators[i], writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.totalVotingPower != null && $Object.hasOwnProperty.call(message, "totalVotingPower") && (typeof message.totalVotingPower === "object" ? message.totalVotingPower.low || message.totalVotingPower.high : message.totalVotingPower !== 0))
     writer.uint32(32).int64(message.totalVotingPower);
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   LightClientAttackEvidence.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.LightClientAttackEvidence();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.conflictingBlock = $root.tendermint.types.LightBlock.decode(reader, reader.size(), $undefined, _depth + 1, message.conflictingBlock);
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.commonHeight = value;
       else
        delete message.commonHeight;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.byzantineValidators && message.byzantineValidators.length))
        message.byzantineValidators = [];
       message.byzantineValidators.push($root.tendermint.types.Validator.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.totalVotingPower = value;
       else
        delete message.totalVotingPower;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return LightClientAttackEvidence;
  })();

  types.BitArray = (function() {

   const BitArray = function (properties) {
    this.elems = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BitArray.prototype.bits = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   BitArray.prototype.elems = $util.emptyArray;

   BitArray.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.bits != null && $Object.hasOwnProperty.call(message, "bits") && (typeof message.bits === "object" ? message.bits.low || message.bits.high : message.bits !== 0))
     writer.uint32(8).int64(message.bits);
    if (message.elems != null && message.elems.length)
     writer.uint32(18).uint64s(message.elems);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BitArray.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.types.BitArray();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.bits = value;
       else
        delete message.bits;
       continue;
      }
     case 2: {
       if (wireType === 2) {
        if (!(message.elems && message.elems.length))
         message.elems = [];
        reader.uint64s(message.elems);
        continue;
       }
       if (wireType !== 0) throw $Error("wrong wire type");
       if (!(message.elems && message.elems.length))
        message.elems = [];
       message.elems.push(reader.uint64());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BitArray;
  })();

  return types;
 })();

 tendermint.canonical = (function() {

  const canonical = {};

  canonical.CanonicalPartSetHeader = (function() {

   const CanonicalPartSetHeader = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CanonicalPartSetHeader.prototype.total = 0;
   CanonicalPartSetHeader.prototype.hash = $util.newBuffer([]);

   CanonicalPartSetHeader.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.total != null && $Object.hasOwnProperty.call(message, "total") && message.total !== 0)
     writer.uint32(8).uint32(message.total);
    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
     writer.uint32(18).bytes(message.hash);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CanonicalPartSetHeader.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.CanonicalPartSetHeader();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.total = value;
       else
        delete message.total;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.hash = value;
       else
        delete message.hash;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CanonicalPartSetHeader;
  })();

  canonical.CanonicalBlockID = (function() {

   const CanonicalBlockID = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CanonicalBlockID.prototype.hash = $util.newBuffer([]);
   CanonicalBlockID.prototype.partSetHeader = null;

   CanonicalBlockID.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
     writer.uint32(10).bytes(message.hash);
    if (message.partSetHeader != null && $Object.hasOwnProperty.call(message, "partSetHeader"))
     $root.tendermint.canonical.CanonicalPartSetHeader.encode(message.partSetHeader, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CanonicalBlockID.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.CanonicalBlockID();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.hash = value;
       else
        delete message.hash;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.partSetHeader = $root.tendermint.canonical.CanonicalPartSetHeader.decode(reader, reader.size(), $undefined, _depth + 1, message.partSetHeader);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CanonicalBlockID;
  })();

  canonical.CanonicalVote = (function() {

   const CanonicalVote = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CanonicalVote.prototype.type = 0;
   CanonicalVote.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalVote.prototype.round = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalVote.prototype.blockId = null;
   CanonicalVote.prototype.timestamp = null;
   CanonicalVote.prototype.chainId = "";

   CanonicalVote.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
     writer.uint32(8).int32(message.type);
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(17).sfixed64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && (typeof message.round === "object" ? message.round.low || message.round.high : message.round !== 0))
     writer.uint32(25).sfixed64(message.round);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.canonical.CanonicalBlockID.encode(message.blockId, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.chainId != null && $Object.hasOwnProperty.call(message, "chainId") && message.chainId !== "")
     writer.uint32(50).string(message.chainId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CanonicalVote.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.CanonicalVote();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.type = value;
       else
        delete message.type;
       continue;
      }
     case 2: {
       if (wireType !== 1) throw $Error("wrong wire type");
       if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 3: {
       if (wireType !== 1) throw $Error("wrong wire type");
       if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.canonical.CanonicalBlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.chainId = value;
       else
        delete message.chainId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CanonicalVote;
  })();

  canonical.CanonicalProposal = (function() {

   const CanonicalProposal = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CanonicalProposal.prototype.type = 0;
   CanonicalProposal.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalProposal.prototype.round = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalProposal.prototype.polRound = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalProposal.prototype.blockId = null;
   CanonicalProposal.prototype.timestamp = null;
   CanonicalProposal.prototype.chainId = "";

   CanonicalProposal.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
     writer.uint32(8).int32(message.type);
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(17).sfixed64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && (typeof message.round === "object" ? message.round.low || message.round.high : message.round !== 0))
     writer.uint32(25).sfixed64(message.round);
    if (message.polRound != null && $Object.hasOwnProperty.call(message, "polRound") && (typeof message.polRound === "object" ? message.polRound.low || message.polRound.high : message.polRound !== 0))
     writer.uint32(32).int64(message.polRound);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.canonical.CanonicalBlockID.encode(message.blockId, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
     $root.tendermint.types.Timestamp.encode(message.timestamp, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.chainId != null && $Object.hasOwnProperty.call(message, "chainId") && message.chainId !== "")
     writer.uint32(58).string(message.chainId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CanonicalProposal.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.CanonicalProposal();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.type = value;
       else
        delete message.type;
       continue;
      }
     case 2: {
       if (wireType !== 1) throw $Error("wrong wire type");
       if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 3: {
       if (wireType !== 1) throw $Error("wrong wire type");
       if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.polRound = value;
       else
        delete message.polRound;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.canonical.CanonicalBlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.timestamp = $root.tendermint.types.Timestamp.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 7: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.chainId = value;
       else
        delete message.chainId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CanonicalProposal;
  })();

  canonical.CanonicalVoteExtension = (function() {

   const CanonicalVoteExtension = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   CanonicalVoteExtension.prototype.extension = $util.newBuffer([]);
   CanonicalVoteExtension.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalVoteExtension.prototype.round = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   CanonicalVoteExtension.prototype.chainId = "";

   CanonicalVoteExtension.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.extension != null && $Object.hasOwnProperty.call(message, "extension") && message.extension.length)
     writer.uint32(10).bytes(message.extension);
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(17).sfixed64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && (typeof message.round === "object" ? message.round.low || message.round.high : message.round !== 0))
     writer.uint32(25).sfixed64(message.round);
    if (message.chainId != null && $Object.hasOwnProperty.call(message, "chainId") && message.chainId !== "")
     writer.uint32(34).string(message.chainId);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   CanonicalVoteExtension.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.CanonicalVoteExtension();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.extension = value;
       else
        delete message.extension;
       continue;
      }
     case 2: {
       if (wireType !== 1) throw $Error("wrong wire type");
       if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 3: {
       if (wireType !== 1) throw $Error("wrong wire type");
       if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.chainId = value;
       else
        delete message.chainId;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return CanonicalVoteExtension;
  })();

  canonical.HashedParams = (function() {

   const HashedParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   HashedParams.prototype.blockMaxBytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   HashedParams.prototype.blockMaxGas = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   HashedParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.blockMaxBytes != null && $Object.hasOwnProperty.call(message, "blockMaxBytes") && (typeof message.blockMaxBytes === "object" ? message.blockMaxBytes.low || message.blockMaxBytes.high : message.blockMaxBytes !== 0))
     writer.uint32(8).int64(message.blockMaxBytes);
    if (message.blockMaxGas != null && $Object.hasOwnProperty.call(message, "blockMaxGas") && (typeof message.blockMaxGas === "object" ? message.blockMaxGas.low || message.blockMaxGas.high : message.blockMaxGas !== 0))
     writer.uint32(16).int64(message.blockMaxGas);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   HashedParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.HashedParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.blockMaxBytes = value;
       else
        delete message.blockMaxBytes;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.blockMaxGas = value;
       else
        delete message.blockMaxGas;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return HashedParams;
  })();

  canonical.ExecTxResult = (function() {

   const ExecTxResult = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ExecTxResult.prototype.code = 0;
   ExecTxResult.prototype.data = $util.newBuffer([]);
   ExecTxResult.prototype.gasWanted = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   ExecTxResult.prototype.gasUsed = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   ExecTxResult.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
     writer.uint32(8).uint32(message.code);
    if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
     writer.uint32(18).bytes(message.data);
    if (message.gasWanted != null && $Object.hasOwnProperty.call(message, "gasWanted") && (typeof message.gasWanted === "object" ? message.gasWanted.low || message.gasWanted.high : message.gasWanted !== 0))
     writer.uint32(40).int64(message.gasWanted);
    if (message.gasUsed != null && $Object.hasOwnProperty.call(message, "gasUsed") && (typeof message.gasUsed === "object" ? message.gasUsed.low || message.gasUsed.high : message.gasUsed !== 0))
     writer.uint32(48).int64(message.gasUsed);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ExecTxResult.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.canonical.ExecTxResult();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.code = value;
       else
        delete message.code;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.data = value;
       else
        delete message.data;
       continue;
      }
     case 5: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.gasWanted = value;
       else
        delete message.gasWanted;
       continue;
      }
     case 6: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.gasUsed = value;
       else
        delete message.gasUsed;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ExecTxResult;
  })();

  return canonical;
 })();

 tendermint.consensus = (function() {

  const consensus = {};

  consensus.NewRoundStep = (function() {

   const NewRoundStep = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NewRoundStep.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   NewRoundStep.prototype.round = 0;
   NewRoundStep.prototype.step = 0;
   NewRoundStep.prototype.secondsSinceStartTime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   NewRoundStep.prototype.lastCommitRound = 0;

   NewRoundStep.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== 0)
     writer.uint32(24).uint32(message.step);
    if (message.secondsSinceStartTime != null && $Object.hasOwnProperty.call(message, "secondsSinceStartTime") && (typeof message.secondsSinceStartTime === "object" ? message.secondsSinceStartTime.low || message.secondsSinceStartTime.high : message.secondsSinceStartTime !== 0))
     writer.uint32(32).int64(message.secondsSinceStartTime);
    if (message.lastCommitRound != null && $Object.hasOwnProperty.call(message, "lastCommitRound") && message.lastCommitRound !== 0)
     writer.uint32(40).int32(message.lastCommitRound);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NewRoundStep.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.NewRoundStep();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.step = value;
       else
        delete message.step;
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.secondsSinceStartTime = value;
       else
        delete message.secondsSinceStartTime;
       continue;
      }
     case 5: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.lastCommitRound = value;
       else
        delete message.lastCommitRound;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NewRoundStep;
  })();

  consensus.NewValidBlock = (function() {

   const NewValidBlock = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NewValidBlock.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   NewValidBlock.prototype.round = 0;
   NewValidBlock.prototype.blockPartSetHeader = null;
   NewValidBlock.prototype.blockParts = null;
   NewValidBlock.prototype.isCommit = false;

   NewValidBlock.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.blockPartSetHeader != null && $Object.hasOwnProperty.call(message, "blockPartSetHeader"))
     $root.tendermint.types.PartSetHeader.encode(message.blockPartSetHeader, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.blockParts != null && $Object.hasOwnProperty.call(message, "blockParts"))
     $root.tendermint.types.BitArray.encode(message.blockParts, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.isCommit != null && $Object.hasOwnProperty.call(message, "isCommit") && message.isCommit !== false)
     writer.uint32(40).bool(message.isCommit);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NewValidBlock.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.NewValidBlock();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockPartSetHeader = $root.tendermint.types.PartSetHeader.decode(reader, reader.size(), $undefined, _depth + 1, message.blockPartSetHeader);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockParts = $root.tendermint.types.BitArray.decode(reader, reader.size(), $undefined, _depth + 1, message.blockParts);
       continue;
      }
     case 5: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.bool())
        message.isCommit = value;
       else
        delete message.isCommit;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NewValidBlock;
  })();

  consensus.Proposal = (function() {

   const Proposal = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Proposal.prototype.proposal = null;

   Proposal.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.proposal != null && $Object.hasOwnProperty.call(message, "proposal"))
     $root.tendermint.types.Proposal.encode(message.proposal, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Proposal.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.Proposal();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.proposal = $root.tendermint.types.Proposal.decode(reader, reader.size(), $undefined, _depth + 1, message.proposal);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Proposal;
  })();

  consensus.ProposalPOL = (function() {

   const ProposalPOL = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ProposalPOL.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   ProposalPOL.prototype.proposalPolRound = 0;
   ProposalPOL.prototype.proposalPol = null;

   ProposalPOL.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.proposalPolRound != null && $Object.hasOwnProperty.call(message, "proposalPolRound") && message.proposalPolRound !== 0)
     writer.uint32(16).int32(message.proposalPolRound);
    if (message.proposalPol != null && $Object.hasOwnProperty.call(message, "proposalPol"))
     $root.tendermint.types.BitArray.encode(message.proposalPol, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ProposalPOL.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.ProposalPOL();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.proposalPolRound = value;
       else
        delete message.proposalPolRound;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.proposalPol = $root.tendermint.types.BitArray.decode(reader, reader.size(), $undefined, _depth + 1, message.proposalPol);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ProposalPOL;
  })();

  consensus.BlockPart = (function() {

   const BlockPart = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BlockPart.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   BlockPart.prototype.round = 0;
   BlockPart.prototype.part = null;

   BlockPart.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.part != null && $Object.hasOwnProperty.call(message, "part"))
     $root.tendermint.types.Part.encode(message.part, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BlockPart.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.BlockPart();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.part = $root.tendermint.types.Part.decode(reader, reader.size(), $undefined, _depth + 1, message.part);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BlockPart;
  })();

  consensus.Vote = (function() {

   const Vote = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Vote.prototype.vote = null;

   Vote.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.vote != null && $Object.hasOwnProperty.call(message, "vote"))
     $root.tendermint.types.Vote.encode(message.vote, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Vote.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.Vote();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.vote = $root.tendermint.types.Vote.decode(reader, reader.size(), $undefined, _depth + 1, message.vote);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Vote;
  })();

  consensus.HasVote = (function() {

   const HasVote = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   HasVote.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   HasVote.prototype.round = 0;
   HasVote.prototype.voteType = 0;
   HasVote.prototype.index = 0;

   HasVote.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.voteType != null && $Object.hasOwnProperty.call(message, "voteType") && message.voteType !== 0)
     writer.uint32(24).int32(message.voteType);
    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
     writer.uint32(32).int32(message.index);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   HasVote.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.HasVote();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.voteType = value;
       else
        delete message.voteType;
       continue;
      }
     case 4: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.index = value;
       else
        delete message.index;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return HasVote;
  })();

  consensus.VoteSetMaj23 = (function() {

   const VoteSetMaj23 = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   VoteSetMaj23.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   VoteSetMaj23.prototype.round = 0;
   VoteSetMaj23.prototype.voteType = 0;
   VoteSetMaj23.prototype.blockId = null;

   VoteSetMaj23.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.voteType != null && $Object.hasOwnProperty.call(message, "voteType") && message.voteType !== 0)
     writer.uint32(24).int32(message.voteType);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.types.BlockID.encode(message.blockId, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   VoteSetMaj23.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.VoteSetMaj23();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.voteType = value;
       else
        delete message.voteType;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return VoteSetMaj23;
  })();

  consensus.VoteSetBits = (function() {

   const VoteSetBits = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   VoteSetBits.prototype.height = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   VoteSetBits.prototype.round = 0;
   VoteSetBits.prototype.voteType = 0;
   VoteSetBits.prototype.blockId = null;
   VoteSetBits.prototype.votes = null;

   VoteSetBits.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).int64(message.height);
    if (message.round != null && $Object.hasOwnProperty.call(message, "round") && message.round !== 0)
     writer.uint32(16).int32(message.round);
    if (message.voteType != null && $Object.hasOwnProperty.call(message, "voteType") && message.voteType !== 0)
     writer.uint32(24).int32(message.voteType);
    if (message.blockId != null && $Object.hasOwnProperty.call(message, "blockId"))
     $root.tendermint.types.BlockID.encode(message.blockId, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.votes != null && $Object.hasOwnProperty.call(message, "votes"))
     $root.tendermint.types.BitArray.encode(message.votes, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   VoteSetBits.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.VoteSetBits();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.round = value;
       else
        delete message.round;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.voteType = value;
       else
        delete message.voteType;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockId = $root.tendermint.types.BlockID.decode(reader, reader.size(), $undefined, _depth + 1, message.blockId);
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.votes = $root.tendermint.types.BitArray.decode(reader, reader.size(), $undefined, _depth + 1, message.votes);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return VoteSetBits;
  })();

  consensus.Message = (function() {

   const Message = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Message.prototype.newRoundStep = null;
   Message.prototype.newValidBlock = null;
   Message.prototype.proposal = null;
   Message.prototype.proposalPol = null;
   Message.prototype.blockPart = null;
   Message.prototype.vote = null;
   Message.prototype.hasVote = null;
   Message.prototype.voteSetMaj23 = null;
   Message.prototype.voteSetBits = null;

   let $oneOfFields;

   $Object.defineProperty(Message.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["newRoundStep", "newValidBlock", "proposal", "proposalPol", "blockPart", "vote", "hasVote", "voteSetMaj23", "voteSetBits"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Message.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.newRoundStep != null && $Object.hasOwnProperty.call(message, "newRoundStep"))
     $root.tendermint.consensus.NewRoundStep.encode(message.newRoundStep, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.newValidBlock != null && $Object.hasOwnProperty.call(message, "newValidBlock"))
     $root.tendermint.consensus.NewValidBlock.encode(message.newValidBlock, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.proposal != null && $Object.hasOwnProperty.call(message, "proposal"))
     $root.tendermint.consensus.Proposal.encode(message.proposal, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.proposalPol != null && $Object.hasOwnProperty.call(message, "proposalPol"))
     $root.tendermint.consensus.ProposalPOL.encode(message.proposalPol, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.blockPart != null && $Object.hasOwnProperty.call(message, "blockPart"))
     $root.tendermint.consensus.BlockPart.encode(message.blockPart, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.vote != null && $Object.hasOwnProperty.call(message, "vote"))
     $root.tendermint.consensus.Vote.encode(message.vote, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.hasVote != null && $Object.hasOwnProperty.call(message, "hasVote"))
     $root.tendermint.consensus.HasVote.encode(message.hasVote, writer.uint32(58).fork(), _depth + 1).ldelim();
    if (message.voteSetMaj23 != null && $Object.hasOwnProperty.call(message, "voteSetMaj23"))
     $root.tendermint.consensus.VoteSetMaj23.encode(message.voteSetMaj23, writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.voteSetBits != null && $Object.hasOwnProperty.call(message, "voteSetBits"))
     $root.tendermint.consensus.VoteSetBits.encode(message.voteSetBits, writer.uint32(74).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Message.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.consensus.Message();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.newRoundStep = $root.tendermint.consensus.NewRoundStep.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "newRoundStep";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.newValidBlock = $root.tendermint.consensus.NewValidBlock.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "newValidBlock";
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.proposal = $root.tendermint.consensus.Proposal.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "proposal";
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.proposalPol = $root.tendermint.consensus.ProposalPOL.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "proposalPol";
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.blockPart = $root.tendermint.consensus.BlockPart.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "blockPart";
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.vote = $root.tendermint.consensus.Vote.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "vote";
       continue;
      }
     case 7: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.hasVote = $root.tendermint.consensus.HasVote.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "hasVote";
       continue;
      }
     case 8: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.voteSetMaj23 = $root.tendermint.consensus.VoteSetMaj23.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "voteSetMaj23";
       continue;
      }
     case 9: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.voteSetBits = $root.tendermint.consensus.VoteSetBits.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "voteSetBits";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Message;
  })();

  return consensus;
 })();

 tendermint.mempool = (function() {

  const mempool = {};

  mempool.Txs = (function() {

   const Txs = function (properties) {
    this.txs = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Txs.prototype.txs = $util.emptyArray;

   Txs.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.txs != null && message.txs.length)
     for (let i = 0; i < message.txs.length; ++i)
      writer.uint32(10).bytes(message.txs[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Txs.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.mempool.Txs();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.txs && message.txs.length))
        message.txs = [];
       message.txs.push(reader.bytes());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Txs;
  })();

  mempool.Message = (function() {

   const Message = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Message.prototype.txs = null;

   let $oneOfFields;

   $Object.defineProperty(Message.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["txs"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Message.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.txs != null && $Object.hasOwnProperty.call(message, "txs"))
     $root.tendermint.mempool.Txs.encode(message.txs, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Message.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.mempool.Message();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.txs = $root.tendermint.mempool.Txs.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "txs";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Message;
  })();

  return mempool;
 })();

 tendermint.p2p = (function() {

  const p2p = {};

  p2p.ProtocolVersion = (function() {

   const ProtocolVersion = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ProtocolVersion.prototype.p2p = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
   ProtocolVersion.prototype.block = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
   ProtocolVersion.prototype.app = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

   ProtocolVersion.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.p2p != null && $Object.hasOwnProperty.call(message, "p2p") && (typeof message.p2p === "object" ? message.p2p.low || message.p2p.high : message.p2p !== 0))
     writer.uint32(8).uint64(message.p2p);
    if (message.block != null && $Object.hasOwnProperty.call(message, "block") && (typeof message.block === "object" ? message.block.low || message.block.high : message.block !== 0))
     writer.uint32(16).uint64(message.block);
    if (message.app != null && $Object.hasOwnProperty.call(message, "app") && (typeof message.app === "object" ? message.app.low || message.app.high : message.app !== 0))
     writer.uint32(24).uint64(message.app);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ProtocolVersion.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.ProtocolVersion();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.p2p = value;
       else
        delete message.p2p;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.block = value;
       else
        delete message.block;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.app = value;
       else
        delete message.app;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ProtocolVersion;
  })();

  p2p.NodeInfoOther = (function() {

   const NodeInfoOther = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NodeInfoOther.prototype.txIndex = "";
   NodeInfoOther.prototype.rpcAddress = "";

   NodeInfoOther.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.txIndex != null && $Object.hasOwnProperty.call(message, "txIndex") && message.txIndex !== "")
     writer.uint32(10).string(message.txIndex);
    if (message.rpcAddress != null && $Object.hasOwnProperty.call(message, "rpcAddress") && message.rpcAddress !== "")
     writer.uint32(18).string(message.rpcAddress);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NodeInfoOther.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.NodeInfoOther();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.txIndex = value;
       else
        delete message.txIndex;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.rpcAddress = value;
       else
        delete message.rpcAddress;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NodeInfoOther;
  })();

  p2p.NodeInfo = (function() {

   const NodeInfo = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NodeInfo.prototype.protocolVersion = null;
   NodeInfo.prototype.id = "";
   NodeInfo.prototype.listenAddr = "";
   NodeInfo.prototype.network = "";
   NodeInfo.prototype.version = "";
   NodeInfo.prototype.channels = $util.newBuffer([]);
   NodeInfo.prototype.moniker = "";
   NodeInfo.prototype.other = null;

   NodeInfo.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion"))
     $root.tendermint.p2p.ProtocolVersion.encode(message.protocolVersion, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(18).string(message.id);
    if (message.listenAddr != null && $Object.hasOwnProperty.call(message, "listenAddr") && message.listenAddr !== "")
     writer.uint32(26).string(message.listenAddr);
    if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== "")
     writer.uint32(34).string(message.network);
    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
     writer.uint32(42).string(message.version);
    if (message.channels != null && $Object.hasOwnProperty.call(message, "channels") && message.channels.length)
     writer.uint32(50).bytes(message.channels);
    if (message.moniker != null && $Object.hasOwnProperty.call(message, "moniker") && message.moniker !== "")
     writer.uint32(58).string(message.moniker);
    if (message.other != null && $Object.hasOwnProperty.call(message, "other"))
     $root.tendermint.p2p.NodeInfoOther.encode(message.other, writer.uint32(66).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NodeInfo.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.NodeInfo();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.protocolVersion = $root.tendermint.p2p.ProtocolVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.protocolVersion);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.listenAddr = value;
       else
        delete message.listenAddr;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.network = value;
       else
        delete message.network;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.version = value;
       else
        delete message.version;
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.channels = value;
       else
        delete message.channels;
       continue;
      }
     case 7: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.moniker = value;
       else
        delete message.moniker;
       continue;
      }
     case 8: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.other = $root.tendermint.p2p.NodeInfoOther.decode(reader, reader.size(), $undefined, _depth + 1, message.other);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NodeInfo;
  })();

  p2p.NetAddress = (function() {

   const NetAddress = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   NetAddress.prototype.id = "";
   NetAddress.prototype.ip = "";
   NetAddress.prototype.port = 0;

   NetAddress.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
     writer.uint32(10).string(message.id);
    if (message.ip != null && $Object.hasOwnProperty.call(message, "ip") && message.ip !== "")
     writer.uint32(18).string(message.ip);
    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
     writer.uint32(24).uint32(message.port);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   NetAddress.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.NetAddress();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.id = value;
       else
        delete message.id;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.ip = value;
       else
        delete message.ip;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.port = value;
       else
        delete message.port;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return NetAddress;
  })();

  p2p.PexRequest = (function() {

   const PexRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PexRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PexRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.PexRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PexRequest;
  })();

  p2p.PexAddrs = (function() {

   const PexAddrs = function (properties) {
    this.addrs = [];
    this.records = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PexAddrs.prototype.addrs = $util.emptyArray;
   PexAddrs.prototype.records = $util.emptyArray;

   PexAddrs.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.addrs != null && message.addrs.length)
     for (let i = 0; i < message.addrs.length; ++i)
      $root.tendermint.p2p.NetAddress.encode(message.addrs[i], writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.records != null && message.records.length)
     for (let i = 0; i < message.records.length; ++i)
      writer.uint32(802).bytes(message.records[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PexAddrs.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.PexAddrs();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.addrs && message.addrs.length))
        message.addrs = [];
       message.addrs.push($root.tendermint.p2p.NetAddress.decode(reader, reader.size(), $undefined, _depth + 1));
       continue;
      }
     case 100: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.records && message.records.length))
        message.records = [];
       message.records.push(reader.bytes());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PexAddrs;
  })();

  p2p.Message = (function() {

   const Message = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Message.prototype.pexRequest = null;
   Message.prototype.pexAddrs = null;

   let $oneOfFields;

   $Object.defineProperty(Message.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["pexRequest", "pexAddrs"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Message.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.pexRequest != null && $Object.hasOwnProperty.call(message, "pexRequest"))
     $root.tendermint.p2p.PexRequest.encode(message.pexRequest, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.pexAddrs != null && $Object.hasOwnProperty.call(message, "pexAddrs"))
     $root.tendermint.p2p.PexAddrs.encode(message.pexAddrs, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Message.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.Message();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.pexRequest = $root.tendermint.p2p.PexRequest.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "pexRequest";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.pexAddrs = $root.tendermint.p2p.PexAddrs.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "pexAddrs";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Message;
  })();

  p2p.PacketPing = (function() {

   const PacketPing = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PacketPing.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PacketPing.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.PacketPing();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PacketPing;
  })();

  p2p.PacketPong = (function() {

   const PacketPong = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PacketPong.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PacketPong.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.PacketPong();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PacketPong;
  })();

  p2p.PacketMsg = (function() {

   const PacketMsg = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   PacketMsg.prototype.channelId = 0;
   PacketMsg.prototype.eof = false;
   PacketMsg.prototype.data = $util.newBuffer([]);

   PacketMsg.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.channelId != null && $Object.hasOwnProperty.call(message, "channelId") && message.channelId !== 0)
     writer.uint32(8).int32(message.channelId);
    if (message.eof != null && $Object.hasOwnProperty.call(message, "eof") && message.eof !== false)
     writer.uint32(16).bool(message.eof);
    if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
     writer.uint32(26).bytes(message.data);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   PacketMsg.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.PacketMsg();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.int32())
        message.channelId = value;
       else
        delete message.channelId;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.bool())
        message.eof = value;
       else
        delete message.eof;
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.data = value;
       else
        delete message.data;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return PacketMsg;
  })();

  p2p.Packet = (function() {

   const Packet = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Packet.prototype.packetPing = null;
   Packet.prototype.packetPong = null;
   Packet.prototype.packetMsg = null;

   let $oneOfFields;

   $Object.defineProperty(Packet.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["packetPing", "packetPong", "packetMsg"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Packet.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.packetPing != null && $Object.hasOwnProperty.call(message, "packetPing"))
     $root.tendermint.p2p.PacketPing.encode(message.packetPing, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.packetPong != null && $Object.hasOwnProperty.call(message, "packetPong"))
     $root.tendermint.p2p.PacketPong.encode(message.packetPong, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.packetMsg != null && $Object.hasOwnProperty.call(message, "packetMsg"))
     $root.tendermint.p2p.PacketMsg.encode(message.packetMsg, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Packet.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.Packet();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.packetPing = $root.tendermint.p2p.PacketPing.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "packetPing";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.packetPong = $root.tendermint.p2p.PacketPong.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "packetPong";
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.packetMsg = $root.tendermint.p2p.PacketMsg.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "packetMsg";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Packet;
  })();

  p2p.AuthSigMessage = (function() {

   const AuthSigMessage = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   AuthSigMessage.prototype.pubKey = null;
   AuthSigMessage.prototype.sig = $util.newBuffer([]);

   AuthSigMessage.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.pubKey != null && $Object.hasOwnProperty.call(message, "pubKey"))
     $root.tendermint.types.PublicKey.encode(message.pubKey, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.sig != null && $Object.hasOwnProperty.call(message, "sig") && message.sig.length)
     writer.uint32(18).bytes(message.sig);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   AuthSigMessage.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.p2p.AuthSigMessage();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.pubKey = $root.tendermint.types.PublicKey.decode(reader, reader.size(), $undefined, _depth + 1, message.pubKey);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.sig = value;
       else
        delete message.sig;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return AuthSigMessage;
  })();

  return p2p;
 })();

 tendermint.params = (function() {

  const params = {};

  params.BlockParams = (function() {

   const BlockParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   BlockParams.prototype.maxBytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   BlockParams.prototype.maxGas = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   BlockParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.maxBytes != null && $Object.hasOwnProperty.call(message, "maxBytes") && (typeof message.maxBytes === "object" ? message.maxBytes.low || message.maxBytes.high : message.maxBytes !== 0))
     writer.uint32(8).int64(message.maxBytes);
    if (message.maxGas != null && $Object.hasOwnProperty.call(message, "maxGas") && (typeof message.maxGas === "object" ? message.maxGas.low || message.maxGas.high : message.maxGas !== 0))
     writer.uint32(16).int64(message.maxGas);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   BlockParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.BlockParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.maxBytes = value;
       else
        delete message.maxBytes;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.maxGas = value;
       else
        delete message.maxGas;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return BlockParams;
  })();

  params.EvidenceParams = (function() {

   const EvidenceParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   EvidenceParams.prototype.maxAgeNumBlocks = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
   EvidenceParams.prototype.maxAgeDuration = null;
   EvidenceParams.prototype.maxBytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   EvidenceParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.maxAgeNumBlocks != null && $Object.hasOwnProperty.call(message, "maxAgeNumBlocks") && (typeof message.maxAgeNumBlocks === "object" ? message.maxAgeNumBlocks.low || message.maxAgeNumBlocks.high : message.maxAgeNumBlocks !== 0))
     writer.uint32(8).int64(message.maxAgeNumBlocks);
    if (message.maxAgeDuration != null && $Object.hasOwnProperty.call(message, "maxAgeDuration"))
     $root.tendermint.types.Duration.encode(message.maxAgeDuration, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.maxBytes != null && $Object.hasOwnProperty.call(message, "maxBytes") && (typeof message.maxBytes === "object" ? message.maxBytes.low || message.maxBytes.high : message.maxBytes !== 0))
     writer.uint32(24).int64(message.maxBytes);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   EvidenceParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.EvidenceParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.maxAgeNumBlocks = value;
       else
        delete message.maxAgeNumBlocks;
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.maxAgeDuration = $root.tendermint.types.Duration.decode(reader, reader.size(), $undefined, _depth + 1);
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.maxBytes = value;
       else
        delete message.maxBytes;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return EvidenceParams;
  })();

  params.ValidatorParams = (function() {

   const ValidatorParams = function (properties) {
    this.pubKeyTypes = [];
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ValidatorParams.prototype.pubKeyTypes = $util.emptyArray;

   ValidatorParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.pubKeyTypes != null && message.pubKeyTypes.length)
     for (let i = 0; i < message.pubKeyTypes.length; ++i)
      writer.uint32(10).string(message.pubKeyTypes[i]);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ValidatorParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.ValidatorParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if (!(message.pubKeyTypes && message.pubKeyTypes.length))
        message.pubKeyTypes = [];
       message.pubKeyTypes.push(reader.string());
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ValidatorParams;
  })();

  params.VersionParams = (function() {

   const VersionParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   VersionParams.prototype.app = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

   VersionParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.app != null && $Object.hasOwnProperty.call(message, "app") && (typeof message.app === "object" ? message.app.low || message.app.high : message.app !== 0))
     writer.uint32(8).uint64(message.app);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   VersionParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.VersionParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.app = value;
       else
        delete message.app;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return VersionParams;
  })();

  params.ABCIParams = (function() {

   const ABCIParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ABCIParams.prototype.voteExtensionsEnableHeight = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

   ABCIParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.voteExtensionsEnableHeight != null && $Object.hasOwnProperty.call(message, "voteExtensionsEnableHeight") && (typeof message.voteExtensionsEnableHeight === "object" ? message.voteExtensionsEnableHeight.low || message.voteExtensionsEnableHeight.high : message.voteExtensionsEnableHeight !== 0))
     writer.uint32(8).int64(message.voteExtensionsEnableHeight);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ABCIParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.ABCIParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
        message.voteExtensionsEnableHeight = value;
       else
        delete message.voteExtensionsEnableHeight;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ABCIParams;
  })();

  params.AuthorityParams = (function() {

   const AuthorityParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   AuthorityParams.prototype.authority = "";

   AuthorityParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.authority != null && $Object.hasOwnProperty.call(message, "authority") && message.authority !== "")
     writer.uint32(10).string(message.authority);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   AuthorityParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.AuthorityParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.string()).length)
        message.authority = value;
       else
        delete message.authority;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return AuthorityParams;
  })();

  params.ConsensusParams = (function() {

   const ConsensusParams = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ConsensusParams.prototype.block = null;
   ConsensusParams.prototype.evidence = null;
   ConsensusParams.prototype.validator = null;
   ConsensusParams.prototype.version = null;
   ConsensusParams.prototype.abci = null;
   ConsensusParams.prototype.authority = null;

   ConsensusParams.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.block != null && $Object.hasOwnProperty.call(message, "block"))
     $root.tendermint.params.BlockParams.encode(message.block, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.evidence != null && $Object.hasOwnProperty.call(message, "evidence"))
     $root.tendermint.params.EvidenceParams.encode(message.evidence, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.validator != null && $Object.hasOwnProperty.call(message, "validator"))
     $root.tendermint.params.ValidatorParams.encode(message.validator, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
     $root.tendermint.params.VersionParams.encode(message.version, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.abci != null && $Object.hasOwnProperty.call(message, "abci"))
     $root.tendermint.params.ABCIParams.encode(message.abci, writer.uint32(42).fork(), _depth + 1).ldelim();
    if (message.authority != null && $Object.hasOwnProperty.call(message, "authority"))
     $root.tendermint.params.AuthorityParams.encode(message.authority, writer.uint32(50).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ConsensusParams.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.params.ConsensusParams();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.block = $root.tendermint.params.BlockParams.decode(reader, reader.size(), $undefined, _depth + 1, message.block);
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.evidence = $root.tendermint.params.EvidenceParams.decode(reader, reader.size(), $undefined, _depth + 1, message.evidence);
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.validator = $root.tendermint.params.ValidatorParams.decode(reader, reader.size(), $undefined, _depth + 1, message.validator);
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.version = $root.tendermint.params.VersionParams.decode(reader, reader.size(), $undefined, _depth + 1, message.version);
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.abci = $root.tendermint.params.ABCIParams.decode(reader, reader.size(), $undefined, _depth + 1, message.abci);
       continue;
      }
     case 6: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.authority = $root.tendermint.params.AuthorityParams.decode(reader, reader.size(), $undefined, _depth + 1, message.authority);
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ConsensusParams;
  })();

  return params;
 })();

 tendermint.statesync = (function() {

  const statesync = {};

  statesync.SnapshotsRequest = (function() {

   const SnapshotsRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SnapshotsRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SnapshotsRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.statesync.SnapshotsRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     reader.skipType(tag & 7, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return SnapshotsRequest;
  })();

  statesync.SnapshotsResponse = (function() {

   const SnapshotsResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   SnapshotsResponse.prototype.height = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
   SnapshotsResponse.prototype.format = 0;
   SnapshotsResponse.prototype.chunks = 0;
   SnapshotsResponse.prototype.hash = $util.newBuffer([]);
   SnapshotsResponse.prototype.metadata = $util.newBuffer([]);

   SnapshotsResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).uint64(message.height);
    if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
     writer.uint32(16).uint32(message.format);
    if (message.chunks != null && $Object.hasOwnProperty.call(message, "chunks") && message.chunks !== 0)
     writer.uint32(24).uint32(message.chunks);
    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash.length)
     writer.uint32(34).bytes(message.hash);
    if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata.length)
     writer.uint32(42).bytes(message.metadata);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   SnapshotsResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.statesync.SnapshotsResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.format = value;
       else
        delete message.format;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.chunks = value;
       else
        delete message.chunks;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.hash = value;
       else
        delete message.hash;
       continue;
      }
     case 5: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.metadata = value;
       else
        delete message.metadata;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return SnapshotsResponse;
  })();

  statesync.ChunkRequest = (function() {

   const ChunkRequest = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ChunkRequest.prototype.height = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
   ChunkRequest.prototype.format = 0;
   ChunkRequest.prototype.index = 0;

   ChunkRequest.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).uint64(message.height);
    if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
     writer.uint32(16).uint32(message.format);
    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
     writer.uint32(24).uint32(message.index);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ChunkRequest.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.statesync.ChunkRequest();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.format = value;
       else
        delete message.format;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.index = value;
       else
        delete message.index;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ChunkRequest;
  })();

  statesync.ChunkResponse = (function() {

   const ChunkResponse = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   ChunkResponse.prototype.height = $util.Long ? $util.Long.fromBits(0,0,true) : 0;
   ChunkResponse.prototype.format = 0;
   ChunkResponse.prototype.index = 0;
   ChunkResponse.prototype.chunk = $util.newBuffer([]);
   ChunkResponse.prototype.missing = false;

   ChunkResponse.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && (typeof message.height === "object" ? message.height.low || message.height.high : message.height !== 0))
     writer.uint32(8).uint64(message.height);
    if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
     writer.uint32(16).uint32(message.format);
    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
     writer.uint32(24).uint32(message.index);
    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk.length)
     writer.uint32(34).bytes(message.chunk);
    if (message.missing != null && $Object.hasOwnProperty.call(message, "missing") && message.missing !== false)
     writer.uint32(40).bool(message.missing);
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   ChunkResponse.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message, value;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.statesync.ChunkResponse();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
        message.height = value;
       else
        delete message.height;
       continue;
      }
     case 2: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.format = value;
       else
        delete message.format;
       continue;
      }
     case 3: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.uint32())
        message.index = value;
       else
        delete message.index;
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       if ((value = reader.bytes()).length)
        message.chunk = value;
       else
        delete message.chunk;
       continue;
      }
     case 5: {
       if (wireType !== 0) throw $Error("wrong wire type");
       if (value = reader.bool())
        message.missing = value;
       else
        delete message.missing;
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return ChunkResponse;
  })();

  statesync.Message = (function() {

   const Message = function (properties) {
    if (properties)
     for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
      if (properties[keys[i]] != null && keys[i] !== "__proto__")
       this[keys[i]] = properties[keys[i]];
   };

   Message.prototype.snapshotsRequest = null;
   Message.prototype.snapshotsResponse = null;
   Message.prototype.chunkRequest = null;
   Message.prototype.chunkResponse = null;

   let $oneOfFields;

   $Object.defineProperty(Message.prototype, "sum", {
    get: $util.oneOfGetter($oneOfFields = ["snapshotsRequest", "snapshotsResponse", "chunkRequest", "chunkResponse"]),
    set: $util.oneOfSetter($oneOfFields)
   });

   Message.encode = function (message, writer, _depth) {
    if (!writer)
     writer = $Writer.create();
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $util.recursionLimit)
     throw $Error("max depth exceeded");
    if (message.snapshotsRequest != null && $Object.hasOwnProperty.call(message, "snapshotsRequest"))
     $root.tendermint.statesync.SnapshotsRequest.encode(message.snapshotsRequest, writer.uint32(10).fork(), _depth + 1).ldelim();
    if (message.snapshotsResponse != null && $Object.hasOwnProperty.call(message, "snapshotsResponse"))
     $root.tendermint.statesync.SnapshotsResponse.encode(message.snapshotsResponse, writer.uint32(18).fork(), _depth + 1).ldelim();
    if (message.chunkRequest != null && $Object.hasOwnProperty.call(message, "chunkRequest"))
     $root.tendermint.statesync.ChunkRequest.encode(message.chunkRequest, writer.uint32(26).fork(), _depth + 1).ldelim();
    if (message.chunkResponse != null && $Object.hasOwnProperty.call(message, "chunkResponse"))
     $root.tendermint.statesync.ChunkResponse.encode(message.chunkResponse, writer.uint32(34).fork(), _depth + 1).ldelim();
    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
     for (let i = 0; i < message.$unknowns.length; ++i)
      writer.raw(message.$unknowns[i]);
    return writer;
   };

   Message.decode = function (reader, length, _end, _depth, _target) {
    if (!(reader instanceof $Reader))
     reader = $Reader.create(reader);
    if (_depth === $undefined)
     _depth = 0;
    if (_depth > $Reader.recursionLimit)
     throw $Error("max depth exceeded");
    let end, message;
    if (length === $undefined)
     end = reader.len;
    else {
     end = reader.pos + length;
     if (end > reader.len)
      throw $RangeError("index out of range");
     length = reader.len;
     reader.len = end;
    }
    message = _target || new $root.tendermint.statesync.Message();
    while (reader.pos < end) {
     let start = reader.pos;
     let tag = reader.tag();
     if (tag === _end) {
      _end = $undefined;
      break;
     }
     let wireType = tag & 7;
     switch (tag >>>= 3) {
     case 1: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.snapshotsRequest = $root.tendermint.statesync.SnapshotsRequest.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "snapshotsRequest";
       continue;
      }
     case 2: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.snapshotsResponse = $root.tendermint.statesync.SnapshotsResponse.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "snapshotsResponse";
       continue;
      }
     case 3: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.chunkRequest = $root.tendermint.statesync.ChunkRequest.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "chunkRequest";
       continue;
      }
     case 4: {
       if (wireType !== 2) throw $Error("wrong wire type");
       message.chunkResponse = $root.tendermint.statesync.ChunkResponse.decode(reader, reader.size(), $undefined, _depth + 1);
       message.sum = "chunkResponse";
       continue;
      }
     }
     reader.skipType(wireType, _depth, tag);
     if (!reader.discardUnknown) {
      $util.makeProp(message, "$unknowns", false);
      (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
     }
    }
    if (length !== $undefined) {
     if (reader.pos !== end)
      throw $RangeError("index out of range");
     reader.len = length;
    }
    if (_end !== $undefined)
     throw $Error("missing end group");
    return message;
   };

   return Message;
  })();

  return statesync;
 })();

 return tendermint;
})();

export {
  $root as default
};
