/** Edits, deletions, reactions and replies over a real server, with somebody else in the room throughout. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRaw, signIn, type Frame, type RawClient, type SignedIn } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

type Person = RawClient & { readonly user: SignedIn['user'] }

let server: SpawnedServer
let witness: Person
let ada: Person
let ids = 0
const people = new Map<string, SignedIn>()
const id = (): string => `id ${String(++ids)}`
const say = (who: RawClient, body = 'text', more: object = {}): Promise<Frame> => who.say('general', id(), body, more)
const seqOf = (frame: Frame): number => frame['seq'] as number

/** A connection of its own, with rates of its own; one sign-in per name. */
const enter = async (name: string): Promise<Person> => {
  const { token, user } = people.get(name) ?? (await signIn(server.httpUrl, name))
  people.set(name, { token, user, expiresAt: 0 })
  const client = await openRaw(server.wsUrl)
  await client.hello(token)
  await client.join('general')
  return Object.assign(client, { user })
}

beforeAll(async () => {
  server = await spawnServer()
})
afterAll(() => server.dispose())
beforeEach(async () => {
  witness = await enter('Witness')
  ada = await enter('Ada')
  return async () => {
    await witness.close()
    await ada.close()
  }
})

/** What the others have seen of it. */
const seen = (seq: number): Promise<Frame> => witness.next((f) => f.type === 'event' && f['seq'] === seq)

const expectUndisturbed = async (): Promise<void> => {
  const ack = await say(witness, 'still here')
  await seen(seqOf(ack))
  expect(witness.of('error')).toEqual([])
  // Without holes: what was refused took no number.
  const seqs = witness.of('event').map(seqOf)
  expect(seqs).toEqual(seqs.map((_, i) => seqs[0]! + i))
  expect(seqs.at(-1)).toBe(seqOf(ack))
}

describe('everyone in the room', () => {
  it('[ED1] is told of changes as of messages, and finds them in history and after a resume', async () => {
    const { seq: start, epoch } = { seq: seqOf(await say(ada, 'first')), epoch: (await ada.join('general'))['epoch'] as string }
    const steps = [
      ['react', '👍'],
      ['unreact', '👍'],
      ['edit', 'better'],
    ] as const
    for (const [kind, body] of steps) {
      const ack = await say(ada, body, { kind, target: start })
      expect(await seen(seqOf(ack))).toMatchObject({ kind, body, target: start, from: ada.user })
    }
    const answer = await say(ada, 'as I said', { replyTo: start })
    expect(await seen(seqOf(answer))).toMatchObject({ kind: 'message', replyTo: start })

    const resumed = await ada.join('general', { epoch, seq: start })
    expect(resumed).toMatchObject({ recovered: true, events: [{ kind: 'react' }, { kind: 'unreact' }, { kind: 'edit' }, { replyTo: start }] })
    ada.send({ type: 'history', id: 7, room: 'general', after: start, limit: 3 })
    expect(await ada.next((f) => f.type === 'page')).toMatchObject({ more: true, events: [{ target: start }, { target: start }, { target: start }] })
  })

  it('[ED10] is told in welcome what the server can do', () => {
    expect(witness.of('welcome')[0]).toMatchObject({ features: expect.arrayContaining(['edits', 'reactions', 'replies']) })
  })

  it('[ED6] who comes after a deletion finds no text', async () => {
    const target = seqOf(await say(ada, 'regretted'))
    const edited = seqOf(await say(ada, 'regretted too', { kind: 'edit', target }))
    await seen(seqOf(await say(ada, '', { kind: 'delete', target })))
    const late = await enter('Late')
    const events = late.of('joined')[0]!['events'] as Frame[]
    expect(events.filter((e) => [target, edited].includes(seqOf(e)))).toMatchObject([{ body: '', deleted: true }, { body: '', deleted: true }])
    expect(JSON.stringify(late.frames)).not.toContain('regretted')
    await late.close()
  })

  it('[ED11] sees two edits from two tabs in one order, and both tabs see the same', async () => {
    const target = seqOf(await say(ada, 'draft'))
    const tab = await enter('Ada')
    const acks = await Promise.all([say(ada, 'from tab one', { kind: 'edit', target }), say(tab, 'from tab two', { kind: 'edit', target })])
    const last = Math.max(...acks.map(seqOf))
    const bodies = await Promise.all([witness, ada, tab].map((who) => who.next((f) => f.type === 'event' && f['seq'] === last)))
    expect(new Set(bodies.map((f) => f['body'])).size).toBe(1)
    expect(Math.abs(seqOf(acks[0]) - seqOf(acks[1]))).toBe(1)
    await tab.close()
  })

  it('[ED4] hears of one reaction when two tabs put it, and both get its seq', async () => {
    const target = seqOf(await say(ada, 'nice'))
    const tab = await enter('Ada')
    const acks = await Promise.all([say(ada, '👍', { kind: 'react', target }), say(tab, '👍', { kind: 'react', target })])
    expect(seqOf(acks[0])).toBe(seqOf(acks[1]))
    expect(acks.filter((ack) => ack['duplicate'] === true)).toHaveLength(1)
    await tab.close()
    await expectUndisturbed()
    expect(witness.of('event').filter((f) => f['kind'] === 'react' && f['target'] === target)).toHaveLength(1)
  })
})

