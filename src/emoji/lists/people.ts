export const people = `
👋 wave hello hi bye|你好 再见 挥手
🤚 raised_back_of_hand|手背
🖐️ raised_hand_with_fingers_splayed five|手
✋ raised_hand stop high_five|手 停
🖖 vulcan_salute spock|瓦肯
🫱 rightwards_hand|右手
🫲 leftwards_hand|左手
🫳 palm_down_hand|手心向下
🫴 palm_up_hand|手心向上
👌 ok_hand perfect fine|好 可以
🤌 pinched_fingers italian|捏手指
🤏 pinching_hand small little|一点点
✌️ v victory peace two|耶 胜利
🤞 crossed_fingers luck hope|祈祷 好运
🫰 hand_with_index_finger_and_thumb_crossed heart|比心
🤟 love_you_gesture|爱你
🤘 metal rock|摇滚
🤙 call_me_hand phone|打电话
👈 point_left|左
👉 point_right|右
👆 point_up_2 up|上
🖕 middle_finger rude|中指
👇 point_down below|下
☝️ point_up one|一 上
🫵 index_pointing_at_viewer you|你
👍 thumbsup +1 like yes good ok|赞 好 同意
👎 thumbsdown -1 no bad dislike|踩 不好 反对
✊ fist power|拳头
👊 facepunch punch bump|拳
🤛 fist_left bump|左拳
🤜 fist_right bump|右拳
👏 clap applause bravo|鼓掌
🙌 raised_hands hooray praise|万岁 举手
🫶 heart_hands love|比心 爱心
👐 open_hands hug|张开双手
🤲 palms_up_together pray|捧
🤝 handshake deal agree|握手 合作
🙏 pray thanks please hope|谢谢 拜托 祈祷
✍️ writing_hand write|写字
💅 nail_care polish|美甲
🤳 selfie camera|自拍
💪 muscle strong flex|加油 强壮 肌肉
🦾 mechanical_arm|机械臂
🦿 mechanical_leg|机械腿
🦵 leg kick|腿
🦶 foot|脚
👂 ear listen hear|耳朵 听
👃 nose smell|鼻子
🧠 brain smart think|脑
🫀 anatomical_heart|心脏
🫁 lungs breathe|肺
🦷 tooth dentist|牙
🦴 bone|骨头
👀 eyes look see|眼睛 看
👁️ eye look|眼
👅 tongue|舌头
👄 lips mouth kiss|嘴
🫦 biting_lip nervous|咬嘴唇
👶 baby child|宝宝 婴儿
🧒 child kid|孩子
👦 boy|男孩
👧 girl|女孩
🧑 adult person|人
👱 blond_haired_person|金发
👨 man|男人
🧔 bearded_person beard|胡子
👩 woman|女人
🧓 older_adult|老人
👴 older_man grandfather|爷爷
👵 older_woman grandmother|奶奶
🙍 frowning_person sad|皱眉
🙎 pouting_face_person|噘嘴
🙅 no_good no stop|不行
🙆 ok_person yes|可以
💁 tipping_hand_person info|服务
🙋 raising_hand question here|举手 我
🧏 deaf_person|聋人
🙇 bow sorry thanks|鞠躬 抱歉
🤦 facepalm oh_no|捂脸 无语
🤷 shrug dunno whatever|耸肩 不知道
🧑‍⚕️ health_worker doctor nurse|医生 护士
🧑‍🎓 student graduate|学生 毕业
🧑‍🏫 teacher school|老师
🧑‍⚖️ judge law|法官
🧑‍🌾 farmer|农民
🧑‍🍳 cook chef|厨师
🧑‍🔧 mechanic plumber|修理工
🧑‍🏭 factory_worker|工人
🧑‍💼 office_worker business|上班族
🧑‍🔬 scientist lab|科学家
🧑‍💻 technologist coder developer|程序员 电脑
👩‍💻 woman_technologist coder developer|程序员
👨‍💻 man_technologist coder developer|程序员
🧑‍🎤 singer star|歌手
🧑‍🎨 artist painter|画家
🧑‍✈️ pilot|飞行员
🧑‍🚀 astronaut space|宇航员
🧑‍🚒 firefighter|消防员
👮 police_officer|警察
🕵️ detective spy|侦探
💂 guard|卫兵
🥷 ninja|忍者
👷 construction_worker|建筑工人
🫅 person_with_crown royal|皇室
🤴 prince|王子
👸 princess|公主
👳 person_with_turban|头巾
🧕 woman_with_headscarf|头巾
🤵 person_in_tuxedo|礼服
👰 person_with_veil bride|新娘
🤰 pregnant_woman|怀孕
🤱 breast_feeding|哺乳
👼 angel baby|天使
🎅 santa christmas|圣诞老人
🤶 mrs_claus christmas|圣诞
🦸 superhero|超人
🦹 supervillain|反派
🧙 mage wizard|法师
🧚 fairy|仙女
🧛 vampire|吸血鬼
🧜 merperson mermaid|美人鱼
🧝 elf|精灵
🧞 genie|灯神
🧟 zombie|僵尸
🧌 troll|巨魔
💆 massage|按摩
💇 haircut|理发
🚶 walking walk|走路
🧍 standing_person|站
🧎 kneeling_person|跪
🏃 runner running run|跑步
💃 dancer dance|跳舞
🕺 man_dancing dance|跳舞
👯 people_with_bunny_ears dance|兔女郎
🧖 sauna|桑拿
🧗 climbing|攀岩
🤺 fencing|击剑
🏇 horse_racing|赛马
⛷️ skier ski|滑雪
🏂 snowboarder|滑雪板
🏌️ golfing golf|高尔夫
🏄 surfer surf|冲浪
🚣 rowboat row|划船
🏊 swimmer swim|游泳
⛹️ bouncing_ball basketball|篮球
🏋️ weight_lifting gym|举重 健身
🚴 bicyclist bike cycling|骑车
🚵 mountain_bicyclist|山地车
🤸 cartwheeling|侧手翻
🤼 wrestling|摔跤
🤽 water_polo|水球
🤾 handball|手球
🤹 juggling|杂耍
🧘 lotus_position yoga meditation|瑜伽 冥想
🛀 bath|泡澡
🛌 sleeping_bed|睡觉
👭 two_women_holding_hands|姐妹
👫 couple man woman|情侣
👬 two_men_holding_hands|兄弟
💏 couplekiss kiss|亲吻
💑 couple_with_heart love|情侣
👪 family parents|家庭 家人
👤 bust_in_silhouette user|用户
👥 busts_in_silhouette users group|人群 团队
🫂 people_hugging hug comfort|拥抱
👣 footprints|脚印
`
