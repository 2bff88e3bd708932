/** The heap cell's ceiling on the classic wire: a socket with its two ciphers and a parser, and one answer per message; all channels share that. */

import type { Load } from '../cell.ts'
import { messagePackets, PacketParser } from '../classic-packets.ts'
import { type BareConnection, bareConnect, bareListen } from './bare-connection.ts'
import { channelId } from './end.ts'

export async function bareHeapServer(): Promise<string[]> {
  const port = await bareListen((connection) => {
    const parser = new PacketParser((channel, message) => write(connection, channel, message))
    connection.read((data) => parser.push(data))
  })
  return [String(port)]
}

/** A connection that has been answered on every channel. */
export async function bareHeapClient(load: Load, addresses: string[]): Promise<BareConnection> {
  const connection = await bareConnect(Number(addresses[0]))
  await new Promise<void>((resolve) => {
    let answered = 0
    const parser = new PacketParser(() => {
      if (++answered === load.channels) resolve()
    })
    connection.read((data) => parser.push(data))
    for (let i = 0; i < load.channels; i++) write(connection, channelId(load, i), new Uint8Array(load.size))
  })
  return connection
}

function write({ socket, sealer }: BareConnection, channel: number, message: Uint8Array): void {
  for (const { bytes } of messagePackets(channel, message)) socket.write(sealer.seal(bytes))
}
