/**
 * Every word that the components say. Functions take what the sentence is about, so that each language
 * can order and count its own way. Names and message texts are handed in as they are and come out as plain text.
 */
export interface ChatLocale {
  /** BCP 47 tag; dates, times and numbers are written its way. */
  readonly tag: string
  /** Direction of the language itself; messages find theirs by their first strong letter. */
  readonly dir: 'ltr' | 'rtl'

  readonly you: string
  readonly today: string
  readonly yesterday: string
  /** Accessible name of a message: who, when, and what else there is to say of it, its words last. */
  readonly messageBy: (author: string, time: string, details?: readonly string[]) => string
  /** Accessible name of the list. */
  readonly messagesIn: (room: string) => string
  readonly onlineCount: (count: number) => string
  /** In place of a text that was taken back. */
  readonly deletedMessage: string

  readonly loadingMessages: string
  readonly loadingOlder: string
  readonly emptyTitle: string
  readonly emptyHint: string
  readonly gap: string
  readonly loadGap: string
  readonly loadOlder: string
  readonly roomError: (code: string | undefined) => string
  readonly newMessages: (count: number) => string
  readonly jumpToLatest: string

  readonly search: {
    /** Opens it. */
    readonly open: string
    readonly label: (room: string) => string
    readonly placeholder: string
    readonly hint: string
    readonly results: string
    /** @param hasMore there are older ones */
    readonly count: (count: number, hasMore: boolean) => string
    readonly nothing: string
    readonly failed: string
    readonly again: string
    readonly more: string
    readonly close: string
    /** What was found cannot be shown. */
    readonly unreachable: string
  }

  readonly status: {
    readonly sending: string
    readonly unconfirmed: string
    readonly sent: string
    readonly delivered: string
    readonly read: string
    readonly failed: string
  }
  /** Why a message was refused, for a person. `code` is a `ChatErrorCode`. */
  readonly failure: (code: string | undefined) => string
  /** What did not happen, and why: both as sentences of their own. */
  readonly failureOf: (what: string, why: string) => string
  readonly retry: string
  readonly discard: string
  /** Names the message that the button acts on, for those who do not see it. */
  readonly retryMessage: (body: string) => string
  readonly discardMessage: (body: string) => string

  readonly edited: string
  readonly editedAt: (time: string) => string
  /** A change of ours that the server has not confirmed. */
  readonly changePending: string
  /** `kind` is what was refused: `edit`, `delete`, `react` or `unreact`. */
  readonly changeFailed: (kind: string) => string
  readonly mentionsYou: string
  readonly answerTo: (author: string) => string
  /** In place of the quote of a message that is not loaded. */
  readonly quoteNotLoaded: string
  /** What a press on a quote does. */
  readonly goToQuoted: string
  readonly noSuchMessage: string
  /** Accessible name of the reactions of a message. */
  readonly reactions: string
  /** One reaction, how often, and from whom. It starts with what is seen. */
  readonly reactionBy: (emoji: string, count: string, names: string) => string
  readonly andOthers: (count: number) => string
  /** Names, as one text. */
  readonly readBy: (names: string) => string
  readonly cameIn: (names: string) => string
  readonly wentOut: (names: string) => string
  /** Accessible name of the actions of a message. */
  readonly messageActions: string
  readonly reactWith: (emoji: string) => string
  readonly react: string
  readonly moreReactions: string
  readonly moreActions: string
  readonly reply: string
  readonly edit: string
  readonly remove: string
  readonly copy: string
  readonly copied: string
  readonly notCopied: string
  readonly removeTitle: string
  readonly removeHint: string
  readonly cancel: string
  readonly close: string
  readonly shortcuts: {
    readonly title: string
    readonly move: string
    readonly page: string
    readonly ends: string
    readonly actions: string
    readonly leave: string
    readonly help: string
    readonly send: string
    readonly newLine: string
    readonly editLast: string
  }

