// Generated from src/proto/*.proto by scripts/generate-proto.mjs. Do not edit.
import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace tendermint. */
export namespace tendermint {

    /** Namespace blocksync. */
    namespace blocksync {

        /**
         * Properties of a BlockRequest.
         * @deprecated Use tendermint.blocksync.BlockRequest.$Properties instead.
         */
        interface IBlockRequest extends tendermint.blocksync.BlockRequest.$Properties {
        }

        /** Represents a BlockRequest. */
        class BlockRequest {

            /**
             * Constructs a new BlockRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.blocksync.BlockRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlockRequest height. */
            height: (number|Long);

            /**
             * Encodes the specified BlockRequest message. Does not implicitly {@link tendermint.blocksync.BlockRequest.verify|verify} messages.
             * @param message BlockRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.blocksync.BlockRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlockRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.blocksync.BlockRequest & tendermint.blocksync.BlockRequest.$Shape} BlockRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.blocksync.BlockRequest & tendermint.blocksync.BlockRequest.$Shape;
        }

        namespace BlockRequest {

            /** Properties of a BlockRequest. */
            interface $Properties {

                /** BlockRequest height */
                height?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlockRequest. */
            type $Shape = tendermint.blocksync.BlockRequest.$Properties;
        }

        /**
         * Properties of a NoBlockResponse.
         * @deprecated Use tendermint.blocksync.NoBlockResponse.$Properties instead.
         */
        interface INoBlockResponse extends tendermint.blocksync.NoBlockResponse.$Properties {
        }

        /** Represents a NoBlockResponse. */
        class NoBlockResponse {

            /**
             * Constructs a new NoBlockResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.blocksync.NoBlockResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NoBlockResponse height. */
            height: (number|Long);

            /**
             * Encodes the specified NoBlockResponse message. Does not implicitly {@link tendermint.blocksync.NoBlockResponse.verify|verify} messages.
             * @param message NoBlockResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.blocksync.NoBlockResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NoBlockResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.blocksync.NoBlockResponse & tendermint.blocksync.NoBlockResponse.$Shape} NoBlockResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.blocksync.NoBlockResponse & tendermint.blocksync.NoBlockResponse.$Shape;
        }

        namespace NoBlockResponse {

            /** Properties of a NoBlockResponse. */
            interface $Properties {

                /** NoBlockResponse height */
                height?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NoBlockResponse. */
            type $Shape = tendermint.blocksync.NoBlockResponse.$Properties;
        }

        /**
         * Properties of a BlockResponse.
         * @deprecated Use tendermint.blocksync.BlockResponse.$Properties instead.
         */
        interface IBlockResponse extends tendermint.blocksync.BlockResponse.$Properties {
        }

        /** Represents a BlockResponse. */
        class BlockResponse {

            /**
             * Constructs a new BlockResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.blocksync.BlockResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlockResponse block. */
            block?: (tendermint.types.Block.$Properties|null);

            /** BlockResponse extCommit. */
            extCommit?: (tendermint.types.ExtendedCommit.$Properties|null);

            /**
             * Encodes the specified BlockResponse message. Does not implicitly {@link tendermint.blocksync.BlockResponse.verify|verify} messages.
             * @param message BlockResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.blocksync.BlockResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlockResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.blocksync.BlockResponse & tendermint.blocksync.BlockResponse.$Shape} BlockResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.blocksync.BlockResponse & tendermint.blocksync.BlockResponse.$Shape;
        }

        namespace BlockResponse {

            /** Properties of a BlockResponse. */
            interface $Properties {

                /** BlockResponse block */
                block?: (tendermint.types.Block.$Properties|null);

                /** BlockResponse extCommit */
                extCommit?: (tendermint.types.ExtendedCommit.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlockResponse. */
            type $Shape = {
              block?: tendermint.types.Block.$Shape|null;
              extCommit?: tendermint.types.ExtendedCommit.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a StatusRequest.
         * @deprecated Use tendermint.blocksync.StatusRequest.$Properties instead.
         */
        interface IStatusRequest extends tendermint.blocksync.StatusRequest.$Properties {
        }

        /** Represents a StatusRequest. */
        class StatusRequest {

            /**
             * Constructs a new StatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.blocksync.StatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified StatusRequest message. Does not implicitly {@link tendermint.blocksync.StatusRequest.verify|verify} messages.
             * @param message StatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.blocksync.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.blocksync.StatusRequest & tendermint.blocksync.StatusRequest.$Shape} StatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.blocksync.StatusRequest & tendermint.blocksync.StatusRequest.$Shape;
        }

        namespace StatusRequest {

            /** Properties of a StatusRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusRequest. */
            type $Shape = tendermint.blocksync.StatusRequest.$Properties;
        }

        /**
         * Properties of a StatusResponse.
         * @deprecated Use tendermint.blocksync.StatusResponse.$Properties instead.
         */
        interface IStatusResponse extends tendermint.blocksync.StatusResponse.$Properties {
        }

        /** Represents a StatusResponse. */
        class StatusResponse {

            /**
             * Constructs a new StatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.blocksync.StatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StatusResponse height. */
            height: (number|Long);

            /** StatusResponse base. */
            base: (number|Long);

            /**
             * Encodes the specified StatusResponse message. Does not implicitly {@link tendermint.blocksync.StatusResponse.verify|verify} messages.
             * @param message StatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.blocksync.StatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.blocksync.StatusResponse & tendermint.blocksync.StatusResponse.$Shape} StatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.blocksync.StatusResponse & tendermint.blocksync.StatusResponse.$Shape;
        }

        namespace StatusResponse {

            /** Properties of a StatusResponse. */
            interface $Properties {

                /** StatusResponse height */
                height?: (number|Long|null);

                /** StatusResponse base */
                base?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusResponse. */
            type $Shape = tendermint.blocksync.StatusResponse.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use tendermint.blocksync.Message.$Properties instead.
         */
        interface IMessage extends tendermint.blocksync.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.blocksync.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message blockRequest. */
            blockRequest?: (tendermint.blocksync.BlockRequest.$Properties|null);

            /** Message noBlockResponse. */
            noBlockResponse?: (tendermint.blocksync.NoBlockResponse.$Properties|null);

            /** Message blockResponse. */
            blockResponse?: (tendermint.blocksync.BlockResponse.$Properties|null);

            /** Message statusRequest. */
            statusRequest?: (tendermint.blocksync.StatusRequest.$Properties|null);

            /** Message statusResponse. */
            statusResponse?: (tendermint.blocksync.StatusResponse.$Properties|null);

            /** Message sum. */
            sum?: ("blockRequest"|"noBlockResponse"|"blockResponse"|"statusRequest"|"statusResponse");

            /**
             * Encodes the specified Message message. Does not implicitly {@link tendermint.blocksync.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.blocksync.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.blocksync.Message & tendermint.blocksync.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.blocksync.Message & tendermint.blocksync.Message.$Shape;
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message blockRequest */
                blockRequest?: (tendermint.blocksync.BlockRequest.$Properties|null);

                /** Message noBlockResponse */
                noBlockResponse?: (tendermint.blocksync.NoBlockResponse.$Properties|null);

                /** Message blockResponse */
                blockResponse?: (tendermint.blocksync.BlockResponse.$Properties|null);

                /** Message statusRequest */
                statusRequest?: (tendermint.blocksync.StatusRequest.$Properties|null);

                /** Message statusResponse */
                statusResponse?: (tendermint.blocksync.StatusResponse.$Properties|null);

                /** Message sum */
                sum?: ("blockRequest"|"noBlockResponse"|"blockResponse"|"statusRequest"|"statusResponse");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Message. */
            type $Shape = {
              blockRequest?: tendermint.blocksync.BlockRequest.$Shape|null;
              noBlockResponse?: tendermint.blocksync.NoBlockResponse.$Shape|null;
              blockResponse?: tendermint.blocksync.BlockResponse.$Shape|null;
              statusRequest?: tendermint.blocksync.StatusRequest.$Shape|null;
              statusResponse?: tendermint.blocksync.StatusResponse.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; blockRequest?: null; noBlockResponse?: null; blockResponse?: null; statusRequest?: null; statusResponse?: null }|{ sum?: "blockRequest"; blockRequest: tendermint.blocksync.BlockRequest.$Shape; noBlockResponse?: null; blockResponse?: null; statusRequest?: null; statusResponse?: null }|{ sum?: "noBlockResponse"; blockRequest?: null; noBlockResponse: tendermint.blocksync.NoBlockResponse.$Shape; blockResponse?: null; statusRequest?: null; statusResponse?: null }|{ sum?: "blockResponse"; blockRequest?: null; noBlockResponse?: null; blockResponse: tendermint.blocksync.BlockResponse.$Shape; statusRequest?: null; statusResponse?: null }|{ sum?: "statusRequest"; blockRequest?: null; noBlockResponse?: null; blockResponse?: null; statusRequest: tendermint.blocksync.StatusRequest.$Shape; statusResponse?: null }|{ sum?: "statusResponse"; blockRequest?: null; noBlockResponse?: null; blockResponse?: null; statusRequest?: null; statusResponse: tendermint.blocksync.StatusResponse.$Shape })
            );
        }
    }

    /** Namespace types. */
    namespace types {

        /**
         * Properties of a Timestamp.
         * @deprecated Use tendermint.types.Timestamp.$Properties instead.
         */
        interface ITimestamp extends tendermint.types.Timestamp.$Properties {
        }

        /** Represents a Timestamp. */
        class Timestamp {

            /**
             * Constructs a new Timestamp.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Timestamp.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Timestamp seconds. */
            seconds: (number|Long);

            /** Timestamp nanos. */
            nanos: number;

            /**
             * Encodes the specified Timestamp message. Does not implicitly {@link tendermint.types.Timestamp.verify|verify} messages.
             * @param message Timestamp message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Timestamp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Timestamp message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Timestamp & tendermint.types.Timestamp.$Shape} Timestamp
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Timestamp & tendermint.types.Timestamp.$Shape;
        }

        namespace Timestamp {

            /** Properties of a Timestamp. */
            interface $Properties {

                /** Timestamp seconds */
                seconds?: (number|Long|null);

                /** Timestamp nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Timestamp. */
            type $Shape = tendermint.types.Timestamp.$Properties;
        }

        /**
         * Properties of a Duration.
         * @deprecated Use tendermint.types.Duration.$Properties instead.
         */
        interface IDuration extends tendermint.types.Duration.$Properties {
        }

        /** Represents a Duration. */
        class Duration {

            /**
             * Constructs a new Duration.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Duration.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Duration seconds. */
            seconds: (number|Long);

            /** Duration nanos. */
            nanos: number;

            /**
             * Encodes the specified Duration message. Does not implicitly {@link tendermint.types.Duration.verify|verify} messages.
             * @param message Duration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Duration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Duration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Duration & tendermint.types.Duration.$Shape} Duration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Duration & tendermint.types.Duration.$Shape;
        }

        namespace Duration {

            /** Properties of a Duration. */
            interface $Properties {

                /** Duration seconds */
                seconds?: (number|Long|null);

                /** Duration nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Duration. */
            type $Shape = tendermint.types.Duration.$Properties;
        }

        /**
         * Properties of a BytesValue.
         * @deprecated Use tendermint.types.BytesValue.$Properties instead.
         */
        interface IBytesValue extends tendermint.types.BytesValue.$Properties {
        }

        /** Represents a BytesValue. */
        class BytesValue {

            /**
             * Constructs a new BytesValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.BytesValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BytesValue value. */
            value: Uint8Array;

            /**
             * Encodes the specified BytesValue message. Does not implicitly {@link tendermint.types.BytesValue.verify|verify} messages.
             * @param message BytesValue message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.BytesValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BytesValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.BytesValue & tendermint.types.BytesValue.$Shape} BytesValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.BytesValue & tendermint.types.BytesValue.$Shape;
        }

        namespace BytesValue {

            /** Properties of a BytesValue. */
            interface $Properties {

                /** BytesValue value */
                value?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BytesValue. */
            type $Shape = tendermint.types.BytesValue.$Properties;
        }

        /**
         * Properties of a StringValue.
         * @deprecated Use tendermint.types.StringValue.$Properties instead.
         */
        interface IStringValue extends tendermint.types.StringValue.$Properties {
        }

        /** Represents a StringValue. */
        class StringValue {

            /**
             * Constructs a new StringValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.StringValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StringValue value. */
            value: string;

            /**
             * Encodes the specified StringValue message. Does not implicitly {@link tendermint.types.StringValue.verify|verify} messages.
             * @param message StringValue message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.StringValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StringValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.StringValue & tendermint.types.StringValue.$Shape} StringValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.StringValue & tendermint.types.StringValue.$Shape;
        }

        namespace StringValue {

            /** Properties of a StringValue. */
            interface $Properties {

                /** StringValue value */
                value?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StringValue. */
            type $Shape = tendermint.types.StringValue.$Properties;
        }

        /**
         * Properties of an Int64Value.
         * @deprecated Use tendermint.types.Int64Value.$Properties instead.
         */
        interface IInt64Value extends tendermint.types.Int64Value.$Properties {
        }

        /** Represents an Int64Value. */
        class Int64Value {

            /**
             * Constructs a new Int64Value.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Int64Value.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Int64Value value. */
            value: (number|Long);

            /**
             * Encodes the specified Int64Value message. Does not implicitly {@link tendermint.types.Int64Value.verify|verify} messages.
             * @param message Int64Value message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Int64Value.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Int64Value message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Int64Value & tendermint.types.Int64Value.$Shape} Int64Value
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Int64Value & tendermint.types.Int64Value.$Shape;
        }

        namespace Int64Value {

            /** Properties of an Int64Value. */
            interface $Properties {

                /** Int64Value value */
                value?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Int64Value. */
            type $Shape = tendermint.types.Int64Value.$Properties;
        }

        /**
         * Properties of a ConsensusVersion.
         * @deprecated Use tendermint.types.ConsensusVersion.$Properties instead.
         */
        interface IConsensusVersion extends tendermint.types.ConsensusVersion.$Properties {
        }

        /** Represents a ConsensusVersion. */
        class ConsensusVersion {

            /**
             * Constructs a new ConsensusVersion.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.ConsensusVersion.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConsensusVersion block. */
            block: (number|Long);

            /** ConsensusVersion app. */
            app: (number|Long);

            /**
             * Encodes the specified ConsensusVersion message. Does not implicitly {@link tendermint.types.ConsensusVersion.verify|verify} messages.
             * @param message ConsensusVersion message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.ConsensusVersion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsensusVersion message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.ConsensusVersion & tendermint.types.ConsensusVersion.$Shape} ConsensusVersion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.ConsensusVersion & tendermint.types.ConsensusVersion.$Shape;
        }

        namespace ConsensusVersion {

            /** Properties of a ConsensusVersion. */
            interface $Properties {

