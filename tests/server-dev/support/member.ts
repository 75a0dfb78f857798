import type { Member } from '../../../server-dev/hub.ts'

export interface TestMember<Frame> extends Member {
  /** Frames that were written to it, in order. */
  readonly got: Frame[]
  /** Bytes that it has not taken yet. */
  waiting: number
  /** How often something was left out for it. */
  lags: number
}

/** Somebody in these rooms, who keeps what is written and reads no faster than `waiting` says. */
export const testMember = <Frame>(id: string, rooms: readonly string[] = []): TestMember<Frame> => {
  const self: TestMember<Frame> = {
    user: { id, name: id.toUpperCase() },
    rooms: new Set(rooms),
    got: [],
    waiting: 0,
    lags: 0,
    buffered: () => self.waiting,
    write: (text) => self.got.push(JSON.parse(text) as Frame),
    lag: () => self.lags++,
  }
  return self
}
