/** Who goes when there are too many candidates. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Listed, Room } from '../../../../src/stacks/libp2p/finding/room.ts'

function roomOf<T extends Listed>(listed: readonly T[]): Room<T> {
  const room = new Room<T>()
  for (const one of listed) room.add(one)
  return room
}

/** `name tellers groups`, of which `*name` has been a peer; not heard of for longest first, the newcomer last. */
const cases: Array<{ name: string; given: string[]; want: string }> = [
  {
    name: 'of whoever tells of most, the one not heard of for longest',
    given: ['h H 1', 'a E 2', 'b E 2', 'n E 2'],
    want: 'a'
  },
  {
    name: 'whoever tells of most makes room for the newcomer of another',
    given: ['h H 1', 'a E 2', 'b E 3', 'n G 4'],
    want: 'a'
  },
  { name: 'of his, one of the network that he tells most of', given: ['a E 1', 'b E 2', 'c E 2', 'n H 3'], want: 'b' },
  { name: 'the newcomer, where all have as much', given: ['a H 1', 'b G 2', 'n E 3'], want: 'n' },
  { name: 'of one teller and as many networks as nodes, the newcomer', given: ['a E 1', 'b E 2', 'n E 3'], want: 'n' },
  { name: 'whom two have told of stays', given: ['a E,H 1', 'b E,H 1', 'c E,H 1', 'n G 4'], want: 'n' },
  { name: 'where two have told of all, one goes all the same', given: ['a E,H 1', 'b E,H 1', 'n E,G 4'], want: 'a' },
  { name: 'who has been a peer stays', given: ['*a E 1', '*b E 1', 'c H 2', 'n G 3'], want: 'n' },
  { name: 'where all have been peers, one goes all the same', given: ['*a E 1', '*b E 1', '*c H 2'], want: 'a' },
  {
    name: 'a node in two networks counts in both',
    given: ['a E 1,2', 'b E 2', 'c E 1,3', 'd E 3', 'e E 3', 'n H 1'],
    want: 'c'
  }
]
for (const { name, given, want } of cases)
  test(`who makes room: ${name}`, () => {
    const listed = given.map((line) => {
      const [id = '', tellers = '', groups = ''] = line.split(' ')
      return {
        id: id.replace('*', ''),
        tellers: tellers.split(','),
        groups: groups.split(','),
        proven: id.startsWith('*')
      }
    })
    const room = roomOf(listed)
    assert.equal(room.leastMissed(listed.at(-1)!)?.id, want)
    // and as well among others that have gone
    const gone = listed.map((one) => ({ ...one, id: 'gone', tellers: ['X'], proven: false }))
    for (const one of gone) room.add(one)
    for (const one of gone) room.delete(one)
    assert.equal(room.leastMissed(listed.at(-1)!)?.id, want)
  })

test('nobody makes room where there is nobody', () => {
  const nobody = { tellers: ['E'], groups: ['1'], proven: false }
  const room = new Room<Listed>()
  assert.equal(room.leastMissed(nobody), undefined)
  room.add(nobody)
  room.delete(nobody)
  assert.equal(room.leastMissed(nobody), undefined)
})
