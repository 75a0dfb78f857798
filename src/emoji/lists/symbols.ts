export const symbols = `
✅ white_check_mark done yes ok|完成 对 勾
☑️ ballot_box_with_check|勾选
✔️ heavy_check_mark yes done|对 勾
❌ x no wrong cross|错 不
❎ negative_squared_cross_mark no|错
➕ heavy_plus_sign add|加
➖ heavy_minus_sign|减
➗ heavy_division_sign|除
✖️ heavy_multiplication_x|乘
🟰 heavy_equals_sign|等于
♾️ infinity|无限
‼️ bangbang|感叹
⁉️ interrobang|疑问
❓ question what|问号 问题
❔ grey_question|问号
❕ grey_exclamation|感叹号
❗ exclamation important|感叹号 重要
〰️ wavy_dash|波浪
⚠️ warning careful|警告 注意
🚸 children_crossing|儿童
⛔ no_entry stop|禁止
🚫 no_entry_sign forbidden|禁止
🚳 no_bicycles|禁止骑车
🚭 no_smoking|禁烟
🚯 do_not_litter|禁止乱扔
🚱 non_potable_water|非饮用水
🚷 no_pedestrians|禁止通行
📵 no_mobile_phones|禁用手机
🔞 underage|未成年
☢️ radioactive|辐射
☣️ biohazard|生化
⬆️ arrow_up|上
↗️ arrow_upper_right|右上
➡️ arrow_right next|右
↘️ arrow_lower_right|右下
⬇️ arrow_down|下
↙️ arrow_lower_left|左下
⬅️ arrow_left|左
↖️ arrow_upper_left|左上
↕️ arrow_up_down|上下
↔️ left_right_arrow|左右
↩️ leftwards_arrow_with_hook reply|回复 返回
↪️ arrow_right_hook|转发
⤴️ arrow_heading_up|上
⤵️ arrow_heading_down|下
🔃 arrows_clockwise reload|刷新
🔄 arrows_counterclockwise refresh|刷新
🔙 back|返回
🔚 end|结束
🔛 on|开
🔜 soon|马上
🔝 top|顶
🛐 place_of_worship|祈祷
⚛️ atom_symbol react|原子
🕉️ om|唵
✡️ star_of_david|大卫星
☸️ wheel_of_dharma|法轮
☯️ yin_yang|阴阳 太极
✝️ latin_cross|十字架
☪️ star_and_crescent|星月
☮️ peace_symbol|和平
♈ aries|白羊座
♉ taurus|金牛座
♊ gemini|双子座
♋ cancer|巨蟹座
♌ leo|狮子座
♍ virgo|处女座
♎ libra|天秤座
♏ scorpius|天蝎座
♐ sagittarius|射手座
♑ capricorn|摩羯座
♒ aquarius|水瓶座
♓ pisces|双鱼座
🔀 twisted_rightwards_arrows shuffle|随机
🔁 repeat|循环
🔂 repeat_one|单曲循环
▶️ arrow_forward play|播放
⏩ fast_forward|快进
⏭️ next_track_button|下一首
⏯️ play_or_pause_button|播放 暂停
◀️ arrow_backward|后退
⏪ rewind|快退
⏮️ previous_track_button|上一首
🔼 arrow_up_small|上
🔽 arrow_down_small|下
⏸️ pause_button|暂停
⏹️ stop_button|停止
⏺️ record_button|录制
⏏️ eject_button|弹出
🎦 cinema|电影
🔅 low_brightness|暗
🔆 high_brightness|亮
📶 signal_strength network|信号
🛜 wireless wifi|无线
📳 vibration_mode|振动
📴 mobile_phone_off|关机
♀️ female_sign|女
♂️ male_sign|男
⚧️ transgender_symbol|跨性别
💱 currency_exchange|换汇
💲 heavy_dollar_sign|美元
⚕️ medical_symbol|医疗
♻️ recycle|回收
⚜️ fleur_de_lis|鸢尾
🔱 trident|三叉戟
📛 name_badge|名牌
🔰 beginner|新手
⭕ o circle|圆
➰ curly_loop|圈
➿ loop|圈
〽️ part_alternation_mark|标记
✳️ eight_spoked_asterisk|星号
✴️ eight_pointed_black_star|星
❇️ sparkle|闪
©️ copyright|版权
®️ registered|注册
™️ tm trademark|商标
#️⃣ hash|井号
*️⃣ asterisk|星号
0️⃣ zero|零
1️⃣ one|一
2️⃣ two|二
3️⃣ three|三
4️⃣ four|四
5️⃣ five|五
6️⃣ six|六
7️⃣ seven|七
8️⃣ eight|八
9️⃣ nine|九
🔟 keycap_ten|十
🔠 capital_abcd|大写
🔡 abcd|小写
🔢 1234 numbers|数字
🔣 symbols|符号
🔤 abc|字母
🅰️ a|A型
🆎 ab|AB型
🅱️ b|B型
🆑 cl|清除
🆒 cool|酷
🆓 free|免费
ℹ️ information_source info|信息
🆔 id|身份
Ⓜ️ m|M
🆕 new|新
🆖 ng|不行
🅾️ o2|O型
🆗 ok|好 可以
🅿️ parking|停车
🆘 sos help|求救
🆙 up|上
🆚 vs|对战
🉐 ideograph_advantage|得
㊗️ congratulations|祝
㊙️ secret|秘
🈵 u6e80|满
🔴 red_circle|红
🟠 orange_circle|橙
🟡 yellow_circle|黄
🟢 green_circle|绿
🔵 large_blue_circle|蓝
🟣 purple_circle|紫
🟤 brown_circle|棕
⚫ black_circle|黑
⚪ white_circle|白
🟥 red_square|红
🟧 orange_square|橙
🟨 yellow_square|黄
🟩 green_square|绿
🟦 blue_square|蓝
🟪 purple_square|紫
🟫 brown_square|棕
⬛ black_large_square|黑
⬜ white_large_square|白
🔶 large_orange_diamond|橙
🔷 large_blue_diamond|蓝
🔺 small_red_triangle|红
🔻 small_red_triangle_down|红
💠 diamond_shape_with_a_dot_inside|钻
🔘 radio_button|单选
🏁 checkered_flag finish|终点
🚩 triangular_flag_on_post|旗
🎌 crossed_flags|旗
🏴 black_flag|黑旗
🏳️ white_flag|白旗
🏳️‍🌈 rainbow_flag pride|彩虹旗
🏳️‍⚧️ transgender_flag|跨性别旗
🏴‍☠️ pirate_flag|海盗旗
`