                /** ConsensusVersion block */
                block?: (number|Long|null);

                /** ConsensusVersion app */
                app?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConsensusVersion. */
            type $Shape = tendermint.types.ConsensusVersion.$Properties;
        }

        /**
         * Properties of a PartSetHeader.
         * @deprecated Use tendermint.types.PartSetHeader.$Properties instead.
         */
        interface IPartSetHeader extends tendermint.types.PartSetHeader.$Properties {
        }

        /** Represents a PartSetHeader. */
        class PartSetHeader {

            /**
             * Constructs a new PartSetHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.PartSetHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PartSetHeader total. */
            total: number;

            /** PartSetHeader hash. */
            hash: Uint8Array;

            /**
             * Encodes the specified PartSetHeader message. Does not implicitly {@link tendermint.types.PartSetHeader.verify|verify} messages.
             * @param message PartSetHeader message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.PartSetHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartSetHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.PartSetHeader & tendermint.types.PartSetHeader.$Shape} PartSetHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.PartSetHeader & tendermint.types.PartSetHeader.$Shape;
        }

        namespace PartSetHeader {

            /** Properties of a PartSetHeader. */
            interface $Properties {

                /** PartSetHeader total */
                total?: (number|null);

                /** PartSetHeader hash */
                hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PartSetHeader. */
            type $Shape = tendermint.types.PartSetHeader.$Properties;
        }

        /**
         * Properties of a BlockID.
         * @deprecated Use tendermint.types.BlockID.$Properties instead.
         */
        interface IBlockID extends tendermint.types.BlockID.$Properties {
        }

        /** Represents a BlockID. */
        class BlockID {

            /**
             * Constructs a new BlockID.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.BlockID.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlockID hash. */
            hash: Uint8Array;

            /** BlockID partSetHeader. */
            partSetHeader?: (tendermint.types.PartSetHeader.$Properties|null);

            /**
             * Encodes the specified BlockID message. Does not implicitly {@link tendermint.types.BlockID.verify|verify} messages.
             * @param message BlockID message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.BlockID.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlockID message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.BlockID & tendermint.types.BlockID.$Shape} BlockID
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.BlockID & tendermint.types.BlockID.$Shape;
        }

        namespace BlockID {

            /** Properties of a BlockID. */
            interface $Properties {

                /** BlockID hash */
                hash?: (Uint8Array|null);

                /** BlockID partSetHeader */
                partSetHeader?: (tendermint.types.PartSetHeader.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlockID. */
            type $Shape = tendermint.types.BlockID.$Properties;
        }

        /**
         * Properties of a Proof.
         * @deprecated Use tendermint.types.Proof.$Properties instead.
         */
        interface IProof extends tendermint.types.Proof.$Properties {
        }

        /** Represents a Proof. */
        class Proof {

            /**
             * Constructs a new Proof.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Proof.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Proof total. */
            total: (number|Long);

            /** Proof index. */
            index: (number|Long);

            /** Proof leafHash. */
            leafHash: Uint8Array;

            /** Proof aunts. */
            aunts: Uint8Array[];

            /**
             * Encodes the specified Proof message. Does not implicitly {@link tendermint.types.Proof.verify|verify} messages.
             * @param message Proof message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Proof.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Proof message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Proof & tendermint.types.Proof.$Shape} Proof
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Proof & tendermint.types.Proof.$Shape;
        }

        namespace Proof {

            /** Properties of a Proof. */
            interface $Properties {

                /** Proof total */
                total?: (number|Long|null);

                /** Proof index */
                index?: (number|Long|null);

                /** Proof leafHash */
                leafHash?: (Uint8Array|null);

                /** Proof aunts */
                aunts?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Proof. */
            type $Shape = tendermint.types.Proof.$Properties;
        }

        /**
         * Properties of a Part.
         * @deprecated Use tendermint.types.Part.$Properties instead.
         */
        interface IPart extends tendermint.types.Part.$Properties {
        }

        /** Represents a Part. */
        class Part {

            /**
             * Constructs a new Part.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Part.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Part index. */
            index: number;

            /** Part bytes. */
            bytes: Uint8Array;

            /** Part proof. */
            proof?: (tendermint.types.Proof.$Properties|null);

            /**
             * Encodes the specified Part message. Does not implicitly {@link tendermint.types.Part.verify|verify} messages.
             * @param message Part message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Part.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Part message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Part & tendermint.types.Part.$Shape} Part
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Part & tendermint.types.Part.$Shape;
        }

        namespace Part {

            /** Properties of a Part. */
            interface $Properties {

                /** Part index */
                index?: (number|null);

                /** Part bytes */
                bytes?: (Uint8Array|null);

                /** Part proof */
                proof?: (tendermint.types.Proof.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Part. */
            type $Shape = tendermint.types.Part.$Properties;
        }

        /**
         * Properties of a PublicKey.
         * @deprecated Use tendermint.types.PublicKey.$Properties instead.
         */
        interface IPublicKey extends tendermint.types.PublicKey.$Properties {
        }

        /** Represents a PublicKey. */
        class PublicKey {

            /**
             * Constructs a new PublicKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.PublicKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PublicKey ed25519. */
            ed25519?: (Uint8Array|null);

            /** PublicKey secp256k1. */
            secp256k1?: (Uint8Array|null);

            /** PublicKey bls12381. */
            bls12381?: (Uint8Array|null);

            /** PublicKey mldsa65. */
            mldsa65?: (Uint8Array|null);

            /** PublicKey secp256k1eth. */
            secp256k1eth?: (Uint8Array|null);

            /** PublicKey sum. */
            sum?: ("ed25519"|"secp256k1"|"bls12381"|"mldsa65"|"secp256k1eth");

            /**
             * Encodes the specified PublicKey message. Does not implicitly {@link tendermint.types.PublicKey.verify|verify} messages.
             * @param message PublicKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.PublicKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PublicKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.PublicKey & tendermint.types.PublicKey.$Shape} PublicKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.PublicKey & tendermint.types.PublicKey.$Shape;
        }

        namespace PublicKey {

            /** Properties of a PublicKey. */
            interface $Properties {

                /** PublicKey ed25519 */
                ed25519?: (Uint8Array|null);

                /** PublicKey secp256k1 */
                secp256k1?: (Uint8Array|null);

                /** PublicKey bls12381 */
                bls12381?: (Uint8Array|null);

                /** PublicKey mldsa65 */
                mldsa65?: (Uint8Array|null);

                /** PublicKey secp256k1eth */
                secp256k1eth?: (Uint8Array|null);

                /** PublicKey sum */
                sum?: ("ed25519"|"secp256k1"|"bls12381"|"mldsa65"|"secp256k1eth");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a PublicKey. */
            type $Shape = {
              ed25519?: Uint8Array|null;
              secp256k1?: Uint8Array|null;
              bls12381?: Uint8Array|null;
              mldsa65?: Uint8Array|null;
              secp256k1eth?: Uint8Array|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; ed25519?: null; secp256k1?: null; bls12381?: null; mldsa65?: null; secp256k1eth?: null }|{ sum?: "ed25519"; ed25519: Uint8Array; secp256k1?: null; bls12381?: null; mldsa65?: null; secp256k1eth?: null }|{ sum?: "secp256k1"; ed25519?: null; secp256k1: Uint8Array; bls12381?: null; mldsa65?: null; secp256k1eth?: null }|{ sum?: "bls12381"; ed25519?: null; secp256k1?: null; bls12381: Uint8Array; mldsa65?: null; secp256k1eth?: null }|{ sum?: "mldsa65"; ed25519?: null; secp256k1?: null; bls12381?: null; mldsa65: Uint8Array; secp256k1eth?: null }|{ sum?: "secp256k1eth"; ed25519?: null; secp256k1?: null; bls12381?: null; mldsa65?: null; secp256k1eth: Uint8Array })
            );
        }

        /**
         * Properties of a Header.
         * @deprecated Use tendermint.types.Header.$Properties instead.
         */
        interface IHeader extends tendermint.types.Header.$Properties {
        }

        /** Represents a Header. */
        class Header {

            /**
             * Constructs a new Header.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Header.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Header version. */
            version?: (tendermint.types.ConsensusVersion.$Properties|null);

            /** Header chainId. */
            chainId: string;

            /** Header height. */
            height: (number|Long);

            /** Header time. */
            time?: (tendermint.types.Timestamp.$Properties|null);

            /** Header lastBlockId. */
            lastBlockId?: (tendermint.types.BlockID.$Properties|null);

            /** Header lastCommitHash. */
            lastCommitHash: Uint8Array;

            /** Header dataHash. */
            dataHash: Uint8Array;

            /** Header validatorsHash. */
            validatorsHash: Uint8Array;

            /** Header nextValidatorsHash. */
            nextValidatorsHash: Uint8Array;

            /** Header consensusHash. */
            consensusHash: Uint8Array;

            /** Header appHash. */
            appHash: Uint8Array;

            /** Header lastResultsHash. */
            lastResultsHash: Uint8Array;

            /** Header evidenceHash. */
            evidenceHash: Uint8Array;

            /** Header proposerAddress. */
            proposerAddress: Uint8Array;

            /**
             * Encodes the specified Header message. Does not implicitly {@link tendermint.types.Header.verify|verify} messages.
             * @param message Header message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Header.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Header message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Header & tendermint.types.Header.$Shape} Header
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Header & tendermint.types.Header.$Shape;
        }

        namespace Header {

            /** Properties of a Header. */
            interface $Properties {

                /** Header version */
                version?: (tendermint.types.ConsensusVersion.$Properties|null);

                /** Header chainId */
                chainId?: (string|null);

                /** Header height */
                height?: (number|Long|null);

                /** Header time */
                time?: (tendermint.types.Timestamp.$Properties|null);

                /** Header lastBlockId */
                lastBlockId?: (tendermint.types.BlockID.$Properties|null);

                /** Header lastCommitHash */
                lastCommitHash?: (Uint8Array|null);

                /** Header dataHash */
                dataHash?: (Uint8Array|null);

                /** Header validatorsHash */
                validatorsHash?: (Uint8Array|null);

                /** Header nextValidatorsHash */
                nextValidatorsHash?: (Uint8Array|null);

                /** Header consensusHash */
                consensusHash?: (Uint8Array|null);

                /** Header appHash */
                appHash?: (Uint8Array|null);

                /** Header lastResultsHash */
                lastResultsHash?: (Uint8Array|null);

                /** Header evidenceHash */
                evidenceHash?: (Uint8Array|null);

                /** Header proposerAddress */
                proposerAddress?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Header. */
            type $Shape = tendermint.types.Header.$Properties;
        }

        /**
         * Properties of a Data.
         * @deprecated Use tendermint.types.Data.$Properties instead.
         */
        interface IData extends tendermint.types.Data.$Properties {
        }

        /** Represents a Data. */
        class Data {

            /**
             * Constructs a new Data.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Data.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Data txs. */
            txs: Uint8Array[];

            /**
             * Encodes the specified Data message. Does not implicitly {@link tendermint.types.Data.verify|verify} messages.
             * @param message Data message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Data.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Data message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Data & tendermint.types.Data.$Shape} Data
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Data & tendermint.types.Data.$Shape;
        }

        namespace Data {

            /** Properties of a Data. */
            interface $Properties {

                /** Data txs */
                txs?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Data. */
            type $Shape = tendermint.types.Data.$Properties;
        }

        /**
         * Properties of a CommitSig.
         * @deprecated Use tendermint.types.CommitSig.$Properties instead.
         */
        interface ICommitSig extends tendermint.types.CommitSig.$Properties {
        }

        /** Represents a CommitSig. */
        class CommitSig {

            /**
             * Constructs a new CommitSig.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.CommitSig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CommitSig blockIdFlag. */
            blockIdFlag: number;

            /** CommitSig validatorAddress. */
            validatorAddress: Uint8Array;

            /** CommitSig timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /** CommitSig signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified CommitSig message. Does not implicitly {@link tendermint.types.CommitSig.verify|verify} messages.
             * @param message CommitSig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.CommitSig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CommitSig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.CommitSig & tendermint.types.CommitSig.$Shape} CommitSig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.CommitSig & tendermint.types.CommitSig.$Shape;
        }

        namespace CommitSig {

            /** Properties of a CommitSig. */
            interface $Properties {

                /** CommitSig blockIdFlag */
                blockIdFlag?: (number|null);

                /** CommitSig validatorAddress */
                validatorAddress?: (Uint8Array|null);

                /** CommitSig timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** CommitSig signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CommitSig. */
            type $Shape = tendermint.types.CommitSig.$Properties;
        }

        /**
         * Properties of a Commit.
         * @deprecated Use tendermint.types.Commit.$Properties instead.
         */
        interface ICommit extends tendermint.types.Commit.$Properties {
        }

        /** Represents a Commit. */
        class Commit {

            /**
             * Constructs a new Commit.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Commit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Commit height. */
            height: (number|Long);

            /** Commit round. */
            round: number;

            /** Commit blockId. */
            blockId?: (tendermint.types.BlockID.$Properties|null);

            /** Commit signatures. */
            signatures: tendermint.types.CommitSig.$Properties[];

            /**
             * Encodes the specified Commit message. Does not implicitly {@link tendermint.types.Commit.verify|verify} messages.
             * @param message Commit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Commit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Commit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Commit & tendermint.types.Commit.$Shape} Commit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Commit & tendermint.types.Commit.$Shape;
        }

        namespace Commit {

            /** Properties of a Commit. */
            interface $Properties {

                /** Commit height */
                height?: (number|Long|null);

                /** Commit round */
                round?: (number|null);

                /** Commit blockId */
                blockId?: (tendermint.types.BlockID.$Properties|null);

                /** Commit signatures */
                signatures?: (tendermint.types.CommitSig.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Commit. */
            type $Shape = tendermint.types.Commit.$Properties;
        }

        /**
         * Properties of an ExtendedCommitSig.
         * @deprecated Use tendermint.types.ExtendedCommitSig.$Properties instead.
         */
        interface IExtendedCommitSig extends tendermint.types.ExtendedCommitSig.$Properties {
        }

        /** Represents an ExtendedCommitSig. */
        class ExtendedCommitSig {

            /**
             * Constructs a new ExtendedCommitSig.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.ExtendedCommitSig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExtendedCommitSig blockIdFlag. */
            blockIdFlag: number;

            /** ExtendedCommitSig validatorAddress. */
            validatorAddress: Uint8Array;

            /** ExtendedCommitSig timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /** ExtendedCommitSig signature. */
            signature: Uint8Array;

            /** ExtendedCommitSig extension. */
            extension: Uint8Array;

