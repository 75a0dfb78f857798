export const objects = `
👓 eyeglasses|眼镜
🕶️ dark_sunglasses|墨镜
🥽 goggles|护目镜
🥼 lab_coat|白大褂
🦺 safety_vest|背心
👔 necktie shirt|领带
👕 tshirt shirt|T恤 衣服
👖 jeans|牛仔裤
🧣 scarf|围巾
🧤 gloves|手套
🧥 coat|外套
🧦 socks|袜子
👗 dress|裙子
👘 kimono|和服
🥻 sari|纱丽
🩱 one_piece_swimsuit|泳衣
🩳 shorts|短裤
👙 bikini|比基尼
👚 womans_clothes|女装
👛 purse|钱包
👜 handbag|手提包
👝 pouch|小包
🛍️ shopping|购物
🎒 school_satchel backpack|书包
🩴 thong_sandal|拖鞋
👞 mans_shoe|皮鞋
👟 athletic_shoe sneaker|运动鞋
🥾 hiking_boot|登山鞋
👠 high_heel|高跟鞋
👡 sandal|凉鞋
👢 boot|靴子
👑 crown king queen|皇冠
👒 womans_hat|帽子
🎩 tophat|礼帽
🎓 mortar_board graduation|毕业
🧢 billed_cap|鸭舌帽
⛑️ rescue_helmet|头盔
📿 prayer_beads|念珠
💄 lipstick|口红
💍 ring marry|戒指
💎 gem diamond|钻石
🔇 mute silent|静音
🔈 speaker|音量
🔉 sound|音量
🔊 loud_sound|大声
📢 loudspeaker announcement|公告 喇叭
📣 mega cheer|喇叭
📯 postal_horn|号角
🔔 bell notification|铃 通知
🔕 no_bell|免打扰
🎼 musical_score|乐谱
🎵 musical_note music|音乐
🎶 notes music|音乐
🎙️ studio_microphone|麦克风
🎤 microphone sing karaoke|唱歌 麦克风
🎧 headphones music|耳机
📻 radio|收音机
🎷 saxophone|萨克斯
🪗 accordion|手风琴
🎸 guitar|吉他
🎹 musical_keyboard piano|钢琴
🎺 trumpet|小号
🎻 violin|小提琴
🪕 banjo|班卓琴
🥁 drum|鼓
📱 iphone mobile phone|手机
📲 calling mobile|来电
☎️ phone telephone|电话
📞 telephone_receiver call|电话
📟 pager|传呼机
📠 fax|传真
🔋 battery|电池
🪫 low_battery|没电
🔌 electric_plug|插头
💻 computer laptop|电脑
🖥️ desktop_computer|电脑
🖨️ printer|打印机
⌨️ keyboard type|键盘
🖱️ computer_mouse|鼠标
💾 floppy_disk save|保存
💿 cd disc|光盘
📀 dvd|光盘
🧮 abacus|算盘
🎥 movie_camera|摄影机
🎬 clapper film action|电影
📺 tv television|电视
📷 camera photo|相机 照片
📸 camera_flash photo|拍照
📹 video_camera|摄像机
🔍 mag search find|搜索 放大镜
🔎 mag_right search|搜索
🕯️ candle|蜡烛
💡 bulb idea light|主意 灯
🔦 flashlight|手电
🏮 izakaya_lantern|灯笼
📔 notebook_with_decorative_cover|笔记本
📕 closed_book|书
📖 book open_book read|书 读
📚 books library|书
📓 notebook|笔记本
📒 ledger|账本
📃 page_with_curl|文件
📜 scroll|卷轴
📄 page_facing_up document|文档
📰 newspaper news|报纸 新闻
🔖 bookmark|书签
🏷️ label tag|标签
💰 moneybag money|钱
🪙 coin|硬币
💴 yen|日元
💵 dollar|美元
💶 euro|欧元
💷 pound|英镑
💸 money_with_wings|花钱
💳 credit_card pay|信用卡 付款
🧾 receipt bill|收据 发票
💹 chart|图表
✉️ envelope mail|信 邮件
📧 e_mail email|邮件
📨 incoming_envelope|来信
📩 envelope_with_arrow|发信
📤 outbox_tray|发件
📥 inbox_tray|收件
📦 package box parcel|包裹 快递
📫 mailbox|邮箱
📮 postbox|邮筒
🗳️ ballot_box vote|投票
✏️ pencil2 write|铅笔
✒️ black_nib|钢笔
🖊️ pen|笔
🖌️ paintbrush|画笔
🖍️ crayon|蜡笔
📝 memo note write|备忘 笔记
💼 briefcase work|公文包 工作
📁 file_folder|文件夹
📂 open_file_folder|文件夹
📅 date calendar|日历 日期
📆 calendar date|日历
📇 card_index|名片
📈 chart_with_upwards_trend growth|上涨 增长
📉 chart_with_downwards_trend|下跌
📊 bar_chart statistics|图表 统计
📋 clipboard|剪贴板
📌 pushpin pin|图钉
📍 round_pushpin location|位置
📎 paperclip attachment|回形针 附件
🖇️ paperclips|回形针
📏 straight_ruler|尺
📐 triangular_ruler|三角尺
✂️ scissors cut|剪刀
🗃️ card_file_box|卡片盒
🗄️ file_cabinet|文件柜
🗑️ wastebasket trash delete|垃圾桶 删除
🔒 lock secure|锁
🔓 unlock|开锁
🔑 key password|钥匙
🗝️ old_key|钥匙
🔨 hammer|锤子
🪓 axe|斧
⛏️ pick|镐
⚒️ hammer_and_pick|工具
🛠️ hammer_and_wrench tools fix|工具 修
🗡️ dagger|匕首
⚔️ crossed_swords|剑
💣 bomb|炸弹
🪃 boomerang|回旋镖
🏹 bow_and_arrow|弓箭
🛡️ shield|盾
🪚 carpentry_saw|锯
🔧 wrench fix|扳手 修
🪛 screwdriver|螺丝刀
🔩 nut_and_bolt|螺丝
⚙️ gear settings|设置 齿轮
🗜️ clamp|夹子
⚖️ balance_scale|天平
🔗 link chain|链接
⛓️ chains|锁链
🪝 hook|钩
🧰 toolbox|工具箱
🧲 magnet|磁铁
🪜 ladder|梯子
⚗️ alembic|蒸馏
🧪 test_tube experiment|试管 测试
🧫 petri_dish|培养皿
🧬 dna|基因
🔬 microscope|显微镜
🔭 telescope|望远镜
📡 satellite antenna|天线
💉 syringe vaccine|打针 疫苗
🩸 drop_of_blood|血
💊 pill medicine|药
🩹 adhesive_bandage|创可贴
🩺 stethoscope|听诊器
🚪 door|门
🪞 mirror|镜子
🪟 window|窗
🛏️ bed sleep|床
🛋️ couch_and_lamp sofa|沙发
🪑 chair|椅子
🚽 toilet|厕所
🚿 shower|淋浴
🛁 bathtub|浴缸
🪤 mouse_trap|捕鼠器
🪒 razor|剃刀
🧴 lotion_bottle|乳液
🧷 safety_pin|别针
🧹 broom clean|扫帚 打扫
🧺 basket laundry|篮子
🧻 roll_of_paper|纸巾
🪣 bucket|桶
🧼 soap|肥皂
🫧 bubbles|泡泡
🪥 toothbrush|牙刷
🧽 sponge|海绵
🧯 fire_extinguisher|灭火器
🛒 shopping_cart|购物车
🚬 smoking|吸烟
⚰️ coffin|棺材
🪦 headstone|墓碑
🗿 moyai stone|石像
🪧 placard sign|牌子
🪪 identification_card|身份证
`
