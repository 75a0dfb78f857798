export const nature = `
🐵 monkey_face|猴
🐒 monkey|猴子
🦍 gorilla|大猩猩
🦧 orangutan|猩猩
🐶 dog puppy pet|狗 小狗
🐕 dog2 pet|狗
🦮 guide_dog|导盲犬
🐩 poodle dog|贵宾犬
🐺 wolf|狼
🦊 fox_face|狐狸
🦝 raccoon|浣熊
🐱 cat kitten pet|猫
🐈 cat2 pet|猫
🐈‍⬛ black_cat|黑猫
🦁 lion|狮子
🐯 tiger|老虎
🐅 tiger2|老虎
🐆 leopard|豹
🐴 horse|马
🫎 moose|驼鹿
🫏 donkey|驴
🐎 racehorse horse|马
🦄 unicorn|独角兽
🦓 zebra|斑马
🦌 deer|鹿
🦬 bison|野牛
🐮 cow|牛
🐂 ox bull|公牛
🐃 water_buffalo|水牛
🐄 cow2|奶牛
🐷 pig|猪
🐖 pig2|猪
🐗 boar|野猪
🐽 pig_nose|猪鼻
🐏 ram sheep|公羊
🐑 sheep|绵羊
🐐 goat best|山羊
🐪 dromedary_camel|骆驼
🐫 camel|骆驼
🦙 llama|羊驼
🦒 giraffe|长颈鹿
🐘 elephant|大象
🦣 mammoth|猛犸
🦏 rhinoceros|犀牛
🦛 hippopotamus|河马
🐭 mouse|老鼠
🐁 mouse2|老鼠
🐀 rat|鼠
🐹 hamster|仓鼠
🐰 rabbit bunny|兔子
🐇 rabbit2|兔子
🐿️ chipmunk squirrel|松鼠
🦫 beaver|海狸
🦔 hedgehog|刺猬
🦇 bat|蝙蝠
🐻 bear|熊
🐻‍❄️ polar_bear|北极熊
🐨 koala|考拉
🐼 panda_face|熊猫
🦥 sloth slow|树懒
🦦 otter|水獭
🦨 skunk|臭鼬
🦘 kangaroo|袋鼠
🦡 badger|獾
🐾 feet paw prints|爪印
🦃 turkey|火鸡
🐔 chicken|鸡
🐓 rooster|公鸡
🐣 hatching_chick|小鸡
🐤 baby_chick|小鸡
🐥 hatched_chick|小鸡
🐦 bird|鸟
🐧 penguin linux|企鹅
🕊️ dove peace|鸽子 和平
🦅 eagle|鹰
🦆 duck|鸭
🦢 swan|天鹅
🦉 owl|猫头鹰
🦤 dodo|渡渡鸟
🪶 feather|羽毛
🦩 flamingo|火烈鸟
🦚 peacock|孔雀
🦜 parrot|鹦鹉
🐦‍⬛ black_bird crow|黑鸟
🪿 goose|鹅
🐸 frog|青蛙
🐊 crocodile|鳄鱼
🐢 turtle slow|乌龟
🦎 lizard|蜥蜴
🐍 snake python|蛇
🐲 dragon_face|龙
🐉 dragon|龙
🦕 sauropod dinosaur|恐龙
🦖 t_rex dinosaur|霸王龙
🐳 whale|鲸
🐋 whale2|鲸鱼
🐬 dolphin|海豚
🦭 seal|海豹
🐟 fish|鱼
🐠 tropical_fish|热带鱼
🐡 blowfish|河豚
🦈 shark|鲨鱼
🐙 octopus|章鱼
🐚 shell|贝壳
🪸 coral|珊瑚
🪼 jellyfish|水母
🐌 snail slow|蜗牛
🦋 butterfly|蝴蝶
🐛 bug insect|虫 bug
🐜 ant|蚂蚁
🐝 bee honeybee|蜜蜂
🪲 beetle|甲虫
🐞 ladybug|瓢虫
🦗 cricket|蟋蟀
🪳 cockroach|蟑螂
🕷️ spider|蜘蛛
🕸️ spider_web|蜘蛛网
🦂 scorpion|蝎子
🦟 mosquito|蚊子
🪰 fly|苍蝇
🪱 worm|虫
🦠 microbe virus|病毒 细菌
💐 bouquet flowers|花束
🌸 cherry_blossom spring|樱花
💮 white_flower|白花
🪷 lotus|莲花
🏵️ rosette|花饰
🌹 rose love|玫瑰
🥀 wilted_flower|凋谢
🌺 hibiscus|芙蓉
🌻 sunflower|向日葵
🌼 blossom flower|花
🌷 tulip|郁金香
🪻 hyacinth|风信子
🌱 seedling sprout grow|发芽
🪴 potted_plant|盆栽
🌲 evergreen_tree|松树
🌳 deciduous_tree tree|树
🌴 palm_tree beach|棕榈
🌵 cactus|仙人掌
🌾 ear_of_rice|稻
🌿 herb|草药
☘️ shamrock|三叶草
🍀 four_leaf_clover luck|四叶草 幸运
🍁 maple_leaf autumn|枫叶
🍂 fallen_leaf autumn|落叶 秋天
🍃 leaves|树叶
🪹 empty_nest|空巢
🪺 nest_with_eggs|鸟巢
🍄 mushroom|蘑菇
🌑 new_moon|新月
🌒 waxing_crescent_moon|月
🌓 first_quarter_moon|上弦月
🌔 waxing_gibbous_moon|月
🌕 full_moon|满月
🌖 waning_gibbous_moon|月
🌗 last_quarter_moon|下弦月
🌘 waning_crescent_moon|月
🌙 crescent_moon night|月亮 晚安
🌚 new_moon_with_face|月亮
🌝 full_moon_with_face|月亮
🌞 sun_with_face|太阳
☀️ sunny sun weather|太阳 晴
🪐 ringed_planet saturn|行星
⭐ star favorite|星
🌟 star2 glowing|星 闪亮
🌠 stars shooting wish|流星
🌌 milky_way galaxy|银河
☁️ cloud weather|云
⛅ partly_sunny|多云
⛈️ cloud_with_lightning_and_rain storm|雷雨
🌤️ sun_behind_small_cloud|晴
🌧️ cloud_with_rain rain|雨
🌨️ cloud_with_snow|雪
🌩️ cloud_with_lightning|闪电
🌪️ tornado|龙卷风
🌫️ fog|雾
🌬️ wind_face|风
🌀 cyclone spiral|台风
🌈 rainbow pride|彩虹
☔ umbrella rain|雨伞 下雨
⚡ zap lightning fast|闪电 快
❄️ snowflake cold winter|雪花 冷
☃️ snowman_with_snow|雪人
⛄ snowman winter|雪人
☄️ comet|彗星
🔥 fire hot lit|火 热门
💧 droplet water|水滴
🌊 ocean wave sea|海浪
`
