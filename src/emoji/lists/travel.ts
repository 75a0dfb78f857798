export const travel = `
🌍 earth_africa world globe|地球
🌎 earth_americas world globe|地球
🌏 earth_asia world globe|地球
🌐 globe_with_meridians internet|网络
🗺️ world_map|地图
🗾 japan map|日本
🧭 compass|指南针
🏔️ mountain_snow|雪山
⛰️ mountain|山
🌋 volcano|火山
🗻 mount_fuji|富士山
🏕️ camping tent|露营
🏖️ beach_umbrella vacation|海滩 度假
🏜️ desert|沙漠
🏝️ desert_island|岛
🏞️ national_park|公园
🏟️ stadium|体育场
🏛️ classical_building|古建筑
🏗️ building_construction|施工
🧱 bricks|砖
🪨 rock|石头
🪵 wood|木头
🛖 hut|小屋
🏘️ houses|房子
🏚️ derelict_house|废屋
🏠 house home|家 房子
🏡 house_with_garden home|家
🏢 office building work|办公楼 公司
🏣 post_office|邮局
🏥 hospital|医院
🏦 bank|银行
🏨 hotel|酒店
🏩 love_hotel|旅馆
🏪 convenience_store|便利店
🏫 school|学校
🏬 department_store|商场
🏭 factory|工厂
🏯 japanese_castle|城
🏰 european_castle|城堡
💒 wedding|婚礼
🗼 tokyo_tower|塔
🗽 statue_of_liberty|自由女神
⛪ church|教堂
🕌 mosque|清真寺
🛕 hindu_temple|庙
🕍 synagogue|犹太教堂
⛩️ shinto_shrine|神社
🕋 kaaba|克尔白
⛲ fountain|喷泉
⛺ tent camping|帐篷
🌁 foggy|雾
🌃 night_with_stars city|夜晚
🏙️ cityscape|城市
🌄 sunrise_over_mountains|日出
🌅 sunrise morning|日出 早上
🌆 city_sunset evening|傍晚
🌇 city_sunrise sunset|日落
🌉 bridge_at_night|桥
♨️ hotsprings|温泉
🎠 carousel_horse|旋转木马
🛝 playground_slide|滑梯
🎡 ferris_wheel|摩天轮
🎢 roller_coaster|过山车
💈 barber|理发店
🎪 circus_tent|马戏团
🚂 steam_locomotive train|火车
🚃 railway_car|车厢
🚄 bullettrain_side fast|高铁
🚅 bullettrain_front fast|高铁
🚆 train2|火车
🚇 metro subway|地铁
🚈 light_rail|轻轨
🚉 station|车站
🚊 tram|电车
🚝 monorail|单轨
🚋 train|火车
🚌 bus|公交 公共汽车
🚎 trolleybus|无轨电车
🚐 minibus|小巴
🚑 ambulance|救护车
🚒 fire_engine|消防车
🚓 police_car|警车
🚕 taxi|出租车
🚗 car red_car|汽车 车
🚙 blue_car|汽车
🛻 pickup_truck|皮卡
🚚 truck delivery|卡车 快递
🚛 articulated_lorry|货车
🚜 tractor|拖拉机
🏎️ racing_car|赛车
🏍️ motorcycle|摩托
🛵 motor_scooter|电动车
🛺 auto_rickshaw|三轮车
🚲 bike bicycle|自行车
🛴 kick_scooter|滑板车
🛹 skateboard|滑板
🛼 roller_skate|溜冰鞋
🚏 busstop|公交站
🛣️ motorway|高速公路
🛤️ railway_track|铁路
⛽ fuelpump gas|加油站
🛞 wheel|车轮
🚨 rotating_light alarm|警灯 警报
🚥 traffic_light|红绿灯
🚦 vertical_traffic_light|红绿灯
🛑 stop_sign|停
🚧 construction wip|施工
⚓ anchor|锚
🛟 ring_buoy|救生圈
⛵ boat sailboat|帆船
🛶 canoe|独木舟
🚤 speedboat|快艇
🛳️ passenger_ship|客轮
⛴️ ferry|渡轮
🚢 ship|船
✈️ airplane flight travel|飞机 出差
🛩️ small_airplane|小飞机
🛫 flight_departure|起飞
🛬 flight_arrival|降落
🪂 parachute|降落伞
💺 seat|座位
🚁 helicopter|直升机
🚠 mountain_cableway|缆车
🚀 rocket launch ship fast|火箭 上线
🛸 flying_saucer ufo|飞碟
🛎️ bellhop_bell|铃
🧳 luggage travel|行李
⌛ hourglass done|沙漏
⏳ hourglass_flowing_sand wait|等 沙漏
⌚ watch time|手表
⏰ alarm_clock time|闹钟
⏱️ stopwatch|秒表
⏲️ timer_clock|定时
🕰️ mantelpiece_clock|钟
🕛 clock12 noon|十二点
🕐 clock1|一点
🕑 clock2|两点
🕒 clock3|三点
🕓 clock4|四点
🕔 clock5|五点
🕕 clock6|六点
🕖 clock7|七点
🕗 clock8|八点
🕘 clock9|九点
🕙 clock10|十点
🕚 clock11|十一点
🌡️ thermometer temperature|温度
🌂 closed_umbrella|伞
☂️ open_umbrella|伞
⛱️ parasol_on_ground beach|遮阳伞
`
