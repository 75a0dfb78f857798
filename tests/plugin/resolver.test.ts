import { describe, expect, it } from 'vitest'
import { componentNames } from '../../src/components/list.ts'
import * as entry from '../../src/index.ts'
import * as notice from '../../src/notice/index.ts'
import { ChatSocketResolver } from '../../src/resolver.ts'

const entries: Readonly<Record<string, object>> = { 'vue-chat-socket': entry, 'vue-chat-socket/notice': notice }

describe('ChatSocketResolver', () => {
  it.each([...componentNames, 'ChatNoticeSettings'])('[RV1] finds %s where it is exported, with the style sheet', (name) => {
    const { type, resolve } = ChatSocketResolver()
    const found = resolve(name)!
    expect(type).toBe('component')
    expect(found).toMatchObject({ name, sideEffects: 'vue-chat-socket/style.css' })
    expect(entries[found.from]).toHaveProperty(found.name)
  })

  it('[RV2] leaves every other name to other resolvers', () => {
    const { resolve } = ChatSocketResolver()
    for (const name of ['Chat', 'ChatRoomx', 'VBtn', 'toString', '__proto__']) expect(resolve(name)).toBeUndefined()
  })

  it('[RV3] leaves the style sheet alone when told', () => {
    expect(ChatSocketResolver({ importStyle: false }).resolve('ChatRoom')).toEqual({ name: 'ChatRoom', from: 'vue-chat-socket' })
  })
})
