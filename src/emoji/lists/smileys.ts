/** One line each: the character, its short name and other words, and Chinese words after the bar. */
export const smileys = `
😀 grinning smile happy face|笑 开心 高兴
😃 smiley happy open joy|笑 开心 哈哈
😄 smile happy laugh eyes|笑 开心 大笑
😁 grin teeth happy|露齿笑 嘻嘻
😆 laughing satisfied haha squint|大笑 哈哈
😅 sweat_smile relief nervous phew|尴尬 汗 苦笑
🤣 rofl rolling floor laughing lol|笑死 打滚
😂 joy tears laugh lol cry|笑哭 哭笑
🙂 slightly_smiling_face smile fine|微笑
🙃 upside_down_face silly irony|倒脸 无语
🫠 melting_face hot embarrassed melt|融化 热
😉 wink flirt joke|眨眼
😊 blush smile pleased shy|害羞 微笑 脸红
😇 innocent angel halo good|天使 无辜
🥰 smiling_face_with_hearts love adore|喜爱 爱
😍 heart_eyes love crush|花痴 喜欢 爱
🤩 star_struck wow amazed|惊艳 崇拜
😘 kissing_heart kiss blow love|飞吻 亲
😗 kissing kiss|亲
☺️ relaxed smile calm content|满足 微笑
😚 kissing_closed_eyes kiss|亲亲
😙 kissing_smiling_eyes kiss|亲亲
🥲 smiling_face_with_tear touched grateful|含泪 感动
😋 yum tasty delicious tongue|好吃 美味 馋
😛 stuck_out_tongue playful|吐舌
😜 stuck_out_tongue_winking_eye joke crazy|调皮 吐舌
🤪 zany_face crazy goofy|疯 傻
😝 stuck_out_tongue_closed_eyes|吐舌 鬼脸
🤑 money_mouth_face rich|发财 钱
🤗 hugs hug thanks|拥抱 抱抱
🤭 hand_over_mouth oops giggle|捂嘴 偷笑
🫢 open_eyes_hand_over_mouth gasp shock|震惊 捂嘴
🫣 peeking_eye shy scared peek|偷看
🤫 shushing_face quiet secret|嘘 安静
🤔 thinking hmm consider|思考 想
🫡 saluting_face yes respect|敬礼 收到
🤐 zipper_mouth_face silent secret|闭嘴
🤨 raised_eyebrow doubt suspicious|怀疑 挑眉
😐 neutral_face meh|面无表情
😑 expressionless blank|无语
😶 no_mouth speechless silent|沉默
🫥 dotted_line_face invisible|隐身
😶‍🌫️ face_in_clouds absent foggy|迷糊
😏 smirk smug|坏笑 得意
😒 unamused annoyed|不满 不爽
🙄 roll_eyes whatever|翻白眼
😬 grimacing awkward oops|尴尬 呲牙
😮‍💨 face_exhaling sigh relief|叹气
🤥 lying_face pinocchio|说谎
🫨 shaking_face shock earthquake|震动
😌 relieved calm peaceful|安心 放松
😔 pensive sad sorry|难过 沉思
😪 sleepy tired|困
🤤 drooling_face hungry|流口水
😴 sleeping zzz tired|睡觉 晚安
😷 mask sick ill|口罩 生病
🤒 face_with_thermometer sick fever|发烧 生病
🤕 head_bandage hurt|受伤
🤢 nauseated_face disgust sick|恶心
🤮 vomiting_face sick|吐 呕吐
🤧 sneezing_face cold sick|打喷嚏 感冒
🥵 hot_face heat summer|热
🥶 cold_face freezing winter|冷
🥴 woozy_face dizzy drunk|晕 醉
😵 dizzy_face dead|晕
😵‍💫 face_with_spiral_eyes dizzy confused|头晕
🤯 exploding_head mind_blown|震惊 爆炸
🤠 cowboy_hat_face|牛仔
🥳 partying_face party birthday celebrate|庆祝 派对 生日
🥸 disguised_face glasses|伪装
😎 sunglasses cool|酷 墨镜
🤓 nerd_face geek glasses|书呆子
🧐 monocle_face inspect|单片眼镜 观察
😕 confused unsure|困惑
🫤 diagonal_mouth unsure meh|无奈
😟 worried concern|担心
🙁 slightly_frowning_face sad|不开心
☹️ frowning_face sad|难过
😮 open_mouth wow surprise|惊讶 哇
😯 hushed surprise|惊讶
😲 astonished wow shock|震惊
😳 flushed embarrassed shy|脸红 尴尬
🥺 pleading_face please puppy|求 可怜
🥹 holding_back_tears touched proud|感动 泪目
😦 frowning sad shock|惊讶
😧 anguished pain|痛苦
😨 fearful scared|害怕
😰 cold_sweat anxious|冷汗 焦虑
😥 disappointed_relieved sad sweat|失望
😢 cry sad tear|哭 难过
😭 sob cry sad tears|大哭 哭
😱 scream fear horror|尖叫 吓死
😖 confounded frustrated|纠结
😣 persevere struggle|坚持
😞 disappointed sad|失望
😓 sweat tired hard|汗
😩 weary tired|累 疲倦
😫 tired_face exhausted|累
🥱 yawning_face bored tired|打哈欠 无聊
😤 triumph angry proud steam|生气 哼
😡 rage angry mad red|愤怒 生气
😠 angry mad|生气
🤬 cursing_face swear|骂人
😈 smiling_imp devil evil|恶魔
👿 imp devil angry|恶魔
💀 skull dead death|骷髅 笑死
☠️ skull_and_crossbones danger pirate|骷髅 危险
💩 poop shit|便便 屎
🤡 clown_face joke|小丑
👹 japanese_ogre monster|鬼
👺 japanese_goblin monster|天狗
👻 ghost halloween boo|鬼 幽灵
👽 alien ufo space|外星人
👾 space_invader game|怪物 游戏
🤖 robot bot|机器人
😺 smiley_cat happy|猫 笑
😸 smile_cat happy|猫 笑
😹 joy_cat laugh|猫 笑哭
😻 heart_eyes_cat love|猫 爱
😼 smirk_cat|猫 坏笑
😽 kissing_cat|猫 亲
🙀 scream_cat shock|猫 惊
😿 crying_cat_face sad|猫 哭
😾 pouting_cat angry|猫 生气
🙈 see_no_evil monkey shy|猴子 不看
🙉 hear_no_evil monkey|猴子 不听
🙊 speak_no_evil monkey oops|猴子 不说
💌 love_letter heart mail|情书
💘 cupid heart arrow love|爱心 丘比特
💝 gift_heart love present|爱心 礼物
💖 sparkling_heart love|爱心 闪亮
💗 heartpulse love growing|爱心
💓 heartbeat love|心跳
💞 revolving_hearts love|爱心
💕 two_hearts love|爱心 两颗心
💟 heart_decoration love|爱心
❣️ heart_exclamation love|爱心
💔 broken_heart sad|心碎 分手
❤️‍🔥 heart_on_fire love passion|热恋
❤️‍🩹 mending_heart healing|治愈
❤️ heart love red|爱 心 红心
🩷 pink_heart love|粉心
🧡 orange_heart love|橙心
💛 yellow_heart love|黄心
💚 green_heart love|绿心
💙 blue_heart love|蓝心
🩵 light_blue_heart love|浅蓝心
💜 purple_heart love|紫心
🤎 brown_heart love|棕心
🖤 black_heart love|黑心
🩶 grey_heart love|灰心
🤍 white_heart love|白心
💯 100 hundred perfect score|满分 一百
💢 anger angry|生气
💥 boom explosion bang|爆炸
💫 dizzy star|头晕 星
💦 sweat_drops water splash|汗 水
💨 dash wind fast|快 风
🕳️ hole|洞
💬 speech_balloon comment chat talk|对话 聊天
🗨️ left_speech_bubble chat|对话
💭 thought_balloon think|想法
💤 zzz sleep tired|睡 困
`
