/** What lies in the database may be of an older version, of a newer one, or of somebody else. */
import type { ReceivedMessage, StoredMessage, StoredRoom } from '../core/index.ts'
import { isSeq } from '../protocol/shape.ts'

/** A message with the page that looks after it. */
export interface MessageRecord extends StoredMessage {
  readonly user: string
  readonly owner: string
  /** Place in the order of sending. */
  readonly order: number
}

export interface RoomRecord extends StoredRoom {
  readonly user: string
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isName = (value: unknown): value is string => isText(value) && value !== ''
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

export const isMessageRecord = (value: unknown): value is MessageRecord =>
  isFields(value) &&
  isName(value['user']) &&
  isName(value['owner']) &&
  isName(value['clientId']) &&
  isName(value['room']) &&
  isText(value['body']) &&
  isTime(value['createdAt']) &&
  isTime(value['order']) &&
  (value['failure'] === undefined || (isFields(value['failure']) && isText(value['failure']['code']) && isText(value['failure']['message'])))

const isReceived = (value: unknown): value is ReceivedMessage =>
  isFields(value) &&
  isName(value['room']) &&
  isSeq(value['seq']) &&
  isFields(value['author']) &&
  isName(value['author']['id']) &&
  isText(value['author']['name']) &&
  isText(value['body']) &&
  isTime(value['createdAt'])

/** A tail has no holes: whoever resumes after its end must have all of it. */
export const isRoomRecord = (value: unknown): value is RoomRecord =>
  isFields(value) &&
  isName(value['user']) &&
  isName(value['room']) &&
  isText(value['title']) &&
  isName(value['epoch']) &&
  Array.isArray(value['messages']) &&
  value['messages'].every(isReceived) &&
  value['messages'].every((m, i, all) => i === 0 || m.seq === (all[i - 1]?.seq ?? 0) + 1)

export const toMessage = ({ user: _user, owner: _owner, order: _order, ...message }: MessageRecord): StoredMessage => message
export const toRoom = ({ user: _user, ...room }: RoomRecord): StoredRoom => room
