import { describe, expect, it } from 'vitest'
import { decodeClientFrame } from '../../src/protocol/index.ts'

const good: readonly [name: string, frame: object][] = [
  ['hello', { type: 'hello', version: 1 }],
  ['hello with a token', { type: 'hello', version: 1, token: 't' }],
  ['auth', { type: 'auth', token: 't' }],
  ['join', { type: 'join', id: 0, room: 'general' }],
  ['join from a position', { type: 'join', id: 1, room: 'a b', since: { epoch: 'e', seq: 0 }, limit: 10 }],
  ['leave', { type: 'leave', id: 2, room: 'g' }],
  ['send', { type: 'send', room: 'g', clientId: 'c', body: '' }],
  ['a reply', { type: 'send', room: 'g', clientId: 'c', body: 'b', replyTo: 1 }],
  ['an edit', { type: 'send', room: 'g', clientId: 'c', body: 'b', kind: 'edit', target: Number.MAX_SAFE_INTEGER }],
  ['a deletion', { type: 'send', room: 'g', clientId: 'c', body: '', kind: 'delete', target: 1 }],
  ['a reaction', { type: 'send', room: 'g', clientId: 'c', body: '👍', kind: 'react', target: 1 }],
  ['a reaction taken back', { type: 'send', room: 'g', clientId: 'c', body: '👍', kind: 'unreact', target: 1 }],
  ['history', { type: 'history', id: 3, room: 'g' }],
  ['history before', { type: 'history', id: 3, room: 'g', before: 9, limit: 1 }],
  ['history after', { type: 'history', id: 3, room: 'g', after: 0 }],
  ['typing', { type: 'typing', room: 'g', on: false }],
  ['ping', { type: 'ping', n: 1 }],
  ['pong', { type: 'pong', n: 1 }],
  ['a room named __proto__', { type: 'leave', id: 2, room: '__proto__' }],
]