describe('what is refused', () => {
  const targets: readonly [name: string, target: unknown, code: string][] = [
    ['0', 0, 'bad_request'],
    ['a negative seq', -1, 'bad_request'],
    ['half a seq', 1.5, 'bad_request'],
    ['2^53', 2 ** 53, 'bad_request'],
    ['1e308', 1e308, 'bad_request'],
    ['a text', '1', 'bad_request'],
    ['null', null, 'bad_request'],
    ['a list', [1], 'bad_request'],
    ['2^53 - 1', Number.MAX_SAFE_INTEGER, 'target_not_found'],
    ['a seq to come', 1_000_000, 'target_not_found'],
  ]
  it.each(targets)('[ED12] the target %s', async (_name, target, code) => {
    for (const [kind, body] of [['edit', 'x'], ['delete', ''], ['react', '👍'], ['unreact', '👍']] as const) {
      expect(await say(ada, body, { kind, target })).toMatchObject({ type: 'error', code, retry: false })
    }
    expect(await say(ada, 'x', { replyTo: target })).toMatchObject({ type: 'error', code, retry: false })
    await expectUndisturbed()
  })

  it('[ED12] a target in another room', async () => {
    await ada.join('elsewhere')
    await seen(seqOf(await say(ada)))
    const target = seqOf(await say(ada))
    await seen(target)
    expect(await ada.say('elsewhere', id(), 'x', { kind: 'edit', target })).toMatchObject({ code: 'target_not_found' })
    expect(await ada.say('elsewhere', id(), 'x', { replyTo: target })).toMatchObject({ code: 'target_not_found' })
    expect(await say(ada, 'x', { kind: 'edit', target })).toMatchObject({ type: 'ack' })
    await expectUndisturbed()
  })

  it('[ED12] a target that is an edit, a reaction or a deletion', async () => {
    const target = seqOf(await say(ada))
    const changes = [
      await say(ada, 'better', { kind: 'edit', target }),
      await say(ada, '👍', { kind: 'react', target }),
      await say(ada, '', { kind: 'delete', target }),
    ]
    for (const seq of changes.map(seqOf)) {
      expect(await say(ada, 'x', { kind: 'edit', target: seq })).toMatchObject({ code: 'target_not_found', retry: false })
      expect(await say(ada, 'x', { replyTo: seq })).toMatchObject({ code: 'target_not_found', retry: false })
      await seen(seq)
    }
    await expectUndisturbed()
  })

  it('[ED2] changing the text of somebody else', async () => {
    const target = seqOf(await say(witness))
    expect(await say(ada, 'x', { kind: 'edit', target })).toMatchObject({ code: 'forbidden', retry: false })
    expect(await say(ada, '', { kind: 'delete', target })).toMatchObject({ code: 'forbidden', retry: false })
    await expectUndisturbed()
  })

  it('[ED12] an edit of a deleted message', async () => {
    const target = seqOf(await say(ada))
    await seen(seqOf(await say(ada, '', { kind: 'delete', target })))
    expect(await say(ada, 'x', { kind: 'edit', target })).toMatchObject({ code: 'target_deleted', retry: false })
    expect(await say(ada, '👍', { kind: 'react', target })).toMatchObject({ code: 'target_deleted', retry: false })
    await expectUndisturbed()
  })

  const bodies: readonly [name: string, kind: string, body: string, code: string][] = [
    ['an empty edit', 'edit', '', 'body_empty'],
    ['an edit of spaces', 'edit', ' \n\t\u3000', 'body_empty'],
    ['an edit of 4,001 characters', 'edit', 'x'.repeat(4_001), 'body_too_long'],
    ['a deletion with a text', 'delete', 'x', 'bad_request'],
    ['an empty reaction', 'react', '', 'body_empty'],
    ['10,000 combining marks as a reaction', 'react', 'e' + '\u0301'.repeat(10_000), 'body_too_long'],
    ['31 combining marks as a reaction', 'react', 'e' + '\u0301'.repeat(31), 'body_invalid'],
    ['33 characters as a reaction', 'react', 'x'.repeat(33), 'body_too_long'],
    ['an invisible reaction', 'react', '\u200b\u2060', 'body_empty'],
    ['a reaction of two lines', 'react', 'a\nb', 'body_invalid'],
    ['a reaction that turns the direction', 'react', '\u202eabc', 'body_invalid'],
    ['a reaction with spaces at its ends', 'react', ' x ', 'body_invalid'],
    ['half an emoji as a reaction', 'react', 'x\ud83d', 'body_invalid'],
    ['a kind of a later version', 'pin', 'x', 'unknown_type'],
    ['a kind from the prototype', 'constructor', 'x', 'unknown_type'],
  ]
  it.each(bodies)('[ED13] %s', async (_name, kind, body, code) => {
    const target = seqOf(await say(ada))
    await seen(target)
    expect(await say(ada, body, { kind, target })).toMatchObject({ type: 'error', code, retry: false })
    await expectUndisturbed()
  })

  it.each(['👍', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '3️⃣', '+1', 'नमस्ते', '谢谢'])('[ED13] but not the reaction %s', async (body) => {
    const target = seqOf(await say(ada))
    const ack = await say(ada, body, { kind: 'react', target })
    expect(await seen(seqOf(ack))).toMatchObject({ kind: 'react', body })
  })

  it('[ED13] a target on a message, and an answer that is an edit', async () => {
    const target = seqOf(await say(ada))
    await seen(target)
    expect(await say(ada, 'x', { target })).toMatchObject({ code: 'bad_request' })
    expect(await say(ada, 'x', { kind: 'edit', target, replyTo: target })).toMatchObject({ code: 'bad_request' })
    await expectUndisturbed()
  })
})