  readonly composerLabel: (room: string) => string
  readonly composerPlaceholder: string
  readonly send: string
  /** Characters left; negative when over the limit. */
  readonly remaining: (count: number) => string
  /** What the text in the field belongs to, and what is around it. */
  readonly composer: {
    readonly replyingTo: (author: string) => string
    readonly cancelReply: string
    readonly editing: string
    readonly cancelEdit: string
    /** The send button during an edit. */
    readonly save: string
    readonly attach: string
    readonly emoji: string
    /** Over the field, while files are dragged there. */
    readonly dropFiles: string
    /** Accessible name of the list that completes what is typed. */
    readonly suggestions: string
    readonly found: (count: number) => string
    readonly readonly: string
  }
  /** Files: names, sizes and reasons are handed in as texts. */
  readonly attachments: {
    /** Accessible name of the files for the next message. */
    readonly list: string
    /** In place of a message without text. */
    readonly summary: (names: readonly string[]) => string
    readonly open: (name: string) => string
    readonly download: (name: string, details: string) => string
    /** Before the name of a file. */
    readonly downloadWord: string
    readonly remove: (name: string) => string
    readonly cancel: (name: string) => string
    readonly retry: (name: string) => string
    readonly uploading: (name: string) => string
    readonly uploaded: (name: string) => string
    readonly failed: (name: string, reason: string) => string
    readonly waiting: string
    /** Without a connection: what becomes of the files. */
    readonly notKept: string
    readonly pictureFailed: string
    readonly close: string
    readonly previous: string
    readonly next: string
    /** Which picture of how many. */
    readonly place: (index: number, count: number) => string
    readonly dismiss: string
    /** Why a file is not taken, and what to do. `limit` is a size, or a number of files. */
    readonly refused: Readonly<Record<'file_empty' | 'file_too_big' | 'file_type' | 'file_count', (name: string, limit: string) => string>>
  }
  /** In a list of rooms, before what was begun there. */
  readonly draft: (text: string) => string
  readonly emojiPicker: {
    readonly search: string
    readonly nothing: string
    readonly tone: string
    /** From none to the darkest. */
    readonly tones: readonly [string, string, string, string, string, string]
    readonly groups: Readonly<
      Record<'recent' | 'smileys' | 'people' | 'nature' | 'food' | 'activities' | 'travel' | 'objects' | 'symbols' | 'flags', string>
    >
  }

  /** Up to two names; more than two people are `typingMany`. */
  readonly typing: (names: readonly string[]) => string
  readonly typingMany: string

  readonly connection: {
    readonly connecting: string
    readonly reconnecting: string
    readonly probing: string
    readonly waiting: string
    /** The link went silent without an end. */
    readonly unstable: string
    readonly offline: string
    readonly closed: string
    readonly failed: string
    readonly takenOver: string
    readonly signInAgain: string
    readonly connectedAgain: string
  }
  readonly retryIn: (seconds: number) => string
  readonly attempt: (count: number) => string
  readonly retryNow: string
  readonly connect: string
  readonly unsent: (count: number) => string

  readonly announceMessage: (author: string, body: string) => string
  readonly announceNewMessages: (count: number) => string
  readonly announceFailed: string

  readonly rooms: string
  readonly unread: (count: number) => string
  readonly noRooms: string
  readonly members: string
  readonly noMembers: string
  readonly roomList: {
    /** Above conversations with one other person. */
    readonly direct: string
    readonly joinable: string
    readonly search: string
    readonly noMatch: string
    readonly loading: string
    /** Why there is no list. */
    readonly failed: string
    readonly newMessage: string
    readonly newRoom: string
    readonly hint: string
    readonly draft: (text: string) => string
    /** The newest message, of somebody else and of ourselves. */
    readonly said: (name: string, text: string) => string
    readonly saidByYou: (text: string) => string
    readonly files: (count: number) => string
    readonly mentioned: string
    readonly online: string
    readonly offline: string
    readonly isPrivate: string
  }
  readonly membership: {
    readonly title: string
    readonly isPrivate: string
    readonly isReadOnly: string
    readonly create: string
    readonly people: string
    readonly searchPeople: string
    readonly noPeople: string
    readonly onlineNow: string
    /** Takes somebody off the choice again. */
    readonly takeBack: (name: string) => string
    readonly chosen: string
    readonly join: string
    readonly leave: string
    readonly leaveTitle: (room: string) => string
    readonly leaveHint: string
    readonly invite: string
    readonly expel: (name: string) => string
    readonly expelTitle: (name: string) => string
    readonly messageTo: (name: string) => string
    readonly searchMembers: string
    readonly owner: string
    readonly count: (count: number) => string
    readonly more: (count: number) => string
    /** In place of the field where we may only read. */
    readonly readOnly: string
    /** Why something was not done. `code` is a `ChatErrorCode`. */
    readonly error: (code: string | undefined) => string
  }
  readonly app: {
    readonly name: string
    readonly back: string
    readonly showMembers: string
    readonly closeMembers: string
    readonly noRoom: string
  }

