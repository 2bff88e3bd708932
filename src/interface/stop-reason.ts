/**
 * Why a peer stopped. Anything may be given to `stopPeerForError` and reaches `removePeer` unchanged; these are the reasons the layer
 * itself gives. `kind` drives what follows: see switch/stop-reasons.ts.
 */
export type StopReason =
  /** The connection was lost or went silent. `transient`: the fault will pass, so the peer is dialled again even if it is not persistent (Go's ErrorTransient). */
  | { readonly kind: 'communication'; readonly message: string; readonly transient?: boolean; readonly cause?: unknown }
  /** The remote broke the protocol: malformed, oversized, unknown channel, out of order frames. */
  | { readonly kind: 'protocol'; readonly message: string; readonly channelId?: number; readonly cause?: unknown }
  /** A reactor's verdict on what the remote said. */
  | { readonly kind: 'misbehaviour'; readonly message: string; readonly cause?: unknown }
  /** One of our reactors threw, rejected or took too long in a callback. */
  | {
      readonly kind: 'reactor-failure'
      readonly message: string
      readonly reactor: string
      readonly callback: string
      readonly cause?: unknown
    }
  /** Another network, block version, or no channel in common. */
  | { readonly kind: 'incompatible'; readonly message: string; readonly cause?: unknown }
  /** Another connection to the same node was kept. */
  | { readonly kind: 'duplicate'; readonly message: string; readonly cause?: unknown }
  /** Policy: full, banned, filtered. */
  | { readonly kind: 'refused'; readonly message: string; readonly refusal: string; readonly cause?: unknown }
  /** The switch is stopping, ours or the remote's; or whoever dialled gave up before the peer was added. */
  | { readonly kind: 'shutdown'; readonly message: string; readonly cause?: unknown }
  /** Go's empty reason: stopPeerGracefully and flushStop, ours or the remote's. */
  | { readonly kind: 'graceful'; readonly message: string; readonly cause?: unknown }

export type StopKind = StopReason['kind']
