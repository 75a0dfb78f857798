export const activities = `
🎃 jack_o_lantern halloween pumpkin|南瓜 万圣节
🎄 christmas_tree|圣诞树
🎆 fireworks|烟花
🎇 sparkler|烟火
🧨 firecracker|鞭炮
✨ sparkles shiny new magic|闪亮 新
🎈 balloon party|气球
🎉 tada party congratulations hooray|恭喜 庆祝 撒花
🎊 confetti_ball party|庆祝 彩球
🎋 tanabata_tree|七夕
🎍 bamboo|竹
🎎 dolls|人偶
🎏 flags_carp|鲤鱼旗
🎐 wind_chime|风铃
🎑 rice_scene moon|赏月
🧧 red_envelope money|红包
🎀 ribbon bow|蝴蝶结
🎁 gift present|礼物
🎗️ reminder_ribbon|丝带
🎟️ tickets admission|门票
🎫 ticket|票
🎖️ medal_military|勋章
🏆 trophy winner|奖杯 冠军
🏅 medal_sports|奖牌
🥇 1st_place_medal gold first|金牌 第一
🥈 2nd_place_medal silver|银牌 第二
🥉 3rd_place_medal bronze|铜牌 第三
⚽ soccer football|足球
⚾ baseball|棒球
🥎 softball|垒球
🏀 basketball|篮球
🏐 volleyball|排球
🏈 football american|橄榄球
🏉 rugby_football|橄榄球
🎾 tennis|网球
🥏 flying_disc frisbee|飞盘
🎳 bowling|保龄球
🏏 cricket_game|板球
🏑 field_hockey|曲棍球
🏒 ice_hockey|冰球
🥍 lacrosse|长曲棍球
🏓 ping_pong table_tennis|乒乓球
🏸 badminton|羽毛球
🥊 boxing_glove|拳击
🥋 martial_arts_uniform|武术
🥅 goal_net|球门
⛳ golf|高尔夫
⛸️ ice_skate|滑冰
🎣 fishing_pole_and_fish|钓鱼
🤿 diving_mask|潜水
🎽 running_shirt|跑步
🎿 ski|滑雪
🛷 sled|雪橇
🥌 curling_stone|冰壶
🎯 dart target bullseye|目标 靶
🪀 yo_yo|悠悠球
🪁 kite|风筝
🔫 water_pistol gun|水枪
🎱 8ball billiards|台球
🔮 crystal_ball future|水晶球
🪄 magic_wand|魔法
🎮 video_game controller|游戏
🕹️ joystick game|游戏
🎰 slot_machine|老虎机
🎲 game_die dice|骰子
🧩 jigsaw puzzle|拼图
🧸 teddy_bear|玩具熊
🪅 pinata|皮纳塔
🪩 mirror_ball disco|迪斯科
🪆 nesting_dolls|套娃
♠️ spades|黑桃
♥️ hearts|红桃
♦️ diamonds|方块
♣️ clubs|梅花
♟️ chess_pawn|国际象棋
🃏 black_joker|小丑牌
🀄 mahjong|麻将
🎴 flower_playing_cards|花札
🎭 performing_arts theater|戏剧
🖼️ framed_picture art|画
🎨 art palette paint|画画 艺术
🧵 thread|线
🪡 sewing_needle|针
🧶 yarn knit|毛线
🪢 knot|结
`