            /** ExtendedCommitSig extensionSignature. */
            extensionSignature: Uint8Array;

            /**
             * Encodes the specified ExtendedCommitSig message. Does not implicitly {@link tendermint.types.ExtendedCommitSig.verify|verify} messages.
             * @param message ExtendedCommitSig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.ExtendedCommitSig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExtendedCommitSig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.ExtendedCommitSig & tendermint.types.ExtendedCommitSig.$Shape} ExtendedCommitSig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.ExtendedCommitSig & tendermint.types.ExtendedCommitSig.$Shape;
        }

        namespace ExtendedCommitSig {

            /** Properties of an ExtendedCommitSig. */
            interface $Properties {

                /** ExtendedCommitSig blockIdFlag */
                blockIdFlag?: (number|null);

                /** ExtendedCommitSig validatorAddress */
                validatorAddress?: (Uint8Array|null);

                /** ExtendedCommitSig timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** ExtendedCommitSig signature */
                signature?: (Uint8Array|null);

                /** ExtendedCommitSig extension */
                extension?: (Uint8Array|null);

                /** ExtendedCommitSig extensionSignature */
                extensionSignature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExtendedCommitSig. */
            type $Shape = tendermint.types.ExtendedCommitSig.$Properties;
        }

        /**
         * Properties of an ExtendedCommit.
         * @deprecated Use tendermint.types.ExtendedCommit.$Properties instead.
         */
        interface IExtendedCommit extends tendermint.types.ExtendedCommit.$Properties {
        }

        /** Represents an ExtendedCommit. */
        class ExtendedCommit {

            /**
             * Constructs a new ExtendedCommit.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.ExtendedCommit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExtendedCommit height. */
            height: (number|Long);

            /** ExtendedCommit round. */
            round: number;

            /** ExtendedCommit blockId. */
            blockId?: (tendermint.types.BlockID.$Properties|null);

            /** ExtendedCommit extendedSignatures. */
            extendedSignatures: tendermint.types.ExtendedCommitSig.$Properties[];

            /**
             * Encodes the specified ExtendedCommit message. Does not implicitly {@link tendermint.types.ExtendedCommit.verify|verify} messages.
             * @param message ExtendedCommit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.ExtendedCommit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExtendedCommit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.ExtendedCommit & tendermint.types.ExtendedCommit.$Shape} ExtendedCommit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.ExtendedCommit & tendermint.types.ExtendedCommit.$Shape;
        }

        namespace ExtendedCommit {

            /** Properties of an ExtendedCommit. */
            interface $Properties {

                /** ExtendedCommit height */
                height?: (number|Long|null);

                /** ExtendedCommit round */
                round?: (number|null);

                /** ExtendedCommit blockId */
                blockId?: (tendermint.types.BlockID.$Properties|null);

                /** ExtendedCommit extendedSignatures */
                extendedSignatures?: (tendermint.types.ExtendedCommitSig.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExtendedCommit. */
            type $Shape = tendermint.types.ExtendedCommit.$Properties;
        }

        /**
         * Properties of a Block.
         * @deprecated Use tendermint.types.Block.$Properties instead.
         */
        interface IBlock extends tendermint.types.Block.$Properties {
        }

        /** Represents a Block. */
        class Block {

            /**
             * Constructs a new Block.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Block.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Block header. */
            header?: (tendermint.types.Header.$Properties|null);

            /** Block data. */
            data?: (tendermint.types.Data.$Properties|null);

            /** Block evidence. */
            evidence?: (tendermint.types.EvidenceList.$Properties|null);

            /** Block lastCommit. */
            lastCommit?: (tendermint.types.Commit.$Properties|null);

            /**
             * Encodes the specified Block message. Does not implicitly {@link tendermint.types.Block.verify|verify} messages.
             * @param message Block message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Block.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Block message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Block & tendermint.types.Block.$Shape} Block
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Block & tendermint.types.Block.$Shape;
        }

        namespace Block {

            /** Properties of a Block. */
            interface $Properties {

                /** Block header */
                header?: (tendermint.types.Header.$Properties|null);

                /** Block data */
                data?: (tendermint.types.Data.$Properties|null);

                /** Block evidence */
                evidence?: (tendermint.types.EvidenceList.$Properties|null);

