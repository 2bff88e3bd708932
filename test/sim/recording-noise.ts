/**
 * Noise that keeps all that it has decrypted: every byte of every stream of a connection, muxer's frames included. Where a recording of streams would have to know
 * which there are, nothing passes by here.
 */
import { type NoiseInit, noise } from '@libp2p/noise'

type Encrypter = ReturnType<ReturnType<typeof noise>>
type Secured = Awaited<ReturnType<Encrypter['secureOutbound']>>
type Message = { type: string; data?: Uint8Array | { subarray(): Uint8Array } }

/** `received`: by the remote's PeerId, in order. */
export function recordingNoise(received: Map<string, Uint8Array[]>, init?: NoiseInit) {
  const record = (secured: Secured): Secured => {
    const from = String(secured.remotePeer)
    const chunks = received.get(from) ?? []
    received.set(from, chunks)
    const connection = secured.connection as unknown as { dispatchEvent(event: Message): boolean }
    const dispatch = connection.dispatchEvent.bind(connection)
    connection.dispatchEvent = (event) => {
      // a listener of our own would make the stream flow before the muxer is there
      if (event.type === 'message' && event.data !== undefined) chunks.push(event.data.subarray().slice())
      return dispatch(event)
    }
    return secured
  }
  return (components: Parameters<ReturnType<typeof noise>>[0]): Encrypter => {
    const plain = noise(init)(components)
    return new Proxy(plain, {
      get(target, name) {
        if (name === 'secureOutbound' || name === 'secureInbound')
          return async (...args: Parameters<Encrypter['secureOutbound']>) => record(await target[name](...args))
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      }
    })
  }
}
