/**
 * In-band error codes. `retry` tells whether the same request may succeed later unchanged.
 * A code that a client does not know is treated by the frame's own `retry` field.
 */
export const ERROR_CODES = {
  bad_json: { retry: false, text: 'The frame is not JSON.' },
  bad_request: { retry: false, text: 'A field is missing or has the wrong type.' },
  unknown_type: { retry: false, text: 'The server does not know this frame type.' },
  unauthorized: { retry: false, text: 'The token was refused.' },
  forbidden: { retry: false, text: 'You are not in this room; join it first.' },
  not_found: { retry: false, text: 'There is no such room, or you may not see it.' },
  target_not_found: { retry: false, text: 'There is no such message in this room.' },
  target_deleted: { retry: false, text: 'The message was deleted.' },
  client_id_conflict: {
    retry: false,
    text: 'This client id was used for another message; use a new one.',
  },
  body_empty: { retry: false, text: 'The message has no text.' },
  body_too_long: { retry: false, text: 'The message is longer than the server allows.' },
  body_invalid: { retry: false, text: 'A reaction is one emoji or a short text on one line.' },
  reaction_limit: { retry: false, text: 'You have put too many reactions on this message; take one back first.' },
  attachment_not_found: { retry: false, text: 'A file of the message is not there, or belongs to another message; upload it again.' },
  attachment_limit: { retry: false, text: 'The message has more files than the server allows.' },
  room_limit: { retry: false, text: 'This connection is in too many rooms; leave one first.' },
  user_not_found: { retry: false, text: 'The server knows no such user.' },
  title_invalid: { retry: false, text: 'A title has 1 to 80 characters on one line, with something to see.' },
  member_limit: { retry: false, text: 'The room has as many members as it may have.' },
  rate_limited: { retry: true, text: 'Too many messages; wait and send again.' },
  storage_unavailable: { retry: true, text: 'The server could not store the message.' },
  busy: { retry: true, text: 'The server has too much to do; send again shortly.' },
  internal: { retry: true, text: 'The server failed; send again.' },
} as const satisfies Record<string, { readonly retry: boolean; readonly text: string }>

export type ErrorCode = keyof typeof ERROR_CODES
