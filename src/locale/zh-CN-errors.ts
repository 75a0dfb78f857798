/** What went wrong, in Chinese, by the code of the error. */

export const failures: Readonly<Record<string, string>> = {
  body_too_long: '内容太长。',
  body_empty: '内容为空。',
  forbidden: '你没有权限这样做。',
  not_found: '该房间不存在。',
  target_not_found: '该消息不存在。',
  target_deleted: '该消息已被删除。',
  body_invalid: '不能作为表情回应。',
  reaction_limit: '你对该消息的回应过多。',
  unauthorized: '请重新登录。',
  rate_limited: '发送过于频繁。',
  outbox_full: '等待发送的消息过多。',
  storage_unavailable: '服务器未能保存该消息。',
  busy: '服务器繁忙。',
  internal: '服务器出错。',
  unsupported: '服务器不支持该操作。',
  attachment_not_found: '文件已不存在，请丢弃该消息并重新添加文件。',
  file_lost: '文件尚未发出页面就已关闭，请丢弃该消息并重新选择文件。',
  attachment_limit: '文件过多。',
  file_empty: '文件为空。',
  file_too_big: '文件太大。',
  file_type: '服务器不接受此类文件。',
  file_quota: '你的文件已占满可用空间。',
  disk_full: '服务器没有空间存放更多文件。',
  upload_network: '连接中断。',
  upload_timeout: '上传超时。',
  upload_failed: '文件上传失败。',
}

export const changeFailures: Readonly<Record<string, string>> = {
  edit: '编辑失败',
  delete: '删除失败',
  react: '未能添加回应',
  unreact: '未能取消回应',
}

export const membershipErrors: Readonly<Record<string, string>> = {
  title_empty: '请填写房间名称。',
  title_too_long: '名称过长，最多 80 个字符。',
  title_invalid: '名称须为一行、1 到 80 个字符，且包含可见内容。',
  user_not_found: '服务器上没有这个人。',
  member_limit: '房间人数已满。',
  room_limit: '房间已经太多了。',
  forbidden: '你没有权限这样做。',
  not_found: '该房间已不存在。',
  rate_limited: '操作太频繁，请稍候再试。',
  not_connected: '当前没有连接，请在连接恢复后重试。',
  unsupported: '该服务器不支持此操作。',
}

export const roomErrors: Readonly<Record<string, string>> = {
  gone: '你已无法访问该房间。',
  not_found: '该房间不存在。',
  forbidden: '你不能进入该房间。',
  room_limit: '你加入的房间过多，请先离开一个。',
}
