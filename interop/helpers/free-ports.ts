/** Ports for nodes whose peers must know them before they run. */
import { createSocket, type Socket } from 'node:dgram'
import { createServer, type Server } from 'node:net'

/** A port that is free for TCP is so for UDP too, nearly always. */
const PORT_ATTEMPTS = 20

/** Ports that are free now, each for both TCP and UDP. All are held until the last is chosen, so that none is given twice. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Array<{ server: Server; socket: Socket }> = []
  try {
    for (let attempts = 0; held.length < count; attempts++) {
      if (attempts === count + PORT_ATTEMPTS) throw new Error(`no ${count} ports that are free for TCP and UDP`)
      const server = createServer()
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as { port: number }
      const socket = createSocket('udp4')
      const free = await new Promise<boolean>((resolve) =>
        socket.once('error', () => resolve(false)).bind(port, '127.0.0.1', () => resolve(true))
      )
      if (free) held.push({ server, socket })
      else {
        server.close()
        socket.close()
      }
    }
    return held.map(({ server }) => (server.address() as { port: number }).port)
  } finally {
    for (const { server, socket } of held) {
      server.close()
      socket.close()
    }
  }
}