  readonly notice: {
    /** Title of a notification; of a direct conversation it is the author alone. */
    readonly message: (author: string, room: string) => string
    readonly mention: (author: string, room: string) => string
    /** Beside the newest message. */
    readonly more: (count: number) => string
    readonly settings: string
    readonly desktop: string
    /** The browser does not let this page show any. */
    readonly denied: string
    readonly sound: string
    readonly mute: string
  }
}

/** Some texts of a language; those of a group may be some as well. */
export type LocaleChanges<T = ChatLocale> = {
  readonly [K in keyof T]?: T[K] extends (...args: never[]) => unknown ? T[K] : T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? LocaleChanges<T[K]> : T[K]
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A language with some texts replaced; `base` stays as it is. */
export const extendLocale = <T extends object = ChatLocale>(base: T, changes: LocaleChanges<T>): T => {
  const merged = { ...base } as Record<string, unknown>
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue
    const before = merged[name]
    merged[name] = isGroup(before) && isGroup(value) ? extendLocale(before, value) : value
  }
  return merged as T
}

const plural = new Map<string, Intl.PluralRules>()

/** Picks the form by the language's own rules. `other` is required, it is the form of last resort. */
export const pluralOf = (
  tag: string,
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string },
): string => {
  const rules = plural.get(tag) ?? new Intl.PluralRules(tag)
  plural.set(tag, rules)
  return (forms[rules.select(count)] ?? forms.other).replace('#', count.toLocaleString(tag))
}

