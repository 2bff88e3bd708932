/** A process of its own for block-store.test.ts: appends recorded blocks to the store in the directory given, until it is killed. */
import { LevelDatastore } from 'datastore-level'
import { DatastoreBlockStore } from '../../../src/reactors/blocksync/datastore-block-store.ts'
import { openRecordedChain } from '../../chain/recorded-chain.ts'
import { recordOf } from './records.ts'

const chain = openRecordedChain('chain')
const level = new LevelDatastore(process.argv[2]!)
await level.open()
const store = await DatastoreBlockStore.open(level)
for (let height = Number(store.height()) + 1; height < chain.last; height++) {
  await store.append(recordOf(chain, height))
  process.stdout.write(`${height}\n`)
}