                /** Block lastCommit */
                lastCommit?: (tendermint.types.Commit.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Block. */
            type $Shape = {
              header?: tendermint.types.Header.$Shape|null;
              data?: tendermint.types.Data.$Shape|null;
              evidence?: tendermint.types.EvidenceList.$Shape|null;
              lastCommit?: tendermint.types.Commit.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Vote.
         * @deprecated Use tendermint.types.Vote.$Properties instead.
         */
        interface IVote extends tendermint.types.Vote.$Properties {
        }

        /** Represents a Vote. */
        class Vote {

            /**
             * Constructs a new Vote.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Vote.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Vote type. */
            type: number;

            /** Vote height. */
            height: (number|Long);

            /** Vote round. */
            round: number;

            /** Vote blockId. */
            blockId?: (tendermint.types.BlockID.$Properties|null);

            /** Vote timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /** Vote validatorAddress. */
            validatorAddress: Uint8Array;

            /** Vote validatorIndex. */
            validatorIndex: number;

            /** Vote signature. */
            signature: Uint8Array;

            /** Vote extension. */
            extension: Uint8Array;

            /** Vote extensionSignature. */
            extensionSignature: Uint8Array;

            /**
             * Encodes the specified Vote message. Does not implicitly {@link tendermint.types.Vote.verify|verify} messages.
             * @param message Vote message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Vote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Vote message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Vote & tendermint.types.Vote.$Shape} Vote
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Vote & tendermint.types.Vote.$Shape;
        }

        namespace Vote {

            /** Properties of a Vote. */
            interface $Properties {

                /** Vote type */
                type?: (number|null);

                /** Vote height */
                height?: (number|Long|null);

                /** Vote round */
                round?: (number|null);

                /** Vote blockId */
                blockId?: (tendermint.types.BlockID.$Properties|null);

                /** Vote timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** Vote validatorAddress */
                validatorAddress?: (Uint8Array|null);

                /** Vote validatorIndex */
                validatorIndex?: (number|null);

                /** Vote signature */
                signature?: (Uint8Array|null);

                /** Vote extension */
                extension?: (Uint8Array|null);

                /** Vote extensionSignature */
                extensionSignature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Vote. */
            type $Shape = tendermint.types.Vote.$Properties;
        }

        /**
         * Properties of a Proposal.
         * @deprecated Use tendermint.types.Proposal.$Properties instead.
         */
        interface IProposal extends tendermint.types.Proposal.$Properties {
        }

        /** Represents a Proposal. */
        class Proposal {

            /**
             * Constructs a new Proposal.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Proposal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Proposal type. */
            type: number;

            /** Proposal height. */
            height: (number|Long);

            /** Proposal round. */
            round: number;

            /** Proposal polRound. */
            polRound: number;

            /** Proposal blockId. */
            blockId?: (tendermint.types.BlockID.$Properties|null);

            /** Proposal timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /** Proposal signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified Proposal message. Does not implicitly {@link tendermint.types.Proposal.verify|verify} messages.
             * @param message Proposal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Proposal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Proposal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Proposal & tendermint.types.Proposal.$Shape} Proposal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Proposal & tendermint.types.Proposal.$Shape;
        }

        namespace Proposal {

            /** Properties of a Proposal. */
            interface $Properties {

                /** Proposal type */
                type?: (number|null);

                /** Proposal height */
                height?: (number|Long|null);

                /** Proposal round */
                round?: (number|null);

                /** Proposal polRound */
                polRound?: (number|null);

                /** Proposal blockId */
                blockId?: (tendermint.types.BlockID.$Properties|null);

                /** Proposal timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** Proposal signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Proposal. */
            type $Shape = tendermint.types.Proposal.$Properties;
        }

        /**
         * Properties of a Validator.
         * @deprecated Use tendermint.types.Validator.$Properties instead.
         */
        interface IValidator extends tendermint.types.Validator.$Properties {
        }

        /** Represents a Validator. */
        class Validator {

            /**
             * Constructs a new Validator.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Validator.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Validator address. */
            address: Uint8Array;

            /** Validator pubKey. */
            pubKey?: (tendermint.types.PublicKey.$Properties|null);

            /** Validator votingPower. */
            votingPower: (number|Long);

            /** Validator proposerPriority. */
            proposerPriority: (number|Long);

            /**
             * Encodes the specified Validator message. Does not implicitly {@link tendermint.types.Validator.verify|verify} messages.
             * @param message Validator message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Validator.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Validator message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Validator & tendermint.types.Validator.$Shape} Validator
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Validator & tendermint.types.Validator.$Shape;
        }

        namespace Validator {

            /** Properties of a Validator. */
            interface $Properties {

                /** Validator address */
                address?: (Uint8Array|null);

                /** Validator pubKey */
                pubKey?: (tendermint.types.PublicKey.$Properties|null);

                /** Validator votingPower */
                votingPower?: (number|Long|null);

                /** Validator proposerPriority */
                proposerPriority?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Validator. */
            type $Shape = {
              address?: Uint8Array|null;
              pubKey?: tendermint.types.PublicKey.$Shape|null;
              votingPower?: number|Long|null;
              proposerPriority?: number|Long|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ValidatorSet.
         * @deprecated Use tendermint.types.ValidatorSet.$Properties instead.
         */
        interface IValidatorSet extends tendermint.types.ValidatorSet.$Properties {
        }

        /** Represents a ValidatorSet. */
        class ValidatorSet {

            /**
             * Constructs a new ValidatorSet.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.ValidatorSet.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ValidatorSet validators. */
            validators: tendermint.types.Validator.$Properties[];

            /** ValidatorSet proposer. */
            proposer?: (tendermint.types.Validator.$Properties|null);

            /** ValidatorSet totalVotingPower. */
            totalVotingPower: (number|Long);

            /**
             * Encodes the specified ValidatorSet message. Does not implicitly {@link tendermint.types.ValidatorSet.verify|verify} messages.
             * @param message ValidatorSet message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.ValidatorSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ValidatorSet message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.ValidatorSet & tendermint.types.ValidatorSet.$Shape} ValidatorSet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.ValidatorSet & tendermint.types.ValidatorSet.$Shape;
        }

        namespace ValidatorSet {

            /** Properties of a ValidatorSet. */
            interface $Properties {

                /** ValidatorSet validators */
                validators?: (tendermint.types.Validator.$Properties[]|null);

                /** ValidatorSet proposer */
                proposer?: (tendermint.types.Validator.$Properties|null);

                /** ValidatorSet totalVotingPower */
                totalVotingPower?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ValidatorSet. */
            type $Shape = {
              validators?: tendermint.types.Validator.$Shape[]|null;
              proposer?: tendermint.types.Validator.$Shape|null;
              totalVotingPower?: number|Long|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a SimpleValidator.
         * @deprecated Use tendermint.types.SimpleValidator.$Properties instead.
         */
        interface ISimpleValidator extends tendermint.types.SimpleValidator.$Properties {
        }

        /** Represents a SimpleValidator. */
        class SimpleValidator {

            /**
             * Constructs a new SimpleValidator.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.SimpleValidator.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SimpleValidator pubKey. */
            pubKey?: (tendermint.types.PublicKey.$Properties|null);

            /** SimpleValidator votingPower. */
            votingPower: (number|Long);

            /**
             * Encodes the specified SimpleValidator message. Does not implicitly {@link tendermint.types.SimpleValidator.verify|verify} messages.
             * @param message SimpleValidator message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.SimpleValidator.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SimpleValidator message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.SimpleValidator & tendermint.types.SimpleValidator.$Shape} SimpleValidator
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.SimpleValidator & tendermint.types.SimpleValidator.$Shape;
        }

        namespace SimpleValidator {

            /** Properties of a SimpleValidator. */
            interface $Properties {

                /** SimpleValidator pubKey */
                pubKey?: (tendermint.types.PublicKey.$Properties|null);

                /** SimpleValidator votingPower */
                votingPower?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SimpleValidator. */
            type $Shape = {
              pubKey?: tendermint.types.PublicKey.$Shape|null;
              votingPower?: number|Long|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a SignedHeader.
         * @deprecated Use tendermint.types.SignedHeader.$Properties instead.
         */
        interface ISignedHeader extends tendermint.types.SignedHeader.$Properties {
        }

        /** Represents a SignedHeader. */
        class SignedHeader {

            /**
             * Constructs a new SignedHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.SignedHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignedHeader header. */
            header?: (tendermint.types.Header.$Properties|null);

            /** SignedHeader commit. */
            commit?: (tendermint.types.Commit.$Properties|null);

            /**
             * Encodes the specified SignedHeader message. Does not implicitly {@link tendermint.types.SignedHeader.verify|verify} messages.
             * @param message SignedHeader message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.SignedHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignedHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.SignedHeader & tendermint.types.SignedHeader.$Shape} SignedHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.SignedHeader & tendermint.types.SignedHeader.$Shape;
        }

        namespace SignedHeader {

            /** Properties of a SignedHeader. */
            interface $Properties {

                /** SignedHeader header */
                header?: (tendermint.types.Header.$Properties|null);

                /** SignedHeader commit */
                commit?: (tendermint.types.Commit.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignedHeader. */
            type $Shape = tendermint.types.SignedHeader.$Properties;
        }

        /**
         * Properties of a LightBlock.
         * @deprecated Use tendermint.types.LightBlock.$Properties instead.
         */
        interface ILightBlock extends tendermint.types.LightBlock.$Properties {
        }

        /** Represents a LightBlock. */
        class LightBlock {

            /**
             * Constructs a new LightBlock.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.LightBlock.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LightBlock signedHeader. */
            signedHeader?: (tendermint.types.SignedHeader.$Properties|null);

            /** LightBlock validatorSet. */
            validatorSet?: (tendermint.types.ValidatorSet.$Properties|null);

            /**
             * Encodes the specified LightBlock message. Does not implicitly {@link tendermint.types.LightBlock.verify|verify} messages.
             * @param message LightBlock message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.LightBlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LightBlock message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.LightBlock & tendermint.types.LightBlock.$Shape} LightBlock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.LightBlock & tendermint.types.LightBlock.$Shape;
        }

        namespace LightBlock {

            /** Properties of a LightBlock. */
            interface $Properties {

                /** LightBlock signedHeader */
                signedHeader?: (tendermint.types.SignedHeader.$Properties|null);

                /** LightBlock validatorSet */
                validatorSet?: (tendermint.types.ValidatorSet.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LightBlock. */
            type $Shape = {
              signedHeader?: tendermint.types.SignedHeader.$Shape|null;
              validatorSet?: tendermint.types.ValidatorSet.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of an EvidenceList.
         * @deprecated Use tendermint.types.EvidenceList.$Properties instead.
         */
        interface IEvidenceList extends tendermint.types.EvidenceList.$Properties {
        }

        /** Represents an EvidenceList. */
        class EvidenceList {

            /**
             * Constructs a new EvidenceList.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.EvidenceList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EvidenceList evidence. */
            evidence: tendermint.types.Evidence.$Properties[];

            /**
             * Encodes the specified EvidenceList message. Does not implicitly {@link tendermint.types.EvidenceList.verify|verify} messages.
             * @param message EvidenceList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.EvidenceList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EvidenceList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.EvidenceList & tendermint.types.EvidenceList.$Shape} EvidenceList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.EvidenceList & tendermint.types.EvidenceList.$Shape;
        }

        namespace EvidenceList {

            /** Properties of an EvidenceList. */
            interface $Properties {

                /** EvidenceList evidence */
                evidence?: (tendermint.types.Evidence.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EvidenceList. */
            type $Shape = {
              evidence?: tendermint.types.Evidence.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of an Evidence.
         * @deprecated Use tendermint.types.Evidence.$Properties instead.
         */
        interface IEvidence extends tendermint.types.Evidence.$Properties {
        }

        /** Represents an Evidence. */
        class Evidence {

            /**
             * Constructs a new Evidence.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.Evidence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Evidence duplicateVoteEvidence. */
            duplicateVoteEvidence?: (tendermint.types.DuplicateVoteEvidence.$Properties|null);

            /** Evidence lightClientAttackEvidence. */
            lightClientAttackEvidence?: (tendermint.types.LightClientAttackEvidence.$Properties|null);

            /** Evidence sum. */
            sum?: ("duplicateVoteEvidence"|"lightClientAttackEvidence");

            /**
             * Encodes the specified Evidence message. Does not implicitly {@link tendermint.types.Evidence.verify|verify} messages.
             * @param message Evidence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.Evidence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Evidence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.Evidence & tendermint.types.Evidence.$Shape} Evidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.Evidence & tendermint.types.Evidence.$Shape;
        }

        namespace Evidence {

            /** Properties of an Evidence. */
            interface $Properties {

                /** Evidence duplicateVoteEvidence */
                duplicateVoteEvidence?: (tendermint.types.DuplicateVoteEvidence.$Properties|null);

                /** Evidence lightClientAttackEvidence */
                lightClientAttackEvidence?: (tendermint.types.LightClientAttackEvidence.$Properties|null);

                /** Evidence sum */
                sum?: ("duplicateVoteEvidence"|"lightClientAttackEvidence");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Evidence. */
            type $Shape = {
              duplicateVoteEvidence?: tendermint.types.DuplicateVoteEvidence.$Shape|null;
              lightClientAttackEvidence?: tendermint.types.LightClientAttackEvidence.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; duplicateVoteEvidence?: null; lightClientAttackEvidence?: null }|{ sum?: "duplicateVoteEvidence"; duplicateVoteEvidence: tendermint.types.DuplicateVoteEvidence.$Shape; lightClientAttackEvidence?: null }|{ sum?: "lightClientAttackEvidence"; duplicateVoteEvidence?: null; lightClientAttackEvidence: tendermint.types.LightClientAttackEvidence.$Shape })
            );
        }

        /**
         * Properties of a DuplicateVoteEvidence.
         * @deprecated Use tendermint.types.DuplicateVoteEvidence.$Properties instead.
         */
        interface IDuplicateVoteEvidence extends tendermint.types.DuplicateVoteEvidence.$Properties {
        }

        /** Represents a DuplicateVoteEvidence. */
        class DuplicateVoteEvidence {

            /**
             * Constructs a new DuplicateVoteEvidence.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.DuplicateVoteEvidence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DuplicateVoteEvidence voteA. */
            voteA?: (tendermint.types.Vote.$Properties|null);

            /** DuplicateVoteEvidence voteB. */
            voteB?: (tendermint.types.Vote.$Properties|null);

            /** DuplicateVoteEvidence totalVotingPower. */
            totalVotingPower: (number|Long);

            /** DuplicateVoteEvidence validatorPower. */
            validatorPower: (number|Long);

            /** DuplicateVoteEvidence timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /**
             * Encodes the specified DuplicateVoteEvidence message. Does not implicitly {@link tendermint.types.DuplicateVoteEvidence.verify|verify} messages.
             * @param message DuplicateVoteEvidence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.DuplicateVoteEvidence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DuplicateVoteEvidence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.DuplicateVoteEvidence & tendermint.types.DuplicateVoteEvidence.$Shape} DuplicateVoteEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.DuplicateVoteEvidence & tendermint.types.DuplicateVoteEvidence.$Shape;
        }

        namespace DuplicateVoteEvidence {

            /** Properties of a DuplicateVoteEvidence. */
            interface $Properties {

                /** DuplicateVoteEvidence voteA */
                voteA?: (tendermint.types.Vote.$Properties|null);

                /** DuplicateVoteEvidence voteB */
                voteB?: (tendermint.types.Vote.$Properties|null);

                /** DuplicateVoteEvidence totalVotingPower */
                totalVotingPower?: (number|Long|null);

                /** DuplicateVoteEvidence validatorPower */
                validatorPower?: (number|Long|null);

                /** DuplicateVoteEvidence timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DuplicateVoteEvidence. */
            type $Shape = tendermint.types.DuplicateVoteEvidence.$Properties;
        }

        /**
         * Properties of a LightClientAttackEvidence.
         * @deprecated Use tendermint.types.LightClientAttackEvidence.$Properties instead.
         */
        interface ILightClientAttackEvidence extends tendermint.types.LightClientAttackEvidence.$Properties {
        }

        /** Represents a LightClientAttackEvidence. */
        class LightClientAttackEvidence {

            /**
             * Constructs a new LightClientAttackEvidence.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.LightClientAttackEvidence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LightClientAttackEvidence conflictingBlock. */
            conflictingBlock?: (tendermint.types.LightBlock.$Properties|null);

            /** LightClientAttackEvidence commonHeight. */
            commonHeight: (number|Long);

            /** LightClientAttackEvidence byzantineValidators. */
            byzantineValidators: tendermint.types.Validator.$Properties[];

            /** LightClientAttackEvidence totalVotingPower. */
            totalVotingPower: (number|Long);

            /** LightClientAttackEvidence timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /**
             * Encodes the specified LightClientAttackEvidence message. Does not implicitly {@link tendermint.types.LightClientAttackEvidence.verify|verify} messages.
             * @param message LightClientAttackEvidence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.LightClientAttackEvidence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LightClientAttackEvidence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.LightClientAttackEvidence & tendermint.types.LightClientAttackEvidence.$Shape} LightClientAttackEvidence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.LightClientAttackEvidence & tendermint.types.LightClientAttackEvidence.$Shape;
        }

        namespace LightClientAttackEvidence {

            /** Properties of a LightClientAttackEvidence. */
            interface $Properties {

                /** LightClientAttackEvidence conflictingBlock */
                conflictingBlock?: (tendermint.types.LightBlock.$Properties|null);

                /** LightClientAttackEvidence commonHeight */
                commonHeight?: (number|Long|null);

                /** LightClientAttackEvidence byzantineValidators */
                byzantineValidators?: (tendermint.types.Validator.$Properties[]|null);

                /** LightClientAttackEvidence totalVotingPower */
                totalVotingPower?: (number|Long|null);

                /** LightClientAttackEvidence timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LightClientAttackEvidence. */
            type $Shape = {
              conflictingBlock?: tendermint.types.LightBlock.$Shape|null;
              commonHeight?: number|Long|null;
              byzantineValidators?: tendermint.types.Validator.$Shape[]|null;
              totalVotingPower?: number|Long|null;
              timestamp?: tendermint.types.Timestamp.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a BitArray.
         * @deprecated Use tendermint.types.BitArray.$Properties instead.
         */
        interface IBitArray extends tendermint.types.BitArray.$Properties {
        }

        /** Represents a BitArray. */
        class BitArray {

            /**
             * Constructs a new BitArray.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.types.BitArray.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BitArray bits. */
            bits: (number|Long);

            /** BitArray elems. */
            elems: (number|Long)[];

            /**
             * Encodes the specified BitArray message. Does not implicitly {@link tendermint.types.BitArray.verify|verify} messages.
             * @param message BitArray message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.types.BitArray.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BitArray message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.types.BitArray & tendermint.types.BitArray.$Shape} BitArray
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.types.BitArray & tendermint.types.BitArray.$Shape;
        }

        namespace BitArray {

            /** Properties of a BitArray. */
            interface $Properties {

                /** BitArray bits */
                bits?: (number|Long|null);

                /** BitArray elems */
                elems?: ((number|Long)[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BitArray. */
            type $Shape = tendermint.types.BitArray.$Properties;
        }
    }

    /** Namespace canonical. */
    namespace canonical {

        /**
         * Properties of a CanonicalPartSetHeader.
         * @deprecated Use tendermint.canonical.CanonicalPartSetHeader.$Properties instead.
         */
        interface ICanonicalPartSetHeader extends tendermint.canonical.CanonicalPartSetHeader.$Properties {
        }

        /** Represents a CanonicalPartSetHeader. */
        class CanonicalPartSetHeader {

            /**
             * Constructs a new CanonicalPartSetHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.CanonicalPartSetHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CanonicalPartSetHeader total. */
            total: number;

            /** CanonicalPartSetHeader hash. */
            hash: Uint8Array;

            /**
             * Encodes the specified CanonicalPartSetHeader message. Does not implicitly {@link tendermint.canonical.CanonicalPartSetHeader.verify|verify} messages.
             * @param message CanonicalPartSetHeader message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.CanonicalPartSetHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CanonicalPartSetHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.CanonicalPartSetHeader & tendermint.canonical.CanonicalPartSetHeader.$Shape} CanonicalPartSetHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.CanonicalPartSetHeader & tendermint.canonical.CanonicalPartSetHeader.$Shape;
        }

        namespace CanonicalPartSetHeader {

            /** Properties of a CanonicalPartSetHeader. */
            interface $Properties {

                /** CanonicalPartSetHeader total */
                total?: (number|null);

                /** CanonicalPartSetHeader hash */
                hash?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CanonicalPartSetHeader. */
            type $Shape = tendermint.canonical.CanonicalPartSetHeader.$Properties;
        }

        /**
         * Properties of a CanonicalBlockID.
         * @deprecated Use tendermint.canonical.CanonicalBlockID.$Properties instead.
         */
        interface ICanonicalBlockID extends tendermint.canonical.CanonicalBlockID.$Properties {
        }

        /** Represents a CanonicalBlockID. */
        class CanonicalBlockID {

            /**
             * Constructs a new CanonicalBlockID.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.CanonicalBlockID.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CanonicalBlockID hash. */
            hash: Uint8Array;

            /** CanonicalBlockID partSetHeader. */
            partSetHeader?: (tendermint.canonical.CanonicalPartSetHeader.$Properties|null);

            /**
             * Encodes the specified CanonicalBlockID message. Does not implicitly {@link tendermint.canonical.CanonicalBlockID.verify|verify} messages.
             * @param message CanonicalBlockID message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.CanonicalBlockID.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CanonicalBlockID message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.CanonicalBlockID & tendermint.canonical.CanonicalBlockID.$Shape} CanonicalBlockID
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.CanonicalBlockID & tendermint.canonical.CanonicalBlockID.$Shape;
        }

        namespace CanonicalBlockID {

            /** Properties of a CanonicalBlockID. */
            interface $Properties {

                /** CanonicalBlockID hash */
                hash?: (Uint8Array|null);

                /** CanonicalBlockID partSetHeader */
                partSetHeader?: (tendermint.canonical.CanonicalPartSetHeader.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CanonicalBlockID. */
            type $Shape = tendermint.canonical.CanonicalBlockID.$Properties;
        }

        /**
         * Properties of a CanonicalVote.
         * @deprecated Use tendermint.canonical.CanonicalVote.$Properties instead.
         */
        interface ICanonicalVote extends tendermint.canonical.CanonicalVote.$Properties {
        }

        /** Represents a CanonicalVote. */
        class CanonicalVote {

            /**
             * Constructs a new CanonicalVote.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.CanonicalVote.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CanonicalVote type. */
            type: number;

            /** CanonicalVote height. */
            height: (number|Long);

            /** CanonicalVote round. */
            round: (number|Long);

            /** CanonicalVote blockId. */
            blockId?: (tendermint.canonical.CanonicalBlockID.$Properties|null);

            /** CanonicalVote timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /** CanonicalVote chainId. */
            chainId: string;

            /**
             * Encodes the specified CanonicalVote message. Does not implicitly {@link tendermint.canonical.CanonicalVote.verify|verify} messages.
             * @param message CanonicalVote message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.CanonicalVote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CanonicalVote message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.CanonicalVote & tendermint.canonical.CanonicalVote.$Shape} CanonicalVote
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.CanonicalVote & tendermint.canonical.CanonicalVote.$Shape;
        }

        namespace CanonicalVote {

            /** Properties of a CanonicalVote. */
            interface $Properties {

                /** CanonicalVote type */
                type?: (number|null);

                /** CanonicalVote height */
                height?: (number|Long|null);

                /** CanonicalVote round */
                round?: (number|Long|null);

                /** CanonicalVote blockId */
                blockId?: (tendermint.canonical.CanonicalBlockID.$Properties|null);

                /** CanonicalVote timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** CanonicalVote chainId */
                chainId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CanonicalVote. */
            type $Shape = tendermint.canonical.CanonicalVote.$Properties;
        }

        /**
         * Properties of a CanonicalProposal.
         * @deprecated Use tendermint.canonical.CanonicalProposal.$Properties instead.
         */
        interface ICanonicalProposal extends tendermint.canonical.CanonicalProposal.$Properties {
        }

        /** Represents a CanonicalProposal. */
        class CanonicalProposal {

            /**
             * Constructs a new CanonicalProposal.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.CanonicalProposal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CanonicalProposal type. */
            type: number;

            /** CanonicalProposal height. */
            height: (number|Long);

            /** CanonicalProposal round. */
            round: (number|Long);

            /** CanonicalProposal polRound. */
            polRound: (number|Long);

            /** CanonicalProposal blockId. */
            blockId?: (tendermint.canonical.CanonicalBlockID.$Properties|null);

            /** CanonicalProposal timestamp. */
            timestamp?: (tendermint.types.Timestamp.$Properties|null);

            /** CanonicalProposal chainId. */
            chainId: string;

            /**
             * Encodes the specified CanonicalProposal message. Does not implicitly {@link tendermint.canonical.CanonicalProposal.verify|verify} messages.
             * @param message CanonicalProposal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.CanonicalProposal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CanonicalProposal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.CanonicalProposal & tendermint.canonical.CanonicalProposal.$Shape} CanonicalProposal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.CanonicalProposal & tendermint.canonical.CanonicalProposal.$Shape;
        }

        namespace CanonicalProposal {

            /** Properties of a CanonicalProposal. */
            interface $Properties {

                /** CanonicalProposal type */
                type?: (number|null);

                /** CanonicalProposal height */
                height?: (number|Long|null);

                /** CanonicalProposal round */
                round?: (number|Long|null);

                /** CanonicalProposal polRound */
                polRound?: (number|Long|null);

                /** CanonicalProposal blockId */
                blockId?: (tendermint.canonical.CanonicalBlockID.$Properties|null);

                /** CanonicalProposal timestamp */
                timestamp?: (tendermint.types.Timestamp.$Properties|null);

                /** CanonicalProposal chainId */
                chainId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CanonicalProposal. */
            type $Shape = tendermint.canonical.CanonicalProposal.$Properties;
        }

        /**
         * Properties of a CanonicalVoteExtension.
         * @deprecated Use tendermint.canonical.CanonicalVoteExtension.$Properties instead.
         */
        interface ICanonicalVoteExtension extends tendermint.canonical.CanonicalVoteExtension.$Properties {
        }

        /** Represents a CanonicalVoteExtension. */
        class CanonicalVoteExtension {

            /**
             * Constructs a new CanonicalVoteExtension.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.CanonicalVoteExtension.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CanonicalVoteExtension extension. */
            extension: Uint8Array;

            /** CanonicalVoteExtension height. */
            height: (number|Long);

            /** CanonicalVoteExtension round. */
            round: (number|Long);

            /** CanonicalVoteExtension chainId. */
            chainId: string;

            /**
             * Encodes the specified CanonicalVoteExtension message. Does not implicitly {@link tendermint.canonical.CanonicalVoteExtension.verify|verify} messages.
             * @param message CanonicalVoteExtension message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.CanonicalVoteExtension.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CanonicalVoteExtension message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.CanonicalVoteExtension & tendermint.canonical.CanonicalVoteExtension.$Shape} CanonicalVoteExtension
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.CanonicalVoteExtension & tendermint.canonical.CanonicalVoteExtension.$Shape;
        }

        namespace CanonicalVoteExtension {

            /** Properties of a CanonicalVoteExtension. */
            interface $Properties {

                /** CanonicalVoteExtension extension */
                extension?: (Uint8Array|null);

                /** CanonicalVoteExtension height */
                height?: (number|Long|null);

                /** CanonicalVoteExtension round */
                round?: (number|Long|null);

                /** CanonicalVoteExtension chainId */
                chainId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CanonicalVoteExtension. */
            type $Shape = tendermint.canonical.CanonicalVoteExtension.$Properties;
        }

        /**
         * Properties of a HashedParams.
         * @deprecated Use tendermint.canonical.HashedParams.$Properties instead.
         */
        interface IHashedParams extends tendermint.canonical.HashedParams.$Properties {
        }

        /** Represents a HashedParams. */
        class HashedParams {

            /**
             * Constructs a new HashedParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.HashedParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HashedParams blockMaxBytes. */
            blockMaxBytes: (number|Long);

            /** HashedParams blockMaxGas. */
            blockMaxGas: (number|Long);

            /**
             * Encodes the specified HashedParams message. Does not implicitly {@link tendermint.canonical.HashedParams.verify|verify} messages.
             * @param message HashedParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.HashedParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HashedParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.HashedParams & tendermint.canonical.HashedParams.$Shape} HashedParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.HashedParams & tendermint.canonical.HashedParams.$Shape;
        }

        namespace HashedParams {

            /** Properties of a HashedParams. */
            interface $Properties {

                /** HashedParams blockMaxBytes */
                blockMaxBytes?: (number|Long|null);

                /** HashedParams blockMaxGas */
                blockMaxGas?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HashedParams. */
            type $Shape = tendermint.canonical.HashedParams.$Properties;
        }

        /**
         * Properties of an ExecTxResult.
         * @deprecated Use tendermint.canonical.ExecTxResult.$Properties instead.
         */
        interface IExecTxResult extends tendermint.canonical.ExecTxResult.$Properties {
        }

        /** Represents an ExecTxResult. */
        class ExecTxResult {

            /**
             * Constructs a new ExecTxResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.canonical.ExecTxResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ExecTxResult code. */
            code: number;

            /** ExecTxResult data. */
            data: Uint8Array;

            /** ExecTxResult gasWanted. */
            gasWanted: (number|Long);

            /** ExecTxResult gasUsed. */
            gasUsed: (number|Long);

            /**
             * Encodes the specified ExecTxResult message. Does not implicitly {@link tendermint.canonical.ExecTxResult.verify|verify} messages.
             * @param message ExecTxResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.canonical.ExecTxResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ExecTxResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.canonical.ExecTxResult & tendermint.canonical.ExecTxResult.$Shape} ExecTxResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.canonical.ExecTxResult & tendermint.canonical.ExecTxResult.$Shape;
        }

        namespace ExecTxResult {

            /** Properties of an ExecTxResult. */
            interface $Properties {

                /** ExecTxResult code */
                code?: (number|null);

                /** ExecTxResult data */
                data?: (Uint8Array|null);

                /** ExecTxResult gasWanted */
                gasWanted?: (number|Long|null);

                /** ExecTxResult gasUsed */
                gasUsed?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ExecTxResult. */
            type $Shape = tendermint.canonical.ExecTxResult.$Properties;
        }
    }

    /** Namespace consensus. */
    namespace consensus {

        /**
         * Properties of a NewRoundStep.
         * @deprecated Use tendermint.consensus.NewRoundStep.$Properties instead.
         */
        interface INewRoundStep extends tendermint.consensus.NewRoundStep.$Properties {
        }

        /** Represents a NewRoundStep. */
        class NewRoundStep {

            /**
             * Constructs a new NewRoundStep.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.NewRoundStep.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NewRoundStep height. */
            height: (number|Long);

            /** NewRoundStep round. */
            round: number;

            /** NewRoundStep step. */
            step: number;

            /** NewRoundStep secondsSinceStartTime. */
            secondsSinceStartTime: (number|Long);

            /** NewRoundStep lastCommitRound. */
            lastCommitRound: number;

            /**
             * Encodes the specified NewRoundStep message. Does not implicitly {@link tendermint.consensus.NewRoundStep.verify|verify} messages.
             * @param message NewRoundStep message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.NewRoundStep.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NewRoundStep message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.NewRoundStep & tendermint.consensus.NewRoundStep.$Shape} NewRoundStep
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.NewRoundStep & tendermint.consensus.NewRoundStep.$Shape;
        }

        namespace NewRoundStep {

            /** Properties of a NewRoundStep. */
            interface $Properties {

                /** NewRoundStep height */
                height?: (number|Long|null);

                /** NewRoundStep round */
                round?: (number|null);

                /** NewRoundStep step */
                step?: (number|null);

                /** NewRoundStep secondsSinceStartTime */
                secondsSinceStartTime?: (number|Long|null);

                /** NewRoundStep lastCommitRound */
                lastCommitRound?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NewRoundStep. */
            type $Shape = tendermint.consensus.NewRoundStep.$Properties;
        }

        /**
         * Properties of a NewValidBlock.
         * @deprecated Use tendermint.consensus.NewValidBlock.$Properties instead.
         */
        interface INewValidBlock extends tendermint.consensus.NewValidBlock.$Properties {
        }

        /** Represents a NewValidBlock. */
        class NewValidBlock {

            /**
             * Constructs a new NewValidBlock.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.NewValidBlock.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NewValidBlock height. */
            height: (number|Long);

            /** NewValidBlock round. */
            round: number;

            /** NewValidBlock blockPartSetHeader. */
            blockPartSetHeader?: (tendermint.types.PartSetHeader.$Properties|null);

            /** NewValidBlock blockParts. */
            blockParts?: (tendermint.types.BitArray.$Properties|null);

            /** NewValidBlock isCommit. */
            isCommit: boolean;

            /**
             * Encodes the specified NewValidBlock message. Does not implicitly {@link tendermint.consensus.NewValidBlock.verify|verify} messages.
             * @param message NewValidBlock message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.NewValidBlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NewValidBlock message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.NewValidBlock & tendermint.consensus.NewValidBlock.$Shape} NewValidBlock
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.NewValidBlock & tendermint.consensus.NewValidBlock.$Shape;
        }

        namespace NewValidBlock {

            /** Properties of a NewValidBlock. */
            interface $Properties {

                /** NewValidBlock height */
                height?: (number|Long|null);

                /** NewValidBlock round */
                round?: (number|null);

                /** NewValidBlock blockPartSetHeader */
                blockPartSetHeader?: (tendermint.types.PartSetHeader.$Properties|null);

                /** NewValidBlock blockParts */
                blockParts?: (tendermint.types.BitArray.$Properties|null);

                /** NewValidBlock isCommit */
                isCommit?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NewValidBlock. */
            type $Shape = tendermint.consensus.NewValidBlock.$Properties;
        }

        /**
         * Properties of a Proposal.
         * @deprecated Use tendermint.consensus.Proposal.$Properties instead.
         */
        interface IProposal extends tendermint.consensus.Proposal.$Properties {
        }

        /** Represents a Proposal. */
        class Proposal {

            /**
             * Constructs a new Proposal.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.Proposal.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Proposal proposal. */
            proposal?: (tendermint.types.Proposal.$Properties|null);

            /**
             * Encodes the specified Proposal message. Does not implicitly {@link tendermint.consensus.Proposal.verify|verify} messages.
             * @param message Proposal message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.Proposal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Proposal message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.Proposal & tendermint.consensus.Proposal.$Shape} Proposal
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.Proposal & tendermint.consensus.Proposal.$Shape;
        }

        namespace Proposal {

            /** Properties of a Proposal. */
            interface $Properties {

                /** Proposal proposal */
                proposal?: (tendermint.types.Proposal.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Proposal. */
            type $Shape = tendermint.consensus.Proposal.$Properties;
        }

        /**
         * Properties of a ProposalPOL.
         * @deprecated Use tendermint.consensus.ProposalPOL.$Properties instead.
         */
        interface IProposalPOL extends tendermint.consensus.ProposalPOL.$Properties {
        }

        /** Represents a ProposalPOL. */
        class ProposalPOL {

            /**
             * Constructs a new ProposalPOL.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.ProposalPOL.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProposalPOL height. */
            height: (number|Long);

            /** ProposalPOL proposalPolRound. */
            proposalPolRound: number;

            /** ProposalPOL proposalPol. */
            proposalPol?: (tendermint.types.BitArray.$Properties|null);

            /**
             * Encodes the specified ProposalPOL message. Does not implicitly {@link tendermint.consensus.ProposalPOL.verify|verify} messages.
             * @param message ProposalPOL message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.ProposalPOL.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProposalPOL message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.ProposalPOL & tendermint.consensus.ProposalPOL.$Shape} ProposalPOL
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.ProposalPOL & tendermint.consensus.ProposalPOL.$Shape;
        }

        namespace ProposalPOL {

            /** Properties of a ProposalPOL. */
            interface $Properties {

                /** ProposalPOL height */
                height?: (number|Long|null);

                /** ProposalPOL proposalPolRound */
                proposalPolRound?: (number|null);

                /** ProposalPOL proposalPol */
                proposalPol?: (tendermint.types.BitArray.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProposalPOL. */
            type $Shape = tendermint.consensus.ProposalPOL.$Properties;
        }

        /**
         * Properties of a BlockPart.
         * @deprecated Use tendermint.consensus.BlockPart.$Properties instead.
         */
        interface IBlockPart extends tendermint.consensus.BlockPart.$Properties {
        }

        /** Represents a BlockPart. */
        class BlockPart {

            /**
             * Constructs a new BlockPart.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.BlockPart.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlockPart height. */
            height: (number|Long);

            /** BlockPart round. */
            round: number;

            /** BlockPart part. */
            part?: (tendermint.types.Part.$Properties|null);

            /**
             * Encodes the specified BlockPart message. Does not implicitly {@link tendermint.consensus.BlockPart.verify|verify} messages.
             * @param message BlockPart message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.BlockPart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlockPart message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.BlockPart & tendermint.consensus.BlockPart.$Shape} BlockPart
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.BlockPart & tendermint.consensus.BlockPart.$Shape;
        }

        namespace BlockPart {

            /** Properties of a BlockPart. */
            interface $Properties {

                /** BlockPart height */
                height?: (number|Long|null);

                /** BlockPart round */
                round?: (number|null);

                /** BlockPart part */
                part?: (tendermint.types.Part.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlockPart. */
            type $Shape = tendermint.consensus.BlockPart.$Properties;
        }

        /**
         * Properties of a Vote.
         * @deprecated Use tendermint.consensus.Vote.$Properties instead.
         */
        interface IVote extends tendermint.consensus.Vote.$Properties {
        }

        /** Represents a Vote. */
        class Vote {

            /**
             * Constructs a new Vote.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.Vote.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Vote vote. */
            vote?: (tendermint.types.Vote.$Properties|null);

            /**
             * Encodes the specified Vote message. Does not implicitly {@link tendermint.consensus.Vote.verify|verify} messages.
             * @param message Vote message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.Vote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Vote message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.Vote & tendermint.consensus.Vote.$Shape} Vote
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.Vote & tendermint.consensus.Vote.$Shape;
        }

        namespace Vote {

            /** Properties of a Vote. */
            interface $Properties {

                /** Vote vote */
                vote?: (tendermint.types.Vote.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Vote. */
            type $Shape = tendermint.consensus.Vote.$Properties;
        }

        /**
         * Properties of a HasVote.
         * @deprecated Use tendermint.consensus.HasVote.$Properties instead.
         */
        interface IHasVote extends tendermint.consensus.HasVote.$Properties {
        }

        /** Represents a HasVote. */
        class HasVote {

            /**
             * Constructs a new HasVote.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.HasVote.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HasVote height. */
            height: (number|Long);

            /** HasVote round. */
            round: number;

            /** HasVote voteType. */
            voteType: number;

            /** HasVote index. */
            index: number;

            /**
             * Encodes the specified HasVote message. Does not implicitly {@link tendermint.consensus.HasVote.verify|verify} messages.
             * @param message HasVote message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.HasVote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HasVote message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.HasVote & tendermint.consensus.HasVote.$Shape} HasVote
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.HasVote & tendermint.consensus.HasVote.$Shape;
        }

        namespace HasVote {

            /** Properties of a HasVote. */
            interface $Properties {

                /** HasVote height */
                height?: (number|Long|null);

                /** HasVote round */
                round?: (number|null);

                /** HasVote voteType */
                voteType?: (number|null);

                /** HasVote index */
                index?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HasVote. */
            type $Shape = tendermint.consensus.HasVote.$Properties;
        }

        /**
         * Properties of a VoteSetMaj23.
         * @deprecated Use tendermint.consensus.VoteSetMaj23.$Properties instead.
         */
        interface IVoteSetMaj23 extends tendermint.consensus.VoteSetMaj23.$Properties {
        }

        /** Represents a VoteSetMaj23. */
        class VoteSetMaj23 {

            /**
             * Constructs a new VoteSetMaj23.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.VoteSetMaj23.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VoteSetMaj23 height. */
            height: (number|Long);

            /** VoteSetMaj23 round. */
            round: number;

            /** VoteSetMaj23 voteType. */
            voteType: number;

            /** VoteSetMaj23 blockId. */
            blockId?: (tendermint.types.BlockID.$Properties|null);

            /**
             * Encodes the specified VoteSetMaj23 message. Does not implicitly {@link tendermint.consensus.VoteSetMaj23.verify|verify} messages.
             * @param message VoteSetMaj23 message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.VoteSetMaj23.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VoteSetMaj23 message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.VoteSetMaj23 & tendermint.consensus.VoteSetMaj23.$Shape} VoteSetMaj23
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.VoteSetMaj23 & tendermint.consensus.VoteSetMaj23.$Shape;
        }

        namespace VoteSetMaj23 {

            /** Properties of a VoteSetMaj23. */
            interface $Properties {

                /** VoteSetMaj23 height */
                height?: (number|Long|null);

                /** VoteSetMaj23 round */
                round?: (number|null);

                /** VoteSetMaj23 voteType */
                voteType?: (number|null);

                /** VoteSetMaj23 blockId */
                blockId?: (tendermint.types.BlockID.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VoteSetMaj23. */
            type $Shape = tendermint.consensus.VoteSetMaj23.$Properties;
        }

        /**
         * Properties of a VoteSetBits.
         * @deprecated Use tendermint.consensus.VoteSetBits.$Properties instead.
         */
        interface IVoteSetBits extends tendermint.consensus.VoteSetBits.$Properties {
        }

        /** Represents a VoteSetBits. */
        class VoteSetBits {

            /**
             * Constructs a new VoteSetBits.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.VoteSetBits.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VoteSetBits height. */
            height: (number|Long);

            /** VoteSetBits round. */
            round: number;

            /** VoteSetBits voteType. */
            voteType: number;

            /** VoteSetBits blockId. */
            blockId?: (tendermint.types.BlockID.$Properties|null);

            /** VoteSetBits votes. */
            votes?: (tendermint.types.BitArray.$Properties|null);

            /**
             * Encodes the specified VoteSetBits message. Does not implicitly {@link tendermint.consensus.VoteSetBits.verify|verify} messages.
             * @param message VoteSetBits message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.VoteSetBits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VoteSetBits message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.VoteSetBits & tendermint.consensus.VoteSetBits.$Shape} VoteSetBits
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.VoteSetBits & tendermint.consensus.VoteSetBits.$Shape;
        }

        namespace VoteSetBits {

            /** Properties of a VoteSetBits. */
            interface $Properties {

                /** VoteSetBits height */
                height?: (number|Long|null);

                /** VoteSetBits round */
                round?: (number|null);

                /** VoteSetBits voteType */
                voteType?: (number|null);

                /** VoteSetBits blockId */
                blockId?: (tendermint.types.BlockID.$Properties|null);

                /** VoteSetBits votes */
                votes?: (tendermint.types.BitArray.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VoteSetBits. */
            type $Shape = tendermint.consensus.VoteSetBits.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use tendermint.consensus.Message.$Properties instead.
         */
        interface IMessage extends tendermint.consensus.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.consensus.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message newRoundStep. */
            newRoundStep?: (tendermint.consensus.NewRoundStep.$Properties|null);

            /** Message newValidBlock. */
            newValidBlock?: (tendermint.consensus.NewValidBlock.$Properties|null);

            /** Message proposal. */
            proposal?: (tendermint.consensus.Proposal.$Properties|null);

            /** Message proposalPol. */
            proposalPol?: (tendermint.consensus.ProposalPOL.$Properties|null);

            /** Message blockPart. */
            blockPart?: (tendermint.consensus.BlockPart.$Properties|null);

            /** Message vote. */
            vote?: (tendermint.consensus.Vote.$Properties|null);

            /** Message hasVote. */
            hasVote?: (tendermint.consensus.HasVote.$Properties|null);

            /** Message voteSetMaj23. */
            voteSetMaj23?: (tendermint.consensus.VoteSetMaj23.$Properties|null);

            /** Message voteSetBits. */
            voteSetBits?: (tendermint.consensus.VoteSetBits.$Properties|null);

            /** Message sum. */
            sum?: ("newRoundStep"|"newValidBlock"|"proposal"|"proposalPol"|"blockPart"|"vote"|"hasVote"|"voteSetMaj23"|"voteSetBits");

            /**
             * Encodes the specified Message message. Does not implicitly {@link tendermint.consensus.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.consensus.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.consensus.Message & tendermint.consensus.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.consensus.Message & tendermint.consensus.Message.$Shape;
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message newRoundStep */
                newRoundStep?: (tendermint.consensus.NewRoundStep.$Properties|null);

                /** Message newValidBlock */
                newValidBlock?: (tendermint.consensus.NewValidBlock.$Properties|null);

                /** Message proposal */
                proposal?: (tendermint.consensus.Proposal.$Properties|null);

                /** Message proposalPol */
                proposalPol?: (tendermint.consensus.ProposalPOL.$Properties|null);

                /** Message blockPart */
                blockPart?: (tendermint.consensus.BlockPart.$Properties|null);

                /** Message vote */
                vote?: (tendermint.consensus.Vote.$Properties|null);

                /** Message hasVote */
                hasVote?: (tendermint.consensus.HasVote.$Properties|null);

                /** Message voteSetMaj23 */
                voteSetMaj23?: (tendermint.consensus.VoteSetMaj23.$Properties|null);

                /** Message voteSetBits */
                voteSetBits?: (tendermint.consensus.VoteSetBits.$Properties|null);

                /** Message sum */
                sum?: ("newRoundStep"|"newValidBlock"|"proposal"|"proposalPol"|"blockPart"|"vote"|"hasVote"|"voteSetMaj23"|"voteSetBits");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Message. */
            type $Shape = {
              newRoundStep?: tendermint.consensus.NewRoundStep.$Shape|null;
              newValidBlock?: tendermint.consensus.NewValidBlock.$Shape|null;
              proposal?: tendermint.consensus.Proposal.$Shape|null;
              proposalPol?: tendermint.consensus.ProposalPOL.$Shape|null;
              blockPart?: tendermint.consensus.BlockPart.$Shape|null;
              vote?: tendermint.consensus.Vote.$Shape|null;
              hasVote?: tendermint.consensus.HasVote.$Shape|null;
              voteSetMaj23?: tendermint.consensus.VoteSetMaj23.$Shape|null;
              voteSetBits?: tendermint.consensus.VoteSetBits.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "newRoundStep"; newRoundStep: tendermint.consensus.NewRoundStep.$Shape; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "newValidBlock"; newRoundStep?: null; newValidBlock: tendermint.consensus.NewValidBlock.$Shape; proposal?: null; proposalPol?: null; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "proposal"; newRoundStep?: null; newValidBlock?: null; proposal: tendermint.consensus.Proposal.$Shape; proposalPol?: null; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "proposalPol"; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol: tendermint.consensus.ProposalPOL.$Shape; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "blockPart"; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart: tendermint.consensus.BlockPart.$Shape; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "vote"; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart?: null; vote: tendermint.consensus.Vote.$Shape; hasVote?: null; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "hasVote"; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart?: null; vote?: null; hasVote: tendermint.consensus.HasVote.$Shape; voteSetMaj23?: null; voteSetBits?: null }|{ sum?: "voteSetMaj23"; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23: tendermint.consensus.VoteSetMaj23.$Shape; voteSetBits?: null }|{ sum?: "voteSetBits"; newRoundStep?: null; newValidBlock?: null; proposal?: null; proposalPol?: null; blockPart?: null; vote?: null; hasVote?: null; voteSetMaj23?: null; voteSetBits: tendermint.consensus.VoteSetBits.$Shape })
            );
        }
    }

    /** Namespace mempool. */
    namespace mempool {

        /**
         * Properties of a Txs.
         * @deprecated Use tendermint.mempool.Txs.$Properties instead.
         */
        interface ITxs extends tendermint.mempool.Txs.$Properties {
        }

        /** Represents a Txs. */
        class Txs {

            /**
             * Constructs a new Txs.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.mempool.Txs.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Txs txs. */
            txs: Uint8Array[];

            /**
             * Encodes the specified Txs message. Does not implicitly {@link tendermint.mempool.Txs.verify|verify} messages.
             * @param message Txs message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.mempool.Txs.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Txs message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.mempool.Txs & tendermint.mempool.Txs.$Shape} Txs
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.mempool.Txs & tendermint.mempool.Txs.$Shape;
        }

        namespace Txs {

            /** Properties of a Txs. */
            interface $Properties {

                /** Txs txs */
                txs?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Txs. */
            type $Shape = tendermint.mempool.Txs.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use tendermint.mempool.Message.$Properties instead.
         */
        interface IMessage extends tendermint.mempool.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.mempool.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message txs. */
            txs?: (tendermint.mempool.Txs.$Properties|null);

            /** Message sum. */
            sum?: "txs";

            /**
             * Encodes the specified Message message. Does not implicitly {@link tendermint.mempool.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.mempool.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.mempool.Message & tendermint.mempool.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.mempool.Message & tendermint.mempool.Message.$Shape;
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message txs */
                txs?: (tendermint.mempool.Txs.$Properties|null);

                /** Message sum */
                sum?: "txs";

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Message. */
            type $Shape = {
              txs?: tendermint.mempool.Txs.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; txs?: null }|{ sum?: "txs"; txs: tendermint.mempool.Txs.$Shape })
            );
        }
    }

    /** Namespace p2p. */
    namespace p2p {

        /**
         * Properties of a ProtocolVersion.
         * @deprecated Use tendermint.p2p.ProtocolVersion.$Properties instead.
         */
        interface IProtocolVersion extends tendermint.p2p.ProtocolVersion.$Properties {
        }

        /** Represents a ProtocolVersion. */
        class ProtocolVersion {

            /**
             * Constructs a new ProtocolVersion.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.ProtocolVersion.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProtocolVersion p2p. */
            p2p: (number|Long);

            /** ProtocolVersion block. */
            block: (number|Long);

            /** ProtocolVersion app. */
            app: (number|Long);

            /**
             * Encodes the specified ProtocolVersion message. Does not implicitly {@link tendermint.p2p.ProtocolVersion.verify|verify} messages.
             * @param message ProtocolVersion message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.ProtocolVersion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProtocolVersion message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.ProtocolVersion & tendermint.p2p.ProtocolVersion.$Shape} ProtocolVersion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.ProtocolVersion & tendermint.p2p.ProtocolVersion.$Shape;
        }

        namespace ProtocolVersion {

            /** Properties of a ProtocolVersion. */
            interface $Properties {

                /** ProtocolVersion p2p */
                p2p?: (number|Long|null);

                /** ProtocolVersion block */
                block?: (number|Long|null);

                /** ProtocolVersion app */
                app?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProtocolVersion. */
            type $Shape = tendermint.p2p.ProtocolVersion.$Properties;
        }

        /**
         * Properties of a NodeInfoOther.
         * @deprecated Use tendermint.p2p.NodeInfoOther.$Properties instead.
         */
        interface INodeInfoOther extends tendermint.p2p.NodeInfoOther.$Properties {
        }

        /** Represents a NodeInfoOther. */
        class NodeInfoOther {

            /**
             * Constructs a new NodeInfoOther.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.NodeInfoOther.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeInfoOther txIndex. */
            txIndex: string;

            /** NodeInfoOther rpcAddress. */
            rpcAddress: string;

            /**
             * Encodes the specified NodeInfoOther message. Does not implicitly {@link tendermint.p2p.NodeInfoOther.verify|verify} messages.
             * @param message NodeInfoOther message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.NodeInfoOther.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeInfoOther message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.NodeInfoOther & tendermint.p2p.NodeInfoOther.$Shape} NodeInfoOther
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.NodeInfoOther & tendermint.p2p.NodeInfoOther.$Shape;
        }

        namespace NodeInfoOther {

            /** Properties of a NodeInfoOther. */
            interface $Properties {

                /** NodeInfoOther txIndex */
                txIndex?: (string|null);

                /** NodeInfoOther rpcAddress */
                rpcAddress?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeInfoOther. */
            type $Shape = tendermint.p2p.NodeInfoOther.$Properties;
        }

        /**
         * Properties of a NodeInfo.
         * @deprecated Use tendermint.p2p.NodeInfo.$Properties instead.
         */
        interface INodeInfo extends tendermint.p2p.NodeInfo.$Properties {
        }

        /** Represents a NodeInfo. */
        class NodeInfo {

            /**
             * Constructs a new NodeInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.NodeInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeInfo protocolVersion. */
            protocolVersion?: (tendermint.p2p.ProtocolVersion.$Properties|null);

            /** NodeInfo id. */
            id: string;

            /** NodeInfo listenAddr. */
            listenAddr: string;

            /** NodeInfo network. */
            network: string;

            /** NodeInfo version. */
            version: string;

            /** NodeInfo channels. */
            channels: Uint8Array;

            /** NodeInfo moniker. */
            moniker: string;

            /** NodeInfo other. */
            other?: (tendermint.p2p.NodeInfoOther.$Properties|null);

            /**
             * Encodes the specified NodeInfo message. Does not implicitly {@link tendermint.p2p.NodeInfo.verify|verify} messages.
             * @param message NodeInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.NodeInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.NodeInfo & tendermint.p2p.NodeInfo.$Shape} NodeInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.NodeInfo & tendermint.p2p.NodeInfo.$Shape;
        }

        namespace NodeInfo {

            /** Properties of a NodeInfo. */
            interface $Properties {

                /** NodeInfo protocolVersion */
                protocolVersion?: (tendermint.p2p.ProtocolVersion.$Properties|null);

                /** NodeInfo id */
                id?: (string|null);

                /** NodeInfo listenAddr */
                listenAddr?: (string|null);

                /** NodeInfo network */
                network?: (string|null);

                /** NodeInfo version */
                version?: (string|null);

                /** NodeInfo channels */
                channels?: (Uint8Array|null);

                /** NodeInfo moniker */
                moniker?: (string|null);

                /** NodeInfo other */
                other?: (tendermint.p2p.NodeInfoOther.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeInfo. */
            type $Shape = tendermint.p2p.NodeInfo.$Properties;
        }

        /**
         * Properties of a NetAddress.
         * @deprecated Use tendermint.p2p.NetAddress.$Properties instead.
         */
        interface INetAddress extends tendermint.p2p.NetAddress.$Properties {
        }

        /** Represents a NetAddress. */
        class NetAddress {

            /**
             * Constructs a new NetAddress.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.NetAddress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NetAddress id. */
            id: string;

            /** NetAddress ip. */
            ip: string;

            /** NetAddress port. */
            port: number;

            /**
             * Encodes the specified NetAddress message. Does not implicitly {@link tendermint.p2p.NetAddress.verify|verify} messages.
             * @param message NetAddress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.NetAddress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NetAddress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.NetAddress & tendermint.p2p.NetAddress.$Shape} NetAddress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.NetAddress & tendermint.p2p.NetAddress.$Shape;
        }

        namespace NetAddress {

            /** Properties of a NetAddress. */
            interface $Properties {

                /** NetAddress id */
                id?: (string|null);

                /** NetAddress ip */
                ip?: (string|null);

                /** NetAddress port */
                port?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NetAddress. */
            type $Shape = tendermint.p2p.NetAddress.$Properties;
        }

        /**
         * Properties of a PexRequest.
         * @deprecated Use tendermint.p2p.PexRequest.$Properties instead.
         */
        interface IPexRequest extends tendermint.p2p.PexRequest.$Properties {
        }

        /** Represents a PexRequest. */
        class PexRequest {

            /**
             * Constructs a new PexRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.PexRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified PexRequest message. Does not implicitly {@link tendermint.p2p.PexRequest.verify|verify} messages.
             * @param message PexRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.PexRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PexRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.PexRequest & tendermint.p2p.PexRequest.$Shape} PexRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.PexRequest & tendermint.p2p.PexRequest.$Shape;
        }

        namespace PexRequest {

            /** Properties of a PexRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PexRequest. */
            type $Shape = tendermint.p2p.PexRequest.$Properties;
        }

        /**
         * Properties of a PexAddrs.
         * @deprecated Use tendermint.p2p.PexAddrs.$Properties instead.
         */
        interface IPexAddrs extends tendermint.p2p.PexAddrs.$Properties {
        }

        /** Represents a PexAddrs. */
        class PexAddrs {

            /**
             * Constructs a new PexAddrs.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.PexAddrs.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PexAddrs addrs. */
            addrs: tendermint.p2p.NetAddress.$Properties[];

            /** PexAddrs records. */
            records: Uint8Array[];

            /**
             * Encodes the specified PexAddrs message. Does not implicitly {@link tendermint.p2p.PexAddrs.verify|verify} messages.
             * @param message PexAddrs message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.PexAddrs.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PexAddrs message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.PexAddrs & tendermint.p2p.PexAddrs.$Shape} PexAddrs
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.PexAddrs & tendermint.p2p.PexAddrs.$Shape;
        }

        namespace PexAddrs {

            /** Properties of a PexAddrs. */
            interface $Properties {

                /** PexAddrs addrs */
                addrs?: (tendermint.p2p.NetAddress.$Properties[]|null);

                /** PexAddrs records */
                records?: (Uint8Array[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PexAddrs. */
            type $Shape = tendermint.p2p.PexAddrs.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use tendermint.p2p.Message.$Properties instead.
         */
        interface IMessage extends tendermint.p2p.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message pexRequest. */
            pexRequest?: (tendermint.p2p.PexRequest.$Properties|null);

            /** Message pexAddrs. */
            pexAddrs?: (tendermint.p2p.PexAddrs.$Properties|null);

            /** Message sum. */
            sum?: ("pexRequest"|"pexAddrs");

            /**
             * Encodes the specified Message message. Does not implicitly {@link tendermint.p2p.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.Message & tendermint.p2p.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.Message & tendermint.p2p.Message.$Shape;
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message pexRequest */
                pexRequest?: (tendermint.p2p.PexRequest.$Properties|null);

                /** Message pexAddrs */
                pexAddrs?: (tendermint.p2p.PexAddrs.$Properties|null);

                /** Message sum */
                sum?: ("pexRequest"|"pexAddrs");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Message. */
            type $Shape = {
              pexRequest?: tendermint.p2p.PexRequest.$Shape|null;
              pexAddrs?: tendermint.p2p.PexAddrs.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; pexRequest?: null; pexAddrs?: null }|{ sum?: "pexRequest"; pexRequest: tendermint.p2p.PexRequest.$Shape; pexAddrs?: null }|{ sum?: "pexAddrs"; pexRequest?: null; pexAddrs: tendermint.p2p.PexAddrs.$Shape })
            );
        }

        /**
         * Properties of a PacketPing.
         * @deprecated Use tendermint.p2p.PacketPing.$Properties instead.
         */
        interface IPacketPing extends tendermint.p2p.PacketPing.$Properties {
        }

        /** Represents a PacketPing. */
        class PacketPing {

            /**
             * Constructs a new PacketPing.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.PacketPing.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified PacketPing message. Does not implicitly {@link tendermint.p2p.PacketPing.verify|verify} messages.
             * @param message PacketPing message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.PacketPing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PacketPing message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.PacketPing & tendermint.p2p.PacketPing.$Shape} PacketPing
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.PacketPing & tendermint.p2p.PacketPing.$Shape;
        }

        namespace PacketPing {

            /** Properties of a PacketPing. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PacketPing. */
            type $Shape = tendermint.p2p.PacketPing.$Properties;
        }

        /**
         * Properties of a PacketPong.
         * @deprecated Use tendermint.p2p.PacketPong.$Properties instead.
         */
        interface IPacketPong extends tendermint.p2p.PacketPong.$Properties {
        }

        /** Represents a PacketPong. */
        class PacketPong {

            /**
             * Constructs a new PacketPong.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.PacketPong.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified PacketPong message. Does not implicitly {@link tendermint.p2p.PacketPong.verify|verify} messages.
             * @param message PacketPong message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.PacketPong.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PacketPong message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.PacketPong & tendermint.p2p.PacketPong.$Shape} PacketPong
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.PacketPong & tendermint.p2p.PacketPong.$Shape;
        }

        namespace PacketPong {

            /** Properties of a PacketPong. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PacketPong. */
            type $Shape = tendermint.p2p.PacketPong.$Properties;
        }

        /**
         * Properties of a PacketMsg.
         * @deprecated Use tendermint.p2p.PacketMsg.$Properties instead.
         */
        interface IPacketMsg extends tendermint.p2p.PacketMsg.$Properties {
        }

        /** Represents a PacketMsg. */
        class PacketMsg {

            /**
             * Constructs a new PacketMsg.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.PacketMsg.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PacketMsg channelId. */
            channelId: number;

            /** PacketMsg eof. */
            eof: boolean;

            /** PacketMsg data. */
            data: Uint8Array;

            /**
             * Encodes the specified PacketMsg message. Does not implicitly {@link tendermint.p2p.PacketMsg.verify|verify} messages.
             * @param message PacketMsg message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.PacketMsg.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PacketMsg message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.PacketMsg & tendermint.p2p.PacketMsg.$Shape} PacketMsg
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.PacketMsg & tendermint.p2p.PacketMsg.$Shape;
        }

        namespace PacketMsg {

            /** Properties of a PacketMsg. */
            interface $Properties {

                /** PacketMsg channelId */
                channelId?: (number|null);

                /** PacketMsg eof */
                eof?: (boolean|null);

                /** PacketMsg data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PacketMsg. */
            type $Shape = tendermint.p2p.PacketMsg.$Properties;
        }

        /**
         * Properties of a Packet.
         * @deprecated Use tendermint.p2p.Packet.$Properties instead.
         */
        interface IPacket extends tendermint.p2p.Packet.$Properties {
        }

        /** Represents a Packet. */
        class Packet {

            /**
             * Constructs a new Packet.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.Packet.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Packet packetPing. */
            packetPing?: (tendermint.p2p.PacketPing.$Properties|null);

            /** Packet packetPong. */
            packetPong?: (tendermint.p2p.PacketPong.$Properties|null);

            /** Packet packetMsg. */
            packetMsg?: (tendermint.p2p.PacketMsg.$Properties|null);

            /** Packet sum. */
            sum?: ("packetPing"|"packetPong"|"packetMsg");

            /**
             * Encodes the specified Packet message. Does not implicitly {@link tendermint.p2p.Packet.verify|verify} messages.
             * @param message Packet message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.Packet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Packet message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.Packet & tendermint.p2p.Packet.$Shape} Packet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.Packet & tendermint.p2p.Packet.$Shape;
        }

        namespace Packet {

            /** Properties of a Packet. */
            interface $Properties {

                /** Packet packetPing */
                packetPing?: (tendermint.p2p.PacketPing.$Properties|null);

                /** Packet packetPong */
                packetPong?: (tendermint.p2p.PacketPong.$Properties|null);

                /** Packet packetMsg */
                packetMsg?: (tendermint.p2p.PacketMsg.$Properties|null);

                /** Packet sum */
                sum?: ("packetPing"|"packetPong"|"packetMsg");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Packet. */
            type $Shape = {
              packetPing?: tendermint.p2p.PacketPing.$Shape|null;
              packetPong?: tendermint.p2p.PacketPong.$Shape|null;
              packetMsg?: tendermint.p2p.PacketMsg.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; packetPing?: null; packetPong?: null; packetMsg?: null }|{ sum?: "packetPing"; packetPing: tendermint.p2p.PacketPing.$Shape; packetPong?: null; packetMsg?: null }|{ sum?: "packetPong"; packetPing?: null; packetPong: tendermint.p2p.PacketPong.$Shape; packetMsg?: null }|{ sum?: "packetMsg"; packetPing?: null; packetPong?: null; packetMsg: tendermint.p2p.PacketMsg.$Shape })
            );
        }

        /**
         * Properties of an AuthSigMessage.
         * @deprecated Use tendermint.p2p.AuthSigMessage.$Properties instead.
         */
        interface IAuthSigMessage extends tendermint.p2p.AuthSigMessage.$Properties {
        }

        /** Represents an AuthSigMessage. */
        class AuthSigMessage {

            /**
             * Constructs a new AuthSigMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.p2p.AuthSigMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AuthSigMessage pubKey. */
            pubKey?: (tendermint.types.PublicKey.$Properties|null);

            /** AuthSigMessage sig. */
            sig: Uint8Array;

            /**
             * Encodes the specified AuthSigMessage message. Does not implicitly {@link tendermint.p2p.AuthSigMessage.verify|verify} messages.
             * @param message AuthSigMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.p2p.AuthSigMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AuthSigMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.p2p.AuthSigMessage & tendermint.p2p.AuthSigMessage.$Shape} AuthSigMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.p2p.AuthSigMessage & tendermint.p2p.AuthSigMessage.$Shape;
        }

        namespace AuthSigMessage {

            /** Properties of an AuthSigMessage. */
            interface $Properties {

                /** AuthSigMessage pubKey */
                pubKey?: (tendermint.types.PublicKey.$Properties|null);

                /** AuthSigMessage sig */
                sig?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AuthSigMessage. */
            type $Shape = {
              pubKey?: tendermint.types.PublicKey.$Shape|null;
              sig?: Uint8Array|null;
              $unknowns?: Uint8Array[];
            };
        }
    }

    /** Namespace params. */
    namespace params {

        /**
         * Properties of a BlockParams.
         * @deprecated Use tendermint.params.BlockParams.$Properties instead.
         */
        interface IBlockParams extends tendermint.params.BlockParams.$Properties {
        }

        /** Represents a BlockParams. */
        class BlockParams {

            /**
             * Constructs a new BlockParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.BlockParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BlockParams maxBytes. */
            maxBytes: (number|Long);

            /** BlockParams maxGas. */
            maxGas: (number|Long);

            /**
             * Encodes the specified BlockParams message. Does not implicitly {@link tendermint.params.BlockParams.verify|verify} messages.
             * @param message BlockParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.BlockParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BlockParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.BlockParams & tendermint.params.BlockParams.$Shape} BlockParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.BlockParams & tendermint.params.BlockParams.$Shape;
        }

        namespace BlockParams {

            /** Properties of a BlockParams. */
            interface $Properties {

                /** BlockParams maxBytes */
                maxBytes?: (number|Long|null);

                /** BlockParams maxGas */
                maxGas?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BlockParams. */
            type $Shape = tendermint.params.BlockParams.$Properties;
        }

        /**
         * Properties of an EvidenceParams.
         * @deprecated Use tendermint.params.EvidenceParams.$Properties instead.
         */
        interface IEvidenceParams extends tendermint.params.EvidenceParams.$Properties {
        }

        /** Represents an EvidenceParams. */
        class EvidenceParams {

            /**
             * Constructs a new EvidenceParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.EvidenceParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EvidenceParams maxAgeNumBlocks. */
            maxAgeNumBlocks: (number|Long);

            /** EvidenceParams maxAgeDuration. */
            maxAgeDuration?: (tendermint.types.Duration.$Properties|null);

            /** EvidenceParams maxBytes. */
            maxBytes: (number|Long);

            /**
             * Encodes the specified EvidenceParams message. Does not implicitly {@link tendermint.params.EvidenceParams.verify|verify} messages.
             * @param message EvidenceParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.EvidenceParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EvidenceParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.EvidenceParams & tendermint.params.EvidenceParams.$Shape} EvidenceParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.EvidenceParams & tendermint.params.EvidenceParams.$Shape;
        }

        namespace EvidenceParams {

            /** Properties of an EvidenceParams. */
            interface $Properties {

                /** EvidenceParams maxAgeNumBlocks */
                maxAgeNumBlocks?: (number|Long|null);

                /** EvidenceParams maxAgeDuration */
                maxAgeDuration?: (tendermint.types.Duration.$Properties|null);

                /** EvidenceParams maxBytes */
                maxBytes?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EvidenceParams. */
            type $Shape = tendermint.params.EvidenceParams.$Properties;
        }

        /**
         * Properties of a ValidatorParams.
         * @deprecated Use tendermint.params.ValidatorParams.$Properties instead.
         */
        interface IValidatorParams extends tendermint.params.ValidatorParams.$Properties {
        }

        /** Represents a ValidatorParams. */
        class ValidatorParams {

            /**
             * Constructs a new ValidatorParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.ValidatorParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ValidatorParams pubKeyTypes. */
            pubKeyTypes: string[];

            /**
             * Encodes the specified ValidatorParams message. Does not implicitly {@link tendermint.params.ValidatorParams.verify|verify} messages.
             * @param message ValidatorParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.ValidatorParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ValidatorParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.ValidatorParams & tendermint.params.ValidatorParams.$Shape} ValidatorParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.ValidatorParams & tendermint.params.ValidatorParams.$Shape;
        }

        namespace ValidatorParams {

            /** Properties of a ValidatorParams. */
            interface $Properties {

                /** ValidatorParams pubKeyTypes */
                pubKeyTypes?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ValidatorParams. */
            type $Shape = tendermint.params.ValidatorParams.$Properties;
        }

        /**
         * Properties of a VersionParams.
         * @deprecated Use tendermint.params.VersionParams.$Properties instead.
         */
        interface IVersionParams extends tendermint.params.VersionParams.$Properties {
        }

        /** Represents a VersionParams. */
        class VersionParams {

            /**
             * Constructs a new VersionParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.VersionParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VersionParams app. */
            app: (number|Long);

            /**
             * Encodes the specified VersionParams message. Does not implicitly {@link tendermint.params.VersionParams.verify|verify} messages.
             * @param message VersionParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.VersionParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VersionParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.VersionParams & tendermint.params.VersionParams.$Shape} VersionParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.VersionParams & tendermint.params.VersionParams.$Shape;
        }

        namespace VersionParams {

            /** Properties of a VersionParams. */
            interface $Properties {

                /** VersionParams app */
                app?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VersionParams. */
            type $Shape = tendermint.params.VersionParams.$Properties;
        }

        /**
         * Properties of a ABCIParams.
         * @deprecated Use tendermint.params.ABCIParams.$Properties instead.
         */
        interface IABCIParams extends tendermint.params.ABCIParams.$Properties {
        }

        /** Represents a ABCIParams. */
        class ABCIParams {

            /**
             * Constructs a new ABCIParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.ABCIParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ABCIParams voteExtensionsEnableHeight. */
            voteExtensionsEnableHeight: (number|Long);

            /**
             * Encodes the specified ABCIParams message. Does not implicitly {@link tendermint.params.ABCIParams.verify|verify} messages.
             * @param message ABCIParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.ABCIParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ABCIParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.ABCIParams & tendermint.params.ABCIParams.$Shape} ABCIParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.ABCIParams & tendermint.params.ABCIParams.$Shape;
        }

        namespace ABCIParams {

            /** Properties of a ABCIParams. */
            interface $Properties {

                /** ABCIParams voteExtensionsEnableHeight */
                voteExtensionsEnableHeight?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ABCIParams. */
            type $Shape = tendermint.params.ABCIParams.$Properties;
        }

        /**
         * Properties of an AuthorityParams.
         * @deprecated Use tendermint.params.AuthorityParams.$Properties instead.
         */
        interface IAuthorityParams extends tendermint.params.AuthorityParams.$Properties {
        }

        /** Represents an AuthorityParams. */
        class AuthorityParams {

            /**
             * Constructs a new AuthorityParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.AuthorityParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AuthorityParams authority. */
            authority: string;

            /**
             * Encodes the specified AuthorityParams message. Does not implicitly {@link tendermint.params.AuthorityParams.verify|verify} messages.
             * @param message AuthorityParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.AuthorityParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AuthorityParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.AuthorityParams & tendermint.params.AuthorityParams.$Shape} AuthorityParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.AuthorityParams & tendermint.params.AuthorityParams.$Shape;
        }

        namespace AuthorityParams {

            /** Properties of an AuthorityParams. */
            interface $Properties {

                /** AuthorityParams authority */
                authority?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AuthorityParams. */
            type $Shape = tendermint.params.AuthorityParams.$Properties;
        }

        /**
         * Properties of a ConsensusParams.
         * @deprecated Use tendermint.params.ConsensusParams.$Properties instead.
         */
        interface IConsensusParams extends tendermint.params.ConsensusParams.$Properties {
        }

        /** Represents a ConsensusParams. */
        class ConsensusParams {

            /**
             * Constructs a new ConsensusParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.params.ConsensusParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConsensusParams block. */
            block?: (tendermint.params.BlockParams.$Properties|null);

            /** ConsensusParams evidence. */
            evidence?: (tendermint.params.EvidenceParams.$Properties|null);

            /** ConsensusParams validator. */
            validator?: (tendermint.params.ValidatorParams.$Properties|null);

            /** ConsensusParams version. */
            version?: (tendermint.params.VersionParams.$Properties|null);

            /** ConsensusParams abci. */
            abci?: (tendermint.params.ABCIParams.$Properties|null);

            /** ConsensusParams authority. */
            authority?: (tendermint.params.AuthorityParams.$Properties|null);

            /**
             * Encodes the specified ConsensusParams message. Does not implicitly {@link tendermint.params.ConsensusParams.verify|verify} messages.
             * @param message ConsensusParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.params.ConsensusParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsensusParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.params.ConsensusParams & tendermint.params.ConsensusParams.$Shape} ConsensusParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.params.ConsensusParams & tendermint.params.ConsensusParams.$Shape;
        }

        namespace ConsensusParams {

            /** Properties of a ConsensusParams. */
            interface $Properties {

                /** ConsensusParams block */
                block?: (tendermint.params.BlockParams.$Properties|null);

                /** ConsensusParams evidence */
                evidence?: (tendermint.params.EvidenceParams.$Properties|null);

                /** ConsensusParams validator */
                validator?: (tendermint.params.ValidatorParams.$Properties|null);

                /** ConsensusParams version */
                version?: (tendermint.params.VersionParams.$Properties|null);

                /** ConsensusParams abci */
                abci?: (tendermint.params.ABCIParams.$Properties|null);

                /** ConsensusParams authority */
                authority?: (tendermint.params.AuthorityParams.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConsensusParams. */
            type $Shape = tendermint.params.ConsensusParams.$Properties;
        }
    }

    /** Namespace statesync. */
    namespace statesync {

        /**
         * Properties of a SnapshotsRequest.
         * @deprecated Use tendermint.statesync.SnapshotsRequest.$Properties instead.
         */
        interface ISnapshotsRequest extends tendermint.statesync.SnapshotsRequest.$Properties {
        }

        /** Represents a SnapshotsRequest. */
        class SnapshotsRequest {

            /**
             * Constructs a new SnapshotsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.statesync.SnapshotsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified SnapshotsRequest message. Does not implicitly {@link tendermint.statesync.SnapshotsRequest.verify|verify} messages.
             * @param message SnapshotsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.statesync.SnapshotsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SnapshotsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.statesync.SnapshotsRequest & tendermint.statesync.SnapshotsRequest.$Shape} SnapshotsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.statesync.SnapshotsRequest & tendermint.statesync.SnapshotsRequest.$Shape;
        }

        namespace SnapshotsRequest {

            /** Properties of a SnapshotsRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SnapshotsRequest. */
            type $Shape = tendermint.statesync.SnapshotsRequest.$Properties;
        }

        /**
         * Properties of a SnapshotsResponse.
         * @deprecated Use tendermint.statesync.SnapshotsResponse.$Properties instead.
         */
        interface ISnapshotsResponse extends tendermint.statesync.SnapshotsResponse.$Properties {
        }

        /** Represents a SnapshotsResponse. */
        class SnapshotsResponse {

            /**
             * Constructs a new SnapshotsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.statesync.SnapshotsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SnapshotsResponse height. */
            height: (number|Long);

            /** SnapshotsResponse format. */
            format: number;

            /** SnapshotsResponse chunks. */
            chunks: number;

            /** SnapshotsResponse hash. */
            hash: Uint8Array;

            /** SnapshotsResponse metadata. */
            metadata: Uint8Array;

            /**
             * Encodes the specified SnapshotsResponse message. Does not implicitly {@link tendermint.statesync.SnapshotsResponse.verify|verify} messages.
             * @param message SnapshotsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.statesync.SnapshotsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SnapshotsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.statesync.SnapshotsResponse & tendermint.statesync.SnapshotsResponse.$Shape} SnapshotsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.statesync.SnapshotsResponse & tendermint.statesync.SnapshotsResponse.$Shape;
        }

        namespace SnapshotsResponse {

            /** Properties of a SnapshotsResponse. */
            interface $Properties {

                /** SnapshotsResponse height */
                height?: (number|Long|null);

                /** SnapshotsResponse format */
                format?: (number|null);

                /** SnapshotsResponse chunks */
                chunks?: (number|null);

                /** SnapshotsResponse hash */
                hash?: (Uint8Array|null);

                /** SnapshotsResponse metadata */
                metadata?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SnapshotsResponse. */
            type $Shape = tendermint.statesync.SnapshotsResponse.$Properties;
        }

        /**
         * Properties of a ChunkRequest.
         * @deprecated Use tendermint.statesync.ChunkRequest.$Properties instead.
         */
        interface IChunkRequest extends tendermint.statesync.ChunkRequest.$Properties {
        }

        /** Represents a ChunkRequest. */
        class ChunkRequest {

            /**
             * Constructs a new ChunkRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.statesync.ChunkRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChunkRequest height. */
            height: (number|Long);

            /** ChunkRequest format. */
            format: number;

            /** ChunkRequest index. */
            index: number;

            /**
             * Encodes the specified ChunkRequest message. Does not implicitly {@link tendermint.statesync.ChunkRequest.verify|verify} messages.
             * @param message ChunkRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.statesync.ChunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChunkRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.statesync.ChunkRequest & tendermint.statesync.ChunkRequest.$Shape} ChunkRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.statesync.ChunkRequest & tendermint.statesync.ChunkRequest.$Shape;
        }

        namespace ChunkRequest {

            /** Properties of a ChunkRequest. */
            interface $Properties {

                /** ChunkRequest height */
                height?: (number|Long|null);

                /** ChunkRequest format */
                format?: (number|null);

                /** ChunkRequest index */
                index?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChunkRequest. */
            type $Shape = tendermint.statesync.ChunkRequest.$Properties;
        }

        /**
         * Properties of a ChunkResponse.
         * @deprecated Use tendermint.statesync.ChunkResponse.$Properties instead.
         */
        interface IChunkResponse extends tendermint.statesync.ChunkResponse.$Properties {
        }

        /** Represents a ChunkResponse. */
        class ChunkResponse {

            /**
             * Constructs a new ChunkResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.statesync.ChunkResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChunkResponse height. */
            height: (number|Long);

            /** ChunkResponse format. */
            format: number;

            /** ChunkResponse index. */
            index: number;

            /** ChunkResponse chunk. */
            chunk: Uint8Array;

            /** ChunkResponse missing. */
            missing: boolean;

            /**
             * Encodes the specified ChunkResponse message. Does not implicitly {@link tendermint.statesync.ChunkResponse.verify|verify} messages.
             * @param message ChunkResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.statesync.ChunkResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChunkResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.statesync.ChunkResponse & tendermint.statesync.ChunkResponse.$Shape} ChunkResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.statesync.ChunkResponse & tendermint.statesync.ChunkResponse.$Shape;
        }

        namespace ChunkResponse {

            /** Properties of a ChunkResponse. */
            interface $Properties {

                /** ChunkResponse height */
                height?: (number|Long|null);

                /** ChunkResponse format */
                format?: (number|null);

                /** ChunkResponse index */
                index?: (number|null);

                /** ChunkResponse chunk */
                chunk?: (Uint8Array|null);

                /** ChunkResponse missing */
                missing?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChunkResponse. */
            type $Shape = tendermint.statesync.ChunkResponse.$Properties;
        }

        /**
         * Properties of a Message.
         * @deprecated Use tendermint.statesync.Message.$Properties instead.
         */
        interface IMessage extends tendermint.statesync.Message.$Properties {
        }

        /** Represents a Message. */
        class Message {

            /**
             * Constructs a new Message.
             * @param [properties] Properties to set
             */
            constructor(properties?: tendermint.statesync.Message.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Message snapshotsRequest. */
            snapshotsRequest?: (tendermint.statesync.SnapshotsRequest.$Properties|null);

            /** Message snapshotsResponse. */
            snapshotsResponse?: (tendermint.statesync.SnapshotsResponse.$Properties|null);

            /** Message chunkRequest. */
            chunkRequest?: (tendermint.statesync.ChunkRequest.$Properties|null);

            /** Message chunkResponse. */
            chunkResponse?: (tendermint.statesync.ChunkResponse.$Properties|null);

            /** Message sum. */
            sum?: ("snapshotsRequest"|"snapshotsResponse"|"chunkRequest"|"chunkResponse");

            /**
             * Encodes the specified Message message. Does not implicitly {@link tendermint.statesync.Message.verify|verify} messages.
             * @param message Message message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tendermint.statesync.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Message message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tendermint.statesync.Message & tendermint.statesync.Message.$Shape} Message
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tendermint.statesync.Message & tendermint.statesync.Message.$Shape;
        }

        namespace Message {

            /** Properties of a Message. */
            interface $Properties {

                /** Message snapshotsRequest */
                snapshotsRequest?: (tendermint.statesync.SnapshotsRequest.$Properties|null);

                /** Message snapshotsResponse */
                snapshotsResponse?: (tendermint.statesync.SnapshotsResponse.$Properties|null);

                /** Message chunkRequest */
                chunkRequest?: (tendermint.statesync.ChunkRequest.$Properties|null);

                /** Message chunkResponse */
                chunkResponse?: (tendermint.statesync.ChunkResponse.$Properties|null);

                /** Message sum */
                sum?: ("snapshotsRequest"|"snapshotsResponse"|"chunkRequest"|"chunkResponse");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Message. */
            type $Shape = {
              snapshotsRequest?: tendermint.statesync.SnapshotsRequest.$Shape|null;
              snapshotsResponse?: tendermint.statesync.SnapshotsResponse.$Shape|null;
              chunkRequest?: tendermint.statesync.ChunkRequest.$Shape|null;
              chunkResponse?: tendermint.statesync.ChunkResponse.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ sum?: undefined; snapshotsRequest?: null; snapshotsResponse?: null; chunkRequest?: null; chunkResponse?: null }|{ sum?: "snapshotsRequest"; snapshotsRequest: tendermint.statesync.SnapshotsRequest.$Shape; snapshotsResponse?: null; chunkRequest?: null; chunkResponse?: null }|{ sum?: "snapshotsResponse"; snapshotsRequest?: null; snapshotsResponse: tendermint.statesync.SnapshotsResponse.$Shape; chunkRequest?: null; chunkResponse?: null }|{ sum?: "chunkRequest"; snapshotsRequest?: null; snapshotsResponse?: null; chunkRequest: tendermint.statesync.ChunkRequest.$Shape; chunkResponse?: null }|{ sum?: "chunkResponse"; snapshotsRequest?: null; snapshotsResponse?: null; chunkRequest?: null; chunkResponse: tendermint.statesync.ChunkResponse.$Shape })
            );
        }
    }
}