const bad: readonly [name: string, text: string, code: string][] = [
  ['nothing', '', 'bad_json'],
  ['not JSON', '{', 'bad_json'],
  ['a number', '1', 'bad_request'],
  ['null', 'null', 'bad_request'],
  ['an empty array', '[]', 'bad_request'],
  ['an array of frames', '[{"type":"ping","n":1}]', 'bad_request'],
  ['no type', '{}', 'bad_request'],
  ['a type that is no text', '{"type":1}', 'bad_request'],
  ['an unknown type', '{"type":"dance"}', 'unknown_type'],
  ['a type from the prototype', '{"type":"constructor"}', 'unknown_type'],
  ['a type named __proto__', '{"type":"__proto__"}', 'unknown_type'],
  ['30,000 levels', `{"type":"ping","n":1,"x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'bad_request'],
  ['33 levels', `{"type":"ping","n":1,"x":${'['.repeat(32)}${']'.repeat(32)}}`, 'bad_request'],
  ['hello without version', '{"type":"hello"}', 'bad_request'],
  ['hello with a numeric token', '{"type":"hello","version":1,"token":1}', 'bad_request'],
  ['auth without token', '{"type":"auth"}', 'bad_request'],
  ['auth with a numeric token', '{"type":"auth","token":1}', 'bad_request'],
  ['join without id', '{"type":"join","room":"g"}', 'bad_request'],
  ['join without room', '{"type":"join","id":1}', 'bad_request'],
  ['join with a negative seq', '{"type":"join","id":1,"room":"g","since":{"epoch":"e","seq":-1}}', 'bad_request'],
  ['join with a seq of 2^53', '{"type":"join","id":1,"room":"g","since":{"epoch":"e","seq":9007199254740992}}', 'bad_request'],
  ['join with an infinite seq', '{"type":"join","id":1,"room":"g","since":{"epoch":"e","seq":1e309}}', 'bad_request'],
  ['join with a seq as text', '{"type":"join","id":1,"room":"g","since":{"epoch":"e","seq":"1"}}', 'bad_request'],
  ['join with an infinite limit', '{"type":"join","id":1,"room":"g","limit":1e309}', 'bad_request'],
  ['send without client id', '{"type":"send","room":"g","body":"b"}', 'bad_request'],
  ['send with a client id of 129 characters', `{"type":"send","room":"g","clientId":"${'c'.repeat(129)}","body":"b"}`, 'bad_request'],
  ['send with a line break in the client id', '{"type":"send","room":"g","clientId":"a\\nb","body":"b"}', 'bad_request'],
  ['send with half a surrogate pair in the room', '{"type":"send","room":"\\ud800","clientId":"c","body":"b"}', 'bad_request'],
  ['send with a room that ends in a space', '{"type":"send","room":"g ","clientId":"c","body":"b"}', 'bad_request'],
  ['send with an object as body', '{"type":"send","room":"g","clientId":"c","body":{}}', 'bad_request'],
  ['send of an unknown kind', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"pin","target":1}', 'unknown_type'],
  ['send of a kind from the prototype', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"__proto__","target":1}', 'unknown_type'],
  ['send of a kind that is no text', '{"type":"send","room":"g","clientId":"c","body":"b","kind":1}', 'bad_request'],
  ['an edit without target', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit"}', 'bad_request'],
  ['an edit of seq 0', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit","target":0}', 'bad_request'],
  ['an edit of a negative seq', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit","target":-1}', 'bad_request'],
  ['an edit of half a seq', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit","target":1.5}', 'bad_request'],
  ['an edit of seq 2^53', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit","target":9007199254740992}', 'bad_request'],
  ['an edit of a seq as text', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit","target":"1"}', 'bad_request'],
  ['an edit that replies', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"edit","target":1,"replyTo":1}', 'bad_request'],
  ['a message with a target', '{"type":"send","room":"g","clientId":"c","body":"b","target":1}', 'bad_request'],
  ['a reply to seq 0', '{"type":"send","room":"g","clientId":"c","body":"b","replyTo":0}', 'bad_request'],
  ['a deletion with a text', '{"type":"send","room":"g","clientId":"c","body":"b","kind":"delete","target":1}', 'bad_request'],
  ['history both ways', '{"type":"history","id":1,"room":"g","before":1,"after":1}', 'bad_request'],
  ['typing without on', '{"type":"typing","room":"g"}', 'bad_request'],
  ['ping without n', '{"type":"ping"}', 'bad_request'],
]

describe('decodeClientFrame', () => {
  it.each(good)('[PR10] reads %s', (_name, frame) => {
    expect(decodeClientFrame(JSON.stringify(frame))).toEqual({ ok: true, frame })
  })

  it.each(bad)('[PR11] refuses %s', (_name, text, code) => {
    expect(decodeClientFrame(text)).toMatchObject({ ok: false, code })
  })

  it('[PR12] echoes the ids of a refused request', () => {
    expect(decodeClientFrame('{"type":"join","id":7}')).toMatchObject({ ok: false, id: 7 })
    expect(decodeClientFrame('{"type":"send","clientId":"c7"}')).toMatchObject({ ok: false, clientId: 'c7' })
  })

  it('[PR13] picks known fields only', () => {
    const text = '{"type":"send","room":"g","clientId":"c","body":"b","from":{"id":"x"},"ts":1,"__proto__":{"admin":1},"constructor":1}'
    const result = decodeClientFrame(text)
    expect(result).toEqual({ ok: true, frame: { type: 'send', room: 'g', clientId: 'c', body: 'b' } })
    expect(({} as { admin?: number }).admin).toBeUndefined()
  })

  it('[PR14] brackets inside texts are no nesting', () => {
    const body = '"['.repeat(100)
    expect(decodeClientFrame(JSON.stringify({ type: 'send', room: 'g', clientId: 'c', body }))).toMatchObject({ ok: true })
  })
})