const failures: Readonly<Record<string, string>> = {
  body_too_long: 'It is too long.',
  body_empty: 'It is empty.',
  forbidden: 'You are not in this room.',
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

const changeFailures: Readonly<Record<string, string>> = {
  edit: 'Not edited',
  delete: 'Not deleted',
  react: 'Reaction not added',
  unreact: 'Reaction not removed',
}

const membershipErrors: Readonly<Record<string, string>> = {
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

const roomErrors: Readonly<Record<string, string>> = {
  gone: 'This room is not there for you any more.',
  not_found: 'This room does not exist.',
  forbidden: 'You may not enter this room.',
  room_limit: 'You are in too many rooms. Leave one first.',
}

export const en: ChatLocale = {
  tag: 'en',
  dir: 'ltr',

  you: 'You',
  today: 'Today',
  yesterday: 'Yesterday',
  messageBy: (author, time, details = []) => [author, time, ...details].join(', '),
  messagesIn: (room) => `Messages in ${room}`,
  onlineCount: (count) => pluralOf('en', count, { other: '# online' }),
  deletedMessage: 'This message was deleted',

  loadingMessages: 'Loading messages…',
  loadingOlder: 'Loading older messages…',
  emptyTitle: 'No messages yet',
  emptyHint: 'Write the first one.',
  gap: 'Some messages are missing here',
  loadGap: 'Load them',
  loadOlder: 'Load older messages',
  roomError: (code) => roomErrors[code ?? ''] ?? 'This room could not be opened.',
  newMessages: (count) => pluralOf('en', count, { one: '# new message', other: '# new messages' }),
  jumpToLatest: 'Jump to the latest message',

  search: {
    open: 'Search messages',
    label: (room) => `Search in ${room}`,
    placeholder: 'Search messages',
    hint: 'Finds messages by their words, or the start of them.',
    results: 'Messages found, newest first',
    count: (count, hasMore) =>
      hasMore ? `The newest ${count.toLocaleString('en')} messages found; there are more.` : pluralOf('en', count, { one: '# message found.', other: '# messages found.' }),
    nothing: 'No message has these words.',
    failed: 'The search did not work.',
    again: 'Try again',
    more: 'Show older results',
    close: 'Close search',
    unreachable: 'This message could not be shown.',
  },

  status: {
    sending: 'Sending',
    unconfirmed: 'Not confirmed yet',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not sent',
  },
  failure: (code) => failures[code ?? ''] ?? 'The server refused it.',
  failureOf: (what, why) => `${what}. ${why}`,
  retry: 'Retry',
  discard: 'Discard',
  retryMessage: (body) => `Retry: ${body}`,
  discardMessage: (body) => `Discard: ${body}`,

  edited: 'edited',
  editedAt: (time) => `Edited ${time}`,
  changePending: 'Saving the change',
  changeFailed: (kind) => changeFailures[kind] ?? 'Not changed',
  mentionsYou: 'mentions you',
  answerTo: (author) => `answers ${author}`,
  quoteNotLoaded: 'An earlier message',
  goToQuoted: 'Go to this message',
  noSuchMessage: 'This message is no longer there',
  reactions: 'Reactions',
  reactionBy: (emoji, count, names) => `${emoji} ${count}: ${names}`,
  andOthers: (count) => pluralOf('en', count, { one: '# other', other: '# others' }),
  readBy: (names) => `Read by ${names}`,
  cameIn: (names) => `${names} joined`,
  wentOut: (names) => `${names} left`,
  messageActions: 'Message actions',
  reactWith: (emoji) => `React with ${emoji}`,
  react: 'React',
  moreReactions: 'More reactions',
  moreActions: 'More actions',
  reply: 'Reply',
  edit: 'Edit',
  remove: 'Delete',
  copy: 'Copy text',
  copied: 'Copied',
  notCopied: 'Could not copy',
  removeTitle: 'Delete this message?',
  removeHint: 'Its text is gone for everyone.',
  cancel: 'Cancel',
  close: 'Close',
  shortcuts: {
    title: 'Keyboard shortcuts',
    move: 'Previous, next message',
    page: 'A view further up, down',
    ends: 'First, last message',
    actions: 'Actions of the message',
    leave: 'Back to the text field',
    help: 'This list',
    send: 'Send',
    newLine: 'New line',
    editLast: 'Edit the last own message, in an empty field',
  },

  composerLabel: (room) => `Message to ${room}`,
  composerPlaceholder: 'Write a message',
  send: 'Send',
  remaining: (count) =>
    count < 0
      ? pluralOf('en', -count, { one: '# character too many', other: '# characters too many' })
      : pluralOf('en', count, { one: '# character left', other: '# characters left' }),

  composer: {
    replyingTo: (author) => `Replying to ${author}`,
    cancelReply: 'Cancel the reply',
    editing: 'Editing your message',
    cancelEdit: 'Cancel the edit',
    save: 'Save',
    attach: 'Attach files',
    emoji: 'Emoji',
    dropFiles: 'Drop files to attach them',
    suggestions: 'Suggestions',
    found: (count) => pluralOf('en', count, { one: '# suggestion', other: '# suggestions' }),
    readonly: 'You cannot write here.',
  },
  attachments: {
    list: 'Files for the message',
    summary: (names) => (names.length === 1 ? `File: ${names[0]}` : `${names.length.toLocaleString('en')} files: ${names.join(', ')}`),
    open: (name) => `Open ${name}`,
    download: (name, details) => `Download ${name}, ${details}`,
    downloadWord: 'Download',
    remove: (name) => `Remove ${name}`,
    cancel: (name) => `Do not send ${name}`,
    retry: (name) => `Retry: ${name}`,
    uploading: (name) => `Uploading ${name}`,
    uploaded: (name) => `${name} uploaded.`,
    failed: (name, reason) => `${name} failed: ${reason}`,
    waiting: 'Waiting…',
    notKept: 'Files go out when you are connected again. Keep this page open until then.',
    pictureFailed: 'The picture could not be loaded.',
    close: 'Close',
    previous: 'Previous picture',
    next: 'Next picture',
    place: (index, count) => `${index} of ${count}`,
    dismiss: 'Dismiss',
    refused: {
      file_empty: (name) => `${name} is empty. Choose a file with something in it; folders cannot be sent.`,
      file_too_big: (name, limit) => `${name} is too big. A file may have ${limit}; make it smaller, or share a link.`,
      file_type: (name) => `${name} is of a kind that cannot be sent here. Choose another file.`,
      file_count: (name, limit) => `${name} was left out: a message takes ${limit} files. Send it with the next one.`,
    },
  },
  draft: (text) => `Draft: ${text}`,
  emojiPicker: {
    search: 'Search emoji',
    nothing: 'No emoji found',
    tone: 'Skin tone',
    tones: ['No tone', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'],
    groups: {
      recent: 'Recently used',
      smileys: 'Smileys',
      people: 'People',
      nature: 'Animals and nature',
      food: 'Food and drink',
      activities: 'Activities',
      travel: 'Travel and places',
      objects: 'Objects',
      symbols: 'Symbols',
      flags: 'Flags',
    },
  },

  typing: (names) =>
    names.length === 1 ? `${names[0]} is typing` : `${names[0]} and ${names[1]} are typing`,
  typingMany: 'Several people are typing',

  connection: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    probing: 'Checking the connection…',
    waiting: 'Connection lost',
    unstable: 'The network is unstable',
    offline: 'You are offline',
    closed: 'Disconnected',
    failed: 'Could not connect',
    takenOver: 'This chat was opened somewhere else',
    signInAgain: 'Your sign-in is no longer valid. Sign in again.',
    connectedAgain: 'Connected again',
  },
  retryIn: (seconds) => `Next try in ${seconds.toLocaleString('en')} s`,
  attempt: (count) => `Attempt ${count.toLocaleString('en')}`,
  retryNow: 'Retry now',
  connect: 'Connect',
  unsent: (count) =>
    pluralOf('en', count, { one: '# message waits to be sent', other: '# messages wait to be sent' }),

  announceMessage: (author, body) => `${author}: ${body}`,
  announceNewMessages: (count) => pluralOf('en', count, { one: '# new message', other: '# new messages' }),
  announceFailed: 'A message was not sent',

  rooms: 'Rooms',
  unread: (count) => pluralOf('en', count, { one: '# unread message', other: '# unread messages' }),
  noRooms: 'No rooms yet',
  members: 'People here',
  noMembers: 'Nobody is here',
  roomList: {
    direct: 'Direct messages',
    joinable: 'Open to join',
    search: 'Search rooms',
    noMatch: 'No room or person with this name.',
    loading: 'Loading rooms…',
    failed: 'The rooms could not be loaded.',
    newMessage: 'New message',
    newRoom: 'New room',
    hint: 'Write to somebody, or make a room.',
    draft: (text) => `Draft: ${text}`,
    said: (name, text) => `${name}: ${text}`,
    saidByYou: (text) => `You: ${text}`,
    files: (count) => pluralOf('en', count, { one: 'A file', other: '# files' }),
    mentioned: 'you are mentioned',
    online: 'online',
    offline: 'offline',
    isPrivate: 'private',
  },
  membership: {
    title: 'Name of the room',
    isPrivate: 'Only members see it',
    isReadOnly: 'Only the owner writes',
    create: 'Create',
    people: 'People',
    searchPeople: 'Search people by name',
    noPeople: 'Nobody found.',
    onlineNow: 'Online now',
    takeBack: (name) => `Remove ${name}`,
    chosen: 'Chosen people',
    join: 'Join',
    leave: 'Leave room',
    leaveTitle: (room) => `Leave ${room}?`,
    leaveHint: 'You get no more messages from it. Into a private room somebody has to invite you again.',
    invite: 'Invite',
    expel: (name) => `Take ${name} out of the room`,
    expelTitle: (name) => `Take ${name} out of the room?`,
    messageTo: (name) => `Write to ${name}`,
    searchMembers: 'Search members',
    owner: 'Owner',
    count: (count) => pluralOf('en', count, { one: '# member', other: '# members' }),
    more: (count) => pluralOf('en', count, { one: 'and one more', other: 'and # more' }),
    readOnly: 'Only the owners of this room write here.',
    error: (code) => membershipErrors[code ?? ''] ?? 'That did not work. Try again.',
  },
  app: {
    name: 'Chat',
    back: 'Back to the rooms',
    showMembers: 'Show members',
    closeMembers: 'Close members',
    noRoom: 'Choose a room to read it.',
  },

  notice: {
    message: (author, room) => `${author} in ${room}`,
    mention: (author, room) => `${author} mentioned you in ${room}`,
    more: (count) => pluralOf('en', count, { one: 'and # more message', other: 'and # more messages' }),
    settings: 'Notifications',
    desktop: 'Desktop notifications',
    denied: 'Your browser blocks notifications from this page.',
    sound: 'Sound',
    mute: 'Mute this room',
  },
}
