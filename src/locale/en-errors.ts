/** What went wrong, in English, by the code of the error. */

export const failures: Readonly<Record<string, string>> = {
  body_too_long: 'It is too long.',
  body_empty: 'It is empty.',
  forbidden: 'You may not do this here.',
  not_found: 'This room does not exist.',
  target_not_found: 'The message does not exist.',
  target_deleted: 'The message was deleted.',
  body_invalid: 'This cannot be a reaction.',
  reaction_limit: 'You have put too many reactions on it.',
  unauthorized: 'Sign in again.',
  rate_limited: 'Too many messages at once.',
  outbox_full: 'Too many messages are waiting.',
  storage_unavailable: 'The server could not store it.',
  busy: 'The server is busy.',
  internal: 'The server failed.',
  unsupported: 'The server cannot do this.',
  attachment_not_found: 'A file is no longer there. Discard the message and attach it again.',
  file_lost: 'The page was closed before its files were sent. Discard the message and choose them again.',
  attachment_limit: 'It has too many files.',
  file_empty: 'The file is empty.',
  file_too_big: 'The file is too big.',
  file_type: 'The server does not take this kind of file.',
  file_quota: 'Your files take all the place you have here.',
  disk_full: 'The server has no place for more files.',
  upload_network: 'The connection broke.',
  upload_timeout: 'It took too long.',
  upload_failed: 'The file could not be uploaded.',
}

export const changeFailures: Readonly<Record<string, string>> = {
  edit: 'Not edited',
  delete: 'Not deleted',
  react: 'Reaction not added',
  unreact: 'Reaction not removed',
}

export const membershipErrors: Readonly<Record<string, string>> = {
  title_empty: 'The room needs a name.',
  title_too_long: 'This name is too long. A name has 80 characters at most.',
  title_invalid: 'A name has 1 to 80 characters on one line, with something to see.',
  user_not_found: 'The server knows nobody like that.',
  member_limit: 'The room is full.',
  room_limit: 'There are too many rooms already.',
  forbidden: 'You may not do this here.',
  not_found: 'This room does not exist any more.',
  rate_limited: 'That was a lot at once. Wait a moment.',
  not_connected: 'There is no connection now. Try again when there is.',
  unsupported: 'This server cannot do that.',
}

export const roomErrors: Readonly<Record<string, string>> = {
  gone: 'This room is not there for you any more.',
  not_found: 'This room does not exist.',
  forbidden: 'You may not enter this room.',
  room_limit: 'You are in too many rooms. Leave one first.',
}
